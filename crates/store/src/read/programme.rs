//! The one-to-one programme: procurements, engagements with their items, conflicts of firms.

use domain::terms::{ConflictReason, EngagementEnd, ItemSort};
use domain::{Day, Number};
use rusqlite::types::Value;
use rusqlite::{Row, params, params_from_iter};

use super::workstation::{a_day, idx};
use super::{Page, Reader, maybe_day, maybe_number, maybe_numbers, maybe_term, number, term};
use crate::StoreError;

/// What a procurement came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcurementRow {
    /// Its number.
    pub no: Number,
    /// What it is called.
    pub title: String,
    /// The project's number at the procurement platform.
    pub reference: String,
    /// The day of the award.
    pub happened: Day,
    /// The criteria, each with the most points.
    pub criteria: Vec<(String, u32)>,
    /// The bids: who, and the points by criterion in hundredths.
    pub scores: Vec<(Number, Vec<u32>)>,
    /// Who was awarded.
    pub awarded: Vec<Number>,
    /// The contract's number.
    pub contract: Option<String>,
    /// The contract's amount, in fen.
    pub amount: u64,
    /// The contract's first day.
    pub from: Day,
    /// Its last day.
    pub until: Day,
}

/// A firm engaged for a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngagementRow {
    /// Its number.
    pub no: Number,
    /// The firm.
    pub organisation: Number,
    /// The firm's name.
    pub firm: String,
    /// The company.
    pub company: Number,
    /// The company's name.
    pub name: String,
    /// The procurement it rests on.
    pub procurement: Option<Number>,
    /// What is to be done.
    pub title: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// Whether it is a pilot with deep service.
    pub pilot: bool,
    /// What the firm declared about conflicts.
    pub declared: String,
    /// When it ended.
    pub ended: Option<Day>,
    /// How.
    pub ending: Option<EngagementEnd>,
    /// How content the company was last, 1 to 5.
    pub mark: Option<u32>,
    /// Items planned.
    pub items: u32,
    /// Of those, accepted or paid.
    pub done: u32,
    /// Minutes of work logged.
    pub minutes: u32,
}

/// An item of an engagement's plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemRow {
    /// Its engagement.
    pub engagement: Number,
    /// Its number there, from 1.
    pub no: u32,
    /// A step, a result or a payment.
    pub sort: ItemSort,
    /// What.
    pub title: String,
    /// By when.
    pub due: Day,
    /// Of a payment, in fen.
    pub amount: u64,
    /// The item that a payment waits for.
    pub after: Option<u32>,
    /// When it was handed in.
    pub delivered: Option<Day>,
    /// The event whose item `note` says what was handed in.
    pub note_idx: Option<u64>,
    /// When it was accepted, or paid.
    pub accepted: Option<Day>,
    /// When it was not accepted, last.
    pub refused: Option<Day>,
}

impl ItemRow {
    /// Whether it was due before a day and is neither handed in nor over.
    pub fn late_on(&self, day: Day) -> bool {
        self.accepted.is_none() && self.delivered.is_none() && self.due < day
    }
}

/// An entry of a work log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    /// The event whose item `note` says more.
    pub idx: u64,
    /// The item it was for.
    pub item: Option<u32>,
    /// When.
    pub happened: Day,
    /// How long.
    pub minutes: u32,
    /// What.
    pub what: String,
}

/// Why a firm keeps away from a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirmConflictRow {
    /// The company.
    pub company: Number,
    /// The reason.
    pub reason: ConflictReason,
    /// The case.
    pub case: Option<Number>,
    /// Until when.
    pub until: Option<Day>,
    /// More of it.
    pub why: Option<String>,
}

/// What engagements are asked for; empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EngagementFilter {
    /// Of this firm.
    pub organisation: Option<Number>,
    /// For this company.
    pub company: Option<Number>,
    /// Resting on this procurement.
    pub procurement: Option<Number>,
    /// Only pilots.
    pub pilot: bool,
    /// Only open, or ended, ones.
    pub open: Option<bool>,
    /// Only open ones with an item that was due before this day.
    pub late_on: Option<Day>,
    /// Only open ones with something handed in that nobody has looked at.
    pub delivered: bool,
    /// How many to skip.
    pub offset: u32,
    /// How many at most; 0 for 50.
    pub limit: u32,
}

const ENGAGEMENT: &str = "e.no, e.organisation, COALESCE(o.name, ''), e.company, c.name,
    e.procurement, e.title, e.from_day, e.until, e.pilot, e.declared, e.ended, e.ending, e.mark,
    (SELECT COUNT(*) FROM engagement_item i WHERE i.engagement = e.no),
    (SELECT COUNT(*) FROM engagement_item i WHERE i.engagement = e.no AND i.accepted IS NOT NULL),
    (SELECT COALESCE(SUM(minutes), 0) FROM engagement_log l WHERE l.engagement = e.no)";
const FROM: &str = "engagement e JOIN company c ON c.no = e.company
    LEFT JOIN organisation o ON o.no = e.organisation";

fn read_engagement(row: &Row<'_>) -> rusqlite::Result<EngagementRow> {
    Ok(EngagementRow {
        no: number(row, 0)?,
        organisation: number(row, 1)?,
        firm: row.get(2)?,
        company: number(row, 3)?,
        name: row.get(4)?,
        procurement: maybe_number(row, 5)?,
        title: row.get(6)?,
        from: a_day(row, 7)?,
        until: a_day(row, 8)?,
        pilot: row.get(9)?,
        declared: row.get(10)?,
        ended: maybe_day(row, 11)?,
        ending: maybe_term(row, 12, EngagementEnd::from_word)?,
        mark: row.get(13)?,
        items: row.get(14)?,
        done: row.get(15)?,
        minutes: row.get(16)?,
    })
}

fn read_procurement(row: &Row<'_>) -> rusqlite::Result<ProcurementRow> {
    let (criteria, scores): (String, String) = (row.get(4)?, row.get(5)?);
    let criterion = |line: &str| {
        let (name, points) = line.rsplit_once('=')?;
        Some((name.to_owned(), points.parse().ok()?))
    };
    let score = |line: &str| {
        let (no, points) = line.split_once('=')?;
        let points = points.split('/').filter_map(|one| one.parse().ok()).collect();
        Some((Number::parse(no).ok()?, points))
    };
    Ok(ProcurementRow {
        no: number(row, 0)?,
        title: row.get(1)?,
        reference: row.get(2)?,
        happened: a_day(row, 3)?,
        criteria: criteria.lines().filter_map(criterion).collect(),
        scores: scores.lines().filter_map(score).collect(),
        awarded: maybe_numbers(row, 6)?.unwrap_or_default(),
        contract: row.get(7)?,
        amount: row.get::<_, i64>(8)? as u64,
        from: a_day(row, 9)?,
        until: a_day(row, 10)?,
    })
}

impl EngagementFilter {
    fn conditions(&self) -> (String, Vec<Value>) {
        let mut conditions = vec!["TRUE".to_owned()];
        let mut values: Vec<Value> = Vec::new();
        let mut bind = |condition: &str, value: String| {
            values.push(Value::Text(value));
            conditions.push(condition.replace('?', &format!("${}", values.len())));
        };
        for (column, value) in [
            ("organisation", self.organisation),
            ("company", self.company),
            ("procurement", self.procurement),
        ] {
            if let Some(value) = value {
                bind(&format!("e.{column} = ?"), value.to_string());
            }
        }
        if let Some(day) = self.late_on {
            bind(
                "e.ended IS NULL AND e.no IN (SELECT engagement FROM engagement_item
                     WHERE accepted IS NULL AND delivered IS NULL AND due < ?)",
                day.to_string(),
            );
        }
        if self.delivered {
            conditions.push(
                "e.ended IS NULL AND e.no IN (SELECT engagement FROM engagement_item
                     WHERE accepted IS NULL AND delivered IS NOT NULL)"
                    .to_owned(),
            );
        }
        if self.pilot {
            conditions.push("e.pilot".to_owned());
        }
        match self.open {
            Some(true) => conditions.push("e.ended IS NULL".to_owned()),
            Some(false) => conditions.push("e.ended IS NOT NULL".to_owned()),
            None => {}
        }
        (conditions.join(" AND "), values)
    }
}

impl Reader {
    /// What procurements came to, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn procurements(&self) -> Result<Vec<ProcurementRow>, StoreError> {
        let sql = "SELECT no, title, reference, happened, criteria, scores, awarded, contract,
             amount, from_day, until FROM procurement ORDER BY happened DESC, idx DESC";
        self.rows(sql, [], read_procurement)
    }

    /// One of them.
    ///
    /// # Errors
    /// The database's own.
    pub fn procurement(&self, no: Number) -> Result<Option<ProcurementRow>, StoreError> {
        let sql = "SELECT no, title, reference, happened, criteria, scores, awarded, contract,
             amount, from_day, until FROM procurement WHERE no = $1";
        self.row(sql, [no.to_string()], read_procurement)
    }

    /// Engagements, the open ones first, each sort by the last day.
    ///
    /// # Errors
    /// The database's own.
    pub fn engagements(
        &self,
        filter: &EngagementFilter,
    ) -> Result<Page<EngagementRow>, StoreError> {
        let (conditions, values) = filter.conditions();
        let (offset, limit) = (filter.offset, if filter.limit == 0 { 50 } else { filter.limit });
        let sql = format!(
            "SELECT {ENGAGEMENT} FROM {FROM} WHERE {conditions}
             ORDER BY e.ended IS NOT NULL, e.until, e.idx LIMIT {limit} OFFSET {offset}"
        );
        let rows = self.rows(&sql, params_from_iter(&values), read_engagement)?;
        Ok(Page { rows, total: self.engagement_count(filter)? })
    }

    /// How many a filter finds.
    ///
    /// # Errors
    /// The database's own.
    pub fn engagement_count(&self, filter: &EngagementFilter) -> Result<u64, StoreError> {
        let (conditions, values) = filter.conditions();
        let sql = format!("SELECT COUNT(*) FROM engagement e WHERE {conditions}");
        let count = self.row(&sql, params_from_iter(&values), |row| row.get::<_, i64>(0))?;
        Ok(count.unwrap_or(0) as u64)
    }

    /// One engagement.
    ///
    /// # Errors
    /// The database's own.
    pub fn engagement(&self, no: Number) -> Result<Option<EngagementRow>, StoreError> {
        let sql = format!("SELECT {ENGAGEMENT} FROM {FROM} WHERE e.no = $1");
        self.row(&sql, [no.to_string()], read_engagement)
    }

    /// The items of an engagement's plan.
    ///
    /// # Errors
    /// The database's own.
    pub fn engagement_items(&self, no: Number) -> Result<Vec<ItemRow>, StoreError> {
        let sql = "SELECT engagement, no, sort, title, due, amount, after, delivered, note_idx,
             accepted, refused FROM engagement_item WHERE engagement = $1 ORDER BY no";
        self.rows(sql, [no.to_string()], |row| {
            Ok(ItemRow {
                engagement: number(row, 0)?,
                no: row.get(1)?,
                sort: term(row, 2, ItemSort::from_word)?,
                title: row.get(3)?,
                due: a_day(row, 4)?,
                amount: row.get::<_, i64>(5)? as u64,
                after: row.get(6)?,
                delivered: maybe_day(row, 7)?,
                note_idx: row.get::<_, Option<i64>>(8)?.map(|idx| idx as u64),
                accepted: maybe_day(row, 9)?,
                refused: maybe_day(row, 10)?,
            })
        })
    }

    /// The work log of an engagement, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn engagement_log(&self, no: Number) -> Result<Vec<LogRow>, StoreError> {
        let sql = "SELECT idx, item, happened, minutes, what FROM engagement_log
             WHERE engagement = $1 ORDER BY happened DESC, idx DESC";
        self.rows(sql, [no.to_string()], |row| {
            Ok(LogRow {
                idx: idx(row, 0)?,
                item: row.get(1)?,
                happened: a_day(row, 2)?,
                minutes: row.get(3)?,
                what: row.get(4)?,
            })
        })
    }

    /// How content the company was: the event whose item `note` says more, the mark, the day.
    ///
    /// # Errors
    /// The database's own.
    pub fn engagement_ratings(&self, no: Number) -> Result<Vec<(u64, u32, Day)>, StoreError> {
        let sql = "SELECT idx, mark, happened FROM engagement_rating WHERE engagement = $1
             ORDER BY idx";
        self.rows(sql, [no.to_string()], |row| Ok((idx(row, 0)?, row.get(1)?, a_day(row, 2)?)))
    }

    /// Whom a firm must keep away from on a day, as it was recorded.
    ///
    /// # Errors
    /// The database's own.
    pub fn firm_conflicts(
        &self,
        organisation: Number,
        on: Day,
    ) -> Result<Vec<FirmConflictRow>, StoreError> {
        let sql = "SELECT company, reason, casefile, until, why FROM firm_conflict
             WHERE organisation = $1 AND cleared IS NULL AND (until IS NULL OR until >= $2)
             ORDER BY idx";
        self.rows(sql, params![organisation.to_string(), on.to_string()], |row| {
            Ok(FirmConflictRow {
                company: number(row, 0)?,
                reason: term(row, 1, ConflictReason::from_word)?,
                case: maybe_number(row, 2)?,
                until: maybe_day(row, 3)?,
                why: row.get(4)?,
            })
        })
    }
}
