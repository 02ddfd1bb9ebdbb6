//! What anybody may see of a station: who is recognised, what is put up for objections, and whether
//! a certificate's code is real.

pub(crate) mod activities;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::terms::RecognitionState;
use domain::{Day, Series};
use office::Ask;
use store::read::{RecognitionFilter, RecognitionRow};

use super::{number, recognitions};
use crate::desk::{App, Desk, at_desk};
use crate::form::{Field, Form};
use crate::input::{Errors, Input, Open, Reading};
use crate::list::{Cell, Table};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::visitor::Visitor;

/// Who is said to act when the public sends a form.
const BY: &str = "public";
/// Lines of a public list.
const SHOWN: u32 = 500;

/// A part of a public page: a title, and a table or the words for when it is empty.
struct Part {
    title: String,
    table: Table,
    none: String,
}

#[derive(Template)]
#[template(path = "pages/public/page.html")]
struct Page {
    s: Shell,
    title: String,
    lead: String,
    /// A class of a note, and words.
    note: Option<(&'static str, String)>,
    facts: Vec<(String, String)>,
    parts: Vec<Part>,
    /// Other pages and files: address and words.
    links: Vec<(String, String)>,
    look_up: bool,
}

impl Page {
    fn new(desk: &Desk, title: String, lead: String) -> Result<Self, Problem> {
        Ok(Self {
            s: desk.shell(Section::Public)?,
            title,
            lead,
            note: None,
            facts: Vec::new(),
            parts: Vec::new(),
            links: Vec::new(),
            look_up: false,
        })
    }
}

fn day(day: Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// Those put up for objections today.
fn notices(desk: &Desk) -> Result<Part, Problem> {
    let filter = RecognitionFilter {
        state: Some(RecognitionState::Notice),
        limit: SHOWN,
        ..RecognitionFilter::default()
    };
    let heads =
        [("field-company", ""), ("field-scheme", ""), ("w-notice", ""), ("w-objection", "")];
    let rows = desk.reader.recognitions(&filter)?.rows;
    let rows = rows.iter().filter(|row| runs(desk, row)).map(|row| {
        vec![
            Cell::text(row.name.clone()),
            Cell::text(recognitions::title(desk, &row.scheme)),
            Cell::text(row.notice.map(|(a, b)| desk.period(Some(a), Some(b))).unwrap_or_default()),
            Cell::link(format!("/public/notices/{}", row.no), desk.t("w-recognition-object")),
        ]
    });
    Ok(Part {
        title: desk.t("w-public-notices"),
        table: Table::new(desk, &heads).with(rows.collect::<Vec<_>>()),
        none: desk.t("w-public-notices-none"),
    })
}

/// Those recognised by one scheme, and under whom they stand.
fn recognised(desk: &Desk, layer: &str, title: String) -> Result<Part, Problem> {
    let filter = RecognitionFilter {
        layer: Some(layer.to_owned()),
        holds_on: Some(desk.today()),
        limit: SHOWN,
        ..RecognitionFilter::default()
    };
    let heads = [
        ("field-company", ""),
        ("w-stands-under", "p2"),
        ("w-awarded-on", ""),
        ("w-holds-until", ""),
    ];
    let mut rows = Vec::new();
    for row in desk.reader.recognitions(&filter)?.rows {
        let under = row.under.map(|no| desk.reader.recognition(no)).transpose()?.flatten();
        let code = row.code.clone().unwrap_or_default();
        rows.push(vec![
            Cell::link(format!("/public/recognised/{code}"), row.name),
            Cell::text(under.map(|under| under.name).unwrap_or_default()),
            Cell::text(day(row.awarded)),
            Cell::text(day(row.until)),
        ]);
    }
    let none = desk.t("w-public-recognised-none");
    Ok(Part { title, table: Table::new(desk, &heads).with(rows), none })
}

/// `GET /public`.
pub(crate) async fn show(State(app): State<App>, visitor: Visitor) -> Response {
    at_desk(app, visitor, |desk| {
        let node = desk.reader.node()?.map(|node| node.name).unwrap_or_default();
        let mut page = Page::new(desk, node, desk.t("w-public-lead"))?;
        page.look_up = true;
        page.links = vec![
            ("/public/activities".to_owned(), desk.t("w-activities-public")),
            ("/public/figures".to_owned(), desk.t("w-figures-public")),
        ];
        page.parts.push(notices(desk)?);
        for scheme in office::schemes() {
            page.parts.push(recognised(desk, &scheme.id, desk.law(&scheme.title))?);
        }
        reply::html(&page)
    })
    .await
}

/// `GET /public/recognised?code=…`: leads to the code's page.
pub(crate) async fn look_up(RawQuery(query): RawQuery) -> Response {
    let input = Input::parse(query.unwrap_or_default().as_bytes());
    match office::typed_code(input.get("code")) {
        code if code.is_empty() => reply::see_other("/public"),
        code => reply::see_other(&format!("/public/recognised/{code}")),
    }
}

/// `GET /public/recognised/XXXXXXXXXXXX`: whether it is real, whose it is, and whether it holds.
pub(crate) async fn code(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let code = office::typed_code(&code);
        let title = desk.t("w-public-look-up");
        let Some(row) = desk.reader.recognition_coded(&code)? else {
            let mut page = Page::new(desk, title, String::new())?;
            page.note = Some(("bad", desk.t("w-public-no-code")));
            page.look_up = true;
            return reply::html_with(axum::http::StatusCode::NOT_FOUND, &page);
        };
        let mut page = Page::new(desk, row.name.clone(), recognitions::title(desk, &row.scheme))?;
        let status = recognitions::status(desk, &row);
        let holds = row.holds(desk.today());
        page.note = Some(match holds {
            true => ("ok", desk.t("w-public-holds")),
            false => ("bad", desk.tr("w-public-holds-not", &[("state", &status.text)])),
        });
        let mut fact = |key: &str, words: String| {
            if !words.is_empty() {
                page.facts.push((desk.t(key), words));
            }
        };
        fact("w-col-no", row.no.to_string());
        fact("w-code", code);
        fact("w-awarded-on", day(row.awarded));
        fact("w-holds-until", day(row.until));
        fact("w-ended-on", day(row.ended));
        let under = row.under.map(|no| desk.reader.recognition(no)).transpose()?.flatten();
        fact(
            "w-stands-under",
            under.map(|row| recognitions::called(desk, &row)).unwrap_or_default(),
        );
        page.parts.extend(under_it(desk, &row)?);
        reply::html(&page)
    })
    .await
}

/// What stands under a recognition, when something does.
fn under_it(desk: &Desk, row: &RecognitionRow) -> Result<Option<Part>, Problem> {
    let filter = RecognitionFilter {
        under: Some(row.no),
        holds_on: Some(desk.today()),
        limit: SHOWN,
        ..RecognitionFilter::default()
    };
    let heads = [("field-company", ""), ("field-scheme", ""), ("w-holds-until", "")];
    let rows = desk.reader.recognitions(&filter)?.rows.into_iter().map(|row| {
        let code = row.code.clone().unwrap_or_default();
        vec![
            Cell::link(format!("/public/recognised/{code}"), row.name.clone()),
            Cell::text(recognitions::title(desk, &row.scheme)),
            Cell::text(day(row.until)),
        ]
    });
    let table = Table::new(desk, &heads).with(rows.collect::<Vec<_>>());
    let title = desk.t("w-stand-under");
    Ok((!table.rows.is_empty()).then(|| Part { title, table, none: String::new() }))
}

/// Whether the public may object to it today.
fn runs(desk: &Desk, row: &RecognitionRow) -> bool {
    let until = row.notice.map(|(_, until)| until);
    row.state == RecognitionState::Notice && until.is_some_and(|until| desk.today() <= until)
}

fn notice(desk: &Desk, no: &str) -> Result<RecognitionRow, Problem> {
    let no = number(no, Series::Recognition)?;
    let row = desk.reader.recognition(no)?.filter(|row| runs(desk, row));
    row.ok_or(Problem::NotFound)
}

fn objecting(desk: &Desk, row: &RecognitionRow, input: &Input) -> Form {
    let until = row.notice.map(|(_, until)| until.to_string()).unwrap_or_default();
    let lead = desk
        .tr("w-public-object-lead", &[("who", &recognitions::called(desk, row)), ("day", &until)]);
    let mut form = Form::new(
        desk,
        "w-recognition-object",
        format!("/public/notices/{}", row.no),
        "w-send-objection",
    )
    .lead(lead)
    .crumb(desk, "/public", "w-nav-public")
    .ask(Field::text(desk, "name", "w-objector", input).hint(desk, "w-objector-hint").skip())
    .ask(Field::area(desk, "text", "field-objection", input).hint(desk, "w-objection-hint"));
    form.back = "/public".to_owned();
    form
}

/// `GET /public/notices/RD-0001`: the form to object.
pub(crate) async fn object(
    State(app): State<App>,
    visitor: Visitor,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = notice(desk, &no)?;
        let input = Input::default();
        objecting(desk, &row, &input).page(desk, Section::Public, &input, &Errors::new())
    })
    .await
}

/// `POST` of the same. Anybody may send it, so it is sealed like any other, and only so many are
/// taken in a time.
pub(crate) async fn send_object(
    State(app): State<App>,
    Path(no): Path<String>,
    Open { visitor, input }: Open,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = notice(desk, &no)?;
        let mut r = Reading::new(desk, &input);
        let text = r.must_text("text", "field-objection");
        if r.is_right() {
            desk.may_public_write()?;
            let ask = Ask { by: BY.to_owned(), ..r.ask() };
            let name = r.text("name");
            match desk.office().object(&ask, row.no, desk.today(), name, text) {
                Ok(_) => {
                    let mut page = Page::new(desk, desk.t("w-public-thanks"), String::new())?;
                    page.note = Some(("ok", desk.t("w-public-objected")));
                    return reply::html(&page);
                }
                Err(trouble) => r.refused(trouble)?,
            }
        }
        let errors = r.errors;
        objecting(desk, &row, &input).page(desk, Section::Public, &input, &errors)
    })
    .await
}

#[cfg(test)]
mod tests {
    #[test]
    fn codes_are_read_as_people_type_them() {
        assert_eq!(office::typed_code(" k7q2 0o1l-iuvz "), "K7Q20011".to_owned() + "1VVZ");
        assert_eq!(office::typed_code("<script>"), "SCR1PT");
    }
}
