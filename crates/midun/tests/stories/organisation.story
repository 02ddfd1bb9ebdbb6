# Organisations: who takes part, what each kind sees, and a request for assistance from asking to an
# escalation. All fictional.

write passphrase.txt 虚构口令 quiet otter by the mill
MIDUN_PASSPHRASE_FILE=passphrase.txt

# What kinds see needs no node.
midun organisation sees
> 街道
> 辖区、会员
midun --json organisation sees
> "kind":"bureau"
> "texts":"nothing"

MIDUN_DIR=station
midun init --role station --name 云岫区商业秘密保护工作站(虚构) --kdf-log-n 12
midun company add --name 岚屿新材料(虚构) --code 919900000000000018 --street 松风街道
midun organisation add --name 云岫区市场监管局(虚构) --kind bureau
midun organisation add --name 松风街道办(虚构) --kind street --area 松风街道 --contact 祝示一
midun organisation add --name 云岫维权服务站(虚构) --kind rights
midun organisation add --name 云岫联盟(虚构) --kind alliance
[2] midun organisation add --name 某某 --kind club
> bureau
midun organisation list --kind street
> JG-0002
!> JG-0003
[2] midun organisation enrol JG-0004 --company QY-0001 --happened 2999-01-01
midun organisation enrol JG-0004 --company QY-0001 --post 理事单位
[2] midun organisation enrol JG-0004 --company QY-0001
> 已经是
midun organisation show JG-0004
> 理事单位

# An account belongs to an organisation.
[2] midun account add --name street --role liaison
> 机构
midun account add --name street --role liaison --holder JG-0002
midun account list
> 机构联络员

# A lead of the sub-district: asked, received, triaged, answered.
write lead.txt planted-lead 辖内企业反映离职员工带走配方
write reply.txt planted-answer 已安排走访
[2] midun assistance ask --from JG-0002 --to JG-0002 --sort lead --title 线索 --text lead.txt
> 同一个机构
[2] midun assistance ask --from JG-0002 --to QY-0001 --sort lead --title 线索 --text lead.txt
> 不是
midun assistance ask --from JG-0002 --to JG-0003 --sort lead --title 辖内企业反映泄密 --text lead.txt --company QY-0001
[2] midun assistance reply XZ-0001 --answer given --text reply.txt
> 还没有签收
[2] midun assistance escalate XZ-0001 --to JG-0001 --due 2999-01-01 --why 太慢
> 不能升级
midun assistance receive XZ-0001 --reference 收2026-1
[2] midun assistance receive XZ-0001
> 已经签收
midun assistance triage XZ-0001 --unit 咨询岗 --urgent
[2] midun assistance close XZ-0001 --how settled
midun assistance reply XZ-0001 --answer given --text reply.txt
midun assistance show XZ-0001
> planted-lead
> planted-answer
> 咨询岗
midun assistance close XZ-0001 --how settled
[2] midun assistance triage XZ-0001 --unit 咨询岗

# Late: it goes to a third organisation, once.
midun assistance ask --from JG-0003 --to JG-0004 --sort aid --title 请会员互助 --text lead.txt --happened 2026-01-05 --due 2026-01-15
midun assistance list --late
> XZ-0002
[2] midun assistance escalate XZ-0002 --to JG-0004 --due 2999-01-01 --why 逾期
midun assistance escalate XZ-0002 --to JG-0001 --due 2999-01-01 --why 逾期未答复
[2] midun assistance escalate XZ-0002 --to JG-0002 --due 2999-01-01 --why 再次
> 已经升级
midun assistance receive XZ-0002
midun assistance reply XZ-0002 --answer given --text reply.txt
midun --json assistance show XZ-0002
> "escalated":"JG-0001"
> "state":"replied"

# Passed on, and asked of a member.
midun assistance ask --from JG-0003 --to JG-0002 --sort referral --title 转请街道走访 --text lead.txt --follows XZ-0001
[2] midun assistance ask --from JG-0004 --to JG-0002 --sort referral --title 转请 --text lead.txt --follows XZ-0001
> 当事机构
midun assistance ask --from JG-0004 --to QY-0001 --sort aid --title 请分享经验 --text lead.txt
midun organisation end JG-0002 --why 街道合并
[2] midun assistance ask --from JG-0001 --to JG-0002 --sort other --title 询问 --text lead.txt
midun assistance list --of JG-0002
> XZ-0001
> XZ-0003
!> XZ-0002

# The rights station's desk: handed over, answered, followed up.
midun request receive --company QY-0001 --title 离职员工带走图纸 --theme people --channel phone
[2] midun request answer SQ-0001 --text reply.txt
> 没有交给
midun request hand SQ-0001 --organisation JG-0003
[2] midun request follow SQ-0001 --outcome helped
midun request answer SQ-0001 --text reply.txt --again 2999-01-01
midun request follow SQ-0001 --outcome partly --note lead.txt
midun --json request show SQ-0001
> "desk":"JG-0003"
> planted-answer
> "outcome":"partly"
midun fsck --replay
