//! Inclusion and consistency proofs (RFC 6962, section 2.1; verification as in RFC 9162).

use crate::hash::{Hash, MAX_TREE_SIZE, empty_root, node_hash};
use crate::tile::HashSource;
use crate::tree::split;

/// Why a proof can't be made. `E` is the error of the [`HashSource`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError<E> {
    /// There is no such leaf or size.
    #[error("there is no such leaf or size")]
    OutOfRange,
    /// The source of hashes failed.
    #[error("the tree's hashes can't be read")]
    Source(#[source] E),
    /// The source gave another number of hashes than it was asked for.
    #[error("asked for {asked} hashes of level {level} from {start}, got {got}")]
    Count {
        /// The tile level.
        level: u8,
        /// The first hash asked for.
        start: u64,
        /// How many were asked for.
        asked: u16,
        /// How many came.
        got: usize,
    },
}

/// Why a proof does not prove what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotProved {
    /// The tree of that size has no such leaf.
    #[error("a tree of {size} leaves has no leaf {index}")]
    NoSuchLeaf {
        /// The leaf's place.
        index: u64,
        /// The tree's size.
        size: u64,
    },
    /// The old tree is larger than the new one.
    #[error("the old size {old} is larger than the new size {new}")]
    Shrinks {
        /// The old size.
        old: u64,
        /// The new size.
        new: u64,
    },
    /// A proof between these sizes has another number of hashes.
    #[error("the proof has {got} hashes, and these sizes take {takes}")]
    Length {
        /// How many hashes such a proof has.
        takes: usize,
        /// How many were given.
        got: usize,
    },
    /// The proof does not lead to the old root.
    #[error("the proof does not lead to the old root")]
    OldRoot,
    /// The proof does not lead to the root.
    #[error("the proof does not lead to the root")]
    Root,
}

/// The root of the first `size` leaves, which may be fewer than the source has.
///
/// # Errors
/// [`ProofError`].
pub fn root_at<S: HashSource>(source: &mut S, size: u64) -> Result<Hash, ProofError<S::Error>> {
    match size {
        0 => Ok(empty_root()),
        1..=MAX_TREE_SIZE => range(source, 0, size),
        _ => Err(ProofError::OutOfRange),
    }
}

/// The proof that leaf `index` is in the tree of `size` leaves: the siblings from the leaf up, at
/// most 63.
///
/// # Errors
/// [`ProofError::OutOfRange`] unless `index < size`, and those of the source.
pub fn inclusion_proof<S: HashSource>(
    source: &mut S,
    index: u64,
    size: u64,
) -> Result<Vec<Hash>, ProofError<S::Error>> {
    if index >= size || size > MAX_TREE_SIZE {
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
    if old > new || new > MAX_TREE_SIZE {
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

/// Checks that the leaf with hash `leaf` is number `index` of the tree with this size and root.
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
        return Err(NotProved::NoSuchLeaf { index, size });
    }
    let (meet, lefts) = path_shape(index, size - 1);
    if proof.len() != meet + lefts {
        return Err(NotProved::Length { takes: meet + lefts, got: proof.len() });
    }
    let (below, lefts) = proof.split_at(meet);
    let hash = above(climb(*leaf, index, below), lefts);
    if hash == *root { Ok(()) } else { Err(NotProved::Root) }
}

/// Checks that the tree of `old` leaves is a beginning of the tree of `new` leaves.
///
/// Of equal sizes the proof is empty and the roots are equal. Any tree grows from the one without
/// leaves: then the proof is empty and `old_root` is [`empty_root`] (C2SP tlog-witness; RFC 9162
/// leaves this open).
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
    if old > new {
        return Err(NotProved::Shrinks { old, new });
    }
    if old == 0 && *old_root != empty_root() {
        return Err(NotProved::OldRoot);
    }
    if old == 0 || old == new {
        return match proof.len() {
            0 if old < new || old_root == new_root => Ok(()),
            0 => Err(NotProved::Root),
            got => Err(NotProved::Length { takes: 0, got }),
        };
    }
    // The way up starts at the root of the last complete subtree of the old tree: `height` levels
    // up, number `node` there. It heads the proof, unless the old tree is that subtree.
    let height = old.trailing_zeros();
    let node = (old - 1) >> height;
    let head = usize::from(!old.is_power_of_two());
    let (meet, lefts) = path_shape(node, (new - 1) >> height);
    let takes = head + meet + lefts;
    if proof.len() != takes {
        return Err(NotProved::Length { takes, got: proof.len() });
    }
    let (start, path) = proof.split_at(head);
    let start = start.first().unwrap_or(old_root);
    let (below, lefts) = path.split_at(meet);
    // What stands on the left belongs to both trees, what on the right only to the new one.
    let old_lefts = below.iter().enumerate().filter(|(level, _)| (node >> level) & 1 == 1);
    let to_old = old_lefts.fold(*start, |hash, (_, left)| node_hash(left, &hash));
    if above(to_old, lefts) != *old_root {
        return Err(NotProved::OldRoot);
    }
    let to_new = above(climb(*start, node, below), lefts);
    if to_new == *new_root { Ok(()) } else { Err(NotProved::Root) }
}

/// The path of node `node` in a row whose last node is `last`: how many siblings it has up to where
/// the two ways up meet, which stand on either side; and how many above, all on the left.
fn path_shape(node: u64, last: u64) -> (usize, usize) {
    let meet = u64::BITS - (node ^ last).leading_zeros();
    let lefts = node.checked_shr(meet).unwrap_or(0).count_ones();
    (meet as usize, lefts as usize)
}

/// Goes up from node `node`; its one-bits say where a sibling stands on the left.
fn climb(hash: Hash, node: u64, siblings: &[Hash]) -> Hash {
    siblings.iter().enumerate().fold(hash, |hash, (level, sibling)| {
        if (node >> level) & 1 == 1 { node_hash(sibling, &hash) } else { node_hash(&hash, sibling) }
    })
}

/// Goes on up where all siblings stand on the left.
fn above(hash: Hash, lefts: &[Hash]) -> Hash {
    lefts.iter().fold(hash, |hash, left| node_hash(left, &hash))
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
        return complete(source, start, size.ilog2());
    }
    let middle = start + split(size);
    let left = range(source, start, middle)?;
    let right = range(source, middle, end)?;
    Ok(node_hash(&left, &right))
}

/// The root of the complete subtree of 2^`height` leaves from `start`, out of 1 to 128 hashes of
/// the highest tile level that is not above it.
fn complete<S: HashSource>(
    source: &mut S,
    start: u64,
    height: u32,
) -> Result<Hash, ProofError<S::Error>> {
    let level = (height / 8) as u8;
    let start = start >> (8 * level);
    let asked = 1u16 << (height % 8);
    let mut hashes = source.hashes(level, start, asked).map_err(ProofError::Source)?;
    if hashes.len() != asked.into() {
        return Err(ProofError::Count { level, start, asked, got: hashes.len() });
    }
    while hashes.len() > 1 {
        hashes = hashes.as_chunks().0.iter().map(|[left, right]| node_hash(left, right)).collect();
    }
    Ok(hashes[0])
}
