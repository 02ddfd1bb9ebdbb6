//! Tests of the office with whole data directories.

mod effects;
mod exchange;
