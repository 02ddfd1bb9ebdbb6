//! Links and letters.

use domain::event::{
    LetterOpened, LetterReceived, LetterSent, LinkAsked, LinkEnded, LinkJoined, LinkOffered,
};
use domain::terms::{LetterWay, LinkState};
use rusqlite::{Connection, params};

use super::{no, run};
use crate::Record;

pub(super) fn offered(db: &Connection, record: &Record, e: &LinkOffered) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO link (no, idx, at, link, state, one_time, company, until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            e.no.to_string(),
            record.idx as i64,
            record.received.0,
            e.link,
            LinkState::Offered.word(),
            e.key,
            no(e.company),
            e.until.to_string(),
        ],
    )?;
    Ok(())
}

pub(super) fn asked(db: &Connection, record: &Record, e: &LinkAsked) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO link (no, idx, at, link, state, name, key, recipient, witness, url)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            e.no.to_string(),
            record.idx as i64,
            record.received.0,
            e.link,
            LinkState::Asked.word(),
            e.name,
            e.key,
            e.recipient,
            e.witness,
            e.url,
        ],
    )?;
    Ok(())
}

pub(super) fn joined(db: &Connection, record: &Record, e: &LinkJoined) -> rusqlite::Result<()> {
    run(
        db,
        "UPDATE link SET state = $1, name = $2, key = $3, recipient = $4, witness = $5,
             company = $6, joined_at = $7
         WHERE no = $8",
        params![
            LinkState::Joined.word(),
            e.name,
            e.key,
            e.recipient,
            e.witness,
            no(e.company),
            record.received.0,
            e.no.to_string(),
        ],
    )?;
    Ok(())
}

pub(super) fn ended(db: &Connection, e: &LinkEnded) -> rusqlite::Result<()> {
    let state = LinkState::Ended.word();
    run(db, "UPDATE link SET state = $1 WHERE no = $2", params![state, e.no.to_string()])?;
    Ok(())
}

pub(super) fn sent(db: &Connection, record: &Record, e: &LetterSent) -> rusqlite::Result<()> {
    let sort = Some(e.sort.word());
    letter(db, record, LetterWay::Out, (e.link, e.seq), (&e.digest, e.size), sort)
}

pub(super) fn received(
    db: &Connection,
    record: &Record,
    e: &LetterReceived,
) -> rusqlite::Result<()> {
    letter(db, record, LetterWay::In, (e.link, e.seq), (&e.digest, e.size), None)
}

fn letter(
    db: &Connection,
    record: &Record,
    way: LetterWay,
    (link, seq): (domain::Number, u64),
    (digest, size): (&str, u64),
    sort: Option<&str>,
) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO letter (link, way, seq, idx, at, digest, size, sort, opened)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)",
        params![
            link.to_string(),
            way.word(),
            seq as i64,
            record.idx as i64,
            record.received.0,
            digest,
            size as i64,
            sort,
        ],
    )?;
    Ok(())
}

pub(super) fn opened(db: &Connection, e: &LetterOpened) -> rusqlite::Result<()> {
    run(
        db,
        "UPDATE letter SET opened = opened + 1, sort = COALESCE($1, sort)
         WHERE link = $2 AND way = $3 AND seq = $4",
        params![e.sort.map(|sort| sort.word()), e.link.to_string(), e.way.word(), e.seq as i64,],
    )?;
    Ok(())
}
