//! Clocks of a case: what is due when, and why.

use crate::calendar::{self, Calendar};
use crate::case::Happening;
use crate::count::{self, End};
use crate::day::{Day, When};
use crate::norm::{Mark, Norms};
use crate::procedure::{Arm, Deadline, Kind, More, Take, names};
use crate::text::{Cite, Length, Ref};

/// A clock of a case at a moment.
#[derive(Clone, Debug)]
pub struct Clock<'c> {
    /// The row.
    pub deadline: &'c Deadline,
    /// How it stands.
    pub standing: Standing,
    /// Its end; none while it is paused. Of a count back to a *not before*: the first day allowed.
    pub end: Option<End>,
    /// What its end rests on.
    pub cites: &'c Cite,
    /// What its basis, its reading and its roll-over are worth together.
    pub mark: Mark,
    /// Whether it rests on a year whose working days are not published.
    pub provisional: bool,
    /// How it came about, in order.
    pub because: Vec<Because<'c>>,
}

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It runs.
    Running,
    /// It stands still.
    Paused,
    /// What it asks was done in time.
    Met,
    /// It was done, late.
    MetLate,
    /// It was not done in time.
    Late,
    /// The state has lasted as long as it may.
    Lapsed,
    /// The right may be objected to, or is lost.
    Expired,
    /// The waiting time is over.
    Over,
    /// Something made it void.
    Void,
    /// The procedure has ended without it.
    Moot,
}

impl Standing {
    /// Its name in the translation files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Met => "met",
            Self::MetLate => "met_late",
            Self::Late => "late",
            Self::Lapsed => "lapsed",
            Self::Expired => "expired",
            Self::Over => "over",
            Self::Void => "void",
            Self::Moot => "moot",
        }
    }
}

/// One reason for an end.
#[derive(Clone, Copy, Debug)]
pub enum Because<'c> {
    /// It was started.
    Started(&'c Ref, When, Length),
    /// It was counted back from a named day.
    CountedBack(&'c Ref, Day, Length),
    /// It was started anew.
    Restarted(&'c Ref, When),
    /// Days were left out.
    Paused(When, Option<When>, &'c Cite),
    /// It was made longer.
    Extended(When, More, &'c Cite),
    /// Its last day was moved over days off.
    Rolled(Day, calendar::Kind, &'c Cite),
}

/// What counting needs.
#[derive(Clone, Copy)]
pub(crate) struct Context<'c> {
    pub norms: &'c Norms,
    pub calendar: &'c Calendar,
    /// Whether the main track has ended.
    pub ended: bool,
}

/// The clock of a row; none when nothing has started it.
pub(crate) fn clock<'c>(
    deadline: &'c Deadline,
    log: &[Happening],
    now: When,
    context: Context<'c>,
) -> Option<Clock<'c>> {
    let mut period = if deadline.before.is_empty() {
        forward(deadline, log, context)?
    } else {
        backward(deadline, log, context)?
    };
    roll(deadline, &mut period, context.calendar);
    let basis = [Some(context.norms.mark(&deadline.cites)), Some(context.norms.mark(period.cites))];
    let mark = basis.into_iter().chain([deadline.mark, period.mark]).flatten().max();
    let standing = standing(deadline, &period, log, now, context.ended);
    Some(Clock {
        deadline,
        standing,
        end: period.end,
        cites: period.cites,
        mark: mark.unwrap_or(Mark::Recalled),
        provisional: period.provisional,
        because: period.because,
    })
}

/// A period on its way to an end.
struct Period<'c> {
    /// Place in the log of what started it.
    start: usize,
    end: Option<End>,
    cites: &'c Cite,
    /// A reading that lowers what the end is worth.
    mark: Option<Mark>,
    provisional: bool,
    because: Vec<Because<'c>>,
}

fn forward<'c>(
    deadline: &'c Deadline,
    log: &[Happening],
    context: Context<'c>,
) -> Option<Period<'c>> {
    if deadline.arm.is_empty() {
        let start = last(log, &deadline.from)?;
        if log[..start].iter().any(|done| names(&deadline.already, &done.step)) {
            return None;
        }
        return Some(single(deadline, log, start, context));
    }
    let later = deadline.take == Some(Take::Later);
    deadline.arm.iter().filter_map(|arm| armed(deadline, arm, log, context)).reduce(|a, b| {
        // Which one counts rests on both.
        let provisional = a.provisional || b.provisional;
        let mark = a.mark.max(b.mark);
        let b_is_later = end_day(&b) > end_day(&a);
        let taken = if b_is_later == later { b } else { a };
        Period { provisional, mark, ..taken }
    })
}

fn end_day(period: &Period<'_>) -> Option<Day> {
    period.end.map(End::day)
}

/// One period with its pauses and extensions.
fn single<'c>(
    deadline: &'c Deadline,
    log: &[Happening],
    start: usize,
    context: Context<'c>,
) -> Period<'c> {
    let at = log[start].at;
    let mut length = deadline.within.unwrap_or(Length::Days(0));
    let mut because = vec![Because::Started(named(&deadline.from, &log[start].step), at, length)];
    let stop = first(log, start, &deadline.stop).unwrap_or(log.len());
    let pauses = pauses(deadline, &log[..stop], at.day, &mut because);
    let mut fixed: Option<Day> = None;
    for done in &log[start + 1..stop] {
        let Some(extend) = deadline.extend.iter().find(|row| row.step.id == done.step) else {
            continue;
        };
        match extend.by {
            More::Length(more) => match fixed {
                // Rows whose units differ are refused by the checker.
                None => length = length.plus(more).unwrap_or(length),
                Some(day) => {
                    let longer = count::end(context.calendar, When::on(day), more, &[]);
                    fixed = longer.map(End::day);
                }
            },
            More::Decided => fixed = done.planned.or(fixed),
        }
        because.push(Because::Extended(done.at, extend.by, &extend.cites));
    }
    let end = match fixed {
        None => count::end(context.calendar, at, length, &pauses),
        Some(day) => {
            let since = last(&log[..stop], &extending(deadline)).map_or(at.day, |i| log[i].at.day);
            let later: Vec<_> = pauses.into_iter().filter(|pause| pause.from >= since).collect();
            count::stretched(since, day, &later)
        }
    };
    let counts_working = matches!(length, Length::WorkingDays(_)) && fixed.is_none();
    let until = end.map_or(at.day, End::day);
    Period {
        start,
        end,
        cites: &deadline.cites,
        mark: None,
        provisional: counts_working && !context.calendar.is_published(at.day.plus(1), until),
        because,
    }
}

fn extending(deadline: &Deadline) -> Vec<Ref> {
    deadline
        .extend
        .iter()
        .filter(|row| row.by == More::Decided)
        .map(|row| row.step.clone())
        .collect()
}

/// A period that acts can start anew, while it still runs.
fn armed<'c>(
    deadline: &'c Deadline,
    arm: &'c Arm,
    log: &[Happening],
    context: Context<'c>,
) -> Option<Period<'c>> {
    let start = last(log, &arm.from)?;
    let stop = first(log, start, &deadline.stop).unwrap_or(log.len());
    let mut at = log[start].at;
    let mut because = vec![Because::Started(named(&arm.from, &log[start].step), at, arm.within)];
    let mut end = count::end(context.calendar, at, arm.within, &[]);
    for done in &log[start + 1..stop] {
        if !names(&arm.restart, &done.step) {
            continue;
        }
        // What has run out can't be interrupted: the end is rolled over before it is compared.
        let last_day = end.map(|end| match &deadline.rollover {
            Some(_) => count::rolled(context.calendar, end).0,
            None => end,
        });
        if last_day.is_some_and(|last| last.is_passed_by(done.at)) {
            break;
        }
        at = done.at;
        end = count::end(context.calendar, at, arm.within, &[]);
        because.push(Because::Restarted(named(&arm.restart, &done.step), at));
    }
    let counts_working = matches!(arm.within, Length::WorkingDays(_));
    let until = end.map_or(at.day, End::day);
    Some(Period {
        start,
        end,
        cites: &arm.cites,
        mark: Some(context.norms.mark(&arm.cites)),
        provisional: counts_working && !context.calendar.is_published(at.day.plus(1), until),
        because,
    })
}

fn backward<'c>(
    deadline: &'c Deadline,
    log: &[Happening],
    context: Context<'c>,
) -> Option<Period<'c>> {
    let start = last(log, &deadline.before)?;
    let day = log[start].planned?;
    let length = deadline.within?;
    let end = counted_back(deadline, day, context.calendar)?;
    let counts_working = matches!(length, Length::WorkingDays(_));
    Some(Period {
        start,
        end: Some(End::Day(end)),
        cites: &deadline.cites,
        mark: None,
        provisional: counts_working && !context.calendar.is_published(end, day),
        because: vec![Because::CountedBack(named(&deadline.before, &log[start].step), day, length)],
    })
}

/// The day counted back from `day`: the last on which to act, so that `within` clear days lie
/// between, or of a *not before* the first on which one may.
pub(crate) fn counted_back(deadline: &Deadline, day: Day, calendar: &Calendar) -> Option<Day> {
    let length = deadline.within?;
    let back = count::back(calendar, day, length);
    Some(if deadline.kind == Kind::NotBefore || back == day { back } else { back.plus(-1) })
}

/// Moves the last day over days off, where the row has a source for it.
fn roll<'c>(deadline: &'c Deadline, period: &mut Period<'c>, calendar: &Calendar) {
    let (Some(end), Some(cites)) = (period.end, &deadline.rollover) else {
        return;
    };
    let (moved, over) = count::rolled(calendar, end);
    period.end = Some(moved);
    period.provisional |= !calendar.is_published(end.day(), moved.day());
    if let Some(kind) = over {
        period.because.push(Because::Rolled(end.day(), kind, cites));
        // That a mere weekend is a 法定休假日 is recalled practice.
        if kind == calendar::Kind::Weekend {
            period.mark = Some(Mark::Recalled);
        }
    }
}

fn standing(
    deadline: &Deadline,
    period: &Period<'_>,
    log: &[Happening],
    now: When,
    ended: bool,
) -> Standing {
    if first(log, period.start, &deadline.void).is_some() {
        return Standing::Void;
    }
    // The step that names the day is itself what the clock asks for, as a notice of hearing is.
    let is_own_anchor = deadline.before.iter().any(|anchor| names(&deadline.blocks, &anchor.id));
    let stop =
        if is_own_anchor { Some(period.start) } else { first(log, period.start, &deadline.stop) };
    let passed = |when| period.end.is_some_and(|end| end.is_passed_by(when));
    if let Some(stop) = stop {
        return if passed(log[stop].at) { Standing::MetLate } else { Standing::Met };
    }
    if ended && !deadline.survives_end {
        return Standing::Moot;
    }
    let Some(end) = period.end else {
        return Standing::Paused;
    };
    if deadline.kind == Kind::NotBefore && !deadline.before.is_empty() {
        return if now.day >= end.day() { Standing::Over } else { Standing::Running };
    }
    match (passed(now), deadline.kind) {
        (false, _) => Standing::Running,
        (true, Kind::ActBy) => Standing::Late,
        (true, Kind::NotBefore) => Standing::Over,
        (true, Kind::MaxDuration) => Standing::Lapsed,
        (true, Kind::Limitation) => Standing::Expired,
    }
}

/// Days left out, in order and without overlap.
fn pauses<'c>(
    deadline: &'c Deadline,
    log: &[Happening],
    since: Day,
    because: &mut Vec<Because<'c>>,
) -> Vec<count::Pause> {
    let mut found: Vec<count::Pause> = Vec::new();
    for row in &deadline.pause {
        let mut open: Option<When> = None;
        for done in log {
            let closes =
                done.step == row.to.id || row.or.as_ref().is_some_and(|or| or.id == done.step);
            match open {
                None if done.step == row.from.id => open = Some(done.at),
                Some(from) if closes => {
                    open = None;
                    if done.at.day > since {
                        found.push(count::Pause { from: from.day, to: Some(done.at.day) });
                        because.push(Because::Paused(from, Some(done.at), &row.cites));
                    }
                }
                _ => {}
            }
        }
        if let Some(from) = open {
            found.push(count::Pause { from: from.day, to: None });
            because.push(Because::Paused(from, None, &row.cites));
        }
    }
    merged(found)
}

/// Overlapping pauses count once.
fn merged(mut pauses: Vec<count::Pause>) -> Vec<count::Pause> {
    pauses.sort_by_key(|pause| pause.from);
    let mut merged: Vec<count::Pause> = Vec::with_capacity(pauses.len());
    for pause in pauses {
        match merged.last_mut() {
            Some(before) if before.to.is_none_or(|to| pause.from <= to) => {
                before.to = match (before.to, pause.to) {
                    (Some(a), Some(b)) => Some(a.max(b)),
                    _ => None,
                };
            }
            _ => merged.push(pause),
        }
    }
    merged
}

/// The last happening of one of the steps.
fn last(log: &[Happening], steps: &[Ref]) -> Option<usize> {
    log.iter().rposition(|done| names(steps, &done.step))
}

/// The first happening of one of the steps after a place.
fn first(log: &[Happening], after: usize, steps: &[Ref]) -> Option<usize> {
    let found = log[after + 1..].iter().position(|done| names(steps, &done.step))?;
    Some(after + 1 + found)
}

fn named<'c>(refs: &'c [Ref], id: &str) -> &'c Ref {
    refs.iter().find(|reference| reference.id == id).expect("the step was found by these names")
}
