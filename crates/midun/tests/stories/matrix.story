# Who could reach it on a day, bound by what. All of it is fictional.

write passphrase.txt 虚构口令 blue heron at noon
write statement.txt 虚构:第二拐点前保温十一分钟
write nda.txt 虚构保密协议
MIDUN_DIR=node
MIDUN_PASSPHRASE_FILE=passphrase.txt

midun init --role enterprise --name 岚屿新材料(虚构) --kdf-log-n 12
midun person add --name 顾示二
midun person add --name 何示三
midun secret add --title 升温曲线 --kind technical --level core --statement statement.txt --owner RY-0001
midun measure add --item agreement --title 保密协议 --from 2024-03-01 --until 2025-12-31 --paper nda.txt
midun measure match CS-0001 --secret MD-0001 --why 写明本密点
midun person clear RY-0001 --secret MD-0001 --from 2024-03-01
midun person clear RY-0002 --secret MD-0001 --from 2024-05-01 --until 2024-12-31
midun person paper RY-0002 nda.txt --dated 2024-04-30

# before anybody was cleared
midun --json matrix MD-0001 --as-of 2024-02-01
> "holders":[]
> "key":"matrix-gap-no-measure"
# both could; everything was written down afterwards, and it says so
midun --json matrix MD-0001 --as-of 2024-06-01
> "who":"RY-0001"
> "who":"RY-0002"
> "key":"matrix-gap-late-measure"
> "proof":"later"
!> matrix-gap-no-measure
# one has left; the measure still holds; there is none for leavers
midun --json matrix MD-0001 --as-of 2025-06-01
> "reach":"closed"
> "key":"matrix-gap-no-leavers"
# the measure ran out
midun --json matrix MD-0001 --as-of 2026-01-01
> "key":"matrix-gap-no-measure"
midun matrix MD-0001 --as-of 2024-06-01
> 不能补救
> 何示三
> 顾示二
!> 十一分钟
midun --lang en matrix MD-0001 --as-of 2024-06-01
> beyond mending
midun matrix MD-0001 --as-of 2024-06-01 --out day.pdf
> day.pdf
[5] midun matrix MD-0001 --as-of 2024-06-01 --out day.pdf
nowhere 十一分钟 day.pdf
[2] midun matrix MD-0001 --as-of 2199-01-01
> 还没有到
[2] midun matrix MD-0001 --as-of 2024-13-01
[3] midun matrix MD-0009
midun --json fsck --replay
> "problems":[]
