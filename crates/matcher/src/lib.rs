//! Finds out whether a piece of one thing is in another.

pub mod code;
mod fold;
pub mod number;
pub mod text;
