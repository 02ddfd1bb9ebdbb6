//! Looking for pieces of secret points: what is looked for, in what, and what was found.
//!
//! ```text
//!  register, opened with the passphrase ──► Protected: an index of keyed hashes, and what was left out
//!  paths or uploads ──► extract ──► matcher ──► Report: hits, faults, a list of what was read
//!                                                  │
//!                       sweep.done / release.asked ◄┘ counts and digests only
//! ```
//! Reports hold names of files and places in them; they are kept sealed to the vault's key.

mod excerpt;
mod gather;
mod hashed;
mod look;
mod paths;
mod protected;
mod release;
mod report;
mod sweep;

pub use look::found_in;
pub use protected::{Build, Leave, Left, Listed, Protected};
pub use release::{Clearance, ReleaseForm};
pub use report::{FaultRow, FileHit, Found, IndexInfo, Place, Reading, Report, SecretHit};
pub use sweep::{Control, Options, Swept};
