//! 公平离职: what a leaver could reach and did, from the records: secret point × carrier × copy × day.
//!
//! The same list serves both sides. The leaver's page carries numbers only, no title and no content,
//! and of what was open only the lines that a record shows.

use std::collections::BTreeMap;

use domain::terms::Level;
use domain::{Day, Event, Number, Series};
use store::Reader;
use store::read::{CopyFilter, CopyRow};

use crate::{Office, Trouble};

/// One secret point in a leaver's list.
#[derive(Clone, Debug, PartialEq)]
pub struct ExitLine {
    /// The secret point.
    pub secret: Number,
    /// Its title: for the company's side only.
    pub title: String,
    /// Its level: for the company's side only.
    pub level: Level,
    /// Its carriers that stand, by number.
    pub carriers: Vec<u32>,
    /// When access was given and when it ended, oldest first.
    pub access: Vec<Access>,
    /// What the person read on the pages, by day: `statements`, `carrier 2`.
    pub readings: Vec<(Day, String)>,
    /// Copies made for the person.
    pub copies: Vec<CopyRow>,
}

/// A stretch of time in which a person was cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// From this day: as claimed, else the day of the record.
    pub from: Day,
    /// The last day that was set.
    pub until: Option<Day>,
    /// When it was ended: as claimed, else that it was (`None` inside).
    pub ended: Option<Option<Day>>,
    /// The entry that gave it.
    pub idx: u64,
}

impl Access {
    /// Whether it is still open on a day.
    pub fn is_open(&self, today: Day) -> bool {
        self.ended.is_none() && self.until.is_none_or(|until| until >= today)
    }
}

impl ExitLine {
    /// Whether access is open on a day.
    pub fn is_open(&self, today: Day) -> bool {
        self.access.iter().any(|access| access.is_open(today))
    }

    /// Copies that were made and neither came back nor were destroyed.
    pub fn copies_out(&self) -> impl Iterator<Item = &CopyRow> {
        self.copies.iter().filter(|copy| copy.at.is_some() && copy.ending.is_none())
    }

    /// Whether a record shows that the person had something of it in hand, and not only might have.
    pub fn was_in_hand(&self) -> bool {
        !self.readings.is_empty() || self.copies.iter().any(|copy| copy.at.is_some())
    }
}

/// A leaver's list.
#[derive(Clone, Debug, PartialEq)]
pub struct Exit {
    /// The person.
    pub person: Number,
    /// By secret point.
    pub lines: Vec<ExitLine>,
    /// The person's accounts that still stand.
    pub accounts: Vec<Number>,
}

impl Exit {
    /// What is still to be done before the list is settled: access to end, copies to get back,
    /// accounts to close.
    pub fn open(&self, today: Day) -> (usize, usize, usize) {
        let access = self.lines.iter().filter(|line| line.is_open(today)).count();
        let copies = self.lines.iter().map(|line| line.copies_out().count()).sum();
        (access, copies, self.accounts.len())
    }
}

impl Office {
    /// What a person could reach, read and was given, from the records.
    ///
    /// # Errors
    /// [`Trouble::Unknown`] for a person who is not there; the store's own.
    pub fn exit(&self, reader: &Reader, person: Number) -> Result<Exit, Trouble> {
        reader.person(person)?.ok_or(Trouble::Unknown(person))?;
        let all = reader.accounts()?.into_iter().filter(|row| row.holder == Some(person));
        let all: Vec<_> = all.collect();
        let names: Vec<String> = all.iter().map(|row| row.no.to_string()).collect();
        let accounts = all.iter().filter(|row| self.account_stands(row)).map(|row| row.no);
        let mut access: BTreeMap<Number, Vec<Access>> = BTreeMap::new();
        for row in reader.clearances_of_person(person)? {
            let from = row.from.unwrap_or_else(|| row.at.day_at(self.zone_minutes()));
            let ended = row.barred_idx.map(|_| row.barred);
            let stretch = Access { from, until: row.until, ended, idx: row.idx };
            access.entry(row.secret).or_default().push(stretch);
        }
        let given =
            reader.copies(CopyFilter { recipient: Some(person), ..CopyFilter::default() })?;
        for copy in &given {
            access.entry(copy.secret).or_default();
        }
        let mut lines = Vec::with_capacity(access.len());
        for (secret, mut access) in access {
            let Some(card) = reader.secret(secret)? else { continue };
            access.sort_by_key(|stretch| (stretch.from, stretch.idx));
            let mut readings = Vec::new();
            for record in reader.timeline(secret)? {
                if let Event::SecretViewed(event) = &record.event
                    && names.contains(&event.by)
                {
                    let day = record.received.day_at(self.zone_minutes());
                    readings.push((day, event.what.clone()));
                }
            }
            readings.dedup();
            let standing = card.carriers.iter().filter(|carrier| !carrier.retired);
            lines.push(ExitLine {
                secret,
                title: card.row.title,
                level: card.row.level,
                carriers: standing.map(|carrier| carrier.no).collect(),
                access,
                readings,
                copies: given.iter().filter(|copy| copy.secret == secret).cloned().collect(),
            });
        }
        debug_assert!(lines.iter().all(|line| line.secret.series == Series::Secret));
        Ok(Exit { person, lines, accounts: accounts.collect() })
    }
}
