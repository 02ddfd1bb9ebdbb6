//! What stays of a text when it is copied, normalised, wrapped or recognised: its letters, digits
//! and Chinese characters, in one form, without anything between them.

use unicode_normalization::UnicodeNormalization as _;

/// A text's letters and digits, and where each stands in the text.
pub(crate) struct Skeleton<'a> {
    pub(crate) text: &'a str,
    pub(crate) chars: Vec<char>,
    /// Where the character that each came from begins and ends, in bytes.
    pub(crate) places: Vec<(usize, usize)>,
}

impl<'a> Skeleton<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let (mut chars, mut places) = (Vec::new(), Vec::new());
        for (at, c) in text.char_indices() {
            let place = (at, at + c.len_utf8());
            if c.is_ascii() {
                if c.is_ascii_alphanumeric() {
                    chars.push(c.to_ascii_lowercase());
                    places.push(place);
                }
                continue;
            }
            for part in std::iter::once(c).nfkc().filter(|part| part.is_alphanumeric()) {
                chars.push(part.to_lowercase().next().unwrap_or(part));
                places.push(place);
            }
        }
        Self { text, chars, places }
    }

    /// What stands between the letters `before` and `before + 1`; `None` at the end.
    pub(crate) fn between(&self, before: usize) -> Option<&'a str> {
        let (from, to) = (self.places[before].1, self.places.get(before + 1)?.0);
        // Two parts of one character have nothing between them.
        self.text.get(from..to)
    }

    /// The last letter that ends at or before a byte.
    pub(crate) fn before(&self, byte: usize) -> Option<usize> {
        self.places.partition_point(|place| place.1 <= byte).checked_sub(1)
    }
}

/// A character that shows nothing and takes no room.
pub(crate) fn invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{AD}')
}
