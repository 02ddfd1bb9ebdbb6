//! The proof that one key multiplied many points: batched, as RFC 9497 §2.2 has it.
//!
//! There the weight of a point is hashed from that point alone, and a batch has at most 65,535. With
//! so many, points could be chosen whose errors cancel out (Wagner 2002), so the context here holds
//! the hash of all points of all batches: whoever changes one changes all weights.

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_TABLE as BASE;
use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::VartimeMultiscalarMul as _;
use sha2::{Digest as _, Sha512};

use crate::group::{decoded, hash_to_scalar, on_all_cores};
use crate::{Bad, Noise};

/// Bytes of a proof: challenge and answer.
const SIZE: usize = 64;
/// Points that one proof is for.
const BATCH: usize = 1 << 15;

/// Bytes of the proofs for so many points.
pub(crate) fn size(points: usize) -> usize {
    points.div_ceil(BATCH) * SIZE
}

fn context(public: &[u8; 32], before: &[[u8; 32]], after: &[[u8; 32]]) -> Vec<u8> {
    let mut hash = Sha512::new();
    hash.update(public);
    hash.update((before.len() as u64).to_be_bytes());
    before.iter().chain(after).for_each(|point| hash.update(point));
    [b"midun blind comparison 1, proof ".as_slice(), &hash.finalize()].concat()
}

/// Proves that `after` is `before` times the key, point by point.
pub(crate) fn prove(
    key: &Scalar,
    before: &[[u8; 32]],
    after: &[[u8; 32]],
    noise: &Noise,
) -> Vec<u8> {
    let public = (key * BASE).compress().to_bytes();
    let context = context(&public, before, after);
    let mut proofs = Vec::new();
    for (number, (before, after)) in before.chunks(BATCH).zip(after.chunks(BATCH)).enumerate() {
        // Never the same for two proofs, even if the noise were.
        let once = Sha512::new()
            .chain_update(noise)
            .chain_update(key.as_bytes())
            .chain_update(&context)
            .chain_update((number as u64).to_be_bytes());
        let random = Scalar::from_bytes_mod_order_wide(&once.finalize().into());
        let weights = weights(&public, before, after, &context);
        let Some(m) = sum(&weights, before) else { continue };
        proofs.extend(prove_one(key, &public, m, &random, &context));
    }
    proofs
}

/// RFC 9497 `GenerateProof`, its composites made.
fn prove_one(
    key: &Scalar,
    public: &[u8; 32],
    m: RistrettoPoint,
    random: &Scalar,
    context: &[u8],
) -> [u8; SIZE] {
    let z = key * m;
    let c = challenge(public, [m, z, random * BASE, random * m], context);
    let s = random - c * key;
    let mut proof = [0; SIZE];
    proof[..32].copy_from_slice(c.as_bytes());
    proof[32..].copy_from_slice(s.as_bytes());
    proof
}

/// Checks the proofs that `after` is `before` times the key with this public half.
///
/// # Errors
/// [`Bad::Count`] when the two are not as many, [`Bad::Proof`] when a proof does not hold.
pub(crate) fn check(
    public: &[u8; 32],
    before: &[[u8; 32]],
    after: &[[u8; 32]],
    proofs: &[u8],
) -> Result<(), Bad> {
    if before.len() != after.len() {
        return Err(Bad::Count);
    }
    if proofs.len() != size(before.len()) {
        return Err(Bad::Proof);
    }
    let context = context(public, before, after);
    let (proofs, _) = proofs.as_chunks::<SIZE>();
    let batches = before.chunks(BATCH).zip(after.chunks(BATCH)).zip(proofs);
    let holds = |((before, after), proof): ((&[_], &[_]), &[u8; SIZE])| {
        let weights = weights(public, before, after, &context);
        let (m, z) = (sum(&weights, before)?, sum(&weights, after)?);
        check_one(public, m, z, proof, &context)
    };
    for batch in batches {
        holds(batch).ok_or(Bad::Proof)?;
    }
    Ok(())
}

/// RFC 9497 `VerifyProof`, its composites made.
fn check_one(
    public: &[u8; 32],
    m: RistrettoPoint,
    z: RistrettoPoint,
    proof: &[u8; SIZE],
    context: &[u8],
) -> Option<()> {
    let (halves, _) = proof.as_chunks::<32>();
    let [c, s] = [halves[0], halves[1]].map(|half| {
        let scalar: Option<Scalar> = Scalar::from_canonical_bytes(half).into();
        scalar
    });
    let (c, s) = (c?, s?);
    let two = RistrettoPoint::vartime_multiscalar_mul([s, c], [BASE.basepoint(), decoded(public)?]);
    let three = RistrettoPoint::vartime_multiscalar_mul([s, c], [m, z]);
    (challenge(public, [m, z, two, three], context) == c).then_some(())
}

/// The weight of each point in its batch.
fn weights(
    public: &[u8; 32],
    before: &[[u8; 32]],
    after: &[[u8; 32]],
    context: &[u8],
) -> Vec<Scalar> {
    let mut transcript = Vec::new();
    sized(&mut transcript, public);
    sized(&mut transcript, &[b"Seed-", context].concat());
    let seed = Sha512::digest(&transcript);
    let pairs: Vec<_> = (0u16..).zip(before.iter().zip(after)).collect();
    on_all_cores(&pairs, |some| {
        let weight = |(number, (before, after)): &(u16, (&[u8; 32], &[u8; 32]))| {
            let mut transcript = Vec::with_capacity(160);
            sized(&mut transcript, &seed);
            transcript.extend(number.to_be_bytes());
            sized(&mut transcript, *before);
            sized(&mut transcript, *after);
            transcript.extend(b"Composite");
            hash_to_scalar(&transcript, context)
        };
        some.iter().map(weight).collect()
    })
}

fn sum(weights: &[Scalar], points: &[[u8; 32]]) -> Option<RistrettoPoint> {
    RistrettoPoint::optional_multiscalar_mul(weights, points.iter().map(decoded))
}

fn challenge(public: &[u8; 32], points: [RistrettoPoint; 4], context: &[u8]) -> Scalar {
    let mut transcript = Vec::new();
    sized(&mut transcript, public);
    for point in points {
        sized(&mut transcript, point.compress().as_bytes());
    }
    transcript.extend(b"Challenge");
    hash_to_scalar(&transcript, context)
}

fn sized(transcript: &mut Vec<u8>, bytes: &[u8]) {
    transcript.extend((bytes.len() as u16).to_be_bytes());
    transcript.extend(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes<const N: usize>(hex: &str) -> [u8; N] {
        let mut bytes = [0; N];
        hex::decode_to_slice(hex, &mut bytes).expect("is hex");
        bytes
    }

    /// RFC 9497 appendix A.1.2, the third: two points.
    #[test]
    fn a_proof_is_that_of_the_rfc() {
        const RFC: &[u8] = b"OPRFV1-\x01-ristretto255-SHA512";
        let scalar = |hex| Scalar::from_canonical_bytes(bytes(hex)).unwrap();
        let key = scalar("e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909");
        let random = scalar("419c4f4f5052c53c45f3da494d2b67b220d02118e0857cdbcf037f9ea84bbe0c");
        let public = bytes("c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e");
        let before = [
            bytes("863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945"),
            bytes("90a0145ea9da29254c3a56be4fe185465ebb3bf2a1801f7124bbbadac751e654"),
        ];
        let after = [
            bytes("aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e"),
            bytes("cc5ac221950a49ceaa73c8db41b82c20372a4c8d63e5dded2db920b7eee36a2a"),
        ];
        let kept = "cc203910175d786927eeb44ea847328047892ddf8590e723c37205cb74600b0a\
                    5ab5337c8eb4ceae0494c2cf89529dcf94572ed267473d567aeed6ab873dee08";
        let weights = weights(&public, &before, &after, RFC);
        let m = sum(&weights, &before).expect("are points");
        let made = prove_one(&key, &public, m, &random, RFC);
        assert_eq!(hex::encode(made), kept);
        let z = sum(&weights, &after).expect("are points");
        assert_eq!(check_one(&public, m, z, &made, RFC), Some(()));
        assert_eq!(check_one(&public, m, m, &made, RFC), None, "another product");
    }
}
