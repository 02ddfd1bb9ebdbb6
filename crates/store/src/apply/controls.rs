//! Answers to controls.

use domain::Event;
use rusqlite::{Connection, params};

use super::{count, run};
use crate::Record;

/// Applies an event of a control.
pub(super) fn apply(db: &Connection, record: &Record) -> rusqlite::Result<()> {
    let idx = record.idx as i64;
    match &record.event {
        Event::ControlAnswered(e) => {
            count(db, e.no)?;
            let params = params![e.no.to_string(), idx, e.control];
            run(db, "INSERT INTO answer (no, idx, control) VALUES ($1, $2, $3)", params).map(drop)
        }
        Event::ControlWithdrawn(e) => {
            let params = params![idx, e.answer.to_string()];
            run(db, "UPDATE answer SET withdrawn = $1 WHERE no = $2", params).map(drop)
        }
        _ => Ok(()),
    }
}
