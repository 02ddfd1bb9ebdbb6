# Going abroad: guides, a pre-judgement, the export check before a dossier leaves, and aid from the
# station. All of it is fictional.

midun overseas list
> us
> 完整
> 草稿
midun overseas show jp
> 待核
[3] midun overseas show xx
> us
midun overseas compare us de --field limits
> § 1836(d)
> BGB
[3] midun overseas compare us de --field weather
> limits
midun --json overseas check
> "answer":"authority:unapproved"
> "leads":"stop"

write passphrase.txt 虚构口令 grey heron at noon
MIDUN_PASSPHRASE_FILE=passphrase.txt
MIDUN_DIR=station
midun init --role station --name 云岫区商业秘密保护工作站(虚构) --kdf-log-n 12
midun company add --name 岚屿新材料(虚构) --code 919900000000000018
midun exchange offer --company QY-0001
keep invitation.txt midun-join:
MIDUN_DIR=node
midun init --role enterprise --name 岚屿新材料(虚构) --kdf-log-n 12
midun exchange join invitation.txt --code 919900000000000018

write text.txt 虚构配方丁三十一的退火曲线
midun secret add --title 浆料配方丁 --kind technical --level core --statement text.txt
midun overseas guide us de --out guide.pdf
[2] midun overseas guide us kr --out other.pdf
> 草稿
[2] midun overseas assess --product 产线 --market us --answer goes:ships
> goes:ships
[2] midun overseas assess --product 产线 --market xx --answer plan:sell
> xx
midun overseas assess --product 浆料产线(虚构) --market us --market kr --answer plan:make --answer goes:documents
> 合作方自己用
midun --json overseas report YP-0001
> "risks":["disclosed","maker","export"]
> "guides":["us@1","kr@1"]
midun overseas report YP-0001 --out report.pdf

# Nothing for use abroad before the export check; a purpose at home goes on.
midun dossier build --secret MD-0001 --purpose suit --out suit.zip
[2] midun dossier plan --secret MD-0001 --purpose abroad
> 出境审查
[2] midun dossier build --secret MD-0001 --purpose abroad --out abroad.zip
> MD-0001
[2] midun overseas export --secret MD-0001 --to 某委员会(虚构) --say authority:no --say personal:no --say important:no --say technology:no
> state
[2] midun overseas export --secret MD-0001 --to 某委员会(虚构) --say authority:approved --say personal:no --say important:no --say technology:no --say state:no
> 依据
midun overseas export --secret MD-0001 --to 某委员会(虚构) --say authority:unapproved --say personal:no --say important:no --say technology:no --say state:no
> 不能出境
[2] midun dossier build --secret MD-0001 --purpose abroad --out abroad.zip
midun overseas export --secret MD-0001 --to 某委员会(虚构) --say authority:approved --proof authority:主管机关2026-11-01第1号 --say personal:no --say important:no --say technology:no --say state:no
> 已答清
midun dossier build --secret MD-0001 --purpose abroad --out abroad.zip --show statements
midun verify abroad.zip
> 境外使用
midun --json overseas exports
> "clear":true
> 主管机关2026-11-01第1号

# Aid: a letter with the report; the station opens a case on the procedure of aid.
midun exchange export --link LW-0001 --out up.bundle
MIDUN_DIR=station
midun exchange import up.bundle
midun exchange export --link LW-0001 --out down.bundle
MIDUN_DIR=node
midun exchange import down.bundle
midun overseas aid YP-0001 --link LW-0001 --text 收到起诉状,二十日内答辩 --due 2026-12-20
midun exchange export --link LW-0001 --out up2.bundle
MIDUN_DIR=station
midun exchange import up2.bundle
midun exchange read in 1 --link LW-0001
> 海外维权求助
> 浆料产线(虚构)
> YP-0001.pdf
midun case open --procedure overseas-aid --company QY-0001 --title 海外维权求助 --source paper
> AJ-0001
midun procedure show overseas-aid
> 转指导机构
> 待核
midun fsck --replay
MIDUN_DIR=node
midun fsck --replay
nowhere 退火曲线 node
nowhere 退火曲线 station
