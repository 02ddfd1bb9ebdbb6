//! Field packs: what is typically secret in a field of industry, how it usually leaks, what to look at, and
//! skeletons of secret points to start from. One file a pack below `catalog/fields/`.
//!
//! A skeleton's gaps are written 【…】: whoever takes it fills them, and nothing is registered by itself.

use serde::Deserialize;

use crate::check::{is_both, twins};
use crate::read::{Catalog, Fault, Problem, Read, stem};
use crate::text::{Ref, Text};

/// How a gap of a skeleton begins.
pub const GAP: char = '【';

/// A pack.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Its name, that of its file.
    pub id: String,
    /// Its place among the packs.
    pub place: u32,
    /// The field.
    pub name: Text,
    /// What is different there, in a few sentences.
    pub says: Text,
    /// Pages of the handbook that matter most there.
    pub pages: Vec<Ref>,
    /// What is typically secret.
    pub typical: Vec<Group>,
    /// What usually is not.
    pub not: Vec<Text>,
    /// How it usually leaks, and what helps.
    pub leak: Vec<Leak>,
    /// What to look at.
    pub check: Vec<Text>,
    /// Skeletons of secret points.
    pub point: Vec<Point>,
}

/// Kinds of things that belong together.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Their name.
    pub name: Text,
    /// The things.
    pub items: Vec<Text>,
}

/// A way in which things leak.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leak {
    /// How.
    pub how: Text,
    /// What helps.
    pub helps: Text,
}

/// A skeleton of a secret point.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Its name in the data.
    pub id: Ref,
    /// What it would be called: neutral, without content.
    pub title: Text,
    /// 技术信息 or 经营信息, by the domain's word.
    pub class: String,
    /// The kind of information, by the domain's word.
    pub form: String,
    /// The level to start from, by the domain's word.
    pub level: String,
    /// Statements with gaps.
    pub statements: Vec<Text>,
    /// What the public knows, with gaps.
    pub public: Text,
    /// What it is worth, with gaps.
    pub value: Text,
    /// How it came about, with gaps.
    pub origin: Text,
}

impl Pack {
    /// A skeleton by its name.
    pub fn point(&self, id: &str) -> Option<&Point> {
        self.point.iter().find(|point| point.id.id == id)
    }
}

/// One pack: names, both languages, pages, and gaps in each statement of a skeleton.
pub(crate) fn check(read: &Read<'_, Pack>, catalog: &Catalog, faults: &mut Vec<Fault>) {
    let pack = &read.value;
    let mut problems: Vec<(usize, Problem)> = Vec::new();
    if stem(read.file.path) != pack.id {
        problems.push((0, Problem::Misnamed(pack.id.clone())));
    }
    let names: Vec<&Ref> = pack.point.iter().map(|point| &point.id).collect();
    problems.extend(twins(&names).map(|(at, id)| (at, Problem::Twice(id))));
    for page in pack.pages.iter().filter(|page| catalog.handbook().page(&page.id).is_none()) {
        problems.push((page.at, Problem::Unknown { kind: "page", id: page.id.clone() }));
    }
    let gaps = |text: &str| text.matches(GAP).count();
    for point in &pack.point {
        for text in &point.statements {
            let [zh, en] = [gaps(&text.zh), gaps(&text.en)];
            if zh == 0 || zh != en {
                problems.push((point.id.at, Problem::Gaps(text.zh.clone())));
            }
        }
    }
    let groups =
        pack.typical.iter().flat_map(|group| [&group.name].into_iter().chain(&group.items));
    let leaks = pack.leak.iter().flat_map(|leak| [&leak.how, &leak.helps]);
    let points = pack.point.iter().flat_map(|point| {
        let texts = [&point.title, &point.public, &point.value, &point.origin];
        texts.into_iter().chain(&point.statements)
    });
    let texts = [&pack.name, &pack.says].into_iter().chain(groups).chain(&pack.not);
    for text in texts.chain(leaks).chain(&pack.check).chain(points) {
        if !is_both(&text.zh, &text.en) {
            let at = read.file.text.find(&*text.zh).unwrap_or(0);
            problems.push((at, Problem::OneLanguage(format!("{} / {}", text.zh, text.en))));
        }
    }
    faults.extend(problems.into_iter().map(|(at, problem)| read.file.fault(at, problem)));
}
