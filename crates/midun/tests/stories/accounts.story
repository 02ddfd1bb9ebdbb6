# Accounts on the command line: opened with a one-time code, changed by the holder, limited, closed.

write passphrase.txt blue heron of the lake
write statement.txt 虚构内容
write new.txt "a sentence of my own"
write weak.txt aaaaaaaaaaaa
MIDUN_DIR=node
MIDUN_PASSPHRASE_FILE=passphrase.txt
midun init --name 岚屿新材料(虚构) --kdf-log-n 10
midun person add --name 陈示一 --department 研发
midun secret add --title 甲 --kind technical --level core --statement statement.txt
midun account list
> 没有

# Each role has what it needs.
[2] midun account add --name chen --role member
> 对应一名人员
[2] midun account add --name chen --role boss
> keeper
[2] midun account add --name chen --role lead
> 没有这种角色
[2] midun account add --name owner --role keeper
> 保留
[2] midun account add --name wang --role counsel --secret MD-0001
> 最后一天
[2] midun account add --name wang --role counsel --secret MD-0001 --until 2020-01-01
> 已经过去

midun account add --name chen --role member --holder RY-0001
> ZH-0001
keep code.txt "  "
[2] midun account add --name CHEN --role keeper
> 已被使用
midun account list
> 待首次登录
[2] midun account password ZH-0001 --old code.txt --new weak.txt
> 一猜就中
[2] midun account password ZH-0001 --old new.txt --new statement.txt
midun account password ZH-0001 --old code.txt --new new.txt
midun account list --json
> open
> RY-0001
[2] midun account password ZH-0001 --old code.txt --new passphrase.txt
> 现用口令不对

midun account change ZH-0001 --role head --why 升任
midun account list --json
> head
midun account add --name wang --role counsel --secret MD-0001 --until 2099-12-31
midun account sessions
> 没有会话
midun account roles --json
> read-content
midun account password ZH-0001
> 一次性口令
midun account close ZH-0001 --why 离职
midun account list
> 已注销
[2] midun account close ZH-0001 --why 再次
midun timeline ZH-0001
> 注销账号
nowhere "a sentence of my own" node
nowhere 陈示一 node
midun fsck --replay
