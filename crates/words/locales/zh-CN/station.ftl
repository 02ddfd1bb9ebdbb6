# 保护工作站：企业名录、服务与覆盖

# 名录里的主体
company-company = 企业
company-institution = 机构
company-team = 科研团队
company-never-served = 尚未服务
company-merged-into = 已并入

# 标签
tag-little-giant = 专精特新“小巨人”
tag-listed = 上市企业
tag-specialised = 专精特新
tag-high-tech = 高新技术企业

# 服务
service-visit = 走访
service-training = 宣讲培训
service-diagnosis = 问诊开方
service-one-to-one = 一对一服务
service-advice = 咨询答复
service-recognition = 认定培育
service-rights = 维权援助

# 字段
field-kind = 类型
field-tags = 标签
field-tag = 标签
field-field = 行业领域
field-park = 园区
field-street = 街道
field-contact = 联系人
field-what = 服务内容
field-who = 服务机构

# 导入时的列
column-name = 名称
column-code = 统一社会信用代码
column-kind = 类型
column-tags = 标签（一格多个）
column-high-tech = 是否高新技术企业
column-listed = 是否上市企业
column-specialised = 是否专精特新
column-little-giant = 是否“小巨人”
column-field = 行业领域
column-park = 园区
column-street = 街道
column-contact = 联系人
column-left-out = 不导入

# 事件
event-company-added = 录入名录
event-company-revised = 更正名录
event-company-merged = 合并名录条目
event-directory-imported = 导入名录
event-service-given = 提供服务

# 拒绝理由：发生了什么，下一步怎么做
refusal-not-on-a-station = 这里是保护工作站，不登记任何企业的秘密。请在企业自己的节点上操作。
refusal-only-on-a-station = 这里是企业节点，没有企业名录。请在保护工作站的目录里操作（midun init --role station 建立）。
refusal-credit-code-length = 统一社会信用代码应有 18 位，这里有 { $found } 位。请核对后重填。
refusal-credit-code-character = 统一社会信用代码第 { $place } 位不能是“{ $found }”（代码不用字母 I、O、S、V、Z，第 3 至 8 位为数字）。请核对后重填。
refusal-credit-code-check = 统一社会信用代码的校验位不符：按前 17 位推算，末位应为 { $expected }。请对照营业执照核对每一位。
refusal-credit-code-missing = 企业和机构要有统一社会信用代码，否则同一家会重复录入。请补上代码；科研团队可以没有。
refusal-credit-code-taken = 这个统一社会信用代码已属于 { $no }。请更正该条目，而不是另录一条。
refusal-name-taken = { $no } 已用这个名称，且同样没有代码。请更正该条目，或换一个可以区分的名称。
refusal-merged = { $no } 已并入 { $into }。请改在 { $into } 上操作。
refusal-merged-into-itself = { $no } 不能并入自己。请另选保留的条目。
refusal-too-many-tags = 标签超过 { $most } 个。请只保留用得上的。
refusal-changed-meanwhile = { $no } 刚被别人更正过。请重新打开看过最新内容再改。
refusal-no-company = 没有选中任何企业。请至少选一家。

# 导入
trouble-sheet-empty = 这个文件里没有表格内容。请选择有表头和数据行的 CSV 或 XLSX 文件。
trouble-sheet-head-only = 只读到一行，没有数据行。表格要有表头和数据行；如果这不是表格，请选择 CSV 或 XLSX 文件。
trouble-sheet-too-large = 表格文件超过 { $most } MB。请拆成几个文件分别导入。
trouble-sheet-rows = 表格超过 { $most } 行。请拆成几个文件分别导入。
trouble-sheet-columns = 第 { $line } 行的列数过多。请删去无关的列。
trouble-sheet-cell = 第 { $line } 行有单元格内容过长。请缩短后重试。
trouble-sheet-encoding = 第 { $line } 行的文字编码无法识别。请另存为 UTF-8 或 GB18030 的 CSV，或 XLSX。
trouble-sheet-old = 这是旧版 .xls 表格。请在表格软件里另存为 .xlsx 或 .csv 再导入。
trouble-sheet-damaged = 表格文件已损坏或设有密码。请用表格软件打开后另存再导入。
trouble-sheet-no-column = 表头里没有“{ $heading }”。现有的列：{ $known }。
trouble-sheet-no-name = 没有一列被认作名称或统一社会信用代码。请指定：至少要其中一列。
intake-twice = 与第 { $line } 行是同一家，请只保留一行。
intake-ambiguous = 名录里有不止一家叫这个名称（{ $no }、{ $other }）。请补上统一社会信用代码。
intake-kind = “{ $text }”不是已知的类型。请写企业、机构或团队。
intake-yes-no = “{ $text }”看不出是或否。请写“是”或“否”。
intake-reason = 未导入的原因

# 覆盖
coverage-of = 家数
coverage-any = 享过任一服务
coverage-all = 合计
coverage-without = （未填）
coverage-withheld = *

# 命令行
cli-no-companies = 没有符合的条目。用 midun company import 导入名录，或 midun company add 录入。
cli-of-total = 列出 { $n } 家，共 { $total } 家。
cli-column-form = “{ $text }”应写作 列=表头，例如 name=企业名称。
cli-column-is = { $heading } → { $column }
cli-import-would = 预览，未写入：新增 { $new } 行，更正 { $revised } 行，无变化 { $same } 行，不能导入 { $refused } 行。
cli-import-done = 已导入：新增 { $new } 行，更正 { $revised } 行，无变化 { $same } 行，未导入 { $refused } 行。
cli-import-fault = 第 { $line } 行 { $name }：{ $why }
cli-import-more-faults = 另有 { $n } 行未列出；加 --refused 文件 可把它们连同原因写成表格，改好后再导入。
cli-too-many-companies = 条件选中了 { $n } 家，一次最多 { $most } 家。请加条件缩小范围。
help-company = 企业名录（工作站）
help-company-add = 录入一家
help-company-list = 列出名录
help-company-show = 查看一家：资料与享过的服务
help-company-revise = 更正一家的资料；空白表示去掉
help-company-merge = 把重复的条目并成一条
help-company-import = 导入 CSV 或 XLSX 名录
help-company-name = 名称
help-company-kind = 企业、机构或科研团队
help-company-no = 名录编号
help-company-into = 并入哪一条
help-company-file = 表格文件
help-company-column = 指定某一列是什么，例如 name=企业名称；可多次
help-company-preview = 只看会怎样，不写入
help-company-refused = 把不能导入的行连同原因写到这个文件
help-company-tag = 标签，可多次；更正时为今后的全部标签
help-company-field = 行业领域
help-company-park = 园区
help-company-street = 街道
help-company-find = 名称、编号或代码的一部分
help-company-with-tag = 有这个标签
help-company-had = 享过这项服务，可多次
help-company-lacks = 没有享过这项服务，可多次
help-company-never-served = 从未享过任何服务
help-company-order = 排序：first 为该先服务的在前
help-service = 向企业提供的服务（工作站）
help-service-give = 记录向企业提供了一项服务
help-service-list = 列出服务记录
help-service-which = visit 走访、training 宣讲培训、diagnosis 问诊开方、one-to-one 一对一、advice 咨询、recognition 认定培育、rights 维权援助
help-service-what = 服务内容
help-service-happened = 服务日期；不写为今天
help-service-who = 服务机构；不写为工作站自己
help-service-company = 名录编号，可多个；也可用下面的条件选中多家
help-coverage = 各项服务覆盖了多少企业（工作站）
help-coverage-by = 按标签、行业、园区、街道或类型
help-coverage-public = 对外口径：少于 10 家的数字不显示，也不能由其他数字推出
help-limit = 最多列出多少条

# 页面：工作站
w-edge-station = 保护工作站
w-edge-1-station = 此处没有任何企业的密点内容。
w-edge-2-station = 只有名录、服务与见证记录。
w-find-hint-station = 企业名称、编号或代码
w-nav-overview = 总览
w-nav-companies = 企业名录
w-nav-services = 服务记录
w-nav-coverage = 服务覆盖
w-overview-lead = { $date }，{ $weekday }。
w-fig-companies = 名录中的企业、机构与团队
w-fig-key = 有重点标签
w-fig-served = 享过服务
w-fig-never = 尚未服务
w-needs-station = 待办
w-task-unserved = { $n } 家有重点标签的企业尚未享过任何服务
w-task-unserved-sub = 按标签权重排列，先服务前面的。
w-chart-tags = 各类标签的服务覆盖
w-chart-parks = 各园区的服务覆盖
w-share-words = { $percent }（{ $had }/{ $of }）
w-bar-name = 项
w-bar-picture = 图示
w-bar-value = 值
w-companies-lead = 共 { $n } 家。筛选条件都在网址里，可收藏、可转发。
w-companies-caption = 按{ $sort }排列，第 { $first }–{ $last } 家，共 { $n } 家
w-companies-all = 全部
w-companies-tagged = 有重点标签
w-companies-key = 有重点标签而未服务
w-companies-never = 尚未服务
w-companies-served = 享过服务
w-companies-first = 导入企业名录
w-companies-first-why = 现有的 Excel 或 CSV 名单就可以：先看每一行会怎样，再一次写入。
w-company-order-newest = 最近录入
w-company-order-name = 名称
w-company-order-no = 编号
w-company-order-served = 最近服务
w-company-order-unserved = 最久未服务
w-company-order-first = 该先服务的
w-company-text = 名称、编号或代码
w-of-n = { $name }（{ $n }）
w-had = 享过的服务
w-lacks = 没有享过的服务
w-order = 排列
w-company-place = 园区、街道
w-col-services = 服务次数
w-col-last-service = 最近服务
w-serve-these = 为筛选出的这些企业记录服务
w-add-company = 录入企业
w-add-company-lead = 企业和机构要有统一社会信用代码；科研团队可以没有。
w-code-hint = 18 位，末位是校验位，填错会提示
w-more-tags = 其他标签
w-more-tags-hint = 多个用顿号隔开
w-revise-company = 更正资料
w-revise-company-lead = 没有动过的项保持不变；清空即去掉。以前的内容留在账本里。
w-merge-company = 合并到另一条
w-merge-company-lead = 这一条将结束，它享过的服务记到保留的那一条。
w-merge-into = 保留的条目
w-merge-into-hint = 名录编号，如 QY-0001
w-do-merge = 合并
w-company-lead = 享过 { $n } 次服务，最近 { $day }
w-company-facts = 资料
w-services-had = 享过的服务
w-services-none = 还没有服务记录
w-services-none-why = 走访、培训、问诊做完后记在这里，覆盖表随之更新。
w-services-lead = 最近 200 条。为许多企业一起记录：先在企业名录里筛选。
w-station-itself = 本站
w-service = 服务
w-give-service = 记录服务
w-service-what-hint = 一句话，例如：首次走访，发放保护手册
w-service-who-hint = 律所、专家或其他机构；本站自己做的不填
w-serve-lead = 可以一次记给多家企业。
w-serve-these-lead = 将记给筛选出的 { $n } 家企业。
w-serve-too-many = 一次最多 { $n } 家。请回到名录缩小范围。
w-serve-changed = 名录刚有变动，现在筛选出 { $n } 家。请核对后再提交。
w-which-companies = 哪些企业
w-which-hint = 名录编号，如 QY-0001，用空格、逗号或换行隔开
w-coverage-lead = 每项服务覆盖了多少家。点数字看是哪些企业。
w-coverage-by = 分组
w-coverage-caption = 享过各项服务的家数与占比
w-sight = 口径
w-sight-own = 站内
w-sight-public = 对外
w-sight-public-why = 少于 10 家的数字以 * 代替，也不能由其他数字推出，可以给不应看到具体企业的人。
w-next-step = 下一步
w-left-over = 还有 { $n } 家
w-import = 导入名录
w-import-lead = CSV 或 XLSX，一行一家，表头写明各列是什么。
w-import-aside = 怎样导入
w-import-aside-1 = 只增补和更正，从不删除：空白格不算，标签只加不减。
w-import-aside-2 = 按统一社会信用代码认出同一家，没有代码时按名称。
w-import-file = 名单文件
w-import-file-hint = 不超过 16 MB、50,000 行；可以有标题行
w-next-look = 看会怎样
w-import-check = 导入前核对
w-import-check-lead = 还没有写入。列认错了可以改，再看一次。
w-columns = 各列是什么
w-column-no = 第 { $n } 列
w-do-import = 写入名录
w-look-again = 再看一次
w-refused-csv = 下载不能导入的行
w-col-line = 行
w-col-fate = 会怎样
w-and-more = 另有 { $n } 行未列出
w-sealed-anew = 已更新
w-taken-away = 去掉
w-line-now = { $field }：{ $now }
w-line-imported = 新增 { $added }，更正 { $revised }，无变化 { $same }，未导入 { $refused }
w-line-service = { $service }，{ $day }：{ $what }
intake-new = 新增
intake-revised = 更正
intake-same = 无变化
intake-refused = 不能导入

# 演示
demo-station-done =
    虚构的云岫区工作站在 { $dir }
    演示口令：{ $passphrase }
help-demo-role = enterprise 企业节点，station 一个区的保护工作站
help-demo-companies = 工作站名录中的企业数
help-demo-listen = 网页的地址和端口；不写为 127.0.0.1:8470，工作站为 8471
bench-station = { $companies } 家企业的工作站（{ $seconds } 秒生成）；每项每秒 { $rate } 个请求，开环，毫秒：
bench-page = 页面
bench-p50 = 中位数
bench-p99 = 99%
bench-max = 最长
bench-bytes = 字节
bench-bare = （只读 50 行，SQLite）
bench-all-pages = 各页轮流
help-bench-station = 工作站各页面在负载下的用时，与裸读数据库并列
