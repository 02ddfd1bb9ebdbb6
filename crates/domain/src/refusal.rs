//! Refusals: normal answers, not crashes.
//!
//! What people read is in the translation files, one key per refusal (see [`Refusal::key`]).

use crate::credit_code::NotACreditCode;
use crate::moment::{Day, Moment};
use crate::number::{Number, Series};
use crate::terms::{ConflictReason, RecognitionState, Role};

/// Why a command was refused. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("refused: {}", self.key())]
pub enum Refusal {
    /// A text that must say something is blank.
    Blank(&'static str),
    /// A text is longer than is kept in clear, in characters.
    TooLong(&'static str, usize),
    /// A text carries control characters.
    NotPrintable(&'static str),
    /// There is no such thing.
    Unknown(Number),
    /// The number belongs to another series than asked for.
    WrongSeries(Number, Series),
    /// A day after today was claimed for something that has happened.
    InFuture(&'static str, Day),
    /// Nobody registers any more, since this day is over.
    RegistrationOver(Number, Day),
    /// All seats of the activity are taken.
    ActivityFull(Number),
    /// There is no such registration, or it was withdrawn.
    NoRegistration(Number, u32),
    /// Somebody has come with it already.
    CheckedIn(Number, u32),
    /// Somebody has said already how it was.
    Rated(Number, u32),
    /// There is no such question.
    NoQuestion(Number, u32),
    /// The end lies before the beginning.
    EndsBeforeStart(Day, Day),
    /// The kind of information does not belong to the class (法释〔2020〕7号 art. 1).
    FormOfOtherClass,
    /// The secret point was declassified.
    Declassified(Number),
    /// The content of a secret point is destroyed only when it is no longer needed as one.
    NotDeclassified(Number),
    /// All statements would go, and none would be left.
    NothingLeft(Number),
    /// What was sealed about it was destroyed.
    Erased(Number),
    /// A legal hold stands.
    OnHold(Number, u32),
    /// There is no such hold, or it was lifted.
    NoHold(Number, u32),
    /// The person may still know the secret point.
    StillCleared(Number, Number),
    /// The person still has an account.
    AccountStands(Number, Number),
    /// Nobody approves what is destroyed about oneself.
    ApprovesOneself(Number),
    /// The level is already that.
    SameLevel(Number),
    /// There is nothing to change.
    NothingToChange(Number),
    /// The secret point has no such statement.
    NoStatement(Number, u32),
    /// The secret point has no such carrier.
    NoCarrier(Number, u32),
    /// The secret point has no statement yet, so nothing is protected
    /// (法释〔2020〕7号 art. 27: a court tries only what was named).
    Unstated(Number),
    /// The thing has ended already.
    Ended(Number),
    /// The agreement is with somebody else.
    AgreementOfOther(Number, Number),
    /// The person may not know the secret point, so access can't be ended.
    NotCleared(Number, Number),
    /// A witness of this name is already asked.
    WitnessKnown(String),
    /// No witness of this name is asked.
    WitnessUnknown(String),
    /// An authority of this name is already asked.
    AuthorityKnown(String),
    /// No authority of this name is asked.
    AuthorityUnknown(String),
    /// The dossier's number was given out in the meantime; it must be built again.
    NumberTaken(Number),
    /// The machine's clock is before the last entry of the ledger.
    ClockWentBack {
        /// The last moment received.
        last: Moment,
        /// The machine's clock.
        now: Moment,
    },
    /// The machine's clock is not before the last entry; nothing is to be accepted.
    ClockIsFine,
    /// 绝密, 机密, 秘密 are words of state secrets.
    StateSecretWord(&'static str),
    /// The node exists already.
    AlreadyCreated,
    /// The wish belongs to a node of another role than this one's.
    WrongRole(Role),
    /// A text is no credit code (GB 32100-2015).
    CreditCode(NotACreditCode),
    /// A company or institution needs a credit code: without it the same one comes in twice.
    CreditCodeMissing,
    /// Another entry of the directory has this credit code.
    CreditCodeTaken(Number),
    /// Another entry without credit code has this name.
    NameTaken(Number),
    /// The entry was merged into another.
    Merged(Number, Number),
    /// An entry can't be merged into itself.
    MergedIntoItself(Number),
    /// There are more tags than are kept.
    TooManyTags(usize),
    /// A company was changed since the wish was made ready.
    ChangedMeanwhile(Number),
    /// No company was named.
    NoCompany,
    /// The link exists already.
    LinkKnown(Number),
    /// The link was ended.
    LinkEnded(Number),
    /// The other side has not answered yet.
    NotJoined(Number),
    /// The invitation's last day is over.
    InvitationOver(Day),
    /// There is no such letter.
    NoLetter(Number, u64),
    /// Nothing is filed on this link that could be taken back.
    NothingFiled(Number),
    /// Nothing was ticked to be filed.
    NothingTicked,
    /// The letter was received before.
    LetterKnown(Number, u64),
    /// The letter can't be taken before this one.
    LetterMissing(Number, u64),
    /// The letter follows another letter than the one received: the other side has two histories.
    LetterForked(Number, u64),
    /// A core secret point is in it: nobody can let it leave by a click.
    Stopped(Number),
    /// The approval of somebody else is needed.
    NotAnApprover(Number, Number),
    /// The secret point is not what was compared.
    NotCompared(Number, Number),
    /// The inventory has no such proposal.
    NoProposal(Number, u32),
    /// The proposal was accepted before.
    ProposalAccepted(Number, u32),
    /// The company can't have learnt of an act before its first day.
    NoticedBefore(Day, Day),
    /// Such a thing is not laid beside an incident.
    NotLinkable(Number),
    /// It lies beside the incident already.
    LinkedAlready(Number, Number),
    /// It does not lie beside the incident.
    NotLinked(Number, Number),
    /// The incident has no such exhibit.
    NoExhibit(Number, u32),
    /// The incident is open.
    NotClosed(Number),
    /// Nobody was named who is to get a copy.
    NoRecipient,
    /// Copies go to partners and persons.
    NotARecipient(Number),
    /// Somebody was named twice for one batch.
    RecipientTwice(Number),
    /// There are more copies than one batch may have.
    TooManyCopies(usize),
    /// All agreements with the partner on the secret point have ended, the last on this day.
    AgreementsEnded(Number, Day),
    /// The copy was made already; a second one would let somebody choose.
    CopyMade(Number),
    /// No copy was named.
    NoCopies,
    /// The expert must keep away from the company.
    Recused(Number, Number),
    /// The expert's term is over.
    TermOver(Number, Day),
    /// The request went to somebody else than this expert.
    NotRouted(Number, Number),
    /// The request was not answered, so it is not settled.
    Unanswered(Number),
    /// The thing belongs to another company than this one.
    OfOtherCompany(Number, Number),
    /// The point is not wanting, or is prescribed for twice.
    NotWanting(String),
    /// There is nothing of that name in the case's file.
    NotOnFile(Number, String),
    /// Only the last step of a case can be taken back; this one is not.
    NotLastStep(Number, u32),
    /// Another step was recorded in the meantime.
    CaseWentOn(Number),
    /// A control that is said to stand needs a paper that shows it.
    NoEvidence,
    /// The day by which something is to be done has passed.
    DueIsPast,
    /// There is no such paper.
    NoPaper(Number, u32),
    /// A request goes to an expert or to a body: to one of them.
    ExpertOrBody,
    /// There are more than are taken at once.
    TooMany(&'static str, usize),
    /// No account of this node has that role.
    RoleElsewhere,
    /// An account of that role needs a holder of this series.
    NoHolder(Series),
    /// An account of that role has a last day and chosen secret points.
    NoLimits,
    /// The day is over already.
    DayOver(Day),
    /// The public is asked for too short a time; it must be until this day at least.
    NoticeTooShort(Day),
    /// The time for objections is over.
    NoticeOver(Number),
    /// The time for objections is not over.
    NoticeRuns(Number, Day),
    /// There is no such objection.
    NoObjection(Number, u32),
    /// The objection was answered.
    ObjectionAnswered(Number, u32),
    /// An objection was not answered.
    ObjectionOpen(Number, u32),
    /// An objection was found right.
    ObjectionUpheld(Number, u32),
    /// The recognition is at another step.
    NotAtThisStep(Number, RecognitionState),
    /// It has applied before, or is recognised.
    AppliedBefore(Number),
    /// It can't stand under a recognition of that scheme.
    WrongLayer(Number),
    /// The scheme has no such criterion.
    NoCriterion(String),
    /// There is no evidence for criteria that need it.
    EvidenceMissing(Number, usize),
    /// Two experts review.
    TwoReviewers,
    /// A review was given, so reviewers stay.
    ReviewBegun(Number),
    /// Both reviewers are of one organisation.
    SameHouse(Number, Number),
    /// The expert was not asked to review.
    NotAReviewer(Number, Number),
    /// The expert has reviewed it.
    Reviewed(Number, Number),
    /// A criterion has no points.
    PointsMissing(String),
    /// A criterion was given more points than it has.
    TooManyPoints(String, u32),
    /// The visit has not taken place.
    VisitNotMade(Number),
    /// Both reviews are needed.
    ReviewsMissing(Number),
    /// Nobody has looked on the spot.
    NotVisited(Number),
    /// The reviews are far apart.
    ReviewsApart(Number),
    /// The rule has no score of what it is now.
    NotScored(String),
    /// The rule is off, or what of it is on has changed since.
    RuleIsOff(String),
    /// The rule is on, or off, already.
    SwitchedAlready(String),
    /// There is nothing that isn't open already.
    NothingToRaise,
    /// A case is not against the company whose secret it is about.
    AgainstItself(Number),
    /// A dossier for use abroad waits for the export check on this secret point.
    ExportOpen(Number),
    /// Whoever acts does so for another organisation.
    NotYours(Number),
    /// An organisation asks itself.
    AsksItself,
    /// The company is no member of the organisation.
    NotAMember(Number, Number),
    /// The company is a member already.
    MemberAlready(Number, Number),
    /// Nobody has received the request yet.
    NotReceived(Number),
    /// It was received already.
    ReceivedAlready(Number),
    /// It is neither late nor turned down.
    NotLate(Number, Day),
    /// It went to a third organisation already.
    EscalatedAlready(Number),
    /// The organisation has no part in it.
    NoPartIn(Number, Number),
    /// It lies at no organisation's desk.
    AtNoDesk(Number),
    /// A firm must keep away from a company: the reason, and the case it is about.
    FirmConflict(Number, Number, ConflictReason, Option<Number>),
    /// Nothing that was recorded keeps the firm from the company.
    NoConflict(Number, Number),
    /// The organisation is no firm.
    NotAFirm(Number),
    /// The procurement did not award to the firm.
    NotAwarded(Number, Number),
    /// A procurement awarded to nobody.
    NobodyAwarded,
    /// The engagement has no such item.
    NoItem(Number, u32),
    /// The item is a payment.
    IsPayment(Number, u32),
    /// The item is no payment.
    NoPayment(Number, u32),
    /// The item was accepted, or paid, already.
    AcceptedAlready(Number, u32),
    /// The item was not handed in, accepted or paid yet.
    NotDelivered(Number, u32),
}

impl Refusal {
    /// The translation key of this refusal. No `_` arm: a new refusal needs words.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Blank(_) => "refusal-blank",
            Self::TooLong(..) => "refusal-too-long",
            Self::NotPrintable(_) => "refusal-not-printable",
            Self::Unknown(_) => "refusal-unknown",
            Self::WrongSeries(..) => "refusal-wrong-series",
            Self::InFuture(..) => "refusal-in-future",
            Self::EndsBeforeStart(..) => "refusal-ends-before-start",
            Self::FormOfOtherClass => "refusal-form-of-other-class",
            Self::Declassified(_) => "refusal-declassified",
            Self::SameLevel(_) => "refusal-same-level",
            Self::NothingToChange(_) => "refusal-nothing-to-change",
            Self::NoStatement(..) => "refusal-no-statement",
            Self::NoCarrier(..) => "refusal-no-carrier",
            Self::Unstated(_) => "refusal-unstated",
            Self::Ended(_) => "refusal-ended",
            Self::AgreementOfOther(..) => "refusal-agreement-of-other",
            Self::NotCleared(..) => "refusal-not-cleared",
            Self::WitnessKnown(_) => "refusal-witness-known",
            Self::WitnessUnknown(_) => "refusal-witness-unknown",
            Self::AuthorityKnown(_) => "refusal-authority-known",
            Self::AuthorityUnknown(_) => "refusal-authority-unknown",
            Self::NumberTaken(_) => "refusal-number-taken",
            Self::ClockWentBack { .. } => "refusal-clock-went-back",
            Self::ClockIsFine => "refusal-clock-is-fine",
            Self::StateSecretWord(_) => "refusal-state-secret-word",
            Self::AlreadyCreated => "refusal-already-created",
            Self::WrongRole(Role::Station) => "refusal-not-on-a-station",
            Self::WrongRole(Role::Enterprise) => "refusal-only-on-a-station",
            Self::CreditCode(NotACreditCode::Length(_)) => "refusal-credit-code-length",
            Self::CreditCode(NotACreditCode::Character(..)) => "refusal-credit-code-character",
            Self::CreditCode(NotACreditCode::Check { .. }) => "refusal-credit-code-check",
            Self::CreditCodeMissing => "refusal-credit-code-missing",
            Self::CreditCodeTaken(_) => "refusal-credit-code-taken",
            Self::NameTaken(_) => "refusal-name-taken",
            Self::Merged(..) => "refusal-merged",
            Self::MergedIntoItself(_) => "refusal-merged-into-itself",
            Self::TooManyTags(_) => "refusal-too-many-tags",
            Self::ChangedMeanwhile(_) => "refusal-changed-meanwhile",
            Self::NoCompany => "refusal-no-company",
            Self::LinkKnown(_) => "refusal-link-known",
            Self::LinkEnded(_) => "refusal-link-ended",
            Self::NotJoined(_) => "refusal-not-joined",
            Self::InvitationOver(_) => "refusal-invitation-over",
            Self::NoLetter(..) => "refusal-no-letter",
            Self::NothingFiled(_) => "refusal-nothing-filed",
            Self::NothingTicked => "refusal-nothing-ticked",
            Self::LetterKnown(..) => "refusal-letter-known",
            Self::LetterMissing(..) => "refusal-letter-missing",
            Self::LetterForked(..) => "refusal-letter-forked",
            Self::Stopped(_) => "refusal-stopped",
            Self::NotAnApprover(..) => "refusal-not-an-approver",
            Self::NotCompared(..) => "refusal-not-compared",
            Self::NoProposal(..) => "refusal-no-proposal",
            Self::ProposalAccepted(..) => "refusal-proposal-accepted",
            Self::NoticedBefore(..) => "refusal-noticed-before",
            Self::NotLinkable(_) => "refusal-not-linkable",
            Self::LinkedAlready(..) => "refusal-linked-already",
            Self::NotLinked(..) => "refusal-not-linked",
            Self::NoExhibit(..) => "refusal-no-exhibit",
            Self::NotClosed(_) => "refusal-not-closed",
            Self::NoRecipient => "refusal-no-recipient",
            Self::NotARecipient(_) => "refusal-not-a-recipient",
            Self::RecipientTwice(_) => "refusal-recipient-twice",
            Self::TooManyCopies(_) => "refusal-too-many-copies",
            Self::AgreementsEnded(..) => "refusal-agreements-ended",
            Self::CopyMade(_) => "refusal-copy-made",
            Self::NoCopies => "refusal-no-copies",
            Self::Recused(..) => "refusal-recused",
            Self::TermOver(..) => "refusal-term-over",
            Self::NotRouted(..) => "refusal-not-routed",
            Self::Unanswered(_) => "refusal-unanswered",
            Self::OfOtherCompany(..) => "refusal-of-other-company",
            Self::NotWanting(_) => "refusal-not-wanting",
            Self::NotOnFile(..) => "refusal-not-on-file",
            Self::NotLastStep(..) => "refusal-not-last-step",
            Self::CaseWentOn(_) => "refusal-case-went-on",
            Self::NotScored(_) => "refusal-not-scored",
            Self::RuleIsOff(_) => "refusal-rule-is-off",
            Self::SwitchedAlready(_) => "refusal-switched-already",
            Self::NothingToRaise => "refusal-nothing-to-raise",
            Self::AgainstItself(_) => "refusal-against-itself",
            Self::ExportOpen(_) => "refusal-export-open",
            Self::NotYours(_) => "refusal-not-yours",
            Self::AsksItself => "refusal-asks-itself",
            Self::NotAMember(..) => "refusal-not-a-member",
            Self::MemberAlready(..) => "refusal-member-already",
            Self::NotReceived(_) => "refusal-not-received",
            Self::ReceivedAlready(_) => "refusal-received-already",
            Self::NotLate(..) => "refusal-not-late",
            Self::EscalatedAlready(_) => "refusal-escalated-already",
            Self::NoPartIn(..) => "refusal-no-part-in",
            Self::AtNoDesk(_) => "refusal-at-no-desk",
            Self::FirmConflict(_, _, ConflictReason::Against, _) => "refusal-firm-against",
            Self::FirmConflict(_, _, ConflictReason::Client, _) => "refusal-firm-client",
            Self::FirmConflict(_, _, ConflictReason::Former, _) => "refusal-firm-former",
            Self::FirmConflict(_, _, ConflictReason::Rival, _) => "refusal-firm-rival",
            Self::FirmConflict(_, _, ConflictReason::Interest, _) => "refusal-firm-interest",
            Self::FirmConflict(_, _, ConflictReason::Declared, _) => "refusal-firm-declared",
            Self::NoConflict(..) => "refusal-no-conflict",
            Self::NotAFirm(_) => "refusal-not-a-firm",
            Self::NotAwarded(..) => "refusal-not-awarded",
            Self::NobodyAwarded => "refusal-nobody-awarded",
            Self::NoItem(..) => "refusal-no-item",
            Self::IsPayment(..) => "refusal-is-payment",
            Self::NoPayment(..) => "refusal-no-payment",
            Self::AcceptedAlready(..) => "refusal-accepted-already",
            Self::NotDelivered(..) => "refusal-not-delivered",
            Self::NoHolder(Series::Organisation) => "refusal-no-holder-organisation",
            Self::NoPaper(..) => "refusal-no-paper",
            Self::NoEvidence => "refusal-no-evidence",
            Self::DueIsPast => "refusal-due-is-past",
            Self::ExpertOrBody => "refusal-expert-or-body",
            Self::TooMany(..) => "refusal-too-many",
            Self::RoleElsewhere => "refusal-role-elsewhere",
            Self::NoHolder(Series::Expert) => "refusal-no-holder-expert",
            Self::NoHolder(_) => "refusal-no-holder",
            Self::NoLimits => "refusal-no-limits",
            Self::DayOver(_) => "refusal-day-over",
            Self::NoticeTooShort(_) => "refusal-notice-too-short",
            Self::NoticeOver(_) => "refusal-notice-over",
            Self::RegistrationOver(..) => "refusal-registration-over",
            Self::ActivityFull(_) => "refusal-activity-full",
            Self::NoRegistration(..) => "refusal-no-registration",
            Self::CheckedIn(..) => "refusal-checked-in",
            Self::Rated(..) => "refusal-rated",
            Self::NoQuestion(..) => "refusal-no-question",
            Self::NoticeRuns(..) => "refusal-notice-runs",
            Self::NoObjection(..) => "refusal-no-objection",
            Self::ObjectionAnswered(..) => "refusal-objection-answered",
            Self::ObjectionOpen(..) => "refusal-objection-open",
            Self::ObjectionUpheld(..) => "refusal-objection-upheld",
            Self::NotAtThisStep(..) => "refusal-not-at-this-step",
            Self::AppliedBefore(_) => "refusal-applied-before",
            Self::WrongLayer(_) => "refusal-wrong-layer",
            Self::NoCriterion(_) => "refusal-no-criterion",
            Self::EvidenceMissing(..) => "refusal-evidence-missing",
            Self::TwoReviewers => "refusal-two-reviewers",
            Self::ReviewBegun(_) => "refusal-review-begun",
            Self::SameHouse(..) => "refusal-same-house",
            Self::NotAReviewer(..) => "refusal-not-a-reviewer",
            Self::Reviewed(..) => "refusal-reviewed",
            Self::PointsMissing(_) => "refusal-points-missing",
            Self::TooManyPoints(..) => "refusal-too-many-points",
            Self::VisitNotMade(_) => "refusal-visit-not-made",
            Self::ReviewsMissing(_) => "refusal-reviews-missing",
            Self::NotVisited(_) => "refusal-not-visited",
            Self::ReviewsApart(_) => "refusal-reviews-apart",
            Self::NotDeclassified(_) => "refusal-not-declassified",
            Self::Erased(_) => "refusal-erased",
            Self::NothingLeft(_) => "refusal-nothing-left",
            Self::OnHold(..) => "refusal-on-hold",
            Self::NoHold(..) => "refusal-no-hold",
            Self::StillCleared(..) => "refusal-still-cleared",
            Self::AccountStands(..) => "refusal-account-stands",
            Self::ApprovesOneself(_) => "refusal-approves-oneself",
        }
    }

    /// The values that the words of this refusal mention, by name.
    ///
    /// `field` is itself a translation key (`field-title`, …).
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Blank(field) | Self::NotPrintable(field) => vec![("field", (*field).into())],
            Self::TooLong(field, most) | Self::TooMany(field, most) => {
                vec![("field", (*field).into()), ("most", most.to_string())]
            }
            Self::Unknown(no)
            | Self::Declassified(no)
            | Self::SameLevel(no)
            | Self::NothingToChange(no)
            | Self::Unstated(no)
            | Self::Ended(no)
            | Self::NumberTaken(no)
            | Self::CreditCodeTaken(no)
            | Self::NameTaken(no)
            | Self::MergedIntoItself(no)
            | Self::NotARecipient(no)
            | Self::RecipientTwice(no)
            | Self::CopyMade(no)
            | Self::ChangedMeanwhile(no)
            | Self::LinkKnown(no)
            | Self::LinkEnded(no)
            | Self::NothingFiled(no)
            | Self::NotJoined(no)
            | Self::Unanswered(no) => vec![("no", no.to_string())],
            Self::Stopped(no)
            | Self::NotDeclassified(no)
            | Self::Erased(no)
            | Self::NothingLeft(no)
            | Self::ApprovesOneself(no) => vec![("no", no.to_string())],
            Self::StillCleared(no, secret) => {
                vec![("no", no.to_string()), ("secret", secret.to_string())]
            }
            Self::AccountStands(no, account) => {
                vec![("no", no.to_string()), ("account", account.to_string())]
            }
            Self::OnHold(no, part) | Self::NoHold(no, part) => {
                vec![("no", no.to_string()), ("part", part.to_string())]
            }
            Self::WrongSeries(no, wanted) => {
                vec![("no", no.to_string()), ("letters", wanted.letters().into())]
            }
            Self::InFuture(field, day) => {
                vec![("field", (*field).into()), ("day", day.to_string())]
            }
            Self::EndsBeforeStart(from, until) => {
                vec![("from", from.to_string()), ("until", until.to_string())]
            }
            Self::NoStatement(no, part) | Self::NoCarrier(no, part) => {
                vec![("no", no.to_string()), ("part", part.to_string())]
            }
            Self::AgreementOfOther(agreement, partner) => {
                vec![("no", agreement.to_string()), ("partner", partner.to_string())]
            }
            Self::NotCompared(secret, comparison) => {
                vec![("no", comparison.to_string()), ("secret", secret.to_string())]
            }
            Self::NotAnApprover(person, release) => {
                vec![("person", person.to_string()), ("no", release.to_string())]
            }
            Self::NotCleared(person, secret) => {
                vec![("person", person.to_string()), ("no", secret.to_string())]
            }
            Self::WitnessKnown(name)
            | Self::WitnessUnknown(name)
            | Self::AuthorityKnown(name)
            | Self::AuthorityUnknown(name) => vec![("name", name.clone())],
            Self::ClockWentBack { last, now } => {
                vec![("last", last.to_rfc3339()), ("now", now.to_rfc3339())]
            }
            Self::StateSecretWord(word) => vec![("word", (*word).into())],
            Self::CreditCode(NotACreditCode::Length(found)) => vec![("found", found.to_string())],
            Self::CreditCode(NotACreditCode::Character(found, place)) => {
                vec![("found", found.to_string()), ("place", place.to_string())]
            }
            Self::CreditCode(NotACreditCode::Check { expected }) => {
                vec![("expected", expected.to_string())]
            }
            Self::Merged(no, into) => vec![("no", no.to_string()), ("into", into.to_string())],
            Self::AgreementsEnded(no, day) => {
                vec![("no", no.to_string()), ("day", day.to_string())]
            }
            Self::InvitationOver(day) | Self::DayOver(day) => vec![("day", day.to_string())],
            Self::NoLetter(no, seq)
            | Self::LetterKnown(no, seq)
            | Self::LetterMissing(no, seq)
            | Self::LetterForked(no, seq) => {
                vec![("no", no.to_string()), ("seq", seq.to_string())]
            }
            Self::TooManyCopies(most) | Self::TooManyTags(most) => vec![("most", most.to_string())],
            Self::Recused(no, company) | Self::OfOtherCompany(no, company) => {
                vec![("no", no.to_string()), ("company", company.to_string())]
            }
            Self::TermOver(no, until) => {
                vec![("no", no.to_string()), ("until", until.to_string())]
            }
            Self::NotRouted(no, expert) => {
                vec![("no", no.to_string()), ("expert", expert.to_string())]
            }
            Self::NotWanting(point) => vec![("point", point.clone())],
            Self::NotOnFile(no, item) => vec![("no", no.to_string()), ("item", item.clone())],
            Self::NotLastStep(no, part) | Self::NoPaper(no, part) => {
                vec![("no", no.to_string()), ("part", part.to_string())]
            }
            Self::CaseWentOn(no) | Self::AgainstItself(no) | Self::ExportOpen(no) => {
                vec![("no", no.to_string())]
            }
            Self::NotScored(rule) | Self::RuleIsOff(rule) | Self::SwitchedAlready(rule) => {
                vec![("rule", rule.clone())]
            }
            Self::NothingToRaise | Self::AsksItself | Self::NobodyAwarded => Vec::new(),
            Self::FirmConflict(no, company, _, case) => vec![
                ("no", no.to_string()),
                ("company", company.to_string()),
                ("case", case.map(|case| case.to_string()).unwrap_or_default()),
            ],
            Self::NoConflict(no, company) => {
                vec![("no", no.to_string()), ("company", company.to_string())]
            }
            Self::NotAwarded(of, no) => vec![("of", of.to_string()), ("no", no.to_string())],
            Self::NoItem(no, item)
            | Self::IsPayment(no, item)
            | Self::NoPayment(no, item)
            | Self::AcceptedAlready(no, item)
            | Self::NotDelivered(no, item) => {
                vec![("no", no.to_string()), ("item", item.to_string())]
            }
            Self::NotYours(no)
            | Self::NotReceived(no)
            | Self::ReceivedAlready(no)
            | Self::AtNoDesk(no)
            | Self::NotAFirm(no)
            | Self::EscalatedAlready(no) => vec![("no", no.to_string())],
            Self::NotLate(no, day) => vec![("no", no.to_string()), ("day", day.to_string())],
            Self::NotAMember(of, no) | Self::MemberAlready(of, no) | Self::NoPartIn(of, no) => {
                vec![("of", of.to_string()), ("no", no.to_string())]
            }
            Self::NoticeTooShort(day) => vec![("day", day.to_string())],
            Self::RegistrationOver(no, day) => {
                vec![("no", no.to_string()), ("day", day.to_string())]
            }
            Self::ActivityFull(no) => vec![("no", no.to_string())],
            Self::NoRegistration(no, part)
            | Self::CheckedIn(no, part)
            | Self::Rated(no, part)
            | Self::NoQuestion(no, part) => {
                vec![("no", no.to_string()), ("part", part.to_string())]
            }
            Self::NoticeOver(no)
            | Self::AppliedBefore(no)
            | Self::WrongLayer(no)
            | Self::ReviewBegun(no)
            | Self::VisitNotMade(no)
            | Self::ReviewsMissing(no)
            | Self::NotVisited(no)
            | Self::ReviewsApart(no) => vec![("no", no.to_string())],
            Self::NoticeRuns(no, day) => vec![("no", no.to_string()), ("day", day.to_string())],
            Self::NoticedBefore(from, day) => {
                vec![("from", from.to_string()), ("day", day.to_string())]
            }
            Self::NotLinkable(no) | Self::NotClosed(no) => vec![("no", no.to_string())],
            Self::LinkedAlready(no, thing) | Self::NotLinked(no, thing) => {
                vec![("no", no.to_string()), ("thing", thing.to_string())]
            }
            Self::NoProposal(no, part)
            | Self::NoExhibit(no, part)
            | Self::ProposalAccepted(no, part)
            | Self::NoObjection(no, part)
            | Self::ObjectionAnswered(no, part)
            | Self::ObjectionOpen(no, part)
            | Self::ObjectionUpheld(no, part) => {
                vec![("no", no.to_string()), ("part", part.to_string())]
            }
            Self::NotAtThisStep(no, state) => vec![
                ("no", no.to_string()),
                ("field", format!("recognition-state-{}", state.word())),
            ],
            Self::NoCriterion(point) | Self::PointsMissing(point) => vec![("point", point.clone())],
            Self::EvidenceMissing(no, most) => {
                vec![("no", no.to_string()), ("most", most.to_string())]
            }
            Self::TwoReviewers => vec![],
            Self::SameHouse(no, expert) => {
                vec![("no", no.to_string()), ("expert", expert.to_string())]
            }
            Self::NotAReviewer(person, no) | Self::Reviewed(person, no) => {
                vec![("person", person.to_string()), ("no", no.to_string())]
            }
            Self::TooManyPoints(point, most) => {
                vec![("point", point.clone()), ("most", most.to_string())]
            }
            Self::FormOfOtherClass
            | Self::ClockIsFine
            | Self::AlreadyCreated
            | Self::WrongRole(_)
            | Self::CreditCodeMissing
            | Self::NoCompany
            | Self::ExpertOrBody
            | Self::NoEvidence
            | Self::DueIsPast
            | Self::NoRecipient
            | Self::RoleElsewhere
            | Self::NoHolder(_)
            | Self::NoLimits
            | Self::NothingTicked
            | Self::NoCopies => vec![],
        }
    }

    /// All keys, so that a test can look for their words in every language.
    pub const KEYS: &'static [&'static str] = &[
        "refusal-blank",
        "refusal-too-long",
        "refusal-not-printable",
        "refusal-unknown",
        "refusal-wrong-series",
        "refusal-in-future",
        "refusal-ends-before-start",
        "refusal-form-of-other-class",
        "refusal-declassified",
        "refusal-same-level",
        "refusal-nothing-to-change",
        "refusal-no-statement",
        "refusal-no-carrier",
        "refusal-unstated",
        "refusal-ended",
        "refusal-agreement-of-other",
        "refusal-not-cleared",
        "refusal-witness-known",
        "refusal-witness-unknown",
        "refusal-authority-known",
        "refusal-authority-unknown",
        "refusal-number-taken",
        "refusal-clock-went-back",
        "refusal-clock-is-fine",
        "refusal-state-secret-word",
        "refusal-already-created",
        "refusal-not-on-a-station",
        "refusal-only-on-a-station",
        "refusal-credit-code-length",
        "refusal-credit-code-character",
        "refusal-credit-code-check",
        "refusal-credit-code-missing",
        "refusal-credit-code-taken",
        "refusal-name-taken",
        "refusal-merged",
        "refusal-merged-into-itself",
        "refusal-too-many-tags",
        "refusal-changed-meanwhile",
        "refusal-no-company",
        "refusal-link-known",
        "refusal-link-ended",
        "refusal-not-joined",
        "refusal-invitation-over",
        "refusal-no-letter",
        "refusal-nothing-filed",
        "refusal-nothing-ticked",
        "refusal-letter-known",
        "refusal-letter-missing",
        "refusal-letter-forked",
        "refusal-stopped",
        "refusal-not-an-approver",
        "refusal-not-compared",
        "refusal-no-proposal",
        "refusal-proposal-accepted",
        "refusal-noticed-before",
        "refusal-not-linkable",
        "refusal-linked-already",
        "refusal-not-linked",
        "refusal-no-exhibit",
        "refusal-not-closed",
        "refusal-no-recipient",
        "refusal-not-a-recipient",
        "refusal-recipient-twice",
        "refusal-too-many-copies",
        "refusal-agreements-ended",
        "refusal-copy-made",
        "refusal-no-copies",
        "refusal-recused",
        "refusal-term-over",
        "refusal-not-routed",
        "refusal-unanswered",
        "refusal-of-other-company",
        "refusal-not-wanting",
        "refusal-expert-or-body",
        "refusal-role-elsewhere",
        "refusal-no-holder-expert",
        "refusal-no-holder",
        "refusal-no-limits",
        "refusal-day-over",
        "refusal-too-many",
        "refusal-notice-too-short",
        "refusal-notice-over",
        "refusal-notice-runs",
        "refusal-no-objection",
        "refusal-objection-answered",
        "refusal-objection-open",
        "refusal-objection-upheld",
        "refusal-not-at-this-step",
        "refusal-applied-before",
        "refusal-wrong-layer",
        "refusal-no-criterion",
        "refusal-evidence-missing",
        "refusal-two-reviewers",
        "refusal-review-begun",
        "refusal-same-house",
        "refusal-not-a-reviewer",
        "refusal-reviewed",
        "refusal-points-missing",
        "refusal-too-many-points",
        "refusal-visit-not-made",
        "refusal-reviews-missing",
        "refusal-not-visited",
        "refusal-reviews-apart",
        "refusal-no-evidence",
        "refusal-due-is-past",
        "refusal-registration-over",
        "refusal-activity-full",
        "refusal-no-registration",
        "refusal-checked-in",
        "refusal-rated",
        "refusal-no-question",
        "refusal-not-scored",
        "refusal-rule-is-off",
        "refusal-switched-already",
        "refusal-nothing-to-raise",
        "refusal-against-itself",
        "refusal-export-open",
        "refusal-not-declassified",
        "refusal-erased",
        "refusal-nothing-left",
        "refusal-on-hold",
        "refusal-no-hold",
        "refusal-still-cleared",
        "refusal-account-stands",
        "refusal-approves-oneself",
        "refusal-not-yours",
        "refusal-asks-itself",
        "refusal-not-a-member",
        "refusal-member-already",
        "refusal-not-received",
        "refusal-received-already",
        "refusal-not-late",
        "refusal-escalated-already",
        "refusal-no-part-in",
        "refusal-at-no-desk",
        "refusal-firm-against",
        "refusal-firm-client",
        "refusal-firm-former",
        "refusal-firm-rival",
        "refusal-firm-interest",
        "refusal-firm-declared",
        "refusal-no-conflict",
        "refusal-not-a-firm",
        "refusal-not-awarded",
        "refusal-nobody-awarded",
        "refusal-no-item",
        "refusal-is-payment",
        "refusal-no-payment",
        "refusal-accepted-already",
        "refusal-not-delivered",
        "refusal-no-holder-organisation",
    ];
}

impl From<NotACreditCode> for Refusal {
    fn from(fault: NotACreditCode) -> Self {
        Self::CreditCode(fault)
    }
}
