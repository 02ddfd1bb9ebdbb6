//! Scores of all rules on the made-up district, with the times: `… [COMPANIES [SEED]]`.
#![allow(clippy::disallowed_methods, reason = "it measures")]

use std::time::Instant;

fn main() {
    let mut given = std::env::args().skip(1).filter_map(|word| word.parse().ok());
    let catalog = catalog::Catalog::shipped().expect("the shipped data");
    let plan = catalog.twin().expect("the parameters");
    let (companies, seed) =
        (given.next().unwrap_or(plan.companies), given.next().unwrap_or(plan.seed));
    let start = Instant::now();
    let made = warning::twin::make(plan, companies, seed);
    println!(
        "made in {:?}: {} facts, {} harms",
        start.elapsed(),
        made.district.facts().count(),
        made.harms.len()
    );
    for rule in catalog.warnings() {
        let start = Instant::now();
        let one = warning::score(rule, plan, &made);
        println!(
            "{:18} alerts {:5} named {:6} precision {:4} random {:4} recent {:4} recall {:4} lead {:4} load {:5} harms {} in {:?}",
            one.rule,
            one.alerts,
            one.named,
            one.precision,
            one.random,
            one.recent,
            one.recall,
            one.lead,
            one.load,
            one.harms,
            start.elapsed()
        );
    }
    let start = Instant::now();
    let found: usize = catalog
        .warnings()
        .iter()
        .map(|rule| warning::find(rule, &made.district, plan.days as i32).len())
        .sum();
    println!("all rules on one day: {found} found in {:?}", start.elapsed());
}
