//! Tests of the office with whole data directories.

mod exchange;
