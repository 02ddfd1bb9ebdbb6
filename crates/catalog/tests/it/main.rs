//! One binary for all tests of the room.
// The room reads no files; its tests read their stories.
#![allow(clippy::disallowed_methods)]

mod boundary;
mod clocks;
mod engine;
mod faults;
mod handbook;
mod losses;
mod overseas;
mod standards;
mod stories;
mod templates;
