//! `midun handbook …`: the handbook on the terminal, found by words, or as one PDF. Needs no node.

use catalog::handbook::{Block, Page, Part, Search, Span};
use catalog::{Cite, Text};
use domain::Day;
use office::{law, write_new};
use serde_json::{Value, json};
use words::law as words_of;

use super::procedure::{cite_json, cited, unknown};
use super::{Desk, table};
use crate::args::HandbookArgs;
use crate::world::now;

pub fn run(desk: &Desk<'_>, args: HandbookArgs) -> anyhow::Result<()> {
    if let Some(words) = &args.search {
        search(desk, words);
    } else if let Some(path) = &args.out {
        let pdf = office::handbook_pdf(desk.say.lang, today())?;
        write_new(path, &pdf)?;
        let told = desk.say.tr("cli-pdf-written", &[("path", path.display().to_string())]);
        desk.say.result(&json!({ "file": path }), || format!("{told}\n"));
    } else if args.glossary {
        glossary(desk);
    } else if let Some(id) = &args.id {
        let handbook = law().handbook();
        let known = || handbook.pages().iter().map(|page| page.id.as_str());
        let page = handbook.page(id).ok_or_else(|| unknown(id, known()))?;
        show(desk, page);
    } else {
        list(desk);
    }
    Ok(())
}

/// The day by this machine's clock, in China's zone: no node says another.
pub(super) fn today() -> Day {
    now().day_at(8 * 60)
}

fn says<'t>(desk: &Desk<'_>, text: &'t Text) -> &'t str {
    words_of::text(desk.say.lang, text)
}

fn list(desk: &Desk<'_>) {
    let handbook = law().handbook();
    let entry = |page: &Page| {
        let (title, line) = (says(desk, &page.title), says(desk, &page.says));
        json!({ "id": page.id, "title": title, "says": line, "for": page.r#for.key() })
    };
    let chapter = |chapter: &catalog::handbook::Chapter| {
        let pages: Vec<Value> = handbook.of(&chapter.id.id).map(entry).collect();
        json!({ "id": chapter.id.id, "name": says(desk, &chapter.name), "pages": pages })
    };
    let value: Vec<Value> = handbook.chapters().iter().map(chapter).collect();
    desk.say.result(&json!(value), || {
        let mut text = String::new();
        for chapter in handbook.chapters() {
            text += &format!("{}\n", says(desk, &chapter.name));
            let rows = handbook.of(&chapter.id.id);
            let rows =
                rows.map(|page| vec![format!("  {}", page.id), says(desk, &page.title).to_owned()]);
            text += &table(rows.collect());
        }
        format!("{text}\n{}\n", desk.say.t("w-handbook-not-advice"))
    });
}

fn search(desk: &Desk<'_>, words: &str) {
    let handbook = law().handbook();
    let own = words_of::lang(desk.say.lang);
    let other = if own == catalog::Lang::Zh { catalog::Lang::En } else { catalog::Lang::Zh };
    let hits = [own, other].into_iter().map(|lang| Search::new(handbook, lang).find(words));
    let hits = hits.into_iter().find(|hits| !hits.is_empty()).unwrap_or_default();
    let title = |id: &str| handbook.page(id).map(|page| says(desk, &page.title).to_owned());
    let passage = |pieces: &[(bool, String)]| -> String {
        let piece = |(is, text): &(bool, String)| {
            if *is { format!("[{text}]") } else { text.clone() }
        };
        pieces.iter().map(piece).collect()
    };
    let value: Vec<Value> = hits
        .iter()
        .map(|hit| {
            json!({ "id": hit.id, "title": title(&hit.id), "passage": passage(&hit.passage) })
        })
        .collect();
    desk.say.result(&json!(value), || {
        if hits.is_empty() {
            return format!("{}\n", desk.say.t("w-handbook-none"));
        }
        let line = |hit: &catalog::handbook::Hit| {
            let title = title(&hit.id).unwrap_or_default();
            format!("{}  {title}\n    {}\n", hit.id, passage(&hit.passage))
        };
        hits.iter().map(line).collect()
    });
}

fn glossary(desk: &Desk<'_>) {
    let terms = law().handbook().glossary();
    let value: Vec<Value> = terms
        .iter()
        .map(|term| {
            let page = term.page.as_ref().map(|page| &page.id);
            json!({ "zh": term.name.zh, "en": term.name.en, "says": says(desk, &term.says), "page": page })
        })
        .collect();
    desk.say.result(&json!(value), || {
        let row = |term: &catalog::handbook::Term| {
            vec![term.name.zh.clone(), term.name.en.clone(), says(desk, &term.says).to_owned()]
        };
        table(terms.iter().map(row).collect())
    });
}

fn line(desk: &Desk<'_>, spans: &[Span<'_>]) -> String {
    let piece = |span: &Span<'_>| match span {
        Span::Words(words) => (*words).to_owned(),
        Span::Open(words) => format!("{words} [{}]", desk.say.t("law-mark-recalled")),
    };
    spans.iter().map(piece).collect()
}

fn block(desk: &Desk<'_>, block: &Block<'_>) -> String {
    let say = |spans: &[Span<'_>]| line(desk, spans);
    match block {
        Block::Para(spans) => format!("{}\n", say(spans)),
        Block::Note(spans) => format!("! {}\n", say(spans)),
        Block::List(items) => items.iter().map(|item| format!("- {}\n", say(item))).collect(),
        Block::Steps(items) => {
            let step = |(at, item): (usize, &Vec<Span<'_>>)| format!("{}. {}\n", at + 1, say(item));
            items.iter().enumerate().map(step).collect()
        }
        Block::Table { head, rows } => {
            let row = |row: &Vec<Vec<Span<'_>>>| row.iter().map(|cell| say(cell)).collect();
            table([head].into_iter().chain(rows).map(row).collect())
        }
    }
}

fn show(desk: &Desk<'_>, page: &'static Page) {
    let (lang, norms) = (words_of::lang(desk.say.lang), law().norms());
    let parts = page.parts(lang);
    let value = json!({
        "id": page.id, "chapter": page.chapter.id, "for": page.r#for.key(),
        "title": says(desk, &page.title), "says": says(desk, &page.says),
        "parts": Part::ALL.map(|part| json!({ "id": part.key(), "text": parts.get(part).trim() })),
        "cites": page.cites.iter().map(|cite| cite_json(desk, norms, cite)).collect::<Vec<_>>(),
        "see": page.see.iter().map(|see| &see.id).collect::<Vec<_>>(),
        "go": page.go.iter().map(|go| json!({ "to": go.to.id, "name": says(desk, &go.name) }))
            .collect::<Vec<_>>(),
    });
    desk.say.result(&value, || {
        let mut text = format!("{}\n{}\n", says(desk, &page.title), says(desk, &page.says));
        for part in Part::ALL {
            text += &format!("\n{}\n", desk.say.t(&format!("handbook-{}", part.key())));
            text.extend(page.blocks(lang, part).iter().map(|of| block(desk, of)));
        }
        let cites: Vec<String> =
            page.cites.iter().map(|cite: &Cite| cited(desk, norms, cite)).collect();
        if !cites.is_empty() {
            text += &format!("\n{}\n  {}\n", desk.say.t("w-handbook-law"), cites.join("\n  "));
        }
        let see: Vec<&str> = page.see.iter().map(|see| see.id.as_str()).collect();
        text += &format!("\n{}  {}\n", desk.say.t("w-handbook-see"), see.join("  "));
        format!("{text}\n{}\n", desk.say.t("w-handbook-not-advice"))
    });
}
