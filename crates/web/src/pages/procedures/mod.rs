//! 程序: by which ways a trade secret is defended.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::desk::{App, at_desk};
use crate::law::catalog;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/procedures/page.html")]
struct Page {
    s: Shell,
    rows: Vec<Row>,
}

struct Row {
    id: &'static str,
    title: String,
    who: String,
    steps: usize,
    deadlines: usize,
    from: String,
}

/// `GET /procedures`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let rows = catalog().procedures().iter().map(|row| {
            let who: Vec<String> = row.role.iter().map(|role| desk.law(&role.name)).collect();
            Row {
                id: &row.id,
                title: desk.law(&row.title),
                who: who.join(&desk.t("w-comma")),
                steps: row.step.len(),
                deadlines: row.deadline.len(),
                from: row.from.to_string(),
            }
        });
        reply::html(&Page { rows: rows.collect(), s: desk.shell(Section::Procedures)? })
    })
    .await
}
