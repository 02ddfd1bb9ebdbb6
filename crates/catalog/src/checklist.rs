//! Checklists that a station's people take along: themes, the points of each, what to look at, and
//! what is advised where a point is wanting.

use serde::Deserialize;

use crate::text::{Cite, Ref, Text};

/// A checklist.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// Its name, that of its file.
    pub id: String,
    /// Counted up when points change; what was recorded under an older one stays as it is.
    pub edition: u32,
    /// Its title.
    pub title: Text,
    /// Its themes.
    pub theme: Vec<Theme>,
}

/// A theme: points that belong together.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Its name in the data.
    pub id: Ref,
    /// Its name for people.
    pub name: Text,
    /// Its points.
    pub point: Vec<Point>,
}

/// A point to look at.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Its name in the data.
    pub id: Ref,
    /// The question.
    pub ask: Text,
    /// What to look at on the spot.
    pub look: Text,
    /// What is advised where it is wanting.
    pub advice: Text,
    /// How grave it is where it is wanting.
    pub grade: Grade,
    /// In how many days it should be mended.
    pub days: u32,
    /// Its basis, where there is one.
    pub cites: Option<Cite>,
}

/// How grave a wanting point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// Secrecy itself is in doubt without it.
    High,
    /// It weakens protection.
    Medium,
    /// It should be mended by the way.
    Low,
}

impl Grade {
    /// Its name in data and translation files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

impl Checklist {
    /// All points in their order, each with its theme.
    pub fn points(&self) -> impl Iterator<Item = (&Theme, &Point)> {
        self.theme.iter().flat_map(|theme| theme.point.iter().map(move |point| (theme, point)))
    }

    /// A point by its name, with its theme.
    pub fn point(&self, id: &str) -> Option<(&Theme, &Point)> {
        self.points().find(|(_, point)| point.id.id == id)
    }

    /// Its name with its edition, as a record of a visit keeps it: `diagnosis@1`.
    pub fn mark(&self) -> String {
        format!("{}@{}", self.id, self.edition)
    }
}
