//! Wishes about keeping and destroying: legal holds (保留), erasing a person's data (删除), destroying
//! the content of a secret point (销毁).
//!
//! An event says that something is destroyed; the keys and items go right after it. What is decided
//! here is only whether it may be.

use std::collections::BTreeMap;

use crate::facts::Need;
use crate::number::Number;
use crate::terms::ErasureGround;

/// The most things that one hold is set on at once.
pub const HELD_MAX: usize = 500;

/// A wish about keeping and destroying.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Forbid that anything about these is destroyed.
    SetHold {
        /// Persons and secret points.
        things: Vec<Number>,
        /// The incident or case for which they are kept.
        ground: Option<Number>,
        /// Why.
        why: String,
    },
    /// Lift a hold.
    LiftHold {
        /// The person or secret point.
        thing: Number,
        /// The hold's number on it.
        hold: u32,
        /// Why.
        why: String,
    },
    /// Destroy what is sealed about a person.
    ErasePerson {
        /// The person.
        person: Number,
        /// For which reason of 个人信息保护法 art. 47.
        ground: ErasureGround,
        /// Who approved it.
        approved: Option<Number>,
        /// Why.
        why: String,
    },
    /// Destroy the content of a secret point.
    DestroySecret {
        /// The secret point.
        secret: Number,
        /// Who approved it.
        approved: Number,
        /// Why.
        why: String,
    },
}

/// How a person or a secret point is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Custody {
    /// Holds that stand, by number: for which incident or case.
    pub holds: BTreeMap<u32, Option<Number>>,
    /// The highest number that a hold on it ever had.
    pub last_hold: u32,
    /// Whether it was destroyed.
    pub erased: bool,
    /// Secret points that the person may still know.
    pub cleared: Vec<Number>,
    /// The person's accounts that were not closed.
    pub accounts: Vec<Number>,
    /// Sealed items.
    pub items: u64,
    /// Files in the vault.
    pub files: u64,
}

impl Wish {
    /// What must be looked up before the wish can be decided.
    pub(crate) fn needs(&self) -> Vec<Need> {
        use Need::{Custody, Secret, Thing};
        match self {
            Self::SetHold { things, ground, .. } => {
                let mut needs: Vec<Need> = ground.iter().copied().map(Thing).collect();
                for &thing in things.iter().take(HELD_MAX) {
                    needs.extend([Thing(thing), Secret(thing), Custody(thing)]);
                }
                needs
            }
            Self::LiftHold { thing, .. } => vec![Custody(*thing)],
            Self::ErasePerson { person, approved, .. } => {
                let mut needs = vec![Thing(*person), Custody(*person)];
                needs.extend(approved.map(Thing));
                needs
            }
            Self::DestroySecret { secret, approved, .. } => {
                vec![Secret(*secret), Custody(*secret), Thing(*approved)]
            }
        }
    }
}
