//! Blind comparisons with other parties.

use domain::terms::BlindSide;
use domain::{Moment, Number};
use rusqlite::{Row, params};

use super::{Reader, maybe_number, maybe_numbers, number, term};
use crate::StoreError;

/// A blind comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlindRow {
    /// Its number.
    pub no: Number,
    /// The event that recorded it.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// Which side this one is.
    pub side: BlindSide,
    /// The secret points that were put in; none: files.
    pub secrets: Vec<Number>,
    /// The partner it is with.
    pub partner: Option<Number>,
    /// Fingerprints that this side put in.
    pub own: u64,
    /// Fingerprints that the other put in, as soon as that is known.
    pub theirs: Option<u64>,
    /// The shortest run of a text, in folded bytes, that is always found.
    pub guaranteed: u32,
    /// SHA-256 of the messages so far, in hex.
    pub messages: Vec<String>,
    /// Messages of the other that did not hold.
    pub faults: u32,
    /// The event with which it ended.
    pub ended: Option<u64>,
    /// Fingerprints of this side that the other has, too.
    pub found: Option<u64>,
    /// SHA-256 of the report.
    pub report: Option<String>,
}

const BLIND: &str = "SELECT no, idx, at, side, secrets, partner, own, theirs, guaranteed, messages,
    faults, ended_idx, found, report FROM blind";

fn blind(row: &Row<'_>) -> rusqlite::Result<BlindRow> {
    let count = |at| row.get::<_, i64>(at).map(|count| count as u64);
    let maybe = |at| row.get::<_, Option<i64>>(at).map(|count| count.map(|count| count as u64));
    let messages: String = row.get(9)?;
    Ok(BlindRow {
        no: number(row, 0)?,
        idx: count(1)?,
        at: Moment(row.get(2)?),
        side: term(row, 3, BlindSide::from_word)?,
        secrets: maybe_numbers(row, 4)?.unwrap_or_default(),
        partner: maybe_number(row, 5)?,
        own: count(6)?,
        theirs: maybe(7)?,
        guaranteed: row.get(8)?,
        messages: messages.split(',').map(str::to_owned).collect(),
        faults: row.get(10)?,
        ended: maybe(11)?,
        found: maybe(12)?,
        report: row.get(13)?,
    })
}

impl Reader {
    /// All blind comparisons, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn blinds(&self) -> Result<Vec<BlindRow>, StoreError> {
        self.rows(&format!("{BLIND} ORDER BY idx DESC"), params![], blind)
    }

    /// One blind comparison.
    ///
    /// # Errors
    /// The database's own.
    pub fn blind(&self, no: Number) -> Result<Option<BlindRow>, StoreError> {
        self.row(&format!("{BLIND} WHERE no = $1"), [no.to_string()], blind)
    }
}
