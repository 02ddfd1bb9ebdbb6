//! Legal holds, and what was destroyed.

use domain::{Event, Number};
use rusqlite::{Connection, params};

use super::{no, run};
use crate::Record;

/// Applies an event of keeping and destroying.
pub(super) fn apply(db: &Connection, record: &Record) -> rusqlite::Result<()> {
    let idx = record.idx as i64;
    match &record.event {
        Event::HoldSet(e) => {
            run(
                db,
                "INSERT INTO hold (thing, no, idx, at, ground, why) VALUES ($1, $2, $3, $4, $5, $6)",
                params![e.thing.to_string(), e.no, idx, record.received.0, no(e.ground), e.why],
            )?;
        }
        Event::HoldLifted(e) => {
            let sql = "UPDATE hold SET lifted = $1 WHERE thing = $2 AND no = $3";
            run(db, sql, params![idx, e.thing.to_string(), e.hold])?;
        }
        Event::PersonErased(e) => erased(db, record, e.person)?,
        Event::SecretDestroyed(e) => erased(db, record, e.secret)?,
        _ => {}
    }
    Ok(())
}

/// That it is destroyed, and that the keys and items are still to go.
fn erased(db: &Connection, record: &Record, thing: Number) -> rusqlite::Result<()> {
    let thing = thing.to_string();
    run(
        db,
        "INSERT INTO erasure (thing, idx, at) VALUES ($1, $2, $3)",
        params![thing, record.idx as i64, record.received.0],
    )?;
    run(db, "INSERT INTO erasing (thing) VALUES ($1) ON CONFLICT DO NOTHING", params![thing])?;
    Ok(())
}
