//! Dossiers that hold, and all the ways in which one may not.
#![allow(clippy::unwrap_used, missing_docs)]

mod sample;

mod asic;
mod container;
mod format;
mod hostile;
mod keys;
mod lone;
mod mutation;
mod robust;
mod valid;

use evidence::verify::{Claim, Options, Outcome, State, Verdict, Verifier};

pub fn verify_with(dossier: &[u8], options: Options) -> Verdict {
    let mut verifier = Verifier::new(options);
    verifier.feed(dossier);
    verifier.finish()
}

pub fn verify(dossier: &[u8]) -> Verdict {
    verify_with(dossier, Options::default())
}

/// The claims with this id.
pub fn claims<'a>(verdict: &'a Verdict, id: &str) -> Vec<&'a Claim> {
    verdict.claims.iter().filter(|claim| claim.id == id).collect()
}

/// Checks that a dossier is not valid because of exactly these claims: id, subject, reason.
#[track_caller]
pub fn assert_fails(dossier: &[u8], expected: &[(&str, &str, &str)]) {
    let verdict = verify(dossier);
    let failures: Vec<_> = verdict
        .failures()
        .map(|claim| (claim.id, claim.subject.as_str(), claim.why.unwrap_or_default()))
        .collect();
    assert_eq!(failures, expected);
    assert_eq!(verdict.outcome, Outcome::NotValid);
}

#[track_caller]
pub fn assert_state(verdict: &Verdict, id: &str, state: State) {
    let found = claims(verdict, id);
    assert!(!found.is_empty() && found.iter().all(|claim| claim.state == state), "{found:#?}");
}
