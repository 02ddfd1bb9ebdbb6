# A person's data and a secret point's content are destroyed for good: what is lost is said before, a hold
# forbids it, and earlier dossiers still verify. All fictional.

write passphrase.txt 虚构口令 blue heron at noon
write statement.txt 虚构:第二拐点前保温十一分钟
write origin.txt 虚构来源:试验四十一批
write carrier.txt 虚构载体，长一些，好让中间落在文件里。
write signed.txt 虚构保密承诺书 已签字
MIDUN_DIR=node
MIDUN_PASSPHRASE_FILE=passphrase.txt
midun init --name 岚屿新材料(虚构) --kdf-log-n 12
midun person add --name 顾示二 --post 工艺员 --department 研发部
midun person add --name 沈示一
midun person paper RY-0001 signed.txt
midun secret add --title 烧结曲线 --kind technical --level core --statement statement.txt --origin origin.txt --carrier carrier.txt --owner RY-0002
midun person clear RY-0001 --secret MD-0001 --from 2026-01-05
midun account add --name gusr --role member --holder RY-0001
midun dossier build --secret MD-0001 --purpose complaint --out before.zip --show all
midun verify before.zip

# what would be lost is said first, and what must be ended before
[2] midun person erase RY-0001
> 签字件
> 还可以接触 MD-0001
> 以前的备份
midun person bar RY-0001 --secret MD-0001 --why 离职
[2] midun person erase RY-0001
> 账号 ZH-0001 还没有注销
midun account close ZH-0001 --why 离职

# a hold comes before everything
midun incident open --title 展会宣传页 --conduct breach --secret MD-0001 --person RY-0001 --from 2026-01-01 --noticed 2026-02-01
midun hold set --ground SJ-0001 --why 可能起诉
midun hold list
> RY-0001
> MD-0001
> SJ-0001
[2] midun person erase RY-0001 --ground consent --why 本人请求 --confirm RY-0001
> 保留中
midun hold lift RY-0001 1 --why 已和解
[2] midun hold lift RY-0001 1 --why 已和解

# confirmed by the number, with a ground, and approved by somebody else
[2] midun --json person erase RY-0001
> "may_go":true
> "erase-lost-rows"
> 什么都没有销毁
[2] midun person erase RY-0001 --ground consent --why 本人请求 --confirm RY-0002
[2] midun person erase RY-0001 --why 本人请求 --confirm RY-0001
[2] midun person erase RY-0001 --ground consent --approved RY-0001 --why 本人请求 --confirm RY-0001
midun person erase RY-0001 --ground consent --approved RY-0002 --why 本人请求 --confirm RY-0001
midun person list
!> 顾示二
> 已删除
[2] midun person erase RY-0001 --ground consent --why 本人请求 --confirm RY-0001
[2] midun person paper RY-0001 signed.txt
[2] midun person clear RY-0001 --secret MD-0001
midun fsck --replay
> 全部与写入时一致

# earlier dossiers hold what they held; new ones say that it was destroyed
midun verify before.zip
midun dossier build --secret MD-0001 --purpose complaint --out after.zip --show all
midun verify after.zip
nowhere 顾示二 node
midun matrix MD-0001 --as-of 2026-02-01
> 姓名已删除

# a secret point goes only after it was declassified, and not while it is on hold
[2] midun secret destroy MD-0001
> 还没有解密
> 处于保留中
midun secret declassify MD-0001 --why 已公开
[2] midun secret destroy MD-0001 --approved RY-0002 --why 不再需要 --confirm MD-0001
midun hold lift MD-0001 1 --why 已和解
[2] midun secret destroy MD-0001 --why 不再需要 --confirm MD-0001
midun secret destroy MD-0001 --approved RY-0002 --why 不再需要 --confirm MD-0001
midun secret show MD-0001 --reveal
> 已删除
!> 十一分钟
[2] midun secret export MD-0001 1 --out back.txt
midun --json fsck --replay
> "problems":[]
midun verify before.zip
midun verify after.zip
midun dossier build --secret MD-0001 --purpose complaint --out gone.zip --show all
midun verify gone.zip
midun backup later
midun backup --drill later
> 可以恢复
midun timeline MD-0001
> 销毁密点内容
