//! Files that are there whole or not at all, and readable by their owner only.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use crate::error::DiskError;

const TEMP_END: &str = ".part";

fn failed(doing: &'static str) -> impl FnOnce(io::Error) -> DiskError {
    move |source| DiskError::from_io(doing, source)
}

/// Makes `dir` and its parents; `dir` itself is for its owner only (0700 on Unix).
pub(crate) fn private_dir(dir: &Path) -> Result<(), DiskError> {
    fs::create_dir_all(dir).map_err(failed("make a folder"))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(dir, fs::Permissions::from_mode(0o700))
            .map_err(failed("set a folder's permissions"))?;
    }
    Ok(())
}

/// As [`private_dir`], and durable: also the names of parents that had to be made.
pub(crate) fn lasting_private_dir(dir: &Path) -> Result<(), DiskError> {
    let made: Vec<&Path> = dir.ancestors().take_while(|dir| !dir.exists()).collect();
    private_dir(dir)?;
    for dir in made {
        match dir.parent() {
            Some(parent) if parent.as_os_str().is_empty() => sync_dir(Path::new("."))?,
            Some(parent) => sync_dir(parent)?,
            None => {}
        }
    }
    Ok(())
}

/// Makes the names inside `dir` durable.
///
/// Windows offers no such call; there the file system's journal keeps the order of names.
pub(crate) fn sync_dir(dir: &Path) -> Result<(), DiskError> {
    #[cfg(unix)]
    File::open(dir).and_then(|dir| dir.sync_all()).map_err(failed("make a folder durable"))?;
    #[cfg(not(unix))]
    let _ = dir;
    Ok(())
}

/// A file being written. It has no lasting name yet and vanishes when dropped.
///
/// It is locked while it is open, so that [`sweep`] in another process sees that it is in use; a
/// process number would not tell that across containers.
pub(crate) struct Temp {
    path: PathBuf,
    file: Option<File>,
}

impl Temp {
    /// A new empty file in `dir`, 0600 on Unix.
    pub(crate) fn new(dir: &Path) -> Result<Self, DiskError> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = dir.join(format!("{}-{number}{TEMP_END}", std::process::id()));
            match private_file(&path) {
                Ok(file) => {
                    // Some network file systems know no locks; age alone protects it there.
                    let _ = file.try_lock();
                    return Ok(Temp { path, file: Some(file) });
                }
                // Left over from a process that had our number.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(DiskError::from_io("make a temporary file", error)),
            }
        }
    }

    pub(crate) fn file(&mut self) -> &mut File {
        self.file.as_mut().expect("a temporary file is open until it gets its name")
    }

    /// Gives it the name `to`, replacing what was there. Durable on return.
    pub(crate) fn replace(mut self, to: &Path) -> Result<(), DiskError> {
        self.settle()?;
        fs::rename(&self.path, to).map_err(failed("put a file in its place"))?;
        sync_dir(parent(to))
    }

    /// Gives it the name `to` unless a file is there already (`false`). Durable on return, also
    /// when another writer was first.
    pub(crate) fn keep_unless_there(mut self, to: &Path) -> Result<bool, DiskError> {
        self.settle()?;
        let kept = match fs::hard_link(&self.path, to) {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => false,
            // No hard links here (exFAT, some network shares): two writers of the same content in
            // the same instant may then replace one another's file, which is as good.
            Err(_) if to.exists() => false,
            Err(_) => {
                fs::rename(&self.path, to).map_err(failed("put a file in its place"))?;
                true
            }
        };
        sync_dir(parent(to))?;
        Ok(kept)
    }

    /// Flushes to the disk and closes.
    fn settle(&mut self) -> Result<(), DiskError> {
        self.file().sync_all().map_err(failed("make a file durable"))?;
        self.file = None;
        Ok(())
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        self.file = None;
        let _ = fs::remove_file(&self.path); // already renamed, or swept later
    }
}

/// Removes temporary files in `dir` that are older than `safe_age` and that no process holds.
///
/// `now` before a file's time (a clock that jumped) keeps the file.
pub(crate) fn sweep(dir: &Path, now: SystemTime, safe_age: Duration) -> Result<(), DiskError> {
    for entry in fs::read_dir(dir).map_err(failed("list a folder"))? {
        let entry = entry.map_err(failed("list a folder"))?;
        if !is_temp(&entry.path()) {
            continue;
        }
        let old = entry
            .metadata()
            .and_then(|data| data.modified())
            .is_ok_and(|then| now.duration_since(then).is_ok_and(|age| age > safe_age));
        // A file that vanishes meanwhile was removed by its owner: nothing to do.
        if old && File::open(entry.path()).is_ok_and(|file| !held(&file)) {
            let _ = fs::remove_file(entry.path());
        }
    }
    Ok(())
}

fn held(file: &File) -> bool {
    matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock))
}

/// Whether the name is one that [`Temp`] gives.
pub(crate) fn is_temp(path: &Path) -> bool {
    path.to_string_lossy().ends_with(TEMP_END)
}

fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

fn parent(path: &Path) -> &Path {
    path.parent().expect("files of the vault lie in a folder")
}
