//! Texts as a stream of folded UTF-8, with the way back to the original bytes.
//!
//! Beside what [`crate::fold`] folds, numbers at the start of a line that look like line or list
//! numbers go (`12: `, `3、`, `4. `, a page number alone), so that a numbered listing equals the
//! bare one. Bytes that are not UTF-8 vanish as well.

use crate::fold::{DROPPED, LONG, Table, table};
use crate::lanes::{Lanes, WORD};

/// A text folded for comparing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoldedText {
    /// Folded UTF-8.
    pub bytes: Vec<u8>,
    /// For each folded byte, where in the original its character starts.
    pub at: Vec<u32>,
}

/// Folds a UTF-8 text of less than 4 GiB; what is not UTF-8 vanishes.
#[must_use]
pub fn fold_text(text: &[u8]) -> FoldedText {
    let mut folded = FoldedText::default();
    fold_mapped(text, LineStart::Yes, &mut folded);
    folded
}

/// Hands each character that `c` folds to to `sink`; none where it says nothing.
pub fn fold_char(c: char, sink: impl FnMut(char)) {
    table().fold(c, sink);
}

/// Whether a stretch begins where a line does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineStart {
    Yes,
    No,
}

/// Blanks before a line number at most.
const BLANK_MAX: usize = 24;
/// Digits that a line number has at most.
const LINE_NUMBER_MAX: usize = 7;
/// Digits that a page number, alone in its line, has at most.
const PAGE_NUMBER_MAX: usize = 4;

/// The bytes at the start of `line` that number it, to be skipped.
fn line_number(line: &[u8]) -> usize {
    let blank = line.iter().take(BLANK_MAX).take_while(|b| matches!(b, b' ' | b'\t')).count();
    let digits = line[blank..].iter().take(LINE_NUMBER_MAX + 1);
    let digits = digits.take_while(|b| b.is_ascii_digit()).count();
    if digits == 0 || digits > LINE_NUMBER_MAX {
        return 0;
    }
    let end = blank + digits;
    match &line[end..] {
        [] | [b'\r' | b'\n', ..] if digits <= PAGE_NUMBER_MAX => end,
        [b' ' | b'\t' | b':' | b')' | b'|', ..] => end,
        [b'.', next, ..] if !next.is_ascii_digit() => end,
        [0xE3, 0x80, 0x81, ..] => end,
        _ => 0,
    }
}

/// The next line of `text` from `start`: where it ends, and from where it counts.
fn line(text: &[u8], start: usize, line_start: LineStart) -> (usize, usize) {
    let end = memchr::memchr(b'\n', &text[start..]).map_or(text.len(), |at| start + at + 1);
    let skip = match line_start {
        LineStart::Yes => line_number(&text[start..end]),
        LineStart::No => 0,
    };
    (start + skip, end)
}

/// The character at the head of `bytes`, if they are UTF-8, and how many bytes to step over.
fn step(bytes: &[u8]) -> (Option<char>, usize) {
    let [first, ..] = *bytes else { return (None, 1) };
    let (len, lead) = match first {
        0..0x80 => return (Some(first.into()), 1),
        0xC2..0xE0 => (2, u32::from(first & 0x1F)),
        0xE0..0xF0 => (3, u32::from(first & 0x0F)),
        0xF0..0xF5 => (4, u32::from(first & 0x07)),
        _ => return (None, 1),
    };
    let Some(rest) = bytes.get(1..len) else { return (None, 1) };
    if rest.iter().any(|b| b & 0xC0 != 0x80) {
        return (None, 1);
    }
    let code = rest.iter().fold(lead, |code, b| code << 6 | u32::from(b & 0x3F));
    let shortest = [0, 0, 0x80, 0x800, 0x1_0000][len];
    match char::from_u32(code).filter(|_| code >= shortest) {
        Some(c) => (Some(c), len),
        None => (None, 1),
    }
}

/// Folds with positions; the slow and plain definition of what [`Folder`] does.
pub(crate) fn fold_mapped(text: &[u8], mut line_start: LineStart, folded: &mut FoldedText) {
    let table = table();
    let mut start = 0;
    while start < text.len() {
        let (mut at, end) = line(text, start, line_start);
        while at < end {
            let (c, len) = step(&text[at..end]);
            if let Some(c) = c {
                table.fold(c, |c| {
                    folded.bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                });
                folded.at.resize(folded.bytes.len(), at as u32);
            }
            at += len;
        }
        start = end;
        line_start = LineStart::Yes;
    }
}

/// Where folding can be taken up again to find positions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Checkpoint {
    /// Folded bytes before it.
    pub(crate) folded: usize,
    /// Original bytes before it.
    pub(crate) original: usize,
    /// Whether a line starts there.
    pub(crate) line_start: LineStart,
}

/// Bytes of ASCII folded at a time.
const CHUNK: usize = 32;
/// Original bytes between two checkpoints, about.
const CHECKPOINT_STEP: usize = 512;

/// Folds without positions, fast, into a buffer that is kept.
#[derive(Default)]
pub(crate) struct Folder {
    pub(crate) lanes: Lanes,
    /// Folded bytes; only the first `len` count.
    buffer: Vec<u8>,
    len: usize,
    /// Ascending, of the last call of [`Folder::fold`].
    pub(crate) checkpoints: Vec<Checkpoint>,
    /// Bytes of the last call that were not UTF-8.
    pub(crate) strays: usize,
}

impl Folder {
    /// What has been folded.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.buffer[..self.len]
    }

    /// Forgets the first `count` folded bytes.
    pub(crate) fn forget(&mut self, count: usize) {
        self.buffer.copy_within(count..self.len, 0);
        self.len -= count;
    }

    /// Appends the folded form of `text`.
    pub(crate) fn fold(&mut self, text: &[u8], line_start: LineStart) {
        self.checkpoints.clear();
        self.strays = 0;
        let mut from = match line_start {
            LineStart::Yes => line_number(text),
            LineStart::No => 0,
        };
        self.mark(text, from, if from == 0 { line_start } else { LineStart::No });
        let lanes = self.lanes;
        lanes.numbered(text, |digit| {
            let blanks = text[..digit].iter().rev().take_while(|b| matches!(b, b' ' | b'\t'));
            let line = digit - blanks.take(BLANK_MAX + 1).count();
            // With more blanks than that, this is no start of a line, and no number of one either.
            if text[line - 1] == b'\n' {
                let number = line_number(&text[line..]);
                if number > 0 {
                    self.piece(text, from, line);
                    from = line + number;
                }
            }
        });
        self.piece(text, from, text.len());
    }

    /// Appends bytes as they are.
    pub(crate) fn keep(&mut self, bytes: &[u8]) {
        self.checkpoints.clear();
        self.buffer.truncate(self.len);
        self.buffer.extend_from_slice(bytes);
        self.len = self.buffer.len();
    }

    fn mark(&mut self, text: &[u8], original: usize, first: LineStart) {
        if self.checkpoints.last().is_none_or(|c| original - c.original >= CHECKPOINT_STEP) {
            let line_start = match original.checked_sub(1).map(|before| text[before]) {
                Some(b'\n') => LineStart::Yes,
                Some(_) => LineStart::No,
                None => first,
            };
            self.checkpoints.push(Checkpoint { folded: self.len, original, line_start });
        }
    }

    /// Folds `text[at..end]`, in which no more line numbers are.
    fn piece(&mut self, text: &[u8], mut at: usize, end: usize) {
        let table = table();
        while at < end {
            self.mark(text, at, LineStart::No);
            if self.buffer.len() < self.len + 2 * CHECKPOINT_STEP {
                self.buffer.resize(2 * self.buffer.len() + 4096, 0);
            }
            let stop = end.min(at + CHECKPOINT_STEP);
            while at < stop {
                let (taken, written) =
                    self.lanes.fold_ascii(&text[at..stop], &mut self.buffer[self.len..]);
                self.len += written;
                at += taken;
                // What is left until the next 64 bytes of ASCII may begin.
                let next = stop.min(at + WORD);
                while at < next {
                    at += self.run(table, &text[at..end]);
                }
            }
        }
    }

    /// Folds a few characters at the head of `text` and says how many bytes they took.
    fn run(&mut self, table: &Table, text: &[u8]) -> usize {
        if let Some(chunk) = text.first_chunk::<CHUNK>()
            && chunk.is_ascii()
            && let Some(out) = self.buffer[self.len..].first_chunk_mut::<{ 2 * CHUNK }>()
        {
            let mut n = 0;
            for pair in chunk.as_chunks::<2>().0 {
                let [a, b, count, _] =
                    table.pairs[usize::from(pair[0]) | usize::from(pair[1]) << 7];
                let n_now = n & (CHUNK - 1);
                out[n_now] = a;
                out[n_now + 1] = b;
                n += usize::from(count);
            }
            self.len += n;
            return CHUNK;
        }
        match *text {
            [byte @ 0..0x80, ..] => {
                let folded = table.ascii[usize::from(byte)];
                self.buffer[self.len] = folded;
                self.len += usize::from(folded != 0);
                1
            }
            [0xE0..=0xEF, ..] => self.ideographs(table, text),
            _ => self.any(table, text),
        }
    }

    /// Folds characters of three bytes, as nearly all Chinese ones are.
    fn ideographs(&mut self, table: &Table, text: &[u8]) -> usize {
        let Some(out) = self.buffer[self.len..].first_chunk_mut::<{ 4 * CHUNK }>() else {
            return self.any(table, text);
        };
        let (mut taken, mut n) = (0, 0);
        for &[a, b, c] in text.as_chunks::<3>().0.iter().take(CHUNK) {
            let three = u32::from(a) << 16 | u32::from(b) << 8 | u32::from(c);
            let code = (three >> 4 & 0xF000 | three >> 2 & 0xFC0 | three & 0x3F) as u16;
            let folded = table.basic[usize::from(code)];
            let Some(out) = out[n..].first_chunk_mut::<3>() else { break };
            // Longer than need be is no UTF-8, and neither are surrogates, which the table drops.
            if three & 0xF0_C0C0 != 0xE0_8080 || code < 0x800 || folded == LONG {
                break;
            }
            if folded >= 0x800 {
                *out = [
                    0xE0 | (folded >> 12) as u8,
                    0x80 | (folded >> 6 & 0x3F) as u8,
                    0x80 | (folded & 0x3F) as u8,
                ];
                n += 3;
            } else if folded >= 0x80 {
                break;
            } else {
                out[0] = folded as u8;
                n += usize::from(folded != DROPPED);
            }
            taken += 3;
        }
        self.len += n;
        if taken == 0 { self.any(table, text) } else { taken }
    }

    fn any(&mut self, table: &Table, text: &[u8]) -> usize {
        let (c, taken) = step(text);
        let Some(c) = c else {
            self.strays += 1;
            return taken;
        };
        table.fold(c, |c| {
            let mut utf8 = [0; 4];
            for &byte in c.encode_utf8(&mut utf8).as_bytes() {
                if self.len == self.buffer.len() {
                    self.buffer.push(0);
                }
                self.buffer[self.len] = byte;
                self.len += 1;
            }
        });
        taken
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(text: &str) -> String {
        String::from_utf8_lossy(&fold_text(text.as_bytes()).bytes).into_owned()
    }

    #[test]
    fn a_numbered_listing_equals_the_bare_one() {
        let bare = "let x = 1;\nif x > 0 {\n} else {\n第一步 加热\n";
        let numbered = "  1: let x = 1;\n  2  if x > 0 {\n3\n4|} else {\n5、第一步 加热\n";
        assert_eq!(folded(numbered), folded(bare));
        assert_eq!(folded("12.5 kg\n2024年\n"), "125kg2024年");
    }

    proptest! {
        #[test]
        fn the_fast_way_equals_the_plain_one(
            parts in prop::collection::vec(prop_oneof![
                any::<String>().prop_map(String::into_bytes),
                prop::collection::vec(any::<u8>(), 0..40),
                "[a-z0-9 :\n]{0,60}".prop_map(String::into_bytes),
                "[工艺參數，１２ \n]{0,60}".prop_map(String::into_bytes),
            ], 0..12),
            start in any::<bool>(),
        ) {
            let text = parts.concat();
            let start = if start { LineStart::Yes } else { LineStart::No };
            let mut plain = FoldedText::default();
            fold_mapped(&text, start, &mut plain);
            let mut folder = Folder::default();
            folder.fold(&text, start);
            prop_assert_eq!(folder.bytes(), &plain.bytes[..]);
            prop_assert_eq!(plain.bytes.len(), plain.at.len());
            for mark in &folder.checkpoints {
                let mut rest = FoldedText::default();
                fold_mapped(&text[mark.original..], mark.line_start, &mut rest);
                prop_assert_eq!(&rest.bytes[..], &plain.bytes[mark.folded..]);
            }
        }

        #[test]
        fn each_folded_byte_knows_its_character(text in any::<String>()) {
            let folded = fold_text(text.as_bytes());
            for (byte, at) in folded.bytes.iter().zip(&folded.at) {
                let c = text[*at as usize..].chars().next().unwrap_or_default();
                let mut form = String::new();
                table().fold(c, |c| form.push(c));
                prop_assert!(form.as_bytes().contains(byte));
            }
        }
    }
}
