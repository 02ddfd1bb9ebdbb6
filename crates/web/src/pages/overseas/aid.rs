//! 海外维权求助: a letter to the station with the pre-judgement, from which it opens a case.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::terms::LinkState;
use domain::{Number, Series};

use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form};
use crate::input::{Errors, Input, Posted};
use crate::pages::{number, submit};
use crate::problem::Problem;
use crate::shell::Section;
use crate::visitor::Member;

fn make(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    let row = desk.reader.assessment(no)?.ok_or(Problem::NotFound)?;
    let links = desk.reader.links()?;
    let joined = links.into_iter().filter(|link| link.state == LinkState::Joined);
    let choices: Vec<Choice> = joined
        .map(|link| {
            let on = input.get("link") == link.no.to_string();
            Choice::new(link.no, format!("{} {}", desk.name(link.no), link.no), on)
        })
        .collect();
    let lead = match choices.is_empty() {
        true => desk.t("w-aid-no-link"),
        false => desk.tr("w-aid-lead", &[("product", &row.product)]),
    };
    Ok(Form::new(desk, "w-ask-aid", format!("{}/aid", href(no)), "w-aid-do")
        .lead(lead)
        .about(desk, no)
        .aside(desk, &["w-aid-aside", "w-aid-aside-1", "w-aid-aside-2"])
        .ask(Field::radio(desk, "link", "w-aid-station", choices, input))
        .ask(Field::area(desk, "text", "w-aid-text", input).hint(desk, "w-aid-text-hint"))
        .ask(Field::day(desk, "due", "w-aid-due", input).hint(desk, "w-aid-due-hint").skip()))
}

/// `GET /overseas/assessments/YP-0001/aid`.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Assessment)?;
        let input = Input::default();
        make(desk, no, &input)?.page(desk, Section::Overseas, &input, &Errors::new())
    })
    .await
}

/// `POST /overseas/assessments/YP-0001/aid`.
pub(crate) async fn send(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Assessment)?;
        submit(
            desk,
            Section::Overseas,
            &posted,
            |desk, input| make(desk, no, input),
            |r| {
                let link = r.must_number("link", Series::Link);
                let text = r.must_text("text", "w-aid-text");
                let due = r.day("due");
                let (Some(link), true) = (link, r.is_right()) else { return Ok(None) };
                let (office, reader) = (r.desk.office(), &r.desk.reader);
                let (_, receipt) = office.ask_aid(&r.ask(), reader, (no, link), &text, due)?;
                Ok(Some((href(link), receipt)))
            },
        )
    })
    .await
}
