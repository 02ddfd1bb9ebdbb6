//! 公平离职: a leaver's list, once as the company sees it and once as the leaver gets it.

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::Series;
use domain::terms::Action;
use office::{Access, Exit, ExitLine, copy_state};

use super::number;
use crate::desk::{App, Desk, at_desk, href};
use crate::input::Input;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::{self, Status};
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/exit/page.html")]
struct Page {
    s: Shell,
    no: String,
    name: String,
    lead: String,
    /// Whether it is the leaver's page: numbers only, what a record shows, room for objections.
    leaver: bool,
    /// What is still to be done: words, where, and the action.
    todo: Vec<(String, String, String)>,
    lines: Vec<Row>,
}

struct Row {
    no: String,
    title: String,
    carriers: String,
    access: Vec<String>,
    readings: Vec<String>,
    copies: Vec<String>,
    status: Status,
}

/// `GET /people/RY-0001/exit`, and `?for=leaver` for the leaver's page.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Person)?;
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let leaver = input.has("for", "leaver");
        // Whoever sees no secret point gets the list by numbers: the register is not opened.
        let titled = !leaver && desk.may(Action::SeeSecrets);
        let full = desk.app.full_reader()?;
        let exit = desk.office().exit(&full, no)?;
        let shown = exit.lines.iter().filter(|line| !leaver || line.was_in_hand());
        let lines: Vec<Row> = shown.map(|line| row(desk, line, titled)).collect();
        let lead = desk.tr(
            if leaver { "w-exit-leaver-lead" } else { "w-exit-lead" },
            &[("day", &desk.today().to_string()), ("n", &lines.len().to_string())],
        );
        let page = Page {
            no: no.to_string(),
            name: desk.name(no),
            lead,
            leaver,
            todo: todo(desk, &exit, titled),
            lines,
            s: desk.shell(Section::People)?,
        };
        reply::html(&page)
    })
    .await
}

fn todo(desk: &Desk, exit: &Exit, titled: bool) -> Vec<(String, String, String)> {
    let today = desk.today();
    let mut todo = Vec::new();
    for line in exit.lines.iter().filter(|line| line.is_open(today)) {
        let words = desk.tr("w-exit-todo-access", &[("no", &line.secret.to_string())]);
        let to = format!("{}/bar/{}", href(line.secret), exit.person);
        let to = if titled { to } else { String::new() };
        todo.push((words, to, desk.t("w-do-bar")));
    }
    for copy in exit.lines.iter().flat_map(ExitLine::copies_out) {
        let words = desk.tr("w-exit-todo-copy", &[("no", &copy.no.to_string())]);
        let to = if titled { format!("{}/end", href(copy.no)) } else { String::new() };
        todo.push((words, to, desk.t("w-exit-do-copy")));
    }
    for account in &exit.accounts {
        let words = desk.tr("w-exit-todo-account", &[("no", &account.to_string())]);
        todo.push((words, format!("{}/close", href(*account)), desk.t("w-do-close-account")));
    }
    todo
}

fn row(desk: &Desk, line: &ExitLine, titled: bool) -> Row {
    let today = desk.today();
    let out = line.copies_out().count();
    let status = match (line.is_open(today), out) {
        (true, _) => Status::new("due", desk.t("w-access")),
        (false, 0) => Status::new("ok", desk.t("w-exit-line-settled")),
        (false, _) => Status::new("due", desk.n("w-exit-line-copies", out)),
    };
    let carriers = show::list(desk.lang(), &line.carriers);
    let none = || vec![show::nothing()];
    let or_none = |words: Vec<String>| if words.is_empty() { none() } else { words };
    Row {
        no: line.secret.to_string(),
        title: if titled { line.title.clone() } else { String::new() },
        carriers: match line.carriers.is_empty() {
            true => String::new(),
            false => desk.n("w-exit-carriers", carriers),
        },
        access: or_none(line.access.iter().map(|access| period(desk, access)).collect()),
        readings: or_none(
            line.readings
                .iter()
                .map(|(day, what)| format!("{day} {}", reading(desk, what)))
                .collect(),
        ),
        copies: or_none(
            line.copies
                .iter()
                .map(|copy| {
                    let state = desk.t(&format!("copy-{}", copy_state(copy, today)));
                    format!("{} {state}", copy.no)
                })
                .collect(),
        ),
        status,
    }
}

fn reading(desk: &Desk, what: &str) -> String {
    match what.strip_prefix("carrier ") {
        Some(no) => desk.n("w-line-carrier", no),
        None if what == "passages" => desk.t("w-line-passages"),
        None => desk.t("w-line-statements"),
    }
}

fn period(desk: &Desk, access: &Access) -> String {
    let end = match (access.ended, access.until) {
        (Some(day), until) => day.or(until),
        (None, until) => until,
    };
    desk.period(Some(access.from), end)
}
