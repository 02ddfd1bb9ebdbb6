//! An agreement with a partner: its page, and the form to add one.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Number, Series};
use office::AgreementForm;
use store::read::SecretFilter;

use super::disclosure::{self, Row as DisclosureLine};
use super::papers::{self, Paper};
use super::partner::Agreement;
use super::{number, submit};
use crate::describe::Line;
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form};
use crate::input::{Errors, Input, Posted};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::Link;
use crate::visitor::Member;

/// Secret points offered by name; with more of them an agreement is for all.
const SECRETS_MAX: u32 = 60;

#[derive(Template)]
#[template(path = "pages/agreement/page.html")]
struct Page {
    s: Shell,
    agreement: Agreement,
    partner: Link,
    secrets: Vec<Link>,
    disclosures: Vec<DisclosureLine>,
    papers: Vec<Paper>,
    lines: Vec<Line>,
}

/// `GET /agreements/XY-0001`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Agreement)?;
        let row = desk.reader.agreement(no)?.ok_or(Problem::NotFound)?;
        let mut lines = desk.lines(&desk.reader.timeline(no)?, Some(no));
        lines.reverse();
        let under = desk.reader.disclosures_to_partner(row.partner)?;
        let under = under.iter().filter(|disclosure| disclosure.agreement == Some(no));
        let page = Page {
            agreement: Agreement::of(desk, &row),
            partner: desk.link(row.partner),
            secrets: row.secrets.iter().flatten().map(|no| desk.link(*no)).collect(),
            disclosures: under.map(|disclosure| disclosure::of_partner(desk, disclosure)).collect(),
            papers: papers::of(desk, no)?,
            lines,
            s: desk.shell(Section::Partners)?,
        };
        reply::html(&page)
    })
    .await
}

fn make(desk: &Desk, partner: Number, input: &Input) -> Result<Form, Problem> {
    desk.reader.partner(partner)?.ok_or(Problem::NotFound)?;
    let filter = SecretFilter { limit: SECRETS_MAX, ..SecretFilter::default() };
    let secrets = desk.reader.secrets(&filter)?.rows.into_iter().map(|row| {
        let no = row.no.to_string();
        Choice::new(row.no, format!("{} {no}", row.title), input.has("secrets", &no))
    });
    Ok(Form::new(desk, "w-add-agreement", format!("{}/agree", href(partner)), "w-do-write")
        .lead(desk.t("w-add-agreement-lead"))
        .crumb(desk, "/partners", "w-nav-partners")
        .about(desk, partner)
        .ask(
            Field::text(desk, "title", "w-agreement-title", input)
                .hint(desk, "w-agreement-title-hint"),
        )
        .ask(Field::day(desk, "from", "field-from", input).skip())
        .ask(
            Field::day(desk, "until", "field-until", input)
                .hint(desk, "w-agreement-until-hint")
                .skip(),
        )
        .ask(
            Field::ticks(desk, "secrets", "w-agreement-secrets", secrets.collect(), input)
                .hint(desk, "w-agreement-secrets-hint")
                .skip(),
        )
        .ask(Field::day(desk, "happened", "w-paper-day", input).skip())
        .ask(
            Field::files(desk, "files", "w-agreement-papers", input)
                .hint(desk, "w-papers-hint")
                .skip(),
        ))
}

/// `GET /partners/HZ-0001/agree`.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    Path(partner): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (partner, input) = (number(&partner, Series::Partner)?, Input::default());
        make(desk, partner, &input)?.page(desk, Section::Partners, &input, &Errors::new())
    })
    .await
}

/// `POST /partners/HZ-0001/agree`.
pub(crate) async fn send(
    State(app): State<App>,
    Path(partner): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let partner = number(&partner, Series::Partner)?;
        submit(
            desk,
            Section::Partners,
            &posted,
            |desk, input| make(desk, partner, input),
            |r| {
                let title = r.must_text("title", "w-agreement-title");
                let (from, until) = (r.day("from"), r.day("until"));
                let papers_day = r.day("happened");
                let secrets: Vec<Number> =
                    r.input.all("secrets").filter_map(|text| Number::parse(text).ok()).collect();
                if !r.is_right() {
                    return Ok(None);
                }
                let form = AgreementForm {
                    partner,
                    title,
                    from,
                    until,
                    secrets: (!secrets.is_empty()).then_some(secrets),
                    papers: r.sources("files")?,
                    papers_day,
                };
                let receipt = desk.office().agree(&r.ask(), form)?;
                Ok(Some((href(partner), receipt)))
            },
        )
    })
    .await
}
