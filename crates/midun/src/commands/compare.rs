//! `midun compare`: two things side by side, what a person concludes of it, and its report.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use domain::{Number, Series};
use office::matching::{Body, CompareForm, Comparison, ConclusionForm, Why, share};
use office::{Office, Sort, Trouble};
use serde_json::json;

use super::sweep::watched;
use super::{Desk, number, receipt_json, table, term_of};
use crate::args::Compare;

/// Passages that are named on a terminal.
const PASSAGES: usize = 8;
/// The figures are not those of the comparison that was repeated.
const OTHER: u8 = 1;

pub fn run(desk: &Desk<'_>, args: Compare) -> anyhow::Result<ExitCode> {
    if let Some(id) = &args.conclude {
        let office = desk.office()?;
        let form = ConclusionForm {
            comparison: number(id, Series::Comparison)?,
            person: number(&args.person.unwrap_or_default(), Series::Person)?,
            sameness: term_of!(Sameness, &args.sameness.unwrap_or_default())?,
            differences: args.differences,
            effects: args.effects,
            why: args.why.unwrap_or_default(),
        };
        let receipt = office.conclude_comparison(&desk.ask(&office), form)?;
        desk.done(&receipt);
        return Ok(ExitCode::SUCCESS);
    }
    if args.list {
        list(desk)?;
        return Ok(ExitCode::SUCCESS);
    }
    let out = args.out.as_deref().map(Out::at).transpose()?;
    if let Some(id) = &args.report {
        report(desk, number(id, Series::Comparison)?, out)?;
        return Ok(ExitCode::SUCCESS);
    }
    let (Some(left), false) = (&args.left, args.right.is_empty()) else {
        return Err(Trouble::Other("trouble-compare-scope", vec![], Sort::Refused).into());
    };
    let office = desk.office()?;
    let left = body(left);
    let unlocked = match left {
        Body::Secret(_) => Some(desk.unlocked(&office)?),
        _ => None,
    };
    let again = args.again.as_deref().map(|id| number(id, Series::Comparison)).transpose()?;
    let before = again.map(|no| kept(desk, &office, no)).transpose()?;
    let filters = [
        (Why::Public, args.public),
        (Why::Licensed, args.licensed),
        (Why::Generated, args.generated),
    ];
    let filters = filters.into_iter().filter(|(_, paths)| !paths.is_empty());
    let form = CompareForm {
        left,
        right: Body::Paths(args.right),
        filters: filters.map(|(why, paths)| (why, Body::Paths(paths))).collect(),
        what: args.what,
        source: args.source,
        salt: before.as_ref().map(|before| before.salt.clone()),
    };
    let mut comparison =
        watched(desk, |control| office.compare(&form, unlocked.as_deref(), control))?;
    if let Some(before) = before {
        return Ok(repeated(desk, &before, &comparison));
    }
    let receipt = office.record_comparison(&desk.ask(&office), &mut comparison)?;
    if let Some(out) = &out {
        out.write(desk, &office, &comparison)?;
    }
    let value = json!({ "receipt": receipt_json(&receipt), "comparison": comparison });
    desk.say.result(&value, || {
        let mut said = text(desk, &comparison);
        said.push_str(&desk.receipt_text(&receipt));
        said
    });
    Ok(ExitCode::SUCCESS)
}

/// A secret point by its number, unless there is a file of that name.
pub(super) fn body(left: &Path) -> Body {
    match left.to_str().map(Number::parse) {
        Some(Ok(no)) if no.series == Series::Secret && !left.exists() => Body::Secret(no),
        _ => Body::Paths(vec![left.to_owned()]),
    }
}

fn kept(desk: &Desk<'_>, office: &Office, no: Number) -> Result<Comparison, Trouble> {
    let row = office.reader()?.comparison(no)?.ok_or(Trouble::Unknown(no))?;
    let unlocked = desk.unlocked(office)?;
    office.kept_comparison(no, (row.idx, &row.report), &unlocked)
}

/// Whether the inputs and the figures are those that were recorded.
fn repeated(desk: &Desk<'_>, before: &Comparison, now: &Comparison) -> ExitCode {
    let no = before.no.map(|no| no.to_string()).unwrap_or_default();
    let filters = |of: &Comparison| -> Vec<String> {
        of.filters.iter().map(|filter| filter.manifest.clone()).collect()
    };
    let checks = [
        ("compare-left", before.left.manifest == now.left.manifest),
        ("compare-right", before.right.manifest == now.right.manifest),
        ("compare-head-filtered", filters(before) == filters(now)),
        ("compare-figures", before.figures == now.figures),
    ];
    let other: Vec<String> =
        checks.iter().filter(|(_, same)| !same).map(|(key, _)| desk.say.t(key)).collect();
    let same = other.is_empty();
    let value = json!({ "comparison": before.no, "same": same, "differs": other });
    desk.say.result(&value, || {
        let what = other.join(&desk.say.t("cli-comma"));
        let args = [("no", no.clone()), ("what", what)];
        let key = if same { "compare-same-figures" } else { "trouble-compare-other" };
        format!("{}\n", desk.say.tr(key, &args))
    });
    if same { ExitCode::SUCCESS } else { ExitCode::from(OTHER) }
}

fn list(desk: &Desk<'_>) -> Result<(), Trouble> {
    let office = desk.office()?;
    let rows = office.reader()?.comparisons(None)?;
    let value: Vec<_> = rows
        .iter()
        .map(|row| {
            json!({
                "id": row.no, "leaf": row.idx, "at": row.at.to_rfc3339(), "what": row.what,
                "source": row.source, "secrets": row.secrets, "files": row.files,
                "faults": row.faults, "conclusions": row.conclusions, "figures": row.figures,
            })
        })
        .collect();
    desk.say.result(&json!(value), || {
        let line = |row: &store::read::ComparisonRow| {
            let secrets: Vec<String> = row.secrets.iter().map(Number::to_string).collect();
            let at = row.at.minute_at(office.zone_minutes());
            vec![row.no.to_string(), at, secrets.join(" "), row.what.clone()]
        };
        table(rows.iter().map(line).collect())
    });
    Ok(())
}

/// Takes a kept report out, with what was concluded. It shows the secret point, so the ledger is
/// told first.
fn report(desk: &Desk<'_>, no: Number, out: Option<Out>) -> Result<(), Trouble> {
    let office = desk.office()?;
    let comparison = kept(desk, &office, no)?;
    if let Some(secret) = &comparison.secret {
        let ask = desk.ask(&office);
        office.view_secret(&ask, secret.no, "comparison".into(), Some(no.to_string()))?;
    }
    match out {
        Some(out) => out.write(desk, &office, &comparison)?,
        None => desk.say.result(&json!(comparison), || text(desk, &comparison)),
    }
    Ok(())
}

/// Where a report goes.
pub(super) enum Out {
    Folder(PathBuf),
    File(PathBuf, Form),
}

#[derive(Clone, Copy)]
pub(super) enum Form {
    Html,
    Pdf,
    Json,
}

impl Out {
    pub(super) fn at(path: &Path) -> Result<Self, Trouble> {
        let form = match path.extension().and_then(|ending| ending.to_str()) {
            Some("html") => Form::Html,
            Some("pdf") => Form::Pdf,
            Some("json") => Form::Json,
            _ => return Ok(Self::Folder(path.to_owned())),
        };
        if path.exists() {
            let args = vec![("path", path.display().to_string())];
            return Err(Trouble::Other("trouble-file-exists", args, Sort::Conflict));
        }
        Ok(Self::File(path.to_owned(), form))
    }

    fn write(
        &self,
        desk: &Desk<'_>,
        office: &Office,
        comparison: &Comparison,
    ) -> Result<(), Trouble> {
        let conclusions = match comparison.no {
            Some(no) if comparison.secret.is_some() => {
                let unlocked = desk.unlocked(office)?;
                office.conclusions(no, Some(&unlocked))?
            }
            _ => Vec::new(),
        };
        let paper = office.comparison_paper(desk.say.lang, comparison, &conclusions)?;
        self.write_paper(office, &paper, &json!(comparison))
    }

    /// Writes a paper, and the same as JSON.
    pub(super) fn write_paper(
        &self,
        office: &Office,
        paper: &office::Paper,
        value: &serde_json::Value,
    ) -> Result<(), Trouble> {
        let bytes = |form| -> Result<Vec<u8>, Trouble> {
            Ok(match form {
                Form::Html => office::paper_html(paper).into_bytes(),
                Form::Pdf => office.paper_pdf(paper)?,
                Form::Json => format!("{value:#}\n").into_bytes(),
            })
        };
        let write = |path: &Path, form| {
            let bytes = bytes(form)?;
            std::fs::write(path, bytes)
                .map_err(|source| Trouble::Disk { path: path.to_owned(), source })
        };
        match self {
            Self::File(path, form) => write(path, *form),
            Self::Folder(dir) => {
                std::fs::create_dir_all(dir)
                    .map_err(|source| Trouble::Disk { path: dir.clone(), source })?;
                write(&dir.join("report.html"), Form::Html)?;
                write(&dir.join("report.pdf"), Form::Pdf)?;
                write(&dir.join("report.json"), Form::Json)
            }
        }
    }
}

/// A comparison as it is said on a terminal: figures and places, no content.
fn text(desk: &Desk<'_>, comparison: &Comparison) -> String {
    let say = desk.say;
    let mut text = format!("{}\n\n", comparison.what);
    let head = ["compare-col-layer", "compare-col-left", "compare-col-right"];
    let mut rows = vec![head.iter().map(|key| say.t(key)).collect::<Vec<_>>()];
    for row in &comparison.layers {
        let layer = say.t(&format!("compare-layer-{}", row.layer.word()));
        rows.push(vec![layer, share(&row.left), share(&row.right)]);
    }
    text.push_str(&table(rows));
    text.push('\n');
    let rows = comparison.passages.iter().take(PASSAGES).map(|passage| {
        let at = |spot: &office::matching::Spot, name: String| match spot.lines {
            Some([from, to]) => format!("{name}:{from}-{to}"),
            None => format!("{name} @{}", spot.bytes[0]),
        };
        let ours = match comparison.secret {
            Some(_) => words::part(say.lang, &passage.left.name),
            None => passage.left.name.clone(),
        };
        let units = say.t(&format!("compare-units-{}", passage.layer.word()));
        let sort = say.t(office::matching::passage_sort(passage));
        let moved = if passage.moved { say.t("compare-moved") } else { String::new() };
        vec![
            at(&passage.left, ours),
            format!("↔ {}", at(&passage.right, passage.right.name.clone())),
            format!("{sort}{moved}, {} {units}", passage.same),
        ]
    });
    text.push_str(&table(rows.collect()));
    let more = comparison.more_passages + comparison.passages.len().saturating_sub(PASSAGES) as u64;
    if more > 0 {
        let args = [("n", more.to_string())];
        text.push_str(&format!("{}\n", say.tr("compare-more-passages", &args)));
    }
    for filter in &comparison.filters {
        let why = say.t(&format!("compare-why-{}", filter.why.word()));
        text.push_str(&format!("{}: {why} {}\n", say.t("compare-head-filtered"), filter.name));
    }
    if !comparison.faults.is_empty() {
        text.push_str(&format!("\n{}\n", say.t("match-faults")));
        let rows = comparison.faults.iter().take(20).map(|fault| {
            let within = if fault.inside.is_empty() { "" } else { "!/" };
            let path = format!("  {}{within}{}", fault.path, fault.inside);
            vec![path, words::fault(say.lang, &fault.why)]
        });
        text.push_str(&table(rows.collect()));
    }
    text.push_str(&format!("\n{}\n", say.t("compare-honest")));
    text
}
