//! Finds out whether a piece of one thing is in another.

pub mod code;
pub mod encoding;
mod fold;
pub mod index;
pub mod key;
pub mod number;
mod select;
pub mod sweep;
pub mod text;
