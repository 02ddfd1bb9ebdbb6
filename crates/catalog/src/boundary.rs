//! The boundary test: a statement of a secret point is attacked by its words, as the other side
//! would. What is found is a reason to write it sharper, not a judgement of law.
//!
//! The words are data (`catalog/points/boundary.toml`); the rules are here and few:
//!
//! - **bare**: no value, and fewer than two turns (an order, a condition, a choice);
//! - **wide**: bare, and it claims all of something, or names only a kind of document;
//! - **skill**: bare, and it gives advice that anybody in the trade is given;
//! - **public**, **same**: the named public knowledge, or another point, holds its numbers and most
//!   of its words.

use std::collections::BTreeSet;

use serde::Deserialize;

/// The words of the test.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Boundary {
    quantifiers: Vec<String>,
    containers: Vec<String>,
    praise: Vec<String>,
    advice: Vec<String>,
    turns: Vec<String>,
    names: Vec<String>,
    numerals: Vec<String>,
    measures: Vec<String>,
    same: Same,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Same {
    with_numbers: f64,
    without_numbers: f64,
}

/// What is wrong with a statement, as far as its words show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// It claims a whole field, or any document of a kind.
    Wide,
    /// It names a topic, a goal or an effect, but not what is done.
    Bare,
    /// Anybody in the trade is told so.
    Skill,
    /// The named public knowledge says the same.
    Public,
    /// Another point says the same.
    Same,
}

impl Flaw {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Wide, Self::Bare, Self::Skill, Self::Public, Self::Same];

    /// The fixed word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Bare => "bare",
            Self::Skill => "skill",
            Self::Public => "public",
            Self::Same => "same",
        }
    }
}

/// A flaw, and the words that show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attack {
    /// What is wrong.
    pub flaw: Flaw,
    /// The words of the statement that show it; none when something is missing.
    pub words: Vec<String>,
}

/// What is likely a value in a statement: at most this many turns stand in mere advice.
const TURNS_MIN: usize = 2;
/// A statement of so many signs or fewer that names a kind of document names nothing else.
const NAME_CHARS_MAX: usize = 24;
/// The least words for which a share says anything.
const WORDS_MIN: usize = 4;

impl Boundary {
    /// Attacks one statement. `public` is what the public is said to know, empty when nothing is.
    pub fn attack(&self, text: &str, public: &str) -> Vec<Attack> {
        let folded = text.to_lowercase();
        let mut attacks = Vec::new();
        if self.values(&folded) == 0 && self.turns(&folded) < TURNS_MIN {
            let found = |words: &[String]| -> Vec<String> {
                let found = words.iter().filter(|word| folded.contains(word.as_str()));
                found.map(|word| word.trim().to_owned()).collect()
            };
            let (all, kinds) = (found(&self.quantifiers), found(&self.containers));
            let is_name = text.chars().count() <= NAME_CHARS_MAX || text.split(' ').count() <= 8;
            if !all.is_empty() || is_name && !kinds.is_empty() {
                let words = if all.is_empty() { kinds } else { all };
                attacks.push(Attack { flaw: Flaw::Wide, words });
            }
            attacks.push(Attack { flaw: Flaw::Bare, words: found(&self.praise) });
            let advice = found(&self.advice);
            if !advice.is_empty() {
                attacks.push(Attack { flaw: Flaw::Skill, words: advice });
            }
        }
        if self.is_in(text, public) {
            attacks.push(Attack { flaw: Flaw::Public, words: Vec::new() });
        }
        attacks
    }

    /// Whether two statements say the same, whichever holds more.
    pub fn is_same(&self, one: &str, other: &str) -> bool {
        self.is_in(one, other) || self.is_in(other, one)
    }

    /// Whether a text says all that a statement says: its numbers, and most of its words.
    fn is_in(&self, statement: &str, text: &str) -> bool {
        let (own, there) = (grams(statement), grams(text));
        if own.len() < WORDS_MIN || there.is_empty() {
            return false;
        }
        let share = own.intersection(&there).count() as f64 / own.len() as f64;
        let (numbers, known) = (numbers(statement), numbers(text));
        match numbers.is_empty() {
            true => share >= self.same.without_numbers,
            false => numbers.is_subset(&known) && share >= self.same.with_numbers,
        }
    }

    /// Numbers that say a value: not those in names of norms, models and generations.
    fn values(&self, folded: &str) -> usize {
        let signs: Vec<char> = folded.chars().collect();
        let mut values = 0;
        let mut at = 0;
        while at < signs.len() {
            if !signs[at].is_ascii_digit() {
                at += 1;
                continue;
            }
            let from = at;
            while at < signs.len() && (signs[at].is_ascii_digit() || ".,".contains(signs[at])) {
                at += 1;
            }
            let before: String = signs[..from].iter().collect();
            let before = before.trim_end();
            let is_model = before.ends_with(|c: char| c.is_ascii_alphabetic())
                && signs[from - 1].is_ascii_alphanumeric();
            let is_norm = self.names.iter().any(|name| before.ends_with(name.as_str()));
            values += usize::from(!is_model && !is_norm);
        }
        let is_word = |word: &str| self.numerals.iter().any(|numeral| numeral == word);
        let words = folded.split(|c: char| !c.is_ascii_alphabetic());
        values + words.filter(|word| is_word(word)).count() + self.chinese_values(&signs)
    }

    /// Chinese numerals with a measure: 三十六小时, 九十天, 六成; not 第三代 or 一切.
    fn chinese_values(&self, signs: &[char]) -> usize {
        const NUMERALS: &str = "〇一二两三四五六七八九十百千万亿半";
        let mut values = 0;
        let mut at = 0;
        while at < signs.len() {
            if !NUMERALS.contains(signs[at]) {
                at += 1;
                continue;
            }
            let from = at;
            while at < signs.len() && NUMERALS.contains(signs[at]) {
                at += 1;
            }
            let is_ordinal = from > 0 && "第货".contains(signs[from - 1]);
            let rest: String = signs[at..].iter().take(3).collect();
            let has_measure = self.measures.iter().any(|one| rest.starts_with(one.as_str()));
            values += usize::from(has_measure && !is_ordinal);
        }
        values
    }

    /// How many different turns it has.
    fn turns(&self, folded: &str) -> usize {
        self.turns.iter().filter(|turn| folded.contains(turn.as_str())).count()
    }
}

/// What a text is compared by: pairs of Chinese signs, and words of Latin letters.
fn grams(text: &str) -> BTreeSet<String> {
    const SMALL: [&str; 24] = [
        "the", "and", "for", "with", "its", "are", "has", "have", "is", "of", "to", "in", "at",
        "by", "on", "or", "an", "as", "be", "it", "per", "our", "than", "that",
    ];
    let mut grams = BTreeSet::new();
    let folded = text.to_lowercase();
    let words = folded.split(|c: char| !c.is_ascii_alphabetic());
    grams.extend(words.filter(|word| word.len() > 1 && !SMALL.contains(word)).map(|word| {
        // Endings of number and tense change; what is before them does not.
        word.chars().take(5).collect::<String>()
    }));
    let is_sign = |c: &char| ('\u{3400}'..='\u{9fff}').contains(c);
    let mut before = None;
    for c in folded.chars() {
        if let (Some(a), Some(b)) = (before, Some(c).filter(is_sign)) {
            grams.insert(format!("{a}{b}"));
        }
        before = Some(c).filter(is_sign);
    }
    grams
}

/// All numbers of a text, in digits, wherever they stand.
fn numbers(text: &str) -> BTreeSet<String> {
    let parts = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    let parts = parts.map(|part| part.trim_matches('.').to_owned());
    parts.filter(|part| part.starts_with(|c: char| c.is_ascii_digit())).collect()
}
