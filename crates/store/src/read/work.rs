//! Records of the company's own work.

use domain::terms::Thread;
use domain::{Day, Moment, Number};
use rusqlite::{Row, params};

use super::{Reader, maybe_day, maybe_number, maybe_numbers, number};
use crate::StoreError;

/// A record of the company's own work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkRow {
    /// Its number.
    pub no: Number,
    /// The event that recorded it.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// What work it is.
    pub what: String,
    /// The secret points that it led to.
    pub secrets: Vec<Number>,
    /// The record of the same work before.
    pub after: Option<Number>,
    /// Whether all that stood in that record still stood.
    pub thread: Option<Thread>,
    /// Commits of its repositories.
    pub commits: u64,
    /// Files outside of them.
    pub files: u64,
    /// What could not be read.
    pub faults: u64,
    /// The earliest and the latest day, as the data claims.
    pub days: Option<[Day; 2]>,
    /// SHA-256 of the list of commits and files.
    pub chain: String,
    /// SHA-256 of the report.
    pub report: String,
}

const WORK: &str =
    "SELECT no, idx, at, what, secrets, after, thread, commits, files, faults, first,
    last, chain, report FROM work";

fn work(row: &Row<'_>) -> rusqlite::Result<WorkRow> {
    let count = |at| row.get::<_, i64>(at).map(|count| count as u64);
    let thread: Option<String> = row.get(6)?;
    Ok(WorkRow {
        no: number(row, 0)?,
        idx: count(1)?,
        at: Moment(row.get(2)?),
        what: row.get(3)?,
        secrets: maybe_numbers(row, 4)?.unwrap_or_default(),
        after: maybe_number(row, 5)?,
        thread: thread.and_then(|word| Thread::from_word(&word)),
        commits: count(7)?,
        files: count(8)?,
        faults: count(9)?,
        days: maybe_day(row, 10)?.zip(maybe_day(row, 11)?).map(|(first, last)| [first, last]),
        chain: row.get(12)?,
        report: row.get(13)?,
    })
}

impl Reader {
    /// All records of own work, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn works(&self) -> Result<Vec<WorkRow>, StoreError> {
        self.rows(&format!("{WORK} ORDER BY idx DESC"), params![], work)
    }

    /// One record of own work.
    ///
    /// # Errors
    /// The database's own.
    pub fn work(&self, no: Number) -> Result<Option<WorkRow>, StoreError> {
        self.row(&format!("{WORK} WHERE no = $1"), [no.to_string()], work)
    }
}
