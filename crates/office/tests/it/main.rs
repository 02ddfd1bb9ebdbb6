//! Tests of the office with whole data directories.

mod documents;
mod effects;
mod erasure;
mod exchange;
mod inventory;
mod profiles;
#[path = "../tree/mod.rs"]
mod tree;
