//! The growing tree, kept by its right edge.

use crate::hash::{Hash, empty_root, node_hash};

/// A tree of some size, as far as is needed to append to it: the roots of the complete subtrees
/// that it falls into, the largest first. There are as many as one-bits in the size.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RightEdge {
    size: u64,
    subtrees: Vec<Hash>,
}

impl RightEdge {
    /// Takes up a tree again; `None` when the number of subtrees does not fit the size.
    pub fn resume(size: u64, subtrees: Vec<Hash>) -> Option<Self> {
        (size.count_ones() as usize == subtrees.len()).then_some(Self { size, subtrees })
    }

    /// Appends a leaf by its hash.
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        // Each one-bit at the end of the size is a subtree as large as what has been made so far.
        for _ in 0..self.size.trailing_ones() {
            let left = self.subtrees.pop().expect("one subtree for each one-bit");
            hash = node_hash(&left, &hash);
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
