//! The history of a git repository: each version of each file that its objects hold, and what was
//! said of each change.
//!
//! Objects are packed, so their bytes say nothing; `git` itself unpacks them, if it is installed. It
//! is told to read no settings but the repository's own and to reach no other machine: a repository
//! may come from anybody.

use std::collections::{BTreeSet, HashMap};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

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
    let mut objects = Objects::of(dir)?;
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
        let bytes = objects.one(object).ok_or(NoGit::Damaged)?;
        history.bytes += bytes.len() as u64;
        let mut within = Within { name: &name, sink };
        // The ending tells what a file is; the object's name comes after it.
        let plain = names.get(object).map_or("text.txt", String::as_str);
        extract_bytes(plain, &bytes, limits, &mut within);
    }
    history.digest = hex::encode(hasher.finalize());
    Ok(history)
}

/// A repository's objects, by a `git` that runs as long as they are asked for.
pub(super) struct Objects {
    ask: ChildStdin,
    answer: BufReader<ChildStdout>,
    /// Ended when this goes.
    _git: Running,
}

impl Objects {
    /// Those of a repository.
    pub(super) fn of(dir: &Path) -> Result<Self, NoGit> {
        let git = command(dir, &["cat-file", "--batch"]).stdin(Stdio::piped()).spawn();
        let mut git = Running(git.map_err(missing)?);
        let (Some(ask), Some(answer)) = (git.0.stdin.take(), git.0.stdout.take()) else {
            return Err(NoGit::Damaged);
        };
        Ok(Self { ask, answer: BufReader::with_capacity(1 << 18, answer), _git: git })
    }

    /// Asks for one object.
    pub(super) fn one(&mut self, object: &str) -> Option<Vec<u8>> {
        writeln!(self.ask, "{object}").and_then(|()| self.ask.flush()).ok()?;
        let mut head = String::new();
        self.answer.read_line(&mut head).ok()?;
        let size: u64 = head.split_whitespace().nth(2)?.parse().ok()?;
        let mut bytes = Vec::new();
        self.answer.by_ref().take(size).read_to_end(&mut bytes).ok()?;
        let mut end = [0];
        self.answer.read_exact(&mut end).ok()?;
        (bytes.len() as u64 == size).then_some(bytes)
    }
}

/// A commit, as it says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Commit {
    /// Its name: a hash of all it holds and of what came before.
    pub(super) id: String,
    /// When it was written and when it was committed, seconds since 1970.
    pub(super) times: [i64; 2],
    /// Files that it brought: the object's name, and the path.
    pub(super) brought: Vec<(String, String)>,
}

/// What the references of a repository lead to.
pub(super) fn heads(dir: &Path) -> Result<Vec<String>, NoGit> {
    let mut heads = lines(dir, &["for-each-ref", "--format=%(objectname)"])?;
    heads.extend(lines(dir, &["rev-parse", "--verify", "--quiet", "HEAD"]).unwrap_or_default());
    heads.sort_unstable();
    heads.dedup();
    Ok(heads)
}

/// All commits that some reference leads to, each after those it comes from; with the files that
/// each brought when `files` is set.
pub(super) fn commits(dir: &Path, files: bool) -> Result<Vec<Commit>, NoGit> {
    let mut args =
        vec!["log", "--all", "HEAD", "--topo-order", "--reverse", "--format=>%H %at %ct"];
    if files {
        // A merge brings what it changed against either side.
        args.extend(["-m", "--raw", "--no-abbrev", "--no-renames", "--root", "--no-ext-diff"]);
    }
    // Beside git's own files, HEAD would be one of them.
    args.push("--");
    let mut commits: Vec<Commit> = Vec::new();
    for line in lines(dir, &args)? {
        if let Some(head) = line.strip_prefix('>') {
            let mut words = head.split(' ');
            let id = words.next().ok_or(NoGit::Damaged)?.to_owned();
            let mut time = || words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
            let times = [time(), time()];
            // With -m a merge is told once for each side.
            if commits.last().is_none_or(|last| last.id != id) {
                commits.push(Commit { id, times, brought: Vec::new() });
            }
        } else if let Some(change) = line.strip_prefix(':') {
            let Some((change, path)) = change.split_once('\t') else { continue };
            let mut words = change.split(' ');
            let (mode, object) = (words.nth(1), words.nth(1));
            let (Some(mode), Some(object), Some(last)) = (mode, object, commits.last_mut()) else {
                continue;
            };
            // Links and other repositories hold no content, and a file that went brought none.
            if mode.starts_with("100") {
                last.brought.push((object.to_owned(), super::paths::shown(Path::new(path))));
            }
        }
    }
    Ok(commits)
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
