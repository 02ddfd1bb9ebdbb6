//! The code: a bias for each site, and for each copy a word of one bit a site.
//!
//! A site is a place that can look in two ways. Bit *i* of a copy is 1 with probability *kᵢ*/256,
//! independently of all other bits, so a word is exact from one pseudorandom byte a site.

use crate::key::{CopyKey, Seed};

/// From so many sites on, biases differ from ½: it costs a single leaker's trace some sites and
/// makes groups of leakers traceable (Tardos 2003; two values after Nuida et al. 2009).
pub const SITES_FOR_GROUPS: usize = 400;

/// The biases in use, in 256ths. One half tells most about a single source; the other two are the
/// Gauss–Legendre points 0.2113 and 0.7887 for groups of up to four.
pub const BIASES: [u8; 3] = [54, 128, 202];

/// How many of 256 sites of a large document have the bias ½; the other two share the rest.
const HALVES: u8 = 96;

/// The bias of each site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Biases(Vec<u8>);

impl Biases {
    /// Draws the biases of a document with this many sites from its seed.
    #[must_use]
    pub fn draw(seed: &Seed, plan: &[u8; 32], sites: usize) -> Self {
        let mut stream = seed.biases(plan);
        Self::from_bytes(sites, std::iter::from_fn(|| Some(stream.block())).flatten())
    }

    /// Biases out of uniform bytes.
    pub(crate) fn from_bytes(sites: usize, bytes: impl Iterator<Item = u8>) -> Self {
        let low = (u16::from(HALVES) + 256) / 2;
        let choose = |byte: u8| match byte {
            byte if sites < SITES_FOR_GROUPS || byte < HALVES => BIASES[1],
            byte if u16::from(byte) < low => BIASES[0],
            _ => BIASES[2],
        };
        Self(bytes.take(sites).map(choose).collect())
    }

    pub(crate) const fn from_list(biases: Vec<u8>) -> Self {
        Self(biases)
    }

    /// The biases in 256ths, each between 1 and 255.
    #[must_use]
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }

    /// How many sites there are.
    #[must_use]
    pub fn sites(&self) -> usize {
        self.0.len()
    }

    /// How many 64-bit words a row of bits takes.
    pub(crate) fn width(&self) -> usize {
        self.0.len().div_ceil(64)
    }
}

/// The word of one copy: bit *i* says how site *i* looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word(Vec<u64>);

impl Word {
    /// Draws a word: bit *i* is 1 when byte *i* of the copy's stream is below the bias.
    #[must_use]
    pub fn draw(key: &CopyKey, biases: &Biases) -> Self {
        let mut stream = key.stream();
        let mut bits = vec![0; biases.width()];
        for (block, part) in biases.0.chunks(32).enumerate() {
            let mut word = 0u64;
            for (at, (byte, bias)) in stream.block().iter().zip(part).enumerate() {
                word |= u64::from(byte < bias) << at;
            }
            bits[block / 2] |= word << (32 * (block % 2));
        }
        Self(bits)
    }

    /// How site `site` looks.
    #[must_use]
    pub fn bit(&self, site: usize) -> bool {
        self.0[site / 64] >> (site % 64) & 1 == 1
    }
}

/// The words of all copies of one document.
#[derive(Clone, Debug)]
pub struct Codebook {
    biases: Biases,
    rows: Vec<u64>,
}

impl Codebook {
    /// A book without words.
    #[must_use]
    pub const fn new(biases: Biases) -> Self {
        Self { biases, rows: Vec::new() }
    }

    /// Adds the word of one more copy.
    pub fn push(&mut self, word: &Word) {
        assert_eq!(word.0.len(), self.biases.width(), "a word of this document");
        self.rows.extend_from_slice(&word.0);
    }

    pub(crate) fn push_row(&mut self, row: impl Iterator<Item = u64>) {
        self.rows.extend(row);
    }

    /// The biases.
    #[must_use]
    pub const fn biases(&self) -> &Biases {
        &self.biases
    }

    /// How many copies there are.
    #[must_use]
    pub fn copies(&self) -> usize {
        self.rows.len().checked_div(self.biases.width()).unwrap_or(0)
    }

    /// How site `site` of copy `copy` looks.
    #[must_use]
    pub fn bit(&self, copy: usize, site: usize) -> bool {
        self.row(copy)[site / 64] >> (site % 64) & 1 == 1
    }

    /// The word of a copy.
    #[must_use]
    pub fn word(&self, copy: usize) -> Word {
        Word(self.row(copy).to_vec())
    }

    /// How many sites of a copy look as 1.
    #[must_use]
    pub fn ones(&self, copy: usize) -> usize {
        self.row(copy).iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(crate) fn row(&self, copy: usize) -> &[u64] {
        let width = self.biases.width();
        &self.rows[copy * width..(copy + 1) * width]
    }
}

/// What a site of a leak says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Nothing: it is missing there, or cannot be told.
    Nothing,
    /// It looks as 0.
    Zero,
    /// It looks as 1.
    One,
}

impl Seen {
    /// A bit that was seen.
    #[must_use]
    pub const fn bit(bit: bool) -> Self {
        if bit { Self::One } else { Self::Zero }
    }
}

/// How often a kind of site is read wrongly, at most, as far as was measured. It is fixed before
/// keys are opened; the bound does not rest on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Grade {
    /// Up to 2 %.
    #[default]
    Sure,
    /// Up to 8 %.
    Fair,
    /// Up to 20 %.
    Poor,
}

impl Grade {
    /// The rate of errors that is reckoned with.
    #[must_use]
    pub const fn error(self) -> f64 {
        match self {
            Self::Sure => 0.02,
            Self::Fair => 0.08,
            Self::Poor => 0.2,
        }
    }
}

/// What was read from a leak, site by site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What each site says.
    pub seen: Vec<Seen>,
    /// How far each site can be trusted.
    pub grades: Vec<Grade>,
}

impl Reading {
    /// A reading in which all sites are trusted alike.
    #[must_use]
    pub fn plain(seen: Vec<Seen>) -> Self {
        let grades = vec![Grade::Sure; seen.len()];
        Self { seen, grades }
    }

    /// How many sites say something.
    #[must_use]
    pub fn live(&self) -> usize {
        self.seen.iter().filter(|seen| **seen != Seen::Nothing).count()
    }
}
