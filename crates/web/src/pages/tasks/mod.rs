//! 任务: what the station asks of this company, and what the company says back.

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::Series;
use domain::terms::{Cure, LetterWay, Pace, TaskSort};
use office::{Office, Trouble};
use store::Receipt;
use store::read::{TaskFilter, TaskRow};

use super::requests::sealed;
use super::today::Task;
use super::{number, prescriptions, submit};
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form, terms};
use crate::input::{Errors, Input, Posted, Reading};
use crate::list::{Act, Asked, Cell, List, Table, select};
use crate::problem::Problem;
use crate::shell::Section;
use crate::show::Status;
use crate::thing::Thing;
use crate::visitor::Member;

/// Saved views: the word in the URL.
const VIEWS: [&str; 4] = ["", "open", "done", "over"];
/// So many tasks get a line each on the first page; more are one line together.
const EACH_MAX: u32 = 4;

/// How far a task is, and how it stands with its day.
fn status(desk: &Desk, row: &TaskRow) -> Status {
    let words = desk.t(&Office::task_state(row));
    match (row.state, row.due) {
        (Cure::Cured, _) => Status::new("ok", words),
        (Cure::Dropped, _) => Status::new("done", words),
        (Cure::Done, _) => Status::new("part", words),
        (_, Some(due)) => {
            let due = desk.due(due);
            Status::new(due.class, desk.tr("w-two-words", &[("one", &words), ("two", &due.text)]))
        }
        (_, None) => Status::new("", words),
    }
}

fn title(desk: &Desk, row: &TaskRow) -> Result<String, Problem> {
    Ok(desk.office().task_title(&desk.reader, row)?)
}

fn table(desk: &Desk, rows: &[TaskRow]) -> Result<Table, Problem> {
    let heads = [
        ("w-col-task", ""),
        ("w-task-sort", "p2"),
        ("w-task-from", "p2"),
        ("field-due", ""),
        ("w-col-state", ""),
    ];
    let mut lines = Vec::new();
    for row in rows {
        lines.push(vec![
            Cell::link(href(row.no), title(desk, row)?).sub(row.no.to_string()),
            Cell::text(desk.t(&format!("task-sort-{}", row.sort.word()))),
            Cell::link(href(row.link), desk.name(row.link)),
            Cell::text(row.due.map(|due| due.to_string()).unwrap_or_default()),
            Cell::status(status(desk, row)),
        ]);
    }
    Ok(Table::new(desk, &heads).with(lines))
}

fn of_view(view: &str) -> TaskFilter {
    let all = TaskFilter::default();
    match view {
        "open" => TaskFilter { open: Some(true), ..all },
        "done" => TaskFilter { state: Some(Cure::Done), ..all },
        "over" => TaskFilter { state: Some(Cure::Cured), ..all },
        _ => all,
    }
}

/// `GET /tasks`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let sorts: &[(&'static str, crate::list::Word)] =
            &[("sort", |word| TaskSort::from_word(word).map(TaskSort::word))];
        let asked = Asked::read("/tasks", &VIEWS, sorts, query);
        let filter = TaskFilter {
            sort: TaskSort::from_word(asked.chosen("sort")),
            limit: asked.place.size,
            offset: asked.place.offset(),
            ..of_view(asked.view)
        };
        let found = desk.reader.tasks(&filter)?;
        let mut list = List::new(desk, "/tasks", "w-nav-tasks", table(desk, &found.rows)?);
        list.lead = desk.t("w-tasks-lead");
        if desk.reader.last(Series::Task)? == 0 {
            list.none = (desk.t("w-tasks-none"), desk.t("w-tasks-none-why"));
        }
        let words = TaskSort::ALL.iter().map(|sort| sort.word());
        let on = asked.chosen("sort");
        list.selects = vec![select(desk, "sort", "w-task-sort", "task-sort", words, on)];
        let shown = (found.rows.len(), found.total);
        asked.onto(desk, &mut list, "w-tasks", shown, |view| {
            Ok(desk.reader.task_count(&of_view(view))?)
        })?;
        // Titles are sealed, so words are not looked for.
        list.text = None;
        list.page(desk, Section::Tasks)
    })
    .await
}

fn entry(desk: &Desk, no: &str) -> Result<TaskRow, Problem> {
    desk.reader.task(number(no, Series::Task)?)?.ok_or(Problem::NotFound)
}

fn is_over(row: &TaskRow) -> bool {
    matches!(row.state, Cure::Cured | Cure::Dropped)
}

/// `GET /tasks/RW-0001`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let mut thing = Thing::new(desk, row.no, ("/tasks", "w-nav-tasks"), title(desk, &row)?)?;
        let sort = desk.t(&format!("task-sort-{}", row.sort.word()));
        thing.lead = format!("{sort} · {}", status(desk, &row).text);
        if !is_over(&row) {
            let at = format!("{}/progress", href(row.no));
            let label = match row.sort {
                TaskSort::Invitation => "w-answer-invitation",
                _ => "w-task-progress",
            };
            thing.acts = vec![Act::new(desk, at, label).first()];
        }
        let finding = match row.sort {
            TaskSort::Prescription => "w-task-finding",
            TaskSort::Warning | TaskSort::Invitation => "w-task-says",
        };
        thing.words(desk, finding, sealed(desk, row.idx, "finding")?);
        thing.words(desk, "w-task-advice", sealed(desk, row.idx, "advice")?);
        let mut lines = Vec::new();
        for step in desk.reader.task_steps(row.no)? {
            let (who, way) = match step.ours {
                true => (desk.t("w-task-ours"), LetterWay::Out),
                false => (desk.name(row.link), LetterWay::In),
            };
            let letter = format!("{}/{}/{}", href(row.link), way.word(), step.seq);
            lines.push(vec![
                Cell::text(step.happened.to_string()),
                Cell::text(who),
                Cell::text(desk.t(&office::said_key(step.said)))
                    .sub(sealed(desk, step.idx, "note")?),
                Cell::text(step.due.map(|day| day.to_string()).unwrap_or_default()),
                Cell::link(letter, desk.letter_line(way, step.seq, None)),
            ]);
        }
        let heads = [
            ("field-happened", ""),
            ("w-task-who", ""),
            ("w-col-progress", ""),
            ("w-new-due", "p2"),
            ("w-task-letter", "p2"),
        ];
        let steps = Table::new(desk, &heads).with(lines);
        thing.table(desk, "w-task-steps", steps, "w-task-steps-none");
        thing.fact_of(desk, "w-task-from", Some(row.link));
        thing.fact(desk, "w-task-theirs", row.theirs.map(|no| no.to_string()).unwrap_or_default());
        let theme = row.theme.map(|theme| desk.t(&format!("theme-{}", theme.word())));
        thing.fact(desk, "field-theme", theme.unwrap_or_default());
        let grade = row.grade.map(|grade| prescriptions::grade(desk, grade).text);
        thing.fact(desk, "field-grade", grade.unwrap_or_default());
        thing.fact(desk, "w-task-happened", row.happened.to_string());
        thing.fact(desk, "field-due", row.due.map(|due| due.to_string()).unwrap_or_default());
        let letter = format!("{}/in/{}", href(row.link), row.seq);
        let words = desk.letter_line(LetterWay::In, row.seq, None);
        thing.facts.push((desk.t("w-task-letter"), words, letter));
        thing.page(desk, Section::Tasks)
    })
    .await
}

/// The form that answers an invitation.
fn answering(desk: &Desk, row: &TaskRow, input: &Input) -> Form {
    let comes = ["yes", "no"].map(|word| {
        Choice::new(word, desk.t(&format!("w-comes-{word}")), input.has("comes", word))
    });
    let action = format!("{}/progress", href(row.no));
    Form::new(desk, "w-answer-invitation", action, "w-do-report")
        .crumb(desk, "/tasks", "w-nav-tasks")
        .about(desk, row.no)
        .lead(desk.t("w-answer-invitation-lead"))
        .ask(Field::radio(desk, "comes", "w-comes", comes.into(), input).row())
        .ask(Field::text(desk, "name", "w-who-comes", input).skip())
        .ask(Field::text(desk, "contact", "w-attendee-contact", input).skip())
        .ask(Field::area(desk, "note", "field-note", input).hint(desk, "w-task-note-hint").skip())
}

/// What came of that form.
fn answer(r: &mut Reading<'_>, row: &TaskRow) -> Result<Option<Receipt>, Trouble> {
    let comes = match r.input.get("comes") {
        "yes" => Some((r.must_text("name", "w-who-comes"), r.text("contact"))),
        "no" => None,
        _ => {
            r.wrong("comes", "w-choose");
            None
        }
    };
    if !r.is_right() {
        return Ok(None);
    }
    r.desk.office().answer_invitation(&r.ask(), row.no, comes, r.text("note")).map(Some)
}

fn make(desk: &Desk, row: &TaskRow, input: &Input) -> Result<Form, Problem> {
    if row.sort == TaskSort::Invitation {
        return Ok(answering(desk, row, input));
    }
    let paces = match row.sort {
        TaskSort::Prescription => Pace::ALL,
        TaskSort::Warning | TaskSort::Invitation => &[Pace::Started, Pace::Done],
    };
    let how = terms(desk, input, "how", "pace", paces.iter().map(|pace| pace.word()));
    Ok(Form::new(desk, "w-task-progress", format!("{}/progress", href(row.no)), "w-do-report")
        .crumb(desk, "/tasks", "w-nav-tasks")
        .about(desk, row.no)
        .lead(desk.tr("w-task-progress-lead", &[("name", &desk.name(row.link))]))
        .ask(Field::radio(desk, "how", "w-how-far", how, input))
        .ask(Field::day(desk, "happened", "field-happened", input))
        .ask(Field::area(desk, "note", "field-note", input).hint(desk, "w-task-note-hint").skip()))
}

/// `GET /tasks/RW-0001/progress`.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let input = Input::of([("happened", desk.today().to_string())]);
        make(desk, &row, &input)?.page(desk, Section::Tasks, &input, &Errors::new())
    })
    .await
}

/// `POST` of the same.
pub(crate) async fn send(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let row = entry(desk, &no)?;
        submit(
            desk,
            Section::Tasks,
            &posted,
            |desk, input| make(desk, &row, input),
            |r| {
                if row.sort == TaskSort::Invitation {
                    return Ok(answer(r, &row)?.map(|receipt| (href(row.no), receipt)));
                }
                let (how, happened) = (r.must_term("how", Pace::from_word), r.must_day("happened"));
                let (Some(how), Some(happened), true) = (how, happened, r.is_right()) else {
                    return Ok(None);
                };
                let note = r.text("note");
                let receipt = desk.office().progress_task(&r.ask(), row.no, how, happened, note)?;
                Ok(Some((href(row.no), receipt)))
            },
        )
    })
    .await
}

/// What the station asks of this company, for the first page.
pub(crate) fn waiting(desk: &Desk, tasks: &mut Vec<Task>) -> Result<(), Problem> {
    let filter = TaskFilter { open: Some(true), limit: EACH_MAX, ..TaskFilter::default() };
    let found = desk.reader.tasks(&filter)?;
    if found.total > u64::from(EACH_MAX) {
        let title = desk.n("w-task-tasks", found.total);
        let (to, sub) = ("/tasks?view=open".to_owned(), desk.t("w-task-tasks-sub"));
        tasks.push(match found.rows.iter().filter_map(|row| row.due).min() {
            Some(due) => Task::dated(desk, due, to, title, sub),
            None => Task::open(desk, to, title, sub),
        });
        return Ok(());
    }
    for row in found.rows {
        let words = title(desk, &row)?;
        let key = format!("w-task-task-{}", row.sort.word());
        let (to, sub) = (href(row.no), desk.tr(&key, &[("name", &desk.name(row.link))]));
        tasks.push(match row.due {
            Some(due) => Task::dated(desk, due, to, words, sub),
            None => Task::open(desk, to, words, sub),
        });
    }
    Ok(())
}
