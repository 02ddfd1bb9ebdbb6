//! What each character becomes before texts are compared.
//!
//! Compatibility decomposition (NFKD), lower case, simplified for traditional characters; whatever
//! is then no letter and no digit goes: accents, punctuation, white space, control characters. So
//! two spellings that NFKC holds equal always fold alike. Hangul syllables stay whole.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// Marks a character of the basic plane that vanishes.
pub(crate) const DROPPED: u16 = 0;
/// Marks a character of the basic plane whose folded form is not one character of that plane.
pub(crate) const LONG: u16 = 1;

const TRADITIONAL: &str = include_str!("../assets/traditional.txt");

/// The folded form of every character of the basic plane.
pub(crate) struct Table {
    /// By code point: [`DROPPED`], [`LONG`] or the folded character.
    pub(crate) basic: Box<[u16; 0x1_0000]>,
    /// By byte, for ASCII: 0 or the folded byte.
    pub(crate) ascii: [u8; 256],
    /// By two bytes of ASCII, the first in the low seven bits: what they fold to, and how many
    /// bytes that is.
    pub(crate) pairs: Box<[[u8; 4]; 0x4000]>,
    long: BTreeMap<char, String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

/// The table, made at the first call.
pub(crate) fn table() -> &'static Table {
    &TABLE
}

impl Table {
    fn new() -> Self {
        let simplified = simplified();
        let mut basic = vec![DROPPED; 0x1_0000];
        let mut long = BTreeMap::new();
        for c in (0..0x1_0000).filter_map(char::from_u32) {
            let folded = define(c, &simplified);
            let mut chars = folded.chars();
            basic[c as usize] = match (chars.next().map(u32::from), chars.next()) {
                (None, _) => DROPPED,
                (Some(one), None) if one <= 0xFFFF => one as u16,
                _ => {
                    long.insert(c, folded);
                    LONG
                }
            };
        }
        let mut ascii = [0; 256];
        for (byte, folded) in ascii.iter_mut().enumerate().take(0x80) {
            *folded = basic[byte] as u8;
        }
        let pair = |both: usize| {
            let (a, b) = (ascii[both & 0x7F], ascii[both >> 7]);
            match (a, b) {
                (0, 0) => [0, 0, 0, 0],
                (0, one) | (one, 0) => [one, 0, 1, 0],
                (a, b) => [a, b, 2, 0],
            }
        };
        let pairs: Vec<[u8; 4]> = (0..0x4000).map(pair).collect();
        let pairs = pairs.try_into().unwrap_or_else(|_| Box::new([[0; 4]; 0x4000]));
        let basic = basic.try_into().unwrap_or_else(|_| Box::new([DROPPED; 0x1_0000]));
        Self { basic, ascii, pairs, long }
    }

    /// Hands each character of the folded form of `c` to `sink`.
    pub(crate) fn fold(&self, c: char, mut sink: impl FnMut(char)) {
        match self.basic.get(c as usize) {
            Some(&DROPPED) => {}
            Some(&LONG) => {
                self.long.get(&c).into_iter().flat_map(|long| long.chars()).for_each(sink)
            }
            Some(&one) => char::from_u32(one.into()).into_iter().for_each(sink),
            // Beyond the basic plane: rare ideographs, and letters for mathematics.
            None => define_plain(c).for_each(&mut sink),
        }
    }
}

fn simplified() -> BTreeMap<char, char> {
    let mut pairs = BTreeMap::new();
    for line in TRADITIONAL.lines().filter(|line| !line.starts_with('#')) {
        let chars: Vec<char> = line.chars().collect();
        pairs.extend(chars.chunks_exact(2).map(|pair| (pair[0], pair[1])));
    }
    pairs
}

fn define_plain(c: char) -> impl Iterator<Item = char> {
    let hangul = ('\u{AC00}'..='\u{D7A3}').contains(&c);
    let whole = hangul.then_some(c).into_iter();
    let parts = (!hangul).then(|| std::iter::once(c).nfkd()).into_iter().flatten();
    // Lower case may bring new marks (İ becomes i and a dot), so it comes before the sieve.
    whole.chain(parts).flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric())
}

fn define(c: char, simplified: &BTreeMap<char, char>) -> String {
    define_plain(c).map(|c| *simplified.get(&c).unwrap_or(&c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(text: &str) -> String {
        let mut folded = String::new();
        text.chars().for_each(|c| table().fold(c, |c| folded.push(c)));
        folded
    }

    #[test]
    fn width_case_accents_punctuation_and_script_vanish() {
        assert_eq!(fold("ＡＢＣ，１２３。 温度：１８５℃"), "abc123温度185c");
        assert_eq!(fold("攪拌機 轉速"), fold("搅拌机转速"));
        assert_eq!(
            fold("Crème BRÛLÉE"),
            fold("Cre\u{301}me bru\u{302}le\u{301}e").replace("é", "e")
        );
        assert_eq!(fold("①②½ ㎏ ﬁ"), "1212kgfi");
        assert_eq!(fold("한글 \u{0}\t\r\n—…"), "한글");
        assert_eq!(fold("𝐀𠀀"), "a𠀀");
    }

    #[test]
    fn no_folded_character_looks_like_a_mark() {
        assert!(simplified().len() > 2_500);
        for c in (0..0x1_0000).filter_map(char::from_u32) {
            table().fold(c, |folded| assert!(folded as u32 > u32::from(LONG)));
        }
    }
}
