//! Going abroad: pre-judgements, and answers before material leaves China.

use domain::{Moment, Number};
use rusqlite::{Row, params};

use super::{Reader, maybe_numbers, number};
use crate::StoreError;

/// A pre-judgement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssessmentRow {
    /// Its number.
    pub no: Number,
    /// The event that recorded it.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// What it is about.
    pub product: String,
    /// The countries, by their names in the catalogue.
    pub markets: Vec<String>,
    /// The answers, as `question:choice`.
    pub answers: Vec<String>,
    /// The risks named.
    pub risks: Vec<String>,
    /// The guides it rests on, with their editions.
    pub guides: Vec<String>,
    /// The edition of the questions.
    pub edition: u32,
}

/// Answers of the export check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportRow {
    /// Its number.
    pub no: Number,
    /// The event that recorded it.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// The secret points.
    pub secrets: Vec<Number>,
    /// To whom and where.
    pub to: String,
    /// The answers, as `question:choice`.
    pub answers: Vec<String>,
    /// The papers they rest on, as `question:paper`.
    pub proofs: Vec<String>,
    /// The edition of the questions.
    pub edition: u32,
    /// Whether nothing was against it.
    pub clear: bool,
}

const ASSESSMENT: &str =
    "SELECT no, idx, at, product, markets, answers, risks, guides, edition FROM assessment";
const EXPORT: &str =
    "SELECT no, idx, at, secrets, dest, answers, proofs, edition, clear FROM export";

/// Texts separated by a sign; nothing is no text.
fn texts(row: &Row<'_>, at: usize, sign: char) -> rusqlite::Result<Vec<String>> {
    let all: String = row.get(at)?;
    Ok(all.split(sign).filter(|text| !text.is_empty()).map(str::to_owned).collect())
}

fn assessment(row: &Row<'_>) -> rusqlite::Result<AssessmentRow> {
    Ok(AssessmentRow {
        no: number(row, 0)?,
        idx: row.get::<_, i64>(1)? as u64,
        at: Moment(row.get(2)?),
        product: row.get(3)?,
        markets: texts(row, 4, ',')?,
        answers: texts(row, 5, ',')?,
        risks: texts(row, 6, ',')?,
        guides: texts(row, 7, ',')?,
        edition: row.get(8)?,
    })
}

fn export(row: &Row<'_>) -> rusqlite::Result<ExportRow> {
    Ok(ExportRow {
        no: number(row, 0)?,
        idx: row.get::<_, i64>(1)? as u64,
        at: Moment(row.get(2)?),
        secrets: maybe_numbers(row, 3)?.unwrap_or_default(),
        to: row.get(4)?,
        answers: texts(row, 5, ',')?,
        proofs: texts(row, 6, '\n')?,
        edition: row.get(7)?,
        clear: row.get(8)?,
    })
}

impl Reader {
    /// All pre-judgements, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn assessments(&self) -> Result<Vec<AssessmentRow>, StoreError> {
        self.rows(&format!("{ASSESSMENT} ORDER BY idx DESC"), params![], assessment)
    }

    /// One pre-judgement.
    ///
    /// # Errors
    /// The database's own.
    pub fn assessment(&self, no: Number) -> Result<Option<AssessmentRow>, StoreError> {
        self.row(&format!("{ASSESSMENT} WHERE no = $1"), [no.to_string()], assessment)
    }

    /// All answers of the export check, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn exports(&self) -> Result<Vec<ExportRow>, StoreError> {
        self.rows(&format!("{EXPORT} ORDER BY idx DESC"), params![], export)
    }

    /// One set of answers of the export check.
    ///
    /// # Errors
    /// The database's own.
    pub fn export(&self, no: Number) -> Result<Option<ExportRow>, StoreError> {
        self.row(&format!("{EXPORT} WHERE no = $1"), [no.to_string()], export)
    }

    /// The newest answers on a secret point, and whether they are clear.
    ///
    /// # Errors
    /// The database's own.
    pub fn export_of(&self, secret: Number) -> Result<Option<(Number, bool)>, StoreError> {
        let sql = "SELECT export, clear FROM export_secret WHERE secret = $1";
        self.row(sql, [secret.to_string()], |row| Ok((number(row, 0)?, row.get(1)?)))
    }
}
