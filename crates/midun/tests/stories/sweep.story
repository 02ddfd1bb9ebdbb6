# Looking for pieces of secret points: what is looked for, what is found, what could not be read.

write passphrase.txt 青鹳落在旧码头的口令
write one.txt 浆料固含量控制在百分之四十八点五，黏度以旋转黏度计在二十五摄氏度下测量，取值一千二百到一千三百五十毫帕秒，球磨三十六小时后静置脱泡，再按第二曲线升温烧结并保温四十分钟。
write short.txt 保密
write public.txt 公开手册：黏度以旋转黏度计在二十五摄氏度下测量。
write known.txt 本公司严格遵守国家法律法规和行业标准，建立健全质量管理体系，持续改进产品质量和服务水平，努力满足客户的合理需求与期望。
MIDUN_DIR=node
MIDUN_PASSPHRASE_FILE=passphrase.txt
midun init --name 岚屿新材料(虚构) --kdf-log-n 12

# nothing to look for yet
folder found
write found/other.txt 别的内容
[2] midun sweep found
> midun secret add

midun secret add --title 浆料配方 --kind technical --level core --statement one.txt --public public.txt
midun secret add --title 太短 --kind technical --level general --statement short.txt
midun secret add --title 套话 --kind business --level general --statement known.txt

# what is looked for, and what not and why
midun index --public known.txt
> MD-0001
> MD-0002
> 太短
> known.txt
unsaid 浆料固含量
midun --json index
> "too-short"
> "public"

# nothing is there
midun sweep found
> QC-0001
> 0 个文件含有密点内容
> 95

# a piece of it in another file, in another layout and encoding
write found/copy.txt 转发：浆料固含量控制在 百分之四十八点五，黏度以旋转黏度计在二十五摄氏度下测量，取值一千二百 到一千三百五十毫帕秒；球磨三十六小时后静置脱泡
midun sweep found --out report
> QC-0002
> copy.txt
> MD-0001
> 陈述 1
nowhere 三十六小时 report
midun sweep found --excerpts --what 离职人员电脑
> 三十六小时
> 1 个文件含有密点内容
midun sweep found --secret MD-0003
> 0 个文件含有密点内容
[3] midun sweep found --secret MD-0099
> MD-0099
[2] midun sweep found --secret RY-0001
[3] midun sweep nowhere
> nowhere
midun --lang en sweep found
> normalised
midun --json sweep found
> "share"
> "manifest"

# the ledger holds counts and digests, never the content
midun timeline MD-0001
> 清查
> 离职人员电脑
> 建立指纹索引
nowhere 浆料固含量 node
nowhere copy.txt node
nowhere 浆料固含量 report

# a changed register is a changed index
midun secret declassify MD-0001 --why 已公开
[2] midun sweep found
> midun index --all
write two.txt 第二曲线：以每分钟五摄氏度升到一千一百五十摄氏度，保温四十分钟，随后以每分钟三摄氏度降到六百摄氏度，氮气流量每分钟十二升，露点低于零下四十摄氏度。
midun secret add --title 曲线 --kind technical --level important --statement two.txt
copy two.txt found/two.md
midun sweep found
> MD-0004
> two.md
!> MD-0001

# what could not be read is said
bytes found/cut.zip 504b0304140000000800000021005a
midun sweep found
> cut.zip
> 已损坏
midun fsck --replay
unix
link found/loop .
midun sweep found
> 符号链接
[2] midun sweep found/loop/loop/loop/two.md --secret 17
