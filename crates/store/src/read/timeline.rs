//! Events themselves: timelines, single entries, and where sealed text lies.

use domain::Number;
use rusqlite::{Row, params};

use super::Reader;
use crate::record::{decode, slots};
use crate::{Record, StoreError};

/// An entry of the ledger with all that a dossier needs to show or withhold its items.
#[derive(Clone, Debug, PartialEq)]
pub struct LeafRow {
    /// The event, as far as it is stored in clear.
    pub record: Record,
    /// The digests of its items, in the kind's order.
    pub digests: Vec<[u8; 32]>,
    /// The texts of its items; `None` where the text is sealed.
    pub texts: Vec<Option<String>>,
}

/// A sealed item and the key that opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedItem {
    /// The key's id; the key itself is gone after an erasure.
    pub key_id: String,
    /// The item's text, sealed.
    pub sealed: Vec<u8>,
    /// The digest its text must have.
    pub digest: [u8; 32],
}

/// A subject's key, wrapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectKey {
    /// Its id.
    pub key_id: String,
    /// What it belongs to.
    pub subject: String,
    /// `secret` or `person`.
    pub sort: String,
    /// As the vault wrote it.
    pub wrapped: Vec<u8>,
}

fn record(row: &Row<'_>) -> rusqlite::Result<Result<Record, StoreError>> {
    let idx = row.get::<_, i64>(0)? as u64;
    let (kind, plain) = (row.get::<_, String>(1)?, row.get::<_, String>(2)?);
    Ok(decode(idx, &kind, &plain).ok_or(StoreError::Damaged(idx)))
}

impl Reader {
    /// Everything that happened to a subject, the oldest first.
    ///
    /// # Errors
    /// The database's own, or [`StoreError::Damaged`].
    pub fn timeline(&self, subject: Number) -> Result<Vec<Record>, StoreError> {
        self.rows(
            "SELECT e.idx, e.kind, e.plain FROM about a JOIN event e ON e.idx = a.idx
             WHERE a.subject = $1 ORDER BY e.idx",
            [subject.to_string()],
            record,
        )?
        .into_iter()
        .collect()
    }

    /// A part of the ledger, the newest first: `limit` entries before `before`.
    ///
    /// # Errors
    /// The database's own, or [`StoreError::Damaged`].
    pub fn latest(&self, before: Option<u64>, limit: u32) -> Result<Vec<Record>, StoreError> {
        let before = before.map_or(i64::MAX, |idx| idx.min(i64::MAX as u64) as i64);
        self.rows(
            "SELECT idx, kind, plain FROM event WHERE idx < $1 ORDER BY idx DESC LIMIT $2",
            params![before, limit],
            record,
        )?
        .into_iter()
        .collect()
    }

    /// The places of all events of a kind, ascending. Reads the whole journal.
    ///
    /// # Errors
    /// The database's own.
    pub fn of_kind(&self, tag: &str) -> Result<Vec<u64>, StoreError> {
        self.rows("SELECT idx FROM event WHERE kind = $1 ORDER BY idx", [tag], |row| {
            Ok(row.get::<_, i64>(0)? as u64)
        })
    }

    /// One entry of the ledger.
    ///
    /// # Errors
    /// The database's own, or [`StoreError::Damaged`].
    pub fn leaf(&self, idx: u64) -> Result<Option<LeafRow>, StoreError> {
        let Ok(at) = i64::try_from(idx) else { return Ok(None) };
        let found =
            self.row("SELECT kind, plain, digests FROM event WHERE idx = $1", [at], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get(2)?))
            })?;
        let Some((kind, plain, digests)): Option<(_, _, Vec<u8>)> = found else { return Ok(None) };
        leaf(idx, &kind, &plain, &digests).ok_or(StoreError::Damaged(idx)).map(Some)
    }

    /// A sealed item of an event, by the field's name; `None` when the field is in clear, or was
    /// erased.
    ///
    /// # Errors
    /// The database's own, or [`StoreError::Damaged`].
    pub fn sealed(&self, idx: u64, field: &str) -> Result<Option<SealedItem>, StoreError> {
        let Ok(at) = i64::try_from(idx) else { return Ok(None) };
        let found: Option<(String, Vec<u8>, String)> =
            self.row("SELECT kind, digests, plain FROM event WHERE idx = $1", [at], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        let Some((kind, digests, plain)) = found else { return Ok(None) };
        let Some(slot) = slots(&kind).and_then(|(kind, _)| kind.place(field)) else {
            return Ok(None);
        };
        let digest = digests
            .get(32 * slot..32 * (slot + 1))
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(StoreError::Damaged(idx))?;
        let sealed = self.row(
            "SELECT key_id, sealed FROM envelope WHERE idx = $1 AND slot = $2",
            params![at, slot as i64],
            |row| Ok(SealedItem { key_id: row.get(0)?, sealed: row.get(1)?, digest }),
        )?;
        // Nothing in clear and nothing sealed: it was destroyed, and no key opens it.
        let is_gone = || plain.split('\n').nth(slot).is_some_and(str::is_empty);
        let gone = || SealedItem { key_id: String::new(), sealed: Vec::new(), digest };
        Ok(sealed.or_else(|| is_gone().then(gone)))
    }

    /// A key by its id; `None` when it was erased.
    ///
    /// # Errors
    /// The database's own.
    pub fn key(&self, key_id: &str) -> Result<Option<SubjectKey>, StoreError> {
        self.row(
            "SELECT key_id, subject, sort, wrapped FROM subject_key WHERE key_id = $1",
            [key_id],
            key,
        )
    }

    /// The newest key of a sort (`person`, `secret`) that a subject has; `None` when it has none.
    ///
    /// # Errors
    /// The database's own.
    pub fn key_of(&self, subject: Number, sort: &str) -> Result<Option<SubjectKey>, StoreError> {
        self.row(
            "SELECT key_id, subject, sort, wrapped FROM subject_key
             WHERE subject = $1 AND sort = $2 ORDER BY rowid DESC LIMIT 1",
            [&subject.to_string(), sort],
            key,
        )
    }
}

fn key(row: &Row<'_>) -> rusqlite::Result<SubjectKey> {
    Ok(SubjectKey {
        key_id: row.get(0)?,
        subject: row.get(1)?,
        sort: row.get(2)?,
        wrapped: row.get(3)?,
    })
}

pub(crate) fn leaf(idx: u64, kind: &str, plain: &str, digests: &[u8]) -> Option<LeafRow> {
    let record = decode(idx, kind, plain)?;
    let texts: Vec<_> =
        plain.split('\n').map(|line| (!line.is_empty()).then(|| line.to_owned())).collect();
    let (digests, rest) = digests.as_chunks::<32>();
    (rest.is_empty() && digests.len() == texts.len()).then(|| LeafRow {
        record,
        digests: digests.to_vec(),
        texts,
    })
}
