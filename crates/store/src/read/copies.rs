//! Marked copies and what turned up.

use domain::terms::Ending;
use domain::{Day, Moment, Number};
use rusqlite::{Row, params};

use super::{Reader, maybe_day, maybe_list, maybe_numbers, maybe_term, number};
use crate::StoreError;

/// A batch of copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchRow {
    /// Its number.
    pub no: Number,
    /// The event that committed to it; its items `key` and `marks` are sealed there.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// The secret point.
    pub secret: Number,
    /// The carrier.
    pub carrier: u32,
    /// The commitment to the seed.
    pub seed: String,
    /// SHA-256 of the list of sites.
    pub plan: String,
    /// How many sites there are.
    pub sites: u32,
    /// What for.
    pub purpose: String,
    /// To be given back by this day.
    pub until: Option<Day>,
    /// What recipients are told about marks.
    pub notice: Option<String>,
    /// The program that wrote the copies.
    pub program: String,
    /// How many copies it has.
    pub copies: u32,
}

/// A copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyRow {
    /// Its number.
    pub no: Number,
    /// The batch.
    pub batch: Number,
    /// The secret point.
    pub secret: Number,
    /// The carrier.
    pub carrier: u32,
    /// To whom it goes.
    pub recipient: Number,
    /// To be given back by this day: as called back, else as agreed.
    pub until: Option<Day>,
    /// When it was made; `None` when it is only committed to.
    pub at: Option<Moment>,
    /// Who chose the nonce.
    pub chosen: Option<String>,
    /// The nonce, in hex.
    pub nonce: Option<String>,
    /// The beacon, in hex.
    pub beacon: Option<String>,
    /// SHA-256 of the copy.
    pub file: Option<String>,
    /// Its size in bytes.
    pub size: Option<u64>,
    /// The event by which it was acknowledged.
    pub received_idx: Option<u64>,
    /// When it was received, as claimed.
    pub received: Option<Day>,
    /// How it ended.
    pub ending: Option<Ending>,
    /// When it ended, as claimed.
    pub ended: Option<Day>,
    /// The event by which it was called back.
    pub recalled_idx: Option<u64>,
    /// Papers.
    pub papers: u32,
}

impl CopyRow {
    /// Whether it should be back by now and is not.
    pub fn overdue(&self, today: Day) -> bool {
        self.at.is_some() && self.ending.is_none() && self.until.is_some_and(|day| day < today)
    }
}

/// Which copies.
#[derive(Clone, Copy, Debug, Default)]
pub struct CopyFilter {
    /// Of this secret point only.
    pub secret: Option<Number>,
    /// Of this batch only.
    pub batch: Option<Number>,
    /// To this recipient only.
    pub recipient: Option<Number>,
}

/// Something that turned up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindRow {
    /// Its number.
    pub no: Number,
    /// The event by which it was read; `leak` and `readings` are sealed there.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// The batches whose original it is like.
    pub batches: Vec<Number>,
    /// How many sites say something, in each.
    pub live: Vec<u32>,
    /// Where it was found, as claimed.
    pub source: String,
    /// The copies that were sources; `None` until it was traced.
    pub named: Option<Vec<Number>>,
    /// The bound on naming any other.
    pub epsilon: Option<String>,
    /// How many copies there were.
    pub among: Option<u32>,
    /// SHA-256 of the report.
    pub report: Option<String>,
    /// The event by which it was traced; `findings` is sealed there.
    pub traced_idx: Option<u64>,
}

const BATCH: &str = "SELECT b.no, b.idx, b.at, b.secret, b.carrier, b.seed, b.plan, b.sites,
    b.purpose, b.until, b.notice, b.program,
    (SELECT COUNT(*) FROM copy c WHERE c.batch = b.no) FROM batch b";

fn batch(row: &Row<'_>) -> rusqlite::Result<BatchRow> {
    Ok(BatchRow {
        no: number(row, 0)?,
        idx: row.get::<_, i64>(1)? as u64,
        at: Moment(row.get(2)?),
        secret: number(row, 3)?,
        carrier: row.get(4)?,
        seed: row.get(5)?,
        plan: row.get(6)?,
        sites: row.get(7)?,
        purpose: row.get(8)?,
        until: maybe_day(row, 9)?,
        notice: row.get(10)?,
        program: row.get(11)?,
        copies: row.get(12)?,
    })
}

const COPY: &str = "SELECT c.no, c.batch, b.secret, b.carrier, c.recipient,
    COALESCE(NULLIF(c.recalled, ''), b.until), c.at, c.chosen, c.nonce, c.beacon, c.file, c.size,
    c.received_idx, c.received, c.ending, c.ended, c.recalled_idx,
    (SELECT COUNT(*) FROM paper p WHERE p.about = c.no)
    FROM copy c JOIN batch b ON b.no = c.batch";

fn copy(row: &Row<'_>) -> rusqlite::Result<CopyRow> {
    let idx = |at| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(at)?.map(|idx| idx as u64));
    Ok(CopyRow {
        no: number(row, 0)?,
        batch: number(row, 1)?,
        secret: number(row, 2)?,
        carrier: row.get(3)?,
        recipient: number(row, 4)?,
        until: maybe_day(row, 5)?,
        at: row.get::<_, Option<i64>>(6)?.map(Moment),
        chosen: row.get(7)?,
        nonce: row.get(8)?,
        beacon: row.get(9)?,
        file: row.get(10)?,
        size: idx(11)?,
        received_idx: idx(12)?,
        received: maybe_day(row, 13)?,
        ending: maybe_term(row, 14, Ending::from_word)?,
        ended: maybe_day(row, 15)?,
        recalled_idx: idx(16)?,
        papers: row.get(17)?,
    })
}

const FIND: &str = "SELECT no, idx, at, batches, live, source, named, epsilon, among, report,
    traced_idx FROM find";

fn find(row: &Row<'_>) -> rusqlite::Result<FindRow> {
    Ok(FindRow {
        no: number(row, 0)?,
        idx: row.get::<_, i64>(1)? as u64,
        at: Moment(row.get(2)?),
        batches: maybe_numbers(row, 3)?.unwrap_or_default(),
        live: maybe_list(row, 4)?.unwrap_or_default(),
        source: row.get(5)?,
        named: maybe_numbers(row, 6)?,
        epsilon: row.get(7)?,
        among: row.get(8)?,
        report: row.get(9)?,
        traced_idx: row.get::<_, Option<i64>>(10)?.map(|idx| idx as u64),
    })
}

impl Reader {
    /// The batches, of one secret point or of all, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn batches(&self, secret: Option<Number>) -> Result<Vec<BatchRow>, StoreError> {
        let sql = format!("{BATCH} WHERE $1 IS NULL OR b.secret = $1 ORDER BY b.idx DESC");
        self.rows(&sql, params![secret.map(|no| no.to_string())], batch)
    }

    /// One batch.
    ///
    /// # Errors
    /// The database's own.
    pub fn batch(&self, no: Number) -> Result<Option<BatchRow>, StoreError> {
        self.row(&format!("{BATCH} WHERE b.no = $1"), params![no.to_string()], batch)
    }

    /// Copies, in the order of their numbers.
    ///
    /// # Errors
    /// The database's own.
    pub fn copies(&self, filter: CopyFilter) -> Result<Vec<CopyRow>, StoreError> {
        let text = |no: Option<Number>| no.map(|no| no.to_string());
        let sql = format!(
            "{COPY} WHERE ($1 IS NULL OR b.secret = $1) AND ($2 IS NULL OR c.batch = $2)
             AND ($3 IS NULL OR c.recipient = $3) ORDER BY c.place"
        );
        let params = params![text(filter.secret), text(filter.batch), text(filter.recipient)];
        self.rows(&sql, params, copy)
    }

    /// One copy.
    ///
    /// # Errors
    /// The database's own.
    pub fn copy(&self, no: Number) -> Result<Option<CopyRow>, StoreError> {
        self.row(&format!("{COPY} WHERE c.no = $1"), params![no.to_string()], copy)
    }

    /// What turned up, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn finds(&self) -> Result<Vec<FindRow>, StoreError> {
        self.rows(&format!("{FIND} ORDER BY idx DESC"), [], find)
    }

    /// One thing that turned up.
    ///
    /// # Errors
    /// The database's own.
    pub fn find(&self, no: Number) -> Result<Option<FindRow>, StoreError> {
        self.row(&format!("{FIND} WHERE no = $1"), params![no.to_string()], find)
    }
}
