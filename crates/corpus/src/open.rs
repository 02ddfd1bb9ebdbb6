//! Asking a corpus: which documents share fingerprints or words with something.

use std::collections::{BTreeMap, HashMap};
use std::io::Read as _;
use std::path::Path;

use flate2::read::DeflateDecoder;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, params};

use crate::build::{SECTION, bucket, rest};
use crate::{CorpusError, Dated, Figures, MARK, VERSION};

/// Words in more documents than this say little, and are not looked up.
const COMMON: usize = 100_000;

/// A document, or a section of a long one, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Where it was.
    pub name: String,
    /// Its title, if it says one.
    pub title: Option<String>,
    /// When it was published, if that is known.
    pub dated: Option<Dated>,
    /// Where in the document this section begins, in bytes.
    pub start: u64,
    /// The text.
    pub text: String,
}

/// A document that has some of the words asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    /// Its row.
    pub row: u32,
    /// Places of the words that it has, among those asked for.
    pub has: Vec<usize>,
    /// Share of the words that it has, each weighed by how rare it is in this corpus, 0 to 1.
    pub share: f64,
}

/// A corpus opened for reading.
pub struct Corpus {
    db: Connection,
    figures: Figures,
    segments: Vec<u32>,
}

impl Corpus {
    /// Opens a finished corpus.
    ///
    /// # Errors
    /// [`CorpusError`].
    pub fn open(path: &Path) -> Result<Self, CorpusError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags)?;
        // Nothing that is asked may reach the disk.
        db.execute_batch(
            "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;
             PRAGMA cell_size_check = ON;",
        )?;
        let meta = |name: &str| {
            let value = db
                .query_row("SELECT value FROM meta WHERE name = $1", [name], |row| {
                    row.get::<_, String>(0)
                })
                .optional();
            match value {
                Ok(value) => value.ok_or(CorpusError::NotACorpus),
                Err(error) => Err(match CorpusError::from(error) {
                    // There is no such table.
                    CorpusError::Database(_) => CorpusError::NotACorpus,
                    other => other,
                }),
            }
        };
        if meta("mark")? != MARK {
            return Err(CorpusError::NotACorpus);
        }
        let found = meta("version")?.parse().map_err(|_| CorpusError::Damaged)?;
        if found != VERSION {
            return Err(CorpusError::Newer { found });
        }
        let figures = serde_json::from_str(&meta("figures")?).map_err(|_| CorpusError::Damaged)?;
        let segments: Vec<u32> =
            serde_json::from_str(&meta("segments")?).map_err(|_| CorpusError::Damaged)?;
        if segments.iter().any(|bits| *bits > 31) {
            return Err(CorpusError::Damaged);
        }
        Ok(Self { db, figures, segments })
    }

    /// What it holds.
    #[must_use]
    pub fn figures(&self) -> &Figures {
        &self.figures
    }

    /// The rows that have some of these fingerprints, which are in order: how many of them each.
    ///
    /// # Errors
    /// [`CorpusError`].
    pub fn sharing(&self, prints: &[u64]) -> Result<HashMap<u32, u32>, CorpusError> {
        let mut shared = HashMap::new();
        let mut select = self.db.prepare_cached("SELECT tags FROM print WHERE id = $1")?;
        for (segment, &bits) in (0_i64..).zip(&self.segments) {
            for same in prints.chunk_by(|a, b| bucket(*a, bits) == bucket(*b, bits)) {
                let id = segment << 32 | i64::from(bucket(same[0], bits));
                let tags: Option<Vec<u8>> = select.query_row([id], |row| row.get(0)).optional()?;
                let Some(tags) = tags else { continue };
                let (tags, odd) = tags.as_chunks::<8>();
                if !odd.is_empty() {
                    return Err(CorpusError::Damaged);
                }
                for print in same {
                    let first = u64::from(rest(*print, bits)) << 32;
                    let from = tags.partition_point(|tag| u64::from_be_bytes(*tag) < first);
                    for tag in &tags[from..] {
                        let tag = u64::from_be_bytes(*tag);
                        if tag >> 32 != first >> 32 {
                            break;
                        }
                        *shared.entry(tag as u32).or_default() += 1;
                    }
                }
            }
        }
        Ok(shared)
    }

    /// The rows that have most of these words, the best first, at most `most`.
    ///
    /// # Errors
    /// [`CorpusError`].
    pub fn near(&self, words: &[String], most: usize) -> Result<Vec<Near>, CorpusError> {
        let all = self.figures.documents.max(1) as f64;
        let mut have: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        let mut weights = Vec::new();
        let mut select =
            self.db.prepare_cached("SELECT rowid FROM word WHERE word MATCH $1 LIMIT $2")?;
        for (place, word) in words.iter().enumerate() {
            let rows = select
                .query_map(params![format!("\"{word}\""), COMMON as i64 + 1], |row| row.get(0))?
                .collect::<Result<Vec<u32>, _>>()?;
            // One that no document has tells most of all that a document is not the same.
            let weight = (1.0 + all / (rows.len() as f64).max(0.5)).ln();
            weights.push(weight);
            if rows.len() <= COMMON {
                rows.into_iter().for_each(|row| have.entry(row).or_default().push(place));
            }
        }
        let sum: f64 = weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        let mut near: Vec<Near> = have
            .into_iter()
            .map(|(row, has)| {
                let share = has.iter().map(|place| weights[*place]).sum::<f64>() / sum;
                Near { row, has, share }
            })
            .collect();
        near.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.row.cmp(&b.row)));
        near.truncate(most);
        Ok(near)
    }

    /// The last possible days of some rows; `None` for those without.
    ///
    /// # Errors
    /// [`CorpusError`].
    pub fn last_day(&self, row: u32) -> Result<Option<String>, CorpusError> {
        let day = self
            .db
            .prepare_cached("SELECT last FROM document WHERE id = $1")?
            .query_row([row], |row| row.get(0))
            .optional()?;
        day.ok_or(CorpusError::Damaged)
    }

    /// A row.
    ///
    /// # Errors
    /// [`CorpusError::Damaged`] where there is none, or its text can't be had.
    pub fn stored(&self, row: u32) -> Result<Stored, CorpusError> {
        let sql = "SELECT name, title, last, said, start, size, text FROM document WHERE id = $1";
        let read = |row: &rusqlite::Row<'_>| {
            let (last, said): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
            let (start, size): (i64, i64) = (row.get(4)?, row.get(5)?);
            let stored = Stored {
                name: row.get(0)?,
                title: row.get(1)?,
                dated: last.zip(said).map(|(last, said)| Dated { last, said }),
                start: start as u64,
                text: String::new(),
            };
            Ok((stored, size as u64, row.get::<_, Vec<u8>>(6)?))
        };
        let found = self.db.prepare_cached(sql)?.query_row([row], read).optional()?;
        let (mut stored, size, packed) = found.ok_or(CorpusError::Damaged)?;
        let mut text = DeflateDecoder::new(&*packed).take(SECTION as u64 + 1);
        text.read_to_string(&mut stored.text).map_err(|_| CorpusError::Damaged)?;
        if stored.text.len() as u64 == size { Ok(stored) } else { Err(CorpusError::Damaged) }
    }
}
