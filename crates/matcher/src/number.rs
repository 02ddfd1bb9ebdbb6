//! Tables as numbers: rows and columns in any order, units changed by powers of ten.
//!
//! A number counts by its significant digits alone: `1.50`, `0.0015`, `１．５` and `1500` are all
//! `15`. A row is the sorted numbers of one line.

use std::ops::Range;

/// Significant digits of a number that are kept.
const DIGITS_MAX: usize = 18;
/// Numbers of a line that count; what follows is another row.
const ROW_MAX: usize = 64;

/// A number in a text, by its significant digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number {
    /// The significant digits read as one whole number, at most 18 of them; 0 for zero.
    pub digits: u64,
    /// Its first byte in the text.
    pub at: u32,
    /// Its bytes.
    pub len: u32,
}

impl Number {
    /// How many significant digits it has.
    #[must_use]
    pub fn precision(&self) -> u32 {
        self.digits.checked_ilog10().map_or(0, |log| log + 1)
    }
}

/// The numbers of one line of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// In the order of the line.
    pub numbers: Vec<Number>,
}

impl Row {
    /// What identifies the row whatever the order of its columns: the sorted digits.
    #[must_use]
    pub fn sorted(&self) -> Vec<u64> {
        let mut digits: Vec<u64> = self.numbers.iter().map(|n| n.digits).collect();
        digits.sort_unstable();
        digits
    }

    /// Whether it is too particular to come about by chance: at least two numbers with six
    /// significant digits together, or one with five.
    #[must_use]
    pub fn tells(&self) -> bool {
        let precision: u32 = self.numbers.iter().map(Number::precision).sum();
        precision >= if self.numbers.len() < 2 { 5 } else { 6 }
    }

    /// The row without a number of its own that counts rows, if it may have one.
    #[must_use]
    pub fn unnumbered(&self) -> Option<Self> {
        let (first, rest) = self.numbers.split_first()?;
        (first.precision() <= 4 && !rest.is_empty()).then(|| Self { numbers: rest.to_vec() })
    }

    /// The bytes from its first number to its last.
    #[must_use]
    pub fn span(&self) -> Range<u32> {
        let start = self.numbers.first().map_or(0, |n| n.at);
        start..self.numbers.last().map_or(start, |n| n.at + n.len)
    }
}

/// Hands each line with numbers in it to `sink`, in a text of less than 4 GiB.
pub fn rows(text: &[u8], mut sink: impl FnMut(&Row)) {
    let mut row = Row::default();
    let mut at = 0;
    while at < text.len() {
        match digit(&text[at..]) {
            Some(_) => {
                let number = number(text, at);
                at += number.len as usize;
                // Digits within a word are a name: M16, H2SO4, 0xFF.
                if !named(text, number) {
                    row.numbers.push(number);
                }
            }
            None => {
                if text[at] == b'\n' {
                    flush(&mut row, &mut sink);
                }
                at += 1;
            }
        }
        if row.numbers.len() == ROW_MAX {
            flush(&mut row, &mut sink);
        }
    }
    flush(&mut row, &mut sink);
}

fn flush(row: &mut Row, sink: &mut impl FnMut(&Row)) {
    if !row.numbers.is_empty() {
        sink(row);
        row.numbers.clear();
    }
}

/// A digit, of either width, at the head of `bytes`, and its length.
fn digit(bytes: &[u8]) -> Option<(u8, usize)> {
    match *bytes {
        [b @ b'0'..=b'9', ..] => Some((b - b'0', 1)),
        [0xEF, 0xBC, b @ 0x90..=0x99, ..] => Some((b - 0x90, 3)),
        _ => None,
    }
}

fn point(bytes: &[u8]) -> Option<usize> {
    let len = match *bytes {
        [b'.', ..] => 1,
        [0xEF, 0xBC, 0x8E, ..] => 3,
        _ => return None,
    };
    digit(&bytes[len..]).map(|_| len)
}

fn number(text: &[u8], start: usize) -> Number {
    let (mut digits, mut zeros, mut kept) = (0u64, 0, 0);
    let (mut at, mut points) = (start, 0);
    while at < text.len() {
        if let Some((digit, len)) = digit(&text[at..]) {
            // Zeros wait until a digit after them shows that they are significant.
            if digit == 0 && kept > 0 {
                zeros += 1;
            } else if digit != 0 && kept + zeros < DIGITS_MAX {
                digits = digits * 10u64.pow(zeros as u32 + 1) + u64::from(digit);
                kept += zeros + 1;
                zeros = 0;
            }
            at += len;
        } else if points == 0
            && let Some(len) = point(&text[at..])
        {
            points += 1;
            at += len;
        } else {
            break;
        }
    }
    if let [b'e' | b'E', rest @ ..] = &text[at..] {
        let sign = usize::from(matches!(rest, [b'+' | b'-', ..]));
        let exponent = rest[sign..].iter().take_while(|b| b.is_ascii_digit()).count();
        if (1..=4).contains(&exponent) {
            at += 1 + sign + exponent;
        }
    }
    Number { digits, at: start as u32, len: (at - start) as u32 }
}

fn named(text: &[u8], number: Number) -> bool {
    let before = (number.at as usize).checked_sub(1).and_then(|at| text.get(at));
    before.is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(text: &str) -> Vec<Vec<u64>> {
        let mut all = Vec::new();
        rows(text.as_bytes(), |row| all.push(row.numbers.iter().map(|n| n.digits).collect()));
        all
    }

    #[test]
    fn a_number_is_its_significant_digits() {
        assert_eq!(all("1.50;0.0015,１．５\t1500 1.5e-3 -1.5E+10kg"), [[15; 6]]);
        assert_eq!(all("H2SO4 x_1 M16"), Vec::<Vec<u64>>::new());
        assert_eq!(all("100.05 0 0.0\n\n7"), [vec![10005, 0, 0], vec![7]]);
        assert_eq!(all("1.2.3"), [[12, 3]]);
    }

    proptest! {
        #[test]
        fn any_bytes_give_numbers_inside(text in prop::collection::vec(
            prop_oneof![any::<u8>(), prop::sample::select(b"0123456789.eE+-,\n".to_vec())], 0..300,
        )) {
            rows(&text, |row| {
                assert!(row.span().end as usize <= text.len() && row.numbers.len() <= ROW_MAX);
            });
        }

        #[test]
        fn a_row_is_the_same_in_other_units_and_column_order(
            mut cells in prop::collection::vec((1u64..999_999, 0u32..4), 1..9),
            shift in 0u32..4,
        ) {
            let line = |cells: &[(u64, u32)], shift: u32| {
                let cell = |(n, e): &(u64, u32)| format!("{}", *n as f64 / 10f64.powi((e + shift) as i32));
                cells.iter().map(cell).collect::<Vec<_>>().join(",")
            };
            let mut found = Vec::new();
            rows(line(&cells, 0).as_bytes(), |row| found.push(row.sorted()));
            cells.reverse();
            rows(line(&cells, shift).as_bytes(), |row| found.push(row.sorted()));
            prop_assert_eq!(found.len(), 2);
            prop_assert_eq!(&found[0], &found[1]);
        }
    }
}
