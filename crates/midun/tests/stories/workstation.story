# A station's workstation: experts, requests, visits with their checklist, prescriptions. All of it is
# fictional.

write passphrase.txt 虚构口令 grey crane at dusk
MIDUN_DIR=station
MIDUN_PASSPHRASE_FILE=passphrase.txt
midun init --role station --name 云岫区商业秘密保护工作站(虚构) --kdf-log-n 12
midun company add --name 岚屿新材料（虚构） --code 919900000000000018 --contact "黎一舟 000-0001"
midun company add --name 磐溪团队（虚构） --kind team

# The committee: what an expert knows, until when, and from whom to keep away.
midun expert add --name 祝示三 --organisation 云岫砥平律师事务所（虚构） --field people --field remedies --until 2099-12-31 --contact 000-0003
> ZJ-0001
midun expert add --name 温示四 --organisation 磐溪大学（虚构） --field carriers --until 2099-12-31 --conflict QY-0002
[2] midun expert add --name 谁 --organisation 某所 --field dance
[3] midun expert add --name 谁 --organisation 某所 --field people --conflict QY-0099
midun expert list
> 祝示三
> 人员、维权与诉讼
midun expert show ZJ-0002
> QY-0002
nowhere 祝示三 station
nowhere 000-0003 station

# A request: received, routed with a check for conflicts, answered, settled.
write asked.txt 一名离职的工艺工程师入职了同行，带走了虚构配方丙十七。
midun request receive --company QY-0002 --title 离职员工去了同行 --theme people --channel desk --text asked.txt
> SQ-0001
[2] midun request route SQ-0001 --expert ZJ-0002
> 应当回避
[2] midun request route SQ-0001
> 二者选一
midun request route SQ-0001 --expert ZJ-0001 --urgent
[2] midun request close SQ-0001
> 还没有答复
write answer.txt 先固定证据：交接记录、门禁与邮件日志；再发告知函。
[2] midun request reply SQ-0001 --text answer.txt --expert ZJ-0002
> 没有分派给
midun request reply SQ-0001 --text answer.txt --expert ZJ-0001
midun request show SQ-0001
> 丙十七
> 先固定证据
midun request close SQ-0001
midun --json request list --open
> "total":0
midun request receive --company QY-0001 --title 海外展会注意什么 --theme overseas
midun request route SQ-0002 --body 涉外知识产权服务站（虚构）
[2] midun request close SQ-0002 --how referred
midun request close SQ-0002 --how referred --why 属海外事务
nowhere 丙十七 station
nowhere 交接记录 station
# The reply counts as a service.
midun company list --had advice
> QY-0002

# A visit: the form goes along as a table and comes back filled in.
midun checklist
> diagnosis
midun checklist diagnosis
> 是否有商业秘密清单
[3] midun checklist cooking
[2] midun visit plan --company QY-0002 --title 首次走访 --day 2026-11-20 --expert ZJ-0002
> 应当回避
[2] midun visit plan --company QY-0002 --title 首次走访 --day 2026-11-20 --checklist cooking
midun visit plan --company QY-0002 --title 首次走访 --day 2026-01-20 --expert ZJ-0001
> ZF-0001
midun visit form ZF-0001 --out form.csv
[70] midun visit form ZF-0001 --out form.csv
[2] midun visit report ZF-0001 --out report.pdf
> 还没有登记
write filled.csv 编号,主题,检查点,看什么,结果,发现,建议,程度,期限
line filled.csv list,,,,有缺口,只有一张总目录，没有逐条写明,,,
line filled.csv agreement,,,,有缺口,三名工艺人员没有签保密协议,先补签这三人,高,2026-03-01
line filled.csv level,,,,符合,,,,
line filled.csv zones,,,,不适用,,,,
line filled.csv note,,,,,企业很重视，缺人手,,,
write odd.csv 编号,主题,检查点,看什么,结果
line odd.csv list,,,,大概
[2] midun visit record ZF-0001 odd.csv
> 第 2 行
write bare.csv 编号,主题,检查点,看什么,结果
line bare.csv list,,,,有缺口
[2] midun visit record ZF-0001 bare.csv
> 没有写发现
midun visit record ZF-0001 filled.csv
[2] midun visit record ZF-0001 filled.csv
midun visit show ZF-0001
> 有缺口
> CF-0002
> 缺人手
midun visit report ZF-0001 --out report.pdf
midun --lang en visit report ZF-0001 --out report-en.pdf
nowhere 三名工艺人员 station
nowhere 缺人手 station
midun --json company list --had diagnosis
> "total":1

# Prescriptions: what the company says, and what a look finds.
midun prescription list --late
> CF-0001
> CF-0002
midun prescription show CF-0002
> 先补签这三人
write done.txt 已补签三人
midun prescription progress CF-0002 --how done --note done.txt
midun visit plan --company QY-0002 --title 整改复查 --day 2026-03-05 --after ZF-0001
midun prescription review CF-0002 --verdict cured --visit ZF-0002
[2] midun prescription progress CF-0002 --how started
[2] midun prescription review CF-0001 --verdict wanting
midun prescription review CF-0001 --verdict wanting --due 2099-01-31
midun --json prescription list --open
> "total":1
midun visit cancel ZF-0002 --why 已电话复查
[2] midun visit cancel ZF-0002 --why 再次

# Who joins and leaves; two entries that are one.
midun expert renew ZJ-0002 --until 2099-12-31
midun expert recuse ZJ-0001 --company QY-0001 --why 曾代理该企业
[2] midun expert recuse ZJ-0001 --company QY-0001 --why 再次
midun company merge QY-0002 --into QY-0001 --why 同一家
midun --json prescription list --company QY-0001
> "total":2
[2] midun visit plan --company QY-0001 --title 走访 --day 2099-01-01 --expert ZJ-0002
> 应当回避
midun expert end ZJ-0001 --why 任期调整
[2] midun visit plan --company QY-0001 --title 走访 --day 2099-01-01 --expert ZJ-0001
midun timeline CF-0001
> 开出处方
midun timeline QY-0001
> 办结诉求
midun fsck --replay
