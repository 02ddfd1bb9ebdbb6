//! Events as they are shown: whether they have the form of their kind, and what they say.

use serde_json::{Map, Value};

use super::findings::Finding;
use crate::dossier::{ShownEvent, ShownItem, hash_from_hex};
use crate::item;
use crate::kind::{self, COMMON, Kind};
use crate::moment;

/// An event, opened as far as it is shown.
#[derive(Debug)]
pub struct Opened {
    pub index: u64,
    /// Its kind, when this program knows it.
    pub kind: Option<&'static Kind>,
    /// The tag, also of a kind that this program does not know.
    pub tag: String,
    /// The ledger's entry. `None` for more items than an event can have.
    pub entry: Option<[u8; 32]>,
    pub shown: Map<String, Value>,
    pub withheld: Vec<&'static str>,
    /// Milliseconds since 1970.
    pub received: Option<i64>,
    /// SHA-256 of the newest cosigned checkpoint that the node knew.
    pub after: Option<[u8; 32]>,
    /// Whether number, names and order of the items are those of the kind.
    pub form: Finding,
}

impl Opened {
    /// The text of a field that is shown.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.shown.get(field)?.as_str()
    }

    /// Whether the event is of the kind with this tag.
    pub fn is(&self, tag: &str) -> bool {
        self.kind.is_some_and(|kind| kind.tag == tag)
    }
}

/// Opens an event. What is wrong with it is in [`Opened::form`]; the rest is what can be read.
pub fn open(event: &ShownEvent) -> Opened {
    let digests: Vec<_> = event.items.iter().map(ShownItem::digest).collect();
    let mut opened = Opened {
        index: event.index,
        kind: None,
        tag: String::new(),
        entry: item::entry(&digests),
        shown: Map::new(),
        withheld: Vec::new(),
        received: None,
        after: None,
        form: Finding::holds(),
    };
    if let Err(finding) = read(event, &mut opened) {
        opened.form = finding;
    }
    opened
}

/// Reads the items one by one and stops at the first that is wrong.
fn read(event: &ShownEvent, opened: &mut Opened) -> Result<(), Finding> {
    let tag = match event.items.first() {
        Some(ShownItem::Shown(text)) => item::parse(text).map_err(|_| wrong("why-item", "kind"))?,
        _ => return Err(wrong("why-hidden", "kind")),
    };
    let (true, Value::String(tag)) = (tag.name == "kind", tag.value) else {
        return Err(wrong("why-item", "kind"));
    };
    opened.tag = tag;
    let Some(kind) = kind::kind(&opened.tag) else {
        return Err(Finding::fails("why-kind-unknown").with("kind", &opened.tag));
    };
    opened.kind = Some(kind);
    let fields = kind.all_fields().count();
    if event.items.len() != fields {
        return Err(Finding::fails("why-item-count")
            .with("expected", fields)
            .with("found", event.items.len()));
    }
    for (place, (field, shown)) in kind.all_fields().zip(&event.items).enumerate() {
        match shown {
            ShownItem::Withheld(_) if place < COMMON.len() || field.qualifying => {
                return Err(wrong("why-hidden", field.name));
            }
            ShownItem::Withheld(_) => opened.withheld.push(field.name),
            ShownItem::Shown(text) => {
                let item = item::parse(text).map_err(|_| wrong("why-item", field.name))?;
                if item.name != field.name {
                    return Err(wrong("why-item-order", field.name).with("found", item.name));
                }
                opened.shown.insert(item.name, item.value);
            }
        }
    }
    read_common(opened)
}

/// The fields that every event has, beyond its kind.
fn read_common(opened: &mut Opened) -> Result<(), Finding> {
    if opened.text("id").is_none_or(str::is_empty) {
        return Err(wrong("why-item", "id"));
    }
    opened.received = opened.text("received").and_then(moment::parse);
    if opened.received.is_none() {
        return Err(wrong("why-item", "received"));
    }
    opened.after = opened.text("after").and_then(hash_from_hex);
    let after_is_null = opened.shown.get("after").is_some_and(Value::is_null);
    if opened.after.is_none() && !after_is_null {
        return Err(wrong("why-item", "after"));
    }
    Ok(())
}

fn wrong(why: &'static str, field: &str) -> Finding {
    Finding::fails(why).with("field", field)
}
