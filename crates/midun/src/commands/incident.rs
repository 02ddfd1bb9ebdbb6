//! `midun incident …`: a suspected leak from the first suspicion to the doors open to the company.

use std::path::Path;

use domain::incident::Act;
use domain::terms::Conduct;
use domain::{Day, Number, Series};
use office::{
    Brief, HandForm, IncidentForm, Office, PreserveForm, ReckonForm, Sort, Trouble, routes,
};
use serde_json::{Value, json};
use store::Reader;
use store::read::IncidentRow;

use super::case::{form, pairs, scan_at};
use super::{Desk, any_number, day, facts, maybe_text, number, table, term_of};
use crate::args::{ActArgs, Incident, OutArgs};

pub fn run(desk: &Desk<'_>, args: Incident) -> anyhow::Result<()> {
    let office = desk.office()?;
    let no = |text: &str| number(text, Series::Incident);
    let today = office.today();
    match args {
        Incident::Open { title, act, text, others } => {
            let (act, text) = (act_of(&act, today)?, maybe_text(text.as_deref())?);
            let form = IncidentForm { title, act, text, others };
            desk.done(&office.open_incident(&desk.ask(&office), form)?);
        }
        Incident::List { all } => list(desk, &office.reader()?, all)?,
        Incident::Show { id } => {
            let reader = office.reader()?;
            show(desk, &office, &reader, &row(&reader, no(&id)?)?)?;
        }
        Incident::Revise { id, act, why } => {
            let act = act_of(&act, today)?;
            desk.done(&office.revise_incident(&desk.ask(&office), no(&id)?, act, why)?);
        }
        Incident::Note { id, text, happened } => {
            let (happened, text) = (day(happened.as_deref())?, Office::read_text(&text)?);
            desk.done(&office.note_incident(&desk.ask(&office), no(&id)?, happened, text)?);
        }
        Incident::Link { id, thing, shows, remove, why } => {
            let (no, thing, ask) = (no(&id)?, any_number(&thing)?, desk.ask(&office));
            desk.done(&match remove {
                true => office.unlink_incident(&ask, no, thing, why.unwrap_or_default())?,
                false => office.link_incident(&ask, no, thing, shows)?,
            });
        }
        Incident::Preserve { id, item, file, origin, collector, method, dated, taken, bears } => {
            let form = PreserveForm {
                incident: no(&id)?,
                item,
                source: file.map(|path| scan_at(&path)).transpose()?,
                bears: bears.iter().map(|word| form(word)).collect::<Result<_, _>>()?,
                dated: day(dated.as_deref())?,
                happened: day(taken.as_deref())?.unwrap_or(today),
                origin,
                collector,
                method,
            };
            desk.done(&office.preserve(&desk.ask(&office), form)?);
        }
        Incident::Hand { id, exhibit, to, from, happened, note } => {
            let form = HandForm {
                incident: no(&id)?,
                exhibit,
                happened: day(happened.as_deref())?.unwrap_or(today),
                giver: from,
                taker: Some(to),
                text: note,
            };
            desk.done(&office.hand_exhibit(&desk.ask(&office), form)?);
        }
        Incident::Drop { id, exhibit, why } => {
            desk.done(&office.drop_exhibit(&desk.ask(&office), no(&id)?, exhibit, why)?);
        }
        Incident::Reckon { id, method, sheet, with, basis, rely } => {
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
        Incident::Doors { id, route, out } => {
            let reader = office.reader()?;
            let row = row(&reader, no(&id)?)?;
            let sheet = match &route {
                None => office.options_board(&reader, &row, desk.say.lang)?,
                Some(route) => office
                    .door_sheet(&reader, &row, route, desk.say.lang)?
                    .ok_or_else(|| no_route(route))?,
            };
            give(desk, &office, &row, &sheet, out.as_deref())?;
        }
        Incident::Go { id, route, out: OutArgs { out, .. } } => {
            let reader = office.reader()?;
            let row = row(&reader, no(&id)?)?;
            let sheet = office.go_sheet(&reader, &row, &route, desk.say.lang)?;
            let sheet = sheet.ok_or_else(|| no_route(&route))?;
            give(desk, &office, &row, &sheet, out.as_deref())?;
        }
        Incident::Moot { id, out: OutArgs { out, .. } } => {
            let reader = office.reader()?;
            let row = row(&reader, no(&id)?)?;
            let sheet = office.moot_sheet(&reader, &row, desk.say.lang)?;
            give(desk, &office, &row, &sheet, out.as_deref())?;
        }
        Incident::Close { id, outcome, happened, note } => {
            let outcome = term_of!(Outcome, &outcome)?;
            let end = (outcome, day(happened.as_deref())?.unwrap_or(today));
            let text = maybe_text(note.as_deref())?;
            desk.done(&office.close_incident(&desk.ask(&office), no(&id)?, end, text)?);
        }
        Incident::Reopen { id, why } => {
            desk.done(&office.reopen_incident(&desk.ask(&office), no(&id)?, why)?);
        }
    }
    Ok(())
}

fn row(reader: &Reader, no: Number) -> Result<IncidentRow, Trouble> {
    reader.incident(no)?.ok_or(Trouble::Unknown(no))
}

fn no_route(text: &str) -> Trouble {
    let known: Vec<_> = routes().route.iter().map(|route| &*route.id.id).collect();
    let args = vec![("text", text.chars().take(40).collect()), ("known", known.join(", "))];
    Trouble::Other("trouble-no-route", args, Sort::NotFound)
}

fn act_of(args: &ActArgs, today: Day) -> Result<Act, Trouble> {
    let all = |list: &[String], series| {
        list.iter().map(|text| number(text, series)).collect::<Result<Vec<_>, _>>()
    };
    let conduct: Conduct = term_of!(Conduct, &args.conduct)?;
    let from = day(Some(&args.from))?.unwrap_or(today);
    Ok(Act {
        conduct,
        secrets: all(&args.secret, Series::Secret)?,
        persons: all(&args.person, Series::Person)?,
        partners: all(&args.partner, Series::Partner)?,
        from,
        until: day(args.until.as_deref())?.unwrap_or(from),
        noticed: day(args.noticed.as_deref())?.unwrap_or(today),
    })
}

fn json_of(row: &IncidentRow) -> Value {
    json!({
        "id": row.no, "title": row.title, "conduct": row.conduct, "secrets": row.secrets,
        "persons": row.persons, "partners": row.partners, "from": row.from, "until": row.until,
        "noticed": row.noticed, "outcome": row.outcome, "closed": row.closed,
    })
}

fn list(desk: &Desk<'_>, reader: &Reader, all: bool) -> Result<(), Trouble> {
    let rows = reader.incidents((!all).then_some(false))?;
    let value: Vec<_> = rows.iter().map(json_of).collect();
    desk.say.result(&json!(value), || {
        let lines = rows.iter().map(|row| {
            let state = match row.outcome {
                Some(outcome) => desk.say.t(&format!("outcome-{}", outcome.word())),
                None => desk.say.t("w-incident-open"),
            };
            let days = format!("{} – {}", row.from, row.until);
            vec![row.no.to_string(), days, state, row.title.clone()]
        });
        table(lines.collect())
    });
    Ok(())
}

fn show(
    desk: &Desk<'_>,
    office: &Office,
    reader: &Reader,
    row: &IncidentRow,
) -> Result<(), Trouble> {
    let field = |idx: u64, name: &str| -> Result<String, Trouble> {
        Ok(office.field(reader, idx, name, None)?.text().unwrap_or_default().to_owned())
    };
    let exhibits = reader.exhibits(row.no)?;
    let handings = reader.handings(row.no)?;
    let mut list = Vec::new();
    for one in &exhibits {
        let mut hands = Vec::new();
        for handing in handings.iter().filter(|handing| handing.exhibit == one.no) {
            hands.push(json!({
                "happened": handing.happened, "from": field(handing.idx, "giver")?,
                "to": field(handing.idx, "taker")?, "note": field(handing.idx, "text")?,
            }));
        }
        list.push(json!({
            "no": one.no, "item": one.item, "paper": one.paper, "bears": one.bears,
            "dated": one.dated, "taken": one.happened, "leaf": one.idx,
            "origin": field(one.idx, "origin")?, "collector": field(one.idx, "collector")?,
            "method": field(one.idx, "method")?, "dropped": one.dropped.is_some(),
            "hands": hands,
        }));
    }
    let mut links = Vec::new();
    for one in reader.incident_links(row.no)? {
        links.push(json!({ "thing": one.thing, "shows": field(one.idx, "text")? }));
    }
    let mut notes = Vec::new();
    for one in reader.incident_notes(row.no)? {
        notes.push(json!({ "happened": one.happened, "text": field(one.idx, "text")? }));
    }
    let text = field(row.idx, "text")?;
    let others = field(row.idx, "others")?;
    let mut value = json_of(row);
    value["text"] = json!(text);
    value["others"] = json!(others);
    value["exhibits"] = json!(list);
    value["links"] = json!(links);
    value["notes"] = json!(notes);
    desk.say.result(&value, || {
        let suspects = row.persons.iter().chain(&row.partners);
        let suspects: Vec<_> = suspects.map(|no| office.called(reader, *no)).collect();
        let secrets: Vec<_> = row.secrets.iter().map(|no| office.called(reader, *no)).collect();
        let mut out = facts(
            desk,
            [
                ("field-incident", format!("{} {}", row.no, row.title)),
                ("field-conduct", desk.say.t(&format!("conduct-{}", row.conduct.word()))),
                ("w-nav-secrets", secrets.join(", ")),
                ("w-suspect", suspects.join(", ")),
                ("field-others", others.clone()),
                ("field-act", format!("{} – {}", row.from, row.until)),
                ("field-noticed", row.noticed.to_string()),
                ("w-incident-text", text.clone()),
            ],
        );
        let word = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let rows = list.iter().map(|one| {
            vec![
                desk.say.tr("w-exhibit-no", &[("n", one["no"].to_string())]),
                word(one, "item"),
                word(one, "dated"),
                word(one, "collector"),
                word(one, "origin"),
            ]
        });
        out += &format!("\n{}\n{}", desk.say.t("w-exhibits"), table(rows.collect()));
        let rows = links.iter().map(|one| vec![word(one, "thing"), word(one, "shows")]);
        out += &format!("\n{}\n{}", desk.say.t("w-incident-links"), table(rows.collect()));
        let rows = notes.iter().map(|one| vec![word(one, "happened"), word(one, "text")]);
        out += &format!("\n{}\n{}", desk.say.t("w-incident-notes"), table(rows.collect()));
        out
    });
    Ok(())
}

/// A sheet on the terminal, or as PDF in a new file.
fn give(
    desk: &Desk<'_>,
    office: &Office,
    row: &IncidentRow,
    sheet: &Brief,
    out: Option<&Path>,
) -> Result<(), Trouble> {
    if let Some(out) = out {
        let pdf = office.sheet_pdf(&office.reader()?, row, sheet, desk.say.lang)?;
        office::write_new(out, &pdf)?;
        desk.say.result(&json!({ "out": out, "size": pdf.len() }), || {
            let args = [("path", out.display().to_string())];
            format!("{}\n", desk.say.tr("cli-sheet-written", &args))
        });
        return Ok(());
    }
    let cell = |cell: &office::BriefCell| {
        let state = cell.state.as_ref();
        json!({
            "text": cell.text, "sub": cell.sub, "state": state.map(|(class, _)| class),
            "says": state.map(|(_, words)| words),
        })
    };
    let tables: Vec<_> = sheet
        .tables
        .iter()
        .map(|table| {
            let rows: Vec<Vec<Value>> =
                table.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
            json!({ "title": table.title, "rows": rows })
        })
        .collect();
    let notes: Vec<_> = sheet.notes.iter().map(|(_, words)| words).collect();
    let value = json!({
        "title": sheet.title, "lead": sheet.lead, "notes": notes, "tables": tables,
    });
    desk.say.result(&value, || {
        let mut text = format!("{}\n{}\n", sheet.title, sheet.lead);
        for (_, words) in &sheet.notes {
            text += &format!("  {words}\n");
        }
        for table in &sheet.tables {
            text += &format!("\n## {}\n", table.title);
            for row in &table.rows {
                for (at, cell) in row.iter().enumerate() {
                    let state = cell.state.as_ref().map(|(_, words)| format!("[{words}]"));
                    let parts = [state.unwrap_or_default(), cell.text.clone(), cell.sub.clone()];
                    let parts: Vec<_> = parts.into_iter().filter(|one| !one.is_empty()).collect();
                    if !parts.is_empty() {
                        let lead = if at == 0 { "- " } else { "    " };
                        text += &format!("{lead}{}\n", parts.join("  "));
                    }
                }
            }
        }
        text
    });
    Ok(())
}
