# Backed up while it runs, drilled, restored; an old backup is noticed by asking a witness. All fictional.

write passphrase.txt 虚构口令 blue heron at noon
write wrong.txt 不是这个口令 blue heron at noon
write statement.txt 虚构:第二拐点前保温十一分钟
write carrier.txt 虚构载体，长一些，好让中间落在文件里。
MIDUN_DIR=node
MIDUN_PASSPHRASE_FILE=passphrase.txt
midun init --name 岚屿新材料(虚构) --kdf-log-n 12
midun secret add --title 甲 --kind technical --level core --statement statement.txt --carrier carrier.txt
midun --json backup one
> "size":4
nowhere 十一分钟 one
[5] midun backup one
[2] midun backup node/inside
midun --json backup --drill one
> "sound":true
> "opened":2
[4] midun backup --drill one --passphrase-file wrong.txt
midun backup --drill one --no-open
> 可以恢复
# the node goes on; the old backup still is what it was
midun person add --name 顾示二
midun restore one --to again --offline
> 不能确定
MIDUN_DIR=again
midun --json fsck --replay
> "events":4
> "problems":[]
midun secret show MD-0001 --reveal --why 核对恢复
> 十一分钟
# a backup that was changed is named by its file
MIDUN_DIR=node
midun backup two
flip two/node/midun.sqlite
[70] midun backup --drill two --no-open
> midun.sqlite
[70] midun restore two --to third --offline
[3] midun --dir third fsck
remove two/backup.json
[3] midun restore two --to third --offline
