//! What is wished of a case: opening it on a procedure, filing papers, steps with their dates.
//!
//! Whether a step is allowed is said by the procedure's data, which this room doesn't know: whoever
//! asks has looked, and says after how many steps. When somebody else was quicker the wish is
//! refused, since the answer may be another one now.

use crate::command::{Envelope, NewKey};
use crate::facts::Need;
use crate::moment::Day;
use crate::number::{Number, Series};
use crate::terms::CaseSource;

/// A wish about a case.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Open a case.
    Open(Box<OpenCase>),
    /// Say who handles a case.
    Assign {
        /// The case.
        case: Number,
        /// The office in charge, 承办部门.
        unit: String,
        /// The person in charge, sealed.
        handler: Option<Envelope>,
        /// The case's key, when it has none yet.
        key: Option<NewKey>,
    },
    /// Put something into the file.
    File(Box<FileItem>),
    /// Take something out of the file again: it was filed by mistake, or belongs to another.
    Unfile {
        /// The case.
        case: Number,
        /// What.
        item: String,
        /// Why.
        why: String,
    },
    /// Fill a document in, to be printed and signed.
    Draw {
        /// The case.
        case: Number,
        /// The item it becomes.
        item: String,
        /// Its language.
        lang: String,
        /// What was filled in, sealed.
        filled: Envelope,
        /// The case's key, when it has none yet.
        key: Option<NewKey>,
    },
    /// Name the organisation that a case is against: an entry of the directory, never a person.
    Against {
        /// The case.
        case: Number,
        /// The organisation.
        respondent: Number,
    },
    /// Reckon a loss, gain or count.
    Reckon(Box<Reckon>),
    /// Record a step.
    Step(Box<TakeStep>),
    /// Take the last step back: it was recorded by mistake.
    Unstep {
        /// The case.
        case: Number,
        /// The step's number in the case.
        no: u32,
        /// The state of the main track without it.
        state: String,
        /// Why.
        why: String,
    },
}

/// Opens a case.
#[derive(Clone, Debug)]
pub struct OpenCase {
    /// The procedure's name in the catalog.
    pub procedure: String,
    /// Its version.
    pub version: u32,
    /// The state it starts in.
    pub state: String,
    /// Whose secret it is about, on a station.
    pub company: Option<Number>,
    /// A title without anything secret.
    pub title: String,
    /// Where it came from.
    pub source: CaseSource,
    /// When it came.
    pub happened: Day,
    /// What is known, sealed.
    pub text: Option<Envelope>,
    /// The case's key.
    pub key: Option<NewKey>,
}

/// Puts something into the file.
#[derive(Clone, Debug)]
pub struct FileItem {
    /// The case.
    pub case: Number,
    /// What it is, by its name in the procedure or among the items of evidence.
    pub item: String,
    /// The paper in the vault; `None` when the original lies elsewhere.
    pub paper: Option<u32>,
    /// What it bears of form, such as `signature`.
    pub bears: Vec<String>,
    /// The date on it.
    pub happened: Option<Day>,
    /// A remark, such as where the original lies.
    pub why: Option<String>,
}

/// Reckons a loss, gain or count.
#[derive(Clone, Debug)]
pub struct Reckon {
    /// The case.
    pub case: Number,
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
    /// The case's key, when it has none yet.
    pub key: Option<NewKey>,
}

/// Records a step.
#[derive(Clone, Debug)]
pub struct TakeStep {
    /// The case.
    pub case: Number,
    /// After how many steps the wish was made.
    pub after: u32,
    /// The step's name in the procedure.
    pub step: String,
    /// By which role.
    pub role: String,
    /// When.
    pub happened: Day,
    /// At which minute of the day, where hours count.
    pub minute: Option<u16>,
    /// The day it names, such as that of a hearing.
    pub planned: Option<Day>,
    /// The state of the main track after it.
    pub state: String,
    /// Whether the case has ended with it.
    pub ends: bool,
    /// A remark, sealed.
    pub note: Option<Envelope>,
    /// The case's key, when it has none yet.
    pub key: Option<NewKey>,
}

impl Wish {
    /// What must be looked up before the wish can be decided.
    pub(crate) fn needs(&self) -> Vec<Need> {
        match self {
            Self::Open(c) => {
                let mut needs = vec![Need::Last(Series::Case)];
                needs.extend(c.company.map(Need::Company));
                needs
            }
            Self::Assign { case, .. }
            | Self::Unfile { case, .. }
            | Self::Draw { case, .. }
            | Self::Unstep { case, .. } => vec![Need::Desk(*case)],
            Self::File(c) => {
                let mut needs = vec![Need::Desk(c.case)];
                needs.extend(c.paper.map(|_| Need::Thing(c.case)));
                needs
            }
            Self::Step(c) => vec![Need::Desk(c.case)],
            Self::Reckon(c) => vec![Need::Desk(c.case)],
            Self::Against { case, respondent } => {
                vec![Need::Desk(*case), Need::Company(*respondent)]
            }
        }
    }
}
