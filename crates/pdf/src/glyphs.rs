//! The one font, and what it cannot draw.

use std::borrow::Cow;
use std::sync::LazyLock;

use serde_json::Value;
use typst::foundations::Bytes;
use typst::text::Font;

/// Noto Sans SC Regular, see `fonts/ORIGIN.md`.
pub(crate) static FONT: LazyLock<Font> = LazyLock::new(|| {
    let bytes: &'static [u8] = include_bytes!("../fonts/NotoSansSC-Regular.ttf");
    Font::new(Bytes::new(bytes), 0).expect("the built-in font is whole")
});

/// Characters of `text` that the font cannot draw, each once, in order of appearance.
///
/// Line breaks and tabs are layout, not ink, and so never missing.
pub fn missing_glyphs(text: &str) -> Vec<char> {
    let mut missing = Vec::new();
    for c in text.chars() {
        if is_missing(c) && !missing.contains(&c) {
            missing.push(c);
        }
    }
    missing
}

/// `text` with every character the font cannot draw spelled as its code point: `[U+1F600]`.
///
/// In a document for a court a visible code is better than an empty box, and PDF/A allows no
/// empty boxes at all (ISO 19005-2, 6.2.11.8).
pub fn spell_missing(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_missing) {
        return Cow::Borrowed(text);
    }
    let mut spelled = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_missing(c) {
            spelled.push_str(&format!("[U+{:04X}]", u32::from(c)));
        } else {
            spelled.push(c);
        }
    }
    Cow::Owned(spelled)
}

fn is_missing(c: char) -> bool {
    !matches!(c, '\n' | '\r' | '\t') && !FONT.info().coverage.contains(u32::from(c))
}

/// The same JSON with every string value passed through [`spell_missing`]; keys stay.
pub(crate) fn drawable_json(json: &str) -> Result<String, serde_json::Error> {
    let mut value: Value = serde_json::from_str(json)?;
    spell_values(&mut value);
    serde_json::to_string(&value)
}

// serde_json refuses input nested deeper than 128, so this recursion is bounded.
fn spell_values(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Cow::Owned(spelled) = spell_missing(text) {
                *text = spelled;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(spell_values),
        Value::Object(fields) => fields.values_mut().for_each(spell_values),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
