//! What is lacking on the day. Whether the lack can still be mended depends on the day: measures
//! count when they were taken before the act (法释〔2020〕7号 art. 5), so what was not there on a
//! day that is over stays lacking for an act of that day.

use std::collections::BTreeSet;

use domain::Series;
use domain::terms::MeasureItem;

use super::{Door, Holder, Matrix, Paper, Proof, Reach};

/// Something that the records don't show for the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixGap {
    /// The key of its words.
    pub key: &'static str,
    /// Whether it can't be mended any more for an act of that day.
    pub is_fixed: bool,
    /// The values of the words: `list` names what is meant.
    pub args: Vec<(&'static str, String)>,
}

/// Lacks of the day itself, the gravest first.
const OF_THE_DAY: [&str; 12] = [
    "matrix-gap-declassified",
    "matrix-gap-unstated",
    "matrix-gap-no-measure",
    "matrix-gap-unprotected",
    "matrix-gap-late-measure",
    "matrix-gap-unbound-person",
    "matrix-gap-unbound-partner",
    "matrix-gap-bare-disclosure",
    "matrix-gap-late-paper",
    "matrix-gap-no-leavers",
    "matrix-gap-no-carrier",
    "matrix-gap-not-vouched",
];

/// Lacks that papers and words can mend afterwards.
const TO_MEND: [&str; 7] = [
    "matrix-gap-overdue",
    "matrix-gap-measure-papers",
    "matrix-gap-agreement-papers",
    "matrix-gap-no-receipt",
    "matrix-gap-no-why",
    "matrix-gap-one-item",
    "matrix-gap-nobody",
];

impl MatrixGap {
    /// All keys of gaps.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        OF_THE_DAY.into_iter().chain(TO_MEND)
    }

    /// The key of the words that say what to do, or that nothing can be done.
    pub fn next(&self) -> String {
        format!("{}-{}", self.key, if self.is_fixed { "fixed" } else { "next" })
    }
}

/// All gaps of a matrix, the gravest first.
pub(super) fn gaps(of: &Matrix) -> Vec<MatrixGap> {
    let found = MatrixGap::keys().filter_map(|key| Some((key, lacking(of, key)?)));
    let gap = |(key, list): (&'static str, BTreeSet<String>)| {
        let mut args = vec![("day", of.day.to_string())];
        args.push(("list", list.into_iter().collect::<Vec<_>>().join(", ")));
        MatrixGap { key, is_fixed: of.is_past && OF_THE_DAY.contains(&key), args }
    };
    found.map(gap).collect()
}

/// What a gap is about; `None` when there is no such gap. Some are about the whole.
fn lacking(of: &Matrix, key: &str) -> Option<BTreeSet<String>> {
    let whole = |is_so: bool| is_so.then(BTreeSet::new);
    let some = |all: BTreeSet<String>| (!all.is_empty()).then_some(all);
    let in_force = || of.measures.iter().filter(|one| one.in_force);
    let open = || of.holders.iter().filter(|one| one.reach == Reach::Open);
    let is_partner = |one: &&Holder| one.who.series == Series::Partner;
    let is_later = |proof: Proof| proof == Proof::Later;
    let who = |one: &Holder| one.who.to_string();
    let name = |one: &Holder| one.by.to_string();
    let no = |one: &super::Protection| one.no.to_string();
    let was_given = |one: &&Holder| matches!(one.door, Door::Disclosed | Door::Copy);
    match key {
        "matrix-gap-declassified" => Some(BTreeSet::from([of.declassified?.to_string()])),
        "matrix-gap-unstated" => whole(of.statements.iter().all(|one| is_later(one.record.proof))),
        "matrix-gap-no-measure" => whole(in_force().next().is_none()),
        "matrix-gap-unprotected" => {
            let bare = of.statements.iter().filter(|one| one.measures.is_empty());
            // Without any measure the gap before says it all.
            in_force().next()?;
            some(bare.map(|one| one.no.to_string()).collect())
        }
        "matrix-gap-late-measure" => {
            some(in_force().filter(|one| is_later(one.proof())).map(no).collect())
        }
        "matrix-gap-unbound-person" => {
            let people = of.holders.iter().filter(|one| !is_partner(one));
            some(people.filter(|one| one.signed.is_empty()).map(who).collect())
        }
        "matrix-gap-unbound-partner" => {
            let partners = of.holders.iter().filter(is_partner);
            some(partners.filter(|one| one.agreements.is_empty()).map(who).collect())
        }
        "matrix-gap-bare-disclosure" => {
            let partners = of.holders.iter().filter(is_partner);
            some(partners.filter(|one| !one.was_bound).map(name).collect())
        }
        "matrix-gap-late-paper" => {
            let late = |paper: &&Paper| is_later(paper.record.proof);
            let papers = of.holders.iter().flat_map(Holder::binding);
            some(papers.filter(late).map(|one| format!("{}/{}", one.about, one.no)).collect())
        }
        "matrix-gap-no-leavers" => {
            let mut measures = in_force();
            let left = of
                .holders
                .iter()
                .filter(|one| one.reach == Reach::Closed && one.door == Door::Cleared);
            if measures.any(|one| one.item == MeasureItem::Leavers) {
                return None;
            }
            some(left.map(who).collect())
        }
        "matrix-gap-no-carrier" => whole(of.carriers.iter().all(|one| is_later(one.record.proof))),
        "matrix-gap-not-vouched" => {
            let said = of.statements.iter().filter(|one| one.record.proof == Proof::Recorded);
            some(said.map(|one| one.no.to_string()).collect())
        }
        "matrix-gap-overdue" => {
            let late = open().filter(was_given);
            some(late.filter(|one| one.until.is_some_and(|day| day < of.day)).map(name).collect())
        }
        "matrix-gap-measure-papers" => {
            some(in_force().filter(|one| one.papers.is_empty()).map(no).collect())
        }
        "matrix-gap-agreement-papers" => {
            let agreements = of.holders.iter().flat_map(|one| &one.agreements);
            let bare = agreements.filter(|one| one.papers.is_empty());
            some(bare.map(|one| one.no.to_string()).collect())
        }
        "matrix-gap-no-receipt" => {
            let given = of.holders.iter().filter(was_given);
            some(given.filter(|one| one.receipts.is_empty()).map(name).collect())
        }
        "matrix-gap-no-why" => some(in_force().filter(|one| one.why.is_none()).map(no).collect()),
        "matrix-gap-one-item" => {
            let items: BTreeSet<MeasureItem> = in_force().map(|one| one.item).collect();
            whole(items.len() == 1)
        }
        _ => whole(of.holders.is_empty()),
    }
}
