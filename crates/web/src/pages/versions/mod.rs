//! 版本: what a secret point consisted of after each change, and two of them side by side.

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::{Number, Series};
use office::{Beside, Marked, Shown, Version, marked};

use super::number;
use crate::desk::{App, Desk, at_desk, href};
use crate::form::Choice;
use crate::input::Input;
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/versions/page.html")]
struct Page {
    s: Shell,
    no: String,
    title: String,
    revealed: bool,
    key: String,
    versions: Vec<Row>,
    left: Vec<Choice>,
    right: Vec<Choice>,
    heads: [String; 2],
    lines: Vec<Line>,
}

struct Row {
    no: u32,
    idx: u64,
    at: String,
    done: String,
    parts: String,
    why: String,
}

struct Line {
    name: String,
    class: &'static str,
    state: String,
    sides: [Option<Marked>; 2],
}

/// `GET /secrets/MD-0001/versions?a=1&b=2`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Secret)?;
        let row = desk.reader.secret_row(no)?.ok_or(Problem::NotFound)?;
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let versions = desk.office().versions(&desk.reader, no)?;
        let last = versions.len();
        let asked = |name: &str, or: usize| {
            let typed = input.get(name).parse::<usize>().ok();
            typed.filter(|at| (1..=last).contains(at)).unwrap_or(or)
        };
        // The last change, unless others are asked for.
        let (a, b) = (asked("a", last.saturating_sub(1).max(1)), asked("b", last));
        let pair = versions.get(a - 1).zip(versions.get(b - 1)).ok_or(Problem::NotFound)?;
        let session = desk.visitor.session.as_ref();
        let revealed = session.is_some_and(|one| one.is_revealed(no, desk.office().now()));
        let unlocked = desk.unlocked().filter(|_| revealed);
        let lines = desk.office().beside(&desk.reader, pair, unlocked)?;
        let choices = |on: usize| {
            let one = |version: &Version| {
                let label = desk.tr(
                    "w-version-choice",
                    &[("no", &version.no.to_string()), ("at", &desk.minute(version.at))],
                );
                Choice::new(version.no, label, version.no as usize == on)
            };
            versions.iter().map(one).collect()
        };
        reply::html(&Page {
            s: desk.shell(Section::Secrets)?,
            no: no.to_string(),
            title: row.title,
            revealed,
            key: hex::encode(desk.office().random::<16>()),
            left: choices(a),
            right: choices(b),
            heads: [pair.0, pair.1].map(|one| desk.n("w-version-no", one.no)),
            lines: lines.iter().map(|line| beside(desk, line)).collect(),
            versions: versions.iter().rev().map(|one| listed(desk, one)).collect(),
        })
    })
    .await
}

fn listed(desk: &Desk, version: &Version) -> Row {
    let done: Vec<String> = version.done.iter().map(|tag| desk.event_title(tag)).collect();
    let parts = [
        ("n", version.statements.len().to_string()),
        ("files", version.carriers.len().to_string()),
    ];
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, value)| (*name, &**value)).collect();
    Row {
        no: version.no,
        idx: version.idx,
        at: desk.minute(version.at),
        done: done.join(&desk.t("w-comma")),
        parts: desk.tr("w-version-count", &parts),
        why: version.why.clone().unwrap_or_default(),
    }
}

fn beside(desk: &Desk, line: &Beside) -> Line {
    let words = |shown: &Shown| match (line.sort, shown) {
        ("level", Shown::Value(value)) => {
            desk.t(&format!("level-{}", value.as_str().unwrap_or_default()))
        }
        (_, Shown::Value(value)) => value.as_str().unwrap_or_default().to_owned(),
        (_, Shown::Empty) => crate::show::nothing(),
        (_, Shown::Locked) => desk.t("w-version-sealed"),
        (_, Shown::Erased) => desk.t("w-erased"),
    };
    let name = desk.tr(&format!("version-{}", line.sort), &[("no", &*line.no.to_string())]);
    let (left, right) = (line.left.as_ref().map(words), line.right.as_ref().map(words));
    let (class, state) = match (&left, &right) {
        (None, _) => ("ok", "version-added"),
        (_, None) => ("due", "version-removed"),
        _ if line.same => ("", "version-same"),
        _ => ("part", "version-changed"),
    };
    let plain = |text: String| Marked { before: text, ..Marked::default() };
    let (left, right) = match (left, right) {
        (Some(left), Some(right)) if !line.same => {
            let (left, right) = marked(&left, &right);
            (Some(left), Some(right))
        }
        (left, right) => (left.map(plain), right.map(plain)),
    };
    Line { name, class, state: desk.t(state), sides: [left, right] }
}

/// Where a secret point comes from and what became of it: words, and where to look.
pub(crate) fn lineage(desk: &Desk, no: Number) -> Result<Vec<(String, String, u64)>, Problem> {
    let mut lines = Vec::new();
    for row in desk.reader.lineage(no)? {
        let (key, other) = match (&*row.how, row.source == no) {
            ("merged", true) => ("w-lineage-merged-into", row.target),
            ("merged", false) => ("w-lineage-merged-from", row.source),
            (_, true) => ("w-lineage-split-into", row.target),
            (_, false) => ("w-lineage-split-from", row.source),
        };
        let of = |pairs: &str| pairs.replace('>', "→").replace(',', &desk.t("w-comma"));
        let name = desk.called(other);
        let (parts, files) = (of(&row.statements), of(&row.carriers));
        let files = if files.is_empty() { crate::show::nothing() } else { files };
        let words = [("name", &*name), ("parts", &*parts), ("files", &*files)];
        lines.push((desk.tr(key, &words), href(other), row.idx));
    }
    Ok(lines)
}
