//! Incidents in plain words: a suspicion, evidence preserved with its hands, what the node already
//! has laid beside it; and what the record comes to by each route, and against the other side.
//!
//! What the program finds (doors, sheet, moot court) is reckoned when it is looked at and never
//! recorded.

use assess::{Call, Door, Drawn, Raised};
use catalog::procedure::Form;
use catalog::route::{Law, Limit, Route, Since};
use catalog::{Clock, Happening, Routes, When};
use domain::incident::{Act, Hand, Open, Preserve, Wish};
use domain::terms::Outcome;
use domain::{Command, Day, Number, Refusal};
use store::read::IncidentRow;
use store::{Reader, Receipt};

use crate::casework::day_of;
use crate::{Ask, Office, Sort, Source, Trouble, law};

/// A suspicion to be written down.
#[derive(Clone, Debug)]
pub struct IncidentForm {
    /// A title without anything secret and without names.
    pub title: String,
    /// What is known of the act.
    pub act: Act,
    /// What was noticed, by whom, where.
    pub text: Option<String>,
    /// Others who may be involved.
    pub others: Option<String>,
}

/// A piece of evidence to be preserved.
pub struct PreserveForm {
    /// The incident.
    pub incident: Number,
    /// What, among the items of evidence.
    pub item: String,
    /// The file; none when the original lies elsewhere.
    pub source: Option<Source>,
    /// What it bears of form.
    pub bears: Vec<Form>,
    /// The date on it.
    pub dated: Option<Day>,
    /// When it was taken.
    pub happened: Day,
    /// Where it is from.
    pub origin: Option<String>,
    /// Who took it.
    pub collector: Option<String>,
    /// How it was taken.
    pub method: Option<String>,
}

/// An exhibit goes into other hands.
#[derive(Clone, Debug)]
pub struct HandForm {
    /// The incident.
    pub incident: Number,
    /// The exhibit.
    pub exhibit: u32,
    /// When.
    pub happened: Day,
    /// From whom.
    pub giver: Option<String>,
    /// To whom.
    pub taker: Option<String>,
    /// A remark.
    pub text: Option<String>,
}

/// A route, held against an incident's record.
pub struct Held {
    /// What it asks for and what of it is there.
    pub door: Door<'static>,
    /// Its time limits.
    pub limits: Vec<Limited>,
    /// The law by the date of the act.
    pub laws: Vec<&'static Law>,
    /// What the sheet comes to.
    pub call: Call,
}

/// A time limit of a route.
pub struct Limited {
    /// What it runs from.
    pub limit: &'static Limit,
    /// How it was counted.
    pub clock: Clock<'static>,
    /// Whether it is over.
    pub over: bool,
}

/// The routes.
pub fn routes() -> &'static Routes {
    law().routes().expect("tests keep the routes in the shipped data")
}

/// The arguments of the other side.
pub fn moot() -> &'static catalog::Moot {
    law().moot().expect("tests keep the arguments in the shipped data")
}

fn known_item(item: &str) -> Result<(), Trouble> {
    if law().elements().item(item).is_some() {
        return Ok(());
    }
    let known: Vec<_> = law().elements().item.iter().map(|row| &*row.id.id).collect();
    let text = item.chars().take(40).collect();
    let args = vec![("text", text), ("known", known.join(", "))];
    Err(Trouble::Other("trouble-no-exhibit-item", args, Sort::Refused))
}

impl Office {
    /// Writes a suspicion down.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn open_incident(&self, ask: &Ask, form: IncidentForm) -> Result<Receipt, Trouble> {
        let texts = vec![("text", form.text), ("others", form.others)];
        let (key, sealed) = self.seal_all(None, texts)?;
        let [text, others]: [_; 2] = sealed.try_into().expect("two texts were sealed");
        let wish = Open { title: form.title, act: form.act, text, others, key };
        self.incident_wish(ask, Wish::Open(Box::new(wish)))
    }

    /// Puts right what is said of the act.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn revise_incident(
        &self,
        ask: &Ask,
        incident: Number,
        act: Act,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.incident_wish(ask, Wish::Revise { incident, act, why })
    }

    /// Notes something.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn note_incident(
        &self,
        ask: &Ask,
        incident: Number,
        happened: Option<Day>,
        text: String,
    ) -> Result<Receipt, Trouble> {
        let (key, sealed) = self.seal_all(Some(incident), vec![("text", Some(text))])?;
        let text = sealed.into_iter().next().flatten().ok_or(Refusal::Blank("field-text"))?;
        self.incident_wish(ask, Wish::Note { incident, happened, text, key })
    }

    /// Lays something that the node has beside an incident.
    ///
    /// # Errors
    /// [`Trouble`]; refused when there is no such thing.
    pub fn link_incident(
        &self,
        ask: &Ask,
        incident: Number,
        thing: Number,
        text: Option<String>,
    ) -> Result<Receipt, Trouble> {
        if !self.reader()?.sees(thing)? {
            return Err(Refusal::Unknown(thing).into());
        }
        let (key, sealed) = self.seal_all(Some(incident), vec![("text", text)])?;
        let text = sealed.into_iter().next().flatten();
        self.incident_wish(ask, Wish::Link { incident, thing, text, key })
    }

    /// Takes it away again.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn unlink_incident(
        &self,
        ask: &Ask,
        incident: Number,
        thing: Number,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.incident_wish(ask, Wish::Unlink { incident, thing, why })
    }

    /// Preserves a piece of evidence; its file goes into the vault first, which keeps its hash.
    ///
    /// # Errors
    /// [`Trouble`]; refused when there is no such kind of item.
    pub fn preserve(&self, ask: &Ask, form: PreserveForm) -> Result<Receipt, Trouble> {
        known_item(&form.item)?;
        let incident = form.incident;
        let row = self.reader()?.incident(incident)?.ok_or(Trouble::Unknown(incident))?;
        if row.closed.is_some() {
            return Err(Refusal::Ended(incident).into());
        }
        let mut paper = None;
        if let Some(source) = form.source {
            // The paper is an entry of its own: sent twice with one key it is written once.
            let mut key = ask.key;
            key[0] ^= 1;
            let first = Ask { key, ..ask.clone() };
            let added = self.add_papers(&first, incident, vec![source], form.dated)?;
            let papers = self.reader()?.papers(incident)?;
            paper = papers.iter().find(|row| row.idx == added.first).map(|row| row.no);
        }
        let texts =
            vec![("origin", form.origin), ("collector", form.collector), ("method", form.method)];
        let (key, sealed) = self.seal_all(Some(incident), texts)?;
        let [origin, collector, method]: [_; 3] =
            sealed.try_into().expect("three texts were sealed");
        let wish = Preserve {
            incident,
            item: form.item,
            paper,
            bears: form.bears.iter().map(|form| form.key().to_owned()).collect(),
            dated: form.dated,
            happened: form.happened,
            origin,
            collector,
            method,
            key,
        };
        self.incident_wish(ask, Wish::Preserve(Box::new(wish)))
    }

    /// Notes that an exhibit went into other hands.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn hand_exhibit(&self, ask: &Ask, form: HandForm) -> Result<Receipt, Trouble> {
        let texts = vec![("giver", form.giver), ("taker", form.taker), ("text", form.text)];
        let (key, sealed) = self.seal_all(Some(form.incident), texts)?;
        let [giver, taker, text]: [_; 3] = sealed.try_into().expect("three texts were sealed");
        let HandForm { incident, exhibit, happened, .. } = form;
        let wish = Hand { incident, exhibit, happened, giver, taker, text, key };
        self.incident_wish(ask, Wish::Hand(Box::new(wish)))
    }

    /// Takes an exhibit out of the file; its paper stays in the vault.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn drop_exhibit(
        &self,
        ask: &Ask,
        incident: Number,
        exhibit: u32,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.incident_wish(ask, Wish::Drop { incident, exhibit, why })
    }

    /// Closes an incident.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn close_incident(
        &self,
        ask: &Ask,
        incident: Number,
        (outcome, happened): (Outcome, Day),
        text: Option<String>,
    ) -> Result<Receipt, Trouble> {
        let (key, sealed) = self.seal_all(Some(incident), vec![("text", text)])?;
        let text = sealed.into_iter().next().flatten();
        self.incident_wish(ask, Wish::Close { incident, outcome, happened, text, key })
    }

    /// Goes on with an incident that was closed.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn reopen_incident(
        &self,
        ask: &Ask,
        incident: Number,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.incident_wish(ask, Wish::Reopen { incident, why })
    }

    fn incident_wish(&self, ask: &Ask, wish: Wish) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::Incident(Box::new(wish)))
    }

    /// What bears on an incident: what was preserved, and what the register shows.
    ///
    /// # Errors
    /// [`Trouble::Unknown`].
    pub fn bearing(&self, reader: &Reader, no: Number) -> Result<Vec<Drawn>, Trouble> {
        self.told(reader, |state, vouched| assess::drawn(state, vouched, no))?
            .ok_or(Trouble::Unknown(no))
    }

    /// All routes held against an incident's record, or one.
    ///
    /// # Errors
    /// [`Trouble::Unknown`]; a route that there is none of gives an empty list.
    pub fn held(
        &self,
        reader: &Reader,
        row: &IncidentRow,
        only: Option<&str>,
    ) -> Result<Vec<Held>, Trouble> {
        let figures = self.figures(reader, row.no)?;
        let wanted = routes().route.iter().filter(|route| only.is_none_or(|id| route.id.id == id));
        let doors: Option<Vec<_>> = self.told(reader, |state, vouched| {
            let drawn = assess::drawn(state, vouched, row.no)?;
            let incident = state.incident(row.no)?;
            let held =
                wanted.map(|route| assess::door(law(), route, incident, &drawn, figures)).collect();
            Some(held)
        })?;
        let now = self.local_now()?;
        doors
            .ok_or(Trouble::Unknown(row.no))?
            .into_iter()
            .map(|door| {
                let limits = limits(door.route, row, now)?;
                let (from, until) = (day_of(row.from)?, day_of(row.until)?);
                let laws = door.route.law.iter().filter(|law| law.touches(from, until)).collect();
                let call = door.call(limits.iter().any(|limit| limit.over));
                Ok(Held { door, limits, laws, call })
            })
            .collect()
    }

    /// What the other side would say against an incident's record.
    ///
    /// # Errors
    /// [`Trouble::Unknown`].
    pub fn argue(&self, reader: &Reader, no: Number) -> Result<Vec<Raised<'static>>, Trouble> {
        let today = self.today();
        self.told(reader, |state, vouched| assess::argue(law(), state, vouched, no, today))?
            .ok_or(Trouble::Unknown(no))
    }
}

/// The time limits of a route, by the clocks of its procedure.
fn limits(route: &'static Route, row: &IncidentRow, now: When) -> Result<Vec<Limited>, Trouble> {
    let mut limits = Vec::new();
    for limit in &route.clock {
        let day = day_of(match limit.from {
            Since::Noticed => row.noticed,
            Since::ActEnd => row.until,
        })?;
        let mut versions = law().procedures().iter().filter(|one| one.id == route.procedure.id);
        let procedure = law().procedure(&route.procedure.id, day).or_else(|| versions.next_back());
        let Some((procedure, deadline)) = procedure
            .and_then(|procedure| Some((procedure, procedure.deadline(&limit.deadline.id)?)))
        else {
            continue;
        };
        let first = Happening {
            at: When::on(day),
            step: limit.step.id.clone(),
            by: String::new(),
            planned: None,
        };
        let Ok(clock) = law().reckon(procedure, deadline, vec![first], now) else { continue };
        let over = clock.end.is_some_and(|end| end.is_passed_by(now));
        limits.push(Limited { limit, clock, over });
    }
    Ok(limits)
}

/// An address with its holes filled; `None` where something for a hole is lacking.
pub fn place(at: &str, holes: &[(&str, Option<Number>)]) -> Option<String> {
    let mut text = at.to_owned();
    for (hole, no) in holes {
        if text.contains(hole) {
            text = text.replace(hole, &(*no)?.to_string());
        }
    }
    Some(text)
}
