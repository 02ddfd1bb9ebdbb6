//! Public corpora, and what secret points were looked for in them.

use domain::terms::CorpusSort;
use domain::{Day, Moment, Number};
use rusqlite::{Row, params};

use super::{Reader, maybe_day, maybe_numbers, number, term};
use crate::StoreError;

/// A public corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorpusRow {
    /// Its number.
    pub no: Number,
    /// The event that recorded it.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// Its name.
    pub name: String,
    /// What its documents are.
    pub sort: CorpusSort,
    /// Where they come from, as claimed.
    pub source: Option<String>,
    /// The day on which those without a day of their own were public, as claimed.
    pub day: Option<Day>,
    /// Files that were read.
    pub files: u64,
    /// Files, members and records that were not read, or not wholly.
    pub faults: u64,
    /// Documents in it.
    pub documents: u64,
    /// Of them, those without a day.
    pub undated: u64,
    /// The earliest and the latest day of a document, as the data claims.
    pub days: Option<[Day; 2]>,
    /// Bytes of text.
    pub bytes: u64,
    /// Fingerprints.
    pub fingerprints: u64,
    /// The shortest run, in folded bytes, that is always found.
    pub guaranteed: u32,
    /// SHA-256 of the list of documents.
    pub manifest: String,
    /// SHA-256 of the corpus's file.
    pub digest: String,
    /// Whether it was taken away.
    pub removed: bool,
}

/// A public check of a secret point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicCheckRow {
    /// Its number.
    pub no: Number,
    /// The event that recorded it.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// The secret point.
    pub secret: Number,
    /// The day of the act.
    pub day: Option<Day>,
    /// The corpora that were asked.
    pub corpora: Vec<Number>,
    /// Documents in them.
    pub documents: u64,
    /// Parts that were looked for.
    pub parts: u32,
    /// Parts of which something was found.
    pub found: u32,
    /// Parts of which something was found that was public before the day.
    pub earlier: u32,
    /// Documents that are near by their words.
    pub leads: u32,
    /// SHA-256 of the report.
    pub report: String,
}

const CORPUS: &str =
    "SELECT no, idx, at, name, sort, source, day, files, faults, documents, undated,
    first, last, bytes, fingerprints, guaranteed, manifest, digest, removed_idx FROM corpus";

fn corpus(row: &Row<'_>) -> rusqlite::Result<CorpusRow> {
    let count = |at| row.get::<_, i64>(at).map(|count| count as u64);
    Ok(CorpusRow {
        no: number(row, 0)?,
        idx: count(1)?,
        at: Moment(row.get(2)?),
        name: row.get(3)?,
        sort: term(row, 4, CorpusSort::from_word)?,
        source: row.get(5)?,
        day: maybe_day(row, 6)?,
        files: count(7)?,
        faults: count(8)?,
        documents: count(9)?,
        undated: count(10)?,
        days: maybe_day(row, 11)?.zip(maybe_day(row, 12)?).map(|(first, last)| [first, last]),
        bytes: count(13)?,
        fingerprints: count(14)?,
        guaranteed: row.get(15)?,
        manifest: row.get(16)?,
        digest: row.get(17)?,
        removed: row.get::<_, Option<i64>>(18)?.is_some(),
    })
}

const CHECK: &str = "SELECT no, idx, at, secret, day, corpora, documents, parts, found, earlier,
    leads, report FROM public_check";

fn check(row: &Row<'_>) -> rusqlite::Result<PublicCheckRow> {
    let count = |at| row.get::<_, i64>(at).map(|count| count as u64);
    Ok(PublicCheckRow {
        no: number(row, 0)?,
        idx: count(1)?,
        at: Moment(row.get(2)?),
        secret: number(row, 3)?,
        day: maybe_day(row, 4)?,
        corpora: maybe_numbers(row, 5)?.unwrap_or_default(),
        documents: count(6)?,
        parts: row.get(7)?,
        found: row.get(8)?,
        earlier: row.get(9)?,
        leads: row.get(10)?,
        report: row.get(11)?,
    })
}

impl Reader {
    /// All corpora, the newest first, also those that were taken away.
    ///
    /// # Errors
    /// The database's own.
    pub fn corpora(&self) -> Result<Vec<CorpusRow>, StoreError> {
        self.rows(&format!("{CORPUS} ORDER BY idx DESC"), params![], corpus)
    }

    /// One corpus.
    ///
    /// # Errors
    /// The database's own.
    pub fn corpus(&self, no: Number) -> Result<Option<CorpusRow>, StoreError> {
        self.row(&format!("{CORPUS} WHERE no = $1"), [no.to_string()], corpus)
    }

    /// All public checks, the newest first; only those of a secret point, if one is named.
    ///
    /// # Errors
    /// The database's own.
    pub fn public_checks(&self, secret: Option<Number>) -> Result<Vec<PublicCheckRow>, StoreError> {
        let sql = format!("{CHECK} WHERE $1 IS NULL OR secret = $1 ORDER BY idx DESC");
        self.rows(&sql, params![secret.map(|no| no.to_string())], check)
    }

    /// One public check.
    ///
    /// # Errors
    /// The database's own.
    pub fn public_check(&self, no: Number) -> Result<Option<PublicCheckRow>, StoreError> {
        self.row(&format!("{CHECK} WHERE no = $1"), [no.to_string()], check)
    }
}
