//! Part 2: the secrets claimed.

use super::Desk;
use crate::page::{Block, Line, Look};
use crate::story::{Secret, Story};

impl Desk<'_> {
    pub(super) fn secrets(&mut self) {
        self.heading(1, "report-part-secrets");
        self.para("report-secrets-intro");
        let story = self.story;
        for secret in &story.secrets {
            self.heading_of(2, format!("{} {}", secret.no, secret.title));
            self.card(secret);
            self.heading(3, "report-statements");
            self.statements(secret);
            self.heading(3, "report-carriers");
            self.carriers(secret);
        }
    }

    fn card(&mut self, secret: &Secret<'_>) {
        let say = self.say;
        let (entry, event) = secret.registered;
        let form = secret.form.map(|form| say.term("form", form.word()));
        let class = say.term("class", event.class.word());
        let or = |text: Option<String>| {
            Line::plain(text.unwrap_or_else(|| say.t("report-not-recorded")))
        };
        let mut rows = vec![
            (
                say.t("report-class"),
                Line::plain(form.map_or_else(|| class.clone(), |form| format!("{class} · {form}"))),
            ),
            (say.t("report-level"), Line::plain(say.term("level", secret.level.word()))),
            (say.t("report-owner"), or(secret.owner.map(|no| self.story.person(no)))),
            (say.t("report-department"), or(secret.department.map(str::to_owned))),
            (say.t("report-leaf"), Line::plain(entry.index().to_string())),
        ];
        rows.extend(self.time_rows(say.day(secret.happened), entry));
        if let Some((entry, day)) = secret.declassified {
            let args = [("day", &*say.day(day)), ("at", &*say.moment(entry.received))];
            let text = say.tr("report-declassified", &args);
            rows.insert(0, (say.t("report-state"), vec![Line::of(Look::Flag, text)]));
        }
        self.blocks.push(Block::Facts { rows });
    }

    fn statements(&mut self, secret: &Secret<'_>) {
        let say = self.say;
        let rows = secret.statements.iter().map(|statement| {
            let number = vec![
                Line::of(Look::Plain, format!("{}-{}", secret.no, statement.no)),
                Line::of(
                    Look::Small,
                    say.tr("report-edition", &[("no", &statement.edition.to_string())]),
                ),
            ];
            let mut text = self.field(Some(&statement.entry.field("text")), "report-not-recorded");
            if !statement.stands {
                text.insert(0, Line::of(Look::Flag, say.t("report-not-claimed-now")));
            }
            let [claimed, received, outside] =
                self.times(say.t("report-not-claimed"), statement.entry);
            let leaf = Line::plain(statement.entry.index().to_string());
            vec![number, text, leaf, claimed, received, outside]
        });
        let rows: Vec<_> = rows.collect();
        let [claimed, received, outside] = say.time_heads();
        let columns = vec![
            self.head("report-head-statement", 11),
            self.head("report-head-text", 36),
            self.head("report-head-leaf", 7),
            claimed,
            received,
            outside,
        ];
        self.table(columns, rows, "report-none");
    }

    fn carriers(&mut self, secret: &Secret<'_>) {
        let say = self.say;
        let rows = secret.carriers.iter().map(|carrier| {
            let mut what = self.field(Some(&carrier.entry.field("name")), "report-not-recorded");
            what.extend(file_lines(self, carrier.entry, carrier.size));
            if carrier.retired {
                what.insert(0, Line::of(Look::Flag, say.t("report-retired")));
            }
            let claimed = carrier.happened.map_or_else(
                || say.t("report-not-claimed"),
                |at| match domain::Moment::parse(at) {
                    Ok(at) => say.tr("report-mtime", &[("at", &say.moment(at))]),
                    Err(_) => at.to_owned(),
                },
            );
            let [claimed, received, outside] = self.times(claimed, carrier.entry);
            let leaf = Line::plain(carrier.entry.index().to_string());
            vec![Line::plain(carrier.no.to_string()), what, leaf, claimed, received, outside]
        });
        let rows: Vec<_> = rows.collect();
        let [claimed, received, outside] = say.time_heads();
        let columns = vec![
            self.head("report-head-no", 6),
            self.head("report-head-carrier", 41),
            self.head("report-head-leaf", 7),
            claimed,
            received,
            outside,
        ];
        self.table(columns, rows, "report-no-carriers");
    }
}

/// Path, size and hash of a file; or that it is not enclosed.
pub(super) fn file_lines(desk: &Desk<'_>, entry: &crate::contents::Entry, size: u64) -> Vec<Line> {
    let size = Line::of(Look::Small, desk.say.bytes(size));
    match &entry.file {
        Some(file) => vec![
            Line::of(Look::Code, file.path.clone()),
            size,
            Line::of(Look::Code, format!("SHA-256 {}", evidence::dossier::hex(&file.sha256))),
        ],
        None => vec![Line::of(Look::Plain, desk.say.t("report-not-enclosed")), size],
    }
}

/// What an entry is called in lists: its kind and what it is about.
pub(super) fn name_of(desk: &Desk<'_>, entry: &crate::contents::Entry) -> String {
    use domain::Event;
    let say = desk.say;
    let kind = say.t(&format!("event-{}", entry.event.tag().replace('.', "-")));
    let what = match &entry.event {
        Event::NodeCreated(event) => event.name.clone(),
        Event::PersonAdded(event) => desk.story.person(event.no),
        Event::PartnerAdded(event) => format!("{} {}", event.no, event.name),
        Event::SecretRegistered(event) => format!("{} {}", event.no, event.title),
        Event::SecretStated(event) => format!(
            "{}-{} {}",
            event.secret,
            event.no,
            say.tr("report-edition", &[("no", &event.edition.to_string())])
        ),
        Event::SecretUnstated(event) => format!("{}-{}: {}", event.secret, event.no, event.why),
        Event::SecretRevised(event) => format!("{}: {}", event.secret, event.why),
        Event::SecretLevelled(event) => format!(
            "{} {} → {}: {}",
            event.secret,
            say.term("level", event.from.word()),
            say.term("level", event.to.word()),
            event.why
        ),
        Event::SecretDeclassified(event) => format!("{}: {}", event.secret, event.why),
        Event::SecretViewed(event) => {
            let what = match event.what.strip_prefix("carrier ") {
                Some(no) => say.tr("report-carrier-no", &[("no", no)]),
                None => say.t("report-viewed-statements"),
            };
            format!("{} {what}", event.secret)
        }
        Event::CarrierAdded(event) => {
            format!(
                "{} {}",
                event.secret,
                say.tr("report-carrier-no", &[("no", &event.no.to_string())])
            )
        }
        Event::CarrierRetired(event) => format!(
            "{} {}: {}",
            event.secret,
            say.tr("report-carrier-no", &[("no", &event.no.to_string())]),
            event.why
        ),
        Event::MeasureAdded(event) => format!("{} {}", event.no, event.title),
        Event::MeasureMatched(event) => format!("{} → {}", event.measure, event.secret),
        Event::MeasureEnded(event) => format!("{}: {}", event.measure, event.why),
        Event::PersonCleared(event) => {
            format!("{} → {}", desk.story.person(event.person), event.secret)
        }
        Event::PersonBarred(event) => {
            format!("{} → {}: {}", desk.story.person(event.person), event.secret, event.why)
        }
        Event::PartnerAgreed(event) => format!("{} {} ({})", event.no, event.title, event.partner),
        Event::PaperAdded(event) => {
            format!(
                "{} {}",
                event.about,
                say.tr("report-paper-no", &[("no", &event.no.to_string())])
            )
        }
        Event::DisclosureMade(event) => {
            format!("{} {} → {}", event.no, event.secret, event.partner)
        }
        Event::DisclosureClosed(event) => {
            format!("{} {}", event.disclosure, say.term("ending", event.how.word()))
        }
        Event::WitnessAdded(event) => {
            format!("{} ({})", event.name, say.term("standing", event.relation.word()))
        }
        Event::WitnessRemoved(event) => format!("{}: {}", event.name, event.why),
        Event::AuthorityAdded(event) => {
            format!("{} ({})", event.name, say.term("standing", event.relation.word()))
        }
        Event::AuthorityRemoved(event) => format!("{}: {}", event.name, event.why),
        Event::DossierBuilt(event) => event.no.to_string(),
        Event::ClockSetBack(event) => format!("{} → {}: {}", event.from, event.to, event.why),
        Event::KeysChanged(event) => event.what.clone(),
        Event::CompanyAdded(event) => format!("{} {}", event.no, event.name),
        Event::CompanyRevised(event) => event.company.to_string(),
        Event::CompanyMerged(event) => {
            format!("{} → {}: {}", event.company, event.into, event.why)
        }
        Event::DirectoryImported(event) => event.file.clone(),
        Event::AccountOpened(event) => event.no.to_string(),
        Event::AccountChanged(event) => event.account.to_string(),
        Event::AccountPasswordSet(event) => event.account.to_string(),
        Event::AccountClosed(event) => format!("{}: {}", event.account, event.why),
        // A station's own; no dossier shows them, and what they are about says enough.
        Event::ExpertAdded(_)
        | Event::ExpertRecused(_)
        | Event::ExpertRenewed(_)
        | Event::ExpertEnded(_)
        | Event::RequestReceived(_)
        | Event::RequestRouted(_)
        | Event::RequestReplied(_)
        | Event::RequestClosed(_)
        | Event::VisitPlanned(_)
        | Event::VisitCancelled(_)
        | Event::VisitMade(_)
        | Event::PrescriptionWritten(_)
        | Event::PrescriptionProgressed(_)
        | Event::PrescriptionReviewed(_)
        | Event::CaseOpened(_)
        | Event::CaseAssigned(_)
        | Event::CaseFiled(_)
        | Event::CaseUnfiled(_)
        | Event::CaseStepped(_)
        | Event::CaseUnstepped(_)
        | Event::CaseDrawn(_)
        | Event::CaseReckoned(_)
        | Event::CaseAgainst(_)
        | Event::OverseasAssessed(_)
        | Event::WarningRaised(_)
        | Event::WarningAssigned(_)
        | Event::WarningClosed(_)
        | Event::OrganisationAdded(_)
        | Event::OrganisationChanged(_)
        | Event::OrganisationEnded(_)
        | Event::MemberJoined(_)
        | Event::MemberLeft(_)
        | Event::AssistanceAsked(_)
        | Event::AssistanceReceived(_)
        | Event::AssistanceTriaged(_)
        | Event::AssistanceReplied(_)
        | Event::AssistanceEscalated(_)
        | Event::AssistanceClosed(_)
        | Event::RequestTaken(_)
        | Event::RequestAnswered(_)
        | Event::RequestFollowed(_)
        | Event::ProcurementRecorded(_)
        | Event::EngagementOpened(_)
        | Event::EngagementPlanned(_)
        | Event::EngagementLogged(_)
        | Event::EngagementDelivered(_)
        | Event::EngagementAccepted(_)
        | Event::EngagementPaid(_)
        | Event::EngagementRated(_)
        | Event::EngagementEnded(_)
        | Event::FirmConflicted(_)
        | Event::FirmCleared(_)
        | Event::RecognitionApplied(_)
        | Event::RecognitionEvidenced(_)
        | Event::RecognitionAssigned(_)
        | Event::RecognitionReviewed(_)
        | Event::RecognitionVisited(_)
        | Event::RecognitionAgreed(_)
        | Event::RecognitionPublished(_)
        | Event::RecognitionObjected(_)
        | Event::RecognitionAnswered(_)
        | Event::RecognitionAwarded(_)
        | Event::RecognitionChecked(_)
        | Event::RecognitionEnded(_)
        | Event::LetterCarried(_)
        | Event::LetterSettled(_)
        | Event::PrescriptionReported(_)
        | Event::TaskReceived(_)
        | Event::TaskProgressed(_)
        | Event::TaskReviewed(_)
        | Event::ProfileFiled(_)
        | Event::ProfileWithdrawn(_)
        | Event::ProfileReceived(_)
        | Event::ProfileForgotten(_)
        | Event::ControlWithdrawn(_)
        | Event::BackupDrilled(_) => say.join(entry.event.about().iter().map(ToString::to_string)),
        Event::ControlAnswered(event) => format!("{} {}", event.no, event.control),
        Event::ControlAssigned(event) => event.control.clone(),
        Event::RuleScored(event) => event.rule.clone(),
        Event::RuleSwitched(event) => event.rule.clone(),
        Event::ControlsAdopted(event) => format!("{}@{}", event.catalogue, event.to),
        Event::ActivityPlanned(_)
        | Event::ActivityMoved(_)
        | Event::ActivityCancelled(_)
        | Event::ActivityInvited(_)
        | Event::ActivityRegistered(_)
        | Event::ActivityWithdrawn(_)
        | Event::ActivityCheckedIn(_)
        | Event::ActivityHeld(_)
        | Event::ActivityAsked(_)
        | Event::ActivityAnswered(_)
        | Event::ActivitySupplied(_)
        | Event::ActivityRated(_)
        | Event::ActivityErased(_) => say.join(entry.event.about().iter().map(ToString::to_string)),
        Event::ServiceGiven(event) => {
            format!("{} {}", event.company, say.term("service", event.service.word()))
        }
        Event::LinkOffered(event) => event.no.to_string(),
        Event::LinkAsked(event) => format!("{} {}", event.no, event.name),
        Event::LinkJoined(event) => format!("{} {}", event.no, event.name),
        Event::LinkEnded(event) => format!("{}: {}", event.no, event.why),
        Event::LetterSent(event) => {
            format!("{} {}", event.link, say.term("letter", event.sort.word()))
        }
        Event::LetterReceived(event) => format!("{} {}", event.link, event.seq),
        Event::LetterOpened(event) => format!("{} {}", event.link, event.seq),
        Event::IndexBuilt(event) => event.digest.clone(),
        Event::SweepDone(event) => format!("{} {}", event.no, event.what),
        Event::ReleaseAsked(event) => {
            format!("{} {}: {}", event.no, event.what, say.term("verdict", event.verdict.word()))
        }
        Event::ReleaseApproved(event) => {
            format!("{} {}: {}", event.release, desk.story.person(event.person), event.why)
        }
        Event::ReleaseRefused(event) => {
            format!("{} {}: {}", event.release, desk.story.person(event.person), event.why)
        }
        Event::ComparisonMade(event) => format!("{} {}", event.no, event.what),
        Event::ComparisonConcluded(event) => format!(
            "{} {} {}: {}",
            event.comparison,
            event.secret,
            desk.story.person(event.person),
            say.term("sameness", event.sameness.word())
        ),
        Event::CorpusAdded(event) => format!("{} {}", event.no, event.name),
        Event::ExportAnswered(event) => format!("{} {}", event.no, event.to),
        Event::CorpusRemoved(event) => format!("{}: {}", event.corpus, event.why),
        Event::PublicChecked(event) => format!("{} {}", event.no, event.secret),
        Event::BlindBegun(event) => {
            format!("{} {}", event.no, say.term("blind-side", event.side.word()))
        }
        Event::WorkRecorded(event) => format!("{} {}", event.no, event.what),
        Event::BlindDone(event) => format!("{}: {}", event.blind, event.found),
        Event::BlindFailed(event) => {
            format!("{}: {}", event.blind, say.term("blind-fault", event.fault.word()))
        }
        Event::InventoryDone(event) => {
            format!("{} {}", event.no, event.what.as_deref().unwrap_or_default())
        }
        Event::InventoryDecided(event) => format!(
            "{}/{} {}",
            event.inventory,
            event.proposal,
            say.term("judgement", event.answer.word())
        ),
        Event::IncidentOpened(event) => format!("{} {}", event.no, event.title),
        Event::IncidentPreserved(event) => {
            format!("{}-{} {}", event.incident, event.no, event.item)
        }
        Event::IncidentHanded(event) => {
            format!("{}-{} {}", event.incident, event.exhibit, event.happened)
        }
        Event::IncidentDropped(event) => format!("{}-{}", event.incident, event.exhibit),
        // What was thought of an incident is in no dossier.
        Event::IncidentRevised(_)
        | Event::IncidentNoted(_)
        | Event::IncidentLinked(_)
        | Event::IncidentUnlinked(_)
        | Event::IncidentReckoned(_)
        | Event::IncidentClosed(_)
        | Event::IncidentReopened(_) => {
            say.join(entry.event.about().iter().map(ToString::to_string))
        }
        Event::HoldSet(event) => format!("{}: {}", event.thing, event.why),
        Event::HoldLifted(event) => format!("{}: {}", event.thing, event.why),
        Event::PersonErased(event) => format!("{}: {}", event.person, event.why),
        Event::SecretDestroyed(event) => format!("{}: {}", event.secret, event.why),
        Event::SecretMerged(event) => {
            format!("{} → {}: {}", event.secret, event.into, event.why)
        }
        Event::SecretSplit(event) => format!("{} → {}: {}", event.secret, event.into, event.why),
        Event::CopiesCommitted(event) => format!("{} {}", event.no, event.purpose),
        Event::CopyIssued(event) => format!("{} → {}", event.no, event.recipient),
        Event::CopyReceived(event) => event.copy.to_string(),
        Event::CopyEnded(event) => {
            format!("{} {}", event.copy, say.term("ending", event.how.word()))
        }
        Event::CopyRecalled(event) => format!("{}: {}", event.copy, event.why),
        Event::FindRead(event) => format!("{} {}", event.no, event.source),
        Event::FindTraced(event) => {
            let named: Vec<String> = event.named.iter().map(ToString::to_string).collect();
            format!("{} {} (≤ {})", event.find, named.join(", "), event.epsilon)
        }
    };
    format!("{kind}: {what}")
}

/// When an entry's fact happened, as claimed in the entry itself.
pub(super) fn claimed_of(desk: &Desk<'_>, entry: &crate::contents::Entry) -> String {
    use domain::Event;
    let say = desk.say;
    match &entry.event {
        Event::PersonAdded(event) => say.day(event.joined),
        Event::SecretRegistered(event) => say.day(event.happened),
        Event::SecretRevised(event) => say.day(event.happened),
        Event::SecretDeclassified(event) => say.day(event.happened),
        Event::MeasureAdded(event) => say.period(event.from, event.until),
        Event::MeasureEnded(event) => say.day(event.happened),
        Event::PersonCleared(event) => say.period(event.from, event.until),
        Event::PersonBarred(event) => say.day(event.happened),
        Event::PartnerAgreed(event) => say.period(event.from, event.until),
        Event::PaperAdded(event) => say.day(event.happened),
        Event::DisclosureMade(event) => say.day(event.happened),
        Event::DisclosureClosed(event) => say.day(event.happened),
        Event::ServiceGiven(event) => say.day(Some(event.happened)),
        Event::CopyReceived(event) => say.day(event.happened),
        Event::CopyEnded(event) => say.day(event.happened),
        Event::CarrierAdded(event) => match event.happened.as_deref().map(domain::Moment::parse) {
            Some(Ok(at)) => say.tr("report-mtime", &[("at", &say.moment(at))]),
            _ => say.t("report-not-claimed"),
        },
        _ => say.t("report-not-claimed"),
    }
}

/// The exhibit's number of an entry.
pub(super) fn exhibit_numbers(story: &Story<'_>) -> std::collections::BTreeMap<u64, usize> {
    story.exhibits().map(|(number, entry)| (entry.index(), number)).collect()
}
