//! Evidence standards: the elements of a violation or offence, the facts that prove each, the items
//! accepted, and what a given file covers.
//!
//! A report is a checklist and no appraisal: *covered* says that the file holds an item of a kind
//! that is accepted, not that it convinces.

use serde::Deserialize;

use crate::norm::{Mark, Norms};
use crate::procedure::{Form, Item};
use crate::text::{Cite, Ref, Text};

/// Elements, and the kinds of items that prove them, shared by all standards.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Elements {
    /// Kinds of items.
    pub item: Vec<Item>,
    /// Elements.
    pub element: Vec<Element>,
}

/// One element.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Element {
    /// Its name in the data.
    pub id: Ref,
    /// Its name for people.
    pub name: Text,
    /// Whether one of its facts is enough.
    #[serde(default)]
    pub any: bool,
    /// Its basis.
    pub cites: Cite,
    /// What proves it.
    pub fact: Vec<Fact>,
}

/// One fact of an element.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Its name in the data.
    pub id: Ref,
    /// Its name for people.
    pub name: Text,
    /// Kinds of items any one of which, in good form, covers it.
    pub strong: Vec<Ref>,
    /// Kinds of items that only support it.
    #[serde(default)]
    pub weak: Vec<Ref>,
    /// Its basis.
    pub cites: Cite,
}

/// What must be proved for one violation or offence.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// Its name, that of its file.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// By which road.
    pub road: Road,
    /// Its basis.
    pub cites: Cite,
    /// Elements, all of which must be proved.
    pub elements: Vec<Ref>,
    /// Amounts and counts; reaching one is enough. None where the act itself is enough.
    #[serde(default)]
    pub threshold: Vec<Threshold>,
    /// What a reader should know.
    pub note: Option<Text>,
}

/// By which road a standard is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Road {
    /// By the authority.
    Administrative,
    /// By the police and procuratorate.
    Criminal,
    /// By the court.
    Civil,
}

/// An amount or count.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// Its name in the data.
    pub id: Ref,
    /// Its name for people.
    pub name: Text,
    /// What is measured.
    pub measure: Measure,
    /// Yuan, or a count.
    pub at_least: u64,
    /// Only for those punished within two years.
    #[serde(default)]
    pub again: bool,
    /// Its basis.
    pub cites: Cite,
    /// Lowers what the basis is worth.
    pub mark: Option<Mark>,
}

impl Road {
    /// Its name in data and translation files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Administrative => "administrative",
            Self::Criminal => "criminal",
            Self::Civil => "civil",
        }
    }
}

/// What a threshold measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// The holder's loss.
    Loss,
    /// The illegal gain.
    Gain,
    /// Loss or gain, the greater.
    LossOrGain,
    /// Improper acquisitions within a year.
    Acquisitions,
}

/// Money in 分 (1/100 yuan).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub u64);

/// What is known of a case's amounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// The holder's loss.
    #[serde(rename = "loss_fen")]
    pub loss: Option<Fen>,
    /// The illegal gain.
    #[serde(rename = "gain_fen")]
    pub gain: Option<Fen>,
    /// Improper acquisitions within a year.
    pub acquisitions: Option<u64>,
    /// Whether the person was punished for such acts within two years.
    pub punished_before: Option<bool>,
}

/// Whether a threshold is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// The act itself is enough: there is none.
    NotNeeded,
    /// It is, by a text that was seen.
    Met,
    /// 待核: the figures would reach one whose text was not seen. Never counted as met.
    Unverified,
    /// Figures are missing.
    Unknown,
    /// All figures are known and none reaches.
    NotMet,
}

impl Reached {
    /// Its name in the translation files.
    pub fn key(self) -> &'static str {
        match self {
            Self::NotNeeded => "not_needed",
            Self::Met => "met",
            Self::Unverified => "unverified",
            Self::Unknown => "unknown",
            Self::NotMet => "not_met",
        }
    }
}

/// Something in the file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exhibit {
    /// Its kind.
    pub item: String,
    /// What it bears.
    #[serde(default)]
    pub bears: Vec<Form>,
    /// What it is called in the file; only for people.
    #[serde(default)]
    pub name: String,
}

/// A case file as others write it down, to be held against a standard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    /// What lies in it.
    #[serde(default)]
    pub items: Vec<Exhibit>,
    /// What is known of amounts.
    #[serde(default)]
    pub figures: Figures,
}

/// How far something is proved, from worst to best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cover {
    /// Nothing in the file.
    Missing,
    /// Only supporting items, or items with faults of form.
    Weak,
    /// An accepted item in good form.
    Covered,
}

impl Cover {
    /// Its name in the translation files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Weak => "weak",
            Self::Covered => "covered",
        }
    }
}

/// What a file covers of a standard.
#[derive(Clone, Debug)]
pub struct Report<'c> {
    /// Each element.
    pub elements: Vec<ElementReport<'c>>,
    /// Whether a threshold is reached.
    pub threshold: Reached,
}

/// What a file covers of an element.
#[derive(Clone, Debug)]
pub struct ElementReport<'c> {
    /// The element.
    pub element: &'c Element,
    /// How far it is covered.
    pub cover: Cover,
    /// Each fact.
    pub facts: Vec<FactReport<'c>>,
}

/// What a file covers of a fact.
#[derive(Clone, Debug)]
pub struct FactReport<'c> {
    /// The fact.
    pub fact: &'c Fact,
    /// How far it is covered.
    pub cover: Cover,
    /// Faults of form that keep an item from counting in full.
    pub faults: Vec<(&'c Item, Form)>,
    /// Kinds of items that would cover it; empty when it is.
    pub fill: Vec<&'c Item>,
}

impl Elements {
    /// An element by its name.
    pub fn element(&self, id: &str) -> Option<&Element> {
        self.element.iter().find(|element| element.id.id == id)
    }

    /// A kind of item by its name.
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.item.iter().find(|item| item.id.id == id)
    }

    /// What a file covers of a standard.
    pub fn report<'c>(
        &'c self,
        standard: &'c Standard,
        file: &[Exhibit],
        figures: Figures,
        norms: &Norms,
    ) -> Report<'c> {
        let elements = standard.elements.iter().filter_map(|id| self.element(&id.id));
        Report {
            elements: elements.map(|element| self.element_report(element, file)).collect(),
            threshold: standard.reached(figures, norms),
        }
    }

    fn element_report<'c>(&'c self, element: &'c Element, file: &[Exhibit]) -> ElementReport<'c> {
        let facts: Vec<_> = element.fact.iter().map(|fact| self.fact_report(fact, file)).collect();
        let covers = facts.iter().map(|fact| fact.cover);
        let cover = if element.any { covers.max() } else { covers.min() };
        ElementReport { element, cover: cover.unwrap_or(Cover::Missing), facts }
    }

    fn fact_report<'c>(&'c self, fact: &'c Fact, file: &[Exhibit]) -> FactReport<'c> {
        let mut cover = Cover::Missing;
        let mut faults = Vec::new();
        for exhibit in file {
            let is = |ids: &[Ref]| ids.iter().any(|id| id.id == exhibit.item);
            if is(&fact.weak) {
                cover = cover.max(Cover::Weak);
            }
            let Some(item) = self.item(&exhibit.item).filter(|_| is(&fact.strong)) else {
                continue;
            };
            let lacks = |form: &Form| !exhibit.bears.contains(form);
            let lacking: Vec<Form> = item.form.iter().copied().filter(lacks).collect();
            let good = lacking.is_empty();
            cover = cover.max(if good { Cover::Covered } else { Cover::Weak });
            faults.extend(lacking.into_iter().map(|form| (item, form)));
        }
        let fill = match cover {
            Cover::Covered => Vec::new(),
            _ => fact.strong.iter().filter_map(|id| self.item(&id.id)).collect(),
        };
        FactReport { fact, cover, faults, fill }
    }
}

impl Report<'_> {
    /// Whether every element is covered and the threshold is met or not needed.
    pub fn is_complete(&self) -> bool {
        self.elements.iter().all(|element| element.cover == Cover::Covered)
            && matches!(self.threshold, Reached::Met | Reached::NotNeeded)
    }
}

impl Standard {
    /// Whether one of its thresholds is reached.
    pub fn reached(&self, figures: Figures, norms: &Norms) -> Reached {
        let each = self.threshold.iter().map(|row| row.reached(figures, norms));
        let best = |reached: &Reached| match reached {
            Reached::NotNeeded | Reached::NotMet => 0,
            Reached::Unknown => 1,
            Reached::Unverified => 2,
            Reached::Met => 3,
        };
        each.max_by_key(best).unwrap_or(Reached::NotNeeded)
    }
}

impl Threshold {
    /// Whether it is reached.
    pub fn reached(&self, figures: Figures, norms: &Norms) -> Reached {
        if self.again {
            match figures.punished_before {
                None => return Reached::Unknown,
                Some(false) => return Reached::NotMet,
                Some(true) => {}
            }
        }
        let fen = |sum: Option<Fen>| sum.map(|Fen(fen)| fen);
        let greater = figures.loss.max(figures.gain);
        let (known, least) = match self.measure {
            Measure::Loss => (fen(figures.loss), self.at_least.saturating_mul(100)),
            Measure::Gain => (fen(figures.gain), self.at_least.saturating_mul(100)),
            Measure::LossOrGain => (fen(greater), self.at_least.saturating_mul(100)),
            Measure::Acquisitions => (figures.acquisitions, self.at_least),
        };
        match known {
            None => Reached::Unknown,
            Some(known) if known < least => Reached::NotMet,
            Some(_) if self.worth(norms) == Mark::Seen => Reached::Met,
            Some(_) => Reached::Unverified,
        }
    }

    /// What its figure rests on.
    pub fn worth(&self, norms: &Norms) -> Mark {
        norms.mark(&self.cites).max(self.mark.unwrap_or(Mark::Seen))
    }
}
