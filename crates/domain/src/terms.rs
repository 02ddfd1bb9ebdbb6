//! The field's terms as types: levels, kinds of information, measures, purposes.

/// Declares a list of terms: an enum whose variants have one fixed word each, used in the
/// ledger, in addresses, on the command line and as translation key.
macro_rules! terms {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// All of them, in the order of the source.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The fixed word.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The term with this word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|term| term.word() == word)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let word = <String as serde::Deserialize>::deserialize(from)?;
                Self::from_word(&word).ok_or_else(|| serde::de::Error::custom("unknown word"))
            }
        }
    };
}

terms! {
    /// What a program instance is.
    Role {
        /// 企业节点.
        Enterprise = "enterprise",
        /// 保护工作站.
        Station = "station",
    }
}

terms! {
    /// 角色: what an account may do; [`crate::rights`] says what that is.
    AccountRole {
        /// 所有者: everything, also the accounts.
        Owner = "owner",
        /// 密管员: keeps the registers; all but accounts.
        Keeper = "keeper",
        /// 部门负责人: the secret points of the department, and those cleared for.
        Head = "head",
        /// 员工: the secret points that the person is cleared for.
        Member = "member",
        /// 人事: people, no secret points.
        Hr = "hr",
        /// 审计: reads registers and ledger, no content.
        Auditor = "auditor",
        /// 外部律师: chosen secret points, until a day.
        Counsel = "counsel",
        /// 站长: everything on a station, also the accounts.
        Lead = "lead",
        /// 工作人员: the station's daily work.
        Officer = "officer",
        /// 专家: what was routed to this expert, and the visits the expert goes to.
        Expert = "expert",
        /// 机构联络员: acts for an organisation, and sees what [`crate::reach`] says of its kind.
        Liaison = "liaison",
        /// 机构查阅人员: sees the same without sealed texts, and does nothing.
        Observer = "observer",
    }
}

terms! {
    /// What an account may do; who may is said in [`crate::rights`].
    Action {
        /// 使用: own account, the law at hand, how to read.
        Use = "use",
        /// See the secret points within sight.
        SeeSecrets = "see-secrets",
        /// Read their content; each reading is recorded.
        ReadContent = "read-content",
        /// Register and change secret points.
        KeepSecrets = "keep-secrets",
        /// See people.
        SeePeople = "see-people",
        /// Add people, bring them in and see them off.
        KeepPeople = "keep-people",
        /// Say who may know a secret point.
        ClearPeople = "clear-people",
        /// See partners, agreements, disclosures.
        SeePartners = "see-partners",
        /// Change them.
        KeepPartners = "keep-partners",
        /// See protective measures.
        SeeMeasures = "see-measures",
        /// Change and match them.
        KeepMeasures = "keep-measures",
        /// Open papers.
        SeePapers = "see-papers",
        /// See marked copies and finds.
        SeeCopies = "see-copies",
        /// Make, hand out and trace copies.
        KeepCopies = "keep-copies",
        /// See dossiers.
        SeeDossiers = "see-dossiers",
        /// Build and take them.
        BuildDossiers = "build-dossiers",
        /// See sweeps and what was asked to leave.
        SeeMatches = "see-matches",
        /// Ask whether something may leave, and answer.
        KeepMatches = "keep-matches",
        /// See dates.
        SeeCalendar = "see-calendar",
        /// See controls, score and gaps.
        SeeControls = "see-controls",
        /// Answer controls and give out what is lacking.
        KeepControls = "keep-controls",
        /// See incidents, their evidence and the doors open to the company.
        SeeIncidents = "see-incidents",
        /// Keep incidents, and look at the other side's arguments.
        KeepIncidents = "keep-incidents",
        /// Destroy a person's data or a secret point's content.
        Erase = "erase",
        /// See links and letters.
        SeeExchange = "see-exchange",
        /// Read and write letters.
        WriteLetters = "write-letters",
        /// Join and end links.
        KeepLinks = "keep-links",
        /// See the ledger.
        SeeLedger = "see-ledger",
        /// See accounts and sessions.
        SeeAccounts = "see-accounts",
        /// Open, change and close accounts.
        KeepAccounts = "keep-accounts",
        /// See the directory, services, coverage, experts.
        SeeDirectory = "see-directory",
        /// Change them.
        KeepDirectory = "keep-directory",
        /// See requests, visits, prescriptions within sight.
        SeeDesk = "see-desk",
        /// Work on them.
        KeepDesk = "keep-desk",
        /// See cases, their files and what is due.
        SeeCases = "see-cases",
        /// Open cases, file papers, record steps.
        KeepCases = "keep-cases",
        /// See early warning: rules, their scores, alerts.
        SeeWarnings = "see-warnings",
        /// Switch rules, run them, work on alerts.
        KeepWarnings = "keep-warnings",
        /// See the entries of the directory that are within sight.
        SeeCompanies = "see-companies",
        /// See organisations and requests for assistance.
        SeeBodies = "see-bodies",
        /// Register organisations, say what became of them.
        KeepBodies = "keep-bodies",
        /// Ask other organisations for assistance, take such requests, reply; for one's own only.
        Assist = "assist",
    }
}

terms! {
    /// How an account came to its password.
    PasswordBy {
        /// A one-time code was handed out; it must be changed at the first sign-in.
        Code = "code",
        /// The account's holder chose it.
        Holder = "holder",
    }
}

terms! {
    /// 密级. The words 绝密, 机密, 秘密 belong to state secrets and are never used.
    Level {
        /// 核心.
        Core = "core",
        /// 重要.
        Important = "important",
        /// 一般.
        General = "general",
    }
}

terms! {
    /// What clearance says of something about to leave.
    Verdict {
        /// 可以外发: no secret point was found, and all of it was read.
        Clear = "clear",
        /// 须经批准: a named person decides.
        Ask = "ask",
        /// 不得外发: a core secret point, or most of one, is in it.
        Stop = "stop",
    }
}

terms! {
    /// What became of a proposal of an inventory.
    Judgement {
        /// 采纳: it became a secret point, or the adjustment was made.
        Accepted = "accepted",
        /// 搁置: looked at, and left for later.
        Aside = "aside",
        /// 不作为商业秘密.
        NotSecret = "not-secret",
    }
}

terms! {
    /// Why something proposed is no secret point.
    NoSecret {
        /// 公众已知悉 (法释〔2020〕7号 art. 4).
        Public = "public",
        /// 一般常识或行业惯例 (art. 4).
        General = "general",
        /// 不具有商业价值 (art. 7).
        NoValue = "no-value",
        /// 属于他人.
        Others = "others",
        /// 已登记为密点.
        Known = "known",
        /// 国家秘密事项, which another law protects.
        State = "state",
        /// 其他.
        Other = "other",
    }
}

terms! {
    /// What a person concludes of two things (法释〔2020〕7号 art. 13 para. 1).
    Sameness {
        /// 相同.
        Same = "same",
        /// 不存在实质性区别, 实质上相同.
        Substantial = "substantial",
        /// 存在实质性区别.
        Different = "different",
        /// 无法判断.
        Open = "open",
    }
}

terms! {
    /// Whether it is technical or business information (法释〔2020〕7号 art. 1).
    Class {
        /// 技术信息.
        Technical = "technical",
        /// 经营信息.
        Business = "business",
    }
}

terms! {
    /// The kind of information (法释〔2020〕7号 art. 1).
    Form {
        /// 结构.
        Structure = "structure",
        /// 原料.
        RawMaterial = "raw-material",
        /// 组分.
        Component = "component",
        /// 配方.
        Formula = "formula",
        /// 材料.
        Material = "material",
        /// 样品.
        Sample = "sample",
        /// 样式.
        Style = "style",
        /// 植物新品种繁殖材料.
        PlantMaterial = "plant-material",
        /// 工艺.
        Process = "process",
        /// 方法或其步骤.
        Method = "method",
        /// 算法.
        Algorithm = "algorithm",
        /// 数据 (technical).
        Data = "data",
        /// 计算机程序及其有关文档.
        Program = "program",
        /// 创意.
        Idea = "idea",
        /// 管理.
        Management = "management",
        /// 销售.
        Sales = "sales",
        /// 财务.
        Finance = "finance",
        /// 计划.
        Plan = "plan",
        /// 样本.
        Specimen = "specimen",
        /// 招投标材料.
        Bid = "bid",
        /// 客户信息.
        Customer = "customer",
        /// 数据 (business).
        BusinessData = "business-data",
        /// Another kind; the list of art. 1 is open (等信息).
        Other = "other",
    }
}

impl Form {
    /// The class that art. 1 counts this kind to; `None` for [`Form::Other`], which fits both.
    pub fn class(self) -> Option<Class> {
        match self {
            Self::Other => None,
            form if form <= Self::Program => Some(Class::Technical),
            _ => Some(Class::Business),
        }
    }
}

terms! {
    /// Protective measures by the items of 法释〔2020〕7号 art. 6.
    MeasureItem {
        /// (1) 签订保密协议或者在合同中约定保密义务.
        Agreement = "agreement",
        /// (2) 章程、培训、规章制度、书面告知.
        Rules = "rules",
        /// (3) 涉密场所限制来访者或者区分管理.
        Zone = "zone",
        /// (4) 标记、分类、隔离、加密、封存、限制接触人员范围.
        Marking = "marking",
        /// (5) 限制设备、网络、存储、软件的使用、访问、存储、复制.
        Devices = "devices",
        /// (6) 离职员工登记、返还、清除、销毁，继续承担义务.
        Leavers = "leavers",
        /// (7) 其他合理保密措施.
        Other = "other",
    }
}

impl MeasureItem {
    /// The number of the item in art. 6, 1 to 7.
    pub fn item(self) -> u8 {
        self as u8 + 1
    }
}

terms! {
    /// How a partner is related to the company.
    Relation {
        /// 供应商.
        Supplier = "supplier",
        /// 客户.
        Customer = "customer",
        /// 合作开发方.
        Cooperation = "cooperation",
        /// 律师、审计等顾问.
        Adviser = "adviser",
        /// 行政、司法机关.
        Agency = "agency",
        /// 其他.
        Other = "other",
    }
}

terms! {
    /// How a witness or a time-stamp authority is related to the company.
    Standing {
        /// The district's station: useful, but never called neutral on its own.
        Station = "station",
        /// An independent third party.
        Independent = "independent",
        /// Run by the company itself: proves order, not neutrality.
        Own = "own",
        /// For drills and the demo only.
        Drill = "drill",
    }
}

terms! {
    /// What a dossier is for.
    Purpose {
        /// 行政举报投诉.
        Complaint = "complaint",
        /// 公安报案.
        Police = "police",
        /// 民事诉讼.
        Suit = "suit",
        /// 保全.
        Preservation = "preservation",
        /// 调解.
        Mediation = "mediation",
        /// 保险.
        Insurance = "insurance",
        /// 认定.
        Recognition = "recognition",
        /// 境外使用:境外的诉讼、调查、谈判.
        Abroad = "abroad",
    }
}

terms! {
    /// How a disclosure ended.
    Ending {
        /// 返还.
        Returned = "returned",
        /// 销毁.
        Destroyed = "destroyed",
    }
}

terms! {
    /// What stands in a station's directory.
    CompanyKind {
        /// 企业.
        Company = "company",
        /// 机构: an institute, university, hospital or other organisation.
        Institution = "institution",
        /// 科研团队: has no credit code of its own.
        Team = "team",
    }
}

terms! {
    /// Tags that public policy knows; a directory may have others, in free words.
    KeyTag {
        /// 专精特新“小巨人”企业.
        Giant = "little-giant",
        /// 上市企业.
        Listed = "listed",
        /// 专精特新中小企业.
        Specialised = "specialised",
        /// 高新技术企业.
        HighTech = "high-tech",
    }
}

impl KeyTag {
    /// The tag that a text in a list means; the longer ones first, since 小巨人 is often written
    /// as 专精特新小巨人.
    pub fn from_text(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(|c| !matches!(c, '“' | '”' | '"' | ' ')).collect();
        let text = ["国家级", "市级", "省级"]
            .iter()
            .find_map(|level| text.strip_prefix(level))
            .unwrap_or(&text);
        let text = ["中小企业", "企业", "公司"]
            .iter()
            .find_map(|end| text.strip_suffix(end))
            .unwrap_or(text);
        match text {
            "小巨人" | "专精特新小巨人" => Some(Self::Giant),
            "上市" => Some(Self::Listed),
            "专精特新" => Some(Self::Specialised),
            "高新" | "高新技术" | "高企" => Some(Self::HighTech),
            word => Self::from_word(&word.to_ascii_lowercase()),
        }
    }

    /// How much it weighs when companies are ordered by whom to serve first: the sum of the
    /// weights orders by the weightiest tag.
    pub const fn weight(self) -> u32 {
        8 >> self as u32
    }
}

terms! {
    /// How far a link between a node and a station has come.
    LinkState {
        /// The station has handed out an invitation.
        Offered = "offered",
        /// The node has used one, and no answer has come yet.
        Asked = "asked",
        /// Both sides know each other's keys.
        Joined = "joined",
        /// One side has ended it.
        Ended = "ended",
    }
}

terms! {
    /// Which way a letter went.
    LetterWay {
        /// Received.
        In = "in",
        /// Sent.
        Out = "out",
    }
}

terms! {
    /// What sort of letter: the first five are filings by a node, the others notices by a station.
    LetterSort {
        /// 求助咨询.
        Question = "question",
        /// 涉密事件报告.
        Report = "report",
        /// 整改进展.
        Progress = "progress",
        /// 申请.
        Application = "application",
        /// 材料.
        Material = "material",
        /// 企业概况, with which the company agrees to what is filed, or takes that back.
        Profile = "profile",
        /// 答复.
        Answer = "answer",
        /// 整改建议, 处方.
        Prescription = "prescription",
        /// 预警.
        Warning = "warning",
        /// 邀请.
        Invitation = "invitation",
        /// 模板, 文本.
        Template = "template",
        /// 通知.
        Notice = "notice",
    }
}

impl LetterSort {
    /// Who writes it.
    pub const fn writer(self) -> Role {
        match self {
            Self::Question
            | Self::Report
            | Self::Progress
            | Self::Application
            | Self::Material
            | Self::Profile => Role::Enterprise,
            Self::Answer
            | Self::Prescription
            | Self::Warning
            | Self::Invitation
            | Self::Template
            | Self::Notice => Role::Station,
        }
    }
}

impl LetterSort {
    /// Whether people write it as they like: a profile is put together field by field.
    pub const fn is_free(self) -> bool {
        !matches!(self, Self::Profile)
    }
}

terms! {
    /// What a company may file of itself with a station (企业概况), each only if it ticks it.
    ProfileField {
        /// 统一社会信用代码.
        Code = "code",
        /// 行业领域.
        Field = "field",
        /// 园区.
        Park = "park",
        /// 街道.
        Street = "street",
        /// 企业标签.
        Tags = "tags",
        /// 从业人数.
        Headcount = "headcount",
        /// 研发人数.
        Researchers = "researchers",
        /// 商业秘密负责人.
        Officer = "officer",
        /// 联系方式.
        Contact = "contact",
        /// 自评得分, by the node's own ledger.
        Score = "score",
        /// 密点数 by level.
        Points = "points",
    }
}

impl ProfileField {
    /// The key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Code => "profile-code",
            Self::Field => "profile-field",
            Self::Park => "profile-park",
            Self::Street => "profile-street",
            Self::Tags => "profile-tags",
            Self::Headcount => "profile-headcount",
            Self::Researchers => "profile-researchers",
            Self::Officer => "profile-officer",
            Self::Contact => "profile-contact",
            Self::Score => "profile-score",
            Self::Points => "profile-points",
        }
    }

    /// Whether the node reckons it, instead of somebody typing it.
    pub const fn is_reckoned(self) -> bool {
        matches!(self, Self::Score | Self::Points)
    }
}

terms! {
    /// What a station gives to companies.
    Service {
        /// 走访.
        Visit = "visit",
        /// 宣讲培训, 送法入企.
        Training = "training",
        /// 问诊开方.
        Diagnosis = "diagnosis",
        /// 一对一服务.
        OneToOne = "one-to-one",
        /// 咨询答复.
        Advice = "advice",
        /// 认定培育.
        Recognition = "recognition",
        /// 维权援助.
        Rights = "rights",
    }
}

impl Service {
    /// Its bit in a set of services.
    pub const fn bit(self) -> u32 {
        1 << self as u32
    }
}

terms! {
    /// What requests, visits and prescriptions are about, and what experts know about.
    Theme {
        /// 定密与价值.
        Identification = "identification",
        /// 人员.
        People = "people",
        /// 载体与系统.
        Carriers = "carriers",
        /// 场所.
        Premises = "premises",
        /// 合作方.
        Partners = "partners",
        /// 应急处置.
        Incident = "incident",
        /// 维权与诉讼.
        Remedies = "remedies",
        /// 海外.
        Overseas = "overseas",
        /// 其他.
        Other = "other",
    }
}

terms! {
    /// Where a case came from (市场监督管理行政处罚程序规定 art. 18.1 names the ways of a clue).
    CaseSource {
        /// 权利人举报或申请,附举证卷宗.
        Dossier = "dossier",
        /// 书面.
        Paper = "paper",
        /// 电话.
        Phone = "phone",
        /// 来访.
        Desk = "desk",
        /// 其他机关移送.
        Agency = "agency",
        /// 上级交办.
        Superior = "superior",
        /// 依职权发现.
        Own = "own",
    }
}

terms! {
    /// How a request reached the station.
    Channel {
        /// 书面.
        Paper = "paper",
        /// 电话.
        Phone = "phone",
        /// 来访.
        Desk = "desk",
        /// 走访时提出.
        Visit = "visit",
        /// 活动中提出.
        Event = "event",
        /// 网络.
        Online = "online",
    }
}

terms! {
    /// How far a request is.
    RequestState {
        /// 待分派.
        New = "new",
        /// 已分派.
        Routed = "routed",
        /// 已答复.
        Replied = "replied",
        /// 已办结.
        Closed = "closed",
    }
}

terms! {
    /// How a request was closed.
    Closing {
        /// 已解决.
        Settled = "settled",
        /// 转其他机构办理.
        Referred = "referred",
        /// 企业撤回.
        Withdrawn = "withdrawn",
    }
}

terms! {
    /// How far a visit is.
    VisitState {
        /// 已安排.
        Planned = "planned",
        /// 已完成.
        Made = "made",
        /// 已取消.
        Cancelled = "cancelled",
    }
}

terms! {
    /// What was seen at a point of a checklist.
    Mark {
        /// 符合.
        Fine = "fine",
        /// 有缺口.
        Wanting = "wanting",
        /// 不适用.
        NotApplicable = "not-applicable",
        /// 未查看.
        Unseen = "unseen",
    }
}

terms! {
    /// How grave a wanting point is.
    Grade {
        /// 高.
        High = "high",
        /// 中.
        Medium = "medium",
        /// 低.
        Low = "low",
    }
}

terms! {
    /// How far a company says it has come with a prescription.
    Pace {
        /// 已着手.
        Started = "started",
        /// 受阻.
        Blocked = "blocked",
        /// 企业称已完成.
        Done = "done",
    }
}

terms! {
    /// What a look at a prescription ended with.
    Review {
        /// 已整改.
        Cured = "cured",
        /// 未整改到位.
        Wanting = "wanting",
        /// 不再适用.
        Dropped = "dropped",
    }
}

terms! {
    /// How far a prescription is.
    Cure {
        /// 待整改.
        Open = "open",
        /// 整改中.
        Started = "started",
        /// 受阻.
        Blocked = "blocked",
        /// 待复查: the company says that it is done.
        Done = "done",
        /// 已整改.
        Cured = "cured",
        /// 不再适用.
        Dropped = "dropped",
    }
}

impl Cure {
    /// Where a company's word leaves a prescription; only a look ends it.
    pub const fn after(pace: Pace) -> Self {
        match pace {
            Pace::Started => Self::Started,
            Pace::Blocked => Self::Blocked,
            Pace::Done => Self::Done,
        }
    }
}

terms! {
    /// What one word on a prescription says, whoever said it.
    Said {
        /// 已着手.
        Started = "started",
        /// 受阻.
        Blocked = "blocked",
        /// 称已完成.
        Done = "done",
        /// 已整改.
        Cured = "cured",
        /// 未整改到位.
        Wanting = "wanting",
        /// 不再适用.
        Dropped = "dropped",
    }
}

impl Said {
    /// Where it leaves a prescription.
    pub const fn leaves(self) -> Cure {
        match self {
            Self::Started => Cure::Started,
            Self::Blocked => Cure::Blocked,
            Self::Done => Cure::Done,
            Self::Cured => Cure::Cured,
            Self::Wanting => Cure::Open,
            Self::Dropped => Cure::Dropped,
        }
    }
}

terms! {
    /// How far an activity is.
    ActivityState {
        /// 报名中, 待举办.
        Planned = "planned",
        /// 已举办.
        Held = "held",
        /// 已取消.
        Cancelled = "cancelled",
    }
}

terms! {
    /// How somebody registered for an activity.
    SignUp {
        /// 公开页面.
        Public = "public",
        /// 工作站登记.
        Desk = "desk",
        /// 企业节点.
        Node = "node",
    }
}

terms! {
    /// What a station asks of a company.
    TaskSort {
        /// 整改: what a prescription asks for.
        Prescription = "prescription",
        /// 预警: something to look at.
        Warning = "warning",
        /// 邀请: something to come to.
        Invitation = "invitation",
    }
}

terms! {
    /// How far a recognition is.
    RecognitionState {
        /// 待受理: applied for.
        Applied = "applied",
        /// 评审中: two reviewers look at it.
        Assigned = "assigned",
        /// 待公示: agreed, and enough.
        Passed = "passed",
        /// 公示中.
        Notice = "notice",
        /// 已认定.
        Awarded = "awarded",
        /// 未通过: agreed, and not enough.
        Failed = "failed",
        /// 已终止.
        Ended = "ended",
    }
}

impl RecognitionState {
    /// Whether nothing more is to be done.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Failed | Self::Ended)
    }
}

terms! {
    /// How a recognition ended.
    Unrecognition {
        /// 不予认定: before the award.
        Refused = "refused",
        /// 企业撤回: before the award.
        Withdrawn = "withdrawn",
        /// 撤销.
        Revoked = "revoked",
        /// 主动放弃.
        Returned = "returned",
    }
}

impl Unrecognition {
    /// Whether it ends one that was awarded.
    pub const fn after_award(self) -> bool {
        matches!(self, Self::Revoked | Self::Returned)
    }
}

terms! {
    /// What a person says of a control.
    Answer {
        /// 符合.
        Met = "met",
        /// 不符合.
        Unmet = "unmet",
        /// 不适用.
        Exempt = "exempt",
    }
}

terms! {
    /// What kind of act is suspected in an incident.
    Conduct {
        /// 违反保密义务或者保密要求.
        Breach = "breach",
        /// 以不正当手段获取.
        Acquisition = "acquisition",
        /// 披露、使用以不正当手段获取的.
        Use = "use",
        /// 教唆、引诱、帮助.
        Inducement = "inducement",
        /// 第三人明知或者应知.
        ThirdParty = "third-party",
        /// 为境外.
        Foreign = "foreign",
    }
}

terms! {
    /// What came of an incident.
    Outcome {
        /// 未发现泄露.
        Unfounded = "unfounded",
        /// 内部处理, 不维权.
        Internal = "internal",
        /// 和解或者调解.
        Settled = "settled",
        /// 已举报, 由行政机关处理.
        Reported = "reported",
        /// 已报案.
        Police = "police",
        /// 已起诉或者申请仲裁.
        Sued = "sued",
    }
}

terms! {
    /// What a yearly check of a recognition came to.
    Check {
        /// 保持.
        Kept = "kept",
        /// 限期改进.
        Improve = "improve",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_fall_into_the_classes_of_article_1() {
        assert_eq!(Form::Structure.class(), Some(Class::Technical));
        assert_eq!(Form::Program.class(), Some(Class::Technical));
        assert_eq!(Form::Idea.class(), Some(Class::Business));
        assert_eq!(Form::BusinessData.class(), Some(Class::Business));
        assert_eq!(MeasureItem::Agreement.item(), 1);
        assert_eq!(MeasureItem::Other.item(), 7);
    }

    #[test]
    fn key_tags_are_known_in_the_words_of_lists() {
        for (text, tag) in [
            ("高新技术企业", Some(KeyTag::HighTech)),
            ("高新", Some(KeyTag::HighTech)),
            ("国家级专精特新“小巨人”企业", Some(KeyTag::Giant)),
            ("市级专精特新", Some(KeyTag::Specialised)),
            ("专精特新中小企业", Some(KeyTag::Specialised)),
            ("上市公司", Some(KeyTag::Listed)),
            ("Listed", Some(KeyTag::Listed)),
            ("拟上市", None),
            ("瞪羚", None),
        ] {
            assert_eq!(KeyTag::from_text(text), tag, "{text}");
        }
        let weights: Vec<_> = KeyTag::ALL.iter().map(|tag| tag.weight()).collect();
        assert_eq!(weights, [8, 4, 2, 1]);
    }
}

terms! {
    /// Which side of a blind comparison.
    BlindSide {
        /// 发起方.
        Offerer = "offerer",
        /// 应答方.
        Answerer = "answerer",
    }
}

terms! {
    /// What did not hold in the other's message of a blind comparison.
    BlindFault {
        /// 证明不成立.
        Proof = "proof",
        /// 数目不符.
        Count = "count",
        /// 内容不合规定.
        Point = "point",
    }
}

terms! {
    /// What the documents of a public corpus are.
    CorpusSort {
        /// 专利.
        Patents = "patents",
        /// 论文.
        Papers = "papers",
        /// 网页.
        Web = "web",
        /// 软件包源码.
        Packages = "packages",
        /// 标准.
        Standards = "standards",
        /// 其他.
        Other = "other",
    }
}

terms! {
    /// Whether what an earlier record of work held is still there.
    Thread {
        /// 前次记录的全部提交和文件都在.
        Unbroken = "unbroken",
        /// 前次记录的提交都在，有文件变动或不在.
        Changed = "changed",
        /// 前次记录的提交有的不在了.
        Rewritten = "rewritten",
    }
}

terms! {
    /// What an organisation that takes part is; what it sees follows from it ([`crate::reach`]).
    OrganisationKind {
        /// 主管部门: the bureau that runs the station.
        Bureau = "bureau",
        /// 市场监管.
        Market = "market",
        /// 公安.
        Police = "police",
        /// 检察.
        Procuratorate = "procuratorate",
        /// 法院.
        Court = "court",
        /// 仲裁.
        Arbitration = "arbitration",
        /// 园区.
        Park = "park",
        /// 街道.
        Street = "street",
        /// 行业协会.
        Association = "association",
        /// 律师事务所.
        Firm = "firm",
        /// 保险机构.
        Insurer = "insurer",
        /// 维权服务站.
        Rights = "rights",
        /// 联盟.
        Alliance = "alliance",
    }
}

terms! {
    /// Why a person's data is to be erased (个人信息保护法 art. 47, in the order of its items).
    ErasureGround {
        /// 处理目的已实现、无法实现或者不再必要.
        Purpose = "purpose",
        /// 停止提供产品或者服务, 或者保存期限已届满.
        Ended = "ended",
        /// 个人撤回同意.
        Consent = "consent",
        /// 违反法律、行政法规或者约定.
        Unlawful = "unlawful",
        /// 法律、行政法规规定的其他情形.
        Other = "other",
    }
}

terms! {
    /// What one organisation asks another for.
    AssistanceSort {
        /// 线索报送.
        Lead = "lead",
        /// 协助取证.
        Evidence = "evidence",
        /// 鉴定与专业意见.
        Opinion = "opinion",
        /// 案件移送与衔接.
        Transfer = "transfer",
        /// 联合行动.
        Joint = "joint",
        /// 转介.
        Referral = "referral",
        /// 互助.
        Aid = "aid",
        /// 信息查询.
        Inquiry = "inquiry",
        /// 其他.
        Other = "other",
    }
}

terms! {
    /// How far a request for assistance is.
    AssistanceState {
        /// 待签收.
        Asked = "asked",
        /// 已签收.
        Received = "received",
        /// 办理中: it was looked at and given to somebody.
        Triaged = "triaged",
        /// 已升级: it went to a third organisation, since it was late or turned down.
        Escalated = "escalated",
        /// 已答复.
        Replied = "replied",
        /// 已办结.
        Closed = "closed",
    }
}

terms! {
    /// What was answered to a request for assistance.
    AssistanceAnswer {
        /// 已协助.
        Given = "given",
        /// 部分协助.
        Partly = "partly",
        /// 不予协助.
        Declined = "declined",
        /// 不属本单位职责.
        Misdirected = "misdirected",
    }
}

impl AssistanceAnswer {
    /// Whether whoever asked got nothing, and may take it further.
    pub fn turned_down(self) -> bool {
        matches!(self, Self::Declined | Self::Misdirected)
    }
}

terms! {
    /// What a follow-up to an answered request found.
    FollowUp {
        /// 已解决.
        Helped = "helped",
        /// 部分解决.
        Partly = "partly",
        /// 没有解决.
        Unhelped = "unhelped",
    }
}

terms! {
    /// What an item of an engagement's plan is.
    ItemSort {
        /// 工作事项.
        Step = "step",
        /// 成果.
        Result = "result",
        /// 付款节点.
        Payment = "payment",
    }
}

terms! {
    /// How an engagement ended.
    EngagementEnd {
        /// 履约完成.
        Done = "done",
        /// 提前终止.
        Terminated = "terminated",
    }
}

terms! {
    /// Why a firm must keep away from a company.
    ConflictReason {
        /// 在案件中代理对方: it acts against the company in a case.
        Against = "against",
        /// 正为该企业案件的对方服务: told by the program from cases and engagements.
        Client = "client",
        /// 曾代理对方: it did so not long ago.
        Former = "former",
        /// 竞争对手的常年顾问.
        Rival = "rival",
        /// 持股、任职或亲属关系.
        Interest = "interest",
        /// 自行申报.
        Declared = "declared",
    }
}
