//! 外发核查: may this leave? What was asked, one of them with its verdict, and its answer.

use std::io::Read as _;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::command::Answer;
use domain::terms::Verdict;
use domain::{Number, Series};
use office::Trouble;
use office::matching::{Build, Control, Options, ReleaseForm};
use store::read::ReleaseRow;

use super::entry::Proof;
use super::sweeps::kept_view;
use super::{number, submit};
use crate::describe::Line;
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form, numbers};
use crate::input::{Errors, Input, Posted, Reading};
use crate::problem::Problem;
use crate::reply;
use crate::report::ReportView;
use crate::shell::{Section, Shell};
use crate::show::{self, Link, Status};
use crate::visitor::Member;

/// The most that is looked at in one go; larger things are swept on the command line.
const BYTES_MAX: u64 = 256 << 20;

#[derive(Template)]
#[template(path = "pages/releases/page.html")]
struct Page {
    s: Shell,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    no: String,
    what: String,
    to: String,
    at: String,
    secrets: String,
    status: Status,
}

#[derive(Template)]
#[template(path = "pages/releases/one.html")]
struct One {
    s: Shell,
    no: String,
    what: String,
    at: String,
    status: Status,
    class: &'static str,
    verdict: String,
    next: String,
    open: bool,
    has_passages: bool,
    to: String,
    secrets: Vec<Link>,
    approvers: Vec<Link>,
    report: Option<ReportView>,
    missing: String,
    lines: Vec<Line>,
    proof: Proof,
}

/// Where something stands that was asked to leave.
fn status(desk: &Desk, row: &ReleaseRow) -> Status {
    let head = &row.head;
    match head.verdict {
        _ if head.refused => Status::new("bad", desk.t("w-release-refused")),
        Verdict::Stop => Status::new("bad", desk.t("verdict-stop")),
        Verdict::Clear => Status::new("ok", desk.t("verdict-clear")),
        Verdict::Ask if head.may_leave() => Status::new("ok", desk.t("w-release-approved")),
        Verdict::Ask => Status::new("due", desk.t("verdict-ask")),
    }
}

/// `GET /releases`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let rows = desk.reader.releases()?.into_iter().map(|row| Row {
            href: href(row.no),
            no: row.no.to_string(),
            what: row.what.clone(),
            to: row.to.clone().unwrap_or_else(show::nothing),
            at: desk.minute(row.at),
            secrets: desk.names(&row.secrets),
            status: status(desk, &row),
        });
        let rows = rows.collect();
        reply::html(&Page { s: desk.shell(Section::Releases)?, rows })
    })
    .await
}

/// `GET /releases/WF-0001`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| page(desk, &no, ReportView::closed)).await
}

/// `POST /releases/WF-0001/passages`: the page with the passages that are in both, once. They are
/// secret content, so the ledger is told before.
pub(crate) async fn passages(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let row = desk.reader.release(number(&no, Series::Release)?)?.ok_or(Problem::NotFound)?;
        for secret in &row.secrets {
            let ask = desk.office().ask(&desk.by());
            desk.office().view_secret(
                &ask,
                *secret,
                "passages".into(),
                Some(row.no.to_string()),
            )?;
        }
        page(desk, &no, ReportView::of)
    })
    .await
}

fn page(
    desk: &Desk,
    no: &str,
    view: fn(words::Lang, &office::matching::Report) -> ReportView,
) -> Result<Response, Problem> {
    let no = number(no, Series::Release)?;
    let row = desk.reader.release(no)?.ok_or(Problem::NotFound)?;
    let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
    let kept = desk.office().kept_report(no, (row.idx, &row.report), unlocked);
    let (report, missing) = kept_view(desk, kept, view)?;
    let mut lines = desk.lines(&desk.reader.timeline(no)?, Some(no));
    lines.reverse();
    let (class, verdict, next) = advice(desk, &row);
    let page = One {
        no: no.to_string(),
        what: row.what.clone(),
        at: desk.second(row.at),
        status: status(desk, &row),
        class,
        verdict,
        next,
        open: is_open(&row),
        has_passages: !row.secrets.is_empty(),
        to: row.to.clone().unwrap_or_else(show::nothing),
        secrets: row.secrets.iter().map(|no| desk.link(*no)).collect(),
        approvers: row.head.approvers.iter().map(|no| desk.link(*no)).collect(),
        report,
        missing,
        lines,
        proof: Proof::of(desk, row.idx)?,
        s: desk.shell(Section::Releases)?,
    };
    reply::html(&page)
}

fn is_open(row: &ReleaseRow) -> bool {
    row.head.verdict == Verdict::Ask && !row.head.refused && !row.head.may_leave()
}

/// The verdict as it stands now, and what to do next.
fn advice(desk: &Desk, row: &ReleaseRow) -> (&'static str, String, String) {
    let say = |class, verdict: &str, next: &str| (class, desk.t(verdict), desk.t(next));
    match row.head.verdict {
        _ if row.head.refused => say("bad", "verdict-stop", "w-release-next-refused"),
        Verdict::Stop => say("bad", "verdict-stop", "w-release-next-stop"),
        Verdict::Clear => say("ok", "verdict-clear", "w-release-next-clear"),
        Verdict::Ask if row.head.may_leave() => {
            say("ok", "verdict-clear", "w-release-next-approved")
        }
        Verdict::Ask if row.head.approvers.is_empty() => {
            say("due", "verdict-ask", "w-release-next-anybody")
        }
        Verdict::Ask => say("due", "verdict-ask", "w-release-next-owners"),
    }
}

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    Ok(Form::new(desk, "w-release-new", "/releases/new".into(), "w-do-look-over")
        .lead(desk.t("w-release-lead"))
        .crumb(desk, "/releases", "w-nav-releases")
        .aside(desk, &["w-release-aside", "w-release-aside-1", "w-release-aside-2"])
        .ask(Field::text(desk, "what", "w-release-what", input).hint(desk, "w-release-what-hint"))
        .ask(Field::text(desk, "to", "field-to", input).skip())
        .ask(
            Field::files(desk, "files", "w-release-files", input)
                .hint(desk, "w-release-files-hint")
                .skip(),
        )
        .ask(
            Field::area(desk, "text", "w-release-text", input)
                .hint(desk, "w-release-text-hint")
                .skip(),
        ))
}

/// `GET /releases/new`.
pub(crate) async fn form(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let input = Input::default();
        make(desk, &input)?.page(desk, Section::Releases, &input, &Errors::new())
    })
    .await
}

/// `POST /releases/new`: looks at what was sent, and records what was said to it.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Releases, &posted, make, |r| {
            let what = r.must_text("what", "w-release-what");
            let texts = texts(r)?;
            if texts.is_empty() && r.is_right() {
                r.wrong("files", "w-release-nothing");
            }
            if !r.is_right() {
                return Ok(None);
            }
            let office = desk.office();
            let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
            let protected = office.protected(&r.ask(), unlocked, &Build::default())?;
            let options = Options {
                texts,
                what: Some(what),
                excerpts: true,
                // Others use this machine as well.
                hands: 1,
                ..Options::new(Vec::new())
            };
            let mut clearance = office.clear(&protected, &options, &Control::default())?;
            let form = ReleaseForm { to: r.text("to") };
            let receipt = office.ask_release(&r.ask(), &mut clearance, &form)?;
            Ok(Some((receipt.number.map_or_else(|| "/releases".into(), href), receipt)))
        })
    })
    .await
}

/// What was sent: files, and what was pasted.
fn texts(r: &mut Reading<'_>) -> Result<Vec<(String, Vec<u8>)>, Trouble> {
    let mut texts = uploads(r, "files", BYTES_MAX)?;
    if let Some(text) = r.text("text") {
        texts.push((r.desk.t("w-release-pasted"), text.into_bytes()));
    }
    Ok(texts)
}

/// The files of a question with their names; nothing when they are too large, which is said.
pub(super) fn uploads(
    r: &mut Reading<'_>,
    name: &str,
    bytes_max: u64,
) -> Result<Vec<(String, Vec<u8>)>, Trouble> {
    let (mut texts, mut left) = (Vec::new(), bytes_max);
    for upload in r.input.files(name) {
        let mut bytes = Vec::new();
        let read = upload.open()?.take(left + 1).read_to_end(&mut bytes);
        read.map_err(|source| Trouble::Disk { path: upload.name.clone().into(), source })?;
        match left.checked_sub(bytes.len() as u64) {
            Some(rest) => left = rest,
            None => {
                r.wrong(name, "w-release-too-large");
                return Ok(Vec::new());
            }
        }
        texts.push((upload.name.clone(), bytes));
    }
    Ok(texts)
}

fn make_answer(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    let row = desk.reader.release(no)?.ok_or(Problem::NotFound)?;
    let mut people = row.head.approvers.clone();
    people.retain(|person| !row.head.approved.contains(person));
    if row.head.approvers.is_empty() {
        people = desk.reader.people()?.into_iter().map(|row| row.no).collect();
    }
    let answers = ["approve", "refuse"].map(|word| {
        Choice::new(word, desk.t(&format!("w-answer-{word}")), input.get("answer") == word)
    });
    Ok(Form::new(desk, "w-answer", format!("{}/answer", href(no)), "w-do-write")
        .lead(desk.t("w-answer-lead"))
        .crumb(desk, "/releases", "w-nav-releases")
        .about(desk, no)
        .ask(Field::radio(desk, "answer", "w-answer-what", answers.into(), input).row())
        .ask(Field::select(
            desk,
            "person",
            "w-answer-who",
            numbers(desk, input, "person", "w-choose-one", people),
            input,
        ))
        .ask(Field::text(desk, "why", "field-why", input).hint(desk, "w-answer-why-hint")))
}

/// `GET /releases/WF-0001/answer`.
pub(crate) async fn answer(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Release)?;
        let input = Input::default();
        make_answer(desk, no, &input)?.page(desk, Section::Releases, &input, &Errors::new())
    })
    .await
}

/// `POST /releases/WF-0001/answer`.
pub(crate) async fn send_answer(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Release)?;
        submit(
            desk,
            Section::Releases,
            &posted,
            |desk, input| make_answer(desk, no, input),
            |r| {
                let answer = r.must_term("answer", |word| match word {
                    "approve" => Some(Answer::Approve),
                    "refuse" => Some(Answer::Refuse),
                    _ => None,
                });
                let person = r.must_number("person", Series::Person);
                let why = r.must_text("why", "field-why");
                let (Some(answer), Some(person), true) = (answer, person, r.is_right()) else {
                    return Ok(None);
                };
                let receipt = desk.office().answer_release(&r.ask(), no, answer, person, why)?;
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}
