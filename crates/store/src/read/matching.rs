//! Sweeps, and what was asked to leave.

use domain::facts::ReleaseHead;
use domain::terms::Verdict;
use domain::{Moment, Number};
use rusqlite::{Row, params};

use super::{Reader, maybe_numbers, number, term};
use crate::StoreError;

/// A sweep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SweepRow {
    /// Its number.
    pub no: Number,
    /// The event that recorded it.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// What was swept, in words.
    pub what: String,
    /// Whether it was ended before all was read.
    pub partial: bool,
    /// Files read.
    pub files: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Files and members that were not read, or not wholly.
    pub faults: u64,
    /// Files in which something was found.
    pub hits: u64,
    /// The secret points that were found.
    pub secrets: Vec<Number>,
    /// The shortest run that is always found.
    pub guaranteed: u32,
    /// SHA-256 of the list of what was read.
    pub manifest: String,
    /// SHA-256 of the report.
    pub report: String,
}

/// Something that was asked to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseRow {
    /// Its number.
    pub no: Number,
    /// The event that asked.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// What it is, in words.
    pub what: String,
    /// Where it is to go.
    pub to: Option<String>,
    /// Files.
    pub files: u64,
    /// Files and members that were not read, or not wholly.
    pub faults: u64,
    /// The secret points that were found in it.
    pub secrets: Vec<Number>,
    /// What was said to it, whose approval it needs, and what they said.
    pub head: ReleaseHead,
    /// The shortest run that is always found.
    pub guaranteed: u32,
    /// SHA-256 of the list of files.
    pub manifest: String,
    /// SHA-256 of the report.
    pub report: String,
}

const SWEEP: &str = "SELECT no, idx, at, what, partial, files, bytes, faults, hits, secrets,
    guaranteed, manifest, report FROM sweep";

fn sweep(row: &Row<'_>) -> rusqlite::Result<SweepRow> {
    let count = |at| row.get::<_, i64>(at).map(|count| count as u64);
    Ok(SweepRow {
        no: number(row, 0)?,
        idx: count(1)?,
        at: Moment(row.get(2)?),
        what: row.get(3)?,
        partial: row.get(4)?,
        files: count(5)?,
        bytes: count(6)?,
        faults: count(7)?,
        hits: count(8)?,
        secrets: maybe_numbers(row, 9)?.unwrap_or_default(),
        guaranteed: row.get(10)?,
        manifest: row.get(11)?,
        report: row.get(12)?,
    })
}

const RELEASE: &str = "SELECT no, idx, at, what, destination, files, faults, secrets, verdict,
    approvers, approved, refused_idx, guaranteed, manifest, report FROM release";

fn release(row: &Row<'_>) -> rusqlite::Result<ReleaseRow> {
    let count = |at| row.get::<_, i64>(at).map(|count| count as u64);
    Ok(ReleaseRow {
        no: number(row, 0)?,
        idx: count(1)?,
        at: Moment(row.get(2)?),
        what: row.get(3)?,
        to: row.get(4)?,
        files: count(5)?,
        faults: count(6)?,
        secrets: maybe_numbers(row, 7)?.unwrap_or_default(),
        head: ReleaseHead {
            verdict: term(row, 8, Verdict::from_word)?,
            approvers: maybe_numbers(row, 9)?.unwrap_or_default(),
            approved: maybe_numbers(row, 10)?.unwrap_or_default(),
            refused: row.get::<_, Option<i64>>(11)?.is_some(),
        },
        guaranteed: row.get(12)?,
        manifest: row.get(13)?,
        report: row.get(14)?,
    })
}

impl Reader {
    /// All sweeps, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn sweeps(&self) -> Result<Vec<SweepRow>, StoreError> {
        self.rows(&format!("{SWEEP} ORDER BY idx DESC"), params![], sweep)
    }

    /// One sweep.
    ///
    /// # Errors
    /// The database's own.
    pub fn sweep(&self, no: Number) -> Result<Option<SweepRow>, StoreError> {
        self.row(&format!("{SWEEP} WHERE no = $1"), [no.to_string()], sweep)
    }

    /// All that was asked to leave, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn releases(&self) -> Result<Vec<ReleaseRow>, StoreError> {
        self.rows(&format!("{RELEASE} ORDER BY idx DESC"), params![], release)
    }

    /// One thing that was asked to leave.
    ///
    /// # Errors
    /// The database's own.
    pub fn release(&self, no: Number) -> Result<Option<ReleaseRow>, StoreError> {
        self.row(&format!("{RELEASE} WHERE no = $1"), [no.to_string()], release)
    }

    /// What was asked for files with exactly this list, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn releases_of(&self, manifest: &str) -> Result<Vec<ReleaseRow>, StoreError> {
        self.rows(&format!("{RELEASE} WHERE manifest = $1 ORDER BY idx DESC"), [manifest], release)
    }
}
