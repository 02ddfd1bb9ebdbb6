//! Wishes about where secret points come from: merging one into another (合并), taking a part out as one of
//! its own (拆分).
//!
//! What moves is sealed anew under the key of the secret point it goes to. The old entries stay where
//! they are and keep their dates; the event says which part became which.

use crate::command::{Envelope, RegisterSecret, Stored};
use crate::facts::Need;
use crate::number::{Number, Series};

/// A wish about where secret points come from.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Merge a secret point into another.
    Merge(Merge),
    /// Take parts out as a secret point of their own.
    Split(Box<Split>),
}

/// Merges a secret point into another, with all that stands.
#[derive(Clone, Debug)]
pub struct Merge {
    /// The one that ends.
    pub secret: Number,
    /// The one that goes on.
    pub into: Number,
    /// Its statements, sealed for the other.
    pub statements: Vec<(u32, Envelope)>,
    /// Its carriers, sealed for the other.
    pub carriers: Vec<(u32, Stored)>,
    /// Why.
    pub why: String,
}

/// Takes parts of a secret point out.
#[derive(Clone, Debug)]
pub struct Split {
    /// The one that goes on with the rest.
    pub secret: Number,
    /// The statements that go, in the order of `register`.
    pub statements: Vec<u32>,
    /// The carriers that go, in the order of `register`.
    pub carriers: Vec<u32>,
    /// The new one.
    pub register: RegisterSecret,
    /// Why.
    pub why: String,
}

impl Wish {
    /// What must be looked up before the wish can be decided.
    pub(crate) fn needs(&self) -> Vec<Need> {
        match self {
            Self::Merge(c) => vec![Need::Secret(c.secret), Need::Secret(c.into)],
            Self::Split(c) => {
                let mut needs = vec![Need::Secret(c.secret), Need::Last(Series::Secret)];
                needs.extend(c.register.owner.map(Need::Thing));
                needs
            }
        }
    }
}
