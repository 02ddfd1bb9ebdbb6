//! Days of the civil calendar, and moments as the clock on the wall shows them.
//!
//! Statutes count in local days and hours, so this room knows no zone: the caller turns the
//! journal's moments into local ones first. The domain uses this room, so its types can't be ours.

use std::cmp::Ordering;
use std::fmt;

use serde::Deserialize;

/// A date of the civil calendar, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// A day, and the minute of that day where it is known: 0 to 1439.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct When {
    /// The day.
    pub day: Day,
    /// Minutes since midnight; `None` when only the day is known.
    pub minute: Option<u16>,
}

/// A text that is no date between 1980 and 2099, or no moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date from 1980 to 2099: write 2026-03-02 or 2026-03-02 15:00")]
pub struct NotADay;

/// First and last year that can be written down. Periods may reach beyond.
const YEARS: std::ops::RangeInclusive<i32> = 1980..=2099;

impl Day {
    /// The day of that date; `None` when there is none, or not from 1980 to 2099.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        if !YEARS.contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        (1..=month_length(year, month)).contains(&day).then(|| Self::of(year, month, day))
    }

    /// Reads `2026-03-02`.
    ///
    /// # Errors
    /// [`NotADay`] when there is no such day.
    pub fn parse(text: &str) -> Result<Self, NotADay> {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let mut parts = text.split('-');
        let (Some(year), Some(month), Some(day), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotADay);
        };
        if (year.len(), month.len(), day.len()) != (4, 2, 2)
            || ![year, month, day].map(digits)[..].iter().all(|ok| *ok)
        {
            return Err(NotADay);
        }
        let number = |part: &str| part.parse::<i32>().map_err(|_| NotADay);
        let small = |part: &str| part.parse::<u8>().map_err(|_| NotADay);
        Self::new(number(year)?, small(month)?, small(day)?).ok_or(NotADay)
    }

    /// Days since 1970-01-01.
    pub fn number(self) -> i32 {
        self.0
    }

    /// The day with that number of days since 1970-01-01.
    pub fn from_number(number: i32) -> Self {
        Self(number)
    }

    /// Year, month, day of the month.
    pub fn date(self) -> (i32, u8, u8) {
        // The civil calendar by eras of 400 years, beginning in March.
        let shifted = i64::from(self.0) + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (year as i32, month as u8, day as u8)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.date().0
    }

    /// 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> u8 {
        (self.0 + 3).rem_euclid(7) as u8
    }

    /// So many days later; earlier when negative.
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// The corresponding day so many months later, or that month's last day where there is none
    /// (民法典 art. 202).
    pub fn plus_months(self, months: u32) -> Self {
        let (year, month, day) = self.date();
        let sum = i64::from(month) - 1 + i64::from(months);
        let (year, month) = (year + (sum / 12) as i32, (sum % 12) as u8 + 1);
        Self::of(year, month, day.min(month_length(year, month)))
    }

    fn of(year: i32, month: u8, day: u8) -> Self {
        let year = i64::from(year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let from_march = (i64::from(month) + 9) % 12;
        let of_year = (153 * from_march + 2) / 5 + i64::from(day) - 1;
        let days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        Self((era * 146_097 + days - 719_468) as i32)
    }
}

fn month_length(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl When {
    /// A day without its hour.
    pub fn on(day: Day) -> Self {
        Self { day, minute: None }
    }

    /// Reads `2026-03-02` or `2026-03-02 15:00`.
    ///
    /// # Errors
    /// [`NotADay`] when it is neither.
    pub fn parse(text: &str) -> Result<Self, NotADay> {
        let Some((day, clock)) = text.split_once(' ') else {
            return Day::parse(text).map(Self::on);
        };
        let (hour, minute) = clock.split_once(':').ok_or(NotADay)?;
        if hour.len() != 2 || minute.len() != 2 {
            return Err(NotADay);
        }
        let small = |part: &str| part.parse::<u16>().map_err(|_| NotADay);
        let (hour, minute) = (small(hour)?, small(minute)?);
        if hour > 23 || minute > 59 {
            return Err(NotADay);
        }
        Ok(Self { day: Day::parse(day)?, minute: Some(hour * 60 + minute) })
    }

    /// How two moments lie; equal when they share a day and one of them has no hour.
    pub fn order(self, other: Self) -> Ordering {
        self.day.cmp(&other.day).then_with(|| match (self.minute, other.minute) {
            (Some(mine), Some(theirs)) => mine.cmp(&theirs),
            _ => Ordering::Equal,
        })
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.minute {
            Some(minute) => write!(f, "{} {:02}:{:02}", self.day, minute / 60, minute % 60),
            None => write!(f, "{}", self.day),
        }
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}
