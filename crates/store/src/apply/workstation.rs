//! The workstation of a station.

use domain::event::{
    ExpertAdded, ExpertEnded, ExpertRecused, ExpertRenewed, PrescriptionProgressed,
    PrescriptionReviewed, PrescriptionWritten, RequestClosed, RequestReceived, RequestReplied,
    RequestRouted, VisitCancelled, VisitMade, VisitPlanned,
};
use domain::terms::{Cure, RequestState, Review, VisitState};
use domain::{Event, Number};
use rusqlite::{Connection, params};

use super::{count, day, list, no, run};
use crate::Record;

/// Applies an event of the workstation.
pub(super) fn apply(db: &Connection, record: &Record) -> rusqlite::Result<()> {
    match &record.event {
        Event::ExpertAdded(e) => expert_added(db, record, e),
        Event::ExpertRecused(e) => expert_recused(db, record, e),
        Event::ExpertRenewed(e) => expert_renewed(db, e),
        Event::ExpertEnded(e) => expert_ended(db, e),
        Event::RequestReceived(e) => request_received(db, record, e),
        Event::RequestRouted(e) => request_routed(db, e),
        Event::RequestReplied(e) => request_replied(db, record, e),
        Event::RequestClosed(e) => request_closed(db, e),
        Event::VisitPlanned(e) => visit_planned(db, record, e),
        Event::VisitCancelled(e) => visit_cancelled(db, e),
        Event::VisitMade(e) => visit_made(db, record, e),
        Event::PrescriptionWritten(e) => prescription_written(db, record, e),
        Event::PrescriptionProgressed(e) => prescription_progressed(db, record, e),
        Event::PrescriptionReviewed(e) => prescription_reviewed(db, record, e),
        _ => Ok(()),
    }
}

/// What belonged to an entry of the directory that ends belongs to the one that stays.
pub(super) fn merged(db: &Connection, from: &str, into: &str) -> rusqlite::Result<()> {
    for table in ["request", "visit", "prescription", "casefile", "recognition"] {
        let sql = format!("UPDATE {table} SET company = $1 WHERE company = $2");
        run(db, &sql, params![into, from])?;
    }
    run(
        db,
        "INSERT INTO conflict (expert, company, idx, why)
         SELECT expert, $1, idx, why FROM conflict WHERE company = $2
         ON CONFLICT DO NOTHING",
        params![into, from],
    )?;
    run(db, "DELETE FROM conflict WHERE company = $1", params![from]).map(drop)
}

fn expert_added(db: &Connection, record: &Record, e: &ExpertAdded) -> rusqlite::Result<()> {
    count(db, e.no)?;
    let idx = record.idx as i64;
    let fields: Vec<_> = e.fields.iter().map(|field| field.word()).collect();
    run(
        db,
        "INSERT INTO expert (no, idx, fields, organisation, from_day, until)
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![
            e.no.to_string(),
            idx,
            list(&fields),
            e.organisation,
            e.from.to_string(),
            day(e.until)
        ],
    )?;
    e.conflicts.iter().try_for_each(|&company| conflict(db, e.no, company, idx, None))
}

fn conflict(
    db: &Connection,
    expert: Number,
    company: Number,
    idx: i64,
    why: Option<&str>,
) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO conflict (expert, company, idx, why) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING",
        params![expert.to_string(), company.to_string(), idx, why],
    )
    .map(drop)
}

fn expert_recused(db: &Connection, record: &Record, e: &ExpertRecused) -> rusqlite::Result<()> {
    conflict(db, e.expert, e.company, record.idx as i64, Some(&e.why))
}

fn expert_renewed(db: &Connection, e: &ExpertRenewed) -> rusqlite::Result<()> {
    let params = params![e.until.to_string(), e.expert.to_string()];
    run(db, "UPDATE expert SET until = $1 WHERE no = $2", params).map(drop)
}

fn expert_ended(db: &Connection, e: &ExpertEnded) -> rusqlite::Result<()> {
    let params = params![e.happened.to_string(), e.expert.to_string()];
    run(db, "UPDATE expert SET ended = $1 WHERE no = $2", params).map(drop)
}

fn request_received(db: &Connection, record: &Record, e: &RequestReceived) -> rusqlite::Result<()> {
    count(db, e.no)?;
    run(
        db,
        "INSERT INTO request (no, idx, company, channel, theme, title, happened, due, urgent, state)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9)",
        params![
            e.no.to_string(),
            record.idx as i64,
            e.company.to_string(),
            e.channel.word(),
            e.theme.word(),
            e.title,
            e.happened.to_string(),
            e.due.to_string(),
            RequestState::New.word(),
        ],
    )
    .map(drop)
}

fn request_routed(db: &Connection, e: &RequestRouted) -> rusqlite::Result<()> {
    run(
        db,
        "UPDATE request SET expert = $1, body = $2, urgent = $3, due = COALESCE($4, due),
             state = CASE state WHEN $5 THEN $6 ELSE state END
         WHERE no = $7",
        params![
            no(e.expert),
            e.body,
            e.urgent,
            day(e.due),
            RequestState::New.word(),
            RequestState::Routed.word(),
            e.request.to_string(),
        ],
    )
    .map(drop)
}

fn request_replied(db: &Connection, record: &Record, e: &RequestReplied) -> rusqlite::Result<()> {
    let (request, happened) = (e.request.to_string(), e.happened.to_string());
    run(
        db,
        "INSERT INTO reply (idx, request, expert, happened) VALUES ($1, $2, $3, $4)",
        params![record.idx as i64, request, no(e.expert), happened],
    )?;
    run(
        db,
        "UPDATE request SET replied = COALESCE(replied, $1), state = $2 WHERE no = $3",
        params![happened, RequestState::Replied.word(), request],
    )
    .map(drop)
}

fn request_closed(db: &Connection, e: &RequestClosed) -> rusqlite::Result<()> {
    run(
        db,
        "UPDATE request SET closed = $1, closing = $2, state = $3 WHERE no = $4",
        params![
            e.happened.to_string(),
            e.how.word(),
            RequestState::Closed.word(),
            e.request.to_string()
        ],
    )
    .map(drop)
}

fn visit_planned(db: &Connection, record: &Record, e: &VisitPlanned) -> rusqlite::Result<()> {
    count(db, e.no)?;
    let visit = e.no.to_string();
    run(
        db,
        "INSERT INTO visit (no, idx, company, day, title, checklist, request, follows, state, marks)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '')",
        params![
            visit,
            record.idx as i64,
            e.company.to_string(),
            e.day.to_string(),
            e.title,
            e.checklist,
            no(e.request),
            no(e.follows),
            VisitState::Planned.word(),
        ],
    )?;
    for expert in &e.experts {
        run(
            db,
            "INSERT INTO visit_expert (visit, expert) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            params![visit, expert.to_string()],
        )?;
    }
    Ok(())
}

fn visit_cancelled(db: &Connection, e: &VisitCancelled) -> rusqlite::Result<()> {
    let params = params![VisitState::Cancelled.word(), e.visit.to_string()];
    run(db, "UPDATE visit SET state = $1 WHERE no = $2", params).map(drop)
}

fn visit_made(db: &Connection, record: &Record, e: &VisitMade) -> rusqlite::Result<()> {
    run(
        db,
        "UPDATE visit SET state = $1, day = $2, marks = $3, made_idx = $4 WHERE no = $5",
        params![
            VisitState::Made.word(),
            e.happened.to_string(),
            list(&e.marks),
            record.idx as i64,
            e.visit.to_string(),
        ],
    )
    .map(drop)
}

fn prescription_written(
    db: &Connection,
    record: &Record,
    e: &PrescriptionWritten,
) -> rusqlite::Result<()> {
    count(db, e.no)?;
    run(
        db,
        "INSERT INTO prescription (no, idx, company, visit, point, theme, grade, rank, happened,
             due, state)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        params![
            e.no.to_string(),
            record.idx as i64,
            e.company.to_string(),
            e.visit.to_string(),
            e.point,
            e.theme.word(),
            e.grade.word(),
            e.grade as i64,
            e.happened.to_string(),
            e.due.to_string(),
            Cure::Open.word(),
        ],
    )
    .map(drop)
}

fn prescription_progressed(
    db: &Connection,
    record: &Record,
    e: &PrescriptionProgressed,
) -> rusqlite::Result<()> {
    let (prescription, happened) = (e.prescription.to_string(), e.happened.to_string());
    run(
        db,
        "INSERT INTO prescription_step (idx, prescription, word, happened) VALUES ($1, $2, $3, $4)",
        params![record.idx as i64, prescription, e.how.word(), happened],
    )?;
    let params = params![Cure::after(e.how).word(), prescription];
    run(db, "UPDATE prescription SET state = $1 WHERE no = $2", params).map(drop)
}

fn prescription_reviewed(
    db: &Connection,
    record: &Record,
    e: &PrescriptionReviewed,
) -> rusqlite::Result<()> {
    let (prescription, happened) = (e.prescription.to_string(), e.happened.to_string());
    run(
        db,
        "INSERT INTO prescription_step (idx, prescription, word, happened, visit, due)
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![
            record.idx as i64,
            prescription,
            e.verdict.word(),
            happened,
            no(e.visit),
            day(e.due)
        ],
    )?;
    let state = match e.verdict {
        Review::Cured => Cure::Cured,
        Review::Wanting => Cure::Open,
        Review::Dropped => Cure::Dropped,
    };
    run(
        db,
        "UPDATE prescription SET state = $1, due = COALESCE($2, due), reviewed = $3 WHERE no = $4",
        params![state.word(), day(e.due), happened, prescription],
    )
    .map(drop)
}
