//! The rules of a witness (C2SP tlog-witness v1.0.0): what it answers to `add-checkpoint`.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::checkpoint::{Checkpoint, decimal};
use crate::hash::{Hash, MAX_TREE_SIZE, empty_root};
use crate::note::{Note, Signature, VerifierKey};
use crate::proof::{NotProved, verify_consistency};

/// The most lines of a consistency proof.
pub const PROOF_LINES_MAX: usize = 63;
/// The content type of the answer to a conflict.
pub const SIZE_TYPE: &str = "text/x.tlog.size";

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

/// A request whose checkpoint the log has signed: what can be said of it without knowing what was
/// cosigned before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authentic {
    old: u64,
    proof: Vec<Hash>,
    checkpoint: Checkpoint,
    /// With the log's lines only.
    note: Note,
}

/// A checkpoint that may be cosigned, once it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The checkpoint; its size and root are to be stored as [`Latest`].
    pub checkpoint: Checkpoint,
    /// Its text, which the cosignature covers.
    pub text: String,
    /// The log's signatures, all verified; lines by others are gone. They are served with the
    /// cosignature to who monitors the log.
    pub signatures: Vec<Signature>,
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
    /// A log without entries has one root only, and this is another.
    #[error("the root is not that of a log without entries")]
    EmptyRoot,
    /// The proof does not show that the log only grew.
    #[error("the checkpoint is not consistent with the last one: {0}")]
    Inconsistent(NotProved),
}

impl Refusal {
    /// The HTTP status of the answer.
    pub const fn status(self) -> u16 {
        match self {
            Self::Malformed | Self::OldTooLarge => 400,
            Self::UnknownOrigin => 404,
            Self::BadSignature => 403,
            Self::Conflict(_) => 409,
            Self::EmptyRoot | Self::Inconsistent(_) => 422,
        }
    }

    /// The type and body of the answer: after a conflict the size that the log should start from.
    pub fn body(self) -> (&'static str, String) {
        match self {
            Self::Conflict(size) => (SIZE_TYPE, format!("{size}\n")),
            other => ("text/plain; charset=utf-8", format!("{other}\n")),
        }
    }

    /// Whether the log has signed something that its last checkpoint does not lead to by the proof
    /// given. Such a request is worth keeping, as it may show that the log misbehaves; with
    /// [`NotProved::Root`] and equal sizes it does: the log has signed two roots of one size.
    pub const fn worth_keeping(self) -> bool {
        matches!(self, Self::EmptyRoot | Self::Inconsistent(_))
    }
}

impl AddCheckpoint {
    /// Reads a request's body, in its one form: its `Display` gives the same bytes again.
    ///
    /// # Errors
    /// [`Refusal::Malformed`].
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let text = std::str::from_utf8(body).map_err(|_| Refusal::Malformed)?;
        let (head, note) = text.split_once("\n\n").ok_or(Refusal::Malformed)?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| line.strip_prefix("old ")).and_then(decimal);
        let old = old.filter(|&old| old <= MAX_TREE_SIZE).ok_or(Refusal::Malformed)?;
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
/// `logs` finds the keys of an origin, none when it is not followed; `latest` what was last cosigned
/// for it. The caller must store the new size and root, in one transaction with a repetition of the
/// comparison with `latest`, before it cosigns; or use [`authenticate`] before and
/// [`Authentic::decide`] within that transaction.
///
/// # Errors
/// [`Refusal`].
pub fn check<K: IntoIterator<Item = VerifierKey>>(
    request: &AddCheckpoint,
    logs: impl FnOnce(&str) -> K,
    latest: impl FnOnce(&str) -> Option<Latest>,
) -> Result<Accepted, Refusal> {
    let authentic = authenticate(request, logs)?;
    let latest = latest(authentic.origin());
    authentic.decide(latest)
}

/// The first half of [`check`], the dear one: whether the log has signed.
///
/// # Errors
/// [`Refusal::Malformed`], [`Refusal::UnknownOrigin`], [`Refusal::BadSignature`],
/// [`Refusal::OldTooLarge`].
pub fn authenticate<K: IntoIterator<Item = VerifierKey>>(
    request: &AddCheckpoint,
    logs: impl FnOnce(&str) -> K,
) -> Result<Authentic, Refusal> {
    let checkpoint = Checkpoint::parse(&request.note.text).map_err(|_| Refusal::Malformed)?;
    let keys: Vec<VerifierKey> = logs(&checkpoint.origin).into_iter().collect();
    if keys.is_empty() {
        return Err(Refusal::UnknownOrigin);
    }
    let note = request.note.keep_known(&keys).map_err(|_| Refusal::BadSignature)?;
    if request.old > checkpoint.size {
        return Err(Refusal::OldTooLarge);
    }
    Ok(Authentic { old: request.old, proof: request.proof.clone(), checkpoint, note })
}

impl Authentic {
    /// The log's origin: whose latest checkpoint to look up.
    pub fn origin(&self) -> &str {
        &self.checkpoint.origin
    }

    /// The second half of [`check`]: whether the log only grew since `latest`.
    ///
    /// # Errors
    /// [`Refusal::Conflict`], [`Refusal::EmptyRoot`], [`Refusal::Inconsistent`].
    pub fn decide(self, latest: Option<Latest>) -> Result<Accepted, Refusal> {
        let Self { old, proof, checkpoint, note } = self;
        let Latest { size, root } = latest.unwrap_or(Latest { size: 0, root: empty_root() });
        if old != size {
            return Err(Refusal::Conflict(size));
        }
        if checkpoint.size == 0 && checkpoint.root != empty_root() {
            return Err(Refusal::EmptyRoot);
        }
        verify_consistency(size, &root, checkpoint.size, &checkpoint.root, &proof)
            .map_err(Refusal::Inconsistent)?;
        Ok(Accepted { checkpoint, text: note.text, signatures: note.signatures })
    }
}

/// What a witness answered, as the log reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Status 200: signature lines, not yet verified. Put them under the checkpoint's text and take
    /// what [`Note::keep_known`] leaves with the keys of trusted witnesses.
    Cosigned(Vec<Signature>),
    /// Status 409: the size to prove consistency from, at most that of a log.
    Conflict(u64),
    /// Any other status, or a body that is not of the form of the status.
    Refused(u16),
}

impl Answer {
    /// Reads an answer to add-checkpoint; `content_type` without parameters.
    pub fn parse(status: u16, content_type: &str, body: &[u8]) -> Self {
        let Ok(body) = std::str::from_utf8(body) else { return Self::Refused(status) };
        match status {
            200 => Signature::parse_lines(body).map_or(Self::Refused(status), Self::Cosigned),
            409 if content_type == SIZE_TYPE => match body.strip_suffix('\n').and_then(decimal) {
                Some(size) if size <= MAX_TREE_SIZE => Self::Conflict(size),
                _ => Self::Refused(status),
            },
            _ => Self::Refused(status),
        }
    }
}

/// The path below a witness's monitoring prefix where it serves its latest checkpoint of an origin:
/// `<SHA-256 of the origin in hex>/checkpoint`.
pub fn checkpoint_path(origin: &str) -> String {
    let hash: [u8; 32] = Sha256::digest(origin).into();
    let mut path = String::with_capacity(75);
    for byte in hash {
        path.push_str(&format!("{byte:02x}"));
    }
    path + "/checkpoint"
}
