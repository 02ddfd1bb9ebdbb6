//! Reads what a leak says at each site.

use super::align::align;
use super::skeleton::{Skeleton, invisible};
use super::{Kind, Site};
use crate::code::{Grade, Reading, Seen};

/// Kinds that look the same at so many sites and nowhere otherwise were made so by what the text
/// went through.
const UNIFORM: usize = 8;

/// Reads a leak beside the original: whole or a fragment, normalised, wrapped or recognised.
///
/// What is read depends on the leak, the original and its sites alone.
#[must_use]
pub fn read(original: &str, sites: &[Site], leak: &str) -> Reading {
    laid_beside(original, sites, leak).0
}

/// As [`read`], and how many letters of the leak are letters of the original.
#[must_use]
pub fn laid_beside(original: &str, sites: &[Site], leak: &str) -> (Reading, usize) {
    let (old, new) = (Skeleton::of(original), Skeleton::of(leak));
    let map = align(&old.chars, &new.chars);
    let reader = Reader { old: &old, new: &new, map: &map };
    let mut seen: Vec<Seen> = sites.iter().map(|site| reader.site(site)).collect();
    silence_uniform(sites, &mut seen);
    let letters = map.iter().flatten().count();
    (Reading { seen, grades: vec![Grade::Sure; sites.len()] }, letters)
}

/// Kinds that go through the same mills: what makes one uniform makes the others so.
const ALIKE: [&[Kind]; 7] = [
    &[Kind::Gap],
    &[Kind::Width, Kind::Bracket],
    &[Kind::Quote, Kind::Apostrophe],
    &[Kind::Dash],
    &[Kind::Sentence],
    &[Kind::Blank],
    &[Kind::Trailing],
];

/// Erases kinds that say the same everywhere.
fn silence_uniform(sites: &[Site], seen: &mut [Seen]) {
    for kinds in ALIKE {
        let count = |what| {
            let of_kind =
                sites.iter().zip(seen.iter()).filter(|(site, _)| kinds.contains(&site.kind));
            of_kind.filter(|(_, seen)| **seen == what).count()
        };
        let (ones, zeros) = (count(Seen::One), count(Seen::Zero));
        if ones.min(zeros) == 0 && ones.max(zeros) >= UNIFORM {
            for (site, seen) in sites.iter().zip(seen.iter_mut()) {
                if kinds.contains(&site.kind) {
                    *seen = Seen::Nothing;
                }
            }
        }
    }
}

struct Reader<'a> {
    old: &'a Skeleton<'a>,
    new: &'a Skeleton<'a>,
    map: &'a [Option<usize>],
}

impl Reader<'_> {
    fn site(&self, site: &Site) -> Seen {
        match site.kind {
            Kind::Order => return self.order(site),
            Kind::Wording => return self.wording(site),
            _ => {}
        }
        let mut found = Seen::Nothing;
        for spot in &site.spots {
            let seen =
                self.between(spot.at.start).map_or(Seen::Nothing, |text| look(site.kind, &text));
            match (found, seen) {
                (_, Seen::Nothing) => {}
                (Seen::Nothing, seen) => found = seen,
                (found, seen) if found != seen => return Seen::Nothing,
                _ => {}
            }
        }
        found
    }

    /// What the leak has between the two letters around a byte of the original, without what
    /// cannot be seen.
    fn between(&self, byte: usize) -> Option<String> {
        let before = self.old.before(byte)?;
        let (one, two) = (self.map[before]?, (*self.map.get(before + 1)?)?);
        if two != one + 1 {
            return None;
        }
        Some(self.new.between(one)?.chars().filter(|c| !invisible(*c)).collect())
    }

    /// Which of two expressions stands between the letters around it.
    fn wording(&self, site: &Site) -> Seen {
        let spot = &site.spots[0];
        let around = || {
            let before = self.old.before(spot.at.start)?;
            let after = self.old.before(spot.at.end)? + 1;
            let (from, to) = (self.map[before]?, (*self.map.get(after)?)?);
            self.new.chars.get(from + 1..to)
        };
        let Some(letters) = around() else { return Seen::Nothing };
        let is = |form: &str| Skeleton::of(form).chars == letters;
        if is(&spot.forms[0]) {
            Seen::Zero
        } else if is(&spot.forms[1]) {
            Seen::One
        } else {
            Seen::Nothing
        }
    }

    /// Which of two items comes first.
    fn order(&self, site: &Site) -> Seen {
        let middle = |at: &std::ops::Range<usize>| {
            let from = self.old.before(at.start).map_or(0, |before| before + 1);
            let to = self.old.before(at.end)? + 1;
            let mut places: Vec<usize> = self.map[from..to].iter().flatten().copied().collect();
            places.sort_unstable();
            // Half of it, at least, so that a word they have in common is not taken for it.
            (2 * places.len() > to - from).then(|| places[places.len() / 2])
        };
        match (middle(&site.spots[0].at), middle(&site.spots[1].at)) {
            (Some(one), Some(two)) => Seen::bit(one > two),
            _ => Seen::Nothing,
        }
    }
}

/// What stands between two letters, as a site of a kind.
fn look(kind: Kind, text: &str) -> Seen {
    let breaks = text.bytes().filter(|b| *b == b'\n').count();
    let has = |one: &[char], zero: &[char]| match (text.contains(one), text.contains(zero)) {
        (true, false) => Seen::One,
        (false, true) => Seen::Zero,
        _ => Seen::Nothing,
    };
    match kind {
        Kind::Wording | Kind::Order => Seen::Nothing,
        Kind::Gap if text.is_empty() => Seen::Zero,
        Kind::Gap if breaks == 0 && text.chars().all(char::is_whitespace) => Seen::One,
        Kind::Gap => Seen::Nothing,
        Kind::Width => has(&['，', '；', '：', '！', '？'], &[',', ';', ':', '!', '?']),
        Kind::Bracket => has(&['（', '）'], &['(', ')']),
        Kind::Quote => has(&['“', '”'], &['"']),
        Kind::Apostrophe => has(&['’'], &['\'']),
        Kind::Dash if text.contains("——") => Seen::One,
        Kind::Dash if text.contains('–') => Seen::Zero,
        // One long dash: the longer of the English pair, the shorter of the Chinese one.
        Kind::Dash if text.contains('—') => Seen::bit(text.contains(' ')),
        Kind::Dash => Seen::Nothing,
        Kind::Sentence => match text.chars().filter(|c| c.is_whitespace()).count() {
            _ if breaks > 0 => Seen::Nothing,
            1 => Seen::Zero,
            2 => Seen::One,
            _ => Seen::Nothing,
        },
        Kind::Blank => match breaks {
            2 => Seen::Zero,
            3 => Seen::One,
            _ => Seen::Nothing,
        },
        Kind::Trailing => match text.split_once(['\r', '\n']) {
            Some((line, _)) => Seen::bit(line.ends_with(' ')),
            None => Seen::Nothing,
        },
    }
}
