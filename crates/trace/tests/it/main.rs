//! What tracing promises: copies that were no source stay below the bound whatever is read, and
//! sources are found by the table in `docs/tracing.md`.
#![allow(clippy::unwrap_used)]

mod bound;
mod draw;
mod found;
mod text;
mod word;
