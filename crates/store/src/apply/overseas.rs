//! Going abroad: pre-judgements, and answers before material leaves China.

use domain::event::{ExportAnswered, OverseasAssessed};
use rusqlite::{Connection, params};

use super::{list, run};
use crate::Record;

pub(super) fn assessed(
    db: &Connection,
    record: &Record,
    e: &OverseasAssessed,
) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO assessment (no, idx, at, product, markets, answers, risks, guides, edition)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            e.no.to_string(),
            record.idx as i64,
            record.received.0,
            e.product,
            list(&e.markets),
            list(&e.answers),
            list(&e.risks),
            list(&e.guides),
            e.edition,
        ],
    )
    .map(drop)
}

pub(super) fn exported(
    db: &Connection,
    record: &Record,
    e: &ExportAnswered,
) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO export (no, idx, at, secrets, dest, answers, proofs, edition, clear)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            e.no.to_string(),
            record.idx as i64,
            record.received.0,
            list(&e.secrets),
            e.to,
            list(&e.answers),
            e.proofs.join("\n"),
            e.edition,
            e.clear,
        ],
    )?;
    for secret in &e.secrets {
        run(
            db,
            "INSERT INTO export_secret (secret, export, clear) VALUES ($1, $2, $3)
             ON CONFLICT (secret) DO UPDATE SET export = excluded.export, clear = excluded.clear",
            params![secret.to_string(), e.no.to_string(), e.clear],
        )?;
    }
    Ok(())
}
