//! What decisions of the one-to-one programme need to know.

use domain::facts::{DeskHead, EngagementHead, ItemHead};
use domain::terms::{ConflictReason, ItemSort};
use domain::{Day, Number};
use rusqlite::{Connection, OptionalExtension, params};

/// Why a firm must keep away from a company: what was recorded and still stands on a day, and open
/// cases in which it works for the other side now.
pub(super) fn against(
    db: &Connection,
    firm: Number,
    company: Number,
    today: Day,
) -> rusqlite::Result<Vec<(ConflictReason, Option<Number>)>> {
    let (firm, company) = (firm.to_string(), company.to_string());
    let mut recorded = db.prepare_cached(
        "SELECT reason, casefile FROM firm_conflict
         WHERE organisation = $1 AND company = $2 AND cleared IS NULL
           AND (until IS NULL OR until >= $3) ORDER BY idx",
    )?;
    let rows = recorded.query_map(params![firm, company, today.to_string()], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?))
    })?;
    let mut found = Vec::new();
    for row in rows {
        let (reason, case) = row?;
        if let Some(reason) = ConflictReason::from_word(&reason) {
            found.push((reason, case.and_then(|case| Number::parse(&case).ok())));
        }
    }
    let mut cases = db.prepare_cached(
        "SELECT DISTINCT c.no FROM casefile c JOIN engagement e
             ON e.organisation = $1 AND e.ended IS NULL
         WHERE c.ended IS NULL AND ((c.company = $2 AND c.respondent = e.company)
             OR (c.respondent = $2 AND c.company = e.company)) ORDER BY c.no",
    )?;
    let rows = cases.query_map(params![firm, company], |row| row.get::<_, String>(0))?;
    for case in rows {
        found.push((ConflictReason::Client, Number::parse(&case?).ok()));
    }
    Ok(found)
}

/// Who was awarded by a procurement.
pub(super) fn procurement(db: &Connection, no: Number) -> rusqlite::Result<Option<DeskHead>> {
    let sql = "SELECT awarded FROM procurement WHERE no = $1";
    let awarded = db
        .prepare_cached(sql)?
        .query_row([no.to_string()], |row| row.get::<_, String>(0))
        .optional()?;
    Ok(awarded.map(|list| {
        DeskHead::Procurement(list.split(',').filter_map(|no| Number::parse(no).ok()).collect())
    }))
}

/// The head of an engagement.
pub(super) fn engagement(db: &Connection, no: Number) -> rusqlite::Result<Option<DeskHead>> {
    let text = no.to_string();
    let sql = "SELECT organisation, company, from_day, ended FROM engagement WHERE no = $1";
    let head = db
        .prepare_cached(sql)?
        .query_row([&text], |row| {
            let texts: [String; 3] = [row.get(0)?, row.get(1)?, row.get(2)?];
            Ok((texts, row.get::<_, Option<String>>(3)?.is_some()))
        })
        .optional()?;
    let Some(([organisation, company, from], ended)) = head else { return Ok(None) };
    let (Ok(organisation), Ok(company), Ok(from)) =
        (Number::parse(&organisation), Number::parse(&company), Day::parse(&from))
    else {
        return Ok(None);
    };
    let mut items = db.prepare_cached(
        "SELECT sort, delivered, accepted, amount, after FROM engagement_item
         WHERE engagement = $1 ORDER BY no",
    )?;
    let rows = items.query_map([&text], |row| {
        let sort: String = row.get(0)?;
        Ok(ItemHead {
            sort: ItemSort::from_word(&sort).unwrap_or(ItemSort::Step),
            delivered: row.get::<_, Option<String>>(1)?.is_some(),
            accepted: row.get::<_, Option<String>>(2)?.is_some(),
            amount: row.get::<_, i64>(3)? as u64,
            after: row.get(4)?,
        })
    })?;
    let items = rows.collect::<rusqlite::Result<_>>()?;
    let head = EngagementHead { organisation, company, from, ended, items };
    Ok(Some(DeskHead::Engagement(head)))
}
