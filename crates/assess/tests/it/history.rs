//! Histories as lines of text: `2026-01-05 secret.registered no=MD-0001 level=core +origin`.

use assess::{Assessment, Fact, State, Vouch, assess};
use catalog::{Catalog, Controls};
use domain::terms::Standing as Relation;
use domain::{Day, Event};
use evidence::kind::{Class, kind};
use serde_json::{Map, Value, json};

/// The catalogue of this program.
pub fn catalogue() -> Catalog {
    Catalog::shipped().expect("the shipped data is checked")
}

pub fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

/// A line of a history.
#[derive(Clone, Debug)]
pub enum Told {
    Event { idx: u64, day: Day, event: Box<Event>, sealed: Vec<&'static str> },
    Vouch(Vouch),
}

impl Told {
    /// The place in the ledger, or the size that was seen.
    pub fn ground(&self) -> assess::Ground {
        match self {
            Self::Event { idx, .. } => assess::Ground::Entry(*idx),
            Self::Vouch(vouch) => assess::Ground::Checkpoint(vouch.size),
        }
    }
}

/// Reads a history. Fields that a line leaves out are null, or the plainest there is.
pub fn read(lines: &[String]) -> Vec<Told> {
    (0..).zip(lines).map(|(idx, line)| told(idx, line)).collect()
}

fn told(idx: u64, line: &str) -> Told {
    let mut words = line.split_whitespace();
    let at = day(words.next().expect("a day"));
    let tag = words.next().expect("a kind");
    let mut fields = Map::new();
    let mut sealed = Vec::new();
    for word in words {
        match (word.strip_prefix('+'), word.split_once('=')) {
            (Some(name), _) => {
                let kind = kind(tag).expect("a kind");
                let field = kind.fields.iter().find(|field| field.name == name);
                let field = field.unwrap_or_else(|| panic!("{line}: no field {name}"));
                assert_eq!(field.class, Class::Secret, "{line}: {name} is not sealed");
                sealed.push(field.name);
            }
            (None, Some((name, value))) => drop(fields.insert(name.to_owned(), read_value(value))),
            _ => panic!("{line}: {word}"),
        }
    }
    if tag == "vouched" {
        let relation = fields["relation"].as_str().and_then(Relation::from_word);
        let standing = relation.unwrap_or_else(|| panic!("{line}: a relation"));
        return Told::Vouch(Vouch {
            size: fields["size"].as_u64().expect("a size"),
            day: at,
            standing,
        });
    }
    let kind = kind(tag).unwrap_or_else(|| panic!("{line}: no such kind"));
    for name in fields.keys() {
        assert!(kind.fields.iter().any(|field| field.name == name), "{line}: no field {name}");
    }
    for field in kind.fields.iter().filter(|field| field.class == Class::Plain) {
        fields.entry(field.name).or_insert_with(|| plainest(tag, field.name));
    }
    let event = Event::from_fields(tag, fields).unwrap_or_else(|why| panic!("{line}: {why}"));
    Told::Event { idx, day: at, event: Box::new(event), sealed }
}

fn read_value(text: &str) -> Value {
    if let Some(list) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return list.split(',').filter(|one| !one.is_empty()).map(read_value).collect();
    }
    serde_json::from_str(text)
        .ok()
        .filter(|value: &Value| value.is_number() || value.is_boolean())
        .unwrap_or_else(|| json!(text))
}

/// What a field says that a line leaves out: null where it may be, else something without meaning.
fn plainest(tag: &str, name: &str) -> Value {
    match (tag, name) {
        (_, "by") => json!("owner"),
        ("dossier.built", "purpose") => json!("complaint"),
        (_, "title" | "blob" | "sealed" | "media" | "purpose" | "url" | "digest" | "manifest") => {
            json!("x")
        }
        (_, "report" | "what" | "seed" | "plan" | "program" | "chosen" | "nonce" | "file") => {
            json!("x")
        }
        ("incident.opened" | "incident.revised", "secrets" | "persons" | "partners") => json!([]),
        ("incident.opened" | "incident.revised", "conduct") => json!("breach"),
        ("comparison.made", "secrets" | "filters") => json!([]),
        ("comparison.made", "left" | "right" | "figures") => json!("x"),
        ("node.created", "role") => json!("enterprise"),
        (
            _,
            "name" | "origin" | "log_key" | "vault_key" | "key" | "source" | "epsilon" | "made",
        ) => {
            json!("x")
        }
        ("sweep.done" | "release.asked", "index") => json!("x"),
        ("secret.registered", "class") => json!("technical"),
        ("person.barred" | "account.closed" | "release.approved", "why") => json!("x"),
        ("secret.declassified" | "measure.ended", "why") => json!("x"),
        (_, "size" | "parts" | "fingerprints" | "guaranteed" | "files" | "bytes" | "faults") => {
            json!(1)
        }
        (_, "hits" | "sites" | "among" | "carrier" | "blobs" | "edition") => json!(1),
        (_, "carriers" | "refused" | "approvers" | "batches" | "live" | "named" | "withheld") => {
            json!([])
        }
        ("sweep.done" | "release.asked", "secrets") => json!([]),
        _ => Value::Null,
    }
}

/// What a history comes to on a day, told until then.
pub fn judged<'c>(controls: &'c Controls, told: &[Told], today: Day) -> Assessment<'c> {
    let mut state = State::default();
    let mut vouched = Vec::new();
    for one in told {
        match one {
            Told::Event { idx, day, event, sealed } if *day <= today => {
                assert!(assess::KINDS.contains(&event.tag()) || event.tag() == "person.added");
                state.tell(Fact { idx: *idx, day: *day, event, sealed });
            }
            Told::Vouch(vouch) if vouch.day <= today => vouched.push(*vouch),
            _ => {}
        }
    }
    assess(controls, &state, &vouched, today)
}
