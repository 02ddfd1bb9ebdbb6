//! The tests of this room, in one program.

mod controls;
mod doors;
mod history;
mod moot;
mod score;
