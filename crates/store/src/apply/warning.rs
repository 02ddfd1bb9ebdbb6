//! Early warning: rules and alerts.

use domain::Event;
use domain::event::WarningRaised;
use rusqlite::{Connection, params};

use super::{count, list, run};
use crate::Record;

/// Applies an event of early warning.
pub(super) fn apply(db: &Connection, record: &Record) -> rusqlite::Result<()> {
    let idx = record.idx as i64;
    match &record.event {
        Event::RuleScored(e) => run(
            db,
            "INSERT INTO rule (rule, scored_idx, version, score) VALUES ($1, $2, $3, $4)
             ON CONFLICT (rule) DO UPDATE SET scored_idx = excluded.scored_idx,
                 version = excluded.version, score = excluded.score",
            params![e.rule, idx, e.version, e.score],
        )
        .map(drop),
        Event::RuleSwitched(e) => run(
            db,
            "INSERT INTO rule (rule, running, switched) VALUES ($1, $2, $3)
             ON CONFLICT (rule) DO UPDATE SET running = excluded.running,
                 switched = excluded.switched",
            params![e.rule, e.on.then_some(&e.version), idx],
        )
        .map(drop),
        Event::WarningRaised(e) => raised(db, record, e),
        Event::WarningAssigned(e) => run(
            db,
            "UPDATE warning SET unit = $1, due = $2 WHERE no = $3",
            params![e.unit, e.due.to_string(), e.warning.to_string()],
        )
        .map(drop),
        Event::WarningClosed(e) => run(
            db,
            "UPDATE warning SET useful = $1, closed = $2, closed_idx = $3, why = $4 WHERE no = $5",
            params![e.useful, e.happened.to_string(), idx, e.why, e.warning.to_string()],
        )
        .map(drop),
        _ => Ok(()),
    }
}

fn raised(db: &Connection, record: &Record, e: &WarningRaised) -> rusqlite::Result<()> {
    count(db, e.no)?;
    let no = e.no.to_string();
    run(
        db,
        "INSERT INTO warning
             (no, idx, at, rule, version, matter, figures, counted, companies, due)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            no,
            record.idx as i64,
            record.received.0,
            e.rule,
            e.version,
            e.matter,
            e.figures.join(","),
            list(&e.counted),
            e.companies.len() as i64,
            e.due.to_string(),
        ],
    )?;
    for (place, company) in e.companies.iter().enumerate() {
        run(
            db,
            "INSERT INTO warning_company (warning, company, place) VALUES ($1, $2, $3)
             ON CONFLICT DO NOTHING",
            params![no, company.to_string(), place as i64],
        )?;
    }
    Ok(())
}
