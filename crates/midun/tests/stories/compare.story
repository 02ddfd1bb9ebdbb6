# Two things side by side: what is the same, what does not count, and what a named person concludes.

write passphrase.txt 青鹳落在旧码头的口令
write one.txt 浆料固含量控制在百分之四十八点五，黏度以旋转黏度计在二十五摄氏度下测量，取值一千二百到一千三百五十毫帕秒，球磨三十六小时后静置脱泡，再按第二曲线升温烧结并保温四十分钟。
write known.txt 公开手册：黏度以旋转黏度计在二十五摄氏度下测量，取值视用途而定。
MIDUN_DIR=node
MIDUN_PASSPHRASE_FILE=passphrase.txt
midun init --name 岚屿新材料(虚构) --kdf-log-n 12
midun secret add --title 浆料配方 --kind technical --level core --statement one.txt
midun person add --name 顾示一(虚构)
folder theirs
write theirs/card.txt 工艺卡：球磨三十六小时后静置脱泡，再按第二曲线升温烧结并保温四十分钟。黏度以旋转黏度计在二十五摄氏度下测量。固含量另定。
write theirs/other.txt 展位在三号馆，报到时间为上午九点。

# what is the same, where, and of which side
midun compare MD-0001 theirs --source 公证购买 --public known.txt --out report
> BD-0001
> card.txt
> 公有领域
> 不认定实质上相同
unsaid 静置脱泡
midun --json compare MD-0001 theirs
> "found"
> BD-0002
nowhere 静置脱泡 node
midun timeline MD-0001
> 同一性比对
> BD-0001

# the same inputs give the same figures; others don't, and it says which
midun compare MD-0001 theirs --public known.txt --again BD-0001
> 完全相同
[1] midun compare MD-0001 theirs --again BD-0001
> 剔除
write theirs/card.txt 工艺卡：球磨三十六小时后静置脱泡。
[1] midun compare MD-0001 theirs --public known.txt --again BD-0001
> 被诉一侧
[3] midun compare MD-0001 theirs --again BD-0009

# a named person concludes, and only of a secret point that was compared
[2] midun compare --conclude BD-0001 --person RY-0001 --sameness alike --why x
> substantial
[3] midun compare --conclude BD-0001 --person RY-0009 --sameness same --why x
midun compare --conclude BD-0001 --person RY-0001 --sameness substantial --why 工序与参数一致 --differences 区别在固含量，容易想到
midun compare --list
> BD-0001
> MD-0001
midun compare --report BD-0001 --out opinion.html
midun compare --report BD-0001 --out opinion.pdf
[5] midun compare --report BD-0001 --out opinion.pdf
> opinion.pdf
midun timeline MD-0001
> 比对结论
> 查看
nowhere 工序与参数一致 node

# code by its structure, and many files in groups
folder code
write code/a.c int blend(int ratio, int speed) { int total = ratio * 3; while (speed > total) { speed -= ratio; total = total + 7; } return total; }
write code/b.c int f(int p, int q) { int sum = p * 3; while (q > sum) { q -= p; sum = sum + 7; } return sum; }
midun compare code/a.c code/b.c
> 100.0 %
> 改名后结构相同
[2] midun compare --conclude BD-0003 --person RY-0001 --sameness same --why x
> BD-0003
copy one.txt code/one.txt
copy one.txt code/two.txt
midun cluster code
> 2 组
> 内容相同
> 代码结构相同
midun --json cluster code --least 0.5
> "members"

# what can't be compared is told
[2] midun compare MD-0001
> midun compare
[3] midun compare MD-0001 nowhere
> nowhere
[3] midun compare MD-0099 theirs
folder empty
[2] midun compare MD-0001 empty
> empty
midun fsck --replay
