# The demo of a station: a small fictional district, told from the lists that came in.

midun --dir demo demo --role station --companies 300 --no-serve --no-browser
> 工作站在 demo
MIDUN_DIR=demo/node
midun --json company list --limit 1
> "total":309
midun company list --order first --limit 1
> 重点企业
midun --json company list --of-kind team
> "total":2
# Lists came in, and what companies had is uneven: some park was never reached.
midun coverage --by park
> 北岭园区
midun --json company list --never-served --park 砚池文创园
!> "total":0
midun fsck --replay

# It throws away only what a demo made.
folder full
write full/mine.txt 别的内容
[5] midun --dir full demo --role station --companies 10 --no-serve
> 不会覆盖
[2] midun --dir other demo --role shop --no-serve
[2] midun --dir other demo --role station --companies 0 --no-serve
