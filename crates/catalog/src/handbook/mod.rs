//! The handbook: short pages on protecting trade secrets, by chapter, and a glossary.
//!
//! A page is one file below `catalog/handbook/` with both languages side by side: the same five parts in
//! each, in the small markup of [`markup`]. It names its law, its neighbours, the program's own pages where a
//! thing is done, and the addresses whose pages carry a link to it. [`Search`] finds pages by words.

pub mod markup;
mod search;

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::check::{is_both, twins};
use crate::read::{Catalog, Fault, Problem, Read, stem};
use crate::text::{Cite, Lang, Ref, Text};

pub use markup::{Block, Span, blocks};
pub use search::{Hit, Search};

/// Characters of one part that a reader takes in without tiring: Chinese, English.
const PART_MAX: [usize; 2] = [600, 1_800];
/// A whole page says at least this much, in characters: Chinese, English.
const PAGE_MIN: [usize; 2] = [180, 400];
/// A title, in characters: Chinese, English.
const TITLE_MAX: [usize; 2] = [30, 90];
/// The one sentence below the title.
const SAYS_MAX: [usize; 2] = [90, 260];

/// All pages with their chapters, and the glossary.
#[derive(Clone, Debug, Default)]
pub struct Handbook {
    pub(crate) chapters: Vec<Chapter>,
    pub(crate) pages: Vec<Page>,
    pub(crate) glossary: Vec<Term>,
}

/// The chapters in their order: `chapters.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapters {
    /// The chapters.
    pub chapter: Vec<Chapter>,
}

/// A chapter.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapter {
    /// Its name in the data.
    pub id: Ref,
    /// Its name for people.
    pub name: Text,
}

/// The glossary: `glossary.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Glossary {
    /// The terms.
    pub term: Vec<Term>,
}

/// A term of the field.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The term.
    pub name: Text,
    /// What it means.
    pub says: Text,
    /// The page that says more.
    pub page: Option<Ref>,
}

/// On which machines a page is of use. Everybody may read it anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Whose {
    /// A company's node.
    Node,
    /// A district's station.
    Station,
    /// Either.
    Both,
}

impl Whose {
    /// Its name in the data.
    pub fn key(self) -> &'static str {
        match self {
            Self::Node => "node",
            Self::Station => "station",
            Self::Both => "both",
        }
    }
}

/// A page.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Its name, that of its file and the end of its address.
    pub id: String,
    /// Its chapter.
    pub chapter: Ref,
    /// Its place in the chapter.
    pub place: u32,
    /// Where it is of use.
    pub r#for: Whose,
    /// Its title.
    pub title: Text,
    /// What it comes to, in one sentence.
    pub says: Text,
    /// The law it rests on.
    #[serde(default)]
    pub cites: Vec<Cite>,
    /// Pages to read on.
    pub see: Vec<Ref>,
    /// Addresses, as the router writes them, whose pages carry a link to this one.
    #[serde(default)]
    pub shown: Vec<Ref>,
    /// Where the thing is done in this program.
    #[serde(default)]
    pub go: Vec<Go>,
    /// The Chinese text.
    pub zh: Parts,
    /// The English text.
    pub en: Parts,
}

/// A way to the program's own page.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Go {
    /// Its address.
    pub to: Ref,
    /// What is done there.
    pub name: Text,
}

/// What a page says, part by part, in the markup of [`blocks`].
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parts {
    /// What it is.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// What to do today.
    pub today: String,
    /// The usual mistake.
    pub mistake: String,
    /// What paper proves it later.
    pub paper: String,
}

/// A part of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What it is.
    What,
    /// Why it matters.
    Why,
    /// What to do today.
    Today,
    /// The usual mistake.
    Mistake,
    /// What paper proves it later.
    Paper,
}

impl Part {
    /// All, in the order of a page.
    pub const ALL: [Self; 5] = [Self::What, Self::Why, Self::Today, Self::Mistake, Self::Paper];

    /// Its name in data and translation files.
    pub fn key(self) -> &'static str {
        match self {
            Self::What => "what",
            Self::Why => "why",
            Self::Today => "today",
            Self::Mistake => "mistake",
            Self::Paper => "paper",
        }
    }
}

impl Parts {
    /// The text of a part.
    pub fn get(&self, part: Part) -> &str {
        match part {
            Part::What => &self.what,
            Part::Why => &self.why,
            Part::Today => &self.today,
            Part::Mistake => &self.mistake,
            Part::Paper => &self.paper,
        }
    }
}

impl Page {
    /// What it says in a language.
    pub fn parts(&self, lang: Lang) -> &Parts {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// The blocks of a part. The checker keeps data out whose markup can't be read.
    pub fn blocks(&self, lang: Lang, part: Part) -> Vec<Block<'_>> {
        blocks(self.parts(lang).get(part)).unwrap_or_default()
    }
}

impl Handbook {
    /// The chapters in their order.
    pub fn chapters(&self) -> &[Chapter] {
        &self.chapters
    }

    /// All pages, in the order of reading.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// A page by its name.
    pub fn page(&self, id: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.id == id)
    }

    /// The pages of a chapter.
    pub fn of<'a>(&'a self, chapter: &'a str) -> impl Iterator<Item = &'a Page> {
        self.pages.iter().filter(move |page| page.chapter.id == chapter)
    }

    /// The page that belongs to an address, as the router writes it.
    pub fn shown_at(&self, pattern: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.shown.iter().any(|at| at.id == pattern))
    }

    /// The glossary.
    pub fn glossary(&self) -> &[Term] {
        &self.glossary
    }

    pub(crate) fn read(
        chapters: &[Read<'_, Chapters>],
        pages: &[Read<'_, Page>],
        glossary: &[Read<'_, Glossary>],
    ) -> Self {
        let all = chapters.iter().flat_map(|read| &read.value.chapter).cloned();
        let chapters: Vec<Chapter> = all.collect();
        let mut pages: Vec<Page> = pages.iter().map(|read| read.value.clone()).collect();
        let place = |page: &Page| {
            let chapter = chapters.iter().position(|one| one.id.id == page.chapter.id);
            (chapter.unwrap_or(usize::MAX), page.place)
        };
        pages.sort_by_key(place);
        let glossary = glossary.iter().flat_map(|read| &read.value.term).cloned().collect();
        Self { chapters, pages, glossary }
    }
}

fn not_both(at: usize, text: &Text) -> Option<(usize, Problem)> {
    let problem = || Problem::OneLanguage(format!("{} / {}", text.zh, text.en));
    (!is_both(&text.zh, &text.en)).then(|| (at, problem()))
}

fn size(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// The chapters: names, both languages, and each has pages.
pub(crate) fn check_chapters(read: &Read<'_, Chapters>, all: &Handbook, faults: &mut Vec<Fault>) {
    let names: Vec<&Ref> = read.value.chapter.iter().map(|one| &one.id).collect();
    let mut problems: Vec<_> = twins(&names).map(|(at, id)| (at, Problem::Twice(id))).collect();
    for chapter in &read.value.chapter {
        problems.extend(not_both(chapter.id.at, &chapter.name));
        if all.of(&chapter.id.id).next().is_none() {
            let id = chapter.id.id.clone();
            problems.push((chapter.id.at, Problem::Unused { kind: "chapter", id }));
        }
    }
    faults.extend(problems.into_iter().map(|(at, problem)| read.file.fault(at, problem)));
}

/// The glossary: each term once, both languages, pages that exist.
pub(crate) fn check_glossary(read: &Read<'_, Glossary>, all: &Handbook, faults: &mut Vec<Fault>) {
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for term in &read.value.term {
        let at = read.file.text.find(&format!("zh = \"{}\"", term.name.zh)).unwrap_or(0);
        if !seen.insert(&term.name.zh) {
            problems.push((at, Problem::Twice(term.name.zh.clone())));
        }
        problems.extend([&term.name, &term.says].into_iter().filter_map(|text| not_both(at, text)));
        if let Some(page) = term.page.as_ref().filter(|page| all.page(&page.id).is_none()) {
            let id = page.id.clone();
            problems.push((page.at, Problem::Unknown { kind: "page", id }));
        }
    }
    faults.extend(problems.into_iter().map(|(at, problem)| read.file.fault(at, problem)));
}

/// One page: its name, both languages with the same blocks, lengths, references, and a way to it.
pub(crate) fn check(read: &Read<'_, Page>, catalog: &Catalog, faults: &mut Vec<Fault>) {
    let page = &read.value;
    let all = catalog.handbook();
    let mut problems: Vec<(usize, Problem)> = Vec::new();
    if stem(read.file.path) != page.id {
        problems.push((0, Problem::Misnamed(page.id.clone())));
    }
    if !all.chapters.iter().any(|chapter| chapter.id.id == page.chapter.id) {
        let id = page.chapter.id.clone();
        problems.push((page.chapter.at, Problem::Unknown { kind: "chapter", id }));
    }
    let twin = |other: &&Page| other.chapter.id == page.chapter.id && other.place == page.place;
    if all.pages.iter().filter(twin).count() > 1 {
        problems.push((page.chapter.at, Problem::Twice(format!("place {}", page.place))));
    }
    for see in &page.see {
        if see.id == page.id || all.page(&see.id).is_none() {
            problems.push((see.at, Problem::Unknown { kind: "page", id: see.id.clone() }));
        }
    }
    let leads_here = |other: &Page| other.see.iter().any(|see| see.id == page.id);
    if page.see.is_empty() || !all.pages.iter().any(leads_here) {
        problems.push((0, Problem::Unused { kind: "page", id: page.id.clone() }));
    }
    for cite in page.cites.iter().filter(|cite| catalog.norms().cited(cite).is_none()) {
        problems.push((cite.at, Problem::UnknownCite(cite.to_string())));
    }
    for at in &page.shown {
        let claims = |other: &&Page| other.shown.iter().any(|one| one.id == at.id);
        if all.pages.iter().filter(claims).count() > 1 {
            problems.push((at.at, Problem::Twice(at.id.clone())));
        }
    }
    let addresses = page.shown.iter().chain(page.go.iter().map(|go| &go.to));
    for at in addresses.filter(|at| !at.id.starts_with('/')) {
        problems.push((at.at, Problem::Unknown { kind: "address", id: at.id.clone() }));
    }
    problems.extend(page.go.iter().filter_map(|go| not_both(go.to.at, &go.name)));
    problems.extend([&page.title, &page.says].into_iter().filter_map(|text| not_both(0, text)));
    problems.extend(texts(page));
    faults.extend(problems.into_iter().map(|(at, problem)| read.file.fault(at, problem)));
}

/// Lengths, markup, and that both languages say the same number of things.
fn texts(page: &Page) -> Vec<(usize, Problem)> {
    let mut problems = Vec::new();
    let mut whole = [0, 0];
    let long = |text: &Text, most: [usize; 2], what: &str| {
        [(&text.zh, most[0]), (&text.en, most[1])]
            .into_iter()
            .filter(|(text, most)| size(text) > *most)
            .map(|(text, most)| (0, Problem::Length(format!("{what}: {} > {most}", size(text)))))
            .collect::<Vec<_>>()
    };
    problems.extend(long(&page.title, TITLE_MAX, "title"));
    problems.extend(long(&page.says, SAYS_MAX, "says"));
    for part in Part::ALL {
        let both = Text { zh: page.zh.get(part).to_owned(), en: page.en.get(part).to_owned() };
        problems.extend(long(&both, PART_MAX, part.key()));
        whole = [whole[0] + size(&both.zh), whole[1] + size(&both.en)];
        if !is_both(&both.zh, &both.en) {
            problems.push((0, Problem::OneLanguage(part.key().to_owned())));
        }
        match (blocks(&both.zh), blocks(&both.en)) {
            (Ok(zh), Ok(en)) => {
                let [zh, en] = [zh, en].map(|all| all.iter().map(Block::shape).collect::<Vec<_>>());
                if zh != en {
                    let told = format!("{}: {zh:?} / {en:?}", part.key());
                    problems.push((0, Problem::OneLanguage(told)));
                }
            }
            (Err(line), _) | (_, Err(line)) => problems.push((0, Problem::Markup(line))),
        }
    }
    for (size, least) in whole.into_iter().zip(PAGE_MIN) {
        if size < least {
            problems.push((0, Problem::Length(format!("{size} < {least}"))));
        }
    }
    problems
}
