//! Tests of the office with whole data directories.

mod exchange;
mod inventory;
#[path = "../tree/mod.rs"]
mod tree;
