//! Timestamped cosignatures of witnesses (C2SP tlog-cosignature v1.0.1, type 0x04).

use crate::note::{Signature, SigningKey, VerifierKey};

/// The line by which a witness says: as of `time` (seconds since 1970), this is the largest
/// consistent tree of this origin that I saw. `text` is the checkpoint's, with its last line end.
pub fn cosign(key: &SigningKey, text: &str, time: u64) -> Signature {
    let mut bytes = time.to_be_bytes().to_vec();
    bytes.extend(key.sign_bytes(message(text, time).as_bytes()));
    Signature { name: key.name().to_owned(), id: key.verifier().id(), bytes }
}

/// Checks the bytes of a cosignature line and gives its time; `None` when they don't verify.
pub fn verify(key: &VerifierKey, text: &str, bytes: &[u8]) -> Option<u64> {
    let (time, signature) = bytes.split_first_chunk::<8>()?;
    let time = u64::from_be_bytes(*time);
    let sound =
        i64::try_from(time).is_ok() && key.verify_bytes(message(text, time).as_bytes(), signature);
    sound.then_some(time)
}

fn message(text: &str, time: u64) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}
