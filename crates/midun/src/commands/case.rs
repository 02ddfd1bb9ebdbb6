//! `midun case …`: cases on their procedures.

use std::process::ExitCode;

use catalog::procedure::Form;
use catalog::{Clock, When};
use domain::{Day, Number, Series};
use office::{
    CaseForm, Filled, ItemForm, Office, OpenedCase, ReckonForm, Sort, Source, StepForm, Trouble,
    law,
};
use serde_json::{Value, json};
use store::Reader;
use store::read::{CaseFilter, CaseRow};
use words::law as words_of;

use super::deadline::when;
use super::request::listed;
use super::{Desk, day, maybe_number, maybe_text, number, table, term_of};
use crate::args::Case;

pub fn run(desk: &Desk<'_>, args: Case) -> anyhow::Result<ExitCode> {
    let office = desk.office()?;
    let no = |text: &str| number(text, Series::Case);
    match args {
        Case::Open { procedure, title, source, company, happened, text } => {
            let form = CaseForm {
                procedure,
                company: maybe_number(company.as_deref(), Series::Company)?,
                title,
                source: term_of!(CaseSource, &source)?,
                happened: day(happened.as_deref())?.unwrap_or_else(|| office.today()),
                text: maybe_text(text.as_deref())?,
            };
            desk.done(&office.open_case(&desk.ask(&office), form)?);
        }
        Case::List { find, procedure, company, unit, ended, all, limit } => {
            let filter = CaseFilter {
                text: find,
                procedure,
                company: maybe_number(company.as_deref(), Series::Company)?,
                unit,
                ended: (!all).then_some(ended),
                limit,
                ..CaseFilter::default()
            };
            let found = office.reader()?.cases(&filter)?;
            let rows: Vec<_> = found.rows.iter().map(json_of).collect();
            desk.say.result(&json!({ "total": found.total, "cases": rows }), || {
                let lines = found.rows.iter().map(|row| {
                    let state = state(desk, row);
                    let name = row.name.clone().unwrap_or_default();
                    vec![row.no.to_string(), row.procedure.clone(), state, name, row.title.clone()]
                });
                listed(desk, lines.collect(), found.total)
            });
        }
        Case::Show { id } => show(desk, &office, &office.reader()?, &id)?,
        Case::Assign { id, unit, handler } => {
            desk.done(&office.assign_case(&desk.ask(&office), no(&id)?, unit, handler)?);
        }
        Case::Against { id, respondent } => {
            let respondent = number(&respondent, Series::Company)?;
            desk.done(&office.case_against(&desk.ask(&office), no(&id)?, respondent)?);
        }
        Case::File { id, item, scan, bears, dated, note } => {
            let source = scan.map(|path| scan_at(&path)).transpose()?;
            let bears = bears.iter().map(|word| form(word)).collect::<Result<_, _>>()?;
            let happened = day(dated.as_deref())?;
            let form = ItemForm { case: no(&id)?, item, source, bears, happened, why: note };
            desk.done(&office.file_item(&desk.ask(&office), form)?);
        }
        Case::Unfile { id, item, why } => {
            desk.done(&office.unfile_item(&desk.ask(&office), no(&id)?, item, why)?);
        }
        Case::Step { id, step, by, at, planned, note } => {
            let at = at.as_deref().map(when).transpose()?;
            let today = When { minute: None, ..office.local_now()? };
            let form = StepForm {
                case: no(&id)?,
                step,
                role: by,
                at: at.unwrap_or(today),
                planned: day(planned.as_deref())?,
                note: maybe_text(note.as_deref())?,
            };
            desk.done(&office.take_step(&desk.ask(&office), form, desk.say.lang)?);
        }
        Case::Unstep { id, why } => {
            let no = no(&id)?;
            let opened = office.opened_case(&office.reader()?, no)?;
            let last = opened.steps.iter().rfind(|step| step.withdrawn.is_none());
            let last = last.map_or(0, |step| step.no);
            desk.done(&office.untake_step(&desk.ask(&office), no, last, why)?);
        }
        Case::Figures { id } => figures(desk, &office, no(&id)?)?,
        Case::Reckon { id, method, sheet, with, basis, rely } => {
            let form = ReckonForm {
                case: no(&id)?,
                sheet,
                method,
                inputs: pairs(with)?.collect(),
                basis: maybe_text(basis.as_deref())?.unwrap_or_default(),
                relied: rely,
            };
            desk.done(&office.reckon(&desk.ask(&office), form, desk.say.lang)?);
        }
        Case::Check { id, standard } => {
            let reader = office.reader()?;
            let opened = office.opened_case(&reader, no(&id)?)?;
            let row = law().standard(&standard).ok_or_else(|| {
                let known = law().standards().iter().map(|row| row.id.as_str());
                super::procedure::unknown(&standard, known)
            })?;
            let report = opened.report(&standard, office.figures(&reader, opened.row.no)?);
            let report = report.ok_or(Trouble::Unknown(opened.row.no))?;
            let complete = super::standard::say(desk, law(), row, &report);
            return Ok(ExitCode::from(u8::from(!complete)));
        }
        Case::Document { id, item: None, .. } => documents(desk, &office, no(&id)?)?,
        Case::Document { id, item: Some(item), fill, set, out } => {
            document(desk, &office, no(&id)?, &item, given(fill.as_deref(), set)?, out.as_deref())?;
        }
        Case::Bundle { id, whole, out } => {
            let reader = office.reader()?;
            let opened = office.opened_case(&reader, no(&id)?)?;
            let unlocked = desk.unlocked(&office)?;
            let lang = desk.say.lang;
            let done = office.bundle_case(&reader, &opened, &unlocked, whole, lang, &out)?;
            let value = json!({
                "out": out, "items": done.items, "files": done.files, "volumes": done.volumes,
            });
            desk.say.result(&value, || {
                let args = [
                    ("path", out.display().to_string()),
                    ("items", done.items.to_string()),
                    ("files", done.files.to_string()),
                ];
                format!("{}\n", desk.say.tr("cli-case-bundled", &args))
            });
        }
        Case::Due { days, unit } => due(desk, &office, days, unit.as_deref())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// What the command line gives to fill in: an object of texts in a file, then single fields.
fn given(fill: Option<&std::path::Path>, set: Vec<String>) -> Result<Filled, Trouble> {
    let mut filled = match maybe_text(fill)? {
        Some(text) => serde_json::from_str(&text).map_err(|why| not_filled(&why.to_string()))?,
        None => Filled::new(),
    };
    filled.extend(pairs(set)?);
    Ok(filled)
}

fn not_filled(text: &str) -> Trouble {
    let args = vec![("text", text.chars().take(40).collect())];
    Trouble::Other("trouble-not-filled", args, Sort::Refused)
}

/// `NAME=TEXT`, each.
pub(super) fn pairs(given: Vec<String>) -> Result<impl Iterator<Item = (String, String)>, Trouble> {
    let pair = |one: String| {
        let (name, text) = one.split_once('=').ok_or_else(|| not_filled(&one))?;
        Ok((name.to_owned(), text.to_owned()))
    };
    Ok(given.into_iter().map(pair).collect::<Result<Vec<_>, Trouble>>()?.into_iter())
}

/// All ways of counting loss and gain, and what was reckoned by each.
fn figures(desk: &Desk<'_>, office: &Office, no: Number) -> Result<(), Trouble> {
    let lang = desk.say.lang;
    let reader = office.reader()?;
    office.opened_case(&reader, no)?;
    let list = office.reckonings(&reader, no)?;
    let rows: Vec<_> = list
        .iter()
        .map(|one| {
            let inputs: Vec<_> = one.method.input.iter().map(|input| &*input.id.id).collect();
            json!({
                "sheet": one.sheet.id, "method": one.method.id.id, "gives": one.method.gives.key(),
                "asks": inputs, "inputs": one.counted.as_ref().map(|of| &of.inputs),
                "result": one.counted.as_ref().map(|of| of.result), "relied": one.relied,
                "basis": one.counted.as_ref().map(|of| &of.basis),
                "cites": words_of::cite(lang, law().norms(), &one.method.cites),
                "mark": one.method.worth(law().norms()).key(),
            })
        })
        .collect();
    desk.say.result(&json!(rows), || {
        let lines = list.iter().map(|one| {
            let result = one
                .counted
                .as_ref()
                .map(|of| office::result_words(lang, one.method.gives, of.result));
            let inputs: Vec<_> = one.method.input.iter().map(|input| &*input.id.id).collect();
            vec![
                one.method.id.id.clone(),
                words_of::text(lang, &one.method.name).to_owned(),
                result.unwrap_or_else(|| inputs.join(", ")),
                if one.relied { desk.say.t("w-relied") } else { String::new() },
            ]
        });
        table(lines.collect())
    });
    Ok(())
}

/// The documents of a case's procedure, and how far each is.
fn documents(desk: &Desk<'_>, office: &Office, no: Number) -> Result<(), Trouble> {
    let lang = desk.say.lang;
    let reader = office.reader()?;
    let opened = office.opened_case(&reader, no)?;
    let drawn = reader.case_documents(no)?;
    let is_drawn = |id: &str| drawn.iter().any(|row| row.item == id);
    let is_filed = |id: &str| opened.items.iter().any(|row| row.item == id);
    let list: Vec<_> = opened.documents().iter().flat_map(|of| &of.document).collect();
    let rows: Vec<_> = list
        .iter()
        .map(|of| {
            let id = &*of.item.id;
            json!({
                "item": id, "name": opened.item_name(lang, id),
                "filled_in": is_drawn(id), "in_file": is_filed(id),
            })
        })
        .collect();
    desk.say.result(&json!(rows), || {
        let lines = list.iter().map(|of| {
            let id = &*of.item.id;
            let key = match (is_filed(id), is_drawn(id)) {
                (true, _) => "w-document-filed",
                (false, true) => "w-document-drawn",
                (false, false) => "w-document-blank",
            };
            vec![id.to_owned(), opened.item_name(lang, id), desk.say.t(key)]
        });
        listed(desk, lines.collect(), list.len() as u64)
    });
    Ok(())
}

/// Fills a document in when something is given, prints it when a file is named, else shows it.
fn document(
    desk: &Desk<'_>,
    office: &Office,
    no: Number,
    item: &str,
    filled: Filled,
    out: Option<&std::path::Path>,
) -> Result<(), Trouble> {
    let lang = desk.say.lang;
    if !filled.is_empty() {
        let receipt = office.draw_document(&desk.ask(office), no, item, lang, filled)?;
        if out.is_none() {
            desk.done(&receipt);
            return Ok(());
        }
    }
    let reader = office.reader()?;
    let opened = office.opened_case(&reader, no)?;
    if let Some(out) = out {
        office::write_new(out, &office.document_pdf(&reader, &opened, item, lang)?)?;
        desk.say.result(&json!({ "out": out }), || format!("{}\n", out.display()));
        return Ok(());
    }
    let sheet = office.document_sheet(&reader, &opened, item, lang)?;
    let value: serde_json::Map<_, _> =
        sheet.fields.iter().map(|(field, text)| (field.id.id.clone(), json!(text))).collect();
    desk.say.result(&Value::Object(value), || {
        let lines = sheet.fields.iter().map(|(field, text)| {
            let name = words_of::text(lang, &field.name).to_owned();
            vec![field.id.id.clone(), name, text.replace('\n', " / ")]
        });
        table(lines.collect())
    });
    Ok(())
}

pub(super) fn scan_at(path: &std::path::Path) -> Result<Source, Trouble> {
    let mut found = Source::at(path)?;
    match (found.sources.pop(), found.sources.is_empty()) {
        (Some(source), true) => Ok(source),
        _ => Err(Trouble::Other("w-one-file", vec![], Sort::Refused)),
    }
}

pub(super) fn form(word: &str) -> Result<Form, Trouble> {
    Form::ALL.into_iter().find(|form| form.key() == word).ok_or_else(|| {
        let known: Vec<_> = Form::ALL.iter().map(|form| form.key()).collect();
        let args = vec![("text", word.chars().take(40).collect()), ("known", known.join(", "))];
        Trouble::Other("trouble-no-form", args, Sort::Refused)
    })
}

fn state(desk: &Desk<'_>, row: &CaseRow) -> String {
    let known = law().version(&row.procedure, row.version);
    let state = known.and_then(|known| known.state(&row.state));
    state.map_or_else(|| row.state.clone(), |s| words_of::text(desk.say.lang, &s.name).to_owned())
}

fn json_of(row: &CaseRow) -> Value {
    json!({
        "id": row.no, "procedure": row.procedure, "version": row.version, "company": row.company,
        "name": row.name, "title": row.title, "source": row.source, "happened": row.happened,
        "unit": row.unit, "state": row.state, "ended": row.ended,
    })
}

fn clock_json(desk: &Desk<'_>, opened: &OpenedCase, clock: &Clock<'_>) -> Value {
    let lang = desk.say.lang;
    json!({
        "deadline": clock.deadline.id.id, "name": words_of::text(lang, &clock.deadline.name),
        "kind": clock.deadline.kind.key(), "who": clock.deadline.who.id,
        "end": clock.end.map(|end| end.to_string()), "standing": clock.standing.key(),
        "cites": words_of::cite(lang, law().norms(), clock.cites), "mark": clock.mark.key(),
        "provisional": clock.provisional,
        "counted": words_of::counted(lang, law(), opened.procedure(), clock),
    })
}

fn show(desk: &Desk<'_>, office: &Office, reader: &Reader, id: &str) -> Result<(), Trouble> {
    let lang = desk.say.lang;
    let opened = office.opened_case(reader, number(id, Series::Case)?)?;
    let (row, procedure, now) = (&opened.row, opened.procedure(), office.local_now()?);
    let text = |idx: u64, field: &str| -> Result<Option<String>, Trouble> {
        Ok(office.field(reader, idx, field, None)?.text().map(str::to_owned))
    };
    let clocks = opened.clocks(now);
    let choices = opened.case.choices(now, &opened.papers());
    let mut notes = Vec::new();
    for step in &opened.steps {
        notes.push(text(step.idx, "note")?);
    }
    let said = text(row.idx, "text")?;
    let handler = row.handler_idx.map(|idx| text(idx, "handler")).transpose()?.flatten();
    let any = |any: &&catalog::AnyOf| words_of::any_of(lang, procedure, any);
    let refused =
        |refusal: &catalog::Refusal<'_>| words_of::refusal(lang, law(), procedure, refusal);
    let mut value = json_of(row);
    value["text"] = json!(said);
    value["handler"] = json!(handler);
    value["clocks"] = clocks.iter().map(|clock| clock_json(desk, &opened, clock)).collect();
    value["next"] = choices
        .iter()
        .map(|choice| {
            json!({
                "step": choice.step.id.id, "name": words_of::text(lang, &choice.step.name),
                "by": choice.step.by.iter().map(|role| &*role.id).collect::<Vec<_>>(),
                "missing": choice.missing.iter().map(|any| &any.ids).collect::<Vec<_>>(),
                "refusal": choice.refusal.as_ref().map(refused),
            })
        })
        .collect();
    value["file"] = opened
        .items
        .iter()
        .map(|item| {
            json!({
                "item": item.item, "paper": item.paper, "bears": item.bears, "dated": item.happened,
                "note": item.why,
            })
        })
        .collect();
    value["steps"] = opened
        .steps
        .iter()
        .zip(&notes)
        .map(|(step, note)| {
            json!({
                "no": step.no, "step": step.step, "by": step.role, "happened": step.happened,
                "minute": step.minute, "planned": step.planned, "note": note,
                "taken_back": step.withdrawn.is_some(),
            })
        })
        .collect();
    desk.say.result(&value, || {
        let t = |key: &str| desk.say.t(key);
        let facts = [
            ("w-col-procedure", words_of::text(lang, &procedure.title).to_owned()),
            ("w-col-state", state(desk, row)),
            ("field-company", row.name.clone().unwrap_or_default()),
            ("field-unit", row.unit.clone().unwrap_or_default()),
            ("field-handler", handler.unwrap_or_default()),
            ("w-case-text", said.unwrap_or_default()),
        ];
        let mut out = format!("{}  {}\n{}", row.no, row.title, super::facts(desk, facts));
        let clocks = clocks.iter().map(|clock| {
            let end = clock.end.map_or_else(|| "—".into(), |end| words_of::end(lang, end));
            let standing = t(&format!("law-standing-{}", clock.standing.key()));
            vec![end, standing, words_of::text(lang, &clock.deadline.name).to_owned()]
        });
        out += &format!("\n{}\n{}", t("cli-case-clocks"), table(clocks.collect()));
        let next = choices.iter().map(|choice| {
            let why = choice.refusal.as_ref().map(refused);
            let missing: Vec<_> = choice.missing.iter().map(any).collect();
            let lacks = (!missing.is_empty()).then(|| missing.join(&t("w-comma")));
            vec![
                choice.step.id.id.clone(),
                words_of::text(lang, &choice.step.name).to_owned(),
                why.or(lacks).unwrap_or_else(|| t("w-ready")),
            ]
        });
        out += &format!("\n{}\n{}", t("cli-case-next"), table(next.collect()));
        let file = opened.items.iter().map(|item| {
            let of = procedure.item(&item.item).or_else(|| law().elements().item(&item.item));
            let name = of.map_or("", |of| words_of::text(lang, &of.name)).to_owned();
            let day = item.happened.map(|day| day.to_string()).unwrap_or_default();
            vec![item.item.clone(), name, day]
        });
        out += &format!("\n{}\n{}", t("cli-case-file"), table(file.collect()));
        let log = opened.steps.iter().zip(notes).map(|(step, note)| {
            let name = procedure.step(&step.step).map_or("", |of| words_of::text(lang, &of.name));
            let back = step.withdrawn.map(|_| t("w-step-withdrawn")).unwrap_or_default();
            let note = note.unwrap_or_default();
            vec![step.no.to_string(), step.happened.to_string(), name.to_owned(), back, note]
        });
        out + &format!("\n{}\n{}", t("cli-case-log"), table(log.collect()))
    });
    Ok(())
}

fn due(desk: &Desk<'_>, office: &Office, days: u32, unit: Option<&str>) -> Result<(), Trouble> {
    let today: Day = office.today();
    let until = today.plus_days(days.into()).unwrap_or(today);
    let mut rows = office.due_clocks(&office.reader()?, until)?;
    rows.retain(|row| unit.is_none_or(|unit| row.unit.as_deref() == Some(unit)));
    let value: Vec<_> = rows
        .iter()
        .map(|row| {
            json!({
                "case": row.case, "title": row.title, "unit": row.unit,
                "deadline": row.due.deadline.id.id, "end": row.due.end.to_string(),
                "standing": row.due.standing.key(), "who": row.due.deadline.who.id,
            })
        })
        .collect();
    desk.say.result(&json!(value), || {
        let lines = rows.iter().map(|row| {
            vec![
                words_of::end(desk.say.lang, row.due.end),
                desk.say.t(&format!("law-standing-{}", row.due.standing.key())),
                words_of::text(desk.say.lang, &row.due.deadline.name).to_owned(),
                row.case.to_string(),
                row.title.clone(),
                row.unit.clone().unwrap_or_default(),
            ]
        });
        listed(desk, lines.collect(), rows.len() as u64)
    });
    Ok(())
}
