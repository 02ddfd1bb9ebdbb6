//! Periods of a report: a month, quarter, half-year or year, by one word.

use std::fmt;

use crate::moment::Day;

/// A whole month, quarter, half-year or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    year: i32,
    /// Months in it: 1, 3, 6 or 12.
    span: u8,
    /// Which of its sort in the year, from 1.
    part: u8,
}

impl Period {
    /// Spans of months, the shortest first.
    pub const SPANS: [u8; 4] = [1, 3, 6, 12];

    /// The period of so many months in which a day lies; a span of no sort is taken for a year.
    pub fn of(day: Day, span: u8) -> Self {
        let span = if Self::SPANS.contains(&span) { span } else { 12 };
        Self { year: day.year(), span, part: (day.month() - 1) / span + 1 }
    }

    /// Reads `2026`, `2026-H1`, `2026-Q3` or `2026-07`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (year, rest) = match text.split_once('-') {
            Some((year, rest)) => (year, rest),
            None => (text, ""),
        };
        let digits = |text: &str, n: usize| {
            let all = text.len() == n && text.bytes().all(|byte| byte.is_ascii_digit());
            all.then(|| text.parse::<i32>().ok()).flatten()
        };
        let year = digits(year, 4).filter(|year| (1900..=9000).contains(year))?;
        if rest.is_empty() {
            return (!text.contains('-')).then_some(Self { year, span: 12, part: 1 });
        }
        let (span, part) = match rest.split_at_checked(1)? {
            ("H" | "h", part) => (6, digits(part, 1)?),
            ("Q" | "q", part) => (3, digits(part, 1)?),
            _ => (1, digits(rest, 2)?),
        };
        let part = u8::try_from(part).ok().filter(|part| (1..=12 / span).contains(part))?;
        Some(Self { year, span, part })
    }

    /// Months in it.
    pub const fn span(self) -> u8 {
        self.span
    }

    /// Its year.
    pub const fn year(self) -> i32 {
        self.year
    }

    /// Which of its sort in the year, from 1.
    pub const fn part(self) -> u8 {
        self.part
    }

    /// Its first day.
    pub fn from(self) -> Day {
        let month = (self.part - 1) * self.span + 1;
        Day::parse(&format!("{:04}-{month:02}-01", self.year)).expect("the first of a month")
    }

    /// Its last day.
    pub fn until(self) -> Day {
        let next = self.from().plus_months(self.span.into());
        next.and_then(|next| next.plus_days(-1)).expect("a day before the year 9999")
    }

    /// The one before of the same sort.
    #[must_use]
    pub fn before(self) -> Self {
        Self::of(self.from().plus_days(-1).unwrap_or(self.from()), self.span)
    }

    /// The one after of the same sort.
    #[must_use]
    pub fn after(self) -> Self {
        Self::of(self.until().plus_days(1).unwrap_or(self.until()), self.span)
    }

    /// Its months, each as a period.
    pub fn months(self) -> Vec<Self> {
        let first = (self.part - 1) * self.span + 1;
        let months = first..first + self.span;
        months.map(|part| Self { year: self.year, span: 1, part }).collect()
    }
}

/// The word that [`Period::parse`] reads.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, span, part } = *self;
        match span {
            12 => write!(f, "{year:04}"),
            6 => write!(f, "{year:04}-H{part}"),
            3 => write!(f, "{year:04}-Q{part}"),
            _ => write!(f, "{year:04}-{part:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_name_days() {
        for (word, from, until) in [
            ("2026", "2026-01-01", "2026-12-31"),
            ("2026-H1", "2026-01-01", "2026-06-30"),
            ("2026-H2", "2026-07-01", "2026-12-31"),
            ("2026-Q1", "2026-01-01", "2026-03-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2026-12", "2026-12-01", "2026-12-31"),
        ] {
            let period = Period::parse(word).expect(word);
            assert_eq!(period.to_string(), word);
            assert_eq!(
                (period.from().to_string(), period.until().to_string()),
                (from.into(), until.into())
            );
            assert_eq!(period.before().after(), period);
            assert_eq!(period.months().len(), usize::from(period.span()));
            assert_eq!(Period::of(period.until(), period.span()), period);
        }
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for word in [
            "",
            "26",
            "2026-",
            "2026-H3",
            "2026-Q0",
            "2026-Q5",
            "2026-13",
            "2026-00",
            "2026-1",
            "2026-01-01",
            "2026-H",
            "20２6",
            "1800",
            "2026-半",
        ] {
            assert_eq!(Period::parse(word), None, "{word}");
        }
    }
}
