//! One person: what they may know, their papers, what happened.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Series;

use super::number;
use super::papers::{self, Paper};
use crate::describe::Line;
use crate::desk::{App, at_desk, href};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::{self, Link, Status};
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/person/page.html")]
struct Page {
    s: Shell,
    no: String,
    name: String,
    lead: String,
    open: usize,
    accesses: Vec<Access>,
    papers: Vec<Paper>,
    lines: Vec<Line>,
    notes: Vec<(&'static str, String)>,
    gone: bool,
}

struct Access {
    link: Link,
    level: String,
    level_class: &'static str,
    why: String,
    period: String,
    status: Status,
    bar: String,
}

/// `GET /people/RY-0001`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Person)?;
        let person = desk.reader.person(no)?.ok_or(Problem::NotFound)?;
        let today = desk.today();
        let clearances = desk.reader.clearances_of_person(no)?;
        let mut accesses = Vec::new();
        for row in &clearances {
            let Some(secret) = desk.reader.secret_row(row.secret)? else { continue };
            let over = row.until.is_some_and(|until| until < today);
            let status = match (row.barred_idx, over) {
                (Some(_), _) => {
                    Status::new("", desk.tr("w-barred", &[("day", &show::day(row.barred))]))
                }
                (None, true) => Status::new("due", desk.t("w-access-over")),
                (None, false) => Status::new("ok", desk.t("w-access")),
            };
            let bar = match row.barred_idx {
                None => format!("{}/bar/{no}", href(row.secret)),
                Some(_) => String::new(),
            };
            accesses.push(Access {
                link: desk.link(row.secret),
                level: desk.t(&format!("level-{}", secret.level.word())),
                level_class: show::level_class(secret.level),
                why: row.why.clone().unwrap_or_else(show::nothing),
                period: desk.period(row.from, row.until),
                status,
                bar,
            });
        }
        let mut lines = desk.lines(&desk.reader.timeline(no)?, Some(no));
        lines.reverse();
        let parts = [person.department.clone(), person.post.clone()];
        let mut lead: Vec<String> = parts.into_iter().flatten().collect();
        lead.extend(
            person.joined.map(|day| desk.tr("w-person-joined", &[("day", &day.to_string())])),
        );
        let page = Page {
            no: no.to_string(),
            name: desk.name(no),
            lead: lead.join(" · "),
            open: clearances.iter().filter(|row| row.barred_idx.is_none()).count(),
            accesses,
            papers: papers::of(desk, no)?,
            notes: super::custody::notes(desk, no)?,
            gone: desk.reader.erasure(no)?.is_some(),
            lines,
            s: desk.shell(Section::People)?,
        };
        reply::html(&page)
    })
    .await
}
