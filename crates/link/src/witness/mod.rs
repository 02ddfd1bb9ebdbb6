//! A witness (C2SP tlog-witness v1.0.0): cosigns a log's checkpoint if the log has only grown.
//!
//! Its whole worth is one promise: for each size of each log it cosigns one root at most, ever. So
//! comparison and storing are one transaction, on disk before the answer leaves; and after a
//! failed write it says nothing more until it is opened anew.
//!
//! Its folder must not be brought back from an old backup under the same key: it would forget what
//! it has cosigned since. Make a new witness instead.

mod routes;
mod state;
mod writer;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, TrySendError};
use std::sync::{Arc, Mutex, PoisonError};

use ledger::note::{KeyError, KeyKind, Signature, SigningKey, VerifierKey};
use ledger::witness::{AddCheckpoint, Authentic, Refusal, authenticate};
use tokio::sync::oneshot;

pub use routes::{BODY_BYTES_MAX, witness_router};
pub use state::{Evidence, EvidenceKind, FollowedLog};

use crate::Clock;
use state::State;
use writer::Job;

const DATABASE: &str = "witness.sqlite";
const KEY: &str = "witness.key";
/// Requests that may wait for the writer; more are told to come back.
const WAITING_MAX: usize = 1024;

/// A witness that is open. Cheap to clone; closed when the last clone is dropped.
#[derive(Clone)]
pub struct Witness(Arc<Inner>);

struct Inner {
    key: VerifierKey,
    jobs: SyncSender<Job>,
    /// A second connection, so that readers don't wait for the writer's disk.
    reader: Mutex<State>,
}

/// The answer to a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Stored for good, and cosigned.
    Cosigned(Signature),
    /// Not cosigned, and why.
    Refused(Refusal),
    /// Nothing decided: too many requests, or the disk failed.
    Unavailable,
}

/// A witness cannot be made, opened or changed.
#[derive(Debug, thiserror::Error)]
pub enum WitnessError {
    /// There is one already.
    #[error("there is a witness already in {0}")]
    Exists(PathBuf),
    /// A name or key is not fit.
    #[error("the key is not fit")]
    Key(#[from] KeyError),
    /// The key's file can be read by others, so it may be known to them.
    #[error("{0} can be read by others")]
    KeyExposed(PathBuf),
    /// Not a log's key (type 0x01), or not a witness's (0x04) where one is needed.
    #[error("a key of another kind is needed here")]
    KeyKind,
    /// The log is followed under another key.
    #[error("{0} is followed under another key")]
    OtherKey(String),
    /// The log is not followed.
    #[error("{0} is not followed")]
    UnknownLog(String),
    /// An origin is empty, longer than 512 bytes, or holds control characters.
    #[error("not an origin")]
    Origin,
    /// The database failed, or holds what it should not.
    #[error("the witness's database failed")]
    Database(#[from] rusqlite::Error),
    /// A file failed.
    #[error("a file of the witness failed")]
    File(#[from] std::io::Error),
}

impl Witness {
    /// Makes a witness in `folder`, which may exist but not hold one. `name` stands in each
    /// cosignature (a schema-less URL is usual); `seed` must be random and is kept in the folder.
    ///
    /// # Errors
    /// [`WitnessError`]; half-made folders can be made again.
    pub fn create(
        folder: &Path,
        name: &str,
        seed: &[u8; 32],
        clock: Clock,
    ) -> Result<Self, WitnessError> {
        let key = SigningKey::cosigner(name, seed)?;
        std::fs::create_dir_all(folder)?;
        if folder.join(KEY).exists() {
            return Err(WitnessError::Exists(folder.to_path_buf()));
        }
        // The key last: a folder with a key is a whole witness.
        State::open(&folder.join(DATABASE))?;
        write_key(folder, &key)?;
        Self::open(folder, clock)
    }

    /// Opens the witness in `folder`, made by [`Witness::create`].
    ///
    /// # Errors
    /// [`WitnessError`].
    pub fn open(folder: &Path, clock: Clock) -> Result<Self, WitnessError> {
        let key = read_key(&folder.join(KEY))?;
        let state = State::open(&folder.join(DATABASE))?;
        let reader = Mutex::new(State::open(&folder.join(DATABASE))?);
        let verifier = key.verifier();
        let jobs = writer::start(state, key, clock, WAITING_MAX)?;
        Ok(Self(Arc::new(Inner { key: verifier, jobs, reader })))
    }

    /// The key that checks its cosignatures; shown as a vkey.
    #[must_use]
    pub fn vkey(&self) -> VerifierKey {
        self.0.key.clone()
    }

    /// Follows a log from now on. Saying it twice changes nothing.
    ///
    /// # Errors
    /// [`WitnessError::OtherKey`] if the origin is followed under another key: see
    /// [`Witness::replace_log_key`].
    pub fn add_log(&self, origin: &str, vkey: &VerifierKey) -> Result<(), WitnessError> {
        check_log(origin, vkey)?;
        let known = self.read(|state| state.add_log(origin, vkey))?;
        if known == *vkey { Ok(()) } else { Err(WitnessError::OtherKey(origin.to_owned())) }
    }

    /// Gives a log another key and keeps what was cosigned: its history goes on.
    ///
    /// # Errors
    /// [`WitnessError::UnknownLog`] if the origin is not followed.
    pub fn replace_log_key(&self, origin: &str, vkey: &VerifierKey) -> Result<(), WitnessError> {
        check_log(origin, vkey)?;
        if self.read(|state| state.replace_key(origin, vkey))? {
            Ok(())
        } else {
            Err(WitnessError::UnknownLog(origin.to_owned()))
        }
    }

    /// The logs that are followed, by origin.
    ///
    /// # Errors
    /// [`WitnessError::Database`].
    pub fn logs(&self) -> Result<Vec<FollowedLog>, WitnessError> {
        self.read(State::logs)
    }

    /// The latest checkpoint of a log with its signatures and our cosignature, as text; `None` if
    /// the log is not followed or has none yet.
    ///
    /// # Errors
    /// [`WitnessError::Database`].
    pub fn latest(&self, origin: &str) -> Result<Option<String>, WitnessError> {
        self.latest_by_hash(&state::origin_hash(origin))
    }

    fn latest_by_hash(&self, hash: &str) -> Result<Option<String>, WitnessError> {
        self.read(|state| state.latest_note(hash))
    }

    /// What logs signed that does not fit what they had signed before; oldest first.
    ///
    /// # Errors
    /// [`WitnessError::Database`].
    pub fn evidence(&self) -> Result<Vec<Evidence>, WitnessError> {
        self.read(State::evidence)
    }

    /// Decides on the body of an `add-checkpoint`. When this says [`Decision::Cosigned`] it is on
    /// disk. Needs a tokio runtime.
    pub async fn add_checkpoint(&self, body: &[u8]) -> Decision {
        let body = body.to_vec();
        let this = self.clone();
        // Checking a signature takes long enough to keep other requests waiting.
        let job = tokio::task::spawn_blocking(move || this.admit(body)).await;
        let (authentic, text, body) = match job {
            Ok(Ok(admitted)) => admitted,
            Ok(Err(decision)) => return decision,
            Err(_) => return Decision::Unavailable,
        };
        let (reply, decision) = oneshot::channel();
        match self.0.jobs.try_send(Job { authentic, text, body, reply }) {
            Ok(()) => decision.await.unwrap_or(Decision::Unavailable),
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => Decision::Unavailable,
        }
    }

    /// As [`Witness::add_checkpoint`], for callers that may block; not within a tokio runtime.
    pub fn add_checkpoint_blocking(&self, body: &[u8]) -> Decision {
        let (authentic, text, body) = match self.admit(body.to_vec()) {
            Ok(admitted) => admitted,
            Err(decision) => return decision,
        };
        let (reply, decision) = oneshot::channel();
        match self.0.jobs.send(Job { authentic, text, body, reply }) {
            Ok(()) => decision.blocking_recv().unwrap_or(Decision::Unavailable),
            Err(_) => Decision::Unavailable,
        }
    }

    /// What can be said without knowing what was cosigned before: form, log, signature.
    fn admit(&self, body: Vec<u8>) -> Result<(Authentic, String, Vec<u8>), Decision> {
        let request = AddCheckpoint::parse(&body).map_err(Decision::Refused)?;
        let mut failed = false;
        let authentic = authenticate(&request, |origin| {
            let key = self.read(|state| state.key(origin));
            failed = key.is_err();
            key.ok().flatten()
        });
        match authentic {
            _ if failed => Err(Decision::Unavailable),
            Ok(authentic) => Ok((authentic, request.note.text, body)),
            Err(refusal) => Err(Decision::Refused(refusal)),
        }
    }

    fn read<T>(&self, ask: impl FnOnce(&State) -> rusqlite::Result<T>) -> Result<T, WitnessError> {
        // A reader that panicked has left no half-done work: each question is one statement.
        let state = self.0.reader.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(ask(&state)?)
    }
}

fn check_log(origin: &str, vkey: &VerifierKey) -> Result<(), WitnessError> {
    if vkey.kind() != KeyKind::Log {
        return Err(WitnessError::KeyKind);
    }
    if origin.is_empty() || origin.len() > 512 || origin.chars().any(char::is_control) {
        return Err(WitnessError::Origin);
    }
    Ok(())
}

/// Writes the key for its owner's eyes only, and only whole.
fn write_key(folder: &Path, key: &SigningKey) -> Result<(), WitnessError> {
    let draft = folder.join("witness.key.new");
    if draft.exists() {
        std::fs::remove_file(&draft)?; // left behind when making it was broken off
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    writeln!(file, "{}", key.to_text())?;
    file.sync_all()?;
    std::fs::rename(&draft, folder.join(KEY))?;
    #[cfg(unix)]
    std::fs::File::open(folder)?.sync_all()?; // so that the new name lasts
    Ok(())
}

fn read_key(path: &Path) -> Result<SigningKey, WitnessError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        if std::fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
            return Err(WitnessError::KeyExposed(path.to_path_buf()));
        }
    }
    let key = SigningKey::parse(std::fs::read_to_string(path)?.trim_end())?;
    if key.verifier().kind() == KeyKind::Cosigner { Ok(key) } else { Err(WitnessError::KeyKind) }
}
