# The one-to-one programme: a procurement, a firm engaged after its conflicts were checked, work,
# results, payments. All fictional.

write passphrase.txt 虚构口令 quiet otter by the mill
MIDUN_PASSPHRASE_FILE=passphrase.txt
MIDUN_DIR=station
midun init --role station --name 云岫区商业秘密保护工作站(虚构) --kdf-log-n 12
midun company add --name 岚屿新材料(虚构) --code 919900000000000018
midun company add --name 磐溪精密(虚构) --kind team
midun organisation add --name 云岫砥平律师事务所(虚构) --kind firm
midun organisation add --name 云岫知衡律师事务所(虚构) --kind firm
midun organisation add --name 云岫区法院(虚构) --kind court

write bad.csv 机构,方案 40,中标
[2] midun procurement record --title 一对一服务 --reference XX-1 --table bad.csv --amount 30万 --from 2026-01-01 --until 2026-12-31
> 没有标明谁中标
write bids.csv 机构,方案 40,报价 60,中标
line bids.csv JG-0001,36.5,50,是
line bids.csv JG-0002,30,55,
midun procurement record --title 一对一服务 --reference XX-1 --table bids.csv --amount 30万 --from 2026-01-01 --until 2026-12-31
midun procurement show CG-0001
> 86.50
> 300,000
midun --json procurement list
> "amount_fen":30000000
> "awarded":["JG-0001"]

# Conflicts by name, and what cases say.
[2] midun engagement open --firm JG-0003 --company QY-0001 --title 服务 --from 2026-01-01 --until 2026-12-31 --declared 无
> 不是律师事务所
[2] midun engagement open --firm JG-0002 --procurement CG-0001 --company QY-0001 --title 服务 --from 2026-01-01 --until 2026-12-31 --declared 无
> 没有授予
midun engagement conflict JG-0001 --company QY-0001 --reason against --why 代理对方
[2] midun engagement open --firm JG-0001 --company QY-0001 --title 服务 --from 2026-01-01 --until 2026-12-31 --declared 无
> 代理
midun engagement clear JG-0001 --company QY-0001 --why 案件已结
[2] midun engagement clear JG-0001 --company QY-0001 --why 案件已结
midun engagement open --firm JG-0001 --procurement CG-0001 --company QY-0001 --title 年度服务 --from 2026-01-01 --until 2026-12-31 --pilot --declared 没有利益冲突
midun case open --procedure administrative --title 相似产品 --company QY-0001 --source paper
midun case against AJ-0001 --respondent QY-0002
[2] midun engagement open --firm JG-0001 --company QY-0002 --title 服务 --from 2026-01-01 --until 2026-12-31 --declared 无
> AJ-0001
midun company list --never-served
!> QY-0001
> QY-0002

write note.txt planted-note 清单存于附件一
midun engagement plan WT-0001 --sort result --title 密点清单 --due 2026-03-01
[2] midun engagement plan WT-0001 --sort payment --title 首付款 --due 2026-06-01 --after 1
[2] midun engagement plan WT-0001 --sort payment --title 首付款 --due 2026-06-01 --amount 很多 --after 1
> 不是金额
midun engagement plan WT-0001 --sort payment --title 首付款 --due 2026-06-01 --amount 12,000.50 --after 1
midun engagement list --late
> WT-0001
midun engagement log WT-0001 --what 访谈 --minutes 90 --item 1
[2] midun engagement pay WT-0001 --item 2
[2] midun engagement accept WT-0001 --item 1
midun engagement deliver WT-0001 --item 1 --note note.txt
[2] midun engagement accept WT-0001 --item 1 --refuse
midun engagement accept WT-0001 --item 1 --refuse --why 缺附件
midun engagement deliver WT-0001 --item 1 --note note.txt
midun engagement accept WT-0001 --item 1
[2] midun engagement deliver WT-0001 --item 1 --note note.txt
midun engagement pay WT-0001 --item 2
[2] midun engagement rate WT-0001 --mark 6
midun engagement rate WT-0001 --mark 5
midun --json engagement show WT-0001
> "amount_fen":1200050
> planted-note
> "minutes":90
> "mark":5
midun engagement end WT-0001 --how done
midun engagement list --firm JG-0001
> 年度服务
midun fsck --replay
