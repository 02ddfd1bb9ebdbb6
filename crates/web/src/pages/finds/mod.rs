//! 线索: what turned up. It is read first, with the keys closed; then they are opened.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Series;
use office::{FindForm, Trouble};
use store::read::FindRow;

use super::papers::{self, Paper};
use super::{number, submit};
use crate::describe::Line;
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Field, Form};
use crate::input::{Errors, Input, Posted, Reading};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::{Link, Status};
use crate::visitor::Member;

struct Row {
    href: String,
    no: String,
    source: String,
    day: String,
    status: Status,
}

#[derive(Template)]
#[template(path = "pages/finds/list.html")]
struct List {
    s: Shell,
    finds: Vec<Row>,
}

#[derive(Template)]
#[template(path = "pages/finds/page.html")]
struct Page {
    s: Shell,
    no: String,
    source: String,
    traced: bool,
    key: String,
    /// What is proved, a sentence for each copy; or that it cannot be told.
    says: Vec<(Option<Link>, String)>,
    facts: Vec<(String, String)>,
    papers: Vec<Paper>,
    lines: Vec<Line>,
}

fn status(desk: &Desk, row: &FindRow) -> Status {
    match &row.named {
        None => Status::new("due", desk.t("find-untraced")),
        Some(named) if named.is_empty() => Status::new("part", desk.t("find-cannot-tell")),
        Some(named) => {
            let words: Vec<String> = named.iter().map(ToString::to_string).collect();
            Status::new("ok", words.join(", "))
        }
    }
}

/// `GET /finds`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let finds = desk.reader.finds()?;
        let row = |row: &FindRow| Row {
            href: href(row.no),
            no: row.no.to_string(),
            source: row.source.clone(),
            day: desk.day_of(row.at).to_string(),
            status: status(desk, row),
        };
        let finds = finds.iter().map(row).collect();
        reply::html(&List { finds, s: desk.shell(Section::Partners)? })
    })
    .await
}

/// `GET /finds/XS-0001`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Find)?;
        let row = desk.reader.find(no)?.ok_or(Problem::NotFound)?;
        let mut lines = desk.lines(&desk.reader.timeline(no)?, Some(no));
        lines.reverse();
        let read: Vec<String> =
            row.batches.iter().zip(&row.live).map(|(no, live)| format!("{no}: {live}")).collect();
        let page = Page {
            says: says(desk, &row)?,
            traced: row.traced_idx.is_some(),
            key: hex::encode(desk.office().random::<16>()),
            facts: vec![
                (desk.t("w-find-live"), read.join(" · ")),
                (desk.t("w-find-report"), row.report.clone().unwrap_or_else(crate::show::nothing)),
            ],
            papers: papers::of(desk, no)?,
            lines,
            source: row.source,
            no: no.to_string(),
            s: desk.shell(Section::Partners)?,
        };
        reply::html(&page)
    })
    .await
}

/// The result in sentences: which copy, and how likely a false name is; never who did it.
fn says(desk: &Desk, row: &FindRow) -> Result<Vec<(Option<Link>, String)>, Problem> {
    let (Some(named), Some(epsilon), Some(among)) = (&row.named, &row.epsilon, row.among) else {
        return Ok(vec![]);
    };
    let live: u32 = row.live.iter().sum();
    let (among, live) = (among.to_string(), live.to_string());
    if named.is_empty() {
        let args = [("epsilon", &**epsilon), ("among", &among), ("live", &live)];
        return Ok(vec![(None, desk.tr("w-find-says-nothing", &args))]);
    }
    let mut says = Vec::new();
    for &copy in named {
        let row = desk.reader.copy(copy)?.ok_or(Problem::NotFound)?;
        let recipient = format!("{} {}", desk.name(row.recipient), row.recipient);
        let args = [
            ("epsilon", &**epsilon),
            ("among", &among),
            ("live", &live),
            ("recipient", &recipient),
        ];
        says.push((Some(desk.link(copy)), desk.tr("w-find-says", &args)));
    }
    Ok(says)
}

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    Ok(Form::new(desk, "w-find-new", "/finds/new".into(), "w-find-read")
        .lead(desk.t("w-find-new-lead"))
        .crumb(desk, "/finds", "w-finds")
        .aside(desk, &["w-find-aside", "w-find-aside-1", "w-find-aside-2", "w-find-aside-3"])
        .ask(Field::text(desk, "source", "field-source", input).hint(desk, "w-find-source-hint"))
        .ask(Field::files(desk, "files", "w-find-file", input).skip())
        .ask(Field::area(desk, "text", "w-find-text", input).hint(desk, "w-find-text-hint").skip()))
}

/// `GET /finds/new`.
pub(crate) async fn form(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let input = Input::default();
        make(desk, &input)?.page(desk, Section::Partners, &input, &Errors::new())
    })
    .await
}

/// `POST /finds/new`: reads what turned up; no key is opened.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Partners, &posted, make, |r| {
            let source = r.must_text("source", "field-source");
            let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
            let sources = r.sources("files")?;
            let (name, bytes) = match sources.into_iter().next() {
                Some(file) => file.into_bytes(office::marks::BYTES_MAX)?,
                None => ("pasted.txt".to_owned(), r.input.get("text").as_bytes().to_vec()),
            };
            if bytes.is_empty() {
                r.wrong("text", "w-find-nothing");
            }
            if !r.is_right() {
                return Ok(None);
            }
            let form = FindForm { name, bytes, source, batches: vec![] };
            let receipt = desk.office().read_find(&r.ask(), form, unlocked)?;
            Ok(Some((receipt.number.map_or_else(|| "/finds".into(), href), receipt)))
        })
    })
    .await
}

/// `POST /finds/XS-0001/trace`: opens the keys and compares.
pub(crate) async fn trace(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Find)?;
        let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
        let ask = Reading::new(desk, &posted.input).ask();
        desk.office().trace_find(&ask, no, unlocked)?;
        Ok(reply::see_other(&href(no)))
    })
    .await
}

/// `POST /finds/XS-0001/report`: the report by which an expert repeats the computation.
pub(crate) async fn report(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Find)?;
        let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
        let text = desk.office().find_report(no, unlocked)?;
        Ok(reply::file("application/json", &format!("{no}.json"), text.into_bytes()))
    })
    .await
}
