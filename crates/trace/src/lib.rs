//! Marks in copies, and which copy a leak points to.
//!
//! Each recipient gets a copy with a random word in it ([`code`]); from a leaked copy a word is read
//! back, with gaps and errors; [`accuse`] names the copies it came from, or none. How likely it is
//! that a copy is named that was no source has a bound that is proved, whatever those who leak do:
//! see `docs/tracing.md`.

pub mod accuse;
pub mod bank;
pub mod code;
pub mod drill;
pub mod key;
mod score;
mod single;
