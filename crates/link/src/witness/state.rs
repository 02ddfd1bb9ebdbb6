//! What a witness remembers, in SQLite: all of its SQL.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use ledger::hash::Hash;
use ledger::note::VerifierKey;
use ledger::witness::{Latest, checkpoint_path};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

/// Pieces of evidence kept of each kind for each log. The first ones stay, so that a log cannot
/// wash them out; and a second copy of the same checkpoint is not kept.
const EVIDENCE_MAX: u32 = 16;

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS log (
    origin TEXT PRIMARY KEY,
    hash   TEXT NOT NULL UNIQUE,  -- SHA-256 of the origin, hexadecimal: its name in paths
    vkey   TEXT NOT NULL,
    size   INTEGER NOT NULL,      -- an u64 in the bits of an i64
    root   BLOB,                  -- NULL until the first checkpoint
    note   TEXT                   -- the checkpoint with the log's and our signatures
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS evidence (
    id          INTEGER PRIMARY KEY,
    origin      TEXT NOT NULL,
    kind        INTEGER NOT NULL, -- 0: two roots for one size; 1: no consistent growth
    received_ms INTEGER NOT NULL,
    text        TEXT NOT NULL,    -- of the checkpoint, to know it again
    body        BLOB NOT NULL,
    latest      TEXT,             -- our latest checkpoint at that time: the counterpart
    UNIQUE (origin, kind, text)
) STRICT;
";

/// The database of a witness.
pub(super) struct State {
    connection: Connection,
}

/// A log that a witness follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowedLog {
    /// Its origin.
    pub origin: String,
    /// The key that signs its checkpoints.
    pub vkey: VerifierKey,
    /// What was cosigned last.
    pub latest: Option<Latest>,
}

/// A body that a log had signed and that was refused with 422.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The log.
    pub origin: String,
    /// What it shows.
    pub kind: EvidenceKind,
    /// When it came, in milliseconds since 1970.
    pub received_ms: i64,
    /// The body as it came, with the log's signature.
    pub body: Vec<u8>,
    /// The latest checkpoint that was cosigned before, with its signatures.
    pub latest: Option<String>,
}

/// What a refused body shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceKind {
    /// Body and latest checkpoint give one size two roots, both signed by the log; or the body
    /// gives a log without entries a root that such a log cannot have. Proof of misbehaviour that
    /// anyone can check.
    TwoRoots,
    /// The proof does not lead from the latest checkpoint to this one. Perhaps a mistake; with the
    /// log's leaves it can be told.
    NoGrowth,
}

impl State {
    pub(super) fn open(path: &Path) -> rusqlite::Result<Self> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        // WAL with FULL syncs the log at each commit: committed means on disk.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "trusted_schema", "OFF")?;
        connection.execute_batch(SCHEMA)?;
        Ok(Self { connection })
    }

    /// Runs `work` as one transaction that holds the right to write from its start, so that
    /// nothing changes between reading and writing, not even through another process.
    pub(super) fn transaction<T>(
        &mut self,
        work: impl FnOnce(&Self) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let result = work(self).and_then(|value| {
            self.connection.execute_batch("COMMIT")?;
            Ok(value)
        });
        if result.is_err() && !self.connection.is_autocommit() {
            self.connection.execute_batch("ROLLBACK")?;
        }
        result
    }

    pub(super) fn key(&self, origin: &str) -> rusqlite::Result<Option<VerifierKey>> {
        self.connection
            .prepare_cached("SELECT vkey FROM log WHERE origin = ?1")?
            .query_row([origin], |row| read_vkey(row, 0))
            .optional()
    }

    pub(super) fn latest(&self, origin: &str) -> rusqlite::Result<Option<Latest>> {
        let latest = self
            .connection
            .prepare_cached("SELECT size, root FROM log WHERE origin = ?1")?
            .query_row([origin], |row| read_latest(row, 0))
            .optional()?;
        Ok(latest.flatten())
    }

    pub(super) fn set_latest(
        &self,
        origin: &str,
        latest: Latest,
        note: &str,
    ) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached("UPDATE log SET size = ?2, root = ?3, note = ?4 WHERE origin = ?1")?
            .execute(params![origin, latest.size.cast_signed(), latest.root.0, note])
            .map(|_| ())
    }

    /// Keeps a body of which `text` is the checkpoint, beside our latest one of that time.
    pub(super) fn keep_evidence(
        &self,
        origin: &str,
        kind: EvidenceKind,
        received_ms: i64,
        text: &str,
        body: &[u8],
    ) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached(
                "INSERT OR IGNORE INTO evidence (origin, kind, received_ms, text, body, latest)
                 SELECT ?1, ?2, ?3, ?4, ?5, (SELECT note FROM log WHERE origin = ?1) WHERE
                 (SELECT count(*) FROM evidence WHERE origin = ?1 AND kind = ?2) < ?6",
            )?
            .execute(params![origin, kind_number(kind), received_ms, text, body, EVIDENCE_MAX])
            .map(|_| ())
    }

    /// Adds a log if its origin is new; returns the key under which it is followed.
    pub(super) fn add_log(
        &self,
        origin: &str,
        vkey: &VerifierKey,
    ) -> rusqlite::Result<VerifierKey> {
        self.connection.execute(
            "INSERT OR IGNORE INTO log (origin, hash, vkey, size) VALUES (?1, ?2, ?3, 0)",
            params![origin, origin_hash(origin), vkey.to_string()],
        )?;
        self.connection
            .query_row("SELECT vkey FROM log WHERE origin = ?1", [origin], |row| read_vkey(row, 0))
    }

    pub(super) fn replace_key(&self, origin: &str, vkey: &VerifierKey) -> rusqlite::Result<bool> {
        let changed = self.connection.execute(
            "UPDATE log SET vkey = ?2 WHERE origin = ?1",
            params![origin, vkey.to_string()],
        )?;
        Ok(changed == 1)
    }

    pub(super) fn logs(&self) -> rusqlite::Result<Vec<FollowedLog>> {
        self.connection
            .prepare("SELECT origin, vkey, size, root FROM log ORDER BY origin")?
            .query_map([], |row| {
                let (vkey, latest) = (read_vkey(row, 1)?, read_latest(row, 2)?);
                Ok(FollowedLog { origin: row.get(0)?, vkey, latest })
            })?
            .collect()
    }

    pub(super) fn latest_note(&self, hash: &str) -> rusqlite::Result<Option<String>> {
        let note = self
            .connection
            .prepare_cached("SELECT note FROM log WHERE hash = ?1")?
            .query_row([hash], |row| row.get(0))
            .optional()?;
        Ok(note.flatten())
    }

    pub(super) fn evidence(&self) -> rusqlite::Result<Vec<Evidence>> {
        self.connection
            .prepare("SELECT origin, kind, received_ms, body, latest FROM evidence ORDER BY id")?
            .query_map([], |row| {
                Ok(Evidence {
                    origin: row.get(0)?,
                    kind: match row.get(1)? {
                        0 => EvidenceKind::TwoRoots,
                        1 => EvidenceKind::NoGrowth,
                        other => return Err(rusqlite::Error::IntegralValueOutOfRange(1, other)),
                    },
                    received_ms: row.get(2)?,
                    body: row.get(3)?,
                    latest: row.get(4)?,
                })
            })?
            .collect()
    }
}

fn kind_number(kind: EvidenceKind) -> i64 {
    match kind {
        EvidenceKind::TwoRoots => 0,
        EvidenceKind::NoGrowth => 1,
    }
}

fn read_vkey(row: &Row<'_>, at: usize) -> rusqlite::Result<VerifierKey> {
    let text: String = row.get(at)?;
    VerifierKey::from_str(&text)
        .map_err(|why| rusqlite::Error::FromSqlConversionFailure(at, Type::Text, Box::new(why)))
}

/// Size at `at` and root behind it.
fn read_latest(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Latest>> {
    let (size, root): (i64, Option<[u8; 32]>) = (row.get(at)?, row.get(at + 1)?);
    Ok(root.map(|root| Latest { size: size.cast_unsigned(), root: Hash(root) }))
}

/// The name of a log in a witness's paths: SHA-256 of the origin, hexadecimal.
pub(super) fn origin_hash(origin: &str) -> String {
    let path = checkpoint_path(origin);
    path.split('/').next().unwrap_or_default().to_owned()
}
