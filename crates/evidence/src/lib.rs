//! What is shown to strangers: items of events, the kinds of event, the dossier's container and
//! its verifier.
//!
//! An event is never written into the ledger as it is. Each of its fields becomes an [`item`] with
//! a salt of its own, and the ledger's entry commits to the digests of all items. So any field of
//! any event can later be shown or withheld, and both can be proved. [`kind`] fixes, for every
//! kind of event, which fields it has and in which order, so that one leaf can't tell two stories.
//!
//! This room knows no SQL, no PDF and no C: it is small enough to audit, and it also runs in the
//! browser page inside each dossier.

pub mod container;
pub mod dossier;
pub mod item;
pub mod kind;
pub mod moment;
pub mod verify;
