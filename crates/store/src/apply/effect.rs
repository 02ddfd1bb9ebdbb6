//! What letters bring about.

use domain::Event;
use domain::event::{
    LetterCarried, LetterSettled, PrescriptionReported, TaskProgressed, TaskReceived, TaskReviewed,
};
use domain::terms::{Cure, TaskSort};
use rusqlite::{Connection, params};

use super::{count, day, no, run};
use crate::Record;

/// Applies an event of a letter's effect.
pub(super) fn apply(db: &Connection, record: &Record) -> rusqlite::Result<()> {
    match &record.event {
        Event::LetterCarried(e) => carried(db, e),
        Event::LetterSettled(e) => settled(db, record, e),
        Event::PrescriptionReported(e) => reported(db, record, e),
        Event::TaskReceived(e) => received(db, record, e),
        Event::TaskProgressed(e) => progressed(db, record, e),
        Event::TaskReviewed(e) => reviewed(db, record, e),
        _ => Ok(()),
    }
}

fn carried(db: &Connection, e: &LetterCarried) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO carried (link, entry, seq, about) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING",
        params![e.link.to_string(), e.entry as i64, e.seq as i64, e.about.to_string()],
    )
    .map(drop)
}

fn settled(db: &Connection, record: &Record, e: &LetterSettled) -> rusqlite::Result<()> {
    let (link, seq) = (e.link.to_string(), e.seq as i64);
    run(
        db,
        "INSERT INTO settled (link, seq, idx, about, refused) VALUES ($1, $2, $3, $4, $5)",
        params![link, seq, record.idx as i64, no(e.about), e.refused],
    )?;
    run(
        db,
        "UPDATE letter SET sort = $1 WHERE link = $2 AND way = 'in' AND seq = $3",
        params![e.sort.word(), link, seq],
    )
    .map(drop)
}

fn reported(db: &Connection, record: &Record, e: &PrescriptionReported) -> rusqlite::Result<()> {
    let prescription = e.prescription.to_string();
    run(
        db,
        "INSERT INTO prescription_step (idx, prescription, word, happened, link)
         VALUES ($1, $2, $3, $4, $5)",
        params![
            record.idx as i64,
            prescription,
            e.how.word(),
            e.happened.to_string(),
            e.link.to_string()
        ],
    )?;
    if e.moved {
        let params = params![Cure::after(e.how).word(), prescription];
        run(db, "UPDATE prescription SET state = $1 WHERE no = $2", params)?;
    }
    Ok(())
}

fn received(db: &Connection, record: &Record, e: &TaskReceived) -> rusqlite::Result<()> {
    count(db, e.no)?;
    run(
        db,
        "INSERT INTO task (no, idx, link, seq, sort, theirs, theme, grade, happened, due, state,
             open, seen)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, 0)",
        params![
            e.no.to_string(),
            record.idx as i64,
            e.link.to_string(),
            e.seq as i64,
            e.sort.word(),
            no(e.theirs),
            e.theme.map(|theme| theme.word()),
            e.grade.map(|grade| grade.word()),
            e.happened.to_string(),
            day(e.due),
            Cure::Open.word(),
        ],
    )
    .map(drop)
}

/// A task that stands so is done as far as this company goes.
fn is_open(state: Cure) -> bool {
    matches!(state, Cure::Open | Cure::Started | Cure::Blocked)
}

fn progressed(db: &Connection, record: &Record, e: &TaskProgressed) -> rusqlite::Result<()> {
    let (task, state) = (e.task.to_string(), Cure::after(e.how));
    step(db, record, (&task, true), e.how.word(), (e.seq, &e.happened.to_string()), None)?;
    // Only what was prescribed is looked at again.
    run(
        db,
        "UPDATE task SET state = CASE WHEN sort <> $1 AND $2 = 'done' THEN 'cured' ELSE $2 END,
             open = $3
         WHERE no = $4",
        params![TaskSort::Prescription.word(), state.word(), is_open(state), task],
    )
    .map(drop)
}

fn reviewed(db: &Connection, record: &Record, e: &TaskReviewed) -> rusqlite::Result<()> {
    let (task, state) = (e.task.to_string(), e.said.leaves());
    step(db, record, (&task, false), e.said.word(), (e.seq, &e.happened.to_string()), day(e.due))?;
    run(
        db,
        "UPDATE task SET state = $1, open = $2, due = COALESCE($3, due), seen = seen + 1
         WHERE no = $4",
        params![state.word(), is_open(state), day(e.due), task],
    )
    .map(drop)
}

fn step(
    db: &Connection,
    record: &Record,
    (task, ours): (&str, bool),
    said: &str,
    (seq, happened): (u64, &str),
    due: Option<String>,
) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO task_step (idx, task, ours, said, seq, happened, due)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![record.idx as i64, task, ours, said, seq as i64, happened, due],
    )
    .map(drop)
}

/// The head of a task by its number, for the rules.
pub(crate) fn is_closed(state: &str) -> bool {
    matches!(Cure::from_word(state), Some(Cure::Cured | Cure::Dropped))
}
