//! One clock by itself: what a calculator needs, without a case.

use crate::Catalog;
use crate::calendar::Rest;
use crate::case::Happening;
use crate::clock::{self, Because, Clock, Context};
use crate::day::{Day, When};
use crate::procedure::{Deadline, More, Procedure};
use crate::text::{Length, Ref};

/// What a step does to a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// It starts it.
    Starts,
    /// It names the day from which is counted back.
    NamesDay,
    /// It starts it anew while it runs.
    Restarts,
    /// Days after it don't count.
    Pauses,
    /// Days after it count again.
    Resumes,
    /// It gives more time.
    Extends,
    /// It gives time until a day that it names.
    ExtendsTo,
    /// It is what the clock asks for.
    Meets,
    /// It makes the clock void.
    Voids,
    /// After it the clock never starts.
    Precludes,
}

/// Why a clock can't be reckoned from what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// The clock doesn't look at this step.
    NotOfClock(String),
    /// Nothing starts it.
    NotStarted,
    /// A clock of hours needs the hour of this step.
    NeedsTime(String),
    /// The step must name a day.
    NeedsDay(String),
}

/// What lies between the start and the end of a count of working days, or below a roll-over.
#[derive(Clone, Debug, Default)]
pub struct Between<'c> {
    /// Days off, which were not counted.
    pub rests: Vec<Rest<'c>>,
    /// Saturdays and Sundays that are worked, and were counted.
    pub worked: Vec<Day>,
}

impl Deadline {
    /// The steps that the clock looks at, each once, and what it does.
    pub fn parts(&self) -> Vec<(Part, &Ref)> {
        let by = |decided: bool| {
            let rows = self.extend.iter().filter(move |row| (row.by == More::Decided) == decided);
            rows.map(|row| &row.step).collect::<Vec<_>>()
        };
        let resumes = self.pause.iter().flat_map(|row| [Some(&row.to), row.or.as_ref()]).flatten();
        let all: [(Part, Vec<&Ref>); 11] = [
            (Part::Starts, self.from.iter().collect()),
            (Part::Starts, self.arm.iter().flat_map(|arm| &arm.from).collect()),
            (Part::NamesDay, self.before.iter().collect()),
            (Part::Restarts, self.arm.iter().flat_map(|arm| &arm.restart).collect()),
            (Part::Pauses, self.pause.iter().map(|row| &row.from).collect()),
            (Part::Resumes, resumes.collect()),
            (Part::Extends, by(false)),
            (Part::ExtendsTo, by(true)),
            (Part::Meets, self.stop.iter().collect()),
            (Part::Voids, self.void.iter().collect()),
            (Part::Precludes, self.already.iter().collect()),
        ];
        let mut parts: Vec<(Part, &Ref)> = Vec::new();
        for (part, step) in
            all.iter().flat_map(|(part, refs)| refs.iter().map(|step| (*part, *step)))
        {
            if !parts.iter().any(|(_, known)| known.id == step.id) {
                parts.push((part, step));
            }
        }
        parts
    }

    /// Whether it counts hours.
    pub fn counts_hours(&self) -> bool {
        matches!(self.within, Some(Length::Hours(_)))
    }
}

impl Catalog {
    /// Reckons one clock from what has happened, in any order; who acts is not looked at.
    ///
    /// # Errors
    /// [`Misfit`], when a step is none of the clock's, or a day or hour is lacking.
    pub fn reckon<'c>(
        &'c self,
        procedure: &'c Procedure,
        deadline: &'c Deadline,
        mut log: Vec<Happening>,
        now: When,
    ) -> Result<Clock<'c>, Misfit> {
        let parts = deadline.parts();
        for done in &log {
            let Some((part, _)) = parts.iter().find(|(_, step)| step.id == done.step) else {
                return Err(Misfit::NotOfClock(done.step.clone()));
            };
            let id = || done.step.clone();
            if deadline.counts_hours() && *part == Part::Starts && done.at.minute.is_none() {
                return Err(Misfit::NeedsTime(id()));
            }
            if matches!(part, Part::NamesDay | Part::ExtendsTo) && done.planned.is_none() {
                return Err(Misfit::NeedsDay(id()));
            }
        }
        // A day that is counted back from was set before what is done by it.
        let sets_day = |done: &Happening| deadline.before.iter().any(|step| step.id == done.step);
        log.sort_by(|a, b| sets_day(b).cmp(&sets_day(a)).then(a.at.order(b.at)));
        let calendar = self.calendar(&procedure.calendar).ok_or(Misfit::NotStarted)?;
        let context = Context { norms: self.norms(), calendar, ended: false };
        clock::clock(deadline, &log, now, context).ok_or(Misfit::NotStarted)
    }

    /// The days off that a clock left out, and the weekend days it counted because they are worked.
    pub fn between<'c>(&'c self, procedure: &Procedure, clock: &Clock<'c>) -> Between<'c> {
        let mut between = Between::default();
        let (Some(calendar), Some(end)) = (self.calendar(&procedure.calendar), clock.end) else {
            return between;
        };
        let (mut counted, mut rolled): (Option<(Day, Day)>, Option<Day>) = (None, None);
        let mut pauses: Vec<(Day, Day)> = Vec::new();
        let mut working = false;
        for because in &clock.because {
            match *because {
                Because::Started(_, at, length) => {
                    working = matches!(length, Length::WorkingDays(_));
                    counted = Some((at.day.plus(1), end.day()));
                }
                Because::Restarted(_, at) => counted = Some((at.day.plus(1), end.day())),
                Because::CountedBack(_, day, length) => {
                    working = matches!(length, Length::WorkingDays(_));
                    counted = Some((end.day(), day.plus(-1)));
                }
                Because::Paused(from, to, _) => {
                    let to = to.map_or(end.day(), |to| to.day);
                    pauses.push((from.day.plus(1), to));
                }
                // A day that was decided is not counted out.
                Because::Extended(_, More::Decided, _) => working = false,
                Because::Extended(..) => {}
                Because::Rolled(day, ..) => rolled = Some(day),
            }
        }
        if let Some((from, to)) = counted.filter(|_| working) {
            between.rests = calendar.rests(from, to);
            between.worked = calendar.worked(from, to);
            let is_paused = |day: Day| pauses.iter().any(|(a, b)| (*a..=*b).contains(&day));
            between.rests.retain(|rest| !(is_paused(rest.from) && is_paused(rest.to)));
            between.worked.retain(|day| !is_paused(*day));
        }
        if let Some(day) = rolled {
            between.rests.extend(calendar.rests(day, end.day().plus(-1)));
        }
        between
    }
}
