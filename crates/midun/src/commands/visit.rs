//! `midun visit …` and `midun checklist`: a station's people at companies.

use std::path::Path;

use domain::terms::VisitState;
use domain::workstation::PlanVisit;
use domain::{Number, Series};
use office::{Office, Sort, Trouble};
use serde_json::{Value, json};
use store::Reader;
use store::read::{DeskFilter, VisitRow};

use super::request::{filter, listed};
use super::{Desk, day, maybe_number, number, term_of};
use crate::args::Visit;

pub fn run(desk: &Desk<'_>, args: Visit) -> anyhow::Result<()> {
    let office = desk.office()?;
    match args {
        Visit::Plan { company, title, day: on, expert, checklist, request, after } => {
            let experts = expert.iter().map(|no| number(no, Series::Expert));
            let plan = PlanVisit {
                company: number(&company, Series::Company)?,
                day: day(Some(&on))?.unwrap_or_else(|| office.today()),
                title,
                experts: experts.collect::<Result<_, _>>()?,
                checklist,
                request: maybe_number(request.as_deref(), Series::Request)?,
                follows: maybe_number(after.as_deref(), Series::Visit)?,
            };
            desk.done(&office.plan_visit(&desk.ask(&office), plan)?);
        }
        Visit::List { query } => {
            let state = query.state.as_deref().map(|word| term_of!(VisitState, word));
            let state = state.transpose()?.map(VisitState::word);
            let filter = DeskFilter { state, ..filter(&office, &query)? };
            let found = office.reader()?.visits(&filter)?;
            let rows: Vec<_> = found.rows.iter().map(json_of).collect();
            desk.say.result(&json!({ "total": found.total, "visits": rows }), || {
                let lines = found.rows.iter().map(|row| {
                    vec![
                        row.no.to_string(),
                        row.day.to_string(),
                        desk.say.t(&format!("visit-state-{}", row.state.word())),
                        row.name.clone(),
                        row.title.clone(),
                        row.prescriptions.to_string(),
                    ]
                });
                listed(desk, lines.collect(), found.total)
            });
        }
        Visit::Show { id } => show(desk, &office, &id)?,
        Visit::Cancel { id, why } => {
            let no = number(&id, Series::Visit)?;
            desk.done(&office.cancel_visit(&desk.ask(&office), no, why)?);
        }
        Visit::Form { id, out } => {
            let (_, row) = entry(&office, &id)?;
            let text = office::visit_form(office.list_of(&row)?, desk.say.lang);
            write(desk, &out, text.as_bytes())?;
        }
        Visit::Record { id, form, happened } => {
            let (_, row) = entry(&office, &id)?;
            let happened = day(happened.as_deref())?.unwrap_or(row.day.min(office.today()));
            let bytes = super::company::read(&form)?;
            let list = office.list_of(&row)?;
            let form = office::read_visit_form(&bytes, row.no, list, happened)?;
            desk.done(&office.record_visit(&desk.ask(&office), form)?);
        }
        Visit::Report { id, out } => {
            let (reader, row) = entry(&office, &id)?;
            write(desk, &out, &office.diagnosis(&reader, &row, desk.say.lang)?)?;
        }
    }
    Ok(())
}

/// The checklists, or the points of one.
pub fn checklist(desk: &Desk<'_>, id: Option<&str>) -> Result<(), Trouble> {
    let say = |text| words::law::text(desk.say.lang, text).to_owned();
    let Some(id) = id else {
        let lists = office::checklists();
        let value: Value =
            lists.iter().map(|list| json!({ "id": list.id, "title": say(&list.title) })).collect();
        desk.say.result(&value, || {
            super::table(lists.iter().map(|l| vec![l.id.clone(), say(&l.title)]).collect())
        });
        return Ok(());
    };
    let list = office::checklist(id).ok_or_else(|| {
        let known: Vec<&str> = office::checklists().iter().map(|list| &*list.id).collect();
        let args = vec![("text", id.to_owned()), ("known", known.join(", "))];
        Trouble::Other("trouble-no-checklist", args, Sort::NotFound)
    })?;
    let value: Value = list
        .points()
        .map(|(theme, point)| {
            json!({
                "point": point.id.id, "theme": theme.id.id, "ask": say(&point.ask),
                "look": say(&point.look), "advice": say(&point.advice),
                "grade": point.grade.key(), "days": point.days,
                "cites": point.cites.as_ref().map(ToString::to_string),
            })
        })
        .collect();
    desk.say.result(&value, || {
        let rows = list.points().map(|(theme, point)| {
            let grade = desk.say.t(&format!("grade-{}", point.grade.key()));
            vec![point.id.id.clone(), say(&theme.name), grade, say(&point.ask)]
        });
        super::table(rows.collect())
    });
    Ok(())
}

fn entry(office: &Office, id: &str) -> Result<(Reader, VisitRow), Trouble> {
    let (reader, no) = (office.reader()?, number(id, Series::Visit)?);
    let row = reader.visit(no)?.ok_or(Trouble::Unknown(no))?;
    Ok((reader, row))
}

/// Writes a file that was not there.
pub fn write(desk: &Desk<'_>, path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    use std::io::Write as _;
    let disk = |source| Trouble::Disk { path: path.to_owned(), source };
    let mut file = std::fs::File::create_new(path).map_err(disk)?;
    file.write_all(bytes).map_err(disk)?;
    let shown = path.display().to_string();
    desk.say.result(&json!({ "path": shown }), || format!("{shown}\n"));
    Ok(())
}

fn json_of(row: &VisitRow) -> Value {
    let marks: serde_json::Map<_, _> =
        row.marks.iter().map(|(point, mark)| (point.clone(), json!(mark))).collect();
    json!({
        "id": row.no, "company": row.company, "name": row.name, "day": row.day,
        "title": row.title, "checklist": row.checklist, "request": row.request,
        "follows": row.follows, "state": row.state, "marks": marks,
        "prescriptions": row.prescriptions,
    })
}

fn show(desk: &Desk<'_>, office: &Office, id: &str) -> Result<(), Trouble> {
    let (reader, row) = entry(office, id)?;
    let note = match row.made_idx {
        Some(idx) => office.field(&reader, idx, "note", None)?.text().map(str::to_owned),
        None => None,
    };
    let experts: Vec<Number> = reader.visit_experts(row.no)?;
    let written = reader.prescriptions_of(row.no)?;
    let mut value = json_of(&row);
    value["note"] = json!(note);
    value["experts"] = json!(experts);
    value["written"] = written.iter().map(|row| row.no.to_string()).collect();
    let list = office.list_of(&row)?;
    desk.say.result(&value, || {
        let experts: Vec<_> = experts.iter().map(Number::to_string).collect();
        let facts = [
            ("field-company", format!("{} {}", row.name, row.company)),
            ("w-visit-day", row.day.to_string()),
            ("w-col-state", desk.say.t(&format!("visit-state-{}", row.state.word()))),
            ("field-experts", experts.join(", ")),
            ("field-note", note.unwrap_or_default()),
        ];
        let mut out = format!("{}  {}\n{}", row.no, row.title, super::facts(desk, facts));
        let seen = list.points().filter_map(|(_, point)| {
            let (_, mark) = row.marks.iter().find(|(id, _)| *id == point.id.id)?;
            let mark = desk.say.t(&format!("mark-{}", mark.word()));
            Some(vec![mark, words::law::text(desk.say.lang, &point.ask).to_owned()])
        });
        out += &super::table(seen.collect());
        let lines = written.iter().map(|row| {
            let grade = desk.say.t(&format!("grade-{}", row.grade.word()));
            let state = desk.say.t(&format!("cure-{}", row.state.word()));
            vec![row.no.to_string(), grade, row.due.to_string(), state, row.point.clone()]
        });
        out += &super::table(lines.collect());
        out
    });
    Ok(())
}
