//! The words all rooms share, and the rules: a [`Command`] is decided into [`Event`]s.
//!
//! Pure: the clock comes in with [`Facts`], chance comes in with the command. Secret and personal
//! text never enters this room: it arrives as sealed [`Envelope`]s, which pass through to the
//! journal unread.

pub mod account;
pub mod activity;
pub mod blind;
pub mod casework;
pub mod command;
pub mod control;
pub mod corpora;
pub mod coverage;
pub mod credit_code;
pub mod custody;
mod decide;
pub mod effect;
pub mod event;
pub mod facts;
pub mod guidance;
pub mod incident;
pub mod inventory;
pub mod lineage;
pub mod moment;
pub mod number;
pub mod organisation;
pub mod overseas;
pub mod period;
pub mod programme;
pub mod reach;
pub mod recognition;
pub mod refusal;
pub mod rights;
pub mod terms;
pub mod warning;
pub mod work;
pub mod workstation;

pub use command::{Command, Envelope, NewKey};
pub use credit_code::CreditCode;
pub use decide::directory::tags;
pub use decide::{Decision, Draft, decide};
pub use event::Event;
pub use facts::{Facts, Need};
pub use moment::{Day, Moment};
pub use number::{Number, Series};
pub use period::Period;
pub use refusal::Refusal;
