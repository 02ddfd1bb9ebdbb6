//! The forms of a control: an answer with its evidence, taking one back, giving a gap to somebody.

use axum::extract::{Path, State};
use axum::response::Response;
use catalog::control::Control;
use domain::Series;
use domain::terms::{Answer, Level};
use office::{AnswerForm, controls};
use store::read::SecretFilter;

use super::super::submit;
use crate::desk::{App, Desk, at_desk};
use crate::form::{Choice, Field, Form, numbers, terms};
use crate::input::{Errors, Input, Posted};
use crate::problem::Problem;
use crate::shell::Section;
use crate::visitor::Member;

/// More secret points than this are not offered to be ticked.
const OFFERED_MAX: u32 = 60;

fn known(id: &str) -> Result<&'static Control, Problem> {
    controls().control(id).map(|(_, control)| control).ok_or(Problem::NotFound)
}

fn own(control: &Control) -> String {
    format!("/controls/{}", control.id.id)
}

fn begun(
    desk: &Desk,
    control: &'static Control,
    (title, deed, submit): (&str, &str, &str),
) -> Form {
    Form::new(desk, title, format!("{}/{deed}", own(control)), submit)
        .lead(format!("{} {}", desk.law(&control.title), desk.law(&control.says)))
        .crumb(desk, "/controls", "w-nav-controls")
        .crumb(desk, &own(control), "w-control")
}

fn people(desk: &Desk, name: &'static str, label: &str, input: &Input) -> Result<Field, Problem> {
    let people = desk.reader.people()?;
    if people.len() > OFFERED_MAX as usize {
        return Ok(Field::text(desk, name, label, input).skip());
    }
    let people = people.into_iter().map(|row| row.no);
    let choices = numbers(desk, input, name, "w-nobody", people);
    Ok(Field::select(desk, name, label, choices, input).skip())
}

fn answer_form(desk: &Desk, control: &'static Control, input: &Input) -> Result<Form, Problem> {
    let is_told = control.check.is_some();
    let words = match is_told {
        true => ("w-exempt-control", "answer", "w-do-write"),
        false => ("w-answer-control", "answer", "w-do-write"),
    };
    let mut form = begun(desk, control, words);
    let verdicts = Answer::ALL.iter().filter(|one| !is_told || **one == Answer::Exempt);
    let mut verdicts = terms(desk, input, "verdict", "answer", verdicts.map(|one| one.word()));
    for choice in &mut verdicts {
        choice.sub = desk.t(&format!("w-answer-{}", choice.value));
    }
    form = form.ask(Field::radio(desk, "verdict", "w-control-verdict", verdicts, input));
    if !is_told {
        let mut files = Field::files(desk, "files", "w-papers", input).skip();
        if let Some(by) = &control.shown_by {
            files = files.hinted(desk.tr("w-control-shown-hint", &[("by", &desk.law(by))]));
        }
        form = form
            .ask(files)
            .ask_more(Field::day(desk, "happened", "w-paper-day", input).skip())
            .ask_more(covers(desk, input)?);
    }
    let until = Field::day(desk, "until", "field-until", input).skip();
    let months = control.months.unwrap_or(12);
    Ok(form
        .ask(Field::area(desk, "why", "field-why", input).hint(desk, "w-control-why-hint").skip())
        .ask(until.hinted(desk.n("w-control-until-hint", months)))
        .ask_more(Field::day(desk, "from", "field-from", input).skip())
        .ask_more(people(desk, "person", "w-control-person", input)?))
}

/// Which secret points the evidence covers.
fn covers(desk: &Desk, input: &Input) -> Result<Field, Problem> {
    let filter = SecretFilter { limit: OFFERED_MAX, ..SecretFilter::default() };
    let rows = desk.reader.secrets(&filter)?.rows;
    let grave = rows.into_iter().filter(|row| row.level != Level::General);
    let choices = grave.map(|row| {
        let no = row.no.to_string();
        let on = input.has("secrets", &no);
        Choice::new(no, format!("{} {}", row.no, row.title), on)
    });
    let field = Field::ticks(desk, "secrets", "w-control-covers", choices.collect(), input);
    Ok(field.hint(desk, "w-control-covers-hint").skip())
}

/// `GET /controls/lead/answer`.
pub(crate) async fn answer(
    State(app): State<App>,
    Member(visitor): Member,
    Path(id): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let control = known(&id)?;
        let verdict = if control.check.is_some() { Answer::Exempt } else { Answer::Met };
        let input =
            Input::of([("verdict", verdict.word().to_owned()), ("from", desk.today().to_string())]);
        answer_form(desk, control, &input)?.page(desk, Section::Controls, &input, &Errors::new())
    })
    .await
}

/// `POST /controls/lead/answer`.
pub(crate) async fn send_answer(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let control = known(&id)?;
        submit(
            desk,
            Section::Controls,
            &posted,
            |desk, input| answer_form(desk, control, input),
            |r| {
                let verdict = r.must_term("verdict", Answer::from_word);
                let (from, until, papers_day) = (r.day("from"), r.day("until"), r.day("happened"));
                let person = r.number("person", Series::Person);
                let (Some(verdict), true) = (verdict, r.is_right()) else { return Ok(None) };
                let ticked = posted.input.all("secrets");
                let ticked = ticked.filter_map(|no| domain::Number::parse(no).ok());
                let secrets: Vec<_> = ticked.collect();
                let form = AnswerForm {
                    control: control.id.id.clone(),
                    verdict,
                    from,
                    until,
                    secrets: (!secrets.is_empty()).then_some(secrets),
                    person,
                    why: r.text("why"),
                    papers: r.sources("files")?,
                    papers_day,
                };
                let receipt = desk.office().answer_control(&r.ask(), form)?;
                Ok(Some((own(control), receipt)))
            },
        )
    })
    .await
}

fn assign_form(desk: &Desk, control: &'static Control, input: &Input) -> Result<Form, Problem> {
    let words = ("w-assign-gap", "assign", "w-do-write");
    Ok(begun(desk, control, words)
        .ask(people(desk, "person", "w-control-task", input)?)
        .ask(Field::day(desk, "due", "w-control-due", input).skip())
        .ask(Field::text(desk, "why", "w-control-task-why", input).skip()))
}

/// `GET /controls/lead/assign`.
pub(crate) async fn assign(
    State(app): State<App>,
    Member(visitor): Member,
    Path(id): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let control = known(&id)?;
        let all = desk.assessed(desk.today())?;
        let task = all.line(&id).and_then(|line| line.task.clone());
        let said = |text: Option<String>| text.unwrap_or_default();
        let input = Input::of([
            ("person", said(task.as_ref().and_then(|one| one.person).map(|no| no.to_string()))),
            ("due", said(task.as_ref().and_then(|one| one.due).map(|day| day.to_string()))),
            ("why", said(task.and_then(|one| one.why))),
        ]);
        assign_form(desk, control, &input)?.page(desk, Section::Controls, &input, &Errors::new())
    })
    .await
}

/// `POST /controls/lead/assign`.
pub(crate) async fn send_assign(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let control = known(&id)?;
        submit(
            desk,
            Section::Controls,
            &posted,
            |desk, input| assign_form(desk, control, input),
            |r| {
                let to = (r.number("person", Series::Person), r.day("due"));
                if !r.is_right() {
                    return Ok(None);
                }
                let why = r.text("why");
                let receipt = desk.office().assign_control(&r.ask(), &control.id.id, to, why)?;
                Ok(Some((own(control), receipt)))
            },
        )
    })
    .await
}

fn withdraw_form(desk: &Desk, control: &'static Control, input: &Input) -> Form {
    begun(desk, control, ("w-withdraw-answer", "withdraw", "w-do-withdraw"))
        .danger()
        .ask(Field::text(desk, "why", "field-why", input).hint(desk, "w-why-hint"))
}

/// `GET /controls/lead/withdraw`.
pub(crate) async fn withdraw(
    State(app): State<App>,
    Member(visitor): Member,
    Path(id): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (control, input) = (known(&id)?, Input::default());
        withdraw_form(desk, control, &input).page(desk, Section::Controls, &input, &Errors::new())
    })
    .await
}

/// `POST /controls/lead/withdraw`: the newest answer is taken back.
pub(crate) async fn send_withdraw(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let control = known(&id)?;
        let all = desk.assessed(desk.today())?;
        let said = all.line(&id).and_then(|line| line.said.as_ref()).map(|said| said.no);
        let answer = said.ok_or(Problem::NotFound)?;
        submit(
            desk,
            Section::Controls,
            &posted,
            |desk, input| Ok(withdraw_form(desk, control, input)),
            |r| {
                let why = r.must_text("why", "field-why");
                if !r.is_right() {
                    return Ok(None);
                }
                let receipt = desk.office().withdraw_answer(&r.ask(), answer, why)?;
                Ok(Some((own(control), receipt)))
            },
        )
    })
    .await
}
