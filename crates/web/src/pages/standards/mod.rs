//! 证据标准: what must be proved on each road.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::desk::{App, at_desk};
use crate::law::{Basis, catalog};
use crate::reply;
use crate::shell::{Section, Shell};
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/standards/page.html")]
struct Page {
    s: Shell,
    rows: Vec<Row>,
}

struct Row {
    id: &'static str,
    title: String,
    road: String,
    elements: usize,
    basis: Basis,
}

/// `GET /standards`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let rows = catalog().standards().iter().map(|row| Row {
            id: &row.id,
            title: desk.law(&row.title),
            road: desk.t(&format!("law-road-{}", row.road.key())),
            elements: row.elements.len(),
            basis: desk.basis(&row.cites, None),
        });
        reply::html(&Page { rows: rows.collect(), s: desk.shell(Section::Standards)? })
    })
    .await
}
