//! Building an index: which fingerprints a part gets, and which are left out and why.

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    BUCKET, HEADER, Kind, MAGIC, PartInfo, VERSION, Window, cell_precision, cell_tells,
    filter_place, sides,
};
use crate::encoding::to_utf8;
use crate::key::{Domain, GRAM, Keys, MatchKey, Nonce, Section, Side};
use crate::lanes::Lanes;
use crate::number::rows;
use crate::select::{ranks, select};
use crate::text::{FoldedText, fold_text};

/// Folded bytes up to which a part gets a fingerprint at every position, so that most shared runs
/// of less than the guarantee are found as well.
const DENSE_MAX: usize = 8192;
/// Times that one gram of a part is kept.
const SAME_MAX: usize = 4;

/// A part of a document to be protected.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The document's id, as findings shall name it.
    pub document: &'a str,
    /// The part's name within the document.
    pub part: &'a str,
    /// What its bytes are.
    pub kind: Kind,
    /// The content; less than 4 GiB.
    pub bytes: &'a [u8],
}

/// Why a stretch of a part is not looked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It is in this public or boilerplate text as well.
    Public(String),
    /// The same few bytes over and over, or a gram that came up several times before.
    Repetitive,
}

/// A stretch of a part that is not looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filtered {
    /// Bytes of the part, as UTF-8 if it is a text.
    pub range: Range<u32>,
    /// Why.
    pub reason: Reason,
}

/// What an added part came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// How it is known from now on.
    pub info: PartInfo,
    /// Fingerprints it got.
    pub fingerprints: u32,
    /// What of it is not looked for, in order.
    pub filtered: Vec<Filtered>,
}

/// Why a part can't be protected; nothing of it was added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Nothing is left of it when punctuation, layout and the like are gone.
    #[error("the part has no content")]
    Empty,
    /// It is too short to be told from chance.
    #[error("the part has {units} units, and {needed} are needed")]
    TooShort {
        /// Folded bytes it has.
        units: usize,
        /// Folded bytes it needs.
        needed: usize,
    },
    /// All of it is in the public texts named.
    #[error("all of the part is public")]
    PublicOnly {
        /// The names of these texts.
        sources: Vec<String>,
    },
    /// It only repeats a few bytes.
    #[error("the part only repeats itself")]
    Repetitive,
    /// Its length can't be counted in 32 bits.
    #[error("the part is too big")]
    TooBig,
}

struct Print {
    tag: u64,
    fast: u64,
    part: u32,
    at: u32,
    sides: [u16; 2],
}

/// Collects parts and makes an index of them.
pub struct IndexBuilder {
    keys: Keys,
    nonce: Nonce,
    window: Window,
    parts: Vec<PartInfo>,
    prints: Vec<Print>,
    public: HashMap<(Domain, u64), u32>,
    sources: Vec<String>,
}

/// A fingerprint of a part before it is decided whether to keep it.
struct Candidate {
    at: usize,
    tag: u64,
    fast: u64,
    sides: [u16; 2],
}

impl IndexBuilder {
    /// An empty index under `key`. The nonce must be random and never used again.
    #[must_use]
    pub fn new(key: &MatchKey, nonce: Nonce, window: Window) -> Self {
        Self {
            keys: Keys::new(key, nonce),
            nonce,
            window,
            parts: Vec::new(),
            prints: Vec::new(),
            public: HashMap::new(),
            sources: Vec::new(),
        }
    }

    /// Names a text that is public or boilerplate: parts added after it are not looked for where
    /// they share a run of the guaranteed length with it.
    pub fn add_public(&mut self, source: &str, kind: Kind, bytes: &[u8]) {
        let number = self.sources.len() as u32;
        self.sources.push(source.to_owned());
        let text = to_utf8(bytes);
        if kind != Kind::Bytes {
            self.add_public_grams(number, Domain::Text, &fold_text(&text).bytes);
            rows(&text, |row| {
                for row in [Some(row.clone()), row.unnumbered()].into_iter().flatten() {
                    let fast = self.keys.fast_of(Domain::Row, &row_bytes(&row.sorted()));
                    self.public.entry((Domain::Row, fast)).or_insert(number);
                }
            });
        }
        self.add_public_grams(number, Domain::Bytes, bytes);
    }

    fn add_public_grams(&mut self, source: u32, domain: Domain, bytes: &[u8]) {
        for at in selected(bytes, self.window) {
            if let Some(gram) = gram(bytes, at) {
                self.public.entry((domain, self.keys.fast(gram))).or_insert(source);
            }
        }
    }

    /// Adds a part, less what is public or only repeats itself.
    ///
    /// # Errors
    /// [`Refused`] when nothing would be left to look for.
    pub fn add(&mut self, part: Part<'_>) -> Result<Added, Refused> {
        if u32::try_from(part.bytes.len()).is_err() {
            return Err(Refused::TooBig);
        }
        let decoded = match part.kind {
            Kind::Bytes => part.bytes.into(),
            Kind::Text | Kind::Table => to_utf8(part.bytes),
        };
        let (folded, domain) = match part.kind {
            Kind::Bytes => {
                (FoldedText { bytes: part.bytes.to_vec(), at: Vec::new() }, Domain::Bytes)
            }
            Kind::Text | Kind::Table => (fold_text(&decoded), Domain::Text),
        };
        if folded.bytes.is_empty() {
            return Err(Refused::Empty);
        }
        let units = u32::try_from(folded.bytes.len()).map_err(|_| Refused::TooBig)?;
        let mut info = PartInfo {
            document: part.document.to_owned(),
            part: part.part.to_owned(),
            kind: part.kind,
            units,
            units_protected: 0,
            rows: 0,
            cells: 0,
        };
        let mut sieve = Sieve::default();
        let mut kept = self.grams(&folded, domain, &mut sieve);
        info.units_protected = covered(&kept, folded.bytes.len());
        if part.kind == Kind::Table {
            kept.extend(self.table(&decoded, &mut info, &mut sieve));
        }
        if kept.is_empty() {
            return Err(self.refusal(&folded.bytes, &sieve));
        }
        let number = self.parts.len() as u32;
        let print = |c: &Candidate| Print {
            tag: c.tag,
            fast: c.fast,
            part: number,
            at: c.at as u32,
            sides: c.sides,
        };
        self.prints.extend(kept.iter().map(print));
        self.parts.push(info.clone());
        Ok(Added { info, fingerprints: kept.len() as u32, filtered: sieve.ranges(&self.sources) })
    }

    fn refusal(&self, folded: &[u8], sieve: &Sieve) -> Refused {
        let mut sources: Vec<u32> = sieve.out.iter().filter_map(|(_, source)| *source).collect();
        sources.sort_unstable();
        sources.dedup();
        if !sources.is_empty() {
            let name = |source: &u32| self.sources[*source as usize].clone();
            return Refused::PublicOnly { sources: sources.iter().map(name).collect() };
        }
        if folded.len() < GRAM {
            return Refused::TooShort { units: folded.len(), needed: GRAM };
        }
        Refused::Repetitive
    }

    fn grams(&self, folded: &FoldedText, domain: Domain, sieve: &mut Sieve) -> Vec<Candidate> {
        let bytes = &folded.bytes[..];
        let chosen = selected(bytes, self.window);
        let source = |at: usize| {
            gram(bytes, at)
                .and_then(|gram| self.public.get(&(domain, self.keys.fast(gram))).copied())
        };
        let public: Vec<Option<u32>> = chosen.iter().map(|at| source(*at)).collect();
        let positions: Vec<usize> = match bytes.len() <= DENSE_MAX {
            true => (0..(bytes.len() + 1).saturating_sub(GRAM)).collect(),
            false => chosen.clone(),
        };
        let mut same: HashMap<u64, usize> = HashMap::new();
        let mut kept = Vec::new();
        for at in positions {
            let Some(gram) = gram(bytes, at) else { continue };
            // Between two chosen grams, all is public if one of them is: what is secret by the
            // guarantee has a chosen gram of its own.
            let next = chosen.partition_point(|chosen| *chosen < at);
            let here = chosen.get(next).is_some_and(|chosen| *chosen == at);
            let before = next.checked_sub(1).and_then(|n| public[n]).filter(|_| !here);
            let tag = self.keys.tag(domain, gram);
            let original = folded.original(at..at + GRAM);
            if let Some(source) = public.get(next).copied().flatten().or(before) {
                sieve.out.push((original, Some(source)));
            } else if repeats(gram) || *same.get(&tag).unwrap_or(&0) >= SAME_MAX {
                sieve.out.push((original, None));
            } else {
                *same.entry(tag).or_default() += 1;
                let sides = self.sides(domain, bytes, at);
                kept.push(Candidate { at, tag, fast: self.keys.fast(gram), sides });
            }
        }
        kept
    }

    fn sides(&self, domain: Domain, bytes: &[u8], at: usize) -> [u16; 2] {
        let [before, after] = sides(bytes, at, self.window);
        let hash = |side, bytes: Option<&[u8]>| match bytes {
            Some(bytes) => self.keys.side(domain, side, bytes),
            None => self.keys.side(domain, Side::Nothing, &(at as u64).to_le_bytes()),
        };
        [hash(Side::Before, before), hash(Side::After, after)]
    }

    fn table(&self, text: &[u8], info: &mut PartInfo, sieve: &mut Sieve) -> Vec<Candidate> {
        let mut kept = Vec::new();
        let mut numbers = Vec::new();
        let mut seen: HashMap<u64, u32> = HashMap::new();
        rows(text, |row| {
            numbers.extend(row.numbers.iter().map(|n| n.digits));
            let span = row.span();
            for row in [Some(row.clone()), row.unnumbered()].into_iter().flatten() {
                let bytes = row_bytes(&row.sorted());
                let (tag, fast) =
                    (self.keys.tag(Domain::Row, &bytes), self.keys.fast_of(Domain::Row, &bytes));
                if !row.tells() || seen.contains_key(&tag) {
                    continue;
                }
                if let Some(source) = self.public.get(&(Domain::Row, fast)) {
                    sieve.out.push((span.clone(), Some(*source)));
                    continue;
                }
                // Both forms of one row have one place, so that the row counts once.
                if kept.last().is_none_or(|last: &Candidate| last.at != span.start as usize) {
                    info.rows += 1;
                }
                seen.insert(tag, span.start);
                kept.push(Candidate { at: span.start as usize, tag, fast, sides: [0; 2] });
            }
        });
        let precision = cell_precision(numbers.len());
        numbers.sort_unstable();
        numbers.dedup();
        numbers.retain(|digits| cell_tells(*digits, precision));
        info.cells = numbers.len() as u32;
        kept.extend(numbers.iter().enumerate().map(|(n, digits)| {
            let bytes = digits.to_le_bytes();
            let (tag, fast) =
                (self.keys.tag(Domain::Cell, &bytes), self.keys.fast_of(Domain::Cell, &bytes));
            Candidate { at: n, tag, fast, sides: [0; 2] }
        }));
        kept
    }

    /// The index as the bytes of a file.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        self.prints.sort_unstable_by_key(|print| (print.tag, print.part, print.at));
        let count = self.prints.len();
        let bucket_bits = (count / BUCKET).max(1).ilog2().min(31);
        let mut out = vec![0; HEADER];
        let parts = self.parts_section();
        out.extend_from_slice(&parts);
        let filter = self.filter_section();
        let filter_words = filter.len();
        filter.into_iter().for_each(|word| out.extend_from_slice(&word.to_le_bytes()));
        self.bucket_section(bucket_bits, &mut out);
        for print in &self.prints {
            out.extend_from_slice(&(print.tag as u32).to_le_bytes());
        }
        out.resize(out.len().next_multiple_of(8), 0);
        for (n, print) in self.prints.iter().enumerate() {
            let place = u64::from(print.part) << 32 | u64::from(print.at);
            let masked = place ^ self.keys.mask(Section::Places, n as u64);
            out.extend_from_slice(&masked.to_le_bytes());
        }
        for (n, print) in self.prints.iter().enumerate() {
            let [before, after] = print.sides.map(u32::from);
            let masked = (before | after << 16) ^ self.keys.mask(Section::Sides, n as u64) as u32;
            out.extend_from_slice(&masked.to_le_bytes());
        }
        out.resize(out.len().next_multiple_of(8), 0);
        let digest = Sha256::digest(&out[HEADER..]);
        let header = [
            &MAGIC[..],
            &VERSION.to_le_bytes(),
            &(self.window.positions() as u32).to_le_bytes(),
            &self.nonce.0,
            &self.keys.check,
            &(parts.len() as u64).to_le_bytes(),
            &(filter_words as u64).to_le_bytes(),
            &(count as u64).to_le_bytes(),
            &u64::from(bucket_bits).to_le_bytes(),
            &digest,
        ]
        .concat();
        out[..header.len()].copy_from_slice(&header);
        out
    }

    fn parts_section(&self) -> Vec<u8> {
        let mut out = (self.parts.len() as u64).to_le_bytes().to_vec();
        for part in &self.parts {
            for name in [&part.document, &part.part] {
                out.extend_from_slice(&(name.len() as u32).to_le_bytes());
                out.extend_from_slice(name.as_bytes());
            }
            let kind = match part.kind {
                Kind::Text => 0u32,
                Kind::Table => 1,
                Kind::Bytes => 2,
            };
            for number in [kind, part.units, part.units_protected, part.rows, part.cells] {
                out.extend_from_slice(&number.to_le_bytes());
            }
        }
        out.resize(out.len().next_multiple_of(8), 0);
        for (n, word) in out.chunks_exact_mut(8).enumerate() {
            let mask = self.keys.mask(Section::Parts, n as u64).to_le_bytes();
            word.iter_mut().zip(mask).for_each(|(byte, mask)| *byte ^= mask);
        }
        out
    }

    fn filter_section(&self) -> Vec<u64> {
        let mut filter = vec![0u64; (self.prints.len() / 4).max(64)];
        for print in &self.prints {
            let (word, bits) = filter_place(print.fast, filter.len());
            filter[word] |= bits;
        }
        for (n, word) in filter.iter_mut().enumerate() {
            *word ^= self.keys.mask(Section::Filter, n as u64);
        }
        filter
    }

    fn bucket_section(&self, bits: u32, out: &mut Vec<u8>) {
        let mut start = 0;
        for bucket in 0..=1u64 << bits {
            let below = |print: &Print| {
                bits > 0 && print.tag >> (64 - bits) < bucket || bits == 0 && bucket > 0
            };
            start += self.prints[start..].iter().take_while(|print| below(print)).count();
            out.extend_from_slice(&(start as u32).to_le_bytes());
        }
        out.resize(out.len().next_multiple_of(8), 0);
    }
}

/// What was left out, and the public source if that was why.
#[derive(Default)]
struct Sieve {
    out: Vec<(Range<u32>, Option<u32>)>,
}

impl Sieve {
    /// Joined where they touch and have the same reason.
    fn ranges(mut self, sources: &[String]) -> Vec<Filtered> {
        self.out.sort_unstable_by_key(|(range, source)| (range.start, *source));
        let mut filtered: Vec<Filtered> = Vec::new();
        for (range, source) in self.out {
            let reason =
                source.map_or(Reason::Repetitive, |n| Reason::Public(sources[n as usize].clone()));
            match filtered.last_mut().filter(|f| f.reason == reason && f.range.end >= range.start) {
                Some(last) => last.range.end = last.range.end.max(range.end),
                None => filtered.push(Filtered { range, reason }),
            }
        }
        filtered
    }
}

impl FoldedText {
    /// The original bytes of a range of folded ones. For plain bytes they are the same.
    fn original(&self, range: Range<usize>) -> Range<u32> {
        let place = |at: usize| self.at.get(at).copied().unwrap_or(at as u32);
        let last = place(range.end.saturating_sub(1)) + 1;
        let next =
            if self.at.is_empty() { last } else { self.at.get(range.end).map_or(last, |at| *at) };
        place(range.start)..next.max(last)
    }
}

fn covered(kept: &[Candidate], units: usize) -> u32 {
    let (mut covered, mut end) = (0, 0);
    for candidate in kept {
        // Between two fingerprints that are as near as the window lets them be, all is covered.
        let start = if candidate.at <= end + GRAM { end } else { candidate.at };
        end = (candidate.at + GRAM).min(units);
        covered += end.saturating_sub(start);
    }
    covered as u32
}

fn gram(bytes: &[u8], at: usize) -> Option<&[u8; GRAM]> {
    bytes.get(at..)?.first_chunk()
}

fn repeats(gram: &[u8; GRAM]) -> bool {
    (1..=4).any(|period| gram[period..] == gram[..GRAM - period])
}

fn selected(bytes: &[u8], window: Window) -> Vec<usize> {
    let (mut rank, mut chosen) = (Vec::new(), Vec::new());
    let lanes = Lanes::default();
    ranks(lanes, bytes, &mut rank);
    match window {
        Window::Fine => select::<32>(lanes, &rank, |at| chosen.push(at)),
        Window::Wide => select::<64>(lanes, &rank, |at| chosen.push(at)),
    }
    chosen
}

pub(crate) fn row_bytes(sorted: &[u64]) -> Vec<u8> {
    sorted.iter().flat_map(|digits| digits.to_le_bytes()).collect()
}
