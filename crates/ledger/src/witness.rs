//! The rules of a witness (C2SP tlog-witness v1.0.0): what it answers to `add-checkpoint`.

use std::fmt;

use crate::checkpoint::{Checkpoint, CheckpointError, decimal};
use crate::hash::{Hash, empty_root};
use crate::note::{Note, NoteError, VerifierKey};
use crate::proof::verify_consistency;

/// The most lines of a consistency proof.
pub const PROOF_LINES_MAX: usize = 63;

/// The body of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// The size that the log thinks the witness has cosigned last.
    pub old: u64,
    /// The consistency proof from there.
    pub proof: Vec<Hash>,
    /// The new checkpoint, signed by the log.
    pub note: Note,
}

/// What a witness last cosigned for an origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Latest {
    /// The size.
    pub size: u64,
    /// The root.
    pub root: Hash,
}

/// A checkpoint that may be cosigned, once it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The checkpoint.
    pub checkpoint: Checkpoint,
    /// Its text, which the cosignature covers.
    pub text: String,
}

/// Why a checkpoint is not cosigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The body is not of the form of a request.
    #[error("the body is not of the form of add-checkpoint")]
    Malformed,
    /// No such log is followed.
    #[error("this log is not followed here")]
    UnknownOrigin,
    /// The log has not signed, or wrongly.
    #[error("the log's signature is missing or wrong")]
    BadSignature,
    /// The old size is larger than the checkpoint's.
    #[error("the old size is larger than the checkpoint's")]
    OldTooLarge,
    /// The witness's last size is another.
    #[error("the last size cosigned here is {0}")]
    Conflict(u64),
    /// The proof does not show that the log only grew.
    #[error("the checkpoint is not consistent with the last one")]
    Inconsistent,
}

impl Refusal {
    /// The status of the answer.
    pub const fn status(self) -> u16 {
        match self {
            Self::Malformed | Self::OldTooLarge => 400,
            Self::UnknownOrigin => 404,
            Self::BadSignature => 403,
            Self::Conflict(_) => 409,
            Self::Inconsistent => 422,
        }
    }

    /// The type and body of the answer: after a conflict the size that the log should start from.
    pub fn body(self) -> (&'static str, String) {
        match self {
            Self::Conflict(size) => ("text/x.tlog.size", format!("{size}\n")),
            other => ("text/plain; charset=utf-8", format!("{other}\n")),
        }
    }
}

impl AddCheckpoint {
    /// Reads a request's body.
    ///
    /// # Errors
    /// [`Refusal::Malformed`].
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let text = std::str::from_utf8(body).map_err(|_| Refusal::Malformed)?;
        let (head, note) = text.split_once("\n\n").ok_or(Refusal::Malformed)?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| line.strip_prefix("old ")).and_then(decimal);
        let old = old.ok_or(Refusal::Malformed)?;
        let mut proof = Vec::new();
        for line in lines {
            if proof.len() == PROOF_LINES_MAX {
                return Err(Refusal::Malformed);
            }
            proof.push(line.parse().map_err(|_| Refusal::Malformed)?);
        }
        let note = Note::parse(note.as_bytes()).map_err(|_| Refusal::Malformed)?;
        Ok(Self { old, proof, note })
    }
}

impl fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.note)
    }
}

/// Decides on a request, with the checks in the specification's order.
///
/// `log` finds the key of an origin that is followed; `latest` what was last cosigned for it. The
/// caller must store the new size and root, together with a repetition of the comparison with
/// `latest`, before it cosigns.
///
/// # Errors
/// [`Refusal`].
pub fn check(
    request: &AddCheckpoint,
    log: impl FnOnce(&str) -> Option<VerifierKey>,
    latest: impl FnOnce(&str) -> Option<Latest>,
) -> Result<Accepted, Refusal> {
    let checkpoint = match Checkpoint::parse(&request.note.text) {
        Ok(checkpoint) => checkpoint,
        Err(CheckpointError::Note(NoteError::NoKnownKey)) => return Err(Refusal::BadSignature),
        Err(_) => return Err(Refusal::Malformed),
    };
    let key = log(&checkpoint.origin).ok_or(Refusal::UnknownOrigin)?;
    if request.note.verify(std::slice::from_ref(&key)).is_err() {
        return Err(Refusal::BadSignature);
    }
    if request.old > checkpoint.size {
        return Err(Refusal::OldTooLarge);
    }
    let latest = latest(&checkpoint.origin);
    let size = latest.map_or(0, |latest| latest.size);
    if request.old != size {
        return Err(Refusal::Conflict(size));
    }
    let root = latest.map_or_else(empty_root, |latest| latest.root);
    if checkpoint.size == 0 && checkpoint.root != empty_root() {
        return Err(Refusal::Inconsistent);
    }
    verify_consistency(size, &root, checkpoint.size, &checkpoint.root, &request.proof)
        .map_err(|_| Refusal::Inconsistent)?;
    Ok(Accepted { checkpoint, text: request.note.text.clone() })
}
