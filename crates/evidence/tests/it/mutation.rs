//! No byte of a dossier is without meaning: changing any one is noticed.

use std::thread;

use evidence::verify::Outcome;

use crate::sample::{recipe, small_recipe};
use crate::verify;

/// Whether there is time for everything.
fn is_slow() -> bool {
    std::env::var_os("MIDUN_SLOW").is_some()
}

/// Changes each byte at `positions` (in two ways when `MIDUN_SLOW` is set) and returns those changes that went unnoticed.
fn unnoticed(dossier: &[u8], positions: impl Iterator<Item = usize>) -> Vec<(usize, u8)> {
    let mut found = Vec::new();
    let mut changed = dossier.to_vec();
    for at in positions {
        // One bit; or the change of a letter's case.
        let both = [0x01, 0x20];
        for &flip in if is_slow() { &both[..] } else { &both[at % 2..=at % 2] } {
            changed[at] ^= flip;
            if verify(&changed).outcome == Outcome::Valid {
                found.push((at, flip));
            }
            changed[at] ^= flip;
        }
    }
    found
}

/// Tries every `step`th position on two threads.
fn try_all(dossier: &[u8], step: usize) -> Vec<(usize, u8)> {
    assert_eq!(verify(dossier).outcome, Outcome::Valid);
    thread::scope(|scope| {
        let halves = [0, step].map(|first| {
            let positions = (first..dossier.len()).step_by(2 * step);
            scope.spawn(move || unnoticed(dossier, positions))
        });
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect()
    })
}

/// Every single byte, in all of headers, texts, signatures, proofs.
#[test]
fn every_changed_byte_is_noticed() {
    let dossier = small_recipe().build();
    assert!(dossier.len() < 12_000, "keep it small: {}", dossier.len());
    assert_eq!(try_all(&dossier, 1), []);
}

/// The dossier with files and time-stamps: a part of the positions by default, all of them when
/// `MIDUN_SLOW` is set.
#[test]
fn changed_bytes_are_noticed_with_files_and_stamps() {
    let dossier = recipe().build();
    let step = if is_slow() { 1 } else { 13 };
    assert_eq!(try_all(&dossier, step), []);
}

#[test]
fn every_truncation_is_unreadable_and_says_how_far_it_got() {
    let dossier = small_recipe().build();
    for end in (0..dossier.len()).step_by(if is_slow() { 1 } else { 7 }) {
        let verdict = verify(&dossier[..end]);
        assert_eq!(verdict.outcome, Outcome::Unreadable, "cut at {end}");
        assert_eq!(verdict.exit_code(), 2);
        assert!(verdict.counts.bytes <= end as u64);
    }
    let cut = verify(&dossier[..dossier.len() - 1]);
    assert_eq!(cut.counts.bytes, dossier.len() as u64 - 1);
    assert_eq!(cut.events.len(), 2, "what was read is judged");
    let failures: Vec<_> = cut.failures().map(|claim| (claim.id, claim.why)).collect();
    assert_eq!(failures, [("claim-container", Some("why-truncated"))], "and nothing else fails");
    let early = verify(&dossier[..dossier.len() / 2]);
    let failures: Vec<_> = early.failures().map(|claim| claim.id).collect();
    assert_eq!(failures, ["claim-container"]);
    assert!(early.stopped_in.is_some());
}
