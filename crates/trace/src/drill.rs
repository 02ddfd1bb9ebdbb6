//! Random documents and leaks, for tests and measurements: nothing here is fit for real copies.

use crate::code::{Biases, Codebook, Reading, Seen};

/// A small generator (xoshiro256++), so that a simulation can be repeated from its seed.
#[derive(Clone, Debug)]
pub struct Chance([u64; 4]);

impl Chance {
    /// A generator that always gives the same numbers for the same seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut state = seed;
        Self(std::array::from_fn(|_| {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut mixed = state;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            mixed ^ (mixed >> 31)
        }))
    }

    /// 64 random bits.
    pub fn word(&mut self) -> u64 {
        let s = &mut self.0;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// A number from 0 to 1, 1 excluded.
    pub fn share(&mut self) -> f64 {
        (self.word() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// True so often.
    pub fn happens(&mut self, often: f64) -> bool {
        self.share() < often
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.share() * limit as f64) as usize
    }
}

/// A book of random words.
#[must_use]
pub fn book(copies: usize, sites: usize, chance: &mut Chance) -> Codebook {
    let biases = Biases::from_bytes(sites, std::iter::from_fn(|| Some(chance.word() as u8)));
    // Bit planes of the biases: 64 comparisons of a random byte with a bias at once.
    let mut planes = vec![[0u64; 8]; biases.width()];
    for (site, bias) in biases.as_slice().iter().enumerate() {
        for (bit, plane) in planes[site / 64].iter_mut().enumerate() {
            *plane |= u64::from(bias >> bit & 1) << (site % 64);
        }
    }
    let mut book = Codebook::new(biases);
    for _ in 0..copies {
        book.push_row(planes.iter().map(|planes| {
            planes.iter().fold(0, |less, bias| {
                let byte = chance.word();
                (!byte & bias) | (!(byte ^ bias) & less)
            })
        }));
    }
    book
}

/// What those who leak do where their copies differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// Each site from one of them, at random.
    Interleave,
    /// What most have.
    Majority,
    /// What fewest have.
    Minority,
    /// A one.
    Ones,
    /// A zero.
    Zeros,
    /// A coin.
    Coin,
    /// Eight long pieces, by turns.
    CutAndPaste,
}

impl Strategy {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Interleave,
        Self::Majority,
        Self::Minority,
        Self::Ones,
        Self::Zeros,
        Self::Coin,
        Self::CutAndPaste,
    ];
}

/// Different copies, at random.
#[must_use]
pub fn sources(book: &Codebook, count: usize, chance: &mut Chance) -> Vec<usize> {
    let mut sources = Vec::new();
    while sources.len() < count {
        let copy = chance.below(book.copies());
        if !sources.contains(&copy) {
            sources.push(copy);
        }
    }
    sources
}

/// How much of a leak is lost, and how much is misread.
#[derive(Clone, Copy, Debug)]
pub struct Wear {
    /// The share of sites that say nothing.
    pub erased: f64,
    /// The share of the others that say the contrary.
    pub wrong: f64,
}

/// A reading of a leak from these copies.
#[must_use]
pub fn leak(
    book: &Codebook,
    sources: &[usize],
    strategy: Strategy,
    wear: Wear,
    chance: &mut Chance,
) -> Reading {
    let sites = book.biases().sites();
    let first = chance.below(sources.len());
    let mut seen = Vec::with_capacity(sites);
    for site in 0..sites {
        let ones = sources.iter().filter(|&&copy| book.bit(copy, site)).count();
        let twice = (2 * ones).cmp(&sources.len());
        let bit = match strategy {
            _ if ones == 0 => false,
            _ if ones == sources.len() => true,
            Strategy::Interleave => chance.happens(ones as f64 / sources.len() as f64),
            Strategy::Ones => true,
            Strategy::Zeros => false,
            Strategy::Majority if twice.is_ne() => twice.is_gt(),
            Strategy::Minority if twice.is_ne() => twice.is_lt(),
            Strategy::Coin | Strategy::Majority | Strategy::Minority => chance.happens(0.5),
            Strategy::CutAndPaste => {
                let piece = site / (sites / 8).max(1);
                book.bit(sources[(piece + first) % sources.len()], site)
            }
        };
        let bit = bit ^ chance.happens(wear.wrong);
        seen.push(if chance.happens(wear.erased) { Seen::Nothing } else { Seen::bit(bit) });
    }
    Reading::plain(seen)
}

/// The evidence in bits against each copy, given that other copies are sources.
#[must_use]
pub fn evidence(book: &Codebook, reading: &Reading, given: &[usize]) -> Vec<f64> {
    crate::score::evidence(book, reading, given, &crate::bank::bank())
}

/// The probability, for each copy, that one which is no source agrees at least as well with the
/// whole reading.
#[must_use]
pub fn chances(book: &Codebook, reading: &Reading) -> Vec<f64> {
    let whole = crate::single::Single::whole(book, reading);
    (0..book.copies()).map(|copy| whole.judge(book, copy).chance).collect()
}

/// A book of the words that are given, for a document of few sites: site *i* of a word is bit *i*.
#[must_use]
pub fn book_of(biases: &[u8], words: impl IntoIterator<Item = u64>) -> Codebook {
    assert!(biases.len() <= 64 && !biases.contains(&0), "few sites, each with a bias");
    let biases = Biases::from_list(biases.to_vec());
    let mut book = Codebook::new(biases);
    for word in words {
        book.push_row(std::iter::once(word));
    }
    book
}
