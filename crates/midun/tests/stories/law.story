# The law as data: procedures, deadlines with their steps, evidence standards. No node is needed.

MIDUN_LANG=zh
midun procedure list
> transfer
> 涉嫌犯罪案件移送
midun --lang en procedure list
> Transfer of a suspected crime
midun procedure show transfer
> 发现犯罪嫌疑
> 行政执法机关移送涉嫌犯罪案件的规定第5条第2款
[3] midun procedure show nothing
> civil, eu-interim
midun --json procedure show transfer
> "hand_over_by"
midun procedure diagram transfer --out x.svg
[5] midun procedure diagram transfer --out x.svg
> x.svg
[3] midun procedure diagram transfer --out nowhere/x.svg
> nowhere
midun procedure check
> 没有错误

# deadlines: hours, days, working days with holidays and make-up days, roll-over, counting back
midun deadline transfer
> hand_over_by
midun deadline transfer hand_over_by
> approve
# all of a procedure from one day; nothing given is ignored
midun deadline administrative --from 2026-02-10
> 2026-03-09 周一
> --before
[2] midun deadline administrative --from tomorrow
> tomorrow
midun deadline administrative --before 2026-09-30
> 2026-09
> --from
midun deadline transfer --from 2026-03-02
> 写到时分
[2] midun deadline administrative --step accept=2026-02-10
> verify
midun deadline transfer hand_over_by --from 2026-03-02/15:00
> 2026-03-03 15:00 周二
[2] midun deadline transfer hand_over_by --from 2026-03-02
> 写到时分
midun deadline administrative verify --from 2026-02-10 --on 2026-02-11
> 2026-03-09 周一
> 2026-02-15 周日 至 2026-02-23 周一：春节，不计
> 2026-02-14 周六：调休上班，计入
> 进行中
midun deadline administrative verify --from 2026-02-10 --step send_to_appraiser=2026-02-12 --on 2026-03-01
> 暂停
> 2026-02-12 次日起不计入，尚未恢复
midun deadline administrative verify --from 2026-02-10 --step send_to_appraiser=2026-02-12 --step appraisal_back=2026-02-26 --step extend_verification=2026-03-05
> 延长15个工作日
> 2026-04-07
midun --lang en deadline mediation confirm_within --from 2026-09-03
> 2026-10-08 Thu
> National Day
midun deadline civil limitation --from 2024-05-01 --step demand_performance=2026-02-03
> 重新起算
> 2029-02-05
> 暂定
midun deadline labour accept_by --from 2026-06-12
> 2026-06-22
> 待核
midun deadline preservation renewal_opens --before 2026-09-30
> 2026-09-23
[2] midun deadline preservation renewal_opens --from 2026-09-30
> --before
[2] midun deadline transfer hand_over_by --before 2026-09-30
> --from
midun deadline mediation term_before_filing --from 2026-04-01 --step extend_mediation=2026-04-20..2026-06-01
> 2026-06-01
[2] midun deadline mediation term_before_filing --from 2026-04-01 --step extend_mediation=2026-04-20
> 日期
midun --json deadline transfer decide_transfer --from 2026-03-02 --on 2026-03-03
> "end":"2026-03-05"
> "mark":"inferred"
> "standing":"running"
[3] midun deadline transfer no_such_clock
> hand_over_by
[2] midun deadline transfer decide_transfer --from 2026-02-30
> 2026-02-30
[2] midun deadline transfer decide_transfer --from tomorrow
[2] midun deadline transfer decide_transfer --from 2026-03-02 --step approve
> --step
[2] midun deadline transfer decide_transfer --from 2026-03-02 --step hand_over=2026-03-03
> 向同级公安机关移送
[2] midun deadline transfer decide_transfer --step approve=2026-03-03
> 没有起算

# evidence standards
midun standard list
> criminal-219-breach
midun standard show aucl-breach
> nda
[3] midun standard show nothing
> aucl-breach
write empty.json {}
[1] midun standard check criminal-219-1 empty.json
> 不完备
> 密点表
> 法释〔2020〕7号第27条
bytes weak.json 7b226974656d73223a5b7b226974656d223a22706f696e745f7461626c65222c226265617273223a5b2264617465225d7d5d7d
[1] midun standard check civil-prima-facie weak.json
> “密点表(逐条写明)”缺签名或盖章
bytes odd.json 7b226974656d73223a5b7b226974656d223a22676f73736970227d5d7d
[3] midun standard check civil-prima-facie odd.json
> gossip
write broken.json {items}
[2] midun standard check civil-prima-facie broken.json
> broken.json
[3] midun standard check civil-prima-facie absent.json
> absent.json

# other people's data: exported, changed, checked
midun procedure export mine
> midun procedure check --catalog mine
midun procedure check --catalog mine
[5] midun procedure export mine
replace mine/procedures/labour.toml 劳动合同法 劳动合同发
[1] midun procedure check --catalog mine
> procedures/labour.toml
> 劳动合同发
[1] midun --json procedure check --catalog mine
> "fault":"unknown-cite"
[2] midun deadline transfer --catalog mine
> procedures/labour.toml
[1] midun --lang en procedure check --catalog mine
> no file in norms/ lists it
write mine/standards/odd.toml id
[1] midun procedure check --catalog mine
> standards/odd.toml
folder hollow
[3] midun procedure check --catalog hollow
> hollow
[3] midun procedure check --catalog nowhere

# figures
midun --json bench deadlines
> "cases":5000,"clocks":105000
