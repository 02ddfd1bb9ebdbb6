//! Witness, authority and client, as others see them.
#![allow(clippy::unwrap_used)]

mod authority;
mod bench;
mod client;
mod crash;
mod folder;
mod model;
mod statuses;
