//! The as-of-day matrix (截至某日的接触与措施对照): who could reach a secret point on a day, by
//! what door, under which signed paper, with which measure in force, and what shows each.
//!
//! Three times stand side by side and are never mixed. What *happened* is claimed, and says what
//! was in force on the day. When the journal *received* a record, and by when somebody else had
//! *vouched* for it, say how well that is shown: a record made after the day is a claim about the
//! past, whatever date it bears.

mod gaps;
mod holders;
mod measures;
mod paper;

use std::collections::BTreeMap;

use domain::terms::{Level, MeasureItem};
use domain::{Day, Event, Moment, Number};

pub use gaps::MatrixGap;
pub use paper::{blocks as matrix_blocks, print as matrix_pdf};

use crate::contents::{Contents, Entry};
use crate::story::{Secret, Story};
use crate::times::Bound;

/// How well something is shown for a day, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    /// By the end of that day somebody else had seen the record.
    Vouched,
    /// By the end of that day the journal had received it.
    Recorded,
    /// It was recorded after that day.
    Later,
}

impl Proof {
    /// The fixed word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Vouched => "vouched",
            Self::Recorded => "recorded",
            Self::Later => "later",
        }
    }
}

/// A record of the ledger and its times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its place in the ledger.
    pub index: u64,
    /// When the journal received it.
    pub received: Moment,
    /// That day, in the company's zone.
    pub received_day: Day,
    /// By when others had seen it: the earliest of each relation, the weightiest first.
    pub vouched: Vec<Bound>,
    /// How well it is shown for the day asked for.
    pub proof: Proof,
}

/// A paper in the vault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// What it belongs to.
    pub about: Number,
    /// Its number there.
    pub no: u32,
    /// The date on it, as claimed.
    pub dated: Option<Day>,
    /// Its record.
    pub record: Record,
}

impl Paper {
    /// Whether it bears that day or an earlier one; without a date, whether it was there.
    pub fn stands_on(&self, day: Day) -> bool {
        self.dated.unwrap_or(self.record.received_day) <= day
    }

    /// How many days after the date on it the journal received it; 0 without a date.
    pub fn days_late(&self) -> i64 {
        self.dated.map_or(0, |dated| dated.days_to(self.record.received_day).max(0))
    }
}

/// By what door somebody reaches a secret point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Door {
    /// Answers for it.
    Owner,
    /// Was cleared.
    Cleared,
    /// Was given it.
    Disclosed,
    /// Holds a marked copy.
    Copy,
}

impl Door {
    /// The fixed word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Cleared => "cleared",
            Self::Disclosed => "disclosed",
            Self::Copy => "copy",
        }
    }
}

/// Whether the door was open on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// It was.
    Open,
    /// It was open before and had been closed; what was learnt is not forgotten.
    Closed,
}

impl Reach {
    /// The fixed word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

/// An agreement in force on the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Its number.
    pub no: Number,
    /// What it is.
    pub title: String,
    /// In force from, as claimed.
    pub from: Option<Day>,
    /// In force until, as claimed.
    pub until: Option<Day>,
    /// Its record.
    pub record: Record,
    /// Its papers that stand on the day.
    pub papers: Vec<Paper>,
}

/// Somebody who could reach the secret point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The person or partner.
    pub who: Number,
    /// The name; `None` when it was erased.
    pub name: Option<String>,
    /// By what door.
    pub door: Door,
    /// The disclosure or copy; the holder for other doors.
    pub by: Number,
    /// Whether it was open.
    pub reach: Reach,
    /// Since when: as claimed, else when it was recorded.
    pub since: Day,
    /// Whether that day is claimed.
    pub is_claimed: bool,
    /// Until when it was meant to be.
    pub until: Option<Day>,
    /// When it was closed.
    pub closed: Option<Day>,
    /// Which statements; `None` for all.
    pub statements: Option<Vec<u32>>,
    /// Why.
    pub why: Option<String>,
    /// Its record.
    pub record: Record,
    /// Papers that the holder signed and that stand on the day.
    pub signed: Vec<Paper>,
    /// Papers of the holder that bear a later date.
    pub signed_later: usize,
    /// Agreements in force on the day, for partners.
    pub agreements: Vec<Agreement>,
    /// Whether an agreement was in force on the day since which the door is open, for partners.
    pub was_bound: bool,
    /// Receipts that stand on the day.
    pub receipts: Vec<Paper>,
}

impl Holder {
    /// The papers that bind the holder on that day.
    pub fn binding(&self) -> impl Iterator<Item = &Paper> {
        self.signed.iter().chain(self.agreements.iter().flat_map(|one| &one.papers))
    }

    /// How well it is shown that the holder was bound: by the best paper, for partners by the
    /// best agreement.
    pub fn bound(&self) -> Option<Proof> {
        match self.who.series {
            domain::Series::Partner => self.agreements.iter().map(|one| one.record.proof).min(),
            _ => self.signed.iter().map(|one| one.record.proof).min(),
        }
    }
}

/// A measure matched to the secret point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protection {
    /// The measure.
    pub no: Number,
    /// The item of art. 6.
    pub item: MeasureItem,
    /// What it is.
    pub title: String,
    /// Whether it was in force on the day.
    pub in_force: bool,
    /// In force since: as claimed, else when it was recorded.
    pub since: Day,
    /// Whether that day is claimed.
    pub is_claimed: bool,
    /// Its last day, as claimed; of a measure that was ended without one, the day before that was
    /// recorded.
    pub until: Option<Day>,
    /// The statements it protects; `None` for all.
    pub statements: Option<Vec<u32>>,
    /// Why it fits them (对应程度).
    pub why: Option<String>,
    /// Its record.
    pub record: Record,
    /// The record that matched it.
    pub matched: Record,
    /// Its papers that stand on the day.
    pub papers: Vec<Paper>,
}

impl Protection {
    /// How well it is shown that it was taken and matched by the day: the weaker of the two.
    pub fn proof(&self) -> Proof {
        self.record.proof.max(self.matched.proof)
    }

    /// Whether it protects a statement.
    pub fn covers(&self, statement: u32) -> bool {
        self.statements.as_ref().is_none_or(|all| all.contains(&statement))
    }
}

/// A statement on the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Its number.
    pub no: u32,
    /// The edition that stood.
    pub edition: u32,
    /// Its record.
    pub record: Record,
    /// The measures in force that protect it.
    pub measures: Vec<Number>,
}

/// A carrier on the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Its number.
    pub no: u32,
    /// When the file was changed last, as its file system said.
    pub changed: Option<String>,
    /// Its record.
    pub record: Record,
}

/// Who looked into the content until the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looks {
    /// The account.
    pub by: String,
    /// How often.
    pub count: u64,
    /// The last time.
    pub last: Moment,
}

/// Everything about one secret point on one day.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// The secret point.
    pub secret: Number,
    /// Its title.
    pub title: String,
    /// Its level on the day.
    pub level: Level,
    /// The day.
    pub day: Day,
    /// Whether the day is over: then what is lacking on it cannot be mended.
    pub is_past: bool,
    /// When the information was formed, as claimed.
    pub formed: Option<Day>,
    /// How it was registered.
    pub registered: Record,
    /// Since which day it was no longer secret, when that is this day or an earlier one.
    pub declassified: Option<Day>,
    /// The statements that stood; when none had been recorded by then, the first ones.
    pub statements: Vec<Stated>,
    /// The carriers that stood; when none had been recorded by then, the first ones.
    pub carriers: Vec<Carried>,
    /// The measures matched to it, those in force first.
    pub measures: Vec<Protection>,
    /// Who could reach it, the open doors first.
    pub holders: Vec<Holder>,
    /// Who looked into it.
    pub looks: Vec<Looks>,
    /// What is not shown, the gravest first.
    pub gaps: Vec<MatrixGap>,
}

/// The matrix of a secret point on a day; `None` when the contents don't hold the secret point.
///
/// `contents` holds the secret point's whole story; `today` is the company's day now.
pub fn matrix(contents: &Contents, secret: Number, day: Day, today: Day) -> Option<Matrix> {
    let story = Story::new(contents);
    let of = story.secret(secret)?;
    let view = View { story: &story, of, day };
    let mut matrix = Matrix {
        secret,
        title: of.title.to_owned(),
        level: view.level(),
        day,
        is_past: day < today,
        formed: of.happened,
        registered: view.record(of.registered.0),
        declassified: view.declassified(),
        statements: view.statements(),
        carriers: view.carriers(),
        measures: view.measures(),
        holders: view.holders(),
        looks: view.looks(),
        gaps: Vec::new(),
    };
    for stated in &mut matrix.statements {
        let fits = matrix.measures.iter().filter(|one| one.in_force && one.covers(stated.no));
        stated.measures = fits.map(|one| one.no).collect();
        stated.measures.dedup();
    }
    matrix.gaps = gaps::gaps(&matrix);
    Some(matrix)
}

/// A story seen from a day.
struct View<'a> {
    story: &'a Story<'a>,
    of: &'a Secret<'a>,
    day: Day,
}

impl<'a> View<'a> {
    fn entries(&self) -> impl Iterator<Item = &'a Entry> + use<'a> {
        self.story.contents.entries.iter()
    }

    fn received_day(&self, entry: &Entry) -> Day {
        entry.received.day_at(self.story.contents.zone_minutes)
    }

    /// Whether the journal had received it by the end of the day.
    fn is_here(&self, entry: &Entry) -> bool {
        self.received_day(entry) <= self.day
    }

    fn record(&self, entry: &Entry) -> Record {
        let vouched = self.story.times.not_later(entry.index());
        let zone = self.story.contents.zone_minutes;
        let proof = if vouched.iter().any(|bound| bound.at.day_at(zone) <= self.day) {
            Proof::Vouched
        } else if self.is_here(entry) {
            Proof::Recorded
        } else {
            Proof::Later
        };
        Record {
            index: entry.index(),
            received: entry.received,
            received_day: self.received_day(entry),
            vouched,
            proof,
        }
    }

    /// The papers of something, in their order.
    fn papers(&self, about: Number) -> Vec<Paper> {
        let papers = self.story.papers_of(about).iter().filter_map(|entry| match &entry.event {
            Event::PaperAdded(event) => Some(Paper {
                about,
                no: event.no,
                dated: event.happened,
                record: self.record(entry),
            }),
            _ => None,
        });
        papers.collect()
    }

    /// The papers of something that stand on the day, and how many others there are.
    fn standing_papers(&self, about: Number) -> (Vec<Paper>, usize) {
        let (stand, other): (Vec<_>, Vec<_>) =
            self.papers(about).into_iter().partition(|paper| paper.stands_on(self.day));
        (stand, other.len())
    }

    fn level(&self) -> Level {
        let mut level = self.of.registered.1.level;
        for entry in self.entries().filter(|entry| self.is_here(entry)) {
            if let Event::SecretLevelled(event) = &entry.event
                && event.secret == self.of.no
            {
                level = event.to;
            }
        }
        level
    }

    fn declassified(&self) -> Option<Day> {
        let (entry, happened) = self.of.declassified?;
        let since = happened.unwrap_or_else(|| self.received_day(entry));
        (since <= self.day).then_some(since)
    }

    fn statements(&self) -> Vec<Stated> {
        let mut stood: BTreeMap<u32, (u32, &Entry)> = BTreeMap::new();
        let mut first: BTreeMap<u32, (u32, &Entry)> = BTreeMap::new();
        for entry in self.entries() {
            match &entry.event {
                Event::SecretStated(event) if event.secret == self.of.no => {
                    first.entry(event.no).or_insert((event.edition, entry));
                    if self.is_here(entry) {
                        stood.insert(event.no, (event.edition, entry));
                    }
                }
                Event::SecretUnstated(event)
                    if event.secret == self.of.no && self.is_here(entry) =>
                {
                    stood.remove(&event.no);
                }
                _ => {}
            }
        }
        let was_stated = first.values().any(|(_, entry)| self.is_here(entry));
        let stated = |(no, (edition, entry)): (u32, (u32, &Entry))| Stated {
            no,
            edition,
            record: self.record(entry),
            measures: Vec::new(),
        };
        if was_stated { stood } else { first }.into_iter().map(stated).collect()
    }

    fn carriers(&self) -> Vec<Carried> {
        let mut stood: BTreeMap<u32, (&Entry, Option<&str>)> = BTreeMap::new();
        let mut all = BTreeMap::new();
        for entry in self.entries() {
            match &entry.event {
                Event::CarrierAdded(event) if event.secret == self.of.no => {
                    all.insert(event.no, (entry, event.happened.as_deref()));
                    if self.is_here(entry) {
                        stood.insert(event.no, (entry, event.happened.as_deref()));
                    }
                }
                Event::CarrierRetired(event)
                    if event.secret == self.of.no && self.is_here(entry) =>
                {
                    stood.remove(&event.no);
                }
                _ => {}
            }
        }
        let was_carried = all.values().any(|(entry, _)| self.is_here(entry));
        let carried = |(no, (entry, changed)): (u32, (&Entry, Option<&str>))| Carried {
            no,
            changed: changed.map(str::to_owned),
            record: self.record(entry),
        };
        if was_carried { stood } else { all }.into_iter().map(carried).collect()
    }

    fn looks(&self) -> Vec<Looks> {
        let mut looks: BTreeMap<String, (u64, Moment)> = BTreeMap::new();
        for entry in self.entries().filter(|entry| self.is_here(entry)) {
            if let Event::SecretViewed(event) = &entry.event
                && event.secret == self.of.no
            {
                let (count, last) =
                    looks.entry(entry.by().unwrap_or_default()).or_insert((0, entry.received));
                *count += 1;
                *last = entry.received.max(*last);
            }
        }
        looks.into_iter().map(|(by, (count, last))| Looks { by, count, last }).collect()
    }
}
