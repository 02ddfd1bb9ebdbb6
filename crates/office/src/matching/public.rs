//! A public check: is what a secret point states in public corpora, where, and since when?
//!
//! Fingerprints name the documents that may share a passage, and the two texts are then compared, so
//! what is reported as the same is the same. Words lead to documents that may say it otherwise;
//! these are leads for a person, and shown apart. That nothing was found speaks of the corpora asked
//! alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use corpus::{Corpus, CorpusError, Near, Words};
use domain::command::Command;
use domain::corpora::{Check, Wish};
use domain::{Day, Number, Series};
use matcher::compare::{Passage, compare};
use matcher::index::Kind;
use matcher::prints::{Density, Prints};
use matcher::text::fold_text;
use matcher::units::{Document, Layer};
use store::Receipt;
use store::read::CorpusRow;
use vault::Unlocked;

use super::corpora::file_digest;
use super::excerpt::lines;
use super::public_report::{
    AskedCorpus, CheckedPart, CorpusState, Era, Lead, PublicCheck, PublicPassage, Source,
};
use super::report::FaultRow;
use super::shown_text::around;
use super::sweep::{Control, json};
use crate::{Ask, Office, Sort, Trouble};

/// The longest part that is looked for.
const PART_MAX: usize = 8 << 20;
/// Folded bytes up to which each position of a part is looked up.
const DENSE_MAX: usize = 64 << 10;
/// The longest part that is looked for by its words too.
const WORDED_MAX: usize = 16 << 10;
/// Different words of a part that are looked up.
const WORDS_MAX: usize = 250;
/// Documents of one corpus that are compared with a part: half of them those that share most, half
/// those that were public first.
const SEEN_MAX: usize = 200;
/// Passages of a part that are listed.
const PASSAGES_MAX: usize = 40;
/// Documents near by words that are listed, for a part and a corpus.
const LEADS_MAX: usize = 4;
/// A lead has at least this share of the words, and as many of them.
const LEAD_SHARE: f64 = 0.4;
const LEAD_WORDS: usize = 3;
/// Characters of an excerpt.
const EXCERPT: usize = 160;
/// Parts longer than this are not shown whole.
const SHOWN_MAX: usize = 6_000;
/// One row of numbers may be the same by chance.
pub(super) const ROWS_MIN: u32 = 2;

/// What is to be looked for.
#[derive(Clone, Debug)]
pub struct PublicCheckForm {
    /// The secret point.
    pub secret: Number,
    /// The day of the act.
    pub day: Option<Day>,
    /// The corpora to ask; none named: all that stand.
    pub corpora: Vec<Number>,
}

/// A part on its way.
struct Part {
    name: String,
    document: Document,
    prints: Vec<u64>,
    words: Vec<String>,
    folded: usize,
    /// What was found: bytes of its text.
    found: Vec<(Range<u32>, Era)>,
    passages: Vec<PublicPassage>,
    documents: BTreeSet<(Number, String)>,
    leads: Vec<Lead>,
    more: u64,
}

impl Office {
    /// Looks for a secret point in public corpora. Writes nothing.
    ///
    /// # Errors
    /// [`Trouble`]: there are no corpora, or there is nothing in the secret point to look for.
    pub fn public_check(
        &self,
        form: &PublicCheckForm,
        unlocked: &Unlocked,
        control: &Control,
    ) -> Result<PublicCheck, Trouble> {
        let begun = self.now().to_rfc3339();
        let reader = self.reader()?;
        let card = reader.secret(form.secret)?.ok_or(Trouble::Unknown(form.secret))?;
        let rows: Vec<CorpusRow> =
            reader.corpora()?.into_iter().rev().filter(|row| !row.removed).collect();
        if let Some(no) = form.corpora.iter().find(|no| rows.iter().all(|row| row.no != **no)) {
            return Err(Trouble::Unknown(*no));
        }
        if rows.is_empty() {
            return Err(Trouble::Other("trouble-public-no-corpus", vec![], Sort::Refused));
        }
        let (mut parts, mut left) = (Vec::new(), Vec::new());
        let mut taking = Taking::default();
        self.secret_parts(&reader, &card, unlocked, &mut |name, content| {
            let taken = match content {
                Ok(piece) => taking.part(&name, &piece.path, piece.kind, &piece.bytes),
                Err(why) => Err(why.word),
            };
            match taken {
                Ok(part) => parts.push(part),
                Err(why) if why == "layout" => {}
                Err(why) => {
                    let got = extract::Got::Nothing.word().to_owned();
                    left.push(FaultRow { path: form.secret.to_string(), inside: name, why, got });
                }
            }
        })?;
        if parts.is_empty() {
            let listed = left.iter().map(|row| format!("{} ({})", row.inside, row.why));
            let args = vec![
                ("no", form.secret.to_string()),
                ("parts", listed.take(5).collect::<Vec<_>>().join(", ")),
            ];
            return Err(Trouble::Other("trouble-public-nothing", args, Sort::Refused));
        }
        control.expect(rows.len() as u64);
        let mut corpora = Vec::new();
        for row in rows {
            let named = form.corpora.is_empty() || form.corpora.contains(&row.no);
            let (state, unseen) = match named {
                true => self.ask_corpus(&row, form.day, &mut parts, control),
                false => (CorpusState::Unnamed, 0),
            };
            corpora.push(asked(row, state, unseen));
            control.one_file(parts.iter().any(|part| !part.found.is_empty()));
            if !control.goes_on() {
                return Err(Trouble::Other("trouble-compare-stopped", vec![], Sort::Refused));
            }
        }
        Ok(PublicCheck {
            version: 1,
            no: None,
            program: self.world.program.to_owned(),
            begun,
            ended: self.now().to_rfc3339(),
            secret: form.secret,
            title: card.row.title.clone(),
            level: card.row.level,
            day: form.day,
            corpora,
            parts: parts.into_iter().map(Part::checked).collect(),
            left,
            guaranteed: corpus::WINDOW.guaranteed() as u32,
        })
    }

    /// Records a public check: the report is kept, sealed; counts and digests go into the ledger.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn record_public_check(
        &self,
        ask: &Ask,
        check: &mut PublicCheck,
    ) -> Result<Receipt, Trouble> {
        let write = |no, check: &mut PublicCheck| {
            check.no = Some(no);
            fitting(check)
        };
        let receipt = self.keep_numbered(Series::PublicCheck, check, write, |no, of, report| {
            let asked = || of.asked();
            let named = |state: bool| {
                let is = move |corpus: &&AskedCorpus| (corpus.state == CorpusState::Asked) == state;
                of.corpora.iter().filter(is)
            };
            let wish = Wish::Check(Check {
                no,
                secret: of.secret,
                day: of.day,
                corpora: named(true).map(|one| (one.no, one.digest.clone())).collect(),
                unasked: named(false).map(|one| one.no).collect(),
                documents: asked().map(|one| one.documents).sum(),
                parts: of.parts.len() as u32,
                left: of.left.len() as u32,
                found: of.found(),
                earlier: of.earlier(),
                leads: of.leads(),
                guaranteed: of.guaranteed,
                program: of.program.clone(),
                report,
            });
            self.submit(ask, Command::Corpora(Box::new(wish)))
        })?;
        check.no = receipt.number;
        Ok(receipt)
    }

    /// A public check that was kept.
    ///
    /// # Errors
    /// As [`Office::kept_report`].
    pub fn kept_public_check(
        &self,
        no: Number,
        kept: (u64, &str),
        unlocked: &Unlocked,
    ) -> Result<PublicCheck, Trouble> {
        self.kept(no, kept, unlocked)
    }

    /// Asks one corpus, if its file is the one that was recorded.
    fn ask_corpus(
        &self,
        row: &CorpusRow,
        day: Option<Day>,
        parts: &mut [Part],
        control: &Control,
    ) -> (CorpusState, u64) {
        let file = self.corpus_file(&row.digest);
        match file_digest(&file) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return (CorpusState::Absent, 0);
            }
            Err(_) => return (CorpusState::Damaged, 0),
            Ok(digest) if digest != row.digest => return (CorpusState::Other, 0),
            Ok(_) => {}
        }
        let asking = || -> Result<u64, CorpusError> {
            let asked = Asked { corpus: Corpus::open(&file)?, row, day };
            let mut unseen = 0;
            for part in parts {
                if !control.goes_on() {
                    break;
                }
                let seen = asked.passages(part, &mut unseen)?;
                asked.leads(part, &seen)?;
            }
            Ok(unseen)
        };
        asking().map_or((CorpusState::Damaged, 0), |unseen| (CorpusState::Asked, unseen))
    }
}

fn asked(row: CorpusRow, state: CorpusState, unseen: u64) -> AskedCorpus {
    AskedCorpus {
        no: row.no,
        name: row.name,
        sort: row.sort,
        source: row.source,
        day: row.day,
        built: row.at.to_rfc3339(),
        documents: row.documents,
        undated: row.undated,
        days: row.days,
        bytes: row.bytes,
        faults: row.faults,
        digest: row.digest,
        state,
        unseen,
    }
}

/// The report as it is kept; what does not fit is counted.
fn fitting(check: &mut PublicCheck) -> Result<Vec<u8>, Trouble> {
    let mut text = json(check)?;
    while text.len() > vault::TEXT_BYTES_MAX {
        for part in &mut check.parts {
            let keep = part.passages.len() / 2;
            part.more += (part.passages.len() - keep) as u64;
            part.passages.truncate(keep);
            part.leads.truncate(part.leads.len() / 2);
            part.text.clear();
        }
        if check.parts.iter().all(|part| part.passages.is_empty() && part.leads.is_empty()) {
            check.parts.truncate(check.parts.len() / 2);
        }
        text = json(check)?;
    }
    Ok(text)
}

#[derive(Default)]
struct Taking {
    prints: Prints,
    words: Words,
}

impl Taking {
    /// A part as it is looked for, or why it can't be.
    fn part(&mut self, name: &str, path: &str, kind: Kind, bytes: &[u8]) -> Result<Part, String> {
        if kind == Kind::Bytes {
            return Err("no-text".to_owned());
        }
        if bytes.len() > PART_MAX {
            return Err("too-big".to_owned());
        }
        let document = Document::new(path, kind, bytes);
        let mut prints = Vec::new();
        let mut folded = self.prints.of(&document.text, Density::Every, &mut prints);
        if folded > DENSE_MAX {
            let chosen = Density::Chosen(corpus::WINDOW);
            folded = self.prints.of(&document.text, chosen, &mut prints);
        }
        let mut words = Vec::new();
        if document.text.len() <= WORDED_MAX {
            self.words.of(&String::from_utf8_lossy(&document.text), |word| {
                if words.len() < WORDS_MAX && !words.iter().any(|known| known == word) {
                    words.push(word.to_owned());
                }
            });
        }
        if folded == 0 {
            return Err("empty".to_owned());
        }
        if prints.is_empty() && words.len() < LEAD_WORDS {
            return Err("too-short".to_owned());
        }
        Ok(Part {
            name: name.to_owned(),
            document,
            prints,
            words,
            folded,
            found: Vec::new(),
            passages: Vec::new(),
            documents: BTreeSet::new(),
            leads: Vec::new(),
            more: 0,
        })
    }
}

/// A corpus that is asked.
struct Asked<'a> {
    corpus: Corpus,
    row: &'a CorpusRow,
    day: Option<Day>,
}

impl Asked<'_> {
    fn source(&self, name: &str, title: Option<&str>, dated: Option<&corpus::Dated>) -> Source {
        let day = dated.map(|dated| dated.last.clone());
        let era = match (self.day, &day) {
            (None, _) => Era::Unasked,
            (Some(_), None) => Era::Undated,
            (Some(act), Some(day)) if *day < act.to_string() => Era::Before,
            (Some(_), Some(_)) => Era::After,
        };
        Source {
            corpus: self.row.no,
            name: name.to_owned(),
            title: title.map(str::to_owned),
            day,
            said: dated.map(|dated| dated.said.clone()),
            era,
        }
    }

    /// Compares a part with the documents that share fingerprints with it, and says which rows have
    /// something of it.
    fn passages(&self, part: &mut Part, unseen: &mut u64) -> Result<BTreeSet<u32>, CorpusError> {
        let shared = self.corpus.sharing(&part.prints)?;
        let mut seen = BTreeSet::new();
        for row in self.chosen(&shared, unseen)? {
            let stored = self.corpus.stored(row)?;
            let right = Document::new(&stored.name, Kind::Text, stored.text.as_bytes());
            let findings =
                compare(std::slice::from_ref(&part.document), std::slice::from_ref(&right), &[]);
            let source = self.source(&stored.name, stored.title.as_deref(), stored.dated.as_ref());
            part.more += findings.more;
            for passage in findings.passages {
                let counts = match passage.layer {
                    Layer::Text => true,
                    Layer::Rows => passage.same >= ROWS_MIN,
                    Layer::Tokens | Layer::Bytes => false,
                };
                if counts {
                    let ranges = passage.runs.iter().map(|(left, _)| left.clone());
                    part.found.extend(ranges.map(|range| (range, source.era)));
                }
                if counts || passage.layer == Layer::Tokens {
                    seen.insert(row);
                    part.documents.insert((self.row.no, stored.name.clone()));
                    part.keep(&passage, &source, &stored);
                }
            }
        }
        Ok(seen)
    }

    /// The rows that are compared: those that share most, and those that were public first.
    fn chosen(
        &self,
        shared: &HashMap<u32, u32>,
        unseen: &mut u64,
    ) -> Result<BTreeSet<u32>, CorpusError> {
        let mut rows: Vec<(u32, u32)> = shared.iter().map(|(row, count)| (*row, *count)).collect();
        if rows.len() <= SEEN_MAX {
            return Ok(rows.into_iter().map(|(row, _)| row).collect());
        }
        *unseen += (rows.len() - SEEN_MAX) as u64;
        rows.sort_unstable_by_key(|(row, count)| (std::cmp::Reverse(*count), *row));
        let mut chosen: BTreeSet<u32> =
            rows.iter().take(SEEN_MAX / 2).map(|(row, _)| *row).collect();
        let mut dated = Vec::new();
        for (row, count) in rows.split_off(SEEN_MAX / 2) {
            let day = self.corpus.last_day(row)?;
            dated.push((day.is_none(), day, std::cmp::Reverse(count), row));
        }
        dated.sort_unstable();
        chosen.extend(dated.into_iter().take(SEEN_MAX - SEEN_MAX / 2).map(|(.., row)| row));
        Ok(chosen)
    }

    /// Adds the documents that are near by their words, without those that share passages.
    fn leads(&self, part: &mut Part, seen: &BTreeSet<u32>) -> Result<(), CorpusError> {
        if part.words.len() < LEAD_WORDS {
            return Ok(());
        }
        let near = self.corpus.near(&part.words, LEADS_MAX + seen.len())?;
        let leads = near.into_iter().filter(|near| {
            near.share >= LEAD_SHARE && near.has.len() >= LEAD_WORDS && !seen.contains(&near.row)
        });
        for Near { row, has, share } in leads.take(LEADS_MAX) {
            let stored = self.corpus.stored(row)?;
            let (has, lacks): (Vec<_>, Vec<_>) =
                part.words.iter().enumerate().partition(|(place, _)| has.contains(place));
            let named = |words: Vec<(usize, &String)>| -> Vec<String> {
                words.into_iter().map(|(_, word)| word.clone()).collect()
            };
            let has = named(has);
            part.leads.push(Lead {
                source: self.source(&stored.name, stored.title.as_deref(), stored.dated.as_ref()),
                share,
                excerpt: densest(&stored.text, &has),
                has,
                lacks: named(lacks),
            });
        }
        Ok(())
    }
}

/// The stretch of a text that has most of some words.
fn densest(text: &str, words: &[String]) -> String {
    let lower = text.to_lowercase();
    // Lower case changes lengths of a few letters; then the text is shown as it was folded.
    let text = if lower.len() == text.len() { text } else { &lower };
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (which, word) in words.iter().enumerate() {
        places.extend(lower.match_indices(word.as_str()).take(200).map(|(at, _)| (at, which)));
    }
    places.sort_unstable();
    let (mut best, mut start) = ((0, 0), 0);
    let mut within: BTreeMap<usize, u32> = BTreeMap::new();
    for (end, (at, which)) in places.iter().enumerate() {
        *within.entry(*which).or_default() += 1;
        while *at - places[start].0 > 3 * EXCERPT {
            let gone = places[start].1;
            if let Some(count) = within.get_mut(&gone) {
                *count -= 1;
                if *count == 0 {
                    within.remove(&gone);
                }
            }
            start += 1;
        }
        if within.len() > best.0 {
            best = (within.len(), places[start].0);
        }
        debug_assert!(start <= end, "a window holds its last place");
    }
    let from = text.floor_char_boundary(best.1.saturating_sub(30));
    let shown: String = text[from..].chars().take(EXCERPT).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same stretch of either side.
type Pair = (Range<u32>, Range<u32>);

impl Part {
    fn keep(&mut self, passage: &Passage, source: &Source, stored: &corpus::Stored) {
        let same = |pick: fn(&Pair) -> Range<u32>| {
            let mut same: Vec<_> = passage.runs.iter().map(pick).collect();
            same.sort_by_key(|range| range.start);
            same
        };
        let theirs = stored.text.as_bytes();
        let right = passage.right.1.start as usize..passage.right.1.end as usize;
        self.passages.push(PublicPassage {
            source: source.clone(),
            layer: passage.layer,
            same: passage.same,
            lines: (stored.start == 0).then(|| lines(theirs, &right)),
            left: around(&self.document.text, same(|run| run.0.clone())),
            right: around(theirs, same(|run| run.1.clone())),
        });
        if self.passages.len() > 2 * PASSAGES_MAX {
            self.cut();
        }
    }

    /// Keeps what tells most: what was public before, the longest, the earliest.
    fn cut(&mut self) {
        self.passages.sort_by_cached_key(|passage| {
            let (source, day) = (&passage.source, passage.source.day.clone());
            (source.era, std::cmp::Reverse(passage.same), day.is_none(), day, source.name.clone())
        });
        self.more += self.passages.len().saturating_sub(PASSAGES_MAX) as u64;
        self.passages.truncate(PASSAGES_MAX);
    }

    fn checked(mut self) -> CheckedPart {
        self.cut();
        let text = &self.document.text;
        let at = fold_text(text).at;
        let count = |ranges: &[Range<u32>]| {
            let is = |at: &&u32| ranges.iter().any(|range| range.contains(at));
            at.iter().filter(is).count() as u64
        };
        let found = joined(self.found.iter().map(|(range, _)| range.clone()));
        let before = self.found.iter().filter(|(_, era)| *era == Era::Before);
        let before = joined(before.map(|(range, _)| range.clone()));
        let shown = if text.len() <= SHOWN_MAX { pieces(text, &found) } else { Vec::new() };
        let mut leads = self.leads;
        leads.sort_by(|a, b| a.source.era.cmp(&b.source.era).then(b.share.total_cmp(&a.share)));
        CheckedPart {
            part: self.name,
            units: self.folded as u64,
            found: count(&found),
            earlier: count(&before),
            guaranteed: self.folded >= corpus::WINDOW.guaranteed(),
            text: shown,
            passages: self.passages,
            more: self.more,
            documents: self.documents.len() as u64,
            by_words: self.words.len() >= LEAD_WORDS,
            leads,
        }
    }
}

/// Ranges joined where they touch, in order.
pub(super) fn joined(ranges: impl Iterator<Item = Range<u32>>) -> Vec<Range<u32>> {
    let mut ranges: Vec<Range<u32>> = ranges.collect();
    ranges.sort_by_key(|range| range.start);
    let mut out: Vec<Range<u32>> = Vec::new();
    for range in ranges {
        match out.last_mut().filter(|last| last.end >= range.start) {
            Some(last) => last.end = last.end.max(range.end),
            None => out.push(range),
        }
    }
    out
}

/// A whole text in pieces: whether each was found.
fn pieces(text: &[u8], found: &[Range<u32>]) -> Vec<(bool, String)> {
    let read = |range: Range<usize>| {
        String::from_utf8_lossy(text.get(range).unwrap_or_default()).into_owned()
    };
    let (mut out, mut at) = (Vec::new(), 0);
    for range in found {
        let (from, to) = (range.start as usize, range.end as usize);
        if from > at {
            out.push((false, read(at..from)));
        }
        out.push((true, read(from..to)));
        at = to;
    }
    if at < text.len() {
        out.push((false, read(at..text.len())));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_join_and_a_text_falls_into_pieces() {
        let ranges = joined([6..9, 0..3, 2..5, 9..12].into_iter());
        assert_eq!(ranges, [0..5, 6..12]);
        let text = "abcdefghijklmn";
        let shown = pieces(text.as_bytes(), &ranges);
        assert_eq!(shown.iter().map(|(_, piece)| &**piece).collect::<String>(), text);
        assert_eq!(shown.iter().filter(|(same, _)| *same).count(), 2);
    }

    #[test]
    fn the_stretch_with_most_words_is_shown() {
        let text = format!(
            "{}黏度与{}球磨后静置脱泡，黏度合格。",
            "无关。".repeat(200),
            "别的。".repeat(300)
        );
        let words = ["黏度", "球磨", "脱泡"].map(str::to_owned);
        assert!(densest(&text, &words).contains("静置脱泡"), "{}", densest(&text, &words));
        assert_eq!(densest("x", &[]), "x");
    }
}
