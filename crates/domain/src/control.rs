//! What is wished of controls (控制项): an answer with its evidence, taking one back, giving what is
//! lacking to somebody, and looking at what a new edition touches.
//!
//! Which controls there are is said by the catalogue, which this room doesn't know: whoever asks has
//! looked.

use crate::command::Papers;
use crate::facts::Need;
use crate::moment::Day;
use crate::number::{Number, Series};
use crate::terms::Answer;

/// A wish about controls.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Answer a control.
    Answer(Box<AnswerControl>),
    /// Take an answer back.
    Withdraw {
        /// The answer.
        answer: Number,
        /// Why.
        why: String,
    },
    /// Give what a control lacks to somebody; without both, it is nobody's again.
    Assign {
        /// The control.
        control: String,
        /// Who sees to it.
        person: Option<Number>,
        /// By this day.
        due: Option<Day>,
        /// A remark.
        why: Option<String>,
    },
    /// Record that what an edition touches was looked at.
    Adopt {
        /// The catalogue.
        catalogue: String,
        /// The edition before.
        from: Option<u32>,
        /// The edition now.
        to: u32,
        /// A remark.
        why: Option<String>,
    },
}

/// Answers a control.
#[derive(Clone, Debug)]
pub struct AnswerControl {
    /// The control, by its name in the catalogue.
    pub control: String,
    /// The catalogue with its edition.
    pub edition: String,
    /// What is said.
    pub verdict: Answer,
    /// From this day.
    pub from: Day,
    /// Until this day.
    pub until: Day,
    /// The secret points that it covers; `None` for all.
    pub secrets: Option<Vec<Number>>,
    /// Who answers for it.
    pub person: Option<Number>,
    /// Why.
    pub why: Option<String>,
    /// What shows it.
    pub papers: Papers,
}

impl Wish {
    /// What must be looked up before the wish can be decided.
    pub(crate) fn needs(&self) -> Vec<Need> {
        match self {
            Self::Answer(c) => {
                let mut needs = vec![Need::Last(Series::Answer)];
                needs.extend(c.secrets.iter().flatten().copied().map(Need::Secret));
                needs.extend(c.person.map(Need::Thing));
                needs
            }
            Self::Withdraw { answer, .. } => vec![Need::Thing(*answer)],
            Self::Assign { person, .. } => person.iter().copied().map(Need::Thing).collect(),
            Self::Adopt { .. } => Vec::new(),
        }
    }
}
