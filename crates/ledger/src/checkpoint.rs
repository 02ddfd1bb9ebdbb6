//! Checkpoints (C2SP tlog-checkpoint v1.0.0): origin, size and root of a log, signed.

use std::fmt;

use crate::hash::{Hash, MAX_TREE_SIZE};
use crate::note::{Note, NoteError, SigningKey, VerifierKey};

/// A log's statement of its size and root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name: one line, not empty; the name of the log's key.
    pub origin: String,
    /// The number of entries, at most [`MAX_TREE_SIZE`].
    pub size: u64,
    /// The root.
    pub root: Hash,
    /// Further lines, none of them empty. They are kept and signed over; a log should write none.
    pub extensions: Vec<String>,
}

/// Why a checkpoint can't be read or believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Not of the form of a checkpoint.
    #[error("not of the form of a checkpoint")]
    Form,
    /// It is another log's.
    #[error("the checkpoint is of log {0}")]
    OtherOrigin(String),
    /// Something about the note.
    #[error(transparent)]
    Note(#[from] NoteError),
}

impl Checkpoint {
    /// A checkpoint without further lines.
    pub fn new(origin: String, size: u64, root: Hash) -> Self {
        Self { origin, size, root, extensions: Vec::new() }
    }

    /// Reads a checkpoint's text, in its one form: [`Checkpoint::text`] gives the same bytes again.
    ///
    /// # Errors
    /// [`CheckpointError::Form`].
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let form = CheckpointError::Form;
        let Some(body) = text.strip_suffix('\n') else { return Err(form) };
        let mut lines = body.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next())
        else {
            return Err(form);
        };
        let extensions: Vec<String> = lines.map(str::to_owned).collect();
        let size = decimal(size).filter(|&size| size <= MAX_TREE_SIZE);
        let size = size.ok_or(CheckpointError::Form)?;
        let root = root.parse().map_err(|_| CheckpointError::Form)?;
        if origin.is_empty() || extensions.iter().any(String::is_empty) {
            return Err(form);
        }
        Ok(Self { origin: origin.to_owned(), size, root, extensions })
    }

    /// The text that is signed; also its `Display`.
    pub fn text(&self) -> String {
        self.to_string()
    }

    /// Signs it with the log's key, whose name should be the origin. The same checkpoint and key
    /// give the same bytes.
    ///
    /// # Panics
    /// With a witness's key: see [`crate::cosignature::cosign`].
    pub fn sign(&self, key: &SigningKey) -> Note {
        let text = self.to_string();
        let signatures = vec![key.sign(&text)];
        Note { text, signatures }
    }

    /// Reads a signed checkpoint and checks the log's signature. The log's name is its key's.
    ///
    /// # Errors
    /// [`CheckpointError`].
    pub fn open(note: &[u8], log: &VerifierKey) -> Result<(Self, Note), CheckpointError> {
        let note = Note::parse(note)?;
        note.verify(std::slice::from_ref(log))?;
        let checkpoint = Self::parse(&note.text)?;
        if checkpoint.origin != log.name() {
            return Err(CheckpointError::OtherOrigin(checkpoint.origin));
        }
        Ok((checkpoint, note))
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, self.root)?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

/// A number in its one decimal form.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    let canonical = text == "0" || !text.starts_with('0');
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if canonical && digits { text.parse().ok() } else { None }
}
