# Marked copies: the commitment first, the files after; what is read from a leak goes into the
# ledger before the keys are opened; a copy is named, or it cannot be told.

write passphrase.txt blue heron
write statement.txt 虚构：两级时效的温度与时间
write short.txt 太短，标不了。
bytes picture.png 89504e470d0a1a0a00ff00ff
MIDUN_DIR=node
MIDUN_PASSPHRASE_FILE=passphrase.txt

write sheet.txt 岚屿新材料（虚构）热处理规程
line sheet.txt 锻件进炉之前，必须检查表面有无裂纹，发现深度超过0.5毫米的缺陷，应当打磨到看不见为止。
line sheet.txt 油污用清洗剂除去，然后用去离子水冲洗3次，每次不少于2分钟；清洗后要在4小时内进炉，否则须重新清洗。
line sheet.txt 升温分两个阶段进行：第一阶段以每分钟5度的速度升到420度，保温40分钟；第二阶段以每分钟2度的速度升到476度。
line sheet.txt 保温期间不得打开炉门，因此装炉之前要确认热电偶工作正常；如果断电超过10分钟，则整炉报废。
line sheet.txt 淬火介质为水，水温控制在60度到70度之间，水中加入8%的聚合物，浓度由MES系统记录，每班测量1次。
line sheet.txt 时效采用两级制度：第一级在107度保温7小时，第二级在163度保温16小时，两级之间随炉升温。
line sheet.txt 如果硬度低于规定值，可以补充时效1次，温度为163度，时间为2小时；仍不合格的，该批产品报废。
line sheet.txt 每炉取3件做拉伸试验，取2件做断裂韧性试验，检查人员把照片存入LIMS系统，记录保存15年。

midun init --name 岚屿新材料(虚构) --kdf-log-n 12
midun secret add --title 热处理 --kind technical --level core --statement statement.txt --carrier sheet.txt --carrier short.txt --carrier picture.png
midun partner add --name 磐溪精密(虚构) --relation supplier
midun partner add --name 云岫检测(虚构) --relation supplier
midun person add --name 测试甲

# before anything goes out
midun copy budget MD-0001 --carrier 1
> 整份复制粘贴
[2] midun copy issue MD-0001 --carrier 2 --to HZ-0001 --purpose 试制 --out out
> --wording
[2] midun copy issue MD-0001 --carrier 3 --to HZ-0001 --purpose 试制 --out out
> txt
[3] midun copy issue MD-0001 --carrier 9 --to HZ-0001 --purpose 试制 --out out
[3] midun copy issue MD-0001 --carrier 1 --to HZ-0009 --purpose 试制 --out out
[2] midun copy issue MD-0001 --carrier 1 --to HZ-0001 HZ-0001 --purpose 试制 --out out
> HZ-0001
[2] midun copy issue MD-0001 --carrier 1 --to MD-0001 --purpose 试制 --out out
[2] midun copy issue MD-0001 --carrier 1 --to HZ-0001 --purpose "" --out out
[2] midun copy issue MD-0001 --carrier 1 --to HZ-0001 --purpose 试制 --until 2020-01-01 --out out
[2] midun copy issue MD-0001 --carrier 1 --to HZ-0001 --purpose 试制 --wording statement.txt --out out
> 1
midun copy list
!> FB-0001

# an agreement that has ended
midun partner agree HZ-0002 --title 保密协议 --from 2020-01-01 --until 2020-12-31
[2] midun copy issue MD-0001 --carrier 1 --to HZ-0001 HZ-0002 --purpose 试制 --out out
> 2020-12-31
midun partner agree HZ-0002 --title 保密协议续签 --from 2021-01-01

# three copies, made once
midun copy issue MD-0001 --carrier 1 --to HZ-0001 HZ-0002 RY-0001 --purpose 试制 --until 2099-12-31 --out out
> sheet.FB-0003.txt
[2] midun copy make FF-0001 --out out
midun copy list --batch FF-0001
> 在外
midun copy show FB-0002
> HZ-0002

# the recipient chooses after the commitment; a copy that was made cannot be made otherwise
midun copy issue MD-0001 --carrier 1 --to HZ-0001 --purpose 复核 --commit-only
> FF-0002
[2] midun copy make FF-0002 --nonce FB-0004=xyz --out out
[2] midun copy make FF-0002 --nonce FB-0001=00ff --out out
> FB-0001
[3] midun copy receipt FB-0099
[3] midun copy show FB-0099
midun copy make FF-0002 --nonce FB-0004=a1b2c3d4e5f60718 --out out
> FB-0004
[2] midun copy make FF-0002 --nonce FB-0004=00 --out out
> FB-0004
midun copy make FB-0004 --out again
> sheet.FB-0004.txt
midun copy show FB-0004
> a1b2c3d4e5f60718
> 接收方给出

# acknowledged, called back, given back
midun copy receipt FB-0001 --happened 2026-03-02 --how 邮件 --paper statement.txt
[2] midun copy receipt FB-0001 --sha256 0000000000000000000000000000000000000000000000000000000000000000
> FB-0001
midun copy recall FB-0001 FB-0002 --until 2099-01-31 --why 项目结束
midun copy list
> 已召回
midun copy returned FB-0001 --happened 2026-03-03 --why 原件收回
midun copy destroyed FB-0003 --why 当面销毁
[2] midun copy returned FB-0001
> FB-0001
midun copy list --to HZ-0001
> 已返还
midun timeline FB-0001
> 副本已收回

# something turns up
[3] midun copy identify absent.txt
[2] midun copy identify statement.txt --source 虚构网盘
[3] midun copy identify XS-0001
midun copy finds
!> XS-0001
midun copy identify out/sheet.FB-0002.txt --source 虚构网盘
> FB-0002
> HZ-0002
> XS-0001
!> FB-0001
[2] midun copy identify XS-0001
midun copy identify sheet.txt --source 虚构原件
> 不能判断
midun copy finds
> XS-0002
midun timeline XS-0001
> 线索已读取
> 线索已溯源
midun copy report XS-0001 --out report.json
[5] midun copy report XS-0001 --out report.json
[3] midun copy report XS-0009 --out other.json

# without the passphrase nothing is read or traced
write wrong.txt not the passphrase
[4] midun copy identify out/sheet.FB-0002.txt --passphrase-file wrong.txt
midun fsck --replay
