//! Finding pages by words: pairs of Chinese characters and the beginnings of other words, ranked by how
//! rare a word is, how often it stands there and where, with the passage shown.
//!
//! The index is a few hundred kilobytes and made once; a question takes well under a millisecond.

use std::collections::BTreeMap;

use super::{Handbook, Page, Part, blocks};
use crate::text::Lang;

/// Words of a question that are looked for; more are left out.
const WORDS_MAX: usize = 32;
/// The most pages that are found.
const HITS_MAX: usize = 20;
/// A page holds at least this share of the question's words.
const SHARE_MIN: f64 = 0.5;
/// Characters of a passage before its first mark, and in all.
const BEFORE: usize = 24;
const PASSAGE: usize = 110;

/// An index over all pages in one language.
#[derive(Debug)]
pub struct Search {
    lang: Lang,
    pages: Vec<Indexed>,
    /// In how many pages a word stands.
    spread: BTreeMap<String, usize>,
}

#[derive(Debug)]
struct Indexed {
    id: String,
    /// Each word with its weight: title, sentence and body count differently.
    words: BTreeMap<String, f64>,
    lines: Vec<String>,
}

/// A page that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its name.
    pub id: String,
    /// How well it fits, for ordering only.
    pub rank: f64,
    /// The passage: pieces, each with whether it was looked for.
    pub passage: Vec<(bool, String)>,
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

/// The words of a text with their places in characters: pairs of Chinese characters (a lone one by itself),
/// other words in lower case.
fn words(text: &[char]) -> Vec<(String, usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let from = at;
        if is_han(text[at]) {
            while at < text.len() && is_han(text[at]) {
                at += 1;
            }
            if at - from == 1 {
                found.push((text[from].to_string(), from, at));
            }
            for pair in from..at.saturating_sub(1) {
                found.push((text[pair..pair + 2].iter().collect(), pair, pair + 2));
            }
        } else if text[at].is_alphanumeric() {
            while at < text.len() && text[at].is_alphanumeric() && !is_han(text[at]) {
                at += 1;
            }
            let word: String = text[from..at].iter().flat_map(|c| c.to_lowercase()).collect();
            found.push((stem(&word), from, at));
        } else {
            at += 1;
        }
    }
    found
}

/// English words without the endings that change most: `licences` and `licensing` stay two words, `copies`
/// becomes `copi` as `copy` does.
fn stem(word: &str) -> String {
    if !word.is_ascii() || word.len() < 4 || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return word.to_owned();
    }
    let word = word.strip_suffix("ing").filter(|rest| rest.len() > 3).unwrap_or(word);
    let word = word.strip_suffix("ed").filter(|rest| rest.len() > 3).unwrap_or(word);
    let word = word.strip_suffix("es").filter(|rest| rest.len() > 3).unwrap_or(word);
    let word = word.strip_suffix('s').filter(|rest| !rest.ends_with('s')).unwrap_or(word);
    let word = word.strip_suffix('e').filter(|rest| rest.len() > 2).unwrap_or(word);
    match word.strip_suffix('y').filter(|rest| rest.len() > 2) {
        Some(rest) => format!("{rest}i"),
        None => word.to_owned(),
    }
}

/// Whether a word of the text is meant by one of the question: a lone Chinese character is meant by any pair
/// with it, another word by its beginning.
fn is_meant(asked: &str, word: &str) -> bool {
    let lone = asked.chars().count() == 1 && asked.chars().all(is_han);
    match lone {
        true => word.contains(asked),
        false => word == asked || (asked.is_ascii() && asked.len() > 2 && word.starts_with(asked)),
    }
}

fn plain(text: &str) -> Vec<String> {
    let read = blocks(text).unwrap_or_default();
    let lines = read.iter().flat_map(|block| {
        block.lines().into_iter().map(|line| line.iter().map(|span| span.words()).collect())
    });
    lines.collect()
}

impl Indexed {
    fn new(page: &Page, lang: Lang) -> Self {
        let mut lines = vec![page.says.get(lang).to_owned()];
        lines.extend(Part::ALL.iter().flat_map(|part| plain(page.parts(lang).get(*part))));
        let mut all = BTreeMap::new();
        let title = [(page.title.get(lang), 8.0)].into_iter();
        let body =
            lines.iter().enumerate().map(|(at, line)| (&**line, if at == 0 { 3.0 } else { 1.0 }));
        for (text, weight) in title.chain(body) {
            let chars: Vec<char> = text.chars().collect();
            for (word, _, _) in words(&chars) {
                *all.entry(word).or_insert(0.0) += weight;
            }
        }
        Self { id: page.id.clone(), words: all, lines }
    }

    /// How much of a word of the question it holds.
    fn weight(&self, asked: &str) -> f64 {
        let meant = self.words.iter().filter(|(word, _)| is_meant(asked, word));
        meant.map(|(_, weight)| weight).sum()
    }
}

impl Search {
    /// An index over a handbook in one language.
    pub fn new(handbook: &Handbook, lang: Lang) -> Self {
        let pages: Vec<Indexed> =
            handbook.pages().iter().map(|page| Indexed::new(page, lang)).collect();
        let mut spread = BTreeMap::new();
        for word in pages.iter().flat_map(|page| page.words.keys()) {
            *spread.entry(word.clone()).or_insert(0) += 1;
        }
        Self { lang, pages, spread }
    }

    /// The language of its texts.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The pages that a question finds, the best first. A question without words finds none.
    pub fn find(&self, question: &str) -> Vec<Hit> {
        let chars: Vec<char> = question.chars().take(200).collect();
        let mut asked: Vec<String> = Vec::new();
        for (word, _, _) in words(&chars) {
            if !asked.contains(&word) && asked.len() < WORDS_MAX {
                asked.push(word);
            }
        }
        if asked.is_empty() {
            return Vec::new();
        }
        let rare: Vec<f64> = asked.iter().map(|word| self.rarity(word)).collect();
        let mut hits = Vec::new();
        for page in &self.pages {
            let (mut rank, mut held) = (0.0, 0.0);
            for (word, rare) in asked.iter().zip(&rare) {
                let weight = page.weight(word);
                if weight > 0.0 {
                    held += 1.0;
                    rank += rare * weight / (weight + 2.0);
                }
            }
            let share = held / asked.len() as f64;
            if share >= SHARE_MIN {
                hits.push((rank * share * share, page));
            }
        }
        hits.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| one.id.cmp(&other.id)));
        let hit = |(rank, page): (f64, &Indexed)| Hit {
            id: page.id.clone(),
            rank,
            passage: passage(&page.lines, &asked, &rare),
        };
        hits.into_iter().take(HITS_MAX).map(hit).collect()
    }

    fn rarity(&self, asked: &str) -> f64 {
        let all = self.pages.len() as f64;
        let meant = self.spread.iter().filter(|(word, _)| is_meant(asked, word));
        let in_pages = meant.map(|(_, pages)| *pages).max().unwrap_or(0) as f64;
        (1.0 + (all - in_pages + 0.5) / (in_pages + 0.5)).ln()
    }
}

/// The line that says most of what was asked, cut around it, with the words marked.
fn passage(lines: &[String], asked: &[String], rare: &[f64]) -> Vec<(bool, String)> {
    let mut best: (f64, Vec<char>, Vec<bool>) = (-1.0, Vec::new(), Vec::new());
    for line in lines {
        let chars: Vec<char> = line.chars().collect();
        let mut marked = vec![false; chars.len()];
        let mut held = vec![false; asked.len()];
        for (word, from, to) in words(&chars) {
            for (at, _) in asked.iter().enumerate().filter(|(_, asked)| is_meant(asked, &word)) {
                held[at] = true;
                marked[from..to].fill(true);
            }
        }
        let rank = held.iter().zip(rare).filter(|(held, _)| **held).map(|(_, rare)| rare).sum();
        if rank > best.0 {
            best = (rank, chars, marked);
        }
    }
    let (_, chars, marked) = best;
    let first = marked.iter().position(|marked| *marked).unwrap_or(0);
    let from = if chars.len() <= PASSAGE { 0 } else { first.saturating_sub(BEFORE) };
    let to = (from + PASSAGE).min(chars.len());
    let mut pieces: Vec<(bool, String)> = Vec::new();
    if from > 0 {
        pieces.push((false, "…".into()));
    }
    for at in from..to {
        match pieces.last_mut() {
            Some((is, text)) if *is == marked[at] => text.push(chars[at]),
            _ => pieces.push((marked[at], chars[at].to_string())),
        }
    }
    if to < chars.len() {
        pieces.push((false, "…".into()));
    }
    pieces
}
