//! ristretto255: hashing into it, and multiplying many points at once.

use std::num::NonZero;

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_TABLE as BASE;
use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use sha2::{Digest as _, Sha512};

use crate::{Bad, Noise, proof};

/// What separates these hashes from all others.
const CONTEXT: &[u8] = b"midun blind comparison 1, ristretto255-SHA512";
/// SHA-512's block.
const BLOCK: usize = 128;

/// A thing that is compared: its hash, so that long and short ones cost the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Thing([u8; 32]);

impl Thing {
    /// The thing with these bytes; things of different sorts never meet.
    #[must_use]
    pub fn new(sort: &str, bytes: &[u8]) -> Self {
        let mut hash = Sha512::new();
        hash.update((sort.len() as u64).to_be_bytes());
        hash.update(sort);
        hash.update(bytes);
        let mut half = [0; 32];
        half.copy_from_slice(&hash.finalize()[..32]);
        Self(half)
    }
}

/// A party's key for one comparison.
pub struct Key(Scalar);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.0);
    }
}

/// Points, sorted, and which thing each is.
pub struct Blinded {
    /// Encoded, ascending, each once.
    pub points: Vec<[u8; 32]>,
    /// For each point the place of its thing.
    pub order: Vec<u32>,
}

impl Key {
    /// A key from 64 uniformly random bytes.
    #[must_use]
    pub fn new(random: &[u8; 64]) -> Self {
        Self(Scalar::from_bytes_mod_order_wide(random))
    }

    /// The key, to be kept sealed until the comparison has ended.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// A key that was kept.
    ///
    /// # Errors
    /// [`Bad::Key`] when the bytes are none.
    pub fn from_bytes(bytes: [u8; 32]) -> Result<Self, Bad> {
        let scalar: Option<Scalar> = Scalar::from_canonical_bytes(bytes).into();
        scalar.filter(|scalar| *scalar != Scalar::ZERO).map(Self).ok_or(Bad::Key)
    }

    /// Its public half, encoded.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        (&self.0 * BASE).compress().to_bytes()
    }

    /// Hashes things into the group and multiplies them.
    pub(crate) fn blind(&self, things: &[Thing]) -> Blinded {
        let points = self.multiply(things, |thing| Some(hash_to_group(&thing.0, CONTEXT)));
        let mut places: Vec<u32> = (0..).take(points.len()).collect();
        places.sort_unstable_by_key(|place| points[*place as usize]);
        places.dedup_by_key(|place| points[*place as usize]);
        let sorted = places.iter().map(|place| points[*place as usize]).collect();
        Blinded { points: sorted, order: places }
    }

    /// Multiplies the other's points, in their order, and proves that it did.
    pub(crate) fn again(&self, points: &[[u8; 32]], noise: &Noise) -> (Vec<[u8; 32]>, Vec<u8>) {
        let doubled = self.multiply(points, decoded);
        let proofs = proof::prove(&self.0, points, &doubled, noise);
        (doubled, proofs)
    }

    /// Multiplies on all cores. What can't be decoded was refused when the message was read.
    fn multiply<T: Sync>(
        &self,
        things: &[T],
        point: impl Fn(&T) -> Option<RistrettoPoint> + Sync,
    ) -> Vec<[u8; 32]> {
        // Encoding many points together gives the encodings of their doubles.
        let half = self.0.div_by_2();
        on_all_cores(things, |some| {
            let points: Vec<RistrettoPoint> =
                some.iter().filter_map(|thing| point(thing).map(|point| half * point)).collect();
            let encoded = RistrettoPoint::double_and_compress_batch(&points);
            encoded.into_iter().map(|point| point.to_bytes()).collect()
        })
    }
}

/// A point, unless it is none or the one that every key leaves as it is.
pub(crate) fn decoded(bytes: &[u8; 32]) -> Option<RistrettoPoint> {
    if *bytes == [0; 32] {
        return None;
    }
    CompressedRistretto(*bytes).decompress()
}

/// Points at a time, so that little work is wasted on an uneven end.
const CHUNK: usize = 1024;

/// Works on stretches of `of`, on all cores, and puts the results in order.
pub(crate) fn on_all_cores<T: Sync, R: Send>(
    of: &[T],
    work: impl Fn(&[T]) -> Vec<R> + Sync,
) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let share = of.len().div_ceil(cores).max(CHUNK);
    std::thread::scope(|scope| {
        let hands: Vec<_> = of
            .chunks(share)
            .map(|some| scope.spawn(|| some.chunks(CHUNK).flat_map(&work).collect::<Vec<R>>()))
            .collect();
        let done = hands.into_iter().flat_map(|hand| match hand.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        done.collect()
    })
}

/// `hash_to_ristretto255` with `HashToGroup-` before the context (RFC 9497 §4.1).
pub(crate) fn hash_to_group(message: &[u8], context: &[u8]) -> RistrettoPoint {
    RistrettoPoint::from_uniform_bytes(&expand(message, b"HashToGroup-", context))
}

/// A scalar from a message, with `HashToScalar-` before the context (RFC 9497 §4.1).
pub(crate) fn hash_to_scalar(message: &[u8], context: &[u8]) -> Scalar {
    Scalar::from_bytes_mod_order_wide(&expand(message, b"HashToScalar-", context))
}

/// `expand_message_xmd` of RFC 9380 §5.3.1 with SHA-512, for 64 bytes: one block is enough.
fn expand(message: &[u8], label: &[u8], context: &[u8]) -> [u8; 64] {
    let length = (label.len() + context.len()) as u8;
    let tagged = |hash: Sha512| -> [u8; 64] {
        hash.chain_update(label).chain_update(context).chain_update([length]).finalize().into()
    };
    let begun = Sha512::new().chain_update([0; BLOCK]).chain_update(message);
    let first = tagged(begun.chain_update([0, 64, 0]));
    tagged(Sha512::new().chain_update(first).chain_update([1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RFC: &[u8] = b"OPRFV1-\x00-ristretto255-SHA512";

    /// RFC 9497 appendix A.1.1: input, blind, blinded element.
    #[test]
    fn hashing_and_blinding_are_those_of_the_rfc() {
        let blind = "64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706";
        let mut scalar = [0; 32];
        hex::decode_to_slice(blind, &mut scalar).expect("is hex");
        let key = Key::from_bytes(scalar).expect("is a scalar");
        for (input, blinded) in VECTORS {
            let input = hex::decode(input).expect("is hex");
            let points = key.multiply(&[input], |input| Some(hash_to_group(input, RFC)));
            assert_eq!(hex::encode(points[0]), *blinded);
        }
    }

    const VECTORS: &[(&str, &str)] = &[
        ("00", "609a0ae68c15a3cf6903766461307e5c8bb2f95e7e6550e1ffa2dc99e412803c"),
        (
            "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a",
            "da27ef466870f5f15296299850aa088629945a17d1f5b7f5ff043f76b3c06418",
        ),
    ];
}
