//! A proof that stands alone: index, path and cosigned checkpoint (C2SP tlog-proof, draft).

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::checkpoint::{Checkpoint, CheckpointError, decimal};
use crate::hash::{Hash, leaf_hash};
use crate::note::{Note, VerifierKey};
use crate::proof::verify_inclusion;

/// The longest proof read, in bytes.
pub const PROOF_BYTES_MAX: usize = 2 << 20;
/// The longest path: that of the largest tree.
pub const PATH_MAX: usize = 63;

const HEAD: &str = "c2sp.org/tlog-proof@v1";

/// An inclusion proof with its checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlogProof {
    /// Further data that nothing vouches for; never `Some` of nothing.
    pub extra: Option<Vec<u8>>,
    /// The entry's place.
    pub index: u64,
    /// The path, from the leaf to the root.
    pub path: Vec<Hash>,
    /// The signed checkpoint, as it was.
    pub checkpoint: String,
}

/// Why a proof can't be read or believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TlogProofError {
    /// Not of the form of a proof.
    #[error("not of the form of a tlog-proof")]
    Form,
    /// The checkpoint can't be believed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The path does not lead from the entry to the checkpoint's root.
    #[error("the entry is not in the checkpoint's tree")]
    NotIncluded,
}

impl TlogProof {
    /// Reads a proof in its one form: its `Display` gives the same bytes again.
    ///
    /// # Errors
    /// [`TlogProofError::Form`].
    pub fn parse(bytes: &[u8]) -> Result<Self, TlogProofError> {
        let form = || TlogProofError::Form;
        if bytes.len() > PROOF_BYTES_MAX {
            return Err(form());
        }
        let text = std::str::from_utf8(bytes).map_err(|_| form())?;
        let (head, checkpoint) = text.split_once("\n\n").ok_or_else(form)?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(HEAD) {
            return Err(form());
        }
        let extra = match lines.peek().and_then(|line| line.strip_prefix("extra ")) {
            Some(extra) => {
                lines.next();
                // Without data the line is left out.
                let bytes = BASE64.decode(extra).ok().filter(|bytes| !bytes.is_empty());
                Some(bytes.ok_or_else(form)?)
            }
            None => None,
        };
        let index = lines.next().and_then(|line| line.strip_prefix("index ")).and_then(decimal);
        let index = index.ok_or_else(form)?;
        let path: Result<Vec<Hash>, _> = lines.map(str::parse).collect();
        let path = path.map_err(|_| form())?;
        let note = Note::parse(checkpoint.as_bytes()).map_err(|_| form())?;
        if path.len() > PATH_MAX || Checkpoint::parse(&note.text).is_err() {
            return Err(form());
        }
        Ok(Self { extra, index, path, checkpoint: checkpoint.to_owned() })
    }

    /// Checks that an entry is in the log, by the log's own word. Whose cosignatures are wanted is
    /// for a [`crate::policy::Policy`] to say.
    ///
    /// # Errors
    /// [`TlogProofError`].
    pub fn verify(&self, entry: &[u8], log: &VerifierKey) -> Result<Checkpoint, TlogProofError> {
        self.verify_leaf(&leaf_hash(entry), log)
    }

    /// As [`TlogProof::verify`], for a leaf known by its hash.
    ///
    /// # Errors
    /// [`TlogProofError`].
    pub fn verify_leaf(
        &self,
        leaf: &Hash,
        log: &VerifierKey,
    ) -> Result<Checkpoint, TlogProofError> {
        let (checkpoint, _) = Checkpoint::open(self.checkpoint.as_bytes(), log)?;
        verify_inclusion(leaf, self.index, checkpoint.size, &self.path, &checkpoint.root)
            .map_err(|_| TlogProofError::NotIncluded)?;
        Ok(checkpoint)
    }
}

impl fmt::Display for TlogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}")?;
        if let Some(extra) = self.extra.as_ref().filter(|extra| !extra.is_empty()) {
            writeln!(f, "extra {}", BASE64.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}
