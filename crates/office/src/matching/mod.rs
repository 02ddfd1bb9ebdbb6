//! Looking for pieces of secret points: what is looked for, in what, and what was found.
//!
//! ```text
//!  register, opened with the passphrase ──► Protected: an index of keyed hashes, and what was left out
//!  paths or uploads ──► extract ──► matcher ──► Report: hits, faults, a list of what was read
//!                                                  │
//!                       sweep.done / release.asked ◄┘ counts and digests only
//! ```
//! Reports hold names of files and places in them; they are kept sealed to the vault's key.

mod blind;
mod blind_paper;
mod cluster;
mod compare;
mod compared;
mod corpora;
mod excerpt;
mod gather;
mod git;
mod hashed;
pub mod inventory;
mod look;
mod paper;
mod parts;
mod paths;
mod protected;
mod public;
mod public_paper;
mod public_report;
mod release;
mod report;
mod shown_text;
mod side;
mod spool;
mod sweep;
mod sweep_paper;
mod work;
mod work_paper;

pub use ::corpus::dump::Fields;
pub use blind::{BlindForm, BlindPart, BlindReport, THEIRS_MAX, blind_things};
pub use blind_paper::{blind_part, blind_sums};
pub use cluster::{Cluster, Clusters, Link, cluster};
pub use compare::{CompareForm, Conclusion, ConclusionForm};
pub use compared::{Comparison, FilterRow, Greyed, PartRow, PassageRow, SecretSide, Side, Spot};
pub use corpora::{BuiltCorpus, CorpusForm, check_paths};
pub use look::found_in;
pub use matcher::cluster::Reason;
pub use matcher::compare::{Figures, LayerFigures, Renamed, Why};
pub use matcher::units::Layer;
pub use paper::{passage_sort, seen, share};
pub use protected::{Build, Leave, Left, Listed, Protected};
pub use public::PublicCheckForm;
pub use public_paper::{found_share, not_found, part_state, since, source_name};
pub use public_report::{
    AskedCorpus, CheckedPart, CorpusState, Era, Lead, PublicCheck, PublicPassage, Source,
};
pub use release::{Clearance, ReleaseForm};
pub use report::{FaultRow, FileHit, Found, IndexInfo, Place, Reading, Report, SecretHit};
pub use side::Body;
pub use sweep::{Control, Options, Swept};
pub use work::{Appeared, Firsts, WorkFile, WorkForm, WorkReport, WorkSource};
pub use work_paper::{covered, when};
