//! People, clearances, measures and papers.

use domain::terms::MeasureItem;
use domain::{Day, Moment, Number};
use rusqlite::{Row, params};

use super::{Reader, maybe_day, number, term};
use crate::StoreError;

/// A person, without the name, which is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// The number.
    pub no: Number,
    /// The event whose item `name` holds the name.
    pub idx: u64,
    /// 岗位.
    pub post: Option<String>,
    /// 部门.
    pub department: Option<String>,
    /// When the person joined, as claimed.
    pub joined: Option<Day>,
    /// Secret points the person may know now.
    pub cleared: u32,
}

/// A person's access to a secret point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClearanceRow {
    /// The event that gave it.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// The person.
    pub person: Number,
    /// The secret point.
    pub secret: Number,
    /// From this day, as claimed.
    pub from: Option<Day>,
    /// Until this day (included).
    pub until: Option<Day>,
    /// Why.
    pub why: Option<String>,
    /// The event that ended it.
    pub barred_idx: Option<u64>,
    /// From this day it was ended, as claimed.
    pub barred: Option<Day>,
}

/// A protective measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureRow {
    /// Its number.
    pub no: Number,
    /// The event that added it.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// The item of art. 6.
    pub item: MeasureItem,
    /// What it is.
    pub title: String,
    /// How it works.
    pub detail: Option<String>,
    /// In force from, as claimed.
    pub from: Option<Day>,
    /// In force until (included), as claimed.
    pub until: Option<Day>,
    /// The event that ended it.
    pub ended_idx: Option<u64>,
    /// Its last day when it was ended, as claimed.
    pub ended: Option<Day>,
    /// Papers that show it.
    pub papers: u32,
    /// Secret points it is matched to.
    pub secrets: u32,
}

impl MeasureRow {
    /// Whether it is in force on a day, as claimed.
    pub fn in_force(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day)
            && self.until.is_none_or(|until| day <= until)
            && match (self.ended_idx, self.ended) {
                (None, _) => true,
                (Some(_), Some(last)) => day <= last,
                (Some(_), None) => false,
            }
    }
}

/// A paper in the vault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperRow {
    /// What it belongs to.
    pub about: Number,
    /// Its number there.
    pub no: u32,
    /// The event whose items `name` and `digest` describe it.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// The blob in the vault.
    pub blob: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of the sealed blob, in hex.
    pub sealed: String,
    /// Its media type.
    pub media: String,
    /// The date on the paper, as claimed.
    pub happened: Option<Day>,
}

fn clearance(row: &Row<'_>) -> rusqlite::Result<ClearanceRow> {
    Ok(ClearanceRow {
        idx: row.get::<_, i64>(0)? as u64,
        at: Moment(row.get(1)?),
        person: number(row, 2)?,
        secret: number(row, 3)?,
        from: maybe_day(row, 4)?,
        until: maybe_day(row, 5)?,
        why: row.get(6)?,
        barred: maybe_day(row, 7)?,
        barred_idx: row.get::<_, Option<i64>>(8)?.map(|idx| idx as u64),
    })
}

const CLEARANCE: &str = "SELECT c.idx, e.at, c.person, c.secret, c.from_day, c.until, c.why,
    c.barred, c.barred_idx FROM clearance c JOIN event e ON e.idx = c.idx";

fn measure(row: &Row<'_>) -> rusqlite::Result<MeasureRow> {
    Ok(MeasureRow {
        no: number(row, 0)?,
        idx: row.get::<_, i64>(1)? as u64,
        at: Moment(row.get(2)?),
        item: term(row, 3, MeasureItem::from_word)?,
        title: row.get(4)?,
        detail: row.get(5)?,
        from: maybe_day(row, 6)?,
        until: maybe_day(row, 7)?,
        ended: maybe_day(row, 8)?,
        ended_idx: row.get::<_, Option<i64>>(9)?.map(|idx| idx as u64),
        papers: row.get(10)?,
        secrets: row.get(11)?,
    })
}

const MEASURE: &str = "SELECT m.no, m.idx, e.at, m.item, m.title, m.detail, m.from_day, m.until,
    m.ended, m.ended_idx, (SELECT COUNT(*) FROM paper p WHERE p.about = m.no),
    (SELECT COUNT(DISTINCT x.secret) FROM measure_match x WHERE x.measure = m.no)
    FROM measure m JOIN event e ON e.idx = m.idx";

const PERSON: &str = "SELECT p.no, p.idx, p.post, p.department, p.joined,
    (SELECT COUNT(DISTINCT c.secret) FROM clearance c
      WHERE c.person = p.no AND c.barred_idx IS NULL) FROM person p";

fn person(row: &Row<'_>) -> rusqlite::Result<PersonRow> {
    Ok(PersonRow {
        no: number(row, 0)?,
        idx: row.get::<_, i64>(1)? as u64,
        post: row.get(2)?,
        department: row.get(3)?,
        joined: maybe_day(row, 4)?,
        cleared: row.get(5)?,
    })
}

impl Reader {
    /// All people by number.
    ///
    /// # Errors
    /// The database's own.
    pub fn people(&self) -> Result<Vec<PersonRow>, StoreError> {
        self.rows(&format!("{PERSON} ORDER BY p.no"), params![], person)
    }

    /// One person.
    ///
    /// # Errors
    /// The database's own.
    pub fn person(&self, no: Number) -> Result<Option<PersonRow>, StoreError> {
        self.row(&format!("{PERSON} WHERE p.no = $1"), [no.to_string()], person)
    }

    /// Who may or might know a secret point, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn clearances_of_secret(&self, no: Number) -> Result<Vec<ClearanceRow>, StoreError> {
        let sql = format!("{CLEARANCE} WHERE c.secret = $1 ORDER BY c.idx DESC");
        self.rows(&sql, [no.to_string()], clearance)
    }

    /// What a person may or might know, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn clearances_of_person(&self, no: Number) -> Result<Vec<ClearanceRow>, StoreError> {
        let sql = format!("{CLEARANCE} WHERE c.person = $1 ORDER BY c.idx DESC");
        self.rows(&sql, [no.to_string()], clearance)
    }

    /// All measures in the order of art. 6.
    ///
    /// # Errors
    /// The database's own.
    pub fn measures(&self) -> Result<Vec<MeasureRow>, StoreError> {
        let mut rows = self.rows(&format!("{MEASURE} ORDER BY m.no"), params![], measure)?;
        rows.sort_by_key(|row| (row.item, row.no));
        Ok(rows)
    }

    /// One measure.
    ///
    /// # Errors
    /// The database's own.
    pub fn measure(&self, no: Number) -> Result<Option<MeasureRow>, StoreError> {
        self.row(&format!("{MEASURE} WHERE m.no = $1"), [no.to_string()], measure)
    }

    /// The papers of a person, partner, measure, agreement or disclosure.
    ///
    /// # Errors
    /// The database's own.
    pub fn papers(&self, about: Number) -> Result<Vec<PaperRow>, StoreError> {
        self.rows(
            "SELECT p.about, p.no, p.idx, e.at, p.blob, p.size, p.sealed, p.media, p.happened
             FROM paper p JOIN event e ON e.idx = p.idx WHERE p.about = $1 ORDER BY p.no",
            [about.to_string()],
            |row| {
                Ok(PaperRow {
                    about: number(row, 0)?,
                    no: row.get(1)?,
                    idx: row.get::<_, i64>(2)? as u64,
                    at: Moment(row.get(3)?),
                    blob: row.get(4)?,
                    size: row.get::<_, i64>(5)? as u64,
                    sealed: row.get(6)?,
                    media: row.get(7)?,
                    happened: maybe_day(row, 8)?,
                })
            },
        )
    }
}
