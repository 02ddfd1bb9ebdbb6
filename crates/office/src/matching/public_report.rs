//! What a public check says: what of a secret point was found where, and what was not.

use domain::terms::{CorpusSort, Level};
use domain::{Day, Number};
use matcher::units::Layer;
use serde::{Deserialize, Serialize};

use super::report::FaultRow;

/// A public check of a secret point. Its texts are secret: it is kept sealed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicCheck {
    /// The format's version.
    pub version: u32,
    /// Its number, once it is recorded.
    pub no: Option<Number>,
    /// The program that made it.
    pub program: String,
    /// When it began, RFC 3339.
    pub begun: String,
    /// When it ended.
    pub ended: String,
    /// The secret point.
    pub secret: Number,
    /// Its title.
    pub title: String,
    /// Its level.
    pub level: Level,
    /// The day of the act, if one was named.
    pub day: Option<Day>,
    /// The corpora, asked or not.
    pub corpora: Vec<AskedCorpus>,
    /// The parts that were looked for.
    pub parts: Vec<CheckedPart>,
    /// Parts that were not, and why: the word of a fault.
    pub left: Vec<FaultRow>,
    /// The shortest run, in folded bytes, that is always found.
    pub guaranteed: u32,
}

/// A corpus as it was when the question came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedCorpus {
    /// Its number.
    pub no: Number,
    /// Its name.
    pub name: String,
    /// What its documents are.
    pub sort: CorpusSort,
    /// Where they come from, as claimed.
    pub source: Option<String>,
    /// The day on which those without a day of their own were public, as claimed.
    pub day: Option<Day>,
    /// When it was built, RFC 3339.
    pub built: String,
    /// Documents.
    pub documents: u64,
    /// Of them, those without a day.
    pub undated: u64,
    /// The earliest and the latest day.
    pub days: Option<[Day; 2]>,
    /// Bytes of text.
    pub bytes: u64,
    /// Files, members and records that it lacks, since they could not be read.
    pub faults: u64,
    /// SHA-256 of its file, in hex.
    pub digest: String,
    /// Whether it was asked, or why not.
    pub state: CorpusState,
    /// Documents that share fingerprints and were not looked at, because there are too many.
    pub unseen: u64,
}

/// Whether a corpus was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CorpusState {
    /// It was.
    Asked,
    /// It was not named.
    Unnamed,
    /// Its file is not there.
    Absent,
    /// Its file is not the one that was recorded.
    Other,
    /// Its file can't be read.
    Damaged,
}

impl CorpusState {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Asked, Self::Unnamed, Self::Absent, Self::Other, Self::Damaged];

    /// A fixed word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Unnamed => "unnamed",
            Self::Absent => "absent",
            Self::Other => "other",
            Self::Damaged => "damaged",
        }
    }
}

/// When something was public, seen from the day of the act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Era {
    /// Before it.
    Before,
    /// No day of the act was named.
    Unasked,
    /// Nothing says when.
    Undated,
    /// On it or after, or its day is too vague to be before.
    After,
}

impl Era {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Before, Self::Unasked, Self::Undated, Self::After];

    /// A fixed word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Unasked => "unasked",
            Self::Undated => "undated",
            Self::After => "after",
        }
    }
}

/// A part of a secret point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckedPart {
    /// `statement/1`, `carrier/2`, or `carrier/2/` and the place in it.
    pub part: String,
    /// Folded bytes it has.
    pub units: u64,
    /// Of them, those that are in documents of the corpora.
    pub found: u64,
    /// Of them, those that are in documents that were public before the day.
    pub earlier: u64,
    /// Whether it is long enough for the guarantee; a shorter one is found when half of it or more
    /// is there in one piece, which is likely but not certain.
    pub guaranteed: bool,
    /// Its text in pieces, and whether each was found; blank for long ones.
    pub text: Vec<(bool, String)>,
    /// What is in both, what was public first before.
    pub passages: Vec<PublicPassage>,
    /// Passages that are not listed.
    pub more: u64,
    /// Documents in which something of it was found.
    pub documents: u64,
    /// Whether it was also looked for by its words.
    pub by_words: bool,
    /// Documents near by their words.
    pub leads: Vec<Lead>,
}

/// A document of a corpus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The corpus.
    pub corpus: Number,
    /// Where the document was.
    pub name: String,
    /// Its title, if it says one.
    pub title: Option<String>,
    /// The last day that it can be of.
    pub day: Option<String>,
    /// The day as it was said.
    pub said: Option<String>,
    /// Seen from the day of the act.
    pub era: Era,
}

/// A passage that is in both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicPassage {
    /// Where.
    pub source: Source,
    /// In which layer it is the same.
    pub layer: Layer,
    /// Units that are the same.
    pub same: u32,
    /// Lines of the document, from 1, where it is no section of a longer one.
    pub lines: Option<[u64; 2]>,
    /// The part around it: whether a piece is the same, and it.
    pub left: Vec<(bool, String)>,
    /// The document around it.
    pub right: Vec<(bool, String)>,
}

/// A document that says something near in other words, perhaps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lead {
    /// Where.
    pub source: Source,
    /// Share of the part's words that it has, by how rare they are in the corpus, 0 to 1.
    pub share: f64,
    /// Words of the part that it has.
    pub has: Vec<String>,
    /// Words of the part that it lacks.
    pub lacks: Vec<String>,
    /// The stretch of it with most of them.
    pub excerpt: String,
}

impl PublicCheck {
    /// Parts of which something was found.
    pub fn found(&self) -> u32 {
        self.parts.iter().filter(|part| part.found > 0).count() as u32
    }

    /// Parts of which something was found that was public before the day.
    pub fn earlier(&self) -> u32 {
        self.parts.iter().filter(|part| part.earlier > 0).count() as u32
    }

    /// Documents near by their words.
    pub fn leads(&self) -> u32 {
        self.parts.iter().map(|part| part.leads.len() as u32).sum()
    }

    /// The corpora that were asked.
    pub fn asked(&self) -> impl Iterator<Item = &AskedCorpus> {
        self.corpora.iter().filter(|corpus| corpus.state == CorpusState::Asked)
    }

    /// The same without what it quotes of the secret point, and of documents beside it.
    #[must_use]
    pub fn closed(&self) -> Self {
        let mut closed = self.clone();
        for part in &mut closed.parts {
            part.text.clear();
            for passage in &mut part.passages {
                passage.left.clear();
                passage.right.clear();
            }
            for lead in &mut part.leads {
                lead.has.clear();
                lead.lacks.clear();
                lead.excerpt.clear();
            }
        }
        closed
    }
}
