//! The ledger as a whole: its head, checkpoints, proofs, witnesses, stamps and dossiers.

use domain::terms::{Purpose, Role, Standing};
use domain::{Moment, Number};
use ledger::hash::Hash;
use ledger::proof;
use rusqlite::{Row, params};

use super::{Reader, maybe_numbers, number, term};
use crate::StoreError;
use crate::journal::head_size;
use crate::tree::{SqlHashes, hash};

/// What a node is, as said by leaf 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeCard {
    /// The company's or station's name.
    pub name: String,
    /// What it is.
    pub role: Role,
    /// The log's origin.
    pub origin: String,
    /// The log's verifier key.
    pub log_key: String,
    /// The vault's recipient.
    pub vault_key: String,
    /// Recovery shares, such as `2-of-3`.
    pub shares: String,
}

/// The newest state of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The number of entries.
    pub size: u64,
    /// The root at that size.
    pub root: Hash,
    /// When the last entry was received.
    pub last: Option<Moment>,
}

/// A cosigned checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Counted from 1.
    pub id: u64,
    /// The size it is for.
    pub size: u64,
    /// The signed note.
    pub note: String,
    /// SHA-256 of the note's bytes.
    pub hash: [u8; 32],
    /// When the node got it.
    pub at: Moment,
    /// The time-stamps over the note's bytes.
    pub stamps: Vec<Stamp>,
}

/// A time-stamp over an anchor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The authority's name.
    pub authority: String,
    /// The token or reply, DER.
    pub token: Vec<u8>,
    /// The authority's certificates, PEM, root last.
    pub chain: String,
    /// The authority's time.
    pub at: Moment,
}

/// A witness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessRow {
    /// The event that added it.
    pub idx: u64,
    /// Its name.
    pub name: String,
    /// Its verifier key.
    pub key: String,
    /// Where it answers.
    pub url: Option<String>,
    /// How it is related to the company.
    pub relation: Standing,
    /// Whether it is still asked.
    pub asked: bool,
}

/// A time-stamp authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorityRow {
    /// The event that added it.
    pub idx: u64,
    /// Its name.
    pub name: String,
    /// Where it answers.
    pub url: String,
    /// SHA-256 of its root certificates, in hex.
    pub roots: Vec<String>,
    /// How it is related to the company.
    pub relation: Standing,
    /// Whether it is still asked.
    pub asked: bool,
}

/// A dossier that was built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// Its number.
    pub no: Number,
    /// The event.
    pub idx: u64,
    /// When.
    pub at: Moment,
    /// What it is for.
    pub purpose: Purpose,
    /// The secret points it shows.
    pub secrets: Vec<Number>,
    /// SHA-256 of its manifest, in hex.
    pub manifest: String,
    /// What was withheld.
    pub withheld: Vec<String>,
}

fn anchor(row: &Row<'_>) -> rusqlite::Result<Anchor> {
    Ok(Anchor {
        id: row.get::<_, i64>(0)? as u64,
        size: row.get::<_, i64>(1)? as u64,
        note: row.get(2)?,
        hash: row.get(3)?,
        at: Moment(row.get(4)?),
        stamps: Vec::new(),
    })
}

fn dossier(row: &Row<'_>) -> rusqlite::Result<Dossier> {
    Ok(Dossier {
        no: number(row, 0)?,
        idx: row.get::<_, i64>(1)? as u64,
        at: Moment(row.get(2)?),
        purpose: term(row, 3, Purpose::from_word)?,
        secrets: maybe_numbers(row, 4)?.unwrap_or_default(),
        manifest: row.get(5)?,
        withheld: row
            .get::<_, String>(6)?
            .split(',')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect(),
    })
}

const DOSSIER: &str = "SELECT no, idx, at, purpose, secrets, manifest, withheld FROM dossier";

impl Reader {
    /// What the node is; `None` before leaf 0.
    ///
    /// # Errors
    /// The database's own.
    pub fn node(&self) -> Result<Option<NodeCard>, StoreError> {
        self.row(
            "SELECT name, role, origin, log_key, vault_key, shares FROM node_card WHERE one = 1",
            params![],
            |row| {
                Ok(NodeCard {
                    name: row.get(0)?,
                    role: term(row, 1, Role::from_word)?,
                    origin: row.get(2)?,
                    log_key: row.get(3)?,
                    vault_key: row.get(4)?,
                    shares: row.get(5)?,
                })
            },
        )
    }

    /// The newest size and root.
    ///
    /// # Errors
    /// The database's own.
    pub fn chain(&self) -> Result<Chain, StoreError> {
        let head = self.row(
            "SELECT h.size, h.root, e.at FROM head h LEFT JOIN event e ON e.idx = h.size - 1
             WHERE h.one = 1",
            params![],
            |row| {
                Ok((
                    row.get::<_, i64>(0)?,
                    row.get::<_, Vec<u8>>(1)?,
                    row.get::<_, Option<i64>>(2)?,
                ))
            },
        )?;
        let Some((size, root, last)) = head else {
            return Ok(Chain { size: 0, root: ledger::hash::empty_root(), last: None });
        };
        let size = size as u64;
        let root = hash(root).ok_or(StoreError::TreeMismatch(size))?;
        Ok(Chain { size, root, last: last.map(Moment) })
    }

    /// The root that was committed at a size; `None` when no batch ended there.
    ///
    /// # Errors
    /// The database's own.
    pub fn root(&self, size: u64) -> Result<Option<Hash>, StoreError> {
        let found = self.row("SELECT hash FROM root WHERE size = $1", [size as i64], |row| {
            row.get::<_, Vec<u8>>(0)
        })?;
        found.map(|bytes| hash(bytes).ok_or(StoreError::TreeMismatch(size))).transpose()
    }

    /// The tree's hashes, for proofs and tiles.
    pub fn hashes(&self) -> SqlHashes<'_> {
        SqlHashes(&self.db)
    }

    /// The proof that entry `idx` is in the tree of `size` entries (RFC 6962, section 2.1.1).
    ///
    /// # Errors
    /// [`StoreError::OutOfRange`] when there is no such entry or size.
    pub fn inclusion(&self, idx: u64, size: u64) -> Result<Vec<Hash>, StoreError> {
        if idx >= size || size > head_size(&self.db)? {
            return Err(StoreError::OutOfRange);
        }
        proof::inclusion_proof(&mut self.hashes(), idx, size).map_err(out_of_range)
    }

    /// The proof that the tree of `old` entries is a beginning of that of `new` (section 2.1.2).
    ///
    /// # Errors
    /// [`StoreError::OutOfRange`] when there are no such sizes.
    pub fn consistency(&self, old: u64, new: u64) -> Result<Vec<Hash>, StoreError> {
        if old > new || new > head_size(&self.db)? {
            return Err(StoreError::OutOfRange);
        }
        proof::consistency_proof(&mut self.hashes(), old, new).map_err(out_of_range)
    }

    /// All anchors, the oldest first, each with its stamps.
    ///
    /// # Errors
    /// The database's own.
    pub fn anchors(&self) -> Result<Vec<Anchor>, StoreError> {
        let mut anchors = self.rows(
            "SELECT id, size, note, hash, at FROM anchor ORDER BY id",
            params![],
            anchor,
        )?;
        let stamps = self.rows(
            "SELECT anchor, authority, token, chain, at FROM stamp ORDER BY anchor, at",
            params![],
            |row| {
                let stamp = Stamp {
                    authority: row.get(1)?,
                    token: row.get(2)?,
                    chain: row.get(3)?,
                    at: Moment(row.get(4)?),
                };
                Ok((row.get::<_, i64>(0)? as u64, stamp))
            },
        )?;
        for (id, stamp) in stamps {
            if let Ok(at) = anchors.binary_search_by_key(&id, |anchor| anchor.id) {
                anchors[at].stamps.push(stamp);
            }
        }
        Ok(anchors)
    }

    /// The newest anchor, without its stamps.
    ///
    /// # Errors
    /// The database's own.
    pub fn newest_anchor(&self) -> Result<Option<Anchor>, StoreError> {
        self.row(
            "SELECT id, size, note, hash, at FROM anchor ORDER BY id DESC LIMIT 1",
            params![],
            anchor,
        )
    }

    /// All witnesses ever added, the oldest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn witnesses(&self) -> Result<Vec<WitnessRow>, StoreError> {
        self.rows(
            "SELECT idx, name, key, url, relation, removed IS NULL FROM witness ORDER BY idx",
            params![],
            |row| {
                Ok(WitnessRow {
                    idx: row.get::<_, i64>(0)? as u64,
                    name: row.get(1)?,
                    key: row.get(2)?,
                    url: row.get(3)?,
                    relation: term(row, 4, Standing::from_word)?,
                    asked: row.get(5)?,
                })
            },
        )
    }

    /// All time-stamp authorities ever added, the oldest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn authorities(&self) -> Result<Vec<AuthorityRow>, StoreError> {
        self.rows(
            "SELECT idx, name, url, roots, relation, removed IS NULL FROM authority ORDER BY idx",
            params![],
            |row| {
                Ok(AuthorityRow {
                    idx: row.get::<_, i64>(0)? as u64,
                    name: row.get(1)?,
                    url: row.get(2)?,
                    roots: row
                        .get::<_, String>(3)?
                        .split(',')
                        .filter(|root| !root.is_empty())
                        .map(str::to_owned)
                        .collect(),
                    relation: term(row, 4, Standing::from_word)?,
                    asked: row.get(5)?,
                })
            },
        )
    }

    /// All dossiers, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn dossiers(&self) -> Result<Vec<Dossier>, StoreError> {
        self.rows(&format!("{DOSSIER} ORDER BY idx DESC"), params![], dossier)
    }

    /// One dossier.
    ///
    /// # Errors
    /// The database's own.
    pub fn dossier(&self, no: Number) -> Result<Option<Dossier>, StoreError> {
        self.row(&format!("{DOSSIER} WHERE no = $1"), [no.to_string()], dossier)
    }
}

fn out_of_range(error: proof::ProofError<StoreError>) -> StoreError {
    match error {
        proof::ProofError::Source(error) => error,
        _ => StoreError::OutOfRange,
    }
}
