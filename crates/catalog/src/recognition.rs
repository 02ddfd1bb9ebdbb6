//! Schemes of recognition: who may be recognised as what, by which criteria, each with its points, and
//! how a review goes on.
//!
//! No public text fixes a table of points, so a scheme is its district's own rule; `origin` says so,
//! and pages repeat it.

use serde::Deserialize;

use crate::text::{Cite, Ref, Text};

/// What the points of a scheme add up to.
pub const POINTS: u32 = 100;

/// A scheme.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// Its name, that of its file.
    pub id: String,
    /// Counted up when criteria change; what was reviewed under an older one stays as it is.
    pub edition: u32,
    /// What one is recognised as.
    pub title: Text,
    /// Who may apply.
    pub who: Text,
    /// The scheme under whose recognised ones these stand.
    pub under: Option<Ref>,
    /// Where the criteria are from.
    pub origin: Origin,
    /// The same in words.
    pub source: Text,
    /// Points that are enough.
    pub pass: u32,
    /// By how many points two reviews may differ before all must agree anew.
    pub apart: u32,
    /// How many days the public is asked for objections, at least.
    pub notice_days: u32,
    /// How many months a recognition holds.
    pub valid_months: u32,
    /// After how many months it is checked again.
    pub check_months: u32,
    /// What excludes from recognition, whatever the points.
    pub bar: Vec<Bar>,
    /// Its criteria by axis.
    pub axis: Vec<Axis>,
}

/// Where the criteria of a scheme are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// A sample of a district's own rule: no public text was seen that fixes it.
    Sample,
    /// A public text fixes it.
    Public,
}

impl Origin {
    /// Its name in data and translation files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Sample => "sample",
            Self::Public => "public",
        }
    }
}

/// What excludes from recognition.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bar {
    /// Its name in the data.
    pub id: Ref,
    /// What it is.
    pub says: Text,
}

/// An axis: criteria that belong together.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Axis {
    /// Its name in the data.
    pub id: Ref,
    /// Its name for people.
    pub name: Text,
    /// Its criteria.
    pub criterion: Vec<Criterion>,
}

/// A criterion.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its name in the data.
    pub id: Ref,
    /// What is asked for.
    pub says: Text,
    /// What shows it.
    pub shown_by: Text,
    /// The most points it gives.
    pub points: u32,
    /// Whether an application without evidence for it is not taken.
    #[serde(default)]
    pub must: bool,
    /// Its basis, where there is one.
    pub cites: Option<Cite>,
}

impl Scheme {
    /// All criteria in their order, each with its axis.
    pub fn criteria(&self) -> impl Iterator<Item = (&Axis, &Criterion)> {
        self.axis.iter().flat_map(|axis| axis.criterion.iter().map(move |one| (axis, one)))
    }

    /// A criterion by its name.
    pub fn criterion(&self, id: &str) -> Option<&Criterion> {
        self.criteria().map(|(_, one)| one).find(|one| one.id.id == id)
    }

    /// Its name with its edition, as the ledger keeps it: `company@1`.
    pub fn mark(&self) -> String {
        format!("{}@{}", self.id, self.edition)
    }
}
