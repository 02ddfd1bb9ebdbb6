//! What a sweep or a clearance came to, as it is kept and shown.

use domain::Number;
use domain::terms::{Level, Verdict};
use serde::{Deserialize, Serialize};

/// Files with hits that are listed; more are counted.
pub(super) const FILES_MAX: usize = 5_000;
/// Faults that are listed; more are counted.
pub(super) const FAULTS_MAX: usize = 5_000;
/// Places of one part in one file that are listed.
pub(super) const PLACES_MAX: usize = 40;

/// What was looked through, with what, and what was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The version of this form.
    pub version: u32,
    /// Its number, once it was recorded.
    pub no: Option<Number>,
    /// The program.
    pub program: String,
    /// When it began, RFC 3339.
    pub begun: String,
    /// When it ended, RFC 3339.
    pub ended: String,
    /// What was looked through, in words.
    pub what: String,
    /// The paths as they were given.
    pub paths: Vec<String>,
    /// The secret points that were looked for; none named: all.
    pub only: Vec<Number>,
    /// Whether it was ended before all was read.
    pub partial: bool,
    /// What it was looked through with.
    pub index: IndexInfo,
    /// Limits on what comes out of files.
    pub limits: extract::Limits,
    /// Files read.
    pub files: u64,
    /// Bytes looked through, as they came out of files and archives.
    pub bytes: u64,
    /// Files that an earlier run, which was ended or killed, had read.
    #[serde(default)]
    pub resumed: u64,
    /// SHA-256 of the list of files with their hashes, in hex.
    pub manifest: String,
    /// By secret point, the largest share first.
    pub secrets: Vec<SecretHit>,
    /// By file, the largest share first.
    pub hits: Vec<FileHit>,
    /// Files with hits that are not listed.
    pub more_hits: u64,
    /// Files in which there are only traces: single fingerprints that tell little.
    pub traces: u64,
    /// What was not read, or not wholly.
    pub faults: Vec<FaultRow>,
    /// Faults that are not listed.
    pub more_faults: u64,
    /// What clearance says, if it was asked.
    pub verdict: Option<Verdict>,
}

/// The index that was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexInfo {
    /// SHA-256 of the file, in hex.
    pub digest: String,
    /// The shortest run of a text, in folded bytes, that is always found.
    pub guaranteed: u32,
    /// The shortest run of other bytes that is always found.
    pub guaranteed_bytes: u32,
    /// Statements and pieces of carriers in it.
    pub parts: u32,
    /// Fingerprints in it.
    pub fingerprints: u64,
    /// Statements and pieces of carriers that are not in it.
    pub left_out: u32,
}

/// A secret point of which something was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SecretHit {
    /// The secret point.
    pub secret: Number,
    /// Its title.
    pub title: String,
    /// Its level.
    pub level: Level,
    /// Files in which it was found.
    pub files: u64,
    /// The largest share of one part of it in one file.
    pub share: f64,
}

/// A file in which something was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileHit {
    /// Its path as it was given or found.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of it, in hex.
    pub sha256: String,
    /// What was found, the largest share first.
    pub found: Vec<Found>,
}

/// A part of a secret point of which something was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The secret point.
    pub secret: Number,
    /// Which part: `statement 1`, or `carrier 2` with the place in it.
    pub part: String,
    /// Where in the file: members' names, joined by `!/`; empty for the file itself.
    pub inside: String,
    /// How it was read.
    pub reading: Reading,
    /// Share of the part that was found, from 0 to 1.
    pub share: f64,
    /// Folded bytes, bytes or rows of the part that were found.
    pub units: u32,
    /// Folded bytes, bytes or rows of the part.
    pub of: u32,
    /// The places.
    pub places: Vec<Place>,
    /// Places that are not listed.
    pub more: u64,
}

/// How something was read when it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// Text in UTF-8.
    Utf8,
    /// Text in UTF-16.
    Utf16,
    /// Text in GB18030.
    Gb18030,
    /// Bytes as they are.
    Bytes,
    /// Rows of a table.
    Rows,
    /// Numbers of a table, whatever their rows.
    Cells,
}

impl Reading {
    /// A fixed word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Utf8 => "utf8",
            Self::Utf16 => "utf16",
            Self::Gb18030 => "gb18030",
            Self::Bytes => "bytes",
            Self::Rows => "rows",
            Self::Cells => "cells",
        }
    }

    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::Utf8, Self::Utf16, Self::Gb18030, Self::Bytes, Self::Rows, Self::Cells];
}

/// A passage that is in both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Bytes of what was read: from, and up to.
    pub bytes: [u64; 2],
    /// Lines of it, from 1, where there are lines.
    pub lines: Option<[u64; 2]>,
    /// The page where it begins, if it has pages.
    pub page: Option<u32>,
    /// The same passage of the part: folded bytes of a text, bytes of others, offsets of rows.
    pub secret: [u32; 2],
    /// Common fingerprints, rows or numbers.
    pub fingerprints: u32,
    /// How it reads in the file, when this was asked for.
    pub excerpt: Option<String>,
}

/// Something that was not read, or not wholly.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FaultRow {
    /// The file's path.
    pub path: String,
    /// Where in the file.
    pub inside: String,
    /// Why: a word of [`extract::Why`], or `link`, `special`, `changed`, `gone`, `forbidden`.
    pub why: String,
    /// What was read nevertheless: a word of [`extract::Got`].
    pub got: String,
}

impl Report {
    /// Files in which something was found, also those that are not listed.
    pub fn hit_files(&self) -> u64 {
        self.hits.len() as u64 + self.more_hits
    }

    /// Faults, also those that are not listed.
    pub fn all_faults(&self) -> u64 {
        self.faults.len() as u64 + self.more_faults
    }

    /// Where something was not read for reasons besides those of [`extract::Why`].
    pub const OWN_FAULTS: &'static [&'static str] = &[
        "link",
        "special",
        "changed",
        "gone",
        "forbidden",
        "loop",
        "no-text",
        "no-git",
        "damaged-git",
    ];
}
