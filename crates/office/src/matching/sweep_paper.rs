//! A sweep or a clearance as a paper: what was found in which file, what was not read, and what is
//! guaranteed.

use dossier::{Block, Line, Look, Report as Paper, Say};
use words::Lang;

use super::report::{Found, Report};
use crate::{Office, Trouble};

/// Files, and places of one part, that are printed; the JSON has all.
const FILES: usize = 400;
const PLACES: usize = 8;
/// Faults that are printed.
const FAULTS: usize = 400;

impl Office {
    /// A sweep or a clearance as a paper.
    ///
    /// # Errors
    /// The database's own.
    pub fn sweep_paper(&self, lang: Lang, report: &Report) -> Result<Paper, Trouble> {
        let holder = self.reader()?.node()?.map(|node| node.name).unwrap_or_default();
        let say = Say { lang, zone_minutes: self.zone_minutes() };
        Ok(paper(say, report, holder))
    }
}

fn heading(say: Say, key: &str) -> Block {
    Block::Heading { level: 1, text: say.t(key) }
}

fn count(say: Say, key: &str, n: u64) -> String {
    say.tr(key, &[("n", &n.to_string())])
}

fn percent(share: f64) -> String {
    match share * 100.0 {
        percent if percent > 0.0 && percent < 0.1 => "< 0.1 %".to_owned(),
        percent => format!("{percent:.1} %"),
    }
}

fn paper(say: Say, of: &Report, holder: String) -> Paper {
    let no = of.no.map_or_else(String::new, |no| no.to_string());
    let fact = |key: &str, value: String| (say.t(key), Line::plain(value));
    let facts = vec![
        fact("match-about-what", of.what.clone()),
        fact("match-figure-files", of.files.to_string()),
        fact("match-figure-size", say.bytes(of.bytes)),
        fact("match-figure-hits", of.hit_files().to_string()),
        fact("match-figure-faults", of.all_faults().to_string()),
        fact("match-about-ended", of.ended.clone()),
        fact("match-about-program", of.program.clone()),
    ];
    let info = &of.index;
    let guarantee = say.tr(
        "match-guarantee",
        &[
            ("units", &info.guaranteed.to_string()),
            ("chars", &info.guaranteed.div_ceil(3).to_string()),
            ("bytes", &info.guaranteed_bytes.to_string()),
        ],
    );
    let mut notices = vec![guarantee, say.t("match-honest")];
    if of.partial {
        notices.insert(0, say.t("match-partial"));
    }
    let mut blocks = found(say, of);
    blocks.extend(faults(say, of));
    blocks.extend(about(say, of));
    Paper {
        lang: say.lang.tag(),
        title: say.t("sweep-report"),
        kicker: say.t("sweep-kicker"),
        holder,
        footer: say.tr("sweep-footer", &[("no", &no)]),
        no,
        contents: say.t("report-contents"),
        facts,
        notices,
        blocks,
    }
}

fn found(say: Say, of: &Report) -> Vec<Block> {
    let mut blocks = vec![heading(say, "match-head-secrets")];
    if of.secrets.is_empty() {
        blocks.push(Block::Para { text: say.t("match-nothing") });
        blocks.push(Block::Para { text: say.t("match-nothing-means") });
        return blocks;
    }
    let columns = vec![
        (say.t("match-col-secret"), 14),
        (say.t("match-col-title"), 44),
        (say.t("match-col-level"), 14),
        (say.t("match-col-files"), 12),
        (say.t("match-col-share"), 16),
    ];
    let rows = of.secrets.iter().map(|secret| {
        vec![
            Line::plain(secret.secret.to_string()),
            Line::plain(secret.title.clone()),
            Line::plain(say.term("level", secret.level.word())),
            Line::plain(secret.files.to_string()),
            Line::plain(percent(secret.share)),
        ]
    });
    blocks.push(Block::Table { columns, rows: rows.collect() });
    blocks.push(heading(say, "match-head-files"));
    let columns = vec![
        (say.t("match-col-path"), 40),
        (say.t("match-col-secret"), 26),
        (say.t("match-col-share"), 34),
    ];
    let rows = of.hits.iter().take(FILES).flat_map(|hit| {
        hit.found.iter().enumerate().map(move |(n, found)| {
            let mut path = Vec::new();
            if n == 0 {
                path.push(Line::of(Look::Plain, hit.path.clone()));
                path.push(Line::of(Look::Code, hit.sha256.clone()));
            }
            if !found.inside.is_empty() {
                path.push(Line::of(Look::Small, format!("!/{}", found.inside)));
            }
            vec![path, part(say, found), places(say, found)]
        })
    });
    blocks.push(Block::Table { columns, rows: rows.collect() });
    let more = of.more_hits + of.hits.len().saturating_sub(FILES) as u64;
    if more > 0 {
        blocks.push(Block::Note { text: count(say, "match-more-hits", more) });
    }
    blocks
}

fn part(say: Say, found: &Found) -> Vec<Line> {
    let reading = say.term("match-reading", found.reading.word());
    vec![
        Line::of(Look::Plain, format!("{} {}", found.secret, words::part(say.lang, &found.part))),
        Line::of(Look::Small, format!("{} · {reading}", percent(found.share))),
    ]
}

fn places(say: Say, found: &Found) -> Vec<Line> {
    let mut lines = Vec::new();
    for place in found.places.iter().take(PLACES) {
        let at = words::Where {
            bytes: place.bytes,
            lines: place.lines,
            page: place.page,
            secret: place.secret,
        };
        lines.push(Line::of(Look::Small, words::place(say.lang, &at)));
        lines.extend(place.excerpt.iter().map(|text| Line::of(Look::Quote, text.clone())));
    }
    let more = found.more + found.places.len().saturating_sub(PLACES) as u64;
    if more > 0 {
        lines.push(Line::of(Look::Small, count(say, "match-more-places", more)));
    }
    lines
}

fn faults(say: Say, of: &Report) -> Vec<Block> {
    if of.faults.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        (say.t("match-col-path"), 54),
        (say.t("match-col-why"), 26),
        (say.t("match-col-got"), 20),
    ];
    let rows = of.faults.iter().take(FAULTS).map(|fault| {
        let within = if fault.inside.is_empty() { "" } else { " !/" };
        vec![
            vec![Line::of(Look::Small, format!("{}{within}{}", fault.path, fault.inside))],
            Line::plain(words::fault(say.lang, &fault.why)),
            Line::plain(say.term("match-got", &fault.got)),
        ]
    });
    let mut blocks =
        vec![heading(say, "match-faults"), Block::Table { columns, rows: rows.collect() }];
    let more = of.more_faults + of.faults.len().saturating_sub(FAULTS) as u64;
    if more > 0 {
        blocks.push(Block::Note { text: count(say, "match-more-faults", more) });
    }
    blocks
}

fn about(say: Say, of: &Report) -> Vec<Block> {
    let code = |key: &str, text: String| (say.t(key), vec![Line::of(Look::Code, text)]);
    let mut rows = vec![
        code("match-about-paths", of.paths.join("\n")),
        code("match-about-begun", of.begun.clone()),
        code("match-about-manifest", of.manifest.clone()),
        code("match-about-index", of.index.digest.clone()),
        code("match-about-parts", of.index.parts.to_string()),
        code("match-about-prints", of.index.fingerprints.to_string()),
    ];
    if of.resumed > 0 {
        rows.push((say.t("sweep-resumed-label"), Line::plain(of.resumed.to_string())));
    }
    vec![heading(say, "match-head-about"), Block::Facts { rows }]
}
