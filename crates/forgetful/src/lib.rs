//! A disk that forgets what was not made durable: for tests of power cuts, full and failing disks.
//!
//! [`Disk`] mounts a small file system over FUSE (no libfuse, only `/dev/fuse`). Programs see each
//! write at once; on the disk it lies only after `fsync` of the file, and a new, renamed or removed
//! name only after `fsync` of its folder. [`Disk::cut_after`] lets the power fail in the middle of
//! the work; [`Disk::power_up`] mounts what the disk still has: everything synced, and of the rest
//! a random part, pages out of order and torn between sectors, as real disks leave them.
//!
//! It stands below SQLite and the vault alike, since our code can't stand between them and the disk.
//!
//! The file system runs in a process of its own: one that maps a file of a disk that it serves
//! itself can wait for itself for ever. That process is the test program once more, so a test
//! program that uses a [`Disk`] says at its root:
//! ```text
//! #[test]
//! fn serve_disk() {
//!     forgetful::serve_if_asked();
//! }
//! ```
#![cfg(target_os = "linux")]

mod chance;
mod file;
mod mounted;
mod server;
mod state;

use std::io::{BufRead as _, BufReader, Error, Result, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

pub use server::serve_if_asked;

/// The test that serves; see above.
const SERVING_TEST: &str = "serve_disk";
/// The environment tells the served folder and the seed.
const AT: &str = "FORGETFUL_AT";
const SEED: &str = "FORGETFUL_SEED";
/// Begins each answer of the serving process, which says other things, too.
const ANSWER: &str = "disk: ";
/// Begins the answer that something went wrong.
const WRONG: &str = "wrong: ";
/// An answer takes microseconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// A disk that forgets; unmounted when dropped.
pub struct Disk {
    at: PathBuf,
    server: Child,
    line: Mutex<Line>,
}

/// The line to the serving process: one order and its answer at a time.
struct Line {
    orders: Option<ChildStdin>,
    answers: Receiver<String>,
}

impl Disk {
    /// Mounts an empty disk on an empty folder. The same seed forgets alike, as far as threads
    /// write in the same order.
    ///
    /// # Errors
    /// Why this machine can't: no FUSE, or no right to mount.
    pub fn mount(at: &Path, seed: u64) -> Result<Self> {
        let mut server = Command::new(std::env::current_exe()?)
            .args(["--exact", SERVING_TEST, "--nocapture", "--test-threads=1"])
            .env(AT, at)
            .env(SEED, seed.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let orders = server.stdin.take();
        let output = server.stdout.take().ok_or_else(|| Error::other("no output"))?;
        let (told, answers) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                // The harness may have begun the line.
                if let Some((_, answer)) = line.split_once(ANSWER) {
                    drop(told.send(answer.to_owned()));
                }
            }
        });
        let line = Mutex::new(Line { orders, answers });
        let mut disk = Self { at: at.to_owned(), server, line };
        disk.line.get_mut().unwrap_or_else(PoisonError::into_inner).hear()?;
        Ok(disk)
    }

    /// The folder it is mounted on.
    pub fn path(&self) -> &Path {
        &self.at
    }

    /// The power fails at the change after so many more: a write, a sync, a new name. From then on
    /// every call fails.
    pub fn cut_after(&self, changes: u64) {
        self.order(&format!("cut {changes}"));
    }

    /// Whether the power has failed.
    pub fn is_off(&self) -> bool {
        self.order("off") == "true"
    }

    /// Lets the power fail now if it has not yet, forgets, and mounts what is left. No program may
    /// have files open.
    pub fn power_up(&mut self) {
        self.order("up");
    }

    /// How many bytes files may take together; a write beyond fails with `ENOSPC`.
    pub fn set_room(&self, bytes: u64) {
        self.order(&format!("room {bytes}"));
    }

    /// The bytes that files take now.
    pub fn used(&self) -> u64 {
        self.order("used").parse().expect("a number of bytes")
    }

    /// The next sync of a file whose name ends with `ending` fails with `EIO`, and what it should
    /// have made durable is lost, though programs still read it: as Linux does.
    pub fn fail_next_sync(&self, ending: &str) {
        self.order(&format!("fail {ending}"));
    }

    /// How many syncs of files were asked for since [`Disk::fail_next_sync`] came to pass; `None`
    /// before.
    pub fn syncs_since_failure(&self) -> Option<u64> {
        self.order("syncs").parse().ok()
    }

    /// From here on the disk says that it has synced, and has not.
    pub fn lie(&self) {
        self.order("lie");
    }

    fn order(&self, text: &str) -> String {
        let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(orders) = &mut line.orders {
            writeln!(orders, "{text}").expect("the disk's process takes orders");
        }
        line.hear().expect("the disk's process does what it is told")
    }
}

impl Line {
    fn hear(&self) -> Result<String> {
        let answer = self.answers.recv_timeout(PATIENCE).map_err(Error::other)?;
        match answer.strip_prefix(WRONG) {
            Some(wrong) => Err(Error::other(wrong.to_owned())),
            None => Ok(answer),
        }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // It unmounts when there are no more orders.
        self.line.get_mut().unwrap_or_else(PoisonError::into_inner).orders = None;
        drop(self.server.wait());
    }
}
