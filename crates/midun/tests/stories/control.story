# Controls: what the ledger tells, what a person answers, what is best done next. All of it is
# fictional.

write passphrase.txt 虚构口令 slow heron by the weir
MIDUN_DIR=node
MIDUN_PASSPHRASE_FILE=passphrase.txt
midun init --name 岚屿新材料(虚构) --kdf-log-n 12
midun --json control list
> "id":"registered"
> "told_by":"ledger"
> "told_by":"person"
midun control score
> 第一步
> 前一步成立后开始
midun --json control score
> "next":"lead"
!> "offered":true,"met":0
midun norm gaps
> 还没有登记密点
> /secrets/new
[3] midun control show nonsense
> nonsense
[2] midun control list --standing perhaps
> unanswered

# A secret point without an owner; the gap leads to where one is named.
write text.txt 虚构配方丙廿三的保温时间
write drawing.txt 虚构图纸
midun person add --name 祝示五
midun secret add --title 浆料配方丙 --kind technical --level core --statement text.txt --carrier drawing.txt
midun control show owner
> MD-0001
> /secrets/MD-0001/revise
> 待核
midun secret revise MD-0001 --owner RY-0001 --why 指定责任人
midun --json control show owner
> "standing":"met"
> "entry"

# Somebody is cleared and has signed nothing; then a paper of another person does not help.
midun person clear RY-0001 --secret MD-0001
midun control show signed
> RY-0001
midun person add --name 蒙示六
write signed.txt 虚构签署件
midun person paper RY-0002 signed.txt
midun --json control show signed
> "standing":"unmet"
midun person paper RY-0001 signed.txt
midun --json control show signed
> "standing":"met"

# A measure that is there and not matched covers nothing.
midun measure add --item rules --title 虚构保密制度 --from 2026-01-05 --paper signed.txt
midun control show measure
> CS-0001
> 不覆盖
midun measure match CS-0001 --secret MD-0001 --why 人人须知
midun --json control show measure
> "standing":"met"

# What a person answers needs a paper, and holds for as long as the catalogue allows.
[2] midun control answer lead --verdict met
> 佐证
[2] midun control answer registered --verdict met --paper signed.txt
> 账本
[2] midun control answer lead --verdict met --paper signed.txt --until 2099-01-01
> 12
[2] midun control answer lead --verdict perhaps
> exempt
[3] midun control answer nonsense --verdict unmet
midun control answer lead --verdict met --paper signed.txt --person RY-0001
> ZP-0001
midun control answer rules --verdict met --paper signed.txt
> ZP-0002
midun --json control score
> "offered":true
midun --json control gaps
!> "step":"first"
> "step":"second"
midun control withdraw ZP-0001 --why 材料附错
midun --json control show lead
> "standing":"unanswered"
[2] midun control withdraw ZP-0001 --why 材料附错
midun control answer lead --verdict met --paper signed.txt
> ZP-0003
[2] midun control answer non-compete --verdict exempt
midun control answer non-compete --verdict exempt --why 没有约定竞业限制
midun --json control show non-compete
> "standing":"exempt"

# A gap is given to somebody until a day.
[2] midun control assign visitors --person RY-0001 --due 2020-01-01
midun control assign visitors --person RY-0001 --due 2099-01-01
midun control show visitors
> RY-0001 2099-01-01
midun timeline RY-0001
> 差距指派

# The past is judged by what was in the ledger then.
midun --json control score --as-of 2020-01-01
> "score":0
[2] midun control score --as-of 2099-01-01
midun control score --trend

# A drill counts when it is recorded, with the node's own backup.
midun backup copy
midun backup --drill copy
midun --json control show drill
> "standing":"unmet"
midun backup --drill --record copy
midun --json control show drill
> "standing":"met"

# Nothing secret or personal is in any of it, and a replay gives the same.
nowhere 丙廿三 node
nowhere 祝示五 node
midun control changes
midun control adopt --why 初次核对
[5] midun control adopt
midun timeline ZP-0003
> 自评作答
midun fsck --replay
