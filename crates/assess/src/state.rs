//! What has happened, folded into what the rules ask for. Told the events until a day, it is the
//! state of that day.

use std::collections::BTreeMap;

use domain::terms::{
    AccountRole, Answer, Class, Form, Level, MeasureItem, PasswordBy, Standing, Verdict,
};
use domain::{Day, Event, Number};

use crate::incident::Incident;

/// An event of the ledger, as far as rules need it.
#[derive(Clone, Copy, Debug)]
pub struct Fact<'a> {
    /// Its place in the ledger.
    pub idx: u64,
    /// The day on which the journal received it, in the company's zone.
    pub day: Day,
    /// The event.
    pub event: &'a Event,
    /// The names of its sealed fields that say something.
    pub sealed: &'a [&'static str],
}

/// Somebody else saw the ledger up to a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vouch {
    /// So many entries.
    pub size: u64,
    /// On this day.
    pub day: Day,
    /// How whoever vouches is related to the company.
    pub standing: Standing,
}

impl Vouch {
    /// Whether it is the word of somebody outside.
    pub const fn is_outside(&self) -> bool {
        matches!(self.standing, Standing::Independent | Standing::Station)
    }
}

/// The kinds of event that [`State::tell`] listens to.
pub const KINDS: &[&str] = &[
    "node.created",
    "secret.registered",
    "secret.stated",
    "secret.unstated",
    "secret.revised",
    "secret.levelled",
    "secret.declassified",
    "secret.viewed",
    "carrier.added",
    "carrier.retired",
    "measure.added",
    "measure.matched",
    "measure.ended",
    "person.cleared",
    "person.barred",
    "partner.agreed",
    "paper.added",
    "disclosure.made",
    "disclosure.closed",
    "witness.added",
    "witness.removed",
    "authority.added",
    "authority.removed",
    "dossier.built",
    "index.built",
    "sweep.done",
    "release.asked",
    "release.approved",
    "release.refused",
    "copies.committed",
    "copy.issued",
    "copy.ended",
    "copy.recalled",
    "find.read",
    "find.traced",
    "account.opened",
    "account.changed",
    "account.password_set",
    "account.closed",
    "control.answered",
    "control.withdrawn",
    "control.assigned",
    "controls.adopted",
    "backup.drilled",
    "comparison.made",
    "comparison.concluded",
    "incident.opened",
    "incident.revised",
    "incident.linked",
    "incident.unlinked",
    "incident.preserved",
    "incident.handed",
    "incident.dropped",
    "incident.reckoned",
];

/// An entry and its day.
pub(crate) type At = (u64, Day);

/// Everything the rules ask for.
#[derive(Clone, Debug, Default)]
pub struct State {
    pub(crate) node: Option<(At, String)>,
    pub(crate) secrets: BTreeMap<Number, Secret>,
    pub(crate) measures: BTreeMap<Number, Measure>,
    pub(crate) clearances: Vec<Clearance>,
    pub(crate) agreements: BTreeMap<Number, Agreement>,
    pub(crate) disclosures: BTreeMap<Number, Disclosure>,
    pub(crate) papers: BTreeMap<Number, Vec<Paper>>,
    pub(crate) vouchers: BTreeMap<String, (At, Standing)>,
    /// Keys of witnesses and names of authorities with their relations, also of those removed.
    relations: BTreeMap<String, Standing>,
    pub(crate) indexes: Vec<(At, Vec<Number>, String)>,
    pub(crate) sweeps: Vec<(At, bool, String)>,
    pub(crate) dossiers: Vec<(At, Vec<Number>)>,
    pub(crate) begun: BTreeMap<Number, Begun>,
    pub(crate) copies: BTreeMap<Number, Copy>,
    batches: BTreeMap<Number, (Number, Option<Day>)>,
    pub(crate) accounts: BTreeMap<Number, Account>,
    /// The last reading with a reason, and all without.
    pub(crate) read: Option<At>,
    pub(crate) unreasoned: Vec<(At, Number)>,
    pub(crate) drills: Vec<(At, u32)>,
    pub(crate) answers: BTreeMap<Number, Said>,
    pub(crate) tasks: BTreeMap<String, Task>,
    /// By control: the entries in which somebody spoke of it.
    spoken: BTreeMap<String, Vec<u64>>,
    pub(crate) adopted: Option<(At, u32)>,
    pub(crate) incidents: BTreeMap<Number, Incident>,
    pub(crate) comparisons: BTreeMap<Number, Compared>,
    pub(crate) releases: BTreeMap<Number, Left>,
    /// By find: the copies that it was traced to.
    pub(crate) traced: BTreeMap<Number, Vec<Number>>,
    /// Looks at content by accounts: when, at which secret point, by which account.
    pub(crate) looks: Vec<(At, Number, Number)>,
}

/// A comparison.
#[derive(Clone, Debug)]
pub(crate) struct Compared {
    pub at: At,
    pub secrets: Vec<Number>,
    /// The secret points on which a named person concluded.
    pub concluded: Vec<Number>,
}

/// Something that was asked to leave.
#[derive(Clone, Debug, Default)]
pub(crate) struct Left {
    pub secrets: Vec<Number>,
    pub approved: Option<At>,
    pub refused: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Secret {
    pub title: String,
    pub at: At,
    pub level: Level,
    pub declassified: Option<Day>,
    pub owner: Option<At>,
    pub department: Option<At>,
    pub review: Option<(At, Day)>,
    pub class: Class,
    pub kind: Option<Form>,
    pub formed: Option<At>,
    pub formed_on: Option<Day>,
    /// When its first statement was received, and when one was stated anew last.
    pub stated: Option<At>,
    pub restated: Option<At>,
    pub declassified_at: Option<At>,
    pub form: Option<At>,
    pub origin: Option<At>,
    pub public: Option<At>,
    pub value: Option<At>,
    pub touched: At,
    pub statements: BTreeMap<u32, At>,
    pub carriers: BTreeMap<u32, At>,
    pub matches: Vec<Match>,
}

#[derive(Clone, Debug)]
pub(crate) struct Match {
    pub at: At,
    pub measure: Number,
    pub statements: Option<Vec<u32>>,
    pub has_why: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Measure {
    pub at: At,
    pub item: MeasureItem,
    pub from: Option<Day>,
    pub until: Option<Day>,
    pub ended: Option<(At, Option<Day>)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Clearance {
    pub at: At,
    pub person: Number,
    pub secret: Number,
    pub from: Option<Day>,
    pub until: Option<Day>,
    pub has_why: bool,
    pub barred: Option<(At, Option<Day>)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Agreement {
    pub at: At,
    pub partner: Number,
    pub from: Option<Day>,
    pub until: Option<Day>,
    pub secrets: Option<Vec<Number>>,
}

#[derive(Clone, Debug)]
pub(crate) struct Disclosure {
    pub at: At,
    pub secret: Number,
    pub partner: Number,
    pub until: Option<Day>,
    pub in_part: bool,
    pub closed: Option<At>,
    /// When it was, as claimed; else when it was received.
    pub made: Day,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Paper {
    pub at: At,
    pub dated: Option<Day>,
}

impl Paper {
    /// The date on it; without one, the day it came in.
    pub fn day(&self) -> Day {
        self.dated.unwrap_or(self.at.1)
    }
}

/// What was begun: a release, or a find.
#[derive(Clone, Debug)]
pub(crate) struct Begun {
    pub at: At,
    pub needed: usize,
    pub done: Vec<At>,
}

#[derive(Clone, Debug)]
pub(crate) struct Copy {
    pub at: At,
    pub secret: Option<Number>,
    pub recipient: Number,
    pub until: Option<Day>,
    pub ended: Option<At>,
}

#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub at: At,
    pub role: AccountRole,
    pub holder: Option<Number>,
    pub until: Option<(At, Day)>,
    pub password: Option<(At, PasswordBy)>,
    pub closed: bool,
}

/// What a person said of a control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The answer's number.
    pub no: Number,
    /// Its entry.
    pub idx: u64,
    /// The day it was recorded.
    pub day: Day,
    /// The control.
    pub control: String,
    /// The edition under which it was given.
    pub edition: u32,
    /// What is said.
    pub verdict: Answer,
    /// From this day.
    pub from: Day,
    /// Until this day.
    pub until: Day,
    /// The secret points covered; `None` for all.
    pub secrets: Option<Vec<Number>>,
    /// Who answers for it.
    pub person: Option<Number>,
    /// Why.
    pub why: Option<String>,
    /// Whether it was taken back.
    pub withdrawn: bool,
}

/// Who sees to what a control lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its entry.
    pub idx: u64,
    /// The person.
    pub person: Option<Number>,
    /// By this day.
    pub due: Option<Day>,
    /// A remark.
    pub why: Option<String>,
}

/// The edition in a mark such as `controls@1`.
fn edition(mark: &str) -> u32 {
    mark.rsplit_once('@').and_then(|(_, edition)| edition.parse().ok()).unwrap_or(1)
}

impl State {
    /// Takes in an event; events come in the order of the ledger.
    #[allow(clippy::too_many_lines, reason = "one arm for each kind, most of one line")]
    pub fn tell(&mut self, fact: Fact<'_>) {
        let at = (fact.idx, fact.day);
        match fact.event {
            Event::NodeCreated(e) => self.node = Some((at, e.shares.clone())),
            Event::MeasureAdded(e) => {
                let measure =
                    Measure { at, item: e.item, from: e.from, until: e.until, ended: None };
                self.measures.insert(e.no, measure);
            }
            Event::MeasureEnded(e) => {
                if let Some(measure) = self.measures.get_mut(&e.measure) {
                    measure.ended = Some((at, e.happened));
                }
            }
            Event::PersonCleared(e) => self.clearances.push(Clearance {
                at,
                person: e.person,
                secret: e.secret,
                from: e.from,
                until: e.until,
                has_why: e.why.is_some(),
                barred: None,
            }),
            Event::PersonBarred(e) => {
                let open = self.clearances.iter_mut().filter(|one| {
                    one.person == e.person && one.secret == e.secret && one.barred.is_none()
                });
                open.for_each(|one| one.barred = Some((at, e.happened)));
            }
            Event::PartnerAgreed(e) => {
                let (partner, secrets) = (e.partner, e.secrets.clone());
                let agreement = Agreement { at, partner, from: e.from, until: e.until, secrets };
                self.agreements.insert(e.no, agreement);
            }
            Event::PaperAdded(e) => {
                self.papers.entry(e.about).or_default().push(Paper { at, dated: e.happened });
            }
            Event::DisclosureMade(e) => {
                let disclosure = Disclosure {
                    at,
                    secret: e.secret,
                    partner: e.partner,
                    until: e.until,
                    in_part: e.statements.is_some(),
                    closed: None,
                    made: e.happened.unwrap_or(fact.day),
                };
                self.disclosures.insert(e.no, disclosure);
            }
            Event::DisclosureClosed(e) => {
                if let Some(disclosure) = self.disclosures.get_mut(&e.disclosure) {
                    disclosure.closed = Some(at);
                }
            }
            Event::WitnessAdded(e) => {
                self.relations.insert(e.key.clone(), e.relation);
                self.vouchers.insert(format!("witness {}", e.name), (at, e.relation));
            }
            Event::WitnessRemoved(e) => drop(self.vouchers.remove(&format!("witness {}", e.name))),
            Event::AuthorityAdded(e) => {
                self.relations.insert(e.name.clone(), e.relation);
                self.vouchers.insert(format!("authority {}", e.name), (at, e.relation));
            }
            Event::AuthorityRemoved(e) => {
                self.vouchers.remove(&format!("authority {}", e.name));
            }
            Event::DossierBuilt(e) => self.dossiers.push((at, e.secrets.clone())),
            Event::IndexBuilt(e) => self.indexes.push((at, e.secrets.clone(), e.digest.clone())),
            Event::SweepDone(e) => self.sweeps.push((at, e.partial, e.index.clone())),
            Event::ReleaseAsked(e) => {
                let left = Left { secrets: e.secrets.clone(), ..Left::default() };
                self.releases.insert(e.no, left);
                if e.verdict != Verdict::Clear {
                    let needed = e.approvers.len().max(1);
                    self.begun.insert(e.no, Begun { at, needed, done: Vec::new() });
                }
            }
            Event::ReleaseApproved(e) => {
                self.done(e.release, at, false);
                if let Some(left) = self.releases.get_mut(&e.release) {
                    left.approved = Some(at);
                }
            }
            Event::ReleaseRefused(e) => {
                self.done(e.release, at, true);
                if let Some(left) = self.releases.get_mut(&e.release) {
                    left.refused = true;
                }
            }
            Event::ComparisonMade(e) => {
                let (secrets, concluded) = (e.secrets.clone(), Vec::new());
                self.comparisons.insert(e.no, Compared { at, secrets, concluded });
            }
            Event::ComparisonConcluded(e) => {
                if let Some(one) = self.comparisons.get_mut(&e.comparison) {
                    one.concluded.push(e.secret);
                }
            }
            Event::FindRead(e) => {
                self.begun.insert(e.no, Begun { at, needed: 1, done: Vec::new() });
            }
            Event::FindTraced(e) => {
                self.done(e.find, at, true);
                self.traced.insert(e.find, e.named.clone());
            }
            Event::ControlAnswered(e) => {
                self.spoken.entry(e.control.clone()).or_default().push(fact.idx);
                let said = Said {
                    no: e.no,
                    idx: fact.idx,
                    day: fact.day,
                    control: e.control.clone(),
                    edition: edition(&e.edition),
                    verdict: e.verdict,
                    from: e.from,
                    until: e.until,
                    secrets: e.secrets.clone(),
                    person: e.person,
                    why: e.why.clone(),
                    withdrawn: false,
                };
                self.answers.insert(e.no, said);
            }
            Event::ControlWithdrawn(e) => {
                if let Some(said) = self.answers.get_mut(&e.answer) {
                    said.withdrawn = true;
                    self.spoken.entry(said.control.clone()).or_default().push(fact.idx);
                }
            }
            Event::ControlAssigned(e) => {
                self.spoken.entry(e.control.clone()).or_default().push(fact.idx);
                let (person, due, why) = (e.person, e.due, e.why.clone());
                self.tasks.insert(e.control.clone(), Task { idx: fact.idx, person, due, why });
            }
            Event::ControlsAdopted(e) => self.adopted = Some((at, e.to)),
            Event::BackupDrilled(e) => self.drills.push((at, e.problems)),
            Event::SecretViewed(e) => {
                match e.why {
                    Some(_) => self.read = Some(at),
                    None => self.unreasoned.push((at, e.secret)),
                }
                if let Ok(account) = Number::parse(&e.by) {
                    self.looks.push((at, e.secret, account));
                }
            }
            Event::IncidentOpened(_)
            | Event::IncidentRevised(_)
            | Event::IncidentLinked(_)
            | Event::IncidentUnlinked(_)
            | Event::IncidentPreserved(_)
            | Event::IncidentHanded(_)
            | Event::IncidentDropped(_)
            | Event::IncidentReckoned(_) => self.tell_of_incident(at, fact.event),
            Event::CopiesCommitted(_)
            | Event::CopyIssued(_)
            | Event::CopyEnded(_)
            | Event::CopyRecalled(_) => self.tell_of_copy(at, fact.event),
            Event::AccountOpened(_)
            | Event::AccountChanged(_)
            | Event::AccountPasswordSet(_)
            | Event::AccountClosed(_) => self.tell_of_account(at, fact.event),
            _ => self.tell_of_secret(at, fact),
        }
    }

    fn done(&mut self, no: Number, at: At, ends: bool) {
        if let Some(begun) = self.begun.get_mut(&no) {
            begun.done.push(at);
            if ends {
                begun.needed = begun.done.len();
            }
        }
    }

    fn tell_of_copy(&mut self, at: At, event: &Event) {
        match event {
            Event::CopiesCommitted(e) => drop(self.batches.insert(e.no, (e.secret, e.until))),
            Event::CopyIssued(e) => {
                let batch = self.batches.get(&e.batch);
                let copy = Copy {
                    at,
                    secret: batch.map(|(secret, _)| *secret),
                    recipient: e.recipient,
                    until: batch.and_then(|(_, until)| *until),
                    ended: None,
                };
                self.copies.insert(e.no, copy);
            }
            Event::CopyEnded(e) => {
                if let Some(copy) = self.copies.get_mut(&e.copy) {
                    copy.ended = Some(at);
                }
            }
            Event::CopyRecalled(e) => {
                if let Some(copy) = self.copies.get_mut(&e.copy) {
                    copy.until = e.until.or(copy.until);
                }
            }
            _ => {}
        }
    }

    fn tell_of_account(&mut self, at: At, event: &Event) {
        match event {
            Event::AccountOpened(e) => {
                let account = Account {
                    at,
                    role: e.role,
                    holder: e.holder,
                    until: e.until.map(|day| (at, day)),
                    password: None,
                    closed: false,
                };
                self.accounts.insert(e.no, account);
            }
            Event::AccountChanged(e) => {
                if let Some(account) = self.accounts.get_mut(&e.account) {
                    account.role = e.role;
                    account.until = e.until.map(|day| (at, day));
                }
            }
            Event::AccountPasswordSet(e) => {
                if let Some(account) = self.accounts.get_mut(&e.account) {
                    account.password = Some((at, e.how));
                }
            }
            Event::AccountClosed(e) => {
                if let Some(account) = self.accounts.get_mut(&e.account) {
                    account.closed = true;
                }
            }
            _ => {}
        }
    }

    fn tell_of_secret(&mut self, at: At, fact: Fact<'_>) {
        let says = |name: &str| fact.sealed.contains(&name).then_some(at);
        if let Event::SecretRegistered(e) = fact.event {
            let secret = Secret {
                title: e.title.clone(),
                at,
                level: e.level,
                declassified: None,
                owner: e.owner.map(|_| at),
                department: e.department.as_ref().map(|_| at),
                review: e.review.map(|day| (at, day)),
                class: e.class,
                kind: e.form,
                formed: e.happened.map(|_| at),
                formed_on: e.happened,
                stated: None,
                restated: None,
                declassified_at: None,
                form: e.form.map(|_| at),
                origin: says("origin"),
                public: says("public"),
                value: says("value"),
                touched: at,
                statements: BTreeMap::new(),
                carriers: BTreeMap::new(),
                matches: Vec::new(),
            };
            self.secrets.insert(e.no, secret);
            return;
        }
        let no = match fact.event {
            Event::SecretStated(e) => e.secret,
            Event::SecretUnstated(e) => e.secret,
            Event::SecretRevised(e) => e.secret,
            Event::SecretLevelled(e) => e.secret,
            Event::SecretDeclassified(e) => e.secret,
            Event::CarrierAdded(e) => e.secret,
            Event::CarrierRetired(e) => e.secret,
            Event::MeasureMatched(e) => e.secret,
            _ => return,
        };
        let Some(secret) = self.secrets.get_mut(&no) else { return };
        match fact.event {
            Event::SecretStated(e) => {
                secret.statements.insert(e.no, at);
                secret.touched = at;
                secret.stated = secret.stated.or(Some(at));
                if e.edition > 1 {
                    secret.restated = Some(at);
                }
            }
            Event::SecretUnstated(e) => drop(secret.statements.remove(&e.no)),
            Event::SecretLevelled(e) => {
                secret.level = e.to;
                secret.touched = at;
            }
            Event::SecretDeclassified(e) => {
                secret.declassified = Some(e.happened.unwrap_or(fact.day));
                secret.declassified_at = Some(at);
            }
            Event::CarrierAdded(e) => drop(secret.carriers.insert(e.no, at)),
            Event::CarrierRetired(e) => drop(secret.carriers.remove(&e.no)),
            Event::MeasureMatched(e) => secret.matches.push(Match {
                at,
                measure: e.measure,
                statements: e.statements.clone(),
                has_why: e.why.is_some(),
            }),
            Event::SecretRevised(e) => {
                let stays = |new: bool, old: Option<At>| if new { Some(at) } else { old };
                secret.title = e.title.clone().unwrap_or_else(|| secret.title.clone());
                secret.owner = stays(e.owner.is_some(), secret.owner);
                secret.department = stays(e.department.is_some(), secret.department);
                secret.formed = stays(e.happened.is_some(), secret.formed);
                secret.formed_on = e.happened.or(secret.formed_on);
                secret.kind = e.form.or(secret.kind);
                secret.form = stays(e.form.is_some(), secret.form);
                secret.review = e.review.map(|day| (at, day)).or(secret.review);
                secret.origin = says("origin").or(secret.origin);
                secret.public = says("public").or(secret.public);
                secret.value = says("value").or(secret.value);
                secret.touched = at;
            }
            _ => {}
        }
    }

    /// The title of a secret point, when it is known.
    pub fn title(&self, secret: Number) -> Option<&str> {
        self.secrets.get(&secret).map(|one| one.title.as_str())
    }

    /// How a witness, by its key, or an authority, by its name, is related to the company.
    pub fn relation(&self, who: &str) -> Option<Standing> {
        self.relations.get(who).copied()
    }

    /// The keys of all witnesses ever, with the names of all authorities.
    pub fn vouchers(&self) -> impl Iterator<Item = (&str, Standing)> {
        self.relations.iter().map(|(who, standing)| (who.as_str(), *standing))
    }

    /// All answers, the newest first.
    pub fn answers(&self) -> impl Iterator<Item = &Said> {
        self.answers.values().rev()
    }

    /// The entries in which somebody spoke of a control, ascending.
    pub fn spoken_of(&self, control: &str) -> Vec<u64> {
        self.spoken.get(control).cloned().unwrap_or_default()
    }

    /// The edition that was looked at last.
    pub fn adopted(&self) -> Option<u32> {
        self.adopted.map(|(_, edition)| edition)
    }

    /// The places of an answer's papers in the ledger.
    pub fn papers_of(&self, no: Number) -> Vec<u64> {
        self.papers.get(&no).into_iter().flatten().map(|paper| paper.at.0).collect()
    }
}
