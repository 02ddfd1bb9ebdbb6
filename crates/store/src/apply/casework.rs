//! Cases.

use domain::event::{CaseAssigned, CaseFiled, CaseOpened, CaseStepped, CaseUnstepped};
use domain::{Event, Number};
use rusqlite::{Connection, params};

use super::{count, day, list, no, run};
use crate::Record;

/// Applies an event of a case.
pub(super) fn apply(db: &Connection, record: &Record) -> rusqlite::Result<()> {
    let idx = record.idx as i64;
    match &record.event {
        Event::CaseOpened(e) => opened(db, idx, e),
        Event::CaseAssigned(e) => assigned(db, idx, e),
        Event::CaseFiled(e) => filed(db, idx, e),
        Event::CaseUnfiled(e) => {
            let params = params![e.case.to_string(), e.item];
            run(db, "DELETE FROM case_item WHERE casefile = $1 AND item = $2", params)?;
            changed(db, e.case, idx)
        }
        Event::CaseStepped(e) => stepped(db, idx, e),
        Event::CaseUnstepped(e) => unstepped(db, idx, e),
        Event::CaseReckoned(e) => {
            let words = [&*e.sheet, &*e.method, &*e.gives];
            reckoned(db, e.case, words, e.relied, idx)?;
            changed(db, e.case, idx)
        }
        Event::CaseAgainst(e) => {
            let params = params![e.respondent.to_string(), e.case.to_string()];
            run(db, "UPDATE casefile SET respondent = $1 WHERE no = $2", params)?;
            changed(db, e.case, idx)
        }
        Event::CaseDrawn(e) => {
            run(
                db,
                "INSERT INTO case_document (casefile, item, idx, lang) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (casefile, item) DO UPDATE SET idx = excluded.idx, lang = excluded.lang",
                params![e.case.to_string(), e.item, idx, e.lang],
            )?;
            changed(db, e.case, idx)
        }
        _ => Ok(()),
    }
}

/// A reckoning of a case or an incident: by worksheet and way of counting; what it gives.
pub(super) fn reckoned(
    db: &Connection,
    of: Number,
    [sheet, method, gives]: [&str; 3],
    relied: bool,
    idx: i64,
) -> rusqlite::Result<()> {
    let of = of.to_string();
    if relied {
        // Of each sort one counts: the one relied on last.
        let sql = "UPDATE case_reckoning SET relied = 0 WHERE casefile = $1 AND gives = $2";
        run(db, sql, params![of, gives])?;
    }
    run(
        db,
        "INSERT INTO case_reckoning (casefile, sheet, method, gives, relied, idx)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (casefile, sheet, method) DO UPDATE SET gives = excluded.gives,
             relied = excluded.relied, idx = excluded.idx",
        params![of, sheet, method, gives, relied, idx],
    )
    .map(drop)
}

fn changed(db: &Connection, case: Number, idx: i64) -> rusqlite::Result<()> {
    let params = params![idx, case.to_string()];
    run(db, "UPDATE casefile SET changed = $1 WHERE no = $2", params).map(drop)
}

fn opened(db: &Connection, idx: i64, e: &CaseOpened) -> rusqlite::Result<()> {
    count(db, e.no)?;
    run(
        db,
        "INSERT INTO casefile
             (no, idx, procedure, version, company, title, source, happened, state, changed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $2)",
        params![
            e.no.to_string(),
            idx,
            e.procedure,
            e.version,
            no(e.company),
            e.title,
            e.source.word(),
            e.happened.to_string(),
            e.state,
        ],
    )
    .map(drop)
}

fn assigned(db: &Connection, idx: i64, e: &CaseAssigned) -> rusqlite::Result<()> {
    run(
        db,
        "UPDATE casefile SET unit = $1, handler = $2, changed = $2 WHERE no = $3",
        params![e.unit, idx, e.case.to_string()],
    )
    .map(drop)
}

fn filed(db: &Connection, idx: i64, e: &CaseFiled) -> rusqlite::Result<()> {
    let bears: Vec<_> = e.bears.iter().map(String::as_str).collect();
    run(
        db,
        "INSERT INTO case_item (casefile, item, idx, paper, bears, happened, why)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (casefile, item) DO UPDATE SET idx = excluded.idx, paper = excluded.paper,
             bears = excluded.bears, happened = excluded.happened, why = excluded.why",
        params![e.case.to_string(), e.item, idx, e.paper, list(&bears), day(e.happened), e.why],
    )?;
    changed(db, e.case, idx)
}

fn stepped(db: &Connection, idx: i64, e: &CaseStepped) -> rusqlite::Result<()> {
    let case = e.case.to_string();
    run(
        db,
        "INSERT INTO case_step (idx, casefile, no, step, role, happened, minute, planned)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![idx, case, e.no, e.step, e.role, e.happened.to_string(), e.minute, day(e.planned)],
    )?;
    let ended = e.ends.then(|| e.happened.to_string());
    run(
        db,
        "UPDATE casefile SET state = $1, ended = COALESCE(ended, $2), changed = $3 WHERE no = $4",
        params![e.state, ended, idx, case],
    )
    .map(drop)
}

fn unstepped(db: &Connection, idx: i64, e: &CaseUnstepped) -> rusqlite::Result<()> {
    let case = e.case.to_string();
    // A step that ended the case is undone with its end; one after the end leaves the end as it is.
    run(
        db,
        "UPDATE casefile SET ended = CASE WHEN state = $1 THEN ended ELSE NULL END, state = $1,
             changed = $2
         WHERE no = $3",
        params![e.state, idx, case],
    )?;
    let params = params![idx, case, e.no];
    run(db, "UPDATE case_step SET withdrawn = $1 WHERE casefile = $2 AND no = $3", params).map(drop)
}
