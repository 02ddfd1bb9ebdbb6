//! A procedure drawn from its data: each state a box, below it the steps that leave it, and a line
//! from each step to the state it leads to. Rows never overlap, so labels never do.

use std::fmt::Write as _;

use crate::procedure::{Procedure, State, Step};
use crate::text::{Lang, Text};

const ROW: usize = 26;
const LANE: usize = 14;
const STEP_X: usize = 40;
const TEXT_WIDTH: usize = 460;

/// The diagram of a procedure as SVG: no script, no outside file, readable aloud.
///
/// Inside a page whose element `table` says the same in rows, the picture points to it; without, it
/// holds its own description and the article of each step.
pub fn svg(procedure: &Procedure, lang: Lang, table: Option<&str>) -> String {
    let rows = rows(procedure);
    let lines = lanes(&lines(&rows));
    let depth = lines.iter().map(|line| line.lane + 1).max().unwrap_or(0);
    let (width, height) = (TEXT_WIDTH + depth * LANE + 30, rows.len() * ROW + 20);
    let title = escape(procedure.title.get(lang));
    let language = if lang == Lang::Zh { "zh-CN" } else { "en" };
    let described_by = table.unwrap_or("dia-d");
    let mut out = String::new();
    let _ = writeln!(
        out,
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-labelledby="dia-t" aria-describedby="{described_by}" lang="{language}" font-family="sans-serif" font-size="13" fill="#222">"##
    );
    let _ = writeln!(out, r#"<title id="dia-t">{title}</title>"#);
    if table.is_none() {
        let _ = writeln!(out, r#"<desc id="dia-d">{}</desc>"#, escape(&described(procedure, lang)));
    }
    out.push_str(
        r##"<defs><marker id="dia-a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#555"/></marker></defs>"##,
    );
    out.push('\n');
    out.push_str("<g fill=\"none\" stroke=\"#555\" marker-end=\"url(#dia-a)\">\n");
    lines.iter().for_each(|line| draw_line(&mut out, line));
    out.push_str("</g>\n");
    for (class, fill, edge, end) in [("open", "#eef4ff", 1, false), ("end", "#e8e8e8", 2, true)] {
        let _ = writeln!(
            out,
            r##"<g class="{class}" fill="{fill}" stroke="#456" stroke-width="{edge}">"##
        );
        draw_boxes(&mut out, &rows, end);
        out.push_str("</g>\n");
    }
    for (place, row) in rows.iter().enumerate() {
        draw_row(&mut out, row, place * ROW + 28, procedure, lang, table.is_none());
    }
    out.push_str("</svg>\n");
    out
}

enum Row<'p> {
    Track(&'p Text),
    State(&'p State),
    Step(&'p Step),
}

struct Line {
    from: usize,
    to: usize,
    lane: usize,
    returns: bool,
}

/// Tracks, their states in the order of the file, and below each state the steps that leave it.
fn rows(procedure: &Procedure) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for track in &procedure.track {
        if procedure.track.len() > 1 {
            rows.push(Row::Track(&track.name));
        }
        let own = |state: &&State| procedure.track_of(&state.id.id) == Some(&track.id.id);
        for state in procedure.state.iter().filter(own) {
            rows.push(Row::State(state));
            let leaves = |step: &&Step| step.from.iter().any(|from| from.id == state.id.id);
            let steps = procedure.step.iter().filter(leaves);
            rows.extend(steps.map(Row::Step));
        }
    }
    rows
}

fn lines(rows: &[Row<'_>]) -> Vec<Line> {
    let place = |id: &str| {
        rows.iter().position(|row| matches!(row, Row::State(state) if state.id.id == id))
    };
    let mut lines = Vec::new();
    for (from, row) in rows.iter().enumerate() {
        if let Row::Step(step) = row
            && let Some(to) = step.to.as_ref().and_then(|to| place(&to.id))
        {
            lines.push(Line { from, to, lane: 0, returns: step.returns });
        }
    }
    lines
}

/// Puts lines into lanes: short ones inside, none over another.
fn lanes(lines: &[Line]) -> Vec<Line> {
    let mut order: Vec<&Line> = lines.iter().collect();
    order.sort_by_key(|line| (line.from.abs_diff(line.to), line.from));
    let mut taken: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut placed = Vec::with_capacity(order.len());
    for line in order {
        let span = (line.from.min(line.to), line.from.max(line.to));
        let free = |lane: &Vec<(usize, usize)>| {
            lane.iter().all(|(start, end)| span.1 < *start || *end < span.0)
        };
        let lane = taken.iter().position(free).unwrap_or_else(|| {
            taken.push(Vec::new());
            taken.len() - 1
        });
        taken[lane].push(span);
        placed.push(Line { from: line.from, to: line.to, lane, returns: line.returns });
    }
    placed
}

fn draw_line(out: &mut String, line: &Line) {
    let (y1, y2) = (line.from * ROW + 10 + ROW / 2, line.to * ROW + 10 + ROW / 2);
    let x = TEXT_WIDTH + 10 + line.lane * LANE;
    let dash = if line.returns { r#" stroke-dasharray="5 3""# } else { "" };
    let _ = writeln!(out, r##"<path d="M{TEXT_WIDTH} {y1}H{x}V{y2}H{TEXT_WIDTH}"{dash}/>"##);
}

/// The boxes of the states that are ends, or of the others.
fn draw_boxes(out: &mut String, rows: &[Row<'_>], end: bool) {
    let (width, height) = (TEXT_WIDTH - 8, ROW - 4);
    for (place, row) in rows.iter().enumerate() {
        if matches!(row, Row::State(state) if state.end == end) {
            let top = place * ROW + 12;
            let _ = writeln!(
                out,
                r#"<rect x="8" y="{top}" width="{width}" height="{height}" rx="6"/>"#
            );
        }
    }
}

fn draw_row(
    out: &mut String,
    row: &Row<'_>,
    base: usize,
    procedure: &Procedure,
    lang: Lang,
    cites: bool,
) {
    match row {
        Row::Track(name) => {
            let name = escape(name.get(lang));
            let _ = writeln!(out, r#"<text x="8" y="{base}" font-weight="bold">{name}</text>"#);
        }
        Row::State(state) => {
            let name = escape(state.name.get(lang));
            let _ = writeln!(out, r#"<text x="18" y="{base}">{name}</text>"#);
        }
        Row::Step(step) => {
            let roles: Vec<_> = step
                .by
                .iter()
                .filter_map(|by| procedure.role(&by.id))
                .map(|role| role.name.get(lang))
                .collect();
            let stays = if step.to.is_none() { " ↺" } else { "" };
            let separator = if lang == Lang::Zh { "、" } else { ", " };
            let label = format!("{} · {}{stays}", step.name.get(lang), roles.join(separator));
            let label = escape(&shortened(&label));
            let _ = write!(out, r#"<text x="{STEP_X}" y="{base}">{label}"#);
            if cites {
                let _ = write!(out, "<title>{}</title>", escape(&step.cites.to_string()));
            }
            out.push_str("</text>\n");
        }
    }
}

/// What fits beside the lanes; Chinese characters are twice as wide.
fn shortened(label: &str) -> String {
    const WIDTH_MAX: usize = 62;
    let mut width = 0;
    let mut short = String::new();
    for c in label.chars() {
        width += if c.is_ascii() { 1 } else { 2 };
        if width > WIDTH_MAX {
            short.push('…');
            break;
        }
        short.push(c);
    }
    short
}

/// The same diagram in sentences, for those who don't see it.
fn described(procedure: &Procedure, lang: Lang) -> String {
    let name = |id: &str| procedure.state(id).map_or("", |state| state.name.get(lang));
    let mut text = String::new();
    for step in &procedure.step {
        let from: Vec<_> = step.from.iter().map(|from| name(&from.id)).collect();
        let to = step.to.as_ref().map_or("↺", |to| name(&to.id));
        let _ = write!(text, "{}: {} → {to}. ", step.name.get(lang), from.join(" / "));
    }
    text
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
