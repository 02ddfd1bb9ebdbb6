//! Blind comparisons with other parties, and records of the company's own work.

use domain::event::{BlindBegun, BlindDone, BlindFailed, WorkRecorded};
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

pub(super) fn worked(db: &Connection, record: &Record, e: &WorkRecorded) -> rusqlite::Result<()> {
    let day = |day: &Option<domain::Day>| day.map(|day| day.to_string());
    run(
        db,
        "INSERT INTO work (no, idx, at, what, secrets, after, thread, commits, files, faults, first,
             last, chain, report)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        params![
            e.no.to_string(),
            record.idx as i64,
            record.received.0,
            e.what,
            list(&e.secrets),
            e.previous.map(|no| no.to_string()),
            e.thread.map(domain::terms::Thread::word),
            e.commits as i64,
            e.files as i64,
            e.faults as i64,
            day(&e.first),
            day(&e.last),
            e.chain,
            e.report,
        ],
    )
    .map(drop)
}
