//! The rules of an inventory: why a file may hold a secret point, and why not.
//!
//! ```text
//!  name and folders ─┐
//!  text, in blocks ──┴─► Look: words found, values, shares, formulas ──► reasons with their weights
//! ```
//! Text goes by in blocks and is not kept. A reason says which rule spoke and what it found; a
//! rank is the sum of the weights, for ordering and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use serde::{Deserialize, Serialize};

use crate::text::Text;

mod measure;

use measure::Measured;

/// Bytes of a text that count as its beginning.
const HEAD: u64 = 2048;
/// Found words that are kept of a reason.
const WORDS_MAX: usize = 4;

/// All rules, as the data file writes them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    #[serde(rename = "rule")]
    rules: Vec<Rule>,
    measures: Measures,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Measures {
    units: Vec<String>,
}

/// One rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its fixed name.
    pub id: String,
    /// What sort of reason it gives.
    pub sort: Sort,
    /// What it adds to a file's rank.
    pub weight: i32,
    /// The kind of information that it speaks for, by the fixed word of 法释〔2020〕7号 art. 1.
    pub form: Option<String>,
    #[serde(default, rename = "in")]
    within: Vec<Where>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    ends: Vec<String>,
    measure: Option<Measure>,
    #[serde(default = "one")]
    least: u32,
    /// The reason in words.
    pub says: Text,
}

fn one() -> u32 {
    1
}

/// What sort of reason a rule gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// A mark of confidentiality.
    Mark,
    /// A word that is a level of state secrets: to be looked at with that caution.
    State,
    /// Parameters, shares, formulas.
    Parameters,
    /// A table of customers, prices, costs, trials.
    Table,
    /// What it is about.
    Topic,
    /// Where it lies.
    Place,
    /// A drawing.
    Drawing,
    /// Source code, or a model.
    Code,
    /// It looks public, or of others, or like routine.
    Public,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Where {
    Name,
    Place,
    Text,
    Head,
    Line,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Measure {
    Values,
    Density,
    Shares,
    Formulas,
    Contacts,
}

/// Why a file is ranked as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The rule.
    pub rule: String,
    /// How many different words, or how many values.
    pub count: u32,
    /// Some of the words that were found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
}

impl Rules {
    /// All rules in their order.
    pub fn all(&self) -> &[Rule] {
        &self.rules
    }

    /// A rule by its name.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// What is wrong with the rules, if anything is: a rule without anything to look for, with a
    /// name twice, or with words that are not folded.
    pub(crate) fn fault(&self) -> Option<String> {
        let mut seen = BTreeSet::new();
        self.rules.iter().find_map(|rule| {
            let sources = [
                !rule.words.is_empty() && !rule.within.is_empty(),
                !rule.ends.is_empty(),
                rule.measure.is_some(),
            ];
            let folded = |word: &String| *word == word.to_lowercase() && !word.trim().is_empty();
            let fits = sources.iter().filter(|there| **there).count() == 1
                && rule.words.iter().chain(&rule.ends).all(folded)
                && seen.insert(&rule.id);
            (!fits).then(|| rule.id.clone())
        })
    }

    /// The rank that reasons add up to.
    pub fn rank(&self, reasons: &[Reason]) -> i32 {
        let rules = reasons.iter().filter_map(|reason| self.rule(&reason.rule));
        rules.map(|rule| rule.weight).sum()
    }

    /// The kind of information that reasons speak for most; the word of a form.
    pub fn form(&self, reasons: &[Reason]) -> Option<&str> {
        let mut forms: BTreeMap<&str, i32> = BTreeMap::new();
        for rule in reasons.iter().filter_map(|reason| self.rule(&reason.rule)) {
            if let Some(form) = &rule.form {
                *forms.entry(form).or_default() += rule.weight;
            }
        }
        forms.into_iter().max_by_key(|(_, weight)| *weight).map(|(form, _)| form)
    }
}

/// Rules made ready to look with; shared by all hands.
#[derive(Debug)]
pub struct Looker<'r> {
    rules: &'r Rules,
    words: AhoCorasick,
    /// Of each pattern: the rule, and the place among its words.
    owners: Vec<Vec<(usize, usize)>>,
    units: measure::Units,
}

impl<'r> Looker<'r> {
    /// Makes rules ready. `None` when they have too many words for that, which tests exclude.
    pub fn new(rules: &'r Rules) -> Option<Self> {
        let mut patterns: Vec<&str> = Vec::new();
        let mut owners: Vec<Vec<(usize, usize)>> = Vec::new();
        for (at, rule) in rules.rules.iter().enumerate() {
            for (n, word) in rule.words.iter().enumerate() {
                match patterns.iter().position(|known| known == word) {
                    Some(place) => owners[place].push((at, n)),
                    None => {
                        patterns.push(word);
                        owners.push(vec![(at, n)]);
                    }
                }
            }
        }
        let words = AhoCorasickBuilder::new()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(&patterns)
            .ok()?;
        let units = measure::Units::new(&rules.measures.units);
        Some(Self { rules, words, owners, units })
    }

    /// Begins with a file: its name, and the folders it lies in below the top.
    pub fn look(&self, path: &str) -> Look<'_> {
        let mut look = Look {
            looker: self,
            found: vec![BTreeSet::new(); self.rules.rules.len()],
            measured: Measured::default(),
            bytes: 0,
            code: false,
        };
        let path = path.replace('\\', "/").to_lowercase();
        let (place, name) = path.rsplit_once('/').unwrap_or(("", &path));
        self.find(place, |rule, word| look.take(rule, word, Where::Place));
        self.find(name, |rule, word| look.take(rule, word, Where::Name));
        for (at, rule) in self.rules.rules.iter().enumerate() {
            let ending = rule.ends.iter().position(|end| {
                name.strip_suffix(end.as_str()).is_some_and(|rest| rest.ends_with('.'))
            });
            if let Some(end) = ending {
                look.found[at].insert(end);
                look.code |= rule.sort == Sort::Code;
            }
        }
        look
    }

    /// Every word that stands in a text, with where it begins.
    fn hits(&self, text: &[u8], mut hit: impl FnMut(usize, usize, usize)) {
        for found in self.words.find_overlapping_iter(text) {
            if stands_alone(text, found.start(), found.end()) {
                for (rule, word) in &self.owners[found.pattern().as_usize()] {
                    hit(*rule, *word, found.start());
                }
            }
        }
    }

    fn find(&self, text: &str, mut hit: impl FnMut(usize, usize)) {
        self.hits(text.as_bytes(), |rule, word, _| hit(rule, word));
    }
}

/// Latin words must not be parts of others: `run` is not in `prune`. Marks and digits part words.
fn stands_alone(text: &[u8], start: usize, end: usize) -> bool {
    let letter = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphabetic);
    let before = start.checked_sub(1).and_then(|at| text.get(at));
    let inside = [(text.get(start), before), (text.get(end - 1), text.get(end))];
    !inside.iter().any(|(own, beside)| letter(*own) && letter(*beside))
}

/// A look at one file.
pub struct Look<'r> {
    looker: &'r Looker<'r>,
    /// By rule, the places of the words found.
    found: Vec<BTreeSet<usize>>,
    measured: Measured,
    bytes: u64,
    code: bool,
}

impl Look<'_> {
    fn take(&mut self, rule: usize, word: usize, within: Where) {
        if self.looker.rules.rules[rule].within.contains(&within) {
            self.found[rule].insert(word);
        }
    }

    /// Looks at the next block of a text in UTF-8, best cut at the end of a line. `first` says that
    /// another document begins here: its beginning counts as one.
    pub fn text(&mut self, block: &[u8], first: bool) {
        if first {
            self.bytes = 0;
        }
        let looker = self.looker;
        let rules = &looker.rules.rules;
        let (from, mut line_end) = (self.bytes, 0);
        // Words of rules that ask for several on one line, of the present line.
        let mut line: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        looker.hits(block, |rule, word, at| {
            let of = &rules[rule];
            if of.within.contains(&Where::Text)
                || of.within.contains(&Where::Head) && from + at as u64 <= HEAD
            {
                self.found[rule].insert(word);
            }
            if of.within.contains(&Where::Line) && self.found[rule].len() < of.least as usize {
                if at >= line_end {
                    line.clear();
                    let rest = &block[at..];
                    let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
                    line_end = at + end;
                }
                let words = line.entry(rule).or_default();
                words.insert(word);
                if words.len() >= of.least as usize {
                    self.found[rule] = words.clone();
                }
            }
        });
        self.measured.block(block, &looker.units, self.code);
        self.bytes += block.len() as u64;
    }

    /// The reasons for and against, in the order of the rules.
    pub fn reasons(&self) -> Vec<Reason> {
        let rules = self.looker.rules.rules.iter().zip(&self.found);
        rules
            .filter_map(|(rule, found)| {
                let count = match rule.measure {
                    Some(measure) => self.measured.get(measure),
                    None => found.len() as u32,
                };
                let least = if rule.ends.is_empty() { rule.least } else { 1 };
                let words = if rule.ends.is_empty() { &rule.words } else { &rule.ends };
                (count >= least).then(|| Reason {
                    rule: rule.id.clone(),
                    count,
                    words: found
                        .iter()
                        .take(WORDS_MAX)
                        .filter_map(|n| words.get(*n).cloned())
                        .collect(),
                })
            })
            .collect()
    }
}
