//! 人员与接触: everybody who may know something, and the form to add one.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::Series;
use office::PersonForm;

use super::submit;
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Field, Form};
use crate::input::{Errors, Input, Posted};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show;
use crate::visitor::Member;

/// People on a page.
const ROWS: usize = 100;

#[derive(Template)]
#[template(path = "pages/people/page.html")]
struct Page {
    s: Shell,
    lead: String,
    rows: Vec<Row>,
    after: String,
    before: String,
}

struct Row {
    href: String,
    no: String,
    name: String,
    post: String,
    department: String,
    joined: String,
    cleared: u32,
}

/// `GET /people`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let page: usize = input.get("page").parse().unwrap_or(1).clamp(1, 10_000);
        let people = desk.reader.people()?;
        let cleared = people.iter().filter(|person| person.cleared > 0).count();
        let lead = desk.tr(
            "w-people-lead",
            &[("n", &people.len().to_string()), ("cleared", &cleared.to_string())],
        );
        let at = |page: usize| format!("/people?page={page}");
        let after = if people.len() > page * ROWS { at(page + 1) } else { String::new() };
        let rows = people.into_iter().skip((page - 1) * ROWS).take(ROWS).map(|person| Row {
            href: href(person.no),
            no: person.no.to_string(),
            name: desk.name(person.no),
            post: person.post.unwrap_or_else(show::nothing),
            department: person.department.unwrap_or_else(show::nothing),
            joined: show::day(person.joined),
            cleared: person.cleared,
        });
        let rows = rows.collect();
        let before = if page > 1 { at(page - 1) } else { String::new() };
        reply::html(&Page { s: desk.shell(Section::People)?, lead, rows, after, before })
    })
    .await
}

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    Ok(Form::new(desk, "w-add-person", "/people/new".into(), "w-do-write")
        .lead(desk.t("w-add-person-lead"))
        .crumb(desk, "/people", "w-nav-people")
        .ask(Field::text(desk, "name", "w-person-name", input).hint(desk, "w-person-name-hint"))
        .ask(Field::text(desk, "post", "field-post", input).skip())
        .ask(Field::text(desk, "department", "field-department", input).skip())
        .ask(Field::day(desk, "joined", "w-joined", input).skip()))
}

/// `GET /people/new`.
pub(crate) async fn form(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let input = Input::default();
        make(desk, &input)?.page(desk, Section::People, &input, &Errors::new())
    })
    .await
}

/// `POST /people/new`.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::People, &posted, make, |r| {
            let form = PersonForm {
                name: r.must_text("name", "w-person-name"),
                post: r.text("post"),
                department: r.text("department"),
                joined: r.day("joined"),
            };
            if !r.is_right() {
                return Ok(None);
            }
            let receipt = desk.office().add_person(&r.ask(), form)?;
            let to = receipt.number.filter(|no| no.series == Series::Person);
            Ok(Some((to.map_or_else(|| "/people".into(), href), receipt)))
        })
    })
    .await
}
