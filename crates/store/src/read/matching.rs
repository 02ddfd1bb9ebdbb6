//! Sweeps, what was asked to leave, and comparisons.

use domain::facts::ReleaseHead;
use domain::terms::{Sameness, Verdict};
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

/// A comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparisonRow {
    /// Its number.
    pub no: Number,
    /// The event that recorded it.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// What was compared, in words.
    pub what: String,
    /// Where the other thing comes from, as claimed.
    pub source: Option<String>,
    /// The secret points on the left side.
    pub secrets: Vec<Number>,
    /// Files and statements of both sides.
    pub files: u64,
    /// Files and members that were not read, or not wholly.
    pub faults: u64,
    /// SHA-256 of the figures.
    pub figures: String,
    /// SHA-256 of the report.
    pub report: String,
    /// How many conclusions there are.
    pub conclusions: u32,
}

/// What a person concluded of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConclusionRow {
    /// The event; what is said in words is sealed there.
    pub idx: u64,
    /// When the journal received it.
    pub at: Moment,
    /// The secret point.
    pub secret: Number,
    /// Who concluded.
    pub person: Number,
    /// What.
    pub sameness: Sameness,
}

const COMPARISON: &str =
    "SELECT no, idx, at, what, source, secrets, files, faults, figures, report,
    (SELECT COUNT(*) FROM conclusion WHERE comparison = comparison.no) FROM comparison";

fn comparison(row: &Row<'_>) -> rusqlite::Result<ComparisonRow> {
    let count = |at| row.get::<_, i64>(at).map(|count| count as u64);
    Ok(ComparisonRow {
        no: number(row, 0)?,
        idx: count(1)?,
        at: Moment(row.get(2)?),
        what: row.get(3)?,
        source: row.get(4)?,
        secrets: maybe_numbers(row, 5)?.unwrap_or_default(),
        files: count(6)?,
        faults: count(7)?,
        figures: row.get(8)?,
        report: row.get(9)?,
        conclusions: row.get(10)?,
    })
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

    /// All comparisons, the newest first; only those of a secret point, if one is named.
    ///
    /// # Errors
    /// The database's own.
    pub fn comparisons(&self, secret: Option<Number>) -> Result<Vec<ComparisonRow>, StoreError> {
        let sql = format!(
            "{COMPARISON} WHERE $1 IS NULL OR ',' || secrets || ',' LIKE $1 ORDER BY idx DESC"
        );
        let pattern = secret.map(|no| format!("%,{no},%"));
        self.rows(&sql, params![pattern], comparison)
    }

    /// One comparison.
    ///
    /// # Errors
    /// The database's own.
    pub fn comparison(&self, no: Number) -> Result<Option<ComparisonRow>, StoreError> {
        self.row(&format!("{COMPARISON} WHERE no = $1"), [no.to_string()], comparison)
    }

    /// What people concluded of a comparison, in the order in which they did.
    ///
    /// # Errors
    /// The database's own.
    pub fn conclusions(&self, comparison: Number) -> Result<Vec<ConclusionRow>, StoreError> {
        self.rows(
            "SELECT idx, at, secret, person, sameness FROM conclusion WHERE comparison = $1
             ORDER BY idx",
            [comparison.to_string()],
            |row| {
                Ok(ConclusionRow {
                    idx: row.get::<_, i64>(0)? as u64,
                    at: Moment(row.get(1)?),
                    secret: number(row, 2)?,
                    person: number(row, 3)?,
                    sameness: term(row, 4, Sameness::from_word)?,
                })
            },
        )
    }
}
