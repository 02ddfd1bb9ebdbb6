//! Accounts.

use domain::event::{AccountChanged, AccountClosed, AccountOpened, AccountPasswordSet};
use domain::{Event, Number};
use rusqlite::{Connection, params};

use super::{count, day, list, no, run};
use crate::Record;

/// Applies an event about an account.
pub(super) fn apply(db: &Connection, record: &Record) -> rusqlite::Result<()> {
    match &record.event {
        Event::AccountOpened(e) => opened(db, record, e),
        Event::AccountChanged(e) => changed(db, e),
        Event::AccountPasswordSet(e) => password_set(db, record, e),
        Event::AccountClosed(e) => closed(db, record, e),
        _ => Ok(()),
    }
}

fn secrets(secrets: Option<&Vec<Number>>) -> Option<String> {
    secrets.map(|secrets| list(secrets))
}

fn opened(db: &Connection, record: &Record, e: &AccountOpened) -> rusqlite::Result<()> {
    count(db, e.no)?;
    run(
        db,
        "INSERT INTO account (no, idx, at, role, holder, secrets, until)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            e.no.to_string(),
            record.idx as i64,
            record.received.0,
            e.role.word(),
            no(e.holder),
            secrets(e.secrets.as_ref()),
            day(e.until),
        ],
    )
    .map(drop)
}

fn changed(db: &Connection, e: &AccountChanged) -> rusqlite::Result<()> {
    run(
        db,
        "UPDATE account SET role = $1, secrets = $2, until = $3 WHERE no = $4",
        params![e.role.word(), secrets(e.secrets.as_ref()), day(e.until), e.account.to_string()],
    )
    .map(drop)
}

fn password_set(db: &Connection, record: &Record, e: &AccountPasswordSet) -> rusqlite::Result<()> {
    run(
        db,
        "UPDATE account SET password = $1, password_at = $2 WHERE no = $3",
        params![e.how.word(), record.received.0, e.account.to_string()],
    )
    .map(drop)
}

fn closed(db: &Connection, record: &Record, e: &AccountClosed) -> rusqlite::Result<()> {
    run(
        db,
        "UPDATE account SET closed_idx = $1 WHERE no = $2",
        params![record.idx as i64, e.account.to_string()],
    )
    .map(drop)
}
