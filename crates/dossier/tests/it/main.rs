//! What a dossier says, what it does not say, and that strangers can check it.
#![allow(clippy::unwrap_used, missing_docs)]

mod sample;

mod howto;
mod matrix;
mod package;
mod report;
mod words_of;
