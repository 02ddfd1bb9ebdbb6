//! Looking for what an index protects in anything that can be read.
//!
//! Bytes come in, in blocks of any size, and are read as UTF-8 always, as UTF-16 and GB18030 where
//! that is likely, as numbers if the index has tables, and as they are if it has parts that are no
//! texts. Memory stays bounded whatever comes.

mod passage;
mod stream;

use std::io::Read;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::encoding::{Decoded, Decoder, Encoding, likely};
use crate::index::{Index, Kind, PartInfo};
use crate::text::LineStart;
use passage::Passages;
use stream::{GramStream, NumberStream};

/// Bytes read at a time; also where passages may be cut that have no line break so long.
const BLOCK: usize = 1 << 16;

/// What a passage was read as when it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// Text in this encoding.
    Text(Encoding),
    /// Bytes as they are.
    Bytes,
    /// Rows of a table.
    Rows,
    /// Numbers of a table, whatever their rows.
    Cells,
}

/// A stretch of what was read that is also in a protected part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Its bytes in what was read, from the first common fingerprint to the last. The common run
    /// may go on to both sides by less than a window.
    pub found: Range<u64>,
    /// The same stretch of the part: folded bytes of a text, bytes of others, offsets of rows.
    pub secret: Range<u32>,
    /// Common fingerprints, rows or numbers.
    pub fingerprints: u32,
    /// Beside a fingerprint as much is the same as lies there in any run of the guaranteed length:
    /// at least [`Window::sure`](crate::index::Window::sure) units in one piece are identical.
    pub sure: bool,
    /// How it was read.
    pub reading: Reading,
}

/// A protected part of which something was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// The part.
    pub part: PartInfo,
    /// Its passages in the order they were found, without such as lie within a longer one.
    pub passages: Vec<Passage>,
    /// Units of the part that passages cover: folded bytes or bytes.
    pub units_found: u32,
    /// Different rows of the part, if it is a table, that were found.
    pub rows_found: u32,
    /// Share of the part's protected units, or of its rows or numbers if more, from 0 to 1.
    pub share: f64,
    /// Passages beyond the limit, counted but not listed.
    pub more: u64,
}

/// What a sweep found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// Bytes read.
    pub bytes: u64,
    /// By falling share.
    pub hits: Vec<Hit>,
}

/// Sweeps bytes that are in memory.
#[must_use]
pub fn sweep(index: &Index<'_>, bytes: &[u8]) -> Findings {
    let mut sweep = Sweep::new(index);
    sweep.feed(bytes);
    sweep.finish()
}

/// Sweeps all that a reader gives.
///
/// # Errors
/// Those of the reader. To keep what was found before one, feed a [`Sweep`] by hand.
pub fn sweep_reader(index: &Index<'_>, mut reader: impl Read) -> std::io::Result<Findings> {
    let mut sweep = Sweep::new(index);
    let mut buffer = vec![0; BLOCK];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(sweep.finish()),
            Ok(len) => sweep.feed(&buffer[..len]),
            Err(trouble) if trouble.kind() == std::io::ErrorKind::Interrupted => {}
            Err(trouble) => return Err(trouble),
        }
    }
}

/// A sweep under way.
pub struct Sweep<'i, 'a> {
    index: &'i Index<'a>,
    waiting: Vec<u8>,
    /// Bytes before those waiting.
    base: u64,
    line_start: LineStart,
    utf8: GramStream,
    others: Vec<Other>,
    bytes: Option<GramStream>,
    numbers: Option<NumberStream>,
    passages: Passages,
}

/// Another encoding that what is read may be in.
struct Other {
    decoder: Decoder,
    decoded: Decoded,
    stream: GramStream,
    numbers: NumberStream,
    /// Where the next block must start to go on with this one; `None` if it was not read so.
    next: Option<u64>,
    line_start: LineStart,
}

impl<'i, 'a> Sweep<'i, 'a> {
    /// Begins one.
    #[must_use]
    pub fn new(index: &'i Index<'a>) -> Self {
        let texts = index.has(Kind::Text) || index.has(Kind::Table);
        let other = |encoding| Other {
            decoder: Decoder::new(encoding),
            decoded: Decoded::default(),
            stream: GramStream::new(Reading::Text(encoding)),
            numbers: NumberStream::default(),
            next: None,
            line_start: LineStart::Yes,
        };
        let others = [Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030];
        Self {
            index,
            waiting: Vec::new(),
            base: 0,
            line_start: LineStart::Yes,
            utf8: GramStream::new(Reading::Text(Encoding::Utf8)),
            others: if texts { others.into_iter().map(other).collect() } else { Vec::new() },
            bytes: index.has(Kind::Bytes).then(|| GramStream::new(Reading::Bytes)),
            numbers: index.has(Kind::Table).then(NumberStream::default),
            passages: Passages::new(index.parts().len()),
        }
    }

    /// Takes the next bytes.
    pub fn feed(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            if self.waiting.is_empty() && bytes.len() > BLOCK {
                // Nothing waits, so the block needs no copy.
                let end = cut(&bytes[..BLOCK]);
                self.block(&bytes[..end]);
                bytes = &bytes[end..];
                continue;
            }
            let taken = bytes.len().min(BLOCK - self.waiting.len());
            self.waiting.extend_from_slice(&bytes[..taken]);
            bytes = &bytes[taken..];
            if self.waiting.len() == BLOCK {
                let mut waiting = std::mem::take(&mut self.waiting);
                let end = cut(&waiting);
                self.block(&waiting[..end]);
                waiting.drain(..end);
                self.waiting = waiting;
            }
        }
    }

    /// Bytes taken so far, for whoever shows progress.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.base + self.waiting.len() as u64
    }

    /// Ends it and says what was found.
    #[must_use]
    pub fn finish(mut self) -> Findings {
        let waiting = std::mem::take(&mut self.waiting);
        self.block(&waiting);
        let (index, passages) = (self.index, &mut self.passages);
        let others = self.others.iter_mut().map(|other| &mut other.stream);
        for stream in [&mut self.utf8].into_iter().chain(others).chain(&mut self.bytes) {
            stream.end(index, passages);
        }
        Findings { bytes: self.base, hits: self.passages.hits(index.parts()) }
    }

    fn block(&mut self, block: &[u8]) {
        let base = self.base;
        let original = |at: usize| base + at as u64;
        if !self.others.is_empty() {
            let index = self.index;
            self.utf8.text(index, block, self.line_start, &original, &mut self.passages);
            let strays = self.utf8.strays() > 0 || memchr::memchr(0, block).is_some();
            for other in &mut self.others {
                if strays && likely(block, other.decoder.encoding) {
                    let numbers = self.numbers.is_some();
                    other.block(index, block, base, numbers, &mut self.passages);
                } else {
                    other.next = None;
                }
            }
        }
        if let Some(numbers) = &mut self.numbers {
            numbers.text(self.index, block, &original, &mut self.passages);
        }
        if let Some(bytes) = &mut self.bytes {
            bytes.bytes(self.index, block, &original, &mut self.passages);
        }
        if let Some(last) = block.last() {
            self.line_start = if *last == b'\n' { LineStart::Yes } else { LineStart::No };
        }
        self.base += block.len() as u64;
    }
}

impl Other {
    fn block(
        &mut self,
        index: &Index<'_>,
        block: &[u8],
        base: u64,
        numbers: bool,
        passages: &mut Passages,
    ) {
        if self.next == Some(base) {
            self.decoder.decode(block, base, &mut self.decoded);
        } else {
            self.stream.restart();
            self.line_start = LineStart::Yes;
            self.decoder.restart(block, base, &mut self.decoded);
        }
        let (text, original) = (&self.decoded.text, |at| self.decoded.original(at));
        self.stream.text(index, text, self.line_start, &original, passages);
        if numbers {
            self.numbers.text(index, text, &original, passages);
        }
        if let Some(last) = text.last() {
            self.line_start = if *last == b'\n' { LineStart::Yes } else { LineStart::No };
        }
        self.next = Some(base + block.len() as u64);
    }
}

/// Where to end a block: after a line if it has one, else not within a character of UTF-8.
fn cut(block: &[u8]) -> usize {
    if let Some(at) = memchr::memrchr(b'\n', block) {
        return at + 1;
    }
    let tail = block.iter().rev().take(4).take_while(|b| **b & 0xC0 == 0x80).count();
    match block.len().checked_sub(tail + 1).map(|at| (at, block[at])) {
        Some((at, 0xC0..)) if tail < 4 && at > 0 => at,
        _ => block.len(),
    }
}
