//! From single matches to passages, and from passages to hits.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;

use super::{Hit, Passage, Reading};
use crate::index::PartInfo;
use crate::key::GRAM;

/// Passages of one part that are listed.
const PASSAGES_MAX: usize = 1024;
/// Passages of one part that a match may still lengthen.
const OPEN_MAX: usize = 8;
/// Units between two matches of one passage at most, on either side.
const GAP_MAX: u64 = 512;
/// Units that may come in or go out between two matches of one passage.
const SHIFT_MAX: u64 = 64;
/// Rows that make a table found; all its rows, if it has fewer.
const ROWS_MIN: u32 = 4;
/// Numbers that make a table found whatever their rows, and the share of its numbers.
const CELLS_MIN: u32 = 8;
/// Bytes, for each number of a table, within which its numbers must be found.
const BYTES_PER_CELL: u64 = 64;

/// Something that was looked up and is there.
pub(super) struct Match {
    pub(super) part: u32,
    /// Its place in the part: units, or a row's offset, or a number of the list of numbers.
    pub(super) place: u32,
    /// Its place in this reading of what is swept.
    pub(super) unit: u64,
    pub(super) found: Range<u64>,
    pub(super) reading: Reading,
    /// What stands beside it is the same.
    pub(super) sure: bool,
}

/// All that has been found so far.
pub(super) struct Passages {
    /// By part and reading.
    found: BTreeMap<(u32, Reading), Found>,
    parts: usize,
}

#[derive(Default)]
struct Found {
    passages: Vec<Passage>,
    /// The last of them, newest last: number, and where its last match was.
    open: Vec<(usize, u64, u32)>,
    more: u64,
    rows: BTreeSet<u32>,
    cells: Cells,
}

/// Numbers of a table found lately.
#[derive(Default)]
struct Cells {
    /// Where, which, in the order found.
    recent: VecDeque<(Range<u64>, u32)>,
    /// How often each is among them.
    counts: BTreeMap<u32, u32>,
    /// The most different ones at a time, and where.
    best: (u32, Range<u64>),
}

impl Passages {
    pub(super) fn new(parts: usize) -> Self {
        Self { found: BTreeMap::new(), parts }
    }

    pub(super) fn add(&mut self, new: Match) {
        debug_assert!((new.part as usize) < self.parts, "the index knows its parts");
        let found = self.found.entry((new.part, new.reading)).or_default();
        match new.reading {
            Reading::Rows => {
                found.rows.insert(new.place);
                found.row(new);
            }
            Reading::Cells => found.cells.add(new.found, new.place),
            Reading::Text(_) | Reading::Bytes => found.gram(new),
        }
    }

    /// The hits, by falling share.
    pub(super) fn hits(mut self, parts: &[PartInfo]) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (number, part) in parts.iter().enumerate() {
            let number = number as u32;
            let range =
                (number, Reading::Text(crate::encoding::Encoding::Utf8))..=(number, Reading::Cells);
            let keys: Vec<_> = self.found.range(range).map(|(key, _)| *key).collect();
            let found: Vec<Found> = keys.iter().filter_map(|key| self.found.remove(key)).collect();
            hits.extend(hit(part, found));
        }
        hits.sort_by(|a, b| b.share.total_cmp(&a.share).then(b.units_found.cmp(&a.units_found)));
        hits
    }
}

impl Found {
    fn gram(&mut self, new: Match) {
        let fits = |(_, unit, place): &(usize, u64, u32)| {
            let (ahead, along) = (new.unit.checked_sub(*unit), new.place.checked_sub(*place));
            ahead.zip(along).is_some_and(|(ahead, along)| {
                let along = u64::from(along);
                ahead <= GAP_MAX && along <= GAP_MAX && ahead.abs_diff(along) <= SHIFT_MAX
            })
        };
        if let Some(n) = self.open.iter().rposition(fits) {
            let (number, ..) = self.open.remove(n);
            let passage = &mut self.passages[number];
            passage.fingerprints += 1;
            passage.sure |= new.sure;
            passage.found.end = passage.found.end.max(new.found.end);
            passage.secret.end = passage.secret.end.max(new.place + GRAM as u32);
            self.open.push((number, new.unit, new.place));
            return;
        }
        if self.push(new.found, new.place..new.place + GRAM as u32, new.reading, new.sure) {
            self.open.push((self.passages.len() - 1, new.unit, new.place));
            if self.open.len() > OPEN_MAX {
                self.open.remove(0);
            }
        }
    }

    fn row(&mut self, new: Match) {
        let near =
            |passage: &&mut Passage| new.found.start.saturating_sub(passage.found.end) <= GAP_MAX;
        if let Some(passage) = self.passages.last_mut().filter(near) {
            // Both forms of a row, with and without its number, are one row.
            passage.fingerprints += u32::from(new.found.end > passage.found.end);
            passage.found.end = passage.found.end.max(new.found.end);
            passage.secret.start = passage.secret.start.min(new.place);
            passage.secret.end = passage.secret.end.max(new.place + 1);
        } else {
            self.push(new.found, new.place..new.place + 1, new.reading, false);
        }
    }

    fn push(
        &mut self,
        found: Range<u64>,
        secret: Range<u32>,
        reading: Reading,
        sure: bool,
    ) -> bool {
        if self.passages.len() == PASSAGES_MAX {
            self.more += 1;
            return false;
        }
        self.passages.push(Passage { found, secret, fingerprints: 1, sure, reading });
        true
    }
}

impl Cells {
    fn add(&mut self, found: Range<u64>, cell: u32) {
        let end = found.end;
        *self.counts.entry(cell).or_default() += 1;
        self.recent.push_back((found, cell));
        // Wide enough for any table by now; `hit` asks for the table's own width.
        let reach = BYTES_PER_CELL * self.counts.len().max(CELLS_MIN as usize) as u64;
        while let Some((first, cell)) = self.recent.front()
            && end.saturating_sub(first.start) > 2 * reach
        {
            if let Some(count) = self.counts.get_mut(cell) {
                *count -= 1;
                if *count == 0 {
                    self.counts.remove(cell);
                }
            }
            self.recent.pop_front();
        }
        let different = self.counts.len() as u32;
        if different > self.best.0 {
            let start = self.recent.front().map_or(end, |(first, _)| first.start);
            self.best = (different, start..end);
        }
    }
}

fn hit(part: &PartInfo, found: Vec<Found>) -> Option<Hit> {
    let (mut passages, mut more) = (Vec::new(), 0);
    let (mut rows_found, mut cells_found) = (0, 0);
    for found in found {
        more += found.more;
        let rows = found.rows.len() as u32;
        if rows > 0 && rows < ROWS_MIN.min(part.rows) {
            continue;
        }
        rows_found = rows_found.max(rows);
        let (cells, ref range) = found.cells.best;
        if cells >= CELLS_MIN.max(part.cells.div_ceil(2)) {
            cells_found = cells;
            let reading = Reading::Cells;
            passages.push(Passage {
                found: range.clone(),
                secret: 0..0,
                fingerprints: cells,
                sure: true,
                reading,
            });
        }
        passages.extend(found.passages);
    }
    if passages.is_empty() {
        return None;
    }
    passages.sort_by_key(|p| (p.found.start, std::cmp::Reverse(p.found.end)));
    drop_inner(&mut passages);
    let units_found = covered(&passages);
    let of = |found: u32, all: u32| {
        if all == 0 { 0.0 } else { (f64::from(found) / f64::from(all)).min(1.0) }
    };
    let share = of(units_found, part.units_protected)
        .max(of(rows_found, part.rows))
        .max(of(cells_found, part.cells));
    Some(Hit { part: part.clone(), passages, units_found, rows_found, share, more })
}

/// Drops passages that lie within one with more fingerprints of the same reading.
fn drop_inner(passages: &mut Vec<Passage>) {
    let mut kept: Vec<Passage> = Vec::new();
    for passage in passages.drain(..) {
        let inner = kept.iter().rev().take(OPEN_MAX).any(|outer| {
            outer.reading == passage.reading
                && outer.found.end >= passage.found.end
                && outer.fingerprints >= passage.fingerprints
                && outer.sure >= passage.sure
        });
        if !inner {
            kept.push(passage);
        }
    }
    *passages = kept;
}

fn covered(passages: &[Passage]) -> u32 {
    let grams = |p: &&Passage| matches!(p.reading, Reading::Text(_) | Reading::Bytes);
    let mut ranges: Vec<Range<u32>> =
        passages.iter().filter(grams).map(|p| p.secret.clone()).collect();
    ranges.sort_by_key(|range| range.start);
    let (mut covered, mut end) = (0, 0);
    for range in ranges {
        covered += range.end.saturating_sub(range.start.max(end));
        end = end.max(range.end);
    }
    covered
}
