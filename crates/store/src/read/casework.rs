//! Cases: what has happened in them, and what is in their files.

use domain::terms::CaseSource;
use domain::{Day, Number, Period};
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::workstation::{a_day, idx};
use super::{Page, Reader, maybe_day, maybe_number, number, term};
use crate::StoreError;

/// A case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    /// Its number.
    pub no: Number,
    /// The event whose item `text` says what is known.
    pub idx: u64,
    /// Its procedure.
    pub procedure: String,
    /// The procedure's version.
    pub version: u32,
    /// Whose secret it is about.
    pub company: Option<Number>,
    /// The company's name.
    pub name: Option<String>,
    /// Its title.
    pub title: String,
    /// Where it came from.
    pub source: CaseSource,
    /// When it came.
    pub happened: Day,
    /// The office in charge.
    pub unit: Option<String>,
    /// The event whose item `handler` names the person in charge.
    pub handler_idx: Option<u64>,
    /// The state of its main track.
    pub state: String,
    /// When it ended.
    pub ended: Option<Day>,
    /// The last event about it.
    pub changed: u64,
}

/// A step of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseStepRow {
    /// The case.
    pub case: Number,
    /// The event whose item `note` holds the remark.
    pub idx: u64,
    /// Its number in the case.
    pub no: u32,
    /// Its name in the procedure.
    pub step: String,
    /// By which role.
    pub role: String,
    /// When.
    pub happened: Day,
    /// At which minute of that day.
    pub minute: Option<u16>,
    /// The day it names.
    pub planned: Option<Day>,
    /// The event that took it back.
    pub withdrawn: Option<u64>,
}

/// Something in a case's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseItemRow {
    /// The case.
    pub case: Number,
    /// What.
    pub item: String,
    /// The event that said so.
    pub idx: u64,
    /// The paper in the vault.
    pub paper: Option<u32>,
    /// What it bears of form.
    pub bears: Vec<String>,
    /// The date on it.
    pub happened: Option<Day>,
    /// A remark.
    pub why: Option<String>,
}

/// A loss, gain or count of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseReckoningRow {
    /// The worksheet.
    pub sheet: String,
    /// The way of counting.
    pub method: String,
    /// What it gives.
    pub gives: String,
    /// Whether it counts towards a threshold.
    pub relied: bool,
    /// The event whose item `counted` holds inputs and result.
    pub idx: u64,
}

/// A document of a case that was filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseDocumentRow {
    /// The item it becomes when it is signed.
    pub item: String,
    /// The event whose item `filled` says what was filled in.
    pub idx: u64,
    /// Its language.
    pub lang: String,
}

/// What a list of cases can be asked for; empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// Part of the title, the company's name or a number.
    pub text: Option<String>,
    /// Only on this procedure.
    pub procedure: Option<String>,
    /// Only of this company.
    pub company: Option<Number>,
    /// Only of this office.
    pub unit: Option<String>,
    /// Only in this state of the main track.
    pub state: Option<String>,
    /// Only what came in this period.
    pub period: Option<Period>,
    /// Only what has ended, or has not.
    pub ended: Option<bool>,
    /// Only what changed after this event.
    pub changed_after: Option<u64>,
    /// How many to skip.
    pub offset: u32,
    /// How many at most; 0 for 50.
    pub limit: u32,
}

const CASE: &str = "k.no, k.idx, k.procedure, k.version, k.company, c.name, k.title, k.source,
    k.happened, k.unit, k.handler, k.state, k.ended, k.changed";
const FROM: &str = "casefile k LEFT JOIN company c ON c.no = k.company";
const STEP: &str = "s.casefile, s.idx, s.no, s.step, s.role, s.happened, s.minute, s.planned,
    s.withdrawn";
const ITEM: &str = "i.casefile, i.item, i.idx, i.paper, i.bears, i.happened, i.why";

fn read_case(row: &Row<'_>) -> rusqlite::Result<CaseRow> {
    Ok(CaseRow {
        no: number(row, 0)?,
        idx: idx(row, 1)?,
        procedure: row.get(2)?,
        version: row.get(3)?,
        company: maybe_number(row, 4)?,
        name: row.get(5)?,
        title: row.get(6)?,
        source: term(row, 7, CaseSource::from_word)?,
        happened: a_day(row, 8)?,
        unit: row.get(9)?,
        handler_idx: row.get::<_, Option<i64>>(10)?.map(|idx| idx as u64),
        state: row.get(11)?,
        ended: maybe_day(row, 12)?,
        changed: idx(row, 13)?,
    })
}

fn read_step(row: &Row<'_>) -> rusqlite::Result<CaseStepRow> {
    Ok(CaseStepRow {
        case: number(row, 0)?,
        idx: idx(row, 1)?,
        no: row.get(2)?,
        step: row.get(3)?,
        role: row.get(4)?,
        happened: a_day(row, 5)?,
        minute: row.get(6)?,
        planned: maybe_day(row, 7)?,
        withdrawn: row.get::<_, Option<i64>>(8)?.map(|idx| idx as u64),
    })
}

fn read_item(row: &Row<'_>) -> rusqlite::Result<CaseItemRow> {
    let bears: String = row.get(4)?;
    Ok(CaseItemRow {
        case: number(row, 0)?,
        item: row.get(1)?,
        idx: idx(row, 2)?,
        paper: row.get(3)?,
        bears: bears.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect(),
        happened: maybe_day(row, 5)?,
        why: row.get(6)?,
    })
}

impl CaseFilter {
    fn conditions(&self) -> (String, Vec<Value>) {
        let mut conditions = vec!["TRUE".to_owned()];
        let mut values: Vec<Value> = Vec::new();
        let mut bind = |condition: &str, value: Value| {
            values.push(value);
            conditions.push(condition.replace('?', &format!("${}", values.len())));
        };
        if let Some(text) = self.text.as_deref().map(str::trim).filter(|t| !t.is_empty()) {
            let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            bind(
                "(k.no || ' ' || k.title || ' ' || COALESCE(c.name, '')) LIKE ? ESCAPE '\\'",
                Value::Text(format!("%{escaped}%")),
            );
        }
        if let Some(procedure) = &self.procedure {
            bind("k.procedure = ?", Value::Text(procedure.clone()));
        }
        if let Some(company) = self.company {
            bind("k.company = ?", Value::Text(company.to_string()));
        }
        if let Some(unit) = &self.unit {
            bind("k.unit = ?", Value::Text(unit.clone()));
        }
        if let Some(state) = &self.state {
            bind("k.state = ?", Value::Text(state.clone()));
        }
        if let Some(period) = self.period {
            bind("k.happened >= ?", Value::Text(period.from().to_string()));
            bind("k.happened <= ?", Value::Text(period.until().to_string()));
        }
        if let Some(idx) = self.changed_after {
            bind("k.changed > ?", Value::Integer(idx as i64));
        }
        match self.ended {
            Some(true) => conditions.push("k.ended IS NOT NULL".to_owned()),
            Some(false) => conditions.push("k.ended IS NULL".to_owned()),
            None => {}
        }
        (conditions.join(" AND "), values)
    }
}

impl Reader {
    /// A part of the cases: those that go on first, the newest before others.
    ///
    /// # Errors
    /// The database's own.
    pub fn cases(&self, filter: &CaseFilter) -> Result<Page<CaseRow>, StoreError> {
        let (conditions, values) = filter.conditions();
        let offset = filter.offset;
        let limit = if filter.limit == 0 { 50 } else { filter.limit };
        let sql = format!(
            "SELECT {CASE} FROM {FROM} WHERE {conditions}
             ORDER BY k.ended IS NOT NULL, k.idx DESC LIMIT {limit} OFFSET {offset}"
        );
        let rows = self.rows(&sql, params_from_iter(&values), read_case)?;
        let sql = format!("SELECT COUNT(*) FROM {FROM} WHERE {conditions}");
        let count = self.row(&sql, params_from_iter(&values), |row| row.get::<_, i64>(0))?;
        Ok(Page { rows, total: count.unwrap_or(0) as u64 })
    }

    /// How many cases go on.
    ///
    /// # Errors
    /// The database's own.
    pub fn open_cases(&self) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) FROM casefile WHERE ended IS NULL";
        Ok(self.row(sql, [], |row| row.get::<_, i64>(0))?.unwrap_or(0) as u64)
    }

    /// One case.
    ///
    /// # Errors
    /// The database's own.
    pub fn case(&self, no: Number) -> Result<Option<CaseRow>, StoreError> {
        let sql = format!("SELECT {CASE} FROM {FROM} WHERE k.no = $1");
        self.row(&sql, [no.to_string()], read_case)
    }

    /// The steps of a case in their order, those taken back included.
    ///
    /// # Errors
    /// The database's own.
    pub fn case_steps(&self, no: Number) -> Result<Vec<CaseStepRow>, StoreError> {
        let sql = format!("SELECT {STEP} FROM case_step s WHERE s.casefile = $1 ORDER BY s.no");
        self.rows(&sql, [no.to_string()], read_step)
    }

    /// The steps that stand, of all cases that changed after an event, each case's together and in
    /// their order.
    ///
    /// # Errors
    /// The database's own.
    pub fn steps_after(&self, changed: Option<u64>) -> Result<Vec<CaseStepRow>, StoreError> {
        let sql = format!(
            "SELECT {STEP} FROM casefile k JOIN case_step s ON s.casefile = k.no
             WHERE k.changed > $1 AND s.withdrawn IS NULL ORDER BY k.idx, s.no"
        );
        self.rows(&sql, [changed.map_or(-1, |idx| idx as i64)], read_step)
    }

    /// What is in a case's file.
    ///
    /// # Errors
    /// The database's own.
    pub fn case_items(&self, no: Number) -> Result<Vec<CaseItemRow>, StoreError> {
        let sql = format!("SELECT {ITEM} FROM case_item i WHERE i.casefile = $1 ORDER BY i.idx");
        self.rows(&sql, [no.to_string()], read_item)
    }

    /// The documents of a case that were filled in, the last one last; each as it was filled in last.
    ///
    /// # Errors
    /// The database's own.
    pub fn case_documents(&self, no: Number) -> Result<Vec<CaseDocumentRow>, StoreError> {
        let sql = "SELECT item, idx, lang FROM case_document WHERE casefile = $1 ORDER BY idx";
        self.rows(sql, [no.to_string()], |row| {
            Ok(CaseDocumentRow { item: row.get(0)?, idx: idx(row, 1)?, lang: row.get(2)? })
        })
    }

    /// What was reckoned in a case, each way of counting as it was reckoned last.
    ///
    /// # Errors
    /// The database's own.
    pub fn case_reckonings(&self, no: Number) -> Result<Vec<CaseReckoningRow>, StoreError> {
        let sql = "SELECT sheet, method, gives, relied, idx FROM case_reckoning
             WHERE casefile = $1 ORDER BY idx";
        self.rows(sql, [no.to_string()], |row| {
            Ok(CaseReckoningRow {
                sheet: row.get(0)?,
                method: row.get(1)?,
                gives: row.get(2)?,
                relied: row.get(3)?,
                idx: idx(row, 4)?,
            })
        })
    }

    /// The offices in charge of cases, in the order of their names.
    ///
    /// # Errors
    /// The database's own.
    pub fn case_units(&self) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT DISTINCT unit FROM casefile WHERE unit IS NOT NULL ORDER BY unit";
        self.rows(sql, [], |row| row.get(0))
    }
}
