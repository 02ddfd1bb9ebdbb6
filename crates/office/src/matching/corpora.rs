//! Public corpora of a node: taken in from files, kept under their number, taken away.
//!
//! The files of corpora lie in `match/corpora`, in clear: they hold what anybody could read. Backups
//! leave them out, since they can be built again from the same material.

use std::fs::{self, File};
use std::io::{self, Cursor};
use std::path::{Path, PathBuf};
use std::time::Duration;

use corpus::dump::{Fields, Form, records};
use corpus::{Builder, CorpusError, Dated, Entry, Figures};
use domain::command::Command;
use domain::corpora::{Add, Wish};
use domain::terms::CorpusSort;
use domain::{Day, Number, Refusal, Series};
use extract::{Fault, Format, Got, Limits, Piece, Sink, View, extract_file};
use matcher::encoding::to_utf8;
use sha2::{Digest as _, Sha256};
use store::Receipt;

use super::gather::is_layout;
use super::paths;
use super::report::{FAULTS_MAX, FaultRow};
use super::sweep::Control;
use crate::home::sync_parent;
use crate::{Ask, Office, Sort, Trouble};

/// The longest piece that is taken in.
const PIECE_MAX: usize = 256 << 20;
/// Files that were not finished are left by a program that was killed once they are as old as this.
const STALE: Duration = Duration::from_secs(6 * 3600);

/// What is to become a corpus.
#[derive(Clone, Debug)]
pub struct CorpusForm {
    /// Its name.
    pub name: String,
    /// What its documents are.
    pub sort: CorpusSort,
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Things that are no files: a name, and the content.
    pub texts: Vec<(String, Vec<u8>)>,
    /// Where they come from.
    pub source: Option<String>,
    /// The day on which documents without a day of their own were public.
    pub day: Option<Day>,
    /// What the fields of records are called.
    pub fields: Fields,
    /// Whether JSON and XML hold records; when not said, everywhere but in packages.
    pub records: Option<bool>,
}

impl CorpusForm {
    /// A corpus of what lies at these paths.
    pub fn new(name: String, sort: CorpusSort, paths: Vec<PathBuf>) -> Self {
        Self {
            name,
            sort,
            paths,
            texts: Vec::new(),
            source: None,
            day: None,
            fields: Fields::default(),
            records: None,
        }
    }
}

/// A corpus that was built and is not recorded yet. Dropped, its file goes.
pub struct BuiltCorpus {
    form: CorpusForm,
    file: PathBuf,
    digest: String,
    /// What it holds.
    pub figures: Figures,
    /// Files that were read.
    pub files: u64,
    /// What was not read, or not wholly.
    pub faults: Vec<FaultRow>,
    /// Faults that are not listed.
    pub more_faults: u64,
}

impl Drop for BuiltCorpus {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.file));
    }
}

impl BuiltCorpus {
    /// Faults, also those that are not listed.
    pub fn all_faults(&self) -> u64 {
        self.faults.len() as u64 + self.more_faults
    }
}

impl Office {
    /// Whether the file of a corpus with this digest is there.
    pub fn has_corpus(&self, digest: &str) -> bool {
        self.corpus_file(digest).is_file()
    }

    fn corpora_dir(&self) -> PathBuf {
        self.home().dir.join("match").join("corpora")
    }

    /// Where the file of a corpus with this digest is. Called by content, so that no two programs
    /// that build corpora at a time are in each other's way.
    pub(super) fn corpus_file(&self, digest: &str) -> PathBuf {
        self.corpora_dir().join(format!("{digest}.sqlite"))
    }

    /// Builds a corpus. Nothing is recorded yet.
    ///
    /// # Errors
    /// [`Trouble`]: a path does not exist, there is no text in what was given, it was ended early, or
    /// the disk's own.
    pub fn build_corpus(
        &self,
        form: CorpusForm,
        control: &Control,
    ) -> Result<BuiltCorpus, Trouble> {
        if form.name.trim().is_empty() {
            return Err(Refusal::Blank("field-name").into());
        }
        check_paths(&form.paths)?;
        let dir = self.corpora_dir();
        fs::create_dir_all(&dir).map_err(|error| Trouble::disk(&dir, error))?;
        tidy(&dir);
        let file = dir.join(format!("building-{}", hex::encode(self.random::<8>())));
        let mut built = BuiltCorpus {
            file,
            digest: String::new(),
            figures: Figures::default(),
            files: 0,
            faults: Vec::new(),
            more_faults: 0,
            form,
        };
        let wrong = |error: CorpusError| corpus_trouble(&dir, error);
        let mut taking = Taking {
            builder: Builder::create(&built.file).map_err(wrong)?,
            fields: &built.form.fields,
            records: built.form.records.unwrap_or(built.form.sort != CorpusSort::Packages),
            day: built.form.day.and_then(|day| Dated::read(&day.to_string())),
            control,
            shown: String::new(),
            piece: None,
            dumped: String::new(),
            faults: Vec::new(),
            trouble: None,
        };
        let mut faults = Vec::new();
        let entries = paths::files(&built.form.paths, &mut faults, &|| control.goes_on());
        control.expect((entries.len() + built.form.texts.len()) as u64);
        for entry in entries {
            let read = File::open(&entry.path).and_then(|mut file| {
                let len = file.metadata()?.len();
                taking.file(&entry.shown, len, &mut file);
                Ok(())
            });
            match read {
                Ok(()) => built.files += 1,
                Err(error) => faults.push(paths::fault(&entry.path, paths::word(&error))),
            }
            taking.goes_on(control).map_err(wrong)?;
        }
        for (name, bytes) in &built.form.texts {
            let shown = paths::shown(Path::new(name));
            taking.file(&shown, bytes.len() as u64, &mut Cursor::new(bytes));
            built.files += 1;
            taking.goes_on(control).map_err(wrong)?;
        }
        if !control.goes_on() {
            return Err(Trouble::Other("trouble-corpus-stopped", vec![], Sort::Refused));
        }
        faults.append(&mut taking.faults);
        if taking.builder.figures().documents == 0 {
            let args = vec![("faults", faults.len().to_string())];
            return Err(Trouble::Other("trouble-corpus-empty", args, Sort::Refused));
        }
        built.figures = taking.builder.finish().map_err(wrong)?;
        built.digest =
            file_digest(&built.file).map_err(|error| Trouble::disk(&built.file, error))?;
        faults.sort();
        faults.dedup();
        built.more_faults = faults.len().saturating_sub(FAULTS_MAX) as u64;
        faults.truncate(FAULTS_MAX);
        built.faults = faults;
        Ok(built)
    }

    /// Records a corpus that was built, and keeps its file under its number.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn record_corpus(&self, ask: &Ask, built: BuiltCorpus) -> Result<Receipt, Trouble> {
        /// Others may take the number meanwhile, but hardly this often.
        const TRIES: u32 = 8;
        let kept = self.corpus_file(&built.digest);
        // First the file, then the entry: an entry without its file would say too much.
        if !kept.exists() {
            fs::rename(&built.file, &kept)
                // Windows makes only files durable that are open for writing.
                .and_then(|()| File::options().write(true).open(&kept)?.sync_all())
                .and_then(|()| sync_parent(&kept))
                .map_err(|error| Trouble::disk(&kept, error))?;
        }
        let mut tries = 0;
        loop {
            let count = self.reader()?.last(Series::Corpus)? + 1;
            let no = Number { series: Series::Corpus, count };
            let command = Command::Corpora(Box::new(Wish::Add(self.added(no, &built))));
            match self.submit(ask, command) {
                Err(Trouble::Refused(Refusal::NumberTaken(_))) if tries < TRIES => tries += 1,
                Err(trouble) => {
                    self.forget_corpus(&built.digest)?;
                    return Err(trouble);
                }
                Ok(receipt) => return Ok(receipt),
            }
        }
    }

    /// Takes the file of a corpus away, unless one that stands has the same content.
    fn forget_corpus(&self, digest: &str) -> Result<(), Trouble> {
        let rows = self.reader()?.corpora()?;
        let file = self.corpus_file(digest);
        if rows.iter().any(|row| row.digest == digest && !row.removed) {
            return Ok(());
        }
        match fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Trouble::disk(&file, error))
            }
            _ => Ok(()),
        }
    }

    fn added(&self, no: Number, built: &BuiltCorpus) -> Add {
        let (form, figures) = (&built.form, &built.figures);
        let days = figures
            .days
            .as_ref()
            .and_then(|[first, last]| Some([Day::parse(first).ok()?, Day::parse(last).ok()?]));
        Add {
            no,
            name: form.name.clone(),
            sort: form.sort,
            source: form.source.clone(),
            day: form.day,
            files: built.files,
            faults: built.all_faults(),
            documents: figures.documents,
            undated: figures.undated,
            days,
            bytes: figures.bytes,
            fingerprints: figures.fingerprints,
            guaranteed: corpus::WINDOW.guaranteed() as u32,
            manifest: figures.manifest.clone(),
            digest: built.digest.clone(),
            program: self.world.program.to_owned(),
        }
    }

    /// Takes a corpus away. What was found in it stays recorded.
    ///
    /// # Errors
    /// [`Trouble`]: there is none, or it was taken away before.
    pub fn remove_corpus(
        &self,
        ask: &Ask,
        corpus: Number,
        why: String,
    ) -> Result<Receipt, Trouble> {
        let wish = Wish::Remove { corpus, why };
        let receipt = self.submit(ask, Command::Corpora(Box::new(wish)))?;
        if let Some(row) = self.reader()?.corpus(corpus)? {
            self.forget_corpus(&row.digest)?;
        }
        Ok(receipt)
    }
}

/// Whether something can be read there, which is not a node's own.
///
/// # Errors
/// [`Trouble`] with the reason.
pub fn check_paths(paths: &[PathBuf]) -> Result<(), Trouble> {
    for path in paths {
        let real =
            fs::canonicalize(path).map_err(|error| crate::files::file_trouble(path, error))?;
        if let Some(node) = crate::home::node_over(&real) {
            let (path, node) = (path.display().to_string(), node.display().to_string());
            let args = vec![("path", path), ("node", node)];
            return Err(Trouble::Other("trouble-nodes-own", args, Sort::Refused));
        }
    }
    Ok(())
}

/// SHA-256 of a file, in hex.
pub(super) fn file_digest(path: &Path) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut file = File::open(path)?;
    let mut block = vec![0; 1 << 18];
    loop {
        match io::Read::read(&mut file, &mut block)? {
            0 => return Ok(hex::encode(hasher.finalize())),
            len => hasher.update(&block[..len]),
        }
    }
}

/// Takes away what a program that was killed left unfinished.
fn tidy(dir: &Path) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let unfinished = entry.file_name().to_string_lossy().starts_with("building-");
        let age = entry.metadata().and_then(|data| data.modified()).map(|at| at.elapsed());
        if unfinished && matches!(age, Ok(Ok(age)) if age > STALE) {
            drop(fs::remove_file(entry.path()));
        }
    }
}

fn corpus_trouble(dir: &Path, error: CorpusError) -> Trouble {
    Trouble::disk(dir, io::Error::other(error))
}

/// Files on their way into a corpus.
struct Taking<'t> {
    builder: Builder,
    fields: &'t Fields,
    records: bool,
    day: Option<Dated>,
    control: &'t Control,
    /// The file that is read.
    shown: String,
    piece: Option<Taken>,
    /// The piece that was read as records: its text says the same again.
    dumped: String,
    faults: Vec<FaultRow>,
    trouble: Option<CorpusError>,
}

/// A piece under way.
struct Taken {
    path: String,
    /// What its records are written in, if it has any.
    form: Option<Form>,
    bytes: Vec<u8>,
    long: bool,
}

impl Taking<'_> {
    fn file(&mut self, shown: &str, len: u64, source: &mut (impl io::Read + io::Seek)) {
        shown.clone_into(&mut self.shown);
        let (faults, documents) = (self.faults.len(), self.builder.figures().documents);
        extract_file(shown, len, source, Limits::default(), self);
        let silent = self.builder.figures().documents == documents && self.faults.len() == faults;
        if silent && len > 0 && self.control.goes_on() {
            self.note(String::new(), "no-text", Got::Nothing);
        }
        self.control.one_file(false);
    }

    fn goes_on(&mut self, control: &Control) -> Result<(), CorpusError> {
        match self.trouble.take() {
            Some(error) if control.goes_on() => Err(error),
            _ => Ok(()),
        }
    }

    fn note(&mut self, inside: String, why: &str, got: Got) {
        let (why, got) = (why.to_owned(), got.word().to_owned());
        self.faults.push(FaultRow { path: self.shown.clone(), inside, why, got });
    }

    fn name(&self, path: &str) -> String {
        let within = if path.is_empty() { "" } else { "!/" };
        format!("{}{within}{path}", self.shown)
    }

    fn add(&mut self, entry: &Entry<'_>) {
        if self.trouble.is_none() {
            let entry = Entry { dated: entry.dated.or(self.day.as_ref()), ..*entry };
            self.trouble = self.builder.add(&entry).err();
        }
    }

    fn take(&mut self, taken: Taken) {
        let Taken { path, form, bytes, .. } = taken;
        let name = self.name(&path);
        let bytes = to_utf8(&bytes);
        if let Some(form) = form {
            let mut found = Vec::new();
            let whole = records(form, &bytes, self.fields, &mut |record| found.push(record));
            if !found.is_empty() {
                for record in &found {
                    self.add(&Entry {
                        name: &format!("{name}#{}", record.id),
                        title: record.title.as_deref(),
                        dated: record.dated.as_ref(),
                        text: &record.text,
                    });
                }
                self.dumped.clone_from(&path);
                if !whole {
                    self.note(path, "damaged", Got::Part);
                }
                return;
            }
            if form == Form::Xml {
                // Its text comes as well.
                return;
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        self.add(&Entry { name: &name, text: &text, ..Entry::default() });
    }
}

impl Sink for Taking<'_> {
    fn begin(&mut self, piece: Piece<'_>) {
        let name = if piece.path.is_empty() { &self.shown } else { piece.path };
        let form = Form::of_name(name).filter(|_| self.records);
        let (path, dumped) = (piece.path.to_owned(), self.dumped == piece.path);
        let taken = match (piece.view, piece.format) {
            (View::Raw, Format::Markup) => form.is_some(),
            (View::Raw, Format::Text | Format::Mail) => true,
            (View::Raw, _) => false,
            (View::Text | View::Rows, _) => !(dumped && form.is_some()),
        };
        let form = form.filter(|_| piece.view == View::Raw);
        if piece.view == View::Raw {
            self.dumped = String::from("\0");
        }
        let taken = taken && !is_layout(&piece);
        self.piece = taken.then_some(Taken { path, form, bytes: Vec::new(), long: false });
    }

    fn feed(&mut self, bytes: &[u8]) {
        self.control.read(bytes.len() as u64);
        let Some(piece) = &mut self.piece else { return };
        if piece.bytes.len() + bytes.len() > PIECE_MAX {
            piece.long = true;
        } else {
            piece.bytes.extend_from_slice(bytes);
        }
    }

    fn end(&mut self) {
        let Some(piece) = self.piece.take() else { return };
        if piece.long {
            return self.note(piece.path, extract::Why::Held.word(), Got::Nothing);
        }
        self.take(piece);
    }

    fn fault(&mut self, fault: Fault) {
        self.note(fault.path, fault.why.word(), fault.got);
    }

    fn go_on(&mut self) -> bool {
        self.control.goes_on() && self.trouble.is_none()
    }
}
