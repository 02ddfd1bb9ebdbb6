//! Tests of early warning.

mod find;
mod scores;
