//! Wishes about blind comparisons: what was sent, and what came of it.

use crate::facts::Need;
use crate::number::{Number, Series};
use crate::terms::{BlindFault, BlindSide};

/// A wish about blind comparisons.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Record what this side put in, before it is sent.
    Begin(Begin),
    /// Record what came of it.
    Done(Done),
    /// Record that the other's message did not hold.
    Failed {
        /// The blind comparison.
        blind: Number,
        /// What did not hold.
        fault: BlindFault,
        /// SHA-256 of the message, in hex.
        message: String,
    },
}

/// Records what this side put in.
#[derive(Clone, Debug)]
pub struct Begin {
    /// Its number, reserved before: what is to be sent is kept under it.
    pub no: Number,
    /// Which side this one is.
    pub side: BlindSide,
    /// The secret points that were put in; none: files.
    pub secrets: Vec<Number>,
    /// The partner it is with.
    pub partner: Option<Number>,
    /// Fingerprints that this side put in.
    pub own: u64,
    /// Fingerprints that the other put in, when it was the first to send.
    pub theirs: Option<u64>,
    /// The shortest run of a text, in folded bytes, that is always found.
    pub guaranteed: u32,
    /// SHA-256 of the messages until then, in hex.
    pub messages: Vec<String>,
    /// The program's version.
    pub program: String,
}

/// Records what came of it.
#[derive(Clone, Debug)]
pub struct Done {
    /// The blind comparison.
    pub blind: Number,
    /// Fingerprints that the other put in.
    pub theirs: u64,
    /// Fingerprints of this side that the other has, too.
    pub found: u64,
    /// SHA-256 of all three messages, in hex.
    pub messages: Vec<String>,
    /// SHA-256 of the report, in hex.
    pub report: String,
}

impl Wish {
    pub(crate) fn needs(&self) -> Vec<Need> {
        match self {
            Self::Begin(c) => {
                let mut needs = vec![Need::Last(Series::Blind)];
                needs.extend(c.secrets.iter().map(|no| Need::Secret(*no)));
                needs.extend(c.partner.map(Need::Thing));
                needs
            }
            Self::Done(Done { blind, .. }) | Self::Failed { blind, .. } => {
                vec![Need::Thing(*blind)]
            }
        }
    }
}
