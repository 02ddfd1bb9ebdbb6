# Two companies learn what both have, and show each other nothing.

write passphrase.txt 青鹳落在旧码头的口令
write ours.txt 浆料固含量控制在百分之四十八点五，黏度以旋转黏度计在二十五摄氏度下测量，取值一千二百到一千三百五十毫帕秒，球磨三十六小时后静置脱泡，再按第二曲线升温烧结并保温四十分钟。另外，冷却段每分钟不超过三摄氏度，出炉后立即真空包装，湿度低于百分之三十，存放不超过七十二小时，逾期须重新烘干并复测水分与黏度，记录交给质量部门签字归档备查。
folder theirs
write theirs/note.txt 我方工艺说明：球磨三十六小时后静置脱泡，再按第二曲线升温烧结并保温四十分钟。另外，冷却段每分钟不超过三摄氏度，出炉后立即真空包装，湿度低于百分之三十。
write theirs/other.txt 膜层以磁控溅射沉积，靶材纯度四个九，基片温度维持在三百一十度，氩气流量每分钟二十五标准毫升，沉积后原位退火两小时，表面粗糙度低于一纳米，沉积速率每分钟六纳米。
write theirs/short.txt 太短
MIDUN_PASSPHRASE_FILE=passphrase.txt
MIDUN_DIR=holder
midun init --name 岚屿新材料(虚构) --kdf-log-n 12
midun secret add --title 浆料配方 --kind technical --level core --statement ours.txt
midun partner add --name 澄湖动力(虚构)
MIDUN_DIR=other
midun init --name 澄湖动力(虚构) --kdf-log-n 12

# the holder begins; what it put in is recorded before the file is there
MIDUN_DIR=holder
midun blind list
> 还没有盲比
[2] midun blind offer theirs/short.txt --out offer.blind
> 95
[3] midun blind offer MD-0099 --out offer.blind
midun blind offer MD-0001 --partner HZ-0001 --out offer.blind
> MB-0001
> offer.blind
midun timeline MB-0001
> 发起或应答盲比
[5] midun blind offer MD-0001 --out offer.blind
> offer.blind
[2] midun blind take MB-0001 offer.blind
> --out
[2] midun blind take MB-0001 offer.blind --out reply.blind
> 另一份文件
[2] midun blind take MB-0001 theirs/note.txt --out reply.blind
> 不是盲比的文件

# the other answers; it learns how many, and no more
MIDUN_DIR=other
[2] midun blind answer offer.blind theirs --most 1 --out answer.blind
> --most
# what is refused leaves nothing behind
[3] midun blind answer offer.blind theirs --partner HZ-0099 --out answer.blind
write other/match/blind/none nothing
nowhere midun other/match/blind
remove other/match/blind/none
midun blind answer offer.blind theirs --out answer.blind
> MB-0001
> 对方放入
midun blind list
> 应答方
> 等待对方来文
[2] midun blind answer offer.blind theirs --out again.blind
> 已经在本机用过

# the holder learns what of its own the other has, and sends the reply
MIDUN_DIR=holder
midun blind take MB-0001 answer.blind --out reply.blind
> 对方也有
> MD-0001
> reply.blind
[2] midun blind take MB-0001 answer.blind --out reply2.blind
midun blind show MB-0001 --out report/
midun blind message MB-0001 --out reply-again.blind
midun fsck --replay

# the other learns its side of it: the note, not the rest
MIDUN_DIR=other
[2] midun blind take MB-0001 answer.blind
> 另一份文件
midun blind take MB-0001 reply.blind
> note.txt
> other.txt
midun blind show MB-0001 --json
> found
midun fsck --replay
