//! 标记副本: what is out with whom, one batch, one copy.

pub(crate) mod ends;
pub(crate) mod issue;

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Number, Series};
use office::Trouble;
use store::read::{CopyFilter, CopyRow};

use super::number;
use super::papers::{self, Paper};
use crate::describe::Line;
use crate::desk::{App, Desk, at_desk, href};
use crate::input::{Posted, Reading};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::{self, Link, Status};
use crate::visitor::Member;

/// Copies shown in a list; the rest is on the pages of their batches.
const ROWS_MAX: usize = 500;

/// A copy in a table.
pub(crate) struct Row {
    href: String,
    no: String,
    recipient: String,
    secret: Link,
    until: String,
    status: Status,
}

#[derive(Template)]
#[template(path = "pages/copies/list.html")]
struct List {
    s: Shell,
    lead: String,
    copies: Vec<Row>,
    older: String,
}

#[derive(Template)]
#[template(path = "pages/copies/batch.html")]
struct Batch {
    s: Shell,
    no: String,
    secret: Link,
    purpose: String,
    waiting: bool,
    key: String,
    facts: Vec<(String, String)>,
    copies: Vec<Row>,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "pages/copies/page.html")]
struct Page {
    s: Shell,
    no: String,
    name: String,
    row: Row,
    batch: Link,
    made: bool,
    open: bool,
    key: String,
    facts: Vec<(String, String)>,
    papers: Vec<Paper>,
    lines: Vec<Line>,
}

fn row(desk: &Desk, row: &CopyRow) -> Row {
    let word = office::copy_state(row, desk.today());
    let class = match word {
        "overdue" => "bad",
        "recalled" | "waiting" => "due",
        "returned" | "destroyed" => "done",
        "received" => "ok",
        _ => "part",
    };
    Row {
        href: href(row.no),
        no: row.no.to_string(),
        recipient: format!("{} {}", desk.name(row.recipient), row.recipient),
        secret: desk.link(row.secret),
        until: show::day(row.until),
        status: Status::new(class, desk.t(&format!("copy-{word}"))),
    }
}

/// `GET /copies`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let today = desk.today();
        let mut all = desk.reader.copies(CopyFilter::default())?;
        let out = all.iter().filter(|row| row.at.is_some() && row.ending.is_none()).count();
        let overdue = all.iter().filter(|row| row.overdue(today)).count();
        // What is overdue first, then what went out last.
        all.sort_by_key(|row| (!row.overdue(today), std::cmp::Reverse(row.no.count)));
        let lead = desk.tr(
            "w-copies-lead",
            &[
                ("n", &all.len().to_string()),
                ("out", &out.to_string()),
                ("overdue", &overdue.to_string()),
            ],
        );
        let more = all.len().saturating_sub(ROWS_MAX);
        let page = List {
            lead,
            copies: all.iter().take(ROWS_MAX).map(|one| row(desk, one)).collect(),
            older: if more > 0 { desk.n("w-copies-more", more) } else { String::new() },
            s: desk.shell(Section::Partners)?,
        };
        reply::html(&page)
    })
    .await
}

/// `GET /batches/FF-0001`.
pub(crate) async fn batch(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Batch)?;
        let head = desk.reader.batch(no)?.ok_or(Problem::NotFound)?;
        let copies = desk.reader.copies(CopyFilter { batch: Some(no), ..CopyFilter::default() })?;
        let mut lines = desk.lines(&desk.reader.timeline(no)?, Some(no));
        lines.reverse();
        let beacon = copies.iter().find_map(|copy| copy.beacon.clone());
        let page = Batch {
            secret: desk.link(head.secret),
            waiting: copies.iter().any(|copy| copy.at.is_none()),
            key: hex::encode(desk.office().random::<16>()),
            facts: vec![
                (desk.t("w-copies-carrier"), desk.n("w-carrier-no", head.carrier)),
                (desk.t("copy-col-until"), show::day(head.until)),
                (desk.t("w-copies-sites"), head.sites.to_string()),
                (desk.t("field-notice"), head.notice.unwrap_or_else(show::nothing)),
                (desk.t("w-copies-seed"), head.seed),
                (desk.t("copy-col-beacon"), beacon.unwrap_or_else(show::nothing)),
            ],
            copies: copies.iter().map(|copy| row(desk, copy)).collect(),
            purpose: head.purpose,
            lines,
            no: no.to_string(),
            s: desk.shell(Section::Partners)?,
        };
        reply::html(&page)
    })
    .await
}

/// `POST /batches/FF-0001/make`: makes the copies that wait.
pub(crate) async fn make(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Batch)?;
        let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
        let ask = Reading::new(desk, &posted.input).ask();
        desk.office().issue_copies(&ask, no, &BTreeMap::new(), unlocked)?;
        Ok(reply::see_other(&href(no)))
    })
    .await
}

/// `GET /copies/FB-0001`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Copy)?;
        let copy = desk.reader.copy(no)?.ok_or(Problem::NotFound)?;
        let mut lines = desk.lines(&desk.reader.timeline(no)?, Some(no));
        lines.reverse();
        let chosen = match copy.chosen.as_deref() {
            Some("recipient") => desk.t("copy-nonce-recipient"),
            Some(_) => desk.t("copy-nonce-node"),
            None => String::new(),
        };
        let some = |text: &Option<String>| text.clone().unwrap_or_else(show::nothing);
        let page = Page {
            name: desk.name(copy.recipient),
            row: row(desk, &copy),
            batch: Link { href: href(copy.batch), no: copy.batch.to_string(), name: String::new() },
            made: copy.at.is_some(),
            open: copy.at.is_some() && copy.ending.is_none(),
            key: hex::encode(desk.office().random::<16>()),
            facts: vec![
                (desk.t("copy-col-until"), show::day(copy.until)),
                (desk.t("copy-col-received"), show::day(copy.received)),
                (desk.t("w-copies-ended"), show::day(copy.ended)),
                (desk.t("copy-col-file"), some(&copy.file)),
                (desk.t("copy-col-nonce"), format!("{} {chosen}", some(&copy.nonce))),
                (desk.t("copy-col-beacon"), some(&copy.beacon)),
            ],
            papers: papers::of(desk, no)?,
            lines,
            no: no.to_string(),
            s: desk.shell(Section::Partners)?,
        };
        reply::html(&page)
    })
    .await
}

/// `POST /copies/FB-0001/file`: the copy itself. The ledger is told.
pub(crate) async fn file(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no: Number = number(&no, Series::Copy)?;
        let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
        let ask = Reading::new(desk, &posted.input).ask();
        let copy = desk.office().remake_copy(&ask, no, unlocked)?;
        Ok(reply::file("application/octet-stream", &copy.name, copy.bytes))
    })
    .await
}
