//! Activities of a station.

use domain::Event;
use domain::event::{ActivityPlanned, ActivityRegistered};
use domain::terms::ActivityState;
use rusqlite::{Connection, params};

use super::{count, no, run};
use crate::Record;

/// Applies an event of an activity.
pub(super) fn apply(db: &Connection, record: &Record) -> rusqlite::Result<()> {
    let idx = record.idx as i64;
    match &record.event {
        Event::ActivityPlanned(e) => planned(db, idx, e),
        Event::ActivityMoved(e) => run(
            db,
            "UPDATE activity SET day = $1, from_minute = $2, until_minute = $3, place = $4,
                 moved_idx = $5
             WHERE no = $6",
            params![e.day.to_string(), e.from, e.until, e.place, idx, e.activity.to_string()],
        )
        .map(drop),
        Event::ActivityCancelled(e) => run(
            db,
            "UPDATE activity SET state = $1, cancelled_idx = $2, why = $3 WHERE no = $4",
            params![ActivityState::Cancelled.word(), idx, e.why, e.activity.to_string()],
        )
        .map(drop),
        Event::ActivityInvited(e) => {
            let activity = e.activity.to_string();
            for company in &e.companies {
                run(
                    db,
                    "INSERT INTO invited (activity, company, idx) VALUES ($1, $2, $3)
                     ON CONFLICT DO NOTHING",
                    params![activity, company.to_string(), idx],
                )?;
            }
            run(
                db,
                "UPDATE activity SET invited = (SELECT COUNT(*) FROM invited WHERE activity = $1)
                 WHERE no = $1",
                params![activity],
            )
            .map(drop)
        }
        Event::ActivityRegistered(e) => registered(db, record, e),
        Event::ActivityWithdrawn(e) => {
            let params = params![e.activity.to_string(), e.registration];
            run(
                db,
                "UPDATE registration SET withdrawn = 1 WHERE activity = $1 AND no = $2",
                params,
            )?;
            let params = params![e.activity.to_string()];
            run(db, "UPDATE activity SET registered = registered - 1 WHERE no = $1", params)
                .map(drop)
        }
        Event::ActivityCheckedIn(e) => {
            let activity = e.activity.to_string();
            run(
                db,
                "UPDATE registration SET came_at = $1 WHERE activity = $2 AND no = $3",
                params![record.received.0, activity, e.registration],
            )?;
            run(db, "UPDATE activity SET came = came + 1 WHERE no = $1", params![activity])
                .map(drop)
        }
        Event::ActivityHeld(e) => run(
            db,
            "UPDATE activity SET state = $1 WHERE no = $2",
            params![ActivityState::Held.word(), e.activity.to_string()],
        )
        .map(drop),
        Event::ActivityAsked(e) => {
            let activity = e.activity.to_string();
            run(
                db,
                "INSERT INTO activity_question (activity, no, idx, registration, shown)
                 VALUES ($1, $2, $3, $4, 0)",
                params![activity, e.no, idx, e.registration],
            )?;
            run(db, "UPDATE activity SET questions = $1 WHERE no = $2", params![e.no, activity])
                .map(drop)
        }
        Event::ActivityAnswered(e) => {
            let activity = e.activity.to_string();
            run(
                db,
                "UPDATE activity_question SET answer_idx = $1, expert = $2, shown = $3
                 WHERE activity = $4 AND no = $5",
                params![idx, no(e.expert), e.shown, activity, e.question],
            )?;
            run(
                db,
                "UPDATE activity SET answered = (SELECT COUNT(*) FROM activity_question
                     WHERE activity = $1 AND answer_idx IS NOT NULL)
                 WHERE no = $1",
                params![activity],
            )
            .map(drop)
        }
        Event::ActivitySupplied(e) => run(
            db,
            "INSERT INTO material (idx, activity, title, url) VALUES ($1, $2, $3, $4)",
            params![idx, e.activity.to_string(), e.title, e.url],
        )
        .map(drop),
        Event::ActivityRated(e) => {
            let activity = e.activity.to_string();
            run(
                db,
                "UPDATE registration SET mark = $1, rated_idx = $2 WHERE activity = $3 AND no = $4",
                params![e.mark, idx, activity, e.registration],
            )?;
            run(
                db,
                "UPDATE activity SET rated = rated + 1, marks = marks + $1 WHERE no = $2",
                params![e.mark, activity],
            )
            .map(drop)
        }
        Event::ActivityErased(e) => e.registrations.iter().try_for_each(|part| {
            run(
                db,
                "UPDATE registration SET erased = 1 WHERE activity = $1 AND no = $2",
                params![e.activity.to_string(), part],
            )
            .map(drop)
        }),
        _ => Ok(()),
    }
}

fn planned(db: &Connection, idx: i64, e: &ActivityPlanned) -> rusqlite::Result<()> {
    count(db, e.no)?;
    run(
        db,
        "INSERT INTO activity (no, idx, title, series, theme, day, from_minute, until_minute, place,
             seats, closes, keep, open, summary, state, invited, registered, registrations, came,
             questions, answered, rated, marks)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
             0, 0, 0, 0, 0, 0, 0, 0)",
        params![
            e.no.to_string(),
            idx,
            e.title,
            e.series,
            e.theme.word(),
            e.day.to_string(),
            e.from,
            e.until,
            e.place,
            e.seats,
            e.closes.to_string(),
            e.keep,
            e.open,
            e.summary,
            ActivityState::Planned.word(),
        ],
    )
    .map(drop)
}

fn registered(db: &Connection, record: &Record, e: &ActivityRegistered) -> rusqlite::Result<()> {
    let activity = e.activity.to_string();
    run(
        db,
        "INSERT INTO registration (activity, no, idx, at, company, channel, ticket, withdrawn, erased)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0)",
        params![
            activity,
            e.no,
            record.idx as i64,
            record.received.0,
            no(e.company),
            e.channel.word(),
            e.ticket,
        ],
    )?;
    run(
        db,
        "UPDATE activity SET registered = registered + 1, registrations = $1 WHERE no = $2",
        params![e.no, activity],
    )
    .map(drop)
}
