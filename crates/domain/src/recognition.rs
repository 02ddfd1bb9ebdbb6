//! What a station wishes about recognition: application, evidence, review, notice, award, check.

use std::collections::BTreeMap;

use crate::command::{Envelope, NewKey, Papers};
use crate::facts::Need;
use crate::moment::Day;
use crate::number::{Number, Series};
use crate::terms::{Check, Unrecognition};

/// What a scheme says, as far as decisions need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// The scheme with its edition: `company@1`.
    pub scheme: String,
    /// The scheme under whose recognised ones these stand.
    pub under: Option<String>,
    /// The most points by criterion.
    pub points: BTreeMap<String, u32>,
    /// Criteria without whose evidence an application is not taken.
    pub must: Vec<String>,
    /// What excludes from recognition.
    pub bars: Vec<String>,
    /// Points that are enough.
    pub pass: u32,
    /// By how many points two reviews may differ before all must agree anew.
    pub apart: u32,
    /// How many days the public is asked for objections, at least.
    pub notice_days: u32,
}

impl Rules {
    /// The name of a scheme without its edition.
    pub fn stem(scheme: &str) -> &str {
        scheme.split('@').next().unwrap_or_default()
    }
}

/// A wish about recognition.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Take in an application.
    Apply(Box<Apply>),
    /// Take in evidence for a criterion.
    Evidence(Box<Evidence>),
    /// Take the application, and hand it to two reviewers.
    Assign {
        /// The recognition.
        recognition: Number,
        /// Who reviews.
        experts: Vec<Number>,
        /// By when.
        due: Day,
        /// What the scheme says.
        rules: Rules,
    },
    /// Record a review.
    Review(Box<Review>),
    /// Name the visit that looked on the spot.
    Visit {
        /// The recognition.
        recognition: Number,
        /// The visit.
        visit: Number,
    },
    /// Record what the reviewers agreed on.
    Agree(Box<Agree>),
    /// Ask the public for objections, from today.
    Publish {
        /// The recognition.
        recognition: Number,
        /// Until when; as short as the scheme allows when nothing is said.
        until: Option<Day>,
        /// What the scheme says.
        rules: Rules,
    },
    /// Take in an objection.
    Object {
        /// The recognition.
        recognition: Number,
        /// When.
        happened: Day,
        /// Who objects, sealed.
        name: Option<Envelope>,
        /// What is objected, sealed.
        text: Envelope,
        /// The company's key, when it has none yet.
        key: Option<NewKey>,
    },
    /// Answer an objection.
    Answer {
        /// The recognition.
        recognition: Number,
        /// Which.
        objection: u32,
        /// Whether it is right.
        upheld: bool,
        /// When.
        happened: Day,
        /// Why.
        why: String,
    },
    /// Award.
    Award {
        /// The recognition.
        recognition: Number,
        /// When.
        happened: Day,
        /// Until when it holds.
        until: Day,
        /// By when it is to be checked.
        check: Day,
        /// The code by which anybody looks it up.
        code: String,
        /// What the service is called in the directory.
        what: String,
    },
    /// Record a yearly check.
    Check {
        /// The recognition.
        recognition: Number,
        /// What it came to.
        verdict: Check,
        /// When.
        happened: Day,
        /// By when the next one is.
        next: Day,
        /// A remark; must say something when something is to be improved.
        why: Option<String>,
    },
    /// End it.
    End {
        /// The recognition.
        recognition: Number,
        /// How.
        how: Unrecognition,
        /// When.
        happened: Day,
        /// Why.
        why: String,
    },
}

/// Takes in an application.
#[derive(Clone, Debug)]
pub struct Apply {
    /// Who applies.
    pub company: Number,
    /// The recognition under which it would stand.
    pub under: Option<Number>,
    /// The letter it came by.
    pub source: Option<String>,
    /// When.
    pub happened: Day,
    /// What the applicant says, sealed.
    pub statement: Option<Envelope>,
    /// The company's key, when it has none yet.
    pub key: Option<NewKey>,
    /// What the scheme says.
    pub rules: Rules,
}

/// Takes in evidence.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The recognition.
    pub recognition: Number,
    /// The criterion.
    pub criterion: String,
    /// What it shows, sealed.
    pub note: Option<Envelope>,
    /// The company's key, when it has none yet.
    pub key: Option<NewKey>,
    /// Papers.
    pub papers: Papers,
    /// The entry of the company's own ledger that was proved, and that ledger's name.
    pub proved: Option<(u64, String)>,
    /// What the scheme says.
    pub rules: Rules,
}

/// Records a review.
#[derive(Clone, Debug)]
pub struct Review {
    /// The recognition.
    pub recognition: Number,
    /// Who reviewed.
    pub expert: Number,
    /// Points of every criterion.
    pub marks: BTreeMap<String, u32>,
    /// What excludes from recognition and was found.
    pub bars: Vec<String>,
    /// When.
    pub happened: Day,
    /// A remark, sealed.
    pub note: Option<Envelope>,
    /// The company's key, when it has none yet.
    pub key: Option<NewKey>,
    /// What the scheme says.
    pub rules: Rules,
}

/// Records what the reviewers agreed on.
#[derive(Clone, Debug)]
pub struct Agree {
    /// The recognition.
    pub recognition: Number,
    /// Points of every criterion; empty to let the mean of both reviews stand.
    pub marks: BTreeMap<String, u32>,
    /// What excludes from recognition and was found.
    pub bars: Vec<String>,
    /// When.
    pub happened: Day,
    /// Why; must say something when the reviews were far apart.
    pub why: Option<String>,
    /// What the scheme says.
    pub rules: Rules,
}

impl Wish {
    /// What must be looked up before the wish can be decided.
    pub(crate) fn needs(&self) -> Vec<Need> {
        let head = Need::Recognition;
        match self {
            Self::Apply(c) => {
                let stem = Rules::stem(&c.rules.scheme).to_owned();
                let mut needs = vec![
                    Need::Last(Series::Recognition),
                    Need::Company(c.company),
                    Need::Recognised(c.company, stem),
                ];
                needs.extend(c.under.map(head));
                needs
            }
            Self::Evidence(c) => vec![head(c.recognition)],
            Self::Assign { recognition, experts, .. } => {
                let mut needs = vec![head(*recognition)];
                needs.extend(experts.iter().copied().map(Need::Desk));
                needs
            }
            Self::Review(c) => vec![head(c.recognition), Need::Desk(c.expert)],
            Self::Visit { recognition, visit } => vec![head(*recognition), Need::Desk(*visit)],
            Self::Agree(c) => vec![head(c.recognition)],
            Self::Publish { recognition, .. }
            | Self::Object { recognition, .. }
            | Self::Answer { recognition, .. }
            | Self::Award { recognition, .. }
            | Self::Check { recognition, .. }
            | Self::End { recognition, .. } => vec![head(*recognition)],
        }
    }
}
