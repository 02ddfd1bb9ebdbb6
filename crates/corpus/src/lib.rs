//! Public corpora: documents that anybody could read, found again by passages and by words.
//!
//! ```text
//!  files, records of dumps ──► Builder ──► one SQLite file: documents with their days and texts,
//!                                          fingerprints by bucket, words (FTS5)
//!  fingerprints or words of something ──► Corpus ──► documents, looked at by whoever asks
//! ```
//! What is asked stays in memory: a corpus is opened for reading only, and SQLite keeps what it
//! needs for an answer in memory as well. The corpus itself is public and lies there in clear.
//!
//! A corpus is one file and is never changed once it is finished, so its SHA-256 says which it is;
//! several can be built and asked on several machines.

mod build;
mod day;
pub mod dump;
mod open;
mod words;

use matcher::index::Window;
use serde::{Deserialize, Serialize};

pub use build::{Builder, Entry};
pub use day::Dated;
pub use open::{Corpus, Near, Stored};
pub use words::Words;

/// How far apart fingerprints may lie: each run of 63 folded bytes (21 汉字) has one.
pub const WINDOW: Window = Window::Fine;
/// The version of the file.
const VERSION: u32 = 1;
/// What a file begins with in its table `meta`.
const MARK: &str = "midun corpus";

/// What a corpus holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Documents; a record of a dump is one.
    pub documents: u64,
    /// Of them, those without a day.
    pub undated: u64,
    /// The earliest and the latest day of those that have one.
    pub days: Option<[String; 2]>,
    /// Bytes of their texts.
    pub bytes: u64,
    /// Fingerprints, each once a document.
    pub fingerprints: u64,
    /// SHA-256 of the list of documents: one line each, `sha256 day name`, in the order they came.
    pub manifest: String,
}

/// Why a corpus can't be built or asked.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// The file is something else.
    #[error("not a corpus")]
    NotACorpus,
    /// A newer program wrote it.
    #[error("the corpus is of version {found}")]
    Newer {
        /// Its version.
        found: u32,
    },
    /// Its parts don't fit together: cut short or altered.
    #[error("the corpus is damaged")]
    Damaged,
    /// SQLite's own.
    #[error("the database of the corpus")]
    Database(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for CorpusError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
        match error.sqlite_error_code() {
            Some(NotADatabase) => Self::NotACorpus,
            Some(DatabaseCorrupt) => Self::Damaged,
            _ => Self::Database(error),
        }
    }
}
