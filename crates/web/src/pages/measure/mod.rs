//! One measure: what shows it, what it is matched to, and the form that ends it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Event, Number, Series};

use super::papers::{self, Paper};
use super::{measures, number, submit};
use crate::describe::Line;
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Field, Form};
use crate::input::{Errors, Input, Posted};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::{self, Link, Status};
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/measure/page.html")]
struct Page {
    s: Shell,
    no: String,
    title: String,
    lead: String,
    status: Status,
    open: bool,
    detail: String,
    period: String,
    ended: String,
    matches: Vec<Match>,
    papers: Vec<Paper>,
    lines: Vec<Line>,
}

struct Match {
    link: Link,
    statements: String,
    why: String,
}

/// `GET /measures/CS-0001`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Measure)?;
        let row = desk.reader.measure(no)?.ok_or(Problem::NotFound)?;
        let records = desk.reader.timeline(no)?;
        let matches = records.iter().filter_map(|record| match &record.event {
            Event::MeasureMatched(event) => Some(Match {
                link: desk.link(event.secret),
                statements: desk.statements(event.statements.as_deref()),
                why: event.why.clone().unwrap_or_default(),
            }),
            _ => None,
        });
        let matches = matches.collect();
        let mut lines = desk.lines(&records, Some(no));
        lines.reverse();
        let article = desk.tr("measure-article", &[("item", &row.item.item().to_string())]);
        let page = Page {
            no: no.to_string(),
            title: row.title.clone(),
            lead: format!("{article} · {}", desk.t(&format!("measure-{}", row.item.word()))),
            status: measures::status(desk, &row),
            open: row.ended_idx.is_none(),
            detail: row.detail.clone().unwrap_or_else(show::nothing),
            period: desk.period(row.from, row.until),
            ended: match row.ended_idx {
                Some(_) => show::day(row.ended),
                None => String::new(),
            },
            matches,
            papers: papers::of(desk, no)?,
            lines,
            s: desk.shell(Section::Measures)?,
        };
        reply::html(&page)
    })
    .await
}

fn make(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    desk.reader.measure(no)?.ok_or(Problem::NotFound)?;
    Ok(Form::new(desk, "w-end-measure", format!("{}/end", href(no)), "w-do-end")
        .lead(desk.t("w-end-measure-lead"))
        .crumb(desk, "/measures", "w-nav-measures")
        .about(desk, no)
        .danger()
        .ask(Field::day(desk, "happened", "w-last-day", input).skip())
        .ask(Field::text(desk, "why", "field-why", input).hint(desk, "w-why-hint")))
}

/// `GET /measures/CS-0001/end`.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Measure)?;
        let input = Input::of([("happened", desk.today().to_string())]);
        make(desk, no, &input)?.page(desk, Section::Measures, &input, &Errors::new())
    })
    .await
}

/// `POST /measures/CS-0001/end`.
pub(crate) async fn send(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Measure)?;
        submit(
            desk,
            Section::Measures,
            &posted,
            |desk, input| make(desk, no, input),
            |r| {
                let (happened, why) = (r.day("happened"), r.must_text("why", "field-why"));
                if !r.is_right() {
                    return Ok(None);
                }
                let receipt = desk.office().end_measure(&r.ask(), no, happened, why)?;
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}
