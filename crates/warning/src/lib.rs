//! Early warning (预警): rules as data are run over the facts of a station, and each rule is first
//! tried on a made-up district whose leaks are known.
//!
//! [`find`] says what a rule finds on a day; [`twin::make`] makes the district; [`score`] tries a rule
//! on it, beside picking companies without any rule at the same load. All of it is pure: the same
//! facts, day and seed give the same answer.

mod chance;
mod facts;
mod find;
mod score;
pub mod twin;

pub use chance::Chance;
pub use facts::{Company, District, Fact, Place};
pub use find::{Counted, Found, Key, find};
pub use score::{Score, interval, score, version};
