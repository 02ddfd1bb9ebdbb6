//! What a file is: by its first bytes, and by its name where these tell too little.

use serde::{Deserialize, Serialize};

/// What a file is, as far as it matters for reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Text in some encoding: prose, source code, CSV.
    Text,
    /// HTML, or XML as drawings and exports have it.
    Markup,
    /// A ZIP: an archive, or an office file.
    Zip,
    /// Something packed by gzip.
    Gzip,
    /// A tar archive.
    Tar,
    /// A PDF.
    Pdf,
    /// A letter (RFC 5322).
    Mail,
    /// A mail box.
    Mbox,
    /// Office files before 2007: read as bytes.
    Ole,
    /// Packed in a way that is not opened: 7z, RAR, xz, bzip2, zstd, cabinet.
    Packed,
    /// Anything else.
    Bytes,
}

/// Bytes by which a format can be told.
pub(crate) const HEAD: usize = 4096;

/// The format of a file whose first bytes (4096, or all) are `head`.
#[must_use]
pub fn of(name: &str, head: &[u8]) -> Format {
    by_magic(head).unwrap_or_else(|| by_name_and_look(name, head))
}

fn by_magic(head: &[u8]) -> Option<Format> {
    const MAGIC: &[(&[u8], Format)] = &[
        (b"PK\x03\x04", Format::Zip),
        (b"PK\x05\x06", Format::Zip),
        (b"\x1F\x8B\x08", Format::Gzip),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Format::Ole),
        (b"7z\xBC\xAF\x27\x1C", Format::Packed),
        (b"Rar!\x1A\x07", Format::Packed),
        (b"\xFD7zXZ\0", Format::Packed),
        (b"BZh", Format::Packed),
        (b"\x28\xB5\x2F\xFD", Format::Packed),
        (b"MSCF\0\0\0\0", Format::Packed),
    ];
    let magic = MAGIC.iter().find(|(magic, _)| head.starts_with(magic));
    if let Some((_, format)) = magic {
        return Some(*format);
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some(Format::Tar);
    }
    let early = &head[..head.len().min(1024)];
    memchr::memmem::find(early, b"%PDF-").map(|_| Format::Pdf)
}

fn by_name_and_look(name: &str, head: &[u8]) -> Format {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let ending = ending.as_deref().unwrap_or_default();
    if head.starts_with(b"From ") && (ending == "mbox" || headers(after_line(head)) >= 2) {
        return Format::Mbox;
    }
    if (matches!(ending, "eml" | "mht" | "mhtml") && headers(head) >= 1) || headers(head) >= 3 {
        return Format::Mail;
    }
    if !looks_like_text(head) {
        return Format::Bytes;
    }
    let start = head.trim_ascii_start();
    let starts =
        |word: &[u8]| start.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let marked = starts(b"<!doctype html") || starts(b"<html") || starts(b"<?xml");
    if marked || matches!(ending, "html" | "htm" | "xhtml" | "xml" | "svg") {
        return Format::Markup;
    }
    Format::Text
}

fn after_line(head: &[u8]) -> &[u8] {
    memchr::memchr(b'\n', head).map_or(&[], |at| &head[at + 1..])
}

/// Different headers of a letter that a block begins with, and nothing else before them.
fn headers(head: &[u8]) -> usize {
    const KNOWN: &[&str] = &[
        "received",
        "from",
        "to",
        "subject",
        "date",
        "mime-version",
        "message-id",
        "content-type",
        "return-path",
        "delivered-to",
        "reply-to",
        "cc",
    ];
    let mut found = Vec::new();
    for line in head.split(|b| *b == b'\n') {
        if matches!(line.first(), Some(b' ' | b'\t')) && !found.is_empty() {
            continue;
        }
        let Some(colon) = memchr::memchr(b':', line) else { break };
        let name = line[..colon].to_ascii_lowercase();
        if !name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-') || name.is_empty() {
            break;
        }
        let known = KNOWN.iter().find(|known| known.as_bytes() == name);
        if let Some(known) = known
            && !found.contains(known)
        {
            found.push(*known);
        }
    }
    found.len()
}

/// Whether bytes could be text in some encoding: few control characters, or the marks of UTF-16.
pub(crate) fn looks_like_text(head: &[u8]) -> bool {
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        return true;
    }
    let odd = head.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    odd * 200 <= head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_bytes_and_only_then_by_names() {
        let tar = [vec![b'a'; 257], b"ustar\0".to_vec()].concat();
        let letter = b"Subject: x\r\nFrom: a@b\r\nTo: c@d\r\n\r\nbody";
        let cases: &[(&str, &[u8], Format)] = &[
            ("photo.jpg", b"PK\x03\x04....", Format::Zip),
            ("x", b"\x1F\x8B\x08\0", Format::Gzip),
            ("x", &tar, Format::Tar),
            ("x.txt", b"junk %PDF-1.7", Format::Pdf),
            ("x.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Format::Ole),
            ("x.txt", letter, Format::Mail),
            ("x.mbox", b"From a@b Thu Jan  1\nSubject: x\n", Format::Mbox),
            ("notes.txt", b"From here on: nothing\nSubject to change\n", Format::Text),
            ("x", b"  <!DOCTYPE html><p>", Format::Markup),
            ("x.rs", b"fn main() {}", Format::Text),
            ("x.txt", "工艺".as_bytes(), Format::Text),
            ("x.bin", b"\0\x01\x02\x03", Format::Bytes),
            ("x.7z", b"7z\xBC\xAF\x27\x1C", Format::Packed),
            ("empty", b"", Format::Text),
        ];
        for (name, head, format) in cases {
            assert_eq!(of(name, head), *format, "{name} {:?}", String::from_utf8_lossy(head));
        }
    }
}
