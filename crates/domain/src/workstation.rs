//! What a station's workstation wishes: experts, requests of companies, visits, prescriptions.

use crate::command::{Envelope, NewKey};
use crate::facts::Need;
use crate::moment::Day;
use crate::number::{Number, Series};
use crate::terms::{Channel, Closing, Grade, Mark, Pace, Review, Theme};

/// A wish of the workstation.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Take an expert into the committee.
    AddExpert(Box<AddExpert>),
    /// Note that an expert must keep away from a company.
    Recuse {
        /// The expert.
        expert: Number,
        /// The company.
        company: Number,
        /// Why.
        why: String,
    },
    /// Give an expert another term.
    Renew {
        /// The expert.
        expert: Number,
        /// Until when.
        until: Day,
        /// Why.
        why: Option<String>,
    },
    /// An expert leaves the committee.
    EndExpert {
        /// The expert.
        expert: Number,
        /// The last day.
        happened: Day,
        /// Why.
        why: String,
    },
    /// Take in a company's request.
    Receive(Box<Receive>),
    /// Hand a request to an expert, or to another body.
    Route(Box<Route>),
    /// Record a reply.
    Reply {
        /// The request.
        request: Number,
        /// Who replied; `None` for the station itself.
        expert: Option<Number>,
        /// When.
        happened: Day,
        /// The reply, sealed.
        text: Envelope,
        /// The company's key, when it has none yet.
        key: Option<NewKey>,
    },
    /// Close a request.
    Close {
        /// The request.
        request: Number,
        /// How.
        how: Closing,
        /// When.
        happened: Day,
        /// A remark; must say something unless it was settled.
        why: Option<String>,
    },
    /// Arrange a visit.
    PlanVisit(Box<PlanVisit>),
    /// A visit does not take place.
    CancelVisit {
        /// The visit.
        visit: Number,
        /// Why.
        why: String,
    },
    /// Record what a visit found, and what is prescribed.
    RecordVisit(Box<RecordVisit>),
    /// Record how far a company has come with a prescription.
    Progress {
        /// The prescription.
        prescription: Number,
        /// How far.
        how: Pace,
        /// When.
        happened: Day,
        /// A remark, sealed.
        note: Option<Envelope>,
        /// The company's key, when it has none yet.
        key: Option<NewKey>,
    },
    /// Record whether what was prescribed is done.
    Review {
        /// The prescription.
        prescription: Number,
        /// The visit that looked.
        visit: Option<Number>,
        /// What it saw.
        verdict: Review,
        /// When.
        happened: Day,
        /// The new date when it is not done.
        due: Option<Day>,
        /// A remark, sealed.
        note: Option<Envelope>,
        /// The company's key, when it has none yet.
        key: Option<NewKey>,
    },
}

/// Takes an expert into the committee.
#[derive(Clone, Debug)]
pub struct AddExpert {
    /// The expert's key.
    pub key: NewKey,
    /// The name, sealed.
    pub name: Envelope,
    /// How to reach the expert, sealed.
    pub contact: Option<Envelope>,
    /// What the expert knows about.
    pub fields: Vec<Theme>,
    /// 所在单位.
    pub organisation: String,
    /// First day of the term.
    pub from: Day,
    /// Last day of the term.
    pub until: Option<Day>,
    /// Companies the expert must keep away from.
    pub conflicts: Vec<Number>,
}

/// Takes in a request.
#[derive(Clone, Debug)]
pub struct Receive {
    /// Whose it is.
    pub company: Number,
    /// How it came.
    pub channel: Channel,
    /// What it is about.
    pub theme: Theme,
    /// A title without anything secret.
    pub title: String,
    /// When it came.
    pub happened: Day,
    /// When it should be answered.
    pub due: Day,
    /// The request itself, sealed.
    pub text: Option<Envelope>,
    /// The company's key, when it has none yet.
    pub key: Option<NewKey>,
}

/// Hands a request on.
#[derive(Clone, Debug)]
pub struct Route {
    /// The request.
    pub request: Number,
    /// To this expert.
    pub expert: Option<Number>,
    /// To this body, when no expert is named.
    pub body: Option<String>,
    /// Whether it comes before others.
    pub urgent: bool,
    /// Another day by which it should be answered.
    pub due: Option<Day>,
    /// Why.
    pub why: Option<String>,
}

/// Arranges a visit.
#[derive(Clone, Debug)]
pub struct PlanVisit {
    /// Where.
    pub company: Number,
    /// When.
    pub day: Day,
    /// What for, in words.
    pub title: String,
    /// Who goes.
    pub experts: Vec<Number>,
    /// The checklist taken along, with its edition.
    pub checklist: String,
    /// The request it answers.
    pub request: Option<Number>,
    /// The visit whose prescriptions it looks at again.
    pub follows: Option<Number>,
}

/// Records a visit.
#[derive(Clone, Debug)]
pub struct RecordVisit {
    /// The visit.
    pub visit: Number,
    /// When it was.
    pub happened: Day,
    /// What was seen at each point of the checklist.
    pub marks: Vec<(String, Mark)>,
    /// A remark, sealed.
    pub note: Option<Envelope>,
    /// What is prescribed.
    pub prescriptions: Vec<Prescribe>,
    /// The company's key, when it has none yet.
    pub key: Option<NewKey>,
}

/// Prescribes something.
#[derive(Clone, Debug)]
pub struct Prescribe {
    /// The point of the checklist.
    pub point: String,
    /// Its theme.
    pub theme: Theme,
    /// How grave it is.
    pub grade: Grade,
    /// By when.
    pub due: Day,
    /// What was found, sealed.
    pub finding: Envelope,
    /// What is advised, sealed.
    pub advice: Envelope,
}

impl Wish {
    /// What must be looked up before the wish can be decided.
    pub(crate) fn needs(&self) -> Vec<Need> {
        let head = Need::Desk;
        match self {
            Self::AddExpert(c) => {
                let mut needs = vec![Need::Last(Series::Expert)];
                needs.extend(c.conflicts.iter().copied().map(Need::Company));
                needs
            }
            Self::Recuse { expert, company, .. } => vec![head(*expert), Need::Company(*company)],
            Self::Renew { expert, .. } | Self::EndExpert { expert, .. } => vec![head(*expert)],
            Self::Receive(c) => vec![Need::Last(Series::Request), Need::Company(c.company)],
            Self::Route(c) => {
                let mut needs = vec![head(c.request)];
                needs.extend(c.expert.map(head));
                needs
            }
            Self::Reply { request, expert, .. } => {
                let mut needs = vec![head(*request)];
                needs.extend(expert.map(head));
                needs
            }
            Self::Close { request, .. } => vec![head(*request)],
            Self::PlanVisit(c) => {
                let mut needs = vec![Need::Last(Series::Visit), Need::Company(c.company)];
                needs.extend(c.experts.iter().copied().map(head));
                needs.extend(c.request.map(head));
                needs.extend(c.follows.map(head));
                needs
            }
            Self::CancelVisit { visit, .. } => vec![head(*visit)],
            Self::RecordVisit(c) => vec![head(c.visit), Need::Last(Series::Prescription)],
            Self::Progress { prescription, .. } => vec![head(*prescription)],
            Self::Review { prescription, visit, .. } => {
                let mut needs = vec![head(*prescription)];
                needs.extend(visit.map(head));
                needs
            }
        }
    }
}
