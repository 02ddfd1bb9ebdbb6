//! Loss worksheets: the ways in which a text counts loss, gain and the like, each with what it asks
//! for, when it applies and its article.
//!
//! A worksheet counts; which way the facts of a case allow is for a person to say.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::check::{is_both, twins};
use crate::norm::{Mark, Norms};
use crate::read::{Catalog, Fault, Problem, Read, stem};
use crate::text::{Cite, Ref, Text};

/// A worksheet.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Worksheet {
    /// Its name, that of its file.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// What a reader should know.
    pub note: Text,
    /// The ways of counting.
    pub method: Vec<Method>,
}

/// A way of counting.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// Its name in the data.
    pub id: Ref,
    /// Its name for people.
    pub name: Text,
    /// To which acts it applies.
    pub when: Text,
    /// What it gives.
    pub gives: Gives,
    /// What it asks for.
    pub input: Vec<Input>,
    /// The sum of these products of inputs.
    pub terms: Vec<Vec<Ref>>,
    /// Its basis.
    pub cites: Cite,
    /// Lowers what the basis is worth.
    pub mark: Option<Mark>,
}

/// What a way of counting gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gives {
    /// The holder's loss, in fen.
    Loss,
    /// The illegal gain, in fen.
    Gain,
    /// Improper acquisitions within a year.
    Acquisitions,
    /// Punishments for such acts within two years.
    Punishments,
}

/// Something that a way of counting asks for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// Its name in the data.
    pub id: Ref,
    /// Its name for people.
    pub name: Text,
    /// Yuan or a count.
    pub unit: Unit,
    /// Whether it may be left out, and is nothing then.
    #[serde(default)]
    pub may_lack: bool,
}

/// In what an input is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Money: `3500` or `3500.50`.
    Yuan,
    /// A whole number.
    Count,
}

/// Why a worksheet can't count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Miscount {
    /// This input is missing.
    Missing(String),
    /// There is no such input.
    Unknown(String),
    /// This one is no amount, or no count.
    Odd(String),
    /// The result is beyond all money there is.
    TooLarge,
}

/// The largest result: 10^15 yuan.
const FEN_MAX: u128 = 100_000_000_000_000_000;

impl Gives {
    /// Its name in data and translation files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::Gain => "gain",
            Self::Acquisitions => "acquisitions",
            Self::Punishments => "punishments",
        }
    }

    /// Whether it is money, in fen.
    pub const fn is_money(self) -> bool {
        matches!(self, Self::Loss | Self::Gain)
    }
}

impl Unit {
    /// Reads an amount in fen, or a count. Commas between digits are left out.
    ///
    /// ```
    /// use catalog::loss::Unit;
    /// assert_eq!(Unit::Yuan.read("3,500.5"), Some(350_050));
    /// assert_eq!(Unit::Count.read("17"), Some(17));
    /// assert_eq!(Unit::Count.read("1.5"), None);
    /// ```
    pub fn read(self, text: &str) -> Option<u64> {
        let text: String = text.trim().chars().filter(|c| !matches!(c, ',' | '，')).collect();
        let (whole, part) = match (self, text.split_once('.')) {
            (Self::Yuan, Some((whole, part))) => (whole, part),
            _ => (&*text, ""),
        };
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 2 {
            return None;
        }
        let whole: u64 = whole.parse().ok()?;
        match self {
            Self::Count => Some(whole),
            Self::Yuan => whole.checked_mul(100)?.checked_add(format!("{part:0<2}").parse().ok()?),
        }
    }
}

impl Method {
    /// What its figure rests on.
    pub fn worth(&self, norms: &Norms) -> Mark {
        norms.mark(&self.cites).max(self.mark.unwrap_or(Mark::Seen))
    }

    /// Counts: fen, or a count.
    ///
    /// # Errors
    /// [`Miscount`]: the first input that stands in the way.
    pub fn reckon(&self, given: &BTreeMap<String, String>) -> Result<u64, Miscount> {
        let known = |id: &str| self.input.iter().any(|input| input.id.id == id);
        if let Some(odd) = given.keys().find(|id| !known(id)) {
            return Err(Miscount::Unknown(odd.clone()));
        }
        let mut values: BTreeMap<&str, u64> = BTreeMap::new();
        for input in &self.input {
            let text = given.get(&input.id.id).map_or("", |text| text.trim());
            let value = match (text.is_empty(), input.may_lack) {
                (true, true) => 0,
                (true, false) => return Err(Miscount::Missing(input.id.id.clone())),
                (false, _) => {
                    input.unit.read(text).ok_or_else(|| Miscount::Odd(input.id.id.clone()))?
                }
            };
            values.insert(&input.id.id, value);
        }
        let mut sum: u128 = 0;
        for term in &self.terms {
            let mut product: u128 = 1;
            for factor in term {
                let value = values.get(&*factor.id).copied().unwrap_or_default();
                product = product.checked_mul(value.into()).ok_or(Miscount::TooLarge)?;
            }
            sum = sum.checked_add(product).ok_or(Miscount::TooLarge)?;
        }
        if sum > FEN_MAX {
            return Err(Miscount::TooLarge);
        }
        u64::try_from(sum).map_err(|_| Miscount::TooLarge)
    }
}

impl Worksheet {
    /// A way of counting by its name.
    pub fn method(&self, id: &str) -> Option<&Method> {
        self.method.iter().find(|method| method.id.id == id)
    }
}

/// Checks a worksheet: names, both languages, bases, and that each term is of what it gives.
pub(crate) fn check(read: &Read<'_, Worksheet>, catalog: &Catalog, faults: &mut Vec<Fault>) {
    let sheet = &read.value;
    let mut problems: Vec<(usize, Problem)> = Vec::new();
    if stem(read.file.path) != sheet.id {
        problems.push((0, Problem::Misnamed(sheet.id.clone())));
    }
    let methods: Vec<&Ref> = sheet.method.iter().map(|method| &method.id).collect();
    problems.extend(twins(&methods).map(|(at, id)| (at, Problem::Twice(id))));
    for method in &sheet.method {
        let inputs: Vec<&Ref> = method.input.iter().map(|input| &input.id).collect();
        problems.extend(twins(&inputs).map(|(at, id)| (at, Problem::Twice(id))));
        for term in &method.terms {
            let unit = |factor: &Ref| method.input.iter().find(|input| input.id.id == factor.id);
            for factor in term.iter().filter(|factor| unit(factor).is_none()) {
                let id = factor.id.clone();
                problems.push((factor.at, Problem::Unknown { kind: "input", id }));
            }
            let money = term.iter().filter_map(unit).filter(|of| of.unit == Unit::Yuan).count();
            if money != usize::from(method.gives.is_money()) {
                problems.push((method.id.at, Problem::Units(method.id.id.clone())));
            }
        }
        let used = |id: &str| method.terms.iter().flatten().any(|factor| factor.id == id);
        for input in inputs.iter().filter(|input| !used(&input.id)) {
            problems.push((input.at, Problem::Unused { kind: "input", id: input.id.clone() }));
        }
        if catalog.norms().cited(&method.cites).is_none() {
            problems.push((method.cites.at, Problem::UnknownCite(method.cites.to_string())));
        }
        let names = method.input.iter().map(|input| &input.name);
        for text in names.chain([&method.name, &method.when]) {
            if !is_both(&text.zh, &text.en) {
                let both = format!("{} / {}", text.zh, text.en);
                problems.push((method.id.at, Problem::OneLanguage(both)));
            }
        }
    }
    faults.extend(problems.into_iter().map(|(at, problem)| read.file.fault(at, problem)));
}
