//! Each argument of the other side: a history that triggers it, and the same with its answer.

use std::collections::BTreeSet;

use assess::{Fact, Raised, State, Vouch, argue};
use catalog::Catalog;
use domain::Number;
use serde::Deserialize;

use crate::history::{Told, catalogue, day, read};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    base: Vec<String>,
    case: Vec<Pair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    argument: String,
    on: String,
    #[serde(default)]
    without: Vec<String>,
    #[serde(default)]
    history: Vec<String>,
    answer: Vec<String>,
}

fn cases() -> Cases {
    let text = include_str!("../../../../catalog/incidents/moot.case.toml");
    toml::from_str(text).unwrap_or_else(|why| panic!("moot.case.toml: {why}"))
}

fn incident() -> Number {
    Number::parse("SJ-0001").expect("a number")
}

/// The lines in the order of their days.
fn told(lines: impl Iterator<Item = String>) -> Vec<Told> {
    let mut lines: Vec<String> = lines.collect();
    lines.sort_by(|a, b| a[..10].cmp(&b[..10]));
    read(&lines)
}

impl Cases {
    fn history(&self, pair: &Pair) -> impl Iterator<Item = String> {
        let stays = |line: &&String| !pair.without.iter().any(|out| line.starts_with(out));
        let base: Vec<String> = self.base.iter().filter(stays).cloned().collect();
        base.into_iter().chain(pair.history.clone())
    }
}

fn raised<'c>(catalogue: &'c Catalog, told: &[Told], on: &str) -> Vec<Raised<'c>> {
    let mut state = State::default();
    let mut vouched: Vec<Vouch> = Vec::new();
    for one in told {
        match one {
            Told::Event { idx, day, event, sealed } => {
                assert!(assess::KINDS.contains(&event.tag()), "{} is told", event.tag());
                state.tell(Fact { idx: *idx, day: *day, event, sealed });
            }
            Told::Vouch(vouch) => vouched.push(*vouch),
        }
    }
    argue(catalogue, &state, &vouched, incident(), day(on)).expect("the incident is told")
}

#[test]
fn each_argument_is_triggered_by_an_entry_and_goes_with_its_answer() {
    let (catalogue, cases) = (catalogue(), cases());
    let moot = catalogue.moot().expect("the arguments are shipped");
    let mut seen = BTreeSet::new();
    for pair in &cases.case {
        let name = &pair.argument;
        let argument = moot.argument(name).unwrap_or_else(|| panic!("no argument {name}"));
        let before = told(cases.history(pair));
        let found = raised(&catalogue, &before, &pair.on);
        let one = found.iter().find(|one| one.argument.id.id == argument.id.id);
        let one = one.unwrap_or_else(|| panic!("{name} is not triggered"));
        for hit in &one.hits {
            let entry = before.iter().find_map(|told| match told {
                Told::Event { idx, day, .. } if *idx == hit.idx => Some(*day),
                _ => None,
            });
            assert_eq!(entry, Some(hit.day), "{name} cites an entry with its day");
        }
        let after = told(cases.history(pair).chain(pair.answer.clone()));
        let left = raised(&catalogue, &after, &pair.on);
        assert!(
            !left.iter().any(|one| one.argument.id.id == *name),
            "{name} stays with its answer"
        );
        assert!(seen.insert(name.clone()), "{name} has two pairs");
    }
    let all: BTreeSet<String> = moot.argument.iter().map(|one| one.id.id.clone()).collect();
    assert_eq!(seen, all, "each argument has a pair");
    assert!(all.len() >= 24);
}

/// What was made after the act does not answer what had to be there before it.
#[test]
fn papers_from_after_the_act_answer_nothing_that_must_be_older() {
    let (catalogue, cases) = (catalogue(), cases());
    let moot = catalogue.moot().expect("the arguments are shipped");
    let mut tried = 0;
    for pair in &cases.case {
        let argument = moot.argument(&pair.argument).expect("checked above");
        for item in argument.items.iter().filter(|_| argument.before) {
            for (dated, goes) in [("2026-02-02", false), ("2026-02-01", true)] {
                let exhibit = format!(
                    "2026-03-06 incident.preserved incident=SJ-0001 no=9 item={} paper=1 \
                     bears=[signature,date,origin,custody] dated={dated} happened=2026-03-06",
                    item.id
                );
                let all = told(cases.history(pair).chain([exhibit]));
                let found = raised(&catalogue, &all, &pair.on);
                let stays = found.iter().any(|one| one.argument.id.id == pair.argument);
                assert_eq!(!stays, goes, "{} by {} of {dated}", pair.argument, item.id);
                tried += 1;
            }
        }
    }
    assert!(tried > 20, "{tried} tried");
}
