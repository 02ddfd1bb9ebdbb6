//! What an index is keyed with, so that without the key it tells nothing.

use std::hash::Hasher;

use sha2::{Digest, Sha256};
use siphasher::sip::SipHasher24;

/// The secret that an index is keyed with: 32 uniformly random bytes.
#[derive(Clone)]
pub struct MatchKey([u8; 32]);

impl MatchKey {
    /// A key of these bytes, which must be random.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl std::fmt::Debug for MatchKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MatchKey(…)")
    }
}

/// Makes two indexes of one key unlike: 16 random bytes, another for each index built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nonce(pub [u8; 16]);

/// Bytes of a gram, the unit that is hashed.
pub(crate) const GRAM: usize = 32;

/// The hashes of one index. They differ for each key and nonce.
pub(crate) struct Keys {
    /// Fast hash of grams, for the filter. It never leaves memory unmasked.
    fast: [u64; 5],
    tag: SipHasher24,
    row: SipHasher24,
    mask: SipHasher24,
    /// Shows whether an index was made with this key.
    pub(crate) check: [u8; 16],
}

impl Keys {
    pub(crate) fn new(key: &MatchKey, nonce: Nonce) -> Self {
        let derive = |label: &[u8]| -> [u8; 32] {
            Sha256::new()
                .chain_update(key.0)
                .chain_update(nonce.0)
                .chain_update(label)
                .finalize()
                .into()
        };
        let sip = |label| {
            let [a, b, ..] = words(&derive(label));
            SipHasher24::new_with_keys(a, b)
        };
        let ([a, b, c, d], [e, ..]) = (words(&derive(b"fast 1")), words(&derive(b"fast 2")));
        let mut check = [0; 16];
        check.copy_from_slice(&derive(b"check")[..16]);
        Self {
            fast: [a, b, c, d, e | 1],
            tag: sip(b"tag"),
            row: sip(b"row"),
            mask: sip(b"mask"),
            check,
        }
    }

    /// Quick hash of a gram: says which grams are worth a [`Keys::tag`].
    #[inline]
    pub(crate) fn fast(&self, gram: &[u8; GRAM]) -> u64 {
        let [a, b, c, d] = words(gram);
        let one = fold(a ^ self.fast[0], b ^ self.fast[1]);
        let two = fold(c ^ self.fast[2], d ^ self.fast[3]);
        fold(one ^ two.rotate_left(31), self.fast[4])
    }

    /// Keyed hash (SipHash-2-4) of a gram or a row's words: what an index is searched by.
    pub(crate) fn tag(&self, domain: Domain, bytes: &[u8]) -> u64 {
        let mut hasher = self.tag;
        hasher.write_u8(domain as u8);
        hasher.write(bytes);
        hasher.finish()
    }

    /// Keyed hash of what stands before or after a gram in its part.
    pub(crate) fn side(&self, domain: Domain, side: Side, bytes: &[u8]) -> u16 {
        let mut hasher = self.row;
        hasher.write_u8(domain as u8);
        hasher.write_u8(side as u8);
        hasher.write(bytes);
        hasher.finish() as u16
    }

    /// Hash for the filter of something that is no gram.
    pub(crate) fn fast_of(&self, domain: Domain, bytes: &[u8]) -> u64 {
        let mut hasher = self.row;
        hasher.write_u8(domain as u8);
        hasher.write(bytes);
        hasher.finish()
    }

    /// The `number`th word of the key stream of a section.
    pub(crate) fn mask(&self, section: Section, number: u64) -> u64 {
        let mut hasher = self.mask;
        hasher.write_u8(section as u8);
        hasher.write_u64(number);
        hasher.finish()
    }
}

/// What a hash is of; nothing of one domain is ever found in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Domain {
    Text = 1,
    Bytes = 2,
    Row = 3,
    Cell = 4,
}

/// Where something stands beside a gram.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Side {
    /// Between the domains' numbers and those of no side, so that no other hash is the same.
    Before = 0x81,
    After = 0x82,
    /// Nothing stands there: the part begins or ends too near.
    Nothing = 0x83,
}

/// A part of an index file that is masked.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Section {
    Parts = 1,
    Filter = 2,
    Places = 3,
    Sides = 4,
}

#[inline]
fn words(bytes: &[u8; 32]) -> [u64; 4] {
    let (words, _) = bytes.as_chunks::<8>();
    std::array::from_fn(|n| u64::from_le_bytes(words[n]))
}

#[inline]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}
