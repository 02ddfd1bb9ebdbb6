//! Every control that the ledger tells has three histories, and falls with what decided it. The
//! histories lie beside the controls; a new control without them fails here by its name.

use std::collections::{BTreeMap, BTreeSet};

use assess::{Ground, Standing};
use serde::Deserialize;

use crate::history::{catalogue, day, judged, read};

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    control: String,
    pass: Vec<String>,
    fail: Vec<String>,
    beside: Vec<String>,
    /// What is there in `beside`, and why it does not do.
    why: String,
}

const TODAY: &str = "2026-11-27";

fn cases() -> BTreeMap<String, Case> {
    let text = include_str!("../../../../catalog/controls/controls.case.toml");
    let cases: Cases = toml::from_str(text).expect("the histories can be read");
    let count = cases.case.len();
    let cases: BTreeMap<_, _> =
        cases.case.into_iter().map(|case| (case.control.clone(), case)).collect();
    assert_eq!(cases.len(), count, "a control has its histories twice");
    cases
}

#[test]
fn each_control_stands_fails_and_is_not_taken_in_by_something_beside_it() {
    let catalog = catalogue();
    let controls = catalog.controls().expect("the controls");
    let cases = cases();
    let mut faults = Vec::new();
    let checked: BTreeSet<_> = controls
        .all()
        .filter(|(_, one)| one.check.is_some())
        .map(|(_, one)| one.id.id.as_str())
        .collect();
    for id in cases.keys().filter(|id| !checked.contains(id.as_str())) {
        faults.push(format!("{id}: has histories, and no check"));
    }
    for id in checked {
        let Some(case) = cases.get(id) else {
            faults.push(format!("{id}: no histories in catalog/controls/controls.case.toml"));
            continue;
        };
        let stands = |lines: &[String]| {
            let told = read(lines);
            let found = judged(controls, &told, day(TODAY));
            let line = found.line(id).expect("a line for each control");
            (line.standing, line.grounds.clone(), line.lacks.clone())
        };
        let mut want = |name: &str, lines: &[String], wanted: Standing| {
            let (standing, grounds, lacks) = stands(lines);
            if standing != wanted {
                faults.push(format!("{id}: {name}: {standing:?}, by {grounds:?}, lacks {lacks:?}"));
            }
            if wanted == Standing::Met && grounds.is_empty() {
                faults.push(format!("{id}: {name}: nothing decided"));
            }
            if wanted == Standing::Unmet
                && lacks.iter().any(|one| !assess::Lack::KEYS.contains(&one.key))
            {
                faults.push(format!("{id}: {name}: a lack that has no words: {lacks:?}"));
            }
        };
        want("pass", &case.pass, Standing::Met);
        want("fail", &case.fail, Standing::Unmet);
        want(&case.why, &case.beside, Standing::Unmet);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn without_what_decided_no_control_stands() {
    let catalog = catalogue();
    let controls = catalog.controls().expect("the controls");
    let mut faults = Vec::new();
    for (id, case) in &cases() {
        let told = read(&case.pass);
        let grounds = judged(controls, &told, day(TODAY)).line(id).expect("a line").grounds.clone();
        for ground in grounds {
            let rest: Vec<_> = told.iter().filter(|one| one.ground() != ground).cloned().collect();
            assert!(rest.len() < told.len(), "{id}: {ground:?} is nothing that was told");
            let found = judged(controls, &rest, day(TODAY));
            if found.line(id).expect("a line").standing == Standing::Met {
                faults.push(format!("{id}: stands without {ground:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn at_least_half_are_told_by_the_ledger_and_the_first_nine_take_an_hour() {
    let catalog = catalogue();
    let controls = catalog.controls().expect("the controls");
    let all: Vec<_> = controls.all().map(|(_, one)| one).collect();
    let checked = all.iter().filter(|one| one.check.is_some()).count();
    assert!(all.len() >= 80, "{} controls", all.len());
    assert!(2 * checked >= all.len(), "{checked} of {}", all.len());
    let first: Vec<_> = all.iter().filter(|one| one.step.id == controls.step[0].id.id).collect();
    assert_eq!(first.len(), 9);
    assert!(first.iter().map(|one| one.minutes).sum::<u32>() <= 60);
    for one in &all {
        assert!((1..=5).contains(&one.weight), "{}: weight", one.id.id);
        assert!(one.minutes > 0, "{}: minutes", one.id.id);
        assert!(
            !one.cites.is_empty() || !one.follows.is_empty() || one.check.is_some(),
            "{}: has a source",
            one.id.id
        );
        assert_eq!(one.check.is_some(), one.at.is_some(), "{}: where it is done", one.id.id);
    }
}

/// A checkpoint is no entry: nothing takes one for the other.
#[test]
fn a_checkpoint_of_a_size_is_not_the_entry_of_that_place() {
    assert_ne!(Ground::Entry(1), Ground::Checkpoint(1));
}
