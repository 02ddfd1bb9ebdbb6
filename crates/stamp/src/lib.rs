//! RFC 3161 time-stamps: ask for one, read one, check one; and, for drills, issue one.
//!
//! Pure: no clock, no chance, no input or output. Bytes come in, bytes or findings go out, so the
//! same code runs in the server and in a browser (`wasm32-unknown-unknown`).
//!
//! ```text
//! request(hash, nonce) ──HTTP──► authority ──► parse_reply(bytes) ──► Token
//!                                                                       │
//!                     verify(token, hash, roots, nonce) ◄───────────────┘  ──► Verified | Refused
//! ```
//!
//! What a verified token proves: whoever held the authority's key states that the hash existed at
//! [`Verified::time_ms`]. It does not say who made the data, nor that it is true. Whether the
//! authority's certificate had been revoked is *not* checked, as that needs the network: keep the
//! revocation list of the day beside the token.
//!
//! Sources: RFC 3161 (protocol), RFC 5816 (`SigningCertificateV2`), RFC 5652 (CMS), RFC 5280
//! (certificates). Signatures: ECDSA on P-256 and P-384, RSA PKCS#1 v1.5 of 2048–8192 bits, with
//! SHA-256, SHA-384 or SHA-512.

mod asn1;
#[cfg(feature = "issue")]
mod authority;
mod certificate;
mod error;
mod oid;
mod path;
mod pem;
mod request;
mod signature;
mod token;
mod verify;

#[cfg(feature = "issue")]
pub use authority::{Authority, BadLife, DRILL_POLICY};
pub use error::{Malformed, Refused, ReplyError};
pub use pem::{certificates_from_pem, certificates_to_pem};
pub use request::{AskFor, request};
pub use token::{Info, TOKEN_BYTES_MAX, Token, parse_reply};
pub use verify::{Trust, Verified, verify};
