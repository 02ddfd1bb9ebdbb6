//! `events.json` and `built.json`: events as far as they are shown.

use serde::de::{self, MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{FormatError, from_canonical, hash_from_hex, hex, to_canonical};
use crate::item::{self, ItemDigest};

/// The format this program writes and reads.
pub const EVENTS_FORMAT: &str = "midun-events/1";

/// The content of `events.json` or `built.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Events {
    /// [`EVENTS_FORMAT`].
    pub format: String,
    /// Ascending by index, each index once.
    pub events: Vec<ShownEvent>,
}

/// An event: its items in the order of its kind, shown or withheld.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShownEvent {
    /// Its place in the log, from 0.
    pub index: u64,
    /// One for each field of its kind.
    pub items: Vec<ShownItem>,
}

/// An item in a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShownItem {
    /// The item's text, see [`item::text`]. In JSON a string.
    Shown(String),
    /// Only its digest. In JSON `{"sha256":"<hex>"}`.
    Withheld(ItemDigest),
}

impl Events {
    /// An event list of this format.
    pub fn new(events: Vec<ShownEvent>) -> Self {
        Self { format: EVENTS_FORMAT.to_owned(), events }
    }

    /// The canonical bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        to_canonical(self)
    }

    /// Reads canonical bytes.
    ///
    /// # Errors
    /// [`FormatError`]: another format, not canonical, or indices that do not ascend.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let events: Self = from_canonical(bytes, EVENTS_FORMAT)?;
        if events.events.windows(2).all(|pair| pair[0].index < pair[1].index) {
            Ok(events)
        } else {
            Err(FormatError::Field("index"))
        }
    }
}

impl ShownItem {
    /// The digest that the ledger's entry commits to.
    pub fn digest(&self) -> ItemDigest {
        match self {
            Self::Shown(text) => item::digest(text),
            Self::Withheld(digest) => *digest,
        }
    }
}

impl Serialize for ShownItem {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Shown(text) => out.serialize_str(text),
            Self::Withheld(digest) => {
                let mut map = out.serialize_map(Some(1))?;
                map.serialize_entry("sha256", &hex(digest))?;
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for ShownItem {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct TextOrDigest;

        impl<'de> Visitor<'de> for TextOrDigest {
            type Value = ShownItem;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an item's text or {\"sha256\": its digest}")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<ShownItem, E> {
                Ok(ShownItem::Shown(text.to_owned()))
            }

            fn visit_string<E: de::Error>(self, text: String) -> Result<ShownItem, E> {
                Ok(ShownItem::Shown(text))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ShownItem, A::Error> {
                let Some((key, value)) = map.next_entry::<String, String>()? else {
                    return Err(de::Error::missing_field("sha256"));
                };
                match (key.as_str(), hash_from_hex(&value)) {
                    ("sha256", Some(digest)) => match map.next_key::<String>()? {
                        None => Ok(ShownItem::Withheld(digest)),
                        Some(key) => Err(de::Error::unknown_field(&key, &["sha256"])),
                    },
                    ("sha256", None) => Err(de::Error::custom("not a SHA-256 in hex")),
                    _ => Err(de::Error::unknown_field(&key, &["sha256"])),
                }
            }
        }

        input.deserialize_any(TextOrDigest)
    }
}
