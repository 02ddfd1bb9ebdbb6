//! What several tests share.

use sha2::Digest as _;
use stamp::Authority;

pub(crate) const DAY_MS: i64 = 86_400_000;
/// 2026-03-02T07:00:00Z.
pub(crate) const NOW_MS: i64 = 1_772_434_800_000;

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    sha2::Sha256::digest(bytes).into()
}

/// A drill authority that lives from [`NOW_MS`] for 100 days.
pub(crate) fn authority() -> Authority {
    Authority::from_seed(&[7; 32], "test", NOW_MS, NOW_MS + 100 * DAY_MS).unwrap()
}

/// Each certificate inside a reply: a SEQUENCE of a SEQUENCE that starts with `[0] { 2 }`.
pub(crate) fn certificates_in(reply: &[u8]) -> Vec<&[u8]> {
    let length = |at: usize| match reply[at] {
        0x82 => (usize::from(reply[at + 1]) << 8 | usize::from(reply[at + 2]), 3),
        0x81 => (usize::from(reply[at + 1]), 2),
        short => (usize::from(short), 1),
    };
    let mut found = Vec::new();
    for at in 0..reply.len() - 16 {
        if reply[at] != 0x30 || reply[at + 1] != 0x82 {
            continue;
        }
        let (size, digits) = length(at + 1);
        let inner = at + 1 + digits;
        if reply[inner] != 0x30 || !(0x81..=0x82).contains(&reply[inner + 1]) {
            continue;
        }
        let (_, digits) = length(inner + 1);
        if reply[inner + 1 + digits..].starts_with(&[0xa0, 3, 2, 1, 2]) {
            found.push(&reply[at..at + 1 + 3 + size]);
        }
    }
    found
}
