//! What a run has read so far, sealed, so that a run that was killed goes on where it was.
//!
//! One file for each kind of run and what it reads, named by a hash: a length in four bytes and a
//! sealed list, again and again. What a power cut leaves at its end is no list, and is read anew.

use std::fs::{self, File};
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::PathBuf;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use vault::Unlocked;

use super::sweep::json;
use crate::{Office, Sort, Trouble};

/// Files of one sealed list.
const LIST: usize = 256;
/// Bytes of files after which a list is sealed, however few they are.
const BYTES: u64 = 64 << 20;

#[derive(Serialize, Deserialize)]
struct List<T> {
    rules: String,
    seen: Vec<T>,
}

/// Whose spool it is.
#[derive(Clone, Copy)]
pub(super) struct Kind<'k> {
    /// The folder of its kind of run.
    pub(super) folder: &'static str,
    /// What is read.
    pub(super) of: &'k str,
    /// What is said when another run holds it.
    pub(super) held: &'static str,
}

/// See the module's head. `T` is what is kept of a file.
pub(super) struct Spool<'o, T> {
    office: &'o Office,
    unlocked: &'o Unlocked,
    path: PathBuf,
    file: File,
    waiting: List<T>,
    /// Bytes of the files that wait.
    bytes: u64,
}

fn path_of(office: &Office, kind: Kind<'_>) -> PathBuf {
    let name = hex::encode(&Sha256::digest(kind.of)[..12]);
    office.home().dir.join("match").join(kind.folder).join(format!("{name}.part"))
}

/// Removes what a run left that is recorded now.
pub(super) fn forget(office: &Office, kind: Kind<'_>) {
    // What stays is used by the next run as long as the files are as they were.
    drop(fs::remove_file(path_of(office, kind)));
}

impl<'o, T: Serialize + DeserializeOwned> Spool<'o, T> {
    /// Opens a spool, which is held as long as this lives. What was kept under other rules counts
    /// for nothing.
    ///
    /// # Errors
    /// [`Trouble::Other`] when another run holds it; [`Trouble::Disk`].
    pub(super) fn open(
        office: &'o Office,
        kind: Kind<'_>,
        rules: &str,
        fresh: bool,
        unlocked: &'o Unlocked,
    ) -> Result<Self, Trouble> {
        let path = path_of(office, kind);
        let dir = path.parent().unwrap_or(&path).to_owned();
        fs::create_dir_all(&dir).map_err(|error| Trouble::disk(&dir, error))?;
        let disk = |error| Trouble::disk(&path, error);
        let mut options = fs::OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let file = options.open(&path).map_err(disk)?;
        if file.try_lock().is_err() {
            let args = vec![("path", kind.of.lines().collect::<Vec<_>>().join(", "))];
            return Err(Trouble::Other(kind.held, args, Sort::Conflict));
        }
        if fresh {
            file.set_len(0).map_err(disk)?;
        }
        let waiting = List { rules: rules.to_owned(), seen: Vec::new() };
        Ok(Self { office, unlocked, path, file, waiting, bytes: 0 })
    }

    /// What is in it, as far as it is whole and was found by the same rules.
    pub(super) fn read(&mut self) -> Result<Vec<T>, Trouble> {
        let mut seen = Vec::new();
        let mut whole = 0;
        self.file.seek(SeekFrom::Start(0)).map_err(|error| Trouble::disk(&self.path, error))?;
        while let Some(list) = self.next()? {
            let Ok(list) = serde_json::from_slice::<List<T>>(&list) else { break };
            if list.rules != self.waiting.rules {
                break;
            }
            seen.extend(list.seen);
            whole =
                self.file.stream_position().map_err(|error| Trouble::disk(&self.path, error))?;
        }
        let disk = |error| Trouble::disk(&self.path, error);
        self.file.set_len(whole).map_err(disk)?;
        self.file.seek(SeekFrom::Start(whole)).map_err(disk)?;
        Ok(seen)
    }

    fn next(&mut self) -> Result<Option<Vec<u8>>, Trouble> {
        let mut read = |buffer: &mut [u8]| match self.file.read_exact(buffer) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
            Err(error) => Err(Trouble::disk(&self.path, error)),
        };
        let mut length = [0; 4];
        if !read(&mut length)? {
            return Ok(None);
        }
        let length = u32::from_be_bytes(length) as usize;
        if length > 2 * vault::TEXT_BYTES_MAX {
            return Ok(None);
        }
        let mut sealed = vec![0; length];
        if !read(&mut sealed)? {
            return Ok(None);
        }
        Ok(self.unlocked.open(&sealed).ok().map(|list| list.to_vec()))
    }

    /// Adds what is kept of a file of so many bytes; every so many of them are sealed and written.
    pub(super) fn add(&mut self, seen: T, bytes: u64) -> Result<(), Trouble> {
        self.waiting.seen.push(seen);
        self.bytes += bytes;
        let enough = self.waiting.seen.len() >= LIST || self.bytes >= BYTES;
        if enough { self.flush() } else { Ok(()) }
    }

    /// Seals and writes what waits.
    pub(super) fn flush(&mut self) -> Result<(), Trouble> {
        if self.waiting.seen.is_empty() {
            return Ok(());
        }
        let text = json(&self.waiting)?;
        self.waiting.seen.clear();
        self.bytes = 0;
        // A list too long to be sealed is read again by the next run.
        let Ok(sealed) = self.office.seal_for_vault(&text) else { return Ok(()) };
        let disk = |error| Trouble::disk(&self.path, error);
        let length = u32::try_from(sealed.len()).unwrap_or(u32::MAX).to_be_bytes();
        self.file.write_all(&[&length[..], &sealed].concat()).map_err(disk)
    }
}
