//! What a text goes through before it turns up, for the budget that is shown before release.

use unicode_normalization::UnicodeNormalization as _;

/// Something that happens to a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wear {
    /// Copied and pasted, whole.
    Copied,
    /// Unicode normalisation to NFKC, invisible characters taken out.
    Normalised,
    /// Runs of blanks made one space, blanks at line ends taken away.
    Collapsed,
    /// All blanks taken away.
    Stripped,
    /// Converted to GBK and back.
    Gbk,
    /// Curly quotation marks and apostrophes made straight.
    Straightened,
    /// The middle half.
    Half,
    /// 1,500 characters out of the middle.
    Excerpt,
    /// 1,500 characters after all of this: NFKC, blanks collapsed, GBK and back.
    Laundered,
    /// Typed anew: letters stay, spacing and marks are the typist's.
    Retyped,
}

impl Wear {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::Copied,
        Self::Normalised,
        Self::Collapsed,
        Self::Stripped,
        Self::Gbk,
        Self::Straightened,
        Self::Half,
        Self::Excerpt,
        Self::Laundered,
        Self::Retyped,
    ];

    /// The fixed word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Copied => "copied",
            Self::Normalised => "normalised",
            Self::Collapsed => "collapsed",
            Self::Stripped => "stripped",
            Self::Gbk => "gbk",
            Self::Straightened => "straightened",
            Self::Half => "half",
            Self::Excerpt => "excerpt",
            Self::Laundered => "laundered",
            Self::Retyped => "retyped",
        }
    }

    /// What is left of a text.
    #[must_use]
    pub fn apply(self, text: &str) -> String {
        match self {
            Self::Copied => text.to_owned(),
            Self::Normalised => text
                .nfkc()
                .filter(|c| !matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'))
                .collect(),
            Self::Collapsed => collapsed(text),
            Self::Stripped => text.chars().filter(|c| !c.is_whitespace()).collect(),
            Self::Gbk => {
                let (bytes, ..) = encoding_rs::GBK.encode(text);
                encoding_rs::GBK.decode(&bytes).0.into_owned()
            }
            Self::Straightened => text
                .chars()
                .map(|c| match c {
                    '“' | '”' => '"',
                    '‘' | '’' => '\'',
                    c => c,
                })
                .collect(),
            Self::Half => middle(text, text.chars().count() / 2),
            Self::Excerpt => middle(text, 1_500),
            Self::Laundered => {
                let text = Self::Normalised.apply(&Self::Excerpt.apply(text));
                Self::Gbk.apply(&Self::Collapsed.apply(&text))
            }
            Self::Retyped => {
                let plain = Self::Straightened.apply(&Self::Normalised.apply(text));
                let marks = plain.replace(['—', '–', '-'], " ");
                Self::Collapsed.apply(&Self::spaced(&marks))
            }
        }
    }

    /// Without the space that some put between Chinese and Latin.
    fn spaced(text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let han = |at: Option<&char>| at.is_some_and(|c| super::find::han(*c));
        let keep = |at: usize| {
            chars[at] != ' '
                || !(han(at.checked_sub(1).map(|at| &chars[at])) || han(chars.get(at + 1)))
        };
        (0..chars.len()).filter(|&at| keep(at)).map(|at| chars[at]).collect()
    }
}

fn collapsed(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

fn middle(text: &str, length: usize) -> String {
    let skip = text.chars().count().saturating_sub(length) / 2;
    text.chars().skip(skip).take(length).collect()
}
