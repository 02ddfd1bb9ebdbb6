# 往来：企业节点与保护工作站之间的函件

# 联网的状态
link-offered = 邀请已发，尚未加入
link-asked = 已提交加入，等工作站答复
link-joined = 已联网
link-ended = 已终止

# 函件种类
letter-question = 求助咨询
letter-report = 涉密事件报告
letter-progress = 整改进展
letter-application = 申请
letter-material = 材料
letter-answer = 答复
letter-prescription = 整改建议（处方）
letter-warning = 预警
letter-invitation = 邀请
letter-template = 模板文本
letter-notice = 通知

# 方向
way-in = 收
way-out = 发

# 字段
field-subject = 主题
field-letter = 函件

# 事件
event-link-offered = 发出联网邀请
event-link-asked = 申请联网
event-link-joined = 联网
event-link-ended = 终止联网
event-letter-sent = 发出函件
event-letter-received = 收到函件
event-letter-opened = 阅读函件
w-line-until = 有效期至 { $day }
w-letter-in = 收到的第 { $seq } 封
w-letter-out = 发出的第 { $seq } 封

# 拒绝理由：发生了什么，下一步怎么做
refusal-link-known = 这份邀请已经用过，就是 { $no }。无需再加入。
refusal-link-ended = { $no } 已经终止。要继续往来，请工作站再发一份邀请。
refusal-not-joined = { $no } 还没有联网：对方的密钥还不知道。请先完成一次同步，或换一次往来包。
refusal-invitation-over = 邀请只到 { $day } 有效。请工作站再发一份。
refusal-no-letter = { $no } 没有第 { $seq } 封函件。请先列出函件再选。
refusal-letter-known = { $no } 的第 { $seq } 封早已收到，没有重复记录。
refusal-letter-missing = { $no } 的第 { $seq } 封还没到，后面的先不收。请对方再发一次往来包，它会带上缺的。
refusal-letter-forked = { $no } 的第 { $seq } 封与已收到的对不上：对方有两套历史，多半是从旧备份恢复了。两封都已留存为证据；请与对方联系，终止这条联网后重新邀请。

trouble-letter-too-large = 函件连同附件超过 { $most } MB。请把大文件另行移交，函件里写明它的 SHA-256。
trouble-link-unknown = 这个往来包属于别的联网，这里没有。请确认拿对了文件，打开的是收件一方的目录。
trouble-own-bundle = 这个往来包是本节点自己做的。请把它交给对方，再取回对方做的那个。
trouble-link-no-url = 邀请里没有工作站的网址，不能直接同步。请用 export 导出往来包、带给工作站，再 import 带回来的那个。
trouble-witness-folder = 见证密钥打不开：{ $why }。请检查数据目录下 witness 文件夹的权限。
trouble-join-refused = 加入申请不成立：没有用邀请里的一次性密钥签名，或不是给本站的。请向企业重发邀请。
trouble-cosignature = 对方的见证签名与本节点的账本对不上，没有收下。请先运行 midun fsck。
trouble-receipt = 第 { $seq } 封的回执证明不了对方账本收到了它，没有收下。请联系对方核对。
trouble-invitation = 这不是联网邀请，或者不完整。邀请以 midun-join: 开头，请整段复制。
trouble-bundle-form = 这不是往来包，或者没有传完整。请重新导出、重新拷贝。
trouble-bundle-signature = 往来包不是对方签的，或者途中被改过。什么也没有收下；请直接向对方再要一份。
trouble-station-refused = { $name } 没有受理（HTTP { $status }）。请确认联网没有被对方终止，再试。

# 命令行
cli-exchange-offered = 邀请 { $no } 已记入账本，{ $day } 前可用一次。下面这一整段只显示这一次，请交给企业：
cli-exchange-asked = { $no }：将与 { $name } 联网。
cli-exchange-asked-next = 接着运行 midun exchange sync；不通网络时用 export 和 import。
cli-exchange-none = 还没有联网。企业节点：midun exchange join 邀请；工作站：midun exchange offer。
cli-exchange-written = { $no }：发出的第 { $seq } 封已封好，等下一次同步送出。
cli-exchange-taken = { $no }：新收 { $letters } 封，早已收到 { $known } 封，新回执 { $receipts } 份。
cli-exchange-synced = { $no }：往返 { $rounds } 次，送达 { $sent } 封，收到 { $received } 封。
cli-exchange-cosigned = 对方已对本账本的 { $size } 条共同签名。
cli-exchange-exported = 已写入 { $path }（{ $bytes } 字节，含 { $letters } 封函件）。请带给对方。
cli-exchange-unread = 未读
cli-exchange-no-receipt = 未获回执
cli-exchange-receipted = 回执 { $at }
cli-exchange-which = 有 { $n } 条联网，请用 --link 指明是哪一条。
cli-exchange-letter = { $sort }  { $subject }
cli-exchange-due = 期限 { $day }
cli-exchange-re = 答复{ $way }的第 { $seq } 封
cli-exchange-files = 附件
cli-exchange-files-out = 已写入 { $path }

# 命令行帮助
help-exchange = 往来：企业节点与保护工作站之间的函件
help-exchange-offer = 发出联网邀请（工作站）
help-exchange-company = 邀请哪家企业；不写则按对方自报的代码对应
help-exchange-until = 邀请的有效期；不写为 14 天
help-exchange-url = 工作站的网址，节点由此同步；不写则用往来包传递
help-exchange-join = 用邀请加入（企业节点）
help-exchange-invitation = 邀请全文，或存有邀请的文件
help-exchange-code = 本单位的统一社会信用代码
help-exchange-sync = 与工作站同步：送出未送达的，取回新的
help-exchange-link = 哪一条联网；只有一条时可不写
help-exchange-status = 各条联网的状态
help-exchange-write = 写一封函件
help-exchange-sort = 种类：企业 question、report、progress、application、material；工作站 answer、prescription、warning、invitation、template、notice
help-exchange-subject = 主题
help-exchange-text = 正文所在的文件
help-exchange-attach = 附件
help-exchange-re = 答复收到的第几封
help-exchange-due = 办理期限
help-exchange-list = 列出函件
help-exchange-read = 阅读一封函件（记入账本）
help-exchange-way = in 收到的，out 发出的
help-exchange-seq = 第几封
help-exchange-files = 把附件写到这个文件夹
help-exchange-export = 导出往来包，用邮件或移动存储带给对方
help-exchange-out = 写到哪个文件
help-exchange-import = 收下对方的往来包
help-exchange-in = 往来包文件
help-exchange-end = 终止联网

# 页面
w-nav-exchange = 往来
w-exchange-lead-enterprise = 与保护工作站之间的函件：密封、签名、双方入账。工作站看不到本单位的秘密。
w-exchange-lead-station = 与企业节点之间的函件：密封、签名、双方入账。有未读函件的排在前面。
w-links-none = 还没有联网
w-links-none-station = 还没有企业联网
w-links-none-why = 请向所在区的保护工作站要一份邀请，再点“加入工作站”。不联网也不影响本节点的任何功能。
w-links-none-why-station = 点“邀请企业”得到一段邀请，交给企业粘贴到自己的节点。没有网络时，往来包可用移动存储传递。
w-links-caption = 第 { $first }–{ $last } 条，共 { $n } 条
w-link-other = 对方
w-link-anybody = 未指明企业
w-link-lead-offered = 邀请已发出。企业用它加入之后，双方就能互发函件。
w-link-lead-asked = 加入申请已备好，随下一次同步或往来包送达。现在就可以写函件。
w-link-lead-joined = 双方已互留密钥，并互相见证账本。
w-link-lead-ended = 这条联网已终止，函件和回执仍然留存。
w-link-facts = 联网
w-link-company = 对应企业
w-link-heard = 最近一次来信
w-link-received = 已收函件
w-link-sent = 已获回执 / 已发
w-link-cosigned = 对方已见证本账本
w-link-witnessed = 本方已见证对方账本
w-link-key = 对方账本公钥
w-link-until = 邀请有效期至
w-link-url = 工作站网址
w-entries-count = { $n } 条
w-letters = 函件
w-letters-none = 还没有函件。
w-letter-way = 收发
w-letter-at = 入账时间
w-letter-unread = 未读
w-letter-waiting = 未获回执
w-letter-was-read = 已读
w-letter-receipted = 回执 { $at }
w-letter-sort = 种类
w-letter-text = 正文
w-letter-files = 附件
w-letter-due = 办理期限
w-letter-re = 答复的是
w-letter-says = 内容
w-letter-facts = 信封
w-letter-size = 密封后大小
w-letter-digest = 函件指纹（SHA-256）
w-letter-read-times = 阅读次数
w-letter-sealed = 函件是密封的
w-letter-sealed-why = 打开并阅读会记入账本：谁、何时、为什么。
w-letter-why = 为什么阅读（可不填）
w-open-letter = 打开阅读
w-receipt = 回执
w-receipt-is = 对方于 { $at } 收到，记在对方账本第 { $leaf } 条，包含证明已核对
w-receipt-none = 还没有
w-receipt-file = 回执证明
w-receipt-take = 下载（JSON：事件与包含证明）
w-answer-letter = 答复
w-sync = 立即同步
w-make-bundle = 导出往来包
w-take-bundle = 收下往来包
w-take-bundle-lead = 对方用邮件或移动存储带来的往来包。次序颠倒、重复、缺失都不要紧：缺的会随下一个补上，重复的不会记两次。
w-bundle-files = 往来包文件
w-do-take = 收下
w-write-letter = 写函件
w-write-letter-lead = 函件密封给双方，只有双方打得开；写好即入账，随下一次同步或往来包送出。不要在函件里写密点的内容。
w-write-answer-lead = 答复收到的第 { $n } 封。函件密封给双方；写好即入账，随下一次同步或往来包送出。
w-do-send = 封好并入账
w-offer-link = 邀请企业
w-offer-link-lead = 得到一段只显示一次的邀请，交给企业粘贴到自己的节点。谁持有它，谁就能以该企业的名义加入一次，请当面或经可靠渠道交付。
w-offer-company-hint = 企业编号，如 QY-0001；不填则按对方自报的统一社会信用代码对应名录。
w-offer-url-hint = 企业节点能访问到的本站网址，如 https://工作站.example；不填则用往来包传递。
w-not-an-address = 网址以 https:// 或 http:// 开头，请改正。
w-do-offer = 生成邀请
w-invitation = 联网邀请
w-invitation-hint = 以 midun-join: 开头的整段文字。换行和空格不要紧。
w-invitation-once = { $day } 前可用一次。这一页离开后不再显示。
w-invitation-text = 邀请全文
w-invitation-next = 企业在自己的节点打开“往来 · 加入工作站”，粘贴这一段；命令行则用 midun exchange join。
w-invitation-kept = 已交给企业，查看这条联网
w-ask-link = 加入工作站
w-ask-link-lead = 把工作站给的邀请粘贴到这里。本节点只向外连接，工作站连不进来。
w-join-code-hint = 工作站用它在名录里找到本单位。
w-do-join = 加入
w-join-what = 加入之后
w-join-what-1 = 双方各留下对方的公钥，并互相见证账本：工作站能证明本单位某日已有多少条记录，但看不到任何内容。
w-join-what-2 = 函件密封给双方。只有本单位主动写进函件的，工作站才看得到。
w-join-what-3 = 随时可以终止，已有的函件和回执都留在本单位。
w-end-link = 终止联网
w-end-link-lead = 终止后不能再写函件；已在途中的仍会收下。要恢复须由工作站重新邀请。
