//! `midun procedure …`: the law as data. Needs no node.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use catalog::procedure::{Deadline, Procedure, Step};
use catalog::{Catalog, Cite, Fault, Mark, Norms, SHIPPED};
use office::{Sort, Trouble};
use serde_json::{Value, json};
use words::law;

use super::{Desk, table};
use crate::args::{Data, Procedures};
use crate::world::now;

/// The most files of a catalog.
const FILES_MAX: usize = 5_000;
/// The largest file that is read; the catalog refuses still smaller ones by name.
const FILE_BYTES_MAX: u64 = 4 << 20;

pub fn run(desk: &Desk<'_>, args: Procedures) -> anyhow::Result<ExitCode> {
    match args {
        Procedures::List(data) => list(desk, &opened(desk, &data)?),
        Procedures::Show { id, data } => {
            let catalog = opened(desk, &data)?;
            show(desk, &catalog, found(&catalog, &id)?);
        }
        Procedures::Diagram { id, out, data } => {
            let catalog = opened(desk, &data)?;
            diagram(desk, found(&catalog, &id)?, &out)?;
        }
        Procedures::Check(data) => return check(desk, &data),
        Procedures::Export { out } => export(desk, &out)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The shipped catalog, or that of a folder.
fn files(data: &Data) -> Result<Vec<(String, String)>, Trouble> {
    let Some(dir) = &data.catalog else {
        return Ok(SHIPPED
            .iter()
            .map(|(path, text)| (path.to_string(), text.to_string()))
            .collect());
    };
    let mut files = Vec::new();
    for folder in catalog::FOLDERS {
        let at = dir.join(folder);
        if !at.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&at).map_err(|error| disk(&at, error))? {
            let path = entry.map_err(|error| disk(&at, error))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.ends_with(".toml") && !name.ends_with(".case.toml") {
                files.push((format!("{folder}/{name}"), text(&path)?));
            }
        }
        if files.len() > FILES_MAX {
            let args = vec![("path", dir.display().to_string())];
            return Err(Trouble::Other("trouble-folder-too-large", args, Sort::Refused));
        }
    }
    if files.is_empty() {
        let args = vec![("path", dir.display().to_string())];
        return Err(Trouble::Other("cli-no-catalog", args, Sort::NotFound));
    }
    files.sort();
    Ok(files)
}

/// A file's text as it is: faults name its lines.
fn text(path: &Path) -> Result<String, Trouble> {
    let data = std::fs::metadata(path).map_err(|error| disk(path, error))?;
    if !data.is_file() || data.len() > FILE_BYTES_MAX {
        return Err(Trouble::NotAFile(path.to_owned()));
    }
    std::fs::read_to_string(path).map_err(|error| disk(path, error))
}

fn disk(path: &Path, source: std::io::Error) -> Trouble {
    match source.kind() {
        std::io::ErrorKind::NotFound => Trouble::FileAbsent(path.to_owned()),
        std::io::ErrorKind::PermissionDenied => Trouble::FileForbidden(path.to_owned()),
        std::io::ErrorKind::InvalidData => Trouble::NotText(path.to_owned()),
        _ => Trouble::Disk { path: path.to_owned(), source },
    }
}

fn read(data: &Data) -> Result<Result<Catalog, Vec<Fault>>, Trouble> {
    let files = files(data)?;
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Ok(Catalog::read(&files))
}

/// A catalog without faults.
pub(super) fn opened(desk: &Desk<'_>, data: &Data) -> Result<Catalog, Trouble> {
    read(data)?.map_err(|faults| {
        let first = faults.first().map(|fault| law::fault(desk.say.lang, fault));
        let args = vec![("n", faults.len().to_string()), ("first", first.unwrap_or_default())];
        Trouble::Other("cli-catalog-faults", args, Sort::Refused)
    })
}

/// A procedure by its name: the version in force today, or the newest.
pub(super) fn found<'c>(catalog: &'c Catalog, id: &str) -> Result<&'c Procedure, Trouble> {
    let newest = || {
        let versions = catalog.procedures().iter().filter(|procedure| procedure.id == id);
        versions.max_by_key(|procedure| procedure.version)
    };
    catalog.procedure(id, today()).or_else(newest).ok_or_else(|| {
        let known = catalog.procedures().iter().map(|procedure| procedure.id.as_str());
        unknown(id, known)
    })
}

/// There is no such thing; the things that there are.
pub(super) fn unknown<'k>(id: &str, known: impl Iterator<Item = &'k str>) -> Trouble {
    let known: Vec<_> = known.collect();
    let args = vec![("text", id.chars().take(40).collect()), ("words", known.join(", "))];
    Trouble::Other("cli-not-a-word", args, Sort::NotFound)
}

/// Today where these laws are in force.
pub(super) fn today() -> catalog::Day {
    const EAST_OF_GREENWICH_MINUTES: i16 = 8 * 60;
    let day = now().day_at(EAST_OF_GREENWICH_MINUTES).to_string();
    // A clock far outside the years of the catalog finds no version in force, and the newest is shown.
    catalog::Day::parse(&day).unwrap_or(catalog::Day::from_number(0))
}

fn list(desk: &Desk<'_>, catalog: &Catalog) {
    let lang = desk.say.lang;
    let value: Vec<Value> = catalog
        .procedures()
        .iter()
        .map(|row| {
            json!({
                "id": row.id, "version": row.version, "title": law::text(lang, &row.title),
                "from": row.from.to_string(), "until": row.until.map(|day| day.to_string()),
                "states": row.state.len(), "steps": row.step.len(), "deadlines": row.deadline.len(),
            })
        })
        .collect();
    desk.say.result(&json!(value), || {
        let heads = ["cli-col-id", "cli-col-from", "cli-col-states", "cli-col-steps"];
        let mut head: Vec<String> = heads.iter().map(|key| desk.say.t(key)).collect();
        head.extend([desk.say.t("cli-col-deadlines"), desk.say.t("cli-col-title")]);
        let rows = catalog.procedures().iter().map(|row| {
            vec![
                row.id.clone(),
                row.from.to_string(),
                row.state.len().to_string(),
                row.step.len().to_string(),
                row.deadline.len().to_string(),
                law::text(lang, &row.title).to_owned(),
            ]
        });
        table(std::iter::once(head).chain(rows).collect())
    });
}

/// An article in data: act, article, what it says in our words, and whether it was compared.
pub(super) fn cite_json(desk: &Desk<'_>, norms: &Norms, cite: &Cite) -> Value {
    let article = norms.cited(cite).and_then(|norm| norm.articles.get(&cite.article));
    let says = article.map(|row| match desk.say.lang {
        words::Lang::Zh => &row.zh,
        words::Lang::En => &row.en,
    });
    json!({
        "act": cite.act, "article": cite.article, "says": says, "mark": norms.mark(cite).key(),
    })
}

fn step_json(desk: &Desk<'_>, norms: &Norms, step: &Step) -> Value {
    let ids = |refs: &[catalog::Ref]| refs.iter().map(|row| row.id.clone()).collect::<Vec<_>>();
    let needs: Vec<_> = step.needs.iter().map(|any| any.ids.clone()).collect();
    json!({
        "id": step.id.id, "name": law::text(desk.say.lang, &step.name), "by": ids(&step.by),
        "from": ids(&step.from), "to": step.to.as_ref().map(|to| &to.id), "after": ids(&step.after),
        "needs": needs, "issues": ids(&step.issues), "planned": step.planned,
        "cites": cite_json(desk, norms, &step.cites),
    })
}

/// A row of a deadline as data.
pub(super) fn deadline_json(desk: &Desk<'_>, norms: &Norms, row: &Deadline) -> Value {
    let steps: Vec<_> = row
        .parts()
        .into_iter()
        .map(|(part, step)| json!({ "step": step.id, "does": law::part(desk.say.lang, part) }))
        .collect();
    json!({
        "id": row.id.id, "name": law::text(desk.say.lang, &row.name), "kind": row.kind.key(),
        "who": row.who.id, "within": lengths(desk, row), "steps": steps,
        "cites": cite_json(desk, norms, &row.cites),
    })
}

/// How long a deadline is, in words.
fn lengths(desk: &Desk<'_>, row: &Deadline) -> Vec<String> {
    let all = row.within.into_iter().chain(row.arm.iter().map(|arm| arm.within));
    all.map(|length| law::length(desk.say.lang, length)).collect()
}

fn show(desk: &Desk<'_>, catalog: &Catalog, row: &Procedure) {
    let (lang, norms) = (desk.say.lang, catalog.norms());
    let named = |id: &catalog::Ref, name| json!({ "id": id.id, "name": law::text(lang, name) });
    let value = json!({
        "id": row.id, "version": row.version, "title": law::text(lang, &row.title),
        "from": row.from.to_string(), "until": row.until.map(|day| day.to_string()),
        "roles": row.role.iter().map(|role| named(&role.id, &role.name)).collect::<Vec<_>>(),
        "items": row.item.iter().map(|item| named(&item.id, &item.name)).collect::<Vec<_>>(),
        "states": row.state.iter().map(|state| json!({
            "id": state.id.id, "name": law::text(lang, &state.name), "end": state.end,
            "track": row.track_of(&state.id.id),
        })).collect::<Vec<_>>(),
        "steps": row.step.iter().map(|step| step_json(desk, norms, step)).collect::<Vec<_>>(),
        "deadlines": row.deadline.iter().map(|d| deadline_json(desk, norms, d)).collect::<Vec<_>>(),
    });
    desk.say.result(&value, || shown(desk, catalog, row));
}

fn shown(desk: &Desk<'_>, catalog: &Catalog, row: &Procedure) -> String {
    let (lang, norms) = (desk.say.lang, catalog.norms());
    let since = [("version", row.version.to_string()), ("from", row.from.to_string())];
    let mut text = format!("{}  {}\n", law::text(lang, &row.title), row.id);
    text += &format!("{}\n", desk.say.tr("cli-procedure-version", &since));
    text += &format!("\n{}\n", desk.say.t("cli-head-steps"));
    let name = |id: &str| row.state(id).map_or(id, |state| law::text(lang, &state.name)).to_owned();
    let role = |id: &str| row.role(id).map_or(id, |role| law::text(lang, &role.name)).to_owned();
    let comma = desk.say.t("w-comma");
    let steps = row.step.iter().map(|step| {
        let from: Vec<_> = step.from.iter().map(|from| name(&from.id)).collect();
        let by: Vec<_> = step.by.iter().map(|by| role(&by.id)).collect();
        let to = step.to.as_ref().map_or_else(|| "↺".to_owned(), |to| name(&to.id));
        vec![
            format!("  {}", step.id.id),
            format!("{} · {}", law::text(lang, &step.name), by.join(&comma)),
            format!("{} → {to}", from.join("/")),
            cited(desk, norms, &step.cites),
        ]
    });
    text += &table(steps.collect());
    text += &format!("\n{}\n", desk.say.t("cli-head-deadlines"));
    text + &deadlines(desk, norms, row)
}

/// The deadlines of a procedure as a table.
pub(super) fn deadlines(desk: &Desk<'_>, norms: &Norms, row: &Procedure) -> String {
    let lang = desk.say.lang;
    let who = |id: &str| row.role(id).map_or(id, |role| law::text(lang, &role.name)).to_owned();
    let rows = row.deadline.iter().map(|deadline| {
        vec![
            format!("  {}", deadline.id.id),
            law::text(lang, &deadline.name).to_owned(),
            lengths(desk, deadline).join(" / "),
            desk.say.t(&format!("law-clock-{}", deadline.kind.key())),
            who(&deadline.who.id),
            cited(desk, norms, &deadline.cites),
        ]
    });
    table(rows.collect())
}

/// An article, with its mark unless its text was compared.
pub(super) fn cited(desk: &Desk<'_>, norms: &Norms, cite: &Cite) -> String {
    let text = law::cite(desk.say.lang, norms, cite);
    match norms.mark(cite) {
        Mark::Seen => text,
        mark => format!("{text} [{}]", desk.say.t(&format!("law-mark-{}", mark.key()))),
    }
}

fn diagram(desk: &Desk<'_>, row: &Procedure, out: &PathBuf) -> anyhow::Result<()> {
    let svg = catalog::svg(row, law::lang(desk.say.lang), None);
    new_file(out, &svg)?;
    let value = json!({ "id": row.id, "out": out, "bytes": svg.len() });
    let args = [("path", out.display().to_string())];
    desk.say.result(&value, || format!("{}\n", desk.say.tr("cli-diagram-written", &args)));
    Ok(())
}

/// Writes a file that isn't there yet.
fn new_file(out: &Path, text: &str) -> Result<(), Trouble> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    let file = options.write(true).create_new(true).open(out);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|source| match source.kind() {
        std::io::ErrorKind::AlreadyExists => {
            let args = vec![("path", out.display().to_string())];
            Trouble::Other("trouble-out-exists", args, Sort::Conflict)
        }
        _ => Trouble::Disk { path: out.to_owned(), source },
    })
}

/// Writes the shipped data out, for people who change it.
fn export(desk: &Desk<'_>, out: &Path) -> anyhow::Result<()> {
    for folder in catalog::FOLDERS {
        let at = out.join(folder);
        std::fs::create_dir_all(&at).map_err(|error| disk(&at, error))?;
    }
    for (path, text) in SHIPPED {
        new_file(&out.join(path), text)?;
    }
    let value = json!({ "out": out, "files": SHIPPED.len() });
    let args = [("path", out.display().to_string()), ("n", SHIPPED.len().to_string())];
    desk.say.result(&value, || format!("{}\n", desk.say.tr("cli-catalog-exported", &args)));
    Ok(())
}

/// 0 without faults, 1 with.
fn check(desk: &Desk<'_>, data: &Data) -> anyhow::Result<ExitCode> {
    let catalog = match read(data)? {
        Ok(catalog) => catalog,
        Err(faults) => {
            let lines: Vec<_> = faults.iter().map(|row| law::fault(desk.say.lang, row)).collect();
            let value: Vec<_> = faults.iter().zip(&lines).map(|(row, line)| json!({
                "file": row.file, "line": row.line, "fault": row.problem.key(), "message": line,
            })).collect();
            desk.say.result(&json!({ "valid": false, "faults": value }), || {
                let count = desk.say.tr("cli-faults", &[("n", faults.len().to_string())]);
                format!("{}\n{count}\n", lines.join("\n"))
            });
            return Ok(ExitCode::from(1));
        }
    };
    let deadlines = || catalog.procedures().iter().flat_map(|row| &row.deadline);
    let mark =
        |row: &&Deadline| catalog.norms().mark(&row.cites).max(row.mark.unwrap_or(Mark::Seen));
    let unseen = deadlines().filter(|row| mark(row) == Mark::Recalled).count();
    let counts = [
        ("procedures", catalog.procedures().len()),
        ("deadlines", deadlines().count()),
        ("unseen", unseen),
        ("norms", catalog.norms().all().len()),
        ("standards", catalog.standards().len()),
    ];
    let mut value = json!({ "valid": true, "faults": [] });
    for (name, count) in counts {
        value[name] = json!(count);
    }
    let args: Vec<_> = counts.iter().map(|(name, count)| (*name, count.to_string())).collect();
    desk.say.result(&value, || format!("{}\n", desk.say.tr("cli-no-faults", &args)));
    Ok(ExitCode::SUCCESS)
}
