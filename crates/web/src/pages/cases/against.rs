//! The organisation that a case is against, on a station: an entry of its directory, never a person.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Number, Series};

use super::wishes::{frame, opened};
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Field, Form};
use crate::input::{Errors, Input, Posted};
use crate::pages::submit;
use crate::shell::Section;
use crate::visitor::Member;

fn make(desk: &Desk, no: Number, input: &Input) -> Form {
    let field = Field::text(desk, "respondent", "field-respondent", input);
    frame(desk, no, "against", "w-case-against").ask(field.hint(desk, "w-case-against-hint"))
}

/// `GET /cases/AJ-0001/against`.
pub(crate) async fn against(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = opened(desk, &no)?.row.no;
        let known = desk.reader.respondent(no)?.map(|no| no.to_string());
        let input = Input::of([("respondent", known.unwrap_or_default())]);
        make(desk, no, &input).page(desk, Section::Cases, &input, &Errors::new())
    })
    .await
}

/// `POST` of the same.
pub(crate) async fn send_against(
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
            |desk, input| Ok(make(desk, no, input)),
            |r| {
                let respondent = r.must_number("respondent", Series::Company);
                let Some(respondent) = respondent.filter(|_| r.is_right()) else {
                    return Ok(None);
                };
                let receipt = desk.office().case_against(&r.ask(), no, respondent)?;
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}
