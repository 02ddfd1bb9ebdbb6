# What was damaged is noticed and named; what still holds is said too.
# verify: 0 valid · 1 not valid · 2 cannot be read

write passphrase.txt blue heron
write statement.txt 虚构内容
write carrier.txt 虚构载体，长一些，好让中间落在文件里。
MIDUN_DIR=node
MIDUN_PASSPHRASE_FILE=passphrase.txt
midun init --name 岚屿新材料(虚构) --kdf-log-n 12
midun secret add --title 甲 --kind technical --level core --statement statement.txt --carrier carrier.txt
midun dossier build --secret MD-0001 --purpose complaint --out x.zip
midun verify x.zip
copy x.zip flipped.zip
flip flipped.zip
[1] midun verify flipped.zip
> ✗
> ✓
copy x.zip cut.zip
cut cut.zip 9000
[2] midun verify cut.zip
cut cut.zip 10
[2] midun verify cut.zip
cut cut.zip 0
[2] midun verify cut.zip
[2] midun verify carrier.txt
[2] midun verify absent.zip
> absent.zip
[2] midun verify .
> 不是普通文件
write policy.txt log nonsense
[2] midun verify x.zip --policy policy.txt
> policy.txt
[2] midun verify x.zip --tsa statement.txt
> statement.txt
> PEM
# another log than the policy names
bytes policy.txt 6c6f67206d6964756e2e6c6f672f623265313630613435333530643134612b34663530333438322b41587a534f3655675a4a5351487a694e65724d487634393564764a48374d625962596f4f62446367656f71780a71756f72756d206e6f6e650a
[1] midun verify x.zip --policy policy.txt

# the data directory
midun fsck --replay
copy node/midun.sqlite kept.sqlite
copy node/keys/log.key kept.key
write node/keys/log.key nonsense
[70] midun secret add --title 乙 --kind technical --level core --statement statement.txt
remove node/keys/log.key
copy kept.key node/keys/log.key
midun fsck
