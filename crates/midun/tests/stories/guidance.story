# The figures of a period: on the command line, as a report, as open data. All of it is fictional.

write passphrase.txt 虚构口令 grey crane at dusk
MIDUN_PASSPHRASE_FILE=passphrase.txt
MIDUN_DIR=station
midun init --role station --name 云岫区商业秘密保护工作站(虚构) --kdf-log-n 12
midun company add --name 岚屿新材料(虚构) --code 919900000000000018 --park 云岫科创园(虚构)
midun company add --name 磐溪精密(虚构) --kind team
midun service give training --company QY-0001 --happened 2026-02-03 --what 宣讲(虚构)
midun service give visit --company QY-0001 --happened 2026-08-09 --what 走访(虚构)
midun request receive --company QY-0001 --title 供应商索要参数(虚构) --theme partners --happened 2026-03-01

midun dashboard --period 2026-H1
> 2026 年上半年
> 合作方
midun --json dashboard --period 2026-H1
> "period":"2026-H1"
> "served":1
midun --json dashboard --period 2026-08
> "times":1
[2] midun dashboard --period 2026-H3
> 不是时段
# Two companies are too few for outsiders.
midun dashboard --period 2026 --public
> *
!> 专家

midun report --period 2026-H1 --out report.pdf
> 已写入
midun report --period 2026-H1 --out report.html
midun report --period 2026-H1 --out figures.csv --public
midun --json report --period 2026-H1 --out figures.json
[2] midun report --period 2026-H1 --out report.odt
> .pdf
nowhere 岚屿新材料 figures.csv
nowhere 岚屿新材料 report.html

MIDUN_DIR=node
midun init --role enterprise --name 岚屿新材料(虚构) --kdf-log-n 12
[2] midun dashboard
