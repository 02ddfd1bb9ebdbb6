//! What a station wishes with activities: training and other meetings that companies are invited to.

use crate::command::{Envelope, NewKey};
use crate::facts::Need;
use crate::moment::Day;
use crate::number::{Number, Series};
use crate::terms::{SignUp, Theme};

/// A wish about activities.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Plan an activity.
    Plan(Box<Plan>),
    /// Hold it at another time or place.
    Move {
        /// The activity.
        activity: Number,
        /// The new day, times and place.
        when: When,
        /// Why.
        why: String,
    },
    /// It does not take place.
    Cancel {
        /// The activity.
        activity: Number,
        /// Why.
        why: String,
    },
    /// Invite companies.
    Invite {
        /// The activity.
        activity: Number,
        /// Whom.
        companies: Vec<Number>,
        /// By which question they were found, in words.
        condition: String,
    },
    /// Register somebody.
    Register(Box<Register>),
    /// Somebody does not come.
    Withdraw {
        /// The activity.
        activity: Number,
        /// The registration.
        registration: u32,
    },
    /// Somebody came.
    CheckIn {
        /// The activity.
        activity: Number,
        /// The registration.
        registration: u32,
        /// Whether by the code, or by name.
        by_code: bool,
    },
    /// It was held: companies that came have had a service.
    Hold {
        /// The activity.
        activity: Number,
    },
    /// Somebody asks something.
    Ask {
        /// The activity.
        activity: Number,
        /// Who asks; `None` when nobody knows.
        registration: Option<u32>,
        /// The question, sealed.
        text: Envelope,
        /// The activity's key, when it has none yet.
        key: Option<NewKey>,
    },
    /// An expert answers.
    Answer {
        /// The activity.
        activity: Number,
        /// The question.
        question: u32,
        /// Who answers; `None` for the station itself.
        expert: Option<Number>,
        /// Whether question and answer are shown on the public page.
        shown: bool,
        /// The answer, sealed.
        text: Envelope,
        /// The activity's key, when it has none yet.
        key: Option<NewKey>,
    },
    /// Material is handed out.
    Supply {
        /// The activity.
        activity: Number,
        /// What it is.
        title: String,
        /// Where it is.
        url: String,
    },
    /// Somebody says how it was.
    Rate {
        /// The activity.
        activity: Number,
        /// The registration.
        registration: u32,
        /// From 1 to 5.
        mark: u32,
        /// A remark, sealed.
        text: Option<Envelope>,
        /// The activity's key, when it has none yet.
        key: Option<NewKey>,
    },
    /// The keys of registrations are destroyed, since their time is over.
    Erase {
        /// The activity.
        activity: Number,
        /// Which registrations.
        registrations: Vec<u32>,
    },
}

/// When and where an activity is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// The day.
    pub day: Day,
    /// The minute of that day at which it begins.
    pub from: u32,
    /// The minute at which it ends.
    pub until: u32,
    /// Where.
    pub place: String,
}

/// Plans an activity.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What it is called.
    pub title: String,
    /// The series it belongs to.
    pub series: Option<String>,
    /// What it is about.
    pub theme: Theme,
    /// When and where.
    pub when: When,
    /// How many can come; 0 for any number.
    pub seats: u32,
    /// The last day to register.
    pub closes: Day,
    /// For how many days after it the personal data of those who registered are kept.
    pub keep: u32,
    /// Whether anybody may register on the public page.
    pub open: bool,
    /// What it is about, for everybody to read.
    pub summary: String,
}

/// Registers somebody.
#[derive(Clone, Debug)]
pub struct Register {
    /// The activity.
    pub activity: Number,
    /// From which company of the directory.
    pub company: Option<Number>,
    /// How.
    pub channel: SignUp,
    /// SHA-256 of the code by which somebody checks in, in hex.
    pub ticket: String,
    /// A key of this registration alone, so that it can be destroyed alone.
    pub key: NewKey,
    /// The name, sealed.
    pub name: Envelope,
    /// How to reach the person, sealed.
    pub contact: Option<Envelope>,
    /// From which company, as said, sealed.
    pub organisation: Option<Envelope>,
}

impl Wish {
    /// What must be looked up before the wish can be decided.
    pub(crate) fn needs(&self) -> Vec<Need> {
        let head = |no: &Number| Need::Desk(*no);
        let seat = |no: &Number, part: &u32| vec![Need::Desk(*no), Need::Registration(*no, *part)];
        match self {
            Self::Plan(_) => vec![Need::Last(Series::Activity)],
            Self::Move { activity, .. }
            | Self::Cancel { activity, .. }
            | Self::Supply { activity, .. }
            | Self::Hold { activity } => vec![head(activity)],
            Self::Invite { activity, companies, .. } => {
                let mut needs = vec![head(activity)];
                needs.extend(companies.iter().copied().map(Need::Company));
                needs
            }
            Self::Register(c) => {
                let mut needs = vec![head(&c.activity)];
                needs.extend(c.company.map(Need::Company));
                needs
            }
            Self::Withdraw { activity, registration }
            | Self::CheckIn { activity, registration, .. }
            | Self::Rate { activity, registration, .. } => seat(activity, registration),
            Self::Ask { activity, registration, .. } => {
                let mut needs = vec![head(activity)];
                needs.extend(registration.map(|part| Need::Registration(*activity, part)));
                needs
            }
            Self::Answer { activity, expert, .. } => {
                let mut needs = vec![head(activity)];
                needs.extend(expert.map(Need::Desk));
                needs
            }
            Self::Erase { activity, registrations } => {
                let mut needs = vec![head(activity)];
                let parts = registrations.iter();
                needs.extend(parts.map(|part| Need::Registration(*activity, *part)));
                needs
            }
        }
    }
}
