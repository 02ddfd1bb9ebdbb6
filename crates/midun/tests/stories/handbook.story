# The handbook on the terminal. No node is needed.

MIDUN_LANG=zh
midun handbook
> 什么是商业秘密
> three-elements
> 不是法律意见
midun --lang en handbook three-elements
> The three elements of a trade secret
> Do today
> Anti-Unfair Competition Law
midun handbook criminal
> [待核]
> 刑法
[3] midun handbook nothing-here
> three-elements
midun handbook --search 竞业限制补偿
> non-compete
> [竞业限制
midun --lang en handbook --search "leaving certificate"
> exit
# a word of the other language finds the page too
midun --lang en handbook --search 离职证明
> When somebody leaves
midun handbook --search qqqq
> 没有找到
midun --json handbook --search 展会
> "fairs"
midun --json handbook dossier
> "parts"
midun handbook --glossary
> 密点
> secret point
midun handbook --out handbook.pdf
> handbook.pdf
[5] midun handbook --out handbook.pdf
> handbook.pdf
[2] midun handbook exit --search exit
