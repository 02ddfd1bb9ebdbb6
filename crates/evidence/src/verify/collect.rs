//! The one pass over the bytes: hashes everything, keeps only what is small and must be read.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::container::{Answer, Fault, Part, Reader};
use crate::dossier::{
    ASIC_MANIFEST, ASIC_STAMP, BUILT, CHECKPOINT, EVENTS, FILES, HEAD_BYTES_MAX, MANIFEST,
    MIMETYPE, MIMETYPE_CONTENT, POLICY, READ_BYTES_MAX, SUMS,
};

/// An entry that was read to its end.
#[derive(Debug)]
pub struct Record {
    pub path: String,
    pub size: u64,
    pub sha256: [u8; 32],
    /// Whether the content has the CRC-32 that its header says.
    pub crc_fits: bool,
}

/// Everything the pass found.
#[derive(Debug)]
pub struct Collected {
    pub records: Vec<Record>,
    /// The contents of the entries that are read.
    pub kept: BTreeMap<String, Vec<u8>>,
    /// What is wrong with the container.
    pub fault: Option<Fault>,
    /// Whether the first entry says that it is a dossier.
    pub is_dossier: bool,
    /// Bytes understood.
    pub bytes: u64,
    /// Entries begun.
    pub entries: u64,
    /// The entry that was begun and not ended.
    pub stopped_in: Option<String>,
}

/// Collects while it is fed.
#[derive(Debug, Default)]
pub struct Collector {
    reader: Reader,
    pass: Pass,
}

#[derive(Debug, Default)]
struct Pass {
    records: Vec<Record>,
    kept: BTreeMap<String, Vec<u8>>,
    current: Option<Current>,
    /// Bytes of the entries that are not under `files/`.
    head_bytes: u64,
    /// Bytes of those that are read.
    read_bytes: u64,
    stop: Option<Stop>,
}

/// Why nothing more is read, though the container is fine so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    NotADossier,
    HeadTooLarge,
}

#[derive(Debug)]
struct Current {
    path: String,
    size: u64,
    crc32: u32,
    hasher: Sha256,
    keep: Option<Vec<u8>>,
}

/// Whether an entry's content is read rather than only hashed.
fn is_kept(path: &str) -> bool {
    [MIMETYPE, MANIFEST, SUMS, BUILT, EVENTS, CHECKPOINT, POLICY].contains(&path)
        || path.starts_with("proofs/")
        || path.starts_with("anchors/")
        || [ASIC_MANIFEST, ASIC_STAMP].contains(&path)
}

impl Collector {
    pub fn feed(&mut self, bytes: &[u8]) {
        let pass = &mut self.pass;
        // The reader remembers a fault and gives it back at the end.
        let _ = self.reader.feed(bytes, &mut |part| match pass.take(part) {
            None => Answer::Continue(()),
            Some(stop) => {
                pass.stop = Some(stop);
                Answer::Break(())
            }
        });
    }

    /// What was found until now.
    pub fn finish(self) -> Collected {
        let Self { reader, pass } = self;
        let (bytes, entries) = (reader.position(), reader.entries() as u64);
        let fault = match (pass.stop, reader.finish()) {
            (Some(Stop::HeadTooLarge), _) => Some(Fault::TooLarge),
            (Some(Stop::NotADossier), _) => None,
            (None, result) => result.err(),
        };
        let first = pass.records.first();
        let is_dossier = first.is_some_and(|record| record.path == MIMETYPE)
            && pass.kept.get(MIMETYPE).is_some_and(|content| content == MIMETYPE_CONTENT);
        Collected {
            records: pass.records,
            kept: pass.kept,
            fault,
            is_dossier,
            bytes,
            entries,
            stopped_in: pass.current.map(|current| current.path),
        }
    }
}

impl Pass {
    fn take(&mut self, part: Part<'_>) -> Option<Stop> {
        match part {
            Part::Start(entry) => {
                let size = u64::from(entry.size);
                if !entry.path.starts_with(FILES) {
                    self.head_bytes += size;
                }
                if self.records.is_empty() && entry.path != MIMETYPE {
                    return Some(Stop::NotADossier);
                }
                let is_kept = is_kept(&entry.path);
                if is_kept {
                    self.read_bytes += size;
                }
                if self.head_bytes > HEAD_BYTES_MAX || self.read_bytes > READ_BYTES_MAX {
                    return Some(Stop::HeadTooLarge);
                }
                self.current = Some(Current {
                    keep: is_kept.then(Vec::new),
                    path: entry.path.clone(),
                    size,
                    crc32: entry.crc32,
                    hasher: Sha256::new(),
                });
            }
            Part::Data(bytes) => {
                if let Some(current) = &mut self.current {
                    current.hasher.update(bytes);
                    if let Some(keep) = &mut current.keep {
                        keep.extend_from_slice(bytes);
                    }
                }
            }
            Part::End { crc32 } => {
                if let Some(current) = self.current.take() {
                    return self.end(current, crc32);
                }
            }
        }
        None
    }

    fn end(&mut self, current: Current, crc32: u32) -> Option<Stop> {
        if current.path == MIMETYPE && current.keep.as_deref() != Some(MIMETYPE_CONTENT) {
            return Some(Stop::NotADossier);
        }
        if let Some(content) = current.keep {
            self.kept.insert(current.path.clone(), content);
        }
        self.records.push(Record {
            path: current.path,
            size: current.size,
            sha256: current.hasher.finalize().into(),
            crc_fits: crc32 == current.crc32,
        });
        None
    }
}
