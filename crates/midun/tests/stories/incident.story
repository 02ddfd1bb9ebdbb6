# An incident: a suspicion, evidence with its hands, what the register shows, routes, the other side.
# All of it is fictional.

write passphrase.txt 虚构口令 slow heron by the weir
MIDUN_DIR=node
MIDUN_PASSPHRASE_FILE=passphrase.txt
midun init --name 岚屿新材料（虚构） --kdf-log-n 12
write point.txt 虚构配方丙廿三：粉体甲与乙之比为六比四。
midun secret add --title 浆料配方 --kind technical --level core --statement point.txt
midun person add --name 韩示五
midun partner add --name 磐溪精密（虚构） --relation supplier

write seen.txt 展会上看到虚构宣传页丁卅一，次序与工艺卡相同。
[2] midun incident open --title 机密外流 --secret MD-0001 --from 2026-01-05
[3] midun incident open --title 宣传页 --secret MD-0077 --from 2026-01-05
[2] midun incident open --title 宣传页 --secret MD-0001 --from 2026-01-05 --noticed 2026-01-01
> 早于
[2] midun incident open --title 宣传页 --conduct gossip --secret MD-0001 --from 2026-01-05
> third-party
midun incident open --title 宣传页疑似含密点 --secret MD-0001 --person RY-0001 --partner HZ-0001 --from 2026-01-05 --until 2026-01-20 --noticed 2026-02-01 --text seen.txt --others 展位人员戊四
> SJ-0001
nowhere 丁卅一 node
nowhere 戊四 node

# Evidence goes into the vault; who took it, where and how is sealed.
write page.txt 宣传页原文（虚构）己五六
[2] midun incident preserve SJ-0001 rumour --file page.txt
> disclosure_capture
midun incident preserve SJ-0001 disclosure_capture --file page.txt --origin 展位庚七 --collector 顾示二 --method 当场封存 --dated 2026-02-01 --bears date,origin
nowhere 己五六 node
nowhere 庚七 node
midun incident preserve SJ-0001 electronic_data --origin 网站下载 --dated 2026-02-01
[2] midun incident hand SJ-0001 7 --to 档案柜
> 没有第 7 号证据
midun incident hand SJ-0001 1 --from 顾示二 --to 档案柜辛八 --note 封条完好
nowhere 辛八 node
midun incident note SJ-0001 --text seen.txt --happened 2026-02-02
[3] midun incident link SJ-0001 QC-0001
midun --json incident show SJ-0001
> "item":"disclosure_capture"
> 档案柜辛八
> 展位庚七

# Every way of counting stands beside the others; one is relied on.
[2] midun incident reckon SJ-0001 value --with research=lots
midun incident reckon SJ-0001 value --with research=3260000 --rely

# Routes: what the record covers, by which entries; what is too late or can't be cured.
midun incident doors SJ-0001
> 三扇门
> 行政举报
> 民事诉讼
> 2029-02-01
> 现在不宜提交
[3] midun incident doors SJ-0001 duel
> administrative
midun incident doors SJ-0001 criminal
> 3,260,000.00
> 待核
midun incident go SJ-0001 civil
> 法释〔2020〕7号第5条
> 不保存

# The other side, and what makes it silent. Nothing of that is recorded.
midun --json incident moot SJ-0001
> 我们的信息并不相同
> 没有签过保密协议
> 证据来源不明
[2] midun incident moot SJ-0001 --out moot.pdf
midun incident moot SJ-0001 --out moot.pdf --i-know-production-may-be-ordered
midun incident preserve SJ-0001 sameness_appraisal --file page.txt --origin 鉴定机构 --bears signature,date,origin
midun incident drop SJ-0001 2 --why 另有原件
midun --json incident moot SJ-0001
!> 我们的信息并不相同
!> 证据来源不明

# Put right, closed, opened again; the dossier takes the evidence.
midun incident revise SJ-0001 --secret MD-0001 --person RY-0001 --from 2026-01-06 --until 2026-01-20 --noticed 2026-02-01 --why 核对门禁
midun incident close SJ-0001 --outcome internal
[2] midun incident note SJ-0001 --text seen.txt
midun --json incident list
> []
midun incident reopen SJ-0001 --why 新线索
midun --json dossier plan --secret MD-0001
midun dossier build --secret MD-0001 --incident SJ-0001 --purpose complaint --show all --out X.zip
midun verify X.zip
midun timeline SJ-0001
> 保全证据
> 交接证据
midun fsck --replay
