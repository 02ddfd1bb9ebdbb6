# The passphrase is lost: two of three shares open the vault; one does not.

write passphrase.txt blue heron
write new.txt green heron
write statement.txt 虚构内容十一分钟
MIDUN_DIR=node
midun init --name 岚屿新材料(虚构) --kdf-log-n 12 --passphrase-file passphrase.txt
keep shares.txt midun-share
keep one.txt "2-of-3 1 "
midun secret add --title 甲 --kind technical --level core --statement statement.txt
[2] midun vault recover --shares-file one.txt --new-passphrase-file new.txt
[4] midun secret show MD-0001 --reveal --passphrase-file new.txt
midun vault recover --shares-file shares.txt --new-passphrase-file new.txt
midun secret show MD-0001 --reveal --passphrase-file new.txt
> 十一分钟
[4] midun secret show MD-0001 --reveal --passphrase-file passphrase.txt
midun vault passphrase --passphrase-file new.txt --new-passphrase-file passphrase.txt
midun secret show MD-0001 --reveal --passphrase-file passphrase.txt
> 十一分钟
midun fsck --replay
