//! Inventories, and what became of their proposals.

use domain::terms::{Judgement, NoSecret};
use domain::{Moment, Number};
use rusqlite::Row;

use super::{Reader, maybe_number, maybe_term, number, term};
use crate::StoreError;

/// An inventory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventoryRow {
    /// Its number.
    pub no: Number,
    /// The event that recorded it.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// What this was, in words.
    pub what: Option<String>,
    /// Whether it was ended early.
    pub partial: bool,
    /// Files that were read.
    pub files: u64,
    /// Bytes that were read.
    pub bytes: u64,
    /// Files and members that were not read, or not wholly.
    pub faults: u64,
    /// Proposals, adjustments among them.
    pub proposals: u32,
    /// Adjustments of secret points.
    pub adjustments: u32,
    /// SHA-256 of the report.
    pub report: String,
    /// How many proposals were accepted or held to be no secret point.
    pub settled: u32,
}

/// What became of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalRow {
    /// Its number.
    pub no: u32,
    /// The newest decision; why is sealed there.
    pub idx: u64,
    /// When the journal received it.
    pub at: Moment,
    /// What.
    pub answer: Judgement,
    /// The secret point that it became, or that was adjusted.
    pub secret: Option<Number>,
    /// Why it is none.
    pub reason: Option<NoSecret>,
}

const INVENTORY: &str = "SELECT no, idx, at, what, partial, files, bytes, faults, proposals,
    adjustments, report, (SELECT COUNT(*) FROM proposal p
        WHERE p.inventory = inventory.no AND p.answer <> 'aside') FROM inventory";

fn inventory(row: &Row<'_>) -> rusqlite::Result<InventoryRow> {
    let count = |at| row.get::<_, i64>(at).map(|count| count as u64);
    Ok(InventoryRow {
        no: number(row, 0)?,
        idx: count(1)?,
        at: Moment(row.get(2)?),
        what: row.get(3)?,
        partial: row.get(4)?,
        files: count(5)?,
        bytes: count(6)?,
        faults: count(7)?,
        proposals: row.get(8)?,
        adjustments: row.get(9)?,
        report: row.get(10)?,
        settled: row.get(11)?,
    })
}

impl Reader {
    /// All inventories, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn inventories(&self) -> Result<Vec<InventoryRow>, StoreError> {
        self.rows(&format!("{INVENTORY} ORDER BY idx DESC"), [], inventory)
    }

    /// One inventory.
    ///
    /// # Errors
    /// The database's own.
    pub fn inventory(&self, no: Number) -> Result<Option<InventoryRow>, StoreError> {
        self.row(&format!("{INVENTORY} WHERE no = $1"), [no.to_string()], inventory)
    }

    /// What became of the proposals of an inventory, in their order; those without are open.
    ///
    /// # Errors
    /// The database's own.
    pub fn proposals(&self, of: Number) -> Result<Vec<ProposalRow>, StoreError> {
        self.rows(
            "SELECT no, idx, at, answer, secret, reason FROM proposal WHERE inventory = $1
             ORDER BY no",
            [of.to_string()],
            |row| {
                Ok(ProposalRow {
                    no: row.get(0)?,
                    idx: row.get::<_, i64>(1)? as u64,
                    at: Moment(row.get(2)?),
                    answer: term(row, 3, Judgement::from_word)?,
                    secret: maybe_number(row, 4)?,
                    reason: maybe_term(row, 5, NoSecret::from_word)?,
                })
            },
        )
    }
}
