//! Wishes about public corpora: what is in them, and what of a secret point was found there.

use crate::facts::Need;
use crate::moment::Day;
use crate::number::{Number, Series};
use crate::terms::CorpusSort;

/// A wish about public corpora.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Record a corpus that was built.
    Add(Add),
    /// Take a corpus away.
    Remove {
        /// The corpus.
        corpus: Number,
        /// Why.
        why: String,
    },
    /// Record what a public check came to.
    Check(Check),
}

/// Records a corpus that was built.
#[derive(Clone, Debug)]
pub struct Add {
    /// Its number, reserved before: its file is kept under it.
    pub no: Number,
    /// Its name.
    pub name: String,
    /// What its documents are.
    pub sort: CorpusSort,
    /// Where they come from.
    pub source: Option<String>,
    /// The day on which those without a day of their own were public.
    pub day: Option<Day>,
    /// Files that were read.
    pub files: u64,
    /// Files, members and records that were not read, or not wholly.
    pub faults: u64,
    /// Documents in it.
    pub documents: u64,
    /// Of them, those without a day.
    pub undated: u64,
    /// The earliest and the latest day of a document.
    pub days: Option<[Day; 2]>,
    /// Bytes of text.
    pub bytes: u64,
    /// Fingerprints.
    pub fingerprints: u64,
    /// The shortest run, in folded bytes, that is always found.
    pub guaranteed: u32,
    /// SHA-256 of the list of documents, in hex.
    pub manifest: String,
    /// SHA-256 of the corpus's file, in hex.
    pub digest: String,
    /// The program's version.
    pub program: String,
}

/// Records what a public check came to.
#[derive(Clone, Debug)]
pub struct Check {
    /// Its number, reserved before: the report is kept under it.
    pub no: Number,
    /// The secret point.
    pub secret: Number,
    /// The day of the act.
    pub day: Option<Day>,
    /// The corpora that were asked, with SHA-256 of the file of each, in hex.
    pub corpora: Vec<(Number, String)>,
    /// Those that were not, or could not be.
    pub unasked: Vec<Number>,
    /// Documents in those that were.
    pub documents: u64,
    /// Parts of the secret point that were looked for.
    pub parts: u32,
    /// Parts that could not be.
    pub left: u32,
    /// Parts of which something was found.
    pub found: u32,
    /// Parts of which something was found that was public before the day.
    pub earlier: u32,
    /// Documents that are near by their words.
    pub leads: u32,
    /// The shortest run, in folded bytes, that is always found.
    pub guaranteed: u32,
    /// The program's version.
    pub program: String,
    /// SHA-256 of the report, in hex.
    pub report: String,
}

impl Wish {
    pub(crate) fn needs(&self) -> Vec<Need> {
        match self {
            Self::Add(_) => vec![Need::Last(Series::Corpus)],
            Self::Remove { corpus, .. } => vec![Need::Thing(*corpus)],
            Self::Check(c) => vec![Need::Last(Series::PublicCheck), Need::Secret(c.secret)],
        }
    }
}
