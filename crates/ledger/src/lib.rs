//! An append-only Merkle log to the letter of C2SP: tree, tiles, checkpoints, notes, cosignatures,
//! proofs, and the rules of a witness.
//!
//! Pure functions and types: no clock, no input or output, nothing of midun. Sources: RFC 6962
//! section 2.1, and at <https://c2sp.org>: signed-note, tlog-checkpoint, tlog-cosignature,
//! tlog-tiles, tlog-witness, tlog-proof, tlog-policy (as of C2SP commit 5ba5ee83).

pub mod checkpoint;
pub mod cosignature;
pub mod hash;
pub mod note;
pub mod policy;
pub mod proof;
pub mod tile;
pub mod tlog_proof;
pub mod tree;
pub mod witness;
