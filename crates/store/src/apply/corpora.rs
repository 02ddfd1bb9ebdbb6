//! Public corpora, and what secret points were looked for in them.

use domain::event::{CorpusAdded, CorpusRemoved, PublicChecked};
use rusqlite::{Connection, params};

use super::{list, run};
use crate::Record;

pub(super) fn added(db: &Connection, record: &Record, e: &CorpusAdded) -> rusqlite::Result<()> {
    let day = |day: &Option<domain::Day>| day.map(|day| day.to_string());
    run(
        db,
        "INSERT INTO corpus (no, idx, at, name, sort, source, day, files, faults, documents,
             undated, first, last, bytes, fingerprints, guaranteed, manifest, digest)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        params![
            e.no.to_string(),
            record.idx as i64,
            record.received.0,
            e.name,
            e.sort.word(),
            e.source,
            day(&e.day),
            e.files as i64,
            e.faults as i64,
            e.documents as i64,
            e.undated as i64,
            day(&e.first),
            day(&e.last),
            e.bytes as i64,
            e.fingerprints as i64,
            e.guaranteed,
            e.manifest,
            e.digest,
        ],
    )
    .map(drop)
}

pub(super) fn removed(db: &Connection, record: &Record, e: &CorpusRemoved) -> rusqlite::Result<()> {
    run(
        db,
        "UPDATE corpus SET removed_idx = $1 WHERE no = $2",
        params![record.idx as i64, e.corpus.to_string()],
    )
    .map(drop)
}

pub(super) fn checked(db: &Connection, record: &Record, e: &PublicChecked) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO public_check (no, idx, at, secret, day, corpora, documents, parts, found,
             earlier, leads, report)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        params![
            e.no.to_string(),
            record.idx as i64,
            record.received.0,
            e.secret.to_string(),
            e.day.map(|day| day.to_string()),
            list(&e.corpora),
            e.documents as i64,
            e.parts,
            e.found,
            e.earlier,
            e.leads,
            e.report,
        ],
    )
    .map(drop)
}
