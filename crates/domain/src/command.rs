//! Commands: what somebody wishes. They may be refused.

use crate::credit_code::CreditCode;
use crate::moment::Day;
use crate::number::Number;
use crate::terms::{
    Class, CompanyKind, Ending, Form, LetterSort, LetterWay, Level, MeasureItem, Purpose, Relation,
    Role, Sameness, Service, Standing, Verdict,
};

/// A secret or personal field, sealed before it enters the rules.
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope {
    /// Which key opens it.
    pub key_id: String,
    /// The digest of the item's text.
    pub digest: [u8; 32],
    /// The item's text, sealed.
    pub sealed: Vec<u8>,
}

impl std::fmt::Debug for Envelope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Envelope").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

/// A new key of a secret point, a person or another subject, as it is to be stored: wrapped.
#[derive(Clone, PartialEq, Eq)]
pub struct NewKey {
    /// A random id.
    pub key_id: String,
    /// `secret` or `person`: how it is wrapped.
    pub sort: &'static str,
    /// The wrapped key, as the vault wrote it.
    pub wrapped: Vec<u8>,
}

impl std::fmt::Debug for NewKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewKey").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

/// A file that was put into the vault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The blob's id.
    pub blob: String,
    /// Its size in bytes, in clear.
    pub size: u64,
    /// SHA-256 of the sealed blob, in hex.
    pub sealed: String,
    /// Its media type.
    pub media: String,
    /// When the file was last changed (RFC 3339), as its file system says.
    pub changed: Option<String>,
    /// Its name, sealed.
    pub name: Envelope,
    /// The digests of its content, sealed.
    pub digest: Envelope,
}

/// Sealed remarks on a secret point; each may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// Who developed it, when and how.
    pub origin: Option<Envelope>,
    /// What the public knows and is left out.
    pub public: Option<Envelope>,
    /// What its value rests on.
    pub value: Option<Envelope>,
}

/// Sets up a node.
#[derive(Clone, Debug)]
pub struct CreateNode {
    /// The company's or station's name.
    pub name: String,
    /// What it is.
    pub role: Role,
    /// The log's origin.
    pub origin: String,
    /// The log's verifier key.
    pub log_key: String,
    /// The vault's recipient.
    pub vault_key: String,
    /// Recovery shares, such as `2-of-3`.
    pub shares: String,
    /// The program's version.
    pub program: String,
}

/// Adds a person.
#[derive(Clone, Debug)]
pub struct AddPerson {
    /// The person's key.
    pub key: NewKey,
    /// The name, sealed.
    pub name: Envelope,
    /// 岗位.
    pub post: Option<String>,
    /// 部门.
    pub department: Option<String>,
    /// When the person joined.
    pub joined: Option<Day>,
}

/// Adds a partner.
#[derive(Clone, Debug)]
pub struct AddPartner {
    /// The partner's key, when there is something to seal.
    pub key: Option<NewKey>,
    /// Its name.
    pub name: String,
    /// How it is related to the company.
    pub relation: Relation,
    /// 统一社会信用代码.
    pub code: Option<String>,
    /// Whom to talk to, sealed.
    pub contact: Option<Envelope>,
}

/// Registers a secret point with its first statements and carriers.
#[derive(Clone, Debug)]
pub struct RegisterSecret {
    /// The secret point's key.
    pub key: NewKey,
    /// A title by which colleagues recognise it.
    pub title: String,
    /// Technical or business.
    pub class: Class,
    /// The kind of information.
    pub form: Option<Form>,
    /// 密级.
    pub level: Level,
    /// Who answers for it.
    pub owner: Option<Number>,
    /// 责任部门.
    pub department: Option<String>,
    /// When it is to be reviewed next.
    pub review: Option<Day>,
    /// When the information was formed.
    pub happened: Option<Day>,
    /// Origin, public knowledge, value.
    pub remarks: Remarks,
    /// The statements, sealed.
    pub statements: Vec<Envelope>,
    /// The carriers.
    pub carriers: Vec<Stored>,
}

/// Changes a secret point.
#[derive(Clone, Debug, Default)]
pub struct ReviseSecret {
    /// A new title.
    pub title: Option<String>,
    /// A new kind of information.
    pub form: Option<Form>,
    /// A new owner.
    pub owner: Option<Number>,
    /// A new department.
    pub department: Option<String>,
    /// A new date of review.
    pub review: Option<Day>,
    /// A corrected date of forming.
    pub happened: Option<Day>,
    /// New remarks.
    pub remarks: Remarks,
    /// Statements changed: number and new text.
    pub restate: Vec<(u32, Envelope)>,
    /// Statements added.
    pub state: Vec<Envelope>,
    /// Statements taken back.
    pub unstate: Vec<u32>,
    /// Carriers added.
    pub carriers: Vec<Stored>,
    /// Carriers that no longer belong here.
    pub retire: Vec<u32>,
    /// Why.
    pub why: String,
}

/// Adds a protective measure.
#[derive(Clone, Debug)]
pub struct AddMeasure {
    /// The item of 法释〔2020〕7号 art. 6.
    pub item: MeasureItem,
    /// What it is.
    pub title: String,
    /// How it works.
    pub detail: Option<String>,
    /// In force from.
    pub from: Option<Day>,
    /// In force until.
    pub until: Option<Day>,
    /// Papers that show it, and the key they are sealed under.
    pub papers: Papers,
}

/// Papers to add, with the key they are sealed under when their subject has none yet.
#[derive(Clone, Debug, Default)]
pub struct Papers {
    /// The subject's new key.
    pub key: Option<NewKey>,
    /// The papers.
    pub stored: Vec<Stored>,
    /// The date on them.
    pub happened: Option<Day>,
}

/// Adds an agreement with a partner.
#[derive(Clone, Debug)]
pub struct AgreePartner {
    /// The partner.
    pub partner: Number,
    /// What it is.
    pub title: String,
    /// In force from.
    pub from: Option<Day>,
    /// In force until.
    pub until: Option<Day>,
    /// The secret points it names.
    pub secrets: Option<Vec<Number>>,
    /// The signed paper.
    pub papers: Papers,
}

/// Records that something was given to a partner.
#[derive(Clone, Debug)]
pub struct Disclose {
    /// The secret point.
    pub secret: Number,
    /// The statements given; `None` for all.
    pub statements: Option<Vec<u32>>,
    /// The carriers given.
    pub carriers: Vec<u32>,
    /// To whom.
    pub partner: Number,
    /// Who handed it over.
    pub person: Option<Number>,
    /// When.
    pub happened: Option<Day>,
    /// What for.
    pub purpose: String,
    /// To be given back by this day.
    pub until: Option<Day>,
    /// Under which agreement.
    pub agreement: Option<Number>,
    /// Receipts.
    pub papers: Papers,
}

/// A wish.
#[derive(Clone, Debug)]
pub enum Command {
    /// Set up the node.
    CreateNode(CreateNode),
    /// Add a person.
    AddPerson(AddPerson),
    /// Add a partner.
    AddPartner(AddPartner),
    /// Register a secret point.
    RegisterSecret(Box<RegisterSecret>),
    /// Change a secret point.
    ReviseSecret(Number, Box<ReviseSecret>),
    /// Change the level.
    LevelSecret {
        /// The secret point.
        secret: Number,
        /// The new level.
        to: Level,
        /// Why.
        why: String,
    },
    /// Declassify.
    DeclassifySecret {
        /// The secret point.
        secret: Number,
        /// Since when it is no longer secret.
        happened: Option<Day>,
        /// Why.
        why: String,
    },
    /// Note that content was read.
    ViewSecret {
        /// The secret point.
        secret: Number,
        /// What of it.
        what: String,
        /// Why.
        why: Option<String>,
    },
    /// Add a measure.
    AddMeasure(AddMeasure),
    /// Match a measure to a secret point.
    MatchMeasure {
        /// The measure.
        measure: Number,
        /// The secret point.
        secret: Number,
        /// The statements it protects; `None` for all.
        statements: Option<Vec<u32>>,
        /// Why it fits.
        why: Option<String>,
    },
    /// End a measure.
    EndMeasure {
        /// The measure.
        measure: Number,
        /// Its last day.
        happened: Option<Day>,
        /// Why.
        why: String,
    },
    /// Let a person know a secret point.
    ClearPerson {
        /// The person.
        person: Number,
        /// The secret point.
        secret: Number,
        /// From this day.
        from: Option<Day>,
        /// Until this day.
        until: Option<Day>,
        /// Why.
        why: Option<String>,
    },
    /// End a person's access.
    BarPerson {
        /// The person.
        person: Number,
        /// The secret point.
        secret: Number,
        /// From this day.
        happened: Option<Day>,
        /// Why.
        why: String,
    },
    /// Add an agreement.
    AgreePartner(AgreePartner),
    /// Add papers to something that exists.
    AddPapers {
        /// The person, partner, measure, agreement or disclosure.
        about: Number,
        /// The papers.
        papers: Papers,
    },
    /// Record a disclosure.
    Disclose(Disclose),
    /// Record that a disclosure ended.
    CloseDisclosure {
        /// The disclosure.
        disclosure: Number,
        /// How.
        how: Ending,
        /// When.
        happened: Option<Day>,
        /// A remark.
        why: Option<String>,
        /// What attests it.
        papers: Papers,
    },
    /// Add a witness.
    AddWitness {
        /// Its name, as in its key.
        name: String,
        /// Its verifier key.
        key: String,
        /// Where it answers.
        url: Option<String>,
        /// How it is related to the company.
        relation: Standing,
    },
    /// Ask a witness no longer.
    RemoveWitness {
        /// Its name.
        name: String,
        /// Why.
        why: String,
    },
    /// Add a time-stamp authority.
    AddAuthority {
        /// A name for it.
        name: String,
        /// Where it answers.
        url: String,
        /// SHA-256 of each root certificate, in hex.
        roots: Vec<String>,
        /// How it is related to the company.
        relation: Standing,
    },
    /// Ask an authority no longer.
    RemoveAuthority {
        /// Its name.
        name: String,
        /// Why.
        why: String,
    },
    /// Record that a dossier was built.
    BuildDossier {
        /// Its number, reserved before: it is printed in the dossier.
        no: Number,
        /// What it is for.
        purpose: Purpose,
        /// The secret points it shows.
        secrets: Vec<Number>,
        /// SHA-256 of its manifest, in hex.
        manifest: String,
        /// What was withheld.
        withheld: Vec<String>,
    },
    /// Accept that the machine's clock went back.
    SetClockBack {
        /// Why.
        why: String,
    },
    /// Note a change of the vault's passphrase.
    ChangeKeys {
        /// `passphrase` or `recovered`.
        what: String,
        /// Why.
        why: Option<String>,
    },
    /// Take a company into the directory.
    AddCompany(Box<AddCompany>),
    /// Change properties of a company.
    ReviseCompany(Box<ReviseCompany>),
    /// Two entries are one company.
    MergeCompany {
        /// The entry that ends.
        company: Number,
        /// The entry that stays.
        into: Number,
        /// Why.
        why: String,
    },
    /// Take a file into the directory: all of it, or nothing.
    ImportDirectory(Box<ImportDirectory>),
    /// Record that companies were given a service together.
    GiveService {
        /// The companies.
        companies: Vec<Number>,
        /// Which.
        service: Service,
        /// When.
        happened: Day,
        /// What it was.
        what: String,
        /// Which organisation gave it.
        who: Option<String>,
    },
    /// Hand out an invitation to join.
    OfferLink(OfferLink),
    /// Use an invitation.
    AskLink(Box<AskLink>),
    /// Take note of the other side's keys.
    JoinLink(Box<JoinLink>),
    /// End a link.
    EndLink {
        /// The link.
        link: Number,
        /// Why.
        why: String,
    },
    /// Keep a letter that was written.
    SendLetter {
        /// The link.
        link: Number,
        /// The letter.
        letter: LetterHead,
        /// What sort of letter.
        sort: LetterSort,
    },
    /// Keep a letter that came.
    ReceiveLetter {
        /// The link.
        link: Number,
        /// The letter.
        letter: LetterHead,
    },
    /// Record that a letter was read.
    OpenLetter {
        /// The link.
        link: Number,
        /// Which way it went.
        way: LetterWay,
        /// Its number.
        seq: u64,
        /// What sort it is.
        sort: Option<LetterSort>,
        /// Why it was read.
        why: Option<String>,
    },
    /// What the workstation does.
    Workstation(crate::workstation::Wish),
    /// A wish about an account.
    Account(crate::account::Wish),
    /// A wish about a case.
    Casework(crate::casework::Wish),
    /// A wish about warnings.
    Warning(crate::warning::Wish),
    /// A wish about organisations and what they ask of each other.
    Organisation(crate::organisation::Wish),
    /// A wish of the one-to-one programme.
    Programme(crate::programme::Wish),
    /// A wish about controls.
    Control(crate::control::Wish),
    /// Record that it was tried whether a backup can be restored.
    RecordDrill {
        /// Entries of its ledger.
        size: u64,
        /// Files that are as the backup says.
        files: u64,
        /// Files of the vault that were checked.
        blobs: u64,
        /// What was opened; `None` without the passphrase.
        opened: Option<u64>,
        /// When it was made, as it says.
        made: String,
        /// Problems found.
        problems: u32,
    },
    /// A wish of a station about recognition.
    Recognition(crate::recognition::Wish),
    /// What a letter carries or brings about.
    Effect(crate::effect::Wish),
    /// A wish about activities.
    Activity(crate::activity::Wish),
    /// Record that the index was built.
    BuildIndex(Box<BuildIndex>),
    /// Record what a sweep came to.
    RecordSweep(Box<RecordSweep>),
    /// Ask whether something may leave.
    AskRelease(Box<AskRelease>),
    /// Let it leave, or not.
    AnswerRelease {
        /// What was asked.
        release: Number,
        /// Whether it may.
        answer: Answer,
        /// Who decides.
        person: Number,
        /// Why.
        why: String,
    },
    /// Record what a comparison came to.
    RecordComparison(Box<RecordComparison>),
    /// Conclude whether a secret point and what it was compared with are the same.
    ConcludeComparison(Box<ConcludeComparison>),
    /// A wish about inventories.
    Inventory(Box<crate::inventory::Wish>),
    /// Something about public corpora.
    Corpora(Box<crate::corpora::Wish>),
    /// Write down the history of the company's own work.
    RecordWork(Box<crate::work::RecordWork>),
    /// About blind comparisons.
    Blind(Box<crate::blind::Wish>),
    /// Something about going abroad.
    Overseas(Box<crate::overseas::Wish>),
    /// A wish about incidents.
    Incident(Box<crate::incident::Wish>),
    /// Keep and destroy.
    Custody(Box<crate::custody::Wish>),
    /// Merge and split.
    Lineage(Box<crate::lineage::Wish>),
    /// Commit to copies, before any is made.
    CommitCopies(Box<CommitCopies>),
    /// Record the copies of a batch that were made.
    IssueCopies {
        /// The batch.
        batch: Number,
        /// The copies.
        copies: Vec<MadeCopy>,
    },
    /// Record that a recipient acknowledged a copy.
    ReceiveCopy {
        /// The copy.
        copy: Number,
        /// When.
        happened: Option<Day>,
        /// SHA-256 of what was received, as stated.
        file: Option<String>,
        /// How it was acknowledged.
        how: Option<String>,
        /// What attests it.
        papers: Papers,
    },
    /// Record that a copy is back or destroyed.
    EndCopy {
        /// The copy.
        copy: Number,
        /// How.
        how: Ending,
        /// When.
        happened: Option<Day>,
        /// A remark.
        why: Option<String>,
        /// What attests it.
        papers: Papers,
    },
    /// Call copies back.
    RecallCopies {
        /// The copies.
        copies: Vec<Number>,
        /// By which day.
        until: Option<Day>,
        /// Why.
        why: String,
    },
    /// Record what was read from something that turned up.
    ReadFind {
        /// The batches whose original it is like, and how many sites of each say something.
        batches: Vec<(Number, u32)>,
        /// Where it was found.
        source: String,
        /// The program's version.
        program: String,
        /// The key of the find.
        key: NewKey,
        /// The digest of what turned up, sealed.
        leak: Envelope,
        /// What was read, sealed.
        readings: Envelope,
        /// What turned up, to be kept.
        papers: Vec<Stored>,
    },
    /// Record which copies were sources. The reading must be in the ledger before.
    TraceFind {
        /// What turned up.
        find: Number,
        /// The copies that were sources.
        named: Vec<Number>,
        /// The bound on naming any other.
        epsilon: String,
        /// How many copies there were.
        among: u32,
        /// SHA-256 of the report, in hex.
        report: String,
        /// The report, sealed.
        findings: Envelope,
    },
}

/// What a person says to something that is to leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It may.
    Approve,
    /// It may not.
    Refuse,
}

/// Records that the index of what is looked for was built.
#[derive(Clone, Debug)]
pub struct BuildIndex {
    /// The secret points that were read.
    pub secrets: Vec<Number>,
    /// Parts that are looked for.
    pub parts: u32,
    /// Those that are not, and why.
    pub refused: Vec<String>,
    /// Fingerprints.
    pub fingerprints: u64,
    /// The shortest run that is always found.
    pub guaranteed: u32,
    /// SHA-256 of the index, in hex.
    pub digest: String,
}

/// What was read in a sweep, or of something that is to leave.
#[derive(Clone, Debug)]
pub struct Looked {
    /// What it is, in words.
    pub what: String,
    /// Files read.
    pub files: u64,
    /// Files and members that were not read, or not wholly.
    pub faults: u64,
    /// The secret points that were found.
    pub secrets: Vec<Number>,
    /// The shortest run that is always found.
    pub guaranteed: u32,
    /// SHA-256 of the index, in hex.
    pub index: String,
    /// SHA-256 of the list of what was read, in hex.
    pub manifest: String,
    /// SHA-256 of the report, in hex.
    pub report: String,
}

/// Records what a sweep came to.
#[derive(Clone, Debug)]
pub struct RecordSweep {
    /// Its number, reserved before: the report is kept under it.
    pub no: Number,
    /// What was read.
    pub looked: Looked,
    /// Whether it was ended before all was read.
    pub partial: bool,
    /// Bytes read.
    pub bytes: u64,
    /// Files in which something was found.
    pub hits: u64,
}

/// Asks whether something may leave.
#[derive(Clone, Debug)]
pub struct AskRelease {
    /// Its number, reserved before: the report is kept under it.
    pub no: Number,
    /// What was read.
    pub looked: Looked,
    /// Where it is to go.
    pub to: Option<String>,
    /// What was said to it.
    pub verdict: Verdict,
    /// Whose approval it needs.
    pub approvers: Vec<Number>,
}

/// Records what a comparison came to.
#[derive(Clone, Debug)]
pub struct RecordComparison {
    /// Its number, reserved before: the report is kept under it.
    pub no: Number,
    /// What was compared, in words.
    pub what: String,
    /// Where the other thing comes from.
    pub source: Option<String>,
    /// The secret points on the left side.
    pub secrets: Vec<Number>,
    /// Files and statements of both sides.
    pub files: u64,
    /// Files and members that were not read, or not wholly.
    pub faults: u64,
    /// What was set aside: why, and SHA-256 of the list of it.
    pub filters: Vec<String>,
    /// SHA-256 of the lists of both sides, in hex.
    pub sides: [String; 2],
    /// SHA-256 of the figures, in hex.
    pub figures: String,
    /// The program's version.
    pub program: String,
    /// SHA-256 of the report, in hex.
    pub report: String,
}

/// Concludes whether two things are the same.
#[derive(Clone, Debug)]
pub struct ConcludeComparison {
    /// The comparison.
    pub comparison: Number,
    /// The secret point.
    pub secret: Number,
    /// Who concludes.
    pub person: Number,
    /// What.
    pub sameness: Sameness,
    /// What those skilled in the field would say of the differences, sealed (art. 13 (2)).
    pub differences: Option<Envelope>,
    /// What is said of use, way, purpose and effect, sealed (art. 13 (3)).
    pub effects: Option<Envelope>,
    /// On what the conclusion rests, sealed.
    pub why: Envelope,
}

impl Command {
    /// The role of a node on which the command makes sense; `None` for any.
    pub fn role(&self) -> Option<Role> {
        match self {
            Self::AddPerson(_)
            | Self::AddPartner(_)
            | Self::RegisterSecret(_)
            | Self::ReviseSecret(..)
            | Self::LevelSecret { .. }
            | Self::DeclassifySecret { .. }
            | Self::ViewSecret { .. }
            | Self::AddMeasure(_)
            | Self::MatchMeasure { .. }
            | Self::EndMeasure { .. }
            | Self::ClearPerson { .. }
            | Self::BarPerson { .. }
            | Self::AgreePartner(_)
            | Self::Disclose(_)
            | Self::CloseDisclosure { .. }
            | Self::BuildDossier { .. }
            | Self::BuildIndex(_)
            | Self::RecordSweep(_)
            | Self::AskRelease(_)
            | Self::AnswerRelease { .. }
            | Self::RecordComparison(_)
            | Self::ConcludeComparison(_)
            | Self::Inventory(_)
            | Self::Corpora(_)
            | Self::Blind(_)
            | Self::Overseas(_)
            | Self::RecordWork(_)
            | Self::Incident(_)
            | Self::Custody(_)
            | Self::Lineage(_)
            | Self::CommitCopies(_)
            | Self::IssueCopies { .. }
            | Self::ReceiveCopy { .. }
            | Self::EndCopy { .. }
            | Self::RecallCopies { .. }
            | Self::ReadFind { .. }
            | Self::TraceFind { .. }
            | Self::Control(_) => Some(Role::Enterprise),
            Self::AddCompany(_)
            | Self::ReviseCompany(_)
            | Self::MergeCompany { .. }
            | Self::ImportDirectory(_)
            | Self::GiveService { .. }
            | Self::Workstation(_)
            | Self::Recognition(_)
            | Self::Activity(_)
            | Self::Warning(_)
            | Self::Organisation(_)
            | Self::Programme(_)
            | Self::OfferLink(_) => Some(Role::Station),
            Self::AskLink(_) => Some(Role::Enterprise),
            // What a letter's sort says of its writer is looked at when it is decided.
            Self::SendLetter { sort, .. } => Some(sort.writer()),
            Self::Effect(wish) => wish.role(),
            Self::CreateNode(_)
            | Self::AddWitness { .. }
            | Self::RemoveWitness { .. }
            | Self::AddAuthority { .. }
            | Self::RemoveAuthority { .. }
            | Self::SetClockBack { .. }
            | Self::ChangeKeys { .. }
            | Self::Account(_)
            | Self::JoinLink(_)
            | Self::EndLink { .. }
            | Self::ReceiveLetter { .. }
            | Self::OpenLetter { .. }
            | Self::AddPapers { .. }
            | Self::RecordDrill { .. }
            | Self::Casework(_) => None,
        }
    }
}

/// Takes a company into the directory.
#[derive(Clone, Debug)]
pub struct AddCompany {
    /// Its name.
    pub name: String,
    /// Company, institution or team.
    pub kind: CompanyKind,
    /// 统一社会信用代码.
    pub code: Option<CreditCode>,
    /// Tags, as said.
    pub tags: Vec<String>,
    /// 行业领域.
    pub field: Option<String>,
    /// 园区.
    pub park: Option<String>,
    /// 街道.
    pub street: Option<String>,
    /// Whom to talk to, sealed.
    pub contact: Option<Envelope>,
    /// The key of the contact.
    pub key: Option<NewKey>,
}

/// Changes properties of a company: `None` leaves a thing as it is, a blank takes it away.
#[derive(Clone, Debug)]
pub struct ReviseCompany {
    /// The company.
    pub company: Number,
    /// The edition that was looked at; the wish is refused when there is a newer one.
    pub edition: u32,
    /// A new name.
    pub name: Option<String>,
    /// Another kind.
    pub kind: Option<CompanyKind>,
    /// Another code.
    pub code: Option<CreditCode>,
    /// All tags from now on.
    pub tags: Option<Vec<String>>,
    /// Another field.
    pub field: Option<String>,
    /// Another park.
    pub park: Option<String>,
    /// Another sub-district.
    pub street: Option<String>,
    /// Another contact, sealed.
    pub contact: Option<Envelope>,
    /// The key of the contact, when it has none yet.
    pub key: Option<NewKey>,
    /// Why.
    pub why: Option<String>,
}

/// Hands out an invitation to join.
#[derive(Clone, Debug)]
pub struct OfferLink {
    /// The link's name on both sides, in hex.
    pub link: String,
    /// The one-time key.
    pub key: String,
    /// For whom it is meant.
    pub company: Option<Number>,
    /// The last day on which it can be used.
    pub until: Day,
}

/// Uses an invitation.
#[derive(Clone, Debug)]
pub struct AskLink {
    /// The link's name on both sides, in hex.
    pub link: String,
    /// The station's name.
    pub name: String,
    /// The station's log key.
    pub key: String,
    /// The station's vault.
    pub recipient: String,
    /// The station's witness key.
    pub witness: String,
    /// Where the station answers.
    pub url: Option<String>,
    /// The last day on which the invitation can be used.
    pub until: Day,
}

/// Takes note of the other side's keys. All of it was signed, and the signatures held.
#[derive(Clone, Debug)]
pub struct JoinLink {
    /// The link.
    pub no: Number,
    /// The other side's name.
    pub name: String,
    /// Its log key.
    pub key: String,
    /// Its vault.
    pub recipient: String,
    /// Its witness key.
    pub witness: String,
    /// Its credit code, as it says itself.
    pub code: Option<CreditCode>,
}

/// What the ledger keeps of a letter. Its signature held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterHead {
    /// Its number on its way, from 1.
    pub seq: u64,
    /// The digest of the letter before, in hex.
    pub before: String,
    /// Its digest, in hex.
    pub digest: String,
    /// The size of its sealed body in bytes.
    pub size: u64,
}

/// Takes a file into the directory.
#[derive(Clone, Debug)]
pub struct ImportDirectory {
    /// SHA-256 of the file, in hex.
    pub file: String,
    /// Which column was taken for what.
    pub mapping: Vec<String>,
    /// Rows of the file.
    pub rows: u32,
    /// Rows that change nothing.
    pub same: u32,
    /// Rows that were refused.
    pub refused: u32,
    /// What is new.
    pub added: Vec<AddCompany>,
    /// What changes.
    pub revised: Vec<ReviseCompany>,
}

/// Commits to copies of a carrier.
#[derive(Clone, Debug)]
pub struct CommitCopies {
    /// The secret point.
    pub secret: Number,
    /// The carrier.
    pub carrier: u32,
    /// To whom they go: partners and persons.
    pub recipients: Vec<Number>,
    /// The commitment to the seed, in hex.
    pub seed: String,
    /// SHA-256 of the list of sites, in hex.
    pub plan: String,
    /// How many sites it has.
    pub sites: u32,
    /// What for.
    pub purpose: String,
    /// To be given back by this day.
    pub until: Option<Day>,
    /// What recipients are told about marks.
    pub notice: Option<String>,
    /// The program's version.
    pub program: String,
    /// The seed, sealed.
    pub key: Envelope,
    /// The list of sites, sealed.
    pub marks: Envelope,
}

/// A copy that was made.
#[derive(Clone, Debug)]
pub struct MadeCopy {
    /// Its number.
    pub no: Number,
    /// Whether the recipient chose the nonce, or the node did.
    pub chosen: &'static str,
    /// The nonce, in hex.
    pub nonce: String,
    /// SHA-256 of a checkpoint cosigned after the commitment, in hex.
    pub beacon: Option<String>,
    /// SHA-256 of the copy, in hex.
    pub file: String,
    /// Its size in bytes.
    pub size: u64,
}
