//! Stories beside the data: each `x.case.toml` walks `x.toml`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use catalog::{
    AnyOf, Case, Catalog, Day, Happening, Mark, Papers, Procedure, Refusal, Standing, When, Why,
};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stories {
    #[serde(default)]
    case: Vec<Story>,
    #[serde(default)]
    forbidden: Vec<Forbidden>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
struct Story {
    id: String,
    kind: String,
    after: Option<String>,
    #[serde(default)]
    given: Vec<String>,
    now: Option<String>,
    #[serde(rename = "try")]
    attempt: Option<String>,
    refused: Option<String>,
    #[serde(default)]
    expect: Vec<String>,
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Forbidden {
    id: String,
    after: Option<String>,
    #[serde(default)]
    given: Vec<String>,
    #[serde(rename = "try")]
    attempt: String,
    refused: String,
    #[serde(default)]
    names: Vec<String>,
    cites: String,
}

const KINDS: [&str; 7] =
    ["normal", "late", "paused", "returned", "joined", "withdrawn", "wrong_input"];

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/procedures")
}

fn stories() -> Vec<(String, Stories)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder()).expect("catalog/procedures").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(id) = name.strip_suffix(".case.toml") {
            let text = std::fs::read_to_string(entry.path()).expect("a story file");
            let read = toml::from_str(&text).unwrap_or_else(|trouble| panic!("{name}: {trouble}"));
            all.push((id.to_owned(), read));
        }
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

/// `DATE [TIME] STEP [by ROLE] [for DATE] [without ITEM,…] [with ITEM,…]`
fn happening(procedure: &Procedure, line: &str) -> (Happening, Papers) {
    let mut words = line.split_whitespace().peekable();
    let mut at = words.next().expect("a date").to_owned();
    if words.peek().is_some_and(|word| word.contains(':')) {
        at = format!("{at} {}", words.next().expect("a time"));
    }
    let step = words.next().expect("a step").to_owned();
    let first = |step: &str| procedure.step(step).map(|row| row.by[0].id.clone());
    let mut next = Happening {
        at: When::parse(&at).unwrap_or_else(|trouble| panic!("{line}: {trouble}")),
        by: first(&step).unwrap_or_default(),
        step,
        planned: None,
    };
    let lifted: BTreeSet<_> = procedure
        .rule
        .iter()
        .filter_map(|rule| rule.unless.as_ref())
        .collect::<Vec<_>>()
        .into_iter()
        .map(|row| row.id.clone())
        .collect();
    let mut papers: Papers = procedure
        .item
        .iter()
        .map(|item| item.id.id.clone())
        .filter(|id| !lifted.contains(id))
        .collect();
    while let Some(word) = words.next() {
        let value = words.next().unwrap_or_else(|| panic!("{line}: nothing after {word}"));
        match word {
            "by" => next.by = value.to_owned(),
            "for" => next.planned = Some(Day::parse(value).expect("a day")),
            "with" => papers.extend(value.split(',').map(str::to_owned)),
            "without" => value.split(',').for_each(|item| {
                assert!(papers.remove(item), "{line}: {item} is no paper of the procedure");
            }),
            _ => panic!("{line}: {word}?"),
        }
    }
    (next, papers)
}

/// What had happened when the story begins, the stories before it included.
fn history(id: &str, stories: &Stories, after: Option<&str>, given: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(after) = after {
        let before = stories.case.iter().find(|story| story.id == after);
        let before = before.unwrap_or_else(|| panic!("{id}: no story {after}"));
        lines = history(id, stories, before.after.as_deref(), &before.given);
    }
    lines.extend(given.iter().cloned());
    lines
}

fn play<'c>(catalog: &'c Catalog, id: &str, name: &str, lines: &[String]) -> (Case<'c>, When) {
    let mut case = catalog.open_version(id, 1).expect("version 1");
    let mut now = When::parse("2026-01-01").expect("a day");
    for line in lines {
        let (next, papers) = happening(case.procedure(), line);
        now = next.at;
        if let Err(refusal) = case.take(next, &papers) {
            panic!("{id}/{name}: {line}: refused: {}", told(&refusal));
        }
    }
    (case, now)
}

fn told(refusal: &Refusal<'_>) -> String {
    format!("{:?} under {:?}", refusal.why, refusal.cites.map(ToString::to_string))
}

fn standing(word: &str) -> Standing {
    match word {
        "running" => Standing::Running,
        "paused" => Standing::Paused,
        "met" => Standing::Met,
        "met_late" => Standing::MetLate,
        "late" => Standing::Late,
        "lapsed" => Standing::Lapsed,
        "expired" => Standing::Expired,
        "over" => Standing::Over,
        "void" => Standing::Void,
        "moot" => Standing::Moot,
        _ => panic!("no standing {word}"),
    }
}

fn check(case: &Case<'_>, now: When, expected: &str) -> Result<(), String> {
    let words: Vec<&str> = expected.split(' ').collect();
    if let ["at", state] = words[..] {
        let main = case.state(case.procedure().main());
        return (main == Some(state)).then_some(()).ok_or(format!("is at {main:?}"));
    }
    if let ["track", track, "at", state] = words[..] {
        let at = case.state(track);
        return (at == Some(state)).then_some(()).ok_or(format!("is at {at:?}"));
    }
    let id = words[0];
    assert!(case.procedure().deadline(id).is_some(), "{expected}: no clock {id}");
    let clock = case.clock(id, now);
    if words[1] == "absent" {
        return clock.is_none().then_some(()).ok_or("it runs".to_owned());
    }
    let clock = clock.ok_or("nothing has started it")?;
    match words[1] {
        "due" => {
            let (due, cites) = expected[id.len() + 5..]
                .split_once(" under ")
                .unwrap_or((&expected[id.len() + 5..], ""));
            let end = clock.end.map(|end| end.to_string()).unwrap_or_default();
            let cited = clock.cites.to_string();
            (end == due && (cites.is_empty() || cited == cites))
                .then_some(())
                .ok_or(format!("due {end} under {cited}"))
        }
        "is" => (clock.standing == standing(words[2]))
            .then_some(())
            .ok_or(format!("is {:?}, due {:?}", clock.standing, clock.end)),
        "mark" => {
            let mark = match words[2] {
                "seen" => Mark::Seen,
                "inferred" => Mark::Inferred,
                "recalled" => Mark::Recalled,
                _ => panic!("{expected}"),
            };
            (clock.mark == mark).then_some(()).ok_or(format!("mark {:?}", clock.mark))
        }
        "provisional" => clock.provisional.then_some(()).ok_or("certain".to_owned()),
        "certain" => (!clock.provisional).then_some(()).ok_or("provisional".to_owned()),
        _ => panic!("{expected}?"),
    }
}

pub fn catalog() -> Catalog {
    Catalog::shipped().unwrap_or_else(|faults| {
        let lines: Vec<_> = faults.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"))
    })
}

#[test]
fn every_story_ends_as_told() {
    let catalog = catalog();
    let mut wrong = Vec::new();
    let (mut told_cases, mut dates) = (0, 0);
    let mut kinds = BTreeSet::new();
    for (id, stories) in &stories() {
        for story in &stories.case {
            assert!(KINDS.contains(&story.kind.as_str()), "{id}/{}: {}", story.id, story.kind);
            assert!(!story.why.is_empty());
            kinds.insert(story.kind.clone());
            told_cases += 1;
            let lines = history(&story.id, stories, story.after.as_deref(), &story.given);
            let (case, last) = play(&catalog, id, &story.id, &lines);
            let now = story.now.as_ref().map_or(last, |now| When::parse(now).expect("now"));
            assert!(story.attempt.is_some() || !story.expect.is_empty(), "{}", story.id);
            if let Some(attempt) = &story.attempt {
                let (next, papers) = happening(case.procedure(), attempt);
                let key = case.allowed(&next, &papers).err().map(|refusal| refusal.why.key());
                assert_eq!(key, story.refused.as_deref(), "{id}/{}", story.id);
            }
            for expected in &story.expect {
                dates += usize::from(expected.contains(" due "));
                if let Err(but) = check(&case, now, expected) {
                    wrong.push(format!(
                        "{id}/{}: {expected}\n    but {but}\n    {}",
                        story.id, story.why
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(kinds.len(), KINDS.len(), "every kind of story is told");
    assert!(told_cases >= 140 && dates >= 100, "{told_cases} cases, {dates} dates");
}

#[test]
fn every_forbidden_step_is_refused_under_its_article() {
    let catalog = catalog();
    let mut wrong = Vec::new();
    let mut count = 0;
    for (id, stories) in &stories() {
        for row in &stories.forbidden {
            count += 1;
            let lines = history(&row.id, stories, row.after.as_deref(), &row.given);
            let (case, _) = play(&catalog, id, &row.id, &lines);
            let (next, papers) = happening(case.procedure(), &row.attempt);
            let Err(refusal) = case.allowed(&next, &papers) else {
                wrong.push(format!("{id}/{}: allowed", row.id));
                continue;
            };
            let cites = refusal.cites.map(ToString::to_string).unwrap_or_default();
            let missing: Vec<&AnyOf> = match &refusal.why {
                Why::Missing(missing) => missing.clone(),
                _ => Vec::new(),
            };
            let named = missing.len() == row.names.len()
                && row.names.iter().all(|name| missing.iter().any(|any| any.ids.contains(name)));
            if refusal.why.key() != row.refused || cites != row.cites || !named {
                wrong.push(format!(
                    "{id}/{}: {} {} {}\n    but {}",
                    row.id,
                    row.refused,
                    row.names.join(","),
                    row.cites,
                    told(&refusal)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 130, "{count}");
}
