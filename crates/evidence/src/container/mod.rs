//! The dossier's container: a ZIP file of which names, sizes and CRCs determine every byte of
//! every header.
//!
//! The [`Writer`] streams entries whose size and CRC-32 are known beforehand. The [`Reader`] takes
//! the bytes in pieces of any size, writes each header again from what it says and compares: a ZIP
//! that any two readers could understand differently is refused. The format is that of PKWARE's
//! APPNOTE.TXT 6.3.10, sections 4.3.7 (local header), 4.3.12 (directory) and 4.3.16 (end).

mod header;
mod reader;
mod writer;

pub use reader::{Answer, Fault, Part, Reader};
pub use writer::{WriteError, Writer, packed_size};

/// The most entries of a container. One less than a 16-bit number holds: 65,535 would ask readers
/// to look for ZIP64.
pub const ENTRIES_MAX: usize = 65_534;

/// The longest path of an entry, in bytes.
pub const PATH_BYTES_MAX: usize = 240;

/// The largest container, in bytes. One less than a 32-bit number holds, for the same reason as
/// [`ENTRIES_MAX`].
pub const BYTES_MAX: u64 = u32::MAX as u64 - 1;

/// What a header says about an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path inside the container.
    pub path: String,
    /// The size of its content in bytes.
    pub size: u32,
    /// CRC-32 (ISO-HDLC, as ZIP uses it) of its content.
    pub crc32: u32,
}

/// Whether a path may stand in a container: relative, made of `[A-Za-z0-9._-]` parts between
/// slashes, no part empty, `.` or `..`, and at most [`PATH_BYTES_MAX`] bytes.
pub fn is_path(path: &str) -> bool {
    !path.is_empty()
        && path.len() <= PATH_BYTES_MAX
        && path.split('/').all(|part| {
            !matches!(part, "" | "." | "..")
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
        })
}

#[cfg(test)]
mod tests {
    use super::is_path;

    #[test]
    fn paths() {
        for good in ["a", "files/MD-0001/carrier-01.pdf", "..a/b..", ".x", "A_b.c-d"] {
            assert!(is_path(good), "{good}");
        }
        let long = "a".repeat(241);
        for bad in ["", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", "a b", "a\\b", "é", &long]
        {
            assert!(!is_path(bad), "{bad}");
        }
    }
}
