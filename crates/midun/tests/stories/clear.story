# Before something leaves: may it, who decides, and what they decided.

write passphrase.txt 青鹳落在旧码头的口令
write general.txt 客户分级规则：年采购额超过三百万元且连续两年无逾期的列为甲类，甲类享受九十天账期和百分之六的季度返利，乙类账期四十五天，返利百分之二，丙类款到发货。
write core.txt 浆料固含量控制在百分之四十八点五，黏度以旋转黏度计在二十五摄氏度下测量，取值一千二百到一千三百五十毫帕秒，球磨三十六小时后静置脱泡，再按第二曲线升温烧结并保温四十分钟。
MIDUN_DIR=node
MIDUN_PASSPHRASE_FILE=passphrase.txt
midun init --name 岚屿新材料(虚构) --kdf-log-n 12
midun person add --name 顾远(虚构)
midun person add --name 林照(虚构)
midun secret add --title 客户分级 --kind business --level general --statement general.txt --owner RY-0001
midun secret add --title 浆料配方 --kind technical --level core --statement core.txt

# nothing of ours
write paper.txt 欢迎参加我们的展会，展位在三号馆。
midun clear paper.txt
> 可以外发
!> WF-0001
midun clear paper.txt --record --to 展会
> WF-0001

# a little of a general one: its owner decides
write talk.txt 演讲稿：我们把客户分级，年采购额超过三百万元且连续两年无逾期的列为甲类，甲类享受九十天账期，别的不讲。
[1] midun clear talk.txt --to 行业年会 --what 演讲稿
> 须经批准
> WF-0002
> RY-0001
[2] midun clear --approve WF-0002 --person RY-0002 --why 看过
> RY-0002
[3] midun clear --approve WF-0009 --person RY-0001 --why 看过
[2] midun clear --approve WF-0002 --person RY-0001
midun clear --approve WF-0002 --person RY-0001 --why 规则已在合同范本中公开
midun clear talk.txt
> 可以外发
> WF-0002
[2] midun clear --approve WF-0002 --person RY-0001 --why 再来一次
line talk.txt 又加了一句
[1] midun clear talk.txt
> WF-0003
midun clear --refuse WF-0003 --person RY-0001 --why 删去第二句
[7] midun clear talk.txt
> WF-0003

# a piece of a core one stops, and nobody lets it through by a click
write leak.txt 附件：浆料固含量控制在百分之四十八点五，黏度以旋转黏度计在二十五摄氏度下测量，取值一千二百到一千三百五十毫帕秒
[7] midun clear leak.txt
> 不得外发
> WF-0004
[2] midun clear --approve WF-0004 --person RY-0002 --why 急用
> midun disclose

# what can't be read can't be cleared
bytes cut.zip 504b0304140000000800000021005a
[1] midun clear cut.zip
> 须经批准
[7] midun --json clear leak.txt paper.txt
> "verdict":"stop"
[2] midun clear
[3] midun clear absent.txt
midun timeline WF-0002
> 同意外发
midun timeline MD-0001
> 外发核查
midun timeline RY-0001
> 不同意外发
nowhere 三百万元 node
midun fsck --replay
