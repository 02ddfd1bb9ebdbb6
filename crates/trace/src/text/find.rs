//! Finds the places of a text that may look in two ways.

use std::collections::HashSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::shield::shielded;
use super::skeleton::{Skeleton, invisible};
use super::{Kind, Site, Spot};

/// More sites than this bring nothing for groups of up to four leakers.
pub const SITES_MAX: usize = 4_096;
/// The longest stretch in brackets or quotation marks, in characters.
const ENCLOSED_MAX: usize = 80;

/// Two expressions that a person has approved as equal in this document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant(pub String, pub String);

/// A line that is no pair of expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not two different expressions of letters, without digits")]
pub struct NotAVariant;

impl Variant {
    /// Two expressions. They hold letters and spaces only: a number, unit sign or formula must not
    /// change, whoever approves it.
    ///
    /// # Errors
    /// [`NotAVariant`] when they hold anything else, or are one.
    pub fn new(one: &str, other: &str) -> Result<Self, NotAVariant> {
        let (one, other) = (one.trim(), other.trim());
        let fit =
            |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphabetic() || c == ' ');
        if !fit(one) || !fit(other) || letters(one) == letters(other) {
            return Err(NotAVariant);
        }
        Ok(Self(one.to_owned(), other.to_owned()))
    }

    /// Reads a list: one pair a line, the two with `|` between them; lines with `#` are remarks.
    ///
    /// # Errors
    /// The number of the line that is no pair, from 1.
    pub fn list(text: &str) -> Result<Vec<Self>, usize> {
        let lines = text.lines().enumerate().map(|(at, line)| (at, line.trim()));
        lines
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
            .map(|(at, line)| {
                let (one, other) = line.split_once('|').ok_or(at + 1)?;
                Self::new(one, other).map_err(|NotAVariant| at + 1)
            })
            .collect()
    }
}

fn letters(text: &str) -> Vec<char> {
    Skeleton::of(text).chars
}

/// What may change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Wording that was approved.
    pub variants: Vec<Variant>,
    /// The order of neighbouring items of unordered lists is free.
    pub free_order: bool,
    /// Kinds that must not be used.
    pub without: Vec<Kind>,
}

/// Finds the sites of a text, in their order in it; at most [`SITES_MAX`].
#[must_use]
pub fn find(text: &str, asked: &Asked) -> Vec<Site> {
    let mut finder = Finder {
        text,
        skeleton: Skeleton::of(text),
        shields: shielded(text),
        used: HashSet::new(),
        sites: Vec::new(),
    };
    for kind in Kind::ALL.into_iter().filter(|kind| !asked.without.contains(kind)) {
        match kind {
            Kind::Wording => asked.variants.iter().for_each(|variant| finder.wording(variant)),
            Kind::Order if asked.free_order => finder.orders(),
            Kind::Order => {}
            Kind::Gap
            | Kind::Width
            | Kind::Dash
            | Kind::Apostrophe
            | Kind::Sentence
            | Kind::Blank
            | Kind::Trailing => finder.betweens(kind),
            Kind::Bracket => finder.pairs(kind, &[('（', '）', '(', ')')]),
            Kind::Quote => finder.pairs(kind, &[('“', '”', '"', '"')]),
        }
    }
    let mut sites = finder.sites;
    if sites.len() > SITES_MAX {
        // The most lasting kinds first, spread evenly over the text within a kind.
        sites.sort_by_key(|site| {
            (site.kind, site.spots[0].at.start.wrapping_mul(0x9E37_79B9) >> 3 & 0xFFFF)
        });
        sites.truncate(SITES_MAX);
    }
    sites.sort_by_key(|site| (site.spots[0].at.start, site.spots[0].at.end));
    sites
}

struct Finder<'a> {
    text: &'a str,
    skeleton: Skeleton<'a>,
    shields: Vec<Range<usize>>,
    /// Letters after which something may change already: one site in each place, so that each can
    /// be read for itself.
    used: HashSet<usize>,
    sites: Vec<Site>,
}

impl Finder<'_> {
    fn free(&self, at: &Range<usize>) -> bool {
        let next = self.shields.partition_point(|shield| shield.end <= at.start);
        self.shields.get(next).is_none_or(|shield| shield.start >= at.end.max(at.start + 1))
    }

    /// Takes a site, unless one of its spots is taken or shielded.
    fn take(&mut self, kind: Kind, spots: Vec<Spot>) {
        let places: Option<Vec<usize>> =
            spots.iter().map(|spot| self.skeleton.before(spot.at.start)).collect();
        let Some(places) = places else { return };
        let last = self.skeleton.chars.len();
        let fits = spots.iter().zip(&places).all(|(spot, &place)| {
            self.free(&spot.at) && place + 1 < last && !self.used.contains(&place)
        });
        if fits {
            self.used.extend(places);
            self.sites.push(Site { kind, spots });
        }
    }

    /// Kinds that stand between two letters.
    fn betweens(&mut self, kind: Kind) {
        for before in 0..self.skeleton.chars.len().saturating_sub(1) {
            let Some(between) = self.skeleton.between(before) else { continue };
            if between.contains(invisible) {
                continue;
            }
            let from = self.skeleton.places[before].1;
            let spot = match kind {
                Kind::Gap => self.gap(before, between),
                Kind::Width => self.width(before, between),
                Kind::Apostrophe => self.apostrophe(before, between),
                Kind::Dash => dash(between),
                Kind::Sentence => sentence(between),
                Kind::Blank => blank(between),
                _ => trailing(between),
            };
            if let Some((at, forms)) = spot {
                let at = from + at.start..from + at.end;
                self.take(kind, vec![Spot { at, forms: forms.map(str::to_owned) }]);
            }
        }
    }

    fn letter(&self, at: usize) -> char {
        let (from, to) = self.skeleton.places[at];
        self.text[from..to].chars().next().unwrap_or(' ')
    }

    /// Between a Chinese character and a plain number or a word of at least two Latin letters. What
    /// may be an identifier (letters and digits, or signs among them) keeps its neighbours.
    fn gap(&self, before: usize, between: &str) -> Option<(Range<usize>, [&'static str; 2])> {
        if !matches!(between, "" | " ") {
            return None;
        }
        let (a, b) = (self.letter(before), self.letter(before + 1));
        let word = match (han(a), han(b)) {
            (true, false) => {
                let rest = &self.text[self.skeleton.places[before + 1].0..];
                let end = rest.find(|c: char| !c.is_ascii_graphic()).unwrap_or(rest.len());
                &rest[..end]
            }
            (false, true) => {
                let rest = &self.text[..self.skeleton.places[before].1];
                let start = rest
                    .char_indices()
                    .rev()
                    .take_while(|(_, c)| c.is_ascii_graphic())
                    .last()
                    .map_or(rest.len(), |(at, _)| at);
                &rest[start..]
            }
            _ => return None,
        };
        plain(word).then_some((0..between.len(), ["", " "]))
    }

    fn width(&self, before: usize, between: &str) -> Option<(Range<usize>, [&'static str; 2])> {
        let line_end = matches!(between.get(between.len().min(3)..), Some(rest) if rest.starts_with(['\n', '\r']))
            || between.get(1..).is_some_and(|rest| rest.starts_with(['\n', '\r']));
        let mark = between.chars().next()?;
        let alone = between.len() == mark.len_utf8();
        if !han(self.letter(before)) || !(alone && han(self.letter(before + 1)) || line_end) {
            return None;
        }
        let forms = WIDTHS.iter().find(|(half, full)| mark == *half || mark == *full)?;
        let forms = match forms.0 {
            ',' => [",", "，"],
            ';' => [";", "；"],
            ':' => [":", "："],
            '!' => ["!", "！"],
            _ => ["?", "？"],
        };
        Some((0..mark.len_utf8(), forms))
    }

    /// In the contraction of a word of at least two letters.
    fn apostrophe(
        &self,
        before: usize,
        between: &str,
    ) -> Option<(Range<usize>, [&'static str; 2])> {
        if !matches!(between, "'" | "’") || before == 0 {
            return None;
        }
        let small = |at: usize| self.skeleton.chars[at].is_ascii_lowercase();
        let joined = self.skeleton.between(before - 1) == Some("");
        if !small(before) || !small(before - 1) || !joined {
            return None;
        }
        let rest = &self.text[self.skeleton.places[before + 1].0..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let ending = matches!(&rest[..end], "s" | "t" | "re" | "ve" | "ll" | "d" | "m");
        ending.then_some((0..between.len(), ["'", "’"]))
    }

    /// Marks that enclose words, on one line; both change together.
    fn pairs(&mut self, kind: Kind, marks: &[(char, char, char, char)]) {
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            for &(open, close, plain_open, plain_close) in marks {
                let mut from: Option<usize> = None;
                for (at, c) in line.char_indices() {
                    match from {
                        Some(begun) if c == close || c == plain_close => {
                            self.pair(
                                kind,
                                line,
                                start,
                                begun..at,
                                [open, close, plain_open, plain_close],
                            );
                            from = None;
                        }
                        _ if c == open || c == plain_open => from = Some(at),
                        _ => {}
                    }
                }
            }
            start += line.len();
        }
    }

    fn pair(&mut self, kind: Kind, line: &str, start: usize, at: Range<usize>, marks: [char; 4]) {
        let first = line[at.start..].chars().next().unwrap_or(' ');
        let last = line[at.end..].chars().next().unwrap_or(' ');
        let inner = &line[at.start + first.len_utf8()..at.end];
        let outside = line[..at.start].chars().next_back();
        let after = line[at.end + last.len_utf8()..].chars().next();
        // Of one style, around words; not a formula, a call, a list's number, or inches.
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let words = match kind {
            Kind::Bracket => outside.is_some_and(han) && inner.chars().any(han),
            _ => {
                inner.chars().any(char::is_alphabetic)
                    && !inner.contains(['=', '{', '}', '\\'])
                    && !digit(outside)
                    && !digit(after)
                    && !digit(inner.chars().next_back())
            }
        };
        let styled = (first, last) == (marks[0], marks[1]) || (first, last) == (marks[2], marks[3]);
        if !words || !styled || inner.chars().count() > ENCLOSED_MAX {
            return;
        }
        let spot = |at: usize, found: char, plain: char, rich: char| Spot {
            at: start + at..start + at + found.len_utf8(),
            forms: [plain.to_string(), rich.to_string()],
        };
        let spots =
            vec![spot(at.start, first, marks[2], marks[0]), spot(at.end, last, marks[3], marks[1])];
        self.take(kind, spots);
    }

    /// All places of two approved expressions.
    fn wording(&mut self, variant: &Variant) {
        for found in [&variant.0, &variant.1] {
            for (at, _) in self.text.match_indices(found.as_str()) {
                let end = at + found.len();
                if self.whole_word(at..end) {
                    let forms = [variant.0.clone(), variant.1.clone()];
                    self.take_wording(at..end, forms);
                }
            }
        }
    }

    /// A Latin word is not a part of another.
    fn whole_word(&self, at: Range<usize>) -> bool {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !han(c));
        let text = &self.text[at.clone()];
        let apart = |inner: Option<char>, outer| !(latin(inner) && latin(outer));
        apart(text.chars().next(), self.text[..at.start].chars().next_back())
            && apart(text.chars().next_back(), self.text[at.end..].chars().next())
    }

    /// Takes a wording: it needs its own letters, and one on either side.
    fn take_wording(&mut self, at: Range<usize>, forms: [String; 2]) {
        let Some(before) = self.skeleton.before(at.start) else { return };
        let last = self.skeleton.before(at.end).unwrap_or(before);
        let places = before..=last;
        let fits = self.free(&at)
            && last + 1 < self.skeleton.chars.len()
            && places.clone().all(|place| !self.used.contains(&place));
        if fits {
            self.used.extend(places);
            self.sites.push(Site { kind: Kind::Wording, spots: vec![Spot { at, forms }] });
        }
    }

    /// Neighbouring items of unordered lists, two by two.
    fn orders(&mut self) {
        let mut items: Vec<(usize, Range<usize>)> = Vec::new();
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            let body = line.trim_end_matches(['\n', '\r']);
            let bare = body.trim_start();
            let indent = body.len() - bare.len();
            let mark = ["- ", "* ", "• ", "· "].into_iter().find(|mark| bare.starts_with(mark));
            let item = mark.map(|mark| start + indent + mark.len()..start + body.len());
            match (items.pop(), item) {
                (Some((other, one)), Some(two)) if other == indent => self.order(one, two),
                (_, Some(item)) => items.push((indent, item)),
                (_, None) => {}
            }
            start += line.len();
        }
    }

    fn order(&mut self, one: Range<usize>, two: Range<usize>) {
        let texts = [&self.text[one.clone()], &self.text[two.clone()]].map(str::to_owned);
        let [a, b] = &texts;
        let long = |text: &str| letters(text).len() >= 10;
        let Some(before) = self.skeleton.before(one.start) else { return };
        let last = self.skeleton.before(two.end).unwrap_or(before);
        let places = before..=last;
        let whole = one.start..two.end;
        let fits = long(a)
            && long(b)
            && a != b
            && self.free(&whole)
            && last + 1 < self.skeleton.chars.len()
            && places.clone().all(|place| !self.used.contains(&place));
        if fits {
            self.used.extend(places);
            let spots = vec![
                Spot { at: one, forms: [a.clone(), b.clone()] },
                Spot { at: two, forms: [b.clone(), a.clone()] },
            ];
            self.sites.push(Site { kind: Kind::Order, spots });
        }
    }
}

const WIDTHS: [(char, char); 5] = [(',', '，'), (';', '；'), (':', '：'), ('!', '！'), ('?', '？')];

/// A Chinese character.
pub(crate) fn han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

/// A plain number such as 3.5 or 40%, or a word of Latin letters; not an identifier.
fn plain(word: &str) -> bool {
    let number = word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'%'))
        && word.bytes().next().is_some_and(|b| b.is_ascii_digit());
    let latin = word.len() >= 2 && word.bytes().all(|b| b.is_ascii_alphabetic());
    number || latin
}

type Found = Option<(Range<usize>, [&'static str; 2])>;

fn dash(between: &str) -> Found {
    match between {
        "—" | "——" => Some((0..between.len(), ["—", "——"])),
        " – " | " — " => Some((1..between.len() - 1, ["–", "—"])),
        _ => None,
    }
}

fn sentence(between: &str) -> Found {
    let spaces = between.strip_prefix(['.', '!', '?'])?;
    matches!(spaces, " " | "  ").then_some((1..between.len(), [" ", "  "]))
}

fn blank(between: &str) -> Found {
    let at = between.find('\n')?;
    let rest = &between[at..];
    let breaks = rest.bytes().take_while(|b| *b == b'\n').count();
    // What else stands there, such as a list's mark, stays.
    (matches!(breaks, 2 | 3) && !rest[breaks..].contains('\n'))
        .then_some((at..at + breaks, ["\n\n", "\n\n\n"]))
}

fn trailing(between: &str) -> Found {
    let end = between.find(['\r', '\n'])?;
    let line = &between[..end];
    let bare = line.trim_end_matches(' ');
    (line.len() - bare.len() <= 1 && !bare.ends_with('\\')).then_some((bare.len()..end, ["", " "]))
}
