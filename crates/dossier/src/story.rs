//! What the events shown say, folded into what a report tells: secret points, measures, people,
//! agreements and disclosures. Nothing is here that is not in an event shown.

use std::collections::BTreeMap;

use domain::event::{
    DisclosureMade, MeasureAdded, MeasureMatched, NodeCreated, PartnerAdded, PartnerAgreed,
    PersonAdded, PersonCleared, SecretRegistered,
};
use domain::terms::{Form, Level, MeasureItem};
use domain::{Day, Event, Number};

use crate::contents::{Contents, Entry, Field};
use crate::times::Times;

/// What the events say. References point into the [`Contents`].
#[derive(Debug)]
pub struct Story<'a> {
    /// Everything gathered.
    pub contents: &'a Contents,
    /// Who vouches for which time.
    pub times: Times,
    /// Leaf 0.
    pub node: Option<(&'a Entry, &'a NodeCreated)>,
    /// The secret points asked for, in their order.
    pub secrets: Vec<Secret<'a>>,
    /// Measures, in the order of art. 6.
    pub measures: Vec<Measure<'a>>,
    /// Persons by number.
    pub people: BTreeMap<Number, Person<'a>>,
    /// Partners by number.
    pub partners: BTreeMap<Number, (&'a Entry, &'a PartnerAdded)>,
    /// Agreements, ascending.
    pub agreements: Vec<(&'a Entry, &'a PartnerAgreed)>,
    /// Disclosures, ascending.
    pub disclosures: Vec<Disclosure<'a>>,
    /// Papers by what they belong to.
    pub papers: BTreeMap<Number, Vec<&'a Entry>>,
}

/// A secret point.
#[derive(Debug)]
pub struct Secret<'a> {
    /// Its number.
    pub no: Number,
    /// How it was registered.
    pub registered: (&'a Entry, &'a SecretRegistered),
    /// Its title now.
    pub title: &'a str,
    /// The kind of information now.
    pub form: Option<Form>,
    /// 密级 now.
    pub level: Level,
    /// 责任部门 now.
    pub department: Option<&'a str>,
    /// Who answers for it now.
    pub owner: Option<Number>,
    /// When the information was formed, as claimed last.
    pub happened: Option<Day>,
    /// The event that says it is no longer secret, and since which day.
    pub declassified: Option<(&'a Entry, Option<Day>)>,
    /// The newest remark on its origin, with its event.
    pub origin: Option<(&'a Entry, Field)>,
    /// The newest remark on public knowledge.
    pub public: Option<(&'a Entry, Field)>,
    /// The newest remark on its value.
    pub value: Option<(&'a Entry, Field)>,
    /// All editions of its statements, by number and edition.
    pub statements: Vec<Statement<'a>>,
    /// Its carriers.
    pub carriers: Vec<Carrier<'a>>,
    /// The measures matched to it.
    pub matches: Vec<(&'a Entry, &'a MeasureMatched)>,
    /// Who may or might know it.
    pub clearances: Vec<Clearance<'a>>,
}

/// One edition of a statement.
#[derive(Debug)]
pub struct Statement<'a> {
    /// Its number within the secret point.
    pub no: u32,
    /// Its edition.
    pub edition: u32,
    /// The event.
    pub entry: &'a Entry,
    /// Whether it is claimed: the newest edition, and not taken back.
    pub stands: bool,
}

/// A carrier.
#[derive(Debug)]
pub struct Carrier<'a> {
    /// Its number within the secret point.
    pub no: u32,
    /// The event.
    pub entry: &'a Entry,
    /// Its size in bytes.
    pub size: u64,
    /// When the file was changed last, as its file system said.
    pub happened: Option<&'a str>,
    /// Whether it was retired.
    pub retired: bool,
}

/// A clearance.
#[derive(Debug)]
pub struct Clearance<'a> {
    /// How it was given.
    pub given: (&'a Entry, &'a PersonCleared),
    /// The event that ended it, and from which day.
    pub barred: Option<(&'a Entry, Option<Day>)>,
}

/// A measure.
#[derive(Debug)]
pub struct Measure<'a> {
    /// How it was added.
    pub added: (&'a Entry, &'a MeasureAdded),
    /// The event that ended it, and its last day.
    pub ended: Option<(&'a Entry, Option<Day>)>,
}

/// A person.
#[derive(Debug)]
pub struct Person<'a> {
    /// The event.
    pub added: (&'a Entry, &'a PersonAdded),
    /// The name.
    pub name: Field,
}

/// A disclosure.
#[derive(Debug)]
pub struct Disclosure<'a> {
    /// How it was recorded.
    pub made: (&'a Entry, &'a DisclosureMade),
    /// The event that ended it.
    pub closed: Option<(&'a Entry, &'a domain::event::DisclosureClosed)>,
}

/// Whether an agreement covers a disclosure on its day.
#[derive(Debug)]
pub enum Covered<'a> {
    /// This agreement was in force on that day, as claimed.
    By(&'a Entry, &'a PartnerAgreed),
    /// None was.
    NotProved,
    /// The day of the disclosure was not recorded.
    NoDay,
}

impl Measure<'_> {
    /// The item of art. 6.
    pub fn item(&self) -> MeasureItem {
        self.added.1.item
    }

    /// The last day in force, as claimed: the earlier of both ends.
    pub fn until(&self) -> Option<Day> {
        let ended = self.ended.and_then(|(_, day)| day);
        match (self.added.1.until, ended) {
            (Some(until), Some(ended)) => Some(until.min(ended)),
            (until, ended) => until.or(ended),
        }
    }
}

impl<'a> Story<'a> {
    /// Folds the events.
    pub fn new(contents: &'a Contents) -> Self {
        let log = contents.entries.iter().find_map(|entry| match &entry.event {
            Event::NodeCreated(event) => Some(event.log_key.as_str()),
            _ => None,
        });
        let times = Times::new(log.unwrap_or_default(), &contents.entries, &contents.anchors);
        let mut story = Self {
            contents,
            times,
            node: None,
            secrets: Vec::new(),
            measures: Vec::new(),
            people: BTreeMap::new(),
            partners: BTreeMap::new(),
            agreements: Vec::new(),
            disclosures: Vec::new(),
            papers: BTreeMap::new(),
        };
        for entry in &contents.entries {
            story.tell(entry);
        }
        story.secrets.retain(|secret| contents.secrets.contains(&secret.no));
        let place = |no| contents.secrets.iter().position(|one| *one == no);
        story.secrets.sort_by_key(|secret| place(secret.no));
        story.measures.sort_by_key(|measure| (measure.item(), measure.added.1.no));
        for secret in &mut story.secrets {
            secret.statements.sort_by_key(|one| (one.no, one.edition));
        }
        story
    }

    fn tell(&mut self, entry: &'a Entry) {
        match &entry.event {
            Event::NodeCreated(event) => self.node = Some((entry, event)),
            Event::PersonAdded(event) => {
                let person = Person { added: (entry, event), name: entry.field("name") };
                self.people.insert(event.no, person);
            }
            Event::PartnerAdded(event) => drop(self.partners.insert(event.no, (entry, event))),
            Event::PartnerAgreed(event) => self.agreements.push((entry, event)),
            Event::PaperAdded(event) => self.papers.entry(event.about).or_default().push(entry),
            Event::MeasureAdded(event) => {
                self.measures.push(Measure { added: (entry, event), ended: None });
            }
            Event::MeasureEnded(event) => {
                let same = |measure: &&mut Measure<'_>| measure.added.1.no == event.measure;
                if let Some(measure) = self.measures.iter_mut().find(same) {
                    measure.ended = Some((entry, event.happened));
                }
            }
            Event::DisclosureMade(event) => {
                self.disclosures.push(Disclosure { made: (entry, event), closed: None });
            }
            Event::DisclosureClosed(event) => {
                let same = |one: &&mut Disclosure<'_>| one.made.1.no == event.disclosure;
                if let Some(disclosure) = self.disclosures.iter_mut().find(same) {
                    disclosure.closed = Some((entry, event));
                }
            }
            Event::SecretRegistered(event) => self.secrets.push(Secret::new(entry, event)),
            _ => self.tell_of_secret(entry),
        }
    }

    /// Events about a secret point that was registered before.
    fn tell_of_secret(&mut self, entry: &'a Entry) {
        let no = match &entry.event {
            Event::SecretStated(event) => event.secret,
            Event::SecretUnstated(event) => event.secret,
            Event::SecretRevised(event) => event.secret,
            Event::SecretLevelled(event) => event.secret,
            Event::SecretDeclassified(event) => event.secret,
            Event::CarrierAdded(event) => event.secret,
            Event::CarrierRetired(event) => event.secret,
            Event::MeasureMatched(event) => event.secret,
            Event::PersonCleared(event) => event.secret,
            Event::PersonBarred(event) => event.secret,
            _ => return,
        };
        if let Some(secret) = self.secrets.iter_mut().find(|secret| secret.no == no) {
            secret.tell(entry);
        }
    }

    /// The secret point with this number, when it is in the dossier.
    pub fn secret(&self, no: Number) -> Option<&Secret<'a>> {
        self.secrets.iter().find(|secret| secret.no == no)
    }

    /// The measure with this number.
    pub fn measure(&self, no: Number) -> Option<&Measure<'a>> {
        self.measures.iter().find(|measure| measure.added.1.no == no)
    }

    /// The disclosures of a secret point.
    pub fn disclosures_of(&self, no: Number) -> impl Iterator<Item = &Disclosure<'a>> {
        self.disclosures.iter().filter(move |one| one.made.1.secret == no)
    }

    /// The papers of something.
    pub fn papers_of(&self, about: Number) -> &[&'a Entry] {
        self.papers.get(&about).map_or(&[], Vec::as_slice)
    }

    /// Which agreement was in force on the day of a disclosure: the one it names, or another with
    /// the same partner that covers the secret point.
    pub fn covered(&self, disclosure: &DisclosureMade) -> Covered<'a> {
        let Some(day) = disclosure.happened else { return Covered::NoDay };
        let fits = |(_, agreement): &&(&Entry, &PartnerAgreed)| {
            agreement.partner == disclosure.partner
                && agreement.secrets.as_ref().is_none_or(|all| all.contains(&disclosure.secret))
                // Without a first day nothing says that it was in force already.
                && agreement.from.is_some_and(|from| from <= day)
                && agreement.until.is_none_or(|until| day <= until)
        };
        let mut fitting = self.agreements.iter().filter(fits);
        let found = match disclosure.agreement {
            Some(named) => fitting.find(|(_, agreement)| agreement.no == named),
            None => fitting.next(),
        };
        found.map_or(Covered::NotProved, |(entry, agreement)| Covered::By(entry, agreement))
    }

    /// The disclosures before which a measure is not shown to have been taken: it was recorded
    /// later, or is claimed to be in force only since a later day. Measures count when they were
    /// taken before (法释〔2020〕7号 art. 5); the day claimed by the holder alone does not show it.
    pub fn late_for(&self, measure: &Measure<'_>, secret: Number) -> Vec<Number> {
        let recorded = measure.added.0.received.day_at(self.contents.zone_minutes);
        let is_late = |one: &&Disclosure<'a>| {
            let (entry, made) = one.made;
            let given =
                made.happened.unwrap_or_else(|| entry.received.day_at(self.contents.zone_minutes));
            recorded > given
                || measure.added.0.index() > entry.index()
                || measure.added.1.from.is_some_and(|from| from > given)
        };
        self.disclosures_of(secret).filter(is_late).map(|one| one.made.1.no).collect()
    }

    /// The name of a person, or its number when the name is not shown.
    pub fn person(&self, no: Number) -> String {
        match self.people.get(&no).and_then(|person| person.name.text()) {
            Some(name) => format!("{no} {name}"),
            None => no.to_string(),
        }
    }

    /// Whether the events of a kind of record are evidence by themselves; others only support.
    pub fn is_exhibit(entry: &Entry) -> bool {
        !matches!(
            entry.event,
            Event::NodeCreated(_)
                | Event::PersonAdded(_)
                | Event::PartnerAdded(_)
                | Event::SecretViewed(_)
                | Event::WitnessAdded(_)
                | Event::WitnessRemoved(_)
                | Event::AuthorityAdded(_)
                | Event::AuthorityRemoved(_)
                | Event::DossierBuilt(_)
                | Event::ClockSetBack(_)
                | Event::KeysChanged(_)
        )
    }

    /// The exhibits, numbered from 1.
    pub fn exhibits(&self) -> impl Iterator<Item = (usize, &'a Entry)> + use<'a> {
        (1..).zip(self.contents.entries.iter().filter(|entry| Self::is_exhibit(entry)))
    }
}

impl<'a> Secret<'a> {
    fn new(entry: &'a Entry, event: &'a SecretRegistered) -> Self {
        let mut secret = Self {
            no: event.no,
            registered: (entry, event),
            title: &event.title,
            form: event.form,
            level: event.level,
            department: event.department.as_deref(),
            owner: event.owner,
            happened: event.happened,
            declassified: None,
            origin: None,
            public: None,
            value: None,
            statements: Vec::new(),
            carriers: Vec::new(),
            matches: Vec::new(),
            clearances: Vec::new(),
        };
        secret.remark(entry);
        secret
    }

    /// Takes remarks that stand in an event; those before stay when a field is empty.
    fn remark(&mut self, entry: &'a Entry) {
        for (place, name) in
            [(&mut self.origin, "origin"), (&mut self.public, "public"), (&mut self.value, "value")]
        {
            let field = entry.field(name);
            if field.is_there() {
                *place = Some((entry, field));
            }
        }
    }

    fn tell(&mut self, entry: &'a Entry) {
        match &entry.event {
            Event::SecretStated(event) => {
                let same = |one: &&mut Statement<'_>| one.no == event.no;
                self.statements.iter_mut().filter(same).for_each(|one| one.stands = false);
                let (no, edition) = (event.no, event.edition);
                self.statements.push(Statement { no, edition, entry, stands: true });
            }
            Event::SecretUnstated(event) => {
                let same = |one: &&mut Statement<'_>| one.no == event.no;
                self.statements.iter_mut().filter(same).for_each(|one| one.stands = false);
            }
            Event::SecretRevised(event) => {
                self.title = event.title.as_deref().unwrap_or(self.title);
                self.form = event.form.or(self.form);
                self.owner = event.owner.or(self.owner);
                self.department = event.department.as_deref().or(self.department);
                self.happened = event.happened.or(self.happened);
                self.remark(entry);
            }
            Event::SecretLevelled(event) => self.level = event.to,
            Event::SecretDeclassified(event) => self.declassified = Some((entry, event.happened)),
            Event::CarrierAdded(event) => self.carriers.push(Carrier {
                no: event.no,
                entry,
                size: event.size,
                happened: event.happened.as_deref(),
                retired: false,
            }),
            Event::CarrierRetired(event) => {
                let same = |one: &&mut Carrier<'_>| one.no == event.no;
                self.carriers.iter_mut().filter(same).for_each(|one| one.retired = true);
            }
            Event::MeasureMatched(event) => self.matches.push((entry, event)),
            Event::PersonCleared(event) => {
                self.clearances.push(Clearance { given: (entry, event), barred: None });
            }
            Event::PersonBarred(event) => {
                let open = |one: &&mut Clearance<'_>| {
                    one.given.1.person == event.person && one.barred.is_none()
                };
                self.clearances
                    .iter_mut()
                    .filter(open)
                    .for_each(|one| one.barred = Some((entry, event.happened)));
            }
            _ => {}
        }
    }

    /// The statements that are claimed.
    pub fn standing(&self) -> impl Iterator<Item = &Statement<'a>> {
        self.statements.iter().filter(|one| one.stands)
    }

    /// Whether a measure matched here protects a statement.
    pub fn is_protected(&self, statement: u32) -> bool {
        self.matches.iter().any(|(_, matched)| {
            matched.statements.as_ref().is_none_or(|all| all.contains(&statement))
        })
    }
}
