//! The Merkle tree on disk: leaf hashes in `event`, roots of full tiles in `node`.

use ledger::hash::Hash;
use ledger::tile::HashSource;
use ledger::tree::RightEdge;
use rusqlite::{Connection, params};

use crate::StoreError;

/// Hashes of one tile.
const TILE: u64 = 256;

/// Reads tile hashes from the database: what proofs and tiles are made of.
pub struct SqlHashes<'a>(pub(crate) &'a Connection);

impl HashSource for SqlHashes<'_> {
    type Error = StoreError;

    fn hashes(&mut self, level: u8, start: u64, count: u16) -> Result<Vec<Hash>, StoreError> {
        let end = start.saturating_add(count.into());
        let (sql, level) = if level == 0 {
            ("SELECT leaf FROM event WHERE idx >= $1 AND idx < $2 AND $3 = 0 ORDER BY idx", 0)
        } else {
            (
                "SELECT hash FROM node WHERE number >= $1 AND number < $2 AND level = $3
                 ORDER BY number",
                level,
            )
        };
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement
            .query_map(params![start as i64, end as i64, level], |row| row.get::<_, Vec<u8>>(0))?;
        let mut hashes = Vec::with_capacity(count.into());
        for (at, row) in (start..).zip(rows) {
            hashes.push(hash(row?).ok_or(StoreError::Damaged(at))?);
        }
        if hashes.len() == usize::from(count) { Ok(hashes) } else { Err(StoreError::OutOfRange) }
    }
}

pub(crate) fn hash(bytes: Vec<u8>) -> Option<Hash> {
    <[u8; 32]>::try_from(bytes).ok().map(Hash)
}

/// The right edge of the tree of `size` leaves, read back from the disk.
pub(crate) fn right_edge(db: &Connection, size: u64) -> Result<RightEdge, StoreError> {
    let mut subtrees = Vec::new();
    // From the largest subtrees to the smallest: at each tile level, those of the last, partial
    // tile. The hashes of a level combine as leaves do.
    let mut levels = Vec::new();
    let mut rest = size;
    while rest > 0 {
        levels.push(rest % TILE);
        rest /= TILE;
    }
    for (level, &width) in levels.iter().enumerate().rev() {
        let start = (size >> (8 * level)) - width;
        let mut edge = RightEdge::default();
        for hash in SqlHashes(db).hashes(level as u8, start, width as u16)? {
            edge.push(hash);
        }
        subtrees.extend_from_slice(edge.subtrees());
    }
    RightEdge::resume(size, subtrees).ok_or(StoreError::TreeMismatch(size))
}

/// Appends a leaf to the edge, and to `node` the root of each tile that it fills.
pub(crate) fn push(db: &Connection, edge: &mut RightEdge, leaf: Hash) -> Result<(), StoreError> {
    edge.push(leaf);
    let size = edge.size();
    let mut level = 1;
    while size.is_multiple_of(TILE.pow(level)) {
        let number = size / TILE.pow(level) - 1;
        let mut tile = RightEdge::default();
        for hash in SqlHashes(db).hashes(level as u8 - 1, number * TILE, TILE as u16)? {
            tile.push(hash);
        }
        db.prepare_cached("INSERT INTO node (level, number, hash) VALUES ($1, $2, $3)")?
            .execute(params![level, number as i64, tile.root().0])?;
        level += 1;
    }
    Ok(())
}
