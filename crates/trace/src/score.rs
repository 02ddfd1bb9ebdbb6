//! Evidence against each copy, as the base-2 logarithm of an e-value.
//!
//! An e-value is a likelihood ratio averaged over the bank. For a copy that is no source its mean is
//! exactly 1, given whatever was read and given the words of all other copies; so by Markov's
//! inequality it reaches *t* with probability at most 1/*t*.

use crate::bank::Hypothesis;
use crate::code::{Codebook, Grade, Reading, Seen};

/// Sites that count alike: same bias, same thing seen, same trust, same number of ones among the
/// copies held to be sources.
struct Class {
    bias: f64,
    one: bool,
    error: f64,
    ones: usize,
    /// Which sites, as a row of bits.
    mask: Vec<u64>,
    sites: u32,
}

fn classes(book: &Codebook, reading: &Reading, given: &[usize]) -> Vec<Class> {
    let mut found: Vec<((u8, Seen, Grade, usize), Class)> = Vec::new();
    for (site, (&seen, &grade)) in reading.seen.iter().zip(&reading.grades).enumerate() {
        if seen == Seen::Nothing {
            continue;
        }
        let bias = book.biases().as_slice()[site];
        let ones = given.iter().filter(|&&copy| book.bit(copy, site)).count();
        let key = (bias, seen, grade, ones);
        let at = found.iter().position(|(other, _)| *other == key).unwrap_or_else(|| {
            let class = Class {
                bias: f64::from(bias) / 256.0,
                one: seen == Seen::One,
                error: grade.error(),
                ones,
                mask: vec![0; book.biases().width()],
                sites: 0,
            };
            found.push((key, class));
            found.len() - 1
        });
        let class = &mut found[at].1;
        class.mask[site / 64] |= 1 << (site % 64);
        class.sites += 1;
    }
    found.into_iter().map(|(_, class)| class).collect()
}

/// What one hypothesis makes of a copy: `base`, and `gain` for each 1 of the copy in each class.
struct Line {
    base: f64,
    gain: Vec<f64>,
}

fn line(hypothesis: &Hypothesis, weight: f64, classes: &[Class], known: usize) -> Line {
    let mut base = weight.log2();
    let gain = classes
        .iter()
        .map(|class| {
            let likely = |own| {
                let one = hypothesis.one(class.bias, class.error, known, class.ones, own);
                if class.one { one } else { 1.0 - one }
            };
            let (with_0, with_1) = (likely(0), likely(1));
            let mean = class.bias * with_1 + (1.0 - class.bias) * with_0;
            base += f64::from(class.sites) * (with_0 / mean).log2();
            (with_1 / mean).log2() - (with_0 / mean).log2()
        })
        .collect();
    Line { base, gain }
}

/// The evidence against each copy in bits, given that the copies `given` are sources.
///
/// A copy of `given` gets a value without meaning.
pub(crate) fn evidence(
    book: &Codebook,
    reading: &Reading,
    given: &[usize],
    bank: &[Hypothesis],
) -> Vec<f64> {
    let classes = classes(book, reading, given);
    let fitting = || bank.iter().filter(|hypothesis| hypothesis.size() > given.len());
    let all: f64 = fitting().map(|hypothesis| hypothesis.weight).sum();
    let lines: Vec<Line> = fitting()
        .map(|hypothesis| line(hypothesis, hypothesis.weight / all, &classes, given.len()))
        .collect();
    let mut ones = vec![0.0; classes.len()];
    let mut logs = vec![0.0; lines.len()];
    (0..book.copies())
        .map(|copy| {
            let row = book.row(copy);
            for (class, ones) in classes.iter().zip(&mut ones) {
                *ones = f64::from(common(row, &class.mask));
            }
            let mut most = f64::NEG_INFINITY;
            for (line, log) in lines.iter().zip(&mut logs) {
                let gained: f64 = line.gain.iter().zip(&ones).map(|(gain, ones)| gain * ones).sum();
                *log = line.base + gained;
                most = most.max(*log);
            }
            most + logs.iter().map(|log| (log - most).exp2()).sum::<f64>().log2()
        })
        .collect()
}

/// How many ones two rows have in common.
fn common(a: &[u64], b: &[u64]) -> u32 {
    a.iter().zip(b).map(|(a, b)| (a & b).count_ones()).sum()
}
