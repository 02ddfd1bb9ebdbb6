//! Legal holds, and what was destroyed.

use domain::{Moment, Number};
use rusqlite::{Row, params};

use super::workstation::idx;
use super::{BlobRow, Reader, maybe_number, number};
use crate::StoreError;

/// A legal hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldRow {
    /// The person or secret point.
    pub thing: Number,
    /// Its number on it.
    pub no: u32,
    /// The event that set it.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// The incident or case for which it is kept.
    pub ground: Option<Number>,
    /// Why.
    pub why: String,
    /// The event that lifted it.
    pub lifted: Option<u64>,
}

/// That something was destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErasureRow {
    /// The event that says so.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
}

fn hold(row: &Row<'_>) -> rusqlite::Result<HoldRow> {
    Ok(HoldRow {
        thing: number(row, 0)?,
        no: row.get(1)?,
        idx: idx(row, 2)?,
        at: Moment(row.get(3)?),
        ground: maybe_number(row, 4)?,
        why: row.get(5)?,
        lifted: row.get::<_, Option<i64>>(6)?.map(|idx| idx as u64),
    })
}

const HOLD: &str = "SELECT thing, no, idx, at, ground, why, lifted FROM hold";

/// The files of what was destroyed.
const ERASED_FILES: &str = "SELECT blob, sealed, secret || '/' || no FROM carrier
    WHERE secret IN (SELECT thing FROM erasure)
    UNION ALL SELECT blob, sealed, about || '/' || no FROM paper
    WHERE about IN (SELECT thing FROM erasure)";

impl Reader {
    /// Legal holds, the newest first; only those that stand, or all.
    ///
    /// # Errors
    /// The database's own.
    pub fn holds(&self, all: bool) -> Result<Vec<HoldRow>, StoreError> {
        let sql = format!("{HOLD} WHERE lifted IS NULL OR $1 ORDER BY idx DESC");
        self.rows(&sql, params![all], hold)
    }

    /// The holds of a person or a secret point that stand, the oldest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn holds_on(&self, thing: Number) -> Result<Vec<HoldRow>, StoreError> {
        let sql = format!("{HOLD} WHERE thing = $1 AND lifted IS NULL ORDER BY no");
        self.rows(&sql, [thing.to_string()], hold)
    }

    /// Whether a person's data or a secret point's content was destroyed.
    ///
    /// # Errors
    /// The database's own.
    pub fn erasure(&self, thing: Number) -> Result<Option<ErasureRow>, StoreError> {
        let sql = "SELECT idx, at FROM erasure WHERE thing = $1";
        self.row(sql, [thing.to_string()], |row| {
            Ok(ErasureRow { idx: idx(row, 0)?, at: Moment(row.get(1)?) })
        })
    }

    /// What the ledger says is destroyed and is not yet gone from the disk.
    ///
    /// # Errors
    /// The database's own.
    pub fn erasing(&self) -> Result<Vec<Number>, StoreError> {
        self.rows("SELECT thing FROM erasing ORDER BY thing", [], |row| number(row, 0))
    }

    /// The files of what was destroyed: none of them may be there.
    ///
    /// # Errors
    /// The database's own.
    pub fn erased_blobs(&self) -> Result<Vec<BlobRow>, StoreError> {
        self.rows(ERASED_FILES, [], |row| {
            Ok(BlobRow { blob: row.get(0)?, sealed: row.get(1)?, of: row.get(2)? })
        })
    }

    /// How many sealed items and wrapped keys of what was destroyed are still there.
    ///
    /// # Errors
    /// The database's own.
    pub fn erased_keys_left(&self) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) FROM subject_key WHERE subject IN (SELECT thing FROM erasure)
            OR subject IN (SELECT no FROM account WHERE holder IN (SELECT thing FROM erasure))";
        Ok(self.row(sql, [], |row| row.get::<_, i64>(0))?.unwrap_or(0) as u64)
    }
}
