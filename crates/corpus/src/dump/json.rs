//! Records of JSON, one at a time: a large list is never in memory as a whole.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::{Draft, Gathering, Meaning};

/// One value.
pub(super) fn value(bytes: &[u8], gathering: &mut Gathering<'_>) -> bool {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read = Each { gathering, depth: 0 }.deserialize(&mut reader);
    match read {
        Ok(rest) => {
            if gathering.count == 0
                && let Some(Value::Object(object)) = rest
            {
                // An object without a list of objects is a record itself.
                record(&object, gathering);
            }
            reader.end().is_ok()
        }
        Err(_) => false,
    }
}

/// One object a line.
pub(super) fn lines(bytes: &[u8], gathering: &mut Gathering<'_>) -> bool {
    let mut whole = true;
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()) {
        match serde_json::from_slice(line) {
            Ok(Value::Object(object)) => record(&object, gathering),
            _ => whole = false,
        }
    }
    whole
}

fn record(object: &Map<String, Value>, gathering: &mut Gathering<'_>) {
    let mut draft = Draft::default();
    for (name, value) in object {
        put(name, value, gathering, &mut draft);
    }
    gathering.done(draft);
}

/// What lies within a field that has a meaning has it too, unless it says otherwise.
fn put(name: &str, value: &Value, gathering: &Gathering<'_>, draft: &mut Draft) {
    match value {
        Value::String(words) => gathering.put(draft, name, words),
        Value::Number(number) => gathering.put(draft, name, &number.to_string()),
        Value::Array(values) => {
            values.iter().for_each(|value| put(name, value, gathering, draft));
        }
        Value::Object(object) => {
            for (inner, value) in object {
                let outer = gathering.meaning(inner).0 == Meaning::Other;
                put(if outer { name } else { inner }, value, gathering, draft);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// Hands on each object of the lists it meets, and gives back what was no such list.
struct Each<'e, 'g> {
    gathering: &'e mut Gathering<'g>,
    depth: u32,
}

impl<'de> DeserializeSeed<'de> for Each<'_, '_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Each<'_, '_> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut others = Vec::new();
        while let Some(value) = list.next_element()? {
            match value {
                Value::Object(object) => record(&object, self.gathering),
                other => others.push(other),
            }
        }
        Ok((!others.is_empty()).then_some(Value::Array(others)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        /// Lists deeper than this are parts of a record.
        const DEPTH: u32 = 3;
        let mut object = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            let value = if self.depth < DEPTH {
                let depth = self.depth + 1;
                map.next_value_seed(Each { gathering: &mut *self.gathering, depth })?
            } else {
                Some(map.next_value()?)
            };
            object.extend(value.map(|value| (name, value)));
        }
        Ok(Some(Value::Object(object)))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}
