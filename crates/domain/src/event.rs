//! Events: what has happened, as far as it is stored in clear.
//!
//! The fields that are secret or personal are not here: they travel beside the event as sealed
//! envelopes (see [`crate::command::Envelope`]), and projections do without them. The fields and
//! their order in the ledger are fixed by [`evidence::kind::KINDS`]; a test holds the two together.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::credit_code::CreditCode;
use crate::moment::Day;
use crate::number::Number;
use crate::terms::{
    AccountRole, Answer, AssistanceAnswer, AssistanceSort, BlindFault, BlindSide, CaseSource,
    Channel, Check, Class, Closing, CompanyKind, Conduct, ConflictReason, CorpusSort, Ending,
    EngagementEnd, ErasureGround, FollowUp, Form, Grade, ItemSort, Judgement, LetterSort,
    LetterWay, Level, MeasureItem, NoSecret, OrganisationKind, Outcome, Pace, PasswordBy,
    ProfileField, Purpose, Relation, Review, Role, Said, Sameness, Service, SignUp, Standing,
    TaskSort, Theme, Thread, Unrecognition, Verdict,
};

/// Declares all events: their structs, the enum over them, and the tag of each.
macro_rules! events {
    ($($(#[$meta:meta])* $name:ident $tag:literal {
        $($(#[$fmeta:meta])* $field:ident: $type:ty,)*
    })+) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            pub struct $name {
                /// Who did it: an account, or `owner` before there were accounts.
                pub by: String,
                $($(#[$fmeta])* pub $field: $type,)*
            }

            impl From<$name> for Event {
                fn from(event: $name) -> Self { Self::$name(event) }
            }
        )+

        /// An event: a fact in the past tense.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "kind")]
        #[allow(missing_docs, reason = "each variant is described at its struct")]
        pub enum Event { $(#[serde(rename = $tag)] $name($name),)+ }

        impl Event {
            /// The tag of its kind, such as `secret.registered`.
            pub const fn tag(&self) -> &'static str {
                match self { $(Self::$name(_) => $tag,)+ }
            }

            /// Who did it.
            pub fn by(&self) -> &str {
                match self { $(Self::$name(event) => &event.by,)+ }
            }

            /// All tags.
            pub const TAGS: &'static [&'static str] = &[$($tag,)+];
        }
    };
}

events! {
    /// The node was set up; always leaf 0.
    NodeCreated "node.created" {
        /// The company's or the station's name.
        name: String,
        /// What it is.
        role: Role,
        /// The log's origin: a random name.
        origin: String,
        /// The log's verifier key (vkey).
        log_key: String,
        /// The vault's recipient (age1…).
        vault_key: String,
        /// Recovery shares, such as `2-of-3`.
        shares: String,
        /// The program's version.
        program: String,
    }
    /// A person was added.
    PersonAdded "person.added" {
        /// Its number.
        no: Number,
        /// 岗位.
        post: Option<String>,
        /// 部门.
        department: Option<String>,
        /// When the person joined, as claimed.
        joined: Option<Day>,
    }
    /// A partner was added.
    PartnerAdded "partner.added" {
        /// Its number.
        no: Number,
        /// Its name.
        name: String,
        /// How it is related to the company.
        relation: Relation,
        /// 统一社会信用代码.
        code: Option<String>,
    }
    /// A secret point was registered (定密).
    SecretRegistered "secret.registered" {
        /// Its number.
        no: Number,
        /// A title by which colleagues recognise it; never the content.
        title: String,
        /// Technical or business.
        class: Class,
        /// The kind of information.
        form: Option<Form>,
        /// 密级.
        level: Level,
        /// Who answers for it.
        owner: Option<Number>,
        /// 责任部门.
        department: Option<String>,
        /// When it is to be reviewed next.
        review: Option<Day>,
        /// When the information was formed, as claimed.
        happened: Option<Day>,
    }
    /// One separable statement of what is secret was fixed.
    SecretStated "secret.stated" {
        /// The secret point.
        secret: Number,
        /// The statement's number within the secret point, from 1.
        no: u32,
        /// 1 at first, one more at each change of this statement.
        edition: u32,
    }
    /// A statement was taken back.
    SecretUnstated "secret.unstated" {
        /// The secret point.
        secret: Number,
        /// The statement's number.
        no: u32,
        /// Why.
        why: String,
    }
    /// Properties of a secret point were changed; what stayed is null.
    SecretRevised "secret.revised" {
        /// The secret point.
        secret: Number,
        /// 2 at the first change, then one more each time.
        edition: u32,
        /// The new title.
        title: Option<String>,
        /// The new kind of information.
        form: Option<Form>,
        /// The new owner.
        owner: Option<Number>,
        /// The new department.
        department: Option<String>,
        /// The new date of review.
        review: Option<Day>,
        /// A corrected date of forming.
        happened: Option<Day>,
        /// Why.
        why: String,
    }
    /// The level was changed.
    SecretLevelled "secret.levelled" {
        /// The secret point.
        secret: Number,
        /// The level before.
        from: Level,
        /// The level after.
        to: Level,
        /// Why.
        why: String,
    }
    /// A secret point was declassified (解密).
    SecretDeclassified "secret.declassified" {
        /// The secret point.
        secret: Number,
        /// Since when it is no longer secret, as claimed.
        happened: Option<Day>,
        /// Why.
        why: String,
    }
    /// The content of a secret point was read.
    SecretViewed "secret.viewed" {
        /// The secret point.
        secret: Number,
        /// What of it: `statements`, or `carrier 2`.
        what: String,
        /// Why.
        why: Option<String>,
    }
    /// A carrier (载体) of a secret point was taken into the vault.
    CarrierAdded "carrier.added" {
        /// The secret point.
        secret: Number,
        /// The carrier's number within the secret point, from 1.
        no: u32,
        /// The statements it carries; null for all.
        statements: Option<Vec<u32>>,
        /// The blob's id in the vault.
        blob: String,
        /// Its size in bytes.
        size: u64,
        /// SHA-256 of the sealed blob, in hex.
        sealed: String,
        /// Its media type.
        media: String,
        /// When the file was last changed, as its file system says.
        happened: Option<String>,
    }
    /// A carrier no longer belongs to a secret point.
    CarrierRetired "carrier.retired" {
        /// The secret point.
        secret: Number,
        /// The carrier's number.
        no: u32,
        /// Why.
        why: String,
    }
    /// A protective measure (保密措施) was added.
    MeasureAdded "measure.added" {
        /// Its number.
        no: Number,
        /// The item of 法释〔2020〕7号 art. 6.
        item: MeasureItem,
        /// What it is.
        title: String,
        /// How it works.
        detail: Option<String>,
        /// In force from, as claimed.
        from: Option<Day>,
        /// In force until (included), as claimed.
        until: Option<Day>,
    }
    /// A measure was matched to a secret point (对应程度, 法释〔2020〕7号 art. 5).
    MeasureMatched "measure.matched" {
        /// The measure.
        measure: Number,
        /// The secret point.
        secret: Number,
        /// The statements it protects; null for all.
        statements: Option<Vec<u32>>,
        /// Why it fits them.
        why: Option<String>,
    }
    /// A measure ended.
    MeasureEnded "measure.ended" {
        /// The measure.
        measure: Number,
        /// Its last day, as claimed.
        happened: Option<Day>,
        /// Why.
        why: String,
    }
    /// A person may know a secret point.
    PersonCleared "person.cleared" {
        /// The person.
        person: Number,
        /// The secret point.
        secret: Number,
        /// From this day, as claimed.
        from: Option<Day>,
        /// Until this day (included).
        until: Option<Day>,
        /// Why.
        why: Option<String>,
    }
    /// A person may no longer know a secret point.
    PersonBarred "person.barred" {
        /// The person.
        person: Number,
        /// The secret point.
        secret: Number,
        /// From this day, as claimed.
        happened: Option<Day>,
        /// Why.
        why: String,
    }
    /// A partner signed an agreement.
    PartnerAgreed "partner.agreed" {
        /// The agreement's number.
        no: Number,
        /// The partner.
        partner: Number,
        /// What it is.
        title: String,
        /// In force from, as claimed.
        from: Option<Day>,
        /// In force until (included).
        until: Option<Day>,
        /// The secret points it names; null for all that are disclosed under it.
        secrets: Option<Vec<Number>>,
    }
    /// A paper (signed scan, record, photo) was taken into the vault.
    PaperAdded "paper.added" {
        /// The person, partner, measure, agreement or disclosure it belongs to.
        about: Number,
        /// The paper's number there, from 1.
        no: u32,
        /// The blob's id in the vault.
        blob: String,
        /// Its size in bytes.
        size: u64,
        /// SHA-256 of the sealed blob, in hex.
        sealed: String,
        /// Its media type.
        media: String,
        /// The date on the paper, as claimed.
        happened: Option<Day>,
    }
    /// Something of a secret point was given to a partner.
    DisclosureMade "disclosure.made" {
        /// Its number.
        no: Number,
        /// The secret point.
        secret: Number,
        /// The statements given; null for all.
        statements: Option<Vec<u32>>,
        /// The carriers given.
        carriers: Vec<u32>,
        /// To whom.
        partner: Number,
        /// Who handed it over.
        person: Option<Number>,
        /// When, as claimed.
        happened: Option<Day>,
        /// What for.
        purpose: String,
        /// To be given back by this day.
        until: Option<Day>,
        /// Under which agreement.
        agreement: Option<Number>,
    }
    /// A disclosure ended: what was given is back or destroyed.
    DisclosureClosed "disclosure.closed" {
        /// The disclosure.
        disclosure: Number,
        /// How.
        how: Ending,
        /// When, as claimed.
        happened: Option<Day>,
        /// A remark.
        why: Option<String>,
    }
    /// A witness was added, whose cosignatures are asked for.
    WitnessAdded "witness.added" {
        /// The witness's name, as in its key.
        name: String,
        /// Its verifier key (vkey).
        key: String,
        /// Where it answers; null when its cosignatures are brought by hand.
        url: Option<String>,
        /// How it is related to the company.
        relation: Standing,
    }
    /// A witness is no longer asked.
    WitnessRemoved "witness.removed" {
        /// Its name.
        name: String,
        /// Why.
        why: String,
    }
    /// A time-stamp authority was added.
    AuthorityAdded "authority.added" {
        /// A name for it.
        name: String,
        /// Where it answers (RFC 3161 over HTTP).
        url: String,
        /// Its root certificates: SHA-256 of each, in hex.
        roots: Vec<String>,
        /// How it is related to the company.
        relation: Standing,
    }
    /// A time-stamp authority is no longer asked.
    AuthorityRemoved "authority.removed" {
        /// Its name.
        name: String,
        /// Why.
        why: String,
    }
    /// A dossier was built.
    DossierBuilt "dossier.built" {
        /// Its number.
        no: Number,
        /// What it is for.
        purpose: Purpose,
        /// The secret points it shows.
        secrets: Vec<Number>,
        /// SHA-256 of its manifest, in hex.
        manifest: String,
        /// What was withheld: `statements`, `carriers`, `papers`, `names`.
        withheld: Vec<String>,
    }
    /// The machine's clock went back and the keeper accepted it.
    ClockSetBack "clock.set_back" {
        /// The last moment received before.
        from: String,
        /// The clock's moment now.
        to: String,
        /// Why.
        why: String,
    }
    /// The vault's passphrase was changed, or set anew from recovery shares.
    KeysChanged "keys.changed" {
        /// `passphrase` or `recovered`.
        what: String,
        /// Why.
        why: Option<String>,
    }
    /// A company, institution or team was taken into the directory.
    CompanyAdded "company.added" {
        /// Its number.
        no: Number,
        /// Its name.
        name: String,
        /// Company, institution or team.
        sort: CompanyKind,
        /// 统一社会信用代码; a team has none.
        code: Option<CreditCode>,
        /// Tags: words of [`crate::terms::KeyTag`], and free ones.
        tags: Vec<String>,
        /// 行业领域.
        field: Option<String>,
        /// 园区.
        park: Option<String>,
        /// 街道.
        street: Option<String>,
        /// SHA-256 of the file it was imported from, in hex; null when it was entered.
        source: Option<String>,
    }
    /// Properties of a company were changed; what stayed is null, what was taken away is blank.
    CompanyRevised "company.revised" {
        /// The company.
        company: Number,
        /// 2 at the first change, then one more each time.
        edition: u32,
        /// The new name.
        name: Option<String>,
        /// What it really is.
        sort: Option<CompanyKind>,
        /// The new code.
        code: Option<CreditCode>,
        /// All tags from now on.
        tags: Option<Vec<String>>,
        /// The new field.
        field: Option<String>,
        /// The new park.
        park: Option<String>,
        /// The new sub-district.
        street: Option<String>,
        /// Why.
        why: Option<String>,
        /// SHA-256 of the file that said so, in hex.
        source: Option<String>,
    }
    /// Two entries of the directory are one: the services of the first count for the second.
    CompanyMerged "company.merged" {
        /// The entry that ends.
        company: Number,
        /// The entry that stays.
        into: Number,
        /// Why.
        why: String,
    }
    /// A file was taken into the directory; its companies are the events just before.
    DirectoryImported "directory.imported" {
        /// SHA-256 of the file, in hex.
        file: String,
        /// Which column was taken for what, such as `name=企业名称`.
        mapping: Vec<String>,
        /// Rows of the file.
        rows: u32,
        /// Those that were new.
        added: u32,
        /// Those that changed something.
        revised: u32,
        /// Those that changed nothing.
        same: u32,
        /// Those that were refused.
        refused: u32,
    }
    /// A company was given a service.
    ServiceGiven "service.given" {
        /// The company.
        company: Number,
        /// Which.
        service: Service,
        /// When, as claimed.
        happened: Day,
        /// What it was, in words.
        what: String,
        /// Which organisation gave it; null for the station itself.
        who: Option<String>,
    }
    /// The station handed out an invitation to join.
    LinkOffered "link.offered" {
        /// The link's number here.
        no: Number,
        /// The link's name on both sides: 16 random bytes, in hex.
        link: String,
        /// The one-time key that the wish to join must be signed with.
        key: String,
        /// For whom it is meant; null when the code alone decides.
        company: Option<Number>,
        /// The last day on which it can be used.
        until: Day,
    }
    /// The node used an invitation.
    LinkAsked "link.asked" {
        /// The link's number here.
        no: Number,
        /// The link's name on both sides, in hex.
        link: String,
        /// The station's name.
        name: String,
        /// The station's log key.
        key: String,
        /// The station's vault, to which letters are sealed.
        recipient: String,
        /// The station's witness key.
        witness: String,
        /// Where the station answers; null when bundles are carried by hand.
        url: Option<String>,
    }
    /// The other side's keys are known and it knows ours.
    LinkJoined "link.joined" {
        /// The link's number here.
        no: Number,
        /// The other side's name.
        name: String,
        /// Its log key.
        key: String,
        /// Its vault, to which letters are sealed.
        recipient: String,
        /// Its witness key.
        witness: String,
        /// Which entry of the directory it is; null on a node.
        company: Option<Number>,
    }
    /// A link was ended by this side.
    LinkEnded "link.ended" {
        /// The link.
        no: Number,
        /// Why.
        why: String,
    }
    /// A letter was written and is ready to be carried.
    LetterSent "letter.sent" {
        /// The link.
        link: Number,
        /// The letter's number on this way, from 1.
        seq: u64,
        /// The digest of the letter before, in hex; zeros for the first.
        before: String,
        /// The letter's digest, in hex.
        digest: String,
        /// The size of its sealed body in bytes.
        size: u64,
        /// What sort of letter.
        sort: LetterSort,
    }
    /// A letter of the other side was received. With its proof this is the receipt.
    LetterReceived "letter.received" {
        /// The link's number here.
        link: Number,
        /// The link's name on both sides, in hex.
        channel: String,
        /// The letter's number on this way, from 1.
        seq: u64,
        /// The digest of the letter before, in hex.
        before: String,
        /// The letter's digest, in hex.
        digest: String,
        /// The size of its sealed body in bytes.
        size: u64,
    }
    /// Somebody read a letter.
    LetterOpened "letter.opened" {
        /// The link.
        link: Number,
        /// Which way it went.
        way: LetterWay,
        /// Its number.
        seq: u64,
        /// What sort of letter it is; null when its writer used a word that we don't know.
        sort: Option<LetterSort>,
        /// Why.
        why: Option<String>,
    }
    /// The index of what is looked for was built from the register; secret points were read for it.
    IndexBuilt "index.built" {
        /// The secret points that were read.
        secrets: Vec<Number>,
        /// Statements and pieces of carriers that are looked for.
        parts: u32,
        /// Those that are not, and why: `MD-0001 statement-1 too-short`.
        refused: Vec<String>,
        /// Fingerprints.
        fingerprints: u64,
        /// The shortest run, in folded bytes, that is always found.
        guaranteed: u32,
        /// SHA-256 of the index, in hex.
        digest: String,
    }
    /// Files were swept for pieces of secret points.
    SweepDone "sweep.done" {
        /// Its number.
        no: Number,
        /// What was swept, in words.
        what: String,
        /// Whether it was ended before all was read.
        partial: bool,
        /// Files read.
        files: u64,
        /// Bytes read, as they came out of files and archives.
        bytes: u64,
        /// Files and members that were not read, or not wholly.
        faults: u64,
        /// Files in which something was found.
        hits: u64,
        /// The secret points that were found.
        secrets: Vec<Number>,
        /// The shortest run, in folded bytes, that is always found.
        guaranteed: u32,
        /// SHA-256 of the index, in hex.
        index: String,
        /// SHA-256 of the list of what was read with its hashes, in hex.
        manifest: String,
        /// SHA-256 of the report, in hex.
        report: String,
    }
    /// Something is about to leave and was looked at.
    ReleaseAsked "release.asked" {
        /// Its number.
        no: Number,
        /// What it is, in words.
        what: String,
        /// Where it is to go.
        to: Option<String>,
        /// What was said to it.
        verdict: Verdict,
        /// Files.
        files: u64,
        /// Files and members that were not read, or not wholly.
        faults: u64,
        /// The secret points that were found in it.
        secrets: Vec<Number>,
        /// Whose approval it needs, each of them; none named: that of any person.
        approvers: Vec<Number>,
        /// The shortest run, in folded bytes, that is always found.
        guaranteed: u32,
        /// SHA-256 of the index, in hex.
        index: String,
        /// SHA-256 of the list of files with their hashes, in hex.
        manifest: String,
        /// SHA-256 of the report, in hex.
        report: String,
    }
    /// A person approved that something leaves.
    ReleaseApproved "release.approved" {
        /// What was asked.
        release: Number,
        /// Who approved.
        person: Number,
        /// Why.
        why: String,
    }
    /// A person refused that something leaves.
    ReleaseRefused "release.refused" {
        /// What was asked.
        release: Number,
        /// Who refused.
        person: Number,
        /// Why.
        why: String,
    }
    /// Copies of a carrier were committed to: from what their words are drawn, before any of them
    /// exists.
    CopiesCommitted "copies.committed" {
        /// The number of the batch.
        no: Number,
        /// The secret point.
        secret: Number,
        /// The carrier.
        carrier: u32,
        /// The copies' numbers.
        copies: Vec<Number>,
        /// To whom each goes: a partner or a person.
        recipients: Vec<Number>,
        /// The commitment to the seed, in hex.
        seed: String,
        /// SHA-256 of the list of sites, in hex.
        plan: String,
        /// How many sites it has.
        sites: u32,
        /// What for.
        purpose: String,
        /// To be given back by this day.
        until: Option<Day>,
        /// What recipients are told about marks; null for nothing.
        notice: Option<String>,
        /// The program's version, which wrote the copies.
        program: String,
    }
    /// A copy was made, and is about to be handed over.
    CopyIssued "copy.issued" {
        /// Its number.
        no: Number,
        /// The batch.
        batch: Number,
        /// To whom.
        recipient: Number,
        /// Who chose the nonce: `recipient` or `node`.
        chosen: String,
        /// The nonce, in hex.
        nonce: String,
        /// SHA-256 of a checkpoint cosigned after the commitment, in hex; null without witnesses.
        beacon: Option<String>,
        /// SHA-256 of the copy, in hex.
        file: String,
        /// Its size in bytes.
        size: u64,
    }
    /// A recipient acknowledged a copy.
    CopyReceived "copy.received" {
        /// The copy.
        copy: Number,
        /// When, as claimed.
        happened: Option<Day>,
        /// SHA-256 of what was received, as the recipient states it, in hex.
        file: Option<String>,
        /// How it was acknowledged.
        how: Option<String>,
    }
    /// A copy is back, or destroyed.
    CopyEnded "copy.ended" {
        /// The copy.
        copy: Number,
        /// How.
        how: Ending,
        /// When, as claimed.
        happened: Option<Day>,
        /// A remark.
        why: Option<String>,
    }
    /// A copy was called back.
    CopyRecalled "copy.recalled" {
        /// The copy.
        copy: Number,
        /// By which day it is to be back.
        until: Option<Day>,
        /// Why.
        why: String,
    }
    /// Something that turned up was read for its marks, with the keys still closed.
    FindRead "find.read" {
        /// Its number.
        no: Number,
        /// The batches whose original it is like.
        batches: Vec<Number>,
        /// How many sites say something, in each batch.
        live: Vec<u32>,
        /// Where it was found, as claimed.
        source: String,
        /// The program's version, which read it.
        program: String,
    }
    /// The keys were opened and the reading was held against all copies.
    FindTraced "find.traced" {
        /// What turned up.
        find: Number,
        /// The copies that were sources; empty when it cannot be told.
        named: Vec<Number>,
        /// The probability that any copy is named which was no source, at most.
        epsilon: String,
        /// How many copies there were.
        among: u32,
        /// SHA-256 of the report by which it can be repeated, in hex.
        report: String,
    }
    /// An expert joined the committee.
    ExpertAdded "expert.added" {
        /// The number.
        no: Number,
        /// What the expert knows about.
        fields: Vec<Theme>,
        /// 所在单位.
        organisation: String,
        /// First day of the term.
        from: Day,
        /// Last day of the term.
        until: Option<Day>,
        /// Companies to keep away from.
        conflicts: Vec<Number>,
    }
    /// An expert must keep away from a company.
    ExpertRecused "expert.recused" {
        /// The expert.
        expert: Number,
        /// The company.
        company: Number,
        /// Why.
        why: String,
    }
    /// An expert serves another term.
    ExpertRenewed "expert.renewed" {
        /// The expert.
        expert: Number,
        /// Until when.
        until: Day,
        /// Why.
        why: Option<String>,
    }
    /// An expert left the committee.
    ExpertEnded "expert.ended" {
        /// The expert.
        expert: Number,
        /// The last day.
        happened: Day,
        /// Why.
        why: String,
    }
    /// A company asked for something.
    RequestReceived "request.received" {
        /// Its number.
        no: Number,
        /// Whose it is.
        company: Number,
        /// How it came.
        channel: Channel,
        /// What it is about.
        theme: Theme,
        /// A title without anything secret.
        title: String,
        /// When it came, as claimed.
        happened: Day,
        /// When it should be answered.
        due: Day,
    }
    /// A request was handed to an expert or another body.
    RequestRouted "request.routed" {
        /// The request.
        request: Number,
        /// Whose it is.
        company: Number,
        /// The expert; null when it went to a body.
        expert: Option<Number>,
        /// The body; null when it went to an expert.
        body: Option<String>,
        /// Whether it comes before others.
        urgent: bool,
        /// Another day by which it should be answered.
        due: Option<Day>,
        /// Why.
        why: Option<String>,
    }
    /// A request was answered.
    RequestReplied "request.replied" {
        /// The request.
        request: Number,
        /// Whose it is.
        company: Number,
        /// Who answered; null for the station itself.
        expert: Option<Number>,
        /// When, as claimed.
        happened: Day,
    }
    /// A request is over.
    RequestClosed "request.closed" {
        /// The request.
        request: Number,
        /// Whose it is.
        company: Number,
        /// How.
        how: Closing,
        /// When, as claimed.
        happened: Day,
        /// A remark.
        why: Option<String>,
    }
    /// A visit was arranged.
    VisitPlanned "visit.planned" {
        /// Its number.
        no: Number,
        /// Where.
        company: Number,
        /// When it is to be.
        day: Day,
        /// What for.
        title: String,
        /// Who goes.
        experts: Vec<Number>,
        /// The checklist taken along, with its edition.
        checklist: String,
        /// The request it answers.
        request: Option<Number>,
        /// The visit it follows up.
        follows: Option<Number>,
    }
    /// A visit does not take place.
    VisitCancelled "visit.cancelled" {
        /// The visit.
        visit: Number,
        /// Where it would have been.
        company: Number,
        /// Why.
        why: String,
    }
    /// A visit took place.
    VisitMade "visit.made" {
        /// The visit.
        visit: Number,
        /// Where.
        company: Number,
        /// When, as claimed.
        happened: Day,
        /// The checklist, with its edition.
        checklist: String,
        /// What was seen, such as `list=wanting`.
        marks: Vec<String>,
    }
    /// Something was prescribed to a company.
    PrescriptionWritten "prescription.written" {
        /// Its number.
        no: Number,
        /// For whom.
        company: Number,
        /// The visit that found it.
        visit: Number,
        /// The point of the checklist.
        point: String,
        /// Its theme.
        theme: Theme,
        /// How grave it is.
        grade: Grade,
        /// When it was prescribed, as claimed.
        happened: Day,
        /// By when it is to be done.
        due: Day,
    }
    /// A company said how far it has come.
    PrescriptionProgressed "prescription.progressed" {
        /// The prescription.
        prescription: Number,
        /// Whose it is.
        company: Number,
        /// How far.
        how: Pace,
        /// When, as claimed.
        happened: Day,
    }
    /// Somebody looked whether what was prescribed is done.
    PrescriptionReviewed "prescription.reviewed" {
        /// The prescription.
        prescription: Number,
        /// Whose it is.
        company: Number,
        /// The visit that looked.
        visit: Option<Number>,
        /// What it saw.
        verdict: Review,
        /// When, as claimed.
        happened: Day,
        /// The new date when it is not done.
        due: Option<Day>,
    }
    /// An account was opened.
    AccountOpened "account.opened" {
        /// Its number.
        no: Number,
        /// What it may do.
        role: AccountRole,
        /// Whose it is: a person of the register, or an expert.
        holder: Option<Number>,
        /// The chosen secret points, for a role that sees those only.
        secrets: Option<Vec<Number>>,
        /// Its last day.
        until: Option<Day>,
    }
    /// What an account may do was changed; what stayed is said again.
    AccountChanged "account.changed" {
        /// The account.
        account: Number,
        /// What it may do from now on.
        role: AccountRole,
        /// The chosen secret points.
        secrets: Option<Vec<Number>>,
        /// Its last day.
        until: Option<Day>,
        /// Why.
        why: Option<String>,
    }
    /// An account got a password.
    AccountPasswordSet "account.password_set" {
        /// The account.
        account: Number,
        /// How.
        how: PasswordBy,
    }
    /// An account was closed, and its wrapped key destroyed.
    AccountClosed "account.closed" {
        /// The account.
        account: Number,
        /// Why.
        why: String,
    }
    /// Two things were compared.
    ComparisonMade "comparison.made" {
        /// Its number.
        no: Number,
        /// What was compared, in words.
        what: String,
        /// Where the other thing comes from, as claimed.
        source: Option<String>,
        /// The secret points on the left side; none when it was files.
        secrets: Vec<Number>,
        /// Files and statements of both sides.
        files: u64,
        /// Files and members that were not read, or not wholly.
        faults: u64,
        /// Bodies of material that was set aside: why, and SHA-256 of the list of it.
        filters: Vec<String>,
        /// SHA-256 of the list of the left side with its hashes, in hex.
        left: String,
        /// SHA-256 of the list of the right side with its hashes, in hex.
        right: String,
        /// SHA-256 of the figures, which the same inputs give again, in hex.
        figures: String,
        /// The program's version.
        program: String,
        /// SHA-256 of the report, in hex.
        report: String,
    }
    /// A person concluded whether a secret point and what it was compared with are the same.
    ComparisonConcluded "comparison.concluded" {
        /// The comparison.
        comparison: Number,
        /// The secret point.
        secret: Number,
        /// Who concludes.
        person: Number,
        /// What.
        sameness: Sameness,
    }
    /// A case was opened on a version of a procedure.
    CaseOpened "case.opened" {
        /// Its number.
        no: Number,
        /// The procedure's name.
        procedure: String,
        /// The procedure's version.
        version: u32,
        /// The state it starts in.
        state: String,
        /// Whose secret it is about; null when that is not known, or on a company's own node.
        company: Option<Number>,
        /// A title without anything secret.
        title: String,
        /// Where it came from.
        source: CaseSource,
        /// When it came, as claimed.
        happened: Day,
    }
    /// Who handles a case was settled.
    CaseAssigned "case.assigned" {
        /// The case.
        case: Number,
        /// The office in charge.
        unit: String,
    }
    /// Something was put into a case's file.
    CaseFiled "case.filed" {
        /// The case.
        case: Number,
        /// What, by its name in the procedure or among the items of evidence.
        item: String,
        /// The paper in the vault; null when the original lies elsewhere.
        paper: Option<u32>,
        /// What it bears of form.
        bears: Vec<String>,
        /// The date on it, as claimed.
        happened: Option<Day>,
        /// A remark.
        why: Option<String>,
    }
    /// Something was taken out of a case's file.
    CaseUnfiled "case.unfiled" {
        /// The case.
        case: Number,
        /// What.
        item: String,
        /// Why.
        why: String,
    }
    /// A step of a procedure was taken.
    CaseStepped "case.stepped" {
        /// The case.
        case: Number,
        /// The step's number in the case, from 1.
        no: u32,
        /// Its name in the procedure.
        step: String,
        /// By which role.
        role: String,
        /// When, as claimed.
        happened: Day,
        /// At which minute of that day; null where hours don't count.
        minute: Option<u16>,
        /// The day it names; null when it names none.
        planned: Option<Day>,
        /// The state of the main track after it.
        state: String,
        /// Whether the case ended with it.
        ends: bool,
    }
    /// A loss, gain or count of a case was reckoned.
    CaseReckoned "case.reckoned" {
        /// The case.
        case: Number,
        /// The worksheet, by its name in the catalog.
        sheet: String,
        /// The way of counting.
        method: String,
        /// What it gives.
        gives: String,
        /// Whether it is the one of its sort that counts towards a threshold.
        relied: bool,
    }
    /// A document of a case was filled in, to be printed and signed.
    CaseDrawn "case.drawn" {
        /// The case.
        case: Number,
        /// The item it becomes when it is signed.
        item: String,
        /// Its language.
        lang: String,
    }
    /// The last step was taken back: it had been recorded by mistake.
    CaseUnstepped "case.unstepped" {
        /// The case.
        case: Number,
        /// The step's number.
        no: u32,
        /// The state of the main track without it.
        state: String,
        /// Why.
        why: String,
    }
    /// Somebody applied for recognition.
    RecognitionApplied "recognition.applied" {
        /// Its number.
        no: Number,
        /// Who applied: an entry of the directory.
        company: Number,
        /// As what, with the edition of the scheme: `company@1`.
        scheme: String,
        /// The recognition under which it would stand.
        under: Option<Number>,
        /// The letter it came by, such as `LW-0001/3`.
        source: Option<String>,
        /// When, as claimed.
        happened: Day,
    }
    /// Evidence for a criterion was given.
    RecognitionEvidenced "recognition.evidenced" {
        /// The recognition.
        recognition: Number,
        /// Whose it is.
        company: Number,
        /// The criterion.
        criterion: String,
        /// The numbers of its papers.
        papers: Vec<u32>,
        /// The entry of the company's own ledger that was proved, when one was.
        entry: Option<u64>,
        /// That ledger's name.
        log: Option<String>,
    }
    /// The application was taken, and two experts are to review it.
    RecognitionAssigned "recognition.assigned" {
        /// The recognition.
        recognition: Number,
        /// Whose it is.
        company: Number,
        /// Who reviews.
        experts: Vec<Number>,
        /// By when.
        due: Day,
    }
    /// A reviewer gave points.
    RecognitionReviewed "recognition.reviewed" {
        /// The recognition.
        recognition: Number,
        /// Whose it is.
        company: Number,
        /// Who reviewed.
        expert: Number,
        /// Points by criterion, such as `list=10`.
        marks: Vec<String>,
        /// What excludes from recognition and was found.
        bars: Vec<String>,
        /// The sum, in tenths of a point.
        score: u32,
        /// When, as claimed.
        happened: Day,
    }
    /// Somebody looked on the spot.
    RecognitionVisited "recognition.visited" {
        /// The recognition.
        recognition: Number,
        /// Whose it is.
        company: Number,
        /// The visit.
        visit: Number,
    }
    /// The reviewers agreed.
    RecognitionAgreed "recognition.agreed" {
        /// The recognition.
        recognition: Number,
        /// Whose it is.
        company: Number,
        /// Points by criterion agreed on; empty when the mean of both reviews stands.
        marks: Vec<String>,
        /// What excludes from recognition and was found.
        bars: Vec<String>,
        /// The sum, in tenths of a point.
        score: u32,
        /// Whether it is enough.
        passed: bool,
        /// When, as claimed.
        happened: Day,
        /// Why.
        why: Option<String>,
    }
    /// The public is asked for objections.
    RecognitionPublished "recognition.published" {
        /// The recognition.
        recognition: Number,
        /// Whose it is.
        company: Number,
        /// From this day.
        from: Day,
        /// Until this day (included).
        until: Day,
    }
    /// Somebody objected.
    RecognitionObjected "recognition.objected" {
        /// The recognition.
        recognition: Number,
        /// Whose it is.
        company: Number,
        /// Which objection, from 1.
        no: u32,
        /// When, as claimed.
        happened: Day,
    }
    /// An objection was looked into.
    RecognitionAnswered "recognition.answered" {
        /// The recognition.
        recognition: Number,
        /// Whose it is.
        company: Number,
        /// The objection.
        objection: u32,
        /// Whether it was found to be right.
        upheld: bool,
        /// When, as claimed.
        happened: Day,
        /// Why.
        why: String,
    }
    /// It was recognised.
    RecognitionAwarded "recognition.awarded" {
        /// The recognition.
        recognition: Number,
        /// Whose it is.
        company: Number,
        /// When, as claimed.
        happened: Day,
        /// Until this day (included).
        until: Day,
        /// By this day it is to be checked.
        check: Day,
        /// By which anybody looks it up.
        code: String,
    }
    /// A recognition was checked.
    RecognitionChecked "recognition.checked" {
        /// The recognition.
        recognition: Number,
        /// Whose it is.
        company: Number,
        /// What the check came to.
        verdict: Check,
        /// When, as claimed.
        happened: Day,
        /// By this day it is to be checked again.
        next: Day,
        /// Why.
        why: Option<String>,
    }
    /// A recognition, or an application for one, ended.
    RecognitionEnded "recognition.ended" {
        /// The recognition.
        recognition: Number,
        /// Whose it is.
        company: Number,
        /// How.
        how: Unrecognition,
        /// When, as claimed.
        happened: Day,
        /// Why.
        why: String,
    }
    /// A letter that was sent tells the other side of an entry.
    LetterCarried "letter.carried" {
        /// The link.
        link: Number,
        /// The letter's number.
        seq: u64,
        /// What the entry is about.
        about: Number,
        /// The entry.
        entry: u64,
    }
    /// A letter that was received had the effect it asks for, or was refused it.
    LetterSettled "letter.settled" {
        /// The link.
        link: Number,
        /// The letter's number.
        seq: u64,
        /// What sort of letter.
        sort: LetterSort,
        /// What it had its effect on.
        about: Option<Number>,
        /// Why it had none; null when it had.
        refused: Option<String>,
    }
    /// A company's node said how far a prescription is.
    PrescriptionReported "prescription.reported" {
        /// The prescription.
        prescription: Number,
        /// For whom.
        company: Number,
        /// The link it came by.
        link: Number,
        /// The letter's number.
        seq: u64,
        /// How far.
        how: Pace,
        /// Whether the prescription now stands so; false when it was written before the company
        /// knew of the station's last word.
        moved: bool,
        /// When, as claimed.
        happened: Day,
    }
    /// A station asks something of this company.
    TaskReceived "task.received" {
        /// Its number.
        no: Number,
        /// The link it came by.
        link: Number,
        /// The letter's number.
        seq: u64,
        /// What sort of task.
        sort: TaskSort,
        /// Its number at the station, when it has one.
        theirs: Option<Number>,
        /// What it is about.
        theme: Option<Theme>,
        /// How grave it is.
        grade: Option<Grade>,
        /// When it was asked, as claimed.
        happened: Day,
        /// By when it is to be done.
        due: Option<Day>,
    }
    /// Somebody said how far a task is, and the station is told.
    TaskProgressed "task.progressed" {
        /// The task.
        task: Number,
        /// The link it came by.
        link: Number,
        /// The number of the letter that tells it.
        seq: u64,
        /// How far.
        how: Pace,
        /// When, as claimed.
        happened: Day,
    }
    /// The station said how a task stands.
    TaskReviewed "task.reviewed" {
        /// The task.
        task: Number,
        /// The link it came by.
        link: Number,
        /// The letter's number.
        seq: u64,
        /// What it said.
        said: Said,
        /// When, as claimed.
        happened: Day,
        /// The new date.
        due: Option<Day>,
    }
    /// A control was answered by a person (自评).
    ControlAnswered "control.answered" {
        /// Its number; its papers lie under it.
        no: Number,
        /// The control, by its name in the catalogue.
        control: String,
        /// The catalogue with its edition, such as `controls@1`.
        edition: String,
        /// What is said.
        verdict: Answer,
        /// From this day, as claimed.
        from: Day,
        /// Until this day (included): then it lapses by itself.
        until: Day,
        /// The secret points that it covers; null for all.
        secrets: Option<Vec<Number>>,
        /// Who answers for it.
        person: Option<Number>,
        /// Why.
        why: Option<String>,
    }
    /// An answer was taken back.
    ControlWithdrawn "control.withdrawn" {
        /// The answer.
        answer: Number,
        /// Why.
        why: String,
    }
    /// What a control lacks was given to a person until a day; without both, it is nobody's again.
    ControlAssigned "control.assigned" {
        /// The control.
        control: String,
        /// Who sees to it.
        person: Option<Number>,
        /// By this day.
        due: Option<Day>,
        /// A remark.
        why: Option<String>,
    }
    /// What a new edition of the catalogue touches was looked at.
    ControlsAdopted "controls.adopted" {
        /// The catalogue.
        catalogue: String,
        /// The edition before; null at first.
        from: Option<u32>,
        /// The edition now.
        to: u32,
        /// A remark.
        why: Option<String>,
    }
    /// It was tried whether a backup can be restored.
    BackupDrilled "backup.drilled" {
        /// Entries of its ledger.
        size: u64,
        /// Files that are as the backup says.
        files: u64,
        /// Files of the vault that were checked.
        blobs: u64,
        /// Sealed statements and files that were opened; null when the passphrase was not given.
        opened: Option<u64>,
        /// When the backup was made, as it says.
        made: String,
        /// How many problems were found.
        problems: u32,
    }
    /// An activity was planned.
    ActivityPlanned "activity.planned" {
        /// Its number.
        no: Number,
        /// What it is called.
        title: String,
        /// The series it belongs to.
        series: Option<String>,
        /// What it is about.
        theme: Theme,
        /// When it is to be.
        day: Day,
        /// The minute of that day at which it begins.
        from: u32,
        /// The minute at which it ends.
        until: u32,
        /// Where.
        place: String,
        /// How many can come; 0 for any number.
        seats: u32,
        /// The last day to register.
        closes: Day,
        /// For how many days after it personal data are kept.
        keep: u32,
        /// Whether anybody may register on the public page.
        open: bool,
        /// What it is about, for everybody to read.
        summary: String,
    }
    /// An activity is held at another time or place.
    ActivityMoved "activity.moved" {
        /// The activity.
        activity: Number,
        /// The new day.
        day: Day,
        /// The minute at which it begins.
        from: u32,
        /// The minute at which it ends.
        until: u32,
        /// Where.
        place: String,
        /// Why.
        why: String,
    }
    /// An activity does not take place.
    ActivityCancelled "activity.cancelled" {
        /// The activity.
        activity: Number,
        /// Why.
        why: String,
    }
    /// Companies were invited.
    ActivityInvited "activity.invited" {
        /// The activity.
        activity: Number,
        /// Which.
        companies: Vec<Number>,
        /// By which question they were found.
        condition: Option<String>,
    }
    /// Somebody registered.
    ActivityRegistered "activity.registered" {
        /// The activity.
        activity: Number,
        /// Which registration, from 1.
        no: u32,
        /// From which company of the directory.
        company: Option<Number>,
        /// How.
        channel: SignUp,
        /// SHA-256 of the code by which somebody checks in, in hex.
        ticket: String,
    }
    /// Somebody who had registered does not come.
    ActivityWithdrawn "activity.withdrawn" {
        /// The activity.
        activity: Number,
        /// The registration.
        registration: u32,
    }
    /// Somebody came.
    ActivityCheckedIn "activity.checked_in" {
        /// The activity.
        activity: Number,
        /// The registration.
        registration: u32,
        /// Whether by the code; else by name.
        by_code: bool,
    }
    /// An activity was held.
    ActivityHeld "activity.held" {
        /// The activity.
        activity: Number,
        /// How many came.
        came: u32,
    }
    /// Somebody asked something.
    ActivityAsked "activity.asked" {
        /// The activity.
        activity: Number,
        /// Which question, from 1.
        no: u32,
        /// The registration of who asked.
        registration: Option<u32>,
    }
    /// A question was answered.
    ActivityAnswered "activity.answered" {
        /// The activity.
        activity: Number,
        /// The question.
        question: u32,
        /// Who answered; null for the station itself.
        expert: Option<Number>,
        /// Whether both are shown on the public page.
        shown: bool,
    }
    /// Material was handed out.
    ActivitySupplied "activity.supplied" {
        /// The activity.
        activity: Number,
        /// What it is.
        title: String,
        /// Where it is.
        url: String,
    }
    /// Somebody said how it was.
    ActivityRated "activity.rated" {
        /// The activity.
        activity: Number,
        /// The registration.
        registration: u32,
        /// From 1 to 5.
        mark: u32,
    }
    /// The keys of registrations were destroyed, since their time was over.
    ActivityErased "activity.erased" {
        /// The activity.
        activity: Number,
        /// Which.
        registrations: Vec<u32>,
    }
    /// A folder was gone through for what may be secret points.
    InventoryDone "inventory.done" {
        /// Its number.
        no: Number,
        /// What this was, in words, as far as somebody said it.
        what: Option<String>,
        /// Whether it was ended early.
        partial: bool,
        /// Files that were read.
        files: u64,
        /// Bytes that were read.
        bytes: u64,
        /// Files and members that were not read, or not wholly.
        faults: u64,
        /// How many proposals it made, adjustments among them.
        proposals: u32,
        /// How many of them are adjustments of secret points.
        adjustments: u32,
        /// The secret points that these are about.
        secrets: Vec<Number>,
        /// SHA-256 of the rules, in hex.
        rules: String,
        /// SHA-256 of the list of what was read with its hashes, under a salt, in hex.
        manifest: String,
        /// The program's version.
        program: String,
        /// SHA-256 of the report, in hex.
        report: String,
    }
    /// Public documents were taken into a corpus.
    CorpusAdded "corpus.added" {
        /// Its number.
        no: Number,
        /// Its name.
        name: String,
        /// What its documents are.
        sort: CorpusSort,
        /// Where they come from, as claimed.
        source: Option<String>,
        /// The day on which those without a day of their own were public, as claimed.
        day: Option<Day>,
        /// Files that were read.
        files: u64,
        /// Files, members and records that were not read, or not wholly.
        faults: u64,
        /// Documents in it.
        documents: u64,
        /// Of them, those without a day.
        undated: u64,
        /// The earliest day of a document, as the data claims.
        first: Option<Day>,
        /// The latest day of a document, as the data claims.
        last: Option<Day>,
        /// Bytes of text.
        bytes: u64,
        /// Fingerprints.
        fingerprints: u64,
        /// The shortest run of a text, in folded bytes, that is always found.
        guaranteed: u32,
        /// SHA-256 of the list of documents, in hex.
        manifest: String,
        /// SHA-256 of the corpus's file, in hex.
        digest: String,
        /// The program's version.
        program: String,
    }
    /// A corpus was taken away; what was found in it stays recorded.
    CorpusRemoved "corpus.removed" {
        /// The corpus.
        corpus: Number,
        /// Why.
        why: String,
    }
    /// A secret point was looked for in public corpora.
    PublicChecked "public.checked" {
        /// Its number.
        no: Number,
        /// The secret point.
        secret: Number,
        /// The day of the act: what was public before it counts.
        day: Option<Day>,
        /// The corpora that were asked.
        corpora: Vec<Number>,
        /// SHA-256 of the file of each, in hex.
        digests: Vec<String>,
        /// The corpora that stood and were not asked, or could not be.
        unasked: Vec<Number>,
        /// Documents in those that were asked.
        documents: u64,
        /// Statements and pieces of carriers that were looked for.
        parts: u32,
        /// Those that could not be.
        left: u32,
        /// Those of which something was found.
        found: u32,
        /// Those of which something was found that was public before the day.
        earlier: u32,
        /// Documents that are near by their words.
        leads: u32,
        /// The shortest run of a text, in folded bytes, that is always found.
        guaranteed: u32,
        /// The program's version.
        program: String,
        /// SHA-256 of the report, in hex.
        report: String,
    }
    /// A blind comparison with another party was begun: what was sent can't be changed any more.
    BlindBegun "blind.begun" {
        /// Its number.
        no: Number,
        /// Which side this one is.
        side: BlindSide,
        /// The secret points that were put in; none: files.
        secrets: Vec<Number>,
        /// The partner it is with.
        partner: Option<Number>,
        /// Fingerprints that this side put in.
        own: u64,
        /// Fingerprints that the other put in, when it was the first to send.
        theirs: Option<u64>,
        /// The shortest run of a text, in folded bytes, that is always found.
        guaranteed: u32,
        /// SHA-256 of the messages until then, in hex: the offer, then the answer.
        messages: Vec<String>,
        /// The program's version.
        program: String,
    }
    /// A blind comparison came to its end.
    BlindDone "blind.done" {
        /// The blind comparison.
        blind: Number,
        /// Fingerprints that the other put in.
        theirs: u64,
        /// Fingerprints of this side that the other has, too.
        found: u64,
        /// SHA-256 of all three messages, in hex.
        messages: Vec<String>,
        /// SHA-256 of the report, in hex.
        report: String,
    }
    /// The other's message did not hold; nothing was learned from it.
    BlindFailed "blind.failed" {
        /// The blind comparison.
        blind: Number,
        /// What did not hold.
        fault: BlindFault,
        /// SHA-256 of the message, in hex.
        message: String,
    }
    /// The history of the company's own work was written down, as it stood.
    WorkRecorded "work.recorded" {
        /// Its number.
        no: Number,
        /// What work it is, without anything secret.
        what: String,
        /// The secret points that it led to.
        secrets: Vec<Number>,
        /// The record of the same work before.
        previous: Option<Number>,
        /// Whether all that stood in that record still stands.
        thread: Option<Thread>,
        /// Commits of its repositories.
        commits: u64,
        /// Files outside of them.
        files: u64,
        /// What could not be read.
        faults: u64,
        /// The earliest day of a commit or file, as its own data claims.
        first: Option<Day>,
        /// The latest one.
        last: Option<Day>,
        /// SHA-256 of the list of commits and files, in hex.
        chain: String,
        /// The program's version.
        program: String,
        /// SHA-256 of the report, in hex.
        report: String,
    }
    /// A proposal of an inventory was accepted, put aside, or held to be no secret point.
    InventoryDecided "inventory.decided" {
        /// The inventory.
        inventory: Number,
        /// The proposal, from 1.
        proposal: u32,
        /// What became of it.
        answer: Judgement,
        /// The secret point that it became, or that was adjusted.
        secret: Option<Number>,
        /// Why it is none.
        reason: Option<NoSecret>,
    }
    /// A suspected leak was written down; what was noticed is sealed.
    IncidentOpened "incident.opened" {
        /// Its number.
        no: Number,
        /// A title without anything secret and without names.
        title: String,
        /// What kind of act is suspected.
        conduct: Conduct,
        /// The secret points it is about.
        secrets: Vec<Number>,
        /// Colleagues, also former ones, who may be involved.
        persons: Vec<Number>,
        /// Partners that may be involved.
        partners: Vec<Number>,
        /// The first day on which the act may have been done, as claimed.
        from: Day,
        /// The last one; the act has ended by then, or goes on when it is today.
        until: Day,
        /// When the company learnt of it, as claimed.
        noticed: Day,
    }
    /// What is said of an incident was put right, as a whole.
    IncidentRevised "incident.revised" {
        /// The incident.
        incident: Number,
        /// What kind of act is suspected.
        conduct: Conduct,
        /// The secret points it is about.
        secrets: Vec<Number>,
        /// Colleagues who may be involved.
        persons: Vec<Number>,
        /// Partners that may be involved.
        partners: Vec<Number>,
        /// The first day on which the act may have been done, as claimed.
        from: Day,
        /// The last one.
        until: Day,
        /// When the company learnt of it, as claimed.
        noticed: Day,
        /// Why.
        why: String,
    }
    /// Something was noted about an incident; the words are sealed.
    IncidentNoted "incident.noted" {
        /// The incident.
        incident: Number,
        /// When it was, as claimed.
        happened: Option<Day>,
    }
    /// Something that the node has was laid to an incident.
    IncidentLinked "incident.linked" {
        /// The incident.
        incident: Number,
        /// What.
        thing: Number,
    }
    /// It was taken away again.
    IncidentUnlinked "incident.unlinked" {
        /// The incident.
        incident: Number,
        /// What.
        thing: Number,
        /// Why.
        why: String,
    }
    /// A piece of evidence was preserved; where it is from, who took it and how are sealed.
    IncidentPreserved "incident.preserved" {
        /// The incident.
        incident: Number,
        /// The exhibit's number within the incident, from 1.
        no: u32,
        /// What, by its name among the items of evidence.
        item: String,
        /// The paper in the vault; null when the original lies elsewhere.
        paper: Option<u32>,
        /// What it bears of form.
        bears: Vec<String>,
        /// The date on it, as claimed.
        dated: Option<Day>,
        /// When it was taken, as claimed.
        happened: Day,
    }
    /// An exhibit went from one hand into another.
    IncidentHanded "incident.handed" {
        /// The incident.
        incident: Number,
        /// The exhibit.
        exhibit: u32,
        /// When, as claimed.
        happened: Day,
    }
    /// An exhibit was taken out of the file: it had been put there by mistake.
    IncidentDropped "incident.dropped" {
        /// The incident.
        incident: Number,
        /// The exhibit.
        exhibit: u32,
        /// Why.
        why: String,
    }
    /// A loss, gain or count of an incident was reckoned.
    IncidentReckoned "incident.reckoned" {
        /// The incident.
        incident: Number,
        /// The worksheet, by its name in the catalog.
        sheet: String,
        /// The way of counting.
        method: String,
        /// What it gives.
        gives: String,
        /// Whether it is the one of its sort that counts towards a threshold.
        relied: bool,
    }
    /// An incident was closed.
    IncidentClosed "incident.closed" {
        /// The incident.
        incident: Number,
        /// What came of it.
        outcome: Outcome,
        /// When, as claimed.
        happened: Day,
    }
    /// An incident that was closed goes on.
    IncidentReopened "incident.reopened" {
        /// The incident.
        incident: Number,
        /// Why.
        why: String,
    }
    /// A node filed its company's profile with a station: what was ticked, and that was agreed to.
    ProfileFiled "profile.filed" {
        /// The link.
        link: Number,
        /// The letter that carries it.
        seq: u64,
        /// As of this day.
        day: Day,
        /// What was ticked.
        fields: Vec<ProfileField>,
    }
    /// A node took back its agreement to what it filed.
    ProfileWithdrawn "profile.withdrawn" {
        /// The link.
        link: Number,
        /// The letter that says so.
        seq: u64,
        /// Why.
        why: Option<String>,
    }
    /// A company's profile came to a station.
    ProfileReceived "profile.received" {
        /// Whose.
        company: Number,
        /// The link it came by.
        link: Number,
        /// The letter's number.
        seq: u64,
        /// As of this day, as claimed.
        day: Day,
        /// What the company ticked.
        fields: Vec<ProfileField>,
        /// How many entries of its ledger it showed to be there; they were checked.
        entries: u64,
        /// The size of its ledger under which they stand; 0 when it showed none.
        size: u64,
    }
    /// A station destroyed what a company had filed, since the company took back its agreement.
    ProfileForgotten "profile.forgotten" {
        /// Whose.
        company: Option<Number>,
        /// The link.
        link: Number,
        /// The letter that takes it back: those before it are forgotten.
        seq: u64,
    }
    /// A rule of early warning was tried on the made-up district. Shares are of 1,000.
    RuleScored "rule.scored" {
        /// The rule.
        rule: String,
        /// What of it was scored, SHA-256 in hex.
        version: String,
        /// SHA-256 of the district's parameters, in hex.
        twin: String,
        /// The seed.
        seed: u32,
        /// Companies of the district.
        companies: u32,
        /// Alerts raised.
        alerts: u32,
        /// Companies named by them.
        named: u32,
        /// Of those, to how many the harm came in time.
        hits: u32,
        /// Harms.
        harms: u32,
        /// Of those, how many were foreseen.
        foreseen: u32,
        /// The median of days from an alert to its harm.
        lead: u32,
        /// Companies named per officer and week, in hundredths.
        load: u32,
        /// Precision of as many picks at random.
        random: u32,
        /// Precision of as many picks of those last heard of.
        recent: u32,
        /// SHA-256 of the score, in hex.
        score: String,
    }
    /// A rule of early warning was switched on or off.
    RuleSwitched "rule.switched" {
        /// The rule.
        rule: String,
        /// Whether it is on now.
        on: bool,
        /// What of it, SHA-256 in hex.
        version: String,
        /// The score on which it was switched on, SHA-256 in hex; blank when there was none.
        score: String,
        /// Why.
        why: Option<String>,
    }
    /// A rule raised an alert.
    WarningRaised "warning.raised" {
        /// Its number.
        no: Number,
        /// The rule.
        rule: String,
        /// The rule's edition.
        edition: u32,
        /// What of it was on, SHA-256 in hex.
        version: String,
        /// Of what: `park:` and its name, `company:` and its number.
        matter: String,
        /// What each count of the rule came to.
        figures: Vec<String>,
        /// What was counted, as far as it has numbers.
        counted: Vec<Number>,
        /// The companies it is about.
        companies: Vec<Number>,
        /// Until when somebody should have looked.
        due: Day,
    }
    /// Somebody sees to an alert.
    WarningAssigned "warning.assigned" {
        /// The alert.
        warning: Number,
        /// Who: an office or a post.
        unit: String,
        /// Until when.
        due: Day,
    }
    /// An alert was closed.
    WarningClosed "warning.closed" {
        /// The alert.
        warning: Number,
        /// Whether it was of use.
        useful: bool,
        /// When.
        happened: Day,
        /// What was done and found.
        why: String,
    }
    /// A case names the organisation it is against, an entry of the directory.
    CaseAgainst "case.against" {
        /// The case.
        case: Number,
        /// The organisation.
        respondent: Number,
    }
    /// What a company answered before it goes abroad, and the risks that named.
    OverseasAssessed "overseas.assessed" {
        /// Its number.
        no: Number,
        /// What it is about: a product or project.
        product: String,
        /// The countries, by their names in the catalogue.
        markets: Vec<String>,
        /// The answers, as `question:choice`.
        answers: Vec<String>,
        /// The risks named, by their names in the catalogue.
        risks: Vec<String>,
        /// The guides it rests on, with their editions.
        guides: Vec<String>,
        /// The edition of the questions.
        edition: u32,
    }
    /// What was answered before material leaves China.
    ExportAnswered "export.answered" {
        /// Its number.
        no: Number,
        /// The secret points that are to go.
        secrets: Vec<Number>,
        /// To whom and where.
        to: String,
        /// The answers, as `question:choice`.
        answers: Vec<String>,
        /// The papers they rest on, as `question:paper`.
        proofs: Vec<String>,
        /// The edition of the questions.
        edition: u32,
        /// Whether nothing was against it.
        clear: bool,
    }
    /// Nothing about a person or of a secret point may be destroyed for now.
    HoldSet "hold.set" {
        /// The person or secret point.
        thing: Number,
        /// The hold's number on this thing, from 1.
        no: u32,
        /// The incident or case for which it is kept.
        ground: Option<Number>,
        /// Why.
        why: String,
    }
    /// A legal hold was lifted.
    HoldLifted "hold.lifted" {
        /// The person or secret point.
        thing: Number,
        /// The hold's number on this thing.
        hold: u32,
        /// The incident or case for which it was kept.
        ground: Option<Number>,
        /// Why.
        why: String,
    }
    /// What was sealed about a person was destroyed (个人信息保护法 art. 47).
    PersonErased "person.erased" {
        /// The person.
        person: Number,
        /// For which reason of art. 47.
        ground: ErasureGround,
        /// Who approved it.
        approved: Option<Number>,
        /// Sealed items that were destroyed.
        items: u64,
        /// Files that were destroyed.
        files: u64,
        /// Why.
        why: String,
    }
    /// The content of a secret point was destroyed.
    SecretDestroyed "secret.destroyed" {
        /// The secret point.
        secret: Number,
        /// Who approved it.
        approved: Number,
        /// Sealed items that were destroyed.
        items: u64,
        /// Files that were destroyed.
        files: u64,
        /// Why.
        why: String,
    }
    /// An organisation takes part; whom to talk to is sealed.
    OrganisationAdded "organisation.added" {
        /// Its number.
        no: Number,
        /// Its name.
        name: String,
        /// What it is.
        sort: OrganisationKind,
        /// The park or street that it looks after, as the directory names it.
        area: Option<String>,
    }
    /// An organisation is called otherwise, looks after another area, or names another contact.
    OrganisationChanged "organisation.changed" {
        /// The organisation.
        organisation: Number,
        /// Its name.
        name: String,
        /// The park or street that it looks after.
        area: Option<String>,
        /// Why.
        why: Option<String>,
    }
    /// An organisation takes part no more.
    OrganisationEnded "organisation.ended" {
        /// The organisation.
        organisation: Number,
        /// The last day, as claimed.
        happened: Day,
        /// Why.
        why: String,
    }
    /// A company became a member of an organisation.
    MemberJoined "member.joined" {
        /// The organisation.
        organisation: Number,
        /// The company.
        company: Number,
        /// From when, as claimed.
        happened: Day,
        /// What it is there.
        post: Option<String>,
    }
    /// A company is a member no more.
    MemberLeft "member.left" {
        /// The organisation.
        organisation: Number,
        /// The company.
        company: Number,
        /// When, as claimed.
        happened: Day,
        /// Why.
        why: Option<String>,
    }
    /// One organisation asked another for assistance; what is asked is sealed.
    AssistanceAsked "assistance.asked" {
        /// Its number.
        no: Number,
        /// Who asks.
        from: Number,
        /// Who is asked: an organisation, or a member of the one that asks.
        to: Number,
        /// For what.
        sort: AssistanceSort,
        /// A title without anything secret.
        title: String,
        /// The company it is about.
        company: Option<Number>,
        /// The case it is about.
        case: Option<Number>,
        /// The company's request that it comes from.
        request: Option<Number>,
        /// The request for assistance that it passes on.
        follows: Option<Number>,
        /// When, as claimed.
        happened: Day,
        /// By when it should be answered.
        due: Day,
    }
    /// Whoever was asked has the request: the receipt.
    AssistanceReceived "assistance.received" {
        /// The request for assistance.
        assistance: Number,
        /// Who received it.
        organisation: Number,
        /// When, as claimed.
        happened: Day,
        /// The number under which the receiver keeps it.
        reference: Option<String>,
    }
    /// Whoever was asked looked at it and gave it to somebody.
    AssistanceTriaged "assistance.triaged" {
        /// The request for assistance.
        assistance: Number,
        /// Who sees to it: an office or a post.
        unit: String,
        /// Whether it comes before others.
        urgent: bool,
        /// What was found at the first look.
        why: Option<String>,
    }
    /// A request for assistance was answered; the answer is sealed.
    AssistanceReplied "assistance.replied" {
        /// The request for assistance.
        assistance: Number,
        /// Who answered.
        organisation: Number,
        /// What, in a word.
        answer: AssistanceAnswer,
        /// When, as claimed.
        happened: Day,
    }
    /// A request for assistance was late or turned down, and went to a third organisation.
    AssistanceEscalated "assistance.escalated" {
        /// The request for assistance.
        assistance: Number,
        /// To whom.
        to: Number,
        /// When, as claimed.
        happened: Day,
        /// The new day by which it should be answered.
        due: Day,
        /// Why.
        why: String,
    }
    /// A request for assistance is over.
    AssistanceClosed "assistance.closed" {
        /// The request for assistance.
        assistance: Number,
        /// How.
        how: Closing,
        /// When, as claimed.
        happened: Day,
        /// A remark.
        why: Option<String>,
    }
    /// A company's request was handed to the desk of an organisation.
    RequestTaken "request.taken" {
        /// The request.
        request: Number,
        /// Whose it is.
        company: Number,
        /// Whose desk.
        organisation: Number,
        /// Another day by which it should be answered.
        due: Option<Day>,
        /// Why.
        why: Option<String>,
    }
    /// An organisation's desk answered a company's request; the answer is sealed.
    RequestAnswered "request.answered" {
        /// The request.
        request: Number,
        /// Whose it is.
        company: Number,
        /// Whose desk.
        organisation: Number,
        /// When, as claimed.
        happened: Day,
        /// When to ask whether it helped.
        again: Option<Day>,
    }
    /// Somebody asked the company whether the answer helped; what it said is sealed.
    RequestFollowed "request.followed" {
        /// The request.
        request: Number,
        /// Whose it is.
        company: Number,
        /// What was found.
        outcome: FollowUp,
        /// When, as claimed.
        happened: Day,
        /// When to ask again.
        again: Option<Day>,
    }
    /// A secret point was merged into another, which goes on with what it consisted of.
    SecretMerged "secret.merged" {
        /// The secret point that ended.
        secret: Number,
        /// The one that goes on.
        into: Number,
        /// Its statements and what became of each: `1>3`.
        statements: Vec<String>,
        /// The same for its carriers.
        carriers: Vec<String>,
        /// Why.
        why: String,
    }
    /// Parts of a secret point were taken out and registered as another.
    SecretSplit "secret.split" {
        /// The secret point that goes on with the rest.
        secret: Number,
        /// The new one.
        into: Number,
        /// The statements that went and what became of each: `2>1`.
        statements: Vec<String>,
        /// The same for carriers.
        carriers: Vec<String>,
        /// Why.
        why: String,
    }
    /// What a procurement came to was recorded.
    ProcurementRecorded "procurement.recorded" {
        /// Its number.
        no: Number,
        /// What it is called.
        title: String,
        /// The project's number at the procurement platform.
        reference: String,
        /// The day of the award, as claimed.
        happened: Day,
        /// The criteria, each with the most points: `方案=40`.
        criteria: Vec<String>,
        /// The bids, each with its points by criterion in hundredths: `JG-0001=3650/2800`.
        scores: Vec<String>,
        /// Who was awarded.
        awarded: Vec<Number>,
        /// The contract's number.
        contract: Option<String>,
        /// The contract's amount, in fen.
        amount: u64,
        /// The contract's first day.
        from: Day,
        /// Its last day.
        until: Day,
    }
    /// A firm was engaged for a company.
    EngagementOpened "engagement.opened" {
        /// Its number.
        no: Number,
        /// The firm.
        organisation: Number,
        /// The company.
        company: Number,
        /// The procurement it rests on.
        procurement: Option<Number>,
        /// What is to be done.
        title: String,
        /// First day.
        from: Day,
        /// Last day.
        until: Day,
        /// Whether it is a pilot with deep service.
        pilot: bool,
        /// What the firm declared about conflicts.
        declared: String,
    }
    /// A step, a result or a payment was planned.
    EngagementPlanned "engagement.planned" {
        /// The engagement.
        engagement: Number,
        /// The item's number there, from 1.
        item: u32,
        /// What it is.
        sort: ItemSort,
        /// What it is called.
        title: String,
        /// By when.
        due: Day,
        /// Of a payment, in fen; else 0.
        amount: u64,
        /// The item that a payment waits for.
        waits: Option<u32>,
    }
    /// Work was done for an engagement; more of it is sealed.
    EngagementLogged "engagement.logged" {
        /// The engagement.
        engagement: Number,
        /// The item it was for.
        item: Option<u32>,
        /// When, as claimed.
        happened: Day,
        /// How long, as claimed.
        minutes: u32,
        /// What.
        what: String,
    }
    /// A step or result was handed in; what it is and where is sealed.
    EngagementDelivered "engagement.delivered" {
        /// The engagement.
        engagement: Number,
        /// The item.
        item: u32,
        /// When, as claimed.
        happened: Day,
    }
    /// What was handed in was looked at.
    EngagementAccepted "engagement.accepted" {
        /// The engagement.
        engagement: Number,
        /// The item.
        item: u32,
        /// Whether it was accepted.
        accepted: bool,
        /// When, as claimed.
        happened: Day,
        /// Why.
        why: Option<String>,
    }
    /// A payment was made.
    EngagementPaid "engagement.paid" {
        /// The engagement.
        engagement: Number,
        /// The item.
        item: u32,
        /// When, as claimed.
        happened: Day,
        /// How much, in fen.
        amount: u64,
    }
    /// A company said how content it is; what it said is sealed.
    EngagementRated "engagement.rated" {
        /// The engagement.
        engagement: Number,
        /// 1 to 5.
        mark: u32,
        /// When, as claimed.
        happened: Day,
    }
    /// An engagement ended.
    EngagementEnded "engagement.ended" {
        /// The engagement.
        engagement: Number,
        /// How.
        how: EngagementEnd,
        /// When, as claimed.
        happened: Day,
        /// Why.
        why: Option<String>,
    }
    /// A firm must keep away from a company.
    FirmConflicted "firm.conflicted" {
        /// The firm.
        organisation: Number,
        /// The company.
        company: Number,
        /// Why, by name.
        reason: ConflictReason,
        /// The case.
        case: Option<Number>,
        /// Until when.
        until: Option<Day>,
        /// More of it.
        why: Option<String>,
    }
    /// It may serve the company again.
    FirmCleared "firm.cleared" {
        /// The firm.
        organisation: Number,
        /// The company.
        company: Number,
        /// When, as claimed.
        happened: Day,
        /// Why.
        why: String,
    }
}

impl Event {
    /// The plain fields by name, without the tag.
    pub fn fields(&self) -> Map<String, Value> {
        let value = serde_json::to_value(self).expect("an event is a JSON object");
        let Value::Object(mut map) = value else { return Map::new() };
        map.remove("kind");
        map
    }

    /// Reads an event from its plain fields.
    ///
    /// # Errors
    /// When the tag is unknown or a field is missing or of another type: the ledger was written
    /// by a newer program, or is damaged.
    pub fn from_fields(
        tag: &str,
        mut fields: Map<String, Value>,
    ) -> Result<Self, serde_json::Error> {
        fields.insert("kind".into(), tag.into());
        serde_json::from_value(Value::Object(fields))
    }

    /// The numbers this event is about: it stands in the timeline of each.
    pub fn about(&self) -> Vec<Number> {
        let mut about = Vec::new();
        match self {
            Self::NodeCreated(_)
            | Self::WitnessAdded(_)
            | Self::WitnessRemoved(_)
            | Self::AuthorityAdded(_)
            | Self::AuthorityRemoved(_)
            | Self::ClockSetBack(_)
            | Self::KeysChanged(_)
            | Self::DirectoryImported(_)
            | Self::ControlsAdopted(_)
            | Self::RuleScored(_)
            | Self::RuleSwitched(_)
            | Self::BackupDrilled(_) => {}
            Self::WarningRaised(e) => {
                about.push(e.no);
                about.extend(&e.companies);
            }
            Self::WarningAssigned(e) => about.push(e.warning),
            Self::WarningClosed(e) => about.push(e.warning),
            Self::CaseAgainst(e) => about.extend([e.case, e.respondent]),
            Self::OverseasAssessed(e) => about.push(e.no),
            Self::ExportAnswered(e) => {
                about.push(e.no);
                about.extend(&e.secrets);
            }
            Self::OrganisationAdded(e) => about.push(e.no),
            Self::OrganisationChanged(e) => about.push(e.organisation),
            Self::OrganisationEnded(e) => about.push(e.organisation),
            Self::MemberJoined(e) => about.extend([e.organisation, e.company]),
            Self::MemberLeft(e) => about.extend([e.organisation, e.company]),
            Self::AssistanceAsked(e) => {
                about.extend([e.no, e.from, e.to]);
                about.extend([e.company, e.case, e.request, e.follows].into_iter().flatten());
            }
            Self::AssistanceReceived(e) => about.extend([e.assistance, e.organisation]),
            Self::AssistanceTriaged(e) => about.push(e.assistance),
            Self::AssistanceReplied(e) => about.extend([e.assistance, e.organisation]),
            Self::AssistanceEscalated(e) => about.extend([e.assistance, e.to]),
            Self::AssistanceClosed(e) => about.push(e.assistance),
            Self::RequestTaken(e) => about.extend([e.request, e.company, e.organisation]),
            Self::RequestAnswered(e) => about.extend([e.request, e.company, e.organisation]),
            Self::RequestFollowed(e) => about.extend([e.request, e.company]),
            Self::ProcurementRecorded(e) => {
                about.push(e.no);
                about.extend(&e.awarded);
            }
            Self::EngagementOpened(e) => about.extend([e.no, e.organisation, e.company]),
            Self::EngagementPlanned(e) => about.push(e.engagement),
            Self::EngagementLogged(e) => about.push(e.engagement),
            Self::EngagementDelivered(e) => about.push(e.engagement),
            Self::EngagementAccepted(e) => about.push(e.engagement),
            Self::EngagementPaid(e) => about.push(e.engagement),
            Self::EngagementRated(e) => about.push(e.engagement),
            Self::EngagementEnded(e) => about.push(e.engagement),
            Self::FirmConflicted(e) => {
                about.extend([e.organisation, e.company]);
                about.extend(e.case);
            }
            Self::FirmCleared(e) => about.extend([e.organisation, e.company]),
            Self::PersonAdded(e) => about.push(e.no),
            Self::PartnerAdded(e) => about.push(e.no),
            Self::SecretRegistered(e) => {
                about.push(e.no);
                about.extend(e.owner);
            }
            Self::SecretStated(e) => about.push(e.secret),
            Self::SecretUnstated(e) => about.push(e.secret),
            Self::SecretRevised(e) => {
                about.push(e.secret);
                about.extend(e.owner);
            }
            Self::SecretLevelled(e) => about.push(e.secret),
            Self::SecretDeclassified(e) => about.push(e.secret),
            Self::SecretViewed(e) => about.push(e.secret),
            Self::CarrierAdded(e) => about.push(e.secret),
            Self::CarrierRetired(e) => about.push(e.secret),
            Self::MeasureAdded(e) => about.push(e.no),
            Self::MeasureMatched(e) => about.extend([e.measure, e.secret]),
            Self::MeasureEnded(e) => about.push(e.measure),
            Self::PersonCleared(e) => about.extend([e.person, e.secret]),
            Self::PersonBarred(e) => about.extend([e.person, e.secret]),
            Self::PartnerAgreed(e) => {
                about.extend([e.no, e.partner]);
                about.extend(e.secrets.iter().flatten());
            }
            Self::PaperAdded(e) => about.push(e.about),
            Self::CaseOpened(e) => {
                about.push(e.no);
                about.extend(e.company);
            }
            Self::CaseAssigned(e) => about.push(e.case),
            Self::CaseFiled(e) => about.push(e.case),
            Self::CaseUnfiled(e) => about.push(e.case),
            Self::CaseStepped(e) => about.push(e.case),
            Self::CaseUnstepped(e) => about.push(e.case),
            Self::CaseDrawn(e) => about.push(e.case),
            Self::CaseReckoned(e) => about.push(e.case),
            Self::DisclosureMade(e) => {
                about.extend([e.no, e.secret, e.partner]);
                about.extend(e.person);
                about.extend(e.agreement);
            }
            Self::DisclosureClosed(e) => about.push(e.disclosure),
            Self::DossierBuilt(e) => {
                about.push(e.no);
                about.extend(&e.secrets);
            }
            Self::CompanyAdded(e) => about.push(e.no),
            Self::CompanyRevised(e) => about.push(e.company),
            Self::CompanyMerged(e) => about.extend([e.company, e.into]),
            Self::ServiceGiven(e) => about.push(e.company),
            Self::LinkOffered(e) => {
                about.push(e.no);
                about.extend(e.company);
            }
            Self::LinkAsked(e) => about.push(e.no),
            Self::LinkJoined(e) => {
                about.push(e.no);
                about.extend(e.company);
            }
            Self::LinkEnded(e) => about.push(e.no),
            Self::LetterSent(e) => about.push(e.link),
            Self::LetterReceived(e) => about.push(e.link),
            Self::LetterOpened(e) => about.push(e.link),
            Self::IndexBuilt(e) => about.extend(&e.secrets),
            Self::SweepDone(e) => {
                about.push(e.no);
                about.extend(&e.secrets);
            }
            Self::ReleaseAsked(e) => {
                about.push(e.no);
                about.extend(&e.secrets);
            }
            Self::ReleaseApproved(e) => about.extend([e.release, e.person]),
            Self::ReleaseRefused(e) => about.extend([e.release, e.person]),
            Self::ComparisonMade(e) => {
                about.push(e.no);
                about.extend(&e.secrets);
            }
            Self::ComparisonConcluded(e) => about.extend([e.comparison, e.secret, e.person]),
            Self::CopiesCommitted(e) => {
                about.extend([e.no, e.secret]);
                about.extend(&e.recipients);
            }
            Self::CopyIssued(e) => about.extend([e.no, e.batch, e.recipient]),
            Self::CopyReceived(e) => about.push(e.copy),
            Self::CopyEnded(e) => about.push(e.copy),
            Self::CopyRecalled(e) => about.push(e.copy),
            Self::FindRead(e) => {
                about.push(e.no);
                about.extend(&e.batches);
            }
            Self::FindTraced(e) => {
                about.push(e.find);
                about.extend(&e.named);
            }
            Self::ExpertAdded(e) => {
                about.push(e.no);
                about.extend(&e.conflicts);
            }
            Self::ExpertRecused(e) => about.extend([e.expert, e.company]),
            Self::ExpertRenewed(e) => about.push(e.expert),
            Self::ExpertEnded(e) => about.push(e.expert),
            Self::RequestReceived(e) => about.extend([e.no, e.company]),
            Self::RequestRouted(e) => {
                about.extend([e.request, e.company]);
                about.extend(e.expert);
            }
            Self::RequestReplied(e) => {
                about.extend([e.request, e.company]);
                about.extend(e.expert);
            }
            Self::RequestClosed(e) => about.extend([e.request, e.company]),
            Self::VisitPlanned(e) => {
                about.extend([e.no, e.company]);
                about.extend(&e.experts);
                about.extend(e.request);
                about.extend(e.follows);
            }
            Self::VisitCancelled(e) => about.extend([e.visit, e.company]),
            Self::VisitMade(e) => about.extend([e.visit, e.company]),
            Self::PrescriptionWritten(e) => about.extend([e.no, e.company, e.visit]),
            Self::PrescriptionProgressed(e) => about.extend([e.prescription, e.company]),
            Self::PrescriptionReviewed(e) => {
                about.extend([e.prescription, e.company]);
                about.extend(e.visit);
            }
            Self::AccountOpened(e) => {
                about.push(e.no);
                about.extend(e.holder);
            }
            Self::AccountChanged(e) => about.push(e.account),
            Self::AccountPasswordSet(e) => about.push(e.account),
            Self::AccountClosed(e) => about.push(e.account),
            Self::RecognitionApplied(e) => {
                about.extend([e.no, e.company]);
                about.extend(e.under);
            }
            Self::RecognitionAssigned(e) => {
                about.extend([e.recognition, e.company]);
                about.extend(&e.experts);
            }
            Self::RecognitionReviewed(e) => about.extend([e.recognition, e.company, e.expert]),
            Self::RecognitionVisited(e) => about.extend([e.recognition, e.company, e.visit]),
            Self::RecognitionEvidenced(e) => about.extend([e.recognition, e.company]),
            Self::RecognitionPublished(e) => about.extend([e.recognition, e.company]),
            Self::RecognitionObjected(e) => about.extend([e.recognition, e.company]),
            Self::RecognitionAnswered(e) => about.extend([e.recognition, e.company]),
            Self::RecognitionAgreed(e) => about.extend([e.recognition, e.company]),
            Self::RecognitionAwarded(e) => about.extend([e.recognition, e.company]),
            Self::RecognitionChecked(e) => about.extend([e.recognition, e.company]),
            Self::RecognitionEnded(e) => about.extend([e.recognition, e.company]),
            Self::LetterCarried(e) => about.extend([e.link, e.about]),
            Self::LetterSettled(e) => {
                about.push(e.link);
                about.extend(e.about);
            }
            Self::PrescriptionReported(e) => about.extend([e.prescription, e.company, e.link]),
            Self::TaskReceived(e) => about.extend([e.no, e.link]),
            Self::TaskProgressed(e) => about.extend([e.task, e.link]),
            Self::TaskReviewed(e) => about.extend([e.task, e.link]),
            Self::ProfileFiled(e) => about.push(e.link),
            Self::ProfileWithdrawn(e) => about.push(e.link),
            Self::ProfileReceived(e) => about.extend([e.company, e.link]),
            Self::ProfileForgotten(e) => {
                about.push(e.link);
                about.extend(e.company);
            }
            Self::ControlAnswered(e) => {
                about.push(e.no);
                about.extend(e.person);
            }
            Self::ControlWithdrawn(e) => about.push(e.answer),
            Self::ControlAssigned(e) => about.extend(e.person),
            Self::ActivityPlanned(e) => about.push(e.no),
            Self::ActivityMoved(e) => about.push(e.activity),
            Self::ActivityCancelled(e) => about.push(e.activity),
            Self::ActivityInvited(e) => {
                about.push(e.activity);
                about.extend(&e.companies);
            }
            Self::ActivityRegistered(e) => {
                about.push(e.activity);
                about.extend(e.company);
            }
            Self::ActivityWithdrawn(e) => about.push(e.activity),
            Self::ActivityCheckedIn(e) => about.push(e.activity),
            Self::ActivityHeld(e) => about.push(e.activity),
            Self::ActivityAsked(e) => about.push(e.activity),
            Self::ActivityAnswered(e) => {
                about.push(e.activity);
                about.extend(e.expert);
            }
            Self::ActivitySupplied(e) => about.push(e.activity),
            Self::ActivityRated(e) => about.push(e.activity),
            Self::ActivityErased(e) => about.push(e.activity),
            Self::InventoryDone(e) => {
                about.push(e.no);
                about.extend(&e.secrets);
            }
            Self::InventoryDecided(e) => {
                about.push(e.inventory);
                about.extend(e.secret);
            }
            Self::CorpusAdded(e) => about.push(e.no),
            Self::CorpusRemoved(e) => about.push(e.corpus),
            Self::PublicChecked(e) => about.extend([e.no, e.secret]),
            Self::BlindBegun(e) => {
                about.push(e.no);
                about.extend(&e.secrets);
                about.extend(e.partner);
            }
            Self::WorkRecorded(e) => {
                about.push(e.no);
                about.extend(&e.secrets);
                about.extend(e.previous);
            }
            Self::BlindDone(e) => about.push(e.blind),
            Self::BlindFailed(e) => about.push(e.blind),
            // Only of the incident itself: who may see a secret point, a person or a partner must
            // not learn from a timeline that somebody is suspected.
            Self::IncidentOpened(e) => about.push(e.no),
            Self::IncidentRevised(e) => about.push(e.incident),
            Self::IncidentNoted(e) => about.push(e.incident),
            Self::IncidentLinked(e) => about.push(e.incident),
            Self::IncidentUnlinked(e) => about.push(e.incident),
            Self::IncidentPreserved(e) => about.push(e.incident),
            Self::IncidentHanded(e) => about.push(e.incident),
            Self::IncidentDropped(e) => about.push(e.incident),
            Self::IncidentReckoned(e) => about.push(e.incident),
            Self::IncidentClosed(e) => about.push(e.incident),
            Self::IncidentReopened(e) => about.push(e.incident),
            // As for incidents: a hold for one is told on its own page.
            Self::HoldSet(e) => about.push(e.ground.unwrap_or(e.thing)),
            Self::HoldLifted(e) => about.push(e.ground.unwrap_or(e.thing)),
            Self::PersonErased(e) => about.push(e.person),
            Self::SecretDestroyed(e) => about.push(e.secret),
            Self::SecretMerged(e) => about.extend([e.secret, e.into]),
            Self::SecretSplit(e) => about.extend([e.secret, e.into]),
        }
        about
    }
}

#[cfg(test)]
mod tests {
    use evidence::kind::{Class, KINDS};

    use super::*;

    #[test]
    fn every_kind_is_an_event_and_every_event_a_kind() {
        let mut kinds: Vec<_> = KINDS.iter().map(|kind| kind.tag).collect();
        let mut tags = Event::TAGS.to_vec();
        kinds.sort_unstable();
        tags.sort_unstable();
        assert_eq!(kinds, tags);
    }

    /// An event read from a map with every plain field of its kind set to null or a word would
    /// fail for many reasons; serde's own list of fields is the better witness.
    #[test]
    fn plain_fields_are_those_of_the_kind() {
        for kind in KINDS {
            let want: Vec<_> = kind
                .fields
                .iter()
                .filter(|field| field.class == Class::Plain)
                .map(|field| field.name)
                .collect();
            let got = struct_fields(kind.tag);
            assert_eq!(got, want, "{}", kind.tag);
        }
    }

    /// The fields of an event's struct, in order, as serde reports them for a wrong field.
    fn struct_fields(tag: &str) -> Vec<String> {
        struct Probe(Vec<String>);
        impl<'de> serde::Deserializer<'de> for &mut Probe {
            type Error = serde::de::value::Error;
            fn deserialize_any<V: serde::de::Visitor<'de>>(
                self,
                _: V,
            ) -> Result<V::Value, Self::Error> {
                Err(serde::de::Error::custom("only structs are looked at"))
            }
            fn deserialize_struct<V: serde::de::Visitor<'de>>(
                self,
                _: &'static str,
                fields: &'static [&'static str],
                _: V,
            ) -> Result<V::Value, Self::Error> {
                self.0 = fields.iter().map(|&field| field.to_owned()).collect();
                Err(serde::de::Error::custom("seen"))
            }
            serde::forward_to_deserialize_any! {
                bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option
                unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier
                ignored_any
            }
        }
        let mut probe = Probe(Vec::new());
        macro_rules! probe_by_tag {
            ($($tag_name:literal => $type:ty,)+) => {
                match tag { $($tag_name => drop(<$type>::deserialize(&mut probe)),)+ _ => {} }
            };
        }
        probe_by_tag! {
            "node.created" => NodeCreated, "person.added" => PersonAdded,
            "partner.added" => PartnerAdded, "secret.registered" => SecretRegistered,
            "secret.stated" => SecretStated, "secret.unstated" => SecretUnstated,
            "secret.revised" => SecretRevised, "secret.levelled" => SecretLevelled,
            "secret.declassified" => SecretDeclassified, "secret.viewed" => SecretViewed,
            "carrier.added" => CarrierAdded, "carrier.retired" => CarrierRetired,
            "measure.added" => MeasureAdded, "measure.matched" => MeasureMatched,
            "measure.ended" => MeasureEnded, "person.cleared" => PersonCleared,
            "person.barred" => PersonBarred, "partner.agreed" => PartnerAgreed,
            "paper.added" => PaperAdded, "disclosure.made" => DisclosureMade,
            "disclosure.closed" => DisclosureClosed, "witness.added" => WitnessAdded,
            "witness.removed" => WitnessRemoved, "authority.added" => AuthorityAdded,
            "authority.removed" => AuthorityRemoved, "dossier.built" => DossierBuilt,
            "clock.set_back" => ClockSetBack, "keys.changed" => KeysChanged,
            "company.added" => CompanyAdded, "company.revised" => CompanyRevised,
            "company.merged" => CompanyMerged, "directory.imported" => DirectoryImported,
            "service.given" => ServiceGiven, "link.offered" => LinkOffered,
            "link.asked" => LinkAsked, "link.joined" => LinkJoined, "link.ended" => LinkEnded,
            "letter.sent" => LetterSent, "letter.received" => LetterReceived,
            "letter.opened" => LetterOpened,
            "index.built" => IndexBuilt,
            "sweep.done" => SweepDone, "release.asked" => ReleaseAsked,
            "release.approved" => ReleaseApproved, "release.refused" => ReleaseRefused,
            "copies.committed" => CopiesCommitted,
            "copy.issued" => CopyIssued, "copy.received" => CopyReceived,
            "copy.ended" => CopyEnded, "copy.recalled" => CopyRecalled, "find.read" => FindRead,
            "find.traced" => FindTraced,
            "expert.added" => ExpertAdded, "expert.recused" => ExpertRecused,
            "expert.renewed" => ExpertRenewed, "expert.ended" => ExpertEnded,
            "request.received" => RequestReceived, "request.routed" => RequestRouted,
            "request.replied" => RequestReplied, "request.closed" => RequestClosed,
            "visit.planned" => VisitPlanned, "visit.cancelled" => VisitCancelled,
            "visit.made" => VisitMade, "prescription.written" => PrescriptionWritten,
            "prescription.progressed" => PrescriptionProgressed,
            "prescription.reviewed" => PrescriptionReviewed,
            "account.opened" => AccountOpened, "account.changed" => AccountChanged,
            "account.password_set" => AccountPasswordSet, "account.closed" => AccountClosed,
            "comparison.made" => ComparisonMade,
            "comparison.concluded" => ComparisonConcluded,
            "case.opened" => CaseOpened, "case.assigned" => CaseAssigned,
            "case.filed" => CaseFiled, "case.unfiled" => CaseUnfiled,
            "case.stepped" => CaseStepped, "case.unstepped" => CaseUnstepped,
            "rule.scored" => RuleScored, "rule.switched" => RuleSwitched,
            "warning.raised" => WarningRaised, "warning.assigned" => WarningAssigned,
            "warning.closed" => WarningClosed, "case.against" => CaseAgainst,
            "overseas.assessed" => OverseasAssessed, "export.answered" => ExportAnswered,
            "case.drawn" => CaseDrawn, "case.reckoned" => CaseReckoned,
            "recognition.applied" => RecognitionApplied,
            "recognition.evidenced" => RecognitionEvidenced,
            "recognition.assigned" => RecognitionAssigned,
            "recognition.reviewed" => RecognitionReviewed,
            "recognition.visited" => RecognitionVisited,
            "recognition.agreed" => RecognitionAgreed,
            "recognition.published" => RecognitionPublished,
            "recognition.objected" => RecognitionObjected,
            "recognition.answered" => RecognitionAnswered,
            "recognition.awarded" => RecognitionAwarded,
            "recognition.checked" => RecognitionChecked,
            "recognition.ended" => RecognitionEnded,
            "letter.carried" => LetterCarried, "letter.settled" => LetterSettled,
            "prescription.reported" => PrescriptionReported,
            "task.received" => TaskReceived, "task.progressed" => TaskProgressed,
            "task.reviewed" => TaskReviewed,
            "control.answered" => ControlAnswered,
            "control.withdrawn" => ControlWithdrawn,
            "control.assigned" => ControlAssigned,
            "controls.adopted" => ControlsAdopted,
            "backup.drilled" => BackupDrilled,
            "activity.planned" => ActivityPlanned,
            "activity.moved" => ActivityMoved,
            "activity.cancelled" => ActivityCancelled,
            "activity.invited" => ActivityInvited,
            "activity.registered" => ActivityRegistered,
            "activity.withdrawn" => ActivityWithdrawn,
            "activity.checked_in" => ActivityCheckedIn,
            "activity.held" => ActivityHeld,
            "activity.asked" => ActivityAsked,
            "activity.answered" => ActivityAnswered,
            "activity.supplied" => ActivitySupplied,
            "activity.rated" => ActivityRated,
            "activity.erased" => ActivityErased,
            "inventory.done" => InventoryDone,
            "inventory.decided" => InventoryDecided,
            "corpus.added" => CorpusAdded, "corpus.removed" => CorpusRemoved,
            "public.checked" => PublicChecked,
            "blind.begun" => BlindBegun, "blind.done" => BlindDone,
            "blind.failed" => BlindFailed, "work.recorded" => WorkRecorded,
            "incident.opened" => IncidentOpened, "incident.revised" => IncidentRevised,
            "incident.noted" => IncidentNoted, "incident.linked" => IncidentLinked,
            "incident.unlinked" => IncidentUnlinked,
            "incident.preserved" => IncidentPreserved,
            "incident.handed" => IncidentHanded, "incident.dropped" => IncidentDropped,
            "incident.reckoned" => IncidentReckoned, "incident.closed" => IncidentClosed,
            "incident.reopened" => IncidentReopened,
            "profile.filed" => ProfileFiled, "profile.withdrawn" => ProfileWithdrawn,
            "profile.received" => ProfileReceived, "profile.forgotten" => ProfileForgotten,
            "hold.set" => HoldSet, "hold.lifted" => HoldLifted,
            "person.erased" => PersonErased, "secret.destroyed" => SecretDestroyed,
            "organisation.added" => OrganisationAdded,
            "organisation.changed" => OrganisationChanged,
            "organisation.ended" => OrganisationEnded,
            "member.joined" => MemberJoined, "member.left" => MemberLeft,
            "assistance.asked" => AssistanceAsked,
            "assistance.received" => AssistanceReceived,
            "assistance.triaged" => AssistanceTriaged,
            "assistance.replied" => AssistanceReplied,
            "assistance.escalated" => AssistanceEscalated,
            "assistance.closed" => AssistanceClosed,
            "request.taken" => RequestTaken, "request.answered" => RequestAnswered,
            "request.followed" => RequestFollowed,
            "secret.merged" => SecretMerged, "secret.split" => SecretSplit,
            "procurement.recorded" => ProcurementRecorded,
            "engagement.opened" => EngagementOpened, "engagement.planned" => EngagementPlanned,
            "engagement.logged" => EngagementLogged,
            "engagement.delivered" => EngagementDelivered,
            "engagement.accepted" => EngagementAccepted, "engagement.paid" => EngagementPaid,
            "engagement.rated" => EngagementRated, "engagement.ended" => EngagementEnded,
            "firm.conflicted" => FirmConflicted, "firm.cleared" => FirmCleared,
        }
        probe.0
    }
}
