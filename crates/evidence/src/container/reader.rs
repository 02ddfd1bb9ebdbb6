//! Reading a container, pushed in pieces of any size.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::{BYTES_MAX, ENTRIES_MAX, Entry, PATH_BYTES_MAX, header, is_path};

/// Content is handed on in pieces of at most this size, so that whoever hashes it finds it in the
/// processor's cache, where the CRC has just put it.
const PIECE: usize = 32 << 10;

/// What is wrong with the container.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It does not start like a ZIP file.
    #[error("this is not a ZIP file")]
    NotZip,
    /// A local header is not what [`super::Writer`] writes.
    #[error("the header of entry {number} is not of the strict form")]
    Header {
        /// The entry's number, from 1.
        number: usize,
    },
    /// A path that is not allowed, such as one with `..`.
    #[error("entry {number} has a path that is not allowed")]
    Path {
        /// The entry's number, from 1.
        number: usize,
    },
    /// A path stands in the container twice.
    #[error("the path {path:?} stands in the container twice")]
    Duplicate {
        /// The path.
        path: String,
    },
    /// More than [`ENTRIES_MAX`] entries or [`BYTES_MAX`] bytes.
    #[error("the container is larger than a dossier may be")]
    TooLarge,
    /// The directory or the end record is not what [`super::Writer`] writes for these entries.
    #[error("the directory does not agree with the entries")]
    Directory,
    /// Bytes follow after the end record.
    #[error("bytes follow after the end")]
    Trailing,
    /// The bytes end before the container does.
    #[error("the container is cut off")]
    Truncated,
    /// Whoever is told the parts wants no more.
    #[error("reading was stopped")]
    Stopped,
}

/// Answer of whoever is told a part: go on, or stop with [`Fault::Stopped`].
pub type Answer = ControlFlow<()>;

/// What the reader found.
#[derive(Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// An entry starts.
    Start(&'a Entry),
    /// A piece of its content.
    Data(&'a [u8]),
    /// It ends. The CRC-32 is the content's, computed: the caller compares it with the entry's.
    End {
        /// CRC-32 of the content read.
        crc32: u32,
    },
}

/// A strict reader that is fed. Memory: the entries' paths and one header.
#[derive(Debug)]
pub struct Reader {
    state: State,
    at: u64,
    /// Where the header, content or directory entry starts that is being read.
    unit_at: u64,
    /// Where the directory starts.
    directory_at: u64,
    header: Vec<u8>,
    directory_bytes: u64,
    entries: Vec<(Entry, u32)>,
    paths: BTreeSet<String>,
}

#[derive(Debug)]
enum State {
    Header,
    Content { left: u32, crc: crc32fast::Hasher },
    Directory { next: usize, expected: Vec<u8>, seen: usize },
    Done,
    Failed(Fault),
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader {
    /// A reader at the first byte.
    pub fn new() -> Self {
        Self {
            state: State::Header,
            at: 0,
            unit_at: 0,
            directory_at: 0,
            header: Vec::with_capacity(header::LOCAL_LEN + PATH_BYTES_MAX),
            directory_bytes: 0,
            entries: Vec::new(),
            paths: BTreeSet::new(),
        }
    }

    /// How many bytes were understood. After a fault: where the header, content or directory
    /// entry starts in which it was found, however the bytes were cut into pieces.
    pub fn position(&self) -> u64 {
        self.at
    }

    /// How many entries have started.
    pub fn entries(&self) -> usize {
        self.entries.len()
    }

    /// Takes the next bytes and tells `sink` what they are.
    ///
    /// # Errors
    /// The [`Fault`] found; from then on each call returns it again.
    pub fn feed(
        &mut self,
        mut bytes: &[u8],
        sink: &mut dyn FnMut(Part<'_>) -> Answer,
    ) -> Result<(), Fault> {
        while !bytes.is_empty() {
            match self.step(bytes, sink) {
                Ok(used) => {
                    self.at += used as u64;
                    bytes = &bytes[used..];
                }
                Err(fault) => {
                    self.at = self.unit_at;
                    self.state = State::Failed(fault.clone());
                    return Err(fault);
                }
            }
        }
        Ok(())
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// [`Fault::Truncated`] when the end record was not reached, or the fault found before.
    pub fn finish(self) -> Result<(), Fault> {
        match self.state {
            State::Done => Ok(()),
            State::Failed(fault) => Err(fault),
            _ if self.at == 0 => Err(Fault::NotZip),
            _ => Err(Fault::Truncated),
        }
    }

    /// Understands some bytes at the start of `bytes`; returns how many.
    fn step(
        &mut self,
        bytes: &[u8],
        sink: &mut dyn FnMut(Part<'_>) -> Answer,
    ) -> Result<usize, Fault> {
        match &mut self.state {
            State::Header => self.read_header(bytes, sink),
            State::Content { left, crc } => {
                let piece = &bytes[..bytes.len().min(*left as usize).min(PIECE)];
                crc.update(piece);
                tell(sink, Part::Data(piece))?;
                *left -= piece.len() as u32;
                if *left == 0 {
                    tell(sink, Part::End { crc32: crc.clone().finalize() })?;
                    self.begin_header(self.at + piece.len() as u64);
                }
                Ok(piece.len())
            }
            State::Directory { next, expected, seen } => {
                let piece = &bytes[..bytes.len().min(expected.len() - *seen)];
                if piece != &expected[*seen..*seen + piece.len()] {
                    return Err(Fault::Directory);
                }
                *seen += piece.len();
                let used = piece.len();
                if *seen == expected.len() {
                    let next = *next;
                    self.expect(next, self.at + used as u64);
                }
                Ok(used)
            }
            State::Done => Err(Fault::Trailing),
            State::Failed(fault) => Err(fault.clone()),
        }
    }

    fn begin_header(&mut self, at: u64) {
        self.state = State::Header;
        self.unit_at = at;
        self.header.clear();
    }

    /// Collects a local header, or finds that the directory starts.
    fn read_header(
        &mut self,
        bytes: &[u8],
        sink: &mut dyn FnMut(Part<'_>) -> Answer,
    ) -> Result<usize, Fault> {
        let number = self.entries.len() + 1;
        let wanted = match self.header.len() {
            0..4 => 4,
            4..header::LOCAL_LEN => header::LOCAL_LEN,
            _ => header::LOCAL_LEN + path_len(&self.header),
        };
        let used = bytes.len().min(wanted - self.header.len());
        self.header.extend_from_slice(&bytes[..used]);
        if self.header.len() < wanted {
            return Ok(used);
        }
        if wanted == 4 {
            let mark = &self.header[..];
            if mark == header::LOCAL {
                return Ok(used);
            }
            if self.entries.is_empty() {
                return Err(Fault::NotZip);
            }
            if mark != header::CENTRAL {
                return Err(Fault::Header { number });
            }
            // These four bytes are the first of the directory: compare from there.
            self.directory_at = self.unit_at;
            self.expect(0, self.unit_at);
            if let State::Directory { seen, .. } = &mut self.state {
                *seen = 4;
            }
            return Ok(used);
        }
        if wanted == header::LOCAL_LEN {
            return match path_len(&self.header) {
                1..=PATH_BYTES_MAX => Ok(used),
                _ => Err(Fault::Path { number }),
            };
        }
        let after = self.at + used as u64;
        self.begin_content(after, number, sink)?;
        Ok(used)
    }

    /// The header is complete and the content starts at `after`.
    fn begin_content(
        &mut self,
        after: u64,
        number: usize,
        sink: &mut dyn FnMut(Part<'_>) -> Answer,
    ) -> Result<(), Fault> {
        let path = match std::str::from_utf8(&self.header[header::LOCAL_LEN..]) {
            Ok(path) if is_path(path) => path.to_owned(),
            _ => return Err(Fault::Path { number }),
        };
        let entry = Entry { path, size: u32_at(&self.header, 18), crc32: u32_at(&self.header, 14) };
        if header::local(&entry) != self.header {
            return Err(Fault::Header { number });
        }
        self.directory_bytes += (header::CENTRAL_LEN + entry.path.len()) as u64;
        let whole = after + u64::from(entry.size) + self.directory_bytes + header::END_LEN as u64;
        if whole > BYTES_MAX || self.entries.len() == ENTRIES_MAX {
            return Err(Fault::TooLarge);
        }
        if !self.paths.insert(entry.path.clone()) {
            return Err(Fault::Duplicate { path: entry.path });
        }
        tell(sink, Part::Start(&entry))?;
        if entry.size == 0 {
            tell(sink, Part::End { crc32: 0 })?;
            self.begin_header(after);
        } else {
            self.unit_at = after;
            self.state = State::Content { left: entry.size, crc: crc32fast::Hasher::new() };
        }
        let offset = after - (header::LOCAL_LEN + entry.path.len()) as u64;
        self.entries.push((entry, offset as u32));
        Ok(())
    }

    /// From `at` on the bytes must be those of directory entry `next`, or of the end record.
    fn expect(&mut self, next: usize, at: u64) {
        self.unit_at = at;
        let expected = match self.entries.get(next) {
            Some((entry, offset)) => header::central(entry, *offset),
            None if next == self.entries.len() => header::end(
                self.entries.len() as u16,
                self.directory_bytes as u32,
                self.directory_at as u32,
            ),
            None => {
                self.state = State::Done;
                return;
            }
        };
        self.state = State::Directory { next: next + 1, expected, seen: 0 };
    }
}

fn tell(sink: &mut dyn FnMut(Part<'_>) -> Answer, part: Part<'_>) -> Result<(), Fault> {
    if sink(part).is_break() { Err(Fault::Stopped) } else { Ok(()) }
}

/// The length of the path, as the local header says.
fn path_len(header: &[u8]) -> usize {
    usize::from(u16::from_le_bytes([header[26], header[27]]))
}

fn u32_at(header: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
}
