//! What a node and a station say to each other: letters in bundles, over any carrier.
//!
//! A **letter** is a signed note over the hash of a sealed body; letters of one link and one way
//! are numbered from 1, and each names the one before. A **bundle** is what is carried: a signed
//! head that says how far its sender has come, receipts for what it received, its checkpoint for
//! the other side to cosign, and all letters that the other side is not known to hold.
//!
//! So nobody keeps a session: bundles may be lost, repeated, or arrive in any order, by HTTP, mail
//! or stick, and both sides end with the same letters. A head only ever moves the picture of the
//! other side forward.
//!
//! A **receipt** is the receiver's ledger event with its proof (C2SP tlog-proof) under the
//! receiver's checkpoint.

mod bundle;
mod content;
mod effect;
mod invitation;
mod letter;
mod profile;

pub use bundle::{
    BUNDLE_BYTES_MAX, Bundle, Cosigned, Extras, Head, LETTER_BYTES_MAX, ReceiptProof,
};
pub use content::{Content, ContentHead, FileHead};
pub use effect::Effect;
pub use invitation::{Invitation, Join};
pub use letter::{Letter, Parcel, Way};
pub use profile::{Given, Grounds, PROOF_FILE, ScoreGiven, Shown};

/// Names a link: 16 random bytes, chosen by the station.
pub type LinkId = [u8; 16];

/// Why something that was carried can't be read or believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExchangeError {
    /// Not of the form, cut off, or larger than is read.
    #[error("not of the form: {0}")]
    Form(&'static str),
    /// Not signed by the key that it must be signed by.
    #[error("not signed by the key it should be")]
    Signature,
    /// A part is not the one that was signed for.
    #[error("a part is not the one that was signed for")]
    Digest,
}

fn hex_of<const N: usize>(text: &str) -> Option<[u8; N]> {
    let lower = text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    if !lower || text.len() != 2 * N {
        return None;
    }
    let mut out = [0; N];
    for (at, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(out)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A number in its one decimal form.
fn decimal(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}
