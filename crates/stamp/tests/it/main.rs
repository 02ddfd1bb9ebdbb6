//! Time-stamps: ours checked by OpenSSL, OpenSSL's checked by us, and everything broken refused.
#![allow(clippy::unwrap_used)]

mod bench;
mod drill;
mod hostile;
mod mutation;
mod openssl;
mod vectors;
