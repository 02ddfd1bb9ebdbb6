//! What is wished of early warning (预警): a rule's score, switching it, alerts and what comes of them.
//!
//! What a rule counts is said by the catalog, which this room doesn't know: whoever asks has looked.

use crate::facts::Need;
use crate::moment::Day;
use crate::number::{Number, Series};

/// A wish about warnings.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Record what rules are worth on the made-up district.
    Score(Vec<Scored>),
    /// Switch a rule on or off.
    Switch {
        /// The rule.
        rule: String,
        /// Whether alerts are raised from now on.
        on: bool,
        /// What of the rule is switched on.
        version: String,
        /// Why.
        why: Option<String>,
    },
    /// Raise alerts of rules.
    Raise(Vec<Raise>),
    /// Say who sees to an alert, until when.
    Assign {
        /// The alert.
        warning: Number,
        /// Who: an office or a post.
        unit: String,
        /// Until when.
        due: Day,
    },
    /// Close an alert.
    Close {
        /// The alert.
        warning: Number,
        /// Whether it was of use.
        useful: bool,
        /// When.
        happened: Day,
        /// What was done and found.
        why: String,
    },
}

/// What a rule is worth on the made-up district. Shares are of 1,000.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored {
    /// The rule.
    pub rule: String,
    /// What of it was scored.
    pub version: String,
    /// SHA-256 of the district's parameters, in hex.
    pub twin: String,
    /// The seed.
    pub seed: u32,
    /// Companies of the district.
    pub companies: u32,
    /// Alerts raised.
    pub alerts: u32,
    /// Companies named.
    pub named: u32,
    /// Of those, to how many the harm came.
    pub hits: u32,
    /// Harms.
    pub harms: u32,
    /// Of those, how many were foreseen.
    pub foreseen: u32,
    /// Days of lead.
    pub lead: u32,
    /// Companies per officer and week, in hundredths.
    pub load: u32,
    /// Precision of picks at random.
    pub random: u32,
    /// Precision of picks by recency.
    pub recent: u32,
    /// SHA-256 of all of it, in hex.
    pub score: String,
}

/// An alert to be raised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raise {
    /// The rule.
    pub rule: String,
    /// Its edition.
    pub edition: u32,
    /// What of it is switched on.
    pub version: String,
    /// Of what: `park:` and its name, `company:` and its number.
    pub matter: String,
    /// What each count came to: `5`, `5/9` of nine, `5>1.2` where the mean before was 1.2.
    pub figures: Vec<String>,
    /// What was counted.
    pub counted: Vec<Number>,
    /// The companies it is about.
    pub companies: Vec<Number>,
    /// Until when somebody should have looked.
    pub due: Day,
}

impl Wish {
    /// What must be looked up before the wish can be decided.
    pub(crate) fn needs(&self) -> Vec<Need> {
        match self {
            Self::Score(_) => Vec::new(),
            Self::Switch { rule, .. } => vec![Need::Rule(rule.clone())],
            Self::Raise(all) => {
                let mut needs = vec![Need::Last(Series::Warning)];
                for raise in all {
                    needs.push(Need::Rule(raise.rule.clone()));
                    needs.push(Need::Matter(raise.rule.clone(), raise.matter.clone()));
                    needs.extend(raise.companies.iter().copied().map(Need::Company));
                }
                needs.sort_unstable();
                needs.dedup();
                needs
            }
            Self::Assign { warning, .. } | Self::Close { warning, .. } => {
                vec![Need::Desk(*warning)]
            }
        }
    }
}
