//! What is measured in a text: values with units, shares that add up, formulas, ways to reach people.

use std::collections::HashMap;

use super::Measure;

/// A run of shares may miss a hundred by this much: people round.
const ROUNDING: f64 = 0.55;
/// Shares of one run may be parted by so many bytes.
const RUN_GAP: usize = 200;
/// The longest run of shares that is added up.
const RUN_MAX: usize = 40;

/// Units by their first byte, the longest first.
#[derive(Debug, Default)]
pub(super) struct Units(HashMap<u8, Vec<Vec<u8>>>);

impl Units {
    pub(super) fn new(units: &[String]) -> Self {
        let mut by: HashMap<u8, Vec<Vec<u8>>> = HashMap::new();
        for unit in units {
            if let Some(first) = unit.bytes().next() {
                by.entry(first).or_default().push(unit.clone().into_bytes());
            }
        }
        by.values_mut().for_each(|units| units.sort_by_key(|unit| std::cmp::Reverse(unit.len())));
        Self(by)
    }

    /// The unit at the start of some bytes.
    fn at<'u>(&'u self, bytes: &[u8]) -> Option<&'u [u8]> {
        let first = bytes.first()?.to_ascii_lowercase();
        let fits = |unit: &&Vec<u8>| {
            let there = bytes.get(..unit.len()).is_some_and(|b| b.eq_ignore_ascii_case(unit));
            let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
            there && !(letter(unit.last()) && letter(bytes.get(unit.len())))
        };
        self.0.get(&first)?.iter().find(fits).map(Vec::as_slice)
    }
}

/// See the module's head.
#[derive(Clone, Debug, Default)]
pub(super) struct Measured {
    values: u32,
    shares: u32,
    formulas: u32,
    contacts: u32,
    bytes: u64,
}

impl Measured {
    pub(super) fn get(&self, measure: Measure) -> u32 {
        match measure {
            Measure::Values => self.values,
            // Short notes are not dense by two numbers.
            Measure::Density => {
                let kib = (self.bytes as f64 / 1024.0).max(0.5);
                (f64::from(self.values) / kib) as u32
            }
            Measure::Shares => self.shares,
            Measure::Formulas => self.formulas,
            Measure::Contacts => self.contacts,
        }
    }

    pub(super) fn block(&mut self, block: &[u8], units: &Units, code: bool) {
        self.bytes += block.len() as u64;
        let mut run: Vec<(f64, usize)> = Vec::new();
        let mut at = 0;
        while let Some(found) = block[at..].iter().position(u8::is_ascii_digit) {
            let start = at + found;
            let mut end = start;
            while block.get(end).is_some_and(|b| b.is_ascii_digit() || *b == b'.') {
                end += 1;
            }
            at = end;
            let digits = end - start;
            let before = start.checked_sub(1).map(|at| block[at]);
            if digits == 11 && block[start] == b'1' && !before.is_some_and(|b| b.is_ascii_digit()) {
                self.contacts += 1;
                continue;
            }
            if before.is_some_and(|b| b.is_ascii_alphabetic() || b == b'_') {
                continue;
            }
            let blanks = block[end..].iter().take(2).take_while(|b| **b == b' ').count();
            let Some(unit) = units.at(&block[end + blanks..]) else { continue };
            self.values = self.values.saturating_add(1);
            if unit.ends_with(b"%") {
                let value =
                    std::str::from_utf8(&block[start..end]).ok().and_then(|t| t.parse().ok());
                self.share(&mut run, value.unwrap_or(0.0), start);
            }
        }
        if !code {
            self.lines(block);
        }
    }

    /// Adds a share to the run it stands in, and sees whether the last few make a whole.
    fn share(&mut self, run: &mut Vec<(f64, usize)>, value: f64, at: usize) {
        if run.last().is_some_and(|(_, last)| at - last > RUN_GAP) || run.len() >= RUN_MAX {
            run.clear();
        }
        run.push((value, at));
        let mut sum = 0.0;
        for (count, (value, _)) in (1_u32..).zip(run.iter().rev()) {
            sum += value;
            if (sum - 100.0_f64).abs() <= ROUNDING && *value > 0.0 {
                self.shares = self.shares.max(count);
            }
        }
    }

    /// Formulas and addresses, line by line.
    fn lines(&mut self, block: &[u8]) {
        for (at, _) in block.iter().enumerate().filter(|(_, b)| matches!(b, b'=' | b'@')) {
            if block[at] == b'@' {
                let beside = |at: Option<usize>| {
                    at.and_then(|at| block.get(at)).is_some_and(u8::is_ascii_alphanumeric)
                };
                self.contacts += u32::from(beside(at.checked_sub(1)) && beside(Some(at + 1)));
                continue;
            }
            let start = block[..at].iter().rposition(|b| *b == b'\n').map_or(0, |n| n + 1);
            if at - start > 60 {
                continue;
            }
            let end = block[at..].iter().position(|b| *b == b'\n').map_or(block.len(), |n| at + n);
            self.formulas += u32::from(is_formula(&block[start..at], &block[at + 1..end]));
        }
    }
}

/// `tau = 3.1 * exp(-200 / T) + 0.2 * s^2`: a name on the left, and on the right numbers and names
/// with at least two signs of reckoning between them.
fn is_formula(left: &[u8], right: &[u8]) -> bool {
    let right = &right[..right.len().min(200)];
    let left = left.trim_ascii();
    let short = (1..=24).contains(&left.len())
        && !left.iter().any(|b| matches!(b, b'<' | b'"' | b'\'' | b'#' | b'/' | b'(' | b':'));
    let signs = right.iter().filter(|b| matches!(b, b'*' | b'/' | b'+' | b'^')).count()
        + right.windows(3).filter(|w| w == b" - " || w[..2] == *b"\xC3\x97").count();
    let digits = right.iter().filter(|b| b.is_ascii_digit()).count();
    let odd = right.iter().any(|b| matches!(b, b'<' | b'>' | b'"' | b';' | b'&' | b'?' | b'{'));
    short && !odd && signs >= 2 && digits >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(text: &str) -> Measured {
        let units: Vec<String> = ["%", "℃", "min", "g", "mm", "mpa·s"].map(str::to_owned).into();
        let mut measured = Measured::default();
        measured.block(text.as_bytes(), &Units::new(&units), false);
        measured
    }

    #[test]
    fn values_shares_formulas_and_contacts_are_told_from_other_numbers() {
        let cases = [
            ("保温 11 min，升到 850℃，黏度 1200 mPa·s", [3, 0, 0, 0]),
            ("第 3 页，共 20 页，2026-03-02 08:00", [0, 0, 0, 0]),
            ("v12g GB5 M8mm 5 gold 7 minutes", [0, 0, 0, 0]),
            ("银粉 61.5%\n玻璃 3.5%\n溶剂 35%", [3, 3, 0, 0]),
            ("增长 12%，下降 30%，持平 9%", [3, 0, 0, 0]),
            ("tau = 3.1 * exp(-200 / T) + 0.2 * s^2", [0, 0, 1, 0]),
            ("<a href=\"/x/1\" class=\"a-b\">\nx = 1\nkey=value", [0, 0, 0, 0]),
            ("张 13900001111，李 13900002222，a@b.example", [0, 0, 0, 3]),
        ];
        for (text, [values, shares, formulas, contacts]) in cases {
            let m = measured(text);
            let got = [m.values, m.shares, m.formulas, m.contacts];
            assert_eq!(got, [values, shares, formulas, contacts], "{text}");
        }
    }
}
