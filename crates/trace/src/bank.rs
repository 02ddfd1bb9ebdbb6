//! What those who leak may have done: a bank of hypotheses that is fixed before any leak.
//!
//! Hypotheses only say where to look. The bound on false accusations holds for any bank, and for
//! leakers who do something that is not in it.

/// Those who leaked were so many, and made a 1 of *k* ones among their bits so often.
#[derive(Clone, Debug)]
pub struct Hypothesis {
    /// A name for reports, such as `3 majority`.
    pub name: String,
    /// `rule[k]`: the probability of a 1 when `k` of them have one.
    pub rule: Vec<f64>,
    /// Its weight; all weights together are 1.
    pub weight: f64,
    /// How often a site is misread, at least.
    pub error: f64,
}

/// The version of the bank, named in reports: another bank is another version.
pub const VERSION: u32 = 1;
/// The largest group that has hypotheses of its own.
pub const LARGEST: usize = 4;
/// The share of single leakers in the weights.
const SINGLE: f64 = 0.25;

/// The bank: single leakers with few, some and many misread sites; groups of two to four that mix
/// at random, take what most or fewest have, prefer ones or zeros, or throw a coin.
#[must_use]
pub fn bank() -> Vec<Hypothesis> {
    let singles = [0.02, 0.08, 0.2];
    let mut all: Vec<Hypothesis> = singles
        .iter()
        .map(|&error| Hypothesis {
            name: format!("1 error {error}"),
            rule: vec![0.0, 1.0],
            weight: SINGLE / singles.len() as f64,
            error,
        })
        .collect();
    let mut groups = Vec::new();
    for size in 2..=LARGEST {
        for (name, rule) in RULES {
            // In a group of two, the other rules are the first one.
            if size == 2 && !matches!(name, "interleave" | "ones" | "zeros") {
                continue;
            }
            let rule = (0..=size)
                .map(|ones| match ones {
                    0 => 0.0,
                    ones if ones == size => 1.0,
                    ones => rule(ones as f64 / size as f64),
                })
                .collect();
            groups.push(Hypothesis {
                name: format!("{size} {name}"),
                rule,
                weight: 0.0,
                error: 0.02,
            });
        }
    }
    let share = (1.0 - SINGLE) / groups.len() as f64;
    all.extend(groups.into_iter().map(|group| Hypothesis { weight: share, ..group }));
    all
}

type Rule = fn(f64) -> f64;

/// How a group makes its bit where its bits differ, by the share of ones among them.
const RULES: [(&str, Rule); 6] = [
    ("interleave", |share| share),
    ("majority", |share| step(share - 0.5)),
    ("minority", |share| step(0.5 - share)),
    ("ones", |_| 1.0),
    ("zeros", |_| 0.0),
    ("coin", |_| 0.5),
];

fn step(over: f64) -> f64 {
    if over > 0.0 {
        1.0
    } else if over < 0.0 {
        0.0
    } else {
        0.5
    }
}

impl Hypothesis {
    /// How many leaked.
    #[must_use]
    pub fn size(&self) -> usize {
        self.rule.len() - 1
    }

    /// The probability that a 1 is read at a site of bias `bias`, when `known` of the leakers are
    /// known and have `ones` ones there, and `own` is the bit of one more leaker.
    #[must_use]
    pub fn one(&self, bias: f64, error: f64, known: usize, ones: usize, own: usize) -> f64 {
        let others = self.size() - 1 - known;
        let made: f64 = (0..=others)
            .map(|more| binomial(others, more, bias) * self.rule[own + ones + more])
            .sum();
        let error = self.error.max(error);
        made * (1.0 - 2.0 * error) + error
    }
}

fn binomial(of: usize, ones: usize, bias: f64) -> f64 {
    let ways: f64 = (0..ones).map(|at| (of - at) as f64 / (at + 1) as f64).product();
    ways * bias.powi(ones as i32) * (1.0 - bias).powi((of - ones) as i32)
}
