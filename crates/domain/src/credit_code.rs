//! 统一社会信用代码, the number of every organisation in China, with its check character
//! (GB 32100-2015).

use serde::{Deserialize, Serialize};

/// The characters, by their value: digits and letters without I, O, S, V and Z (table 1).
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// The number of characters.
pub const LENGTH: usize = 18;

/// A credit code whose check character fits: 18 characters of [`ALPHABET`], in upper case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditCode([u8; LENGTH]);

/// Why a text is no credit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotACreditCode {
    /// It has not 18 characters, but so many.
    #[error("{0} characters, not 18")]
    Length(usize),
    /// It has a character that no credit code has: at this place, from 1.
    #[error("{0} at place {1}")]
    Character(char, usize),
    /// The check character must be another one.
    #[error("the last character must be {expected}")]
    Check {
        /// What the first 17 characters demand.
        expected: char,
    },
}

impl CreditCode {
    /// Reads a code as people type and paste it: blanks and hyphens inside, small letters and
    /// full-width characters are accepted.
    ///
    /// # Errors
    /// [`NotACreditCode`].
    pub fn parse(text: &str) -> Result<Self, NotACreditCode> {
        let characters: Vec<char> = text.chars().filter(|c| !is_filler(*c)).map(plain).collect();
        let Ok(characters) = <[char; LENGTH]>::try_from(characters) else {
            return Err(NotACreditCode::Length(text.chars().filter(|c| !is_filler(*c)).count()));
        };
        let mut code = [0; LENGTH];
        for (at, (place, character)) in code.iter_mut().zip(characters).enumerate() {
            // Places 3 to 8 are the division's number (GB/T 2260): digits only.
            let fits = u8::try_from(character).is_ok_and(|byte| {
                value(byte).is_some() && (!(2..8).contains(&at) || byte.is_ascii_digit())
            });
            if !fits {
                return Err(NotACreditCode::Character(character, at + 1));
            }
            *place = character as u8;
        }
        let expected = check_character(&code);
        if code[LENGTH - 1] == expected {
            Ok(Self(code))
        } else {
            Err(NotACreditCode::Check { expected: expected.into() })
        }
    }

    /// The code that the first 17 characters of a text begin; `None` when they don't.
    pub fn completed(text: &str) -> Option<Self> {
        // Some check character fits; the error names it.
        match Self::parse(&format!("{text}0")) {
            Ok(code) => Some(code),
            Err(NotACreditCode::Check { expected }) => {
                Self::parse(&format!("{text}{expected}")).ok()
            }
            Err(_) => None,
        }
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a credit code is ASCII")
    }
}

/// The check character of the first 17: their values times 3^i, summed, to the next multiple of 31.
fn check_character(code: &[u8; LENGTH]) -> u8 {
    let mut weight = 1;
    let mut sum = 0;
    for &character in &code[..LENGTH - 1] {
        sum += weight * value(character).unwrap_or(0);
        weight = weight * 3 % 31;
    }
    ALPHABET[(31 - sum % 31) % 31]
}

fn value(character: u8) -> Option<usize> {
    ALPHABET.iter().position(|&known| known == character)
}

fn is_filler(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '\u{feff}' | '\u{200b}')
}

/// A full-width character as its plain one, in upper case.
fn plain(character: char) -> char {
    let plain = match u32::from(character) {
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(character),
        _ => character,
    };
    plain.to_ascii_uppercase()
}

impl std::fmt::Display for CreditCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Debug for CreditCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CreditCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CreditCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Sum of value × weight by hand, with the weights of table 2:
    /// 1 3 9 27 19 26 16 17 20 29 25 13 8 24 10 30 28.
    const BY_HAND: &[(&str, usize, char)] = &[
        ("00000000000000000", 0, '0'),
        // 1×1 = 1; 31 − 1 = 30.
        ("10000000000000000", 1, 'Y'),
        // 1×28 = 28; 31 − 28 = 3.
        ("00000000000000001", 28, '3'),
        // 9×1 + 1×3 + 9×9 + 9×27 + 1×28 = 364; 364 mod 31 = 23; 31 − 23 = 8.
        ("91990000000000001", 364, '8'),
        // 1×1 + 2×3 + 9×9 + 9×27 + 4×20 + 1×28 = 439; 439 mod 31 = 5; 26 is T.
        ("12990000400000001", 439, 'T'),
    ];
    /// Codes that others published: the example of python-stdnum's documentation, and three that
    /// their companies print on every invoice.
    const PUBLISHED: &[&str] =
        &["91110000600037341L", "914403001922038216", "9144030071526726XG", "91330100799655058B"];

    #[test]
    fn check_characters_are_those_of_the_standard() {
        let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
        for (body, sum, check) in BY_HAND {
            let by_weights: usize =
                body.bytes().zip(weights).map(|(b, w)| value(b).unwrap_or(99) * w).sum();
            assert_eq!(by_weights, *sum, "{body}");
            let code = CreditCode::completed(body).expect(body);
            assert_eq!(code.as_str(), format!("{body}{check}"));
        }
        for code in PUBLISHED {
            assert_eq!(CreditCode::parse(code).map(|code| code.to_string()), Ok((*code).into()));
        }
    }

    #[test]
    fn what_people_type_is_read_and_what_is_wrong_is_named() {
        let code = CreditCode::parse("91110000600037341L");
        for text in [
            " 9111 0000-6000 37341l ",
            "９１１１００００６０００３７３４１Ｌ",
            "\u{feff}91110000600037341L",
        ] {
            assert_eq!(CreditCode::parse(text), code, "{text}");
        }
        use NotACreditCode::{Character, Check, Length};
        for (text, fault) in [
            ("", Length(0)),
            ("91110000600037341", Length(17)),
            ("91110000600037341L0", Length(19)),
            ("9111000060003734IL", Character('I', 17)),
            ("91110000600037341岚", Character('岚', 18)),
            ("911A0000600037341L", Character('A', 4)),
            ("A1110000600037341L", Check { expected: 'K' }),
            ("91110000600037341M", Check { expected: 'L' }),
        ] {
            assert_eq!(CreditCode::parse(text), Err(fault), "{text}");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_or_two_swapped_characters_are_noticed(
            body in "[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}",
            at in 0..18usize,
            other in 0..31usize,
        ) {
            let code = CreditCode::completed(&body).expect("the body is sound");
            prop_assert_eq!(CreditCode::parse(code.as_str()), Ok(code));
            let mut wrong = code.0;
            wrong[at] = ALPHABET[other];
            let text = String::from_utf8(wrong.to_vec()).expect("ASCII");
            prop_assert_eq!(CreditCode::parse(&text).is_ok(), wrong == code.0);
            // Neighbours have different weights, so swapping them shows.
            let mut swapped = code.0;
            swapped.swap(at, at.max(1) - 1);
            let text = String::from_utf8(swapped.to_vec()).expect("ASCII");
            prop_assert_eq!(CreditCode::parse(&text).is_ok(), swapped == code.0);
        }

        #[test]
        fn no_text_makes_it_panic(text: String) {
            let _ = CreditCode::parse(&text);
            let _ = CreditCode::completed(&text);
        }
    }
}
