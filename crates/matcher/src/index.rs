//! The index of what is protected: keyed hashes alone, in a file that can be mapped into memory.
//!
//! ```text
//! header    magic, version, window, nonce, key check, counts, SHA-256 of all that follows
//! parts     names and sizes, masked
//! filter    which hashes may be there, masked; 16 bits per fingerprint, unmasked into memory
//! buckets   where the fingerprints of a hash's first bits start
//! tags      the last 32 bits of each keyed hash, by bucket
//! places    part and place of each fingerprint, masked
//! sides     16 bits of a keyed hash of what stands before it in its part, and of what after, masked
//! ```
//! All numbers are little-endian and all sections start at multiples of eight bytes. Tags are
//! SipHash-2-4 under a key derived from the index's key and nonce; masks are a key stream of the
//! same. Whoever has the file and not the key learns how many parts' bytes, fingerprints and
//! collisions of equal grams there are, and nothing else.

mod build;
mod open;

use serde::{Deserialize, Serialize};

pub(crate) use build::row_bytes;
pub use build::{Added, Filtered, IndexBuilder, Part, Reason, Refused};

pub use open::{Index, OpenError};

/// What a part of a protected document is, and so how it is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Prose or source code in any encoding that [`crate::encoding`] knows.
    Text,
    /// Numbers in rows; looked for as rows, as numbers and as text.
    Table,
    /// Anything else, byte by byte.
    Bytes,
}

/// How far apart fingerprints may lie. A wider window makes index and sweep smaller and faster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// Finds every shared run of 63 folded bytes (21 汉字).
    Fine,
    /// Finds every shared run of 95 folded bytes (32 汉字), with half the index.
    Wide,
}

impl Window {
    /// Positions in the window.
    #[must_use]
    pub const fn positions(self) -> usize {
        match self {
            Self::Fine => 32,
            Self::Wide => 64,
        }
    }

    /// The shortest run, in folded bytes, that is always found.
    #[must_use]
    pub const fn guaranteed(self) -> usize {
        self.positions() + crate::key::GRAM - 1
    }

    /// Bytes beside a gram that are compared, too, once it is found. Of a run of the guaranteed
    /// length at least so many lie on one side of each gram in it.
    pub(crate) const fn side(self) -> usize {
        self.positions() / 2
    }

    /// The run, in folded bytes, that is identical where a match is said to be
    /// [`sure`](crate::sweep::Passage::sure).
    #[must_use]
    pub const fn sure(self) -> usize {
        self.side() + crate::key::GRAM
    }

    fn of(positions: u32) -> Option<Self> {
        [Self::Fine, Self::Wide].into_iter().find(|w| w.positions() == positions as usize)
    }
}

const MAGIC: &[u8; 8] = b"\x89MATCHIX";
const VERSION: u32 = 2;
const HEADER: usize = 128;
/// Fingerprints in a bucket, about.
const BUCKET: usize = 4;

/// A part as the index knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartInfo {
    /// The document's id, as given.
    pub document: String,
    /// The part's name within it, as given.
    pub part: String,
    /// How it is looked for.
    pub kind: Kind,
    /// Folded bytes of a text or table, bytes of anything else.
    pub units: u32,
    /// Of them, those that were not left out as public or repetitive.
    pub units_protected: u32,
    /// Rows of a table that tell.
    pub rows: u32,
    /// Different numbers of a table that tell.
    pub cells: u32,
}

/// Significant digits a number of a table with so many numbers needs to tell something.
pub(crate) const fn cell_precision(numbers: usize) -> u32 {
    match numbers {
        0..=64 => 4,
        65..=640 => 5,
        641..=6400 => 6,
        _ => 7,
    }
}

/// Whether a number tells something in a table with so many numbers; years don't.
pub(crate) fn cell_tells(digits: u64, precision: u32) -> bool {
    digits >= 10u64.pow(precision - 1) && !(1900..2100).contains(&digits)
}

/// What stands on each side of the gram at `at` of a part or of what is swept.
pub(crate) fn sides(bytes: &[u8], at: usize, window: Window) -> [Option<&[u8]>; 2] {
    let (side, end) = (window.side(), at + crate::key::GRAM);
    let before = at.checked_sub(side).and_then(|start| bytes.get(start..at));
    [before, bytes.get(end..end + side)]
}

/// The word and the bits of a hash in a filter of `words` words.
#[inline]
pub(crate) fn filter_place(hash: u64, words: usize) -> (usize, u64) {
    let word = ((u128::from(hash) * words as u128) >> 64) as usize;
    let bit = |n: u32| 1u64 << (hash >> (6 * n) & 63);
    (word, bit(0) | bit(1) | bit(2) | bit(3))
}
