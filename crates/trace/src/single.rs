//! The test for one source: a weighted count of agreements, with its exact distribution.
//!
//! For a copy that is no source, site *i* agrees with what was read with probability *pᵢ* if a 1
//! was read, else 1−*pᵢ*, independently of all others. So the chance of any weighted count is a
//! sum of products that is worked out site by site. The same test is made on pieces of the leak,
//! which finds those whose pages were only a part of it.

use std::ops::Range;

use crate::code::{Codebook, Reading, Seen};

/// The rate of errors that weights are made for; the exact chance holds for any weights.
pub(crate) const ERROR: f64 = 0.05;
/// Weights are counted in quarters of a bit.
pub(crate) const STEPS: f64 = 4.0;
/// Covers the rounding of some thousand additions of positive numbers.
const ROUNDING: f64 = 1.0 + 1e-9;
/// A piece with fewer live sites cannot name anybody.
pub(crate) const SMALLEST_PIECE: usize = 48;

/// The test on one piece of a reading.
pub(crate) struct Single {
    /// The sites from the first to the last live one.
    pub(crate) sites: Range<usize>,
    /// How many of them are live.
    pub(crate) live: usize,
    groups: Vec<Group>,
    /// `tail[t]`: the probability of a count of at least `t`.
    tail: Vec<f64>,
}

/// Live sites at which an agreement counts alike.
struct Group {
    one: bool,
    /// The probability that a copy which is no source agrees.
    chance: f64,
    /// What an agreement counts.
    weight: usize,
    sites: usize,
    /// Which sites, as words of a row from `first` on.
    mask: Vec<u64>,
    first: usize,
}

/// How well a copy agrees.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Agreement {
    /// At how many live sites.
    pub(crate) matches: usize,
    /// The probability that a copy which is no source agrees at least as well.
    pub(crate) chance: f64,
}

impl Single {
    /// The test on the whole reading.
    pub(crate) fn whole(book: &Codebook, reading: &Reading) -> Self {
        Self::on(book, reading, &live(reading))
    }

    /// The tests on pieces: halves, quarters and so on of the live sites, each also shifted by half
    /// its length. Which pieces there are depends on nothing but what was read.
    pub(crate) fn pieces(book: &Codebook, reading: &Reading) -> Vec<Self> {
        let live = live(reading);
        let mut pieces = Vec::new();
        let mut size = live.len() / 2;
        while size >= SMALLEST_PIECE {
            let mut start = 0;
            while start + size <= live.len() {
                pieces.push(Self::on(book, reading, &live[start..start + size]));
                start += size / 2;
            }
            size /= 2;
        }
        pieces
    }

    fn on(book: &Codebook, reading: &Reading, live: &[usize]) -> Self {
        let sites = live.first().map_or(0..0, |&first| first..live[live.len() - 1] + 1);
        let first = sites.start / 64;
        let width = sites.end.div_ceil(64) - first;
        let mut groups: Vec<Group> = Vec::new();
        for &site in live {
            let one = reading.seen[site] == Seen::One;
            let bias = f64::from(book.biases().as_slice()[site]) / 256.0;
            let chance = if one { bias } else { 1.0 - bias };
            let weight = weight(chance, reading.grades[site].error().max(ERROR));
            let alike =
                |group: &Group| (group.one, group.chance, group.weight) == (one, chance, weight);
            let at = groups.iter().position(alike).unwrap_or_else(|| {
                groups.push(Group { one, chance, weight, sites: 0, mask: vec![0; width], first });
                groups.len() - 1
            });
            groups[at].sites += 1;
            groups[at].mask[site / 64 - first] |= 1 << (site % 64);
        }
        Self { sites, live: live.len(), tail: tail(&groups), groups }
    }

    /// How well a copy agrees.
    pub(crate) fn judge(&self, book: &Codebook, copy: usize) -> Agreement {
        let row = book.row(copy);
        let (mut matches, mut count) = (0, 0);
        for group in &self.groups {
            let ones: u32 =
                row[group.first..].iter().zip(&group.mask).map(|(a, b)| (a & b).count_ones()).sum();
            let agreeing = if group.one { ones as usize } else { group.sites - ones as usize };
            matches += agreeing;
            count += group.weight * agreeing;
        }
        Agreement { matches, chance: (self.tail[count] * ROUNDING).min(1.0) }
    }
}

/// The sites that say something.
fn live(reading: &Reading) -> Vec<usize> {
    (0..reading.seen.len()).filter(|&site| reading.seen[site] != Seen::Nothing).collect()
}

/// What an agreement counts at a site, in quarters of a bit.
fn weight(chance: f64, error: f64) -> usize {
    let agree = (1.0 - error) / chance;
    let differ = error / (1.0 - chance);
    (STEPS * (agree / differ).log2()).round().max(0.0) as usize
}

/// The probability of each count or more.
fn tail(groups: &[Group]) -> Vec<f64> {
    let mut chances = vec![1.0];
    for group in groups {
        for _ in 0..group.sites {
            let mut next = vec![0.0; chances.len() + group.weight];
            for (next, chance) in next.iter_mut().zip(&chances) {
                *next = (1.0 - group.chance) * chance;
            }
            for (next, chance) in next[group.weight..].iter_mut().zip(&chances) {
                *next += group.chance * chance;
            }
            chances = next;
        }
    }
    let mut sum = 0.0;
    for chance in chances.iter_mut().rev() {
        sum += *chance;
        *chance = sum;
    }
    chances
}
