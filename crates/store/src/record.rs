//! Events as they lie in the journal.

use domain::{Draft, Envelope, Event, Moment};
use evidence::item::{self, ItemDigest};
use evidence::kind::{COMMON, Class, Kind, kind};
use serde_json::{Map, Value};

/// An event read from the journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its place in the ledger.
    pub idx: u64,
    /// Its random id.
    pub id: String,
    /// When the journal received it.
    pub received: Moment,
    /// SHA-256 of the newest cosigned checkpoint known then, in hex.
    pub after: Option<String>,
    /// What happened, as far as it is stored in clear.
    pub event: Event,
    /// The names of the fields that lie in envelopes.
    pub sealed: Vec<&'static str>,
}

/// An event ready to be written.
pub(crate) struct Encoded {
    pub digests: Vec<u8>,
    pub plain: String,
    pub leaf_entry: [u8; 32],
    pub envelopes: Vec<(usize, Envelope)>,
}

/// Turns a draft into items.
///
/// `salts` gives 16 random bytes for each call.
pub(crate) fn encode(
    draft: Draft,
    id: &str,
    received: Moment,
    after: Option<&str>,
    mut salts: impl FnMut() -> [u8; 16],
) -> Encoded {
    let tag = draft.event.tag();
    let kind = kind(tag).expect("every event has a kind");
    let mut fields = draft.event.fields();
    fields.insert("kind".into(), tag.into());
    fields.insert("id".into(), id.into());
    fields.insert("received".into(), received.to_rfc3339().into());
    fields.insert("after".into(), after.into());
    let mut sealed = draft.envelopes;

    let mut digests: Vec<ItemDigest> = Vec::new();
    let mut plain = String::new();
    let mut envelopes = Vec::new();
    for (slot, field) in kind.all_fields().enumerate() {
        if slot > 0 {
            plain.push('\n');
        }
        if let Some(at) = sealed.iter().position(|(name, _)| *name == field.name) {
            let (_, envelope) = sealed.swap_remove(at);
            digests.push(envelope.digest);
            envelopes.push((slot, envelope));
            continue;
        }
        // A sealed field that was left empty is a null in clear: its digest still hides that.
        let value = fields.remove(field.name).unwrap_or(Value::Null);
        let text = item::text(&salts(), field.name, &value);
        digests.push(item::digest(&text));
        plain.push_str(&text);
    }
    debug_assert!(fields.is_empty() && sealed.is_empty(), "a field without place in {tag}");
    let leaf_entry = item::entry(&digests).expect("no kind has that many items");
    Encoded { digests: digests.concat(), plain, leaf_entry, envelopes }
}

/// Reads an event back from its items in clear.
///
/// Returns `None` when it is not what [`encode`] writes.
pub(crate) fn decode(idx: u64, tag: &str, plain: &str) -> Option<Record> {
    let kind = kind(tag)?;
    let mut common: [Value; COMMON.len()] = Default::default();
    let mut fields = Map::new();
    let mut sealed = Vec::new();
    let mut lines = plain.split('\n');
    for (slot, field) in kind.all_fields().enumerate() {
        let line = lines.next()?;
        if line.is_empty() {
            sealed.push(field.name);
            continue;
        }
        let item = item::parse(line).ok()?;
        if item.name != field.name {
            return None;
        }
        match common.get_mut(slot) {
            Some(place) => *place = item.value,
            None if field.class == Class::Plain => drop(fields.insert(item.name, item.value)),
            None => {}
        }
    }
    let [Value::String(found), Value::String(id), Value::String(received), after] = common else {
        return None;
    };
    let after = match after {
        Value::Null => None,
        Value::String(hash) => Some(hash),
        _ => return None,
    };
    if found != tag || lines.next().is_some() {
        return None;
    }
    let event = Event::from_fields(tag, fields).ok()?;
    Some(Record { idx, id, received: Moment::parse(&received).ok()?, after, event, sealed })
}

/// The kind of a tag and its number of items; `None` when this program does not know it.
pub(crate) fn slots(tag: &str) -> Option<(&'static Kind, usize)> {
    kind(tag).map(|kind| (kind, kind.all_fields().count()))
}
