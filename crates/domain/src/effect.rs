//! What a letter brings about, on the side that writes it and on the side that receives it.
//!
//! A letter's effect and the note that it had it stand in one transaction: a letter that is settled
//! is never looked at again, so repeating it changes nothing.

use crate::command::{Envelope, LetterHead, NewKey};
use crate::facts::Need;
use crate::moment::Day;
use crate::number::{Number, Series};
use crate::terms::{Grade, LetterSort, Pace, ProfileField, Role, Said, TaskSort, Theme};

/// A letter that was received: the link and its number.
pub type Received = (Number, u64);

/// A wish that a letter carries, or brings about.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Send a letter that tells the other side of an entry of this ledger.
    Carry {
        /// The link.
        link: Number,
        /// The letter.
        letter: LetterHead,
        /// What sort of letter.
        sort: LetterSort,
        /// What the entry is about.
        about: Number,
        /// The entry.
        entry: u64,
    },
    /// Note that a letter asks for something that can't be done.
    Refuse {
        /// The letter.
        letter: Received,
        /// Its sort.
        sort: LetterSort,
        /// Why, a word.
        why: &'static str,
    },
    /// On a station: a company's node says how far a prescription is.
    Report(Box<Report>),
    /// On a station: somebody of a joined company comes to an activity; its company is the link's.
    Book {
        /// The letter that says so.
        letter: Received,
        /// Who comes.
        who: Box<crate::activity::Register>,
    },
    /// On a node: the station asks something.
    TakeTask(Box<TakeTask>),
    /// On a node: the station says how a task stands.
    TakeReview(Box<TakeReview>),
    /// On a node: say how far a task is, and tell the station.
    Progress(Box<Progress>),
    /// On a node: file the company's profile.
    FileProfile(Box<FileProfile>),
    /// On a node: take back the agreement to what was filed.
    WithdrawProfile {
        /// The link.
        link: Number,
        /// The letter that says so.
        letter: LetterHead,
        /// Why.
        why: Option<String>,
    },
    /// On a station: take in a company's profile, whose proofs were checked.
    TakeProfile(Box<TakeProfile>),
    /// On a station: note that what was filed before a letter was destroyed.
    ForgetProfile {
        /// The letter that asks it.
        letter: Received,
    },
}

/// What a company files of itself.
#[derive(Clone, Debug)]
pub struct FileProfile {
    /// The link.
    pub link: Number,
    /// The letter.
    pub letter: LetterHead,
    /// As of this day.
    pub day: Day,
    /// What was ticked.
    pub fields: Vec<ProfileField>,
    /// What is filed, sealed.
    pub given: Envelope,
    /// The link's key, when it has none yet.
    pub key: Option<NewKey>,
}

/// What a company filed of itself.
#[derive(Clone, Debug)]
pub struct TakeProfile {
    /// The letter.
    pub letter: Received,
    /// As of this day.
    pub day: Day,
    /// What was ticked.
    pub fields: Vec<ProfileField>,
    /// How many entries of its ledger were shown and checked.
    pub entries: u64,
    /// The size of its ledger under which they stand.
    pub size: u64,
    /// What was filed, sealed.
    pub given: Envelope,
    /// A key for this filing alone.
    pub key: NewKey,
}

/// A company's word on a prescription.
#[derive(Clone, Debug)]
pub struct Report {
    /// The letter that says so.
    pub letter: Received,
    /// The prescription.
    pub prescription: Number,
    /// How far.
    pub how: Pace,
    /// When.
    pub happened: Day,
    /// How many words of the station on it the company knew when it wrote.
    pub seen: u32,
    /// A remark, sealed.
    pub note: Option<Envelope>,
    /// The company's key, when it has none yet.
    pub key: Option<NewKey>,
}

/// What a station asks.
#[derive(Clone, Debug)]
pub struct TakeTask {
    /// The letter that asks it.
    pub letter: Received,
    /// What sort of task.
    pub sort: TaskSort,
    /// Its number at the station.
    pub theirs: Option<Number>,
    /// What it is about.
    pub theme: Option<Theme>,
    /// How grave it is.
    pub grade: Option<Grade>,
    /// When it was asked.
    pub happened: Day,
    /// By when it is to be done.
    pub due: Option<Day>,
    /// What it is called, sealed.
    pub title: Envelope,
    /// What was found, sealed.
    pub finding: Option<Envelope>,
    /// What is advised, sealed.
    pub advice: Option<Envelope>,
    /// The link's key, when it has none yet.
    pub key: Option<NewKey>,
}

/// The station's word on a task.
#[derive(Clone, Debug)]
pub struct TakeReview {
    /// The letter that says it.
    pub letter: Received,
    /// The task's number at the station.
    pub theirs: Number,
    /// What it says.
    pub said: Said,
    /// When.
    pub happened: Day,
    /// The new date.
    pub due: Option<Day>,
    /// A remark, sealed.
    pub note: Option<Envelope>,
    /// The link's key, when it has none yet.
    pub key: Option<NewKey>,
}

/// This company's word on a task.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The task.
    pub task: Number,
    /// How far.
    pub how: Pace,
    /// When.
    pub happened: Day,
    /// How many words of the station on it the letter says are known.
    pub seen: u32,
    /// A remark, sealed.
    pub note: Option<Envelope>,
    /// The link's key, when it has none yet.
    pub key: Option<NewKey>,
    /// The letter that tells the station.
    pub letter: LetterHead,
}

impl Wish {
    /// The role of a node on which the wish makes sense.
    pub(crate) const fn role(&self) -> Option<Role> {
        match self {
            Self::Carry { sort, .. } => Some(sort.writer()),
            Self::Refuse { .. } => None,
            Self::Report(_)
            | Self::Book { .. }
            | Self::TakeProfile(_)
            | Self::ForgetProfile { .. } => Some(Role::Station),
            Self::TakeTask(_)
            | Self::TakeReview(_)
            | Self::Progress(_)
            | Self::FileProfile(_)
            | Self::WithdrawProfile { .. } => Some(Role::Enterprise),
        }
    }

    /// What must be looked up before the wish can be decided.
    pub(crate) fn needs(&self) -> Vec<Need> {
        let arrived = |(link, seq): Received| [Need::Link(link), Need::Settled(link, seq)];
        let mut needs = Vec::new();
        match self {
            Self::Carry { link, .. } => needs.push(Need::Link(*link)),
            Self::Refuse { letter, .. } => needs.extend(arrived(*letter)),
            Self::Report(c) => {
                needs.extend(arrived(c.letter));
                needs.push(Need::Desk(c.prescription));
            }
            Self::Book { letter, who } => {
                needs.extend(arrived(*letter));
                needs.extend(crate::activity::Wish::Register(who.clone()).needs());
            }
            Self::TakeTask(c) => {
                needs.extend(arrived(c.letter));
                needs.extend(c.theirs.map(|no| Need::TaskOf(c.letter.0, no)));
                needs.push(Need::Last(Series::Task));
            }
            Self::TakeReview(c) => {
                needs.extend(arrived(c.letter));
                needs.push(Need::TaskOf(c.letter.0, c.theirs));
            }
            Self::Progress(c) => needs.push(Need::Task(c.task)),
            Self::FileProfile(c) => needs.push(Need::Link(c.link)),
            Self::WithdrawProfile { link, .. } => needs.push(Need::Link(*link)),
            Self::TakeProfile(c) => needs.extend(arrived(c.letter)),
            Self::ForgetProfile { letter } => needs.extend(arrived(*letter)),
        }
        needs
    }
}
