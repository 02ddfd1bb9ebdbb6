//! Finds out whether a piece of one thing is in another.

pub mod cluster;
pub mod code;
pub mod compare;
pub mod encoding;
mod fold;
pub mod index;
pub mod key;
pub mod lanes;
pub mod number;
pub mod prints;
mod select;
pub mod sweep;
pub mod text;
pub mod units;
