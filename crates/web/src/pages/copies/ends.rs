//! A copy acknowledged, back, or called back.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::terms::Ending;
use domain::{Number, Series};

use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Field, Form, terms};
use crate::input::{Errors, Input, Posted, Reading};
use crate::pages::{number, submit};
use crate::problem::Problem;
use crate::shell::Section;
use crate::visitor::Member;

/// Makes the form of one of the three.
type Make = fn(&Desk, Number, &Input) -> Result<Form, Problem>;

fn base(desk: &Desk, no: Number, title: &str, end: &str) -> Result<Form, Problem> {
    desk.reader.copy(no)?.ok_or(Problem::NotFound)?;
    Ok(Form::new(desk, title, format!("{}/{end}", href(no)), "w-do-write")
        .crumb(desk, "/copies", "w-copies")
        .about(desk, no))
}

fn make_receive(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    Ok(base(desk, no, "w-copy-receive", "receive")?
        .ask(Field::day(desk, "happened", "w-copy-received-day", input).skip())
        .ask(Field::text(desk, "how", "field-how", input).skip())
        .ask(
            Field::text(desk, "file", "w-copy-receipt-file", input)
                .hint(desk, "w-copy-receipt-file-hint")
                .skip(),
        )
        .ask(Field::files(desk, "files", "w-receipts", input).hint(desk, "w-papers-hint").skip()))
}

fn make_end(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    let endings = terms(desk, input, "how", "ending", Ending::ALL.iter().map(|e| e.word()));
    Ok(base(desk, no, "w-close", "end")?
        .ask(Field::radio(desk, "how", "w-close-how", endings, input).row())
        .ask(Field::day(desk, "happened", "w-close-day", input).skip())
        .ask(Field::text(desk, "why", "w-remark", input).skip())
        .ask(
            Field::files(desk, "files", "w-close-papers", input)
                .hint(desk, "w-close-papers-hint")
                .skip(),
        ))
}

fn make_recall(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    Ok(base(desk, no, "w-copy-recall", "recall")?
        .ask(Field::text(desk, "why", "field-why", input))
        .ask(Field::day(desk, "until", "w-back-by", input).skip()))
}

async fn page(app: App, visitor: crate::visitor::Visitor, no: String, make: Make) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Copy)?;
        let input = Input::of([("happened", desk.today().to_string())]);
        make(desk, no, &input)?.page(desk, Section::Partners, &input, &Errors::new())
    })
    .await
}

async fn sent<F>(app: App, no: String, posted: Posted, make: Make, act: F) -> Response
where
    F: FnOnce(&mut Reading<'_>, Number) -> Result<Option<store::Receipt>, office::Trouble>
        + Send
        + 'static,
{
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Copy)?;
        submit(
            desk,
            Section::Partners,
            &posted,
            |desk, input| make(desk, no, input),
            |r| Ok(act(r, no)?.map(|receipt| (href(no), receipt))),
        )
    })
    .await
}

/// `GET /copies/FB-0001/receive`.
pub(crate) async fn receive(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    page(app, visitor, no, make_receive).await
}

/// `POST /copies/FB-0001/receive`.
pub(crate) async fn send_receive(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    sent(app, no, posted, make_receive, |r, no| {
        let happened = r.day("happened");
        if !r.is_right() {
            return Ok(None);
        }
        let (said, papers) = ((r.text("file"), r.text("how")), (r.sources("files")?, None));
        r.desk.office().receive_copy(&r.ask(), no, happened, said, papers).map(Some)
    })
    .await
}

/// `GET /copies/FB-0001/end`.
pub(crate) async fn end(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    page(app, visitor, no, make_end).await
}

/// `POST /copies/FB-0001/end`.
pub(crate) async fn send_end(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    sent(app, no, posted, make_end, |r, no| {
        let how = r.must_term("how", Ending::from_word);
        let happened = r.day("happened");
        let (Some(how), true) = (how, r.is_right()) else { return Ok(None) };
        let (why, papers) = (r.text("why"), (r.sources("files")?, None));
        r.desk.office().end_copy(&r.ask(), (no, how), happened, why, papers).map(Some)
    })
    .await
}

/// `GET /copies/FB-0001/recall`.
pub(crate) async fn recall(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    page(app, visitor, no, make_recall).await
}

/// `POST /copies/FB-0001/recall`.
pub(crate) async fn send_recall(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    sent(app, no, posted, make_recall, |r, no| {
        let (why, until) = (r.must_text("why", "field-why"), r.day("until"));
        if !r.is_right() {
            return Ok(None);
        }
        r.desk.office().recall_copies(&r.ask(), vec![no], until, why).map(Some)
    })
    .await
}
