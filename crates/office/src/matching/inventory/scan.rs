//! Reading every file below a folder once, with as many hands as there are processors.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use catalog::inventory::{Looker, Reason};
use extract::{Got, Why, extract_file};
use matcher::cluster::Prints;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::super::hashed::Hashed;
use super::super::paths::{self, Entry};
use super::super::report::FaultRow;
use super::super::spool::Spool;
use super::super::sweep::Control;
use super::InventoryForm;
use super::sink::Through;
use crate::{Trouble, home};

/// The rank by name and place from which down a file is not compared with others: it looks public.
const NOT_COMPARED: i32 = -20;

/// A file that was read, and what is kept of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Seen {
    /// Where it lies, below the folder, parted by slashes.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// When it was changed last, in milliseconds of Unix time.
    pub changed: i64,
    /// SHA-256 in hex; blank when it could not be read to its end.
    pub sha256: String,
    /// Why it is ranked as it is.
    pub reasons: Vec<Reason>,
    /// A few hashes of its text, to find what is alike.
    pub(super) prints: Prints,
    /// What of it was not read.
    pub(super) faults: Vec<FaultRow>,
}

/// All files of a folder.
#[derive(Default)]
pub struct Scan {
    /// In the order of their paths.
    pub seen: Vec<Seen>,
    /// What was not read, or not wholly.
    pub faults: Vec<FaultRow>,
    /// How many a run that was killed had read.
    pub resumed: u64,
}

impl Seen {
    /// The sum of its reasons' weights.
    pub fn rank(&self) -> i32 {
        crate::law().inventory().rank(&self.reasons)
    }
}

/// SHA-256 of the list of what was read, under a salt: one line `sha256  size  path` a file.
pub(super) fn manifest(seen: &[Seen], salt: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(format!("midun manifest v1\n{salt}\n"));
    for file in seen {
        let hash = if file.sha256.is_empty() { "-" } else { &file.sha256 };
        hasher.update(format!("{hash}  {}  {}\n", file.size, file.path));
    }
    hex::encode(hasher.finalize())
}

/// Reads all files below `root`; those that the spool knows as they are now are not read again.
pub(super) fn scan(
    root: &Path,
    form: &InventoryForm,
    looker: &Looker<'_>,
    control: &Control,
    mut spool: Option<&mut Spool<'_, Seen>>,
) -> Result<Scan, Trouble> {
    let mut faults = Vec::new();
    let mut entries =
        paths::files(std::slice::from_ref(&root.to_owned()), &mut faults, &|| control.goes_on());
    leave_nodes(&mut entries, &mut faults);
    control.expect(entries.len() as u64);
    let before: HashMap<String, Seen> = match &mut spool {
        Some(spool) => spool.read()?.into_iter().map(|seen| (seen.path.clone(), seen)).collect(),
        None => HashMap::new(),
    };
    let next = AtomicUsize::new(0);
    let done = Mutex::new((Vec::with_capacity(entries.len()), spool, 0_u64, Ok(())));
    let hand = || {
        while control.goes_on() {
            let Some(entry) = entries.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
            let name = below(root, &entry.path);
            let known = before.get(&name).filter(|seen| is_as(seen, &entry.path));
            let (seen, new) = match known {
                Some(seen) => (Some(seen.clone()), false),
                None => (one(entry, name, form, looker, control), true),
            };
            // Ended within a file: it was not read.
            let Some(seen) = seen else { break };
            control.one_file(seen.rank() >= super::group::RANK_MIN);
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            let (list, spool, resumed, trouble) = &mut *done;
            *resumed += u64::from(!new);
            if let (Some(spool), true, Ok(())) = (spool, new, &trouble) {
                *trouble = spool.add(seen.clone(), seen.size);
            }
            list.push(seen);
        }
    };
    std::thread::scope(|scope| {
        (1..form.hands.min(entries.len())).for_each(|_| drop(scope.spawn(hand)));
        hand();
    });
    let (mut seen, spool, resumed, trouble) =
        done.into_inner().unwrap_or_else(PoisonError::into_inner);
    trouble?;
    if let Some(spool) = spool {
        spool.flush()?;
    }
    seen.sort_by(|a, b| a.path.cmp(&b.path));
    faults.extend(seen.iter().flat_map(|seen| seen.faults.iter().cloned()));
    faults.sort();
    faults.dedup();
    Ok(Scan { seen, faults, resumed })
}

/// The data of a node that lies within the folder is nobody's draft: it is left out, and said.
fn leave_nodes(entries: &mut Vec<Entry>, faults: &mut Vec<FaultRow>) {
    let parents: BTreeSet<PathBuf> =
        entries.iter().filter_map(|entry| entry.path.parent().map(Path::to_owned)).collect();
    let nodes: Vec<PathBuf> = parents.into_iter().filter(|dir| home::is_node(dir)).collect();
    if nodes.is_empty() {
        return;
    }
    entries.retain(|entry| home::node_over(&entry.path).is_none());
    faults.extend(nodes.iter().map(|node| paths::fault(node, "node")));
}

/// The path of a file below the folder.
pub(super) fn below(root: &Path, path: &Path) -> String {
    let rest = path.strip_prefix(root).unwrap_or(path);
    paths::shown(rest).replace(std::path::MAIN_SEPARATOR, "/")
}

/// Size, and when it was changed last.
pub(super) fn state(path: &Path) -> std::io::Result<(u64, i64)> {
    let data = fs::metadata(path)?;
    let changed = data.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let millis = changed.and_then(|after| i64::try_from(after.as_millis()).ok()).unwrap_or(0);
    Ok((data.len(), millis))
}

fn is_as(seen: &Seen, path: &Path) -> bool {
    state(path).is_ok_and(|state| state == (seen.size, seen.changed))
}

/// Reads one file; `None` when it was told to stop meanwhile.
fn one(
    entry: &Entry,
    name: String,
    form: &InventoryForm,
    looker: &Looker<'_>,
    control: &Control,
) -> Option<Seen> {
    let look = looker.look(&name);
    let by_name = look.reasons();
    let mut seen = Seen {
        path: name.clone(),
        size: 0,
        changed: 0,
        sha256: String::new(),
        reasons: by_name,
        prints: Prints::default(),
        faults: Vec::new(),
    };
    // A name that is no text can't be named when the proposal is accepted.
    if entry.path.to_str() != Some(&*entry.shown) {
        seen.faults
            .push(FaultRow { got: Got::Part.word().into(), ..paths::fault(&entry.path, "name") });
    }
    let (before, file) =
        match state(&entry.path).and_then(|state| Ok((state, File::open(&entry.path)?))) {
            Ok(opened) => opened,
            Err(error) => {
                seen.faults.push(paths::fault(&entry.path, paths::word(&error)));
                return Some(seen);
            }
        };
    (seen.size, seen.changed) = before;
    let mut hashed = Hashed::new(file);
    let compared = seen.rank() > NOT_COMPARED;
    let mut through = Through::new(&name, look, compared, control);
    extract_file(&name, before.0, &mut hashed, form.limits, &mut through);
    let outcome = through.finish();
    match hashed.finish(&|| control.goes_on()) {
        Ok(Some((size, sha256))) => (seen.size, seen.sha256) = (size, hex::encode(sha256)),
        Ok(None) => return None,
        Err(error) => seen.faults.push(paths::fault(&entry.path, paths::word(&error))),
    }
    if !control.goes_on() {
        return None;
    }
    if state(&entry.path).map_or(true, |after| after != before || after.0 != seen.size) {
        let part = Got::Part.word().to_owned();
        seen.faults.push(FaultRow { got: part, ..paths::fault(&entry.path, "changed") });
    }
    seen.faults.extend(outcome.faults.into_iter().map(|fault| {
        FaultRow {
            path: entry.shown.clone(),
            inside: fault.path,
            why: fault.why.word().to_owned(),
            got: if fault.why == Why::Unsupported { Got::Raw.word() } else { fault.got.word() }
                .to_owned(),
        }
    }));
    (seen.reasons, seen.prints) = (outcome.reasons, outcome.prints);
    Some(seen)
}
