//! Which copies a reading points to, or that it cannot be told.
//!
//! Whatever was read and however it came about, the probability that any copy is named that was no
//! source is at most [`Budget::epsilon`]. The proof is in `docs/tracing.md`.

use std::ops::Range;

use crate::bank::{Hypothesis, LARGEST, VERSION, bank};
use crate::code::{Codebook, Grade, Reading};
use crate::score::evidence;
use crate::single::{Agreement, ERROR, SMALLEST_PIECE, STEPS, Single};

/// How likely a false accusation may be, over all tests of one investigation.
pub const EPSILON: f64 = 1e-6;
/// The share of the test of a single source on the whole reading.
pub(crate) const WHOLE_SHARE: f64 = 0.6;
/// The share of the same test on pieces, together.
const PIECES_SHARE: f64 = 0.05;
/// The share of joint tests; each level of them has the same part of it.
const JOINT_SHARE: f64 = 0.35;
/// How many of the best ranked copies are tried as one of several sources.
const PIVOTS: usize = 12;
/// Fewer live sites than this never suffice for groups.
const SITES_FOR_PIVOTS: usize = 128;
/// How many ranks an outcome lists.
const RANKS: usize = 10;

/// What an investigation may spend.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// The probability of naming any copy that was no source, at most.
    pub epsilon: f64,
    /// How many copies there are in the whole investigation: those of this document, and those of
    /// all other documents that the same leak is compared with.
    pub among: usize,
}

/// The test that named a copy.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// It agrees alone, on the whole reading or on a piece of it.
    Single {
        /// The sites that were looked at.
        sites: Range<usize>,
        /// How many of them were live.
        live: usize,
        /// How many of those agree.
        matches: usize,
        /// The probability that a given copy which was no source agrees at least as well.
        chance: f64,
    },
    /// It explains what was read, alone or together with other copies.
    Joint {
        /// The other copies.
        given: Vec<usize>,
        /// The evidence in bits.
        bits: f64,
    },
}

/// A copy that was a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// The copy.
    pub copy: usize,
    /// The test that named it.
    pub test: Test,
    /// The probability that this test, over all copies and all sets it may be given, names any
    /// copy which was no source: at most this.
    pub bound: f64,
}

/// A copy and the evidence against it.
#[derive(Clone, Debug, PartialEq)]
pub struct Rank {
    /// The copy.
    pub copy: usize,
    /// How many live sites agree.
    pub matches: usize,
    /// The evidence in bits, for itself.
    pub bits: f64,
}

/// What an investigation found.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The sources that are proved; none means that it cannot be told.
    pub named: Vec<Named>,
    /// The best ranked copies, for a look at how far the next ones are. A rank proves nothing.
    pub ranks: Vec<Rank>,
    /// How many sites said something.
    pub live: usize,
    /// The bits that a copy needs to be named for itself.
    pub needed: f64,
}

impl Budget {
    /// The usual budget for so many copies.
    #[must_use]
    pub const fn of(among: usize) -> Self {
        Self { epsilon: EPSILON, among }
    }

    /// The bits that a joint test needs when it is given `known` copies: it could have been given
    /// any of them, so each set of that size is charged.
    #[must_use]
    pub fn bits(&self, known: usize) -> f64 {
        (self.tests(known) / self.level()).log2()
    }

    /// How many pairs of a copy and a set of `known` others there are, at most.
    fn tests(&self, known: usize) -> f64 {
        let among = self.among.max(1) as f64;
        (0..known).fold(among, |tests, at| tests * (among / (at + 1) as f64).max(1.0))
    }

    /// What each level of joint tests may spend.
    fn level(&self) -> f64 {
        self.epsilon * JOINT_SHARE / LARGEST as f64
    }
}

/// The method as data, for reports: whoever repeats a computation needs nothing else.
#[must_use]
pub fn method() -> serde_json::Value {
    let bank: Vec<_> = bank()
        .into_iter()
        .map(|h| serde_json::json!({ "name": h.name, "rule": h.rule, "weight": h.weight, "error": h.error }))
        .collect();
    serde_json::json!({
        "bank": VERSION, "whole": WHOLE_SHARE, "pieces": PIECES_SHARE, "joint": JOINT_SHARE,
        "levels": LARGEST, "steps": STEPS, "error": ERROR, "smallest_piece": SMALLEST_PIECE,
        "grades": [Grade::Sure.error(), Grade::Fair.error(), Grade::Poor.error()],
        "hypotheses": bank,
    })
}

/// Names the sources of a reading.
///
/// `reading` has as many sites as the codebook and was made without looking at any word in it.
#[must_use]
pub fn accuse(book: &Codebook, reading: &Reading, budget: &Budget) -> Outcome {
    assert_eq!(reading.seen.len(), book.biases().sites(), "a reading of this document");
    let bank = bank();
    let mut search = Search { book, reading, budget, bank: &bank, named: Vec::new() };
    let alone = search.evidence(&[]);
    let mut order: Vec<usize> = (0..alone.len()).collect();
    order.sort_by(|&a, &b| alone[b].total_cmp(&alone[a]));
    order.truncate(PIVOTS.max(RANKS));

    let whole = Single::whole(book, reading);
    search.single(&whole, budget.epsilon * WHOLE_SHARE, 1);
    let pieces = Single::pieces(book, reading);
    for piece in &pieces {
        search.single(piece, budget.epsilon * PIECES_SHARE, pieces.len());
    }
    search.joint(&[], &alone);
    search.named.sort_by(|a, b| alone[b.copy].total_cmp(&alone[a.copy]));
    if search.named.is_empty() && reading.live() >= SITES_FOR_PIVOTS {
        search.pairs(&order[..order.len().min(PIVOTS)]);
    }
    search.others();

    let ranks = order.iter().take(RANKS).map(|&copy| Rank {
        copy,
        matches: whole.judge(book, copy).matches,
        bits: alone[copy],
    });
    Outcome {
        ranks: ranks.collect(),
        live: reading.live(),
        needed: budget.bits(0),
        named: search.named,
    }
}

/// A search for sources. How it searches is free: each accusation stands on its own test.
struct Search<'a> {
    book: &'a Codebook,
    reading: &'a Reading,
    budget: &'a Budget,
    bank: &'a [Hypothesis],
    named: Vec<Named>,
}

impl Search<'_> {
    /// The evidence against all copies but `given`.
    fn evidence(&self, given: &[usize]) -> Vec<f64> {
        let mut bits = evidence(self.book, self.reading, given, self.bank);
        for &copy in given {
            bits[copy] = f64::NEG_INFINITY;
        }
        bits
    }

    /// Names each copy whose evidence, given other copies, suffices; and says whether any did.
    fn joint(&mut self, given: &[usize], bits: &[f64]) -> bool {
        let needed = self.budget.bits(given.len());
        let before = self.named.len();
        for (copy, &bits) in bits.iter().enumerate() {
            if bits >= needed && !self.knows(copy) {
                let bound = self.budget.tests(given.len()) / bits.exp2();
                let test = Test::Joint { given: given.to_vec(), bits };
                self.named.push(Named { copy, test, bound });
            }
        }
        self.named.len() > before
    }

    fn knows(&self, copy: usize) -> bool {
        self.named.iter().any(|named| named.copy == copy)
    }

    /// Names each copy that agrees well enough, when so many like tests share `spend`.
    fn single(&mut self, test: &Single, spend: f64, tests: usize) {
        let tries = (self.budget.among * tests) as f64;
        for copy in 0..self.book.copies() {
            let Agreement { matches, chance } = test.judge(self.book, copy);
            if chance * tries <= spend && !self.knows(copy) {
                let (sites, live) = (test.sites.clone(), test.live);
                let test = Test::Single { sites, live, matches, chance };
                self.named.push(Named { copy, test, bound: chance * tries });
            }
        }
    }

    /// When no copy suffices for itself: two or three that do together.
    fn pairs(&mut self, pivots: &[usize]) {
        let mut seconds = Vec::new();
        for &pivot in pivots {
            let bits = self.evidence(&[pivot]);
            if self.joint(&[pivot], &bits) {
                return;
            }
            seconds.extend(best(&bits).map(|(second, bits)| (bits, pivot, second)));
        }
        seconds.sort_by(|a, b| b.0.total_cmp(&a.0));
        for &(_, pivot, second) in seconds.iter().take(PIVOTS / 2) {
            let given = [pivot, second];
            let bits = self.evidence(&given);
            if self.joint(&given, &bits) {
                return;
            }
        }
    }

    /// More sources, given those that are named.
    fn others(&mut self) {
        let mut given: Vec<usize> = Vec::new();
        while given.len() + 1 < LARGEST {
            let Some(next) = self.named.iter().find(|named| !given.contains(&named.copy)) else {
                return;
            };
            given.push(next.copy);
            let bits = self.evidence(&given);
            self.joint(&given, &bits);
        }
    }
}

fn best(bits: &[f64]) -> Option<(usize, f64)> {
    bits.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1))
}
