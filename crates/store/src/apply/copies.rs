//! Marked copies and what turned up.

use domain::event::{
    CopiesCommitted, CopyEnded, CopyIssued, CopyRecalled, CopyReceived, FindRead, FindTraced,
};
use rusqlite::{Connection, params};

use super::{day, list, run};
use crate::Record;

/// A day in a column that also says that something happened: blank when no day was given.
fn some_day(given: Option<domain::Day>) -> String {
    day(given).unwrap_or_default()
}

pub(super) fn committed(
    db: &Connection,
    record: &Record,
    e: &CopiesCommitted,
) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO batch (no, idx, at, secret, carrier, seed, plan, sites, purpose, until,
             notice, program)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        params![
            e.no.to_string(),
            record.idx as i64,
            record.received.0,
            e.secret.to_string(),
            e.carrier,
            e.seed,
            e.plan,
            e.sites,
            e.purpose,
            day(e.until),
            e.notice,
            e.program,
        ],
    )?;
    for (copy, recipient) in e.copies.iter().zip(&e.recipients) {
        run(
            db,
            "INSERT INTO copy (no, place, batch, recipient) VALUES ($1, $2, $3, $4)",
            params![copy.to_string(), copy.count, e.no.to_string(), recipient.to_string()],
        )?;
    }
    Ok(())
}

pub(super) fn issued(db: &Connection, record: &Record, e: &CopyIssued) -> rusqlite::Result<()> {
    run(
        db,
        "UPDATE copy SET idx = $1, at = $2, chosen = $3, nonce = $4, beacon = $5, file = $6,
             size = $7 WHERE no = $8",
        params![
            record.idx as i64,
            record.received.0,
            e.chosen,
            e.nonce,
            e.beacon,
            e.file,
            e.size as i64,
            e.no.to_string(),
        ],
    )
    .map(drop)
}

pub(super) fn received(db: &Connection, record: &Record, e: &CopyReceived) -> rusqlite::Result<()> {
    run(
        db,
        "UPDATE copy SET received = $1, received_idx = $2 WHERE no = $3",
        params![some_day(e.happened), record.idx as i64, e.copy.to_string()],
    )
    .map(drop)
}

pub(super) fn ended(db: &Connection, record: &Record, e: &CopyEnded) -> rusqlite::Result<()> {
    run(
        db,
        "UPDATE copy SET ending = $1, ended = $2, ended_idx = $3 WHERE no = $4",
        params![e.how.word(), some_day(e.happened), record.idx as i64, e.copy.to_string()],
    )
    .map(drop)
}

pub(super) fn recalled(db: &Connection, record: &Record, e: &CopyRecalled) -> rusqlite::Result<()> {
    run(
        db,
        "UPDATE copy SET recalled = $1, recalled_idx = $2 WHERE no = $3",
        params![some_day(e.until), record.idx as i64, e.copy.to_string()],
    )
    .map(drop)
}

pub(super) fn read(db: &Connection, record: &Record, e: &FindRead) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO find (no, idx, at, batches, live, source) VALUES ($1, $2, $3, $4, $5, $6)",
        params![
            e.no.to_string(),
            record.idx as i64,
            record.received.0,
            list(&e.batches),
            list(&e.live),
            e.source,
        ],
    )
    .map(drop)
}

pub(super) fn traced(db: &Connection, record: &Record, e: &FindTraced) -> rusqlite::Result<()> {
    run(
        db,
        "UPDATE find SET named = $1, epsilon = $2, among = $3, report = $4, traced_idx = $5
         WHERE no = $6",
        params![
            list(&e.named),
            e.epsilon,
            e.among,
            e.report,
            record.idx as i64,
            e.find.to_string(),
        ],
    )
    .map(drop)
}
