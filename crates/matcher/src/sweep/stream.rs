//! One reading of what is swept: grams or rows, looked up as they come.

use super::Reading;
use super::passage::{Match, Passages};
use crate::index::{Index, Window, cell_precision, cell_tells, row_bytes, sides};
use crate::key::{Domain, GRAM};
use crate::number::{Row, rows};
use crate::select::{ranks, select};
use crate::text::{FoldedText, Folder, LineStart, fold_mapped};

/// A text or bytes, gram by gram.
pub(super) struct GramStream {
    reading: Reading,
    folder: Folder,
    /// Units before the first that the folder holds.
    base: u64,
    /// Where the units kept from earlier blocks start and end in what was read.
    kept: Vec<(u64, u64)>,
    /// Units from which on grams have not been looked up.
    next: u64,
    ranks: Vec<i16>,
    chosen: Vec<u32>,
    hashes: Vec<u64>,
}

/// Where units of the current block come from, folded again piece by piece where asked.
struct Origin<'a> {
    text: &'a [u8],
    original: &'a dyn Fn(usize) -> u64,
    piece: FoldedText,
    /// Units and text bytes before the piece, and units before the next.
    start: usize,
    text_start: usize,
    end: usize,
}

impl GramStream {
    pub(super) fn new(reading: Reading) -> Self {
        Self {
            reading,
            folder: Folder::default(),
            base: 0,
            kept: Vec::new(),
            next: 0,
            ranks: Vec::new(),
            chosen: Vec::new(),
            hashes: Vec::new(),
        }
    }

    fn domain(&self) -> Domain {
        if self.reading == Reading::Bytes { Domain::Bytes } else { Domain::Text }
    }

    /// Bytes of the last block that were not UTF-8.
    pub(super) fn strays(&self) -> usize {
        self.folder.strays
    }

    /// Forgets what came before: the next block does not follow on it.
    pub(super) fn restart(&mut self) {
        self.base += self.folder.bytes().len() as u64;
        self.folder.forget(self.folder.bytes().len());
        self.kept.clear();
        self.next = self.base;
    }

    /// Looks up a block of UTF-8. `original` says where its bytes were in what was read.
    pub(super) fn text(
        &mut self,
        index: &Index<'_>,
        text: &[u8],
        line_start: LineStart,
        original: &dyn Fn(usize) -> u64,
        passages: &mut Passages,
    ) {
        self.folder.fold(text, line_start);
        self.look_up(index, text, original, passages);
    }

    /// Looks up a block as it is.
    pub(super) fn bytes(
        &mut self,
        index: &Index<'_>,
        bytes: &[u8],
        original: &dyn Fn(usize) -> u64,
        passages: &mut Passages,
    ) {
        self.folder.keep(bytes);
        self.look_up(index, bytes, original, passages);
    }

    fn look_up(
        &mut self,
        index: &Index<'_>,
        text: &[u8],
        original: &dyn Fn(usize) -> u64,
        passages: &mut Passages,
    ) {
        let lanes = self.folder.lanes;
        ranks(lanes, self.folder.bytes(), &mut self.ranks);
        self.chosen.clear();
        if self.base == 0 && self.kept.is_empty() {
            // Windows that began before the start would choose some of these.
            self.chosen.extend(0..self.ranks.len().min(index.window().positions()) as u32);
        }
        let first = self.chosen.len().max(self.next.saturating_sub(self.base) as usize);
        let mut choose = |at: usize| {
            if at >= first {
                self.chosen.push(at as u32);
            }
        };
        match index.window() {
            Window::Fine => select::<32>(lanes, &self.ranks, &mut choose),
            Window::Wide => select::<64>(lanes, &self.ranks, &mut choose),
        }
        // What stands after the last ones comes with the next block.
        let whole = (self.ranks.len() + 1).saturating_sub(index.window().side() + 1);
        let keep = self.chosen.partition_point(|at| (*at as usize) < whole);
        self.chosen.truncate(keep);
        if let Some(last) = self.chosen.last() {
            self.next = self.base + u64::from(*last) + 1;
        }
        let mut origin = Origin::new(text, original);
        self.probe(index, &mut origin, passages);
        self.carry(index.window(), &mut origin);
    }

    /// Looks the chosen grams up.
    fn probe(&mut self, index: &Index<'_>, origin: &mut Origin<'_>, passages: &mut Passages) {
        let bytes = self.folder.bytes();
        let gram = |at: u32| bytes.get(at as usize..).and_then(|rest| rest.first_chunk::<GRAM>());
        self.hashes.clear();
        // Hashes first, so that the filter's words are then fetched side by side.
        let keys = &index.keys;
        self.hashes
            .extend(self.chosen.iter().map(|at| gram(*at).map_or(0, |gram| keys.fast(gram))));
        let mut likely = 0;
        for n in 0..self.hashes.len() {
            self.chosen[likely] = self.chosen[n];
            likely += usize::from(index.may_have(self.hashes[n]));
        }
        for n in 0..likely {
            let at = self.chosen[n];
            let Some(gram) = gram(at) else { continue };
            let mut found = None;
            let (from, to) = (at as usize, at as usize + GRAM - 1);
            let beside = sides(bytes, from, index.window());
            index.places(self.domain(), gram, |place| {
                let sure = index.beside(self.domain(), place, beside);
                let (part, place) = (place.part, place.at);
                let span = || self.span(from, origin).0..self.span(to, origin).1;
                let found = found.get_or_insert_with(span).clone();
                let unit = self.base + u64::from(at);
                passages.add(Match { part, place, unit, found, reading: self.reading, sure });
            });
        }
    }

    /// Where the unit at `at` of the folder starts and ends in what was read.
    fn span(&self, at: usize, origin: &mut Origin<'_>) -> (u64, u64) {
        match self.kept.get(at) {
            Some(span) => *span,
            None => origin.span(&self.folder, at, self.kept.len(), self.reading),
        }
    }

    /// Keeps the units that windows of the next block begin with.
    fn carry(&mut self, window: Window, origin: &mut Origin<'_>) {
        let units = self.folder.bytes().len();
        // From the first window that may choose one not looked up yet, and what stands before that.
        let forget = (self.ranks.len() + 1).saturating_sub(window.positions() + 2 * window.side());
        let kept = (forget..units).map(|at| self.span(at, origin)).collect();
        self.kept = kept;
        self.folder.forget(forget);
        self.base += forget as u64;
    }

    /// Looks up every gram of the last window, since no more will come.
    pub(super) fn end(&mut self, index: &Index<'_>, passages: &mut Passages) {
        let units = self.folder.bytes().len();
        let last = (units + 1).saturating_sub(GRAM);
        let first = self.next.saturating_sub(self.base) as usize;
        self.chosen.clear();
        self.chosen.extend((first..last).map(|at| at as u32));
        self.probe(index, &mut Origin::new(&[], &|_| 0), passages);
    }
}

impl<'a> Origin<'a> {
    fn new(text: &'a [u8], original: &'a dyn Fn(usize) -> u64) -> Self {
        let piece = FoldedText::default();
        Self { text, original, piece, start: 0, text_start: 0, end: 0 }
    }

    fn span(&mut self, folder: &Folder, at: usize, kept: usize, reading: Reading) -> (u64, u64) {
        if reading == Reading::Bytes {
            let start = (self.original)(at - kept);
            return (start, start + 1);
        }
        if !(self.start..self.end).contains(&at) {
            self.fold(folder, at);
        }
        let start = self.piece.at.get(at - self.start).map_or(0, |start| *start as usize);
        let start = self.text_start + start;
        let len = match self.text.get(start) {
            Some(0xC0..0xE0) => 2,
            Some(0xE0..0xF0) => 3,
            Some(0xF0..) => 4,
            _ => 1,
        };
        ((self.original)(start), (self.original)(start + len))
    }

    fn fold(&mut self, folder: &Folder, at: usize) {
        let next = folder.checkpoints.partition_point(|mark| mark.folded <= at);
        let Some(mark) = next.checked_sub(1).map(|n| folder.checkpoints[n]) else { return };
        let (end, text_end) = match folder.checkpoints.get(next) {
            Some(next) => (next.folded, next.original),
            None => (folder.bytes().len(), self.text.len()),
        };
        self.piece = FoldedText::default();
        fold_mapped(&self.text[mark.original..text_end], mark.line_start, &mut self.piece);
        (self.start, self.end, self.text_start) = (mark.folded, end, mark.original);
    }
}

/// The numbers of a text, row by row.
#[derive(Default)]
pub(super) struct NumberStream {
    rows: u64,
}

impl NumberStream {
    /// Looks up the rows and numbers of a block.
    pub(super) fn text(
        &mut self,
        index: &Index<'_>,
        text: &[u8],
        original: &dyn Fn(usize) -> u64,
        passages: &mut Passages,
    ) {
        rows(text, |row| {
            self.rows += 1;
            self.row(index, row, original, passages);
        });
    }

    fn row(
        &self,
        index: &Index<'_>,
        row: &Row,
        original: &dyn Fn(usize) -> u64,
        passages: &mut Passages,
    ) {
        let look_up = |domain,
                       bytes: &[u8],
                       span: std::ops::Range<u32>,
                       passages: &mut Passages| {
            if !index.may_have(index.keys.fast_of(domain, bytes)) {
                return;
            }
            let reading = if domain == Domain::Row { Reading::Rows } else { Reading::Cells };
            index.places(domain, bytes, |place| {
                let found = original(span.start as usize)..original(span.end as usize);
                let (part, place) = (place.part, place.at);
                passages.add(Match { part, place, unit: self.rows, found, reading, sure: false });
            });
        };
        for row in [Some(row), row.unnumbered().as_ref()].into_iter().flatten() {
            if row.tells() {
                look_up(Domain::Row, &row_bytes(&row.sorted()), row.span(), passages);
            }
        }
        let least = cell_precision(0);
        for number in row.numbers.iter().filter(|number| cell_tells(number.digits, least)) {
            let span = number.at..number.at + number.len;
            look_up(Domain::Cell, &number.digits.to_le_bytes(), span, passages);
        }
    }
}
