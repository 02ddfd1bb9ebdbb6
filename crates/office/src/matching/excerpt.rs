//! How a passage reads in the file where it was found.

use std::ops::Range;

use matcher::encoding::Encoding;

/// The longest excerpt, in characters.
const LONGEST: usize = 400;

/// The text of `bytes[range]` in one line. `encoding` is `None` for bytes that are no text.
pub(super) fn excerpt(bytes: &[u8], range: Range<usize>, encoding: Option<Encoding>) -> String {
    let bytes = bytes.get(range).unwrap_or_default();
    // What is cut within a character shows so at the ends only.
    let text = match encoding {
        Some(Encoding::Utf8) => String::from_utf8_lossy(bytes).into_owned(),
        Some(Encoding::Gb18030) => {
            encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned()
        }
        Some(Encoding::Utf16Le) => {
            encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0.into_owned()
        }
        Some(Encoding::Utf16Be) => {
            encoding_rs::UTF_16BE.decode_without_bom_handling(bytes).0.into_owned()
        }
        None => bytes.iter().take(32).map(|byte| format!("{byte:02x}")).collect(),
    };
    let mut out = String::new();
    for (n, c) in text.trim_matches('\u{FFFD}').chars().enumerate() {
        if n == LONGEST {
            out.push('…');
            break;
        }
        let blank = c.is_whitespace() || c.is_control();
        if !(blank && out.ends_with(' ')) {
            out.push(if blank { ' ' } else { c });
        }
    }
    out.trim().to_owned()
}

/// The lines, from 1, on which a passage of a text begins and ends.
pub(super) fn lines(bytes: &[u8], range: &Range<usize>) -> [u64; 2] {
    let count = |end: usize| {
        let before = &bytes[..end.min(bytes.len())];
        before.iter().filter(|byte| **byte == b'\n').count() as u64 + 1
    };
    [count(range.start), count(range.end.saturating_sub(1))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_shown_in_one_line() {
        let text = "第一行\n浆料 固含量\r\n\t48.5 %";
        let start = "第一行\n".len();
        let range = start..text.len();
        assert_eq!(
            excerpt(text.as_bytes(), range.clone(), Some(Encoding::Utf8)),
            "浆料 固含量 48.5 %"
        );
        assert_eq!(lines(text.as_bytes(), &range), [2, 3]);
        assert_eq!(excerpt(b"\x00\xff", 0..2, None), "00ff");
        assert_eq!(excerpt(b"abc", 5..9, Some(Encoding::Utf8)), "");
    }
}
