//! `midun company …`: the directory of a station.

use std::path::{Path, PathBuf};

use domain::terms::{KeyTag, Service};
use domain::{Number, Series};
use office::{Column, CompanyChange, CompanyForm, Intake, Office, Outcome, Sort, Table, Trouble};
use serde_json::{Value, json};
use store::read::{CompanyFilter, CompanyOrder, CompanyRow};

use super::{Desk, number, receipt_json, table, term, term_of};
use crate::args::{Company, CompanyFields, CompanyQuery};

/// The largest table that is read; the reader of tables says what is wrong with a larger one.
const FILE_BYTES_MAX: u64 = 64 << 20;
/// So many rows that can't be taken in are listed one by one.
const FAULTS_SHOWN: usize = 20;

pub fn run(desk: &Desk<'_>, args: Company) -> anyhow::Result<()> {
    let office = desk.office()?;
    match args {
        Company::Add { name, kind, code, fields } => {
            let CompanyFields { tag, field, park, street, contact } = fields;
            let kind = term_of!(CompanyKind, &kind)?;
            let form = CompanyForm { name, kind, code, tags: tag, field, park, street, contact };
            desk.done(&office.add_company(&desk.ask(&office), form)?);
        }
        Company::List { query, limit } => {
            let filter = CompanyFilter { limit, ..filter(&query)? };
            let found = office.reader()?.companies(&filter)?;
            let rows: Vec<_> = found.rows.iter().map(company_json).collect();
            desk.say.result(&json!({ "total": found.total, "companies": rows }), || {
                list(desk, &found.rows, found.total)
            });
        }
        Company::Show { id } => show(desk, &office, number(&id, Series::Company)?)?,
        Company::Revise { id, name, kind, code, fields, why } => {
            let company = number(&id, Series::Company)?;
            let row = office.reader()?.company(company)?.ok_or(Trouble::Unknown(company))?;
            let CompanyFields { tag, field, park, street, contact } = fields;
            let change = CompanyChange {
                name,
                kind: kind.map(|kind| term_of!(CompanyKind, &kind)).transpose()?,
                code,
                tags: (!tag.is_empty()).then_some(tag),
                field,
                park,
                street,
                contact,
                why: Some(why),
                ..CompanyChange::of(company, row.edition)
            };
            desk.done(&office.revise_company(&desk.ask(&office), change)?);
        }
        Company::Merge { id, into, why } => {
            let (company, into) = (number(&id, Series::Company)?, number(&into, Series::Company)?);
            desk.done(&office.merge_company(&desk.ask(&office), company, into, why)?);
        }
        Company::Import { file, column, preview, refused } => {
            let mut sheet = Table::read(&read(&file)?)?;
            for pair in &column {
                take(&mut sheet, pair)?;
            }
            import(desk, &office, &sheet, preview, refused)?;
        }
    }
    Ok(())
}

/// What the options of a list ask for.
pub fn filter(query: &CompanyQuery) -> Result<CompanyFilter, Trouble> {
    let services = |words: &[String]| {
        words.iter().try_fold(0, |set, word| Ok::<_, Trouble>(set | term_of!(Service, word)?.bit()))
    };
    let tag = query.tag.as_deref().map(|tag| match KeyTag::from_text(tag) {
        Some(tag) => tag.word().to_owned(),
        None => tag.trim().to_owned(),
    });
    let order = query
        .order
        .as_deref()
        .map(|word| term(word, CompanyOrder::from_word, CompanyOrder::ALL, CompanyOrder::word));
    Ok(CompanyFilter {
        text: query.find.clone(),
        kind: query.kind.as_deref().map(|kind| term_of!(CompanyKind, kind)).transpose()?,
        tag,
        field: query.field.clone(),
        park: query.park.clone(),
        street: query.street.clone(),
        had: services(&query.had)?,
        lacks: services(&query.lacks)?,
        never_served: query.never_served,
        order: order.transpose()?.unwrap_or_default(),
        ..CompanyFilter::default()
    })
}

fn company_json(row: &CompanyRow) -> Value {
    json!({
        "id": row.no, "name": row.name, "kind": row.kind, "code": row.code, "tags": row.tags,
        "field": row.field, "park": row.park, "street": row.street, "edition": row.edition,
        "services": row.services, "had": had(row.served), "last_service": row.last_service,
        "merged_into": row.merged_into,
    })
}

/// The words of a set of services.
fn had(served: u32) -> Vec<&'static str> {
    let had = Service::ALL.iter().filter(|service| served & service.bit() != 0);
    had.map(|service| service.word()).collect()
}

fn list(desk: &Desk<'_>, rows: &[CompanyRow], total: u64) -> String {
    if rows.is_empty() {
        return format!("{}\n", desk.say.t("cli-no-companies"));
    }
    let lines = rows.iter().map(|row| {
        let place = row.park.as_ref().or(row.street.as_ref()).cloned().unwrap_or_default();
        let last = row.last_service.map(|day| day.to_string());
        let last = last.unwrap_or_else(|| desk.say.t("company-never-served"));
        vec![
            row.no.to_string(),
            last,
            row.name.clone(),
            place,
            office::tags_words(desk.say.lang, &row.tags),
        ]
    });
    let mut text = table(lines.collect());
    let args = [("n", rows.len().to_string()), ("total", total.to_string())];
    text.push_str(&format!("{}\n", desk.say.tr("cli-of-total", &args)));
    text
}

fn show(desk: &Desk<'_>, office: &Office, no: Number) -> Result<(), Trouble> {
    let reader = office.reader()?;
    let row = reader.company(no)?.ok_or(Trouble::Unknown(no))?;
    let contact = match row.contact_idx {
        Some(idx) => office.field(&reader, idx, "contact", None)?.text().map(str::to_owned),
        None => None,
    };
    let services = reader.services(Some(no), 0, 1_000)?;
    let mut value = company_json(&row);
    value["contact"] = json!(contact);
    value["given"] = super::service::services_json(&services);
    desk.say.result(&value, || {
        let code = row.code.map(|code| code.to_string());
        let kind = desk.say.t(&format!("company-{}", row.kind.word()));
        let tags = office::tags_words(desk.say.lang, &row.tags);
        let merged = row.merged_into.map(|into| into.to_string());
        let fields = [
            ("field-kind", Some(&kind)),
            ("field-code", code.as_ref()),
            ("field-tags", Some(&tags)),
            ("field-field", row.field.as_ref()),
            ("field-park", row.park.as_ref()),
            ("field-street", row.street.as_ref()),
            ("field-contact", contact.as_ref()),
            ("company-merged-into", merged.as_ref()),
        ];
        let fields = fields.into_iter().filter_map(|(key, value)| {
            let value = value.filter(|value| !value.is_empty())?;
            Some(vec![desk.say.t(key), value.clone()])
        });
        let mut text = format!("{no}  {}\n", row.name);
        text.push_str(&table(fields.collect()));
        text.push_str(&super::service::lines(desk, &services));
        text
    });
    Ok(())
}

pub fn read(path: &Path) -> Result<Vec<u8>, Trouble> {
    let failed = |source: std::io::Error| match source.kind() {
        std::io::ErrorKind::NotFound => Trouble::FileAbsent(path.to_owned()),
        std::io::ErrorKind::PermissionDenied => Trouble::FileForbidden(path.to_owned()),
        _ => Trouble::Disk { path: path.to_owned(), source },
    };
    let data = std::fs::metadata(path).map_err(failed)?;
    if !data.is_file() {
        return Err(Trouble::NotAFile(path.to_owned()));
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    std::io::Read::read_to_end(&mut std::io::Read::take(file, FILE_BYTES_MAX), &mut bytes)
        .map_err(failed)?;
    Ok(bytes)
}

/// `name=企业名称`: which column is the name.
fn take(sheet: &mut Table, pair: &str) -> Result<(), Trouble> {
    let (word, heading) = pair.split_once('=').ok_or_else(|| {
        Trouble::Other("cli-column-form", vec![("text", pair.into())], Sort::Refused)
    })?;
    let column = term(word.trim(), Column::from_word, &Column::ALL, Column::word)?;
    sheet.name(column, heading.trim())
}

fn import(
    desk: &Desk<'_>,
    office: &Office,
    sheet: &Table,
    preview: bool,
    refused: Option<PathBuf>,
) -> anyhow::Result<()> {
    let reader = office.reader()?;
    let (receipt, intake) = if preview {
        (None, office.intake(&reader, sheet)?)
    } else {
        let (receipt, intake) = office.import(&desk.ask(office), &reader, sheet)?;
        (Some(receipt), intake)
    };
    if let Some(path) = refused {
        let heading = desk.say.t("intake-reason");
        let text = sheet.refused_rows(&intake, &heading, |trouble| desk.say.trouble(trouble));
        std::fs::write(&path, text).map_err(|source| Trouble::Disk { path, source })?;
    }
    let counts = intake.counts();
    let mut value =
        json!({ "file": sheet.sha256, "columns": columns(sheet), "faults": faults(desk, &intake) });
    for (word, count) in Outcome::WORDS.iter().zip(counts) {
        value[*word] = json!(count);
    }
    value["receipt"] = receipt.as_ref().map_or(Value::Null, receipt_json);
    desk.say.result(&value, || {
        let mut text = String::new();
        let named = sheet.columns.iter().zip(&sheet.headings);
        for (column, heading) in named.filter(|(c, heading)| c.is_some() || !heading.is_empty()) {
            let column = column.map_or("left-out", Column::word);
            let args =
                [("heading", heading.clone()), ("column", desk.say.t(&format!("column-{column}")))];
            text.push_str(&format!("{}\n", desk.say.tr("cli-column-is", &args)));
        }
        let args: Vec<_> =
            Outcome::WORDS.iter().zip(counts).map(|(word, n)| (*word, n.to_string())).collect();
        let key = if preview { "cli-import-would" } else { "cli-import-done" };
        text.push_str(&format!("{}\n", desk.say.tr(key, &args)));
        for (line, name, why) in fault_lines(desk, &intake).take(FAULTS_SHOWN) {
            let args = [("line", line.to_string()), ("name", name), ("why", why)];
            text.push_str(&format!("{}\n", desk.say.tr("cli-import-fault", &args)));
        }
        if counts[3] > FAULTS_SHOWN {
            let args = [("n", (counts[3] - FAULTS_SHOWN).to_string())];
            text.push_str(&format!("{}\n", desk.say.tr("cli-import-more-faults", &args)));
        }
        if let Some(receipt) = &receipt {
            text.push_str(&desk.receipt_text(receipt));
        }
        text
    });
    Ok(())
}

fn columns(sheet: &Table) -> Vec<Value> {
    let pairs = sheet.columns.iter().zip(&sheet.headings);
    pairs
        .map(|(column, heading)| json!({ "heading": heading, "is": column.map(Column::word) }))
        .collect()
}

fn fault_lines<'a>(
    desk: &'a Desk<'_>,
    intake: &'a Intake,
) -> impl Iterator<Item = (u32, String, String)> + 'a {
    intake.rows.iter().filter_map(|row| match &row.outcome {
        Outcome::Refused(trouble) => Some((row.line, row.name.clone(), desk.say.trouble(trouble))),
        _ => None,
    })
}

fn faults(desk: &Desk<'_>, intake: &Intake) -> Vec<Value> {
    let lines = fault_lines(desk, intake);
    lines.map(|(line, name, why)| json!({ "line": line, "name": name, "why": why })).collect()
}
