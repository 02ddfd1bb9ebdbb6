//! The handbook as one paper.

use catalog::Mark;
use catalog::handbook::{Block as Text, Page, Part, Span};
use domain::Day;
use dossier::{Block, Line, Look, Report};
use words::law as words_of;
use words::{Lang, t, tr};

use crate::{Trouble, law};

/// Characters of one line of words, with what was not compared marked so.
fn line(lang: Lang, spans: &[Span<'_>]) -> String {
    let piece = |span: &Span<'_>| match span {
        Span::Words(words) => (*words).to_owned(),
        Span::Open(words) => format!("{words} [{}]", t(lang, "law-mark-recalled")),
    };
    spans.iter().map(piece).collect()
}

fn block(lang: Lang, text: &Text<'_>) -> Block {
    let say = |spans: &[Span<'_>]| line(lang, spans);
    match text {
        Text::Para(spans) => Block::Para { text: say(spans) },
        Text::Note(spans) => Block::Note { text: say(spans) },
        Text::List(items) => Block::List { items: items.iter().map(|item| say(item)).collect() },
        Text::Steps(items) => {
            let step = |(at, item): (usize, &Vec<Span<'_>>)| format!("{}. {}", at + 1, say(item));
            Block::List { items: items.iter().enumerate().map(step).collect() }
        }
        Text::Table { head, rows } => {
            let share = 100 / u16::try_from(head.len().max(1)).unwrap_or(1);
            let columns = head.iter().map(|cell| (say(cell), share)).collect();
            let row =
                |row: &Vec<Vec<Span<'_>>>| row.iter().map(|cell| Line::plain(say(cell))).collect();
            Block::Table { columns, rows: rows.iter().map(row).collect() }
        }
    }
}

fn page(lang: Lang, page: &Page) -> Vec<Block> {
    let says = |text| words_of::text(lang, text).to_owned();
    let mut blocks = vec![
        Block::Heading { level: 2, text: says(&page.title) },
        Block::Para { text: says(&page.says) },
    ];
    for part in Part::ALL {
        let text = t(lang, &format!("handbook-{}", part.key()));
        blocks.push(Block::Heading { level: 3, text });
        let of = words_of::lang(lang);
        blocks.extend(page.blocks(of, part).iter().map(|text| block(lang, text)));
    }
    let norms = law().norms();
    let cites = page.cites.iter().map(|cite| {
        let mark = match norms.mark(cite) {
            Mark::Seen => String::new(),
            mark => format!(" [{}]", t(lang, &format!("law-mark-{}", mark.key()))),
        };
        format!("{}{mark}", words_of::cite(lang, norms, cite))
    });
    let cites: Vec<String> = cites.collect();
    if !cites.is_empty() {
        let text = tr(lang, "document-basis", &[("cites", cites.join(&t(lang, "w-comma")))]);
        blocks.push(Block::Note { text });
    }
    blocks
}

/// The whole handbook as PDF/A-2b, printed on a day.
///
/// # Errors
/// [`Trouble`] when it can't be printed.
pub fn handbook_pdf(lang: Lang, printed: Day) -> Result<Vec<u8>, Trouble> {
    let handbook = law().handbook();
    let mut blocks = Vec::new();
    for chapter in handbook.chapters() {
        let text = words_of::text(lang, &chapter.name).to_owned();
        blocks.push(Block::Heading { level: 1, text });
        blocks.extend(handbook.of(&chapter.id.id).flat_map(|one| page(lang, one)));
    }
    blocks.push(Block::Heading { level: 1, text: t(lang, "w-handbook-glossary") });
    let terms = handbook.glossary().iter().map(|term| {
        let says = words_of::text(lang, &term.says).to_owned();
        (words_of::text(lang, &term.name).to_owned(), Line::plain(says))
    });
    blocks.push(Block::Facts { rows: terms.collect() });
    let fact = |key: &str, value: String| (t(lang, key), vec![Line::of(Look::Plain, value)]);
    let title = t(lang, "w-handbook-title");
    let paper = Report {
        lang: lang.tag(),
        kicker: t(lang, "handbook-kicker"),
        holder: "midun".into(),
        no: printed.to_string(),
        footer: title.clone(),
        title,
        contents: t(lang, "handbook-contents"),
        facts: vec![
            fact("handbook-printed", printed.to_string()),
            fact("handbook-pages", handbook.pages().len().to_string()),
        ],
        notices: vec![t(lang, "w-handbook-not-advice"), t(lang, "w-law-marks")],
        blocks,
    };
    dossier::paper_pdf(&paper, printed).map_err(|error| crate::dossier::trouble(error.into()))
}
