//! All pairs of many documents, and the groups they form: which belong together, and why.
//!
//! ```text
//! documents ── Prints: winnowed n-grams of each layer, as hashes
//!    └─► pairs: shared hashes weighted by how rare they are here, as a share of either side
//!           └─► groups: what hangs together by the pairs that are chosen, with the reason
//! ```
//! Hashes are all that is kept of a document: about three bytes for each byte of text. Shares are
//! for ranking only, since rarity depends on what lies beside; figures to be shown to others come
//! from [`crate::compare`].

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::index::Kind;
use crate::units::{Document, Layer, grams, hash_bytes, mix};

/// How many times rarer than everywhere a gram must be to count in full: text has topics and phrases
/// that are told apart so; tokens have few forms, and only what most documents have is discounted.
/// Chosen on the open sets of docs/matching.md, as are all figures here.
const RARE: [f32; 3] = [30.0, 2.0, 2.0];
/// Scores from which two documents are held to be related, for code and for anything else.
const RELATED: [f32; 2] = [0.15, 0.08];
/// Units of a gram, by layer. Shorter than a run that counts as common: here many weak signs add up.
const TEXT: usize = 8;
const TOKENS: usize = 12;
/// Of so many grams in a row at least one is kept.
const WINDOW: usize = 4;
/// Documents a gram may be in before it counts as boilerplate; less than this is looked at always.
const COMMON_MIN: usize = 400;
/// Grams of a layer below which a document says too little in it.
const TELLING: u32 = 6;

/// What is kept of a document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Prints {
    content: u64,
    layers: [Vec<u64>; 3],
}

const LAYERS: [Layer; 3] = [Layer::Text, Layer::Tokens, Layer::Rows];

impl Prints {
    /// Of a document's bytes; its name tells the language of code.
    #[must_use]
    pub fn new(name: &str, kind: Kind, bytes: &[u8]) -> Self {
        Self::of(&Document::new(name, kind, bytes))
    }

    /// Of a document that was taken apart already.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let mut prints = Self::default();
        match document.kind {
            Kind::Bytes => prints.content = hash_bytes(&document.text),
            Kind::Text | Kind::Table => {
                let text = document.units(Layer::Text);
                let folded = text.map_or(&[][..], |units| &units.units);
                prints.content = folded.iter().fold(1, |hash, unit| mix(hash ^ u64::from(*unit)));
                prints.layers[0] = winnow(&grams(&characters(folded), TEXT).collect::<Vec<_>>());
            }
        }
        if let Some(units) = document.units(Layer::Tokens) {
            prints.layers[1] = winnow(&grams(&units.units, TOKENS).collect::<Vec<_>>());
        }
        if let Some(units) = document.units(Layer::Rows) {
            let both = units.units.iter().chain(&units.bare);
            prints.layers[2] = sorted(both.map(|row| mix(u64::from(*row))).collect());
        }
        prints
    }

    /// Adds what another piece of the same document has.
    pub fn join(&mut self, other: Self) {
        self.content = mix(self.content ^ other.content.rotate_left(1));
        for (mine, theirs) in self.layers.iter_mut().zip(other.layers) {
            mine.extend(theirs);
            mine.sort_unstable();
            mine.dedup();
        }
    }

    /// Keeps at most so many hashes a layer: the lowest, which documents that are alike share. What
    /// is a small part of something large may then no longer be told.
    pub fn thin(&mut self, most: usize) {
        for layer in &mut self.layers {
            layer.truncate(most);
            layer.shrink_to_fit();
        }
    }

    /// Whether there is anything to compare it by.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.layers.iter().all(Vec::is_empty)
    }
}

/// Folded UTF-8 as characters: eight of them say as much in Chinese as in other scripts.
fn characters(folded: &[u32]) -> Vec<u32> {
    let mut out = Vec::with_capacity(folded.len());
    for unit in folded {
        match out.last_mut() {
            Some(last) if unit & 0xC0 == 0x80 => *last = *last << 8 | unit,
            _ => out.push(*unit),
        }
    }
    out
}

/// The lowest hash of each window; all of them where there are few.
fn winnow(hashes: &[u64]) -> Vec<u64> {
    let mut kept = Vec::with_capacity(hashes.len() / 2);
    let mut last = usize::MAX;
    for (start, window) in hashes.windows(WINDOW.min(hashes.len()).max(1)).enumerate() {
        let place = (0..window.len()).min_by_key(|n| window[*n]).unwrap_or(0) + start;
        if place != last {
            last = place;
            kept.push(hashes[place]);
        }
    }
    sorted(kept)
}

fn sorted(mut hashes: Vec<u64>) -> Vec<u64> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes.shrink_to_fit();
    hashes
}

/// How much two documents have in common in one layer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Alike {
    /// Share of the first that is in the second, from 0 to 1, weighted by rarity.
    pub left: f32,
    /// Share of the second that is in the first.
    pub right: f32,
    /// Common grams or rows.
    pub common: u32,
}

impl Alike {
    /// The larger of both shares: what is wholly within something larger counts in full.
    #[must_use]
    pub fn most(&self) -> f32 {
        self.left.max(self.right)
    }
}

/// Two documents that have something in common.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// The place of the first document, the lower one.
    pub left: u32,
    /// The place of the second.
    pub right: u32,
    /// By text, tokens and rows.
    pub layers: [Alike; 3],
    /// All layers together, from 0 to 1: for ranking.
    pub score: f32,
    /// Whether both are code with enough tokens to tell something.
    pub code: bool,
    /// Whether their folded contents are the same.
    pub same: bool,
}

impl Pair {
    /// The layer that says most.
    #[must_use]
    pub fn reason(&self) -> Reason {
        if self.same {
            return Reason::Same;
        }
        let most = |n: &usize| self.layers[*n].most();
        let best = (0..LAYERS.len())
            .max_by(|a, b| most(a).partial_cmp(&most(b)).unwrap_or(Ordering::Equal).then(b.cmp(a)));
        Reason::Shared(LAYERS[best.unwrap_or(0)])
    }

    /// Whether the score is one from which documents are related more often than not.
    #[must_use]
    pub fn is_related(&self) -> bool {
        self.score >= RELATED[usize::from(!self.code)]
    }

    /// The figures of a layer.
    #[must_use]
    pub fn layer(&self, layer: Layer) -> Alike {
        let place = LAYERS.iter().position(|known| *known == layer);
        place.map_or_else(Alike::default, |place| self.layers[place])
    }
}

/// Why documents belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Nothing but layout, case, width or script differs.
    Same,
    /// They share most in this layer.
    Shared(Layer),
}

/// Documents that belong together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Their places, ascending; at least two.
    pub members: Vec<u32>,
    /// The one that has most in common with the others.
    pub centre: u32,
    /// The pairs that hold it together, the strongest first.
    pub links: Vec<Pair>,
}

/// All pairs whose score is at least `least`, in the order of their places.
///
/// Memory is in proportion to the prints and the pairs found; time to the sum of squares of how
/// many documents each gram is in, of which boilerplate is left out.
#[must_use]
pub fn pairs(prints: &[Prints], least: f32) -> Vec<Pair> {
    let postings: Vec<Postings> = (0..LAYERS.len()).map(|n| Postings::new(prints, n)).collect();
    let mut rows: Vec<Row> = LAYERS.iter().map(|_| Row::new(prints.len())).collect();
    let mut found = Vec::new();
    for left in 0..prints.len() {
        for (row, postings) in rows.iter_mut().zip(&postings) {
            row.fill(postings, left);
        }
        let mut others: Vec<u32> =
            rows.iter().flat_map(|row| row.touched.iter().copied()).collect();
        others.sort_unstable();
        others.dedup();
        for right in others {
            let mut layers = [Alike::default(); 3];
            for ((alike, row), postings) in layers.iter_mut().zip(&rows).zip(&postings) {
                *alike = row.alike(postings, left, right as usize);
            }
            let same = prints[left].content == prints[right as usize].content;
            let tells = |n: usize| {
                let count = |of: usize| postings[n].count[of];
                count(left) >= TELLING && count(right as usize) >= TELLING
            };
            let code = tells(1);
            let score = if same { 1.0 } else { score(&layers, code, tells(2)) };
            if score >= least {
                found.push(Pair { left: left as u32, right, layers, score, code, same });
            }
        }
        rows.iter_mut().for_each(Row::clear);
    }
    found
}

/// The mean of text and tokens for code, else text; rows speak only for themselves.
fn score(layers: &[Alike; 3], code: bool, rows: bool) -> f32 {
    let [text, tokens, numbers] = layers.map(|alike| alike.most());
    let mean = if code { (text + tokens) / 2.0 } else { text };
    mean.max(if rows { numbers } else { 0.0 })
}

/// What hangs together by these pairs, the largest groups first.
#[must_use]
pub fn groups(documents: usize, pairs: &[Pair]) -> Vec<Group> {
    let mut leader: Vec<u32> = (0..documents as u32).collect();
    for pair in pairs {
        let (left, right) = (find(&mut leader, pair.left), find(&mut leader, pair.right));
        leader[left.max(right) as usize] = left.min(right);
    }
    let mut groups: Vec<Group> = Vec::new();
    let mut place = vec![usize::MAX; documents];
    for pair in pairs {
        let lead = find(&mut leader, pair.left) as usize;
        if place[lead] == usize::MAX {
            place[lead] = groups.len();
            groups.push(Group { members: Vec::new(), centre: 0, links: Vec::new() });
        }
        groups[place[lead]].links.push(*pair);
    }
    for group in &mut groups {
        group.settle();
    }
    groups.sort_by(|a, b| b.members.len().cmp(&a.members.len()).then(a.members.cmp(&b.members)));
    groups
}

fn find(leader: &mut [u32], mut of: u32) -> u32 {
    while leader[of as usize] != of {
        let up = leader[leader[of as usize] as usize];
        leader[of as usize] = up;
        of = up;
    }
    of
}

impl Group {
    fn settle(&mut self) {
        self.members = self.links.iter().flat_map(|pair| [pair.left, pair.right]).collect();
        self.members.sort_unstable();
        self.members.dedup();
        let mut sums = vec![0.0_f32; self.members.len()];
        for pair in &self.links {
            for member in [pair.left, pair.right] {
                if let Ok(place) = self.members.binary_search(&member) {
                    sums[place] += pair.score;
                }
            }
        }
        let best = (0..sums.len()).rev().max_by(|a, b| sums[*a].total_cmp(&sums[*b]));
        self.centre = best.map_or(0, |place| self.members[place]);
        self.links.sort_by(|a, b| {
            let order = b.score.total_cmp(&a.score).then(b.same.cmp(&a.same));
            order.then((a.left, a.right).cmp(&(b.left, b.right)))
        });
    }
}

/// Which documents have each gram of a layer that more than one has.
struct Postings {
    /// By gram, where its documents start; one more at the end.
    starts: Vec<u32>,
    documents: Vec<u32>,
    weights: Vec<f32>,
    /// By document, its grams in `starts`; `own` says where they start.
    grams: Vec<u32>,
    own: Vec<u32>,
    /// By document, the weight of all its grams, and their number.
    size: Vec<f32>,
    count: Vec<u32>,
}

impl Postings {
    fn new(prints: &[Prints], layer: usize) -> Self {
        let n = prints.len();
        let mut all: Vec<(u64, u32)> =
            Vec::with_capacity(prints.iter().map(|prints| prints.layers[layer].len()).sum());
        for (place, prints) in (0..).zip(prints) {
            all.extend(prints.layers[layer].iter().map(|hash| (*hash, place)));
        }
        all.sort_unstable();
        let (mut starts, mut documents, mut weights) = (vec![0], Vec::new(), Vec::new());
        let (mut size, mut count) = (vec![0.0; n], vec![0; n]);
        for same in all.chunk_by(|a, b| a.0 == b.0) {
            let rarity = ((n as f32 + 1.0) / same.len() as f32).ln();
            let weight = (rarity / RARE[layer].ln()).min(1.0);
            for (_, document) in same {
                size[*document as usize] += weight;
                count[*document as usize] += 1;
            }
            if same.len() > 1 && same.len() <= COMMON_MIN.max(n / 20) {
                documents.extend(same.iter().map(|(_, document)| *document));
                starts.push(documents.len() as u32);
                weights.push(weight);
            }
        }
        drop(all);
        let mut own = vec![0_u32; n + 1];
        documents.iter().for_each(|document| own[*document as usize + 1] += 1);
        (0..n).for_each(|place| own[place + 1] += own[place]);
        let (mut next, mut grams) = (own.clone(), vec![0; documents.len()]);
        for (gram, range) in starts.windows(2).enumerate() {
            for document in &documents[range[0] as usize..range[1] as usize] {
                let place = &mut next[*document as usize];
                grams[*place as usize] = gram as u32;
                *place += 1;
            }
        }
        Self { starts, documents, weights, grams, own, size, count }
    }
}

/// What one document has in common with each later one.
struct Row {
    weight: Vec<f32>,
    common: Vec<u32>,
    touched: Vec<u32>,
}

impl Row {
    fn new(documents: usize) -> Self {
        Self { weight: vec![0.0; documents], common: vec![0; documents], touched: Vec::new() }
    }

    fn fill(&mut self, postings: &Postings, left: usize) {
        let own = postings.own[left] as usize..postings.own[left + 1] as usize;
        for gram in &postings.grams[own] {
            let gram = *gram as usize;
            let range = postings.starts[gram] as usize..postings.starts[gram + 1] as usize;
            let documents = &postings.documents[range];
            let later = documents.partition_point(|document| *document as usize <= left);
            for document in &documents[later..] {
                let place = *document as usize;
                if self.common[place] == 0 {
                    self.touched.push(*document);
                }
                self.common[place] += 1;
                self.weight[place] += postings.weights[gram];
            }
        }
    }

    fn alike(&self, postings: &Postings, left: usize, right: usize) -> Alike {
        let share = |of: usize| match postings.size[of] {
            size if size > 0.0 => (self.weight[right] / size).min(1.0),
            _ => 0.0,
        };
        Alike { left: share(left), right: share(right), common: self.common[right] }
    }

    fn clear(&mut self) {
        for place in self.touched.drain(..) {
            self.weight[place as usize] = 0.0;
            self.common[place as usize] = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECIPE: &str = "浆料固含量控制在百分之四十八点五，黏度以旋转黏度计在二十五摄氏度下测量，球磨三十六小时后静置脱泡。";
    const CODE: &str = "int sum(int a[], int n) { int total = 0; for (int i = 0; i < n; i++) { \
        if (a[i] > 0) { total += a[i] * 2; } else { total -= a[i]; } } return total; }";

    fn prints(documents: &[(&str, &str)]) -> Vec<Prints> {
        let one = |(name, text): &(&str, &str)| Prints::new(name, Kind::Text, text.as_bytes());
        documents.iter().map(one).collect()
    }

    #[test]
    fn groups_name_what_they_share() {
        let renamed = CODE.replace("total", "result").replace("sum", "add").replace("a[", "list[");
        let prints = prints(&[
            ("a.txt", RECIPE),
            ("b.txt", "今天的会议纪要：参加展会的人员名单和车票安排，请各部门在周五之前确认。"),
            ("c.txt", &format!("转发。{RECIPE}请查收。")),
            ("a.c", CODE),
            ("b.java", &renamed),
            ("d.txt", &RECIPE.replace('，', " , ")),
            (
                "t1.csv",
                "批次,温度,时间\n7,185.25,36.5\n8,190.75,41.5\n9,201.35,12.25\n1,7.125,99.5\n2,3.375,71.5\n3,8.625,2.25\n",
            ),
            (
                "t2.csv",
                "99500,7125\n12250,201350\n41500,190750\n36500,185250\n71500,3375\n2250,8625\n",
            ),
        ]);
        let mut found = pairs(&prints, 0.0);
        found.retain(Pair::is_related);
        let groups = groups(prints.len(), &found);
        let members: Vec<&[u32]> = groups.iter().map(|group| &group.members[..]).collect();
        assert_eq!(members, [&[0, 2, 5][..], &[3, 4], &[6, 7]]);
        let reasons: Vec<Reason> = groups.iter().map(|group| group.links[0].reason()).collect();
        let expected = [Reason::Same, Reason::Shared(Layer::Tokens), Reason::Shared(Layer::Rows)];
        assert_eq!(reasons, expected);
        assert_eq!(groups[0].links[0].layer(Layer::Text).most(), 1.0);
    }

    #[test]
    fn versions_are_told_by_a_few_hashes_each() {
        let line =
            |n: u32| format!("第{n}步把温度升到{}度，停{}分钟后检查膜厚。\n", n * 37, n * 11 % 53);
        let old: String = (0..400).map(line).collect();
        let new = old.replace("第7步", "第七步").replace("检查膜厚", "量膜厚");
        let other: String =
            (0..400).map(|n| format!("{}号柜存放{}箱螺丝。\n", n * 3, n * 7)).collect();
        let mut prints = prints(&[("a.txt", &old), ("b.txt", &new), ("c.txt", &other)]);
        prints.iter_mut().for_each(|prints| prints.thin(48));
        assert!(prints.iter().all(|prints| prints.layers.iter().all(|layer| layer.len() <= 48)));
        let found = pairs(&prints, 0.3);
        let places: Vec<_> = found.iter().map(|pair| (pair.left, pair.right)).collect();
        assert_eq!(places, [(0, 1)]);
    }

    #[test]
    fn nothing_is_like_what_is_empty() {
        let prints = prints(&[("a", ""), ("b", "!!!"), ("c", ""), ("d", RECIPE)]);
        assert!(prints[0].is_empty() && !prints[3].is_empty());
        assert_eq!(pairs(&prints, 0.0), []);
        assert_eq!(groups(4, &[]), []);
    }
}
