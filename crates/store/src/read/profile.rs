//! What companies file of themselves.

use domain::terms::ProfileField;
use domain::{Day, Number};
use rusqlite::{Row, params};

use super::workstation::{a_day, idx};
use super::{Reader, maybe_number, number};
use crate::StoreError;

/// A profile that was filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileRow {
    /// The link it went over.
    pub link: Number,
    /// The letter that carries it.
    pub seq: u64,
    /// The event whose item `given` holds it.
    pub idx: u64,
    /// Whose it is, on a station.
    pub company: Option<Number>,
    /// As of this day.
    pub day: Day,
    /// What was ticked.
    pub fields: Vec<ProfileField>,
    /// Entries of the company's ledger that were shown and checked.
    pub entries: u64,
    /// The size of its ledger under which they stand.
    pub size: u64,
    /// Whether no later one was filed on the link.
    pub newest: bool,
    /// The event that took it back, or forgot it.
    pub ended: Option<u64>,
}

const PROFILE: &str = "SELECT link, seq, idx, company, day, fields, entries, size, newest, ended
    FROM profile";

fn profile(row: &Row<'_>) -> rusqlite::Result<ProfileRow> {
    let fields: String = row.get(5)?;
    Ok(ProfileRow {
        link: number(row, 0)?,
        seq: idx(row, 1)?,
        idx: idx(row, 2)?,
        company: maybe_number(row, 3)?,
        day: a_day(row, 4)?,
        fields: fields.split(',').filter_map(ProfileField::from_word).collect(),
        entries: idx(row, 6)?,
        size: idx(row, 7)?,
        newest: row.get(8)?,
        ended: row.get::<_, Option<i64>>(9)?.map(|idx| idx as u64),
    })
}

impl Reader {
    /// What was filed over a link, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn profiles_of(&self, link: Number) -> Result<Vec<ProfileRow>, StoreError> {
        let sql = format!("{PROFILE} WHERE link = $1 ORDER BY seq DESC");
        self.rows(&sql, [link.to_string()], profile)
    }

    /// The newest profiles that stand, of one company or of all, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn profiles(&self, company: Option<Number>) -> Result<Vec<ProfileRow>, StoreError> {
        let sql = format!(
            "{PROFILE} WHERE ($1 IS NULL OR company = $1) AND newest AND ended IS NULL
             ORDER BY idx DESC"
        );
        self.rows(&sql, [company.map(|no| no.to_string())], profile)
    }

    /// The events in which a company's profiles were forgotten.
    ///
    /// # Errors
    /// The database's own.
    pub fn profiles_forgotten(&self, company: Number) -> Result<Vec<u64>, StoreError> {
        self.rows(
            "SELECT DISTINCT ended FROM profile WHERE company = $1 AND ended IS NOT NULL
             ORDER BY ended DESC",
            [company.to_string()],
            |row| idx(row, 0),
        )
    }

    /// The numbers of received letters up to which profiles came that a letter takes back: each
    /// with its digest.
    ///
    /// # Errors
    /// The database's own.
    pub fn filed_before(&self, link: Number, seq: u64) -> Result<Vec<(u64, String)>, StoreError> {
        self.rows(
            "SELECT seq, digest FROM letter WHERE link = $1 AND way = 'in' AND seq < $2
             AND sort = 'profile' ORDER BY seq",
            params![link.to_string(), seq as i64],
            |row| Ok((idx(row, 0)?, row.get(1)?)),
        )
    }

    /// Whether what a received letter said was forgotten.
    ///
    /// # Errors
    /// The database's own.
    pub fn is_forgotten(&self, link: Number, seq: u64) -> Result<bool, StoreError> {
        let found = self.row(
            "SELECT 1 FROM letter l WHERE l.link = $1 AND l.way = 'in' AND l.seq = $2
             AND l.sort = 'profile'
             AND EXISTS (SELECT 1 FROM profile_forgotten f WHERE f.link = l.link AND f.seq > l.seq)",
            params![link.to_string(), seq as i64],
            |_| Ok(()),
        )?;
        Ok(found.is_some())
    }
}
