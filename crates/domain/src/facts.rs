//! What the rules need to know before they decide: read in the transaction that will append.

use std::collections::{BTreeMap, BTreeSet};

use crate::command::{AddCompany, Command, ReviseCompany};
use crate::credit_code::CreditCode;
use crate::moment::{Day, Moment};
use crate::number::{Number, Series};
use crate::terms::{
    AccountRole, AssistanceAnswer, AssistanceState, CompanyKind, ConflictReason, ItemSort, Level,
    LinkState, OrganisationKind, RecognitionState, Role, Verdict, VisitState,
};

/// One thing a command needs to know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Whether the newest answers of the export check on a secret point are clear.
    Export(Number),
    /// The head of a secret point.
    Secret(Number),
    /// Whether this person, partner, measure, agreement or disclosure exists, and its state.
    Thing(Number),
    /// The last count given out in a series.
    Last(Series),
    /// Whether a witness of this name is asked.
    Witness(String),
    /// Whether an authority of this name is asked.
    Authority(String),
    /// Whether a person may know a secret point now.
    Clearance(Number, Number),
    /// What this node is.
    Role,
    /// The head of an entry of the directory.
    Company(Number),
    /// Which entry of the directory has this credit code.
    CompanyOf(CreditCode),
    /// Which entry without credit code has this name.
    Uncoded(String),
    /// The head of a link.
    Link(Number),
    /// Which link has this name.
    LinkNamed(String),
    /// The head of something that is to leave.
    Release(Number),
    /// The secret points of a comparison.
    Comparison(Number),
    /// An inventory, with one of its proposals.
    Inventory(Number, u32),
    /// The head of an incident.
    Incident(Number),
    /// A batch of copies.
    Batch(Number),
    /// Whether a partner's agreements are in force on a secret point.
    Bound(Number, Number),
    /// The head of an expert, a request, a visit or a prescription.
    Desk(Number),
    /// The head of an account.
    Account(Number),
    /// The head of a recognition.
    Recognition(Number),
    /// Which recognition by a scheme an entry of the directory has, or has applied for.
    Recognised(Number, String),
    /// Whether a received letter has had its effect.
    Settled(Number, u64),
    /// The head of a task, and its link.
    Task(Number),
    /// The head of the task that has this number at the other end of a link.
    TaskOf(Number, Number),
    /// The head of a registration for an activity.
    Registration(Number, u32),
    /// Whether a rule of early warning is scored and on.
    Rule(String),
    /// Whether an alert of a rule on a matter is open.
    Matter(String, String),
    /// How a person or a secret point is kept.
    Custody(Number),
    /// Whether a company is a member of an organisation.
    Member(Number, Number),
    /// Why a firm must keep away from a company.
    Against(Number, Number),
}

/// The head of a secret point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretHead {
    /// Its level.
    pub level: Level,
    /// Whether it has ended: it was declassified, or merged.
    pub declassified: bool,
    /// Into which one it was merged.
    pub merged: Option<Number>,
    /// The number of editions of its properties.
    pub edition: u32,
    /// Its statements that stand: number and edition.
    pub statements: BTreeMap<u32, u32>,
    /// The highest statement number ever given.
    pub last_statement: u32,
    /// Its carriers that stand.
    pub carriers: Vec<u32>,
    /// The highest carrier number ever given.
    pub last_carrier: u32,
}

/// The head of any other thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThingHead {
    /// Whether it has ended (a measure) or was closed (a disclosure).
    pub ended: bool,
    /// The partner of an agreement.
    pub partner: Option<Number>,
    /// The number of papers it has.
    pub papers: u32,
    /// Whether what was sealed about it was destroyed.
    pub erased: bool,
}

/// The head of a batch of copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchHead {
    /// Its copies, to whom each goes, and whether it was made.
    pub copies: Vec<(Number, Number, bool)>,
}

/// The head of an entry of the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompanyHead {
    /// The number of editions of its properties.
    pub edition: u32,
    /// Company, institution or team.
    pub kind: CompanyKind,
    /// Its credit code.
    pub code: Option<CreditCode>,
    /// Into which entry it was merged.
    pub merged_into: Option<Number>,
}

/// The head of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkHead {
    /// How far it has come.
    pub state: LinkState,
    /// Its name on both sides, in hex.
    pub link: String,
    /// The last day of its invitation.
    pub until: Option<Day>,
    /// For whom the invitation is meant.
    pub company: Option<Number>,
    /// How many letters were sent, and the digest of the last in hex.
    pub sent: (u64, String),
    /// How many letters were received, and the digest of the last in hex.
    pub received: (u64, String),
    /// Whether a profile is filed on it that was not taken back.
    pub filed: bool,
}
/// The head of something that is to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseHead {
    /// What was said to it.
    pub verdict: Verdict,
    /// Whose approval it needs, each of them; none named: that of any person.
    pub approvers: Vec<Number>,
    /// Who has approved.
    pub approved: Vec<Number>,
    /// Whether somebody has refused.
    pub refused: bool,
}

impl ReleaseHead {
    /// Whether all that it needs have approved.
    pub fn may_leave(&self) -> bool {
        let asked = !self.approved.is_empty() || self.verdict == Verdict::Clear;
        let all = self.approvers.iter().all(|person| self.approved.contains(person));
        !self.refused && self.verdict != Verdict::Stop && asked && all
    }
}

/// The head of something on a workstation's desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeskHead {
    /// An expert.
    Expert(ExpertHead),
    /// A request.
    Request(RequestHead),
    /// A visit.
    Visit(VisitHead),
    /// A prescription.
    Prescription(PrescriptionHead),
    /// A case.
    Case(CaseHead),
    /// An activity.
    Activity(ActivityHead),
    /// An alert.
    Warning(WarningHead),
    /// An organisation.
    Organisation(OrganisationHead),
    /// A request for assistance.
    Assistance(AssistanceHead),
    /// Who was awarded by a procurement.
    Procurement(Vec<Number>),
    /// An engagement.
    Engagement(EngagementHead),
}

/// A reason why a firm must keep away from a company, and the case it is about.
pub type Against = (ConflictReason, Option<Number>);

/// The head of an engagement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngagementHead {
    /// The firm.
    pub organisation: Number,
    /// The company.
    pub company: Number,
    /// First day.
    pub from: Day,
    /// Whether it ended.
    pub ended: bool,
    /// The items of its plan, in their order.
    pub items: Vec<ItemHead>,
}

/// The head of an item of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemHead {
    /// A step, a result or a payment.
    pub sort: ItemSort,
    /// Whether it was handed in and waits for a look.
    pub delivered: bool,
    /// Whether it was accepted, or paid.
    pub accepted: bool,
    /// Of a payment, in fen.
    pub amount: u64,
    /// The item that a payment waits for.
    pub after: Option<u32>,
}

/// The head of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationHead {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// Whether it takes part no more.
    pub ended: bool,
}

/// The head of a request for assistance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssistanceHead {
    /// Who asks.
    pub from: Number,
    /// Who is asked.
    pub to: Number,
    /// To whom it went when it was late or turned down.
    pub escalated: Option<Number>,
    /// How far it is.
    pub state: AssistanceState,
    /// The last answer.
    pub answer: Option<AssistanceAnswer>,
    /// When it should be answered.
    pub due: Day,
}

/// The head of an alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WarningHead {
    /// Whether it was closed.
    pub closed: bool,
}

/// How a rule of early warning stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleHead {
    /// What of it was scored last, and the digest of the score.
    pub scored: Option<(String, String)>,
    /// What of it is on.
    pub on: Option<String>,
}

/// The head of an activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityHead {
    /// What it is called.
    pub title: String,
    /// When it is.
    pub day: Day,
    /// The last day to register.
    pub closes: Day,
    /// Whether anybody may register.
    pub open: bool,
    /// How many can come; 0 for any number.
    pub seats: u32,
    /// Registrations ever.
    pub registrations: u32,
    /// Registrations that stand.
    pub taken: u32,
    /// How many came.
    pub came: u32,
    /// Companies of the directory from which somebody came.
    pub companies: Vec<Number>,
    /// Questions ever.
    pub questions: u32,
    /// Whether it was cancelled.
    pub cancelled: bool,
    /// Whether it was held.
    pub held: bool,
}

/// The head of a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegistrationHead {
    /// Whether it was withdrawn.
    pub withdrawn: bool,
    /// Whether somebody came.
    pub came: bool,
    /// Whether somebody said how it was.
    pub rated: bool,
}

/// The head of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseHead {
    /// How many steps stand.
    pub steps: u32,
    /// The number of the last step that stands.
    pub last_step: Option<u32>,
    /// The last number given to a step, also to one taken back.
    pub last_step_ever: u32,
    /// What is in the file.
    pub items: Vec<String>,
    /// Whose secret it is about.
    pub company: Option<Number>,
}

/// The head of an expert.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExpertHead {
    /// Last day of the term.
    pub until: Option<Day>,
    /// Whether the expert has left.
    pub ended: bool,
    /// 所在单位.
    pub organisation: String,
    /// Companies to keep away from.
    pub conflicts: Vec<Number>,
}

/// The head of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestHead {
    /// Whose it is.
    pub company: Number,
    /// Its title.
    pub title: String,
    /// To which expert it went.
    pub expert: Option<Number>,
    /// At whose desk it lies.
    pub organisation: Option<Number>,
    /// Whether it was answered.
    pub replied: bool,
    /// Whether it is over.
    pub closed: bool,
}

/// The head of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitHead {
    /// Where.
    pub company: Number,
    /// What for.
    pub title: String,
    /// The checklist, with its edition.
    pub checklist: String,
    /// How far it is.
    pub state: VisitState,
}

/// The head of a prescription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrescriptionHead {
    /// For whom.
    pub company: Number,
    /// Whether it is over.
    pub closed: bool,
    /// How many words the station has said on it.
    pub steps: u32,
}

/// The head of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskHead {
    /// Its number.
    pub no: Number,
    /// The link it came by.
    pub link: Number,
    /// Whether it is over.
    pub closed: bool,
    /// How many words the station has said on it, as far as they came.
    pub seen: u32,
}

/// The head of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountHead {
    /// What it may do.
    pub role: AccountRole,
    /// Whose it is.
    pub holder: Option<Number>,
    /// Whether it was closed.
    pub closed: bool,
}
/// The head of a recognition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecognitionHead {
    /// Whose it is.
    pub company: Number,
    /// As what, with the edition of the scheme.
    pub scheme: String,
    /// How far it is.
    pub state: RecognitionState,
    /// Criteria that there is evidence for.
    pub evidenced: Vec<String>,
    /// How many papers it has.
    pub papers: u32,
    /// Who reviews.
    pub experts: Vec<Number>,
    /// Reviews: by whom, the sum in tenths, what excludes.
    pub reviews: Vec<(Number, u32, Vec<String>)>,
    /// Whether somebody looked on the spot.
    pub visited: bool,
    /// The last day of the public notice.
    pub until: Option<Day>,
    /// Objections in their order: whether each was found right; `None` when nobody has looked.
    pub objections: Vec<Option<bool>>,
}

/// What was found for a command's needs.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The journal's clock.
    pub now: Moment,
    /// Today where the company is.
    pub today: Day,
    /// The last moment received; `None` for an empty ledger.
    pub last_received: Option<Moment>,
    /// Secret points that exist.
    pub secrets: BTreeMap<Number, SecretHead>,
    /// Other things that exist.
    pub things: BTreeMap<Number, ThingHead>,
    /// The last count given out per series; absent means none yet.
    pub last: BTreeMap<Series, u32>,
    /// Witnesses asked, of those needed.
    pub witnesses: Vec<String>,
    /// Authorities asked, of those needed.
    pub authorities: Vec<String>,
    /// Clearances in force, of those needed: person and secret point.
    pub clearances: Vec<(Number, Number)>,
    /// What this node is; `None` as long as there is none.
    pub role: Option<Role>,
    /// Entries of the directory that exist.
    pub companies: BTreeMap<Number, CompanyHead>,
    /// Which entries have the codes that were asked for.
    pub company_of: BTreeMap<CreditCode, Number>,
    /// Which entries without code have the names that were asked for.
    pub uncoded: BTreeMap<String, Number>,
    /// Links that exist.
    pub links: BTreeMap<Number, LinkHead>,
    /// Which links have the names that were asked for.
    pub link_named: BTreeMap<String, Number>,
    /// Things that are to leave.
    pub releases: BTreeMap<Number, ReleaseHead>,
    /// Comparisons that exist, and the secret points on their left side.
    pub comparisons: BTreeMap<Number, Vec<Number>>,
    /// Inventories that exist, each with the proposal that was asked for.
    pub inventories: BTreeMap<Number, crate::inventory::Head>,
    /// Incidents that exist.
    pub incidents: BTreeMap<Number, crate::incident::Head>,
    /// Batches of copies that exist.
    pub batches: BTreeMap<Number, BatchHead>,
    /// Partners whose agreements on a secret point have all ended, and the last day of the last.
    pub unbound: BTreeMap<Number, Day>,
    /// What lies on the workstation's desk.
    pub desk: BTreeMap<Number, DeskHead>,
    /// Accounts that exist.
    pub accounts: BTreeMap<Number, AccountHead>,
    /// Recognitions that exist.
    pub recognitions: BTreeMap<Number, RecognitionHead>,
    /// Recognitions that are not over, by whose they are and the scheme.
    pub recognised: BTreeMap<(Number, String), Number>,
    /// Received letters that have had their effect, of those needed.
    pub settled: BTreeSet<(Number, u64)>,
    /// Tasks that exist.
    pub tasks: BTreeMap<Number, TaskHead>,
    /// The same by their link and their number at its other end.
    pub task_of: BTreeMap<(Number, Number), TaskHead>,
    /// Registrations that were asked for.
    pub registrations: BTreeMap<(Number, u32), RegistrationHead>,
    /// Rules of early warning that were asked for.
    pub rules: BTreeMap<String, RuleHead>,
    /// Matters with an open alert, of those needed: rule and matter.
    pub matters: BTreeSet<(String, String)>,
    /// Whether the newest answers of the export check on a secret point are clear.
    pub exports: BTreeMap<Number, bool>,
    /// How persons and secret points are kept, of those needed.
    pub custody: BTreeMap<Number, crate::custody::Custody>,
    /// Who is a member of which organisation, of those needed: organisation and company.
    pub members: BTreeSet<(Number, Number)>,
    /// Why a firm must keep away from a company, of those needed: firm and company, then reasons
    /// with the case each is about.
    pub against: BTreeMap<(Number, Number), Vec<Against>>,
}

impl Facts {
    /// No facts but the clock.
    pub fn at(now: Moment, today: Day, last_received: Option<Moment>) -> Self {
        Self {
            now,
            today,
            last_received,
            secrets: BTreeMap::new(),
            things: BTreeMap::new(),
            last: BTreeMap::new(),
            witnesses: Vec::new(),
            authorities: Vec::new(),
            clearances: Vec::new(),
            role: None,
            companies: BTreeMap::new(),
            company_of: BTreeMap::new(),
            uncoded: BTreeMap::new(),
            links: BTreeMap::new(),
            link_named: BTreeMap::new(),
            releases: BTreeMap::new(),
            comparisons: BTreeMap::new(),
            inventories: BTreeMap::new(),
            incidents: BTreeMap::new(),
            batches: BTreeMap::new(),
            unbound: BTreeMap::new(),
            desk: BTreeMap::new(),
            accounts: BTreeMap::new(),
            recognitions: BTreeMap::new(),
            recognised: BTreeMap::new(),
            settled: BTreeSet::new(),
            tasks: BTreeMap::new(),
            task_of: BTreeMap::new(),
            registrations: BTreeMap::new(),
            rules: BTreeMap::new(),
            matters: BTreeSet::new(),
            exports: BTreeMap::new(),
            custody: BTreeMap::new(),
            members: BTreeSet::new(),
            against: BTreeMap::new(),
        }
    }
}

impl AddCompany {
    fn needs(&self) -> Need {
        match self.code {
            Some(code) => Need::CompanyOf(code),
            None => Need::Uncoded(self.name.trim().to_owned()),
        }
    }
}

impl ReviseCompany {
    fn needs(&self) -> Vec<Need> {
        let mut needs = vec![Need::Company(self.company)];
        needs.extend(self.code.map(Need::CompanyOf));
        needs
    }
}

impl Command {
    /// What must be looked up before this command can be decided.
    pub fn needs(&self) -> Vec<Need> {
        let mut needs = self.own_needs();
        if self.role().is_some() {
            needs.push(Need::Role);
        }
        needs
    }

    fn own_needs(&self) -> Vec<Need> {
        use Need::{Authority, Clearance, Last, Secret, Thing, Witness};
        match self {
            Self::CreateNode(_)
            | Self::SetClockBack { .. }
            | Self::ChangeKeys { .. }
            | Self::BuildIndex(_) => vec![],
            Self::RecordSweep(_) => vec![Last(Series::Sweep)],
            Self::AskRelease(c) => {
                let mut needs = vec![Last(Series::Release)];
                needs.extend(c.approvers.iter().copied().map(Thing));
                needs
            }
            Self::AnswerRelease { release, person, .. } => {
                vec![Need::Release(*release), Thing(*person)]
            }
            Self::RecordComparison(c) => {
                let mut needs = vec![Last(Series::Comparison)];
                needs.extend(c.secrets.iter().copied().map(Secret));
                needs
            }
            Self::ConcludeComparison(c) => {
                vec![Need::Comparison(c.comparison), Secret(c.secret), Thing(c.person)]
            }
            Self::Inventory(wish) => wish.needs(),
            Self::Corpora(wish) => wish.needs(),
            Self::Blind(wish) => wish.needs(),
            Self::Overseas(wish) => wish.needs(),
            Self::RecordWork(c) => c.needs(),
            Self::Incident(wish) => wish.needs(),
            Self::Custody(wish) => wish.needs(),
            Self::Lineage(wish) => wish.needs(),
            Self::AddPerson(_) => vec![Last(Series::Person)],
            Self::AddPartner(_) => vec![Last(Series::Partner)],
            Self::RegisterSecret(c) => {
                let mut needs = vec![Last(Series::Secret)];
                needs.extend(c.owner.map(Thing));
                needs
            }
            Self::ReviseSecret(no, c) => {
                let mut needs = vec![Secret(*no)];
                needs.extend(c.owner.map(Thing));
                needs
            }
            Self::LevelSecret { secret, .. }
            | Self::DeclassifySecret { secret, .. }
            | Self::ViewSecret { secret, .. } => vec![Secret(*secret)],
            Self::AddMeasure(_) => vec![Last(Series::Measure)],
            Self::MatchMeasure { measure, secret, .. } => vec![Thing(*measure), Secret(*secret)],
            Self::EndMeasure { measure, .. } => vec![Thing(*measure)],
            Self::ClearPerson { person, secret, .. } | Self::BarPerson { person, secret, .. } => {
                vec![Thing(*person), Secret(*secret), Clearance(*person, *secret)]
            }
            Self::AgreePartner(c) => {
                let mut needs = vec![Last(Series::Agreement), Thing(c.partner)];
                needs.extend(c.secrets.iter().flatten().copied().map(Secret));
                needs
            }
            Self::AddPapers { about, .. } => vec![Thing(*about)],
            Self::Disclose(c) => {
                let mut needs = vec![Last(Series::Disclosure), Secret(c.secret), Thing(c.partner)];
                needs.extend(c.person.map(Thing));
                needs.extend(c.agreement.map(Thing));
                needs
            }
            Self::CloseDisclosure { disclosure, .. } => vec![Thing(*disclosure)],
            Self::AddWitness { name, .. } | Self::RemoveWitness { name, .. } => {
                vec![Witness(name.clone())]
            }
            Self::AddAuthority { name, .. } | Self::RemoveAuthority { name, .. } => {
                vec![Authority(name.clone())]
            }
            Self::BuildDossier { secrets, purpose, .. } => {
                let mut needs = vec![Last(Series::Dossier)];
                needs.extend(secrets.iter().copied().map(Secret));
                if *purpose == crate::terms::Purpose::Abroad {
                    needs.extend(secrets.iter().copied().map(Need::Export));
                }
                needs
            }
            Self::AddCompany(c) => vec![Last(Series::Company), c.needs()],
            Self::ReviseCompany(c) => c.needs(),
            Self::MergeCompany { company, into, .. } => {
                vec![Need::Company(*company), Need::Company(*into)]
            }
            Self::ImportDirectory(c) => {
                let mut needs = vec![Last(Series::Company)];
                needs.extend(c.added.iter().map(AddCompany::needs));
                needs.extend(c.revised.iter().flat_map(ReviseCompany::needs));
                needs
            }
            Self::GiveService { companies, .. } => {
                companies.iter().copied().map(Need::Company).collect()
            }
            Self::OfferLink(c) => {
                let mut needs = vec![Last(Series::Link)];
                needs.extend(c.company.map(Need::Company));
                needs
            }
            Self::AskLink(c) => vec![Last(Series::Link), Need::LinkNamed(c.link.clone())],
            Self::JoinLink(c) => {
                let mut needs = vec![Need::Link(c.no)];
                needs.extend(c.code.map(Need::CompanyOf));
                needs
            }
            Self::EndLink { link, .. }
            | Self::SendLetter { link, .. }
            | Self::ReceiveLetter { link, .. }
            | Self::OpenLetter { link, .. } => vec![Need::Link(*link)],
            Self::CommitCopies(c) => {
                let mut needs = vec![Last(Series::Batch), Last(Series::Copy), Secret(c.secret)];
                needs.extend(c.recipients.iter().copied().map(Thing));
                needs.extend(c.recipients.iter().map(|&no| Need::Bound(no, c.secret)));
                needs
            }
            Self::IssueCopies { batch, .. } => vec![Need::Batch(*batch)],
            Self::ReceiveCopy { copy, .. } | Self::EndCopy { copy, .. } => vec![Thing(*copy)],
            Self::RecallCopies { copies, .. } => copies.iter().copied().map(Thing).collect(),
            Self::ReadFind { batches, .. } => {
                let mut needs = vec![Last(Series::Find)];
                needs.extend(batches.iter().map(|(no, _)| Need::Batch(*no)));
                needs
            }
            Self::TraceFind { find, named, .. } => {
                let mut needs = vec![Thing(*find)];
                needs.extend(named.iter().copied().map(Thing));
                needs
            }
            Self::Workstation(wish) => wish.needs(),
            Self::Account(wish) => wish.needs(),
            Self::Casework(wish) => wish.needs(),
            Self::Recognition(wish) => wish.needs(),
            Self::Effect(wish) => wish.needs(),
            Self::Control(wish) => wish.needs(),
            Self::Warning(wish) => wish.needs(),
            Self::Organisation(wish) => wish.needs(),
            Self::Programme(wish) => wish.needs(),
            Self::RecordDrill { .. } => Vec::new(),
            Self::Activity(wish) => wish.needs(),
        }
    }
}
