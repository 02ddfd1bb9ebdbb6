//! 合作方与披露: suppliers, customers, authorities, and what is out with them.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::terms::Relation;
use office::PartnerForm;

use super::disclosure::Row as DisclosureLine;
use super::submit;
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Field, Form, terms};
use crate::input::{Errors, Input, Posted};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show;
use crate::visitor::Member;

/// Disclosures shown below the partners, the newest first.
const DISCLOSURES: usize = 20;

#[derive(Template)]
#[template(path = "pages/partners/page.html")]
struct Page {
    s: Shell,
    lead: String,
    rows: Vec<Row>,
    disclosures: Vec<DisclosureLine>,
}

struct Row {
    href: String,
    no: String,
    name: String,
    relation: String,
    code: String,
    agreements: u32,
    out: u32,
}

/// `GET /partners`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let partners = desk.reader.partners()?;
        let disclosures = desk.reader.disclosures()?;
        let out = disclosures.iter().filter(|row| row.ended_idx.is_none()).count();
        let lead = desk.tr(
            "w-partners-lead",
            &[("n", &partners.len().to_string()), ("out", &out.to_string())],
        );
        let rows = partners.into_iter().map(|partner| Row {
            href: href(partner.no),
            no: partner.no.to_string(),
            name: partner.name,
            relation: desk.t(&format!("relation-{}", partner.relation.word())),
            code: partner.code.unwrap_or_else(show::nothing),
            agreements: partner.agreements,
            out: partner.open_disclosures,
        });
        let page = Page {
            lead,
            rows: rows.collect(),
            disclosures: disclosures
                .iter()
                .take(DISCLOSURES)
                .map(|row| DisclosureLine::of(desk, row))
                .collect(),
            s: desk.shell(Section::Partners)?,
        };
        reply::html(&page)
    })
    .await
}

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let words = Relation::ALL.iter().map(|relation| relation.word());
    let relations = terms(desk, input, "relation", "relation", words);
    Ok(Form::new(desk, "w-add-partner", "/partners/new".into(), "w-do-write")
        .lead(desk.t("w-add-partner-lead"))
        .crumb(desk, "/partners", "w-nav-partners")
        .ask(Field::text(desk, "name", "w-partner-name", input))
        .ask(Field::radio(desk, "relation", "w-relation", relations, input).row())
        .ask(Field::text(desk, "code", "field-code", input).skip())
        .ask(Field::text(desk, "contact", "w-contact", input).hint(desk, "w-contact-hint").skip()))
}

/// `GET /partners/new`.
pub(crate) async fn form(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let input = Input::default();
        make(desk, &input)?.page(desk, Section::Partners, &input, &Errors::new())
    })
    .await
}

/// `POST /partners/new`.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Partners, &posted, make, |r| {
            let name = r.must_text("name", "w-partner-name");
            let relation = r.must_term("relation", Relation::from_word);
            let (Some(relation), true) = (relation, r.is_right()) else { return Ok(None) };
            let form =
                PartnerForm { name, relation, code: r.text("code"), contact: r.text("contact") };
            let receipt = desk.office().add_partner(&r.ask(), form)?;
            Ok(Some((receipt.number.map_or_else(|| "/partners".into(), href), receipt)))
        })
    })
    .await
}
