//! Tests of the office with whole data directories.

mod documents;
mod exchange;
