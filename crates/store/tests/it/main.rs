//! The journal through its door: what is acknowledged is there, provable, and replays.
#![allow(clippy::unwrap_used)]

mod journal;
