# 术语、事件与拒绝理由

# 角色
role-enterprise = 企业节点
role-station = 保护工作站

# 密级
level-core = 核心
level-important = 重要
level-general = 一般

# 类别（法释〔2020〕7号第一条）
class-technical = 技术信息
class-business = 经营信息
form-structure = 结构
form-raw-material = 原料
form-component = 组分
form-formula = 配方
form-material = 材料
form-sample = 样品
form-style = 样式
form-plant-material = 植物新品种繁殖材料
form-process = 工艺
form-method = 方法或其步骤
form-algorithm = 算法
form-data = 技术数据
form-program = 计算机程序及有关文档
form-idea = 创意
form-management = 管理
form-sales = 销售
form-finance = 财务
form-plan = 计划
form-specimen = 样本
form-bid = 招投标材料
form-customer = 客户信息
form-business-data = 经营数据
form-other = 其他信息

# 保密措施（法释〔2020〕7号第六条）
measure-agreement = 保密协议或合同中的保密义务
measure-rules = 章程、培训、规章制度或书面告知
measure-zone = 涉密场所限制来访或区分管理
measure-marking = 标记、分类、隔离、加密、封存或限制知悉范围
measure-devices = 限制设备、网络、存储与软件的使用、访问、复制
measure-leavers = 离职人员登记、返还、清除、销毁并继续保密
measure-other = 其他合理保密措施
measure-article = 第六条第（{ $item }）项

# 合作方
relation-supplier = 供应商
relation-customer = 客户
relation-cooperation = 合作开发方
relation-adviser = 律师、审计等顾问
relation-agency = 行政或司法机关
relation-other = 其他

# 见证人、授时机构与本单位的关系
standing-station = 保护工作站
standing-independent = 独立第三方
standing-own = 本单位自有
standing-drill = 仅供演练

# 卷宗用途
purpose-complaint = 行政举报投诉
purpose-police = 公安报案
purpose-suit = 民事诉讼
purpose-preservation = 证据或行为保全
purpose-mediation = 调解
purpose-insurance = 保险理赔
purpose-recognition = 示范认定

ending-returned = 已返还
ending-destroyed = 已销毁

# 事件
event-node-created = 建立节点
event-person-added = 登记人员
event-partner-added = 登记合作方
event-secret-registered = 定密登记
event-secret-stated = 固定密点陈述
event-secret-unstated = 撤回密点陈述
event-secret-revised = 修改密点
event-secret-levelled = 变更密级
event-secret-declassified = 解密
event-secret-viewed = 查看内容
event-carrier-added = 入库载体
event-carrier-retired = 移出载体
event-measure-added = 登记保密措施
event-measure-matched = 措施对应到密点
event-measure-ended = 措施终止
event-person-cleared = 许可知悉
event-person-barred = 终止知悉
event-partner-agreed = 签订协议
event-paper-added = 入库文书
event-disclosure-made = 对外披露
event-disclosure-closed = 披露收回
event-witness-added = 添加见证人
event-witness-removed = 移除见证人
event-authority-added = 添加授时机构
event-authority-removed = 移除授时机构
event-dossier-built = 生成举证卷宗
event-clock-set_back = 承认时钟回拨
event-keys-changed = 更换口令

# 字段
field-title = 名称
field-name = 名称
field-why = 理由
field-post = 岗位
field-department = 部门
field-code = 统一社会信用代码
field-detail = 说明
field-purpose = 用途
field-happened = 发生日期
field-review = 复核日期
field-from = 起始日期
field-until = 截止日期
field-owner = 责任人
field-statement = 密点陈述

# 拒绝理由:发生了什么,下一步怎么做
refusal-blank = { $field }还空着。请填写后重试。
refusal-too-long = { $field }超过 { $most } 字。请缩短；长的内容请作为密点陈述或载体文件登记。
refusal-not-printable = { $field }含有不可显示的控制字符。请删去后重试。
refusal-unknown = 没有编号为 { $no } 的记录。请先用 list 命令或清单页核对编号。
refusal-wrong-series = { $no } 不是这里要的编号；这里要以 { $letters } 开头的编号。
refusal-in-future = { $field }是 { $day }，晚于今天。已发生的事不能写成将来的日期，请改正。
refusal-ends-before-start = 截止日期 { $until } 早于起始日期 { $from }。请改正其中之一。
refusal-form-of-other-class = 所选的信息种类不属于这一类别（法释〔2020〕7号第一条）。请改选类别或种类。
refusal-declassified = { $no } 已解密，不能再改。如仍需保护，请登记为新的密点。
refusal-same-level = { $no } 已是这一密级，无需变更。
refusal-nothing-to-change = { $no } 没有要改的内容。请至少给出一项变更。
refusal-no-statement = { $no } 没有第 { $part } 条陈述。请先查看该密点的陈述编号。
refusal-no-carrier = { $no } 没有第 { $part } 件载体。请先查看该密点的载体编号。
refusal-unstated = { $no } 还没有写明密点。请先用一句话写出与公知信息不同的那一处，再继续。
refusal-ended = { $no } 已经结束，不能再改。
refusal-agreement-of-other = 协议 { $no } 不是与 { $partner } 签订的。请选择该合作方的协议。
refusal-not-cleared = { $person } 目前没有 { $no } 的知悉许可，无需终止。
refusal-witness-known = 已有名为 { $name } 的见证人。
refusal-witness-unknown = 没有名为 { $name } 的见证人。请用 midun witness list 查看。
refusal-authority-known = 已有名为 { $name } 的授时机构。
refusal-authority-unknown = 没有名为 { $name } 的授时机构。请用 midun stamp list 查看。
refusal-number-taken = 编号 { $no } 刚被占用。请重新生成。
refusal-clock-went-back = 本机时钟（{ $now }）早于账本最后一条（{ $last }）。请先校准时钟；若之前的时钟才是错的，请用 midun clock accept 说明理由后继续。
refusal-clock-is-fine = 本机时钟没有早于账本最后一条，无需处理。
refusal-state-secret-word = “{ $word }”是国家秘密的密级用语，不得用于商业秘密。国家秘密不得登记在本系统；商业秘密的密级是核心、重要、一般。
refusal-already-created = 这个目录里已经有节点。请换一个目录，或直接使用它。
