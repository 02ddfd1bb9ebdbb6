# A company's node and the district's station: invited, joined, letters both ways, over the network
# and by hand. All of it is fictional.

write passphrase.txt 虚构口令 grey crane at dusk
MIDUN_PASSPHRASE_FILE=passphrase.txt

MIDUN_DIR=station
midun init --role station --name 云岫区商业秘密保护工作站(虚构) --kdf-log-n 12
midun company add --name 岚屿新材料(虚构) --code 919900000000000018
midun exchange status
> 还没有联网
[2] midun exchange offer --company QY-0001 --until 2001-01-01
[2] midun exchange join midun-join:eyJ4Ijox
> 不是联网邀请
midun exchange offer --company QY-0001
> LW-0001
keep invitation.txt midun-join:
midun exchange status
> 尚未加入
[2] midun exchange write --link LW-0001 --sort notice --subject 尚未联网
> 还没有联网

# The company joins, and asks something at once; nobody has answered yet.
MIDUN_DIR=node
midun init --role enterprise --name 岚屿新材料(虚构) --kdf-log-n 12
[2] midun exchange offer
> 企业节点
midun exchange join invitation.txt --code 919900000000000018
> LW-0001
[2] midun exchange join invitation.txt
> 已经用过
write question.txt 虚构:供应商要求提供第二拐点的温度,可以给吗?
write nda.txt 虚构保密协议草案 第九条
midun exchange write --sort question --subject 供应商索要参数 --text question.txt --attach nda.txt
> 第 1 封
[2] midun exchange write --sort notice --subject 种类不对
midun exchange list
> 未获回执
[2] midun exchange sync
> 没有工作站的网址
midun exchange export --out up.bundle
> 1 封函件
[70] midun exchange export --out up.bundle
[2] midun exchange import up.bundle
> 自己做的

# What is carried says nothing of what is in it.
nowhere 第二拐点的温度 up.bundle
nowhere 供应商索要参数 up.bundle
nowhere 保密协议草案 up.bundle

# A spoilt bundle is not taken; the whole one is, once.
MIDUN_DIR=station
copy up.bundle spoilt.bundle
flip spoilt.bundle
[2] midun exchange import spoilt.bundle
copy up.bundle short.bundle
cut short.bundle 700
[2] midun exchange import short.bundle
> 不是往来包
[3] midun exchange import absent.bundle
midun exchange import up.bundle
> 新收 1 封
midun exchange import up.bundle
> 早已收到 1 封
midun exchange status
> 已联网
> QY-0001
midun exchange list
> 未读
!> 供应商
nowhere 供应商索要参数 station
midun exchange read in 1 --files out --why 分办
> 供应商索要参数
> 第二拐点的温度
> nda.txt
midun exchange list
> 求助咨询
write answer.txt 虚构:不必给温度,给合格判据即可;请先补签第九条。
midun exchange write --sort answer --re 1 --due 2030-01-31 --subject 关于供应商索要参数 --text answer.txt
midun exchange export --out down.bundle

MIDUN_DIR=node
midun exchange import down.bundle
> 新收 1 封
> 新回执 1 份
midun exchange status
> 已联网
> 发 1/1
midun exchange list
> 回执
midun exchange read in 1
> 给合格判据即可
> 2030-01-31
> 第 1 封
midun timeline LW-0001
> 阅读函件
[2] midun exchange read in 7
midun fsck --replay
midun exchange export --out up2.bundle
MIDUN_DIR=station
midun exchange import up2.bundle
> 新回执 1 份
midun fsck --replay

unix
# Over the network; then the station ends it.
midun exchange offer --url http://127.0.0.1:18479
> LW-0002
keep second.txt midun-join:
start serve --listen 127.0.0.1:18479
MIDUN_DIR=other
midun init --role enterprise --name 磐溪精密(虚构) --kdf-log-n 12
midun exchange join second.txt
midun exchange write --sort report --subject 虚构事件 --text question.txt
midun exchange sync
> 送达 1 封
midun --json exchange status
> "state":"joined"
> "receipted":1
midun --json exchange sync
> "sent":0
midun witness list
> witness
MIDUN_DIR=station
midun exchange write --link LW-0002 --sort warning --subject 虚构预警 --text answer.txt
MIDUN_DIR=other
midun exchange sync
> 收到 1 封
midun exchange list
> 未读
MIDUN_DIR=station
midun exchange end LW-0002 --why 企业迁出
[2] midun exchange write --link LW-0002 --sort notice --subject 迟到
> 已经终止
stop
MIDUN_DIR=other
[70] midun exchange sync
