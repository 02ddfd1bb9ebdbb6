//! The files below paths, and what is none.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::report::FaultRow;

/// A file to be looked through.
pub(super) struct Entry {
    pub(super) path: PathBuf,
    pub(super) shown: String,
}

/// All ordinary files below `paths` in the order of their names. What is given by name is followed
/// if it is a link; links found inside folders are not: they lead elsewhere, or in a circle.
pub(super) fn files(
    paths: &[PathBuf],
    faults: &mut Vec<FaultRow>,
    go_on: &dyn Fn() -> bool,
) -> Vec<Entry> {
    let mut found = Vec::new();
    for path in paths {
        match fs::metadata(path) {
            Ok(data) if data.is_dir() => folder(path, &mut found, faults, go_on),
            Ok(data) if data.is_file() => found.push(Entry::new(path.clone())),
            Ok(_) => faults.push(fault(path, "special")),
            Err(error) => faults.push(fault(path, word(&error))),
        }
    }
    found.sort_by(|a, b| a.shown.cmp(&b.shown));
    found.dedup_by(|a, b| a.path == b.path);
    found
}

fn folder(
    top: &Path,
    found: &mut Vec<Entry>,
    faults: &mut Vec<FaultRow>,
    go_on: &dyn Fn() -> bool,
) {
    let mut waiting = vec![top.to_owned()];
    while let Some(at) = waiting.pop() {
        if !go_on() {
            return;
        }
        let entries = match fs::read_dir(&at) {
            Ok(entries) => entries,
            Err(error) => {
                faults.push(fault(&at, word(&error)));
                continue;
            }
        };
        for entry in entries {
            let (path, kind) = match entry.and_then(|entry| Ok((entry.path(), entry.file_type()?)))
            {
                Ok(entry) => entry,
                Err(error) => {
                    faults.push(fault(&at, word(&error)));
                    continue;
                }
            };
            if kind.is_symlink() {
                faults.push(fault(&path, "link"));
            } else if kind.is_dir() {
                waiting.push(path);
            } else if kind.is_file() {
                found.push(Entry::new(path));
            } else {
                // A FIFO would wait for ever, a device may never end.
                faults.push(fault(&path, "special"));
            }
        }
    }
}

impl Entry {
    fn new(path: PathBuf) -> Self {
        Self { shown: shown(&path), path }
    }
}

/// A path in one line.
pub(super) fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    if text.chars().any(char::is_control) { text.escape_debug().to_string() } else { text }
}

pub(super) fn fault(path: &Path, why: &str) -> FaultRow {
    let got = extract::Got::Nothing.word().to_owned();
    FaultRow { path: shown(path), inside: String::new(), why: why.to_owned(), got }
}

pub(super) fn word(error: &std::io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => "gone",
        ErrorKind::PermissionDenied => "forbidden",
        // ELOOP has no kind of its own on stable Rust.
        _ if error.raw_os_error() == Some(40) => "loop",
        _ => "unreadable",
    }
}
