//! A comparison as a paper that a judge can read: what is the same, what does not count, what a
//! person concludes, and by what it can be repeated.

use dossier::{Block, Line, Look, Report, Say};
use matcher::compare::Figures;
use matcher::units::Layer;
use words::Lang;

use super::compare::Conclusion;
use super::compared::{Comparison, PartRow, PassageRow, Side, Spot};
use crate::{Office, Trouble};

/// Passages that are printed; the JSON has all.
const PASSAGES: usize = 120;
/// Parts of the other side that are printed.
const PARTS: usize = 200;
/// Names that are printed.
const NAMES: usize = 120;

/// A share as people read it: what is little but not nothing is not `0 %`.
#[must_use]
pub fn share(figures: &Figures) -> String {
    match figures.share().map(|share| share * 100.0) {
        None => "—".to_owned(),
        Some(percent) if percent > 0.0 && percent < 0.1 => "< 0.1 %".to_owned(),
        Some(percent) if percent < 100.0 && percent > 99.9 => "> 99.9 %".to_owned(),
        Some(percent) => format!("{percent:.1} %"),
    }
}

impl Office {
    /// A comparison and what was concluded of it, as a paper.
    ///
    /// # Errors
    /// The database's own.
    pub fn comparison_paper(
        &self,
        lang: Lang,
        comparison: &Comparison,
        conclusions: &[Conclusion],
    ) -> Result<Report, Trouble> {
        let reader = self.reader()?;
        let holder = reader.node()?.map(|node| node.name).unwrap_or_default();
        let named: Vec<(String, &Conclusion)> = conclusions
            .iter()
            .map(|one| {
                let no = one.row.person;
                Ok((format!("{no} {}", self.name_of(&reader, no)?), one))
            })
            .collect::<Result<_, Trouble>>()?;
        let say = Say { lang, zone_minutes: self.zone_minutes() };
        Ok(paper(say, comparison, &named, holder))
    }

    /// The paper as PDF/A-2b.
    ///
    /// # Errors
    /// [`Trouble`] of printing.
    pub fn paper_pdf(&self, paper: &Report) -> Result<Vec<u8>, Trouble> {
        dossier::paper_pdf(paper, self.today())
            .map_err(|error| crate::dossier::trouble(error.into()))
    }
}

fn paper(
    say: Say,
    of: &Comparison,
    conclusions: &[(String, &Conclusion)],
    holder: String,
) -> Report {
    let no = of.no.map_or_else(String::new, |no| no.to_string());
    let fact = |key: &str, value: &str| (say.t(key), Line::plain(value));
    let mut facts = vec![fact("field-compared", &of.what)];
    if let Some(secret) = &of.secret {
        facts.push(fact("match-col-secret", &format!("{} {}", secret.no, secret.title)));
    }
    let said = say.t("compare-source-unsaid");
    facts.extend([
        fact("compare-left", &side_facts(say, &of.left)),
        fact("compare-right", &side_facts(say, &of.right)),
        fact("field-source", of.source.as_deref().unwrap_or(&said)),
        fact("match-about-ended", &of.ended),
        fact("match-about-program", &of.program),
    ]);
    let mut blocks = summary(say, of);
    blocks.extend(table(say, of, conclusions));
    blocks.extend(factors(say, of, conclusions));
    blocks.extend(concluded(say, of, conclusions));
    blocks.extend(passages(say, of));
    blocks.extend(names(say, of));
    blocks.extend(set_aside(say, of));
    blocks.extend(method(say));
    blocks.extend(inputs(say, of));
    Report {
        lang: say.lang.tag(),
        title: say.t("compare-report"),
        kicker: say.t("compare-kicker"),
        holder,
        footer: say.tr("compare-footer", &[("no", &no)]),
        no,
        contents: say.t("report-contents"),
        facts,
        notices: vec![say.t("compare-honest"), say.t("compare-notice-secrecy")],
        blocks,
    }
}

fn heading(say: Say, key: &str) -> Block {
    Block::Heading { level: 1, text: say.t(key) }
}

fn layer(say: Say, layer: Layer) -> String {
    say.term("compare-layer", layer.word())
}

#[derive(Clone, Copy)]
enum Of {
    Secret,
    Files,
}

/// What the left side consists of.
fn left_of(of: &Comparison) -> Of {
    if of.secret.is_some() { Of::Secret } else { Of::Files }
}

fn side_facts(say: Say, side: &Side) -> String {
    let (files, bytes) = (side.files.to_string(), say.bytes(side.bytes));
    say.tr("compare-side", &[("name", &side.name), ("files", &files), ("bytes", &bytes)])
}

fn summary(say: Say, of: &Comparison) -> Vec<Block> {
    let columns = vec![
        (say.t("compare-col-layer"), 30),
        (say.t("compare-col-left"), 17),
        (say.t("compare-col-right"), 17),
        (say.t("compare-col-filtered"), 18),
        (say.t("compare-col-units"), 18),
    ];
    let rows = of.layers.iter().map(|row| {
        let pair = |left: String, right: String| Line::plain(format!("{left} / {right}"));
        let filtered = |figures: &Figures| match figures.units {
            0 => "—".to_owned(),
            units => format!("{:.1} %", figures.filtered as f64 * 100.0 / units as f64),
        };
        vec![
            Line::plain(layer(say, row.layer)),
            Line::plain(share(&row.left)),
            Line::plain(share(&row.right)),
            pair(filtered(&row.left), filtered(&row.right)),
            pair(row.left.units.to_string(), row.right.units.to_string()),
        ]
    });
    vec![
        heading(say, "compare-head-summary"),
        Block::Table { columns, rows: rows.collect() },
        Block::Note { text: say.t("compare-summary-why") },
    ]
}

/// How a part is named in the table: as people call a statement or carrier, then its file.
fn part(say: Say, row: &PartRow) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(part) = &row.part {
        lines.push(Line::of(Look::Plain, words::part(say.lang, part)));
    }
    if !row.name.is_empty() {
        lines.push(Line::of(Look::Code, row.name.clone()));
    }
    lines
}

/// `of` says whether the name is that of a part of a secret point.
fn spot(say: Say, name: &str, lines: Option<[u64; 2]>, of: Of) -> String {
    let name = match of {
        Of::Secret => words::part(say.lang, name),
        Of::Files => name.to_owned(),
    };
    let lines = lines.map(|[from, to]| match from == to {
        true => from.to_string(),
        false => format!("{from}–{to}"),
    });
    let at = lines.map(|lines| say.tr("compare-at-lines", &[("lines", &lines)]));
    format!("{name}{}", at.unwrap_or_default())
}

fn table(say: Say, of: &Comparison, conclusions: &[(String, &Conclusion)]) -> Vec<Block> {
    let columns = vec![
        (say.t("compare-col-point"), 20),
        (say.t("compare-col-holder"), 12),
        (say.t("compare-col-accused"), 26),
        (say.t("compare-col-sameness"), 20),
        (say.t("compare-col-basis"), 22),
    ];
    let concluded: Vec<String> = conclusions
        .iter()
        .map(|(name, one)| format!("{name}: {}", say.term("sameness", one.row.sameness.word())))
        .collect();
    let rows = of.left.parts.iter().take(PARTS).map(|row| {
        let shares = row.layers.iter().map(|(kind, figures)| {
            Line::of(Look::Plain, format!("{} {}", layer(say, *kind), share(figures)))
        });
        let mut places: Vec<Line> = row
            .places
            .iter()
            .map(|(name, at)| Line::of(Look::Small, spot(say, name, *at, Of::Files)))
            .collect();
        if places.is_empty() {
            places = Line::plain(say.t("compare-nothing-there"));
        }
        let mut basis: Vec<Line> = row
            .filtered
            .iter()
            .map(|(filter, bytes)| Line::of(Look::Small, why(say, of, *filter, *bytes)))
            .collect();
        let sameness = match &concluded[..] {
            [] => vec![Line::of(Look::Small, say.t("compare-not-concluded"))],
            said => said.iter().map(|text| Line::of(Look::Plain, text.clone())).collect(),
        };
        basis.insert(0, Line::of(Look::Small, say.t(seen(row))));
        vec![part(say, row), shares.collect(), places, sameness, basis]
    });
    let mut blocks =
        vec![heading(say, "compare-head-table"), Block::Para { text: say.t("compare-table-why") }];
    blocks.push(Block::Table { columns, rows: rows.collect() });
    let more = of.left.more_parts + of.left.parts.len().saturating_sub(PARTS) as u64;
    if more > 0 {
        blocks
            .push(Block::Note { text: say.tr("compare-more-parts", &[("n", &more.to_string())]) });
    }
    blocks
}

/// What the program sees of a part; whether that is sameness, a person says.
#[must_use]
pub fn seen(row: &PartRow) -> &'static str {
    match row.share() {
        None => "compare-seen-filtered",
        Some(share) if share >= 0.9995 => "compare-seen-all",
        Some(share) if share > 0.0 => "compare-seen-part",
        Some(_) => "compare-seen-none",
    }
}

fn why(say: Say, of: &Comparison, filter: Option<u32>, bytes: u64) -> String {
    let (word, name) = match filter.and_then(|place| of.filters.get(place as usize)) {
        Some(filter) => (filter.why.word(), &*filter.name),
        None => ("generated", ""),
    };
    let why = say.term("compare-why", word);
    say.tr("compare-filtered", &[("bytes", &bytes.to_string()), ("why", &why), ("name", name)])
}

fn factors(say: Say, of: &Comparison, conclusions: &[(String, &Conclusion)]) -> Vec<Block> {
    let blank = || vec![Line::of(Look::Flag, say.t("compare-blank"))];
    let told = |pick: fn(&Conclusion) -> Option<&String>| {
        let said = conclusions.iter().filter_map(|(name, one)| {
            let text = pick(one)?;
            Some([Line::of(Look::Small, name.clone()), Line::of(Look::Quote, text.clone())])
        });
        let lines: Vec<Line> = said.flatten().collect();
        if lines.is_empty() { blank() } else { lines }
    };
    let degree = of.layers.iter().map(|row| {
        let text =
            format!("{}: {} / {}", layer(say, row.layer), share(&row.left), share(&row.right));
        Line::of(Look::Plain, text)
    });
    let public: Vec<Line> = match &of.filters[..] {
        [] => vec![Line::of(Look::Flag, say.t("compare-no-filters"))],
        filters => filters
            .iter()
            .map(|row| {
                let why = say.term("compare-why", row.why.word());
                Line::of(Look::Plain, format!("{}: {} ({})", why, row.name, row.files))
            })
            .collect(),
    };
    let moved = of.passages.iter().filter(|passage| passage.moved).count();
    let edited = of.passages.iter().filter(|passage| passage.edited).count();
    let other = say.tr(
        "compare-other-facts",
        &[
            ("moved", &moved.to_string()),
            ("edited", &edited.to_string()),
            ("names", &of.names.len().to_string()),
        ],
    );
    let row = |key: &str, lines: Vec<Line>| (say.t(key), lines);
    vec![
        heading(say, "compare-head-factors"),
        Block::Para { text: say.t("compare-factors-why") },
        Block::Facts {
            rows: vec![
                row("compare-factor-1", degree.collect()),
                row("compare-factor-2", told(|one| one.differences.as_ref())),
                row("compare-factor-3", told(|one| one.effects.as_ref())),
                row("compare-factor-4", public),
                row("compare-factor-5", Line::plain(other)),
            ],
        },
    ]
}

fn concluded(say: Say, of: &Comparison, conclusions: &[(String, &Conclusion)]) -> Vec<Block> {
    let mut blocks = vec![heading(say, "compare-head-conclusion")];
    if conclusions.is_empty() {
        let key = if of.secret.is_some() { "compare-open" } else { "compare-open-files" };
        blocks.push(Block::Para { text: say.t(key) });
        let line = |key: &str| (say.t(key), Line::plain("\n\n"));
        let rows = vec![
            line("compare-sign-sameness"),
            line("compare-sign-why"),
            line("compare-sign-person"),
        ];
        blocks.push(Block::Facts { rows });
    }
    for (name, one) in conclusions {
        let erased = || say.t("compare-said-nothing");
        let at = say.moment(one.row.at);
        let rows = vec![
            (say.t("compare-sign-person"), Line::plain(name.clone())),
            (say.t("compare-concluded-at"), Line::plain(at)),
            (
                say.t("compare-sign-sameness"),
                vec![Line::of(Look::Flag, say.term("sameness", one.row.sameness.word()))],
            ),
            (
                say.t("compare-sign-why"),
                vec![Line::of(Look::Quote, one.why.clone().unwrap_or_else(erased))],
            ),
        ];
        blocks.push(Block::Facts { rows });
    }
    blocks
}

/// What kind of passage it is.
#[must_use]
pub fn passage_sort(passage: &PassageRow) -> &'static str {
    match (passage.layer, passage.edited) {
        (Layer::Tokens, _) => "compare-sort-renamed",
        (Layer::Rows, _) => "compare-sort-rows",
        (Layer::Bytes, _) => "compare-sort-bytes",
        (Layer::Text, true) => "compare-sort-edited",
        (Layer::Text, false) => "compare-sort-same",
    }
}

fn passages(say: Say, of: &Comparison) -> Vec<Block> {
    let mut blocks = vec![heading(say, "compare-head-passages")];
    if of.passages.is_empty() {
        blocks.push(Block::Para { text: say.t("compare-no-passages") });
        return blocks;
    }
    blocks.push(Block::Para { text: say.t("compare-passages-why") });
    for (n, passage) in of.passages.iter().take(PASSAGES).enumerate() {
        let moved = if passage.moved { say.t("compare-moved") } else { String::new() };
        let units = say.term("compare-units", passage.layer.word());
        let text =
            format!("{}. {}{moved}, {} {units}", n + 1, say.t(passage_sort(passage)), passage.same);
        blocks.push(Block::Heading { level: 3, text });
        let head = |spot_of: &Spot, of| spot(say, &spot_of.name, spot_of.lines, of);
        blocks.push(Block::Sides {
            heads: [head(&passage.left, left_of(of)), head(&passage.right, Of::Files)],
            left: passage.left.text.clone(),
            right: passage.right.text.clone(),
        });
    }
    let more = of.more_passages + of.passages.len().saturating_sub(PASSAGES) as u64;
    if more > 0 {
        let text = say.tr("compare-more-passages", &[("n", &more.to_string())]);
        blocks.push(Block::Note { text });
    }
    blocks
}

fn names(say: Say, of: &Comparison) -> Vec<Block> {
    if of.names.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        (say.t("compare-col-left-name"), 40),
        (say.t("compare-col-right-name"), 40),
        (say.t("compare-col-times"), 20),
    ];
    let rows = of.names.iter().take(NAMES).map(|row| {
        let times = format!("{} / {}", row.times, row.of);
        let code = |text: &str| vec![Line::of(Look::Code, text)];
        vec![code(&row.left), code(&row.right), Line::plain(times)]
    });
    vec![
        heading(say, "compare-head-names"),
        Block::Para { text: say.t("compare-names-why") },
        Block::Table { columns, rows: rows.collect() },
    ]
}

fn set_aside(say: Say, of: &Comparison) -> Vec<Block> {
    let greyed = of.left.greyed.iter().map(|row| (row, "compare-left", left_of(of)));
    let right = of.right.greyed.iter().map(|row| (row, "compare-right", Of::Files));
    let greyed = greyed.chain(right);
    let rows: Vec<Vec<Vec<Line>>> = greyed
        .map(|(row, side, of_what)| {
            let (word, name) = match row.filter.and_then(|place| of.filters.get(place as usize)) {
                Some(filter) => (filter.why.word(), filter.name.clone()),
                None => ("generated", String::new()),
            };
            vec![
                Line::plain(say.t(side)),
                vec![Line::of(Look::Small, spot(say, &row.name, row.lines, of_what))],
                Line::plain(say.term("compare-why", word)),
                vec![Line::of(Look::Small, name)],
                vec![Line::of(Look::Small, row.text.clone())],
            ]
        })
        .collect();
    let mut blocks = vec![heading(say, "compare-head-filtered")];
    if rows.is_empty() {
        blocks.push(Block::Para { text: say.t("compare-nothing-filtered") });
        return blocks;
    }
    let columns = vec![
        (say.t("compare-col-side"), 10),
        (say.t("match-col-path"), 22),
        (say.t("match-col-why"), 14),
        (say.t("compare-col-filter"), 18),
        (say.t("compare-col-text"), 36),
    ];
    blocks.push(Block::Table { columns, rows });
    blocks
}

fn method(say: Say) -> Vec<Block> {
    let items = Layer::ALL.map(|kind| {
        let n = kind.shortest().to_string();
        say.tr(&format!("compare-method-{}", kind.word()), &[("n", &n)])
    });
    vec![
        heading(say, "compare-head-method"),
        Block::Para { text: say.t("compare-method") },
        Block::List { items: items.into() },
        Block::Para { text: say.t("compare-method-errors") },
        Block::Para { text: say.t("compare-method-rewrite") },
    ]
}

fn inputs(say: Say, of: &Comparison) -> Vec<Block> {
    let code = |key: &str, text: &str| (say.t(key), vec![Line::of(Look::Code, text)]);
    let mut rows = vec![
        code("compare-left-digest", &of.left.manifest),
        code("compare-right-digest", &of.right.manifest),
    ];
    for filter in &of.filters {
        let name = format!("{}: {}", say.term("compare-why", filter.why.word()), filter.name);
        rows.push((name, vec![Line::of(Look::Code, filter.manifest.clone())]));
    }
    rows.extend([code("compare-salt", &of.salt), code("compare-figures", &of.figures)]);
    let mut blocks = vec![
        heading(say, "compare-head-inputs"),
        Block::Para { text: say.t("compare-inputs-why") },
        Block::Facts { rows },
    ];
    if !of.faults.is_empty() {
        blocks.push(Block::Para { text: say.t("match-faults") });
        let items = of.faults.iter().take(PARTS).map(|fault| {
            let within = if fault.inside.is_empty() { "" } else { " !/" };
            let why = words::fault(say.lang, &fault.why);
            format!("{}{within}{}: {why}", fault.path, fault.inside)
        });
        blocks.push(Block::List { items: items.collect() });
    }
    blocks
}
