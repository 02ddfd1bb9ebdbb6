//! What two things are compared by: their content as rows of units, one row a layer.
//!
//! No layer wins alone. The text of a program survives reordering and restructuring, its tokens
//! survive renaming, the rows of a table survive sorting and other units; each is counted apart.

use serde::{Deserialize, Serialize};

use crate::code::{Language, Token, tokens};
use crate::encoding::to_utf8;
use crate::index::{Kind, row_bytes};
use crate::number::{Row, rows};
use crate::text::fold_text;

/// One way to look at content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// Folded characters, of text and code alike: what was copied as it is.
    Text,
    /// Tokens of code, whatever the names: what was copied and renamed.
    Tokens,
    /// Rows of numbers, whatever their order and units.
    Rows,
    /// Bytes of what is no text.
    Bytes,
}

impl Layer {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Text, Self::Tokens, Self::Rows, Self::Bytes];

    /// A fixed word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Tokens => "tokens",
            Self::Rows => "rows",
            Self::Bytes => "bytes",
        }
    }

    /// The shortest run of units that counts as common: each one so long is found, none shorter.
    /// Folded bytes of text (8 汉字 or 24 letters), tokens, rows, bytes.
    #[must_use]
    pub const fn shortest(self) -> usize {
        match self {
            Self::Text => 24,
            Self::Tokens => 12,
            Self::Rows => 1,
            Self::Bytes => 64,
        }
    }
}

/// Content as the units of one layer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Units {
    /// The units. Rows are hashed, so they come as numbers of their own.
    pub(crate) units: Vec<u32>,
    /// Where in the text each unit begins.
    pub(crate) at: Vec<u32>,
    /// Where the last unit ends.
    pub(crate) end: u32,
    /// Of rows that may begin with a number that only counts them: the row without it, else the
    /// row once more.
    pub(crate) bare: Vec<u32>,
}

impl Units {
    /// The bytes of the text that some units come from.
    pub(crate) fn bytes(&self, units: std::ops::Range<usize>) -> std::ops::Range<u32> {
        let at = |n: usize| self.at.get(n).copied().unwrap_or(self.end);
        at(units.start)..at(units.end)
    }
}

/// A document taken apart for comparing.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it is called.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its text as UTF-8; for [`Kind::Bytes`] its bytes.
    pub text: Vec<u8>,
    layers: Vec<(Layer, Units)>,
}

impl Document {
    /// Takes content of less than 4 GiB apart. The name's ending tells the language of code.
    #[must_use]
    pub fn new(name: &str, kind: Kind, bytes: &[u8]) -> Self {
        let text = match kind {
            Kind::Bytes => bytes.to_vec(),
            Kind::Text | Kind::Table => to_utf8(bytes).into_owned(),
        };
        let language = match kind {
            Kind::Text => Language::of_name(name),
            Kind::Table | Kind::Bytes => None,
        };
        let mut layers = Vec::new();
        match kind {
            Kind::Bytes => layers.push((Layer::Bytes, raw(&text))),
            Kind::Text | Kind::Table => {
                layers.push((Layer::Text, folded(&text)));
                if language.is_none() {
                    layers.push((Layer::Rows, number_rows(&text)));
                }
            }
        }
        if let Some(language) = language {
            layers.push((Layer::Tokens, token_units(&text, language)));
        }
        layers.retain(|(_, units)| !units.units.is_empty());
        Self { name: name.to_owned(), kind, text, layers }
    }

    /// The layers that it has anything in.
    pub fn layers(&self) -> impl Iterator<Item = Layer> {
        self.layers.iter().map(|(layer, _)| *layer)
    }

    pub(crate) fn units(&self, layer: Layer) -> Option<&Units> {
        self.layers.iter().find(|(known, _)| *known == layer).map(|(_, units)| units)
    }
}

fn raw(bytes: &[u8]) -> Units {
    let units = bytes.iter().map(|byte| u32::from(*byte)).collect();
    Units {
        units,
        at: (0..bytes.len() as u32).collect(),
        end: bytes.len() as u32,
        ..Units::default()
    }
}

fn folded(text: &[u8]) -> Units {
    let folded = fold_text(text);
    let end = folded.at.last().map_or(0, |last| next_char(text, *last));
    let units = folded.bytes.iter().map(|byte| u32::from(*byte)).collect();
    Units { units, at: folded.at, end, ..Units::default() }
}

/// The end of the character that starts at `at`.
fn next_char(text: &[u8], at: u32) -> u32 {
    let rest = text.get(at as usize + 1..).unwrap_or_default();
    at + 1 + rest.iter().take_while(|byte| **byte & 0xC0 == 0x80).count() as u32
}

fn token_units(text: &[u8], language: Language) -> Units {
    let tokens = tokens(text, language);
    let end = tokens.last().map_or(0, |token: &Token| token.at + token.len);
    Units {
        units: tokens.iter().map(|token| token.kind).collect(),
        at: tokens.iter().map(|token| token.at).collect(),
        end,
        ..Units::default()
    }
}

fn number_rows(text: &[u8]) -> Units {
    let mut all = Units::default();
    rows(text, |row| {
        if row.tells() {
            let key = |row: &Row| {
                let hash = hash_bytes(&row_bytes(&row.sorted()));
                (hash ^ hash >> 32) as u32
            };
            all.units.push(key(row));
            all.bare.push(key(row.unnumbered().filter(Row::tells).as_ref().unwrap_or(row)));
            all.at.push(row.span().start);
            all.end = row.span().end;
        }
    });
    all
}

const ODD: u64 = 0x9E37_79B9_7F4A_7C15;

pub(crate) fn mix(hash: u64) -> u64 {
    let product = u128::from(hash ^ 0x6A09_E667_F3BC_C908) * u128::from(0xA076_1D64_78BD_642F_u64);
    product as u64 ^ (product >> 64) as u64
}

pub(crate) fn hash_bytes(bytes: &[u8]) -> u64 {
    mix(bytes.iter().fold(bytes.len() as u64, |hash, byte| mix(hash ^ u64::from(*byte))))
}

/// The hash of each run of `k` units, in order. They are for one run of the program only.
pub(crate) fn grams(units: &[u32], k: usize) -> impl Iterator<Item = u64> + '_ {
    let out = (0..k).fold(1_u64, |power, _| power.wrapping_mul(ODD));
    let mut hash = 0_u64;
    units.iter().enumerate().filter_map(move |(at, unit)| {
        hash = hash.wrapping_mul(ODD).wrapping_add(u64::from(*unit) + 1);
        if at >= k {
            let gone = u64::from(units[at - k]) + 1;
            hash = hash.wrapping_sub(out.wrapping_mul(gone));
        }
        (at + 1 >= k).then(|| mix(hash))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn equal_runs_have_equal_hashes_wherever_they_are(
            before in prop::collection::vec(any::<u32>(), 0..20),
            run in prop::collection::vec(any::<u32>(), 12..40),
        ) {
            let alone: Vec<u64> = grams(&run, 12).collect();
            let within: Vec<u64> = grams(&[&before[..], &run].concat(), 12).collect();
            prop_assert_eq!(&within[before.len()..], &alone[..]);
            prop_assert_eq!(alone.len(), run.len() - 11);
        }

        #[test]
        fn units_know_their_bytes(text in "[a-z工艺，。 ½\n]{0,80}") {
            let document = Document::new("x.txt", Kind::Text, text.as_bytes());
            if let Some(units) = document.units(Layer::Text) {
                let all = units.bytes(0..units.units.len());
                let again = fold_text(&document.text[all.start as usize..all.end as usize]);
                prop_assert_eq!(again.bytes.len(), units.units.len());
            }
        }
    }
}
