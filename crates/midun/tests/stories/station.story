# The directory of a station: from the district's list to who has had which service. All of it is
# fictional: no division has the number 990000.

write passphrase.txt 虚构口令 grey crane at dusk
MIDUN_DIR=station
MIDUN_PASSPHRASE_FILE=passphrase.txt

midun init --role station --name 云岫区商业秘密保护工作站(虚构) --kdf-log-n 12
> company import
midun company list
> midun company import

# A list as districts keep it: a title above the head, yes and no, several contacts.
write list.csv 云岫区重点企业名单（虚构）
line list.csv 企业名称,统一社会信用代码,高新技术企业,标签,所属园区,街道,行业领域,联系人,联系电话
line list.csv 岚屿新材料（虚构）,919900000000000018,是,"小巨人、瞪羚",北岭园区,松风街道,新材料,黎一舟,000-0001
line list.csv 磐溪精密（虚构）,9199 0000 0000 0000 2b,否,专精特新,北岭园区,松风街道,装备制造,,
line list.csv 少一位（虚构）,91990000000000003,是,,,,,,
line list.csv 校验错（虚构）,91990000000000003A,是,,,,,,
line list.csv 没有代码（虚构）,,是,,,,,,
line list.csv 岚屿新材料（虚构）,919900000000000018,是,,,,,,
midun company import list.csv --preview --refused bad.csv
> 没有代码（虚构）
!> QY-0001
midun --json company import list.csv --preview
> "new":2
> "refused":4
midun company list
!> 岚屿
midun --json company import list.csv --refused bad.csv
> "new":2
> 末位应为 E
> 与第 3 行是同一家
midun company import bad.csv --preview
> 不能导入 3 行
midun company show QY-0001
> 黎一舟 000-0001
> 专精特新“小巨人”、高新技术企业、瞪羚
nowhere 黎一舟 station
nowhere 000-0001 station

# The same list again changes nothing; what is new in another is added, nothing is taken away.
midun --json company import list.csv
> "same":2
> "revised":0
write more.csv 名称,code,标签,街道,联系人
line more.csv 岚屿新材料（更名，虚构）,919900000000000018,上市,云峰街道,黎二舟
midun company import more.csv
> 更正 1 行
midun company show QY-0001
> 岚屿新材料（更名，虚构）
midun company import more.csv --column name=3 --column tags=1 --preview
[2] midun company import more.csv --column name=无此列
> 现有的列
[2] midun company import more.csv --column 名称=name
[3] midun company import absent.csv
write empty.csv
[2] midun company import empty.csv
bytes old.xls d0cf11e0a1b11ae1
[2] midun company import old.xls
> .xlsx

midun company add --name 磐溪团队（虚构） --kind team --tag 院士团队
> QY-0003
[2] midun company add --name 无代码（虚构）
> 重复录入
[2] midun company add --name 重复（虚构） --code 919900000000000018
> QY-0001
midun company add --name 磐溪精密设备（虚构） --code 91990000000000003E
> QY-0004
midun company revise QY-0004 --park 南坞园区 --contact 沈三舟 --why 电话核对
[2] midun company revise QY-0004 --why 没有改动
[3] midun company revise QY-0099 --park 南坞园区 --why 没有这家

# Services, to one by number and to many by a condition.
midun service give visit --company QY-0004 --what 首次走访 --happened 2026-03-02
midun service give training --park 北岭园区 --what 送法入企 --happened 2026-04-10 --who 云岫律师事务所（虚构）
[2] midun service give training --what 没有选企业
[2] midun service give dance --company QY-0004 --what 没有这项
[2] midun service give visit --company QY-0004 --what 未来 --happened 2099-01-01
midun company merge QY-0004 --into QY-0002 --why 同一家两次登记
[2] midun service give visit --company QY-0004 --what 已并入
> QY-0002
midun company show QY-0002
> 首次走访
> 送法入企
midun company list --lacks visit --order first
> QY-0001
!> QY-0002
midun --json company list --never-served
> "total":1
midun coverage --by park
> 北岭园区
midun coverage --by tag --public
> *
midun --lang en --json coverage --by street
> "value":"松风街道"
midun timeline QY-0002
> 合并
midun fsck --replay

# Each role keeps to its own.
[2] midun person add --name 谁
> 保护工作站
midun init --dir company --role enterprise --name 岚屿新材料（虚构） --kdf-log-n 12
[2] midun --dir company company add --name 谁（虚构） --kind team
> 企业节点
