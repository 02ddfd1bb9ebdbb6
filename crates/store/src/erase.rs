//! Destroys keys: what was sealed with them can't be opened any more, by nobody.

use std::path::Path;

use rusqlite::params;

use crate::{StoreError, open};

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
