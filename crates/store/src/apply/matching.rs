//! Sweeps, what was asked to leave, and comparisons.

use domain::event::{
    ComparisonConcluded, ComparisonMade, ReleaseApproved, ReleaseAsked, ReleaseRefused, SweepDone,
};
use rusqlite::{Connection, params};

use super::{list, run};
use crate::Record;

pub(super) fn swept(db: &Connection, record: &Record, e: &SweepDone) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO sweep (no, idx, at, what, partial, files, bytes, faults, hits, secrets,
             guaranteed, manifest, report)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        params![
            e.no.to_string(),
            record.idx as i64,
            record.received.0,
            e.what,
            e.partial,
            e.files as i64,
            e.bytes as i64,
            e.faults as i64,
            e.hits as i64,
            list(&e.secrets),
            e.guaranteed,
            e.manifest,
            e.report,
        ],
    )
    .map(drop)
}

pub(super) fn asked(db: &Connection, record: &Record, e: &ReleaseAsked) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO release (no, idx, at, what, destination, verdict, files, faults, secrets,
             approvers, approved, guaranteed, manifest, report)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', $11, $12, $13)",
        params![
            e.no.to_string(),
            record.idx as i64,
            record.received.0,
            e.what,
            e.to,
            e.verdict.word(),
            e.files as i64,
            e.faults as i64,
            list(&e.secrets),
            list(&e.approvers),
            e.guaranteed,
            e.manifest,
            e.report,
        ],
    )
    .map(drop)
}

pub(super) fn approved(db: &Connection, e: &ReleaseApproved) -> rusqlite::Result<()> {
    run(
        db,
        "UPDATE release SET approved = CASE approved WHEN '' THEN $1 ELSE approved || ',' || $1 END
         WHERE no = $2",
        params![e.person.to_string(), e.release.to_string()],
    )
    .map(drop)
}

pub(super) fn refused(
    db: &Connection,
    record: &Record,
    e: &ReleaseRefused,
) -> rusqlite::Result<()> {
    run(
        db,
        "UPDATE release SET refused_idx = $1 WHERE no = $2",
        params![record.idx as i64, e.release.to_string()],
    )
    .map(drop)
}

pub(super) fn compared(
    db: &Connection,
    record: &Record,
    e: &ComparisonMade,
) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO comparison (no, idx, at, what, source, secrets, files, faults, figures, report)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            e.no.to_string(),
            record.idx as i64,
            record.received.0,
            e.what,
            e.source,
            list(&e.secrets),
            e.files as i64,
            e.faults as i64,
            e.figures,
            e.report,
        ],
    )
    .map(drop)
}

pub(super) fn concluded(
    db: &Connection,
    record: &Record,
    e: &ComparisonConcluded,
) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO conclusion (idx, at, comparison, secret, person, sameness)
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![
            record.idx as i64,
            record.received.0,
            e.comparison.to_string(),
            e.secret.to_string(),
            e.person.to_string(),
            e.sameness.word(),
        ],
    )
    .map(drop)
}
