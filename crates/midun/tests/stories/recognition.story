# Recognition: what a scheme asks for, an application with its evidence, two independent reviews, a
# look on the spot, agreement, the public notice, an objection. All of it is fictional.

midun recognition schemes
> 示范企业
> 示例规则
midun recognition scheme company
> list
> 弄虚作假
[3] midun recognition scheme circus
midun --lang en recognition scheme park
> Demonstration park

write passphrase.txt 虚构口令 heron at the weir
MIDUN_DIR=station
MIDUN_PASSPHRASE_FILE=passphrase.txt
midun init --role station --name 云岫区商业秘密保护工作站(虚构) --kdf-log-n 12
midun company add --name 岚屿新材料（虚构） --code 919900000000000018
midun company add --name 云岫科技园（虚构） --kind team
midun expert add --name 祝示三 --organisation 云岫砥平律师事务所（虚构） --field people --until 2099-12-31
midun expert add --name 温示四 --organisation 云岫砥平律师事务所（虚构） --field carriers --until 2099-12-31
midun expert add --name 简示五 --organisation 磐溪大学（虚构） --field carriers --until 2099-12-31
midun expert add --name 柳示六 --organisation 云岫仲裁院（虚构） --field remedies --until 2099-12-31 --conflict QY-0001

# The application, once for a layer.
write why.txt 企业自评八十六分，密点十四项。
[2] midun recognition apply --company QY-0001 --scheme circus
midun recognition apply --company QY-0001 --scheme company --statement why.txt --letter LW-0001/3
> RD-0001
[2] midun recognition apply --company QY-0001 --scheme company
> RD-0001
nowhere 自评八十六分 station
midun recognition show RD-0001
> 必备，缺

# Evidence for each criterion; what must be there is told at once.
[2] midun recognition assign RD-0001 --expert ZJ-0001 --expert ZJ-0003
> 还缺 3 项
write note.txt 任命文件丙十七号。
midun recognition evidence RD-0001 --criterion lead --note note.txt
midun recognition evidence RD-0001 --criterion list --note note.txt --paper why.txt
midun --json recognition show RD-0001
> "missing":["agreements"]
[2] midun recognition evidence RD-0001 --criterion dance --note note.txt
[2] midun recognition evidence RD-0001 --criterion agreements
write odd.tlog-proof c2sp.org/tlog-proof@v1
[2] midun recognition evidence RD-0001 --criterion agreements --proof odd.tlog-proof
> tlog-proof
midun recognition evidence RD-0001 --criterion agreements --note note.txt
nowhere 丙十七号 station

# Two experts of two houses, who need not keep away.
[2] midun recognition assign RD-0001 --expert ZJ-0001 --expert ZJ-0002
> 同属一个单位
[2] midun recognition assign RD-0001 --expert ZJ-0001 --expert ZJ-0004
> 应当回避
[2] midun recognition assign RD-0001 --expert ZJ-0001
> 两位专家
midun recognition assign RD-0001 --expert ZJ-0001 --expert ZJ-0003
[2] midun recognition review RD-0001 --expert ZJ-0002 --mark lead=1
[2] midun recognition review RD-0001 --expert ZJ-0001 --mark lead=1
> 没有打分
[2] midun recognition review RD-0001 --expert ZJ-0001 --mark lead
> 不是打分
midun recognition review RD-0001 --expert ZJ-0001 --mark lead=6 budget=4 list=12 dated=6 agreements=8 training=4 leavers=4 marking=6 zones=4 rights=4 leaving=4 partners=6 dossier=6 incident=4 effect=4
midun --json recognition show RD-0001
> "score":null
midun recognition review RD-0001 --expert ZJ-0003 --mark lead=6 budget=4 list=8 dated=4 agreements=6 training=2 leavers=2 marking=4 zones=4 rights=4 leaving=4 partners=4 dossier=4 incident=2 effect=2
midun --json recognition show RD-0001
> "score":"82"
> "score":"60"

# A look on the spot, then agreement; far apart means point by point, with a reason.
[2] midun recognition agree RD-0001
> 现场查验
midun visit plan --company QY-0001 --title 认定现场查验 --day 2026-01-20 --expert ZJ-0001
[2] midun recognition visit RD-0001 --visit ZF-0001
> 还没有登记完成
write filled.csv 编号,主题,检查点,看什么,结果
line filled.csv list,,,,符合
midun visit record ZF-0001 filled.csv
midun recognition visit RD-0001 --visit ZF-0001
[2] midun recognition agree RD-0001
> 合议
midun recognition agree RD-0001 --why 补充查看培训与演练记录后达成一致 --mark lead=6 budget=4 list=12 dated=6 agreements=8 training=4 leavers=4 marking=6 zones=4 rights=4 leaving=4 partners=6 dossier=6 incident=4 effect=2
midun --json recognition list --state passed
> "score":"80"

# The public is asked; nothing is awarded meanwhile.
[2] midun recognition award RD-0001
[2] midun recognition publish RD-0001 --until 2026-01-01
> 公示至少要到
midun recognition publish RD-0001 --until 2099-01-01
write objection.txt 该企业培训记录系补做。
midun recognition object RD-0001 --text objection.txt --name 匿名乙
nowhere 系补做 station
[2] midun recognition award RD-0001
> 公示到
[2] midun recognition answer RD-0001 2 --why 无此异议
midun recognition answer RD-0001 1 --why 核对原始签到，查无此事
[2] midun recognition answer RD-0001 1 --why 再次
[2] midun recognition certificate RD-0001 --out c.pdf
[2] midun recognition end RD-0001 --how revoked --why 未认定
midun recognition end RD-0001 --how withdrawn --why 企业主动撤回
midun recognition apply --company QY-0001 --scheme company
> RD-0002
[2] midun recognition apply --company QY-0002 --scheme company --under RD-0001
midun timeline RD-0001
> 合议
midun company merge QY-0002 --into QY-0001 --why 同一家
midun fsck --replay
