//! `midun bench trace`: how long it takes to name the sources of a leak among 10,000 copies, beside
//! the time the machine needs to look at each bit of all words once.

use std::time::{Duration, Instant};

use serde_json::json;
use trace::accuse::{Budget, accuse};
use trace::code::{Biases, Codebook, Word};
use trace::drill::{Chance, Strategy, Wear, book, evidence, leak, sources};
use trace::key::{Draw, Seed};

use super::Desk;

const COPIES: usize = 10_000;
const SITES: usize = 1_024;
const CLEAN: Wear = Wear { erased: 0.0, wrong: 0.0 };
/// How often each is measured; the median counts.
const TIMES: usize = 9;

pub fn run(desk: &Desk<'_>) -> anyhow::Result<()> {
    let mut chance = Chance::new(1);
    let book = book(COPIES, SITES, &mut chance);
    let lone = leak(&book, &sources(&book, 1, &mut chance), Strategy::Ones, CLEAN, &mut chance);
    let group = sources(&book, 3, &mut chance);
    let mixed = leak(&book, &group, Strategy::Interleave, CLEAN, &mut chance);

    let floor = median(|| looked_at(&book));
    let score = median(|| evidence(&book, &lone, &[]).len());
    let single = median(|| accuse(&book, &lone, &Budget::of(COPIES)).named.len());
    let joint = median(|| accuse(&book, &mixed, &Budget::of(COPIES)).named.len());
    let draw = median(|| drawn().copies());
    let named = accuse(&book, &mixed, &Budget::of(COPIES)).named.len();
    anyhow::ensure!(named == group.len(), "all sources are named");

    let millis = |time: Duration| time.as_secs_f64() * 1e3;
    let ratio = millis(score) / millis(floor);
    let value = json!({
        "copies": COPIES, "sites": SITES, "floor_millis": millis(floor),
        "score_millis": millis(score), "ratio": ratio, "single_millis": millis(single),
        "joint_millis": millis(joint), "draw_millis": millis(draw),
    });
    let args = [
        ("copies", COPIES.to_string()),
        ("sites", SITES.to_string()),
        ("floor", format!("{:.2}", millis(floor))),
        ("score", format!("{:.1}", millis(score))),
        ("ratio", format!("{ratio:.1}")),
        ("single", format!("{:.1}", millis(single))),
        ("joint", format!("{:.0}", millis(joint))),
        ("draw", format!("{:.0}", millis(draw))),
    ];
    desk.say.result(&value, || format!("{}\n", desk.say.tr("bench-trace", &args)));
    Ok(())
}

fn median(mut work: impl FnMut() -> usize) -> Duration {
    let mut times: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let begun = Instant::now();
            std::hint::black_box(work());
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[TIMES / 2]
}

/// Looks at each bit of all words once: the least that any scoring must do.
fn looked_at(book: &Codebook) -> usize {
    (0..book.copies()).map(|copy| book.ones(copy)).sum()
}

/// All words out of a seed.
fn drawn() -> Codebook {
    let (seed, plan) = (Seed::new([1; 32]), [2; 32]);
    let mut book = Codebook::new(Biases::draw(&seed, &plan, SITES));
    for copy in 0..COPIES {
        let copy = format!("FB-{copy:04}");
        let key = seed.copy_key(&plan, &Draw { copy: &copy, nonce: &[], beacon: &[] });
        let word = Word::draw(&key, book.biases());
        book.push(&word);
    }
    book
}
