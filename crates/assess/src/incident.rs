//! Incidents as the rules see them, and what the ledger itself holds that bears on one.

use catalog::procedure::Form;
use domain::terms::{Class, Conduct, MeasureItem};
use domain::{Day, Event, Number};

use crate::state::{At, Measure, Secret, State, Vouch};

/// An incident.
#[derive(Clone, Debug)]
pub struct Incident {
    pub(crate) act_at: At,
    /// What kind of act is suspected.
    pub conduct: Conduct,
    /// The secret points it is about.
    pub secrets: Vec<Number>,
    /// Colleagues who may be involved.
    pub persons: Vec<Number>,
    /// Partners that may be involved.
    pub partners: Vec<Number>,
    /// The first day of the act.
    pub from: Day,
    /// The last one.
    pub until: Day,
    /// When the company learnt of it.
    pub noticed: Day,
    pub(crate) exhibits: Vec<Exhibit>,
    pub(crate) links: Vec<(Number, At)>,
    /// What the reckonings relied on give.
    pub(crate) relied: Vec<(String, String, String)>,
}

/// An exhibit.
#[derive(Clone, Debug)]
pub(crate) struct Exhibit {
    pub no: u32,
    pub at: At,
    pub item: String,
    pub paper: bool,
    pub bears: Vec<Form>,
    pub dated: Option<Day>,
    pub handed: Vec<u64>,
}

/// Something that bears on an incident: an exhibit that was preserved, or what the register shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// What it is, among the items of evidence.
    pub item: String,
    /// What it bears of form.
    pub bears: Vec<Form>,
    /// Its places in the ledger.
    pub grounds: Vec<u64>,
    /// What it is about.
    pub thing: Option<Number>,
    /// Its number within the incident, when it was preserved there.
    pub exhibit: Option<u32>,
    /// The date on it, as claimed; of the register's own, the day the journal received it.
    pub day: Option<Day>,
    /// The day on which the journal received it.
    pub received: Day,
}

impl Drawn {
    /// Whether it bears all that is asked for of its kind.
    pub fn is_good(&self, catalog: &catalog::Catalog) -> bool {
        let item = catalog.elements().item(&self.item);
        item.is_some_and(|item| item.form.iter().all(|form| self.bears.contains(form)))
    }
}

/// What of the register answers an argument as an exhibit would.
pub(crate) const ANSWERS: [&str; 3] = ["timestamp_proof", "access_log", "delivery_record"];

/// Items whose hands are asked for.
pub(crate) const KEPT: [&str; 6] = [
    "access_log",
    "intrusion_evidence",
    "theft_evidence",
    "electronic_data",
    "infringing_sample",
    "foreign_link_evidence",
];

impl Incident {
    /// Whether something with a date on it is shown to be from before the act.
    pub fn is_before(&self, day: Option<Day>) -> bool {
        day.is_some_and(|day| day <= self.from)
    }
}

impl State {
    /// An incident.
    pub fn incident(&self, no: Number) -> Option<&Incident> {
        self.incidents.get(&no)
    }

    pub(crate) fn tell_of_incident(&mut self, at: At, event: &Event) {
        if let Event::IncidentOpened(e) = event {
            let incident = Incident {
                act_at: at,
                conduct: e.conduct,
                secrets: e.secrets.clone(),
                persons: e.persons.clone(),
                partners: e.partners.clone(),
                from: e.from,
                until: e.until,
                noticed: e.noticed,
                exhibits: Vec::new(),
                links: Vec::new(),
                relied: Vec::new(),
            };
            self.incidents.insert(e.no, incident);
            return;
        }
        let no = match event {
            Event::IncidentRevised(e) => e.incident,
            Event::IncidentLinked(e) => e.incident,
            Event::IncidentUnlinked(e) => e.incident,
            Event::IncidentPreserved(e) => e.incident,
            Event::IncidentHanded(e) => e.incident,
            Event::IncidentDropped(e) => e.incident,
            Event::IncidentReckoned(e) => e.incident,
            _ => return,
        };
        let Some(incident) = self.incidents.get_mut(&no) else { return };
        match event {
            Event::IncidentRevised(e) => {
                incident.act_at = at;
                incident.conduct = e.conduct;
                incident.secrets = e.secrets.clone();
                incident.persons = e.persons.clone();
                incident.partners = e.partners.clone();
                (incident.from, incident.until, incident.noticed) = (e.from, e.until, e.noticed);
            }
            Event::IncidentLinked(e) => incident.links.push((e.thing, at)),
            Event::IncidentUnlinked(e) => incident.links.retain(|(thing, _)| *thing != e.thing),
            Event::IncidentPreserved(e) => {
                let form = |word: &String| Form::ALL.into_iter().find(|form| form.key() == word);
                incident.exhibits.push(Exhibit {
                    no: e.no,
                    at,
                    item: e.item.clone(),
                    paper: e.paper.is_some(),
                    bears: e.bears.iter().filter_map(form).collect(),
                    dated: e.dated,
                    handed: Vec::new(),
                });
            }
            Event::IncidentHanded(e) => {
                let of = incident.exhibits.iter_mut().filter(|one| one.no == e.exhibit);
                of.for_each(|one| one.handed.push(at.0));
            }
            Event::IncidentDropped(e) => incident.exhibits.retain(|one| one.no != e.exhibit),
            Event::IncidentReckoned(e) => {
                let method = (&e.sheet, &e.method);
                // Of each sort one counts: the one relied on last.
                incident.relied.retain(|(sheet, way, gives)| {
                    (sheet, way) != method && !(e.relied && *gives == e.gives)
                });
                if e.relied {
                    let row = (e.sheet.clone(), e.method.clone(), e.gives.clone());
                    incident.relied.push(row);
                }
            }
            _ => {}
        }
    }
}

/// An incident against the state of its ledger.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub state: &'a State,
    pub vouched: &'a [Vouch],
    pub incident: &'a Incident,
}

impl<'a> Scene<'a> {
    pub fn secrets(self) -> impl Iterator<Item = (Number, &'a Secret)> {
        let secrets = self.incident.secrets.iter();
        secrets.filter_map(move |no| Some((*no, self.state.secrets.get(no)?)))
    }

    /// The measures matched to a secret point that are claimed to be in force on the first day of
    /// the act, each with the entry of its match and whether the match says why it fits.
    pub fn in_force(self, secret: &'a Secret) -> Vec<(Number, &'a Measure, At, bool)> {
        let day = self.incident.from;
        let found = secret.matches.iter().filter_map(|one| {
            let measure = self.state.measures.get(&one.measure)?;
            let ended = measure.ended.map(|(at, day)| day.unwrap_or(at.1));
            let runs = measure.from.unwrap_or(measure.at.1) <= day
                && measure.until.is_none_or(|until| day <= until)
                && ended.is_none_or(|ended| day <= ended);
            runs.then_some((one.measure, measure, one.at, one.has_why))
        });
        found.collect()
    }

    /// The papers of something that are dated by the first day of the act.
    pub fn papers_before(self, of: Number) -> Vec<At> {
        let papers = self.state.papers.get(&of).into_iter().flatten();
        papers.filter(|paper| paper.day() <= self.incident.from).map(|paper| paper.at).collect()
    }

    /// The entries by which a suspected person could reach a secret point.
    pub fn reach(self, person: Number, secret: Number) -> Vec<At> {
        let act = self.incident;
        let cleared = self.state.clearances.iter().filter(|one| {
            let barred = one.barred.map(|(at, day)| day.unwrap_or(at.1));
            (one.person, one.secret) == (person, secret)
                && one.from.unwrap_or(one.at.1) <= act.until
                && barred.is_none_or(|day| act.from <= day)
        });
        let copies = self.state.copies.values().filter(|copy| {
            copy.recipient == person && copy.secret == Some(secret) && copy.at.1 <= act.until
        });
        let mut found: Vec<At> = cleared.map(|one| one.at).collect();
        found.extend(copies.map(|copy| copy.at));
        found.extend(self.looks(person, secret));
        found
    }

    /// The entries of a suspected person's looks at the content.
    pub fn looks(self, person: Number, secret: Number) -> Vec<At> {
        let of = |account: &Number| {
            let account = self.state.accounts.get(account);
            account.is_some_and(|account| account.holder == Some(person))
        };
        let looks = self.state.looks.iter();
        let looks =
            looks.filter(|(at, no, by)| *no == secret && of(by) && at.1 <= self.incident.until);
        looks.map(|(at, ..)| *at).collect()
    }

    /// The entries by which something was given to a partner by the end of the act.
    pub fn given(self, partner: Number, secret: Number) -> Vec<(Option<Number>, At)> {
        let act = self.incident;
        let disclosed = self.state.disclosures.iter().filter(|(_, one)| {
            (one.partner, one.secret) == (partner, secret) && one.made <= act.until
        });
        let copies = self.state.copies.iter().filter(|(_, copy)| {
            copy.recipient == partner && copy.secret == Some(secret) && copy.at.1 <= act.until
        });
        let disclosed = disclosed.map(|(no, one)| (Some(*no), one.at));
        disclosed.chain(copies.map(|(no, copy)| (Some(*no), copy.at))).collect()
    }

    /// The agreements with a partner that cover a secret point on the first day of the act.
    pub fn bound(self, partner: Number, secret: Number) -> Vec<(Number, At)> {
        let day = self.incident.from;
        let found = self.state.agreements.iter().filter(|(_, one)| {
            one.partner == partner
                && one.from.is_some_and(|from| from <= day)
                && one.until.is_none_or(|until| day <= until)
                && one.secrets.as_ref().is_none_or(|all| all.contains(&secret))
        });
        found.map(|(no, one)| (*no, one.at)).collect()
    }

    /// What bears on the incident: first what was preserved, then what the register shows.
    pub fn drawn(self) -> Vec<Drawn> {
        let mut drawn: Vec<Drawn> = self.incident.exhibits.iter().map(preserved).collect();
        for (no, secret) in self.secrets() {
            self.of_secret(no, secret, &mut drawn);
            self.of_measures(no, secret, &mut drawn);
            for &person in &self.incident.persons {
                self.of_person(person, no, &mut drawn);
            }
            for &partner in &self.incident.partners {
                self.of_partner(partner, no, &mut drawn);
            }
        }
        for &(thing, at) in &self.incident.links {
            let item = match thing.series {
                domain::Series::Comparison | domain::Series::Sweep => "comparison_table",
                domain::Series::Find => "electronic_data",
                _ => continue,
            };
            let origin = thing.series == domain::Series::Find;
            let bears = match origin {
                true => vec![Form::Date, Form::Origin, Form::Hash],
                false => vec![Form::Date],
            };
            drawn.push(register(item, bears, at, Some(thing)));
        }
        drawn
    }

    fn of_secret(self, no: Number, secret: &Secret, drawn: &mut Vec<Drawn>) {
        if let Some(at) = secret.statements.values().min().copied() {
            // Nobody has signed it: the register's table is dated and no more.
            let grounds = secret.statements.values().map(|at| at.0).collect();
            let table = register("point_table", vec![Form::Date], at, Some(no));
            drawn.push(Drawn { grounds, ..table });
        }
        for at in [secret.origin, secret.public, secret.value].into_iter().flatten() {
            drawn.push(register("holder_statement", vec![Form::Date], at, Some(no)));
        }
        // Others saw the content itself before the act, not only its title.
        let seen = secret.stated.and_then(|stated| {
            let mut outside = self.vouched.iter().filter(|vouch| {
                vouch.is_outside() && vouch.size > stated.0 && vouch.day <= self.incident.from
            });
            outside.next().map(|vouch| (stated.0, vouch.day))
        });
        if let Some(at) = seen {
            drawn.push(register("timestamp_proof", vec![Form::Date, Form::Hash], at, Some(no)));
        }
        let cleared = self.state.clearances.iter().filter(|one| {
            let barred = one.barred.map(|(at, day)| day.unwrap_or(at.1));
            one.secret == no
                && one.from.unwrap_or(one.at.1) <= self.incident.from
                && barred.is_none_or(|day| self.incident.from <= day)
        });
        let grounds: Vec<At> = cleared.map(|one| one.at).collect();
        if let Some(at) = grounds.iter().min().copied() {
            let matrix = register("access_matrix", vec![Form::Date, Form::Origin], at, Some(no));
            drawn.push(Drawn { grounds: grounds.iter().map(|at| at.0).collect(), ..matrix });
        }
    }

    fn of_measures(self, _: Number, secret: &'a Secret, drawn: &mut Vec<Drawn>) {
        let suspects = self.incident.persons.iter();
        let signed = suspects.clone().all(|no| !self.papers_before(*no).is_empty());
        for (no, measure, at, _) in self.in_force(secret) {
            let papers = self.papers_before(no);
            let item = match measure.item {
                MeasureItem::Agreement => "nda",
                MeasureItem::Rules => "policy_receipt",
                MeasureItem::Marking => "carrier_marks",
                MeasureItem::Leavers => "training_record",
                MeasureItem::Zone | MeasureItem::Devices | MeasureItem::Other => continue,
            };
            let mut bears = Vec::new();
            if !papers.is_empty() {
                bears.push(Form::Date);
                bears.push(Form::Origin);
                // A paper of all says nothing of whether the suspect signed.
                if signed {
                    bears.push(Form::Signature);
                }
            }
            let at =
                papers.first().copied().unwrap_or((at.0.max(measure.at.0), at.1.max(measure.at.1)));
            drawn.push(register(item, bears, at, Some(no)));
        }
    }

    fn of_person(self, person: Number, secret: Number, drawn: &mut Vec<Drawn>) {
        for at in self.papers_before(person) {
            let bears = vec![Form::Signature, Form::Date];
            drawn.push(register("policy_receipt", bears, at, Some(person)));
        }
        let looks = self.looks(person, secret);
        if let Some(at) = looks.first().copied() {
            let bears = vec![Form::Date, Form::Origin, Form::Hash, Form::Custody];
            let log = register("access_log", bears, at, Some(person));
            drawn.push(Drawn { grounds: looks.iter().map(|at| at.0).collect(), ..log });
        }
        if let Some(at) = self.reach(person, secret).first().copied() {
            drawn.push(register("employment_file", vec![Form::Date], at, Some(person)));
        }
    }

    fn of_partner(self, partner: Number, secret: Number, drawn: &mut Vec<Drawn>) {
        for (no, at) in self.bound(partner, secret) {
            let papers = self.papers_before(no);
            let bears = match papers.is_empty() {
                true => vec![],
                false => vec![Form::Signature, Form::Date],
            };
            let at = papers.first().copied().unwrap_or(at);
            drawn.push(register("nda", bears, at, Some(no)));
        }
        for (no, at) in self.given(partner, secret) {
            let signed = no.is_some_and(|no| self.state.papers.contains_key(&no));
            let bears = if signed { vec![Form::Signature, Form::Date] } else { vec![Form::Date] };
            drawn.push(register("delivery_record", bears, at, no));
        }
    }
}

impl Secret {
    /// Whether it is technical information.
    pub(crate) fn is_technical(&self) -> bool {
        self.class == Class::Technical
    }
}

fn register(item: &str, bears: Vec<Form>, at: At, thing: Option<Number>) -> Drawn {
    Drawn {
        item: item.to_owned(),
        bears,
        grounds: vec![at.0],
        thing,
        exhibit: None,
        day: Some(at.1),
        received: at.1,
    }
}

fn preserved(one: &Exhibit) -> Drawn {
    let mut bears = one.bears.clone();
    let mut bear = |form: Form, holds: bool| {
        if holds && !bears.contains(&form) {
            bears.push(form);
        }
    };
    // What is in the vault has its hash in the ledger, and hands that were noted are its custody.
    bear(Form::Hash, one.paper);
    bear(Form::Custody, !one.handed.is_empty());
    bear(Form::Date, one.dated.is_some());
    Drawn {
        item: one.item.clone(),
        bears,
        grounds: std::iter::once(one.at.0).chain(one.handed.iter().copied()).collect(),
        thing: None,
        exhibit: Some(one.no),
        day: one.dated,
        received: one.at.1,
    }
}
