//! The dossier's files in their places, in two passes: first everything that the manifest vouches
//! for, then, when the log has taken the event `dossier.built`, the container.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

use domain::Event;
use evidence::container::{BYTES_MAX, ENTRIES_MAX, packed_size};
use evidence::dossier::{
    AnchorParts, Content, EVENTS, EXTRAS, Events, FORMAT, File, FormatError, Manifest, POLICY,
    Package, PackageError, ShownEvent, StampParts, hex,
};
use ledger::hash::Hash;
use ledger::tlog_proof::{PATH_MAX, TlogProof};
use sha2::{Digest as _, Sha256};
use words::Lang;

use crate::contents::{Anchor, Contents};

/// Why a dossier can't be made.
#[derive(Debug, thiserror::Error)]
pub enum DossierError {
    /// Leaf 0 is not among the events.
    #[error("leaf 0 is not among the events")]
    NoNode,
    /// The report can't be printed.
    #[error("the report can't be printed")]
    Pdf(#[from] pdf::PdfError),
    /// A field of the manifest breaks the format's rules.
    #[error("the manifest breaks the format")]
    Manifest(#[from] FormatError),
    /// It would have more entries or bytes than a dossier may have: bytes, about.
    #[error("the dossier would be too large")]
    TooLarge(u64),
    /// The container can't be written.
    #[error("the container can't be written")]
    Package(#[from] PackageError),
}

/// A dossier whose content is fixed; the log has not yet been told.
pub struct Draft {
    manifest: Manifest,
    events: Events,
    policy: String,
    anchors: Vec<Anchor>,
    extras: BTreeMap<&'static str, Vec<u8>>,
    crcs: BTreeMap<String, u32>,
}

/// What the log answered: the event `dossier.built` and proofs over its newest checkpoint.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The event, all items shown.
    pub built: ShownEvent,
    /// The newest checkpoint: a signed note that covers it.
    pub checkpoint: String,
    /// The path of each event shown and of `built`, ascending by index.
    pub inclusion: Vec<(u64, Vec<Hash>)>,
    /// The consistency proof of each anchor, in the order of [`Contents::anchors`].
    pub consistency: Vec<Vec<Hash>>,
}

impl Draft {
    /// Writes report, print, instructions, policy and manifest.
    ///
    /// # Errors
    /// [`DossierError`].
    pub fn new(contents: &Contents) -> Result<Self, DossierError> {
        let node = contents.entries.iter().find_map(|entry| match &entry.event {
            Event::NodeCreated(event) if entry.index() == 0 => Some(event),
            _ => None,
        });
        let node = node.ok_or(DossierError::NoNode)?;
        let report = crate::report(contents);
        let contents_of = |path: &str| -> Result<Vec<u8>, DossierError> {
            Ok(match path {
                "report.html" => crate::html::render(&report).into_bytes(),
                "report.pdf" => crate::print::render(&report, contents)?,
                "HOWTO.zh-CN.txt" => crate::howto(contents, Lang::Zh).into_bytes(),
                "HOWTO.en.txt" => crate::howto(contents, Lang::En).into_bytes(),
                _ => crate::verify_page(contents.lang).into_bytes(),
            })
        };
        let mut extras = BTreeMap::new();
        for path in EXTRAS {
            extras.insert(path, contents_of(path)?);
        }
        let events = Events::new(contents.entries.iter().map(|one| one.shown.clone()).collect());
        let policy = crate::policy(contents);
        let own = |path: &str, bytes: &[u8]| File {
            path: path.to_owned(),
            size: bytes.len() as u64,
            sha256: Sha256::digest(bytes).into(),
            event: None,
        };
        let mut files = vec![own(EVENTS, &events.to_bytes()), own(POLICY, policy.as_bytes())];
        files.extend(EXTRAS.iter().map(|path| own(path, &extras[path])));
        let mut crcs = BTreeMap::new();
        for entry in &contents.entries {
            let Some(file) = &entry.file else { continue };
            crcs.insert(file.path.clone(), file.crc32);
            files.push(File {
                path: file.path.clone(),
                size: file.size,
                sha256: file.sha256,
                event: Some(entry.index()),
            });
        }
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            no: contents.no.to_string(),
            purpose: contents.purpose.word().to_owned(),
            language: contents.lang.tag().to_owned(),
            holder: node.name.clone(),
            made: contents.made.to_rfc3339(),
            program: contents.program.clone(),
            log: node.log_key.clone(),
            secrets: contents.secrets.iter().map(ToString::to_string).collect(),
            withheld: contents.withheld.words(),
            files,
        };
        manifest.check()?;
        let anchors = contents.anchors.clone();
        let draft = Self { manifest, events, policy, anchors, extras, crcs };
        draft.check_size()?;
        Ok(draft)
    }

    /// SHA-256 of the manifest, in hex: what `dossier.built` is to name.
    pub fn manifest_sha256(&self) -> String {
        hex(&Sha256::digest(self.manifest.to_bytes()))
    }

    /// Refuses what would not fit, before the log is told. Proofs and checkpoints are counted with
    /// the most that they can have.
    fn check_size(&self) -> Result<(), DossierError> {
        /// One base64 hash and its line end.
        const HASH: u64 = 45;
        let notes = self.anchors.iter().map(|anchor| anchor.note.len() as u64 + 4096);
        let note = notes.max().unwrap_or(4096);
        let proof = PATH_MAX as u64 * HASH + note + 200;
        let proofs = (self.events.events.len() as u64 + 1) * (proof + 200);
        let anchors: u64 = self
            .anchors
            .iter()
            .map(|anchor| {
                let stamps = anchor.stamps.iter();
                let stamps: u64 =
                    stamps.map(|(token, pem)| (token.len() + pem.len() + 400) as u64).sum();
                anchor.note.len() as u64 + PATH_MAX as u64 * HASH + 400 + stamps
            })
            .sum();
        let stamps: usize = self.anchors.iter().map(|anchor| anchor.stamps.len()).sum();
        let entries = self.events.events.len()
            + self.manifest.files.len()
            + 2 * self.anchors.len()
            + 2 * stamps
            + 10;
        let files = self.manifest.files.iter().map(|file| (file.path.as_str(), file.size));
        let lines = 2 * (160 * entries as u64 + self.manifest.to_bytes().len() as u64);
        // The manifest of ETSI, and a token with its certificates.
        let asic = 400 * entries as u64 + self.manifest.to_bytes().len() as u64 + (64 << 10);
        let bytes = packed_size(files) + proofs + anchors + lines + asic;
        if bytes > BYTES_MAX || entries > ENTRIES_MAX {
            return Err(DossierError::TooLarge(bytes));
        }
        Ok(())
    }

    /// Writes the container to `out`; `open` gives the content of a file by its path, again, `stamp`
    /// an RFC 3161 token over bytes, by which it is an ASiC-E container, too.
    ///
    /// # Errors
    /// [`DossierError::Package`]: also when a file is not what it was at first. What was written
    /// so far is then to be thrown away.
    pub fn write<W: Write>(
        &self,
        recorded: &Recorded,
        open: &mut dyn FnMut(&str) -> io::Result<Box<dyn Read>>,
        stamp: &mut dyn FnMut(&[u8]) -> Option<Vec<u8>>,
        out: W,
    ) -> Result<W, DossierError> {
        let proofs: Vec<(u64, Vec<u8>)> = recorded
            .inclusion
            .iter()
            .map(|(index, path)| {
                let checkpoint = recorded.checkpoint.clone();
                let proof =
                    TlogProof { extra: None, index: *index, path: path.clone(), checkpoint };
                (*index, proof.to_string().into_bytes())
            })
            .collect();
        let anchors: Vec<AnchorParts> = self
            .anchors
            .iter()
            .zip(&recorded.consistency)
            .map(|(anchor, consistency)| AnchorParts {
                checkpoint: anchor.note.clone().into_bytes(),
                consistency: consistency.clone(),
                stamps: anchor
                    .stamps
                    .iter()
                    .map(|(token, pem)| StampParts { token: token.clone(), chain_pem: pem.clone() })
                    .collect(),
            })
            .collect();
        let package = Package {
            manifest: &self.manifest,
            built: &recorded.built,
            events: &self.events,
            checkpoint: recorded.checkpoint.as_bytes(),
            proofs: &proofs,
            anchors: &anchors,
            policy: &self.policy,
        };
        let mut content = |file: &File| -> io::Result<Content> {
            if let Some(bytes) = self.extras.get(file.path.as_str()) {
                let reader = Box::new(io::Cursor::new(bytes.clone()));
                return Ok(Content { crc32: crc32fast::hash(bytes), reader });
            }
            let crc32 = self.crcs.get(&file.path).copied().unwrap_or_default();
            Ok(Content { crc32, reader: open(&file.path)? })
        };
        Ok(package.write(out, &mut content, stamp)?)
    }
}
