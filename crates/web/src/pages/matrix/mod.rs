//! 某日对照: who could reach a secret point on a day, bound by what, protected by which measures.

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Day, Number, Series};
use dossier::{Block, Line, Look, Matrix, Say, To};

use super::number;
use crate::desk::{App, Desk, at_desk, href};
use crate::input::Input;
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/matrix/page.html")]
struct Page {
    s: Shell,
    no: String,
    name: String,
    title: String,
    typed: String,
    error: String,
    today: String,
    pdf: String,
    blocks: Vec<Block>,
}

impl Page {
    /// Where a line leads to; empty when nowhere.
    fn href(&self, line: &Line) -> String {
        match line.to {
            None => String::new(),
            Some(To::Thing(no)) => href(no),
            Some(To::Entry(idx)) => format!("/ledger/{idx}"),
        }
    }
}

/// `GET /secrets/MD-0001/matrix?day=2024-03-11`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Secret)?;
        let row = desk.reader.secret_row(no)?.ok_or(Problem::NotFound)?;
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let typed = input.get("day").to_owned();
        let mut page = Page {
            s: desk.shell(Section::Secrets)?,
            no: no.to_string(),
            name: row.title,
            title: desk.t("w-matrix"),
            error: String::new(),
            today: desk.today().to_string(),
            pdf: String::new(),
            blocks: Vec::new(),
            typed,
        };
        let day = match asked(desk, &page.typed) {
            Ok(day) => day,
            Err(key) => {
                page.error = desk.t(key);
                return reply::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
            }
        };
        let matrix = found(desk, no, day)?;
        let say = Say { lang: desk.lang(), zone_minutes: desk.office().zone_minutes() };
        page.title = desk.tr("matrix-title", &[("day", &day.to_string())]);
        page.pdf = format!("{}/matrix.pdf?day={day}", href(no));
        page.typed = day.to_string();
        page.blocks = dossier::matrix_blocks(&matrix, say);
        reply::html(&page)
    })
    .await
}

/// `GET /secrets/MD-0001/matrix.pdf?day=2024-03-11`.
pub(crate) async fn pdf(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Secret)?;
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let day = asked(desk, input.get("day")).map_err(|_| Problem::NotFound)?;
        let matrix = found(desk, no, day)?;
        let bytes = desk.office().matrix_pdf(&desk.reader, &matrix, desk.lang())?;
        Ok(reply::file("application/pdf", &format!("{no}-{day}.pdf"), bytes))
    })
    .await
}

/// The day that was asked for, today without one; else the key of what is wrong with it.
fn asked(desk: &Desk, typed: &str) -> Result<Day, &'static str> {
    if typed.is_empty() {
        return Ok(desk.today());
    }
    let day = Day::parse(typed).map_err(|_| "w-matrix-not-a-day")?;
    if day > desk.today() { Err("w-matrix-future") } else { Ok(day) }
}

fn found(desk: &Desk, no: Number, day: Day) -> Result<Matrix, Problem> {
    if desk.reader.secret_row(no)?.is_none() {
        return Err(Problem::NotFound);
    }
    Ok(desk.office().matrix(&desk.reader, no, day)?)
}
