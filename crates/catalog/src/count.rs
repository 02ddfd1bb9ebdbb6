//! Counting periods: the first day never counts, working days by the calendar, months by the
//! corresponding day, hours by the clock; pauses left out; roll-over only where a row says so.

use crate::calendar::{Calendar, Kind};
use crate::day::{Day, When};
use crate::text::Length;

/// The end of a period: to the end of a day, or to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Until 24:00 of the day, or the close of business (民法典 art. 203).
    Day(Day),
    /// Until that minute of that day.
    Minute(Day, u16),
}

/// Days that don't count: those after `from`, up to and with `to`; without end while it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    /// The day it began, which still counts.
    pub from: Day,
    /// The day it ended, which doesn't count.
    pub to: Option<Day>,
}

impl End {
    /// The day.
    pub fn day(self) -> Day {
        match self {
            Self::Day(day) | Self::Minute(day, _) => day,
        }
    }

    /// The minute of that day; the last one where it ends with the day.
    pub fn minute(self) -> u16 {
        match self {
            Self::Day(_) => 24 * 60,
            Self::Minute(_, minute) => minute,
        }
    }

    /// Whether a moment lies beyond the end. A moment without its hour counts as its day's start.
    pub fn is_passed_by(self, when: When) -> bool {
        match self {
            Self::Day(day) => when.day > day,
            Self::Minute(day, minute) => {
                when.day > day || (when.day == day && when.minute.is_some_and(|at| at > minute))
            }
        }
    }
}

impl std::fmt::Display for End {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Minute(day, minute) => {
                write!(f, "{}", When { day, minute: Some(minute) })
            }
        }
    }
}

/// The end of a period that starts with an event; none while a pause keeps it from ending.
///
/// `pauses` are in order and don't overlap. Hours run through pauses: no act stops a clock of hours.
/// A start without its hour counts from midnight; [`crate::Case::allowed`] lets no such start pass.
pub fn end(calendar: &Calendar, start: When, length: Length, pauses: &[Pause]) -> Option<End> {
    match length {
        Length::Hours(hours) => {
            let minutes = u32::from(start.minute.unwrap_or(0)) + 60 * hours;
            Some(End::Minute(start.day.plus((minutes / 1440) as i32), (minutes % 1440) as u16))
        }
        Length::Months(months) => stretched(start.day, start.day.plus_months(months), pauses),
        Length::Days(days) => stretched(start.day, start.day.plus(days as i32), pauses),
        Length::WorkingDays(days) => working(calendar, start.day, days, pauses),
    }
}

impl From<Day> for End {
    fn from(day: Day) -> Self {
        Self::Day(day)
    }
}

/// An end in calendar days, moved by the days of each pause that begins before it.
pub(crate) fn stretched(start: Day, end: Day, pauses: &[Pause]) -> Option<End> {
    let mut end = end;
    for pause in pauses {
        let from = pause.from.max(start);
        if from >= end {
            break;
        }
        let to = pause.to?;
        if to > from {
            end = end.plus(to.number() - from.number());
        }
    }
    Some(End::Day(end))
}

fn working(calendar: &Calendar, start: Day, days: u32, pauses: &[Pause]) -> Option<End> {
    let (mut at, mut left) = (start, days);
    for pause in pauses {
        let from = pause.from.max(at);
        let counted = calendar.working_days(at, from);
        if counted >= left {
            break;
        }
        left -= counted;
        at = pause.to?.max(from);
    }
    Some(End::Day(calendar.after(at, left)))
}

/// The day `length` before a day that doesn't count itself: the last of so many days back.
///
/// Months and hours can't be counted back here; the checker refuses such rows.
pub fn back(calendar: &Calendar, from: Day, length: Length) -> Day {
    match length {
        Length::WorkingDays(days) => calendar.before(from, days),
        Length::Days(days) => from.plus(-(days as i32)),
        Length::Months(_) | Length::Hours(_) => from,
    }
}

/// A last day moved over days off, and over what kind of day.
pub fn rolled(calendar: &Calendar, end: End) -> (End, Option<Kind>) {
    match end {
        End::Day(day) => match calendar.kind(day) {
            Kind::Working => (end, None),
            kind => (End::Day(calendar.on_or_after(day)), Some(kind)),
        },
        End::Minute(..) => (end, None),
    }
}
