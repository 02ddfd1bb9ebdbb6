//! Links, letters, and what is known of the other side.

use domain::terms::{LetterSort, LetterWay, LinkState};
use domain::{Moment, Number};
use rusqlite::{Row, params};

use super::{Reader, maybe_number, maybe_term, number, term};
use crate::StoreError;

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkRow {
    /// Its number here.
    pub no: Number,
    /// The event that made it.
    pub idx: u64,
    /// When that was.
    pub at: Moment,
    /// Its name on both sides, in hex.
    pub link: String,
    /// How far it has come.
    pub state: LinkState,
    /// The key of the invitation, on a station.
    pub one_time: Option<String>,
    /// The last day of the invitation.
    pub until: Option<String>,
    /// Which entry of the directory it is.
    pub company: Option<Number>,
    /// The other side's name.
    pub name: Option<String>,
    /// Its log key.
    pub key: Option<String>,
    /// Its vault.
    pub recipient: Option<String>,
    /// Its witness key.
    pub witness: Option<String>,
    /// Where the station answers.
    pub url: Option<String>,
    /// Since when both sides know each other.
    pub joined: Option<Moment>,
}

/// A letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterRow {
    /// The link.
    pub link: Number,
    /// Which way it went.
    pub way: LetterWay,
    /// Its number on that way.
    pub seq: u64,
    /// The event that holds it.
    pub idx: u64,
    /// When it was sent or received, by our clock.
    pub at: Moment,
    /// Its digest, in hex.
    pub digest: String,
    /// The size of its sealed body.
    pub size: u64,
    /// Its sort; of a received letter only once it was opened.
    pub sort: Option<LetterSort>,
    /// How often it was read.
    pub opened: u32,
    /// Of a sent one: when the other side received it, by its receipt.
    pub receipted: Option<Moment>,
}

/// What is known of the other side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    /// The number of the letter that it expects.
    pub next: u64,
    /// It holds receipts up to this one of its letters.
    pub receipted: u64,
    /// The size of our log that it cosigned last.
    pub cosigned: u64,
    /// The size of its log that we cosigned last.
    pub witnessed: u64,
    /// Our cosignature over that.
    pub line: Option<String>,
    /// When it was last heard of; `None` for never.
    pub at: Option<Moment>,
}

impl Default for Peer {
    fn default() -> Self {
        Self { next: 1, receipted: 0, cosigned: 0, witnessed: 0, line: None, at: None }
    }
}

/// How many letters there are on a link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LetterCounts {
    /// Received.
    pub received: u64,
    /// Received and not read yet.
    pub unread: u64,
    /// Sent.
    pub sent: u64,
    /// Sent, and for all up to this number there are receipts.
    pub receipted: u64,
}

/// A link in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkLine {
    /// The link.
    pub row: LinkRow,
    /// Letters received that nobody has read.
    pub unread: u64,
    /// Letters sent that have no receipt yet.
    pub waiting: u64,
    /// When the other side was last heard of.
    pub heard: Option<Moment>,
}

const LINK: &str = "SELECT no, idx, at, link, state, one_time, until, company, name, key, \
                    recipient, witness, url, joined_at FROM link";

const LETTER: &str = "SELECT l.link, l.way, l.seq, l.idx, l.at, l.digest, l.size, l.sort, \
                      l.opened, CASE WHEN l.way = 'out' THEN r.at END
                      FROM letter l LEFT JOIN receipt r ON r.link = l.link AND r.seq = l.seq";

fn link(row: &Row<'_>) -> rusqlite::Result<LinkRow> {
    Ok(LinkRow {
        no: number(row, 0)?,
        idx: row.get::<_, i64>(1)? as u64,
        at: Moment(row.get(2)?),
        link: row.get(3)?,
        state: term(row, 4, LinkState::from_word)?,
        one_time: row.get(5)?,
        until: row.get(6)?,
        company: maybe_number(row, 7)?,
        name: row.get(8)?,
        key: row.get(9)?,
        recipient: row.get(10)?,
        witness: row.get(11)?,
        url: row.get(12)?,
        joined: row.get::<_, Option<i64>>(13)?.map(Moment),
    })
}

fn letter(row: &Row<'_>) -> rusqlite::Result<LetterRow> {
    Ok(LetterRow {
        link: number(row, 0)?,
        way: term(row, 1, LetterWay::from_word)?,
        seq: row.get::<_, i64>(2)? as u64,
        idx: row.get::<_, i64>(3)? as u64,
        at: Moment(row.get(4)?),
        digest: row.get(5)?,
        size: row.get::<_, i64>(6)? as u64,
        sort: maybe_term(row, 7, LetterSort::from_word)?,
        opened: row.get(8)?,
        receipted: row.get::<_, Option<i64>>(9)?.map(Moment),
    })
}

impl Reader {
    /// All links, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn links(&self) -> Result<Vec<LinkRow>, StoreError> {
        self.rows(&format!("{LINK} ORDER BY idx DESC"), params![], link)
    }

    /// Links in a list, those with unread letters first, then those last heard of; and how many
    /// there are in all.
    ///
    /// # Errors
    /// The database's own.
    pub fn link_lines(&self, offset: u32, limit: u32) -> Result<(Vec<LinkLine>, u64), StoreError> {
        let lines = self.rows(
            "WITH unread AS (
                 SELECT l.link, COUNT(*) AS n FROM letter l WHERE l.way = 'in' AND l.opened = 0
                     AND NOT EXISTS (SELECT 1 FROM settled d
                                     WHERE d.link = l.link AND d.seq = l.seq)
                 GROUP BY l.link)
             SELECT k.no, k.idx, k.at, k.link, k.state, k.one_time, k.until, k.company, k.name,
                 k.key, k.recipient, k.witness, k.url, k.joined_at, COALESCE(u.n, 0),
                 (SELECT COUNT(*) FROM letter l WHERE l.link = k.no AND l.way = 'out'
                     AND NOT EXISTS (SELECT 1 FROM receipt r
                                     WHERE r.link = l.link AND r.seq = l.seq)),
                 p.at
             FROM link k LEFT JOIN unread u ON u.link = k.no LEFT JOIN peer p ON p.link = k.no
             ORDER BY u.n IS NULL, p.at DESC, k.idx DESC LIMIT $1 OFFSET $2",
            params![limit, offset],
            |row| {
                Ok(LinkLine {
                    row: link(row)?,
                    unread: row.get::<_, i64>(14)? as u64,
                    waiting: row.get::<_, i64>(15)? as u64,
                    heard: row.get::<_, Option<i64>>(16)?.map(Moment),
                })
            },
        )?;
        let total = self.row("SELECT COUNT(*) FROM link", params![], |row| row.get::<_, i64>(0))?;
        Ok((lines, total.unwrap_or(0) as u64))
    }

    /// One link by its number.
    ///
    /// # Errors
    /// The database's own.
    pub fn link(&self, no: Number) -> Result<Option<LinkRow>, StoreError> {
        self.row(&format!("{LINK} WHERE no = $1"), [no.to_string()], link)
    }

    /// One link by its name on both sides, in hex.
    ///
    /// # Errors
    /// The database's own.
    pub fn link_named(&self, name: &str) -> Result<Option<LinkRow>, StoreError> {
        self.row(&format!("{LINK} WHERE link = $1"), [name], link)
    }

    /// The links of a company, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn links_of(&self, company: Number) -> Result<Vec<LinkRow>, StoreError> {
        self.rows(
            &format!("{LINK} WHERE company = $1 ORDER BY idx DESC"),
            [company.to_string()],
            link,
        )
    }

    /// Letters of a link, or of all; the newest first, `limit` of them after the first `offset`.
    ///
    /// # Errors
    /// The database's own.
    pub fn letters(
        &self,
        of: Option<Number>,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<LetterRow>, StoreError> {
        let of = of.map(|no| no.to_string());
        self.rows(
            &format!(
                "{LETTER} WHERE $1 IS NULL OR l.link = $1 ORDER BY l.idx DESC LIMIT $2 OFFSET $3"
            ),
            params![of, limit, offset],
            letter,
        )
    }

    /// Letters of one way from a number on, in their order, at most `limit`.
    ///
    /// # Errors
    /// The database's own.
    pub fn letters_from(
        &self,
        link: Number,
        way: LetterWay,
        first: u64,
        limit: u32,
    ) -> Result<Vec<LetterRow>, StoreError> {
        self.rows(
            &format!(
                "{LETTER} WHERE l.link = $1 AND l.way = $2 AND l.seq >= $3
                 ORDER BY l.seq LIMIT $4"
            ),
            params![link.to_string(), way.word(), first as i64, limit],
            letter,
        )
    }

    /// One letter.
    ///
    /// # Errors
    /// The database's own.
    pub fn letter(
        &self,
        link: Number,
        way: LetterWay,
        seq: u64,
    ) -> Result<Option<LetterRow>, StoreError> {
        Ok(self.letters_from(link, way, seq, 1)?.into_iter().find(|row| row.seq == seq))
    }

    /// How many letters there are on a link.
    ///
    /// # Errors
    /// The database's own.
    pub fn letter_counts(&self, link: Number) -> Result<LetterCounts, StoreError> {
        let no = link.to_string();
        let counts = self.row(
            "SELECT COALESCE(SUM(way = 'in'), 0),
                 COALESCE(SUM(way = 'in' AND opened = 0 AND NOT EXISTS (
                     SELECT 1 FROM settled d WHERE d.link = l.link AND d.seq = l.seq)), 0),
                 COALESCE(SUM(way = 'out'), 0)
             FROM letter l WHERE link = $1",
            [&no],
            |row| {
                let count = |at| row.get::<_, i64>(at).map(|count| count as u64);
                Ok((count(0)?, count(1)?, count(2)?))
            },
        )?;
        let (received, unread, sent) = counts.unwrap_or_default();
        // The first letter without a receipt.
        let open = self.row(
            "SELECT MIN(l.seq) FROM letter l WHERE l.link = $1 AND l.way = 'out'
             AND NOT EXISTS (SELECT 1 FROM receipt r WHERE r.link = l.link AND r.seq = l.seq)",
            [&no],
            |row| row.get::<_, Option<i64>>(0),
        )?;
        let receipted = open.flatten().map_or(sent, |first| first as u64 - 1);
        Ok(LetterCounts { received, unread, sent, receipted })
    }

    /// Received letters that nobody has read and that had no effect by themselves, on all links.
    ///
    /// # Errors
    /// The database's own.
    pub fn letters_unread(&self) -> Result<u64, StoreError> {
        let count = self.row(
            "SELECT COUNT(*) FROM letter l WHERE way = 'in' AND opened = 0 AND NOT EXISTS (
                 SELECT 1 FROM settled d WHERE d.link = l.link AND d.seq = l.seq)",
            params![],
            |row| row.get::<_, i64>(0),
        )?;
        Ok(count.unwrap_or(0) as u64)
    }

    /// What is known of the other side.
    ///
    /// # Errors
    /// The database's own.
    pub fn peer(&self, link: Number) -> Result<Peer, StoreError> {
        let found = self.row(
            "SELECT next, receipted, cosigned, witnessed, line, at FROM peer WHERE link = $1",
            [link.to_string()],
            |row| {
                let count = |at| row.get::<_, i64>(at).map(|count| count as u64);
                Ok(Peer {
                    next: count(0)?,
                    receipted: count(1)?,
                    cosigned: count(2)?,
                    witnessed: count(3)?,
                    line: row.get(4)?,
                    at: Some(Moment(row.get(5)?)),
                })
            },
        )?;
        Ok(found.unwrap_or_default())
    }

    /// The receipt for a letter sent, as JSON, with its place in the other side's ledger.
    ///
    /// # Errors
    /// The database's own.
    pub fn receipt(&self, link: Number, seq: u64) -> Result<Option<(String, u64)>, StoreError> {
        self.row(
            "SELECT proof, leaf FROM receipt WHERE link = $1 AND seq = $2",
            params![link.to_string(), seq as i64],
            |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64)),
        )
    }
}
