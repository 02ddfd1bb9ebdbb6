//! Building a corpus: document by document, in memory that does not grow with it.

use std::collections::HashSet;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use matcher::prints::{Density, Prints};
use rusqlite::{Connection, params};
use sha2::{Digest as _, Sha256};

use crate::{CorpusError, Dated, Figures, MARK, VERSION, WINDOW, Words};

/// Fingerprints that are sorted at a time.
const SEGMENT: usize = 2 << 20;
/// Fingerprints in a bucket, about.
const BUCKET: usize = 512;
/// The longest text that is one row; longer ones are cut, and what is cut overlaps.
pub(crate) const SECTION: usize = 4 << 20;
const OVERLAP: usize = 4 << 10;

const SCHEMA: &str = "
    PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32000;
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE document (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, title TEXT, last TEXT, said TEXT,
        start INTEGER NOT NULL, size INTEGER NOT NULL, text BLOB NOT NULL
    ) STRICT;
    CREATE TABLE print (id INTEGER PRIMARY KEY, tags BLOB NOT NULL) STRICT;
    CREATE VIRTUAL TABLE word USING fts5(text, content='', detail=none, columnsize=0,
        tokenize=\"ascii tokenchars '.'\");
    INSERT INTO word (word, rank) VALUES ('hashsize', 33554432);
    BEGIN;";

/// A document on its way into a corpus.
#[derive(Clone, Copy, Debug, Default)]
pub struct Entry<'e> {
    /// Where it was: a path, or a path and a record's number or own name.
    pub name: &'e str,
    /// Its title, if it says one.
    pub title: Option<&'e str>,
    /// When it was published.
    pub dated: Option<&'e Dated>,
    /// Its text.
    pub text: &'e str,
}

/// A corpus under way. Dropped before [`Builder::finish`], its file is worth nothing.
pub struct Builder {
    db: Connection,
    prints: Prints,
    words: Words,
    waiting: Vec<(u64, u32)>,
    segments: Vec<u32>,
    rows: u32,
    figures: Figures,
    manifest: Sha256,
}

impl Builder {
    /// Begins a corpus in a new file.
    ///
    /// # Errors
    /// [`CorpusError::Database`].
    pub fn create(path: &Path) -> Result<Self, CorpusError> {
        let db = Connection::open(path)?;
        db.execute_batch(SCHEMA)?;
        Ok(Self {
            db,
            prints: Prints::default(),
            words: Words::default(),
            waiting: Vec::new(),
            segments: Vec::new(),
            rows: 0,
            figures: Figures::default(),
            manifest: Sha256::new(),
        })
    }

    /// Takes a document in; one without text is none.
    ///
    /// # Errors
    /// [`CorpusError::Database`].
    pub fn add(&mut self, entry: &Entry<'_>) -> Result<(), CorpusError> {
        if entry.text.trim().is_empty() {
            return Ok(());
        }
        let mut start = 0;
        loop {
            let end = floor(entry.text, start + SECTION);
            self.section(entry, start, &entry.text[start..end])?;
            if end == entry.text.len() {
                break;
            }
            start = floor(entry.text, end - OVERLAP);
        }
        let figures = &mut self.figures;
        figures.documents += 1;
        figures.bytes += entry.text.len() as u64;
        match entry.dated {
            None => figures.undated += 1,
            Some(Dated { last, .. }) => match &mut figures.days {
                None => figures.days = Some([last.clone(), last.clone()]),
                Some([first, _]) if last < first => first.clone_from(last),
                Some([_, latest]) if last > latest => latest.clone_from(last),
                Some(_) => {}
            },
        }
        let day = entry.dated.map_or("-", |dated| &dated.last);
        let hash = hex::encode(Sha256::digest(entry.text));
        self.manifest.update(format!("{hash} {day} {}\n", entry.name));
        Ok(())
    }

    /// What it holds so far.
    #[must_use]
    pub fn figures(&self) -> &Figures {
        &self.figures
    }

    /// Ends it. The file is complete, and on the disk, when this returns.
    ///
    /// # Errors
    /// [`CorpusError::Database`].
    pub fn finish(mut self) -> Result<Figures, CorpusError> {
        self.flush()?;
        self.figures.manifest = hex::encode(self.manifest.finalize_reset());
        let figures = serde_json::to_string(&self.figures).map_err(|_| CorpusError::Damaged)?;
        let segments = serde_json::to_string(&self.segments).map_err(|_| CorpusError::Damaged)?;
        let version = VERSION.to_string();
        let meta: [(&str, &str); 4] =
            [("mark", MARK), ("version", &version), ("figures", &figures), ("segments", &segments)];
        for (name, value) in meta {
            self.db.execute("INSERT INTO meta VALUES ($1, $2)", [name, value])?;
        }
        // The journal was off; the file is synced as a whole here.
        self.db.execute_batch("COMMIT; PRAGMA synchronous = FULL;")?;
        self.db.close().map_err(|(_, error)| error)?;
        Ok(self.figures)
    }

    fn section(&mut self, entry: &Entry<'_>, start: usize, text: &str) -> Result<(), CorpusError> {
        self.rows += 1;
        let row = self.rows;
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
        let packed = packed.write_all(text.as_bytes()).and_then(|()| packed.finish());
        let packed = packed.map_err(|_| CorpusError::Damaged)?;
        let (last, said) = entry.dated.map(|dated| (&dated.last, &dated.said)).unzip();
        self.db
            .prepare_cached("INSERT INTO document VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")?
            .execute(params![
                row,
                entry.name,
                entry.title,
                last,
                said,
                start as i64,
                text.len() as i64,
                packed
            ])?;
        self.index_words(row, entry.title.filter(|_| start == 0), text)?;
        let mut tags = Vec::new();
        self.prints.of(text.as_bytes(), Density::Chosen(WINDOW), &mut tags);
        self.figures.fingerprints += tags.len() as u64;
        self.waiting.extend(tags.into_iter().map(|tag| (tag, row)));
        if self.waiting.len() >= SEGMENT { self.flush() } else { Ok(()) }
    }

    fn index_words(
        &mut self,
        row: u32,
        title: Option<&str>,
        text: &str,
    ) -> Result<(), CorpusError> {
        // Which words a document has is asked, not how often: each goes in once.
        let mut seen: HashSet<String> = HashSet::new();
        let mut all = String::new();
        let mut add = |word: &str| {
            if !seen.contains(word) {
                all.push_str(word);
                all.push(' ');
                seen.insert(word.to_owned());
            }
        };
        self.words.of(title.unwrap_or_default(), &mut add);
        self.words.of(text, &mut add);
        self.db
            .prepare_cached("INSERT INTO word (rowid, text) VALUES ($1, $2)")?
            .execute(params![row, all])?;
        Ok(())
    }

    /// Writes the fingerprints that wait as one more segment.
    fn flush(&mut self) -> Result<(), CorpusError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.sort_unstable();
        let bits = (waiting.len() / BUCKET).max(1).ilog2();
        let segment = self.segments.len() as i64;
        let mut insert = self.db.prepare_cached("INSERT INTO print VALUES ($1, $2)")?;
        for same in waiting.chunk_by(|a, b| bucket(a.0, bits) == bucket(b.0, bits)) {
            let tags = same.iter().flat_map(|(tag, row)| {
                let both = u64::from(rest(*tag, bits)) << 32 | u64::from(*row);
                both.to_be_bytes()
            });
            let id = segment << 32 | i64::from(bucket(same[0].0, bits));
            insert.execute(params![id, tags.collect::<Vec<u8>>()])?;
        }
        drop(insert);
        waiting.clear();
        self.waiting = waiting;
        self.segments.push(bits);
        Ok(())
    }
}

/// Which bucket of a segment with so many bits a fingerprint is in.
pub(crate) fn bucket(tag: u64, bits: u32) -> u32 {
    tag.checked_shr(64 - bits).unwrap_or(0) as u32
}

/// What of a fingerprint is kept in its bucket: the next 32 bits.
pub(crate) fn rest(tag: u64, bits: u32) -> u32 {
    (tag << bits >> 32) as u32
}

/// The end of a character at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}
