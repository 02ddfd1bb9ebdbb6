//! The verifier: one pass over a dossier's bytes, then a verdict.
//!
//! It names what fails and what still holds. It takes nobody's word but that of whoever verifies:
//! without a policy and roots of the verifier's own, the verdict says that the keys were named by
//! the dossier itself ([`KeysFrom::DossierItself`]).
//!
//! Memory: a small multiple of the entries that are read (below
//! [`crate::dossier::READ_BYTES_MAX`]) and about 100 bytes for each entry; never a whole file.

mod anchors;
mod collect;
mod findings;
mod judge;
mod keys;
mod layout;
mod log;
mod lone;
mod members;
mod shown;
mod times;
mod verdict;

use ledger::policy::{Policy, PolicyError};
use ledger::tlog_proof::PROOF_BYTES_MAX;

pub use keys::{CLAIM_KEYS, PAGE_KEYS, WHY_KEYS};
pub use times::TOLERANCE_MS;
pub use verdict::{
    About, AuthorityFact, Bound, Claim, Counts, EventFact, FileFact, KeysFrom, Means, Outcome,
    ProofFact, Standing, State, Verdict, WitnessFact,
};

/// What the verifier brings along.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whose logs and witnesses count; `None` for those that the dossier names itself. A policy
    /// without a `log` line accepts any log.
    pub policy: Option<Policy>,
    /// Certificates (DER) of the time-stamp authorities that count; empty for those that the
    /// dossier names itself.
    pub tsa_roots: Vec<Vec<u8>>,
    /// Seconds since 1970. With it, times in the future are refused.
    pub now: Option<i64>,
}

/// The verifier's own keys can't be read.
#[derive(Debug, thiserror::Error)]
pub enum OptionsError {
    /// Something about the certificates.
    #[error("the root certificates can't be read")]
    Roots(#[from] stamp::Malformed),
    /// Something about the policy.
    #[error("the policy can't be read")]
    Policy(#[from] PolicyError),
}

impl Options {
    /// Reads policy and root certificates out of one text: PEM blocks are roots, the other lines
    /// are a policy (C2SP tlog-policy). Either may be absent.
    ///
    /// # Errors
    /// [`OptionsError`]. A line of the policy is counted without the lines of PEM blocks.
    pub fn from_text(text: &str, now: Option<i64>) -> Result<Self, OptionsError> {
        let mut policy = String::new();
        let mut in_block = false;
        for line in text.lines() {
            in_block |= line.trim_start().starts_with("-----BEGIN ");
            if !in_block {
                policy.push_str(line);
                policy.push('\n');
            }
            in_block &= !line.trim_start().starts_with("-----END ");
        }
        let says_something =
            policy.lines().any(|line| !line.trim().is_empty() && !line.trim().starts_with('#'));
        Ok(Self {
            policy: says_something.then(|| Policy::parse(&policy)).transpose()?,
            tsa_roots: stamp::certificates_from_pem(text)?,
            now,
        })
    }
}

/// Verifies a dossier, or one proof of it that stands alone (C2SP tlog-proof), fed in pieces of any
/// size.
#[derive(Debug)]
pub struct Verifier {
    options: Options,
    collector: collect::Collector,
    /// What was fed, as long as it may be a proof that stands alone rather than a dossier.
    lone: Option<Vec<u8>>,
}

impl Verifier {
    /// A verifier at the dossier's first byte.
    pub fn new(options: Options) -> Self {
        Self { options, collector: collect::Collector::default(), lone: Some(Vec::new()) }
    }

    /// Takes the next bytes. How they are cut into pieces does not matter for the verdict.
    pub fn feed(&mut self, bytes: &[u8]) {
        let Some(mut kept) = self.lone.take() else { return self.collector.feed(bytes) };
        // One byte more than a proof may have shows that it is too long.
        let room = PROOF_BYTES_MAX + 1 - kept.len();
        kept.extend_from_slice(&bytes[..bytes.len().min(room)]);
        if lone::may_be(&kept) {
            self.lone = Some(kept);
        } else {
            self.collector.feed(&kept);
            self.collector.feed(&bytes[bytes.len().min(room)..]);
        }
    }

    /// Judges what was fed.
    pub fn finish(mut self) -> Verdict {
        match self.lone.take() {
            Some(kept) if lone::is(&kept) => return lone::judge(&kept, &self.options),
            Some(kept) => self.collector.feed(&kept),
            None => {}
        }
        judge::judge(&self.collector.finish(), &self.options)
    }
}
