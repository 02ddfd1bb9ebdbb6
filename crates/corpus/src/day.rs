//! The day on which something was published, as data writes it.

use serde::{Deserialize, Serialize};

/// A day as it was said, and the last day it can mean: a year alone may be its last day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Dated {
    /// The last day that it can be, `2019-12-31`.
    pub last: String,
    /// As it was said, `2019`.
    pub said: String,
}

impl Dated {
    /// Reads `2019-03-04`, `20190304`, `2019/3/4`, `2019年3月4日`, `2019-03`, `2019`, and whatever
    /// begins so, such as an RFC 3339 time. `None` for anything else and for days that don't exist.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        /// Longer ones are cut.
        const SAID_MAX: usize = 20;
        let text = text.trim();
        let numbers = numbers(text)?;
        let year = numbers[0].filter(|year| (1600..=2999).contains(year))?;
        let (month, day) = match (numbers[1], numbers[2]) {
            (None, _) => (12, 31),
            (Some(month @ 1..=12), None) => (month, month_days(year, month)),
            (Some(month @ 1..=12), Some(day)) if (1..=month_days(year, month)).contains(&day) => {
                (month, day)
            }
            _ => return None,
        };
        let said = text.chars().filter(|c| !c.is_control()).take(SAID_MAX).collect();
        Some(Self { last: format!("{year:04}-{month:02}-{day:02}"), said })
    }
}

/// Year, month and day as far as they are said.
fn numbers(text: &str) -> Option<[Option<u32>; 3]> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = |text: &str| text.parse().ok();
    if digits == 8 || digits == 6 {
        let (year, rest) = text[..digits].split_at(4);
        let day = if digits == 8 { number(&rest[2..]) } else { None };
        return Some([number(year), number(&rest[..2]), day]);
    }
    if digits != 4 {
        return None;
    }
    let mut found = [number(&text[..4]), None, None];
    let mut rest = &text[4..];
    for place in &mut found[1..] {
        let Some(mark) = rest.chars().next() else { break };
        if !matches!(mark, '-' | '/' | '.' | '年' | '月') {
            break;
        }
        rest = &rest[mark.len_utf8()..];
        let len = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
        if len == 0 || len > 2 {
            break;
        }
        *place = number(&rest[..len]);
        rest = &rest[len..];
    }
    Some(found)
}

fn month_days(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_day_is_read_as_data_writes_it_and_what_is_vague_counts_late() {
        for (text, last) in [
            ("2019-03-04", "2019-03-04"),
            ("2019-03-04T10:00:00Z", "2019-03-04"),
            ("20190304", "2019-03-04"),
            ("2019/3/4", "2019-03-04"),
            ("2019.03.04", "2019-03-04"),
            (" 2019年3月4日", "2019-03-04"),
            ("2019年3月", "2019-03-31"),
            ("2020-02", "2020-02-29"),
            ("201902", "2019-02-28"),
            ("2019", "2019-12-31"),
            ("2019年", "2019-12-31"),
        ] {
            assert_eq!(Dated::read(text).map(|dated| dated.last).as_deref(), Some(last), "{text}");
        }
        for text in ["", "2019-02-30", "2019-13", "03-04-2019", "0000", "March 2019", "201913"] {
            assert_eq!(Dated::read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "[0-9年月/. -]{0,12}", any: String) {
            let _ = (Dated::read(&text), Dated::read(&any));
        }
    }
}
