//! Putting a dossier together, each entry in its place.

use std::io::{Read, Write};

use ledger::hash::Hash;
use sha2::{Digest as _, Sha256};

use super::{
    ANCHORS_MAX, ASIC_MANIFEST, ASIC_STAMP, BUILT, CHECKPOINT, EVENTS, Events, File, MANIFEST,
    MIMETYPE, MIMETYPE_CONTENT, Manifest, POLICY, READ_BYTES_MAX, SUMS, ShownEvent,
    anchor_checkpoint_path, anchor_consistency_path, asic_manifest, proof_path, stamp_chain_path,
    stamp_path, sums,
};
use crate::container::{WriteError, Writer};

/// What a dossier consists of, apart from the content of extras and files.
#[derive(Clone, Copy, Debug)]
pub struct Package<'a> {
    /// The manifest that `built` commits to.
    pub manifest: &'a Manifest,
    /// The event `dossier.built`, all items shown.
    pub built: &'a ShownEvent,
    /// The events shown, ascending; the manifest holds the hash of this list.
    pub events: &'a Events,
    /// The newest checkpoint: a signed note.
    pub checkpoint: &'a [u8],
    /// The proof of each event, `built` included: its index and the C2SP tlog-proof, ascending.
    pub proofs: &'a [(u64, Vec<u8>)],
    /// Earlier checkpoints, ascending by size.
    pub anchors: &'a [AnchorParts],
    /// The content of `policy.txt`.
    pub policy: &'a str,
}

/// An earlier checkpoint of the log that was cosigned or stamped.
#[derive(Clone, Debug, Default)]
pub struct AnchorParts {
    /// The signed note, exactly as `after` names it and as it was stamped.
    pub checkpoint: Vec<u8>,
    /// The consistency proof to the newest checkpoint; empty when the sizes are equal.
    pub consistency: Vec<Hash>,
    /// Time-stamps over `checkpoint`.
    pub stamps: Vec<StampParts>,
}

/// A time-stamp and the certificates of the authority that made it.
#[derive(Clone, Debug, Default)]
pub struct StampParts {
    /// The RFC 3161 token, or the authority's whole reply.
    pub token: Vec<u8>,
    /// The certificates in PEM, root last.
    pub chain_pem: String,
}

/// The content of an extra or a file.
pub struct Content {
    /// CRC-32 (ISO-HDLC) of it.
    pub crc32: u32,
    /// Reads exactly it.
    pub reader: Box<dyn Read>,
}

/// Why a dossier can't be written.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// `events.json` or `policy.txt` is not what the manifest vouches for.
    #[error("{0} is not what the manifest says")]
    Manifest(&'static str),
    /// More than [`ANCHORS_MAX`] anchors.
    #[error("a dossier has at most {ANCHORS_MAX} anchors")]
    Anchors,
    /// More than [`READ_BYTES_MAX`] bytes of events, proofs, anchors and the like.
    #[error("events, proofs and anchors have more than {READ_BYTES_MAX} bytes")]
    TooLarge,
    /// The container can't be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl Package<'_> {
    /// Writes the dossier to `out`.
    ///
    /// `content` gives the content of each extra and file of the manifest, in its order; `stamp` an
    /// RFC 3161 token over bytes, by which the dossier is an ASiC-E container, too, or nothing.
    ///
    /// # Errors
    /// [`PackageError`]; what was written so far is then to be thrown away.
    pub fn write<W: Write>(
        &self,
        out: W,
        content: &mut dyn FnMut(&File) -> std::io::Result<Content>,
        stamp: &mut dyn FnMut(&[u8]) -> Option<Vec<u8>>,
    ) -> Result<W, PackageError> {
        if self.anchors.len() > ANCHORS_MAX {
            return Err(PackageError::Anchors);
        }
        let manifest = self.manifest.to_bytes();
        let events = self.events.to_bytes();
        for (path, bytes) in [(EVENTS, &events[..]), (POLICY, self.policy.as_bytes())] {
            let sha256: [u8; 32] = Sha256::digest(bytes).into();
            let vouched = |file: &&File| file.path == path && file.sha256 == sha256;
            if self.manifest.files.iter().find(vouched).is_none() {
                return Err(PackageError::Manifest(path));
            }
        }
        let head = self.head(events);
        let rest: Vec<&File> = self
            .manifest
            .files
            .iter()
            .filter(|file| ![EVENTS, POLICY].contains(&&*file.path))
            .collect();

        let hashes = hashes_of(&manifest, &head, &rest);
        let sums = sums(hashes.iter().map(|(path, hash)| (*path, hash)));
        let sums_hash: [u8; 32] = Sha256::digest(&sums).into();
        // In the order of the container: the checksums stand after the manifest.
        let all = [(MANIFEST, &hashes[0].1), (SUMS, &sums_hash)].into_iter();
        let all = all.chain(hashes[1..].iter().map(|(path, hash)| (*path, hash)));
        let asic = asic_manifest(all).into_bytes();
        let read = [MIMETYPE_CONTENT.len(), manifest.len(), sums.len()].into_iter();
        let read: usize = read.chain(head.iter().map(|(_, bytes)| bytes.len())).sum();
        if read as u64 > READ_BYTES_MAX {
            return Err(PackageError::TooLarge);
        }

        let token = stamp(&asic);
        let mut writer = Writer::new(out);
        writer.add_bytes(MIMETYPE, MIMETYPE_CONTENT)?;
        writer.add_bytes(MANIFEST, &manifest)?;
        writer.add_bytes(SUMS, sums.as_bytes())?;
        for (path, bytes) in &head {
            writer.add_bytes(path, bytes)?;
        }
        for file in rest {
            let Content { crc32, mut reader } = content(file).map_err(WriteError::Io)?;
            writer.add(&file.path, file.size, crc32, &mut reader)?;
        }
        if let Some(token) = token {
            writer.add_bytes(ASIC_MANIFEST, &asic)?;
            writer.add_bytes(ASIC_STAMP, &token)?;
        }
        Ok(writer.finish()?)
    }

    /// The entries after `SHA256SUMS` up to the policy.
    fn head(&self, events: Vec<u8>) -> Vec<(String, Vec<u8>)> {
        let built = Events::new(vec![self.built.clone()]).to_bytes();
        let mut head = vec![
            (BUILT.to_owned(), built),
            (EVENTS.to_owned(), events),
            (CHECKPOINT.to_owned(), self.checkpoint.to_vec()),
        ];
        for (index, proof) in self.proofs {
            head.push((proof_path(*index), proof.clone()));
        }
        for (at, anchor) in self.anchors.iter().enumerate() {
            let number = at + 1;
            head.push((anchor_checkpoint_path(number), anchor.checkpoint.clone()));
            head.push((anchor_consistency_path(number), consistency_text(&anchor.consistency)));
            for (at, stamp) in anchor.stamps.iter().enumerate() {
                head.push((stamp_path(number, at + 1), stamp.token.clone()));
                head.push((stamp_chain_path(number, at + 1), stamp.chain_pem.clone().into()));
            }
        }
        head.push((POLICY.to_owned(), self.policy.into()));
        head
    }
}

/// A consistency proof as the dossier writes it: base64 hashes, one a line.
fn consistency_text(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().map(|hash| format!("{hash}\n")).collect::<String>().into_bytes()
}

/// SHA-256 of every entry that the checksums list, in their order.
fn hashes_of<'a>(
    manifest: &[u8],
    head: &'a [(String, Vec<u8>)],
    rest: &[&'a File],
) -> Vec<(&'a str, [u8; 32])> {
    let mut hashes = vec![(MANIFEST, Sha256::digest(manifest).into())];
    hashes.extend(head.iter().map(|(path, bytes)| (path.as_str(), Sha256::digest(bytes).into())));
    hashes.extend(rest.iter().map(|file| (file.path.as_str(), file.sha256)));
    hashes
}
