//! Looking through many files, with as many hands as there are processors.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use domain::Number;
use domain::command::{Command, Looked, RecordSweep};
use domain::{Refusal, Series};
use extract::{Limits, extract_file};
use matcher::index::Index;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::Receipt;
use vault::Unlocked;

use super::Protected;
use super::git;
use super::hashed::Hashed;
use super::look::{Look, Seen};
use super::paths::{self, Entry};
use super::report::{FAULTS_MAX, FILES_MAX, FaultRow, FileHit, Report, SecretHit};
use super::spool::{self, Spool};
use crate::home::private_file;
use crate::{Ask, Office, Trouble};

/// How it goes, for whoever shows it; and whether it shall go on.
#[derive(Debug, Default)]
pub struct Control {
    stop: AtomicBool,
    files: AtomicU64,
    bytes: AtomicU64,
    hits: AtomicU64,
    all: AtomicU64,
}

impl Control {
    /// Ends it as soon as possible; what was found stays.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Files read, files there are, bytes read, files with hits.
    pub fn progress(&self) -> [u64; 4] {
        [&self.files, &self.all, &self.bytes, &self.hits].map(|n| n.load(Ordering::Relaxed))
    }

    pub(super) fn goes_on(&self) -> bool {
        !self.stop.load(Ordering::Relaxed)
    }

    /// How many files there are to read.
    pub(super) fn expect(&self, files: u64) {
        self.all.store(files, Ordering::Relaxed);
    }

    /// A file was read, and something is in it or not.
    pub(super) fn one_file(&self, hit: bool) {
        self.files.fetch_add(1, Ordering::Relaxed);
        self.hits.fetch_add(u64::from(hit), Ordering::Relaxed);
    }

    pub(super) fn read(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// What is to be looked through, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Things that are no files: a name, and the content.
    pub texts: Vec<(String, Vec<u8>)>,
    /// What this is, in words; the names of the paths when not said.
    pub what: Option<String>,
    /// The secret points looked for; none named: all.
    pub only: Vec<Number>,
    /// Whether the report shows how passages read.
    pub excerpts: bool,
    /// Limits on what comes out of files.
    pub limits: Limits,
    /// Files looked through side by side.
    pub hands: usize,
}

impl Options {
    /// Looks through these paths for everything.
    pub fn new(paths: Vec<PathBuf>) -> Self {
        Self {
            paths,
            texts: Vec::new(),
            what: None,
            only: Vec::new(),
            excerpts: false,
            limits: Limits::default(),
            hands: std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}

/// What came of it.
pub struct Swept {
    /// What was found.
    pub report: Report,
    /// The files with their hashes: one line each, by name.
    pub manifest: String,
    /// The hashes and sizes alone, whatever the names: a line each, in order.
    pub(super) contents: String,
    /// What was read, as spools are named.
    spool: String,
}

/// A file that was read, or what was given as one.
#[derive(Clone, Serialize, Deserialize)]
struct Done {
    shown: String,
    size: u64,
    /// When it was changed last, in nanoseconds of Unix time; `None` for what is no file.
    changed: Option<i64>,
    /// In hex; `None` when it could not be read to its end.
    sha256: Option<String>,
    seen: Seen,
    faults: Vec<FaultRow>,
}

/// What a sweep that was ended has read, and where more of it is kept.
type Kept<'s, 'o> = Option<&'s mut Spool<'o, Done>>;

enum Job<'o> {
    File(Entry),
    /// The folder of a git repository's objects.
    History(PathBuf),
    Text(&'o (String, Vec<u8>)),
}

impl Office {
    /// Looks through files. Writes nothing, neither on the disk nor in the ledger.
    ///
    /// # Errors
    /// [`Trouble`] when a path does not exist, or nothing was given.
    pub fn sweep(
        &self,
        protected: &Protected,
        options: &Options,
        control: &Control,
    ) -> Result<Swept, Trouble> {
        self.sweep_from(protected, options, control, None)
    }

    /// The same, going on where a sweep of the same paths for the same was ended or killed: what was
    /// read is kept, sealed, until a whole sweep is recorded. Files that have another size or time
    /// since are read again.
    ///
    /// # Errors
    /// As [`Office::sweep`], and when another sweep of the same paths is under way.
    pub fn sweep_on(
        &self,
        protected: &Protected,
        options: &Options,
        control: &Control,
        (unlocked, fresh): (&Unlocked, bool),
    ) -> Result<Swept, Trouble> {
        let of = spool_name(options);
        let asked = (&options.only, options.excerpts, options.limits, &protected.info().digest);
        let rules = hex::encode(Sha256::digest(json(&(asked, self.world.program))?));
        let mut spool = Spool::open(self, spool_of(&of), &rules, fresh, unlocked)?;
        self.sweep_from(protected, options, control, Some(&mut spool))
    }

    fn sweep_from(
        &self,
        protected: &Protected,
        options: &Options,
        control: &Control,
        spool: Kept<'_, '_>,
    ) -> Result<Swept, Trouble> {
        let begun = self.now().to_rfc3339();
        for path in &options.paths {
            fs::metadata(path).map_err(|error| crate::files::file_trouble(path, error))?;
        }
        let index = protected.index().map_err(|_| Trouble::Settings("match/index"))?;
        let mut faults = Vec::new();
        let entries = paths::files(&options.paths, &mut faults, &|| control.goes_on());
        let histories = git::repositories(&entries);
        let mut jobs: Vec<Job<'_>> = entries.into_iter().map(Job::File).collect();
        jobs.extend(histories.into_iter().map(Job::History));
        jobs.extend(options.texts.iter().map(Job::Text));
        control.expect(jobs.len() as u64);
        let (done, resumed) = work(&index, options, control, &jobs, spool)?;
        let partial = !control.goes_on();
        let mut swept = gather(protected, options, (done, faults));
        swept.report.resumed = resumed;
        swept.spool = spool_name(options);
        swept.report.begun = begun;
        swept.report.ended = self.now().to_rfc3339();
        swept.report.partial = partial;
        swept.report.program = self.world.program.to_owned();
        Ok(swept)
    }

    /// Records a sweep: the report is kept, sealed; counts and digests go into the ledger.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn record_sweep(&self, ask: &Ask, swept: &mut Swept) -> Result<Receipt, Trouble> {
        let (swept_partial, spool) = (swept.report.partial, swept.spool.clone());
        self.numbered(Series::Sweep, swept, |no, swept, report| {
            let partial = swept.report.partial;
            let (bytes, hits) = (swept.report.bytes, swept.report.hit_files());
            let looked = looked(swept, report);
            let command = RecordSweep { no, looked, partial, bytes, hits };
            self.submit(ask, Command::RecordSweep(Box::new(command)))
        })
        .inspect(|_| {
            if !swept_partial {
                spool::forget(self, spool_of(&spool));
            }
        })
    }

    /// Gives a sweep's report the next number of a series, keeps it, and has it recorded.
    pub(super) fn numbered(
        &self,
        series: Series,
        swept: &mut Swept,
        record: impl Fn(Number, &Swept, String) -> Result<Receipt, Trouble>,
    ) -> Result<Receipt, Trouble> {
        let write = |no, swept: &mut Swept| {
            swept.report.no = Some(no);
            fitting(&mut swept.report)
        };
        let receipt = self.keep_numbered(series, swept, write, record)?;
        swept.report.no = receipt.number;
        Ok(receipt)
    }

    /// Gives something the next number of a series, keeps what `write` makes of it sealed, and has
    /// it recorded with the digest. A wish that was carried out before keeps the number it got then.
    pub(super) fn keep_numbered<T>(
        &self,
        series: Series,
        of: &mut T,
        write: impl Fn(Number, &mut T) -> Result<Vec<u8>, Trouble>,
        record: impl Fn(Number, &T, String) -> Result<Receipt, Trouble>,
    ) -> Result<Receipt, Trouble> {
        let dir = self.home().dir.join("match").join("reports");
        fs::create_dir_all(&dir).map_err(|error| Trouble::disk(&dir, error))?;
        self.next_number(series, |no| {
            let json = write(no, of)?;
            let path = report_path(&dir, no);
            private_file(&path, &self.seal_for_vault(&json)?)?;
            let recorded = record(no, of, hex::encode(Sha256::digest(&json)));
            if !recorded.as_ref().is_ok_and(|receipt| receipt.number == Some(no)) {
                drop(fs::remove_file(path));
            }
            recorded
        })
    }

    /// Has something recorded under the next number of a series, and under the one after if another
    /// was quicker. A wish that was carried out before keeps the number it got then.
    pub(super) fn next_number(
        &self,
        series: Series,
        mut record: impl FnMut(Number) -> Result<Receipt, Trouble>,
    ) -> Result<Receipt, Trouble> {
        /// Others may take the number meanwhile, but hardly this often.
        const TRIES: u32 = 8;
        let mut tries = 0;
        loop {
            match record(Number { series, count: self.reader()?.last(series)? + 1 }) {
                Err(Trouble::Refused(Refusal::NumberTaken(_))) if tries < TRIES => tries += 1,
                done => return done,
            }
        }
    }

    /// A report that was kept; `digest` is what the ledger says of it.
    ///
    /// # Errors
    /// [`Trouble::Erased`] when it is gone, [`Trouble::NotAsRecorded`] when it is another.
    pub fn kept_report(
        &self,
        no: Number,
        kept: (u64, &str),
        unlocked: &Unlocked,
    ) -> Result<Report, Trouble> {
        self.kept(no, kept, unlocked)
    }

    /// What was kept under a number, if it is still what the ledger says.
    pub(super) fn kept<T: serde::de::DeserializeOwned>(
        &self,
        no: Number,
        (idx, digest): (u64, &str),
        unlocked: &Unlocked,
    ) -> Result<T, Trouble> {
        let path = report_path(&self.home().dir.join("match").join("reports"), no);
        let sealed = fs::read(path).map_err(|_| Trouble::Erased)?;
        let json = unlocked.open(&sealed)?;
        let other = || Trouble::NotAsRecorded(idx);
        if hex::encode(Sha256::digest(&json)) != digest {
            return Err(other());
        }
        serde_json::from_slice(&json).map_err(|_| other())
    }
}

fn report_path(dir: &Path, no: Number) -> PathBuf {
    dir.join(format!("{no}.age"))
}

pub(super) fn json(report: &impl serde::Serialize) -> Result<Vec<u8>, Trouble> {
    serde_json::to_vec(report).map_err(|_| Trouble::Settings("match/report"))
}

/// The report as it is kept. What is cut is counted, and the whole was printed where it was asked.
fn fitting(report: &mut Report) -> Result<Vec<u8>, Trouble> {
    let mut text = json(report)?;
    while text.len() > vault::TEXT_BYTES_MAX {
        let keep = report.hits.len() / 2;
        report.more_hits += (report.hits.len() - keep) as u64;
        report.hits.truncate(keep);
        let keep = report.faults.len() / 2;
        report.more_faults += (report.faults.len() - keep) as u64;
        report.faults.truncate(keep);
        text = json(report)?;
    }
    Ok(text)
}

/// What the ledger keeps of it.
pub(super) fn looked(swept: &Swept, report: String) -> Looked {
    let of = &swept.report;
    Looked {
        what: of.what.clone(),
        files: of.files,
        faults: of.all_faults(),
        secrets: of.secrets.iter().map(|hit| hit.secret).collect(),
        guaranteed: of.index.guaranteed,
        index: of.index.digest.clone(),
        manifest: of.manifest.clone(),
        report,
    }
}

/// What spools of sweeps are named by: the paths as they really are.
fn spool_name(options: &Options) -> String {
    let real = |path: &PathBuf| fs::canonicalize(path).unwrap_or_else(|_| path.clone());
    let paths: Vec<String> = options.paths.iter().map(|path| paths::shown(&real(path))).collect();
    paths.join("\n")
}

fn spool_of(of: &str) -> spool::Kind<'_> {
    spool::Kind { folder: "sweep", of, held: "trouble-sweep-running" }
}

/// Looks through all jobs; says how many were known from an earlier run.
fn work(
    index: &Index<'_>,
    options: &Options,
    control: &Control,
    jobs: &[Job<'_>],
    mut spool: Kept<'_, '_>,
) -> Result<(Vec<Done>, u64), Trouble> {
    let before: HashMap<String, Done> = match &mut spool {
        Some(spool) => spool.read()?.into_iter().map(|done| (done.shown.clone(), done)).collect(),
        None => HashMap::new(),
    };
    let next = AtomicUsize::new(0);
    let done = Mutex::new((Vec::new(), spool, 0_u64, Ok(())));
    let hand = || {
        while control.goes_on() {
            let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
            let (one, known) = match job {
                Job::File(entry) => match before.get(&entry.shown).filter(|one| one.is_as(entry)) {
                    Some(one) => {
                        control.read(one.seen.bytes);
                        (one.clone(), true)
                    }
                    None => (file(index, options, control, entry), false),
                },
                Job::History(dir) => (history(index, options, control, dir), false),
                Job::Text(text) => (given(index, options, control, text), false),
            };
            control.one_file(!one.seen.found.is_empty());
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            let (list, spool, resumed, trouble) = &mut *done;
            *resumed += u64::from(known);
            // One that was ended within is read anew by the next run.
            if let (Some(spool), false, true, Ok(())) =
                (spool, known, one.changed.is_some() && control.goes_on(), &trouble)
            {
                *trouble = spool.add(one.clone(), one.size);
            }
            list.push(one);
        }
    };
    std::thread::scope(|scope| {
        (1..options.hands.min(jobs.len())).for_each(|_| drop(scope.spawn(hand)));
        hand();
    });
    let (mut done, spool, resumed, trouble) =
        done.into_inner().unwrap_or_else(PoisonError::into_inner);
    trouble?;
    if let Some(spool) = spool {
        spool.flush()?;
    }
    done.sort_by(|a, b| a.shown.cmp(&b.shown));
    Ok((done, resumed))
}

impl Done {
    /// Whether a file is still as it was when it was read.
    fn is_as(&self, entry: &Entry) -> bool {
        let now = fs::metadata(&entry.path).ok();
        now.is_some_and(|data| data.len() == self.size && changed(&data) == self.changed)
            && self.changed.is_some()
    }
}

/// When a file was changed last.
fn changed(data: &fs::Metadata) -> Option<i64> {
    let at = data.modified().ok()?;
    match at.duration_since(std::time::UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).ok(),
        Err(before) => i64::try_from(before.duration().as_nanos()).ok().map(|nanos| -nanos),
    }
}

fn file(index: &Index<'_>, options: &Options, control: &Control, entry: &Entry) -> Done {
    let mut done = Done {
        shown: entry.shown.clone(),
        size: 0,
        changed: None,
        sha256: None,
        seen: Seen::default(),
        faults: Vec::new(),
    };
    let state = || fs::metadata(&entry.path).map(|data| (data.len(), changed(&data)));
    let (before, file) = match state().and_then(|state| Ok((state, File::open(&entry.path)?))) {
        Ok(opened) => opened,
        Err(error) => {
            done.faults.push(paths::fault(&entry.path, paths::word(&error)));
            return done;
        }
    };
    let mut hashed = Hashed::new(file);
    let mut look = Look::new(index, control, (options.excerpts, &options.only));
    extract_file(&entry.shown, before.0, &mut hashed, options.limits, &mut look);
    done.seen = look.finish();
    match hashed.finish(&|| control.goes_on()) {
        Ok(Some((size, sha256))) => {
            (done.size, done.sha256) = (size, Some(hex::encode(sha256)));
            done.changed = before.1;
        }
        Ok(None) => {}
        Err(error) => done.faults.push(paths::fault(&entry.path, paths::word(&error))),
    }
    let changed = state().map_or(true, |after| after != before || after.0 != done.size);
    if changed && control.goes_on() {
        let part = extract::Got::Part.word().to_owned();
        done.faults.push(FaultRow { got: part, ..paths::fault(&entry.path, "changed") });
        done.changed = None;
    }
    done
}

/// All that a git repository's history holds.
fn history(index: &Index<'_>, options: &Options, control: &Control, dir: &Path) -> Done {
    let mut look = Look::new(index, control, (options.excerpts, &options.only));
    let read = git::read(dir, options.limits, &mut look);
    let seen = look.finish();
    let shown = format!("{}!/git", paths::shown(dir));
    let mut done = Done { shown, size: 0, changed: None, sha256: None, seen, faults: Vec::new() };
    let why = match read {
        Ok(history) => {
            let whole = !history.digest.is_empty();
            (done.size, done.sha256) = (history.bytes, whole.then_some(history.digest));
            return done;
        }
        Err(git::NoGit::Missing) => "no-git",
        Err(git::NoGit::Damaged) => "damaged-git",
    };
    done.faults.push(paths::fault(dir, why));
    done
}

fn given(
    index: &Index<'_>,
    options: &Options,
    control: &Control,
    (name, bytes): &(String, Vec<u8>),
) -> Done {
    let mut look = Look::new(index, control, (options.excerpts, &options.only));
    let size = bytes.len() as u64;
    extract_file(name, size, &mut Cursor::new(bytes), options.limits, &mut look);
    let sha256 = Some(hex::encode(Sha256::digest(bytes)));
    let shown = paths::shown(Path::new(name));
    Done { shown, size, changed: None, sha256, seen: look.finish(), faults: Vec::new() }
}

fn gather(
    protected: &Protected,
    options: &Options,
    (done, mut faults): (Vec<Done>, Vec<FaultRow>),
) -> Swept {
    let mut manifest = String::from("midun manifest v1\n");
    let mut contents = Vec::new();
    let (mut hits, mut traces, mut files, mut bytes) = (Vec::new(), 0, 0, 0);
    for one in done {
        let Done { shown, size, sha256, seen, faults: own, .. } = one;
        bytes += seen.bytes;
        faults.extend(own);
        faults.extend(seen.faults.into_iter().map(|fault| FaultRow {
            path: shown.clone(),
            inside: fault.path,
            why: fault.why.word().to_owned(),
            got: fault.got.word().to_owned(),
        }));
        files += u64::from(sha256.is_some());
        let hash = sha256.unwrap_or_else(|| "-".repeat(64));
        manifest.push_str(&format!("{hash}  {size}  {shown}\n"));
        contents.push(format!("{hash}  {size}\n"));
        if !seen.found.is_empty() {
            hits.push(FileHit { path: shown, size, sha256: hash, found: seen.found });
        } else {
            traces += u64::from(seen.traces);
        }
    }
    contents.sort_unstable();
    let contents = contents.concat();
    let share = |hit: &FileHit| hit.found.first().map_or(0.0, |found| found.share);
    hits.sort_by(|a, b| share(b).total_cmp(&share(a)).then_with(|| a.path.cmp(&b.path)));
    faults.sort();
    faults.dedup();
    let secrets = by_secret(protected, &hits);
    let more_hits = cut(&mut hits, FILES_MAX);
    let more_faults = cut(&mut faults, FAULTS_MAX);
    let report = Report {
        version: 1,
        no: None,
        program: String::new(),
        begun: String::new(),
        ended: String::new(),
        what: options.what.clone().unwrap_or_else(|| names(options)),
        paths: options.paths.iter().map(|path| paths::shown(path)).collect(),
        only: options.only.clone(),
        partial: false,
        index: protected.info().clone(),
        limits: options.limits,
        files,
        bytes,
        resumed: 0,
        manifest: hex::encode(Sha256::digest(&manifest)),
        secrets,
        hits,
        more_hits,
        traces,
        faults,
        more_faults,
        verdict: None,
    };
    Swept { report, manifest, contents, spool: String::new() }
}

fn cut<T>(list: &mut Vec<T>, most: usize) -> u64 {
    let more = list.len().saturating_sub(most);
    list.truncate(most);
    more as u64
}

/// What was given, by the last parts of its names.
fn names(options: &Options) -> String {
    const LONGEST: usize = 100;
    let of = |path: &PathBuf| path.file_name().map(|name| paths::shown(Path::new(name)));
    let whole = |path: &PathBuf| of(path).unwrap_or_else(|| paths::shown(path));
    let names = options.paths.iter().map(whole);
    let names = names.chain(options.texts.iter().map(|(name, _)| paths::shown(Path::new(name))));
    let text = names.collect::<Vec<_>>().join(", ");
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

fn by_secret(protected: &Protected, hits: &[FileHit]) -> Vec<SecretHit> {
    let mut found: BTreeMap<Number, (u64, f64)> = BTreeMap::new();
    for hit in hits {
        let mut here: BTreeMap<Number, f64> = BTreeMap::new();
        for part in &hit.found {
            let share = here.entry(part.secret).or_default();
            *share = share.max(part.share);
        }
        for (secret, share) in here {
            let (files, most) = found.entry(secret).or_default();
            *files += 1;
            *most = most.max(share);
        }
    }
    let mut secrets: Vec<SecretHit> = found
        .into_iter()
        .filter_map(|(secret, (files, share))| {
            let head = protected.heads.get(&secret)?;
            Some(SecretHit { secret, title: head.title.clone(), level: head.level, files, share })
        })
        .collect();
    secrets.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.secret.cmp(&b.secret)));
    secrets
}
