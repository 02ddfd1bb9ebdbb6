//! UTF-8, UTF-16 and GB18030, also where nothing says which: in the middle of a disk image.
//!
//! Whether a stretch may hold another encoding than UTF-8 is told by runs of bytes that would be
//! common characters in it. A wrong guess costs time, never a finding: UTF-8 is always read too.

use std::borrow::Cow;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// How characters are written as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// UTF-8, and thereby ASCII.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// GB18030, and thereby GBK and GB2312.
    Gb18030,
}

/// Telling characters in a row that make an encoding likely.
const RUN_MIN: usize = 12;

/// The encoding of a whole file.
#[must_use]
pub fn detect(bytes: &[u8]) -> Encoding {
    match bytes {
        [0xFF, 0xFE, ..] => return Encoding::Utf16Le,
        [0xFE, 0xFF, ..] => return Encoding::Utf16Be,
        _ => {}
    }
    let telling = |encoding| runs(bytes, encoding).0;
    let has_nul = memchr::memchr(0, bytes).is_some();
    if !has_nul && std::str::from_utf8(bytes).is_ok() {
        return Encoding::Utf8;
    }
    let others = [Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030];
    let best = others.into_iter().max_by_key(|encoding| telling(*encoding));
    // A short file in another encoding may hold few characters, but then nothing else.
    best.filter(|encoding| {
        let few = bytes.len() / if *encoding == Encoding::Gb18030 { 8 } else { 4 };
        telling(*encoding) >= RUN_MIN.min(few.max(2))
    })
    .unwrap_or(Encoding::Utf8)
}

/// The text of a file as UTF-8; bytes that mean nothing stay, or become U+FFFD.
#[must_use]
pub fn to_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    match detect(bytes) {
        Encoding::Utf8 => Cow::Borrowed(bytes),
        other => {
            let mut decoder = Decoder::new(other);
            let mut decoded = Decoded::default();
            decoder.decode(bytes, 0, &mut decoded);
            Cow::Owned(decoded.text)
        }
    }
}

/// Whether a stretch may hold text in `encoding`.
pub(crate) fn likely(bytes: &[u8], encoding: Encoding) -> bool {
    runs(bytes, encoding).0 >= RUN_MIN
}

/// The most telling characters in a row if `bytes` are in `encoding`, and where, odd or even.
fn runs(bytes: &[u8], encoding: Encoding) -> (usize, usize) {
    match encoding {
        Encoding::Utf8 => (0, 0),
        Encoding::Gb18030 => (gb_run(bytes), 0),
        _ => {
            let run = |odd| utf16_run(bytes.get(odd..).unwrap_or_default(), encoding);
            (0..2).map(|odd| (run(odd), odd)).max_by_key(|(n, odd)| (*n, 1 - odd)).unwrap_or((0, 0))
        }
    }
}

fn utf16_run(bytes: &[u8], encoding: Encoding) -> usize {
    let (mut run, mut longest) = (0, 0);
    for pair in bytes.chunks_exact(2) {
        let unit = match encoding {
            Encoding::Utf16Be => u16::from_be_bytes([pair[0], pair[1]]),
            _ => u16::from_le_bytes([pair[0], pair[1]]),
        };
        let ascii = matches!(unit, 0x20..0x7F | 0x09 | 0x0A | 0x0D);
        if ascii
            || matches!(unit, 0x2010..0x2040 | 0x3000..0x3040 | 0x4E00..0xA000 | 0xFF00..0xFFF0)
        {
            // Two ASCII letters read as one unit are Chinese as well: they tell nothing.
            run += usize::from(pair.iter().any(|b| !(0x09..0x7F).contains(b)));
            longest = longest.max(run);
        } else {
            run = 0;
        }
    }
    longest
}

fn gb_run(bytes: &[u8]) -> usize {
    let (mut run, mut longest, mut at) = (0, 0, 0);
    while at < bytes.len() {
        match bytes[at..] {
            [0x20..0x7F | 0x09 | 0x0A | 0x0D, ..] => at += 1,
            [lead @ 0x81..=0xFE, trail @ (0x40..=0x7E | 0x80..=0xFE), ..] => {
                run += usize::from((0xB0..0xF8).contains(&lead) && trail >= 0xA1);
                longest = longest.max(run);
                at += 2;
            }
            [0x81..=0xFE, 0x30..0x3A, 0x81..=0xFE, 0x30..0x3A, ..] => at += 4,
            _ => {
                run = 0;
                at += 1;
            }
        }
    }
    longest
}

/// Text decoded to UTF-8, and where each character came from.
#[derive(Debug, Default)]
pub(crate) struct Decoded {
    pub(crate) text: Vec<u8>,
    /// For each character: where it starts in `text`, and in the original.
    marks: Vec<(u32, u64)>,
    /// Where the original ends.
    end: u64,
}

impl Decoded {
    /// Where the character of this byte of the text starts in the original.
    pub(crate) fn original(&self, text_offset: usize) -> u64 {
        let after = self.marks.partition_point(|(start, _)| *start as usize <= text_offset);
        match after.checked_sub(1).and_then(|n| self.marks.get(n)) {
            Some((_, original)) if text_offset < self.text.len() => *original,
            _ => self.end,
        }
    }

    fn push(&mut self, c: Option<char>, original: u64) {
        self.marks.push((self.text.len() as u32, original));
        let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
        self.text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

/// Decodes stretch after stretch; characters may be cut by their borders.
pub(crate) struct Decoder {
    pub(crate) encoding: Encoding,
    pending: Vec<u8>,
}

impl Decoder {
    pub(crate) fn new(encoding: Encoding) -> Self {
        Self { encoding, pending: Vec::new() }
    }

    /// Begins anew, in step with the characters of `bytes` where that can be told.
    pub(crate) fn restart(&mut self, bytes: &[u8], base: u64, decoded: &mut Decoded) {
        self.pending.clear();
        let (_, skip) = runs(bytes, self.encoding);
        self.decode(&bytes[skip..], base + skip as u64, decoded);
    }

    /// Decodes `bytes`, which start at `base` in the original and follow those given before.
    pub(crate) fn decode(&mut self, bytes: &[u8], base: u64, decoded: &mut Decoded) {
        decoded.text.clear();
        decoded.marks.clear();
        decoded.end = base + bytes.len() as u64;
        let base = base - self.pending.len() as u64;
        let joined = match self.pending.is_empty() {
            true => Cow::Borrowed(bytes),
            false => Cow::Owned([&self.pending, bytes].concat()),
        };
        let mut at = 0;
        while at < joined.len() {
            let Some((c, len)) = self.step(&joined[at..]) else { break };
            decoded.push(c, base + at as u64);
            at += len;
        }
        self.pending = joined[at..].to_vec();
    }

    /// The first character and its length; `None` when more bytes are needed to tell.
    fn step(&self, bytes: &[u8]) -> Option<(Option<char>, usize)> {
        match self.encoding {
            Encoding::Utf8 => Some((bytes.first().map(|b| char::from(*b)), 1)),
            Encoding::Gb18030 => gb_step(bytes),
            Encoding::Utf16Le => utf16_step(bytes, u16::from_le_bytes),
            Encoding::Utf16Be => utf16_step(bytes, u16::from_be_bytes),
        }
    }
}

fn utf16_step(bytes: &[u8], read: fn([u8; 2]) -> u16) -> Option<(Option<char>, usize)> {
    let first = read(*bytes.first_chunk()?);
    if !(0xD800..0xDC00).contains(&first) {
        return Some((char::from_u32(first.into()), 2));
    }
    let second = read(*bytes.get(2..)?.first_chunk()?);
    match char::decode_utf16([first, second]).next() {
        Some(Ok(c)) => Some((Some(c), 4)),
        _ => Some((None, 2)),
    }
}

/// Characters of two bytes, by lead from 0x81 and trail from 0x40; 0 where there is none.
static GBK: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let pairs = (0x81..=0xFE).flat_map(|lead| (0x40..=0xFF).map(move |trail| [lead, trail]));
    pairs
        .map(|pair| gb_char(&pair).and_then(|c| u16::try_from(u32::from(c)).ok()).unwrap_or(0))
        .collect()
});

fn gb_char(bytes: &[u8]) -> Option<char> {
    let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes)?;
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

fn gb_step(bytes: &[u8]) -> Option<(Option<char>, usize)> {
    match *bytes {
        [byte @ 0..0x80, ..] => Some((Some(byte.into()), 1)),
        [0x80 | 0xFF, ..] => Some((None, 1)),
        [lead, trail @ 0x40..=0xFF, ..] => {
            let place = usize::from(lead - 0x81) * 0xC0 + usize::from(trail - 0x40);
            match GBK.get(place).copied().filter(|unit| *unit != 0) {
                Some(unit) => Some((char::from_u32(unit.into()), 2)),
                None => Some((None, 1)),
            }
        }
        [_, 0x30..0x3A, _, _, ..] => match gb_char(&bytes[..4]) {
            Some(c) => Some((Some(c), 4)),
            None => Some((None, 1)),
        },
        [_] | [_, 0x30..0x3A] | [_, 0x30..0x3A, _] => None,
        _ => Some((None, 1)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    pub(crate) fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
        match encoding {
            Encoding::Utf8 => text.as_bytes().to_vec(),
            Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Encoding::Gb18030 => encoding_rs::GB18030.encode(text).0.into_owned(),
        }
    }

    const OTHERS: [Encoding; 3] = [Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030];

    #[test]
    fn an_encoding_is_told_without_being_named() {
        let chinese = "搅拌转速 1200 rpm,温度控制在一百八十五摄氏度,保温四十分钟后缓慢冷却。";
        for encoding in [Encoding::Utf8].into_iter().chain(OTHERS) {
            assert_eq!(detect(&encode(chinese, encoding)), encoding);
        }
        let english = "plain English text in sixteen bits";
        assert_eq!(detect(&encode(english, Encoding::Utf16Le)), Encoding::Utf16Le);
        assert_eq!(detect(&encode(english, Encoding::Utf16Be)), Encoding::Utf16Be);
        assert_eq!(
            detect(b"\x7fELF\x02\x01\x01\0\0\0\xff\xfe\x90some strings of a program"),
            Encoding::Utf8
        );
    }

    proptest! {
        #[test]
        fn what_is_cut_anywhere_is_decoded_whole(
            text in "[a-z\u{4E00}-\u{9FFF}\u{20000}-\u{20100}é]{0,60}",
            cuts in prop::collection::vec(0..200usize, 0..6),
            which in 0..3usize,
        ) {
            let bytes = encode(&text, OTHERS[which]);
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let mut decoder = Decoder::new(OTHERS[which]);
            let (mut all, mut decoded) = (Vec::new(), Decoded::default());
            for cut in cuts.windows(2) {
                decoder.decode(&bytes[cut[0]..cut[1]], cut[0] as u64, &mut decoded);
                for (n, c) in String::from_utf8_lossy(&decoded.text).char_indices() {
                    let at = decoded.original(n) as usize;
                    let len = encode(c.encode_utf8(&mut [0; 4]), OTHERS[which]).len();
                    prop_assert_eq!(encode(c.encode_utf8(&mut [0; 4]), OTHERS[which]), &bytes[at..at + len]);
                }
                all.extend_from_slice(&decoded.text);
            }
            prop_assert_eq!(String::from_utf8_lossy(&all), text);
        }

        #[test]
        fn any_bytes_decode_to_text(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            for encoding in OTHERS {
                let mut decoded = Decoded::default();
                Decoder::new(encoding).restart(&bytes, 7, &mut decoded);
                prop_assert!(std::str::from_utf8(&decoded.text).is_ok());
                prop_assert!(decoded.original(usize::MAX) == 7 + bytes.len() as u64);
            }
            prop_assert!(!to_utf8(&bytes).is_empty() || bytes.is_empty() || detect(&bytes) != Encoding::Utf8);
        }
    }
}
