//! One evidence standard: elements, the facts that prove each, the items accepted, thresholds.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use catalog::Ref;
use catalog::standard::{Element, Fact};

use crate::desk::{App, Desk, at_desk};
use crate::law::{Basis, catalog};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::Link;
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/standard/page.html")]
struct Page {
    s: Shell,
    crumbs: Vec<Link>,
    here: String,
    note: String,
    basis: Basis,
    elements: Vec<ElementRow>,
    thresholds: Vec<(String, Basis)>,
}

struct ElementRow {
    name: String,
    /// Whether one of its facts is enough.
    any: bool,
    basis: Basis,
    facts: Vec<FactRow>,
}

struct FactRow {
    name: String,
    strong: Vec<ItemRow>,
    weak: Vec<ItemRow>,
    basis: Basis,
}

struct ItemRow {
    name: String,
    form: String,
}

/// `GET /standards/{standard}`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    Path(id): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = catalog().standard(&id).ok_or(Problem::NotFound)?;
        let elements = row.elements.iter().filter_map(|id| catalog().elements().element(&id.id));
        let thresholds = row.threshold.iter();
        reply::html(&Page {
            crumbs: vec![Link {
                href: "/standards".into(),
                no: String::new(),
                name: desk.t("w-nav-standards"),
            }],
            here: desk.law(&row.title),
            note: row.note.as_ref().map(|note| desk.law(note)).unwrap_or_default(),
            basis: desk.basis(&row.cites, None),
            elements: elements.map(|element| element_row(desk, element)).collect(),
            thresholds: thresholds
                .map(|row| (desk.law(&row.name), desk.basis(&row.cites, row.mark)))
                .collect(),
            s: desk.shell(Section::Standards)?,
        })
    })
    .await
}

fn element_row(desk: &Desk, element: &'static Element) -> ElementRow {
    ElementRow {
        name: desk.law(&element.name),
        any: element.any,
        basis: desk.basis(&element.cites, None),
        facts: element.fact.iter().map(|fact| fact_row(desk, fact)).collect(),
    }
}

fn fact_row(desk: &Desk, fact: &'static Fact) -> FactRow {
    FactRow {
        name: desk.law(&fact.name),
        strong: items(desk, &fact.strong),
        weak: items(desk, &fact.weak),
        basis: desk.basis(&fact.cites, None),
    }
}

fn items(desk: &Desk, ids: &[Ref]) -> Vec<ItemRow> {
    let items = ids.iter().filter_map(|id| catalog().elements().item(&id.id));
    items
        .map(|item| {
            let form = item.form.iter().map(|form| desk.t(&format!("law-form-{}", form.key())));
            let form: Vec<_> = form.collect();
            ItemRow { name: desk.law(&item.name), form: form.join(&desk.t("w-comma")) }
        })
        .collect()
}
