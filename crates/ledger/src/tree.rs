//! The growing tree, kept by its right edge.

use crate::hash::{Hash, MAX_TREE_SIZE, empty_root, node_hash};

/// A tree of some size, as far as is needed to append to it: the roots of the complete subtrees
/// that it falls into, the largest first. There are as many as one-bits in the size.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RightEdge {
    /// At most [`MAX_TREE_SIZE`].
    size: u64,
    /// One for each one-bit of `size`, the highest bit first.
    subtrees: Vec<Hash>,
}

/// A hash of a tile level that has just become complete: the root of the 256^`level` leaves from
/// `number`·256^`level`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TileHash {
    /// The tile level; leaves are level 0.
    pub level: u8,
    /// Its number within the level, from 0.
    pub number: u64,
    /// The hash.
    pub hash: Hash,
}

impl RightEdge {
    /// Takes up a tree again; `None` when the number of subtrees does not fit the size, or the
    /// size is above [`MAX_TREE_SIZE`].
    pub fn resume(size: u64, subtrees: Vec<Hash>) -> Option<Self> {
        let fits = size <= MAX_TREE_SIZE && size.count_ones() as usize == subtrees.len();
        fits.then_some(Self { size, subtrees })
    }

    /// Appends a leaf by its hash.
    ///
    /// # Panics
    /// At 2^63 leaves, which a billion a second reach in 292 years.
    pub fn push(&mut self, leaf: Hash) {
        self.push_with(leaf, |_| ());
    }

    /// Appends a leaf by its hash, and names each hash of a tile level that is complete with it,
    /// the leaf itself first: what must be kept so that proofs can be made, without reading
    /// anything back.
    ///
    /// # Panics
    /// As [`RightEdge::push`].
    pub fn push_with(&mut self, leaf: Hash, mut completed: impl FnMut(TileHash)) {
        assert!(self.size < MAX_TREE_SIZE, "a log stays below 2^63 leaves");
        completed(TileHash { level: 0, number: self.size, hash: leaf });
        let mut hash = leaf;
        // Each one-bit at the end of the size is a subtree as large as what has been made so far.
        for height in 1..=self.size.trailing_ones() {
            let left = self.subtrees.pop().expect("one subtree for each one-bit");
            hash = node_hash(&left, &hash);
            if height % 8 == 0 {
                let level = (height / 8) as u8;
                completed(TileHash { level, number: self.size >> height, hash });
            }
        }
        self.subtrees.push(hash);
        self.size += 1;
    }

    /// The number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The roots of the complete subtrees, the largest first.
    pub fn subtrees(&self) -> &[Hash] {
        &self.subtrees
    }

    /// The root of the tree.
    pub fn root(&self) -> Hash {
        let mut from_right = self.subtrees.iter().rev();
        let Some(&last) = from_right.next() else { return empty_root() };
        from_right.fold(last, |right, left| node_hash(left, &right))
    }
}

/// The root over leaf hashes, straight from the definition (RFC 6962, section 2.1).
pub fn root_of(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len() as u64) as usize);
            node_hash(&root_of(left), &root_of(right))
        }
    }
}

/// The largest power of two smaller than `size`; `size` is at least 2.
pub(crate) fn split(size: u64) -> u64 {
    1 << (u64::BITS - 1 - (size - 1).leading_zeros())
}
