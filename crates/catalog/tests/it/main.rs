//! One binary for all tests of the room.
mod stories;
