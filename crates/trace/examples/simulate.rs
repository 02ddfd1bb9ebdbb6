//! Simulates leaks: `cargo run --release -p trace --example simulate -- innocents|one|groups [N]`.
//!
//! `innocents` counts how often copies that were no source reach each amount of evidence, beside
//! the proved bound; `one` and `groups` count how often the sources are named.

use trace::accuse::{Budget, accuse};
use trace::drill::{Chance, Strategy, Wear, book, evidence, leak, sources};

const COPIES: usize = 10_000;

fn main() {
    let mut args = std::env::args().skip(1);
    let what = args.next().unwrap_or_default();
    let times = args.next().and_then(|text| text.parse().ok()).unwrap_or(100);
    match what.as_str() {
        "innocents" => innocents(times),
        "one" => one(times),
        "groups" => groups(times),
        _ => eprintln!("say innocents, one or groups, and how many leaks of each sort"),
    }
}

fn innocents(times: usize) {
    let mut chance = Chance::new(1);
    let (mut scores, mut reached) = (0u64, [0u64; 30]);
    for round in 0..times {
        let book = book(COPIES, [128, 256, 512, 1024][round % 4], &mut chance);
        for strategy in Strategy::ALL {
            for count in 1..=4 {
                let sources = sources(&book, count, &mut chance);
                let wear = Wear {
                    erased: [0.0, 0.5, 0.8][chance.below(3)],
                    wrong: [0.0, 0.1][chance.below(2)],
                };
                let reading = leak(&book, &sources, strategy, wear, &mut chance);
                for (copy, bits) in evidence(&book, &reading, &[]).into_iter().enumerate() {
                    if !sources.contains(&copy) {
                        scores += 1;
                        let whole = if bits < 0.0 { 0 } else { (bits as usize + 1).min(30) };
                        reached[..whole].iter_mut().for_each(|count| *count += 1);
                    }
                }
            }
        }
    }
    println!("{scores} scores of copies that were no source");
    println!("bits  share reached  bound");
    for (bits, count) in reached.into_iter().enumerate() {
        let share = count as f64 / scores as f64;
        println!("{bits:4}  {share:13.3e}  {:.3e}", (-(bits as f64)).exp2());
    }
}

fn one(times: usize) {
    println!("sites erased wrong named false of");
    for (sites, erased, wrong) in [
        (48, 0.0, 0.0),
        (64, 0.0, 0.0),
        (128, 0.5, 0.05),
        (256, 0.0, 0.15),
        (512, 0.75, 0.05),
        (1024, 0.9, 0.05),
    ] {
        let case =
            Case { sites, count: 1, strategy: Strategy::Interleave, wear: Wear { erased, wrong } };
        let tally = case.run(times);
        println!("{sites:5} {erased:6} {wrong:5} {:5} {:5} {times}", tally.all, tally.wrong);
    }
}

fn groups(times: usize) {
    println!("sources sites strategy any all false of");
    for (count, sites) in [(2, 512), (3, 1024)] {
        for strategy in Strategy::ALL {
            let case = Case { sites, count, strategy, wear: Wear { erased: 0.0, wrong: 0.0 } };
            let Tally { any, all, wrong } = case.run(times);
            println!(
                "{count} {sites:5} {:12} {any:5} {all:5} {wrong:3} {times}",
                format!("{strategy:?}")
            );
        }
    }
}

struct Case {
    sites: usize,
    count: usize,
    strategy: Strategy,
    wear: Wear,
}

#[derive(Default)]
struct Tally {
    any: usize,
    all: usize,
    wrong: usize,
}

impl Case {
    fn run(&self, times: usize) -> Tally {
        let mut chance = Chance::new(7);
        let mut tally = Tally::default();
        let mut pages = book(COPIES, self.sites, &mut chance);
        for time in 0..times {
            if time % 20 == 19 {
                pages = book(COPIES, self.sites, &mut chance);
            }
            let sources = sources(&pages, self.count, &mut chance);
            let reading = leak(&pages, &sources, self.strategy, self.wear, &mut chance);
            let outcome = accuse(&pages, &reading, &Budget::of(COPIES));
            let right = outcome.named.iter().filter(|named| sources.contains(&named.copy)).count();
            tally.any += usize::from(right > 0);
            tally.all += usize::from(right == self.count);
            tally.wrong += outcome.named.len() - right;
        }
        tally
    }
}
