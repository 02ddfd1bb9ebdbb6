//! What is wished about accounts: who may sign in, and until when.

use crate::command::{Envelope, NewKey};
use crate::facts::Need;
use crate::moment::Day;
use crate::number::{Number, Series};
use crate::terms::{AccountRole, PasswordBy};

/// A wish about an account.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Open one.
    Open(Box<Open>),
    /// Change what it may do.
    Change {
        /// The account.
        account: Number,
        /// What it may do from now on.
        role: AccountRole,
        /// The chosen secret points.
        secrets: Option<Vec<Number>>,
        /// Its last day.
        until: Option<Day>,
        /// Why.
        why: Option<String>,
    },
    /// Note that it got a password.
    SetPassword {
        /// The account.
        account: Number,
        /// How.
        how: PasswordBy,
    },
    /// Close it.
    Close {
        /// The account.
        account: Number,
        /// Why.
        why: String,
    },
}

/// Opens an account.
#[derive(Clone, Debug)]
pub struct Open {
    /// The account's key.
    pub key: NewKey,
    /// The name to sign in with, sealed.
    pub name: Envelope,
    /// What it may do.
    pub role: AccountRole,
    /// Whose it is.
    pub holder: Option<Number>,
    /// The chosen secret points.
    pub secrets: Option<Vec<Number>>,
    /// Its last day.
    pub until: Option<Day>,
}

impl Wish {
    /// What must be looked up before the wish can be decided.
    pub(crate) fn needs(&self) -> Vec<Need> {
        let holder = |no: Number| match no.series {
            Series::Expert | Series::Organisation => Need::Desk(no),
            _ => Need::Thing(no),
        };
        let mut needs = vec![Need::Role];
        match self {
            Self::Open(c) => {
                needs.push(Need::Last(Series::Account));
                needs.extend(c.holder.map(holder));
                needs.extend(c.secrets.iter().flatten().copied().map(Need::Secret));
            }
            Self::Change { account, secrets, .. } => {
                needs.push(Need::Account(*account));
                needs.extend(secrets.iter().flatten().copied().map(Need::Secret));
            }
            Self::SetPassword { account, .. } | Self::Close { account, .. } => {
                needs.push(Need::Account(*account));
            }
        }
        needs
    }
}
