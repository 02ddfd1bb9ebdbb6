//! Blind comparisons with other parties.

use domain::event::{BlindBegun, BlindDone, BlindFailed};
use rusqlite::{Connection, params};

use super::{list, run};
use crate::Record;

pub(super) fn begun(db: &Connection, record: &Record, e: &BlindBegun) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO blind (no, idx, at, side, secrets, partner, own, theirs, guaranteed, messages)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            e.no.to_string(),
            record.idx as i64,
            record.received.0,
            e.side.word(),
            list(&e.secrets),
            e.partner.map(|no| no.to_string()),
            e.own as i64,
            e.theirs.map(|count| count as i64),
            e.guaranteed,
            e.messages.join(","),
        ],
    )
    .map(drop)
}

pub(super) fn done(db: &Connection, record: &Record, e: &BlindDone) -> rusqlite::Result<()> {
    run(
        db,
        "UPDATE blind SET ended_idx = $1, theirs = $2, found = $3, messages = $4, report = $5
         WHERE no = $6",
        params![
            record.idx as i64,
            e.theirs as i64,
            e.found as i64,
            e.messages.join(","),
            e.report,
            e.blind.to_string(),
        ],
    )
    .map(drop)
}

pub(super) fn failed(db: &Connection, _: &Record, e: &BlindFailed) -> rusqlite::Result<()> {
    run(db, "UPDATE blind SET faults = faults + 1 WHERE no = $1", params![e.blind.to_string()])
        .map(drop)
}
