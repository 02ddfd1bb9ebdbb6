//! Timestamped cosignatures of witnesses (C2SP tlog-cosignature v1.0.1, type 0x04).

use crate::note::{KeyKind, Signature, SigningKey, VerifierKey};

/// The line by which a witness says: as of `time` (seconds since 1970), this is the largest
/// consistent tree of this origin that I saw. `text` is the checkpoint's, with its last line end,
/// further lines included.
///
/// `time` is neither 0 nor above 2^63 − 1: nobody would accept such a cosignature.
///
/// # Panics
/// With a log's key, which does not sign for a time.
pub fn cosign(key: &SigningKey, text: &str, time: u64) -> Signature {
    assert!(key.kind() == KeyKind::Cosigner, "a checkpoint is cosigned with a witness's key");
    let mut bytes = time.to_be_bytes().to_vec();
    bytes.extend(key.sign_bytes(message(text, time).as_bytes()));
    Signature { name: key.name().to_owned(), id: key.verifier().id(), bytes }
}

/// Checks the bytes of a cosignature line and gives its time in seconds since 1970; `None` when
/// they don't verify.
///
/// A time above 2^63 − 1 is refused as the specification says. A time of 0 is refused too: a
/// witness must not answer with it (tlog-witness), and read as a time it would be 1970.
pub fn verify(key: &VerifierKey, text: &str, bytes: &[u8]) -> Option<u64> {
    let (time, signature) = bytes.split_first_chunk::<8>()?;
    let time = u64::from_be_bytes(*time);
    let sound = time > 0
        && i64::try_from(time).is_ok()
        && key.verify_bytes(message(text, time).as_bytes(), signature);
    sound.then_some(time)
}

/// What is signed: two lines, then the checkpoint's text.
fn message(text: &str, time: u64) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}
