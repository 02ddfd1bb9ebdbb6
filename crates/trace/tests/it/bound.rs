//! The bound on false accusations.

use proptest::prelude::*;
use trace::accuse::{Budget, accuse};
use trace::code::{BIASES, Grade, Reading, Seen};
use trace::drill::{
    Chance, Strategy as Leak, Wear, book, book_of, chances, evidence, leak, sources,
};

/// Few enough sites to try every word there is.
const SITES: usize = 9;

fn biases() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(proptest::sample::select(&BIASES[..]), SITES)
}

fn reading() -> impl Strategy<Value = Reading> {
    let seen = proptest::sample::select(vec![Seen::Nothing, Seen::Zero, Seen::One, Seen::One]);
    let grade = proptest::sample::select(vec![Grade::Sure, Grade::Fair, Grade::Poor]);
    proptest::collection::vec((seen, grade), SITES).prop_map(|sites| {
        let (seen, grades) = sites.into_iter().unzip();
        Reading { seen, grades }
    })
}

/// The probability that a copy which is no source has this word.
fn probability(word: u64, biases: &[u8]) -> f64 {
    let chance = |(site, &bias): (usize, &u8)| {
        let bias = f64::from(bias) / 256.0;
        if word >> site & 1 == 1 { bias } else { 1.0 - bias }
    };
    biases.iter().enumerate().map(chance).product()
}

proptest! {
    /// The heart of the proof, word by word: whatever was read and whichever copies are given, the
    /// e-value of a copy that is no source has the mean 1.
    #[test]
    fn an_e_value_has_the_mean_one(
        biases in biases(),
        reading in reading(),
        given in proptest::collection::vec(0u64..1 << SITES, 0..4),
    ) {
        let words = given.iter().copied().chain(0..1 << SITES);
        let book = book_of(&biases, words);
        let known: Vec<usize> = (0..given.len()).collect();
        let bits = evidence(&book, &reading, &known);
        let mean: f64 = (0..1u64 << SITES)
            .map(|word| probability(word, &biases) * bits[given.len() + word as usize].exp2())
            .sum();
        prop_assert!((mean - 1.0).abs() < 1e-9, "{mean}");
    }

    /// A stated chance of at most *u* has a probability of at most *u*, for each *u*.
    #[test]
    fn a_chance_is_never_understated(biases in biases(), reading in reading()) {
        let book = book_of(&biases, 0..1 << SITES);
        let mut words: Vec<(f64, f64)> = chances(&book, &reading)
            .into_iter()
            .zip(0..)
            .map(|(chance, word)| (chance, probability(word, &biases)))
            .collect();
        words.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut sum = 0.0;
        for (at, (chance, probability)) in words.iter().enumerate() {
            sum += probability;
            let last_of_equals = words.get(at + 1).is_none_or(|next| next.0 > *chance);
            prop_assert!(!last_of_equals || sum <= chance * (1.0 + 1e-6), "{sum} > {chance}");
        }
    }
}

/// Some million scores of copies that were no source, at each amount of evidence. The long run,
/// of more than 10^8, is `cargo run --release -p trace --example simulate -- innocents 400`.
#[test]
fn copies_that_were_no_source_stay_below_the_bound() {
    let mut chance = Chance::new(3);
    let (mut scores, mut reached) = (0u32, [0u32; 20]);
    for round in 0..8 {
        let book = book(2_000, [64, 256, 512, 1024][round % 4], &mut chance);
        for strategy in Leak::ALL {
            for count in 1..=4 {
                let sources = sources(&book, count, &mut chance);
                let erased = [0.0, 0.5, 0.8][chance.below(3)];
                let wear = Wear { erased, wrong: [0.0, 0.1][chance.below(2)] };
                let reading = leak(&book, &sources, strategy, wear, &mut chance);
                for (copy, bits) in evidence(&book, &reading, &[]).into_iter().enumerate() {
                    if !sources.contains(&copy) {
                        scores += 1;
                        for (bar, count) in reached.iter_mut().enumerate() {
                            *count += u32::from(bits >= bar as f64);
                        }
                    }
                }
            }
        }
    }
    for (bits, count) in reached.into_iter().enumerate() {
        let expected = f64::from(scores) * (-(bits as f64)).exp2();
        let most = expected + 6.0 * expected.sqrt() + 6.0;
        assert!(f64::from(count) <= most, "{bits} bits: {count} of {scores}, at most {most}");
    }
}

/// With a budget so large that mistakes would show: investigations that name a copy which was no
/// source are not more than the budget says.
#[test]
fn a_large_budget_is_kept_too() {
    let (epsilon, copies, leaks) = (0.2, 300, 400);
    let mut chance = Chance::new(4);
    let mut false_ones = 0;
    for leaked in 0..leaks {
        let book = book(copies, [96, 192, 448][leaked % 3], &mut chance);
        let strategy = Leak::ALL[leaked % 7];
        let sources = sources(&book, 1 + leaked % 3, &mut chance);
        let wear = Wear { erased: [0.0, 0.6][leaked % 2], wrong: 0.05 };
        let reading = leak(&book, &sources, strategy, wear, &mut chance);
        let outcome = accuse(&book, &reading, &Budget { epsilon, among: copies });
        false_ones += usize::from(outcome.named.iter().any(|one| !sources.contains(&one.copy)));
    }
    // Three standard deviations above the budget, which itself is generous.
    assert!(false_ones as f64 <= leaks as f64 * epsilon + 24.0, "{false_ones} of {leaks}");
}

/// What is read from nothing, or from something that is no copy, names nobody.
#[test]
fn noise_and_silence_name_nobody() {
    let mut chance = Chance::new(5);
    let book = book(2_000, 512, &mut chance);
    let silence = Reading::plain(vec![Seen::Nothing; 512]);
    assert!(accuse(&book, &silence, &Budget::of(2_000)).named.is_empty());
    for _ in 0..20 {
        let noise = (0..512).map(|_| Seen::bit(chance.happens(0.5))).collect();
        let outcome = accuse(&book, &Reading::plain(noise), &Budget::of(2_000));
        assert!(outcome.named.is_empty());
        assert_eq!((outcome.ranks.len(), outcome.live), (10, 512));
    }
}
