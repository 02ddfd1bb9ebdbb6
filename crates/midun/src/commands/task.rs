//! `midun task …`: what the station asks of this company.

use domain::Series;

use office::{Office, Trouble};
use serde_json::{Value, json};
use store::read::{TaskFilter, TaskRow};

use super::request::listed;
use super::{Desk, day, maybe_text, number, term_of};
use crate::args::Task;

pub fn run(desk: &Desk<'_>, args: Task) -> anyhow::Result<()> {
    let office = desk.office()?;
    match args {
        Task::List { open, limit } => {
            let filter = TaskFilter { open: open.then_some(true), limit, ..TaskFilter::default() };
            let reader = office.reader()?;
            let found = reader.tasks(&filter)?;
            let mut values = Vec::new();
            let mut lines = Vec::new();
            for row in &found.rows {
                let title = office.task_title(&reader, row)?;
                values.push(json_of(row, &title));
                lines.push(vec![
                    row.no.to_string(),
                    row.due.map(|due| due.to_string()).unwrap_or_default(),
                    desk.say.t(&Office::task_state(row)),
                    desk.say.t(&format!("task-sort-{}", row.sort.word())),
                    title,
                ]);
            }
            desk.say.result(&json!({ "total": found.total, "tasks": values }), || {
                match lines.is_empty() {
                    true => format!("{}\n", desk.say.t("cli-tasks-none")),
                    false => listed(desk, lines, found.total),
                }
            });
        }
        Task::Show { id } => show(desk, &office, &id)?,
        Task::Answer { id, name, contact } => {
            let (no, comes) = (number(&id, Series::Task)?, name.map(|name| (name, contact)));
            desk.done(&office.answer_invitation(&desk.ask(&office), no, comes, None)?);
        }
        Task::Progress { id, how, happened, note } => {
            let how = term_of!(Pace, &how)?;
            let happened = day(happened.as_deref())?.unwrap_or_else(|| office.today());
            let (no, note) = (number(&id, Series::Task)?, maybe_text(note.as_deref())?);
            desk.done(&office.progress_task(&desk.ask(&office), no, how, happened, note)?);
        }
    }
    Ok(())
}

fn json_of(row: &TaskRow, title: &str) -> Value {
    json!({
        "id": row.no, "link": row.link, "letter": row.seq, "sort": row.sort, "title": title,
        "theirs": row.theirs, "theme": row.theme, "grade": row.grade, "happened": row.happened,
        "due": row.due, "state": row.state, "open": row.open,
    })
}

fn show(desk: &Desk<'_>, office: &Office, id: &str) -> Result<(), Trouble> {
    let (reader, no) = (office.reader()?, number(id, Series::Task)?);
    let row = reader.task(no)?.ok_or(Trouble::Unknown(no))?;
    let text = |idx: u64, field: &str| -> Result<String, Trouble> {
        Ok(office.field(&reader, idx, field, None)?.text().unwrap_or_default().to_owned())
    };
    let title = office.task_title(&reader, &row)?;
    let (finding, advice) = (text(row.idx, "finding")?, text(row.idx, "advice")?);
    let mut steps = Vec::new();
    for step in reader.task_steps(no)? {
        let note = text(step.idx, "note")?;
        steps.push((step, note));
    }
    let mut value = json_of(&row, &title);
    value["finding"] = json!(finding);
    value["advice"] = json!(advice);
    value["steps"] = steps
        .iter()
        .map(|(step, note)| {
            json!({
                "happened": step.happened, "ours": step.ours, "said": step.said,
                "letter": step.seq, "due": step.due, "note": note,
            })
        })
        .collect();
    let from = reader.link(row.link)?.and_then(|link| link.name).unwrap_or_default();
    desk.say.result(&value, || {
        let facts = [
            ("w-task-from", format!("{from} {}", row.link)),
            ("w-task-theirs", row.theirs.map(|no| no.to_string()).unwrap_or_default()),
            ("w-task-finding", finding),
            ("w-task-advice", advice),
            ("field-due", row.due.map(|due| due.to_string()).unwrap_or_default()),
            ("w-col-state", desk.say.t(&Office::task_state(&row))),
        ];
        let mut out = format!("{no}  {title}\n{}", super::facts(desk, facts));
        let lines = steps.into_iter().map(|(step, note)| {
            let who = if step.ours { desk.say.t("w-task-ours") } else { from.clone() };
            let said = desk.say.t(&office::said_key(step.said));
            vec![step.happened.to_string(), who, said, note]
        });
        out += &super::table(lines.collect());
        out
    });
    Ok(())
}
