//! Wishes about incidents (事件): a suspected leak with what is known of the act, evidence preserved
//! with its chain of custody, what the node already has laid beside it, and how it ended.
//!
//! What the law asks for is said by the catalogue, which this room doesn't know.

use crate::command::{Envelope, NewKey};
use crate::facts::Need;
use crate::moment::Day;
use crate::number::{Number, Series};
use crate::terms::{Conduct, Outcome};

/// A wish about incidents.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Write a suspicion down.
    Open(Box<Open>),
    /// Put right what is said of the act, as a whole.
    Revise {
        /// The incident.
        incident: Number,
        /// What is known of the act now.
        act: Act,
        /// Why.
        why: String,
    },
    /// Note something.
    Note {
        /// The incident.
        incident: Number,
        /// When it was.
        happened: Option<Day>,
        /// The words, sealed.
        text: Envelope,
        /// The incident's key, when it has none yet.
        key: Option<NewKey>,
    },
    /// Lay something that the node has beside it.
    Link {
        /// The incident.
        incident: Number,
        /// What. That it exists was looked up by whoever asks.
        thing: Number,
        /// What it shows, sealed.
        text: Option<Envelope>,
        /// The incident's key, when it has none yet.
        key: Option<NewKey>,
    },
    /// Take it away again.
    Unlink {
        /// The incident.
        incident: Number,
        /// What.
        thing: Number,
        /// Why.
        why: String,
    },
    /// Preserve a piece of evidence.
    Preserve(Box<Preserve>),
    /// Note that an exhibit went into other hands.
    Hand(Box<Hand>),
    /// Take an exhibit out of the file.
    Drop {
        /// The incident.
        incident: Number,
        /// The exhibit.
        exhibit: u32,
        /// Why.
        why: String,
    },
    /// Reckon a loss, gain or count.
    Reckon(Box<Reckon>),
    /// Close it.
    Close {
        /// The incident.
        incident: Number,
        /// What came of it.
        outcome: Outcome,
        /// When.
        happened: Day,
        /// A remark, sealed.
        text: Option<Envelope>,
        /// The incident's key, when it has none yet.
        key: Option<NewKey>,
    },
    /// Go on with one that was closed.
    Reopen {
        /// The incident.
        incident: Number,
        /// Why.
        why: String,
    },
}

/// What is known of the act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// What kind of act is suspected.
    pub conduct: Conduct,
    /// The secret points it is about.
    pub secrets: Vec<Number>,
    /// Colleagues, also former ones, who may be involved.
    pub persons: Vec<Number>,
    /// Partners that may be involved.
    pub partners: Vec<Number>,
    /// The first day on which it may have been done.
    pub from: Day,
    /// The last one.
    pub until: Day,
    /// When the company learnt of it.
    pub noticed: Day,
}

/// Writes a suspicion down.
#[derive(Clone, Debug)]
pub struct Open {
    /// A title without anything secret and without names.
    pub title: String,
    /// What is known of the act.
    pub act: Act,
    /// What was noticed, by whom, where, sealed.
    pub text: Option<Envelope>,
    /// Others who may be involved, sealed.
    pub others: Option<Envelope>,
    /// The incident's key.
    pub key: Option<NewKey>,
}

/// Preserves a piece of evidence.
#[derive(Clone, Debug)]
pub struct Preserve {
    /// The incident.
    pub incident: Number,
    /// What, by its name among the items of evidence.
    pub item: String,
    /// The paper in the vault; `None` when the original lies elsewhere.
    pub paper: Option<u32>,
    /// What it bears of form, such as `signature`.
    pub bears: Vec<String>,
    /// The date on it.
    pub dated: Option<Day>,
    /// When it was taken.
    pub happened: Day,
    /// Where it is from, sealed.
    pub origin: Option<Envelope>,
    /// Who took it, sealed.
    pub collector: Option<Envelope>,
    /// How it was taken, sealed.
    pub method: Option<Envelope>,
    /// The incident's key, when it has none yet.
    pub key: Option<NewKey>,
}

/// An exhibit goes into other hands.
#[derive(Clone, Debug)]
pub struct Hand {
    /// The incident.
    pub incident: Number,
    /// The exhibit.
    pub exhibit: u32,
    /// When.
    pub happened: Day,
    /// From whom, sealed.
    pub giver: Option<Envelope>,
    /// To whom, sealed.
    pub taker: Option<Envelope>,
    /// A remark, such as the state of the seal, sealed.
    pub text: Option<Envelope>,
    /// The incident's key, when it has none yet.
    pub key: Option<NewKey>,
}

/// Reckons a loss, gain or count.
#[derive(Clone, Debug)]
pub struct Reckon {
    /// The incident.
    pub incident: Number,
    /// The worksheet, by its name in the catalog.
    pub sheet: String,
    /// The way of counting.
    pub method: String,
    /// What it gives.
    pub gives: String,
    /// Whether it counts towards a threshold.
    pub relied: bool,
    /// Inputs, result and vouchers, sealed.
    pub counted: Envelope,
    /// The incident's key, when it has none yet.
    pub key: Option<NewKey>,
}

/// The head of an incident.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Whether it is closed.
    pub closed: bool,
    /// Papers it has.
    pub papers: u32,
    /// Exhibits ever.
    pub last_exhibit: u32,
    /// Exhibits that stand.
    pub exhibits: Vec<u32>,
    /// What is laid beside it.
    pub linked: Vec<Number>,
}

/// What can be laid beside an incident.
pub const LINKABLE: [Series; 10] = [
    Series::Sweep,
    Series::Comparison,
    Series::Find,
    Series::Copy,
    Series::Disclosure,
    Series::Agreement,
    Series::Measure,
    Series::Release,
    Series::Dossier,
    Series::Case,
];

impl Act {
    fn needs(&self) -> impl Iterator<Item = Need> + '_ {
        let secrets = self.secrets.iter().copied().map(Need::Secret);
        let others = self.persons.iter().chain(&self.partners).copied().map(Need::Thing);
        secrets.chain(others)
    }
}

impl Wish {
    /// What must be looked up before the wish can be decided.
    pub(crate) fn needs(&self) -> Vec<Need> {
        let of = match self {
            Self::Open(c) => {
                return std::iter::once(Need::Last(Series::Incident))
                    .chain(c.act.needs())
                    .collect();
            }
            Self::Revise { incident, act, .. } => {
                return std::iter::once(Need::Incident(*incident)).chain(act.needs()).collect();
            }
            Self::Preserve(c) => c.incident,
            Self::Hand(c) => c.incident,
            Self::Reckon(c) => c.incident,
            Self::Note { incident, .. }
            | Self::Link { incident, .. }
            | Self::Unlink { incident, .. }
            | Self::Drop { incident, .. }
            | Self::Close { incident, .. }
            | Self::Reopen { incident, .. } => *incident,
        };
        vec![Need::Incident(of)]
    }
}
