//! Wishes about going abroad: what a company answered before, and what it answered before material
//! leaves China.

use crate::facts::Need;
use crate::number::{Number, Series};

/// A wish about going abroad.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Record a pre-judgement.
    Assess(Assess),
    /// Record answers of the export check.
    Export(Export),
}

/// Records a pre-judgement: the answers, and the risks that they named.
#[derive(Clone, Debug)]
pub struct Assess {
    /// What it is about: a product or project.
    pub product: String,
    /// The countries, by their names in the catalogue.
    pub markets: Vec<String>,
    /// The answers, as `question:choice`.
    pub answers: Vec<String>,
    /// The risks named, by their names in the catalogue.
    pub risks: Vec<String>,
    /// The guides it rests on, with their editions.
    pub guides: Vec<String>,
    /// The edition of the questions.
    pub edition: u32,
}

/// Records answers of the export check.
#[derive(Clone, Debug)]
pub struct Export {
    /// The secret points that are to go.
    pub secrets: Vec<Number>,
    /// To whom and where.
    pub to: String,
    /// The answers, as `question:choice`.
    pub answers: Vec<String>,
    /// The papers they rest on, as `question:paper`.
    pub proofs: Vec<String>,
    /// The edition of the questions.
    pub edition: u32,
    /// Whether nothing was against it.
    pub clear: bool,
}

impl Wish {
    pub(crate) fn needs(&self) -> Vec<Need> {
        match self {
            Self::Assess(_) => vec![Need::Last(Series::Assessment)],
            Self::Export(c) => {
                let mut needs = vec![Need::Last(Series::Export)];
                needs.extend(c.secrets.iter().copied().map(Need::Secret));
                needs
            }
        }
    }
}
