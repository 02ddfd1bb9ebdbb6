//! What companies file of themselves.

use domain::event::{ProfileFiled, ProfileReceived};
use domain::terms::ProfileField;
use domain::{Event, Number};
use rusqlite::{Connection, params};

use super::{no, run};
use crate::Record;

/// Applies an event of a profile.
pub(super) fn apply(db: &Connection, record: &Record) -> rusqlite::Result<()> {
    match &record.event {
        Event::ProfileFiled(ProfileFiled { link, seq, day, fields, .. }) => {
            filed(db, record, (*link, *seq), None, &day.to_string(), fields, (0, 0))
        }
        Event::ProfileReceived(e) => {
            let ProfileReceived { link, seq, company, day, fields, entries, size, .. } = e;
            let proof = (*entries, *size);
            filed(db, record, (*link, *seq), Some(*company), &day.to_string(), fields, proof)
        }
        Event::ProfileWithdrawn(e) => ended(db, record, (e.link, e.seq)),
        Event::ProfileForgotten(e) => {
            ended(db, record, (e.link, e.seq))?;
            run(
                db,
                "INSERT INTO profile_forgotten (link, seq, idx) VALUES ($1, $2, $3)",
                params![e.link.to_string(), e.seq as i64, record.idx as i64],
            )
            .map(drop)
        }
        _ => Ok(()),
    }
}

fn filed(
    db: &Connection,
    record: &Record,
    (link, seq): (Number, u64),
    company: Option<Number>,
    day: &str,
    fields: &[ProfileField],
    (entries, size): (u64, u64),
) -> rusqlite::Result<()> {
    let link = link.to_string();
    run(db, "UPDATE profile SET newest = 0 WHERE link = $1", params![link])?;
    let fields: Vec<_> = fields.iter().map(|field| field.word()).collect();
    run(
        db,
        "INSERT INTO profile (link, seq, idx, company, day, fields, entries, size, newest)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
        params![
            link,
            seq as i64,
            record.idx as i64,
            no(company),
            day,
            fields.join(","),
            entries as i64,
            size as i64,
        ],
    )
    .map(drop)
}

fn ended(db: &Connection, record: &Record, (link, seq): (Number, u64)) -> rusqlite::Result<()> {
    run(
        db,
        "UPDATE profile SET ended = $1 WHERE link = $2 AND seq < $3 AND ended IS NULL",
        params![record.idx as i64, link.to_string(), seq as i64],
    )
    .map(drop)
}
