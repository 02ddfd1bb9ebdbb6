# The main job: from files to a dossier that a stranger verifies. All of it is fictional.

write passphrase.txt 虚构口令 blue heron at noon
write statement.txt 虚构:反应釜升温曲线在第二拐点前保温十一分钟,收率因此稳定。
write more.txt 虚构:第二拐点之后改用间歇搅拌。
write origin.txt 虚构:研发二部 2023 年起试验 41 批。
write drawing.txt 虚构图纸 No. 17
write nda.txt 虚构保密协议 签署人 顾示二
folder trials
write trials/01.csv a,b
write trials/02.csv c,d
MIDUN_DIR=node
MIDUN_PASSPHRASE_FILE=passphrase.txt

midun init --role enterprise --name 岚屿新材料(虚构) --kdf-log-n 12
> midun-share-1
midun person add --name 顾示二 --post 商业秘密管理员
> RY-0001
midun person paper RY-0001 nda.txt --dated 2024-03-01
midun --json secret add --title 升温曲线的第二拐点 --kind technical --level core --statement statement.txt more.txt --carrier drawing.txt trials --origin origin.txt --owner RY-0001
> "id":"MD-0001"
midun --json secret list
> "title":"升温曲线的第二拐点"
midun measure add --item agreement --title 保密协议 --from 2024-03-01 --paper nda.txt
midun measure match CS-0001 --secret MD-0001 --why 写明本密点
midun person clear RY-0001 --secret MD-0001 --from 2024-03-01
midun partner add --name 磐溪精密(虚构) --relation supplier
midun partner agree HZ-0001 --title 试制保密协议 --from 2024-03-02 --paper nda.txt
midun disclose add --secret MD-0001 --to HZ-0001 --purpose 试制 --statement 1 --happened 2024-03-10 --agreement XY-0001 --person RY-0001
midun secret show MD-0001
> 升温曲线的第二拐点
!> 十一分钟
midun secret show MD-0001 --reveal --why 核对
> 十一分钟
midun secret revise MD-0001 --restate 1=more.txt --why 缩小范围
midun secret level MD-0001 important --why 年度复核
midun timeline MD-0001
> 查看
> RY-0001 顾示二
> CS-0001
> 陈述与说明
!> statements
midun --lang en timeline MD-0001
midun dossier plan --secret MD-0001
> 缺口
midun dossier build --secret MD-0001 --purpose complaint --out dossier.zip
> JZ-0001
> --show statements,carriers,papers,names
nowhere 十一分钟 dossier.zip
nowhere 顾示二 dossier.zip
midun verify dossier.zip
> JZ-0001
midun --lang en verify dossier.zip
midun --json verify dossier.zip
> "outcome":"valid"
# what is shown is what was asked for; names can stand in a scan, and papers keep their endings
midun dossier plan --secret MD-0001 --show papers
> 2 个文件
> CS-0001 × 1
midun dossier build --secret MD-0001 --purpose police --out papers.zip --show papers --language en
> CS-0001 × 1
> XY-0001 × 1
!> RY-0001
midun --json verify papers.zip
> files/CS-0001/paper-01.txt
!> files/RY-0001
nowhere 十一分钟 papers.zip
midun dossier build --secret MD-0001 --purpose suit --out whole.zip --show all
!> --show
midun --json verify whole.zip
> files/RY-0001/paper-01.txt
> files/MD-0001/carrier-01.txt
midun secret export MD-0001 1 --out again.txt --why 核对
midun disclose close PL-0001 --how returned --happened 2024-06-01
midun secret declassify MD-0001 --why 已公开
midun fsck --replay
