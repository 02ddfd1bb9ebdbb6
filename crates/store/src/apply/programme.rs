//! The one-to-one programme: procurements, engagements, conflicts of firms.

use domain::Event;
use domain::event::{EngagementOpened, EngagementPlanned, FirmConflicted, ProcurementRecorded};
use rusqlite::{Connection, params};

use super::{count, day, list, no, run};
use crate::Record;

/// Applies an event of the programme.
pub(super) fn apply(db: &Connection, record: &Record) -> rusqlite::Result<()> {
    let idx = record.idx as i64;
    match &record.event {
        Event::ProcurementRecorded(e) => procured(db, idx, e),
        Event::EngagementOpened(e) => opened(db, idx, e),
        Event::EngagementPlanned(e) => planned(db, e),
        Event::EngagementLogged(e) => run(
            db,
            "INSERT INTO engagement_log (idx, engagement, item, happened, minutes, what)
             VALUES ($1, $2, $3, $4, $5, $6)",
            params![
                idx,
                e.engagement.to_string(),
                e.item,
                e.happened.to_string(),
                e.minutes,
                e.what
            ],
        ),
        Event::EngagementDelivered(e) => run(
            db,
            "UPDATE engagement_item SET delivered = $1, note_idx = $2, refused = NULL
             WHERE engagement = $3 AND no = $4",
            params![e.happened.to_string(), idx, e.engagement.to_string(), e.item],
        ),
        Event::EngagementAccepted(e) => {
            let column = if e.accepted { "accepted" } else { "refused" };
            // What was not accepted is handed in again.
            let delivered = if e.accepted { "delivered" } else { "NULL" };
            let sql = format!(
                "UPDATE engagement_item SET {column} = $1, delivered = {delivered}
                 WHERE engagement = $2 AND no = $3"
            );
            run(db, &sql, params![e.happened.to_string(), e.engagement.to_string(), e.item])
        }
        Event::EngagementPaid(e) => run(
            db,
            "UPDATE engagement_item SET accepted = $1 WHERE engagement = $2 AND no = $3",
            params![e.happened.to_string(), e.engagement.to_string(), e.item],
        ),
        Event::EngagementRated(e) => {
            let engagement = e.engagement.to_string();
            run(
                db,
                "INSERT INTO engagement_rating (idx, engagement, mark, happened)
                 VALUES ($1, $2, $3, $4)",
                params![idx, engagement, e.mark, e.happened.to_string()],
            )?;
            let params = params![e.mark, engagement];
            run(db, "UPDATE engagement SET mark = $1 WHERE no = $2", params)
        }
        Event::EngagementEnded(e) => run(
            db,
            "UPDATE engagement SET ended = $1, ending = $2 WHERE no = $3",
            params![e.happened.to_string(), e.how.word(), e.engagement.to_string()],
        ),
        Event::FirmConflicted(e) => conflicted(db, idx, e),
        Event::FirmCleared(e) => run(
            db,
            "UPDATE firm_conflict SET cleared = $1
             WHERE organisation = $2 AND company = $3 AND cleared IS NULL",
            params![e.happened.to_string(), e.organisation.to_string(), e.company.to_string()],
        ),
        _ => Ok(0),
    }
    .map(drop)
}

fn procured(db: &Connection, idx: i64, e: &ProcurementRecorded) -> rusqlite::Result<usize> {
    count(db, e.no)?;
    run(
        db,
        "INSERT INTO procurement (no, idx, title, reference, happened, criteria, scores, awarded,
             contract, amount, from_day, until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        params![
            e.no.to_string(),
            idx,
            e.title,
            e.reference,
            e.happened.to_string(),
            e.criteria.join("\n"),
            e.scores.join("\n"),
            list(&e.awarded),
            e.contract,
            e.amount as i64,
            e.from.to_string(),
            e.until.to_string(),
        ],
    )
}

fn opened(db: &Connection, idx: i64, e: &EngagementOpened) -> rusqlite::Result<usize> {
    count(db, e.no)?;
    run(
        db,
        "INSERT INTO engagement (no, idx, organisation, company, procurement, title, from_day,
             until, pilot, declared)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            e.no.to_string(),
            idx,
            e.organisation.to_string(),
            e.company.to_string(),
            no(e.procurement),
            e.title,
            e.from.to_string(),
            e.until.to_string(),
            e.pilot,
            e.declared,
        ],
    )
}

fn planned(db: &Connection, e: &EngagementPlanned) -> rusqlite::Result<usize> {
    run(
        db,
        "INSERT INTO engagement_item (engagement, no, sort, title, due, amount, after)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            e.engagement.to_string(),
            e.item,
            e.sort.word(),
            e.title,
            e.due.to_string(),
            e.amount as i64,
            e.waits,
        ],
    )
}

fn conflicted(db: &Connection, idx: i64, e: &FirmConflicted) -> rusqlite::Result<usize> {
    run(
        db,
        "INSERT INTO firm_conflict (idx, organisation, company, reason, casefile, until, why)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            idx,
            e.organisation.to_string(),
            e.company.to_string(),
            e.reason.word(),
            no(e.case),
            day(e.until),
            e.why,
        ],
    )
}

/// What stood at one entry of the directory stands at another from now on.
pub(super) fn merged(db: &Connection, from: &str, into: &str) -> rusqlite::Result<()> {
    for table in ["engagement", "firm_conflict"] {
        let sql = format!("UPDATE {table} SET company = $1 WHERE company = $2");
        run(db, &sql, params![into, from])?;
    }
    Ok(())
}
