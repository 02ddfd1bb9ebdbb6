//! Notes which sessions of the pages there are, so that another process can list and end them.
//!
//! These are no events: a session ends with the program, and its key is in that program's memory
//! only.

use std::path::Path;

use domain::{Moment, Number};
use rusqlite::params;

use crate::read::SessionRow;
use crate::{StoreError, open};

/// Ended sessions are forgotten after so long.
const KEPT_MILLIS: i64 = 30 * 24 * 60 * 60 * 1000;

/// Notes that a session began.
///
/// # Errors
/// The database's own.
pub fn begin_session(dir: &Path, session: &SessionRow) -> Result<(), StoreError> {
    let db = open::writer(dir, false)?;
    db.execute(
        "INSERT INTO session (id, account, begun, seen, address) VALUES ($1, $2, $3, $4, $5)",
        params![
            session.id,
            session.account.map(|no| no.to_string()),
            session.begun.0,
            session.seen.0,
            session.address
        ],
    )
    .map_err(StoreError::sort)?;
    Ok(())
}

/// Notes that a session is used.
///
/// # Errors
/// The database's own.
pub fn touch_session(dir: &Path, id: &str, seen: Moment) -> Result<(), StoreError> {
    let db = open::writer(dir, false)?;
    db.execute("UPDATE session SET seen = $1 WHERE id = $2", params![seen.0, id])
        .map_err(StoreError::sort)?;
    Ok(())
}

/// Which sessions are to end.
#[derive(Clone, Copy, Debug)]
pub enum Ending<'a> {
    /// This one.
    One(&'a str),
    /// Those of an account.
    Of(Number),
    /// All: none outlives the program.
    All,
}

/// Ends sessions; gives how many. Whoever asks next with one of them is led to the sign-in.
///
/// # Errors
/// The database's own.
pub fn end_sessions(dir: &Path, which: Ending<'_>, at: Moment) -> Result<usize, StoreError> {
    let db = open::writer(dir, false)?;
    db.execute("DELETE FROM session WHERE ended < $1", params![at.0.saturating_sub(KEPT_MILLIS)])
        .map_err(StoreError::sort)?;
    let (condition, value) = match which {
        Ending::One(id) => ("id = $2", id.to_owned()),
        Ending::Of(no) => ("account = $2", no.to_string()),
        Ending::All => ("$2 = ''", String::new()),
    };
    let sql = format!("UPDATE session SET ended = $1 WHERE ended IS NULL AND {condition}");
    db.execute(&sql, params![at.0, value]).map_err(StoreError::sort)
}
