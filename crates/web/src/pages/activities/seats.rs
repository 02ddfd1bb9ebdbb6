//! Checking in: by the code on a telephone or paper, or by name at the door.

use axum::extract::{Path, State};
use axum::response::Response;
use store::read::RegistrationRow;

use super::entry;
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Field, Form};
use crate::input::{Errors, Input, Posted};
use crate::pages::submit;
use crate::problem::Problem;
use crate::reply;
use crate::shell::Section;
use crate::visitor::Member;

const SECTION: Section = Section::Activities;

fn typing(desk: &Desk, input: &Input) -> Form {
    let mut form = Form::new(desk, "w-check-in", "/checkin".into(), "w-look-up-code")
        .crumb(desk, "/activities", "w-nav-activities")
        .lead(desk.t("w-check-in-lead"))
        .ask(Field::text(desk, "code", "w-ticket-code", input));
    form.back = "/activities".to_owned();
    form
}

/// `GET /checkin`: where a code is typed, or scanned by a keyboard scanner.
pub(crate) async fn look(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let input = Input::default();
        typing(desk, &input).page(desk, SECTION, &input, &Errors::new())
    })
    .await
}

/// `POST /checkin`: leads to the code's page.
pub(crate) async fn send_look(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        // A scanner types the whole address.
        let typed = posted.input.get("code").trim();
        let code = office::typed_code(typed.rsplit('/').next().unwrap_or(typed));
        if desk.office().ticket(&desk.reader, &code)?.is_some() {
            return Ok(reply::see_other(&format!("/checkin/{code}")));
        }
        let errors = vec![("code".to_owned(), desk.t("w-no-ticket"))];
        typing(desk, &posted.input).page(desk, SECTION, &posted.input, &errors)
    })
    .await
}

/// The form that checks somebody in, with who it is.
fn checking(desk: &Desk, row: &RegistrationRow, action: String) -> Result<Form, Problem> {
    let activity = desk.reader.activity(row.activity)?.ok_or(Problem::NotFound)?;
    let who = desk.office().registered(&desk.reader, row)?;
    let name = who.name.unwrap_or_else(|| desk.t("w-erased"));
    let company = row.company.map_or(who.organisation, |no| desk.name(no));
    let title = if row.came.is_some() { "w-checked-in" } else { "w-check-in" };
    let lead = match row.came {
        Some(at) => desk.tr("w-checked-in-before", &[("name", &name), ("at", &desk.minute(at))]),
        None if row.withdrawn => desk.tr("w-checked-in-withdrawn", &[("name", &name)]),
        None => desk.tr(
            "w-check-in-who",
            &[("name", &name), ("company", &company), ("title", &activity.title)],
        ),
    };
    let form = Form::new(desk, title, action, "w-do-check-in")
        .crumb(desk, "/activities", "w-nav-activities")
        .about(desk, row.activity)
        .lead(lead);
    Ok(form)
}

fn of_code(desk: &Desk, code: &str) -> Result<RegistrationRow, Problem> {
    desk.office().ticket(&desk.reader, code)?.ok_or(Problem::NotFound)
}

/// `GET /checkin/XXXXXXXXXXXX`: whose it is.
pub(crate) async fn code(
    State(app): State<App>,
    Member(visitor): Member,
    Path(code): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = of_code(desk, &code)?;
        let input = Input::default();
        let action = format!("/checkin/{}", office::typed_code(&code));
        checking(desk, &row, action)?.page(desk, SECTION, &input, &Errors::new())
    })
    .await
}

/// `POST` of the same: checks in.
pub(crate) async fn send_code(
    State(app): State<App>,
    Path(code): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let row = of_code(desk, &code)?;
        let action = format!("/checkin/{}", office::typed_code(&code));
        check_in(desk, &row, action, true, &posted)
    })
    .await
}

fn check_in(
    desk: &Desk,
    row: &RegistrationRow,
    action: String,
    by_code: bool,
    posted: &Posted,
) -> Result<Response, Problem> {
    submit(
        desk,
        SECTION,
        posted,
        |desk, _| checking(desk, row, action),
        |r| {
            let receipt = desk.office().check_in(&r.ask(), row.activity, row.no, by_code)?;
            Ok(Some((href(row.activity), receipt)))
        },
    )
}

fn of_part(desk: &Desk, no: &str, part: &str) -> Result<RegistrationRow, Problem> {
    let part = part.parse().map_err(|_| Problem::NotFound)?;
    desk.reader.registration(entry(desk, no)?.no, part)?.ok_or(Problem::NotFound)
}

/// `GET /activities/HD-0001/came/1`: the same by name.
pub(crate) async fn came(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, part)): Path<(String, String)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = of_part(desk, &no, &part)?;
        let input = Input::default();
        let action = format!("{}/came/{}", href(row.activity), row.no);
        checking(desk, &row, action)?.page(desk, SECTION, &input, &Errors::new())
    })
    .await
}

/// `POST` of the same.
pub(crate) async fn send_came(
    State(app): State<App>,
    Path((no, part)): Path<(String, String)>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let row = of_part(desk, &no, &part)?;
        let action = format!("{}/came/{}", href(row.activity), row.no);
        check_in(desk, &row, action, false, &posted)
    })
    .await
}
