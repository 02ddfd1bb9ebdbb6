//! Inventories, and what became of their proposals.

use domain::event::{InventoryDecided, InventoryDone};
use rusqlite::{Connection, params};

use super::{no, run};
use crate::Record;

pub(super) fn done(db: &Connection, record: &Record, e: &InventoryDone) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO inventory (no, idx, at, what, partial, files, bytes, faults, proposals,
             adjustments, rules, manifest, report)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        params![
            e.no.to_string(),
            record.idx as i64,
            record.received.0,
            e.what,
            e.partial,
            e.files as i64,
            e.bytes as i64,
            e.faults as i64,
            e.proposals,
            e.adjustments,
            e.rules,
            e.manifest,
            e.report,
        ],
    )
    .map(drop)
}

pub(super) fn decided(
    db: &Connection,
    record: &Record,
    e: &InventoryDecided,
) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO proposal (inventory, no, idx, at, answer, secret, reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (inventory, no) DO UPDATE SET idx = excluded.idx, at = excluded.at,
             answer = excluded.answer, secret = excluded.secret, reason = excluded.reason",
        params![
            e.inventory.to_string(),
            e.proposal,
            record.idx as i64,
            record.received.0,
            e.answer.word(),
            no(e.secret),
            e.reason.map(domain::terms::NoSecret::word),
        ],
    )
    .map(drop)
}
