//! Which leaks are traced. The long runs, a thousand leaks and more for each row, are
//! `cargo run --release -p trace --example simulate -- one|groups 1000`.

use trace::accuse::{Budget, Test, accuse};
use trace::code::Codebook;
use trace::drill::{Chance, Strategy, Wear, book, leak, sources};

const COPIES: usize = 10_000;
const CLEAN: Wear = Wear { erased: 0.0, wrong: 0.0 };

struct Case {
    sites: usize,
    sources: usize,
    strategy: Strategy,
    wear: Wear,
}

impl Case {
    /// How many of so many leaks have all their sources named; a false name fails the test.
    fn traced(&self, leaks: usize) -> usize {
        let mut chance = Chance::new(11);
        let book = book(COPIES, self.sites, &mut chance);
        (0..leaks).filter(|_| self.all_named(&book, &mut chance)).count()
    }

    fn all_named(&self, book: &Codebook, chance: &mut Chance) -> bool {
        let sources = sources(book, self.sources, chance);
        let reading = leak(book, &sources, self.strategy, self.wear, chance);
        let outcome = accuse(book, &reading, &Budget::of(COPIES));
        for named in &outcome.named {
            assert!(sources.contains(&named.copy), "{} was no source", named.copy);
            assert!(named.bound <= trace::accuse::EPSILON, "{named:?}");
        }
        outcome.named.len() == sources.len()
    }
}

#[test]
fn a_single_source_is_named() {
    for (sites, erased, wrong) in
        [(48, 0.0, 0.0), (64, 0.0, 0.0), (256, 0.0, 0.15), (512, 0.75, 0.05), (1024, 0.9, 0.05)]
    {
        let wear = Wear { erased, wrong };
        let case = Case { sites, sources: 1, strategy: Strategy::Interleave, wear };
        let traced = case.traced(40);
        assert!(traced >= 39, "{sites} sites, {erased} erased, {wrong} wrong: {traced} of 40");
    }
}

/// Below what the proof needs, the answer is that it cannot be told.
#[test]
fn too_few_sites_tell_nothing() {
    let case = Case { sites: 32, sources: 1, strategy: Strategy::Interleave, wear: CLEAN };
    assert_eq!(case.traced(10), 0);
}

#[test]
fn groups_of_two_and_three_are_named() {
    for (sources, sites) in [(2, 512), (3, 1024)] {
        for strategy in Strategy::ALL {
            let traced = Case { sites, sources, strategy, wear: CLEAN }.traced(8);
            assert!(traced >= 8, "{sources} {strategy:?}: {traced} of 8");
        }
    }
}

/// Whose pages were only an eighth of the leak is named by that piece.
#[test]
fn a_piece_names_its_source() {
    let mut chance = Chance::new(12);
    let book = book(COPIES, 1024, &mut chance);
    let (main, piece) = (17, 4711);
    let mut reading = leak(&book, &[main], Strategy::Interleave, CLEAN, &mut chance);
    let part = leak(&book, &[piece], Strategy::Interleave, CLEAN, &mut chance);
    reading.seen[512..640].clone_from_slice(&part.seen[512..640]);
    let outcome = accuse(&book, &reading, &Budget::of(COPIES));
    let found = outcome.named.iter().find(|named| named.copy == piece).unwrap();
    assert!(outcome.named.iter().any(|named| named.copy == main));
    let Test::Single { sites, live, matches, .. } = &found.test else { panic!("{found:?}") };
    assert!(sites.start >= 448 && sites.end <= 704, "{sites:?}");
    assert!(matches * 10 >= live * 9);
}
