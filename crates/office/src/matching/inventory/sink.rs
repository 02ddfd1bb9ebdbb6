//! One file on its way through the rules: text in blocks, of which nothing is kept but reasons and
//! a few prints.

use catalog::inventory::{Look, Reason};
use extract::{Fault, Format, Piece, Sink, View};
use matcher::cluster::Prints;
use matcher::encoding::{Encoding, detect};
use matcher::index::Kind;

use super::super::gather::is_layout;
use super::super::sweep::Control;

/// Bytes of text that go through the rules at once.
const BLOCK: usize = 256 << 10;
/// Bytes by which the encoding of a text is told.
const TELLING: usize = 16 << 10;
/// Bytes of one piece, and of all pieces of a file, of which prints are made.
const PRINTED: [usize; 2] = [48 << 10, 192 << 10];
/// Hashes kept of a file, by layer.
const PRINTS_MAX: usize = 48;

/// What came of a file.
pub(super) struct Outcome {
    pub(super) reasons: Vec<Reason>,
    pub(super) prints: Prints,
    pub(super) faults: Vec<Fault>,
}

/// How the bytes of a piece become UTF-8.
enum Reading {
    /// It is nothing that people read.
    Skipped,
    /// It is UTF-8.
    Plain,
    /// The next bytes will tell.
    Untold,
    /// Decoded as they come.
    Decoded(encoding_rs::Decoder),
}

/// See the module's head.
pub(super) struct Through<'l> {
    name: &'l str,
    control: &'l Control,
    look: Look<'l>,
    /// Whether prints are made: what is public-looking by its place is not compared.
    compared: bool,
    inside: String,
    reading: Reading,
    kind: Kind,
    block: Vec<u8>,
    decoded: String,
    first: bool,
    sample: Vec<u8>,
    sampled: usize,
    prints: Option<Prints>,
    faults: Vec<Fault>,
}

impl<'l> Through<'l> {
    pub(super) fn new(name: &'l str, look: Look<'l>, compared: bool, control: &'l Control) -> Self {
        Self {
            name,
            control,
            look,
            compared,
            inside: String::new(),
            reading: Reading::Skipped,
            kind: Kind::Text,
            block: Vec::new(),
            decoded: String::new(),
            first: true,
            sample: Vec::new(),
            sampled: 0,
            prints: None,
            faults: Vec::new(),
        }
    }

    pub(super) fn finish(self) -> Outcome {
        let mut prints = self.prints.unwrap_or_default();
        prints.thin(PRINTS_MAX);
        Outcome { reasons: self.look.reasons(), prints, faults: self.faults }
    }

    /// Hands the block on up to its last line, or all of it.
    fn pass(&mut self, all: bool) {
        let end = match all {
            true => self.block.len(),
            // A text without lines is cut somewhere: a word may be lost there, memory never.
            false => memchr::memrchr(b'\n', &self.block).map_or(self.block.len(), |at| at + 1),
        };
        if end == 0 {
            return;
        }
        let text = &self.block[..end];
        self.look.text(text, self.first);
        self.first = false;
        let room = PRINTED[0]
            .saturating_sub(self.sample.len())
            .min(PRINTED[1].saturating_sub(self.sampled + self.sample.len()));
        if self.compared {
            self.sample.extend_from_slice(&text[..text.len().min(room)]);
        }
        self.block.drain(..end);
    }

    fn decode(&mut self, bytes: &[u8], last: bool) {
        let Reading::Decoded(decoder) = &mut self.reading else { return };
        self.decoded.clear();
        let most = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3);
        self.decoded.reserve(most);
        let _ = decoder.decode_to_string(bytes, &mut self.decoded, last);
        self.block.extend_from_slice(self.decoded.as_bytes());
    }

    /// Tells the encoding of what was gathered, and decodes it.
    fn tell(&mut self) {
        let encoding = match detect(&self.block) {
            Encoding::Utf8 => return self.reading = Reading::Plain,
            Encoding::Gb18030 => encoding_rs::GB18030,
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
        };
        self.reading = Reading::Decoded(encoding.new_decoder_with_bom_removal());
        let bytes = std::mem::take(&mut self.block);
        self.decode(&bytes, false);
    }
}

impl Sink for Through<'_> {
    fn begin(&mut self, piece: Piece<'_>) {
        piece.path.clone_into(&mut self.inside);
        self.kind = if piece.view == View::Rows { Kind::Table } else { Kind::Text };
        self.reading = match (piece.view, piece.format) {
            _ if is_layout(&piece) => Reading::Skipped,
            (View::Text | View::Rows, _) => Reading::Plain,
            (View::Raw, Format::Text | Format::Mail) => Reading::Untold,
            // Old office files keep their text in one or few pieces, as UTF-16 on even bytes.
            (View::Raw, Format::Ole) => {
                Reading::Decoded(encoding_rs::UTF_16LE.new_decoder_without_bom_handling())
            }
            (View::Raw, _) => Reading::Skipped,
        };
        self.block.clear();
        self.sample.clear();
        self.first = true;
    }

    fn feed(&mut self, bytes: &[u8]) {
        self.control.read(bytes.len() as u64);
        for bytes in bytes.chunks(BLOCK) {
            match self.reading {
                Reading::Skipped => return,
                Reading::Plain => self.block.extend_from_slice(bytes),
                Reading::Decoded(_) => self.decode(bytes, false),
                Reading::Untold => {
                    self.block.extend_from_slice(bytes);
                    if self.block.len() >= TELLING {
                        self.tell();
                    }
                }
            }
            if self.block.len() >= BLOCK {
                self.pass(false);
            }
        }
    }

    fn end(&mut self) {
        if matches!(self.reading, Reading::Untold) {
            self.tell();
        }
        self.decode(&[], true);
        self.pass(true);
        if !self.sample.is_empty() {
            let within = if self.inside.is_empty() { self.name } else { &self.inside };
            let own = Prints::new(within, self.kind, &self.sample);
            self.sampled += self.sample.len();
            match &mut self.prints {
                Some(prints) => prints.join(own),
                none => *none = Some(own),
            }
        }
        self.reading = Reading::Skipped;
    }

    fn fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    fn go_on(&mut self) -> bool {
        self.control.goes_on()
    }
}
