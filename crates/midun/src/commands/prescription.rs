//! `midun prescription …`: what a station prescribed, and how far companies have come.

use domain::Series;
use domain::terms::{Cure, Pace};
use office::{Office, Trouble};
use serde_json::{Value, json};
use store::read::{DeskFilter, PrescriptionRow};

use super::request::{filter, listed};
use super::{Desk, day, maybe_number, maybe_text, number, term_of};
use crate::args::Prescription;

pub fn run(desk: &Desk<'_>, args: Prescription) -> anyhow::Result<()> {
    let office = desk.office()?;
    let no = |text: &str| number(text, Series::Prescription);
    let on = |text: Option<&str>| Ok::<_, Trouble>(day(text)?.unwrap_or_else(|| office.today()));
    match args {
        Prescription::List { query } => {
            let state = query.state.as_deref().map(|word| term_of!(Cure, word));
            let state = state.transpose()?.map(Cure::word);
            let filter = DeskFilter { state, ..filter(&office, &query)? };
            let found = office.reader()?.prescriptions(&filter)?;
            let rows: Vec<_> = found.rows.iter().map(json_of).collect();
            desk.say.result(&json!({ "total": found.total, "prescriptions": rows }), || {
                let lines = found.rows.iter().map(|row| {
                    vec![
                        row.no.to_string(),
                        row.due.to_string(),
                        desk.say.t(&format!("cure-{}", row.state.word())),
                        desk.say.t(&format!("grade-{}", row.grade.word())),
                        row.name.clone(),
                        ask(desk, row),
                    ]
                });
                listed(desk, lines.collect(), found.total)
            });
        }
        Prescription::Show { id } => show(desk, &office, &id)?,
        Prescription::Progress { id, how, happened, note } => {
            let (how, happened) = (term_of!(Pace, &how)?, on(happened.as_deref())?);
            let note = maybe_text(note.as_deref())?;
            desk.done(&office.progress(&desk.ask(&office), no(&id)?, how, happened, note)?);
        }
        Prescription::Review { id, verdict, due, visit, happened, note } => {
            let seen = (term_of!(Review, &verdict)?, day(due.as_deref())?);
            let visit = maybe_number(visit.as_deref(), Series::Visit)?;
            let (happened, note) = (on(happened.as_deref())?, maybe_text(note.as_deref())?);
            let ask = desk.ask(&office);
            desk.done(&office.review(&ask, no(&id)?, seen, visit, happened, note)?);
        }
    }
    Ok(())
}

/// The question of the point.
fn ask(desk: &Desk<'_>, row: &PrescriptionRow) -> String {
    let point = office::checklists().iter().find_map(|list| list.point(&row.point));
    let words = |ask| words::law::text(desk.say.lang, ask).to_owned();
    point.map_or_else(|| row.point.clone(), |(_, point)| words(&point.ask))
}

fn json_of(row: &PrescriptionRow) -> Value {
    json!({
        "id": row.no, "company": row.company, "name": row.name, "visit": row.visit,
        "point": row.point, "theme": row.theme, "grade": row.grade, "happened": row.happened,
        "due": row.due, "state": row.state, "reviewed": row.reviewed,
    })
}

fn show(desk: &Desk<'_>, office: &Office, id: &str) -> Result<(), Trouble> {
    let (reader, no) = (office.reader()?, number(id, Series::Prescription)?);
    let row = reader.prescription(no)?.ok_or(Trouble::Unknown(no))?;
    let text = |idx: u64, field: &str| -> Result<String, Trouble> {
        Ok(office.field(&reader, idx, field, None)?.text().unwrap_or_default().to_owned())
    };
    let (finding, advice) = (text(row.idx, "finding")?, text(row.idx, "advice")?);
    let mut steps = Vec::new();
    for step in reader.prescription_steps(no)? {
        let note = text(step.idx, "note")?;
        steps.push((step, note));
    }
    let mut value = json_of(&row);
    value["finding"] = json!(finding);
    value["advice"] = json!(advice);
    value["steps"] = steps
        .iter()
        .map(|(step, note)| {
            json!({
                "happened": step.happened, "word": step.word, "visit": step.visit,
                "due": step.due, "note": note, "node": step.link,
            })
        })
        .collect();
    desk.say.result(&value, || {
        let facts = [
            ("field-company", format!("{} {}", row.name, row.company)),
            ("w-visit", row.visit.to_string()),
            ("field-grade", desk.say.t(&format!("grade-{}", row.grade.word()))),
            ("field-finding", finding),
            ("field-advice", advice),
            ("field-due", row.due.to_string()),
            ("w-col-state", desk.say.t(&format!("cure-{}", row.state.word()))),
        ];
        let mut out = format!("{no}  {}\n{}", ask(desk, &row), super::facts(desk, facts));
        let lines = steps.into_iter().map(|(step, note)| {
            let prefix = if Pace::from_word(&step.word).is_some() { "pace" } else { "review" };
            let word = desk.say.t(&format!("{prefix}-{}", step.word));
            let who = if step.link.is_some() { "w-step-node" } else { "w-step-station" };
            vec![step.happened.to_string(), desk.say.t(who), word, note]
        });
        out += &super::table(lines.collect());
        out
    });
    Ok(())
}
