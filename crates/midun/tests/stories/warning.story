# Early warning: a rule is scored on the made-up district before it is switched on, raises a matter
# once, tells the company without naming another, and is closed with what came of it. All fictional.

write passphrase.txt 虚构口令 quiet otter by the mill
MIDUN_PASSPHRASE_FILE=passphrase.txt

# The made-up district needs no node; the same seed gives the same scores.
midun --json warning twin --companies 400 --seed 7
> "simulated":true
> "frozen":true
> "seed":7
> "rule":"field-surge"
midun warning twin --companies 400 --rule setback
> 以下均为模拟
> setback
[2] midun warning twin --companies 3
> 100
[3] midun warning twin --rule no-such-rule
> field-surge

MIDUN_DIR=station
midun init --role station --name 云岫区商业秘密保护工作站(虚构) --kdf-log-n 12
midun company add --name 岚屿新材料(虚构) --code 919900000000000018
midun company add --name 磐溪精密(虚构) --kind team
midun company add --name 澄砚材料(虚构) --kind team

# Nobody is warned by a rule without a score.
midun warning rules
> 未评分
[2] midun warning switch repeat-respondent --on
> 还没有评分
midun warning run
> 没有新的预警
midun warning score --companies 400
[3] midun warning switch no-such-rule --on
midun warning switch repeat-respondent --on --why 试运行
[2] midun warning switch repeat-respondent --on
> 已经是这个状态
midun --json warning rules
> "on":true
> "simulated":true

# Two holders' cases name one organisation of the directory; a case is not against its holder.
midun case open --procedure administrative --title 离职员工带走参数 --company QY-0001 --source paper
midun case open --procedure administrative --title 相似产品 --company QY-0002 --source phone
[2] midun case against AJ-0001 --respondent QY-0001
> 权利人
[3] midun case against AJ-0001 --respondent QY-0077
midun case against AJ-0001 --respondent QY-0003
midun warning run --dry
> 没有新的预警
midun case against AJ-0002 --respondent QY-0003
midun warning run --dry
> QY-0003
midun warning list
!> YJ-0001
midun warning run
midun warning list --open
> YJ-0001
> 待交办
midun warning run
> 没有新的预警
midun --json warning show YJ-0001
> "matter":"respondent:QY-0003"
> "AJ-0001"
> "AJ-0002"
> "figures":["2"]
midun warning show YJ-0001
> 岚屿新材料
> 建议措施

# Somebody looks; a joined company is told, and no other is named.
[2] midun warning assign YJ-0001 --unit 预警岗 --due 2001-01-01
midun warning assign YJ-0001 --unit 预警岗 --due 2099-01-01
midun warning tell YJ-0001
> 已发函 0 件
midun exchange offer --company QY-0001
keep invitation.txt midun-join:
MIDUN_DIR=node
midun init --role enterprise --name 岚屿新材料(虚构) --kdf-log-n 12
[2] midun warning score --companies 400
> 企业节点
midun exchange join invitation.txt --code 919900000000000018
midun exchange export --out up.bundle
MIDUN_DIR=station
midun exchange import up.bundle
midun warning tell YJ-0001
> 已发函 1 件
midun warning tell YJ-0001
> 已发函 0 件
midun exchange export --out down.bundle
nowhere 预警提示 down.bundle
MIDUN_DIR=node
midun exchange import down.bundle
midun exchange read in 1
> 预警提示
> 不足 10 件
!> 澄砚
!> 磐溪
!> QY-0003
midun task list
> 预警提示

# Closed with what came of it; the matter rests for a while.
MIDUN_DIR=station
[2] midun warning close YJ-0001 --why 已核对
midun warning close YJ-0001 --useful --why 两案为同一批参数，已并案核对
[2] midun warning close YJ-0001 --useless --why 再办一次
midun warning run
> 没有新的预警
midun --json warning rules
> "closed":1
> "useful":1
midun timeline YJ-0001
> 发出预警
> 预警办结
midun warning switch repeat-respondent --off
[2] midun warning switch repeat-respondent --off
midun fsck --replay
