# Bad input: a clear message, the right exit code, nothing lost.
# 2 misuse or refused · 3 not found · 4 locked · 5 conflict · 6 damaged · 70 anything else

write passphrase.txt blue heron
write wrong.txt not the passphrase
write statement.txt 虚构内容
write empty.txt
bytes binary.txt fffe00d8ff

[2] midun init --name 没有目录
> --dir
[3] midun secret list --dir nowhere
> nowhere
MIDUN_DIR=node
[3] midun secret list
[4] midun init --name 没有口令
MIDUN_PASSPHRASE_FILE=passphrase.txt
write short.txt abc
[2] midun init --name 岚屿新材料(虚构) --passphrase-file short.txt
> 8
[2] midun init --name 岚屿新材料(虚构) --kdf-log-n 99
[2] midun init --name 岚屿新材料(虚构) --shares 9-of-3
midun init --name 岚屿新材料(虚构) --kdf-log-n 12
[5] midun init --name 又一次 --kdf-log-n 12

# absent and unreadable files
[3] midun secret add --title 甲 --kind technical --level core --statement absent.txt
> absent.txt
[3] midun secret add --title 甲 --kind technical --level core --statement statement.txt --carrier absent.bin
> absent.bin
[2] midun secret add --title 甲 --kind technical --level core --statement binary.txt
> binary.txt
[2] midun secret add --title 甲 --kind technical --level core --statement empty.txt
write hollow.txt
cut hollow.txt 0
[2] midun secret add --title 甲 --kind technical --level core --statement statement.txt --carrier hollow.txt
> hollow.txt
folder hollow
[2] midun secret add --title 甲 --kind technical --level core --statement statement.txt --carrier hollow
> hollow

# words and numbers
[2] midun secret add --title 甲 --kind chemical --level core --statement statement.txt
> technical
[2] midun secret add --title 甲 --kind technical --level 机密 --statement statement.txt
> 机密
[2] midun secret add --title "" --kind technical --level core --statement statement.txt
[2] midun secret add --title 甲 --kind technical --level core --statement statement.txt --review 2026-02-30
> 2026-02-30
[3] midun secret add --title 甲 --kind technical --level core --statement statement.txt --owner RY-0007
> RY-0007
[2] midun secret show 17
> MD-0001
[2] midun company show GS-0001
> QY-0001
[2] midun --lang fr secret list
> zh, en
[3] midun secret show MD-0001
> MD-0001
[2] midun timeline XX-1
[2] midun --lang en secret show 17
> MD-0001
[2] midun --lang zh unheard-of
> 没有命令 unheard-of
[2] midun --lang zh secret show
> 缺少
> 用法
[2] midun --lang zh secret list --finde x
> --find
!> error
[2] midun --lang en secret list --finde x
> is not known
midun --lang zh secret add --help
> 选项
!> Options
!> Usage
!> Print
[2] midun secret
midun secret list
!> MD-0001

# a wrong passphrase reads nothing and writes nothing
midun secret add --title 甲 --kind technical --level core --statement statement.txt
[4] midun secret show MD-0001 --reveal --passphrase-file wrong.txt
midun timeline MD-0001
!> 查看
[3] midun secret show MD-0001 --reveal --passphrase-file absent.txt

# a witness whom nobody could ask is not taken
[2] midun witness add --key no-key --relation independent
> --url
[2] midun witness add --key no-key --url http://127.0.0.1:9 --relation independent
[3] midun witness ask

# dossiers
[2] midun dossier build --secret MD-0001 --purpose gossip --out x.zip
> complaint
[3] midun dossier build --secret MD-0009 --purpose complaint --out x.zip
[2] midun dossier build --secret MD-0001 MD-0001 --purpose complaint --out x.zip
[2] midun dossier build --secret MD-0001 --purpose complaint --out x.zip --show everything
midun secret add --title 尚未写明 --kind business --level general
[2] midun dossier build --secret MD-0002 --purpose complaint --out x.zip
> MD-0002
[3] midun dossier build --secret MD-0001 --purpose complaint --out nowhere/x.zip
> nowhere
midun dossier list
!> JZ-0001
midun dossier build --secret MD-0001 --purpose complaint --out x.zip
[5] midun dossier build --secret MD-0001 --purpose complaint --out x.zip
> x.zip
midun verify x.zip

# other programs' data
copy node/midun.toml kept.toml
replace node/midun.toml "version = 1" "version = 9"
[70] midun secret list
remove node/midun.toml
copy kept.toml node/midun.toml
replace node/midun.toml "+08:00" "noon"
[70] midun secret list
> zone
remove node/midun.toml
copy kept.toml node/midun.toml
midun secret list
> MD-0001
midun fsck --replay

unix
# a node never takes itself in, by whatever name
link here .
[2] midun secret add --title 乙 --kind technical --level core --statement statement.txt --carrier here
> here
[2] midun secret add --title 乙 --kind technical --level core --statement statement.txt --carrier node
[2] midun secret add --title 乙 --kind technical --level core --statement statement.txt --carrier node/keys/log.key
[2] midun measure add --item rules --title 制度 --paper node/midun.toml
> node
midun fsck
!> 33

# links: one that is named is followed, one inside a folder is left out, a circle is named
folder drawings
write drawings/a.txt 虚构
link drawings/loop ../drawings
write drawings/.DS_Store x
write drawings/later.txt
cut drawings/later.txt 0
link circle circle
midun secret add --title 乙 --kind technical --level core --statement statement.txt --carrier drawings
> 1 个文件
> 1 个链接
> .DS_Store, later.txt
[2] midun secret add --title 丙 --kind technical --level core --statement statement.txt --carrier circle
> circle
[2] midun secret add --title 丙 --kind technical --level core --statement statement.txt --carrier /dev/zero
midun fsck --replay
