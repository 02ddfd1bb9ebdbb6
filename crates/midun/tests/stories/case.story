# A case: opened on a procedure, papers put into its file, steps allowed and refused with their
# article, clocks. All of it is fictional; dates are counted by hand from the catalog's calendar.

write passphrase.txt 虚构口令 slow heron by the weir
MIDUN_DIR=station
MIDUN_PASSPHRASE_FILE=passphrase.txt
midun init --role station --name 云岫区商业秘密保护工作站(虚构) --kdf-log-n 12
midun company add --name 岚屿新材料（虚构） --code 919900000000000018

write known.txt 被举报人的车间里有虚构配方丙廿三的打印件。
[2] midun case open --procedure divorce --title 举报
> administrative
[3] midun case open --procedure administrative --title 举报 --company QY-0077
midun case open --procedure administrative --title 岚屿举报离职员工 --company QY-0001 --source dossier --happened 2026-03-02 --text known.txt
> AJ-0001
midun case assign AJ-0001 --unit 执法三科 --handler 祝示五
nowhere 丙廿三 station
nowhere 祝示五 station

# What a step needs must be in the file; what it needs is named.
[2] midun case step AJ-0001 register_clue --by city_officer --at 2026-03-02
> 卷内缺
> 案件来源登记表
write record.txt 案件来源登记表（虚构）丙廿三
midun case file AJ-0001 source_record --scan record.txt --bears date,origin --dated 2026-03-02
[2] midun case file AJ-0001 no_such_paper
> source_record
[2] midun case file AJ-0001 source_record --bears smell
nowhere 丙廿三 station
[2] midun case step AJ-0001 register_clue --at 2026-03-02
> city_officer
midun case step AJ-0001 register_clue --by city_officer --at 2026-03-02

# Verification: 15 working days from Monday March 2: 3-6, 9-13, 16-20, 23.
midun --json case show AJ-0001
> "deadline":"verify"
> 2026-03-23
> 市场监督管理行政处罚程序规定
midun case show AJ-0001
> 执法三科
> 祝示五
> 丙廿三
> 已逾期

# Filing belongs to the prefecture level, and needs prima facie evidence.
midun case file AJ-0001 filing_approval_form --bears signature,date --dated 2026-03-10
[2] midun case step AJ-0001 file_case --by city_head --at 2026-03-10
> 初步证据
midun case file AJ-0001 prima_facie_evidence --bears origin --note 见举证卷宗
[2] midun case step AJ-0001 file_case --by district_head --at 2026-06-10
> 商业秘密保护规定
[2] midun case step AJ-0001 file_case --by city_head --at 2026-03-01
> 早于
[2] midun case step AJ-0001 decide_penalty --by city_head --at 2026-03-11
[2] midun case step AJ-0001 file_case --by city_head --at 2099-03-10
midun case step AJ-0001 file_case --by city_head --at 2026-03-10 --note known.txt
midun --json case list
> "state":"investigating"
# Ninety calendar days from March 10: June 8.
midun --json case due --days 30
> "deadline":"decide"
> 2026-06-08
midun --json case due --days 30 --unit 执法九科
> []

# A step that was recorded by mistake is taken back, with a reason, and clocks follow.
[2] midun case unfile AJ-0001 decision --why 误入
midun case unstep AJ-0001 --why 日期记错
midun --json case list
> "state":"verifying"
midun case step AJ-0001 file_case --by city_head --at 2026-03-12
midun --json case due --days 30
> 2026-06-10
midun case file AJ-0001 decision --bears signature
midun case unfile AJ-0001 decision --why 误入
midun timeline AJ-0001
> 登记案件
> 撤回步骤
> 材料退卷
midun timeline QY-0001
> 登记案件

# A company's own node keeps its own cases.
MIDUN_DIR=node
midun init --name 岚屿新材料(虚构) --kdf-log-n 12
midun case open --procedure civil --title 起诉某司
> AJ-0001
[3] midun case open --procedure civil --title 某 --company QY-0001
midun case list
> 起诉某司
MIDUN_DIR=station
midun fsck --replay

# Documents: filled in from the record, printed; what one says stands ready in the next.
MIDUN_DIR=station
midun case document AJ-0001
> penalty_notice
> 未填写
[2] midun case document AJ-0001 no_such
> penalty_notice
[2] midun case document AJ-0001 penalty_notice --set 丙廿四
[2] midun case document AJ-0001 penalty_notice --set who=丙廿四
> facts
midun case document AJ-0001 filing_approval_form --set party=磐溪精密（虚构） --set facts=带走配方丙廿四
midun --json case document AJ-0001 penalty_notice
> "facts":"带走配方丙廿四"
> "party":"磐溪精密（虚构）"
keep fill.json 带走配方
replace fill.json 带走配方 带走五份配方
midun case document AJ-0001 penalty_notice --fill fill.json --set penalty=罚款五十万元（虚构） --out notice.pdf
midun --json case document AJ-0001 penalty_notice
> 带走五份配方
> 罚款五十万元
[5] midun case document AJ-0001 penalty_notice --out notice.pdf
midun case document AJ-0001
> 已填写，待签
write odd.json [7]
[2] midun case document AJ-0001 penalty_notice --fill odd.json
nowhere 丙廿四 station
nowhere 罚款五十万元 station
midun case file AJ-0001 penalty_notice --scan notice.pdf --bears signature,date --dated 2026-03-20
midun case bundle AJ-0001 --out bundle.zip
> 移交卷已写到
[5] midun case bundle AJ-0001 --out bundle.zip
midun --json case bundle AJ-0001 --whole --out whole.zip
> "volumes":2
midun timeline AJ-0001
> 填写文书
midun fsck --replay

# Loss and gain, each lawful way side by side; one of a sort counts. A threshold whose text was not
# seen as it stands is never simply reached.
[1] midun case check AJ-0001 criminal-219-breach
> 缺少数字
midun case figures AJ-0001
> lost_sales
[2] midun case reckon AJ-0001 lost_luck --with units=120
> lost_sales
[2] midun case reckon AJ-0001 lost_sales --with units=120
> 每件合理利润
[2] midun case reckon AJ-0001 lost_sales --with units=120 --with profit=很多
[2] midun case reckon AJ-0001 lost_sales --with units
write vouchers.txt 发票丙廿五共十四张（虚构）
midun case reckon AJ-0001 lost_sales --with units=120 --with profit=2,500.50 --basis vouchers.txt --rely
midun case figures AJ-0001
> 300,060.00 元
> 作依据
midun case reckon AJ-0001 licence_fee --with fee=90000 --rely
midun --json case figures AJ-0001
> "result":30006000
> "result":9000000
[1] midun case check AJ-0001 criminal-219-breach
> 缺少数字
midun case reckon AJ-0001 paid --with paid=0 --rely
midun case reckon AJ-0001 acquisitions --with times=1 --rely
midun case reckon AJ-0001 punishments --with times=0 --rely
[1] midun case check AJ-0001 criminal-219-breach
> 未达到
midun case reckon AJ-0001 lost_sales --with units=120 --with profit=2500.50 --rely
[1] midun case check AJ-0001 criminal-219-breach
> 待核
[3] midun case check AJ-0001 no-such-standard
> criminal-219-breach
nowhere 丙廿五 station
midun timeline AJ-0001
> 计算损失
midun fsck --replay
