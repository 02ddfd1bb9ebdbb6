//! The made-up district and what rules are worth on it.

use catalog::Catalog;
use catalog::warning::{Harm, Sort};
use warning::{interval, score, twin, version};

/// A district small enough for a test, and large enough for alerts.
const SMALL: u32 = 1_500;

#[test]
fn the_parameters_are_those_that_were_frozen() {
    assert_eq!(
        twin::digest(),
        twin::FROZEN,
        "catalog/twin/district.toml was changed: a new edition, and all scores begin anew"
    );
}

#[test]
fn the_same_seed_makes_the_same_district_and_another_one_another() {
    let catalog = Catalog::shipped().expect("the shipped data");
    let plan = catalog.twin().expect("the parameters");
    let one = twin::make(plan, SMALL, 7);
    assert_eq!(one, twin::make(plan, SMALL, 7));
    assert_ne!(one.harms, twin::make(plan, SMALL, 8).harms);
    // Every sort of fact that a rule can ask for, and both harms.
    let last = plan.days as i32;
    for sort in Sort::ALL {
        assert!(!one.district.known(sort, last).is_empty(), "no {}", sort.key());
    }
    for harm in [Harm::Leak, Harm::Delay] {
        assert!(one.harms.iter().any(|one| one.harm == harm), "no {}", harm.key());
    }
    for fact in one.district.facts() {
        assert!(fact.company.is_some_and(|at| at < SMALL) && fact.day <= last);
        assert!(fact.ended.is_none_or(|ended| ended >= fact.day), "{fact:?}");
    }
}

#[test]
fn a_score_is_the_same_each_time_and_adds_up() {
    let catalog = Catalog::shipped().expect("the shipped data");
    let plan = catalog.twin().expect("the parameters");
    let made = twin::make(plan, SMALL, plan.seed);
    for rule in catalog.warnings() {
        let one = score(rule, plan, &made);
        assert_eq!(one, score(rule, plan, &made), "{}", rule.id);
        assert_eq!(one.version, version(rule));
        assert!(one.hits <= one.named && one.foreseen <= one.harms, "{one:?}");
        assert!(one.lead <= rule.horizon, "{one:?}");
        assert_eq!(one.digest().len(), 64);
        println!("{}", serde_json::to_string(&one).expect("json"));
    }
}

#[test]
fn versions_follow_the_text_and_differ_between_rules() {
    let catalog = Catalog::shipped().expect("the shipped data");
    let mut versions: Vec<_> = catalog.warnings().iter().map(version).collect();
    versions.sort_unstable();
    versions.dedup();
    assert_eq!(versions.len(), catalog.warnings().len());
}

#[test]
fn an_interval_holds_its_share_and_narrows() {
    assert_eq!(interval(0, 0), (0, 1_000));
    // Wilson (1927), 1 of 10 and 10 of 100, worked by hand.
    assert_eq!(interval(1, 10), (18, 404));
    assert_eq!(interval(10, 100), (55, 174));
    assert_eq!(interval(10, 10).1, 1_000);
}
