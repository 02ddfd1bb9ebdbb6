//! The history of a git repository: each version of each file that its objects hold, and what was
//! said of each change.
//!
//! Objects are packed, so their bytes say nothing; `git` itself unpacks them, if it is installed. It
//! is told to read no settings but the repository's own and to reach no other machine: a repository
//! may come from anybody.

use std::collections::{BTreeSet, HashMap};
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use extract::{Fault, Got, Limits, Piece, Sink, extract_bytes};
use sha2::{Digest as _, Sha256};

use super::paths::Entry;

/// The largest object that is read; git holds it in memory as well.
const OBJECT_MAX: u64 = 256 << 20;

/// Why a history was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoGit {
    /// There is no `git` on this machine.
    Missing,
    /// It says that this is no repository, or a damaged one.
    Damaged,
}

/// What was read of a history.
pub(super) struct History {
    /// Objects.
    pub(super) objects: u64,
    /// Bytes of them.
    pub(super) bytes: u64,
    /// SHA-256 of the list of the objects' names, in order, a line each, in hex.
    pub(super) digest: String,
}

/// The repositories that some files lie in: the folders that hold their objects.
pub(super) fn repositories(entries: &[Entry]) -> BTreeSet<PathBuf> {
    let heads = entries.iter().filter(|entry| entry.path.ends_with("HEAD"));
    let dirs = heads.filter_map(|entry| entry.path.parent());
    dirs.filter(|dir| dir.join("objects").is_dir() && dir.join("refs").is_dir())
        .map(Path::to_owned)
        .collect()
}

/// Hands everything in a repository to a sink: files as they were, as `path@1a2b3c4d`, and commits
/// and tags with what they say.
pub(super) fn read(dir: &Path, limits: Limits, sink: &mut dyn Sink) -> Result<History, NoGit> {
    let names = names(dir)?;
    let mut all = list(dir)?;
    all.sort_unstable();
    let mut hasher = Sha256::new();
    let mut history = History { objects: 0, bytes: 0, digest: String::new() };
    let mut git = Running(
        command(dir, &["cat-file", "--batch"]).stdin(Stdio::piped()).spawn().map_err(missing)?,
    );
    let (Some(mut ask), Some(answer)) = (git.0.stdin.take(), git.0.stdout.take()) else {
        return Err(NoGit::Damaged);
    };
    let mut answer = BufReader::with_capacity(1 << 18, answer);
    for (object, kind, size) in &all {
        if !sink.go_on() {
            return Ok(history);
        }
        hasher.update(format!("{object}\n"));
        history.objects += 1;
        // A tree holds names and hashes of files; the names come with the files.
        if kind == "tree" {
            continue;
        }
        let short = object.get(..8).unwrap_or(object);
        let name = match (&**kind, names.get(object)) {
            ("blob", Some(path)) => format!("{path}@{short}"),
            (kind, _) => format!("{kind}@{short}"),
        };
        if *size > OBJECT_MAX {
            sink.fault(Fault { path: name, why: extract::Why::Held, got: Got::Nothing });
            continue;
        }
        let bytes = one(&mut ask, &mut answer, object).ok_or(NoGit::Damaged)?;
        history.bytes += bytes.len() as u64;
        let mut within = Within { name: &name, sink };
        // The ending tells what a file is; the object's name comes after it.
        let plain = names.get(object).map_or("text.txt", String::as_str);
        extract_bytes(plain, &bytes, limits, &mut within);
    }
    history.digest = hex::encode(hasher.finalize());
    Ok(history)
}

/// Asks for one object.
fn one(
    ask: &mut impl std::io::Write,
    answer: &mut impl std::io::BufRead,
    object: &str,
) -> Option<Vec<u8>> {
    writeln!(ask, "{object}").and_then(|()| ask.flush()).ok()?;
    let mut head = String::new();
    answer.read_line(&mut head).ok()?;
    let size: u64 = head.split_whitespace().nth(2)?.parse().ok()?;
    let mut bytes = Vec::new();
    answer.by_ref().take(size).read_to_end(&mut bytes).ok()?;
    let mut end = [0];
    answer.read_exact(&mut end).ok()?;
    (bytes.len() as u64 == size).then_some(bytes)
}

/// All objects, also those that nothing leads to any more: name, kind, size.
fn list(dir: &Path) -> Result<Vec<(String, String, u64)>, NoGit> {
    let format = "--batch-check=%(objectname) %(objecttype) %(objectsize)";
    let lines = lines(dir, &["cat-file", "--batch-all-objects", format])?;
    let parsed = lines.iter().map(|line| {
        let mut words = line.split(' ').map(str::to_owned);
        let (object, kind) = (words.next()?, words.next()?);
        Some((object, kind, words.next()?.parse().ok()?))
    });
    parsed.collect::<Option<_>>().ok_or(NoGit::Damaged)
}

/// What each file was called, as far as something leads to it.
fn names(dir: &Path) -> Result<HashMap<String, String>, NoGit> {
    let lines = lines(dir, &["rev-list", "--objects", "--all", "--reflog"])?;
    let named = lines.iter().filter_map(|line| line.split_once(' '));
    Ok(named
        .filter(|(_, path)| !path.is_empty())
        .map(|(object, path)| (object.to_owned(), super::paths::shown(Path::new(path))))
        .collect())
}

fn lines(dir: &Path, args: &[&str]) -> Result<Vec<String>, NoGit> {
    let output = command(dir, args).stdin(Stdio::null()).output().map_err(missing)?;
    if !output.status.success() {
        return Err(NoGit::Damaged);
    }
    Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
}

fn missing(error: std::io::Error) -> NoGit {
    match error.kind() {
        std::io::ErrorKind::NotFound => NoGit::Missing,
        _ => NoGit::Damaged,
    }
}

fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("git");
    command
        .args(["--git-dir", "."])
        .args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"])
        .args(["-c", "protocol.allow=never", "-c", "core.quotePath=false"])
        .args(args)
        .current_dir(dir)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", if cfg!(windows) { "NUL" } else { "/dev/null" })
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env_remove("GIT_WORK_TREE")
        .env_remove("GIT_OBJECT_DIRECTORY")
        .env_remove("GIT_ALTERNATE_OBJECT_DIRECTORIES")
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// Ends what it holds, also when reading was given up.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// What lies in an object, under the object's name.
struct Within<'w> {
    name: &'w str,
    sink: &'w mut dyn Sink,
}

impl Within<'_> {
    fn path(&self, path: &str) -> String {
        if path.is_empty() { self.name.to_owned() } else { format!("{}!/{path}", self.name) }
    }
}

impl Sink for Within<'_> {
    fn begin(&mut self, piece: Piece<'_>) {
        let path = self.path(piece.path);
        self.sink.begin(Piece { path: &path, ..piece });
    }

    fn feed(&mut self, bytes: &[u8]) {
        self.sink.feed(bytes);
    }

    fn page(&mut self, page: u32) {
        self.sink.page(page);
    }

    fn end(&mut self) {
        self.sink.end();
    }

    fn fault(&mut self, fault: Fault) {
        let path = self.path(&fault.path);
        self.sink.fault(Fault { path, ..fault });
    }

    fn go_on(&mut self) -> bool {
        self.sink.go_on()
    }
}
