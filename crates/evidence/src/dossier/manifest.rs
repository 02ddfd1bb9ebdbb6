//! `manifest.json`: what the dossier consists of.

use serde::{Deserialize, Serialize};

use super::{EVENTS, EXTRAS, FILES, FormatError, POLICY, from_canonical, hex_hash, to_canonical};
use crate::container::is_path;
use crate::moment;

/// The format this program writes and reads.
pub const FORMAT: &str = "midun-dossier/1";

/// The languages a dossier is written in.
pub const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

/// What may be left out of a dossier, in the order in which a manifest lists it.
pub const WITHHOLDABLE: [&str; 4] = ["statements", "carriers", "papers", "names"];

/// The manifest. Its SHA-256 is in the event `dossier.built`, so the log commits to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// The dossier's number, such as `JZ-0001`.
    pub no: String,
    /// What it is for: a lower-case word such as `complaint`.
    pub purpose: String,
    /// One of [`LANGUAGES`].
    pub language: String,
    /// The name in leaf 0.
    pub holder: String,
    /// When it was made: RFC 3339, UTC, see [`moment::parse`].
    pub made: String,
    /// `midun <version>`.
    pub program: String,
    /// The log's verifier key; equals `log_key` of leaf 0.
    pub log: String,
    /// The secret points shown.
    pub secrets: Vec<String>,
    /// What was left out: a subset of [`WITHHOLDABLE`], in its order.
    pub withheld: Vec<String>,
    /// The entries it vouches for, in the order of the container: `events.json`, `policy.txt`,
    /// those of [`EXTRAS`] that are there, then all of `files/`.
    pub files: Vec<File>,
}

/// One entry that the manifest vouches for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Its path in the container.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of its content.
    #[serde(with = "hex_hash")]
    pub sha256: [u8; 32],
    /// For an entry under `files/`: the event that commits to its content.
    pub event: Option<u64>,
}

impl Manifest {
    /// The canonical bytes, which `dossier.built` commits to.
    pub fn to_bytes(&self) -> Vec<u8> {
        to_canonical(self)
    }

    /// Reads canonical bytes.
    ///
    /// # Errors
    /// [`FormatError`]: another format, not canonical, or a field that breaks the rules of
    /// `docs/dossier-format.md`.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let manifest: Self = from_canonical(bytes, FORMAT)?;
        manifest.check()?;
        Ok(manifest)
    }

    /// Checks the rules that the types don't express.
    ///
    /// # Errors
    /// [`FormatError::Field`] names the first field that breaks one.
    pub fn check(&self) -> Result<(), FormatError> {
        let is_word = |text: &str| {
            (1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase())
        };
        let rules = [
            ("format", self.format == FORMAT),
            ("no", is_number(&self.no)),
            ("purpose", is_word(&self.purpose)),
            ("language", LANGUAGES.contains(&&*self.language)),
            ("made", moment::parse(&self.made).is_some()),
            ("secrets", self.secrets.iter().all(|no| is_number(no)) && !repeats(&self.secrets)),
            ("withheld", ascends_in(&WITHHOLDABLE, self.withheld.iter())),
            ("files", self.files_are_in_order()),
        ];
        match rules.into_iter().find(|(_, kept)| !kept) {
            Some((field, _)) => Err(FormatError::Field(field)),
            None => Ok(()),
        }
    }

    /// `events.json` and `policy.txt` first, then extras in their order, then files; each path
    /// once, and an event with each file and only there.
    fn files_are_in_order(&self) -> bool {
        let split = self.files.partition_point(|file| !file.path.starts_with(FILES));
        let (own, files) = self.files.split_at(split);
        let known: Vec<&str> = [EVENTS, POLICY].into_iter().chain(EXTRAS).collect();
        own.len() >= 2
            && own[0].path == EVENTS
            && own[1].path == POLICY
            && ascends_in(&known, own.iter().map(|file| &file.path))
            && own.iter().all(|file| file.event.is_none())
            && files.iter().all(|file| {
                file.event.is_some() && is_path(&file.path) && FilePath::parse(&file.path).is_some()
            })
            && !repeats(files.iter().map(|file| &file.path))
    }
}

/// The parts of a path under `files/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilePath<'a> {
    /// The number of what it belongs to, such as `MD-0001`.
    pub subject: &'a str,
    /// Whether it is a carrier; else a paper.
    pub is_carrier: bool,
    /// Its number there, from 1.
    pub no: u64,
}

impl<'a> FilePath<'a> {
    /// Reads `files/<subject>/carrier-<nn>.<ext>` or `files/<subject>/paper-<nn>.<ext>`.
    pub fn parse(path: &'a str) -> Option<Self> {
        let (subject, name) = path.strip_prefix(FILES)?.split_once('/')?;
        let (stem, extension) = name.split_once('.')?;
        let (what, digits) = stem.split_once('-')?;
        let is_carrier = match what {
            "carrier" => true,
            "paper" => false,
            _ => return None,
        };
        let no: u64 = digits.parse().ok()?;
        let one_spelling = format!("{no:02}") == digits && no > 0;
        (one_spelling && is_number(subject) && super::is_extension(extension)).then_some(Self {
            subject,
            is_carrier,
            no,
        })
    }
}

/// Whether a text looks like a public number such as `MD-0017`.
fn is_number(text: &str) -> bool {
    text.split_once('-').is_some_and(|(letters, digits)| {
        (1..=4).contains(&letters.len())
            && letters.bytes().all(|b| b.is_ascii_uppercase())
            && (4..=10).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

fn repeats<'a>(texts: impl IntoIterator<Item = &'a String>) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    texts.into_iter().any(|text| !seen.insert(text))
}

/// Whether `texts` is a subset of `all` in the order of `all`.
fn ascends_in<'a>(all: &[&str], texts: impl Iterator<Item = &'a String>) -> bool {
    let mut rest = all.iter();
    for text in texts {
        if !rest.any(|known| known == text) {
            return false;
        }
    }
    true
}
