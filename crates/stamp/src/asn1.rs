//! DER in and out: just what time-stamps and certificates need (X.690 §8, §10).
//!
//! The reader is strict: definite lengths in their shortest form, single-byte tags, nothing left
//! over. So each structure has one encoding, and a changed byte cannot hide in a spare one.

use crate::error::Malformed;

pub(crate) const BOOLEAN: u8 = 0x01;
pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const NULL: u8 = 0x05;
pub(crate) const OID: u8 = 0x06;
pub(crate) const UTC_TIME: u8 = 0x17;
pub(crate) const GENERALIZED_TIME: u8 = 0x18;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;

/// `[n]` holding a primitive value.
pub(crate) const fn context(n: u8) -> u8 {
    0x80 | n
}

/// `[n]` holding other values.
pub(crate) const fn context_constructed(n: u8) -> u8 {
    0xa0 | n
}

/// One value: tag, contents, and both with the length between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tlv<'a> {
    pub(crate) tag: u8,
    pub(crate) body: &'a [u8],
    pub(crate) raw: &'a [u8],
}

impl<'a> Tlv<'a> {
    /// Reads the contents as a row of values.
    pub(crate) fn reader(&self) -> Reader<'a> {
        Reader { rest: self.body }
    }
}

/// Reads values one after the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next value, whatever it is.
    pub(crate) fn any(&mut self, what: &'static str) -> Result<Tlv<'a>, Malformed> {
        let (tlv, rest) = split(self.rest).ok_or(Malformed { what })?;
        self.rest = rest;
        Ok(tlv)
    }

    /// The next value, which must have this tag.
    pub(crate) fn take(&mut self, tag: u8, what: &'static str) -> Result<Tlv<'a>, Malformed> {
        let tlv = self.any(what)?;
        if tlv.tag == tag { Ok(tlv) } else { Err(Malformed { what }) }
    }

    /// The next value if it has this tag.
    pub(crate) fn take_if(
        &mut self,
        tag: u8,
        what: &'static str,
    ) -> Result<Option<Tlv<'a>>, Malformed> {
        if self.rest.first() == Some(&tag) { self.any(what).map(Some) } else { Ok(None) }
    }

    /// Nothing may follow.
    pub(crate) fn end(&self, what: &'static str) -> Result<(), Malformed> {
        if self.rest.is_empty() { Ok(()) } else { Err(Malformed { what }) }
    }
}

/// Reads exactly one value with this tag.
pub(crate) fn whole<'a>(
    bytes: &'a [u8],
    tag: u8,
    what: &'static str,
) -> Result<Tlv<'a>, Malformed> {
    let mut reader = Reader::new(bytes);
    let tlv = reader.take(tag, what)?;
    reader.end(what)?;
    Ok(tlv)
}

fn split(bytes: &[u8]) -> Option<(Tlv<'_>, &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    if tag & 0x1f == 0x1f {
        return None; // long-form tags do not occur in these formats
    }
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            let length = digits.iter().fold(0usize, |sum, &digit| sum << 8 | usize::from(digit));
            let shortest = if digits.len() == 1 { length > 0x7f } else { digits[0] != 0 };
            if !shortest {
                return None;
            }
            (length, rest)
        }
        _ => return None,
    };
    let (body, rest) = rest.split_at_checked(length)?;
    let raw = bytes.get(..bytes.len() - rest.len())?;
    Some((Tlv { tag, body, raw }, rest))
}

/// The magnitude of a non-negative INTEGER without leading zeros (empty for 0).
pub(crate) fn unsigned<'a>(tlv: &Tlv<'a>, what: &'static str) -> Result<&'a [u8], Malformed> {
    let body = match *tlv.body {
        [] => return Err(Malformed { what }),
        [high, ..] if high & 0x80 != 0 => return Err(Malformed { what }),
        [0, next, ..] if next & 0x80 == 0 => return Err(Malformed { what }),
        [0, ..] => &tlv.body[1..],
        _ => tlv.body,
    };
    Ok(body)
}

/// A non-negative INTEGER that fits 64 bits.
pub(crate) fn small(tlv: &Tlv<'_>, what: &'static str) -> Result<u64, Malformed> {
    let digits = unsigned(tlv, what)?;
    if digits.len() > 8 {
        return Err(Malformed { what });
    }
    Ok(digits.iter().fold(0, |sum, &digit| sum << 8 | u64::from(digit)))
}

/// The bytes of a BIT STRING whose length is a multiple of 8 bits.
pub(crate) fn bits<'a>(tlv: &Tlv<'a>, what: &'static str) -> Result<&'a [u8], Malformed> {
    match tlv.body.split_first() {
        Some((0, bytes)) => Ok(bytes),
        _ => Err(Malformed { what }),
    }
}

/// A moment from UTCTime or GeneralizedTime, in milliseconds since 1970-01-01T00:00:00Z.
///
/// GeneralizedTime may carry a fraction (RFC 3161 §2.4.2); what is finer than a millisecond is
/// dropped. Only `Z` is accepted as zone.
pub(crate) fn moment(tlv: &Tlv<'_>, what: &'static str) -> Result<i64, Malformed> {
    read_moment(tlv).ok_or(Malformed { what })
}

fn read_moment(tlv: &Tlv<'_>) -> Option<i64> {
    let text = tlv.body.strip_suffix(b"Z")?;
    let (year, text) = match tlv.tag {
        UTC_TIME => {
            let (digits, text) = text.split_at_checked(2)?;
            let year = number(digits)?;
            // RFC 5280 §4.1.2.5.1: two digits mean 1950 to 2049.
            (if year < 50 { 2000 + year } else { 1900 + year }, text)
        }
        GENERALIZED_TIME => {
            let (digits, text) = text.split_at_checked(4)?;
            (number(digits)?, text)
        }
        _ => return None,
    };
    let (fields, fraction) = text.split_at_checked(10)?;
    let [month, day, hour, minute, second] =
        [0, 2, 4, 6, 8].map(|at| fields.get(at..at + 2).and_then(number));
    let (month, day, hour, minute, second) = (month?, day?, hour?, minute?, second?);
    let in_range = (1..=12).contains(&month)
        && (1..=days_in_month(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    if !in_range {
        return None;
    }
    let millis = match fraction {
        [] => 0,
        // DER: a fraction ends in another digit than 0 (X.690 §11.7.3).
        [b'.', digits @ ..] if tlv.tag == GENERALIZED_TIME => {
            if digits.is_empty() || digits.last() == Some(&b'0') || digits.len() > 9 {
                return None;
            }
            number(digits)?; // all of them must be digits
            (0..3).fold(0, |sum, at| {
                sum * 10 + digits.get(at).map_or(0, |digit| i64::from(digit - b'0'))
            })
        }
        _ => return None,
    };
    let seconds = ((days_from_civil(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
    Some(seconds * 1000 + millis)
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |sum, digit| {
        digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0'))
    })
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the Gregorian calendar; the year starts in March, so that the leap
/// day is its last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468
}

/// An object identifier in dotted decimal; `?` where a part exceeds 128 bits or is cut off.
pub(crate) fn dotted(body: &[u8]) -> String {
    let mut text = String::new();
    let mut part: Option<u128> = Some(0);
    let mut open = false;
    for &byte in body {
        part = part
            .filter(|value| value.leading_zeros() >= 7)
            .map(|value| value << 7 | u128::from(byte & 0x7f));
        open = byte & 0x80 != 0;
        if open {
            continue;
        }
        let shown = match part {
            None => "?".to_owned(),
            Some(value) if text.is_empty() => {
                let first = (value / 40).min(2);
                format!("{first}.{}", value - first * 40)
            }
            Some(value) => value.to_string(),
        };
        if !text.is_empty() {
            text.push('.');
        }
        text.push_str(&shown);
        part = Some(0);
    }
    if open || text.is_empty() {
        text.push('?');
    }
    text
}

/// Encodes one value around the joined `parts`.
pub(crate) fn encode(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut out = vec![tag];
    if length < 0x80 {
        out.push(length as u8);
    } else {
        let digits = length.to_be_bytes();
        let digits = &digits[digits.iter().take_while(|&&digit| digit == 0).count()..];
        out.push(0x80 | digits.len() as u8);
        out.extend_from_slice(digits);
    }
    parts.iter().for_each(|part| out.extend_from_slice(part));
    out
}

/// Encodes a non-negative INTEGER from its big-endian bytes, shortest form.
pub(crate) fn encode_unsigned(big_endian: &[u8]) -> Vec<u8> {
    let zeros = big_endian.iter().take_while(|&&digit| digit == 0).count();
    let digits = &big_endian[zeros..];
    match digits.first() {
        Some(high) if high & 0x80 == 0 => encode(INTEGER, &[digits]),
        _ => encode(INTEGER, &[&[0], digits]),
    }
}

#[cfg(feature = "issue")]
pub(crate) fn encode_moment(time_ms: i64, tag: u8, with_millis: bool) -> Vec<u8> {
    let (days, of_day) = (time_ms.div_euclid(86_400_000), time_ms.rem_euclid(86_400_000));
    let (year, month, day) = civil_from_days(days);
    let (hour, minute) = (of_day / 3_600_000, of_day / 60_000 % 60);
    let (second, millis) = (of_day / 1000 % 60, of_day % 1000);
    let year = if tag == UTC_TIME { format!("{:02}", year % 100) } else { format!("{year:04}") };
    let mut text = format!("{year}{month:02}{day:02}{hour:02}{minute:02}{second:02}");
    if with_millis && millis != 0 {
        text.push_str(format!(".{millis:03}").trim_end_matches('0'));
    }
    text.push('Z');
    encode(tag, &[text.as_bytes()])
}

#[cfg(feature = "issue")]
pub(crate) fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
    (year + era * 400, month, day)
}

#[cfg(all(test, feature = "issue"))]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(tag: u8, text: &str) -> Option<i64> {
        let der = encode(tag, &[text.as_bytes()]);
        moment(&whole(&der, tag, "").unwrap(), "").ok()
    }

    proptest! {
        #[test]
        fn moments_read_back(time_ms in 0..253_402_300_800_000i64) {
            let der = encode_moment(time_ms, GENERALIZED_TIME, true);
            let tlv = whole(&der, GENERALIZED_TIME, "").unwrap();
            prop_assert_eq!(moment(&tlv, ""), Ok(time_ms));
        }

        #[test]
        fn lengths_read_back(body in proptest::collection::vec(any::<u8>(), 0..70_000)) {
            let der = encode(OCTET_STRING, &[&body]);
            prop_assert_eq!(whole(&der, OCTET_STRING, "").unwrap().body, &body[..]);
        }

        #[test]
        fn numbers_read_back(number: u64) {
            let der = encode_unsigned(&number.to_be_bytes());
            prop_assert_eq!(small(&whole(&der, INTEGER, "").unwrap(), ""), Ok(number));
        }
    }

    #[test]
    fn moments_by_hand() {
        assert_eq!(read(UTC_TIME, "700101000000Z"), Some(0));
        assert_eq!(read(UTC_TIME, "491231235959Z"), Some(2_524_607_999_000));
        assert_eq!(read(UTC_TIME, "500101000000Z"), Some(-631_152_000_000));
        assert_eq!(read(GENERALIZED_TIME, "20240229120000.5Z"), Some(1_709_208_000_500));
        assert_eq!(read(GENERALIZED_TIME, "20240229120000.1239Z"), Some(1_709_208_000_123));
        for bad in [
            "20230229120000Z",
            "20241301000000Z",
            "20240100000000Z",
            "20240101240000Z",
            "20240101006000Z",
            "20240101000060Z",
            "20240101000000",
            "20240101000000.Z",
            "20240101000000.50Z",
            "20240101000000.xZ",
            "20240101000000+0800",
            "2024010100000Z",
            "202401010000Z",
            "２0240101000000Z",
        ] {
            assert_eq!(read(GENERALIZED_TIME, bad), None, "{bad}");
        }
        assert_eq!(read(UTC_TIME, "700101000000.5Z"), None);
    }

    #[test]
    fn identifiers_of_any_shape() {
        assert_eq!(dotted(&[]), "?");
        assert_eq!(dotted(&[0x2a]), "1.2");
        assert_eq!(dotted(&[0x88, 0x37]), "2.999");
        assert_eq!(dotted(&[0x2a, 0x86]), "1.2?", "cut off");
        assert_eq!(dotted(&[&[0x2a][..], &[0xff; 30], &[0x7f]].concat()), "1.2.?");
    }

    #[test]
    fn only_the_shortest_form_is_read() {
        for bad in [
            &[0x04, 0x81, 0x01, 0][..],
            &[0x04, 0x82, 0x00, 0x80],
            &[0x04, 0x80, 0, 0],
            &[0x04, 0x85, 0, 0, 0, 0, 0],
            &[0x1f, 0x81, 0x00, 0],
            &[0x04, 2, 0],
            &[0x04],
        ] {
            assert!(Reader::new(bad).any("").is_err(), "{bad:02x?}");
        }
        for bad in [&[][..], &[0x80], &[0, 1]] {
            let der = encode(INTEGER, &[bad]);
            assert!(unsigned(&whole(&der, INTEGER, "").unwrap(), "").is_err(), "{bad:02x?}");
        }
    }
}
