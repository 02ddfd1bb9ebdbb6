//! The tree against its definition, and the published vectors.
#![allow(clippy::unwrap_used)]

mod note;
mod tree;
