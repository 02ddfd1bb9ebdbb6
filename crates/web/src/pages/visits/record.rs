//! The form that goes along on a visit: every point of the checklist, on a tablet or a telephone,
//! without script.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use catalog::Checklist;
use catalog::checklist;
use domain::Series;
use domain::terms::{Grade, Mark, VisitState};
use office::{Finding, VisitForm};
use store::read::VisitRow;

use super::super::{number, written};
use crate::desk::{App, Desk, at_desk, href};
use crate::input::{Errors, Input, Posted, Reading};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::Link;
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/visits/record.html")]
struct Page {
    s: Shell,
    crumbs: Vec<Link>,
    here: String,
    title: String,
    lead: String,
    action: String,
    back: String,
    key: String,
    happened: String,
    note: String,
    errors: Errors,
    marks: Vec<(&'static str, String)>,
    grades: Vec<(&'static str, String)>,
    themes: Vec<Theme>,
}

struct Theme {
    id: &'static str,
    name: String,
    points: Vec<Point>,
}

/// A point with what was filled in so far.
struct Point {
    id: &'static str,
    ask: String,
    look: String,
    advice: String,
    basis: String,
    mark: String,
    finding: String,
    said: String,
    grade: String,
    due: String,
}

fn point(desk: &Desk, point: &'static checklist::Point, input: &Input) -> Point {
    let id = &*point.id.id;
    let said = |what: &str| input.get(&format!("{what}-{id}")).to_owned();
    let or = |text: String, usual: &str| if text.is_empty() { usual.to_owned() } else { text };
    Point {
        id,
        ask: desk.law(&point.ask),
        look: desk.law(&point.look),
        advice: desk.law(&point.advice),
        basis: point.cites.as_ref().map(|cite| desk.basis(cite, None).cite).unwrap_or_default(),
        mark: or(said("mark"), Mark::Unseen.word()),
        finding: said("finding"),
        said: said("advice"),
        grade: or(said("grade"), point.grade.key()),
        due: said("due"),
    }
}

fn page(
    desk: &Desk,
    row: &VisitRow,
    list: &'static Checklist,
    input: &Input,
    errors: Errors,
) -> Result<Response, Problem> {
    let mut key = [0; 16];
    if hex::decode_to_slice(input.get("key"), &mut key).is_err() {
        key = desk.office().random();
    }
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let at = href(row.no);
    let themes = list.theme.iter().map(|theme| Theme {
        id: &theme.id.id,
        name: desk.law(&theme.name),
        points: theme.point.iter().map(|of| point(desk, of, input)).collect(),
    });
    let visits = Link { href: "/visits".into(), no: String::new(), name: desk.t("w-nav-visits") };
    let page = Page {
        crumbs: vec![visits, desk.link(row.no)],
        here: desk.t("w-record-visit"),
        title: desk.law(&list.title),
        lead: format!("{} · {}", row.name, row.title),
        action: format!("{at}/record"),
        back: at,
        key: hex::encode(key),
        happened: input.get("happened").to_owned(),
        note: input.get("note").to_owned(),
        errors,
        marks: Mark::ALL
            .iter()
            .map(|mark| (mark.word(), desk.t(&format!("mark-{}", mark.word()))))
            .collect(),
        grades: Grade::ALL
            .iter()
            .map(|grade| (grade.word(), desk.t(&format!("grade-{}", grade.word()))))
            .collect(),
        themes: themes.collect(),
        s: desk.shell(Section::Visits)?,
    };
    reply::html_with(status, &page)
}

fn entry(desk: &Desk, no: &str) -> Result<(VisitRow, &'static Checklist), Problem> {
    let no = number(no, Series::Visit)?;
    let row = desk.reader.visit(no)?.ok_or(Problem::NotFound)?;
    let list = desk.office().list_of(&row)?;
    Ok((row, list))
}

/// `GET /visits/ZF-0001/record`.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (row, list) = entry(desk, &no)?;
        if row.state != VisitState::Planned {
            return Ok(reply::see_other(&href(row.no)));
        }
        let input = Input::of([("happened", row.day.min(desk.today()).to_string())]);
        page(desk, &row, list, &input, Errors::new())
    })
    .await
}

/// `POST /visits/ZF-0001/record`.
pub(crate) async fn send(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let (row, list) = entry(desk, &no)?;
        let input = &posted.input;
        let mut r = Reading::new(desk, input);
        if let Some(form) = read(&mut r, &row, list) {
            match desk.office().record_visit(&r.ask(), form) {
                Ok(receipt) => return Ok(written(&href(row.no), &receipt)),
                Err(trouble) => r.refused(trouble)?,
            }
        }
        let errors = r.errors;
        page(desk, &row, list, input, errors)
    })
    .await
}

/// What the form says; `None` when something is wrong, which the reading notes.
fn read(r: &mut Reading<'_>, row: &VisitRow, list: &Checklist) -> Option<VisitForm> {
    let happened = r.must_day("happened");
    let (mut marks, mut findings) = (Vec::new(), Vec::new());
    for (_, point) in list.points() {
        let id = &point.id.id;
        let name = |what: &str| format!("{what}-{id}");
        let Some(mark) = Mark::from_word(r.input.get(&name("mark"))) else { continue };
        marks.push((id.clone(), mark));
        if mark != Mark::Wanting {
            continue;
        }
        let finding = r.must_text(&name("finding"), "field-finding");
        findings.push(Finding {
            point: id.clone(),
            finding,
            advice: r.text(&name("advice")),
            grade: r.term(&name("grade"), Grade::from_word),
            due: r.day(&name("due")),
        });
    }
    let (Some(happened), true) = (happened, r.is_right()) else { return None };
    Some(VisitForm { visit: row.no, happened, marks, note: r.text("note"), findings })
}

impl Page {
    /// What is wrong with a field; blank when nothing is.
    fn error(&self, what: &str, id: &str) -> &str {
        let name = format!("{what}{id}");
        let found = self.errors.iter().find(|(of, _)| *of == name);
        found.map_or("", |(_, words)| words)
    }
}
