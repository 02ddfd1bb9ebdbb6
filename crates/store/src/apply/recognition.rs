//! Recognition.

use domain::Event;
use domain::event::{
    RecognitionAgreed, RecognitionApplied, RecognitionAwarded, RecognitionEvidenced,
    RecognitionReviewed,
};
use domain::recognition::Rules;
use domain::terms::RecognitionState;
use rusqlite::{Connection, params};

use super::{count, list, no, run};
use crate::Record;

/// Applies an event of recognition.
pub(super) fn apply(db: &Connection, record: &Record) -> rusqlite::Result<()> {
    let idx = record.idx as i64;
    match &record.event {
        Event::RecognitionApplied(e) => applied(db, idx, e),
        Event::RecognitionEvidenced(e) => evidenced(db, idx, e),
        Event::RecognitionAssigned(e) => {
            let state = RecognitionState::Assigned.word();
            run(
                db,
                "UPDATE recognition SET state = $1, experts = $2, due = $3 WHERE no = $4",
                params![state, list(&e.experts), e.due.to_string(), e.recognition.to_string()],
            )
            .map(drop)
        }
        Event::RecognitionReviewed(e) => reviewed(db, idx, e),
        Event::RecognitionVisited(e) => {
            let params = params![e.visit.to_string(), e.recognition.to_string()];
            run(db, "UPDATE recognition SET visit = $1 WHERE no = $2", params).map(drop)
        }
        Event::RecognitionAgreed(e) => agreed(db, e),
        Event::RecognitionPublished(e) => run(
            db,
            "UPDATE recognition SET state = $1, notice_from = $2, notice_until = $3 WHERE no = $4",
            params![
                RecognitionState::Notice.word(),
                e.from.to_string(),
                e.until.to_string(),
                e.recognition.to_string()
            ],
        )
        .map(drop),
        Event::RecognitionObjected(e) => run(
            db,
            "INSERT INTO objection (recognition, no, idx, happened) VALUES ($1, $2, $3, $4)",
            params![e.recognition.to_string(), e.no, idx, e.happened.to_string()],
        )
        .map(drop),
        Event::RecognitionAnswered(e) => run(
            db,
            "UPDATE objection SET upheld = $1, answered = $2, why = $3
             WHERE recognition = $4 AND no = $5",
            params![
                e.upheld,
                e.happened.to_string(),
                e.why,
                e.recognition.to_string(),
                e.objection
            ],
        )
        .map(drop),
        Event::RecognitionAwarded(e) => awarded(db, e),
        Event::RecognitionChecked(e) => {
            let (recognition, next) = (e.recognition.to_string(), e.next.to_string());
            run(
                db,
                "INSERT INTO recognition_check (idx, recognition, verdict, happened, next, why)
                 VALUES ($1, $2, $3, $4, $5, $6)",
                params![idx, recognition, e.verdict.word(), e.happened.to_string(), next, e.why],
            )?;
            let params = params![next, recognition];
            run(db, "UPDATE recognition SET check_day = $1 WHERE no = $2", params).map(drop)
        }
        Event::RecognitionEnded(e) => run(
            db,
            "UPDATE recognition SET state = $1, ended = $2, how = $3 WHERE no = $4",
            params![
                RecognitionState::Ended.word(),
                e.happened.to_string(),
                e.how.word(),
                e.recognition.to_string()
            ],
        )
        .map(drop),
        _ => Ok(()),
    }
}

fn applied(db: &Connection, idx: i64, e: &RecognitionApplied) -> rusqlite::Result<()> {
    count(db, e.no)?;
    run(
        db,
        "INSERT INTO recognition (no, idx, company, scheme, layer, under, source, happened, state,
             experts, marks, bars)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', '')",
        params![
            e.no.to_string(),
            idx,
            e.company.to_string(),
            e.scheme,
            Rules::stem(&e.scheme),
            no(e.under),
            e.source,
            e.happened.to_string(),
            RecognitionState::Applied.word(),
        ],
    )
    .map(drop)
}

fn evidenced(db: &Connection, idx: i64, e: &RecognitionEvidenced) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO recognition_evidence (idx, recognition, criterion, papers, entry, log)
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![
            idx,
            e.recognition.to_string(),
            e.criterion,
            list(&e.papers),
            e.entry.map(|entry| entry as i64),
            e.log
        ],
    )
    .map(drop)
}

fn reviewed(db: &Connection, idx: i64, e: &RecognitionReviewed) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO recognition_review (idx, recognition, expert, marks, bars, score, happened)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            idx,
            e.recognition.to_string(),
            e.expert.to_string(),
            list(&e.marks),
            list(&e.bars),
            e.score,
            e.happened.to_string()
        ],
    )
    .map(drop)
}

fn agreed(db: &Connection, e: &RecognitionAgreed) -> rusqlite::Result<()> {
    let state = if e.passed { RecognitionState::Passed } else { RecognitionState::Failed };
    run(
        db,
        "UPDATE recognition SET state = $1, marks = $2, bars = $3, score = $4, agreed = $5,
             agreed_why = $6
         WHERE no = $7",
        params![
            state.word(),
            list(&e.marks),
            list(&e.bars),
            e.score,
            e.happened.to_string(),
            e.why,
            e.recognition.to_string()
        ],
    )
    .map(drop)
}

fn awarded(db: &Connection, e: &RecognitionAwarded) -> rusqlite::Result<()> {
    run(
        db,
        "UPDATE recognition SET state = $1, awarded = $2, until = $3, check_day = $4, code = $5
         WHERE no = $6",
        params![
            RecognitionState::Awarded.word(),
            e.happened.to_string(),
            e.until.to_string(),
            e.check.to_string(),
            e.code,
            e.recognition.to_string()
        ],
    )
    .map(drop)
}
