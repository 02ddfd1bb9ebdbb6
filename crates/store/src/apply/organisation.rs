//! Organisations, their members, and what one asks of another.

use domain::Event;
use domain::event::{
    AssistanceAsked, AssistanceReplied, RequestAnswered, RequestFollowed, RequestTaken,
};
use domain::terms::{AssistanceState, RequestState};
use rusqlite::{Connection, params};

use super::{count, day, no, run};
use crate::Record;

/// Applies an event about organisations.
pub(super) fn apply(db: &Connection, record: &Record) -> rusqlite::Result<()> {
    let idx = record.idx as i64;
    match &record.event {
        Event::OrganisationAdded(e) => {
            count(db, e.no)?;
            run(
                db,
                "INSERT INTO organisation (no, idx, name, sort, area, contact_idx)
                 VALUES ($1, $2, $3, $4, $5, $2)",
                params![e.no.to_string(), idx, e.name, e.sort.word(), e.area],
            )
        }
        Event::OrganisationChanged(e) => {
            // What was not sealed anew stays as it was.
            let sealed = record.sealed.contains(&"contact");
            let contact = sealed.then_some(idx);
            run(
                db,
                "UPDATE organisation SET name = $1, area = $2,
                     contact_idx = COALESCE($3, contact_idx) WHERE no = $4",
                params![e.name, e.area, contact, e.organisation.to_string()],
            )
        }
        Event::OrganisationEnded(e) => run(
            db,
            "UPDATE organisation SET ended = $1 WHERE no = $2",
            params![e.happened.to_string(), e.organisation.to_string()],
        ),
        Event::MemberJoined(e) => run(
            db,
            "INSERT INTO member (organisation, company, idx, joined, post)
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            params![
                e.organisation.to_string(),
                e.company.to_string(),
                idx,
                e.happened.to_string(),
                e.post
            ],
        ),
        Event::MemberLeft(e) => run(
            db,
            "DELETE FROM member WHERE organisation = $1 AND company = $2",
            params![e.organisation.to_string(), e.company.to_string()],
        ),
        Event::AssistanceAsked(e) => asked(db, idx, e),
        Event::AssistanceReceived(e) => run(
            db,
            "UPDATE assistance SET state = $1, received = $2,
                 reference = COALESCE($3, reference) WHERE no = $4",
            params![
                AssistanceState::Received.word(),
                e.happened.to_string(),
                e.reference,
                e.assistance.to_string()
            ],
        ),
        Event::AssistanceTriaged(e) => run(
            db,
            "UPDATE assistance SET unit = $1, urgent = $2,
                 state = CASE WHEN state = $3 THEN $4 ELSE state END WHERE no = $5",
            params![
                e.unit,
                e.urgent,
                AssistanceState::Received.word(),
                AssistanceState::Triaged.word(),
                e.assistance.to_string()
            ],
        ),
        Event::AssistanceReplied(e) => replied(db, idx, e),
        Event::AssistanceEscalated(e) => run(
            db,
            "UPDATE assistance SET state = $1, escalated = $2, due = $3 WHERE no = $4",
            params![
                AssistanceState::Escalated.word(),
                e.to.to_string(),
                e.due.to_string(),
                e.assistance.to_string()
            ],
        ),
        Event::AssistanceClosed(e) => run(
            db,
            "UPDATE assistance SET state = $1, closed = $2, closing = $3 WHERE no = $4",
            params![
                AssistanceState::Closed.word(),
                e.happened.to_string(),
                e.how.word(),
                e.assistance.to_string()
            ],
        ),
        Event::RequestTaken(e) => taken(db, e),
        Event::RequestAnswered(e) => answered(db, idx, e),
        Event::RequestFollowed(e) => followed(db, idx, e),
        _ => Ok(0),
    }
    .map(drop)
}

fn asked(db: &Connection, idx: i64, e: &AssistanceAsked) -> rusqlite::Result<usize> {
    count(db, e.no)?;
    run(
        db,
        "INSERT INTO assistance (no, idx, asker, asked, sort, title, company, casefile, request,
             follows, happened, due, state, urgent)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0)",
        params![
            e.no.to_string(),
            idx,
            e.from.to_string(),
            e.to.to_string(),
            e.sort.word(),
            e.title,
            no(e.company),
            no(e.case),
            no(e.request),
            no(e.follows),
            e.happened.to_string(),
            e.due.to_string(),
            AssistanceState::Asked.word(),
        ],
    )
}

fn replied(db: &Connection, idx: i64, e: &AssistanceReplied) -> rusqlite::Result<usize> {
    let (assistance, happened) = (e.assistance.to_string(), e.happened.to_string());
    run(
        db,
        "INSERT INTO assistance_reply (idx, assistance, organisation, answer, happened)
         VALUES ($1, $2, $3, $4, $5)",
        params![idx, assistance, e.organisation.to_string(), e.answer.word(), happened],
    )?;
    run(
        db,
        "UPDATE assistance SET state = $1, answer = $2, replied = $3 WHERE no = $4",
        params![AssistanceState::Replied.word(), e.answer.word(), happened, assistance],
    )
}

fn taken(db: &Connection, e: &RequestTaken) -> rusqlite::Result<usize> {
    let request = e.request.to_string();
    run(
        db,
        "INSERT INTO request_desk (request, organisation) VALUES ($1, $2)
         ON CONFLICT (request) DO UPDATE SET organisation = excluded.organisation",
        params![request, e.organisation.to_string()],
    )?;
    run(
        db,
        "UPDATE request SET due = COALESCE($1, due), expert = NULL, body = NULL,
             state = CASE WHEN state = $2 THEN $3 ELSE state END WHERE no = $4",
        params![day(e.due), RequestState::New.word(), RequestState::Routed.word(), request],
    )
}

fn answered(db: &Connection, idx: i64, e: &RequestAnswered) -> rusqlite::Result<usize> {
    let (request, happened) = (e.request.to_string(), e.happened.to_string());
    run(
        db,
        "INSERT INTO request_answer (idx, request, organisation, happened) VALUES ($1, $2, $3, $4)",
        params![idx, request, e.organisation.to_string(), happened],
    )?;
    run(
        db,
        "UPDATE request_desk SET again = $1 WHERE request = $2",
        params![day(e.again), request],
    )?;
    run(
        db,
        "UPDATE request SET replied = COALESCE(replied, $1), state = $2 WHERE no = $3",
        params![happened, RequestState::Replied.word(), request],
    )
}

fn followed(db: &Connection, idx: i64, e: &RequestFollowed) -> rusqlite::Result<usize> {
    let request = e.request.to_string();
    run(
        db,
        "INSERT INTO request_follow (idx, request, outcome, happened) VALUES ($1, $2, $3, $4)",
        params![idx, request, e.outcome.word(), e.happened.to_string()],
    )?;
    run(
        db,
        "UPDATE request_desk SET again = $1, outcome = $2 WHERE request = $3",
        params![day(e.again), e.outcome.word(), request],
    )
}

/// What stood at one entry of the directory stands at another from now on.
pub(super) fn merged(db: &Connection, from: &str, into: &str) -> rusqlite::Result<()> {
    for column in ["company", "asked"] {
        let sql = format!("UPDATE assistance SET {column} = $1 WHERE {column} = $2");
        run(db, &sql, params![into, from])?;
    }
    run(
        db,
        "INSERT INTO member (organisation, company, idx, joined, post)
         SELECT organisation, $1, idx, joined, post FROM member WHERE company = $2
         ON CONFLICT DO NOTHING",
        params![into, from],
    )?;
    run(db, "DELETE FROM member WHERE company = $1", params![from]).map(drop)
}
