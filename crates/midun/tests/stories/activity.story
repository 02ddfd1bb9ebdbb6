# A district's activity: planned, companies invited by a question to the directory, registered, checked in
# by code, asked and answered, closed; invitations reach a joined node as tasks. All of it is fictional.

write passphrase.txt 虚构口令 grey crane at dusk
MIDUN_PASSPHRASE_FILE=passphrase.txt

MIDUN_DIR=station
midun init --role station --name 云岫区商业秘密保护工作站(虚构) --kdf-log-n 12
midun company add --name 岚屿新材料(虚构) --code 919900000000000018 --park 北岭园区
midun company add --name 磐溪精密(虚构) --code 91990000000000002B --park 北岭园区
midun activity list
> 没有活动
[2] midun activity plan --title 旧事 --summary 已过 --day 2001-01-01 --place 报告厅
[2] midun activity plan --title 倒置 --summary 时间 --day 2099-03-01 --from 16:00 --until 15:00 --place 报告厅
[2] midun activity plan --title 太久 --summary 保存 --day 2099-03-01 --place 报告厅 --keep 4000
midun activity plan --title 送法入企 --summary 离职员工管理 --theme people --day 2099-03-01 --place 报告厅 --seats 2
> HD-0001
midun activity invite HD-0001 --park 北岭园区
midun --json activity show HD-0001
> "invited":2
[2] midun activity invite HD-0001 --park 没有的园区
midun activity register HD-0001 --name 虚构甲某 --company QY-0001 --contact 13900000000
> 签到码
keep code.txt 签到码
midun activity register HD-0001 --name 虚构乙某 --organisation 某所
[2] midun activity register HD-0001 --name 虚构丙某
> 名额已满
nowhere 虚构甲某 station
nowhere 13900000000 station
# Nobody is checked in before the day.
[2] midun activity came HD-0001 1
[3] midun activity check-in 000000000000
> 没有这个签到码
[2] midun activity hold HD-0001
write question.txt 虚构:竞业限制补偿怎么定?
write answer.txt 虚构:按约定与当地规定。
midun expert add --name 祝示三 --organisation 某律所(虚构) --field people --from 2026-01-01
midun activity ask HD-0001 question.txt
[2] midun activity answer HD-0001 2 answer.txt
midun activity answer HD-0001 1 answer.txt --expert ZJ-0001 --shown
midun activity supply HD-0001 --title 讲义 --url https://station.example/handout.pdf
[2] midun activity supply HD-0001 --title 讲义 --url javascript:alert
midun activity show HD-0001
> 虚构甲某
> 按约定与当地规定
nowhere 竞业限制补偿 station

# A joined company is told by itself, also when it is moved, and when it does not take place.
midun exchange offer --company QY-0001
keep invitation.txt midun-join:
MIDUN_DIR=node
midun init --role enterprise --name 岚屿新材料(虚构) --kdf-log-n 12
midun exchange join invitation.txt
midun exchange export --out up1.bundle
MIDUN_DIR=station
midun exchange import up1.bundle
midun exchange export --out down1.bundle
> 1 封函件
MIDUN_DIR=node
midun exchange import down1.bundle
midun task list --open
> 邀请
> 送法入企
midun task show RW-0001
> 报告厅
> HD-0001
[2] midun activity register HD-0001 --name 不在这里
midun task answer RW-0001 --name 虚构丁某 --contact 000-0001
midun task list
> 已答复
midun exchange export --out up2.bundle
nowhere 虚构丁某 up2.bundle
nowhere 虚构丁某 node
MIDUN_DIR=station
# Two seats are taken: it is said, and nothing is doubled.
midun exchange import up2.bundle
> 未生效 1 封
midun activity plan --title 第二场 --summary 有空位 --day 2099-04-01 --place 报告厅
midun activity invite HD-0002 --company QY-0001
midun exchange export --out down3.bundle
MIDUN_DIR=node
midun exchange import down3.bundle
midun task answer RW-0002 --name 虚构丁某 --contact 000-0001
[2] midun task answer RW-0002 --name 虚构戊某
midun exchange export --out up3.bundle
MIDUN_DIR=station
midun exchange import up3.bundle
> 生效 1 封
midun exchange import up3.bundle
midun --json activity show HD-0002
> "registered":1
> "channel":"node"
> "company":"QY-0001"
midun activity move HD-0001 --day 2099-03-08 --from 09:00 --until 11:00 --place 街道会议室 --why 报告厅检修
midun activity cancel HD-0001 --why 讲师出差
midun exchange export --out down2.bundle
> 封函件
MIDUN_DIR=node
midun exchange import down2.bundle
midun task list
> 活动已取消
midun task list --open
> 没有任务
midun fsck --replay
MIDUN_DIR=station
[2] midun activity register HD-0001 --name 虚构丁某
midun activity erase
> 销毁 0 条
midun fsck --replay
