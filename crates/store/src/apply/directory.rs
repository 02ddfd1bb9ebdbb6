//! The directory of a station.

use domain::event::{CompanyAdded, CompanyMerged, CompanyRevised, DirectoryImported, ServiceGiven};
use domain::terms::KeyTag;
use rusqlite::{Connection, params};

use super::{list, run};
use crate::Record;

pub(super) fn added(db: &Connection, record: &Record, e: &CompanyAdded) -> rusqlite::Result<()> {
    let no = e.no.to_string();
    run(
        db,
        "INSERT INTO company (no, idx, at, name, sort, code, field, park, street, tags, weight,
             edition, served, services, contact_idx)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, 0, 0, $12)",
        params![
            no,
            record.idx as i64,
            record.received.0,
            e.name,
            e.sort.word(),
            e.code.map(|code| code.to_string()),
            e.field,
            e.park,
            e.street,
            list(&e.tags),
            weight(&e.tags),
            contact(record),
        ],
    )?;
    tag(db, &no, &e.tags)?;
    tally(db, &no, 1)
}

pub(super) fn revised(
    db: &Connection,
    record: &Record,
    e: &CompanyRevised,
) -> rusqlite::Result<()> {
    let no = e.company.to_string();
    tally(db, &no, -1)?;
    run(
        db,
        "UPDATE company SET edition = $1, name = COALESCE($2, name), sort = COALESCE($3, sort),
             code = COALESCE($4, code), field = NULLIF(COALESCE($5, field), ''),
             park = NULLIF(COALESCE($6, park), ''), street = NULLIF(COALESCE($7, street), ''),
             contact_idx = COALESCE($8, contact_idx)
         WHERE no = $9",
        params![
            e.edition,
            e.name,
            e.sort.map(|sort| sort.word()),
            e.code.map(|code| code.to_string()),
            e.field,
            e.park,
            e.street,
            contact(record),
            no,
        ],
    )?;
    if let Some(tags) = &e.tags {
        run(
            db,
            "UPDATE company SET tags = $1, weight = $2 WHERE no = $3",
            params![list(tags), weight(tags), no],
        )?;
        run(db, "DELETE FROM company_tag WHERE company = $1", params![no])?;
        tag(db, &no, tags)?;
    }
    tally(db, &no, 1)
}

/// The services of the entry that ends count for the one that stays.
pub(super) fn merged(db: &Connection, e: &CompanyMerged) -> rusqlite::Result<()> {
    let (no, into) = (e.company.to_string(), e.into.to_string());
    tally(db, &no, -1)?;
    tally(db, &into, -1)?;
    run(db, "UPDATE service SET company = $1 WHERE company = $2", params![into, no])?;
    run(db, "UPDATE profile SET company = $1 WHERE company = $2", params![into, no])?;
    super::workstation::merged(db, &no, &into)?;
    super::organisation::merged(db, &no, &into)?;
    super::programme::merged(db, &no, &into)?;
    run(db, "DELETE FROM company_tag WHERE company = $1", params![no])?;
    run(
        db,
        "UPDATE company SET served = served | (SELECT o.served FROM company o WHERE o.no = $1),
             services = services + (SELECT o.services FROM company o WHERE o.no = $1),
             last_service = (SELECT MAX(s.happened) FROM service s WHERE s.company = $2)
         WHERE no = $2",
        params![no, into],
    )?;
    run(
        db,
        "UPDATE company SET merged_into = $1, served = 0, services = 0, last_service = NULL
         WHERE no = $2",
        params![into, no],
    )?;
    tally(db, &into, 1)
}

pub(super) fn imported(
    db: &Connection,
    record: &Record,
    e: &DirectoryImported,
) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO import (idx, at, file, rows, added, revised, same, refused)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            record.idx as i64,
            record.received.0,
            e.file,
            e.rows,
            e.added,
            e.revised,
            e.same,
            e.refused,
        ],
    )
    .map(drop)
}

pub(super) fn given(db: &Connection, record: &Record, e: &ServiceGiven) -> rusqlite::Result<()> {
    let (no, happened) = (e.company.to_string(), e.happened.to_string());
    run(
        db,
        "INSERT INTO service (idx, company, service, bit, happened, what, who)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![record.idx as i64, no, e.service.word(), e.service.bit(), happened, e.what, e.who,],
    )?;
    let served: u32 = db
        .prepare_cached("SELECT served FROM company WHERE no = $1")?
        .query_row([&no], |row| row.get(0))?;
    let is_new = served & e.service.bit() == 0;
    if is_new {
        tally(db, &no, -1)?;
    }
    run(
        db,
        "UPDATE company SET served = served | $1, services = services + 1,
             last_service = CASE WHEN last_service > $2 THEN last_service ELSE $2 END
         WHERE no = $3",
        params![e.service.bit(), happened, no],
    )?;
    if is_new { tally(db, &no, 1) } else { Ok(()) }
}

fn contact(record: &Record) -> Option<i64> {
    record.sealed.contains(&"contact").then_some(record.idx as i64)
}

fn tag(db: &Connection, no: &str, tags: &[String]) -> rusqlite::Result<()> {
    for tag in tags {
        run(
            db,
            "INSERT INTO company_tag (tag, company) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            params![tag, no],
        )?;
    }
    Ok(())
}

/// The sum of the weights of the key tags.
fn weight(tags: &[String]) -> u32 {
    tags.iter().filter_map(|tag| KeyTag::from_word(tag)).map(KeyTag::weight).sum()
}

/// Counts an entry that stands, as it is now: 1 after a change, -1 before.
fn tally(db: &Connection, no: &str, step: i64) -> rusqlite::Result<()> {
    run(
        db,
        "WITH c AS (SELECT * FROM company WHERE no = $1 AND merged_into IS NULL)
         INSERT INTO tally (dimension, value, key, served, n)
         SELECT 'all', '', weight > 0, served, $2 FROM c
         UNION ALL SELECT 'kind', sort, weight > 0, served, $2 FROM c
         UNION ALL SELECT 'field', COALESCE(field, ''), weight > 0, served, $2 FROM c
         UNION ALL SELECT 'park', COALESCE(park, ''), weight > 0, served, $2 FROM c
         UNION ALL SELECT 'street', COALESCE(street, ''), weight > 0, served, $2 FROM c
         UNION ALL SELECT 'tag', t.tag, weight > 0, served, $2
                   FROM c JOIN company_tag t ON t.company = c.no
         WHERE TRUE
         ON CONFLICT (dimension, value, key, served) DO UPDATE SET n = n + excluded.n",
        params![no, step],
    )?;
    // What counts nobody is as if it had never been: a migration makes none either.
    run(db, "DELETE FROM tally WHERE n = 0", &[]).map(drop)
}
