//! Incidents: what may be recorded about one.

use super::{Decision, Desk, maybe_text, secret_title, text};
use crate::command::Envelope;
use crate::event;
use crate::incident::{Act, Hand, Head, LINKABLE, Open, Preserve, Reckon, Wish};
use crate::number::{Number, Series};
use crate::refusal::Refusal;

impl Decision {
    /// With these sealed fields beside the first event.
    fn sealed<const N: usize>(mut self, fields: [(&'static str, Option<Envelope>); N]) -> Self {
        let fields = fields.into_iter().filter_map(|(name, field)| Some((name, field?)));
        self.drafts[0].envelopes.extend(fields);
        self
    }
}

impl Desk<'_> {
    pub(super) fn incident(&self, wish: Wish) -> Result<Decision, Refusal> {
        let by = self.by();
        match wish {
            Wish::Open(c) => self.open_incident(*c),
            Wish::Revise { incident, act, why } => self.revise_incident(incident, act, why),
            Wish::Note { incident, happened, text, key } => {
                self.open_one(incident)?;
                self.not_in_future("field-happened", happened)?;
                let noted = event::IncidentNoted { by, incident, happened };
                Ok(Decision::one(noted).sealed([("text", Some(text))]).keyed(incident, key))
            }
            Wish::Link { incident, thing, text, key } => {
                let head = self.open_one(incident)?;
                if !LINKABLE.contains(&thing.series) {
                    return Err(Refusal::NotLinkable(thing));
                }
                if head.linked.contains(&thing) {
                    return Err(Refusal::LinkedAlready(incident, thing));
                }
                let linked = event::IncidentLinked { by, incident, thing };
                Ok(Decision::one(linked).sealed([("text", text)]).keyed(incident, key))
            }
            Wish::Unlink { incident, thing, why } => {
                if !self.open_one(incident)?.linked.contains(&thing) {
                    return Err(Refusal::NotLinked(incident, thing));
                }
                let why = self::text("field-why", why)?;
                Ok(Decision::one(event::IncidentUnlinked { by, incident, thing, why }))
            }
            Wish::Preserve(c) => self.preserve(*c),
            Wish::Hand(c) => self.hand(*c),
            Wish::Drop { incident, exhibit, why } => {
                self.exhibit(incident, exhibit)?;
                let why = self::text("field-why", why)?;
                Ok(Decision::one(event::IncidentDropped { by, incident, exhibit, why }))
            }
            Wish::Reckon(c) => self.reckon_incident(*c),
            Wish::Close { incident, outcome, happened, text, key } => {
                self.open_one(incident)?;
                self.not_in_future("field-happened", Some(happened))?;
                let closed = event::IncidentClosed { by, incident, outcome, happened };
                Ok(Decision::one(closed).sealed([("text", text)]).keyed(incident, key))
            }
            Wish::Reopen { incident, why } => {
                if !self.incident_head(incident)?.closed {
                    return Err(Refusal::NotClosed(incident));
                }
                let why = self::text("field-why", why)?;
                Ok(Decision::one(event::IncidentReopened { by, incident, why }))
            }
        }
    }

    fn open_incident(&self, c: Open) -> Result<Decision, Refusal> {
        let no = self.next(Series::Incident);
        let act = self.act(c.act)?;
        let opened = event::IncidentOpened {
            by: self.by(),
            no,
            title: secret_title(c.title)?,
            conduct: act.conduct,
            secrets: act.secrets,
            persons: act.persons,
            partners: act.partners,
            from: act.from,
            until: act.until,
            noticed: act.noticed,
        };
        let sealed = [("text", c.text), ("others", c.others)];
        Ok(Decision::one(opened).made(no).sealed(sealed).keyed(no, c.key))
    }

    fn revise_incident(
        &self,
        incident: Number,
        act: Act,
        why: String,
    ) -> Result<Decision, Refusal> {
        self.open_one(incident)?;
        let act = self.act(act)?;
        Ok(Decision::one(event::IncidentRevised {
            by: self.by(),
            incident,
            conduct: act.conduct,
            secrets: act.secrets,
            persons: act.persons,
            partners: act.partners,
            from: act.from,
            until: act.until,
            noticed: act.noticed,
            why: text("field-why", why)?,
        }))
    }

    /// What is said of the act holds together: its days are in order and none lies ahead, and what
    /// it names exists.
    fn act(&self, mut act: Act) -> Result<Act, Refusal> {
        for numbers in [&mut act.secrets, &mut act.persons, &mut act.partners] {
            numbers.sort_unstable();
            numbers.dedup();
        }
        for &secret in &act.secrets {
            self.secret(secret)?;
        }
        for &person in &act.persons {
            self.thing_of(person, Series::Person)?;
        }
        for &partner in &act.partners {
            self.thing_of(partner, Series::Partner)?;
        }
        self.not_in_future("field-act-until", Some(act.until))?;
        self.not_in_future("field-noticed", Some(act.noticed))?;
        if act.until < act.from {
            return Err(Refusal::EndsBeforeStart(act.from, act.until));
        }
        if act.noticed < act.from {
            return Err(Refusal::NoticedBefore(act.from, act.noticed));
        }
        Ok(act)
    }

    fn preserve(&self, c: Preserve) -> Result<Decision, Refusal> {
        let head = self.open_one(c.incident)?;
        if let Some(paper) = c.paper.filter(|paper| *paper == 0 || head.papers < *paper) {
            return Err(Refusal::NoPaper(c.incident, paper));
        }
        self.not_in_future("field-happened", Some(c.happened))?;
        self.not_in_future("field-dated", c.dated)?;
        let preserved = event::IncidentPreserved {
            by: self.by(),
            incident: c.incident,
            no: head.last_exhibit + 1,
            item: maybe_text("field-item", Some(c.item))?.ok_or(Refusal::Blank("field-item"))?,
            paper: c.paper,
            bears: c.bears,
            dated: c.dated,
            happened: c.happened,
        };
        let sealed = [("origin", c.origin), ("collector", c.collector), ("method", c.method)];
        Ok(Decision::one(preserved).sealed(sealed).keyed(c.incident, c.key))
    }

    fn hand(&self, c: Hand) -> Result<Decision, Refusal> {
        self.exhibit(c.incident, c.exhibit)?;
        self.not_in_future("field-happened", Some(c.happened))?;
        if c.taker.is_none() {
            return Err(Refusal::Blank("field-taker"));
        }
        let handed = event::IncidentHanded {
            by: self.by(),
            incident: c.incident,
            exhibit: c.exhibit,
            happened: c.happened,
        };
        let sealed = [("giver", c.giver), ("taker", c.taker), ("text", c.text)];
        Ok(Decision::one(handed).sealed(sealed).keyed(c.incident, c.key))
    }

    fn reckon_incident(&self, c: Reckon) -> Result<Decision, Refusal> {
        self.open_one(c.incident)?;
        let reckoned = event::IncidentReckoned {
            by: self.by(),
            incident: c.incident,
            sheet: c.sheet,
            method: c.method,
            gives: c.gives,
            relied: c.relied,
        };
        let sealed = [("counted", Some(c.counted))];
        Ok(Decision::one(reckoned).sealed(sealed).keyed(c.incident, c.key))
    }

    fn incident_head(&self, no: Number) -> Result<&Head, Refusal> {
        if no.series != Series::Incident {
            return Err(Refusal::WrongSeries(no, Series::Incident));
        }
        self.facts.incidents.get(&no).ok_or(Refusal::Unknown(no))
    }

    fn open_one(&self, no: Number) -> Result<&Head, Refusal> {
        let head = self.incident_head(no)?;
        if head.closed { Err(Refusal::Ended(no)) } else { Ok(head) }
    }

    fn exhibit(&self, incident: Number, exhibit: u32) -> Result<(), Refusal> {
        match self.open_one(incident)?.exhibits.contains(&exhibit) {
            true => Ok(()),
            false => Err(Refusal::NoExhibit(incident, exhibit)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::command::Command;
    use crate::decide::decide;
    use crate::facts::{Facts, ThingHead};
    use crate::incident::{Act, Head, Wish};
    use crate::moment::{Day, Moment};
    use crate::number::Number;
    use crate::refusal::Refusal;
    use crate::terms::{Conduct, Outcome, Role};

    fn no(text: &str) -> Number {
        Number::parse(text).expect("a number")
    }

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    fn act(from: &str, until: &str, noticed: &str, persons: &[&str]) -> Act {
        Act {
            conduct: Conduct::Breach,
            secrets: vec![],
            persons: persons.iter().map(|text| no(text)).collect(),
            partners: vec![],
            from: day(from),
            until: day(until),
            noticed: day(noticed),
        }
    }

    fn outcome(closed: bool, wish: Wish) -> Result<&'static str, Refusal> {
        let mut facts = Facts::at(Moment(1_777_000_000_000), day("2026-05-01"), None);
        facts.role = Some(Role::Enterprise);
        facts.things.insert(no("RY-0001"), ThingHead::default());
        let linked = vec![no("QC-0001")];
        let head = Head { closed, papers: 1, last_exhibit: 2, exhibits: vec![2], linked };
        facts.incidents.insert(no("SJ-0001"), head);
        let command = Command::Incident(Box::new(wish));
        decide(&facts, "owner", command).map(|decision| decision.drafts[0].event.tag())
    }

    #[test]
    fn the_days_of_an_act_are_in_order_and_name_who_exists() {
        let revise = |act| {
            let wish = Wish::Revise { incident: no("SJ-0001"), act, why: "更正".into() };
            outcome(false, wish)
        };
        let ok = Ok("incident.revised");
        assert_eq!(revise(act("2026-03-01", "2026-03-09", "2026-04-01", &["RY-0001"])), ok);
        // Noticed while it goes on.
        assert_eq!(revise(act("2026-03-01", "2026-05-01", "2026-04-01", &[])), ok);
        let refused = revise(act("2026-03-09", "2026-03-01", "2026-04-01", &[]));
        assert_eq!(refused, Err(Refusal::EndsBeforeStart(day("2026-03-09"), day("2026-03-01"))));
        let refused = revise(act("2026-03-09", "2026-03-10", "2026-03-08", &[]));
        assert_eq!(refused, Err(Refusal::NoticedBefore(day("2026-03-09"), day("2026-03-08"))));
        let refused = revise(act("2026-03-09", "2026-05-02", "2026-03-10", &[]));
        assert_eq!(refused, Err(Refusal::InFuture("field-act-until", day("2026-05-02"))));
        let refused = revise(act("2026-03-09", "2026-03-10", "2026-03-10", &["RY-0009"]));
        assert_eq!(refused, Err(Refusal::Unknown(no("RY-0009"))));
    }

    #[test]
    fn a_closed_incident_takes_nothing_but_being_opened_again() {
        let incident = no("SJ-0001");
        let link = |thing: &str| Wish::Link { incident, thing: no(thing), text: None, key: None };
        let unlink = |thing: &str| Wish::Unlink { incident, thing: no(thing), why: "误".into() };
        let drop = |exhibit| Wish::Drop { incident, exhibit, why: "误".into() };
        let reopen = || Wish::Reopen { incident, why: "新线索".into() };
        let close = || Wish::Close {
            incident,
            outcome: Outcome::Internal,
            happened: day("2026-05-01"),
            text: None,
            key: None,
        };
        assert_eq!(outcome(false, link("BD-0001")), Ok("incident.linked"));
        let twice = Err(Refusal::LinkedAlready(incident, no("QC-0001")));
        assert_eq!(outcome(false, link("QC-0001")), twice);
        assert_eq!(outcome(false, link("RW-0001")), Err(Refusal::NotLinkable(no("RW-0001"))));
        assert_eq!(outcome(false, unlink("QC-0001")), Ok("incident.unlinked"));
        let absent = Err(Refusal::NotLinked(incident, no("BD-0001")));
        assert_eq!(outcome(false, unlink("BD-0001")), absent);
        assert_eq!(outcome(false, drop(2)), Ok("incident.dropped"));
        assert_eq!(outcome(false, drop(1)), Err(Refusal::NoExhibit(incident, 1)));
        assert_eq!(outcome(false, close()), Ok("incident.closed"));
        assert_eq!(outcome(false, reopen()), Err(Refusal::NotClosed(incident)));
        assert_eq!(outcome(true, reopen()), Ok("incident.reopened"));
        for wish in [link("BD-0001"), unlink("QC-0001"), drop(2), close()] {
            assert_eq!(outcome(true, wish), Err(Refusal::Ended(incident)));
        }
    }
}
