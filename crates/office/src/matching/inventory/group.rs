//! Files become proposals: what belongs together is one card, and the cards are ranked.

use std::collections::HashMap;

use catalog::inventory::Sort;
use domain::terms::Form;
use matcher::cluster::{Prints, pairs};

use super::{FILES_MAX, FileRow, Proposal, Seen, Tie, WhyRow};

/// The rank from which a file is a candidate.
pub(super) const RANK_MIN: i32 = 10;
/// The score from which two files are one proposal: much of their text, code or numbers is the same.
const ALIKE: f32 = 0.4;
/// What more files add to a proposal's rank at most.
const FILES_WEIGHT: u32 = 6;

/// All candidates, grouped and ranked, the highest first.
pub(super) fn proposals(all: &[&Seen]) -> Vec<Proposal> {
    let ranks: Vec<i32> = all.iter().map(|seen| seen.rank()).collect();
    let candidate = |n: usize| ranks[n] >= RANK_MIN;
    let mut groups = Groups::new(all.len());
    by_content(all, &ranks, &mut groups);
    by_name(all, &candidate, &mut groups);
    by_place(all, &candidate, &mut groups);
    alike(all, &ranks, &mut groups);
    let mut members: HashMap<usize, Vec<usize>> = HashMap::new();
    for n in 0..all.len() {
        members.entry(groups.lead(n)).or_default().push(n);
    }
    let mut proposals: Vec<Proposal> = members
        .into_values()
        .filter(|members| members.iter().any(|n| candidate(*n)))
        .map(|members| proposal(all, &ranks, members, &groups))
        .collect();
    let first = |one: &Proposal| one.files.first().map(|file| file.path.clone());
    proposals.sort_by(|a, b| b.rank.cmp(&a.rank).then_with(|| first(a).cmp(&first(b))));
    proposals
}

/// What hangs together, and by what each file was added.
struct Groups {
    leader: Vec<usize>,
    tie: Vec<Tie>,
}

impl Groups {
    fn new(files: usize) -> Self {
        Self { leader: (0..files).collect(), tie: vec![Tie::First; files] }
    }

    fn lead(&self, mut of: usize) -> usize {
        while self.leader[of] != of {
            of = self.leader[of];
        }
        of
    }

    /// Joins two files; both bear the first reason for which they were ever joined.
    fn join(&mut self, one: usize, other: usize, tie: Tie) {
        let (a, b) = (self.lead(one), self.lead(other));
        self.leader[a.max(b)] = a.min(b);
        for n in [one, other, a.max(b)] {
            if self.tie[n] == Tie::First {
                self.tie[n] = tie;
            }
            self.leader[n] = a.min(b);
        }
    }

    /// Joins all that share a key.
    fn join_by<K: std::hash::Hash + Eq>(
        &mut self,
        files: impl Iterator<Item = (K, usize)>,
        tie: Tie,
    ) {
        let mut first: HashMap<K, usize> = HashMap::new();
        for (key, n) in files {
            match first.get(&key) {
                Some(known) => self.join(*known, n, tie),
                None => drop(first.insert(key, n)),
            }
        }
    }
}

fn by_content(all: &[&Seen], ranks: &[i32], groups: &mut Groups) {
    // A copy that lies among what is public makes nothing less secret: it is shown beside.
    let known = (0..all.len()).filter(|n| all[*n].size > 0 && !all[*n].sha256.is_empty());
    let worth = known.filter(|n| ranks[*n] > -RANK_MIN);
    groups.join_by(worth.map(|n| (all[n].sha256.as_str(), n)), Tie::Copy);
}

fn by_name(all: &[&Seen], candidate: &dyn Fn(usize) -> bool, groups: &mut Groups) {
    let versions = (0..all.len()).filter(|n| candidate(*n)).map(|n| (base_name(&all[n].path), n));
    groups.join_by(versions, Tie::Version);
}

/// Parts of one drawing or program lie in one folder.
fn by_place(all: &[&Seen], candidate: &dyn Fn(usize) -> bool, groups: &mut Groups) {
    let rules = crate::law().inventory();
    let places = (0..all.len()).filter(|n| candidate(*n)).filter_map(|n| {
        let sorts = all[n].reasons.iter().filter_map(|why| rules.rule(&why.rule));
        let sort = sorts.map(|rule| rule.sort).find(|s| matches!(s, Sort::Drawing | Sort::Code))?;
        let folder = all[n].path.rsplit_once('/').map_or("", |(folder, _)| folder);
        Some(((folder, sort), n))
    });
    groups.join_by(places, Tie::Place);
}

fn alike(all: &[&Seen], ranks: &[i32], groups: &mut Groups) {
    let compared: Vec<usize> = (0..all.len()).filter(|n| ranks[*n] > 0).collect();
    let prints: Vec<Prints> = compared.iter().map(|n| all[*n].prints.clone()).collect();
    for pair in pairs(&prints, ALIKE) {
        let (left, right) = (compared[pair.left as usize], compared[pair.right as usize]);
        if ranks[left].max(ranks[right]) >= RANK_MIN {
            groups.join(left, right, Tie::Alike);
        }
    }
}

/// A path without marks of version: `a/配比 v3 终稿.docx` and `a/配比 v2(1).docx` are one.
fn base_name(path: &str) -> String {
    const MARKS: &[&str] = &[
        "终稿", "定稿", "修订", "副本", "最新", "备份", "草稿", "final", "draft", "copy", "rev",
        "backup", "old", "new", "版",
    ];
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let mut stem = stem.to_lowercase();
    for mark in MARKS {
        stem = stem.replace(mark, "");
    }
    // Of a number only what says a version goes: C-17 is a product.
    let mut kept = String::new();
    let signs: Vec<char> = stem.chars().collect();
    let mut at = 0;
    while at < signs.len() {
        let digits =
            signs[at + 1..].iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
        let version = signs[at] == 'v' && digits > 0
            || matches!(signs[at], '(' | '（') && digits > 0 && at + 1 + digits < signs.len();
        if version {
            at += 1 + digits;
        } else {
            kept.extend(Some(signs[at]).filter(|c| c.is_alphanumeric() || *c == '-'));
            at += 1;
        }
    }
    format!("{folder}/{kept}.{}", ending.to_lowercase())
}

fn proposal(all: &[&Seen], ranks: &[i32], mut members: Vec<usize>, groups: &Groups) -> Proposal {
    members.sort_by(|a, b| {
        let newer = all[*b].changed.cmp(&all[*a].changed);
        ranks[*b].cmp(&ranks[*a]).then(newer).then_with(|| all[*a].path.cmp(&all[*b].path))
    });
    let first = all[members[0]];
    let reasons = whys(first);
    let rules = crate::law().inventory();
    let more = (members.len() as u32).ilog2().min(FILES_WEIGHT);
    let form = rules.form(&first.reasons).and_then(Form::from_word);
    let rows = members.iter().enumerate().map(|(at, n)| {
        let tie = if at == 0 { Tie::First } else { tie_of(first, all[*n], groups.tie[*n]) };
        file_row(all[*n], ranks[*n], tie)
    });
    Proposal {
        no: 0,
        rank: ranks[members[0]] + more as i32,
        form,
        state_word: members.iter().any(|n| has_state_word(all[*n])),
        reasons,
        files: rows.take(FILES_MAX).collect(),
        more_files: members.len().saturating_sub(FILES_MAX) as u64,
        adjust: None,
    }
}

/// The group's first file may not be the one by which this one came in.
fn tie_of(first: &Seen, seen: &Seen, tie: Tie) -> Tie {
    match tie {
        _ if first.sha256 == seen.sha256 && !seen.sha256.is_empty() => Tie::Copy,
        Tie::Copy | Tie::First => Tie::Alike,
        other => other,
    }
}

pub(super) fn file_row(seen: &Seen, rank: i32, tie: Tie) -> FileRow {
    FileRow {
        path: seen.path.clone(),
        size: seen.size,
        changed: seen.changed,
        sha256: seen.sha256.clone(),
        rank,
        tie,
    }
}

fn has_state_word(seen: &Seen) -> bool {
    let rules = crate::law().inventory();
    let mut sorts = seen.reasons.iter().filter_map(|why| rules.rule(&why.rule));
    sorts.any(|rule| rule.sort == Sort::State)
}

/// A file's reasons with their weights, the heaviest first.
pub(super) fn whys(seen: &Seen) -> Vec<WhyRow> {
    let rules = crate::law().inventory();
    let mut rows: Vec<WhyRow> = seen
        .reasons
        .iter()
        .filter_map(|why| {
            let weight = rules.rule(&why.rule)?.weight;
            let words = why.words.clone();
            Some(WhyRow { rule: why.rule.clone(), weight, count: why.count, words })
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.weight.abs()));
    rows
}

#[cfg(test)]
mod tests {
    use catalog::inventory::Reason;

    use super::*;

    fn seen(path: &str, sha256: &str, rules: &[&str]) -> Seen {
        let reason = |rule: &&str| Reason { rule: (*rule).into(), count: 1, words: vec![] };
        Seen {
            path: path.into(),
            size: 10,
            changed: 0,
            sha256: sha256.into(),
            reasons: rules.iter().map(reason).collect(),
            prints: Prints::default(),
            faults: vec![],
        }
    }

    #[test]
    fn versions_copies_and_parts_are_one_proposal_and_products_are_not() {
        let all = [
            seen("a/C-17 配比 v2.docx", "1", &["shares"]),
            seen("a/C-17 配比 v10 终稿.docx", "2", &["shares", "mark-head"]),
            seen("a/C-21 配比 v2.docx", "3", &["shares"]),
            seen("b/抄件.docx", "2", &["shares", "mark-head"]),
            seen("图纸/x.dxf", "4", &["drawing"]),
            seen("图纸/y.dxf", "5", &["drawing"]),
            seen("c/通知.txt", "6", &["office-routine"]),
            seen("c/空.txt", "", &[]),
        ];
        let found = proposals(&all.iter().collect::<Vec<_>>());
        let names: Vec<Vec<(&str, Tie)>> = found
            .iter()
            .map(|one| one.files.iter().map(|file| (&*file.path, file.tie)).collect())
            .collect();
        let expected = [
            vec![
                ("a/C-17 配比 v10 终稿.docx", Tie::First),
                ("b/抄件.docx", Tie::Copy),
                ("a/C-17 配比 v2.docx", Tie::Version),
            ],
            vec![("图纸/x.dxf", Tie::First), ("图纸/y.dxf", Tie::Place)],
            vec![("a/C-21 配比 v2.docx", Tie::First)],
        ];
        assert_eq!(names, expected);
        assert_eq!(found[0].form, Some(Form::Formula));
        assert_eq!(found[0].reasons[0].rule, "mark-head");
    }
}
