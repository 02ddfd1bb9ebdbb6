//! Merged and split secret points.

use domain::{Event, Number};
use rusqlite::{Connection, params};

use super::{list, run};
use crate::Record;

/// Applies an event of merging and splitting.
pub(super) fn apply(db: &Connection, record: &Record) -> rusqlite::Result<()> {
    match &record.event {
        Event::SecretMerged(e) => {
            let sql = "UPDATE secret SET declassified = $1, merged = $2 WHERE no = $3";
            let (secret, into) = (e.secret.to_string(), e.into.to_string());
            run(db, sql, params![record.idx as i64, into, secret])?;
            line(db, record, ("merged", e.secret, e.into), &e.statements, &e.carriers)
        }
        Event::SecretSplit(e) => {
            line(db, record, ("split", e.secret, e.into), &e.statements, &e.carriers)
        }
        _ => Ok(()),
    }
}

fn line(
    db: &Connection,
    record: &Record,
    (how, source, target): (&str, Number, Number),
    statements: &[String],
    carriers: &[String],
) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO lineage (idx, how, source, target, statements, carriers)
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![
            record.idx as i64,
            how,
            source.to_string(),
            target.to_string(),
            list(statements),
            list(carriers),
        ],
    )
    .map(drop)
}
