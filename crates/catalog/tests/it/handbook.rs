//! The handbook: enough pages, found by the words that people type, and markup that draws all of it.

use catalog::handbook::{Block, Search, blocks};
use catalog::{Catalog, Lang};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Questions {
    question: Vec<Question>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    q: String,
    lang: String,
    /// One of the first three pages; none is expected when blank.
    page: String,
    /// A word that is marked in the passage.
    #[serde(default)]
    marks: String,
}

fn shipped() -> Catalog {
    Catalog::shipped().unwrap_or_else(|faults| panic!("the shipped data has faults: {faults:#?}"))
}

#[test]
fn each_question_finds_its_page_with_the_passage() {
    let catalog = shipped();
    let text = include_str!("../cases/handbook.toml");
    let asked: Questions = toml::from_str(text).expect("the questions can be read");
    let mut wrong = Vec::new();
    for one in &asked.question {
        let lang = if one.lang == "zh" { Lang::Zh } else { Lang::En };
        let hits = Search::new(catalog.handbook(), lang).find(&one.q);
        let first: Vec<&str> = hits.iter().take(3).map(|hit| hit.id.as_str()).collect();
        if one.page.is_empty() != hits.is_empty()
            || !(one.page.is_empty() || first.contains(&&*one.page))
        {
            wrong.push(format!("{}: {} is not among {first:?}", one.q, one.page));
        }
        assert!(hits.windows(2).all(|two| two[0].rank >= two[1].rank), "{}: ranked", one.q);
        for hit in &hits {
            assert!(hit.passage.iter().any(|(is, _)| *is) || hit.rank > 0.0, "{}", one.q);
        }
        if let Some(best) = hits.iter().find(|hit| hit.id == one.page) {
            let marked: String =
                best.passage.iter().filter(|(is, _)| *is).map(|(_, text)| text.as_str()).collect();
            if !marked.contains(&*one.marks) {
                wrong.push(format!(
                    "{}: {:?} is not marked in {:?}",
                    one.q, one.marks, best.passage
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn there_are_pages_for_a_company_and_for_a_station() {
    let catalog = shipped();
    let handbook = catalog.handbook();
    assert!(handbook.pages().len() >= 40, "{}", handbook.pages().len());
    assert!(handbook.glossary().len() >= 30);
    for chapter in handbook.chapters() {
        assert!(handbook.of(&chapter.id.id).next().is_some(), "{}", chapter.id.id);
    }
    // Pages stand in the order of their chapters.
    let place = |id: &str| handbook.pages().iter().position(|page| page.id == id);
    assert!(place("three-elements") < place("find-points"));
    assert!(place("find-points") < place("not-proved"));
}

proptest! {
    /// Whatever is typed, a search answers, and its passages are pieces of what the page says.
    #[test]
    fn any_question_is_answered(q in "[\\PC\u{4e00}-\u{4e40}a-z ]{0,60}") {
        thread_local! {
            static SEARCH: Search = Search::new(shipped().handbook(), Lang::Zh);
        }
        SEARCH.with(|search| {
            for hit in search.find(&q) {
                assert!(hit.rank.is_finite() && hit.rank > 0.0);
            }
        });
    }

    /// Text without marks is one paragraph for each run of lines, and no word is lost.
    #[test]
    fn markup_loses_no_word(text in "[\u{4e00}-\u{4e20}a-z \n!|.-]{0,80}") {
        let Ok(read) = blocks(&text) else { return Ok(()) };
        let lines = read.iter().flat_map(Block::lines).flatten();
        let said: String = lines.map(|span| span.words()).collect();
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        prop_assert_eq!(letters(&said), letters(&text));
    }
}
