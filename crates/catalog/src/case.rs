//! A case: what has happened, what can be done now and by whom, what is missing, what is refused.

use std::collections::BTreeSet;

use crate::clock::{self, Clock, Context, Standing};
use crate::count::End;
use crate::day::{Day, When};
use crate::procedure::{Deadline, Kind, Procedure, Step, names};
use crate::text::{AnyOf, Cite, Length};
use crate::{Catalog, calendar::Calendar};

/// Something that was done or happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// When, in local time.
    pub at: When,
    /// Which step.
    pub step: String,
    /// By which role.
    pub by: String,
    /// The day it names: of a hearing, of an approved extension, of a measure's end.
    pub planned: Option<Day>,
}

/// What lies in the file: names of papers, and marks such as `technical_secret`.
pub type Papers = BTreeSet<String>;

/// A case on one version of one procedure.
#[derive(Clone, Debug)]
pub struct Case<'c> {
    procedure: &'c Procedure,
    catalog: &'c Catalog,
    calendar: &'c Calendar,
    log: Vec<Happening>,
    /// The state of each track, in the order of the tracks.
    states: Vec<&'c str>,
    moves: Vec<Move>,
}

/// A recorded decision to take a case to another version of its procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// When.
    pub at: When,
    /// By which role.
    pub by: String,
    /// From and to which version.
    pub versions: (u32, u32),
    /// Why.
    pub reason: String,
}

/// A step that can be tried now.
#[derive(Clone, Debug)]
pub struct Choice<'c> {
    /// The step.
    pub step: &'c Step,
    /// What is missing from the file, one name each.
    pub missing: Vec<&'c AnyOf>,
    /// Why not yet or no longer, apart from missing papers and who asks.
    pub refusal: Option<Refusal<'c>>,
}

/// A refusal, with the article that refuses.
#[derive(Clone, Debug)]
pub struct Refusal<'c> {
    /// Why.
    pub why: Why<'c>,
    /// The article; none when the step doesn't exist.
    pub cites: Option<&'c Cite>,
}

/// Why a step is refused.
#[derive(Clone, Debug)]
pub enum Why<'c> {
    /// The procedure has no such step.
    UnknownStep,
    /// It lies before what has happened already.
    OutOfOrder(When),
    /// Its track has ended.
    Ended,
    /// Its track is in another state.
    WrongState(&'c str),
    /// Another track stands in its way.
    Blocked(&'c AnyOf),
    /// That role may not.
    WrongRole,
    /// That level may not, at that time, without the paper that lifts it.
    Level(Option<&'c str>),
    /// Another step comes first.
    NotAfter(&'c str),
    /// Papers are missing.
    Missing(Vec<&'c AnyOf>),
    /// The day that the step must name.
    NeedsDay,
    /// The hour, since a clock of hours starts or ends.
    NeedsTime,
    /// More time can't be given once time has run out.
    TooLate(End),
    /// Not before that end.
    TooEarly(Option<End>),
    /// A right has run out, or a state has lapsed.
    Expired(End),
    /// The named day leaves too little time: it should have been done by that day.
    TooShort(Day),
    /// The other version lacks a state or step of the case.
    NoPlace(String),
}

impl<'c> Case<'c> {
    /// Opens a case.
    ///
    /// # Errors
    /// The catalog's list of calendars lacks that of the procedure: a catalog that was read has it.
    pub(crate) fn new(catalog: &'c Catalog, procedure: &'c Procedure) -> Option<Self> {
        let calendar = catalog.calendar(&procedure.calendar)?;
        let states = procedure.track.iter().map(|track| track.start.id.as_str()).collect();
        Some(Self { procedure, catalog, calendar, log: Vec::new(), states, moves: Vec::new() })
    }

    /// Its procedure and version.
    pub fn procedure(&self) -> &'c Procedure {
        self.procedure
    }

    /// What has happened, in order.
    pub fn log(&self) -> &[Happening] {
        &self.log
    }

    /// Recorded moves to other versions.
    pub fn moves(&self) -> &[Move] {
        &self.moves
    }

    /// The state of a track.
    pub fn state(&self, track: &str) -> Option<&'c str> {
        let place = self.procedure.track.iter().position(|row| row.id.id == track)?;
        Some(self.states[place])
    }

    /// Whether a state is one of the present ones.
    pub fn is_in(&self, state: &str) -> bool {
        self.states.contains(&state)
    }

    /// All clocks that something has started.
    pub fn clocks(&self, now: When) -> Vec<Clock<'c>> {
        self.procedure.deadline.iter().filter_map(|row| self.clock_of(row, now)).collect()
    }

    /// One clock by its name.
    pub fn clock(&self, id: &str, now: When) -> Option<Clock<'c>> {
        self.clock_of(self.procedure.deadline(id)?, now)
    }

    /// What can be tried now, by whom, and what is missing for it.
    pub fn choices(&self, now: When, papers: &Papers) -> Vec<Choice<'c>> {
        let steps = self.procedure.step.iter();
        let open = steps.filter(|step| step.from.iter().any(|from| self.is_in(&from.id)));
        open.map(|step| Choice {
            step,
            missing: missing(step, papers),
            refusal: self.timely(step, now).err(),
        })
        .collect()
    }

    /// Whether a step is allowed, with these papers in the file.
    ///
    /// # Errors
    /// The first reason against it, with its article.
    pub fn allowed(&self, next: &Happening, papers: &Papers) -> Result<&'c Step, Refusal<'c>> {
        let Some(step) = self.procedure.step(&next.step) else {
            return Err(Refusal { why: Why::UnknownStep, cites: None });
        };
        let no = |why| Err(Refusal { why, cites: Some(&step.cites) });
        if let Some(last) = self.log.last().filter(|last| next.at.order(last.at).is_lt()) {
            return no(Why::OutOfOrder(last.at));
        }
        self.placed(step)?;
        if !names(&step.by, &next.by) {
            return no(Why::WrongRole);
        }
        self.level(step, next, papers)?;
        let missing = missing(step, papers);
        if let Some(first) = self.lacks_before(step) {
            return no(Why::NotAfter(first));
        }
        if !missing.is_empty() {
            return no(Why::Missing(missing));
        }
        if step.planned && next.planned.is_none() {
            return no(Why::NeedsDay);
        }
        if next.at.minute.is_none() && self.touches_hours(step, next.at) {
            return no(Why::NeedsTime);
        }
        self.not_barred(step, next.at, next.planned)?;
        Ok(step)
    }

    /// Does a step.
    ///
    /// # Errors
    /// The first reason against it, with its article; nothing has changed then.
    pub fn take(&mut self, next: Happening, papers: &Papers) -> Result<&'c Step, Refusal<'c>> {
        let step = self.allowed(&next, papers)?;
        self.enter(step, next);
        Ok(step)
    }

    /// Notes a step that was taken before, without asking anew whether it was allowed: it is on
    /// record, and what lay in the file then may have changed since.
    ///
    /// # Errors
    /// [`Why::UnknownStep`] when the procedure has no such step.
    pub fn restore(&mut self, done: Happening) -> Result<(), Refusal<'c>> {
        let Some(step) = self.procedure.step(&done.step) else {
            return Err(Refusal { why: Why::UnknownStep, cites: None });
        };
        self.enter(step, done);
        Ok(())
    }

    fn enter(&mut self, step: &'c Step, done: Happening) {
        if let Some(to) = &step.to {
            let track = self.procedure.track_of(&to.id);
            let place =
                self.procedure.track.iter().position(|row| Some(row.id.id.as_str()) == track);
            self.states[place.expect("the checker knows each state's track")] = &to.id;
        }
        self.log.push(done);
    }

    /// Takes the case to another version, by a recorded decision; what happened stays.
    ///
    /// # Errors
    /// [`Why::NoPlace`] when the other version lacks a present state or a step that was done.
    pub fn move_to(
        &self,
        version: &'c Procedure,
        at: When,
        by: &str,
        reason: &str,
    ) -> Result<Self, Refusal<'c>> {
        let no = |what: &str| Err(Refusal { why: Why::NoPlace(what.to_owned()), cites: None });
        if version.id != self.procedure.id {
            return no(&version.id);
        }
        let mut states: Vec<&'c str> =
            version.track.iter().map(|row| row.start.id.as_str()).collect();
        for (track, state) in self.procedure.track.iter().zip(&self.states) {
            let place = version.track.iter().position(|row| row.id.id == track.id.id);
            match (place, version.state(state)) {
                (Some(place), Some(_)) => states[place] = state,
                _ => return no(state),
            }
        }
        if let Some(done) = self.log.iter().find(|done| version.step(&done.step).is_none()) {
            return no(&done.step);
        }
        let Some(calendar) = self.catalog.calendar(&version.calendar) else {
            return no(&version.calendar);
        };
        let mut moves = self.moves.clone();
        let versions = (self.procedure.version, version.version);
        moves.push(Move { at, by: by.to_owned(), versions, reason: reason.to_owned() });
        let log = self.log.clone();
        Ok(Self { procedure: version, catalog: self.catalog, calendar, log, states, moves })
    }

    /// The same case on another reading of the catalog, such as one with a new year's calendar.
    ///
    /// `None` when that one lacks its version, or a state or calendar of it.
    pub fn read_by<'d>(&self, catalog: &'d Catalog) -> Option<Case<'d>> {
        let procedure = catalog.version(&self.procedure.id, self.procedure.version)?;
        let calendar = catalog.calendar(&procedure.calendar)?;
        let state = |id: &&str| procedure.state(id).map(|state| state.id.id.as_str());
        let states = self.states.iter().map(state).collect::<Option<Vec<_>>>()?;
        let (log, moves) = (self.log.clone(), self.moves.clone());
        let steps_stay = log.iter().all(|done| procedure.step(&done.step).is_some());
        let tracks_stay = procedure.track.len() == states.len();
        (steps_stay && tracks_stay).then_some(Case {
            procedure,
            catalog,
            calendar,
            log,
            states,
            moves,
        })
    }

    fn context(&self) -> Context<'c> {
        let main = self.states.first().copied().unwrap_or_default();
        Context {
            norms: self.catalog.norms(),
            calendar: self.calendar,
            ended: self.procedure.state(main).is_some_and(|state| state.end),
        }
    }

    fn clock_of(&self, deadline: &'c Deadline, now: When) -> Option<Clock<'c>> {
        clock::clock(deadline, &self.log, now, self.context())
    }

    /// Whether the present states allow a step.
    fn placed(&self, step: &'c Step) -> Result<(), Refusal<'c>> {
        let no = |why| Err(Refusal { why, cites: Some(&step.cites) });
        if !step.from.iter().any(|from| self.is_in(&from.id)) {
            let track = step.from.first().and_then(|from| self.procedure.track_of(&from.id));
            let state = track.and_then(|track| self.state(track)).unwrap_or_default();
            let ended = self.procedure.state(state).is_some_and(|state| state.end);
            return no(if ended { Why::Ended } else { Why::WrongState(state) });
        }
        match step.during.iter().find(|any| !any.ids.iter().any(|state| self.is_in(state))) {
            Some(any) => no(Why::Blocked(any)),
            None => Ok(()),
        }
    }

    /// Whether a rule keeps the role from the step on that day.
    fn level(&self, step: &Step, next: &Happening, papers: &Papers) -> Result<(), Refusal<'c>> {
        for rule in &self.procedure.rule {
            let applies = rule.enabled
                && rule.role.id == next.by
                && names(&rule.steps, &step.id.id)
                && rule.from <= next.at.day
                && rule.until.is_none_or(|until| next.at.day <= until)
                && rule.only_if.as_ref().is_none_or(|mark| papers.contains(mark));
            let lifted = rule.unless.as_ref().is_some_and(|paper| papers.contains(&paper.id));
            if applies && !lifted {
                let unless = rule.unless.as_ref().map(|paper| paper.id.as_str());
                return Err(Refusal { why: Why::Level(unless), cites: Some(&rule.cites) });
            }
        }
        Ok(())
    }

    /// The step that must come first and hasn't.
    fn lacks_before(&self, step: &'c Step) -> Option<&'c str> {
        let lacks = |first: &str| !self.log.iter().any(|done| done.step == first);
        step.after.iter().map(|first| first.id.as_str()).find(|first| lacks(first))
    }

    /// Whether a step starts a clock of hours, or stops one that runs.
    fn touches_hours(&self, step: &Step, at: When) -> bool {
        self.procedure.deadline.iter().any(|row| {
            matches!(row.within, Some(Length::Hours(_)))
                && (names(&row.from, &step.id.id)
                    || (names(&row.stop, &step.id.id)
                        && self.clock_of(row, at).is_some_and(|clock| {
                            matches!(clock.standing, Standing::Running | Standing::Late)
                        })))
        })
    }

    /// Everything that stands against a step now, apart from who asks and papers.
    fn timely(&self, step: &'c Step, now: When) -> Result<(), Refusal<'c>> {
        self.placed(step)?;
        if let Some(first) = self.lacks_before(step) {
            return Err(Refusal { why: Why::NotAfter(first), cites: Some(&step.cites) });
        }
        self.not_barred(step, now, None)
    }

    /// Whether a clock forbids a step now.
    fn not_barred(
        &self,
        step: &'c Step,
        at: When,
        planned: Option<Day>,
    ) -> Result<(), Refusal<'c>> {
        for row in &self.procedure.deadline {
            if let Some(extend) = row.extend.iter().find(|extend| extend.step.id == step.id.id)
                && let Some(clock) = self.clock_of(row, at)
                && let Some(end) = clock.end
                && end.is_passed_by(at)
            {
                return Err(Refusal { why: Why::TooLate(end), cites: Some(&extend.cites) });
            }
            if names(&row.blocks, &step.id.id) {
                self.not_blocked_by(row, step, at, planned)?;
            }
        }
        Ok(())
    }

    fn not_blocked_by(
        &self,
        row: &'c Deadline,
        step: &Step,
        at: When,
        planned: Option<Day>,
    ) -> Result<(), Refusal<'c>> {
        let no = |why| Err(Refusal { why, cites: Some(&row.cites) });
        if names(&row.before, &step.id.id) {
            let by = planned.and_then(|day| clock::counted_back(row, day, self.calendar));
            return match by {
                Some(by) if at.day > by => no(Why::TooShort(by)),
                _ => Ok(()),
            };
        }
        let Some(clock) = self.clock_of(row, at) else {
            return Ok(());
        };
        if row.kind == Kind::NotBefore {
            return match clock.standing {
                Standing::Over | Standing::Met | Standing::MetLate | Standing::Moot => Ok(()),
                _ => no(Why::TooEarly(clock.end)),
            };
        }
        let Some(end) = clock.end else {
            return Ok(());
        };
        // A step that would meet the clock itself comes too late even when it was met once before.
        let over = match clock.standing {
            _ if names(&row.stop, &step.id.id) => end.is_passed_by(at),
            Standing::Late | Standing::Lapsed | Standing::Expired | Standing::MetLate => true,
            _ => false,
        };
        if over { no(Why::Expired(end)) } else { Ok(()) }
    }
}

fn missing<'c>(step: &'c Step, papers: &Papers) -> Vec<&'c AnyOf> {
    step.needs.iter().filter(|any| !any.ids.iter().any(|id| papers.contains(id))).collect()
}

impl Why<'_> {
    /// Its name in the data of stories and in the translation files.
    pub fn key(&self) -> &'static str {
        match self {
            Self::UnknownStep => "unknown_step",
            Self::OutOfOrder(_) => "out_of_order",
            Self::Ended => "ended",
            Self::WrongState(_) => "wrong_state",
            Self::Blocked(_) => "blocked",
            Self::WrongRole => "wrong_role",
            Self::Level(_) => "level",
            Self::NotAfter(_) => "not_after",
            Self::Missing(_) => "missing_item",
            Self::NeedsDay => "needs_day",
            Self::NeedsTime => "needs_time",
            Self::TooLate(_) => "too_late",
            Self::TooEarly(_) => "too_early",
            Self::Expired(_) => "expired",
            Self::TooShort(_) => "too_short",
            Self::NoPlace(_) => "no_place",
        }
    }
}
