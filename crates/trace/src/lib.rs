//! Marks in copies, and which copy a leak points to.
//!
//! Each recipient gets a copy with a random word in it ([`code`]); [`text`] says where a text can
//! carry one, writes copies and reads leaks; [`accuse`] names the copies a leak came from, or none.
//! How likely it is that a copy is named that was no source has a bound that is proved, whatever
//! those who leak do: see `docs/tracing.md`.

pub mod accuse;
pub mod bank;
pub mod code;
pub mod document;
mod docx;
pub mod drill;
pub mod key;
mod score;
mod single;
pub mod text;
