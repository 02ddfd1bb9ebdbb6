//! Texts as words: Chinese by a dictionary, anything else by its letters and digits.

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use matcher::text::fold_char;

/// Longer ones are keys and codings, not words.
const WORD_MAX: usize = 40;

/// Splits texts into words, folded as [`matcher::text`] folds.
///
/// Chinese is cut by the dictionary of ICU4X. Characters that it has no word for stand alone then;
/// neighbours of them are taken by twos, so names of substances are found too.
pub struct Words {
    segmenter: WordSegmenterBorrowed<'static>,
    word: String,
    run: String,
}

impl Default for Words {
    fn default() -> Self {
        let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
        Self { segmenter, word: String::new(), run: String::new() }
    }
}

impl Words {
    /// Hands the words of a text to `sink`, in their order. Single letters and digits are none.
    pub fn of(&mut self, text: &str, mut sink: impl FnMut(&str)) {
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if c.is_ascii_alphanumeric() {
                self.flush_run(&mut sink);
                self.word.push(c.to_ascii_lowercase());
            } else if is_ideograph(c) {
                self.flush_word(&mut sink);
                fold_char(c, |c| self.run.push(c));
            } else if c == '.'
                && self.word.bytes().all(|byte| byte.is_ascii_digit())
                && !self.word.is_empty()
                && chars.peek().is_some_and(char::is_ascii_digit)
            {
                self.word.push('.');
            } else if c.is_alphanumeric() {
                self.flush_run(&mut sink);
                fold_char(c, |c| self.word.push(c));
            } else {
                self.flush_word(&mut sink);
                self.flush_run(&mut sink);
            }
        }
        self.flush_word(&mut sink);
        self.flush_run(&mut sink);
    }

    fn flush_word(&mut self, sink: &mut impl FnMut(&str)) {
        if (2..=WORD_MAX).contains(&self.word.len()) {
            sink(&self.word);
        }
        self.word.clear();
    }

    fn flush_run(&mut self, sink: &mut impl FnMut(&str)) {
        if self.run.is_empty() {
            return;
        }
        let run = std::mem::take(&mut self.run);
        let (mut start, mut alone) = (0, None::<usize>);
        for end in self.segmenter.segment_str(&run) {
            let word = &run[start..end];
            match (word.chars().count(), alone) {
                (0, _) => {}
                (1, Some(before)) => {
                    sink(&run[before..end]);
                    alone = Some(start);
                }
                (1, None) => alone = Some(start),
                _ => {
                    sink(word);
                    alone = None;
                }
            }
            start = end;
        }
        self.run = run;
        self.run.clear();
    }
}

fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        Words::default().of(text, |word| all.push(word.to_owned()));
        all
    }

    #[test]
    fn chinese_is_cut_by_a_dictionary_and_what_it_lacks_by_twos() {
        assert_eq!(words("旋转黏度计测量溫度"), ["旋转", "黏度计", "测量", "温度"]);
        assert_eq!(
            words("Slurry_C17，48.5％ × 3.2 mm；ＡＢ"),
            ["slurry", "c17", "48.5", "3.2", "mm", "ab"]
        );
        let rare = words("茚虫威");
        assert!(!rare.is_empty(), "{rare:?}");
    }

    proptest! {
        #[test]
        fn words_are_short_folded_and_without_marks(text: String, zh in "[一-龥，。a-c ]{0,40}") {
            for word in words(&text).iter().chain(&words(&zh)) {
                prop_assert!(word.chars().all(|c| c.is_alphanumeric() || c == '.'), "{word}");
                prop_assert!(!word.contains(|c: char| c.is_ascii_uppercase()));
                prop_assert!(word.len() >= 2);
            }
        }
    }
}
