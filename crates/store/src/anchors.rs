//! Keeps what others said about the ledger: cosigned checkpoints and time-stamps.
//!
//! These are no events: they are evidence about the ledger, and anyone can check them.

use std::path::Path;

use domain::Moment;
use rusqlite::params;
use sha2::{Digest as _, Sha256};

use crate::{StoreError, open};

/// Keeps a cosigned checkpoint; gives its number. The same note again gives the same number.
///
/// # Errors
/// The database's own.
pub fn add_anchor(dir: &Path, note: &str, size: u64, at: Moment) -> Result<u64, StoreError> {
    let mut db = open::writer(dir, false)?;
    let tx = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let hash: [u8; 32] = Sha256::digest(note.as_bytes()).into();
    let known: Option<i64> =
        tx.query_row("SELECT MAX(id) FROM anchor WHERE hash = $1", params![hash], |row| {
            row.get(0)
        })?;
    let id = match known {
        Some(id) => id,
        None => {
            let id: i64 =
                tx.query_row("SELECT COALESCE(MAX(id), 0) + 1 FROM anchor", params![], |row| {
                    row.get(0)
                })?;
            tx.execute(
                "INSERT INTO anchor (id, size, note, hash, at) VALUES ($1, $2, $3, $4, $5)",
                params![id, size as i64, note, hash, at.0],
            )?;
            id
        }
    };
    tx.commit().map_err(StoreError::sort)?;
    Ok(id as u64)
}

/// Keeps a time-stamp over an anchor's note. `chain` is PEM, root last; `at` the authority's time.
///
/// # Errors
/// The database's own.
pub fn add_stamp(
    dir: &Path,
    anchor: u64,
    authority: &str,
    token: &[u8],
    chain: &str,
    at: Moment,
) -> Result<(), StoreError> {
    let db = open::writer(dir, false)?;
    db.execute(
        "INSERT INTO stamp (anchor, authority, token, chain, at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (anchor, authority) DO NOTHING",
        params![anchor as i64, authority, token, chain, at.0],
    )
    .map_err(StoreError::sort)?;
    Ok(())
}
