//! What the database itself can do: the peer that `midun bench ledger` measures beside the journal.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::types::Value;
use rusqlite::{params, params_from_iter};

use crate::{StoreError, open};

/// Tables to which each disclosure adds rows.
const TABLES: &[&str] = &["event", "about", "command", "disclosure"];

/// The number of commits that appended.
///
/// # Errors
/// The database's own.
pub fn commits(dir: &Path) -> Result<i64, StoreError> {
    Ok(open::reader(dir)?.query_row("SELECT COUNT(*) FROM root", params![], |row| row.get(0))?)
}

/// Inserts the rows of the newest 1,000 events of `dir` into an empty database with the same
/// tables and indexes, `batch` events a transaction, over and over for `time`; gives events a
/// second. No rules, hashes, proofs or signatures: only rows, made durable alike.
///
/// # Errors
/// The database's own.
pub fn raw_inserts(dir: &Path, batch: usize, time: Duration) -> Result<f64, StoreError> {
    let source = open::reader(dir)?;
    let raw = dir.join("raw");
    std::fs::create_dir_all(&raw).map_err(|_| StoreError::Stopped)?;
    let mut target = open::writer(&raw, true)?;
    let mut rows: Vec<Vec<Vec<Value>>> = Vec::new();
    for table in TABLES {
        rows.push(newest(&source, table)?);
    }
    let events = rows.first().map_or(0, Vec::len);
    let inserts: Vec<String> = TABLES
        .iter()
        .zip(&rows)
        .map(|(table, rows)| {
            let columns = rows.first().map_or(0, Vec::len);
            let places: Vec<String> = (1..=columns).map(|at| format!("${at}")).collect();
            format!("INSERT INTO {table} VALUES ({})", places.join(", "))
        })
        .collect();
    let (begun, mut done, mut fresh) = (Instant::now(), 0usize, 0i64);
    while begun.elapsed() < time && events > 0 {
        let tx = target.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for at in done..done + batch {
            for (table, (insert, rows)) in inserts.iter().zip(&mut rows).enumerate() {
                // `about` has three rows an event, the others one.
                let each = rows.len() / events;
                for part in 0..each {
                    let row = at % events * each + part;
                    fresh += 1;
                    freshen(&mut rows[row], table, fresh, at as i64);
                    tx.prepare_cached(insert)?.execute(params_from_iter(&rows[row]))?;
                }
            }
        }
        tx.commit()?;
        done += batch;
    }
    Ok(done as f64 / begun.elapsed().as_secs_f64())
}

/// Gives a row keys of its own, so that it can be inserted again.
fn freshen(row: &mut [Value], table: usize, fresh: i64, at: i64) {
    match TABLES[table] {
        "event" => row[0] = Value::Integer(at),
        "about" => row[1] = Value::Integer(fresh),
        "command" => row[0] = Value::Blob(i128::from(fresh).to_be_bytes().to_vec()),
        _ => row[0] = Value::Text(format!("PL-{fresh:04}")),
    }
}

/// The newest rows of a table that belong to the newest 1,000 disclosures.
fn newest(db: &rusqlite::Connection, table: &str) -> Result<Vec<Vec<Value>>, StoreError> {
    let key = match table {
        "command" => "first",
        _ => "idx",
    };
    let sql = format!(
        "SELECT * FROM {table} WHERE {key} IN
             (SELECT idx FROM disclosure ORDER BY idx DESC LIMIT 1000) ORDER BY {key}"
    );
    let mut statement = db.prepare(&sql)?;
    let columns = statement.column_count();
    let rows = statement
        .query_map(params![], |row| (0..columns).map(|at| row.get::<_, Value>(at)).collect())?;
    Ok(rows.collect::<Result<_, _>>()?)
}
