//! Where the common runs are: the longest first, each unit of a left document once.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Passage;
use super::mark::Marked;
use crate::units::{Layer, grams};

/// Places of one gram on the right that are followed.
const PLACES_MAX: usize = 32;
/// Runs of one left document that are weighed against each other.
const RUNS_MAX: usize = 200_000;

/// A run of units that is on both sides.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub(super) left_document: u32,
    pub(super) left: usize,
    pub(super) right_document: u32,
    pub(super) right: usize,
    pub(super) len: usize,
}

impl Run {
    fn left_end(&self) -> usize {
        self.left + self.len
    }

    fn right_end(&self) -> usize {
        self.right + self.len
    }

    fn part(&self, from: usize, to: usize) -> Self {
        Self { left: self.left + from, right: self.right + from, len: to - from, ..*self }
    }
}

pub(super) struct Runs<'d> {
    layer: Layer,
    left: &'d [Option<Marked<'d>>],
    right: &'d [Option<Marked<'d>>],
    /// Grams of the right side that count: hash, document, unit; in order.
    places: Vec<(u64, u32, u32)>,
}

/// Units between two runs that still make one passage.
const fn gap(layer: Layer) -> usize {
    match layer {
        Layer::Text | Layer::Bytes => 64,
        Layer::Tokens => 12,
        Layer::Rows => usize::MAX,
    }
}

impl<'d> Runs<'d> {
    pub(super) fn new(
        layer: Layer,
        left: &'d [Option<Marked<'d>>],
        right: &'d [Option<Marked<'d>>],
    ) -> Self {
        let mut places = Vec::new();
        for (document, marked) in (0..).zip(right) {
            let Some(marked) = marked else { continue };
            for (at, gram) in grams(&marked.units.units, layer.shortest()).enumerate() {
                if marked.counts(at) {
                    places.push((gram, document, at as u32));
                }
            }
            let bare = marked.units.bare.iter().enumerate();
            places
                .extend(bare.filter(|(at, _)| marked.counts(*at)).filter_map(|(at, row)| {
                    Some((grams(&[*row], 1).next()?, document, at as u32))
                }));
        }
        places.sort_unstable();
        places.dedup();
        Self { layer, left, right, places }
    }

    /// All passages; each run is shown to `see` first.
    pub(super) fn passages(&self, mut see: impl FnMut(&Run)) -> Vec<Passage> {
        let mut passages = Vec::new();
        for (document, marked) in (0..).zip(self.left) {
            let Some(marked) = marked else { continue };
            let chosen = self.choose(self.candidates(document, marked));
            chosen.iter().for_each(&mut see);
            passages.extend(self.join(marked, chosen));
        }
        passages
    }

    fn candidates(&self, document: u32, left: &Marked<'_>) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut take = |at: usize, gram: u64| {
            let start = self.places.partition_point(|place| place.0 < gram);
            let same = self.places[start..].iter().take_while(|place| place.0 == gram);
            for (_, right_document, place) in same.take(PLACES_MAX) {
                let run = self.extend(document, left, at, *right_document, *place as usize);
                runs.extend(run.filter(|_| runs.len() < RUNS_MAX));
            }
        };
        for (at, gram) in grams(&left.units.units, self.layer.shortest()).enumerate() {
            if left.counts(at) {
                take(at, gram);
                if let Some(row) = left.units.bare.get(at)
                    && *row != left.units.units[at]
                    && let Some(gram) = grams(&[*row], 1).next()
                {
                    take(at, gram);
                }
            }
        }
        runs
    }

    /// The whole run that holds a common gram, if it begins there.
    fn extend(
        &self,
        left_document: u32,
        left: &Marked<'_>,
        at: usize,
        right_document: u32,
        place: usize,
    ) -> Option<Run> {
        let right = self.right[right_document as usize].as_ref()?;
        if self.layer == Layer::Rows {
            return Some(Run { left_document, left: at, right_document, right: place, len: 1 });
        }
        let (ours, theirs) = (&left.units.units, &right.units.units);
        let same = |n: usize, m: usize| {
            ours.get(n).is_some_and(|unit| theirs.get(m) == Some(unit))
                && left.counts(n)
                && right.counts(m)
        };
        if at > 0 && place > 0 && same(at - 1, place - 1) {
            return None;
        }
        let len = (0..).take_while(|n| same(at + n, place + n)).count();
        let (mut from, mut to) = (0, len);
        if self.layer == Layer::Text {
            // Whole characters only.
            let inside = |n: usize| ours.get(at + n).is_some_and(|unit| unit & 0xC0 == 0x80);
            while from < to && inside(from) {
                from += 1;
            }
            while to > from && inside(to) {
                to -= 1;
            }
        }
        let run = Run { left_document, left: at, right_document, right: place, len };
        (to - from + 4 >= self.layer.shortest() && to > from).then(|| run.part(from, to))
    }

    /// The longest runs first; what is left of others beside them, if it is long enough.
    fn choose(&self, mut runs: Vec<Run>) -> Vec<Run> {
        runs.sort_by_key(|run| (Reverse(run.len), run.left, run.right_document, run.right));
        let mut taken_left: Vec<bool> = Vec::new();
        let mut taken_right: BTreeMap<u32, Vec<bool>> = BTreeMap::new();
        let mut chosen = Vec::new();
        for run in runs {
            let right = taken_right.entry(run.right_document).or_default();
            grow(&mut taken_left, run.left_end());
            grow(right, run.right_end());
            let free: Vec<bool> = taken_left[run.left..run.left_end()]
                .iter()
                .zip(&right[run.right..run.right_end()])
                .map(|(left, right)| !left && !right)
                .collect();
            let mut from = 0;
            for same in free.chunk_by(|a, b| a == b) {
                let to = from + same.len();
                if same[0] && (to - from >= self.layer.shortest() || to - from == run.len) {
                    let part = run.part(from, to);
                    taken_left[part.left..part.left_end()].fill(true);
                    right[part.right..part.right_end()].fill(true);
                    chosen.push(part);
                }
                from = to;
            }
        }
        chosen
    }

    /// Joins runs with little between them, and tells which stand in another order.
    fn join(&self, left: &Marked<'_>, mut runs: Vec<Run>) -> Vec<Passage> {
        runs.sort_by_key(|run| (run.right_document, run.left));
        let near = |a: &Run, b: &Run| {
            let most = gap(self.layer);
            let close =
                |end: usize, start: usize| start.checked_sub(end).is_some_and(|g| g <= most);
            let rows = self.layer == Layer::Rows;
            a.right_document == b.right_document
                && close(a.left_end(), b.left)
                && (rows || close(a.right_end(), b.right))
        };
        let joined: Vec<&[Run]> = runs.chunk_by(near).collect();
        let mut passages = Vec::new();
        for same in joined.chunk_by(|a, b| a[0].right_document == b[0].right_document) {
            let kept = in_order(same);
            for (place, runs) in same.iter().enumerate() {
                passages.extend(self.passage(left, runs, !kept[place]));
            }
        }
        passages
    }

    fn passage(&self, left: &Marked<'_>, runs: &[Run], moved: bool) -> Option<Passage> {
        let first = runs.first()?;
        let right = self.right[first.right_document as usize].as_ref()?;
        let ranges: Vec<_> = runs
            .iter()
            .map(|run| {
                let ours = left.units.bytes(run.left..run.left_end());
                (ours, right.units.bytes(run.right..run.right_end()))
            })
            .collect();
        let start = |pick: fn(&(std::ops::Range<u32>, std::ops::Range<u32>)) -> u32| {
            ranges.iter().map(pick).min().unwrap_or(0)
        };
        let end = |pick: fn(&(std::ops::Range<u32>, std::ops::Range<u32>)) -> u32| {
            ranges.iter().map(pick).max().unwrap_or(0)
        };
        Some(Passage {
            layer: self.layer,
            left: (first.left_document, start(|r| r.0.start)..end(|r| r.0.end)),
            right: (first.right_document, start(|r| r.1.start)..end(|r| r.1.end)),
            same: runs.iter().map(|run| run.len as u32).sum(),
            moved: moved && self.layer != Layer::Rows,
            runs: ranges,
        })
    }
}

fn grow(taken: &mut Vec<bool>, to: usize) {
    if taken.len() < to {
        taken.resize(to, false);
    }
}

/// Which passages, in the order of the left, are the heaviest that ascend on the right as well.
fn in_order(passages: &[&[Run]]) -> Vec<bool> {
    /// More are told apart by the first of them only.
    const WEIGHED_MAX: usize = 4_000;
    let weight = |runs: &[Run]| runs.iter().map(|run| run.len).sum::<usize>();
    let all = passages.len();
    let passages = &passages[..all.min(WEIGHED_MAX)];
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(passages.len());
    for (n, runs) in passages.iter().enumerate() {
        let before = (0..n)
            .filter(|m| passages[*m].last().is_some_and(|last| last.right_end() <= runs[0].right));
        let before = before.max_by_key(|m| (best[*m].0, Reverse(*m)));
        best.push((weight(runs) + before.map_or(0, |m| best[m].0), before));
    }
    let mut kept = vec![false; passages.len()];
    kept.resize(all, true);
    let mut at = (0..best.len()).max_by_key(|n| (best[*n].0, Reverse(*n)));
    while let Some(n) = at {
        kept[n] = true;
        at = best[n].1;
    }
    kept
}
