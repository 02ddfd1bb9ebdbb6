//! Calendars of working days: weekends, the notice of each year's holidays, and make-up days.
//!
//! A year without a published notice is provisional: counting goes on with what is known, and each
//! answer that touches the year says so.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::day::Day;
use crate::text::Text;

/// A region's working days.
#[derive(Clone, Debug)]
pub struct Calendar {
    region: String,
    years: Vec<Year>,
    published: BTreeSet<i32>,
    /// Of each day since [`FIRST`]: how many working days lie before it.
    before: Vec<u32>,
    /// All working days since [`FIRST`].
    working: Vec<Day>,
    named: BTreeSet<Day>,
}

/// One year's file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Year {
    /// Whose calendar: `cn`.
    pub region: String,
    /// The year.
    pub year: i32,
    /// Published, or not yet.
    pub status: Status,
    /// Where it was published, and through what it was read.
    pub source: String,
    /// Whether the source was seen.
    pub seen: bool,
    /// Days off by the notice, weekends among them included.
    pub off: Vec<Off>,
    /// Weekend days that are worked.
    pub work: Vec<Day>,
}

/// Whether a year's notice is out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The notice is out.
    Published,
    /// It is not, or was not seen: every answer says so.
    Provisional,
}

/// Days off in a row.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Off {
    /// First day off.
    pub from: Day,
    /// Last day off.
    pub to: Day,
    /// The holiday.
    pub name: Text,
}

/// What a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Worked.
    Working,
    /// A Saturday or Sunday that no notice names.
    Weekend,
    /// Off by the notice.
    Holiday,
}

/// Days off in a row, for one reason.
#[derive(Clone, Copy, Debug)]
pub struct Rest<'c> {
    /// The first.
    pub from: Day,
    /// The last.
    pub to: Day,
    /// The holiday; none for a weekend.
    pub holiday: Option<&'c Text>,
}

/// 1970-01-01; counting goes as far as periods can reach from the last day that can be written.
const FIRST: i32 = 0;
const LAST: i32 = 73_413; // 2170-12-31

impl Calendar {
    /// A calendar from its years' files; days of other years are counted by weekends alone.
    pub fn new(region: &str, years: Vec<Year>) -> Self {
        let mut named = BTreeSet::new();
        let mut worked = BTreeSet::new();
        for year in &years {
            for off in &year.off {
                named.extend((off.from.number()..=off.to.number()).map(Day::from_number));
            }
            worked.extend(year.work.iter().copied());
        }
        let mut before = Vec::with_capacity((LAST - FIRST) as usize + 2);
        let mut working = Vec::new();
        for number in FIRST..=LAST {
            before.push(working.len() as u32);
            let day = Day::from_number(number);
            if worked.contains(&day) || (day.weekday() < 5 && !named.contains(&day)) {
                working.push(day);
            }
        }
        before.push(working.len() as u32);
        let published =
            years.iter().filter(|year| year.status == Status::Published).map(|y| y.year).collect();
        Self { region: region.to_owned(), years, published, before, working, named }
    }

    /// Whose calendar it is.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The years' files.
    pub fn years(&self) -> &[Year] {
        &self.years
    }

    /// What a day is.
    pub fn kind(&self, day: Day) -> Kind {
        if self.is_working(day) {
            Kind::Working
        } else if self.named.contains(&day) {
            Kind::Holiday
        } else {
            Kind::Weekend
        }
    }

    /// Whether a day is worked.
    pub fn is_working(&self, day: Day) -> bool {
        self.rank(day.plus(1)) > self.rank(day)
    }

    /// How many working days lie after `from`, up to and with `to`.
    pub fn working_days(&self, from: Day, to: Day) -> u32 {
        self.rank(to.plus(1)).saturating_sub(self.rank(from.plus(1)))
    }

    /// The `n`th working day after `day`; `day` itself for 0.
    pub fn after(&self, day: Day, n: u32) -> Day {
        match n.checked_sub(1) {
            None => day,
            Some(n) => self.at(self.rank(day.plus(1)) + n),
        }
    }

    /// The `n`th working day before `day`; `day` itself for 0.
    pub fn before(&self, day: Day, n: u32) -> Day {
        if n == 0 { day } else { self.at(self.rank(day).saturating_sub(n)) }
    }

    /// The day itself when it is worked, otherwise the next working day.
    pub fn on_or_after(&self, day: Day) -> Day {
        self.at(self.rank(day))
    }

    /// The days off from one day to another, both included, each run with its reason.
    pub fn rests(&self, from: Day, to: Day) -> Vec<Rest<'_>> {
        let mut rests: Vec<Rest<'_>> = Vec::new();
        for day in (from.number()..=to.number()).map(Day::from_number) {
            if self.is_working(day) {
                continue;
            }
            let off = self.years.iter().flat_map(|year| &year.off);
            let holiday = off.into_iter().find(|off| (off.from..=off.to).contains(&day));
            let holiday = holiday.map(|off| &off.name);
            match rests.last_mut() {
                Some(last) if last.to.plus(1) == day && last.holiday == holiday => last.to = day,
                _ => rests.push(Rest { from: day, to: day, holiday }),
            }
        }
        rests
    }

    /// Saturdays and Sundays from one day to another, both included, that are worked.
    pub fn worked(&self, from: Day, to: Day) -> Vec<Day> {
        let days = self.years.iter().flat_map(|year| year.work.iter().copied());
        let mut days: Vec<Day> = days.filter(|day| (from..=to).contains(day)).collect();
        days.sort_unstable();
        days
    }

    /// Whether the notices of all years from one day to another are published.
    pub fn is_published(&self, from: Day, to: Day) -> bool {
        (from.year()..=to.year()).all(|year| self.published.contains(&year))
    }

    /// Working days before a day. Days beyond the table are brought back to its ends.
    fn rank(&self, day: Day) -> u32 {
        let place = (day.number().clamp(FIRST, LAST + 1) - FIRST) as usize;
        self.before[place]
    }

    fn at(&self, rank: u32) -> Day {
        self.working[(rank as usize).min(self.working.len() - 1)]
    }
}
