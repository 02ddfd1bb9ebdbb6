//! The log: its checkpoint, and the proofs that events are in it.

use ledger::checkpoint::{Checkpoint, CheckpointError};
use ledger::hash::leaf_hash;
use ledger::note::{KeyKind, NoteError, VerifierKey};
use ledger::proof::verify_inclusion;
use ledger::tlog_proof::TlogProof;

use super::collect::Collected;
use super::findings::Finding;
use super::layout::absent;
use super::shown::Opened;
use crate::dossier::{CHECKPOINT, proof_path};

/// The log's newest checkpoint, signed by the log.
#[derive(Debug)]
pub struct Log<'a> {
    pub key: VerifierKey,
    pub checkpoint: Checkpoint,
    /// The note, to the byte.
    pub bytes: &'a [u8],
}

/// Reads the log's key.
pub fn read_key(text: &str) -> Result<VerifierKey, Finding> {
    match text.parse::<VerifierKey>() {
        Ok(key) if key.kind() == KeyKind::Log && key.to_string() == text => Ok(key),
        _ => Err(Finding::fails("why-log-key")),
    }
}

/// Opens the newest checkpoint.
pub fn open<'a>(found: &'a Collected, key: &str) -> Result<Log<'a>, Finding> {
    let key = read_key(key)?;
    let Some(bytes) = found.kept.get(CHECKPOINT) else { return Err(absent(found)) };
    let checkpoint = open_checkpoint(bytes, &key)?;
    Ok(Log { key, checkpoint, bytes })
}

/// Opens a checkpoint that must be signed by this key.
pub fn open_checkpoint(bytes: &[u8], key: &VerifierKey) -> Result<Checkpoint, Finding> {
    match Checkpoint::open(bytes, key) {
        Ok((checkpoint, note)) if note.to_string().as_bytes() == bytes => Ok(checkpoint),
        Ok(_) | Err(CheckpointError::Form | CheckpointError::Note(NoteError::Form)) => {
            Err(Finding::fails("why-checkpoint-form"))
        }
        Err(CheckpointError::OtherOrigin(origin)) => {
            Err(Finding::fails("why-other-log").with("found", origin))
        }
        Err(CheckpointError::Note(NoteError::WrongSignature(_))) => {
            Err(Finding::fails("why-signature"))
        }
        Err(CheckpointError::Note(NoteError::NoKnownKey)) => {
            Err(Finding::fails("why-not-signed-by-log"))
        }
    }
}

/// Whether an event is in the log.
pub fn judge_inclusion(found: &Collected, log: Option<&Log<'_>>, event: &Opened) -> Finding {
    let Some(log) = log else { return Finding::open("why-no-checkpoint") };
    let Some(bytes) = found.kept.get(&proof_path(event.index)) else { return absent(found) };
    let proof = match TlogProof::parse(bytes) {
        // One spelling, and nothing in it that nothing vouches for.
        Ok(proof) if proof.extra.is_none() && proof.to_string().as_bytes() == bytes => proof,
        _ => return Finding::fails("why-proof-form"),
    };
    if proof.index != event.index {
        return Finding::fails("why-proof-index").with("found", proof.index);
    }
    // The same bytes, so its signature has been checked already.
    if proof.checkpoint.as_bytes() != log.bytes {
        return Finding::fails("why-proof-checkpoint");
    }
    let Some(entry) = event.entry else { return Finding::fails("why-proof") };
    let Checkpoint { size, root, .. } = &log.checkpoint;
    match verify_inclusion(&leaf_hash(&entry), event.index, *size, &proof.path, root) {
        Ok(()) => Finding::holds(),
        Err(_) => Finding::fails("why-proof"),
    }
}
