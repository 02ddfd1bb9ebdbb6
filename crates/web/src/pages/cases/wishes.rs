//! Forms of a case: opening it, who handles it, papers, steps.

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use catalog::When;
use catalog::procedure::{Form as Bears, Step};
use domain::terms::CaseSource;
use domain::{Number, Series};
use office::{CaseForm, ItemForm, OpenedCase, StepForm, Trouble};
use words::law as words_of;

use super::one::item_name;
use super::procedures;
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form, terms};
use crate::input::{Errors, Input, Posted, Reading};
use crate::law::catalog;
use crate::pages::{number, submit};
use crate::problem::Problem;
use crate::shell::Section;
use crate::visitor::Member;

pub(super) fn opened(desk: &Desk, no: &str) -> Result<OpenedCase, Problem> {
    Ok(desk.office().opened_case(&desk.reader, number(no, Series::Case)?)?)
}

pub(super) fn frame(desk: &Desk, no: Number, word: &str, title: &str) -> Form {
    Form::new(desk, title, format!("{}/{word}", href(no)), "w-do-write")
        .crumb(desk, "/cases", "w-nav-cases")
        .about(desk, no)
}

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let known = procedures(desk).into_iter();
    let kinds = known.map(|(id, name)| Choice::new(id, name, input.has("procedure", id)));
    let sources = CaseSource::ALL.iter().map(|source| source.word());
    let sources = terms(desk, input, "source", "case-source", sources);
    let mut form = Form::new(desk, "w-open-case", "/cases/new".into(), "w-do-write")
        .lead(desk.t("w-open-case-lead"))
        .crumb(desk, "/cases", "w-nav-cases")
        .ask(Field::select(desk, "procedure", "w-col-procedure", kinds.collect(), input))
        .ask(Field::text(desk, "title", "field-title", input).hint(desk, "w-case-title-hint"));
    if desk.app.role == domain::terms::Role::Station {
        form = form.ask(
            Field::text(desk, "company", "field-company", input)
                .hint(desk, "w-company-no-hint")
                .skip(),
        );
    }
    Ok(form
        .ask(Field::radio(desk, "source", "field-source", sources, input).row())
        .ask(Field::day(desk, "happened", "field-happened", input))
        .ask(Field::area(desk, "text", "w-case-text", input).hint(desk, "w-sealed-hint").skip()))
}

/// `GET /cases/new`, or with `?company=QY-0001`.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let asked = Input::parse(query.unwrap_or_default().as_bytes());
        let input = Input::of([
            ("company", asked.get("company").to_owned()),
            ("procedure", asked.get("procedure").to_owned()),
            ("happened", desk.today().to_string()),
        ]);
        make(desk, &input)?.page(desk, Section::Cases, &input, &Errors::new())
    })
    .await
}

/// `POST /cases/new`.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Cases, &posted, make, |r| {
            let procedure = r.must_text("procedure", "w-col-procedure");
            let title = r.must_text("title", "field-title");
            let company = r.number("company", Series::Company);
            let source = r.must_term("source", CaseSource::from_word);
            let happened = r.must_day("happened");
            let (Some(source), Some(happened), true) = (source, happened, r.is_right()) else {
                return Ok(None);
            };
            let text = r.text("text");
            let form = CaseForm { procedure, company, title, source, happened, text };
            let receipt = desk.office().open_case(&r.ask(), form)?;
            let to = receipt.number.map_or_else(|| "/cases".into(), href);
            Ok(Some((to, receipt)))
        })
    })
    .await
}

fn make_assign(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    Ok(frame(desk, no, "assign", "w-assign-case")
        .ask(Field::text(desk, "unit", "field-unit", input).hint(desk, "w-unit-hint"))
        .ask(
            Field::text(desk, "handler", "field-handler", input).hint(desk, "w-sealed-hint").skip(),
        ))
}

/// `GET /cases/AJ-0001/assign`.
pub(crate) async fn assign(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let opened = opened(desk, &no)?;
        let input = Input::of([("unit", opened.row.unit.clone().unwrap_or_default())]);
        make_assign(desk, opened.row.no, &input)?.page(desk, Section::Cases, &input, &Errors::new())
    })
    .await
}

/// `POST /cases/AJ-0001/assign`.
pub(crate) async fn send_assign(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = opened(desk, &no)?.row.no;
        submit(
            desk,
            Section::Cases,
            &posted,
            |desk, input| make_assign(desk, no, input),
            |r| {
                let unit = r.must_text("unit", "field-unit");
                if !r.is_right() {
                    return Ok(None);
                }
                let handler = r.text("handler");
                let receipt = desk.office().assign_case(&r.ask(), no, unit, handler)?;
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}

/// What can be filed: what the procedure names and is not in the file yet, then kinds of evidence.
fn fileable(desk: &Desk, opened: &OpenedCase, input: &Input) -> Vec<Choice> {
    let procedure = opened.procedure();
    let have = opened.papers();
    let own = procedure.item.iter().map(|item| item.id.id.as_str());
    let marks = procedure.rule.iter().filter(|rule| rule.enabled);
    let marks = marks.filter_map(|rule| rule.only_if.as_deref());
    let evidence = catalog().elements().item.iter().map(|item| item.id.id.as_str());
    let mut choices: Vec<Choice> = Vec::new();
    for id in own.chain(marks).chain(evidence) {
        if choices.iter().all(|choice| choice.value != id) {
            let name = item_name(desk, procedure, id);
            let name = if have.contains(id) {
                desk.tr("w-filed-already", &[("what", &name)])
            } else {
                name
            };
            choices.push(Choice::new(id, name, input.has("item", id)));
        }
    }
    choices.sort_by_key(|choice| have.contains(&choice.value));
    choices
}

fn make_file(desk: &Desk, opened: &OpenedCase, input: &Input) -> Result<Form, Problem> {
    let bears = terms(desk, input, "bears", "law-form", Bears::ALL.iter().map(|form| form.key()));
    Ok(frame(desk, opened.row.no, "file", "w-file-item")
        .lead(desk.t("w-file-item-lead"))
        .ask(Field::select(desk, "item", "field-item", fileable(desk, opened, input), input))
        .ask(Field::ticks(desk, "bears", "w-bears", bears, input).hint(desk, "w-bears-hint").skip())
        .ask(Field::day(desk, "happened", "w-paper-day", input).skip())
        .ask(Field::files(desk, "files", "w-papers", input).hint(desk, "w-case-scan-hint").skip())
        .ask(Field::text(desk, "why", "field-note", input).hint(desk, "w-original-hint").skip()))
}

/// `GET /cases/AJ-0001/file`, or with `?item=decision`.
pub(crate) async fn file(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let opened = opened(desk, &no)?;
        let asked = Input::parse(query.unwrap_or_default().as_bytes());
        let input = Input::of([("item", asked.get("item").to_owned())]);
        make_file(desk, &opened, &input)?.page(desk, Section::Cases, &input, &Errors::new())
    })
    .await
}

/// `POST /cases/AJ-0001/file`.
pub(crate) async fn send_file(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let opened = opened(desk, &no)?;
        submit(
            desk,
            Section::Cases,
            &posted,
            |desk, input| make_file(desk, &opened, input),
            |r| {
                let item = r.must_text("item", "field-item");
                let happened = r.day("happened");
                let mut sources = r.sources("files")?;
                if sources.len() > 1 {
                    r.wrong("files", "w-one-file");
                }
                if !r.is_right() {
                    return Ok(None);
                }
                let bears = Bears::ALL.into_iter().filter(|form| r.input.has("bears", form.key()));
                let form = ItemForm {
                    case: opened.row.no,
                    item,
                    source: sources.pop(),
                    bears: bears.collect(),
                    happened,
                    why: r.text("why"),
                };
                let receipt = desk.office().file_item(&r.ask(), form)?;
                Ok(Some((href(opened.row.no), receipt)))
            },
        )
    })
    .await
}

fn make_unfile(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    let choices = desk.office().opened_case(&desk.reader, no)?;
    let choices = choices.items.iter().map(|row| {
        let name = item_name(desk, choices.procedure(), &row.item);
        Choice::new(&row.item, name, input.has("item", &row.item))
    });
    Ok(frame(desk, no, "unfile", "w-unfile")
        .lead(desk.t("w-unfile-lead"))
        .ask(Field::select(desk, "item", "field-item", choices.collect(), input))
        .ask(Field::text(desk, "why", "field-why", input)))
}

/// `GET /cases/AJ-0001/unfile?item=decision`.
pub(crate) async fn unfile(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Case)?;
        let asked = Input::parse(query.unwrap_or_default().as_bytes());
        let input = Input::of([("item", asked.get("item").to_owned())]);
        make_unfile(desk, no, &input)?.page(desk, Section::Cases, &input, &Errors::new())
    })
    .await
}

/// `POST /cases/AJ-0001/unfile`.
pub(crate) async fn send_unfile(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Case)?;
        submit(
            desk,
            Section::Cases,
            &posted,
            |desk, input| make_unfile(desk, no, input),
            |r| {
                let item = r.must_text("item", "field-item");
                let why = r.must_text("why", "field-why");
                if !r.is_right() {
                    return Ok(None);
                }
                let receipt = desk.office().unfile_item(&r.ask(), no, item, why)?;
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}

fn make_step(
    desk: &Desk,
    opened: &OpenedCase,
    step: &'static Step,
    input: &Input,
) -> Result<Form, Problem> {
    let procedure = opened.procedure();
    let roles = step.by.iter().map(|role| {
        let name = procedure.role(&role.id).map_or_else(|| role.id.clone(), |r| desk.law(&r.name));
        Choice::new(&role.id, name, step.by.len() == 1 || input.has("role", &role.id))
    });
    let cite = words_of::cite(desk.lang(), catalog().norms(), &step.cites);
    let word = format!("steps/{}", step.id.id);
    let mut form = frame(desk, opened.row.no, &word, "w-take-step")
        .lead(desk.tr("w-take-step-lead", &[("step", &desk.law(&step.name)), ("cite", &cite)]))
        .ask(Field::radio(desk, "role", "w-col-who", roles.collect(), input).row())
        .ask(Field::day(desk, "happened", "field-happened", input))
        .ask(Field::text(desk, "time", "w-time", input).hint(desk, "w-time-hint").skip());
    if step.planned {
        form = form.ask(Field::day(desk, "planned", "w-planned", input));
    }
    Ok(form.ask(Field::area(desk, "note", "field-note", input).hint(desk, "w-sealed-hint").skip()))
}

fn step_of(opened: &OpenedCase, id: &str) -> Result<&'static Step, Problem> {
    opened.procedure().step(id).ok_or(Problem::NotFound)
}

/// `GET /cases/AJ-0001/steps/file_case`.
pub(crate) async fn step(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, step)): Path<(String, String)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let opened = opened(desk, &no)?;
        let input = Input::of([("happened", desk.today().to_string())]);
        make_step(desk, &opened, step_of(&opened, &step)?, &input)?.page(
            desk,
            Section::Cases,
            &input,
            &Errors::new(),
        )
    })
    .await
}

/// The day and hour of a step.
fn moment(r: &mut Reading<'_>) -> Option<When> {
    let day = r.must_day("happened")?;
    let time = r.text("time");
    let text = time.map_or_else(|| day.to_string(), |time| format!("{day} {}", time.trim()));
    let when = When::parse(&text).ok();
    if when.is_none() {
        r.wrong("time", "w-not-a-time");
    }
    when
}

/// `POST /cases/AJ-0001/steps/file_case`.
pub(crate) async fn send_step(
    State(app): State<App>,
    Path((no, step)): Path<(String, String)>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let opened = opened(desk, &no)?;
        let of = step_of(&opened, &step)?;
        submit(
            desk,
            Section::Cases,
            &posted,
            |desk, input| make_step(desk, &opened, of, input),
            |r| {
                let role = r.text("role");
                if role.is_none() {
                    r.wrong("role", "w-choose");
                }
                let (at, planned) = (moment(r), r.day("planned"));
                let (Some(at), true) = (at, r.is_right()) else { return Ok(None) };
                let (case, note) = (opened.row.no, r.text("note"));
                let form = StepForm { case, step, role, at, planned, note };
                let receipt = desk.office().take_step(&r.ask(), form, desk.lang())?;
                Ok::<_, Trouble>(Some((href(case), receipt)))
            },
        )
    })
    .await
}

fn make_unstep(desk: &Desk, opened: &OpenedCase, input: &Input) -> Result<Form, Problem> {
    let last = opened.steps.iter().rfind(|step| step.withdrawn.is_none());
    let last = last.ok_or(Problem::NotFound)?;
    let name = opened.procedure().step(&last.step).map(|step| desk.law(&step.name));
    let words = [("step", &*name.unwrap_or_default()), ("day", &last.happened.to_string())];
    Ok(frame(desk, opened.row.no, "unstep", "w-unstep")
        .lead(desk.tr("w-unstep-lead", &words))
        .danger()
        .ask(Field::text(desk, "why", "field-why", input)))
}

/// `GET /cases/AJ-0001/unstep`.
pub(crate) async fn unstep(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (opened, input) = (opened(desk, &no)?, Input::default());
        make_unstep(desk, &opened, &input)?.page(desk, Section::Cases, &input, &Errors::new())
    })
    .await
}

/// `POST /cases/AJ-0001/unstep`.
pub(crate) async fn send_unstep(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let opened = opened(desk, &no)?;
        let last = opened.steps.iter().rfind(|step| step.withdrawn.is_none());
        let last = last.ok_or(Problem::NotFound)?.no;
        submit(
            desk,
            Section::Cases,
            &posted,
            |desk, input| make_unstep(desk, &opened, input),
            |r| {
                let why = r.must_text("why", "field-why");
                if !r.is_right() {
                    return Ok(None);
                }
                let no = opened.row.no;
                let receipt = desk.office().untake_step(&r.ask(), no, last, why)?;
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}
