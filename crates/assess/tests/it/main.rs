//! The tests of this room, in one program.

mod controls;
mod history;
mod score;
