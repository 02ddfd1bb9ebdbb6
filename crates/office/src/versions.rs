//! Versions (版本) of a secret point as the ledger froze them, and two of them side by side.

use std::collections::BTreeMap;

use domain::terms::Level;
use domain::{Event, Moment, Number};
use store::Reader;
use vault::Unlocked;

use crate::{Office, Shown, Trouble};

/// What a secret point consisted of after some entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Its number, from 1.
    pub no: u32,
    /// The last entry that made it.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// The title.
    pub title: String,
    /// The level.
    pub level: Level,
    /// Statements: edition, and the entry that holds the text.
    pub statements: BTreeMap<u32, (u32, u64)>,
    /// Carriers: the entry that added each.
    pub carriers: BTreeMap<u32, u64>,
    /// Remarks by name: the entry that holds the newest.
    pub remarks: BTreeMap<&'static str, u64>,
    /// What was done, as kinds of event.
    pub done: Vec<&'static str>,
    /// Why, where it was said.
    pub why: Option<String>,
}

/// One part of two versions.
#[derive(Clone, Debug, PartialEq)]
pub struct Beside {
    /// What it is: `title`, `level`, `statement`, `carrier`, or the name of a remark.
    pub sort: &'static str,
    /// The number of a statement or carrier.
    pub no: u32,
    /// In the earlier version; `None` when it was not there.
    pub left: Option<Shown>,
    /// In the later one.
    pub right: Option<Shown>,
    /// Whether both refer to the same.
    pub same: bool,
}

/// A text in three parts: what both begin with, what differs, what both end with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// The beginning.
    pub before: String,
    /// What differs.
    pub differs: String,
    /// The end.
    pub after: String,
}

/// The names of remarks, in their order.
const REMARKS: [&str; 3] = ["origin", "public", "value"];

impl Office {
    /// The versions of a secret point, the oldest first: one for each change that was written at once.
    ///
    /// # Errors
    /// [`Trouble::Unknown`]; the store's own.
    pub fn versions(&self, reader: &Reader, secret: Number) -> Result<Vec<Version>, Trouble> {
        reader.secret_row(secret)?.ok_or(Trouble::Unknown(secret))?;
        let mut versions: Vec<Version> = Vec::new();
        for record in reader.timeline(secret)? {
            let held = |name: &&'static str| record.sealed.contains(name);
            let last = versions.last();
            let mut next = match (last, &record.event) {
                // Written at once, so one version.
                (Some(last), _) if at_once(last, &record) => last.clone(),
                (Some(last), _) => Version { done: Vec::new(), why: None, ..last.clone() },
                (None, Event::SecretRegistered(e)) => Version {
                    no: 0,
                    idx: record.idx,
                    at: record.received,
                    title: e.title.clone(),
                    level: e.level,
                    statements: BTreeMap::new(),
                    carriers: BTreeMap::new(),
                    remarks: BTreeMap::new(),
                    done: Vec::new(),
                    why: None,
                },
                (None, _) => continue,
            };
            match &record.event {
                Event::SecretRegistered(e) if e.no == secret => {
                    next.remarks
                        .extend(REMARKS.iter().filter(|n| held(n)).map(|n| (*n, record.idx)));
                }
                Event::SecretRevised(e) if e.secret == secret => {
                    next.title = e.title.clone().unwrap_or(next.title);
                    next.remarks
                        .extend(REMARKS.iter().filter(|n| held(n)).map(|n| (*n, record.idx)));
                    next.why = Some(e.why.clone());
                }
                Event::SecretStated(e) if e.secret == secret => {
                    next.statements.insert(e.no, (e.edition, record.idx));
                }
                Event::SecretUnstated(e) if e.secret == secret => {
                    next.statements.remove(&e.no);
                    next.why = Some(e.why.clone());
                }
                Event::CarrierAdded(e) if e.secret == secret => {
                    next.carriers.insert(e.no, record.idx);
                }
                Event::CarrierRetired(e) if e.secret == secret => {
                    next.carriers.remove(&e.no);
                    next.why = Some(e.why.clone());
                }
                Event::SecretLevelled(e) if e.secret == secret => {
                    next.level = e.to;
                    next.why = Some(e.why.clone());
                }
                Event::SecretDeclassified(e) => next.why = Some(e.why.clone()),
                Event::SecretMerged(e) => next.why = Some(e.why.clone()),
                Event::SecretSplit(e) => next.why = Some(e.why.clone()),
                _ => continue,
            }
            if !next.done.contains(&record.event.tag()) {
                next.done.push(record.event.tag());
            }
            if versions.last().is_some_and(|last| at_once(last, &record)) {
                versions.pop();
            }
            (next.idx, next.at) = (record.idx, record.received);
            next.no = versions.len() as u32 + 1;
            versions.push(next);
        }
        Ok(versions)
    }

    /// Two versions side by side, part by part. What is sealed is shown with the vault's key only.
    ///
    /// # Errors
    /// As [`Office::field`].
    pub fn beside(
        &self,
        reader: &Reader,
        (left, right): (&Version, &Version),
        unlocked: Option<&Unlocked>,
    ) -> Result<Vec<Beside>, Trouble> {
        let word = |text: &str| Some(Shown::Value(text.into()));
        let mut lines = vec![
            Beside {
                sort: "title",
                no: 0,
                left: word(&left.title),
                right: word(&right.title),
                same: left.title == right.title,
            },
            Beside {
                sort: "level",
                no: 0,
                left: word(left.level.word()),
                right: word(right.level.word()),
                same: left.level == right.level,
            },
        ];
        let shown = |idx: Option<u64>, field: &str| {
            idx.map(|idx| self.field(reader, idx, field, unlocked)).transpose()
        };
        let mut line = |sort, no, field: &str, one: Option<u64>, other: Option<u64>| {
            let (left, right) = (shown(one, field)?, shown(other, field)?);
            lines.push(Beside { sort, no, left, right, same: one == other });
            Ok::<(), Trouble>(())
        };
        let mut parts: Vec<u32> =
            left.statements.keys().chain(right.statements.keys()).copied().collect();
        parts.sort_unstable();
        parts.dedup();
        for part in parts {
            let of = |version: &Version| version.statements.get(&part).map(|(_, idx)| *idx);
            line("statement", part, "text", of(left), of(right))?;
        }
        for name in REMARKS {
            let of = |version: &Version| version.remarks.get(name).copied();
            if of(left).is_some() || of(right).is_some() {
                line(name, 0, name, of(left), of(right))?;
            }
        }
        let mut parts: Vec<u32> =
            left.carriers.keys().chain(right.carriers.keys()).copied().collect();
        parts.sort_unstable();
        parts.dedup();
        for part in parts {
            let of = |version: &Version| version.carriers.get(&part).copied();
            line("carrier", part, "name", of(left), of(right))?;
        }
        Ok(lines)
    }
}

/// Whether an entry was written together with what made a version.
fn at_once(last: &Version, record: &store::Record) -> bool {
    last.at == record.received && record.idx <= last.idx + 1
}

/// Two texts with what differs between them marked; by characters, so that no figure is cut in a
/// number: a difference inside digits takes all of them.
pub fn marked(left: &str, right: &str) -> (Marked, Marked) {
    let (a, b): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let is_figure = |c: Option<&char>| c.is_some_and(|c| c.is_ascii_digit() || *c == '.');
    let cut = |at: usize, of: &[char]| at > 0 && is_figure(of.get(at - 1)) && is_figure(of.get(at));
    while cut(start, &a) || cut(start, &b) {
        start -= 1;
    }
    let most = a.len().min(b.len()) - start;
    let mut end = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(x, y)| x == y).count();
    while end > 0 && (cut(a.len() - end, &a) || cut(b.len() - end, &b)) {
        end -= 1;
    }
    let of = |text: &[char]| Marked {
        before: text[..start].iter().collect(),
        differs: text[start..text.len() - end].iter().collect(),
        after: text[text.len() - end..].iter().collect(),
    };
    (of(&a), of(&b))
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn what_differs_is_marked_and_figures_stay_whole() {
        for (left, right, want) in [
            ("保温 11 分钟", "保温 12 分钟", [["保温 ", "11", " 分钟"], ["保温 ", "12", " 分钟"]]),
            ("1.5 克", "1.75 克", [["", "1.5", " 克"], ["", "1.75", " 克"]]),
            ("甲", "甲乙", [["甲", "", ""], ["甲", "乙", ""]]),
            ("aa", "a", [["a", "a", ""], ["a", "", ""]]),
            ("同", "同", [["同", "", ""], ["同", "", ""]]),
            ("", "新", [["", "", ""], ["", "新", ""]]),
        ] {
            let (a, b) = marked(left, right);
            let parts = [a, b].map(|one| [one.before, one.differs, one.after]);
            assert_eq!(parts, want.map(|one| one.map(str::to_owned)), "{left} {right}");
        }
    }
}
