//! Tests of early warning.

mod scores;
