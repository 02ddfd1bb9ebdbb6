# Templates are filled in from the records; the law refuses, guidance warns; nothing is written to the ledger.
# All of it is fictional.

write passphrase.txt 虚构口令 blue heron at noon
write statement.txt 虚构:第二拐点前保温十一分钟
MIDUN_DIR=node
MIDUN_LANG=zh
MIDUN_PASSPHRASE_FILE=passphrase.txt

midun template list
> employee-nda
> visitor-pledge
midun template show non-compete
> months
> 劳动合同法第24条
[3] midun template show nothing
> employee-nda
midun --json template show employee-nda
> "limits"

midun init --role enterprise --name 岚屿新材料(虚构) --kdf-log-n 12
midun person add --name 顾示二 --post 工艺工程师
midun partner add --name 磐溪精密(虚构) --relation supplier
midun secret add --title 升温曲线 --kind technical --level core --statement statement.txt
midun person clear RY-0001 --secret MD-0001
midun --json template fill employee-nda --for RY-0001 --out nda.pdf
> "name":"顾示二"
> "post":"工艺工程师"
> MD-0001 升温曲线
[5] midun template fill employee-nda --for RY-0001 --out nda.pdf
> nda.pdf
[2] midun template fill employee-nda --for RY-0001 --set damages=50000 --out no.pdf
> 劳动合同法第25条
[2] midun template fill non-compete --for RY-0001 --set group=engineer --set months=25 --set pay=5000 --out no.pdf
> 不得超过二年
[2] midun template fill non-compete --for RY-0001 --set group=boss --out no.pdf
> manager
[2] midun template fill non-compete --for RY-0001 --set months --out no.pdf
> --set
[2] midun template fill non-compete --for RY-0001 --set none=1 --set group=duty --out no.pdf
> months
midun template fill non-compete --for RY-0001 --set group=engineer --set months=18 --set wage=20000 --set pay=8000 --out nc.pdf
> 百分之五十
midun --json template fill supplier-clause --for HZ-0001 --out clause.pdf
> 磐溪精密
[3] midun template fill supplier-clause --for RY-0001 --out no.pdf
[3] midun template fill employee-nda --for RY-0009 --out no.pdf
midun --lang en template fill visitor-pledge --out pledge.pdf
> pledge.pdf
# the signed scan goes in by the door that is there
midun person paper RY-0001 nda.pdf --dated 2026-11-01
midun timeline RY-0001
!> template
midun field
> materials
midun --lang en field it
> Ranking algorithm
[3] midun field nothing
> biomedicine
