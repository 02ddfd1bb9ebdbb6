//! The company's own work as a dated chain, for when it must show that it developed something itself.
//!
//! ```text
//!  repositories ─► commits: names, days            ┐ list ─► SHA-256 ─► work.recorded
//!  other files  ─► SHA-256, size, day of change    ┘ (kept sealed)        at a time that others vouch for
//!  something ─► which parts of it first stand where, as of which day, and under which record
//! ```
//! Days in a repository and on a disk are what somebody's computer said. What cannot be claimed
//! afterwards is that all of it was there when a record was received: a commit's name is a hash of
//! everything in it and before it. So the sooner and the oftener it is recorded, the more it proves.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::io::Read as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use domain::command::Command;
use domain::terms::Thread;
use domain::work::RecordWork;
use domain::{Day, Moment, Number, Series};
use extract::{Limits, extract_bytes};
use matcher::compare::compare;
use matcher::prints::{Density, Prints};
use matcher::text::fold_text;
use matcher::units::{Document, Layer};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::Receipt;
use store::read::WorkRow;
use vault::Unlocked;

use super::gather::{Gather, Gathered};
use super::git::{self, NoGit, Objects};
use super::paths;
use super::public::{ROWS_MIN, joined};
use super::report::{FAULTS_MAX, FaultRow};
use super::side::Body;
use super::sweep::{Control, json};
use crate::{Ask, Office, Sort, Trouble};

/// Commits and files that one record can hold.
const ENTRIES_MAX: usize = 120_000;
/// The largest file that is looked into for where something first stands.
const FILE_MAX: u64 = 32 << 20;
/// First appearances that are listed.
const APPEARED_MAX: usize = 500;

/// What is to be recorded.
#[derive(Clone, Debug)]
pub struct WorkForm {
    /// Repositories and folders.
    pub paths: Vec<PathBuf>,
    /// What work it is, without anything secret.
    pub what: String,
    /// The secret points that it led to.
    pub secrets: Vec<Number>,
    /// The record of the same work before.
    pub after: Option<Number>,
}

/// The history of some work, as it stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkReport {
    /// Of this structure.
    pub version: u32,
    /// Its number.
    pub no: Option<Number>,
    /// The program's version.
    pub program: String,
    /// What work it is.
    pub what: String,
    /// When it was read, RFC 3339.
    pub read: String,
    /// The record before, whether all of that is still there, and what of it is not.
    pub before: Option<(Number, Thread, Vec<String>)>,
    /// The secret points.
    pub secrets: Vec<Number>,
    /// Where it was read.
    pub sources: Vec<WorkSource>,
    /// What could not be read.
    pub faults: Vec<FaultRow>,
}

/// A repository, or the files outside of any.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkSource {
    /// The folder that was given, or that of the repository.
    pub folder: PathBuf,
    /// What its references lead to; empty for files.
    pub heads: Vec<String>,
    /// Commits: the name, and when it was written and committed, seconds since 1970.
    pub commits: Vec<(String, i64, i64)>,
    /// Files outside of repositories.
    pub files: Vec<WorkFile>,
}

/// A file outside of repositories.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WorkFile {
    /// Its path below the source's folder.
    pub path: String,
    /// Its length.
    pub size: u64,
    /// When it was changed last, seconds since 1970, as the disk says.
    pub changed: i64,
    /// SHA-256, in hex.
    pub digest: String,
}

/// Where something first stands in the company's own work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Firsts {
    /// Of this structure.
    pub version: u32,
    /// The record whose sources were looked through.
    pub work: Number,
    /// What was looked for.
    pub of: String,
    /// Folded bytes of it.
    pub units: u64,
    /// Those that stand somewhere.
    pub found: u64,
    /// By the day that is claimed, the earliest first.
    pub appeared: Vec<Appeared>,
    /// Those that are not listed.
    pub more: u64,
    /// By record of the same work, the earliest first: when it was received (RFC 3339), and how many
    /// folded bytes stood in what it has.
    pub recorded: Vec<(Number, String, u64)>,
    /// Files that were looked through.
    pub looked: u64,
    /// Commits and files that are not as the record has them.
    pub gone: u64,
    /// What could not be looked through.
    pub faults: Vec<FaultRow>,
}

/// What first stands in one commit or file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Appeared {
    /// The commit's name; `None` for a file.
    pub commit: Option<String>,
    /// The file's path.
    pub path: String,
    /// The claimed time, seconds since 1970.
    pub claimed: i64,
    /// The earliest record that has it.
    pub record: Option<Number>,
    /// Folded bytes that first stand here.
    pub units: u64,
    /// Folded bytes that stand here or earlier.
    pub total: u64,
}

impl Office {
    /// Reads the history of some work. Writes nothing.
    ///
    /// # Errors
    /// [`Trouble`]: there is nothing there, or too much.
    pub fn read_work(
        &self,
        form: &WorkForm,
        unlocked: &Unlocked,
        control: &Control,
    ) -> Result<WorkReport, Trouble> {
        let before = form.after.map(|no| self.kept_work(no, unlocked)).transpose()?;
        super::check_paths(&form.paths)?;
        let (mut sources, mut faults) = (Vec::new(), Vec::new());
        for top in &form.paths {
            let entries =
                paths::files(std::slice::from_ref(top), &mut faults, &|| control.goes_on());
            let repositories = git::repositories(&entries);
            for dir in &repositories {
                match repository(dir) {
                    Ok(source) => sources.push(source),
                    Err(why) => faults.push(paths::fault(dir, no_git(why))),
                }
            }
            let outside = entries
                .iter()
                .filter(|entry| repositories.iter().all(|dir| !entry.path.starts_with(dir)));
            let mut files = Vec::new();
            for entry in outside {
                match file(top, &entry.path, control) {
                    Ok(file) => files.push(file),
                    Err(error) => faults.push(paths::fault(&entry.path, paths::word(&error))),
                }
                if !control.goes_on() {
                    return Err(Trouble::Other("trouble-compare-stopped", vec![], Sort::Refused));
                }
            }
            if !files.is_empty() {
                files.sort();
                let folder = top.clone();
                sources.push(WorkSource { folder, heads: vec![], commits: vec![], files });
            }
        }
        let entries: usize = sources.iter().map(|one| one.commits.len() + one.files.len()).sum();
        if entries == 0 {
            return Err(Trouble::Other("trouble-work-nothing", vec![], Sort::Refused));
        }
        if entries > ENTRIES_MAX {
            let args = vec![("n", entries.to_string()), ("most", ENTRIES_MAX.to_string())];
            return Err(Trouble::Other("trouble-work-much", args, Sort::Refused));
        }
        faults.sort();
        faults.truncate(FAULTS_MAX);
        let before = form.after.zip(before).map(|(no, before)| {
            let (thread, gone) = thread(&before, &sources);
            (no, thread, gone)
        });
        Ok(WorkReport {
            version: 1,
            no: None,
            program: self.world.program.to_owned(),
            what: form.what.clone(),
            read: self.now().to_rfc3339(),
            before,
            secrets: form.secrets.clone(),
            sources,
            faults,
        })
    }

    /// Records it: the list is kept, sealed; counts and digests go into the ledger.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn record_work(&self, ask: &Ask, report: &mut WorkReport) -> Result<Receipt, Trouble> {
        let write = |no, report: &mut WorkReport| {
            report.no = Some(no);
            json(report)
        };
        let receipt = self.keep_numbered(Series::Work, report, write, |no, of, report| {
            let command = RecordWork {
                no,
                what: of.what.clone(),
                secrets: of.secrets.clone(),
                after: of.before.as_ref().map(|(no, ..)| *no),
                thread: of.before.as_ref().map(|(_, thread, _)| *thread),
                commits: of.sources.iter().map(|one| one.commits.len() as u64).sum(),
                files: of.sources.iter().map(|one| one.files.len() as u64).sum(),
                faults: of.faults.len() as u64,
                days: of.days(self.zone_minutes()),
                chain: of.chain(),
                program: of.program.clone(),
                report,
            };
            self.submit(ask, Command::RecordWork(Box::new(command)))
        })?;
        report.no = receipt.number;
        Ok(receipt)
    }

    /// A record that was kept.
    ///
    /// # Errors
    /// As [`Office::kept_report`].
    pub fn kept_work(&self, no: Number, unlocked: &Unlocked) -> Result<WorkReport, Trouble> {
        let row = self.reader()?.work(no)?.ok_or(Trouble::Unknown(no))?;
        self.kept(no, (row.idx, &row.report), unlocked)
    }

    /// Looks where something first stands in the work of a record. Writes nothing.
    ///
    /// # Errors
    /// [`Trouble`]: there is nothing to look for, or a source is gone.
    pub fn first_seen(
        &self,
        no: Number,
        body: &Body,
        unlocked: &Unlocked,
        control: &Control,
    ) -> Result<Firsts, Trouble> {
        let work = self.kept_work(no, unlocked)?;
        let taken = self.side(body, Some(unlocked), control)?;
        let mut looking = Looking::new(taken.documents);
        if looking.prints.is_empty() {
            let args = vec![("guaranteed", corpus::WINDOW.guaranteed().to_string())];
            return Err(Trouble::Other("trouble-work-short", args, Sort::Refused));
        }
        for source in &work.sources {
            if source.heads.is_empty() {
                looking.files(source, control);
            } else if let Err(why) = looking.repository(source, control) {
                looking.faults.push(paths::fault(&source.folder, no_git(why)));
            }
            if !control.goes_on() {
                return Err(Trouble::Other("trouble-compare-stopped", vec![], Sort::Refused));
            }
        }
        let records = self.records_of(no, unlocked)?;
        let mut firsts = looking.firsts(no, &records);
        firsts.of = self.body_name(body);
        Ok(firsts)
    }

    /// The records of the same work up to one, the earliest first, with what each has.
    fn records_of(
        &self,
        no: Number,
        unlocked: &Unlocked,
    ) -> Result<Vec<(WorkRow, HashSet<String>)>, Trouble> {
        let reader = self.reader()?;
        let (mut records, mut next) = (Vec::new(), Some(no));
        while let Some(no) = next {
            let row = reader.work(no)?.ok_or(Trouble::Unknown(no))?;
            // Numbers only go up, so this ends.
            next = row.after.filter(|before| before.count < no.count);
            // A record that is gone vouches for nothing any more.
            if let Ok(report) = self.kept_work(no, unlocked) {
                records.push((row, report.entries()));
            }
        }
        records.reverse();
        Ok(records)
    }
}

impl WorkReport {
    /// SHA-256 of the list: a line each, sorted.
    #[must_use]
    pub fn chain(&self) -> String {
        let mut lines = Vec::new();
        for source in &self.sources {
            lines.extend(
                source
                    .commits
                    .iter()
                    .map(|(id, written, committed)| format!("commit {id} {written} {committed}\n")),
            );
            lines.extend(source.files.iter().map(|file| {
                format!("file {} {} {} {}\n", file.digest, file.size, file.changed, file.path)
            }));
        }
        lines.sort_unstable();
        hex::encode(Sha256::digest(format!("midun work v1\n{}", lines.concat())))
    }

    /// The earliest and the latest day, as the data claims.
    fn days(&self, zone_minutes: i16) -> Option<[Day; 2]> {
        let times = self.sources.iter().flat_map(|source| {
            let commits = source.commits.iter().map(|(_, written, _)| *written);
            commits.chain(source.files.iter().map(|file| file.changed))
        });
        let (first, last) = times
            .fold((i64::MAX, i64::MIN), |(first, last), time| (first.min(time), last.max(time)));
        let day = |time: i64| Moment(time.saturating_mul(1000)).day_at(zone_minutes);
        (first <= last).then(|| [day(first), day(last)])
    }

    /// Names of commits and digests of files.
    fn entries(&self) -> HashSet<String> {
        let sources = self.sources.iter();
        sources
            .flat_map(|source| {
                let commits = source.commits.iter().map(|(id, ..)| id.clone());
                commits.chain(source.files.iter().map(|file| file.digest.clone()))
            })
            .collect()
    }
}

fn no_git(why: NoGit) -> &'static str {
    match why {
        NoGit::Missing => "no-git",
        NoGit::Damaged => "damaged-git",
    }
}

fn repository(dir: &Path) -> Result<WorkSource, NoGit> {
    let heads = git::heads(dir)?;
    let commits = if heads.is_empty() { Vec::new() } else { git::commits(dir, false)? };
    let commits = commits.into_iter().map(|one| (one.id, one.times[0], one.times[1]));
    let folder = dir.to_owned();
    Ok(WorkSource { folder, heads, commits: commits.collect(), files: Vec::new() })
}

fn file(top: &Path, path: &Path, control: &Control) -> std::io::Result<WorkFile> {
    let mut file = fs::File::open(path)?;
    let changed = changed(&file.metadata()?);
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 256 << 10];
    let mut size = 0;
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hasher.update(&buffer[..read]);
        size += read as u64;
        control.read(read as u64);
    }
    control.one_file(false);
    let below = path.strip_prefix(top).ok().filter(|below| !below.as_os_str().is_empty());
    let name = below.or(path.file_name().map(Path::new)).unwrap_or(path);
    Ok(WorkFile { path: paths::shown(name), size, changed, digest: hex::encode(hasher.finalize()) })
}

fn changed(data: &fs::Metadata) -> i64 {
    let since = data.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.map_or(0, |since| since.as_secs() as i64)
}

/// Whether all of an earlier record is still there, and what is not.
fn thread(before: &WorkReport, now: &[WorkSource]) -> (Thread, Vec<String>) {
    /// Those that are named.
    const NAMED: usize = 50;
    let commits: HashSet<&str> =
        now.iter().flat_map(|source| source.commits.iter().map(|(id, ..)| id.as_str())).collect();
    let files: HashSet<&str> = now
        .iter()
        .flat_map(|source| source.files.iter().map(|file| file.digest.as_str()))
        .collect();
    let (mut gone, mut rewritten) = (Vec::new(), false);
    for source in &before.sources {
        for (id, ..) in &source.commits {
            if !commits.contains(id.as_str()) {
                rewritten = true;
                gone.push(id.clone());
            }
        }
        let changed = source.files.iter().filter(|file| !files.contains(file.digest.as_str()));
        gone.extend(changed.map(|file| file.path.clone()));
    }
    let thread = match (rewritten, gone.is_empty()) {
        (true, _) => Thread::Rewritten,
        (false, true) => Thread::Unbroken,
        (false, false) => Thread::Changed,
    };
    gone.truncate(NAMED);
    (thread, gone)
}

/// What is looked for, and where it was found.
struct Looking {
    documents: Vec<Document>,
    /// Of all documents, at each position.
    prints: HashSet<u64>,
    maker: Prints,
    found: Vec<Seen>,
    /// Commits and files of the sources that are not as recorded.
    gone: u64,
    looked: u64,
    faults: Vec<FaultRow>,
}

/// What a version of a file has of what is looked for.
struct Seen {
    commit: Option<String>,
    path: String,
    /// The commit's name or the file's digest.
    entry: String,
    claimed: i64,
    /// The document, and bytes of its text.
    ranges: Vec<(u32, Range<u32>)>,
}

impl Looking {
    fn new(documents: Vec<Document>) -> Self {
        let mut maker = Prints::default();
        let (mut prints, mut one) = (HashSet::new(), Vec::new());
        for document in &documents {
            maker.of(&document.text, Density::Every, &mut one);
            prints.extend(one.iter().copied());
        }
        Self { documents, prints, maker, found: vec![], gone: 0, looked: 0, faults: vec![] }
    }

    /// Looks into the commits that the record has, each version of a file once.
    fn repository(&mut self, source: &WorkSource, control: &Control) -> Result<(), NoGit> {
        let recorded: HashSet<&str> = source.commits.iter().map(|(id, ..)| id.as_str()).collect();
        let commits = git::commits(&source.folder, true)?;
        let there: HashSet<&str> = commits.iter().map(|one| one.id.as_str()).collect();
        self.gone += recorded.iter().filter(|id| !there.contains(**id)).count() as u64;
        let mut objects = Objects::of(&source.folder)?;
        let mut seen = HashSet::new();
        for commit in commits.iter().filter(|one| recorded.contains(one.id.as_str())) {
            for (object, path) in &commit.brought {
                if !control.goes_on() {
                    return Ok(());
                }
                if !seen.insert(object.as_str()) {
                    continue;
                }
                let bytes = objects.one(object).ok_or(NoGit::Damaged)?;
                control.read(bytes.len() as u64);
                let ranges = self.look(path, &bytes);
                self.keep(Some(&commit.id), path, &commit.id, commit.times[0], ranges);
            }
        }
        Ok(())
    }

    /// Looks into the files that are still as the record has them.
    fn files(&mut self, source: &WorkSource, control: &Control) {
        for file in &source.files {
            if !control.goes_on() {
                return;
            }
            let path = match source.folder.is_dir() {
                true => source.folder.join(&file.path),
                false => source.folder.clone(),
            };
            if file.size > FILE_MAX {
                self.faults.push(paths::fault(&path, "held"));
                continue;
            }
            let same = |bytes: &Vec<u8>| hex::encode(Sha256::digest(bytes)) == file.digest;
            let Some(bytes) = fs::read(&path).ok().filter(same) else {
                self.gone += 1;
                continue;
            };
            control.read(bytes.len() as u64);
            let ranges = self.look(&file.path, &bytes);
            self.keep(None, &file.path, &file.digest, file.changed, ranges);
        }
    }

    fn keep(
        &mut self,
        commit: Option<&String>,
        path: &str,
        entry: &str,
        claimed: i64,
        ranges: Vec<(u32, Range<u32>)>,
    ) {
        self.looked += 1;
        if !ranges.is_empty() {
            let (commit, path, entry) = (commit.cloned(), path.to_owned(), entry.to_owned());
            self.found.push(Seen { commit, path, entry, claimed, ranges });
        }
    }

    /// Which stretches of what is looked for a file has.
    fn look(&mut self, path: &str, bytes: &[u8]) -> Vec<(u32, Range<u32>)> {
        let mut pieces = Vec::new();
        let mut add = |piece: Gathered| pieces.push(piece);
        extract_bytes(path, bytes, Limits::default(), &mut Gather::new(path, &mut add));
        let (mut ranges, mut prints) = (Vec::new(), Vec::new());
        for piece in pieces {
            let document = Document::new(path, piece.kind, &piece.bytes);
            self.maker.of(&document.text, Density::Chosen(corpus::WINDOW), &mut prints);
            if !prints.iter().any(|print| self.prints.contains(print)) {
                continue;
            }
            let findings = compare(&self.documents, std::slice::from_ref(&document), &[]);
            for passage in findings.passages {
                let counts = match passage.layer {
                    Layer::Text => true,
                    Layer::Rows => passage.same >= ROWS_MIN,
                    Layer::Tokens | Layer::Bytes => false,
                };
                if counts {
                    let of = passage.left.0;
                    ranges.extend(passage.runs.into_iter().map(|(left, _)| (of, left)));
                }
            }
        }
        ranges
    }

    /// Puts what was found in the order of the claimed days.
    fn firsts(mut self, work: Number, records: &[(WorkRow, HashSet<String>)]) -> Firsts {
        let ats: Vec<Vec<u32>> =
            self.documents.iter().map(|document| fold_text(&document.text).at).collect();
        let units = ats.iter().map(|at| at.len() as u64).sum();
        let mut all = Covered::new(&ats);
        let mut by_record: Vec<Covered<'_>> = records.iter().map(|_| Covered::new(&ats)).collect();
        // Those of one time stand in the order in which they were found: a repository's own.
        self.found.sort_by_key(|seen| seen.claimed);
        let mut appeared: Vec<Appeared> = Vec::new();
        for seen in &self.found {
            let first = records.iter().position(|(_, entries)| entries.contains(&seen.entry));
            for covered in by_record.iter_mut().skip(first.unwrap_or(records.len())) {
                covered.add(&seen.ranges);
            }
            let before = all.units();
            all.add(&seen.ranges);
            let total = all.units();
            if total > before {
                appeared.push(Appeared {
                    commit: seen.commit.clone(),
                    path: seen.path.clone(),
                    claimed: seen.claimed,
                    record: first.map(|place| records[place].0.no),
                    units: total - before,
                    total,
                });
            }
        }
        let more = appeared.len().saturating_sub(APPEARED_MAX) as u64;
        appeared.truncate(APPEARED_MAX);
        let recorded = records.iter().zip(&by_record);
        self.faults.truncate(FAULTS_MAX);
        Firsts {
            version: 1,
            work,
            of: String::new(),
            units,
            found: all.units(),
            appeared,
            more,
            recorded: recorded
                .map(|((row, _), covered)| (row.no, row.at.to_rfc3339(), covered.units()))
                .collect(),
            looked: self.looked,
            gone: self.gone,
            faults: self.faults,
        }
    }
}

/// What of some texts is covered, in folded bytes.
struct Covered<'t> {
    /// Of each text, where in it each folded byte comes from.
    ats: &'t [Vec<u32>],
    ranges: BTreeMap<u32, Vec<Range<u32>>>,
}

impl<'t> Covered<'t> {
    fn new(ats: &'t [Vec<u32>]) -> Self {
        Self { ats, ranges: BTreeMap::new() }
    }

    fn add(&mut self, ranges: &[(u32, Range<u32>)]) {
        let touched: BTreeSet<u32> = ranges.iter().map(|(of, _)| *of).collect();
        for (of, range) in ranges {
            self.ranges.entry(*of).or_default().push(range.clone());
        }
        for of in touched {
            if let Some(ranges) = self.ranges.get_mut(&of) {
                *ranges = joined(std::mem::take(ranges).into_iter());
            }
        }
    }

    fn units(&self) -> u64 {
        let counted = self.ranges.iter().map(|(of, ranges)| {
            let Some(at) = self.ats.get(*of as usize) else { return 0 };
            // Both ascend.
            let count = |range: &Range<u32>| {
                at.partition_point(|place| *place < range.end)
                    - at.partition_point(|place| *place < range.start)
            };
            ranges.iter().map(count).sum::<usize>() as u64
        });
        counted.sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_covered_counts_once() {
        let ats = [vec![0, 1, 4, 4, 9], vec![0, 1, 2]];
        let mut covered = Covered::new(&ats);
        covered.add(&[(0, 0..2), (0, 1..5), (1, 2..9)]);
        assert_eq!(covered.units(), 4 + 1);
        covered.add(&[(0, 0..5), (7, 0..1)]);
        assert_eq!(covered.units(), 5, "nothing new, and no text of that number");
    }

    #[test]
    fn a_thread_breaks_when_a_commit_is_gone() {
        let commit = |id: &str| (id.to_owned(), 1, 1);
        let file = |path: &str, digest: &str| WorkFile {
            path: path.into(),
            size: 1,
            changed: 1,
            digest: digest.into(),
        };
        let source = |commits: Vec<(String, i64, i64)>, files| WorkSource {
            folder: "x".into(),
            heads: vec![],
            commits,
            files,
        };
        let before = WorkReport {
            version: 1,
            no: None,
            program: String::new(),
            what: String::new(),
            read: String::new(),
            before: None,
            secrets: vec![],
            sources: vec![source(vec![commit("a")], vec![file("notes", "1")])],
            faults: vec![],
        };
        let now = |ids: &[&str], files: Vec<WorkFile>| {
            thread(&before, &[source(ids.iter().map(|id| commit(id)).collect(), files)])
        };
        let moved = now(&["a", "b"], vec![file("old/notes", "1")]);
        assert_eq!(moved, (Thread::Unbroken, vec![]), "it may be called otherwise");
        assert_eq!(now(&["a"], vec![]), (Thread::Changed, vec!["notes".into()]));
        let gone = vec!["a".into(), "notes".into()];
        assert_eq!(now(&["b"], vec![file("notes", "2")]), (Thread::Rewritten, gone));
    }
}
