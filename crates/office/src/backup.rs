//! Backup of a node while it runs, the drill that shows it can be restored, and restoring.
//!
//! A backup is a folder: `node/`, a data directory as it was at one moment, and `backup.json`, which
//! says what it holds. The database is copied in one transaction; files of the vault never change
//! under their name, so those it mentions are the right ones. What was sealed stays sealed.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use domain::Command;
use ledger::checkpoint::Checkpoint;
use serde::{Deserialize, Serialize};
use store::Receipt;
use vault::Unlocked;

use crate::gather::read_through;
use crate::home::{private_file, sync_parent};
use crate::{Ask, Findings, Office, Sort, Trouble, Whom, World, files, publish};

/// What a backup says of itself.
const MANIFEST: &str = "backup.json";
/// The copied data directory in it.
const NODE: &str = "node";
/// The newest layout that this program knows.
const VERSION: u32 = 1;
/// What is not copied: the database goes its own way, tiles are made of it, public corpora can be
/// built again, and the rest are files on their way in.
const LEFT_OUT: [&str; 4] = ["tiles", "uploads", "vault/tmp", "match/corpora"];

/// A file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Kept {
    /// Its path in the data directory, with `/`.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of its content, in hex.
    pub sha256: String,
}

/// What a backup holds: `backup.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// The layout's version.
    pub version: u32,
    /// The log's origin.
    pub origin: String,
    /// Entries.
    pub size: u64,
    /// The checkpoint of that size, signed by the log.
    pub checkpoint: String,
    /// When it was made.
    pub made: String,
    /// The program that made it.
    pub program: String,
    /// Its files, by path.
    pub files: Vec<Kept>,
}

impl Backup {
    /// The bytes of all files.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.size).sum()
    }

    /// Reads what a backup says of itself.
    ///
    /// # Errors
    /// [`Trouble`] when there is no backup, or one of a newer program.
    pub fn read(from: &Path) -> Result<Self, Trouble> {
        let none = || {
            let args = vec![("path", from.display().to_string())];
            Trouble::Other("trouble-no-backup", args, Sort::NotFound)
        };
        let text = fs::read_to_string(from.join(MANIFEST)).map_err(|_| none())?;
        let backup: Self = serde_json::from_str(&text).map_err(|_| none())?;
        if backup.version > VERSION { Err(Trouble::Newer) } else { Ok(backup) }
    }
}

/// What a drill has shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drill {
    /// The backup.
    pub backup: Backup,
    /// Files whose content is as the backup says.
    pub files: u64,
    /// What a full check of the restored directory came to.
    pub findings: Findings,
    /// Sealed statements and files that were opened with the passphrase; `None` without one.
    pub opened: Option<u64>,
}

/// Whether a restored node is the newest there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Newest {
    /// These witnesses know no longer log.
    Confirmed(Vec<String>),
    /// Nobody could say.
    Unknown,
    /// A witness has seen so many entries, and those missing are lost: that was accepted.
    Older {
        /// The witness.
        witness: String,
        /// Entries it has seen.
        seen: u64,
    },
}

impl Office {
    /// Makes a backup in a new folder, while the node goes on.
    ///
    /// # Errors
    /// [`Trouble`]; nothing stays behind then. A folder that holds something is left as it is.
    pub fn back_up(&self, out: &Path) -> Result<Backup, Trouble> {
        let disk = |error| Trouble::disk(out, error);
        fresh(out)?;
        let [own, real] =
            [self.home.dir.as_path(), out].map(|path| std::path::absolute(path).map_err(disk));
        if real?.starts_with(own?) {
            let args = vec![("path", out.display().to_string())];
            return Err(Trouble::Other("trouble-backup-inside", args, Sort::Refused));
        }
        fs::create_dir_all(out).map_err(disk)?;
        let made = self.copy_into(out);
        if made.is_err() {
            drop(fs::remove_dir_all(out));
        }
        made
    }

    fn copy_into(&self, out: &Path) -> Result<Backup, Trouble> {
        let (from, to) = (&self.home.dir, out.join(NODE));
        private_dir(&to)?;
        // First the database: everything that it mentions is on the disk already.
        store::snapshot(from, &to)?;
        let reader = store::Reader::open(&to)?;
        let mut paths = BTreeSet::new();
        below(from, Path::new(""), &mut paths)?;
        let mut kept = vec![summed(&to, Path::new(store::FILE))?];
        for path in paths {
            let (source, target) = (from.join(&path), to.join(&path));
            if let Some(parent) = target.parent() {
                private_dir(parent)?;
            }
            copy(&source, &target)?;
            kept.push(summed(&to, &path)?);
        }
        kept.sort();
        let chain = reader.chain()?;
        let checkpoint = Checkpoint::new(self.home.settings.origin.clone(), chain.size, chain.root);
        let backup = Backup {
            version: VERSION,
            origin: self.home.settings.origin.clone(),
            size: chain.size,
            checkpoint: checkpoint.sign(&self.home.log_key()?).to_string(),
            made: self.now().to_rfc3339(),
            program: self.world.program.to_owned(),
            files: kept,
        };
        // Last of all: a folder with this file is a whole backup.
        let text = serde_json::to_string_pretty(&backup).unwrap_or_default();
        private_file(&out.join(MANIFEST), text.as_bytes())?;
        Ok(backup)
    }
}

/// Restores a backup into a folder that is thrown away, and looks whether all of it is there: each
/// file, the whole ledger rebuilt, and with the passphrase what was sealed.
///
/// # Errors
/// [`Trouble`] with the first file that is not as it was, or when something sealed does not open.
/// What the check of the ledger found is in the result.
pub fn drill(
    from: &Path,
    world: &World,
    passphrase: Option<&str>,
    scratch: &Path,
) -> Result<Drill, Trouble> {
    let backup = Backup::read(from)?;
    fresh(scratch)?;
    let drilled = (|| {
        let files = put_back(&backup, from, scratch)?;
        let office = Office::open(scratch, world.clone())?;
        let findings = sound(&office, &backup)?;
        let opened = match passphrase {
            Some(passphrase) => Some(office.open_all(&*office.unlock(passphrase)?)?),
            None => None,
        };
        Ok(Drill { backup, files, findings, opened })
    })();
    drop(fs::remove_dir_all(scratch));
    drilled
}

/// Restores a backup as a data directory, checks it, and asks witnesses whether they have seen more
/// than it holds.
///
/// # Errors
/// [`Trouble`]; then there is no data directory. With `accept_loss` one that is older than what a
/// witness has seen is put there all the same, to be read.
pub fn restore(
    from: &Path,
    to: &Path,
    world: &World,
    (ask, accept_loss): (bool, bool),
) -> Result<(Backup, Newest), Trouble> {
    let backup = Backup::read(from)?;
    fresh(to)?;
    let part = to.with_added_extension("part");
    drop(fs::remove_dir_all(&part));
    let restored = (|| {
        put_back(&backup, from, &part)?;
        let office = Office::open(&part, world.clone())?;
        let findings = sound(&office, &backup)?;
        if let Some((problem, which)) = findings.problems.first() {
            let args = vec![("problem", (*problem).to_owned()), ("which", which.clone())];
            return Err(Trouble::Other("trouble-backup-unsound", args, Sort::Broken));
        }
        publish(office.home(), &office.reader()?)?;
        let newest = if ask { newest(&office, accept_loss)? } else { Newest::Unknown };
        drop(office);
        drop(fs::remove_dir(to));
        fs::rename(&part, to).map_err(|error| Trouble::disk(to, error))?;
        let real = std::path::absolute(to).map_err(|error| Trouble::disk(to, error))?;
        sync_parent(&real).map_err(|error| Trouble::disk(to, error))?;
        Ok(newest)
    })();
    if restored.is_err() {
        drop(fs::remove_dir_all(&part));
    }
    Ok((backup, restored?))
}

/// What the witnesses know of the log.
fn newest(office: &Office, accept_loss: bool) -> Result<Newest, Trouble> {
    let asked = match office.vouch(Whom::Witnesses) {
        Err(Trouble::Other("trouble-rolled-back", args, _)) if accept_loss => {
            let of = |name: &str| args.iter().find(|(of, _)| *of == name).map(|(_, value)| value);
            let witness = of("name").cloned().unwrap_or_default();
            let seen = of("theirs").and_then(|size| size.parse().ok()).unwrap_or(0);
            return Ok(Newest::Older { witness, seen });
        }
        asked => asked?,
    };
    let said = asked.witnesses.into_iter().filter(|answer| answer.said.is_ok());
    let names: Vec<String> = said.map(|answer| answer.name).collect();
    Ok(if names.is_empty() { Newest::Unknown } else { Newest::Confirmed(names) })
}

/// Checks a restored directory, and that its ledger is the one the backup names.
fn sound(office: &Office, backup: &Backup) -> Result<Findings, Trouble> {
    let chain = office.reader()?.chain()?;
    let expected = Checkpoint::new(backup.origin.clone(), chain.size, chain.root);
    let signed = expected.sign(&office.home.log_key()?).to_string();
    if chain.size != backup.size || signed != backup.checkpoint {
        return Err(changed(MANIFEST));
    }
    office.fsck(true)
}

impl Office {
    /// Records what a drill of this node's own backup came to.
    ///
    /// # Errors
    /// [`Trouble`]; refused when the backup is another node's, which says nothing of this one.
    pub fn record_drill(&self, ask: &Ask, drill: &Drill) -> Result<Receipt, Trouble> {
        if drill.backup.origin != self.home.settings.origin {
            return Err(Trouble::Other("trouble-drill-of-other", vec![], Sort::Refused));
        }
        let command = Command::RecordDrill {
            size: drill.backup.size,
            files: drill.files,
            blobs: drill.findings.blobs,
            opened: drill.opened,
            made: drill.backup.made.clone(),
            problems: u32::try_from(drill.findings.problems.len()).unwrap_or(u32::MAX),
        };
        self.submit(ask, command)
    }

    /// Opens every statement and every carrier of this node; gives how many.
    fn open_all(&self, unlocked: &Unlocked) -> Result<u64, Trouble> {
        let reader = self.reader()?;
        let mut opened = 0;
        let filter = store::read::SecretFilter { limit: 10_000, ..Default::default() };
        for row in reader.secrets(&filter)?.rows {
            let Some(card) = reader.secret(row.no)? else { continue };
            for statement in &card.statements {
                match self.field(&reader, statement.idx, "text", Some(unlocked))? {
                    crate::Shown::Erased => {}
                    _ => opened += 1,
                }
            }
            for carrier in &card.carriers {
                if reader.erasure(row.no)?.is_some() {
                    continue;
                }
                let mut content = self.open_carrier(&reader, carrier, unlocked)?;
                let read = read_through(&mut content, String::new())
                    .map_err(|_| Trouble::NotAsRecorded(carrier.idx))?;
                let digest = self.field(&reader, carrier.idx, "digest", Some(unlocked))?;
                let recorded = serde_json::json!({ "sha256": hex::encode(read.sha256) });
                match digest {
                    crate::Shown::Value(value) if value == recorded => opened += 1,
                    crate::Shown::Erased => {}
                    _ => return Err(Trouble::NotAsRecorded(carrier.idx)),
                }
            }
        }
        Ok(opened)
    }
}

/// Copies what a backup lists, each file checked while it is copied; gives how many.
fn put_back(backup: &Backup, from: &Path, to: &Path) -> Result<u64, Trouble> {
    private_dir(to)?;
    for file in &backup.files {
        let path = Path::new(&file.path);
        // Its own list is no reason to write elsewhere.
        let is_plain =
            path.components().all(|part| matches!(part, std::path::Component::Normal(_)));
        if !is_plain {
            return Err(changed(&file.path));
        }
        let target = to.join(path);
        if let Some(parent) = target.parent() {
            private_dir(parent)?;
        }
        let source = from.join(NODE).join(path);
        copy(&source, &target).map_err(|_| changed(&file.path))?;
        if summed(to, path)? != *file {
            return Err(changed(&file.path));
        }
    }
    Ok(backup.files.len() as u64)
}

fn changed(path: &str) -> Trouble {
    Trouble::Other("trouble-backup-changed", vec![("path", path.to_owned())], Sort::Broken)
}

/// Refuses a folder that holds something.
fn fresh(dir: &Path) -> Result<(), Trouble> {
    let holds = fs::read_dir(dir).is_ok_and(|mut inside| inside.next().is_some()) || dir.is_file();
    if holds {
        let args = vec![("path", dir.display().to_string())];
        return Err(Trouble::Other("trouble-out-exists", args, Sort::Conflict));
    }
    Ok(())
}

fn private_dir(dir: &Path) -> Result<(), Trouble> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).map_err(|error| Trouble::disk(dir, error))
}

/// All files below a folder of the data directory, as paths in it.
fn below(root: &Path, folder: &Path, paths: &mut BTreeSet<PathBuf>) -> Result<(), Trouble> {
    let dir = root.join(folder);
    let entries = match fs::read_dir(&dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Trouble::disk(&dir, error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| Trouble::disk(&dir, error))?;
        let path = folder.join(entry.file_name());
        let kind = entry.file_type().map_err(|error| Trouble::disk(&dir, error))?;
        let name = path.to_string_lossy().replace('\\', "/");
        if LEFT_OUT.contains(&&*name) || name.starts_with(store::FILE) {
            continue;
        }
        if kind.is_dir() {
            below(root, &path, paths)?;
        } else if kind.is_file()
            && ![".new", ".part", ".lock"].iter().any(|end| name.ends_with(end))
        {
            paths.insert(path);
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<(), Trouble> {
    fs::copy(from, to).map_err(|error| files::file_trouble(from, error))?;
    // Windows makes a file durable only for one who may write it.
    let file = fs::OpenOptions::new().write(true).open(to).and_then(|file| file.sync_all());
    file.map_err(|error| Trouble::disk(to, error))
}

fn summed(root: &Path, path: &Path) -> Result<Kept, Trouble> {
    let full = root.join(path);
    let disk = |error| Trouble::disk(&full, error);
    let mut file = fs::File::open(&full).map_err(disk)?;
    let read = read_through(&mut file, String::new()).map_err(disk)?;
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    Ok(Kept { path: parts.join("/"), size: read.size, sha256: hex::encode(read.sha256) })
}
