//! What nodes, witnesses and time-stamp authorities say to each other over HTTP.
//!
//! ```text
//!  node (a log)                                   others
//!  Client::submit_checkpoint ──POST /add-checkpoint──► Witness (C2SP tlog-witness)
//!  Client::fetch_latest ──────GET /<hex>/checkpoint──►    check ─ store ─ sync ─ cosign
//!  Client::request_stamp ─────POST /───────────────► AuthorityService (RFC 3161, for drills)
//!  Client::exchange ──────────POST /exchange───────► the station, see [`exchange`]
//! ```
//!
//! The servers are axum routers that open no socket: [`witness_router`], [`authority_router`].
//! Whoever serves them limits connections and waits for headers. Clocks and chance are arguments.

mod authority;
mod client;
pub mod exchange;
mod witness;

use std::sync::Arc;

pub use authority::{AuthorityService, authority_router};
pub use client::{Client, LinkError, Submitted};
pub use witness::{
    BODY_BYTES_MAX, Decision, Evidence, EvidenceKind, FollowedLog, Witness, WitnessError,
    witness_router,
};

/// The time in milliseconds since 1970-01-01T00:00:00Z.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Fresh random bytes at each call.
pub type Chance = Arc<dyn Fn() -> [u8; 16] + Send + Sync>;
