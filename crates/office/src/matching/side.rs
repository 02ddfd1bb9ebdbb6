//! One side of a comparison: where it comes from, taken apart into documents.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use domain::Number;
use extract::{Limits, extract_bytes};
use matcher::index::Kind;
use matcher::units::Document;
use sha2::{Digest as _, Sha256};
use vault::Unlocked;

use super::gather::{Gather, Gathered};
use super::paths;
use super::report::FaultRow;
use super::sweep::Control;
use crate::{Office, Sort, Trouble};

/// Content of one side at most: comparing keeps both in memory, several times their size.
const SIDE_MAX: u64 = 96 << 20;

/// Where a side comes from.
#[derive(Clone, Debug)]
pub enum Body {
    /// The statements and carriers of a secret point.
    Secret(Number),
    /// Files and folders.
    Paths(Vec<PathBuf>),
    /// Things that are no files: a name, and the content.
    Texts(Vec<(String, Vec<u8>)>),
}

/// A side, taken apart.
#[derive(Default)]
pub(super) struct Taken {
    pub(super) documents: Vec<Document>,
    /// Of each document, `statement/1` and the like.
    pub(super) parts: Vec<Option<String>>,
    pub(super) files: u64,
    pub(super) bytes: u64,
    manifest: Vec<String>,
    pub(super) faults: Vec<FaultRow>,
}

impl Taken {
    /// The digest of what was read, under a salt.
    pub(super) fn manifest(&self, salt: &str) -> String {
        let mut lines = self.manifest.clone();
        lines.sort_unstable();
        hex::encode(Sha256::digest(format!("midun manifest v1\n{salt}\n{}", lines.concat())))
    }

    fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
        self.files += 1;
        self.bytes += bytes.len() as u64;
        let hash = hex::encode(Sha256::digest(bytes));
        self.manifest.push(format!("{hash}  {}  {name}\n", bytes.len()));
        if self.bytes > SIDE_MAX { Err(too_large()) } else { Ok(()) }
    }

    /// Takes a file apart. Where it has texts, its raw bytes say nothing more.
    fn take_apart(&mut self, shown: &str, bytes: &[u8]) -> Result<(), Trouble> {
        self.file(shown, bytes)?;
        let mut pieces = Vec::new();
        let mut add = |piece: Gathered| pieces.push(piece);
        let mut gather = Gather::new(shown, &mut add);
        extract_bytes(shown, bytes, Limits::default(), &mut gather);
        for (path, word) in std::mem::take(&mut gather.left) {
            if word != "layout" {
                let got = extract::Got::Nothing.word().to_owned();
                let why = word.to_owned();
                self.faults.push(FaultRow { path: shown.to_owned(), inside: path, why, got });
            }
        }
        let read: usize = pieces.iter().map(|piece| piece.bytes.len()).sum();
        self.bytes += (read as u64).saturating_sub(bytes.len() as u64);
        if self.bytes > SIDE_MAX {
            return Err(too_large());
        }
        let texts = pieces.iter().any(|piece| piece.kind != Kind::Bytes);
        for piece in pieces {
            if texts && piece.kind == Kind::Bytes && piece.path.is_empty() {
                continue;
            }
            let within = if piece.path.is_empty() { "" } else { "!/" };
            let name = format!("{shown}{within}{}", piece.path);
            self.push(Document::new(&name, piece.kind, &piece.bytes), None);
        }
        Ok(())
    }

    fn push(&mut self, document: Document, part: Option<String>) {
        if document.layers().next().is_some() {
            self.documents.push(document);
            self.parts.push(part);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }
}

fn too_large() -> Trouble {
    let args = vec![("most", (SIDE_MAX >> 20).to_string())];
    Trouble::Other("trouble-compare-too-large", args, Sort::Refused)
}

impl Office {
    /// Reads a side and takes it apart.
    pub(super) fn side(
        &self,
        body: &Body,
        unlocked: Option<&Unlocked>,
        control: &Control,
    ) -> Result<Taken, Trouble> {
        let mut taken = Taken::default();
        match body {
            Body::Secret(no) => {
                self.secret_side(*no, unlocked.ok_or(Trouble::Locked)?, &mut taken)?
            }
            Body::Texts(texts) => {
                for (name, bytes) in texts {
                    taken.take_apart(&paths::shown(Path::new(name)), bytes)?;
                }
            }
            Body::Paths(given) => {
                for path in given {
                    std::fs::metadata(path).map_err(|e| crate::files::file_trouble(path, e))?;
                }
                let mut faults = Vec::new();
                let entries = paths::files(given, &mut faults, &|| control.goes_on());
                for entry in entries {
                    if !control.goes_on() {
                        return Err(Trouble::Other(
                            "trouble-compare-stopped",
                            vec![],
                            Sort::Refused,
                        ));
                    }
                    let mut bytes = Vec::new();
                    let read = std::fs::File::open(&entry.path)
                        .and_then(|file| file.take(SIDE_MAX + 1).read_to_end(&mut bytes));
                    match read {
                        Ok(_) => taken.take_apart(&below(given, &entry), &bytes)?,
                        Err(error) => faults.push(paths::fault(&entry.path, paths::word(&error))),
                    }
                    control.read(bytes.len() as u64);
                }
                taken.faults.append(&mut faults);
            }
        }
        taken.faults.sort();
        taken.faults.dedup();
        Ok(taken)
    }

    fn secret_side(
        &self,
        no: Number,
        unlocked: &Unlocked,
        taken: &mut Taken,
    ) -> Result<(), Trouble> {
        let reader = self.reader()?;
        let card = reader.secret(no)?.ok_or(Trouble::Unknown(no))?;
        let mut failed = Ok(());
        self.secret_parts(&reader, &card, unlocked, &mut |part, content| match content {
            Ok(piece) => {
                let counted = taken.file(&format!("{no} {part}"), &piece.bytes);
                let document = Document::new(&piece.path, piece.kind, &piece.bytes);
                taken.push(document, Some(part));
                if failed.is_ok() {
                    failed = counted;
                }
            }
            Err(why) if why.word == "layout" => {}
            Err(why) => {
                let got = extract::Got::Nothing.word().to_owned();
                let path = no.to_string();
                taken.faults.push(FaultRow { path, inside: part, why: why.word, got });
            }
        })?;
        failed
    }
}

/// The path of a file below what was given, so that the same folder elsewhere gives the same list.
fn below(given: &[PathBuf], entry: &paths::Entry) -> String {
    let top = given
        .iter()
        .filter(|top| entry.path.starts_with(top))
        .max_by_key(|top| top.as_os_str().len());
    let rest = top.and_then(|top| entry.path.strip_prefix(top).ok());
    let name = || entry.path.file_name().map(|name| paths::shown(Path::new(name)));
    match rest {
        Some(rest) if !rest.as_os_str().is_empty() => paths::shown(rest),
        _ => name().unwrap_or_else(|| entry.shown.clone()),
    }
}
