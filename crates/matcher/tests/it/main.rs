//! What an index promises, against planted fragments and hostile input.
#![allow(clippy::unwrap_used)]

mod compare;
mod hostile;
mod index;
mod planted;
mod sweep;
