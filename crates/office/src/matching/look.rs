//! Looking through one file, piece by piece.

use std::collections::BTreeMap;

use domain::Number;
use extract::{Fault, Piece, Sink, View};
use matcher::encoding::Encoding;
use matcher::index::{Index, Kind, Window};
use matcher::sweep::{Hit, Passage, Sweep};
use serde::{Deserialize, Serialize};

use super::excerpt::{excerpt, lines};
use super::report::{Found, PLACES_MAX, Place, Reading};
use super::sweep::Control;

/// Bytes of a piece that are kept, so that lines and excerpts can be told.
const KEPT_MAX: usize = 8 << 20;
/// Fingerprints of one passage below which it is a trace, not a hit, unless what stands beside one
/// is the same, too: one alone may be a phrase.
const PRINTS_MIN: u32 = 2;
/// Bytes that are no text, of one part, below which it is a trace: formats have much in common.
pub(super) const BYTES_MIN: u32 = 4096;
/// Share of a part from which it is a hit, however short it is.
const SHARE_MIN: f64 = 0.5;

/// The shortest run of a text, in folded bytes, that is always a hit: it holds a fingerprint, and as
/// much beside it as makes it sure.
pub(super) const fn guaranteed(window: Window) -> u32 {
    window.guaranteed() as u32
}

/// What was found in one file.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Seen {
    pub(super) found: Vec<Found>,
    pub(super) faults: Vec<Fault>,
    pub(super) traces: bool,
    /// Bytes looked through, as they came out of it.
    pub(super) bytes: u64,
}

/// A look through one file.
pub(super) struct Look<'i> {
    index: &'i Index<'i>,
    control: &'i Control,
    excerpts: bool,
    only: &'i [Number],
    path: String,
    view: View,
    sweep: Option<Sweep<'i, 'i>>,
    kept: Vec<u8>,
    fed: u64,
    pages: Vec<(u64, u32)>,
    seen: Seen,
}

impl<'i> Look<'i> {
    pub(super) fn new(
        index: &'i Index<'i>,
        control: &'i Control,
        (excerpts, only): (bool, &'i [Number]),
    ) -> Self {
        Self {
            index,
            control,
            excerpts,
            only,
            path: String::new(),
            view: View::Raw,
            sweep: None,
            kept: Vec::new(),
            fed: 0,
            pages: Vec::new(),
            seen: Seen::default(),
        }
    }

    /// What was found in it. Of two views of one place the one that shows more counts.
    pub(super) fn finish(self) -> Seen {
        let mut best: BTreeMap<(String, Number, String), Found> = BTreeMap::new();
        for found in self.seen.found {
            let key = (found.inside.clone(), found.secret, found.part.clone());
            match best.get_mut(&key) {
                Some(known) if known.units >= found.units => {}
                Some(known) => *known = found,
                None => drop(best.insert(key, found)),
            }
        }
        let mut found: Vec<Found> = best.into_values().collect();
        found.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.part.cmp(&b.part)));
        Seen { found, ..self.seen }
    }

    fn take(&mut self, hit: Hit) {
        let Ok(secret) = Number::parse(&hit.part.document) else { return };
        if !self.only.is_empty() && !self.only.contains(&secret) {
            return;
        }
        if !tells(&hit) {
            self.seen.traces = true;
            return;
        }
        let rows = hit.rows_found > 0;
        let listed = hit.passages.len().min(PLACES_MAX);
        let reading = hit.passages.first().map_or(Reading::Bytes, |passage| reading(passage).0);
        let cells = reading == Reading::Cells;
        let prints = hit.passages.first().map_or(0, |passage| passage.fingerprints);
        self.seen.found.push(Found {
            secret,
            part: hit.part.part.clone(),
            inside: self.path.clone(),
            reading,
            // Rounded, so that it is the same after it was kept and read again.
            share: (hit.share * 1e6).round() / 1e6,
            units: match (cells, rows) {
                (true, _) => prints,
                (_, true) => hit.rows_found,
                _ => hit.units_found,
            },
            of: match (cells, rows) {
                (true, _) => hit.part.cells,
                (_, true) => hit.part.rows,
                _ => hit.part.units_protected,
            },
            places: hit.passages[..listed].iter().map(|passage| self.place(passage)).collect(),
            more: hit.more + (hit.passages.len() - listed) as u64,
        });
    }

    fn place(&self, passage: &Passage) -> Place {
        let found = &passage.found;
        let (_, encoding) = reading(passage);
        let kept = usize::try_from(found.end).is_ok_and(|end| end <= self.kept.len());
        let range = found.start as usize..found.end as usize;
        let has_lines = matches!(encoding, Some(Encoding::Utf8 | Encoding::Gb18030));
        let before = self.pages.iter().take_while(|(at, _)| *at <= found.start);
        Place {
            bytes: [found.start, found.end],
            lines: (kept && has_lines).then(|| lines(&self.kept, &range)),
            page: before.last().map(|(_, page)| *page),
            secret: [passage.secret.start, passage.secret.end],
            fingerprints: passage.fingerprints,
            excerpt: (kept && self.excerpts).then(|| excerpt(&self.kept, range, encoding)),
        }
    }
}

/// The documents of an index of which something is in a file, whatever they are called.
pub fn found_in(index: &Index<'_>, name: &str, bytes: &[u8]) -> Vec<String> {
    struct Names<'i> {
        index: &'i Index<'i>,
        sweep: Option<Sweep<'i, 'i>>,
        found: Vec<String>,
    }
    impl Sink for Names<'_> {
        fn begin(&mut self, _: Piece<'_>) {
            self.sweep = Some(Sweep::new(self.index));
        }

        fn feed(&mut self, bytes: &[u8]) {
            if let Some(sweep) = &mut self.sweep {
                sweep.feed(bytes);
            }
        }

        fn end(&mut self) {
            let findings = self.sweep.take().map(Sweep::finish).unwrap_or_default();
            let telling = findings.hits.into_iter().filter(tells);
            self.found.extend(telling.map(|hit| hit.part.document));
        }

        fn fault(&mut self, _: Fault) {}
    }
    let mut names = Names { index, sweep: None, found: Vec::new() };
    extract::extract_bytes(name, bytes, extract::Limits::default(), &mut names);
    names.found
}

/// Whether a hit says something, or is only a trace.
fn tells(hit: &Hit) -> bool {
    match hit.part.kind {
        _ if hit.share >= SHARE_MIN => true,
        Kind::Bytes => hit.units_found >= BYTES_MIN,
        Kind::Text | Kind::Table => {
            hit.passages.iter().any(|passage| passage.sure || passage.fingerprints >= PRINTS_MIN)
        }
    }
}

fn reading(passage: &Passage) -> (Reading, Option<Encoding>) {
    use matcher::sweep::Reading as As;
    match passage.reading {
        As::Text(Encoding::Utf8) => (Reading::Utf8, Some(Encoding::Utf8)),
        As::Text(Encoding::Gb18030) => (Reading::Gb18030, Some(Encoding::Gb18030)),
        As::Text(other) => (Reading::Utf16, Some(other)),
        As::Bytes => (Reading::Bytes, None),
        As::Rows => (Reading::Rows, Some(Encoding::Utf8)),
        As::Cells => (Reading::Cells, Some(Encoding::Utf8)),
    }
}

impl Sink for Look<'_> {
    fn begin(&mut self, piece: Piece<'_>) {
        self.path = piece.path.to_owned();
        self.view = piece.view;
        self.kept.clear();
        self.pages.clear();
        self.fed = 0;
        self.sweep = Some(Sweep::new(self.index));
    }

    fn feed(&mut self, bytes: &[u8]) {
        let room = KEPT_MAX - self.kept.len();
        self.kept.extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.fed += bytes.len() as u64;
        self.seen.bytes += bytes.len() as u64;
        self.control.read(bytes.len() as u64);
        if let Some(sweep) = &mut self.sweep {
            sweep.feed(bytes);
        }
    }

    fn page(&mut self, page: u32) {
        self.pages.push((self.fed, page));
    }

    fn end(&mut self) {
        let findings = self.sweep.take().map(Sweep::finish).unwrap_or_default();
        findings.hits.into_iter().for_each(|hit| self.take(hit));
    }

    fn fault(&mut self, fault: Fault) {
        self.seen.faults.push(fault);
    }

    fn go_on(&mut self) -> bool {
        self.control.goes_on()
    }
}
