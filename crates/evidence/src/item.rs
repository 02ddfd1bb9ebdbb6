//! Items: the separately showable fields of an event.
//!
//! An item's text is the base64url form of the JSON array `[salt, name, value]` (RFC 9901,
//! section 4.2); its digest is SHA-256 of that text. Texts are stored and hashed as they are:
//! nothing is encoded again when verifying.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64URL;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// SHA-256 of an item's text.
pub type ItemDigest = [u8; 32];

/// What the entry hash starts with, so that it is not mistaken for any other hash.
const ENTRY_PREFIX: &[u8] = b"midun/event/v1\0";

/// The longest text of one item that is read, in bytes.
///
/// A statement of a secret point is text; a file belongs into a carrier.
pub const ITEM_BYTES_MAX: usize = 4 << 20;

/// An item that was opened: its text parsed.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The name of the field.
    pub name: String,
    /// The value of the field; `null` when it was left empty.
    pub value: Value,
}

/// Why an item's text can't be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ItemError {
    /// Longer than [`ITEM_BYTES_MAX`].
    #[error("the item is longer than {ITEM_BYTES_MAX} bytes")]
    TooLong,
    /// Not base64url without padding.
    #[error("the item is not base64url")]
    NotBase64,
    /// Not the JSON array `[salt, name, value]` with a salt of 128 bits.
    #[error("the item is not [salt, name, value]")]
    NotAnItem,
    /// Spelled otherwise than [`text`] spells it: with blanks, or a name twice in an object. Two
    /// readers could understand it differently.
    #[error("the item is not in the canonical form")]
    NotCanonical,
}

/// Writes an item's text.
///
/// `salt` is 128 fresh random bits, own to this item: without it the value can't be guessed from
/// the digest.
pub fn text(salt: &[u8; 16], name: &str, value: &Value) -> String {
    let json = serde_json::to_string(&(B64URL.encode(salt), name, value));
    B64URL.encode(json.expect("a value is JSON"))
}

/// The digest of an item's text, which the ledger's entry commits to.
pub fn digest(text: &str) -> ItemDigest {
    Sha256::digest(text.as_bytes()).into()
}

/// Reads an item's text.
///
/// # Errors
/// [`ItemError`] when the text is not what [`text`] writes for some salt, name and value.
pub fn parse(text: &str) -> Result<Item, ItemError> {
    if text.len() > ITEM_BYTES_MAX {
        return Err(ItemError::TooLong);
    }
    let json = B64URL.decode(text).map_err(|_| ItemError::NotBase64)?;
    let array: Vec<Value> = serde_json::from_slice(&json).map_err(|_| ItemError::NotAnItem)?;
    if serde_json::to_vec(&array).map_err(|_| ItemError::NotAnItem)? != json {
        return Err(ItemError::NotCanonical);
    }
    let Ok([salt, name, value]) = <[Value; 3]>::try_from(array) else {
        return Err(ItemError::NotAnItem);
    };
    let (Value::String(salt), Value::String(name)) = (salt, name) else {
        return Err(ItemError::NotAnItem);
    };
    match B64URL.decode(&salt) {
        Ok(bytes) if bytes.len() == 16 => Ok(Item { name, value }),
        _ => Err(ItemError::NotAnItem),
    }
}

/// The ledger's entry for an event: SHA-256 over the prefix, the number of items (two bytes, big
/// endian) and the items' digests in their order.
///
/// Returns `None` for more than 65,535 items, which no kind of event has.
pub fn entry(digests: &[ItemDigest]) -> Option<[u8; 32]> {
    let count = u16::try_from(digests.len()).ok()?;
    let mut hasher = Sha256::new();
    hasher.update(ENTRY_PREFIX);
    hasher.update(count.to_be_bytes());
    for digest in digests {
        hasher.update(digest);
    }
    Some(hasher.finalize().into())
}
