//! Two bodies of documents side by side: what of each is in the other, where, and what does not
//! count because it is known, licensed or generated.
//!
//! ```text
//! abstraction   each document as rows of units, a layer each: characters, tokens, rows, bytes
//! filtration    units that are in what is known, licensed or generated are set aside, with the reason
//! comparison    of the rest, each unit in a common run of at least [`Layer::shortest`] units is found
//! ```
//! Shares follow from this definition alone: they depend neither on an order of search nor on chance,
//! so the same inputs give the same figures. Passages show where; each unit of a left document is in
//! one passage of a layer at most.

mod mark;
mod names;
mod runs;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use names::Renamed;

use crate::units::{Document, Layer};
use mark::{Grams, Marked, generated};
use names::Names;
use runs::Runs;

/// Passages that are listed; more are counted.
const PASSAGES_MAX: usize = 2_000;
/// Share of a passage of tokens that passages of text must cover to speak for it.
const SPOKEN_FOR: f64 = 0.8;

/// Why material does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Anybody can know it.
    Public,
    /// Both may have it from the same third party.
    Licensed,
    /// A tool wrote it.
    Generated,
}

impl Why {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Public, Self::Licensed, Self::Generated];

    /// A fixed word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Licensed => "licensed",
            Self::Generated => "generated",
        }
    }
}

/// Material that does not count.
#[derive(Clone, Debug)]
pub struct Filter {
    /// What it is called.
    pub name: String,
    /// Why it does not count.
    pub why: Why,
    /// It.
    pub documents: Vec<Document>,
}

/// How much of something is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Units there are.
    pub units: u64,
    /// Of them, those set aside.
    pub filtered: u64,
    /// Of the others, those that are on the other side as well.
    pub found: u64,
}

impl Figures {
    /// Share of what counts that is found, from 0 to 1; `None` when nothing counts.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        let counts = self.units - self.filtered;
        (counts > 0).then(|| self.found as f64 / counts as f64)
    }

    fn add(&mut self, other: Self) {
        self.units += other.units;
        self.filtered += other.filtered;
        self.found += other.found;
    }
}

/// One layer of both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerFigures {
    /// The layer.
    pub layer: Layer,
    /// The left side.
    pub left: Figures,
    /// The right side.
    pub right: Figures,
}

/// What a document came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentFigures {
    /// By layer it has anything in.
    pub layers: Vec<(Layer, Figures)>,
    /// Stretches set aside: bytes of the text, and the place of the filter; `None` when the document
    /// says of itself that a tool wrote it.
    pub filtered: Vec<(Range<u32>, Option<u32>)>,
}

impl DocumentFigures {
    /// The figures of a layer.
    #[must_use]
    pub fn layer(&self, layer: Layer) -> Option<Figures> {
        self.layers.iter().find(|(known, _)| *known == layer).map(|(_, figures)| *figures)
    }
}

/// A passage that is in both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// In which layer.
    pub layer: Layer,
    /// The place of the left document, and bytes of its text.
    pub left: (u32, Range<u32>),
    /// The place of the right document, and bytes of its text.
    pub right: (u32, Range<u32>),
    /// Units that are the same.
    pub same: u32,
    /// What is the same within it, as bytes of both texts; what lies between was edited.
    pub runs: Vec<(Range<u32>, Range<u32>)>,
    /// Whether it stands in another order than the larger passages of these two documents.
    pub moved: bool,
}

/// What came of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// By layer that either side has anything in.
    pub layers: Vec<LayerFigures>,
    /// By left document.
    pub left: Vec<DocumentFigures>,
    /// By right document.
    pub right: Vec<DocumentFigures>,
    /// The longest first.
    pub passages: Vec<Passage>,
    /// Passages that are not listed.
    pub more: u64,
    /// Identifiers of code that stand in for each other, the most frequent first.
    pub names: Vec<Renamed>,
}

/// Compares two bodies of documents, without what filters hold.
#[must_use]
pub fn compare(left: &[Document], right: &[Document], filters: &[Filter]) -> Findings {
    let empty = |documents: &[Document]| {
        let one = DocumentFigures { layers: Vec::new(), filtered: Vec::new() };
        vec![one; documents.len()]
    };
    let mut findings = Findings {
        layers: Vec::new(),
        left: empty(left),
        right: empty(right),
        passages: Vec::new(),
        more: 0,
        names: Vec::new(),
    };
    let mut names = Names::default();
    for layer in Layer::ALL {
        let has = |documents: &[Document]| documents.iter().any(|d| d.units(layer).is_some());
        if !has(left) && !has(right) {
            continue;
        }
        let (ours, theirs) = (Grams::of(left, layer), Grams::of(right, layer));
        let known: Vec<Grams> = filters
            .iter()
            .map(|filter| Grams::within(&filter.documents, layer, [&ours, &theirs]))
            .collect();
        let marked_left = mark(left, layer, &theirs, &known);
        let marked_right = mark(right, layer, &ours, &known);
        let side = |figures: &mut [DocumentFigures], marked: &[Option<Marked>]| {
            let mut sum = Figures::default();
            for (figures, marked) in figures.iter_mut().zip(marked) {
                let Some(marked) = marked else { continue };
                sum.add(marked.figures());
                figures.layers.push((layer, marked.figures()));
                if layer != Layer::Tokens {
                    figures.filtered.extend(marked.filtered());
                }
            }
            sum
        };
        let figures = LayerFigures {
            layer,
            left: side(&mut findings.left, &marked_left),
            right: side(&mut findings.right, &marked_right),
        };
        findings.layers.push(figures);
        let runs = Runs::new(layer, &marked_left, &marked_right);
        let mut found = runs.passages(|run| names.see(layer, left, right, run));
        if layer == Layer::Tokens {
            let spoken = |passage: &Passage| spoken_for(passage, &findings.passages);
            found.retain(|passage| !spoken(passage));
        }
        findings.passages.extend(found);
    }
    for figures in findings.left.iter_mut().chain(&mut findings.right) {
        figures.filtered.sort_by_key(|(range, _)| (range.start, range.end));
        figures.filtered.dedup();
    }
    findings.passages.sort_by_key(|passage| {
        let bytes = passage.left.1.end - passage.left.1.start;
        let (left, right) = (&passage.left, &passage.right);
        (std::cmp::Reverse(bytes), left.0, left.1.start, right.0, right.1.start)
    });
    findings.more = findings.passages.len().saturating_sub(PASSAGES_MAX) as u64;
    findings.passages.truncate(PASSAGES_MAX);
    findings.names = names.finish();
    findings
}

fn mark<'d>(
    documents: &'d [Document],
    layer: Layer,
    other: &Grams,
    known: &[Grams],
) -> Vec<Option<Marked<'d>>> {
    documents.iter().map(|document| Marked::new(document, layer, other, known)).collect()
}

/// Whether passages of text between the same documents cover most of a passage of tokens.
fn spoken_for(tokens: &Passage, passages: &[Passage]) -> bool {
    let range = &tokens.left.1;
    let overlap = |of: &Range<u32>| of.end.min(range.end).saturating_sub(of.start.max(range.start));
    let covered: u32 = passages
        .iter()
        .filter(|text| text.layer == Layer::Text)
        .filter(|text| text.left.0 == tokens.left.0 && text.right.0 == tokens.right.0)
        .map(|text| overlap(&text.left.1))
        .sum();
    f64::from(covered) >= SPOKEN_FOR * f64::from(range.end - range.start)
}

/// Whether a document says of itself that a tool wrote it.
#[must_use]
pub fn is_generated(document: &Document) -> bool {
    generated(&document.text)
}
