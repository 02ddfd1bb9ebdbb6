//! `midun standard …`: what must be proved, by what, and what a case file lacks. Needs no node.

use std::path::Path;
use std::process::ExitCode;

use catalog::procedure::Item;
use catalog::standard::{CaseFile, Cover, ElementReport, FactReport, Reached, Report, Standard};
use catalog::{Catalog, Mark};
use office::{Office, Sort, Trouble};
use serde_json::{Value, json};
use words::law;

use super::procedure::{cite_json, cited, opened, unknown};
use super::{Desk, table};
use crate::args::Standards;

pub fn run(desk: &Desk<'_>, args: Standards) -> anyhow::Result<ExitCode> {
    match args {
        Standards::List(data) => list(desk, &opened(desk, &data)?),
        Standards::Show { id, data } => {
            let catalog = opened(desk, &data)?;
            show(desk, &catalog, found(&catalog, &id)?);
        }
        Standards::Check { id, file, data } => {
            let catalog = opened(desk, &data)?;
            return check(desk, &catalog, found(&catalog, &id)?, &file);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn found<'c>(catalog: &'c Catalog, id: &str) -> Result<&'c Standard, Trouble> {
    let known = || catalog.standards().iter().map(|standard| standard.id.as_str());
    catalog.standard(id).ok_or_else(|| unknown(id, known()))
}

fn list(desk: &Desk<'_>, catalog: &Catalog) {
    let lang = desk.say.lang;
    let value: Vec<_> = catalog
        .standards()
        .iter()
        .map(|row| json!({
            "id": row.id, "title": law::text(lang, &row.title), "road": row.road.key(),
            "elements": row.elements.len(), "cites": cite_json(desk, catalog.norms(), &row.cites),
        }))
        .collect();
    desk.say.result(&json!(value), || {
        let rows = catalog.standards().iter().map(|row| {
            vec![
                row.id.clone(),
                desk.say.t(&format!("law-road-{}", row.road.key())),
                law::text(lang, &row.title).to_owned(),
                cited(desk, catalog.norms(), &row.cites),
            ]
        });
        table(rows.collect())
    });
}

/// `signature, date`.
fn forms(desk: &Desk<'_>, item: &Item) -> String {
    let all: Vec<_> =
        item.form.iter().map(|form| desk.say.t(&format!("law-form-{}", form.key()))).collect();
    all.join(&desk.say.t("w-comma"))
}

fn item_json(desk: &Desk<'_>, item: &Item) -> Value {
    let form: Vec<_> = item.form.iter().map(|form| form.key()).collect();
    json!({ "item": item.id.id, "name": law::text(desk.say.lang, &item.name), "form": form })
}

fn show(desk: &Desk<'_>, catalog: &Catalog, row: &Standard) {
    let (lang, norms) = (desk.say.lang, catalog.norms());
    let elements = || row.elements.iter().filter_map(|id| catalog.elements().element(&id.id));
    let items = |ids: &[catalog::Ref]| -> Vec<&Item> {
        ids.iter().filter_map(|id| catalog.elements().item(&id.id)).collect()
    };
    let value = json!({
        "id": row.id, "title": law::text(lang, &row.title), "road": row.road.key(),
        "cites": cite_json(desk, norms, &row.cites),
        "elements": elements().map(|element| json!({
            "id": element.id.id, "name": law::text(lang, &element.name), "any": element.any,
            "cites": cite_json(desk, norms, &element.cites),
            "facts": element.fact.iter().map(|fact| json!({
                "id": fact.id.id, "name": law::text(lang, &fact.name),
                "cites": cite_json(desk, norms, &fact.cites),
                "strong": items(&fact.strong).into_iter().map(|item| item_json(desk, item)).collect::<Vec<_>>(),
                "weak": items(&fact.weak).into_iter().map(|item| item_json(desk, item)).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "thresholds": row.threshold.iter().map(|threshold| json!({
            "id": threshold.id.id, "name": law::text(lang, &threshold.name), "at_least": threshold.at_least,
            "cites": cite_json(desk, norms, &threshold.cites), "mark": threshold.worth(norms).key(),
        })).collect::<Vec<_>>(),
        "note": row.note.as_ref().map(|note| law::text(lang, note)),
    });
    desk.say.result(&value, || {
        let mut text = format!(
            "{}  {}\n{}\n",
            law::text(lang, &row.title),
            row.id,
            cited(desk, norms, &row.cites)
        );
        for element in elements() {
            let any = if element.any { desk.say.t("cli-any-fact") } else { String::new() };
            let name = law::text(lang, &element.name);
            text += &format!("\n{name}{any}  {}\n", cited(desk, norms, &element.cites));
            for fact in &element.fact {
                text += &format!(
                    "  {}  {}\n",
                    law::text(lang, &fact.name),
                    cited(desk, norms, &fact.cites)
                );
                let both = [("cli-item-strong", &fact.strong), ("cli-item-weak", &fact.weak)];
                let rows = both.into_iter().flat_map(|(key, ids)| {
                    items(ids).into_iter().map(move |item| {
                        vec![
                            format!("    {}", desk.say.t(key)),
                            item.id.id.clone(),
                            law::text(lang, &item.name).to_owned(),
                            forms(desk, item),
                        ]
                    })
                });
                text += &table(rows.collect());
            }
        }
        for threshold in &row.threshold {
            let mark = desk.say.t(&format!("law-mark-{}", threshold.worth(norms).key()));
            let name = law::text(lang, &threshold.name);
            text += &format!("\n{name}  {} [{mark}]", law::cite(lang, norms, &threshold.cites));
        }
        let note = row.note.as_ref().map(|note| law::text(lang, note));
        text + &note.map(|note| format!("\n\n{note}\n")).unwrap_or_else(|| "\n".into())
    });
}

/// A case file as JSON; kinds of items that don't exist are named.
fn case_file(catalog: &Catalog, path: &Path) -> Result<CaseFile, Trouble> {
    let refused = |why: String| {
        let args = vec![("path", path.display().to_string()), ("why", why)];
        Trouble::Other("cli-case-file-form", args, Sort::Refused)
    };
    let text = Office::read_text(path)?;
    let file: CaseFile = serde_json::from_str(&text).map_err(|error| refused(error.to_string()))?;
    let unknown = file.items.iter().find(|row| catalog.elements().item(&row.item).is_none());
    match unknown {
        Some(row) => {
            let known = catalog.elements().item.iter().map(|item| item.id.id.as_str());
            Err(super::procedure::unknown(&row.item, known))
        }
        None => Ok(file),
    }
}

/// 0 complete, 1 not.
fn check(
    desk: &Desk<'_>,
    catalog: &Catalog,
    row: &Standard,
    path: &Path,
) -> anyhow::Result<ExitCode> {
    let file = case_file(catalog, path)?;
    let report = catalog.elements().report(row, &file.items, file.figures, catalog.norms());
    Ok(ExitCode::from(u8::from(!say(desk, catalog, row, &report))))
}

/// Says what a file covers of a standard; whether it covers all.
pub fn say(desk: &Desk<'_>, catalog: &Catalog, row: &Standard, report: &Report<'_>) -> bool {
    let complete = report.is_complete();
    let value = json!({
        "standard": row.id, "complete": complete, "threshold": report.threshold.key(),
        "elements": report.elements.iter().map(|element| json!({
            "id": element.element.id.id, "name": law::text(desk.say.lang, &element.element.name),
            "cover": element.cover.key(),
            "facts": element.facts.iter().map(|fact| fact_json(desk, catalog, fact)).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    });
    desk.say.result(&value, || told(desk, catalog, row, report));
    complete
}

fn fact_json(desk: &Desk<'_>, catalog: &Catalog, fact: &FactReport<'_>) -> Value {
    json!({
        "id": fact.fact.id.id, "name": law::text(desk.say.lang, &fact.fact.name),
        "cover": fact.cover.key(), "cites": cite_json(desk, catalog.norms(), &fact.fact.cites),
        "lacks": fact.faults.iter().map(|(item, form)| json!({ "item": item.id.id, "form": form.key() })).collect::<Vec<_>>(),
        "any_of": fact.fill.iter().map(|item| item_json(desk, item)).collect::<Vec<_>>(),
    })
}

fn told(desk: &Desk<'_>, catalog: &Catalog, row: &Standard, report: &Report<'_>) -> String {
    let (say, lang) = (desk.say, desk.say.lang);
    let key = if report.is_complete() { "cli-file-complete" } else { "cli-file-incomplete" };
    let mut text = format!("{} · {}\n", law::text(lang, &row.title), say.t(key));
    for element in &report.elements {
        text += &element_told(desk, catalog, element);
    }
    let reached = say.t(&format!("law-reached-{}", report.threshold.key()));
    text += &format!("{}\n", say.tr("cli-threshold", &[("reached", reached)]));
    if matches!(report.threshold, Reached::Unknown | Reached::NotMet | Reached::Unverified) {
        for threshold in &row.threshold {
            let mark = match threshold.worth(catalog.norms()) {
                Mark::Seen => String::new(),
                mark => format!(" [{}]", say.t(&format!("law-mark-{}", mark.key()))),
            };
            let cite = law::cite(lang, catalog.norms(), &threshold.cites);
            text += &format!("    {}  {cite}{mark}\n", law::text(lang, &threshold.name));
        }
    }
    text + &format!("{}\n", say.t("cli-checklist-only"))
}

fn element_told(desk: &Desk<'_>, catalog: &Catalog, element: &ElementReport<'_>) -> String {
    let (say, lang) = (desk.say, desk.say.lang);
    let sign = |cover| match cover {
        Cover::Covered => "✓",
        Cover::Weak => "◐",
        Cover::Missing => "✗",
    };
    let cover = |of: Cover| format!("{} {}", sign(of), say.t(&format!("law-cover-{}", of.key())));
    let name = law::text(lang, &element.element.name);
    let mut text = format!(
        "{}  {name}  {}\n",
        cover(element.cover),
        cited(desk, catalog.norms(), &element.element.cites)
    );
    if element.cover == Cover::Covered {
        return text;
    }
    for fact in element.facts.iter().filter(|fact| fact.cover != Cover::Covered) {
        let name = law::text(lang, &fact.fact.name);
        text += &format!(
            "    {}  {name}  {}\n",
            cover(fact.cover),
            cited(desk, catalog.norms(), &fact.fact.cites)
        );
        for (item, form) in &fact.faults {
            let args = [
                ("item", law::text(lang, &item.name).to_owned()),
                ("form", say.t(&format!("law-form-{}", form.key()))),
            ];
            text += &format!("        {}\n", say.tr("cli-item-lacks", &args));
        }
        let fill = fact.fill.iter().map(|item| {
            format!("{} ({}; {})", law::text(lang, &item.name), item.id.id, forms(desk, item))
        });
        let fill: Vec<_> = fill.collect();
        text += &format!(
            "        {}\n",
            say.tr("cli-item-fill", &[("items", fill.join(&say.t("cli-or")))])
        );
    }
    text
}
