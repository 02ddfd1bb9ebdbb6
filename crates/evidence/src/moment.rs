//! Moments as events write them.

/// Reads a moment in UTC, `2026-11-24T03:19:54.123Z` or without the fraction: milliseconds since
/// 1970-01-01.
///
/// Stricter than RFC 3339, so that a moment has one spelling: capital letters, three decimals or
/// none, `Z`, no leap second.
pub fn parse(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let form: &[u8] = match bytes.len() {
        20 => b"dddd-dd-ddTdd:dd:ddZ",
        24 => b"dddd-dd-ddTdd:dd:dd.dddZ",
        _ => return None,
    };
    let fits = |(&byte, &form): (&u8, &u8)| {
        if form == b'd' { byte.is_ascii_digit() } else { byte == form }
    };
    if !bytes.iter().zip(form).all(fits) {
        return None;
    }
    let number = |from: usize, to: usize| -> i64 {
        bytes[from..to].iter().fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'))
    };
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let (hour, minute, second) = (number(11, 13), number(14, 16), number(17, 19));
    let millis = if bytes.len() == 24 { number(20, 23) } else { 0 };
    let clock_fits = hour < 24 && minute < 60 && second < 60;
    if !clock_fits || !(1..=12).contains(&month) || day < 1 || day > days_of(year, month) {
        return None;
    }
    let seconds = days_since_1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
    Some(seconds * 1000 + millis)
}

fn is_leap(year: i64) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days in the proleptic Gregorian calendar, the year taken to start in March so that the leap day
/// comes last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + leap_days + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn moments() {
        assert_eq!(parse("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(parse("2000-02-29T12:34:56.789Z"), Some(951_827_696_789));
        assert_eq!(parse("2026-11-24T03:19:54.123Z"), Some(1_795_490_394_123));
        assert_eq!(parse("1969-12-31T23:59:59.999Z"), Some(-1));
        for bad in [
            "",
            "2026-11-24",
            "2026-02-29T00:00:00Z",
            "2026-11-24T24:00:00Z",
            "2026-11-24T03:19:60Z",
            "2026-11-24t03:19:54Z",
            "2026-11-24T03:19:54.1Z",
            "2026-11-24T03:19:54+00:00",
            "2026-13-24T03:19:54Z",
            "2026-11-00T03:19:54Z",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
