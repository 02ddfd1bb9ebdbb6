//! Early warning: what rules count, how they stand, and alerts.

use domain::{Day, Event, Moment, Number};
use rusqlite::types::Value;
use rusqlite::{Row, params, params_from_iter};

use super::workstation::{a_day, idx};
use super::{Page, Reader, maybe_day, maybe_number, maybe_numbers, number};
use crate::StoreError;

/// An entry of the directory, as rules see it; one that was merged into another says into which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchedCompany {
    /// Its number.
    pub no: Number,
    /// 园区.
    pub park: Option<String>,
    /// 街道.
    pub street: Option<String>,
    /// 行业领域.
    pub field: Option<String>,
    /// The weight of its tags of public policy.
    pub weight: u32,
    /// Into which entry it was merged.
    pub merged_into: Option<Number>,
}

/// A fact that rules can count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchedFact {
    /// What sort, by its name in the data of rules.
    pub sort: String,
    /// Which company it is about.
    pub company: Number,
    /// When it began.
    pub day: Day,
    /// When it is or was due.
    pub due: Option<Day>,
    /// When it ended.
    pub ended: Option<Day>,
    /// A theme, a service, a scheme.
    pub word: String,
    /// The number it stands under.
    pub no: Option<Number>,
}

/// How a rule stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleRow {
    /// The rule.
    pub rule: String,
    /// The event that holds its last score.
    pub scored_idx: Option<u64>,
    /// What of it was scored.
    pub version: Option<String>,
    /// What of it is on.
    pub running: Option<String>,
    /// The event that switched it last.
    pub switched: Option<u64>,
}

/// An alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WarningRow {
    /// Its number.
    pub no: Number,
    /// The event that raised it.
    pub idx: u64,
    /// When that was.
    pub at: Moment,
    /// The rule.
    pub rule: String,
    /// What of it was on.
    pub version: String,
    /// Of what.
    pub matter: String,
    /// What each count of the rule came to.
    pub figures: Vec<String>,
    /// What was counted.
    pub counted: Vec<Number>,
    /// How many companies it is about.
    pub companies: u32,
    /// Until when somebody should have looked.
    pub due: Day,
    /// Who sees to it.
    pub unit: Option<String>,
    /// Whether it was of use, when it was closed.
    pub useful: Option<bool>,
    /// When it was closed.
    pub closed: Option<Day>,
    /// What was done and found.
    pub why: Option<String>,
}

/// What alerts are asked for; empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WarningFilter {
    /// Of this rule.
    pub rule: Option<String>,
    /// About this company.
    pub company: Option<Number>,
    /// Only open, or closed, ones.
    pub open: Option<bool>,
    /// Only those that nobody sees to.
    pub unassigned: bool,
    /// Only open ones that were due before this day.
    pub late_on: Option<Day>,
    /// How many to skip.
    pub offset: u32,
    /// How many at most; 0 for 50.
    pub limit: u32,
}

/// How alerts of a rule ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The rule.
    pub rule: String,
    /// What of it was on.
    pub version: String,
    /// Closed ones.
    pub closed: u32,
    /// Of those, how many were of use.
    pub useful: u32,
    /// Open ones.
    pub open: u32,
}

const WARNING: &str = "w.no, w.idx, w.at, w.rule, w.version, w.matter, w.figures, w.counted,
    w.companies, w.due, w.unit, w.useful, w.closed, w.why";

/// What rules count, but for cases, whose steps and clocks their procedures tell.
const FACTS: &str = "
    SELECT 'service', company, happened, NULL, NULL, service, NULL FROM service
    UNION ALL SELECT 'request', company, happened, due, COALESCE(replied, closed), theme, no
        FROM request
    UNION ALL SELECT 'incident', company, happened, due, COALESCE(replied, closed), theme, no
        FROM request WHERE theme = 'incident'
    UNION ALL SELECT 'visit', company, day, NULL, NULL, '', no FROM visit WHERE state = 'made'
    UNION ALL SELECT kind, company, happened, due,
            CASE WHEN state IN ('cured', 'dropped', 'done') THEN COALESCE((SELECT MAX(s.happened)
                FROM prescription_step s WHERE s.prescription = p.no), happened) END, theme, no
        FROM prescription p JOIN (SELECT 'prescription' AS kind UNION ALL SELECT 'grave') k
        WHERE k.kind = 'prescription' OR p.grade = 'high'
    UNION ALL SELECT 'setback', p.company, s.happened, NULL, NULL, p.theme, p.no
        FROM prescription_step s JOIN prescription p ON p.no = s.prescription
        WHERE s.word = 'wanting'
    UNION ALL SELECT 'check', company, awarded, check_day, ended, layer, no
        FROM recognition WHERE awarded IS NOT NULL
    UNION ALL SELECT 'expiry', company, awarded, until, ended, layer, no
        FROM recognition WHERE awarded IS NOT NULL
    UNION ALL SELECT 'report', l.company, date(t.at / 1000 + $1 * 60, 'unixepoch'), NULL, NULL, '',
            l.no
        FROM letter t JOIN link l ON l.no = t.link
        WHERE t.way = 'in' AND t.sort = 'report' AND l.company IS NOT NULL
    UNION ALL SELECT 'absence', i.company, a.day, NULL, NULL, a.theme, a.no
        FROM invited i JOIN activity a ON a.no = i.activity
        WHERE a.state = 'held' AND NOT EXISTS (SELECT 1 FROM registration r
            WHERE r.activity = i.activity AND r.company = i.company AND r.came_at IS NOT NULL)";

fn read_warning(row: &Row<'_>) -> rusqlite::Result<WarningRow> {
    let figures: String = row.get(6)?;
    Ok(WarningRow {
        no: number(row, 0)?,
        idx: idx(row, 1)?,
        at: Moment(row.get(2)?),
        rule: row.get(3)?,
        version: row.get(4)?,
        matter: row.get(5)?,
        figures: figures.split(',').map(str::to_owned).collect(),
        counted: maybe_numbers(row, 7)?.unwrap_or_default(),
        companies: row.get(8)?,
        due: a_day(row, 9)?,
        unit: row.get(10)?,
        useful: row.get(11)?,
        closed: maybe_day(row, 12)?,
        why: row.get(13)?,
    })
}

impl WarningFilter {
    fn conditions(&self) -> (String, Vec<Value>) {
        let mut conditions = vec!["TRUE".to_owned()];
        let mut values: Vec<Value> = Vec::new();
        let mut bind = |condition: &str, value: String| {
            values.push(Value::Text(value));
            conditions.push(condition.replace('?', &format!("${}", values.len())));
        };
        if let Some(rule) = &self.rule {
            bind("w.rule = ?", rule.clone());
        }
        if let Some(company) = self.company {
            bind(
                "w.no IN (SELECT warning FROM warning_company WHERE company = ?)",
                company.to_string(),
            );
        }
        if let Some(day) = self.late_on {
            bind("w.closed IS NULL AND w.due < ?", day.to_string());
        }
        match self.open {
            Some(true) => conditions.push("w.closed IS NULL".to_owned()),
            Some(false) => conditions.push("w.closed IS NOT NULL".to_owned()),
            None => {}
        }
        if self.unassigned {
            conditions.push("w.closed IS NULL AND w.unit IS NULL".to_owned());
        }
        (conditions.join(" AND "), values)
    }
}

impl Reader {
    /// The directory, as rules see it.
    ///
    /// # Errors
    /// The database's own.
    pub fn watched_companies(&self) -> Result<Vec<WatchedCompany>, StoreError> {
        let sql = "SELECT no, park, street, field, weight, merged_into FROM company ORDER BY idx";
        self.rows(sql, [], |row| {
            Ok(WatchedCompany {
                no: number(row, 0)?,
                park: row.get(1)?,
                street: row.get(2)?,
                field: row.get(3)?,
                weight: row.get(4)?,
                merged_into: maybe_number(row, 5)?,
            })
        })
    }

    /// What rules count, but for cases; `zone` is in minutes east of Greenwich.
    ///
    /// # Errors
    /// The database's own.
    pub fn watched_facts(&self, zone: i16) -> Result<Vec<WatchedFact>, StoreError> {
        self.rows(FACTS, params![zone], |row| {
            Ok(WatchedFact {
                sort: row.get(0)?,
                company: number(row, 1)?,
                day: a_day(row, 2)?,
                due: maybe_day(row, 3)?,
                ended: maybe_day(row, 4)?,
                word: row.get(5)?,
                no: maybe_number(row, 6)?,
            })
        })
    }

    /// The organisations that cases are against: the case, and the organisation.
    ///
    /// # Errors
    /// The database's own.
    pub fn respondents(&self) -> Result<Vec<(Number, Number)>, StoreError> {
        let sql = "SELECT no, respondent FROM casefile WHERE respondent IS NOT NULL";
        self.rows(sql, [], |row| Ok((number(row, 0)?, number(row, 1)?)))
    }

    /// The organisation that a case is against.
    ///
    /// # Errors
    /// The database's own.
    pub fn respondent(&self, case: Number) -> Result<Option<Number>, StoreError> {
        let sql = "SELECT respondent FROM casefile WHERE no = $1";
        Ok(self.row(sql, [case.to_string()], |row| maybe_number(row, 0))?.flatten())
    }

    /// How the rules stand that were ever scored or switched.
    ///
    /// # Errors
    /// The database's own.
    pub fn rules(&self) -> Result<Vec<RuleRow>, StoreError> {
        let sql = "SELECT rule, scored_idx, version, running, switched FROM rule ORDER BY rule";
        let place = |row: &Row<'_>, at| -> rusqlite::Result<Option<u64>> {
            Ok(row.get::<_, Option<i64>>(at)?.map(|idx| idx as u64))
        };
        self.rows(sql, [], |row| {
            Ok(RuleRow {
                rule: row.get(0)?,
                scored_idx: place(row, 1)?,
                version: row.get(2)?,
                running: row.get(3)?,
                switched: place(row, 4)?,
            })
        })
    }

    /// The score that an entry holds.
    ///
    /// # Errors
    /// The database's own.
    pub fn score(&self, idx: u64) -> Result<Option<domain::event::RuleScored>, StoreError> {
        Ok(self.leaf(idx)?.and_then(|leaf| match leaf.record.event {
            Event::RuleScored(score) => Some(score),
            _ => None,
        }))
    }

    /// Alerts: open ones first, those due soonest before others, then the closed ones, newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn warnings(&self, filter: &WarningFilter) -> Result<Page<WarningRow>, StoreError> {
        let (conditions, values) = filter.conditions();
        let (offset, limit) = (filter.offset, if filter.limit == 0 { 50 } else { filter.limit });
        let sql = format!(
            "SELECT {WARNING} FROM warning w WHERE {conditions}
             ORDER BY w.closed IS NOT NULL, w.closed DESC, w.due, w.idx, w.no
             LIMIT {limit} OFFSET {offset}"
        );
        let rows = self.rows(&sql, params_from_iter(&values), read_warning)?;
        Ok(Page { rows, total: self.warning_count(filter)? })
    }

    /// How many alerts there are.
    ///
    /// # Errors
    /// The database's own.
    pub fn warning_count(&self, filter: &WarningFilter) -> Result<u64, StoreError> {
        let (conditions, values) = filter.conditions();
        let sql = format!("SELECT COUNT(*) FROM warning w WHERE {conditions}");
        let count = self.row(&sql, params_from_iter(&values), |row| row.get::<_, i64>(0))?;
        Ok(count.unwrap_or(0) as u64)
    }

    /// One alert.
    ///
    /// # Errors
    /// The database's own.
    pub fn warning(&self, no: Number) -> Result<Option<WarningRow>, StoreError> {
        let sql = format!("SELECT {WARNING} FROM warning w WHERE w.no = $1");
        self.row(&sql, [no.to_string()], read_warning)
    }

    /// The companies an alert is about, those to be looked at first before others.
    ///
    /// # Errors
    /// The database's own.
    pub fn warned(&self, no: Number) -> Result<Vec<(Number, String)>, StoreError> {
        let sql =
            "SELECT w.company, c.name FROM warning_company w JOIN company c ON c.no = w.company
             WHERE w.warning = $1 ORDER BY w.place";
        self.rows(sql, [no.to_string()], |row| Ok((number(row, 0)?, row.get(1)?)))
    }

    /// By which letters companies were told of an alert: the link and the letter's number.
    ///
    /// # Errors
    /// The database's own.
    pub fn warning_letters(&self, no: Number) -> Result<Vec<(Number, u64)>, StoreError> {
        let sql = "SELECT link, seq FROM carried WHERE about = $1 ORDER BY link, seq";
        self.rows(sql, [no.to_string()], |row| Ok((number(row, 0)?, idx(row, 1)?)))
    }

    /// Matters that were raised, with the day on which the last alert was closed; none where it is
    /// open.
    ///
    /// # Errors
    /// The database's own.
    pub fn raised_matters(&self) -> Result<Vec<(String, String, Option<Day>)>, StoreError> {
        let sql = "SELECT rule, matter,
                 CASE WHEN COUNT(*) = COUNT(closed) THEN MAX(closed) END
             FROM warning GROUP BY rule, matter";
        self.rows(sql, [], |row| Ok((row.get(0)?, row.get(1)?, maybe_day(row, 2)?)))
    }

    /// How alerts of each rule ended, by what of the rule was on.
    ///
    /// # Errors
    /// The database's own.
    pub fn outcomes(&self) -> Result<Vec<Outcome>, StoreError> {
        let sql = "SELECT rule, version, COUNT(closed), COALESCE(SUM(useful), 0),
                 COUNT(*) - COUNT(closed)
             FROM warning GROUP BY rule, version ORDER BY rule, version";
        self.rows(sql, [], |row| {
            Ok(Outcome {
                rule: row.get(0)?,
                version: row.get(1)?,
                closed: row.get(2)?,
                useful: row.get(3)?,
                open: row.get(4)?,
            })
        })
    }
}
