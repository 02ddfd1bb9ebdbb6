# A secret point is attacked as the other side would. All of it is fictional.

write passphrase.txt 虚构口令 blue heron at noon
write wide.txt 虚构:公司的全部技术资料
write sharp.txt 虚构:第二拐点前保温 11 分钟，低于 400 ℃ 时每分钟升 2 ℃
write public.txt 虚构:升温曲线分段是常见做法
MIDUN_DIR=node
MIDUN_PASSPHRASE_FILE=passphrase.txt

midun init --role enterprise --name 岚屿新材料(虚构) --kdf-log-n 12
midun secret add --title 技术资料 --kind technical --level core --statement wide.txt
midun secret add --title 升温曲线 --kind technical --level core --statement sharp.txt --carrier sharp.txt --public public.txt --happened 2024-01-02
midun --json secret check MD-0001
> "key":"point-wide"
> "key":"point-no-carrier"
> "element":"unknown","standing":"lacking"
!> 全部技术资料
midun --json secret check MD-0002
!> point-wide
!> point-bare
!> point-no-carrier
> "key":"point-no-measure"
midun secret check MD-0002
> 第六条
midun --lang en secret check MD-0001
> Too wide
# said again in other words, it is the same
midun secret add --title 另一条 --kind technical --level core --statement sharp.txt
midun --json secret check MD-0003
> "key":"point-same","statement":1,"other":"MD-0002"
[3] midun secret check MD-0009
MIDUN_PASSPHRASE_FILE=wide.txt
[4] midun secret check MD-0001
unsaid 十一分钟
