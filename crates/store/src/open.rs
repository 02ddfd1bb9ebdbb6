//! Opening the database: pragmas and versions.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::StoreError;

/// The database's file in the data directory.
pub const FILE: &str = "midun.sqlite";

/// Schema texts in their order; the database's `user_version` counts those applied.
const MIGRATIONS: &[&str] = &[
    include_str!("sqlite/1-journal.sql"),
    include_str!("sqlite/2-projections.sql"),
    include_str!("sqlite/3-directory.sql"),
    include_str!("sqlite/4-match.sql"),
    include_str!("sqlite/5-exchange.sql"),
    include_str!("sqlite/6-tally.sql"),
    include_str!("sqlite/7-copies.sql"),
    include_str!("sqlite/8-workstation.sql"),
    include_str!("sqlite/9-orders.sql"),
    include_str!("sqlite/10-accounts.sql"),
    include_str!("sqlite/11-compare.sql"),
    include_str!("sqlite/12-cases.sql"),
    include_str!("sqlite/13-recognition.sql"),
    include_str!("sqlite/14-case-documents.sql"),
    include_str!("sqlite/15-tasks.sql"),
    include_str!("sqlite/16-controls.sql"),
    include_str!("sqlite/17-activities.sql"),
    include_str!("sqlite/18-inventories.sql"),
    include_str!("sqlite/19-corpora.sql"),
    include_str!("sqlite/20-incidents.sql"),
    include_str!("sqlite/21-profiles.sql"),
    include_str!("sqlite/22-figures.sql"),
    include_str!("sqlite/23-warnings.sql"),
    include_str!("sqlite/24-own.sql"),
    include_str!("sqlite/25-custody.sql"),
    include_str!("sqlite/26-organisations.sql"),
    include_str!("sqlite/27-desks.sql"),
    include_str!("sqlite/28-lineage.sql"),
    include_str!("sqlite/29-overseas.sql"),
    include_str!("sqlite/30-programme.sql"),
];

/// The projections alone, for a rebuild beside the live ones.
pub(crate) fn projections() -> String {
    MIGRATIONS[1..].concat()
}

/// How long one process waits for another's transaction.
const BUSY: Duration = Duration::from_secs(30);

/// Whether there is a database in a data directory.
pub fn exists(dir: &Path) -> bool {
    dir.join(FILE).exists()
}

/// Copies the database as it is at one moment into another folder, while others write.
///
/// # Errors
/// [`StoreError::NoNode`], or the database's own.
pub fn snapshot(dir: &Path, to: &Path) -> Result<(), StoreError> {
    if !exists(dir) {
        return Err(StoreError::NoNode);
    }
    let connection = Connection::open(dir.join(FILE)).map_err(StoreError::sort)?;
    connection.busy_timeout(BUSY)?;
    let to = to.join(FILE);
    connection.execute("VACUUM INTO $1", [to.to_string_lossy()]).map_err(StoreError::sort)?;
    Ok(())
}

/// Opens the database for writing and brings its schema up to date; makes it when `create`.
///
/// # Errors
/// [`StoreError::NoNode`], [`StoreError::Newer`], or the database's own.
pub(crate) fn writer(dir: &Path, create: bool) -> Result<Connection, StoreError> {
    if !create && !exists(dir) {
        return Err(StoreError::NoNode);
    }
    let mut connection = Connection::open(dir.join(FILE)).map_err(StoreError::sort)?;
    connection.busy_timeout(BUSY)?;
    // FULL: a commit is on the disk before it is acknowledged, also through a power cut.
    // Foreign keys are not used: projections are rebuilt table by table.
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
         PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;",
        )
        .map_err(StoreError::sort)?;
    prepare_once(&connection)?;
    migrate(&mut connection)?;
    Ok(connection)
}

/// Keeps prepared statements, and their plans whatever is bound to them: SQLite would prepare some
/// anew for each value, to look it up in statistics, which this database never gathers.
fn prepare_once(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(128);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop)
}

/// Opens the database for reading only.
///
/// # Errors
/// [`StoreError::NoNode`], [`StoreError::Newer`], or the database's own.
pub(crate) fn reader(dir: &Path) -> Result<Connection, StoreError> {
    if !exists(dir) {
        return Err(StoreError::NoNode);
    }
    // Opened for writing so that the WAL can be read after a crash; then closed to writes.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(dir.join(FILE), flags)?;
    connection.busy_timeout(BUSY)?;
    connection.execute_batch("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF;")?;
    prepare_once(&connection)?;
    let found = version(&connection)?;
    known(found)?;
    if found == 0 {
        return Err(StoreError::NoNode);
    }
    Ok(connection)
}

fn version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

fn known(found: i64) -> Result<(), StoreError> {
    let known = MIGRATIONS.len() as i64;
    if found > known { Err(StoreError::Newer { found, known }) } else { Ok(()) }
}

fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    known(version(connection)?)?;
    let tx = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let have = version(&tx)?;
    known(have)?;
    for (number, text) in (1..).zip(MIGRATIONS).filter(|&(number, _)| number > have) {
        tx.execute_batch(text)?;
        tx.pragma_update(None, "user_version", number)?;
    }
    tx.commit()?;
    Ok(())
}
