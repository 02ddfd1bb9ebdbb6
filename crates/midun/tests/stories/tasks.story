# What a station prescribes becomes a task on the company's node; what the company says comes back and
# moves the prescription; the station's review goes out again. By files, with repeats. All fictional.

write passphrase.txt 虚构口令 grey crane at dusk
MIDUN_PASSPHRASE_FILE=passphrase.txt

MIDUN_DIR=station
midun init --role station --name 云岫区商业秘密保护工作站(虚构) --kdf-log-n 12
midun company add --name 岚屿新材料(虚构) --code 919900000000000018
midun visit plan --company QY-0001 --title 首次走访 --day 2026-01-20
write filled.csv 编号,主题,检查点,看什么,结果,发现,建议,程度,期限
line filled.csv list,,,,有缺口,虚构总目录没有逐条写明,逐条写明,,2030-02-20
midun visit record ZF-0001 filled.csv
[3] midun task progress RW-0001 --how done
midun exchange offer --company QY-0001
keep invitation.txt midun-join:

# The company joins later than it was visited: what is still open comes with the first bundle.
MIDUN_DIR=node
midun init --role enterprise --name 岚屿新材料(虚构) --kdf-log-n 12
midun exchange join invitation.txt
midun task list
> 没有任务
midun exchange export --out up1.bundle
MIDUN_DIR=station
midun exchange import up1.bundle
midun exchange export --out down1.bundle
> 1 封函件
midun exchange list
> 整改建议
nowhere 虚构总目录 down1.bundle
MIDUN_DIR=node
midun exchange import down1.bundle
> 生效 1 封
midun exchange import down1.bundle
> 早已收到 1 封
midun --json task list --open
> "total":1
> "theirs":"CF-0001"
midun task show RW-0001
> 虚构总目录没有逐条写明
> 2030-02-20
> CF-0001
nowhere 虚构总目录 node
[2] midun task progress RW-0001 --how finished
[3] midun task progress RW-0009 --how done
write done.txt 已逐条写明，共十二条
midun task progress RW-0001 --how done --note done.txt
midun task list --open
> 没有任务
midun task list
> 待复查
midun timeline RW-0001
> 反馈任务进展
midun exchange export --out up2.bundle
nowhere 十二条 up2.bundle
nowhere 十二条 node

MIDUN_DIR=station
midun exchange import up2.bundle
> 生效 1 封
midun prescription list
> 待复查
midun prescription show CF-0001
> 已逐条写明
midun --json prescription show CF-0001
> "node":"LW-0001"
midun exchange import up2.bundle
> 早已收到
midun --json prescription list --open
> "total":1
write more.txt 第七条还没写清
midun prescription review CF-0001 --verdict wanting --due 2030-04-30 --note more.txt
midun exchange export --out down2.bundle
> 1 封函件

MIDUN_DIR=node
midun exchange import down2.bundle
midun task show RW-0001
> 第七条还没写清
> 2030-04-30
midun task progress RW-0001 --how done
midun exchange export --out up3.bundle
MIDUN_DIR=station
midun exchange import up3.bundle
midun prescription review CF-0001 --verdict cured
write warning.txt 虚构:有人冒充供应商索要参数
midun exchange write --sort warning --subject 虚构预警 --text warning.txt --due 2030-05-01
midun exchange export --out down3.bundle
MIDUN_DIR=node
midun exchange import down3.bundle
> 生效 2 封
[2] midun task progress RW-0001 --how started
midun task list
> 已整改
> 预警
midun task show RW-0002
> 冒充供应商
midun task progress RW-0002 --how done
midun task list
> 已处理
midun fsck --replay
MIDUN_DIR=station
midun fsck --replay
