//! Inclusion and consistency proofs (RFC 6962, section 2.1; verification as in RFC 9162).

use crate::hash::{Hash, empty_root, node_hash};
use crate::tile::{HashSource, TILE_WIDTH};
use crate::tree::split;

/// Why a proof can't be made.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError<E> {
    /// There is no such leaf or size.
    #[error("there is no such leaf or size")]
    OutOfRange,
    /// The source of hashes failed.
    #[error("the tree's hashes can't be read")]
    Source(#[source] E),
}

/// A proof that does not prove what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the proof does not lead to the root")]
pub struct NotProved;

/// The root of the tree of `size` leaves.
///
/// # Errors
/// Those of the source.
pub fn root_at<S: HashSource>(source: &mut S, size: u64) -> Result<Hash, ProofError<S::Error>> {
    if size == 0 { Ok(empty_root()) } else { range(source, 0, size) }
}

/// The proof that leaf `index` is in the tree of `size` leaves.
///
/// # Errors
/// [`ProofError::OutOfRange`] unless `index < size`, and those of the source.
pub fn inclusion_proof<S: HashSource>(
    source: &mut S,
    index: u64,
    size: u64,
) -> Result<Vec<Hash>, ProofError<S::Error>> {
    if index >= size {
        return Err(ProofError::OutOfRange);
    }
    let (mut start, mut end) = (0, size);
    let mut proof = Vec::new();
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            proof.push(range(source, middle, end)?);
            end = middle;
        } else {
            proof.push(range(source, start, middle)?);
            start = middle;
        }
    }
    proof.reverse();
    Ok(proof)
}

/// The proof that the tree of `old` leaves is a beginning of the tree of `new` leaves. Empty when
/// the sizes are equal or `old` is 0.
///
/// # Errors
/// [`ProofError::OutOfRange`] unless `old <= new`, and those of the source.
pub fn consistency_proof<S: HashSource>(
    source: &mut S,
    old: u64,
    new: u64,
) -> Result<Vec<Hash>, ProofError<S::Error>> {
    if old > new {
        return Err(ProofError::OutOfRange);
    }
    let mut proof = Vec::new();
    if old == 0 || old == new {
        return Ok(proof);
    }
    let (mut start, mut end) = (0, new);
    while end > old {
        let middle = start + split(end - start);
        if old <= middle {
            proof.push(range(source, middle, end)?);
            end = middle;
        } else {
            proof.push(range(source, start, middle)?);
            start = middle;
        }
    }
    // The old tree is itself a complete subtree: then its root need not be said.
    if start > 0 {
        proof.push(range(source, start, end)?);
    }
    proof.reverse();
    Ok(proof)
}

/// Checks that a leaf is in the tree with this root.
///
/// # Errors
/// [`NotProved`].
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), NotProved> {
    if index >= size {
        return Err(NotProved);
    }
    let (mut node, mut last, mut hash) = (index, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return Err(NotProved);
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last == 0 && hash == *root { Ok(()) } else { Err(NotProved) }
}

/// Checks that the tree of `old` leaves is a beginning of the tree of `new` leaves.
///
/// # Errors
/// [`NotProved`].
pub fn verify_consistency(
    old: u64,
    old_root: &Hash,
    new: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), NotProved> {
    let holds = match (old, new) {
        _ if old > new => false,
        _ if old == new => proof.is_empty() && old_root == new_root,
        (0, _) => proof.is_empty() && *old_root == empty_root(),
        _ => return walk_consistency(old, old_root, new, new_root, proof),
    };
    if holds { Ok(()) } else { Err(NotProved) }
}

fn walk_consistency(
    old: u64,
    old_root: &Hash,
    new: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), NotProved> {
    let mut hashes = proof.iter();
    let first = if old.is_power_of_two() { old_root } else { hashes.next().ok_or(NotProved)? };
    let shift = (old - 1).trailing_ones();
    let (mut node, mut last) = ((old - 1) >> shift, (new - 1) >> shift);
    let (mut to_old, mut to_new) = (*first, *first);
    for sibling in hashes {
        if last == 0 {
            return Err(NotProved);
        }
        if node & 1 == 1 || node == last {
            to_old = node_hash(sibling, &to_old);
            to_new = node_hash(sibling, &to_new);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            to_new = node_hash(&to_new, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    let holds = last == 0 && to_old == *old_root && to_new == *new_root;
    if holds { Ok(()) } else { Err(NotProved) }
}

/// The root over the leaves `start..end`, where `start` is a multiple of the largest power of two
/// not above `end - start`: the ranges that RFC 6962 splits a tree into.
fn range<S: HashSource>(
    source: &mut S,
    start: u64,
    end: u64,
) -> Result<Hash, ProofError<S::Error>> {
    let size = end - start;
    if size.is_power_of_two() {
        // A complete subtree: at most 256 hashes of the highest tile level below it.
        let mut level = 0;
        let mut span = 1;
        while size / span >= TILE_WIDTH {
            level += 1;
            span *= TILE_WIDTH;
        }
        let hashes =
            source.hashes(level, start / span, (size / span) as u16).map_err(ProofError::Source)?;
        return complete(hashes).ok_or(ProofError::OutOfRange);
    }
    let middle = start + split(size);
    let left = range(source, start, middle)?;
    let right = range(source, middle, end)?;
    Ok(node_hash(&left, &right))
}

/// The root over a power of two of hashes.
fn complete(mut hashes: Vec<Hash>) -> Option<Hash> {
    while hashes.len() > 1 {
        hashes = hashes.as_chunks::<2>().0.iter().map(|[l, r]| node_hash(l, r)).collect();
    }
    hashes.pop()
}
