//! Incidents: what is known of the act, exhibits with their hands, notes, what lies beside.

use domain::terms::{Conduct, Outcome};
use domain::{Day, Moment, Number};
use rusqlite::Row;

use super::workstation::{a_day, idx};
use super::{Reader, maybe_day, maybe_term, number, term};
use crate::StoreError;

/// An incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentRow {
    /// Its number.
    pub no: Number,
    /// The event whose items `text` and `others` are sealed.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// Its title.
    pub title: String,
    /// What kind of act is suspected.
    pub conduct: Conduct,
    /// The secret points it is about.
    pub secrets: Vec<Number>,
    /// Colleagues who may be involved.
    pub persons: Vec<Number>,
    /// Partners that may be involved.
    pub partners: Vec<Number>,
    /// The first day of the act, as claimed.
    pub from: Day,
    /// The last one.
    pub until: Day,
    /// When the company learnt of it, as claimed.
    pub noticed: Day,
    /// The event that said so last.
    pub act_idx: u64,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// When it was closed.
    pub closed: Option<Day>,
    /// The event whose item `text` says more of that.
    pub closed_idx: Option<u64>,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteRow {
    /// The event whose item `text` is sealed.
    pub idx: u64,
    /// When it was, as claimed.
    pub happened: Option<Day>,
}

/// Something laid beside an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedRow {
    /// What.
    pub thing: Number,
    /// The event whose item `text` says what it shows.
    pub idx: u64,
}

/// An exhibit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExhibitRow {
    /// Its number within the incident.
    pub no: u32,
    /// The event whose items `origin`, `collector` and `method` are sealed.
    pub idx: u64,
    /// What, by its name among the items of evidence.
    pub item: String,
    /// The paper in the vault.
    pub paper: Option<u32>,
    /// What it bears of form.
    pub bears: Vec<String>,
    /// The date on it, as claimed.
    pub dated: Option<Day>,
    /// When it was taken, as claimed.
    pub happened: Day,
    /// The event that took it out.
    pub dropped: Option<u64>,
}

/// An exhibit went into other hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandingRow {
    /// The event whose items `giver`, `taker` and `text` are sealed.
    pub idx: u64,
    /// The exhibit.
    pub exhibit: u32,
    /// When, as claimed.
    pub happened: Day,
}

const INCIDENT: &str = "SELECT no, idx, at, title, conduct, secrets, persons, partners, from_day,
    until, noticed, act_idx, outcome, closed, closed_idx FROM incident";

fn numbers(row: &Row<'_>, at: usize) -> rusqlite::Result<Vec<Number>> {
    let text: String = row.get(at)?;
    Ok(text.split(',').filter_map(|no| Number::parse(no).ok()).collect())
}

fn maybe_idx(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<u64>> {
    Ok(row.get::<_, Option<i64>>(at)?.map(|idx| idx as u64))
}

fn incident(row: &Row<'_>) -> rusqlite::Result<IncidentRow> {
    Ok(IncidentRow {
        no: number(row, 0)?,
        idx: idx(row, 1)?,
        at: Moment(row.get(2)?),
        title: row.get(3)?,
        conduct: term(row, 4, Conduct::from_word)?,
        secrets: numbers(row, 5)?,
        persons: numbers(row, 6)?,
        partners: numbers(row, 7)?,
        from: a_day(row, 8)?,
        until: a_day(row, 9)?,
        noticed: a_day(row, 10)?,
        act_idx: idx(row, 11)?,
        outcome: maybe_term(row, 12, Outcome::from_word)?,
        closed: maybe_day(row, 13)?,
        closed_idx: maybe_idx(row, 14)?,
    })
}

impl Reader {
    /// Incidents, those that are open first, the newest before others; only those that are closed,
    /// or open, when that is asked for.
    ///
    /// # Errors
    /// The database's own.
    pub fn incidents(&self, closed: Option<bool>) -> Result<Vec<IncidentRow>, StoreError> {
        let which = match closed {
            None => "",
            Some(true) => "WHERE closed_idx IS NOT NULL",
            Some(false) => "WHERE closed_idx IS NULL",
        };
        let sql = format!("{INCIDENT} {which} ORDER BY closed_idx IS NOT NULL, idx DESC");
        self.rows(&sql, [], incident)
    }

    /// One incident.
    ///
    /// # Errors
    /// The database's own.
    pub fn incident(&self, no: Number) -> Result<Option<IncidentRow>, StoreError> {
        self.row(&format!("{INCIDENT} WHERE no = $1"), [no.to_string()], incident)
    }

    /// The notes of an incident, as they came.
    ///
    /// # Errors
    /// The database's own.
    pub fn incident_notes(&self, no: Number) -> Result<Vec<NoteRow>, StoreError> {
        let sql = "SELECT idx, happened FROM incident_note WHERE incident = $1 ORDER BY idx";
        self.rows(sql, [no.to_string()], |row| {
            Ok(NoteRow { idx: idx(row, 0)?, happened: maybe_day(row, 1)? })
        })
    }

    /// What lies beside an incident, as it came.
    ///
    /// # Errors
    /// The database's own.
    pub fn incident_links(&self, no: Number) -> Result<Vec<LinkedRow>, StoreError> {
        let sql = "SELECT thing, idx FROM incident_link WHERE incident = $1 ORDER BY idx";
        self.rows(sql, [no.to_string()], |row| {
            Ok(LinkedRow { thing: number(row, 0)?, idx: idx(row, 1)? })
        })
    }

    /// The exhibits of an incident in their order, those taken out included.
    ///
    /// # Errors
    /// The database's own.
    pub fn exhibits(&self, no: Number) -> Result<Vec<ExhibitRow>, StoreError> {
        let sql = "SELECT no, idx, item, paper, bears, dated, happened, dropped FROM exhibit
                   WHERE incident = $1 ORDER BY no";
        self.rows(sql, [no.to_string()], |row| {
            let bears: String = row.get(4)?;
            Ok(ExhibitRow {
                no: row.get(0)?,
                idx: idx(row, 1)?,
                item: row.get(2)?,
                paper: row.get(3)?,
                bears: bears.split(',').filter(|one| !one.is_empty()).map(str::to_owned).collect(),
                dated: maybe_day(row, 5)?,
                happened: a_day(row, 6)?,
                dropped: maybe_idx(row, 7)?,
            })
        })
    }

    /// Who had the exhibits of an incident, as it was noted.
    ///
    /// # Errors
    /// The database's own.
    pub fn handings(&self, no: Number) -> Result<Vec<HandingRow>, StoreError> {
        let sql = "SELECT idx, exhibit, happened FROM handing WHERE incident = $1 ORDER BY idx";
        self.rows(sql, [no.to_string()], |row| {
            Ok(HandingRow { idx: idx(row, 0)?, exhibit: row.get(1)?, happened: a_day(row, 2)? })
        })
    }
}
