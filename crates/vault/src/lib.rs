//! Encrypted content store and its keys.
//!
//! ```text
//!  passphrase ─┐                        service.key (no person needed)
//!  k of n      ├─► Unlocked             Service
//!  shares     ─┘   opens everything     seals: blob ids, personal texts
//!                        │                    │
//!       vault.pub ◄──────┘                    │
//!          │ wraps                            │ wraps
//!          ▼                                  ▼
//!   SecretKeys { recipient, identity ─► SecretOpener, mac_key ─► SecretSealer }   one a secret
//!   PersonKeys { recovery ─────────────► PersonKey ◄──────────── service }        one a person
//!                                             │
//!   Blobs: vault/ab/cdef…  age files ◄────────┘ small texts: age file or XChaCha20-Poly1305
//! ```
//!
//! Three ideas carry the room.
//! - **A locked node still works.** Content is sealed to a public key, so taking files in needs
//!   only [`Service`]; reading content needs a person with the passphrase ([`Unlocked`]).
//! - **Plain `age` opens it.** The master key, each secret's identity, every blob and every small
//!   text of a secret are age v1 files (<https://c2sp.org/age>); no program of ours is needed to
//!   get the content back.
//! - **Erasing is forgetting a key.** A subject's keys are plain bytes in the caller's database.
//!   When those bytes are gone, so is everything sealed with them.
//!
//! This room knows no domain: a *subject* is an opaque text the caller chose. Chance comes in as
//! [`Entropy`]; only the `age` library draws its file keys from the operating system itself.
//! Errors hold no content, no key, no passphrase and no name of a file outside the vault.

mod blobs;
mod disk;
mod error;
mod keydir;
mod pipe;
mod recipient;
mod recovery;
mod service;
mod subject;

pub use blobs::{BlobId, BlobReader, BlobStore, Checked, Listing, Stored, TEMP_SAFE_AGE};
pub use error::{BlobError, DiskError, KeyError, KeyFile, SealError, ShareError};
pub use keydir::{KeyDir, Unlocked, WorkFactor};
pub use recipient::{Recipient, TEXT_BYTES_MAX};
pub use recovery::{SHARES_MAX, Share, combine};
pub use service::Service;
pub use subject::{
    PersonKey, PersonKeys, SUBJECT_BYTES_MAX, SecretKeys, SecretOpener, SecretSealer,
};
/// Bytes that are overwritten when dropped: what opening returns.
pub use zeroize::Zeroizing;

/// A source of random bytes: fills the whole slice. It must be fit for making keys.
///
/// In production `&mut vault::os_entropy`; a test passes its own to get the same keys again.
pub type Entropy<'a> = dyn FnMut(&mut [u8]) + 'a;

/// Fills `out` from the operating system's generator.
///
/// # Panics
/// When the operating system has no randomness to give; no key can be made then, and none may
/// be made in another way.
pub fn os_entropy(out: &mut [u8]) {
    getrandom::fill(out).expect("the operating system gives random bytes");
}
