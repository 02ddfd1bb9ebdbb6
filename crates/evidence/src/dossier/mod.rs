//! What stands in a dossier: its manifest, the events shown, and the paths of everything.
//!
//! The texts are canonical: reading one and writing it again gives the same bytes, and anything
//! else is refused. So a manifest or an event list has one spelling. The format is described in
//! `docs/dossier-format.md`.

mod asic;
mod events;
mod manifest;
mod package;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use asic::{ASIC_MANIFEST, ASIC_STAMP, META_INF, asic_manifest};
pub use events::{EVENTS_FORMAT, Events, ShownEvent, ShownItem};
pub use manifest::{FORMAT, File, FilePath, LANGUAGES, Manifest, WITHHOLDABLE};
pub use package::{AnchorParts, Content, Package, PackageError, StampParts};

/// The content of the entry [`MIMETYPE`].
pub const MIMETYPE_CONTENT: &[u8] = b"application/vnd.etsi.asic-e+zip";

/// The first entry: what kind of file this is.
pub const MIMETYPE: &str = "mimetype";
/// What the dossier consists of.
pub const MANIFEST: &str = "manifest.json";
/// The hashes of all entries after it, and of the manifest.
pub const SUMS: &str = "SHA256SUMS";
/// The event `dossier.built`, which commits to the manifest.
pub const BUILT: &str = "built.json";
/// The events shown.
pub const EVENTS: &str = "events.json";
/// The newest checkpoint.
pub const CHECKPOINT: &str = "checkpoint";
/// The dossier's own words on whom to trust.
pub const POLICY: &str = "policy.txt";
/// The report, how to check it by hand, and the verifier: each may be left out.
pub const EXTRAS: [&str; 5] =
    ["report.html", "report.pdf", "HOWTO.zh-CN.txt", "HOWTO.en.txt", "verify.html"];
/// The folder of carriers and papers.
pub const FILES: &str = "files/";

/// The entries before `files/` have at most so many bytes altogether.
pub const HEAD_BYTES_MAX: u64 = 256 << 20;

/// Those of them that a verifier reads, rather than only hash, have at most so many bytes: all but
/// [`EXTRAS`]. JSON in memory takes a multiple of its text, so this bounds the verifier's memory.
pub const READ_BYTES_MAX: u64 = 64 << 20;

/// The most anchors of a dossier: their numbers have three digits.
pub const ANCHORS_MAX: usize = 999;

/// The path of the proof that the event at `index` is in the log.
pub fn proof_path(index: u64) -> String {
    format!("proofs/{index:010}.tlog-proof")
}

/// The path of an anchor's checkpoint; `number` counts from 1.
pub fn anchor_checkpoint_path(number: usize) -> String {
    format!("anchors/{number:03}/checkpoint")
}

/// The path of the proof that an anchor is an earlier state of the checkpoint's log.
pub fn anchor_consistency_path(number: usize) -> String {
    format!("anchors/{number:03}/consistency")
}

/// The path of a time-stamp over an anchor; both count from 1.
pub fn stamp_path(number: usize, stamp: usize) -> String {
    format!("anchors/{number:03}/{stamp}.tsr")
}

/// The path of the certificates of the authority that made a time-stamp.
pub fn stamp_chain_path(number: usize, stamp: usize) -> String {
    format!("anchors/{number:03}/{stamp}.pem")
}

/// The path of a secret point's carrier. `extension` is made of lower-case letters and digits,
/// see [`is_extension`].
pub fn carrier_path(secret: &str, no: u64, extension: &str) -> String {
    format!("{FILES}{secret}/carrier-{no:02}.{extension}")
}

/// The path of a paper about a person, partner, measure, agreement or disclosure.
pub fn paper_path(about: &str, no: u64, extension: &str) -> String {
    format!("{FILES}{about}/paper-{no:02}.{extension}")
}

/// Whether a file name may end so: 1 to 8 lower-case letters and digits. Others become `bin`.
pub fn is_extension(text: &str) -> bool {
    (1..=8).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

/// The content of `SHA256SUMS`: a line for each entry, in the order of the container, as
/// `sha256sum --check` reads it.
pub fn sums<'a>(entries: impl IntoIterator<Item = (&'a str, &'a [u8; 32])>) -> String {
    let mut text = String::new();
    for (path, sha256) in entries {
        text.push_str(&hex(sha256));
        text.push_str("  ");
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// Why a manifest or an event list can't be read.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    /// Made by a newer program, or by another one.
    #[error("the format {0:?} is not known here")]
    Newer(String),
    /// Not the JSON of this format.
    #[error("not the JSON of this format")]
    Json(#[from] serde_json::Error),
    /// Written otherwise than [`Manifest::to_bytes`] or [`Events::to_bytes`] write it.
    #[error("not in the canonical form")]
    NotCanonical,
    /// A field holds what it may not hold.
    #[error("the field {0:?} holds what it may not hold")]
    Field(&'static str),
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        text.push(DIGITS[usize::from(byte >> 4)] as char);
        text.push(DIGITS[usize::from(byte & 15)] as char);
    }
    text
}

/// Reads 32 bytes of lower-case hexadecimal.
pub fn hash_from_hex(text: &str) -> Option<[u8; 32]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let mut hash = [0; 32];
    if text.len() != 64 {
        return None;
    }
    for (byte, pair) in hash.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(hash)
}

/// A hash in JSON: 64 lower-case hexadecimal digits.
mod hex_hash {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(hash: &[u8; 32], out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&super::hex(hash))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<[u8; 32], D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(input)?;
        super::hash_from_hex(&text).ok_or_else(|| D::Error::custom("not a SHA-256 in hex"))
    }
}

/// The canonical bytes: JSON without blanks, and a line end.
fn to_canonical<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(value).expect("these types have string keys only");
    bytes.push(b'\n');
    bytes
}

/// Reads canonical bytes of the given format.
fn from_canonical<T: Serialize + DeserializeOwned>(
    bytes: &[u8],
    format: &str,
) -> Result<T, FormatError> {
    /// The one field that all formats have; it is looked at before all others.
    #[derive(serde::Deserialize)]
    struct AnyFormat {
        format: String,
    }
    let any: AnyFormat = serde_json::from_slice(bytes)?;
    if any.format != format {
        return Err(FormatError::Newer(any.format));
    }
    let value: T = serde_json::from_slice(bytes)?;
    if to_canonical(&value) == bytes { Ok(value) } else { Err(FormatError::NotCanonical) }
}
