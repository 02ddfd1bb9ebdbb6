//! Wishes about inventories: what going through a folder came to, and what became of a proposal.

use crate::command::{Envelope, NewKey};
use crate::facts::Need;
use crate::number::{Number, Series};
use crate::terms::{Judgement, NoSecret};

/// A wish about inventories.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Record what an inventory came to.
    Record(Box<Record>),
    /// Say what becomes of a proposal.
    Decide(Decide),
}

/// Records what an inventory came to.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its number, reserved before: the report is kept under it.
    pub no: Number,
    /// Its key.
    pub key: NewKey,
    /// What this was, in words.
    pub what: Option<String>,
    /// Where it looked, sealed.
    pub paths: Envelope,
    /// Whether it was ended early.
    pub partial: bool,
    /// Files that were read.
    pub files: u64,
    /// Bytes that were read.
    pub bytes: u64,
    /// Files and members that were not read, or not wholly.
    pub faults: u64,
    /// Proposals, adjustments among them.
    pub proposals: u32,
    /// Adjustments of secret points.
    pub adjustments: u32,
    /// The secret points that these are about.
    pub secrets: Vec<Number>,
    /// SHA-256 of the rules, in hex.
    pub rules: String,
    /// SHA-256 of the list of what was read, under a salt, in hex.
    pub manifest: String,
    /// The program's version.
    pub program: String,
    /// SHA-256 of the report, in hex.
    pub report: String,
}

/// Says what becomes of a proposal.
#[derive(Clone, Debug)]
pub struct Decide {
    /// The inventory.
    pub inventory: Number,
    /// The proposal, from 1.
    pub proposal: u32,
    /// What becomes of it.
    pub answer: Judgement,
    /// The secret point that it became, or that was adjusted.
    pub secret: Option<Number>,
    /// Why it is none.
    pub reason: Option<NoSecret>,
    /// Why, in words, sealed under the inventory's key.
    pub why: Option<Envelope>,
}

/// The head of an inventory, for one of its proposals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many proposals it has.
    pub proposals: u32,
    /// What became of the proposal that was asked for.
    pub answer: Option<Judgement>,
}

impl Wish {
    pub(crate) fn needs(&self) -> Vec<Need> {
        match self {
            Self::Record(c) => {
                let secrets = c.secrets.iter().copied().map(Need::Secret);
                std::iter::once(Need::Last(Series::Inventory)).chain(secrets).collect()
            }
            Self::Decide(c) => {
                let inventory = Need::Inventory(c.inventory, c.proposal);
                std::iter::once(inventory).chain(c.secret.map(Need::Secret)).collect()
            }
        }
    }
}
