//! The acts that are cited: how, from when to when, and whether their text was seen.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::day::Day;
use crate::text::{Cite, Text};

/// One version of one act, with the articles that the catalog uses.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Norm {
    /// How it is cited; all versions of an act are cited alike.
    pub cite: String,
    /// Its full name.
    pub name: Text,
    /// Number or revision.
    pub number: String,
    /// First day in force.
    pub from: Day,
    /// Last day in force; none while it is.
    pub until: Option<Day>,
    /// Whether its text was seen.
    pub seen: bool,
    /// Where it was seen, or what the figures rest on.
    pub source: String,
    /// Whether it is a local agreement and no law; such figures only stand beside statutory ones.
    #[serde(default)]
    pub agreed: bool,
    /// What a reader should know.
    pub note: Option<Text>,
    /// The articles used, in our own words.
    pub articles: BTreeMap<String, Article>,
}

/// An article, in our own words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// What it says, in Chinese.
    pub zh: String,
    /// What it says, in English. Empty where the act's older version only keeps its numbers.
    pub en: String,
    /// Whether this article was seen, where that differs from its act.
    pub seen: Option<bool>,
    /// Where, if elsewhere.
    pub source: Option<String>,
}

/// What a figure rests on, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// The text was seen.
    Seen,
    /// The text was seen; how it is to be read is our inference.
    Inferred,
    /// From memory or at second hand: 待核.
    Recalled,
}

impl Mark {
    /// Its name in data and translation files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Inferred => "inferred",
            Self::Recalled => "recalled",
        }
    }
}

impl Norm {
    /// Whether it is in force on a day.
    pub fn in_force(&self, day: Day) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// What an article's figures rest on; none when the article isn't listed.
    pub fn mark(&self, article: &str) -> Option<Mark> {
        let article = self.articles.get(article)?;
        Some(if article.seen.unwrap_or(self.seen) { Mark::Seen } else { Mark::Recalled })
    }
}

/// All acts.
#[derive(Clone, Debug, Default)]
pub struct Norms(pub(crate) Vec<Norm>);

impl Norms {
    /// All versions of all acts.
    pub fn all(&self) -> &[Norm] {
        &self.0
    }

    /// The version of an act that is in force on a day: the law by the date of the act.
    pub fn on(&self, act: &str, day: Day) -> Option<&Norm> {
        self.0.iter().find(|norm| norm.cite == act && norm.in_force(day))
    }

    /// The newest version that lists the cited article.
    pub fn cited(&self, cite: &Cite) -> Option<&Norm> {
        self.0
            .iter()
            .filter(|norm| norm.cite == cite.act && norm.articles.contains_key(&cite.article))
            .max_by_key(|norm| norm.from)
    }

    /// What a citation rests on; [`Mark::Recalled`] when nothing is known of it.
    pub fn mark(&self, cite: &Cite) -> Mark {
        self.cited(cite).and_then(|norm| norm.mark(&cite.article)).unwrap_or(Mark::Recalled)
    }
}
