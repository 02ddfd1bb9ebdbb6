//! The tree against its definition, the formats against their specifications, both against
//! published vectors and the implementations of others.
#![allow(clippy::unwrap_used)]

mod bytes;
mod fixture;
mod interop;
mod note;
mod oracle;
mod policy;
mod probes;
mod strict;
mod tile;
mod tree;
mod witness;
