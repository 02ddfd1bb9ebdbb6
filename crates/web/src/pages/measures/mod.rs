//! 保密措施: by the items of 法释〔2020〕7号 art. 6, and the form to add one.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::terms::MeasureItem;
use domain::{Number, Series};
use office::MeasureForm;
use store::read::MeasureRow;

use super::submit;
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form};
use crate::input::{Errors, Input, Posted};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::Status;
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/measures/page.html")]
struct Page {
    s: Shell,
    lead: String,
    groups: Vec<Group>,
}

/// The measures of an item.
struct Group {
    article: String,
    item: String,
    status: Status,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    no: String,
    title: String,
    period: String,
    papers: u32,
    secrets: u32,
    status: Status,
}

/// Whether a measure holds today, and can be shown to hold.
pub(crate) fn status(desk: &Desk, row: &MeasureRow) -> Status {
    match (row.in_force(desk.today()), row.papers) {
        (false, _) => Status::new("", desk.t("w-measure-ended")),
        (true, 0) => Status::new("due", desk.t("w-measure-bare")),
        (true, _) => Status::new("ok", desk.t("w-measure-holds")),
    }
}

/// `GET /measures`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let measures = desk.reader.measures()?;
        let today = desk.today();
        let has = |item| measures.iter().any(|row| row.item == item && row.in_force(today));
        let met = MeasureItem::ALL.iter().filter(|item| has(**item)).count();
        let groups = MeasureItem::ALL.iter().map(|&item| Group {
            article: desk.tr("measure-article", &[("item", &item.item().to_string())]),
            item: desk.t(&format!("measure-{}", item.word())),
            status: match (has(item), item) {
                (true, _) => Status::new("ok", desk.t("w-item-met")),
                (false, MeasureItem::Other) => Status::new("", desk.t("w-item-optional")),
                (false, _) => Status::new("due", desk.t("w-item-missing")),
            },
            rows: measures
                .iter()
                .filter(|row| row.item == item)
                .map(|row| line(desk, row))
                .collect(),
        });
        let lead = desk.tr(
            "w-measures-lead",
            &[("n", &measures.len().to_string()), ("met", &met.to_string())],
        );
        let groups = groups.collect();
        reply::html(&Page { s: desk.shell(Section::Measures)?, lead, groups })
    })
    .await
}

fn line(desk: &Desk, row: &MeasureRow) -> Row {
    Row {
        href: href(row.no),
        no: row.no.to_string(),
        title: row.title.clone(),
        period: desk.period(row.from, row.until),
        papers: row.papers,
        secrets: row.secrets,
        status: status(desk, row),
    }
}

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let items = MeasureItem::ALL
        .iter()
        .map(|item| {
            let label = desk.t(&format!("measure-{}", item.word()));
            let sub = desk.tr("measure-article", &[("item", &item.item().to_string())]);
            Choice { sub, ..Choice::new(item.word(), label, input.has("item", item.word())) }
        })
        .collect();
    let mut form = Form::new(desk, "w-do-measure", "/measures/new".into(), "w-do-write")
        .lead(desk.t("w-add-measure-lead"))
        .crumb(desk, "/measures", "w-nav-measures")
        .aside(desk, &["w-add-measure-aside", "w-add-measure-aside-1", "w-add-measure-aside-2"])
        .ask(Field::radio(desk, "item", "w-measure-item", items, input))
        .ask(
            Field::text(desk, "title", "w-measure-title", input).hint(desk, "w-measure-title-hint"),
        )
        .ask(
            Field::area(desk, "detail", "w-measure-detail", input)
                .hint(desk, "w-measure-detail-hint")
                .skip(),
        )
        .ask(Field::day(desk, "from", "field-from", input).skip())
        .ask(Field::day(desk, "until", "field-until", input).skip())
        .ask(Field::day(desk, "happened", "w-paper-day", input).skip())
        .ask(
            Field::files(desk, "files", "w-measure-papers", input)
                .hint(desk, "w-measure-papers-hint")
                .skip(),
        );
    if let Some(secret) = secret_of(input) {
        form.hidden.push(("secret", secret.to_string()));
        form.back = href(secret);
    }
    Ok(form)
}

/// The secret point that the measure is matched to afterwards.
fn secret_of(input: &Input) -> Option<Number> {
    Number::parse(input.get("secret")).ok().filter(|no| no.series == Series::Secret)
}

/// `GET /measures/new`, or with `?secret=MD-0001` to match it to that point next.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let query = Input::parse(query.unwrap_or_default().as_bytes());
        let secret = secret_of(&query).map(|no| no.to_string()).unwrap_or_default();
        let from = desk.today().to_string();
        let input = Input::of([("secret", secret), ("from", from)]);
        make(desk, &input)?.page(desk, Section::Measures, &input, &Errors::new())
    })
    .await
}

/// `POST /measures/new`.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let secret = secret_of(&posted.input);
        submit(desk, Section::Measures, &posted, make, |r| {
            let item = r.must_term("item", MeasureItem::from_word);
            let title = r.must_text("title", "w-measure-title");
            let (from, until) = (r.day("from"), r.day("until"));
            let papers_day = r.day("happened");
            let (Some(item), true) = (item, r.is_right()) else { return Ok(None) };
            let (detail, papers) = (r.text("detail"), r.sources("files")?);
            let form = MeasureForm { item, title, detail, from, until, papers, papers_day };
            let receipt = desk.office().add_measure(&r.ask(), form)?;
            let to = match (secret, receipt.number) {
                (Some(secret), _) => format!("{}/match", href(secret)),
                (None, Some(no)) => href(no),
                (None, None) => "/measures".into(),
            };
            Ok(Some((to, receipt)))
        })
    })
    .await
}
