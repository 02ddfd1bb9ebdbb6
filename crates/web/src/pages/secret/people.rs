//! What protects a secret point and who may know it: matching a measure, clearing and barring.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Number, Series};

use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form, numbers, parts};
use crate::input::{Errors, Input, Posted};
use crate::pages::{number, submit};
use crate::problem::Problem;
use crate::shell::Section;
use crate::visitor::Member;

/// Choices of the statements that stand.
pub(crate) fn statement_choices(
    desk: &Desk,
    no: Number,
    input: &Input,
) -> Result<Vec<Choice>, Problem> {
    let card = desk.reader.secret(no)?.ok_or(Problem::NotFound)?;
    let stand = card.statements.iter().filter(|row| row.stands).map(|row| row.no);
    Ok(parts(desk, input, "statements", "w-statement-no", stand))
}

fn frame(desk: &Desk, no: Number, title: &str, to: &str, button: &str) -> Form {
    Form::new(desk, title, format!("{}/{to}", href(no)), button)
        .crumb(desk, "/secrets", "w-nav-secrets")
        .about(desk, no)
}

fn make_pair(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    let today = desk.today();
    let mut choices = vec![Choice::new("", desk.t("w-choose-one"), false)];
    for row in desk.reader.measures()?.into_iter().filter(|row| row.in_force(today)) {
        let article = desk.tr("measure-article", &[("item", &row.item.item().to_string())]);
        let label = format!("{} {} {article}", row.title, row.no);
        let on = Number::parse(input.get("measure")) == Ok(row.no);
        choices.push(Choice::new(row.no, label, on));
    }
    Ok(frame(desk, no, "w-match", "match", "w-do-write")
        .lead(desk.t("w-match-lead"))
        .aside(desk, &["w-match-aside", "w-match-aside-1", "w-match-aside-2"])
        .ask(
            Field::select(desk, "measure", "w-measure", choices, input)
                .hint(desk, "w-match-measure-hint"),
        )
        .ask(
            Field::ticks(
                desk,
                "statements",
                "w-match-statements",
                statement_choices(desk, no, input)?,
                input,
            )
            .hint(desk, "w-none-means-all")
            .skip(),
        )
        .ask(Field::area(desk, "why", "w-match-why", input).hint(desk, "w-match-why-hint").skip()))
}

/// `GET /secrets/MD-0001/match`.
pub(crate) async fn pair(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (no, input) = (number(&no, Series::Secret)?, Input::default());
        make_pair(desk, no, &input)?.page(desk, Section::Secrets, &input, &Errors::new())
    })
    .await
}

/// `POST /secrets/MD-0001/match`.
pub(crate) async fn send_pair(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Secret)?;
        submit(
            desk,
            Section::Secrets,
            &posted,
            |desk, input| make_pair(desk, no, input),
            |r| {
                let Some(measure) = r.must_number("measure", Series::Measure) else {
                    return Ok(None);
                };
                let (parts, why) = (r.parts("statements"), r.text("why"));
                let receipt = desk.office().match_measure(&r.ask(), measure, no, parts, why)?;
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}

fn make_clear(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    let people = desk.reader.people()?.into_iter().map(|person| person.no);
    let people = numbers(desk, input, "person", "w-choose-one", people);
    Ok(frame(desk, no, "w-clear", "clear", "w-do-write")
        .lead(desk.t("w-clear-lead"))
        .ask(
            Field::select(desk, "person", "w-person", people, input)
                .hint(desk, "w-clear-person-hint"),
        )
        .ask(Field::text(desk, "why", "field-why", input).hint(desk, "w-clear-why-hint").skip())
        .ask(Field::day(desk, "from", "field-from", input).skip())
        .ask(Field::day(desk, "until", "field-until", input).skip()))
}

/// `GET /secrets/MD-0001/clear`.
pub(crate) async fn clear(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Secret)?;
        desk.reader.secret_row(no)?.ok_or(Problem::NotFound)?;
        let input = Input::of([("from", desk.today().to_string())]);
        make_clear(desk, no, &input)?.page(desk, Section::Secrets, &input, &Errors::new())
    })
    .await
}

/// `POST /secrets/MD-0001/clear`.
pub(crate) async fn send_clear(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Secret)?;
        submit(
            desk,
            Section::Secrets,
            &posted,
            |desk, input| make_clear(desk, no, input),
            |r| {
                let person = r.must_number("person", Series::Person);
                let (from, until) = (r.day("from"), r.day("until"));
                let (Some(person), true) = (person, r.is_right()) else { return Ok(None) };
                let why = r.text("why");
                let period = (from, until);
                let receipt = desk.office().clear_person(&r.ask(), person, no, period, why)?;
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}

fn make_bar(desk: &Desk, no: Number, person: Number, input: &Input) -> Result<Form, Problem> {
    let name = desk.name(person);
    Ok(frame(desk, no, "w-bar", &format!("bar/{person}"), "w-do-bar")
        .lead(desk.tr("w-bar-lead", &[("name", &name)]))
        .danger()
        .ask(Field::day(desk, "happened", "w-bar-day", input).skip())
        .ask(Field::text(desk, "why", "field-why", input).hint(desk, "w-why-hint")))
}

/// `GET /secrets/MD-0001/bar/RY-0001`.
pub(crate) async fn bar(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, person)): Path<(String, String)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (no, person) = (number(&no, Series::Secret)?, number(&person, Series::Person)?);
        desk.reader.secret_row(no)?.ok_or(Problem::NotFound)?;
        let input = Input::of([("happened", desk.today().to_string())]);
        make_bar(desk, no, person, &input)?.page(desk, Section::Secrets, &input, &Errors::new())
    })
    .await
}

/// `POST /secrets/MD-0001/bar/RY-0001`.
pub(crate) async fn send_bar(
    State(app): State<App>,
    Path((no, person)): Path<(String, String)>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let (no, person) = (number(&no, Series::Secret)?, number(&person, Series::Person)?);
        submit(
            desk,
            Section::Secrets,
            &posted,
            |desk, input| make_bar(desk, no, person, input),
            |r| {
                let (happened, why) = (r.day("happened"), r.must_text("why", "field-why"));
                if !r.is_right() {
                    return Ok(None);
                }
                let receipt = desk.office().bar_person(&r.ask(), person, no, happened, why)?;
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}
