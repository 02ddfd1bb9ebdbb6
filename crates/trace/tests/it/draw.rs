//! Words are drawn from what nobody alone chooses.

use trace::code::{BIASES, Biases, SITES_FOR_GROUPS, Word};
use trace::key::{Draw, Seed};

const PLAN: [u8; 32] = [9; 32];

fn word(seed: &Seed, draw: &Draw<'_>) -> Word {
    let biases = Biases::draw(seed, &PLAN, 256);
    Word::draw(&seed.copy_key(&PLAN, draw), &biases)
}

fn differing(a: &Word, b: &Word) -> usize {
    (0..256).filter(|&site| a.bit(site) != b.bit(site)).count()
}

/// Whatever changes, about half of the word changes: seed, copy, nonce, beacon; and a field's end
/// cannot be moved into the next.
#[test]
fn a_word_depends_on_everything_that_is_recorded() {
    let (seed, other) = (Seed::new([1; 32]), Seed::new([2; 32]));
    let draw = Draw { copy: "FB-0001", nonce: b"nonce", beacon: b"beacon" };
    let first = word(&seed, &draw);
    assert_eq!(first, word(&seed, &draw));
    for changed in [
        word(&other, &draw),
        word(&seed, &Draw { copy: "FB-0002", ..draw }),
        word(&seed, &Draw { nonce: b"", ..draw }),
        word(&seed, &Draw { beacon: b"", ..draw }),
        word(&seed, &Draw { nonce: b"nonceb", beacon: b"eacon", ..draw }),
    ] {
        let differ = differing(&first, &changed);
        assert!((80..=176).contains(&differ), "{differ} of 256");
    }
}

/// An issuer who wants a copy to look as a leak does: after the seed is committed and the recipient
/// has chosen, there is one word left, and another seed does not open the commitment. Trying seeds
/// beforehand gains nothing, as the recipient's choice is not known then.
#[test]
fn an_issuer_cannot_choose_a_word() {
    let wanted = word(&Seed::new([77; 32]), &Draw { copy: "x", nonce: b"", beacon: b"" });
    let nonce = b"chosen by the recipient, later";
    let draw = Draw { copy: "FB-0001", nonce, beacon: b"checkpoint" };
    let guessed = Draw { nonce: b"guess", ..draw };
    let seeds = (0..2_000u32).map(|count| {
        let mut bytes = [5; 32];
        bytes[..4].copy_from_slice(&count.to_be_bytes());
        Seed::new(bytes)
    });
    let best = seeds.min_by_key(|seed| differing(&word(seed, &guessed), &wanted)).unwrap();
    let (aimed, drawn) = (word(&best, &guessed), word(&best, &draw));
    assert!(differing(&aimed, &wanted) < 105, "trying seeds does help while all else is known");
    assert!(differing(&drawn, &wanted) > 90, "and is lost when the recipient chooses");
    let later = Seed::new([6; 32]);
    assert_ne!(later.commitment(), best.commitment(), "another seed is another commitment");
}

#[test]
fn bits_are_as_frequent_as_their_biases() {
    let seed = Seed::new([3; 32]);
    let few = Biases::draw(&seed, &PLAN, SITES_FOR_GROUPS - 1);
    assert!(few.as_slice().iter().all(|&bias| bias == BIASES[1]));
    let many = Biases::draw(&seed, &PLAN, 2_000);
    for bias in BIASES {
        let sites: Vec<usize> = (0..2_000).filter(|&site| many.as_slice()[site] == bias).collect();
        assert!(sites.len() > 400, "{bias}: {}", sites.len());
        let mut ones = 0;
        for copy in 0..40 {
            let copy = format!("FB-{copy:04}");
            let key = seed.copy_key(&PLAN, &Draw { copy: &copy, nonce: &[], beacon: &[] });
            let word = Word::draw(&key, &many);
            ones += sites.iter().filter(|&&site| word.bit(site)).count();
        }
        let share = ones as f64 / (40 * sites.len()) as f64;
        assert!((share - f64::from(bias) / 256.0).abs() < 0.02, "{bias}: {share}");
    }
}
