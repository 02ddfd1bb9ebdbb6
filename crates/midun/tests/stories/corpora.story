# Public corpora, and whether a secret point is in them: what is, where, since when, and what is not.

write passphrase.txt 青鹳落在旧码头的口令
write one.txt 浆料固含量控制在百分之四十八点五，黏度以旋转黏度计在二十五摄氏度下测量，取值一千二百到一千三百五十毫帕秒，球磨三十六小时后静置脱泡，再按第二曲线升温烧结并保温四十分钟。
write two.txt 膜层以磁控溅射沉积，靶材纯度四个九，基片温度维持在三百一十度，氩气流量每分钟二十五标准毫升，沉积后原位退火两小时，表面粗糙度低于一纳米。
MIDUN_DIR=node
MIDUN_PASSPHRASE_FILE=passphrase.txt
midun init --name 岚屿新材料(虚构) --kdf-log-n 12
midun secret add --title 浆料配方 --kind technical --level core --statement one.txt

# nothing to look in yet
[2] midun public-check MD-0001
> midun corpus add
midun corpus list
> midun corpus add
[2] midun public-check
> MD-0001

# what holds no text is no corpus, and what is wrong is told
folder empty
[2] midun corpus add 空的 empty
[3] midun corpus add 没有的 nowhere
[2] midun corpus add 不对 one.txt --kind novels
> patents
[2] midun corpus add 不对 one.txt --field colour=red
> colour=red
[2] midun corpus add 自己 node
[2] midun corpus add 将来 one.txt --date 2999-01-01

# patents with days of their own, and a page without one
folder web
# in hex, since quotes are the story's own: {id:CN100001A,标题:一种浆料(虚构),公开日:2019-03-04,摘要:本发明公开一种浆料，黏度以旋转黏…
bytes patents.jsonl 7b226964223a22434e31303030303141222c22e6a087e9a298223a22e4b880e7a78de6b586e6969928e8999ae69e8429222c22e585ace5bc80e697a5223a22323031392d30332d3034222c22e69198e8a681223a22e69cace58f91e6988ee585ace5bc80e4b880e7a78de6b586e69699efbc8ce9bb8fe5baa6e4bba5e6978be8bdace9bb8fe5baa6e8aea1e59ca8e4ba8ce58d81e4ba94e69184e6b08fe5baa6e4b88be6b58be9878fefbc8ce58f96e580bce4b880e58d83e4ba8ce799bee588b0e4b880e58d83e4b889e799bee4ba94e58d81e6afabe5b895e7a792efbc8ce4bd99e4bb8ee795a5e38082227d0a
write web/page.html <html><body><p>浆料的固含量控制在约百分之五十，黏度用旋转黏度计测量，在二十五摄氏度下，以毫帕秒计；球磨三十六小时，脱泡，升温，按曲线烧结，保温四十分钟。</p></body></html>
write web/empty.pdf %PDF-1.7 cut short
midun corpus add 专利样本(虚构) patents.jsonl --kind patents --source 虚构的样本
> YL-0001
> 1 篇文献
midun corpus add 网页样本(虚构) web --kind web
> YL-0002
> 没有日期
> empty.pdf
midun corpus list
> 专利样本
> 网页样本
midun --json corpus list
> "guaranteed"
> "undated"

# found before the day of the act, or not before it; and what was not found, in which corpora
midun public-check MD-0001 --as-of 2024-05-01 --out report
> GZ-0001
> CN100001A
> 早于行为日
> 2019-03-04
> page.html
> YL-0002 网页样本(虚构)
> 没有查到不等于不为公众所知悉
unsaid 静置脱泡
unsaid 百分之四十八点五
midun public-check MD-0001 --as-of 2018-05-01 --corpus YL-0001
> GZ-0002
> 不早于行为日
> 本次没有检索
midun --json public-check MD-0001
> "era"
> "unasked"
unsaid 静置脱泡
midun public-check --list
> GZ-0001
> 其中 1 项在行为日之前
nowhere 静置脱泡 node
nowhere 百分之四十八点五 node
midun public-check --report GZ-0001 --out gz.pdf
[5] midun public-check --report GZ-0001 --out gz.pdf
midun public-check --report GZ-0001
> CN100001A
midun timeline MD-0001
> 公知性检索
> 查看
midun secret check MD-0001
> 公知性检索已在公开文献中查到

# not found anywhere: never called unknown to the public
midun secret add --title 镀膜参数 --kind technical --level core --statement two.txt
midun public-check MD-0002
> 没有查到
> 没有查到不等于不为公众所知悉

# what can't be looked for is told
write short.txt 保密
midun secret add --title 太短 --kind business --level general --statement short.txt
[2] midun public-check MD-0003
> statement/1
[3] midun public-check MD-0099
[3] midun public-check MD-0001 --corpus YL-0009
[2] midun public-check MD-0001 --as-of 昨天

# a corpus is taken away: later checks lack it, earlier ones stay
midun corpus remove YL-0001 --why 改用更全的数据
[2] midun corpus remove YL-0001 --why 再来一次
midun public-check MD-0001 --as-of 2024-05-01
> 没有查到相同段落
midun public-check --report GZ-0001
> CN100001A
midun fsck --replay
