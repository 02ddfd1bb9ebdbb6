//! A public check as a paper: what was found where and since when, and what was not found in which
//! corpora.

use dossier::{Block, Line, Look, Report, Say};
use matcher::units::Layer;
use words::Lang;

use super::public_report::{AskedCorpus, CheckedPart, CorpusState, PublicCheck, Source};
use crate::{Office, Trouble};

/// Passages and leads that are printed; the JSON has all.
const PASSAGES: usize = 120;
const LEADS: usize = 120;

impl Office {
    /// A public check as a paper.
    ///
    /// # Errors
    /// The database's own.
    pub fn public_paper(&self, lang: Lang, check: &PublicCheck) -> Result<Report, Trouble> {
        let holder = self.reader()?.node()?.map(|node| node.name).unwrap_or_default();
        let say = Say { lang, zone_minutes: self.zone_minutes() };
        Ok(paper(say, check, holder))
    }
}

/// How much of a part was found, as people read it.
pub fn found_share(of: &CheckedPart, found: u64) -> String {
    let figures =
        matcher::compare::Figures { units: of.units, filtered: 0, found: found.min(of.units) };
    super::share(&figures)
}

/// What a part came to: the key of its words.
pub fn part_state(part: &CheckedPart) -> &'static str {
    match (part.earlier, part.found, part.found >= part.units, part.leads.is_empty()) {
        (1.., _, true, _) if part.earlier >= part.units => "public-part-all-before",
        (1.., ..) => "public-part-some-before",
        (0, 1.., true, _) => "public-part-all",
        (0, 1.., ..) => "public-part-some",
        (.., false) => "public-part-leads",
        _ => "public-part-none",
    }
}

/// What nothing found in the corpora means, in one sentence with its figures.
pub fn not_found(say: Say, of: &PublicCheck) -> String {
    let asked: Vec<&AskedCorpus> = of.asked().collect();
    let documents: u64 = asked.iter().map(|corpus| corpus.documents).sum();
    let names: Vec<String> =
        asked.iter().map(|corpus| format!("{} {}", corpus.no, corpus.name)).collect();
    say.tr(
        "public-not-found",
        &[
            ("corpora", &names.join(&say.t("cli-comma"))),
            ("documents", &documents.to_string()),
            ("guaranteed", &of.guaranteed.to_string()),
            ("zh", &(of.guaranteed / 3).to_string()),
        ],
    )
}

/// Where something is in a corpus.
pub fn source_name(source: &Source) -> String {
    match &source.title {
        Some(title) => format!("{title} ({} {})", source.corpus, source.name),
        None => format!("{} {}", source.corpus, source.name),
    }
}

fn count(say: Say, key: &str, n: u64) -> String {
    say.tr(key, &[("n", &n.to_string())])
}

fn heading(say: Say, key: &str) -> Block {
    Block::Heading { level: 1, text: say.t(key) }
}

fn paper(say: Say, of: &PublicCheck, holder: String) -> Report {
    let no = of.no.map_or_else(String::new, |no| no.to_string());
    let fact = |key: &str, value: &str| (say.t(key), Line::plain(value));
    let day = of.day.map_or_else(|| say.t("public-no-day"), |day| day.to_string());
    let facts = vec![
        fact("match-col-secret", &format!("{} {}", of.secret, of.title)),
        fact("field-act-day", &day),
        fact("match-about-ended", &of.ended),
        fact("match-about-program", &of.program),
    ];
    let mut blocks = summary(say, of);
    blocks.extend(corpora(say, of));
    blocks.extend(absent(say, of));
    blocks.extend(passages(say, of));
    blocks.extend(leads(say, of));
    blocks.extend([
        heading(say, "public-head-method"),
        Block::Para { text: say.t("public-method") },
        Block::Para { text: say.t("public-method-days") },
        Block::Para { text: say.t("public-method-words") },
    ]);
    Report {
        lang: say.lang.tag(),
        title: say.t("public-report"),
        kicker: say.t("public-kicker"),
        holder,
        footer: say.tr("public-footer", &[("no", &no)]),
        no,
        contents: say.t("report-contents"),
        facts,
        notices: vec![say.t("public-honest"), say.t("compare-notice-secrecy")],
        blocks,
    }
}

fn summary(say: Say, of: &PublicCheck) -> Vec<Block> {
    let columns = vec![
        (say.t("public-col-part"), 22),
        (say.t("public-col-state"), 32),
        (say.t("public-col-earlier"), 14),
        (say.t("public-col-found"), 14),
        (say.t("public-col-documents"), 9),
        (say.t("public-col-leads"), 9),
    ];
    let rows = of.parts.iter().map(|part| {
        let mut state = Line::plain(say.t(part_state(part)));
        if !part.guaranteed {
            state.push(Line::of(Look::Small, say.t("public-short")));
        }
        vec![
            Line::plain(words::part(say.lang, &part.part)),
            state,
            Line::plain(found_share(part, part.earlier)),
            Line::plain(found_share(part, part.found)),
            Line::plain(part.documents.to_string()),
            Line::plain(part.leads.len().to_string()),
        ]
    });
    let mut blocks = vec![
        heading(say, "public-head-summary"),
        Block::Table { columns, rows: rows.collect() },
        Block::Note { text: say.t("public-summary-why") },
    ];
    if !of.left.is_empty() {
        let items = of.left.iter().map(|row| {
            let part = words::part(say.lang, &row.inside);
            format!("{part}: {}", words::fault(say.lang, &row.why))
        });
        blocks.push(Block::Para { text: say.t("public-left") });
        blocks.push(Block::List { items: items.collect() });
    }
    blocks
}

fn corpora(say: Say, of: &PublicCheck) -> Vec<Block> {
    let columns = vec![
        (say.t("public-col-corpus"), 30),
        (say.t("public-col-size"), 24),
        (say.t("public-col-days"), 18),
        (say.t("public-col-built"), 28),
    ];
    let rows = of.corpora.iter().map(|corpus| {
        let small = |text: String| Line::of(Look::Small, text);
        let mut name = Line::plain(format!("{} {}", corpus.no, corpus.name));
        name.push(small(say.term("corpus-sort", corpus.sort.word())));
        name.extend(corpus.source.iter().map(|source| small(source.clone())));
        if corpus.state != CorpusState::Asked {
            name.push(Line::of(Look::Flag, say.term("public-corpus", corpus.state.word())));
        }
        let mut sizes = vec![
            small(count(say, "public-documents", corpus.documents)),
            small(say.bytes(corpus.bytes)),
        ];
        if corpus.faults > 0 {
            sizes.push(small(count(say, "public-corpus-faults", corpus.faults)));
        }
        if corpus.unseen > 0 {
            sizes.push(Line::of(Look::Flag, count(say, "public-unseen", corpus.unseen)));
        }
        let mut days = Vec::new();
        if let Some([first, last]) = corpus.days {
            days.push(small(format!("{first} – {last}")));
        }
        if corpus.undated > 0 {
            days.push(small(count(say, "public-undated", corpus.undated)));
        }
        let built = vec![small(corpus.built.clone()), Line::of(Look::Code, corpus.digest.clone())];
        vec![name, sizes, days, built]
    });
    vec![heading(say, "public-head-corpora"), Block::Table { columns, rows: rows.collect() }]
}

fn absent(say: Say, of: &PublicCheck) -> Vec<Block> {
    let mut blocks =
        vec![heading(say, "public-head-absent"), Block::Para { text: not_found(say, of) }];
    for part in of.parts.iter().filter(|part| part.found < part.units) {
        let name = words::part(say.lang, &part.part);
        if part.text.is_empty() {
            blocks.push(Block::Para { text: format!("{name}: {}", say.t("public-too-long")) });
            continue;
        }
        let missing: Vec<String> = part
            .text
            .iter()
            .filter(|(same, piece)| !same && piece.chars().any(char::is_alphanumeric))
            .map(|(_, piece)| piece.trim().to_owned())
            .collect();
        blocks.push(Block::Heading { level: 2, text: name });
        blocks.push(Block::List { items: missing });
    }
    blocks
}

fn place(say: Say, source: &Source, lines: Option<[u64; 2]>) -> String {
    let lines = lines.map(|[from, to]| match from == to {
        true => from.to_string(),
        false => format!("{from}–{to}"),
    });
    let at = lines.map(|lines| say.tr("compare-at-lines", &[("lines", &lines)]));
    format!("{}{}  {}", source_name(source), at.unwrap_or_default(), since(say, source))
}

/// Since when something was public, and how that is seen from the day of the act.
pub fn since(say: Say, source: &Source) -> String {
    let era = say.term("public-era", source.era.word());
    match &source.said {
        Some(said) => format!("{said} · {era}"),
        None => era,
    }
}

fn passages(say: Say, of: &PublicCheck) -> Vec<Block> {
    let all: Vec<_> = of
        .parts
        .iter()
        .flat_map(|part| part.passages.iter().map(move |passage| (part, passage)))
        .collect();
    let mut blocks = vec![heading(say, "public-head-passages")];
    if all.is_empty() {
        blocks.push(Block::Para { text: say.t("public-no-passages") });
        return blocks;
    }
    blocks.push(Block::Note { text: say.t("compare-passages-why") });
    for (part, passage) in all.iter().take(PASSAGES) {
        let name = words::part(say.lang, &part.part);
        let units = say.term("compare-units", passage.layer.word());
        let renamed =
            if passage.layer == Layer::Tokens { say.t("public-renamed") } else { String::new() };
        blocks.push(Block::Sides {
            heads: [
                format!("{name}: {} {units}{renamed}", passage.same),
                place(say, &passage.source, passage.lines),
            ],
            left: passage.left.clone(),
            right: passage.right.clone(),
        });
    }
    let more = of.parts.iter().map(|part| part.more).sum::<u64>()
        + all.len().saturating_sub(PASSAGES) as u64;
    if more > 0 {
        blocks.push(Block::Note {
            text: say.tr("compare-more-passages", &[("n", &more.to_string())]),
        });
    }
    blocks
}

fn leads(say: Say, of: &PublicCheck) -> Vec<Block> {
    let all: Vec<_> = of
        .parts
        .iter()
        .flat_map(|part| part.leads.iter().map(move |lead| (part, lead)))
        .take(LEADS)
        .collect();
    let mut blocks =
        vec![heading(say, "public-head-leads"), Block::Para { text: say.t("public-leads-why") }];
    if all.is_empty() {
        blocks.push(Block::Para { text: say.t("public-no-leads") });
        return blocks;
    }
    let columns = vec![
        (say.t("public-col-part"), 14),
        (say.t("public-col-document"), 26),
        (say.t("public-col-words"), 26),
        (say.t("public-col-excerpt"), 34),
    ];
    let rows = all.into_iter().map(|(part, lead)| {
        let words = say.tr(
            "public-words",
            &[
                ("share", &format!("{:.0} %", lead.share * 100.0)),
                ("has", &lead.has.join(" ")),
                ("lacks", &lead.lacks.join(" ")),
            ],
        );
        vec![
            Line::plain(words::part(say.lang, &part.part)),
            vec![
                Line::of(Look::Plain, source_name(&lead.source)),
                Line::of(Look::Small, since(say, &lead.source)),
            ],
            vec![Line::of(Look::Small, words)],
            vec![Line::of(Look::Small, lead.excerpt.clone())],
        ]
    });
    blocks.push(Block::Table { columns, rows: rows.collect() });
    blocks
}
