//! 举证卷宗: what was built.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::build::withheld;
use crate::desk::{App, at_desk, href};
use crate::reply;
use crate::shell::{Section, Shell};
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/dossiers/page.html")]
struct Page {
    s: Shell,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    no: String,
    purpose: String,
    at: String,
    secrets: String,
    withheld: String,
}

/// `GET /dossiers`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let comma = desk.t("w-comma");
        let rows = desk.reader.dossiers()?.into_iter().map(|dossier| {
            let secrets: Vec<String> =
                dossier.secrets.iter().map(|no| format!("{} {no}", desk.name(*no))).collect();
            Row {
                href: href(dossier.no),
                no: dossier.no.to_string(),
                purpose: desk.t(&format!("purpose-{}", dossier.purpose.word())),
                at: desk.minute(dossier.at),
                secrets: secrets.join(&comma),
                withheld: withheld(desk, &dossier.withheld),
            }
        });
        let rows = rows.collect();
        reply::html(&Page { s: desk.shell(Section::Dossiers)?, rows })
    })
    .await
}
