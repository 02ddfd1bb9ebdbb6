//! What a comparison came to, as it is kept and shown.

use domain::Number;
use domain::terms::Level;
use matcher::compare::{Figures, LayerFigures, Renamed, Why};
use matcher::units::Layer;
use serde::{Deserialize, Serialize};

use super::report::FaultRow;

/// Parts of a side that are listed; more are counted.
pub(super) const PARTS_MAX: usize = 3_000;
/// Passages that are shown with their text; of the others the places are listed.
pub(super) const TEXTS_MAX: usize = 400;
/// Stretches set aside that are shown, and bytes of each.
pub(super) const GREYED_MAX: usize = 60;
pub(super) const GREYED_BYTES: usize = 240;
/// Places on the other side that are named for a part.
pub(super) const PLACES_MAX: usize = 6;

/// Two things side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The version of this form.
    pub version: u32,
    /// Its number, once it was recorded.
    pub no: Option<Number>,
    /// The program.
    pub program: String,
    /// When it began, RFC 3339.
    pub begun: String,
    /// When it ended, RFC 3339.
    pub ended: String,
    /// What was compared, in words.
    pub what: String,
    /// Where the right side comes from, as claimed.
    pub source: Option<String>,
    /// The secret point that is the left side, if it is one.
    pub secret: Option<SecretSide>,
    /// The left side.
    pub left: Side,
    /// The right side.
    pub right: Side,
    /// What was set aside.
    pub filters: Vec<FilterRow>,
    /// By layer; no layer speaks for the others.
    pub layers: Vec<LayerFigures>,
    /// Passages that are in both, the longest first.
    pub passages: Vec<PassageRow>,
    /// Passages that are not listed.
    pub more_passages: u64,
    /// Identifiers that stand in for each other.
    pub names: Vec<Renamed>,
    /// What was not read, or not wholly.
    pub faults: Vec<FaultRow>,
    /// Random, 16 bytes in hex: with it, whoever holds the inputs gets the digests below again, and
    /// nobody can guess inputs by them.
    pub salt: String,
    /// SHA-256 of the salt and all that was found, in hex.
    pub figures: String,
}

/// The secret point on the left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SecretSide {
    /// Its number.
    pub no: Number,
    /// Its title.
    pub title: String,
    /// Its level.
    pub level: Level,
}

/// One side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// What it is, in words.
    pub name: String,
    /// Files and statements.
    pub files: u64,
    /// Bytes of them.
    pub bytes: u64,
    /// SHA-256 of the salt and the list of them with their hashes, in hex.
    pub manifest: String,
    /// Their parts, those with most in common first.
    pub parts: Vec<PartRow>,
    /// Parts that are not listed.
    pub more_parts: u64,
    /// The longest stretches that were set aside.
    pub greyed: Vec<Greyed>,
}

/// A stretch that does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Greyed {
    /// The part's name.
    pub name: String,
    /// Lines of it, from 1.
    pub lines: Option<[u64; 2]>,
    /// The place of the filter; `None`: a tool wrote the whole part.
    pub filter: Option<u32>,
    /// How it begins.
    pub text: String,
}

/// A part of a side: a statement, a file, or a member of one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartRow {
    /// `statement/1` or `carrier/2/…` of a secret point, if it is one.
    pub part: Option<String>,
    /// The file's path and the place in it; blank for a statement.
    pub name: String,
    /// By layer that it has anything in.
    pub layers: Vec<(Layer, Figures)>,
    /// Bytes of its text that were set aside, by the place of the filter; `None`: it says itself that
    /// a tool wrote it.
    pub filtered: Vec<(Option<u32>, u64)>,
    /// Where on the other side most of it is: the name, and lines if there are any.
    pub places: Vec<(String, Option<[u64; 2]>)>,
}

impl PartRow {
    /// The largest share of a layer that is found; `None` when nothing of it counts.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        let shares = self.layers.iter().filter_map(|(_, figures)| figures.share());
        shares.max_by(f64::total_cmp)
    }
}

/// Something that was set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterRow {
    /// What it is called.
    pub name: String,
    /// Why it does not count.
    pub why: Why,
    /// Files.
    pub files: u64,
    /// SHA-256 of the list of them with their hashes, in hex.
    pub manifest: String,
}

/// A passage that is in both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassageRow {
    /// In which layer.
    pub layer: Layer,
    /// Units that are the same.
    pub same: u32,
    /// Whether something between them differs.
    pub edited: bool,
    /// Whether it stands elsewhere in the order.
    pub moved: bool,
    /// On the left.
    pub left: Spot,
    /// On the right.
    pub right: Spot,
}

/// Where a passage is, and how it reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spot {
    /// The part of the secret point, or the file's name.
    pub name: String,
    /// Bytes of its text.
    pub bytes: [u32; 2],
    /// Lines, from 1.
    pub lines: Option<[u64; 2]>,
    /// The text around: what is the same, and what is not.
    pub text: Vec<(bool, String)>,
}

impl Comparison {
    /// The figures of a layer.
    #[must_use]
    pub fn layer(&self, layer: Layer) -> Option<&LayerFigures> {
        self.layers.iter().find(|row| row.layer == layer)
    }

    /// The same without what is secret: the text of passages, and names of carriers and of code.
    #[must_use]
    pub fn closed(&self) -> Self {
        let mut closed = self.clone();
        for side in [&mut closed.left, &mut closed.right] {
            side.greyed.iter_mut().for_each(|stretch| stretch.text.clear());
        }
        for passage in &mut closed.passages {
            passage.left.text.clear();
            passage.right.text.clear();
        }
        closed.left.parts.iter_mut().filter(|row| row.part.is_some()).for_each(|row| {
            row.name.clear();
        });
        closed.names.clear();
        closed
    }
}
