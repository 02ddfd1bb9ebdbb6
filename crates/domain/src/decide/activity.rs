//! Activities: who may register until when, who can check in, and what counts as a service.

use std::collections::BTreeSet;

use super::{Decision, Desk, maybe_text, text, title};
use crate::activity::{Plan, Register, When, Wish};
use crate::event;
use crate::facts::{ActivityHead, DeskHead, RegistrationHead};
use crate::number::{Number, Series};
use crate::refusal::Refusal;
use crate::terms::{Service, SignUp};

/// The most seats that are counted.
const SEATS_MAX: u32 = 100_000;
/// Personal data are kept at most so long after an activity, in days.
pub(crate) const KEEP_MAX: u32 = 1_096;
/// The most companies that are invited at once.
const INVITED_MAX: usize = 5_000;
/// The best mark.
const MARK_MAX: u32 = 5;

impl Desk<'_> {
    pub(super) fn activity(&self, wish: Wish) -> Result<Decision, Refusal> {
        match wish {
            Wish::Plan(c) => self.plan_activity(*c),
            Wish::Move { activity, when, why } => {
                let head = self.planned_activity(activity)?;
                let (when, why) = (self.when(when)?, text("field-why", why)?);
                if when.day < head.closes {
                    return Err(Refusal::EndsBeforeStart(head.closes, when.day));
                }
                let When { day, from, until, place } = when;
                let by = self.by();
                let moved = event::ActivityMoved { by, activity, day, from, until, place, why };
                Ok(Decision::one(moved).made(activity))
            }
            Wish::Cancel { activity, why } => {
                self.planned_activity(activity)?;
                let why = text("field-why", why)?;
                Ok(Decision::one(event::ActivityCancelled { by: self.by(), activity, why }))
            }
            Wish::Invite { activity, companies, condition } => {
                let head = self.planned_activity(activity)?;
                if head.day < self.facts.today {
                    return Err(Refusal::RegistrationOver(activity, head.day));
                }
                let companies: BTreeSet<Number> = companies.into_iter().collect();
                if companies.is_empty() {
                    return Err(Refusal::NoCompany);
                }
                if companies.len() > INVITED_MAX {
                    return Err(Refusal::TooMany("field-companies", INVITED_MAX));
                }
                for &company in &companies {
                    self.company(company)?;
                }
                let condition = maybe_text("field-condition", Some(condition))?;
                let (by, companies) = (self.by(), companies.into_iter().collect());
                let invited = event::ActivityInvited { by, activity, companies, condition };
                Ok(Decision::one(invited).made(activity))
            }
            Wish::Register(c) => self.register(*c),
            Wish::Withdraw { activity, registration } => {
                self.planned_activity(activity)?;
                let head = self.registration(activity, registration)?;
                if head.came {
                    return Err(Refusal::CheckedIn(activity, registration));
                }
                let by = self.by();
                Ok(Decision::one(event::ActivityWithdrawn { by, activity, registration }))
            }
            Wish::CheckIn { activity, registration, by_code } => {
                let head = self.planned_activity(activity)?;
                if head.day > self.facts.today {
                    return Err(Refusal::InFuture("field-day", head.day));
                }
                if self.registration(activity, registration)?.came {
                    return Err(Refusal::CheckedIn(activity, registration));
                }
                let by = self.by();
                let came = event::ActivityCheckedIn { by, activity, registration, by_code };
                Ok(Decision::one(came).made(activity))
            }
            Wish::Hold { activity } => {
                let head = self.planned_activity(activity)?;
                self.not_in_future("field-day", Some(head.day))?;
                let (by, came) = (self.by(), head.came);
                let mut decision =
                    Decision::one(event::ActivityHeld { by, activity, came }).made(activity);
                // A company has had the training once, however many of its people came.
                for &company in &head.companies {
                    let what = head.title.clone();
                    decision.drafts.push(self.service(company, Service::Training, head.day, what));
                }
                Ok(decision)
            }
            Wish::Ask { activity, registration, text, key } => {
                let head = self.activity_head(activity)?;
                if head.cancelled {
                    return Err(Refusal::Ended(activity));
                }
                if let Some(part) = registration {
                    self.registration(activity, part)?;
                }
                let (by, no) = (self.by(), head.questions + 1);
                let asked = event::ActivityAsked { by, activity, no, registration };
                let mut decision = Decision::one(asked).made(activity);
                decision.drafts[0].envelopes.push(("text", text));
                Ok(decision.keyed(activity, key))
            }
            Wish::Answer { activity, question, expert, shown, text, key } => {
                let head = self.activity_head(activity)?;
                if question == 0 || question > head.questions {
                    return Err(Refusal::NoQuestion(activity, question));
                }
                if let Some(expert) = expert {
                    self.expert(expert)?;
                }
                let by = self.by();
                let answered = event::ActivityAnswered { by, activity, question, expert, shown };
                let mut decision = Decision::one(answered).made(activity);
                decision.drafts[0].envelopes.push(("text", text));
                Ok(decision.keyed(activity, key))
            }
            Wish::Supply { activity, title: what, url } => {
                self.activity_head(activity)?;
                let (by, title) = (self.by(), title("field-title", what)?);
                let url = text("field-url", url)?;
                let web = ["https://", "http://"].iter().any(|start| url.starts_with(start));
                if !web || url.contains(char::is_whitespace) {
                    return Err(Refusal::NotPrintable("field-url"));
                }
                let supplied = event::ActivitySupplied { by, activity, title, url };
                Ok(Decision::one(supplied).made(activity))
            }
            Wish::Rate { activity, registration, mark, text, key } => {
                self.activity_head(activity)?;
                let head = self.registration(activity, registration)?;
                if head.rated {
                    return Err(Refusal::Rated(activity, registration));
                }
                if !(1..=MARK_MAX).contains(&mark) {
                    return Err(Refusal::Blank("field-mark"));
                }
                let by = self.by();
                let rated = event::ActivityRated { by, activity, registration, mark };
                let mut decision = Decision::one(rated).made(activity);
                decision.drafts[0].envelopes.extend(text.map(|text| ("text", text)));
                Ok(decision.keyed(activity, key))
            }
            Wish::Erase { activity, registrations } => {
                self.activity_head(activity)?;
                for &part in &registrations {
                    if !self.facts.registrations.contains_key(&(activity, part)) {
                        return Err(Refusal::NoRegistration(activity, part));
                    }
                }
                if registrations.is_empty() {
                    return Err(Refusal::NothingToChange(activity));
                }
                let by = self.by();
                Ok(Decision::one(event::ActivityErased { by, activity, registrations }))
            }
        }
    }

    fn when(&self, when: When) -> Result<When, Refusal> {
        if when.day < self.facts.today {
            return Err(Refusal::DayOver(when.day));
        }
        if when.from >= when.until || when.until > 24 * 60 {
            return Err(Refusal::Blank("field-times"));
        }
        Ok(When { place: title("field-place", when.place)?, ..when })
    }

    fn plan_activity(&self, c: Plan) -> Result<Decision, Refusal> {
        let no = self.next(Series::Activity);
        let When { day, from, until, place } = self.when(c.when)?;
        if c.closes > day {
            return Err(Refusal::EndsBeforeStart(c.closes, day));
        }
        if c.seats > SEATS_MAX {
            return Err(Refusal::TooMany("field-seats", SEATS_MAX as usize));
        }
        if c.keep == 0 || c.keep > KEEP_MAX {
            return Err(Refusal::TooMany("field-keep", KEEP_MAX as usize));
        }
        let series = c.series.filter(|series| !series.trim().is_empty());
        let planned = event::ActivityPlanned {
            by: self.by(),
            no,
            title: title("field-title", c.title)?,
            series: series.map(|series| title("field-series", series)).transpose()?,
            theme: c.theme,
            day,
            from,
            until,
            place,
            seats: c.seats,
            closes: c.closes,
            keep: c.keep,
            open: c.open,
            summary: text("field-summary", c.summary)?,
        };
        Ok(Decision::one(planned).made(no))
    }

    pub(super) fn register(&self, c: Register) -> Result<Decision, Refusal> {
        let activity = c.activity;
        let head = self.planned_activity(activity)?;
        // At the door the station's people take in whoever comes.
        let last = if c.channel == SignUp::Desk { head.day } else { head.closes };
        if last < self.facts.today || (c.channel == SignUp::Public && !head.open) {
            return Err(Refusal::RegistrationOver(activity, last));
        }
        if head.seats > 0 && head.taken >= head.seats {
            return Err(Refusal::ActivityFull(activity));
        }
        if let Some(company) = c.company.filter(|_| c.channel != SignUp::Node) {
            self.company(company)?;
        }
        let registered = event::ActivityRegistered {
            by: self.by(),
            activity,
            no: head.registrations + 1,
            company: c.company,
            channel: c.channel,
            ticket: c.ticket,
        };
        let mut decision = Decision::one(registered).made(activity);
        let envelopes = &mut decision.drafts[0].envelopes;
        envelopes.push(("name", c.name));
        envelopes.extend(c.contact.map(|contact| ("contact", contact)));
        envelopes.extend(c.organisation.map(|text| ("organisation", text)));
        Ok(decision.keyed(activity, Some(c.key)))
    }

    fn activity_head(&self, no: Number) -> Result<&ActivityHead, Refusal> {
        match self.head(no, Series::Activity)? {
            DeskHead::Activity(head) => Ok(head),
            _ => Err(Refusal::Unknown(no)),
        }
    }

    /// An activity that is yet to be held, or goes on.
    fn planned_activity(&self, no: Number) -> Result<&ActivityHead, Refusal> {
        let head = self.activity_head(no)?;
        if head.cancelled || head.held { Err(Refusal::Ended(no)) } else { Ok(head) }
    }

    /// A registration that stands.
    fn registration(&self, no: Number, part: u32) -> Result<&RegistrationHead, Refusal> {
        let head = self.facts.registrations.get(&(no, part));
        head.filter(|head| !head.withdrawn).ok_or(Refusal::NoRegistration(no, part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Command, Envelope, NewKey};
    use crate::decide;
    use crate::facts::Facts;
    use crate::moment::{Day, Moment};
    use crate::terms::{Role, Theme};

    fn no(series: Series, count: u32) -> Number {
        Number { series, count }
    }
    fn hd(count: u32) -> Number {
        no(Series::Activity, count)
    }
    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    /// 2026-11-25: HD-0001 is today, with one seat left of two and one who came from QY-0001;
    /// HD-0002 is full; HD-0003 is next month, not public; HD-0004 was cancelled.
    fn station() -> Facts {
        let mut facts = Facts::at(Moment(1_795_000_000_000), day("2026-11-25"), None);
        facts.role = Some(Role::Station);
        let head = ActivityHead {
            title: "送法入企".into(),
            day: day("2026-11-25"),
            closes: day("2026-11-25"),
            open: true,
            seats: 2,
            registrations: 2,
            taken: 1,
            came: 1,
            companies: vec![no(Series::Company, 1)],
            questions: 1,
            cancelled: false,
            held: false,
        };
        let next = day("2026-12-20");
        let full = ActivityHead { taken: 2, day: next, closes: next, ..head.clone() };
        let later = ActivityHead { open: false, day: next, closes: next, ..head.clone() };
        let gone = ActivityHead { cancelled: true, ..head.clone() };
        for (count, head) in (1..).zip([head, full, later, gone]) {
            facts.desk.insert(hd(count), DeskHead::Activity(head));
        }
        let came = RegistrationHead { withdrawn: false, came: true, rated: false };
        facts.registrations.insert((hd(1), 1), came);
        facts.registrations.insert((hd(1), 2), RegistrationHead { withdrawn: true, ..came });
        facts.registrations.insert((hd(2), 1), RegistrationHead { came: false, ..came });
        facts
    }

    fn decided(wish: Wish) -> Result<Vec<&'static str>, Refusal> {
        let decision = decide(&station(), "owner", Command::Activity(wish))?;
        Ok(decision.drafts.iter().map(|draft| draft.event.tag()).collect())
    }

    fn register(activity: u32, channel: SignUp) -> Wish {
        let sealed = Envelope { key_id: "k".into(), digest: [0; 32], sealed: vec![1] };
        let key = NewKey { key_id: "k".into(), sort: "person", wrapped: vec![] };
        Wish::Register(Box::new(Register {
            activity: hd(activity),
            company: None,
            channel,
            ticket: "00".into(),
            key,
            name: sealed,
            contact: None,
            organisation: None,
        }))
    }

    fn check_in(activity: u32, registration: u32) -> Wish {
        Wish::CheckIn { activity: hd(activity), registration, by_code: true }
    }

    #[test]
    fn who_may_register_and_who_may_check_in() {
        let next = day("2026-12-20");
        for (wish, want) in [
            (register(1, SignUp::Public), None),
            (register(2, SignUp::Public), Some(Refusal::ActivityFull(hd(2)))),
            (register(3, SignUp::Public), Some(Refusal::RegistrationOver(hd(3), next))),
            (register(3, SignUp::Desk), None),
            (register(4, SignUp::Desk), Some(Refusal::Ended(hd(4)))),
            (check_in(1, 1), Some(Refusal::CheckedIn(hd(1), 1))),
            (check_in(1, 2), Some(Refusal::NoRegistration(hd(1), 2))),
            (check_in(1, 3), Some(Refusal::NoRegistration(hd(1), 3))),
            (check_in(2, 1), Some(Refusal::InFuture("field-day", next))),
            (
                Wish::Withdraw { activity: hd(1), registration: 1 },
                Some(Refusal::CheckedIn(hd(1), 1)),
            ),
            (Wish::Withdraw { activity: hd(2), registration: 1 }, None),
        ] {
            let what = format!("{wish:?}");
            assert_eq!(decided(wish).err(), want, "{what}");
        }
    }

    #[test]
    fn a_company_that_came_has_had_a_training_once() {
        let held = decided(Wish::Hold { activity: hd(1) });
        assert_eq!(held, Ok(vec!["activity.held", "service.given"]));
        let early = decided(Wish::Hold { activity: hd(2) });
        assert_eq!(early, Err(Refusal::InFuture("field-day", day("2026-12-20"))));
    }

    #[test]
    fn a_plan_has_an_order_of_times() {
        let plan = |when: (&str, u32, u32), closes: &str, keep| {
            let (on, from, until) = when;
            let when = When { day: day(on), from, until, place: "报告厅".into() };
            decided(Wish::Plan(Box::new(Plan {
                title: "送法入企".into(),
                series: None,
                theme: Theme::People,
                when,
                seats: 0,
                closes: day(closes),
                keep,
                open: true,
                summary: "离职员工管理".into(),
            })))
            .err()
        };
        assert_eq!(plan(("2026-11-25", 540, 660), "2026-11-25", 90), None);
        let over = Some(Refusal::DayOver(day("2026-11-24")));
        assert_eq!(plan(("2026-11-24", 540, 660), "2026-11-24", 90), over);
        for times in [(660, 660), (700, 660), (540, 1_441)] {
            let (from, until) = times;
            let wrong = plan(("2026-11-26", from, until), "2026-11-25", 90);
            assert_eq!(wrong, Some(Refusal::Blank("field-times")), "{times:?}");
        }
        let late = Refusal::EndsBeforeStart(day("2026-11-27"), day("2026-11-26"));
        assert_eq!(plan(("2026-11-26", 540, 660), "2026-11-27", 90), Some(late));
        for keep in [0, KEEP_MAX + 1] {
            let wrong = plan(("2026-11-26", 540, 660), "2026-11-25", keep);
            assert_eq!(wrong, Some(Refusal::TooMany("field-keep", KEEP_MAX as usize)));
        }
    }
}
