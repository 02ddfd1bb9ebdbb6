//! Incidents.

use domain::Event;
use rusqlite::{Connection, params};

use super::{casework, count, day, list, run};
use crate::Record;

/// Applies an event of an incident.
pub(super) fn apply(db: &Connection, record: &Record) -> rusqlite::Result<()> {
    let idx = record.idx as i64;
    match &record.event {
        Event::IncidentOpened(e) => {
            count(db, e.no)?;
            run(
                db,
                "INSERT INTO incident (no, idx, at, title, conduct, secrets, persons, partners,
                     from_day, until, noticed, act_idx)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $2)",
                params![
                    e.no.to_string(),
                    idx,
                    record.received.0,
                    e.title,
                    e.conduct.word(),
                    list(&e.secrets),
                    list(&e.persons),
                    list(&e.partners),
                    e.from.to_string(),
                    e.until.to_string(),
                    e.noticed.to_string(),
                ],
            )?;
        }
        Event::IncidentRevised(e) => {
            run(
                db,
                "UPDATE incident SET conduct = $1, secrets = $2, persons = $3, partners = $4,
                     from_day = $5, until = $6, noticed = $7, act_idx = $8 WHERE no = $9",
                params![
                    e.conduct.word(),
                    list(&e.secrets),
                    list(&e.persons),
                    list(&e.partners),
                    e.from.to_string(),
                    e.until.to_string(),
                    e.noticed.to_string(),
                    idx,
                    e.incident.to_string(),
                ],
            )?;
        }
        Event::IncidentNoted(e) => {
            let sql = "INSERT INTO incident_note (idx, incident, happened) VALUES ($1, $2, $3)";
            run(db, sql, params![idx, e.incident.to_string(), day(e.happened)])?;
        }
        Event::IncidentLinked(e) => {
            let sql = "INSERT INTO incident_link (incident, thing, idx) VALUES ($1, $2, $3)
                       ON CONFLICT DO NOTHING";
            run(db, sql, params![e.incident.to_string(), e.thing.to_string(), idx])?;
        }
        Event::IncidentUnlinked(e) => {
            let sql = "DELETE FROM incident_link WHERE incident = $1 AND thing = $2";
            run(db, sql, params![e.incident.to_string(), e.thing.to_string()])?;
        }
        Event::IncidentPreserved(e) => {
            run(
                db,
                "INSERT INTO exhibit (incident, no, idx, item, paper, bears, dated, happened)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                params![
                    e.incident.to_string(),
                    e.no,
                    idx,
                    e.item,
                    e.paper,
                    list(&e.bears),
                    day(e.dated),
                    e.happened.to_string(),
                ],
            )?;
        }
        Event::IncidentHanded(e) => {
            let sql = "INSERT INTO handing (idx, incident, exhibit, happened)
                       VALUES ($1, $2, $3, $4)";
            let happened = e.happened.to_string();
            run(db, sql, params![idx, e.incident.to_string(), e.exhibit, happened])?;
        }
        Event::IncidentDropped(e) => {
            let sql = "UPDATE exhibit SET dropped = $1 WHERE incident = $2 AND no = $3";
            run(db, sql, params![idx, e.incident.to_string(), e.exhibit])?;
        }
        Event::IncidentReckoned(e) => {
            let words = [&*e.sheet, &*e.method, &*e.gives];
            casework::reckoned(db, e.incident, words, e.relied, idx)?;
        }
        Event::IncidentClosed(e) => {
            run(
                db,
                "UPDATE incident SET outcome = $1, closed = $2, closed_idx = $3 WHERE no = $4",
                params![e.outcome.word(), e.happened.to_string(), idx, e.incident.to_string()],
            )?;
        }
        Event::IncidentReopened(e) => {
            let sql = "UPDATE incident SET outcome = NULL, closed = NULL, closed_idx = NULL
                       WHERE no = $1";
            run(db, sql, params![e.incident.to_string()])?;
        }
        _ => {}
    }
    Ok(())
}
