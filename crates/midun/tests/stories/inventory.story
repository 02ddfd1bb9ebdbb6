# A folder is gone through for what may be secret points; a second time, for what became of them. All of it is fictional.

write passphrase.txt 虚构口令 blue heron at dusk
folder share/rnd/C-17
folder share/sales
folder share/downloads
folder empty
write "share/rnd/C-17/配比 v2.txt" 岚屿新材料（虚构） 商业秘密 浆料配比 银粉 61.5%，玻璃粉 3.5%，溶剂 35%；保温 11 min，850 ℃，1200 mPa·s
write "share/rnd/C-17/配比 v1.txt" 岚屿新材料（虚构） 商业秘密 浆料配比 银粉 60.5%，玻璃粉 4.5%，溶剂 35%；保温 12 min，850 ℃，1200 mPa·s
write share/sales/list.csv 单位名称,联系人,手机,成交价
line share/sales/list.csv 海棠电子(虚构),陈,13900001111,12
write share/downloads/manual.txt 用户手册 版权所有 温度 900 ℃ 电压 220 V 速度 3 mm/min 功率 3 kW
write share/机密.txt 虚构
MIDUN_DIR=node
MIDUN_PASSPHRASE_FILE=passphrase.txt
midun init --name 岚屿新材料(虚构) --kdf-log-n 12

midun inventory share
> SL-0001/1
> 商业秘密
> 同名版本
> +18
> 客户信息
> 国家秘密
!> manual.txt
midun --lang en --json inventory --show SL-0001/1
> "state":"open"
> "rule":"shares"
midun inventory --accept SL-0001/1 --title 浆料配方 --level core
> MD-0001
midun secret show MD-0001
> 草稿
[2] midun inventory --accept SL-0001/1
> 已经采纳
midun inventory --aside SL-0001/3 --why "虚构：先问保密办"
[2] midun inventory --reject SL-0001/2
midun inventory --reject SL-0001/2 --reason others --why "虚构：客户自己的名单"
midun inventory --list
> 已处理 2 项
midun inventory --show SL-0001 --view not-secret
> list.csv
!> 配比 v2
[2] midun inventory --show SL-0001/99
[3] midun inventory --show SL-0009
[2] midun inventory --accept SL-0001/x

# nothing of it stands in the ledger in clear
nowhere 配比 node
nowhere list.csv node
nowhere 客户自己的名单 node

# a second time: one moved, one changed, one is new; what was no secret is not proposed again
copy "share/rnd/C-17/配比 v1.txt" share/rnd/old.txt
remove "share/rnd/C-17/配比 v1.txt"
line "share/rnd/C-17/配比 v2.txt" 补：降温 3 ℃/min
midun inventory share
> SL-0002/1
> MD-0001 的载体有改动
> MD-0001 的载体移了位置
> 不再建议
!> list.csv
midun inventory --accept SL-0002/1
midun inventory --accept SL-0002/2
midun timeline MD-0001
> 载体动态调整
midun inventory share
!> 载体有改动
!> 移了位置
remove share/rnd/old.txt
midun inventory share --what 研发共享盘
> 的载体不见了
# changed after it was seen: not what the proposal says
line share/机密.txt 又一行
[5] midun inventory --accept SL-0004/2
> 有改动

[2] midun inventory empty
[2] midun inventory share/sales/list.csv
[2] midun inventory node
[3] midun inventory nowhere
[2] midun inventory
midun fsck --replay

# what is no file is said, and never waited for; data of a node inside is left out
unix
link share/loop .
[2] midun inventory /dev/null
folder top
copy passphrase.txt top/note.txt
MIDUN_DIR=top/inner
midun init --name 岚屿新材料(虚构) --kdf-log-n 12
midun inventory top
> 密盾自己的数据目录
!> midun.toml
