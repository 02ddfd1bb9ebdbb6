# Planted words never appear outside the vault: not in the database, tiles, checkpoints, names of
# files, output that did not ask for them, or errors.

write passphrase.txt 口令苍鹭甲乙丙丁
write statement.txt 苍鹭虚构陈述：温度 612.7
write origin.txt 苍鹭虚构来源
write public.txt 苍鹭虚构公知
write value.txt 苍鹭虚构价值
write 苍鹭虚构文件名.txt 苍鹭虚构内容
write paper.txt 苍鹭虚构文书
MIDUN_DIR=node
MIDUN_PASSPHRASE_FILE=passphrase.txt

midun init --name 岚屿新材料(虚构) --kdf-log-n 12
midun person add --name 苍鹭虚构人
midun person paper RY-0001 paper.txt
midun partner add --name 磐溪精密(虚构) --relation supplier --contact 苍鹭虚构联系人
midun secret add --title 第一 --kind technical --level core --statement statement.txt --origin origin.txt --public public.txt --value value.txt --carrier 苍鹭虚构文件名.txt
midun secret revise MD-0001 --restate 1=statement.txt --carrier 苍鹭虚构文件名.txt --why 复核
midun secret show MD-0001
midun secret list
midun timeline MD-0001
midun dossier plan --secret MD-0001
midun dossier build --secret MD-0001 --purpose suit --out open.zip
nowhere 苍鹭虚构 open.zip
midun dossier build --secret MD-0001 --purpose suit --out all.zip --show all
remove open.zip
remove all.zip
[3] midun secret show MD-0099 --reveal
[3] midun secret add --title 第二 --kind technical --level core --statement statement.txt --owner RY-0099
midun fsck --replay
nowhere 苍鹭虚构 node
nowhere 口令苍鹭甲 node
unsaid 苍鹭虚构陈述
unsaid 苍鹭虚构内容
unsaid 苍鹭虚构来源
unsaid 口令苍鹭甲
midun secret show MD-0001 --reveal
> 苍鹭虚构陈述
nowhere 苍鹭虚构 node
