//! Destroys keys and items: what was sealed can't be opened any more, by nobody.

use std::path::Path;

use domain::Number;
use rusqlite::{Connection, params};

use crate::{StoreError, open};

/// The keys of a thing, and of the accounts that a person had: `$1` is its number.
const KEYS: &str = "SELECT key_id FROM subject_key WHERE subject = $1
    OR subject IN (SELECT no FROM account WHERE holder = $1)";

/// The condition of what is sealed under them.
pub(crate) const OF: &str = "key_id IN (SELECT key_id FROM subject_key WHERE subject = $1
    OR subject IN (SELECT no FROM account WHERE holder = $1))";

/// Destroys keys of persons. The database overwrites what it deletes; copies elsewhere, such as
/// backups, are not reached.
///
/// # Errors
/// The database's own.
pub fn erase_keys(dir: &Path, key_ids: &[String]) -> Result<(), StoreError> {
    let mut db = open::writer(dir, false)?;
    let tx = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    for key_id in key_ids {
        tx.execute(
            "DELETE FROM subject_key WHERE key_id = $1 AND sort = 'person'",
            params![key_id],
        )?;
    }
    tx.commit().map_err(StoreError::sort)?;
    Ok(())
}

/// Destroys the keys and sealed items of what the ledger says is destroyed: first their rows, then
/// every copy of them in free pages and in the write-ahead log. Gives whether that is done; it is not
/// when somebody reads for so long that the write-ahead log can't be emptied. Files are the caller's,
/// who says with [`erasing_done`] that all is gone.
///
/// # Errors
/// The database's own. What was begun is gone on with by calling it again.
pub fn erase_rows(dir: &Path, things: &[Number]) -> Result<bool, StoreError> {
    let mut db = open::writer(dir, false)?;
    delete_rows(&mut db, things)?;
    sweep_pages(&db)
}

/// Deletes the rows alone: what a crash may leave behind. For tests of just that.
///
/// # Errors
/// The database's own.
#[doc(hidden)]
pub fn erase_rows_only(dir: &Path, things: &[Number]) -> Result<(), StoreError> {
    delete_rows(&mut open::writer(dir, false)?, things)
}

fn delete_rows(db: &mut Connection, things: &[Number]) -> Result<(), StoreError> {
    let tx = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    for thing in things {
        let thing = thing.to_string();
        // Nothing is destroyed that the ledger does not say so of.
        if !tx.prepare_cached("SELECT 1 FROM erasure WHERE thing = $1")?.exists([&thing])? {
            continue;
        }
        tx.execute(&format!("DELETE FROM envelope WHERE {OF}"), [&thing])?;
        tx.execute(&format!("DELETE FROM subject_key WHERE key_id IN ({KEYS})"), [&thing])?;
    }
    tx.commit().map_err(StoreError::sort)
}

/// Writes the whole database anew and empties the write-ahead log: deleted rows leave traces in
/// pages that were split and in older frames, which overwriting what is freed does not reach.
fn sweep_pages(db: &Connection) -> Result<bool, StoreError> {
    db.execute_batch("VACUUM").map_err(StoreError::sort)?;
    let busy: i64 = db
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
        .map_err(StoreError::sort)?;
    Ok(busy == 0)
}

/// Says that nothing of these is left.
///
/// # Errors
/// The database's own.
pub fn erasing_done(dir: &Path, things: &[Number]) -> Result<(), StoreError> {
    let db = open::writer(dir, false)?;
    for thing in things {
        db.execute("DELETE FROM erasing WHERE thing = $1", [thing.to_string()])?;
    }
    Ok(())
}
