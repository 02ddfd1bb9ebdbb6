//! Blind comparison: two parties learn which of their own things the other has too, and nothing else
//! but how many the other put in.
//!
//! ```text
//!  offerer, key a                                   answerer, key b
//!  X = a·H(x)   ── Offer: A = a·G, all X ─────────►
//!               ◄─ Answer: B = b·G, all Y, b·X, π ── Y = b·H(y)
//!  a·Y meets b·X: which x are shared
//!               ── Reply: a·Y, π ─────────────────►  b·X meets a·Y: which y are shared
//! ```
//! It is the private set intersection by commuting exponents of Meadows (1986) and Huberman, Franklin
//! and Hogg (1999), over ristretto255 (RFC 9496), with hashing to the group and the batched proof π of
//! RFC 9497: that all points of a message were multiplied by the one key whose public half it states.
//!
//! *Security model*: random oracle and decisional Diffie–Hellman. Against a party that follows the
//! protocol nothing leaks but the counts and what is shared. A party that does not can put in what it
//! guesses, one point a guess, so guesses are limited by the count that the other accepts, and cannot
//! be tried without the other; it can put in less; and the offerer can stop after the answer, knowing
//! what is shared while the answerer does not. A false `b·X` or `a·Y` is noticed by the proof.
//! Points are sorted, so their order tells nothing.

pub mod bench;
mod group;
mod message;
mod proof;

pub use group::{Blinded, Key, Thing};
pub use message::{Answer, Bad, Offer, Reply};

use std::collections::HashMap;

/// Random bytes for a proof; used once.
pub type Noise = [u8; 64];

/// Begins: blinds the offerer's things.
///
/// Returns the message, and for each of its points which thing it is. Things must differ.
#[must_use]
pub fn offer(key: &Key, session: [u8; 32], things: &[Thing]) -> (Offer, Vec<u32>) {
    let Blinded { points, order } = key.blind(things);
    (Offer { session, public: key.public(), points }, order)
}

/// Answers an offer: blinds the answerer's things, and the offerer's once more.
#[must_use]
pub fn answer(key: &Key, offer: &Offer, things: &[Thing], noise: &Noise) -> (Answer, Vec<u32>) {
    let Blinded { points, order } = key.blind(things);
    let (doubled, proofs) = key.again(&offer.points, noise);
    let offer = offer.digest();
    (Answer { offer, public: key.public(), points, doubled, proofs }, order)
}

/// Reads the answer to one's own offer: the reply, and which points of the offer the other has too,
/// by place, ascending.
///
/// # Errors
/// [`Bad::OtherOffer`] when it answers another offer, [`Bad::Count`] when it does not have all
/// points, [`Bad::Proof`] when they were not all multiplied by the stated key.
pub fn settle(
    key: &Key,
    offer: &Offer,
    answer: &Answer,
    noise: &Noise,
) -> Result<(Reply, Vec<u32>), Bad> {
    if answer.offer != offer.digest() {
        return Err(Bad::OtherOffer);
    }
    proof::check(&answer.public, &offer.points, &answer.doubled, &answer.proofs)?;
    let (doubled, proofs) = key.again(&answer.points, noise);
    let shared = shared(&answer.doubled, &doubled);
    Ok((Reply { answer: answer.digest(), doubled, proofs }, shared))
}

/// Reads the reply to one's own answer: which points of the answer the other has too, by place,
/// ascending.
///
/// # Errors
/// As [`settle`], with [`Bad::OtherAnswer`].
pub fn finish(offer: &Offer, answer: &Answer, reply: &Reply) -> Result<Vec<u32>, Bad> {
    if answer.offer != offer.digest() {
        return Err(Bad::OtherOffer);
    }
    if reply.answer != answer.digest() {
        return Err(Bad::OtherAnswer);
    }
    proof::check(&offer.public, &answer.points, &reply.doubled, &reply.proofs)?;
    Ok(shared(&reply.doubled, &answer.doubled))
}

/// The places in `mine` of what is in `theirs` too.
fn shared(mine: &[[u8; 32]], theirs: &[[u8; 32]]) -> Vec<u32> {
    let theirs: HashMap<&[u8; 32], ()> = theirs.iter().map(|point| (point, ())).collect();
    let places = (0..).zip(mine).filter(|(_, point)| theirs.contains_key(point));
    places.map(|(place, _)| place).collect()
}
