# Secret points are merged and split, both know of each other, and two versions stand side by side. All
# fictional.

write passphrase.txt 虚构口令 blue heron at noon
write one.txt 虚构:第二拐点前保温十一分钟
write two.txt 虚构:降温速度每分钟 4.5 度
write two-new.txt 虚构:降温速度每分钟 4.75 度
write three.txt 虚构:银粉占六成二
write curve.txt 虚构的曲线图
write sheet.txt 虚构的配料表
MIDUN_DIR=node
MIDUN_PASSPHRASE_FILE=passphrase.txt
midun init --name 岚屿新材料(虚构) --kdf-log-n 12
midun secret add --title 烧结曲线与配比 --kind technical --level core --statement one.txt two.txt three.txt --carrier curve.txt sheet.txt --happened 2025-03-01
midun secret add --title 配料 --kind technical --level core --statement three.txt
midun secret revise MD-0001 --restate 2=two-new.txt --why 复测

# two versions side by side; content only when asked for, and that is recorded
midun secret versions MD-0001
> 固定密点陈述
midun secret diff MD-0001 1 2
!> 降温
midun secret diff MD-0001 1 2 --reveal --why 核对改动
> - 第 2 条: 虚构:降温速度每分钟 [4.5] 度
> + 第 2 条: 虚构:降温速度每分钟 [4.75] 度
midun timeline MD-0001
> 核对改动
midun --json secret diff MD-0001 1 2
> "same":false
!> 4.75
[3] midun secret diff MD-0001 1 9

# a part is taken out as a secret point of its own
[2] midun secret split MD-0001 --statement 1 --statement 2 --statement 3 --title 全部 --why 试
[2] midun secret split MD-0001 --statement 9 --title 没有 --why 试
midun secret split MD-0001 --statement 3 --carrier 2 --title 浆料配比 --why 由不同的人接触
> MD-0003
midun secret show MD-0003 --reveal
> 银粉占六成二
> sheet.txt
midun secret show MD-0001 --reveal
> 十一分钟
!> 银粉
!> sheet.txt
midun secret export MD-0003 1 --out back.txt

# one is merged into another, which goes on with all of it
[2] midun secret merge MD-0003 --into MD-0003 --why 试
midun secret merge MD-0003 --into MD-0002 --why 同一件事
[2] midun secret revise MD-0003 --statement one.txt --why 试
> 已并入 MD-0002
[2] midun secret merge MD-0003 --into MD-0002 --why 再来一次
midun secret show MD-0002 --reveal
> 2. 虚构:银粉占六成二
> sheet.txt
midun secret list
> 已合并
midun timeline MD-0002
> 合并密点
midun timeline MD-0001
> 拆分密点
midun fsck --replay
# what proves the earlier time lies with both
midun dossier build --secret MD-0001 --secret MD-0002 --secret MD-0003 --purpose complaint --out x.zip --show all
midun verify x.zip
# and what was merged away may be destroyed, the other has it
midun person add --name 顾示二
midun secret destroy MD-0003 --approved RY-0001 --why 已并入 --confirm MD-0003
midun secret show MD-0002 --reveal
> 银粉占六成二
midun fsck --replay
