//! Text that carries a word: where it may look in two ways, how a copy is written, and how a leak is
//! read back by laying it beside the original.
//!
//! Only how text looks changes, or words whose variants a person has approved. Letters, digits and
//! what stands inside numbers, units, identifiers, formulas, code and addresses never change.

mod align;
mod find;
mod read;
mod shield;
mod skeleton;
pub mod wear;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::code::Word;

pub use find::{Asked, NotAVariant, SITES_MAX, Variant, find};
pub use read::{laid_beside, read};

/// What sort of place a site is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Wording that a person has approved: one of two expressions.
    Wording,
    /// The order of two neighbouring items of a list, which a person has said is free.
    Order,
    /// A space between a Chinese character and a number or Latin word, or none.
    Gap,
    /// A full-width or half-width comma, semicolon, colon, exclamation or question mark between
    /// Chinese characters.
    Width,
    /// Full-width or half-width brackets around Chinese words.
    Bracket,
    /// Curly or straight quotation marks.
    Quote,
    /// A curly or straight apostrophe in an English contraction.
    Apostrophe,
    /// A longer or shorter dash.
    Dash,
    /// One or two spaces between English sentences.
    Sentence,
    /// One or two blank lines between paragraphs.
    Blank,
    /// A space at the end of a line, or none.
    Trailing,
}

impl Kind {
    /// All of them, the most lasting first.
    pub const ALL: [Self; 11] = [
        Self::Wording,
        Self::Order,
        Self::Gap,
        Self::Width,
        Self::Bracket,
        Self::Quote,
        Self::Apostrophe,
        Self::Dash,
        Self::Sentence,
        Self::Blank,
        Self::Trailing,
    ];

    /// The fixed word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Wording => "wording",
            Self::Order => "order",
            Self::Gap => "gap",
            Self::Width => "width",
            Self::Bracket => "bracket",
            Self::Quote => "quote",
            Self::Apostrophe => "apostrophe",
            Self::Dash => "dash",
            Self::Sentence => "sentence",
            Self::Blank => "blank",
            Self::Trailing => "trailing",
        }
    }
}

/// A place that can look in two ways. It may consist of several spots, such as two brackets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// What sort of place it is.
    pub kind: Kind,
    /// Its spots, in their order in the text.
    pub spots: Vec<Spot>,
}

/// A stretch of the original, in bytes, and what a copy has there: the first for 0, the second
/// for 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// From where to where.
    pub at: Range<usize>,
    /// The two forms.
    pub forms: [String; 2],
}

/// Writes the copy that carries a word: bit *i* of the word says how site *i* looks.
#[must_use]
pub fn write(original: &str, sites: &[Site], word: &Word) -> String {
    let mut copy = String::with_capacity(original.len() + original.len() / 16);
    let mut done = 0;
    for (spot, form) in spots(sites, word) {
        copy.push_str(&original[done..spot.at.start]);
        copy.push_str(&spot.forms[form]);
        done = spot.at.end;
    }
    copy.push_str(&original[done..]);
    copy
}

/// All spots in their order in the text, each with the form that a word gives it.
pub(crate) fn spots<'a>(sites: &'a [Site], word: &Word) -> Vec<(&'a Spot, usize)> {
    let mut spots: Vec<(&Spot, usize)> = sites
        .iter()
        .enumerate()
        .flat_map(|(at, site)| site.spots.iter().map(move |spot| (spot, usize::from(word.bit(at)))))
        .collect();
    spots.sort_by_key(|(spot, _)| (spot.at.start, spot.at.end));
    spots
}
