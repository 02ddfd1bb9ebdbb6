//! Text out of files, inside limits: what is in there that somebody could read.
//!
//! ```text
//!  a file, or bytes ──► Format (by its bytes, then its name)
//!     │ container: zip, tar, gzip, mail box   ──► each member again, up to a depth
//!     │ document:  office files, OFD, PDF, web page, letter ──► its text
//!     └ anything else                          ──► its bytes as they are
//!                                 │
//!                    Sink: pieces of text or bytes, and faults
//! ```
//! Whoever calls gives a [`Sink`] and gets pieces as they are read; nothing is written to a disk,
//! names of members are only ever shown, and memory stays bounded by [`Limits::held_max`]. What
//! can't be read, or not to its end, is a [`Fault`]: never skipped in silence.
//!
//! The room knows no clock; a sink that wants to stop says so in [`Sink::go_on`].

mod charset;
mod format;
mod mail;
mod markup;
mod office;
mod pdf;
mod tally;
mod walk;
mod xml;
mod zipped;

use serde::{Deserialize, Serialize};

pub use format::{Format, of as format_of};
pub use walk::{extract_bytes, extract_file};

/// How much is read at most. Each limit that is reached is a [`Fault`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Containers within containers.
    pub depth_max: u32,
    /// Members of all containers of one outermost file.
    pub members_max: u64,
    /// Bytes that come out of packed containers of one outermost file, in all.
    pub unpacked_max: u64,
    /// Bytes that may come out of a packed file for each of its own ...
    pub ratio_max: u64,
    /// ... beyond these.
    pub ratio_free: u64,
    /// Bytes held in memory: a container within a container, a PDF, a letter.
    pub held_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth_max: 8,
            members_max: 200_000,
            unpacked_max: 64 << 30,
            ratio_max: 250,
            ratio_free: 128 << 20,
            held_max: 256 << 20,
        }
    }
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// Bytes as they are, in whatever encoding.
    Raw,
    /// Text in UTF-8, taken out of a document.
    Text,
    /// Rows of a table in UTF-8, cells parted by tabs.
    Rows,
}

/// A piece of a file. Of one document there may be two views, raw and text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Where in the file it lies: members' names, joined by `!/`; empty for the file itself.
    pub path: &'a str,
    /// What it is.
    pub view: View,
    /// The format of what it was taken from.
    pub format: Format,
}

/// Why something was not read, or not wholly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Containers lie deeper in each other than is opened.
    Depth,
    /// There are more members than are opened.
    Members,
    /// More comes out of it than is read.
    Unpacked,
    /// Much more comes out of it than went in, as of a bomb.
    Ratio,
    /// It is larger than is held in memory.
    Held,
    /// It needs a password.
    Encrypted,
    /// It is not what it says, or cut short.
    Damaged,
    /// A format that is not opened.
    Unsupported,
    /// Pictures without text: a scan, a drawing.
    Pictures,
    /// The disk or the sender failed while it was read.
    Unreadable,
}

impl Why {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Depth,
        Self::Members,
        Self::Unpacked,
        Self::Ratio,
        Self::Held,
        Self::Encrypted,
        Self::Damaged,
        Self::Unsupported,
        Self::Pictures,
        Self::Unreadable,
    ];

    /// A fixed word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Depth => "depth",
            Self::Members => "members",
            Self::Unpacked => "unpacked",
            Self::Ratio => "ratio",
            Self::Held => "held",
            Self::Encrypted => "encrypted",
            Self::Damaged => "damaged",
            Self::Unsupported => "unsupported",
            Self::Pictures => "pictures",
            Self::Unreadable => "unreadable",
        }
    }
}

/// What was read of it nevertheless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Got {
    /// Nothing.
    Nothing,
    /// A part: up to where the trouble began.
    Part,
    /// Its packed bytes as they are, but not what is in them.
    Raw,
}

impl Got {
    /// A fixed word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Part => "part",
            Self::Raw => "raw",
        }
    }
}

/// Something that was not read, or not wholly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Where in the file, as in [`Piece::path`].
    pub path: String,
    /// Why.
    pub why: Why,
    /// What was read nevertheless.
    pub got: Got,
}

/// Who takes what comes out of a file.
pub trait Sink {
    /// A piece begins.
    fn begin(&mut self, piece: Piece<'_>);
    /// Its next bytes.
    fn feed(&mut self, bytes: &[u8]);
    /// From here on it is on this page, counted from 1.
    fn page(&mut self, page: u32) {
        let _ = page;
    }
    /// The piece is over.
    fn end(&mut self);
    /// Something was not read.
    fn fault(&mut self, fault: Fault);
    /// Whether to go on. Asked often; once it was no, nothing more is read.
    fn go_on(&mut self) -> bool {
        true
    }
}
