//! Tests of the office with whole data directories.

mod documents;
mod effects;
mod exchange;
