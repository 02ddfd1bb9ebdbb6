//! Entries of the ledger in words.

use std::fmt::Write as _;

use domain::terms::{LetterSort, LetterWay, ProfileField};
use domain::{Day, Event, Number};
use store::Record;

use crate::desk::Desk;
use crate::show::Link;

/// A line of a timeline.
pub(crate) struct Line {
    pub(crate) idx: u64,
    pub(crate) day: String,
    pub(crate) time: String,
    pub(crate) title: String,
    pub(crate) sub: String,
    /// What it is about, but for the thing whose timeline it is.
    pub(crate) links: Vec<Link>,
    /// `key` for what fixes facts, `hot` for what weakens, or empty.
    pub(crate) class: &'static str,
}

/// The most links on a line: an alert can be about a whole field, and its own page names them all.
const LINKS_MAX: usize = 12;

impl Desk {
    /// What was ticked of a profile, and as of which day.
    fn ticked(&self, day: Day, fields: &[ProfileField]) -> String {
        let fields: Vec<String> = fields.iter().map(|field| self.t(field.key())).collect();
        let fields = fields.join(&self.t("w-comma"));
        self.tr("w-two-words", &[("one", &day.to_string()), ("two", &fields)])
    }

    /// Entries as lines of the timeline of `of`.
    pub(crate) fn lines(&self, records: &[Record], of: Option<Number>) -> Vec<Line> {
        records.iter().map(|record| self.line(record, of)).collect()
    }

    fn line(&self, record: &Record, of: Option<Number>) -> Line {
        let received = self.minute(record.received);
        let (day, time) = received.split_once(' ').unwrap_or((&received, ""));
        let mut about = record.event.about();
        about.sort_unstable();
        about.dedup();
        let links = about.into_iter().filter(|no| Some(*no) != of).map(|no| self.link(no));
        Line {
            idx: record.idx,
            day: day.to_owned(),
            time: time.to_owned(),
            title: self.event_title(record.event.tag()),
            sub: self.particulars(&record.event),
            links: links.take(LINKS_MAX).collect(),
            class: class(&record.event),
        }
    }

    /// The name of a kind of event.
    pub(crate) fn event_title(&self, tag: &str) -> String {
        self.t(&format!("event-{}", tag.replace('.', "-")))
    }

    /// What a line adds to its title: which part, from what to what, why.
    fn particulars(&self, event: &Event) -> String {
        let mut words = match event {
            Event::NodeCreated(e) => e.name.clone(),
            Event::SecretRegistered(e) => self.t(&format!("level-{}", e.level.word())),
            Event::SecretStated(e) => self.tr(
                "w-line-stated",
                &[("no", &e.no.to_string()), ("edition", &e.edition.to_string())],
            ),
            Event::SecretUnstated(e) => self.n("w-line-statement", e.no),
            Event::SecretLevelled(e) => {
                let level = |word: &str| self.t(&format!("level-{word}"));
                let (from, to) = (level(e.from.word()), level(e.to.word()));
                self.tr("w-line-from-to", &[("from", &from), ("to", &to)])
            }
            Event::SecretViewed(e) => match e.what.strip_prefix("carrier ") {
                Some(no) => self.n("w-line-carrier", no),
                None if e.what == "passages" => self.t("w-line-passages"),
                None if e.what.starts_with("keys ") => self.n("w-line-keys", &e.what[5..]),
                None => self.t("w-line-statements"),
            },
            Event::CarrierAdded(e) => self.n("w-line-carrier", e.no),
            Event::CarrierRetired(e) => self.n("w-line-carrier", e.no),
            Event::MeasureMatched(e) => self.statements(e.statements.as_deref()),
            Event::PersonCleared(e) => self.period(e.from, e.until),
            Event::PartnerAgreed(e) => self.period(e.from, e.until),
            Event::PaperAdded(e) => self.n("w-line-paper", e.no),
            Event::DisclosureMade(e) => e.purpose.clone(),
            Event::DisclosureClosed(e) => self.t(&format!("ending-{}", e.how.word())),
            Event::WitnessAdded(e) => e.name.clone(),
            Event::WitnessRemoved(e) => e.name.clone(),
            Event::AuthorityAdded(e) => e.name.clone(),
            Event::AuthorityRemoved(e) => e.name.clone(),
            Event::DossierBuilt(e) => self.t(&format!("purpose-{}", e.purpose.word())),
            Event::CompanyAdded(e) => self.t(&format!("company-{}", e.sort.word())),
            Event::CompanyRevised(e) => self.revised(e),
            Event::DirectoryImported(e) => self.tr(
                "w-line-imported",
                &[
                    ("added", &e.added.to_string()),
                    ("revised", &e.revised.to_string()),
                    ("same", &e.same.to_string()),
                    ("refused", &e.refused.to_string()),
                ],
            ),
            Event::ServiceGiven(e) => self.tr(
                "w-line-service",
                &[
                    ("service", &self.t(&format!("service-{}", e.service.word()))),
                    ("day", &e.happened.to_string()),
                    ("what", &e.what),
                ],
            ),
            Event::LinkOffered(e) => self.tr("w-line-until", &[("day", &e.until.to_string())]),
            Event::LinkAsked(e) => e.name.clone(),
            Event::LinkJoined(e) => e.name.clone(),
            Event::LetterSent(e) => self.letter_line(LetterWay::Out, e.seq, Some(e.sort)),
            Event::LetterReceived(e) => self.letter_line(LetterWay::In, e.seq, None),
            Event::LetterOpened(e) => self.letter_line(e.way, e.seq, e.sort),
            Event::ExpertAdded(e) => crate::pages::themes(self, &e.fields),
            Event::ExpertRenewed(e) => self.period(None, Some(e.until)),
            Event::RequestReceived(e) => self.tr(
                "w-two-words",
                &[("one", &e.title), ("two", &self.t(&format!("channel-{}", e.channel.word())))],
            ),
            Event::RequestRouted(e) => match (e.expert, &e.body) {
                (Some(expert), _) => self.name(expert),
                (None, body) => body.clone().unwrap_or_default(),
            },
            Event::RequestReplied(e) => {
                e.expert.map_or_else(|| self.t("w-station-itself"), |no| self.name(no))
            }
            Event::RequestClosed(e) => self.t(&format!("closing-{}", e.how.word())),
            Event::VisitPlanned(e) => {
                self.tr("w-two-words", &[("one", &e.title), ("two", &e.day.to_string())])
            }
            Event::VisitMade(e) => {
                let wanting = e.marks.iter().filter(|mark| mark.ends_with("=wanting")).count();
                self.tr(
                    "w-line-visit",
                    &[("n", &wanting.to_string()), ("day", &e.happened.to_string())],
                )
            }
            Event::PrescriptionWritten(e) => self.tr(
                "w-line-prescribed",
                &[
                    ("grade", &self.t(&format!("grade-{}", e.grade.word()))),
                    ("theme", &self.t(&format!("theme-{}", e.theme.word()))),
                    ("day", &e.due.to_string()),
                ],
            ),
            Event::PrescriptionProgressed(e) => self.t(&format!("pace-{}", e.how.word())),
            Event::PrescriptionReviewed(e) => self.t(&format!("review-{}", e.verdict.word())),
            Event::ControlAnswered(e) => self.tr(
                "w-two-words",
                &[
                    ("one", &self.control_title(&e.control)),
                    ("two", &self.t(&format!("answer-{}", e.verdict.word()))),
                ],
            ),
            Event::ControlAssigned(e) => self.control_title(&e.control),
            Event::ControlsAdopted(e) => format!("{}@{}", e.catalogue, e.to),
            Event::CaseOpened(e) => e.title.clone(),
            Event::CaseAssigned(e) => e.unit.clone(),
            Event::CaseFiled(e) => self.case_item(e.case, &e.item),
            Event::CaseUnfiled(e) => self.case_item(e.case, &e.item),
            Event::CaseStepped(e) => self.tr(
                "w-two-words",
                &[("one", &self.case_step(e.case, &e.step)), ("two", &e.happened.to_string())],
            ),
            Event::CaseUnstepped(e) => self.n("w-line-unstepped", e.no),
            Event::CaseDrawn(e) => self.case_item(e.case, &e.item),
            Event::CaseAgainst(e) => self.name(e.respondent),
            Event::OverseasAssessed(e) => e.product.clone(),
            Event::ExportAnswered(e) => e.to.clone(),
            Event::RuleScored(e) => self.rule_line(&e.rule, &format!("{}/{}", e.hits, e.named)),
            Event::RuleSwitched(e) => {
                self.rule_line(&e.rule, &self.t(if e.on { "rule-on" } else { "rule-off" }))
            }
            Event::WarningRaised(e) => office::matter_words(self.lang(), &e.matter),
            Event::WarningAssigned(e) => {
                self.tr("w-two-words", &[("one", &e.unit), ("two", &e.due.to_string())])
            }
            Event::WarningClosed(e) => {
                self.t(if e.useful { "warning-useful" } else { "warning-not-useful" })
            }
            Event::OrganisationAdded(e) => self.tr(
                "w-two-words",
                &[("one", &e.name), ("two", &self.t(&format!("organisation-{}", e.sort.word())))],
            ),
            Event::OrganisationChanged(e) => e.name.clone(),
            Event::OrganisationEnded(e) => e.happened.to_string(),
            Event::MemberJoined(e) => self.name(e.company),
            Event::MemberLeft(e) => self.name(e.company),
            Event::AssistanceAsked(e) => {
                self.tr("w-from-to", &[("from", &self.name(e.from)), ("to", &self.name(e.to))])
            }
            Event::AssistanceReceived(e) => self.tr(
                "w-two-words",
                &[("one", &self.name(e.organisation)), ("two", &e.happened.to_string())],
            ),
            Event::AssistanceTriaged(e) => e.unit.clone(),
            Event::AssistanceReplied(e) => self.tr(
                "w-two-words",
                &[
                    ("one", &self.name(e.organisation)),
                    ("two", &self.t(&format!("assistance-answer-{}", e.answer.word()))),
                ],
            ),
            Event::AssistanceEscalated(e) => {
                self.tr("w-two-words", &[("one", &self.name(e.to)), ("two", &e.due.to_string())])
            }
            Event::ProcurementRecorded(e) => self.names(&e.awarded),
            Event::EngagementOpened(e) => self.tr(
                "w-from-to",
                &[("from", &self.name(e.organisation)), ("to", &self.name(e.company))],
            ),
            Event::EngagementPlanned(e) => {
                self.tr("w-two-words", &[("one", &e.title), ("two", &e.due.to_string())])
            }
            Event::EngagementLogged(e) => {
                self.tr("w-two-words", &[("one", &e.what), ("two", &e.happened.to_string())])
            }
            Event::EngagementDelivered(e) => self.n("w-item-no", e.item),
            Event::EngagementAccepted(e) => self.tr(
                "w-two-words",
                &[
                    ("one", &self.n("w-item-no", e.item)),
                    ("two", &self.t(if e.accepted { "w-accept-yes" } else { "w-accept-no" })),
                ],
            ),
            Event::EngagementPaid(e) => self.tr(
                "w-two-words",
                &[("one", &self.n("w-item-no", e.item)), ("two", &office::money_words(e.amount))],
            ),
            Event::EngagementRated(e) => self.t(&format!("w-mark-{}", e.mark)),
            Event::EngagementEnded(e) => self.t(&format!("engagement-end-{}", e.how.word())),
            Event::FirmConflicted(e) => self.tr(
                "w-two-words",
                &[
                    ("one", &self.name(e.company)),
                    ("two", &self.t(&format!("conflict-{}", e.reason.word()))),
                ],
            ),
            Event::FirmCleared(e) => self.name(e.company),
            Event::RequestTaken(e) => self.name(e.organisation),
            Event::RequestAnswered(e) => self.name(e.organisation),
            Event::RequestFollowed(e) => self.t(&format!("follow-up-{}", e.outcome.word())),
            Event::AssistanceClosed(e) => self.t(&format!("closing-{}", e.how.word())),
            Event::CaseReckoned(e) => self.way_of_counting(&e.sheet, &e.method),
            Event::RecognitionApplied(e) => self.scheme(&e.scheme),
            Event::RecognitionEvidenced(e) => self.criterion(&e.criterion),
            Event::RecognitionAssigned(e) => self.names(&e.experts),
            Event::RecognitionReviewed(e) => self.name(e.expert),
            Event::RecognitionVisited(e) => self.name(e.visit),
            Event::RecognitionAgreed(e) => self.tr(
                if e.passed { "w-line-agreed" } else { "w-line-agreed-not" },
                &[("score", &office::score_words(e.score))],
            ),
            Event::RecognitionPublished(e) => self.period(Some(e.from), Some(e.until)),
            Event::RecognitionObjected(e) => e.no.to_string(),
            Event::RecognitionAnswered(e) => self.tr(
                "w-two-words",
                &[
                    ("one", &e.objection.to_string()),
                    (
                        "two",
                        &self.t(if e.upheld { "objection-upheld" } else { "objection-dismissed" }),
                    ),
                ],
            ),
            Event::RecognitionAwarded(e) => self.period(Some(e.happened), Some(e.until)),
            Event::RecognitionChecked(e) => self.t(&format!("check-{}", e.verdict.word())),
            Event::RecognitionEnded(e) => self.t(&format!("unrecognition-{}", e.how.word())),
            Event::LetterCarried(e) => self.letter_line(LetterWay::Out, e.seq, None),
            Event::LetterSettled(e) => {
                let letter = self.letter_line(LetterWay::In, e.seq, Some(e.sort));
                match &e.refused {
                    Some(why) => {
                        let why = self.t(&format!("refused-{why}"));
                        self.tr("w-two-words", &[("one", &letter), ("two", &why)])
                    }
                    None => letter,
                }
            }
            Event::PrescriptionReported(e) => {
                let pace = self.t(&format!("pace-{}", e.how.word()));
                match e.moved {
                    true => pace,
                    false => {
                        let late = self.t("w-line-overtaken");
                        self.tr("w-two-words", &[("one", &pace), ("two", &late)])
                    }
                }
            }
            Event::TaskReceived(e) => self.t(&format!("task-sort-{}", e.sort.word())),
            Event::TaskProgressed(e) => self.t(&format!("pace-{}", e.how.word())),
            Event::TaskReviewed(e) => self.t(&office::said_key(e.said)),
            Event::ProfileFiled(e) => self.ticked(e.day, &e.fields),
            Event::ProfileReceived(e) => self.ticked(e.day, &e.fields),
            Event::ProfileWithdrawn(e) => e.why.clone().unwrap_or_default(),
            Event::ProfileForgotten(e) => self.letter_line(LetterWay::In, e.seq, None),
            Event::ActivityPlanned(e) => {
                self.tr("w-two-words", &[("one", &e.title), ("two", &e.day.to_string())])
            }
            Event::ActivityMoved(e) => {
                self.tr("w-two-words", &[("one", &e.day.to_string()), ("two", &e.place)])
            }
            Event::ActivityInvited(e) => self.n("w-invited-count", e.companies.len()),
            Event::ActivityRegistered(e) => self.tr(
                "w-two-words",
                &[
                    ("one", &self.n("w-line-part", e.no)),
                    ("two", &self.t(&format!("sign-up-{}", e.channel.word()))),
                ],
            ),
            Event::ActivityWithdrawn(e) => self.n("w-line-part", e.registration),
            Event::ActivityCheckedIn(e) => self.n("w-line-part", e.registration),
            Event::ActivityHeld(e) => self.n("w-came-count", e.came),
            Event::ActivityAsked(e) => self.n("w-line-part", e.no),
            Event::ActivityAnswered(e) => {
                e.expert.map_or_else(|| self.t("w-station-itself"), |no| self.name(no))
            }
            Event::ActivitySupplied(e) => e.title.clone(),
            Event::ActivityRated(e) => self.n("w-mark", e.mark),
            Event::ActivityErased(e) => self.n("w-erased-count", e.registrations.len()),
            Event::ActivityCancelled(_) => String::new(),
            Event::IndexBuilt(e) => self.n("w-line-index", e.parts),
            Event::SweepDone(e) => self.tr(
                if e.partial { "w-line-swept-partial" } else { "w-line-swept" },
                &[
                    ("what", &e.what),
                    ("files", &e.files.to_string()),
                    ("hits", &e.hits.to_string()),
                ],
            ),
            Event::ReleaseAsked(e) => self.tr(
                "w-line-release",
                &[
                    ("what", &e.what),
                    ("verdict", &self.t(&format!("verdict-{}", e.verdict.word()))),
                ],
            ),
            Event::InventoryDone(e) => self.tr(
                "w-line-inventory",
                &[("files", &e.files.to_string()), ("proposals", &e.proposals.to_string())],
            ),
            Event::InventoryDecided(e) => self.tr(
                "w-line-inventory-decided",
                &[
                    ("no", &e.proposal.to_string()),
                    ("answer", &self.t(&format!("judgement-{}", e.answer.word()))),
                ],
            ),
            Event::CorpusAdded(e) => e.name.clone(),
            Event::CorpusRemoved(e) => e.corpus.to_string(),
            Event::PublicChecked(e) => self.tr(
                "w-line-public-check",
                &[("found", &e.found.to_string()), ("parts", &e.parts.to_string())],
            ),
            Event::BlindBegun(e) => self.tr(
                "w-line-blind",
                &[
                    ("side", &self.t(&format!("blind-side-{}", e.side.word()))),
                    ("own", &e.own.to_string()),
                ],
            ),
            Event::WorkRecorded(e) => self.tr(
                "w-line-work",
                &[
                    ("what", &e.what),
                    ("commits", &e.commits.to_string()),
                    ("files", &e.files.to_string()),
                ],
            ),
            Event::BlindDone(e) => self.tr(
                "w-line-blind-done",
                &[("found", &e.found.to_string()), ("theirs", &e.theirs.to_string())],
            ),
            Event::BlindFailed(e) => self.t(&format!("blind-fault-{}", e.fault.word())),
            Event::IncidentOpened(e) => self.tr(
                "w-two-words",
                &[("one", &e.title), ("two", &self.t(&format!("conduct-{}", e.conduct.word())))],
            ),
            Event::IncidentRevised(e) => self.tr(
                "w-two-words",
                &[
                    ("one", &self.t(&format!("conduct-{}", e.conduct.word()))),
                    ("two", &self.period(Some(e.from), Some(e.until))),
                ],
            ),
            Event::IncidentLinked(e) => self.called(e.thing),
            Event::IncidentUnlinked(e) => self.called(e.thing),
            Event::IncidentPreserved(e) => self.tr(
                "w-two-words",
                &[("one", &self.n("w-exhibit-no", e.no)), ("two", &self.evidence(&e.item))],
            ),
            Event::IncidentHanded(e) => self.n("w-exhibit-no", e.exhibit),
            Event::IncidentDropped(e) => self.n("w-exhibit-no", e.exhibit),
            Event::IncidentReckoned(e) => self.way_of_counting(&e.sheet, &e.method),
            Event::IncidentClosed(e) => self.t(&format!("outcome-{}", e.outcome.word())),
            Event::IncidentNoted(_) | Event::IncidentReopened(_) => String::new(),
            Event::HoldSet(e) => self.called(e.thing),
            Event::HoldLifted(e) => self.called(e.thing),
            Event::PersonErased(e) => self.t(&format!("erasure-ground-{}", e.ground.word())),
            Event::SecretDestroyed(e) => self.name(e.approved),
            Event::SecretMerged(e) => format!("{} → {}", e.secret, e.into),
            Event::SecretSplit(e) => format!("{} → {}", e.secret, e.into),
            Event::CopiesCommitted(e) => e.purpose.clone(),
            Event::ComparisonMade(e) => e.what.clone(),
            Event::ComparisonConcluded(e) => self.t(&format!("sameness-{}", e.sameness.word())),
            Event::CopyEnded(e) => self.t(&format!("ending-{}", e.how.word())),
            Event::FindRead(e) => e.source.clone(),
            Event::FindTraced(e) if e.named.is_empty() => self.t("w-find-cannot-tell"),
            Event::AccountOpened(e) => self.t(&format!("account-role-{}", e.role.word())),
            Event::AccountChanged(e) => self.t(&format!("account-role-{}", e.role.word())),
            Event::AccountPasswordSet(e) => self.t(&format!("password-{}", e.how.word())),
            Event::ReleaseApproved(_)
            | Event::AccountClosed(_)
            | Event::ReleaseRefused(_)
            | Event::ClockSetBack(_)
            | Event::CopyIssued(_)
            | Event::CopyReceived(_)
            | Event::CopyRecalled(_)
            | Event::FindTraced(_)
            | Event::ExpertRecused(_)
            | Event::ExpertEnded(_)
            | Event::VisitCancelled(_)
            | Event::KeysChanged(_)
            | Event::LinkEnded(_)
            | Event::PersonAdded(_)
            | Event::PartnerAdded(_)
            | Event::SecretRevised(_)
            | Event::SecretDeclassified(_)
            | Event::MeasureAdded(_)
            | Event::MeasureEnded(_)
            | Event::PersonBarred(_)
            | Event::ControlWithdrawn(_)
            | Event::BackupDrilled(_)
            | Event::CompanyMerged(_) => String::new(),
        };
        if let Some(why) = why(event) {
            let why = self.tr("w-line-why", &[("why", why)]);
            let gap = if words.is_empty() { String::new() } else { self.t("w-semicolon") };
            // Writing to a string can't fail.
            let _ = write!(words, "{gap}{why}");
        }
        // The owner's own deeds need no name; those of accounts have one.
        if let Ok(no) = Number::parse(event.by()) {
            let by = self.tr("w-line-by", &[("name", &self.name(no)), ("no", &no.to_string())]);
            let gap = if words.is_empty() { String::new() } else { self.t("w-semicolon") };
            let _ = write!(words, "{gap}{by}");
        }
        words
    }

    /// A scheme of recognition in words.
    fn scheme(&self, mark: &str) -> String {
        office::scheme(mark).map_or_else(|| mark.to_owned(), |known| self.law(&known.title))
    }

    /// A criterion in words; its name when no scheme has it any more.
    fn criterion(&self, id: &str) -> String {
        let known = office::schemes().into_iter().find_map(|scheme| scheme.criterion(id));
        known.map_or_else(|| id.to_owned(), |known| self.law(&known.says))
    }

    /// A letter in words: which way, its number, its sort.
    pub(crate) fn letter_line(&self, way: LetterWay, seq: u64, sort: Option<LetterSort>) -> String {
        let key = format!("w-letter-{}", way.word());
        let sort = sort.map(|sort| self.t(&format!("letter-{}", sort.word())));
        let number = self.tr(&key, &[("seq", &seq.to_string())]);
        sort.map_or(number.clone(), |sort| format!("{number} · {sort}"))
    }

    /// A rule of early warning, and what became of it.
    fn rule_line(&self, rule: &str, what: &str) -> String {
        let title = office::warning_rule(rule).map(|rule| self.law(&rule.title));
        let title = title.unwrap_or_else(|_| rule.to_owned());
        self.tr("w-two-words", &[("one", &title), ("two", what)])
    }

    /// Which properties of a company a revision says anew, and what they are now.
    fn revised(&self, e: &domain::event::CompanyRevised) -> String {
        let code = e.code.map(|code| code.to_string());
        let tags = e.tags.as_deref().map(|tags| office::tags_words(self.lang(), tags));
        let kind = e.sort.map(|sort| self.t(&format!("company-{}", sort.word())));
        self.said_anew([
            ("field-name", e.name.as_deref()),
            ("field-kind", kind.as_deref()),
            ("field-code", code.as_deref()),
            ("field-tags", tags.as_deref()),
            ("field-field", e.field.as_deref()),
            ("field-park", e.park.as_deref()),
            ("field-street", e.street.as_deref()),
        ])
    }

    /// Fields that were said anew, and what they are now; those that were not are left out.
    pub(crate) fn said_anew<const N: usize>(&self, said: [(&str, Option<&str>); N]) -> String {
        let said = said.into_iter().filter_map(|(field, now)| {
            let now = match now? {
                "" => self.t("w-taken-away"),
                now => now.to_owned(),
            };
            Some(self.tr("w-line-now", &[("field", &self.t(field)), ("now", &now)]))
        });
        said.collect::<Vec<_>>().join(&self.t("w-semicolon"))
    }
}

/// The reason that an event states.
fn why(event: &Event) -> Option<&str> {
    match event {
        Event::SecretUnstated(e) => Some(&e.why),
        Event::SecretRevised(e) => Some(&e.why),
        Event::SecretLevelled(e) => Some(&e.why),
        Event::SecretDeclassified(e) => Some(&e.why),
        Event::SecretViewed(e) => e.why.as_deref(),
        Event::CarrierRetired(e) => Some(&e.why),
        Event::MeasureMatched(e) => e.why.as_deref(),
        Event::MeasureEnded(e) => Some(&e.why),
        Event::PersonCleared(e) => e.why.as_deref(),
        Event::PersonBarred(e) => Some(&e.why),
        Event::DisclosureClosed(e) => e.why.as_deref(),
        Event::WitnessRemoved(e) => Some(&e.why),
        Event::AuthorityRemoved(e) => Some(&e.why),
        Event::ClockSetBack(e) => Some(&e.why),
        Event::KeysChanged(e) => e.why.as_deref(),
        Event::CompanyRevised(e) => e.why.as_deref(),
        Event::CompanyMerged(e) => Some(&e.why),
        Event::LinkEnded(e) => Some(&e.why),
        Event::LetterOpened(e) => e.why.as_deref(),
        Event::IncidentRevised(e) => Some(&e.why),
        Event::IncidentUnlinked(e) => Some(&e.why),
        Event::IncidentDropped(e) => Some(&e.why),
        Event::IncidentReopened(e) => Some(&e.why),
        Event::HoldSet(e) => Some(&e.why),
        Event::HoldLifted(e) => Some(&e.why),
        Event::PersonErased(e) => Some(&e.why),
        Event::SecretDestroyed(e) => Some(&e.why),
        Event::SecretMerged(e) => Some(&e.why),
        Event::SecretSplit(e) => Some(&e.why),
        Event::ReleaseApproved(e) => Some(&e.why),
        Event::ReleaseRefused(e) => Some(&e.why),
        Event::CopyEnded(e) => e.why.as_deref(),
        Event::CopyRecalled(e) => Some(&e.why),
        Event::ExpertRecused(e) => Some(&e.why),
        Event::ExpertRenewed(e) => e.why.as_deref(),
        Event::ExpertEnded(e) => Some(&e.why),
        Event::RequestRouted(e) => e.why.as_deref(),
        Event::RequestClosed(e) => e.why.as_deref(),
        Event::VisitCancelled(e) => Some(&e.why),
        Event::AccountChanged(e) => e.why.as_deref(),
        Event::AccountClosed(e) => Some(&e.why),
        Event::CaseFiled(e) => e.why.as_deref(),
        Event::ControlAnswered(e) => e.why.as_deref(),
        Event::ControlWithdrawn(e) => Some(&e.why),
        Event::ControlAssigned(e) => e.why.as_deref(),
        Event::ControlsAdopted(e) => e.why.as_deref(),
        Event::CorpusRemoved(e) => Some(&e.why),
        Event::CaseUnfiled(e) => Some(&e.why),
        Event::CaseUnstepped(e) => Some(&e.why),
        Event::RecognitionAgreed(e) => e.why.as_deref(),
        Event::RecognitionAnswered(e) => Some(&e.why),
        Event::RecognitionChecked(e) => e.why.as_deref(),
        Event::RecognitionEnded(e) => Some(&e.why),
        Event::RuleSwitched(e) => e.why.as_deref(),
        Event::WarningClosed(e) => Some(&e.why),
        Event::OrganisationChanged(e) => e.why.as_deref(),
        Event::OrganisationEnded(e) => Some(&e.why),
        Event::MemberLeft(e) => e.why.as_deref(),
        Event::AssistanceTriaged(e) => e.why.as_deref(),
        Event::AssistanceEscalated(e) => Some(&e.why),
        Event::AssistanceClosed(e) => e.why.as_deref(),
        Event::RequestTaken(e) => e.why.as_deref(),
        Event::EngagementAccepted(e) => e.why.as_deref(),
        Event::EngagementEnded(e) => e.why.as_deref(),
        Event::FirmConflicted(e) => e.why.as_deref(),
        Event::FirmCleared(e) => Some(&e.why),
        Event::ActivityMoved(e) => Some(&e.why),
        Event::ActivityCancelled(e) => Some(&e.why),
        _ => None,
    }
}

fn class(event: &Event) -> &'static str {
    match event {
        Event::NodeCreated(_)
        | Event::SecretRegistered(_)
        | Event::SecretStated(_)
        | Event::CopiesCommitted(_)
        | Event::FindTraced(_)
        | Event::ComparisonConcluded(_)
        | Event::DossierBuilt(_)
        | Event::LinkJoined(_) => "key",
        Event::SecretDeclassified(_)
        | Event::SecretDestroyed(_)
        | Event::SecretMerged(_)
        | Event::PersonErased(_)
        | Event::FindRead(_)
        | Event::SecretUnstated(_)
        | Event::ClockSetBack(_)
        | Event::LinkEnded(_)
        | Event::WitnessRemoved(_)
        | Event::AuthorityRemoved(_) => "hot",
        _ => "",
    }
}
