//! Recognition: applications and how far they are, what was given and said, who was recognised.

use domain::terms::{Check, RecognitionState, Unrecognition};
use domain::{Day, Number, Period};
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::workstation::{a_day, idx};
use super::{Page, Reader, conversion, maybe_day, maybe_number, maybe_term, number, term};
use crate::StoreError;

/// Points by criterion.
pub type Marks = Vec<(String, u32)>;

/// A recognition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecognitionRow {
    /// Its number.
    pub no: Number,
    /// The event whose item `statement` says what the applicant said.
    pub idx: u64,
    /// Whose it is.
    pub company: Number,
    /// The company's name.
    pub name: String,
    /// As what, with the edition of the scheme.
    pub scheme: String,
    /// The scheme without its edition.
    pub layer: String,
    /// The recognition under which it stands.
    pub under: Option<Number>,
    /// The letter it came by.
    pub source: Option<String>,
    /// When it was applied for.
    pub happened: Day,
    /// How far it is.
    pub state: RecognitionState,
    /// Who reviews.
    pub experts: Vec<Number>,
    /// By when.
    pub due: Option<Day>,
    /// The visit that looked on the spot.
    pub visit: Option<Number>,
    /// Points agreed on, when the mean of both reviews did not stand.
    pub marks: Marks,
    /// What excludes from recognition and was found.
    pub bars: Vec<String>,
    /// The sum agreed on, in tenths.
    pub score: Option<u32>,
    /// When the reviewers agreed.
    pub agreed: Option<Day>,
    /// Why.
    pub agreed_why: Option<String>,
    /// The public is asked from this day until that one.
    pub notice: Option<(Day, Day)>,
    /// When it was awarded.
    pub awarded: Option<Day>,
    /// Until when it holds.
    pub until: Option<Day>,
    /// By when it is to be checked.
    pub check: Option<Day>,
    /// By which anybody looks it up.
    pub code: Option<String>,
    /// When it ended.
    pub ended: Option<Day>,
    /// How it ended.
    pub how: Option<Unrecognition>,
}

impl RecognitionRow {
    /// Whether it is recognised on a day.
    pub fn holds(&self, on: Day) -> bool {
        self.state == RecognitionState::Awarded && self.until.is_none_or(|until| on <= until)
    }
}

/// Evidence for a criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceRow {
    /// The event whose item `note` says what it shows.
    pub idx: u64,
    /// The criterion.
    pub criterion: String,
    /// The numbers of its papers.
    pub papers: Vec<u32>,
    /// The entry of the company's own ledger that was proved, and that ledger's name.
    pub proved: Option<(u64, String)>,
}

/// A review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewRow {
    /// The event whose item `note` holds the remark.
    pub idx: u64,
    /// Who reviewed.
    pub expert: Number,
    /// Points by criterion.
    pub marks: Marks,
    /// What excludes from recognition and was found.
    pub bars: Vec<String>,
    /// The sum, in tenths.
    pub score: u32,
    /// When.
    pub happened: Day,
}

/// An objection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectionRow {
    /// Which, from 1.
    pub no: u32,
    /// The event whose items `name` and `text` hold it.
    pub idx: u64,
    /// When.
    pub happened: Day,
    /// Whether it was found right; `None` when nobody has looked.
    pub upheld: Option<bool>,
    /// When it was answered.
    pub answered: Option<Day>,
    /// Why so.
    pub why: Option<String>,
}

/// A yearly check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRow {
    /// The event.
    pub idx: u64,
    /// What it came to.
    pub verdict: Check,
    /// When.
    pub happened: Day,
    /// By when the next one is.
    pub next: Day,
    /// A remark.
    pub why: Option<String>,
}

/// What lists of recognitions can be asked for; empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecognitionFilter {
    /// Part of the name or a number.
    pub text: Option<String>,
    /// Only of this company.
    pub company: Option<Number>,
    /// Only by this scheme, without its edition.
    pub layer: Option<String>,
    /// Only in this state.
    pub state: Option<RecognitionState>,
    /// Only what is before the award and not over.
    pub open: bool,
    /// Only those that hold on this day.
    pub holds_on: Option<Day>,
    /// Only those whose check was due before this day.
    pub check_late_on: Option<Day>,
    /// Only those whose notice is over on this day, so that they may be awarded.
    pub notice_over_on: Option<Day>,
    /// Only those applied for in this period.
    pub period: Option<Period>,
    /// Only those awarded in this period.
    pub awarded_in: Option<Period>,
    /// Only those that stand under this one.
    pub under: Option<Number>,
    /// How many to skip.
    pub offset: u32,
    /// How many at most; 0 for 50.
    pub limit: u32,
}

const COLUMNS: &str = "r.no, r.idx, r.company, c.name, r.scheme, r.layer, r.under, r.source,
    r.happened, r.state, r.experts, r.due, r.visit, r.marks, r.bars, r.score, r.agreed,
    r.agreed_why, r.notice_from, r.notice_until, r.awarded, r.until, r.check_day, r.code, r.ended,
    r.how";
const FROM: &str = "recognition r JOIN company c ON c.no = r.company";
/// What is still to be done comes first, the longest waiting before others.
const ORDER: &str = "r.state IN ('awarded', 'failed', 'ended'), r.awarded DESC, r.idx";

fn words(text: &str) -> Vec<String> {
    text.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn marks(text: &str) -> Marks {
    let mark = |text: &str| {
        let (id, points) = text.split_once('=')?;
        Some((id.to_owned(), points.parse().ok()?))
    };
    text.split(',').filter_map(mark).collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<RecognitionRow> {
    let (experts, given, bars): (String, String, String) =
        (row.get(10)?, row.get(13)?, row.get(14)?);
    let experts: Result<Vec<_>, _> = words(&experts).iter().map(|no| Number::parse(no)).collect();
    Ok(RecognitionRow {
        no: number(row, 0)?,
        idx: idx(row, 1)?,
        company: number(row, 2)?,
        name: row.get(3)?,
        scheme: row.get(4)?,
        layer: row.get(5)?,
        under: maybe_number(row, 6)?,
        source: row.get(7)?,
        happened: a_day(row, 8)?,
        state: term(row, 9, RecognitionState::from_word)?,
        experts: experts.map_err(|error| conversion(10, error))?,
        due: maybe_day(row, 11)?,
        visit: maybe_number(row, 12)?,
        marks: marks(&given),
        bars: words(&bars),
        score: row.get(15)?,
        agreed: maybe_day(row, 16)?,
        agreed_why: row.get(17)?,
        notice: maybe_day(row, 18)?.zip(maybe_day(row, 19)?),
        awarded: maybe_day(row, 20)?,
        until: maybe_day(row, 21)?,
        check: maybe_day(row, 22)?,
        code: row.get(23)?,
        ended: maybe_day(row, 24)?,
        how: maybe_term(row, 25, Unrecognition::from_word)?,
    })
}

impl RecognitionFilter {
    fn conditions(&self) -> (String, Vec<Value>) {
        let mut conditions = vec!["TRUE".to_owned()];
        let mut values: Vec<Value> = Vec::new();
        let mut bind = |condition: &str, value: String| {
            values.push(Value::Text(value));
            conditions.push(condition.replace('?', &format!("${}", values.len())));
        };
        if let Some(text) = self.text.as_deref().map(str::trim).filter(|t| !t.is_empty()) {
            let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            bind(
                "(r.no || ' ' || r.company || ' ' || c.name) LIKE ? ESCAPE '\\'",
                format!("%{escaped}%"),
            );
        }
        if let Some(company) = self.company {
            bind("r.company = ?", company.to_string());
        }
        if let Some(layer) = &self.layer {
            bind("r.layer = ?", layer.clone());
        }
        if let Some(state) = self.state {
            bind("r.state = ?", state.word().to_owned());
        }
        if let Some(under) = self.under {
            bind("r.under = ?", under.to_string());
        }
        if let Some(day) = self.holds_on {
            bind("r.state = 'awarded' AND r.until >= ?", day.to_string());
        }
        if let Some(day) = self.check_late_on {
            bind("r.state = 'awarded' AND r.check_day < ?", day.to_string());
        }
        if let Some(day) = self.notice_over_on {
            bind("r.state = 'notice' AND r.notice_until < ?", day.to_string());
        }
        for (column, period) in [("happened", self.period), ("awarded", self.awarded_in)] {
            if let Some(period) = period {
                bind(&format!("r.{column} >= ?"), period.from().to_string());
                bind(&format!("r.{column} <= ?"), period.until().to_string());
            }
        }
        if self.open {
            conditions.push("r.state IN ('applied', 'assigned', 'passed', 'notice')".to_owned());
        }
        (conditions.join(" AND "), values)
    }
}

impl Reader {
    /// A part of the recognitions.
    ///
    /// # Errors
    /// The database's own.
    pub fn recognitions(
        &self,
        filter: &RecognitionFilter,
    ) -> Result<Page<RecognitionRow>, StoreError> {
        let (conditions, values) = filter.conditions();
        let limit = if filter.limit == 0 { 50 } else { filter.limit };
        let offset = filter.offset;
        let sql = format!(
            "SELECT {COLUMNS} FROM {FROM} WHERE {conditions} ORDER BY {ORDER}
             LIMIT {limit} OFFSET {offset}"
        );
        let rows = self.rows(&sql, params_from_iter(&values), read)?;
        Ok(Page { rows, total: self.recognition_count(filter)? })
    }

    /// How many recognitions a filter finds.
    ///
    /// # Errors
    /// The database's own.
    pub fn recognition_count(&self, filter: &RecognitionFilter) -> Result<u64, StoreError> {
        let (conditions, values) = filter.conditions();
        let sql = format!("SELECT COUNT(*) FROM {FROM} WHERE {conditions}");
        let count = self.row(&sql, params_from_iter(&values), |row| row.get::<_, i64>(0))?;
        Ok(count.unwrap_or(0) as u64)
    }

    /// One recognition.
    ///
    /// # Errors
    /// The database's own.
    pub fn recognition(&self, no: Number) -> Result<Option<RecognitionRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE r.no = $1");
        self.row(&sql, [no.to_string()], read)
    }

    /// The recognition with this code.
    ///
    /// # Errors
    /// The database's own.
    pub fn recognition_coded(&self, code: &str) -> Result<Option<RecognitionRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE r.code = $1");
        self.row(&sql, [code], read)
    }

    /// What was given as evidence, in its order.
    ///
    /// # Errors
    /// The database's own.
    pub fn recognition_evidence(&self, no: Number) -> Result<Vec<EvidenceRow>, StoreError> {
        self.rows(
            "SELECT idx, criterion, papers, entry, log FROM recognition_evidence
             WHERE recognition = $1 ORDER BY idx",
            [no.to_string()],
            |row| {
                let (papers, log): (String, Option<String>) = (row.get(2)?, row.get(4)?);
                let entry = row.get::<_, Option<i64>>(3)?.map(|entry| entry as u64);
                Ok(EvidenceRow {
                    idx: idx(row, 0)?,
                    criterion: row.get(1)?,
                    papers: papers.split(',').filter_map(|no| no.parse().ok()).collect(),
                    proved: entry.zip(log),
                })
            },
        )
    }

    /// The reviews, in their order.
    ///
    /// # Errors
    /// The database's own.
    pub fn recognition_reviews(&self, no: Number) -> Result<Vec<ReviewRow>, StoreError> {
        self.rows(
            "SELECT idx, expert, marks, bars, score, happened FROM recognition_review
             WHERE recognition = $1 ORDER BY idx",
            [no.to_string()],
            |row| {
                let (given, bars): (String, String) = (row.get(2)?, row.get(3)?);
                Ok(ReviewRow {
                    idx: idx(row, 0)?,
                    expert: number(row, 1)?,
                    marks: marks(&given),
                    bars: words(&bars),
                    score: row.get(4)?,
                    happened: a_day(row, 5)?,
                })
            },
        )
    }

    /// The objections, in their order.
    ///
    /// # Errors
    /// The database's own.
    pub fn objections(&self, no: Number) -> Result<Vec<ObjectionRow>, StoreError> {
        self.rows(
            "SELECT no, idx, happened, upheld, answered, why FROM objection
             WHERE recognition = $1 ORDER BY no",
            [no.to_string()],
            |row| {
                Ok(ObjectionRow {
                    no: row.get(0)?,
                    idx: idx(row, 1)?,
                    happened: a_day(row, 2)?,
                    upheld: row.get(3)?,
                    answered: maybe_day(row, 4)?,
                    why: row.get(5)?,
                })
            },
        )
    }

    /// How many objections nobody has looked into.
    ///
    /// # Errors
    /// The database's own.
    pub fn objections_open(&self) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) FROM objection WHERE upheld IS NULL";
        Ok(self.row(sql, [], |row| row.get::<_, i64>(0))?.unwrap_or(0) as u64)
    }

    /// The yearly checks, in their order.
    ///
    /// # Errors
    /// The database's own.
    pub fn recognition_checks(&self, no: Number) -> Result<Vec<CheckRow>, StoreError> {
        self.rows(
            "SELECT idx, verdict, happened, next, why FROM recognition_check
             WHERE recognition = $1 ORDER BY idx",
            [no.to_string()],
            |row| {
                Ok(CheckRow {
                    idx: idx(row, 0)?,
                    verdict: term(row, 1, Check::from_word)?,
                    happened: a_day(row, 2)?,
                    next: a_day(row, 3)?,
                    why: row.get(4)?,
                })
            },
        )
    }
}
