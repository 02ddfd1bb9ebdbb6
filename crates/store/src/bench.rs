//! What the database itself can do: the peer that `midun bench` measures beside the journal and the
//! pages.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

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

/// The rows of a node's newest 1,000 disclosures, inserted into an empty database with the same
/// tables and indexes, over and over. No rules, hashes, proofs or signatures: only rows, made
/// durable alike.
pub struct Raw {
    target: Connection,
    inserts: Vec<String>,
    rows: Vec<Vec<Vec<Value>>>,
    done: usize,
    fresh: i64,
}

impl Raw {
    /// Takes the rows of `dir`, and makes the empty database in it.
    ///
    /// # Errors
    /// The database's own.
    pub fn new(dir: &Path) -> Result<Self, StoreError> {
        let source = open::reader(dir)?;
        let raw = dir.join("raw");
        std::fs::create_dir_all(&raw).map_err(|_| StoreError::Stopped)?;
        let target = open::writer(&raw, true)?;
        let mut rows: Vec<Vec<Vec<Value>>> = Vec::new();
        for table in TABLES {
            rows.push(newest(&source, table)?);
        }
        let inserts = TABLES
            .iter()
            .zip(&rows)
            .map(|(table, rows)| {
                let columns = rows.first().map_or(0, Vec::len);
                let places: Vec<String> = (1..=columns).map(|at| format!("${at}")).collect();
                format!("INSERT INTO {table} VALUES ({})", places.join(", "))
            })
            .collect();
        Ok(Self { target, inserts, rows, done: 0, fresh: 0 })
    }

    /// Inserts for `time`, `batch` events a transaction; gives the number of events.
    ///
    /// # Errors
    /// The database's own.
    pub fn run(&mut self, batch: usize, time: Duration) -> Result<usize, StoreError> {
        let Self { target, inserts, rows, done, fresh } = self;
        let events = rows.first().map_or(0, Vec::len);
        let (begun, before) = (Instant::now(), *done);
        while begun.elapsed() < time && events > 0 {
            let tx = target.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            for at in *done..*done + batch {
                for (table, (insert, rows)) in inserts.iter().zip(&mut *rows).enumerate() {
                    // `about` has three rows an event, the others one.
                    let each = rows.len() / events;
                    for part in 0..each {
                        let row = at % events * each + part;
                        *fresh += 1;
                        freshen(&mut rows[row], table, *fresh, at as i64);
                        tx.prepare_cached(insert)?.execute(params_from_iter(&rows[row]))?;
                    }
                }
            }
            tx.commit()?;
            *done += batch;
        }
        Ok(*done - before)
    }
}

/// Reads of a directory with nothing around them: fifty rows in the order of an index, every column.
pub struct BareReads {
    source: Connection,
    after: i64,
}

impl BareReads {
    /// Reads in `dir`.
    ///
    /// # Errors
    /// The database's own.
    pub fn new(dir: &Path) -> Result<Self, StoreError> {
        Ok(Self { source: open::reader(dir)?, after: 0 })
    }

    /// The next fifty entries; gives the bytes of their texts.
    ///
    /// # Errors
    /// The database's own.
    pub fn page(&mut self) -> Result<usize, StoreError> {
        let sql = "SELECT * FROM company WHERE idx > $1 ORDER BY idx LIMIT 50";
        let mut statement = self.source.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query([self.after])?;
        let (mut bytes, mut last) = (0, 0);
        while let Some(row) = rows.next()? {
            for at in 0..columns {
                bytes += row.get_ref(at)?.as_str_or_null().ok().flatten().map_or(0, str::len);
            }
            last = row.get("idx")?;
        }
        // From the beginning again after the last.
        self.after = last;
        Ok(bytes)
    }
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
fn newest(db: &Connection, table: &str) -> Result<Vec<Vec<Value>>, StoreError> {
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
