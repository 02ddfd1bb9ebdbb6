//! The bytes of the three kinds of header.

use super::Entry;

/// The four bytes that a local header starts with.
pub const LOCAL: [u8; 4] = *b"PK\x03\x04";
/// The four bytes that a directory entry starts with.
pub const CENTRAL: [u8; 4] = *b"PK\x01\x02";
/// The four bytes that the end record starts with.
pub const END: [u8; 4] = *b"PK\x05\x06";

/// The length of a local header without the path.
pub const LOCAL_LEN: usize = 30;
/// The length of a directory entry without the path.
pub const CENTRAL_LEN: usize = 46;
/// The length of the end record.
pub const END_LEN: usize = 22;

const NEEDS: u16 = 20;
const MADE_BY: u16 = 0x0314;
const DATE_1980_01_01: u16 = (1 << 5) | 1;
const MODE: u32 = 0o100_644 << 16;

/// What a local header and a directory entry have in common: from "version needed" to the
/// length of the extra field.
fn shared(out: &mut Vec<u8>, entry: &Entry) {
    // Version, flags, method (0 = stored), time, date.
    for field in [NEEDS, 0, 0, 0, DATE_1980_01_01] {
        out.extend(field.to_le_bytes());
    }
    for field in [entry.crc32, entry.size, entry.size] {
        out.extend(field.to_le_bytes());
    }
    out.extend((entry.path.len() as u16).to_le_bytes());
    out.extend(0u16.to_le_bytes());
}

/// The local header of an entry, its path included.
pub fn local(entry: &Entry) -> Vec<u8> {
    let mut out = Vec::with_capacity(LOCAL_LEN + entry.path.len());
    out.extend(LOCAL);
    shared(&mut out, entry);
    out.extend(entry.path.as_bytes());
    out
}

/// The directory entry of an entry whose local header starts at `offset`.
pub fn central(entry: &Entry, offset: u32) -> Vec<u8> {
    let mut out = Vec::with_capacity(CENTRAL_LEN + entry.path.len());
    out.extend(CENTRAL);
    out.extend(MADE_BY.to_le_bytes());
    shared(&mut out, entry);
    // No comment, disk 0, no internal attributes.
    out.extend([0; 6]);
    out.extend(MODE.to_le_bytes());
    out.extend(offset.to_le_bytes());
    out.extend(entry.path.as_bytes());
    out
}

/// The end record of a container with so many entries and a directory of so many bytes at
/// `offset`.
pub fn end(entries: u16, bytes: u32, offset: u32) -> Vec<u8> {
    let mut out = Vec::with_capacity(END_LEN);
    out.extend(END);
    out.extend([0; 4]);
    out.extend(entries.to_le_bytes());
    out.extend(entries.to_le_bytes());
    out.extend(bytes.to_le_bytes());
    out.extend(offset.to_le_bytes());
    out.extend([0; 2]);
    out
}
