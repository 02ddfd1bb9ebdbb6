//! Looks whether everything still is as it was written.

use std::collections::BTreeMap;
use std::path::Path;

use evidence::item;
use ledger::checkpoint::Checkpoint;
use ledger::hash::{Hash, leaf_hash};
use ledger::note::VerifierKey;
use ledger::tree::RightEdge;
use rusqlite::types::Value;
use rusqlite::{Connection, params};

use crate::journal::head_size;
use crate::read::{Reader, SealedItem};
use crate::record::decode;
use crate::tree::{SqlHashes, hash};
use crate::{StoreError, apply, open};

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// An entry can't be read, or its items don't have the digests that it commits to.
    Entry(u64),
    /// An entry is missing: the numbers have a gap.
    Missing(u64),
    /// An entry's leaf hash is not that of its items.
    Leaf(u64),
    /// The tree over the entries has another root than was committed at this size.
    Root(u64),
    /// A stored hash of the tree is wrong: level and number.
    Node(u64, u64),
    /// The head does not stand at the last entry.
    Head(u64),
    /// A checkpoint that was cosigned does not fit the entries, or the log never signed it.
    Anchor(u64),
    /// After a replay a projection differs: its table.
    Projection(&'static str),
    /// An envelope belongs to no sealed item: entry and slot.
    Envelope(u64, u64),
}

impl Problem {
    /// The translation key.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Entry(_) => "problem-entry",
            Self::Missing(_) => "problem-missing",
            Self::Leaf(_) => "problem-leaf",
            Self::Root(_) => "problem-root",
            Self::Node(..) => "problem-node",
            Self::Head(_) => "problem-head",
            Self::Anchor(_) => "problem-anchor",
            Self::Projection(_) => "problem-projection",
            Self::Envelope(..) => "problem-envelope",
        }
    }

    /// Which, for the words.
    pub fn which(&self) -> String {
        match self {
            Self::Entry(at)
            | Self::Missing(at)
            | Self::Leaf(at)
            | Self::Root(at)
            | Self::Head(at)
            | Self::Anchor(at) => at.to_string(),
            Self::Node(level, number) => format!("{level}/{number}"),
            Self::Envelope(idx, slot) => format!("{idx}/{slot}"),
            Self::Projection(table) => (*table).to_owned(),
        }
    }

    /// All keys, so that a test can look for their words.
    pub const KEYS: &'static [&'static str] = &[
        "problem-entry",
        "problem-missing",
        "problem-leaf",
        "problem-root",
        "problem-node",
        "problem-head",
        "problem-anchor",
        "problem-projection",
        "problem-envelope",
    ];
}

/// What was looked at, and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Entries read.
    pub events: u64,
    /// Committed roots compared.
    pub roots: u64,
    /// Cosigned checkpoints compared.
    pub anchors: u64,
    /// Whether the projections were rebuilt and compared.
    pub replayed: bool,
    /// What is not as it was written, the first hundred.
    pub problems: Vec<Problem>,
}

/// The most problems listed.
const PROBLEMS_MAX: usize = 100;

impl Findings {
    fn note(&mut self, problem: Problem) {
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(problem);
        }
    }
}

/// Reads all entries in one pass: items, leaves, tree, committed roots, cosigned checkpoints; and
/// with `replay` rebuilds the projections beside the live ones and compares them row by row.
///
/// # Errors
/// When the database can't be read at all.
pub fn fsck(dir: &Path, log_key: &VerifierKey, replay: bool) -> Result<Findings, StoreError> {
    let db = open::reader(dir)?;
    // One snapshot, so that a writer beside us changes nothing.
    let tx = db.unchecked_transaction()?;
    let mut findings = Findings { replayed: replay, ..Findings::default() };
    let fresh = if replay { Some(fresh_projections()?) } else { None };
    let roots = walk(&tx, fresh.as_ref(), &mut findings)?;
    anchors(&tx, log_key, &roots, &mut findings)?;
    if let Some(fresh) = fresh {
        for (table, order) in apply::TABLES {
            if !same_rows(&tx, &fresh, table, order)? {
                findings.note(Problem::Projection(table));
            }
        }
    }
    Ok(findings)
}

fn fresh_projections() -> Result<Connection, StoreError> {
    let fresh = Connection::open_in_memory()?;
    fresh.execute_batch(&open::projections())?;
    Ok(fresh)
}

/// Walks over all entries; gives the root at each size at which one was committed or cosigned.
fn walk(
    db: &Connection,
    fresh: Option<&Connection>,
    findings: &mut Findings,
) -> Result<BTreeMap<u64, Hash>, StoreError> {
    let mut wanted: BTreeMap<u64, Option<Hash>> = BTreeMap::new();
    let mut statement =
        db.prepare("SELECT size, hash FROM root UNION ALL SELECT size, NULL FROM anchor")?;
    let mut rows = statement.query(params![])?;
    while let Some(row) = rows.next()? {
        let committed: Option<Vec<u8>> = row.get(1)?;
        let entry = wanted.entry(row.get::<_, i64>(0)? as u64).or_default();
        if let Some(found) = committed.and_then(hash) {
            *entry = Some(found);
        }
    }
    let mut roots = BTreeMap::new();
    let mut edge = RightEdge::default();
    let mut statement =
        db.prepare("SELECT idx, kind, leaf, digests, plain FROM event ORDER BY idx")?;
    let mut rows = statement.query(params![])?;
    while let Some(row) = rows.next()? {
        let idx = row.get::<_, i64>(0)? as u64;
        if idx != edge.size() {
            findings.note(Problem::Missing(edge.size()));
            return Ok(roots);
        }
        findings.events += 1;
        let kind = row.get_ref(1)?.as_str().map_err(|_| StoreError::Damaged(idx))?;
        let leaf = row.get_ref(2)?.as_blob().map_err(|_| StoreError::Damaged(idx))?;
        let digests = row.get_ref(3)?.as_blob().map_err(|_| StoreError::Damaged(idx))?;
        let plain = row.get_ref(4)?.as_str().map_err(|_| StoreError::Damaged(idx))?;
        let (digests, _) = digests.as_chunks::<32>();
        let items_hold = plain.split('\n').count() == digests.len()
            && plain
                .split('\n')
                .zip(digests)
                .all(|(text, digest)| text.is_empty() || item::digest(text) == *digest);
        let computed = item::entry(digests).map(|entry| leaf_hash(&entry));
        if computed.is_none_or(|hash| hash.0 != leaf) {
            findings.note(Problem::Leaf(idx));
        }
        match decode(idx, kind, plain) {
            Some(record) if items_hold => {
                if let Some(fresh) = fresh {
                    apply::apply(fresh, &record)?;
                }
            }
            _ => findings.note(Problem::Entry(idx)),
        }
        edge.push(computed.unwrap_or_else(|| leaf_hash(&[])));
        if let Some(committed) = wanted.get(&edge.size()) {
            let root = edge.root();
            roots.insert(edge.size(), root);
            if let Some(committed) = committed {
                findings.roots += 1;
                if *committed != root {
                    findings.note(Problem::Root(edge.size()));
                }
            }
        }
    }
    nodes(db, edge.size(), findings)?;
    let head = head_size(db)?;
    if head != edge.size() {
        findings.note(Problem::Head(head));
    }
    if let Some((&size, _)) = wanted.last_key_value()
        && size > edge.size()
    {
        findings.note(Problem::Missing(edge.size()));
    }
    envelopes(db, findings)?;
    Ok(roots)
}

/// Compares each stored hash of a full tile with the 256 hashes below it.
fn nodes(db: &Connection, size: u64, findings: &mut Findings) -> Result<(), StoreError> {
    use ledger::tile::HashSource as _;
    let mut below = size;
    for level in 1u8.. {
        let full = below / 256;
        if full == 0 {
            break;
        }
        for number in 0..full {
            let mut tile = RightEdge::default();
            let hashes = SqlHashes(db).hashes(level - 1, number * 256, 256);
            let stored = SqlHashes(db).hashes(level, number, 1);
            match (hashes, stored) {
                (Ok(hashes), Ok(stored)) => {
                    hashes.into_iter().for_each(|hash| tile.push(hash));
                    if stored != [tile.root()] {
                        findings.note(Problem::Node(level.into(), number));
                    }
                }
                _ => findings.note(Problem::Node(level.into(), number)),
            }
        }
        below = full;
    }
    Ok(())
}

/// Envelopes may be missing (erased), but not stand where an item is in clear.
fn envelopes(db: &Connection, findings: &mut Findings) -> Result<(), StoreError> {
    let mut statement = db.prepare(
        "SELECT v.idx, v.slot, e.plain FROM envelope v LEFT JOIN event e ON e.idx = v.idx
         ORDER BY v.idx, v.slot",
    )?;
    let mut rows = statement.query(params![])?;
    while let Some(row) = rows.next()? {
        let (idx, slot) = (row.get::<_, i64>(0)? as u64, row.get::<_, i64>(1)? as u64);
        let plain: Option<String> = row.get(2)?;
        let line = plain.as_deref().and_then(|plain| plain.split('\n').nth(slot as usize));
        if line != Some("") {
            findings.note(Problem::Envelope(idx, slot));
        }
    }
    Ok(())
}

fn anchors(
    db: &Connection,
    log_key: &VerifierKey,
    roots: &BTreeMap<u64, Hash>,
    findings: &mut Findings,
) -> Result<(), StoreError> {
    let mut statement = db.prepare("SELECT id, size, note FROM anchor ORDER BY id")?;
    let mut rows = statement.query(params![])?;
    while let Some(row) = rows.next()? {
        findings.anchors += 1;
        let (id, size) = (row.get::<_, i64>(0)? as u64, row.get::<_, i64>(1)? as u64);
        let note: String = row.get(2)?;
        let sound = Checkpoint::open(note.as_bytes(), log_key).is_ok_and(|(checkpoint, _)| {
            checkpoint.size == size && roots.get(&size) == Some(&checkpoint.root)
        });
        if !sound {
            findings.note(Problem::Anchor(id));
        }
    }
    Ok(())
}

fn same_rows(
    live: &Connection,
    fresh: &Connection,
    table: &str,
    order: &str,
) -> Result<bool, StoreError> {
    let sql = format!("SELECT * FROM {table} ORDER BY {order}");
    let (mut live, mut fresh) = (live.prepare(&sql)?, fresh.prepare(&sql)?);
    let columns = live.column_count();
    let (mut live, mut fresh) = (live.query(params![])?, fresh.query(params![])?);
    loop {
        match (live.next()?, fresh.next()?) {
            (None, None) => return Ok(true),
            (Some(live), Some(fresh)) => {
                for column in 0..columns {
                    if live.get::<_, Value>(column)? != fresh.get::<_, Value>(column)? {
                        return Ok(false);
                    }
                }
            }
            _ => return Ok(false),
        }
    }
}

impl Reader {
    /// Every envelope with its place, for a check that keys open what the ledger committed to.
    ///
    /// # Errors
    /// The database's own.
    pub fn envelopes_of(&self, idx: u64) -> Result<Vec<(u64, SealedItem)>, StoreError> {
        let Some(leaf) = self.leaf(idx)? else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for (slot, text) in leaf.texts.iter().enumerate() {
            if text.is_some() {
                continue;
            }
            let name = evidence::kind::kind(leaf.record.event.tag())
                .and_then(|kind| kind.all_fields().nth(slot))
                .map(|field| field.name);
            if let Some(item) = name.map(|name| self.sealed(idx, name)).transpose()?.flatten() {
                found.push((slot as u64, item));
            }
        }
        Ok(found)
    }
}
