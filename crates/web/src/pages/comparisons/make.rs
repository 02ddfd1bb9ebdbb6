//! A new comparison by upload, and a conclusion on one.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::terms::Sameness;
use domain::{Number, Series};
use office::Trouble;
use office::matching::{Body, CompareForm, ConclusionForm, Control, Why};

use super::secrets;
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Field, Form, numbers, terms};
use crate::input::{Errors, Input, Posted};
use crate::pages::releases::uploads;
use crate::pages::{number, submit};
use crate::problem::Problem;
use crate::shell::Section;
use crate::visitor::Member;

/// The most that is compared on a page; more on the command line.
const BYTES_MAX: u64 = 32 << 20;

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let choices = numbers(desk, input, "secret", "w-comparison-files-too", secrets(desk)?);
    Ok(Form::new(desk, "w-comparison-new", "/comparisons/new".into(), "w-do-compare")
        .lead(desk.t("w-comparison-lead"))
        .crumb(desk, "/comparisons", "w-nav-comparisons")
        .aside(desk, &["w-comparison-aside", "w-comparison-aside-1", "w-comparison-aside-2"])
        .ask(
            Field::select(desk, "secret", "w-comparison-left", choices, input)
                .hint(desk, "w-comparison-left-hint")
                .skip(),
        )
        .ask(
            Field::files(desk, "ours", "w-comparison-ours", input)
                .hint(desk, "w-comparison-ours-hint")
                .skip(),
        )
        .ask(
            Field::files(desk, "theirs", "compare-right", input)
                .hint(desk, "w-comparison-theirs-hint"),
        )
        .ask(
            Field::text(desk, "source", "w-comparison-source", input)
                .hint(desk, "w-comparison-source-hint")
                .skip(),
        )
        .ask(
            Field::text(desk, "what", "field-compared", input)
                .hint(desk, "w-comparison-what-hint")
                .skip(),
        )
        .ask_more(
            Field::files(desk, "public", "w-comparison-public", input)
                .hint(desk, "w-comparison-public-hint")
                .skip(),
        )
        .ask_more(Field::files(desk, "licensed", "w-comparison-licensed", input).skip()))
}

/// `GET /comparisons/new`.
pub(crate) async fn form(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let input = Input::default();
        make(desk, &input)?.page(desk, Section::Comparisons, &input, &Errors::new())
    })
    .await
}

/// `POST /comparisons/new`: compares what was sent, and records what came of it.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Comparisons, &posted, make, |r| {
            let secret = r.number("secret", Series::Secret);
            let ours = uploads(r, "ours", BYTES_MAX)?;
            let theirs = uploads(r, "theirs", BYTES_MAX)?;
            if secret.is_none() && ours.is_empty() && r.is_right() {
                r.wrong("secret", "w-comparison-no-left");
            }
            if secret.is_some() && !ours.is_empty() {
                r.wrong("ours", "w-comparison-two-lefts");
            }
            if theirs.is_empty() && r.is_right() {
                r.wrong("theirs", "w-release-nothing");
            }
            let mut filters = Vec::new();
            for (why, name) in [(Why::Public, "public"), (Why::Licensed, "licensed")] {
                let texts = uploads(r, name, BYTES_MAX)?;
                if !texts.is_empty() {
                    filters.push((why, Body::Texts(texts)));
                }
            }
            if !r.is_right() {
                return Ok(None);
            }
            let office = desk.office();
            let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
            let form = CompareForm {
                left: secret.map_or(Body::Texts(ours), Body::Secret),
                right: Body::Texts(theirs),
                filters,
                what: r.text("what"),
                source: r.text("source"),
                salt: None,
            };
            let mut comparison = office.compare(&form, Some(unlocked), &Control::default())?;
            let receipt = office.record_comparison(&r.ask(), &mut comparison)?;
            Ok(Some((receipt.number.map_or_else(|| "/comparisons".into(), href), receipt)))
        })
    })
    .await
}

fn make_conclusion(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    desk.reader.comparison(no)?.ok_or(Problem::NotFound)?;
    let people = desk.reader.people()?.into_iter().map(|row| row.no);
    let words = Sameness::ALL.iter().map(|sameness| sameness.word());
    let sameness = terms(desk, input, "sameness", "sameness", words);
    Ok(Form::new(desk, "w-conclude", format!("{}/conclude", href(no)), "w-do-write")
        .lead(desk.t("w-conclude-lead"))
        .crumb(desk, "/comparisons", "w-nav-comparisons")
        .about(desk, no)
        .aside(desk, &["w-conclude-aside", "w-conclude-aside-1", "w-conclude-aside-2"])
        .ask(Field::radio(desk, "sameness", "compare-sign-sameness", sameness, input))
        .ask(Field::select(
            desk,
            "person",
            "compare-sign-person",
            numbers(desk, input, "person", "w-choose-one", people),
            input,
        ))
        .ask(Field::area(desk, "why", "compare-sign-why", input).hint(desk, "w-conclude-why-hint"))
        .ask(Field::area(desk, "differences", "compare-factor-2", input).skip())
        .ask(Field::area(desk, "effects", "compare-factor-3", input).skip()))
}

/// `GET /comparisons/BD-0001/conclude`.
pub(crate) async fn conclude(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Comparison)?;
        let input = Input::default();
        make_conclusion(desk, no, &input)?.page(desk, Section::Comparisons, &input, &Errors::new())
    })
    .await
}

/// `POST /comparisons/BD-0001/conclude`.
pub(crate) async fn send_conclusion(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Comparison)?;
        submit(
            desk,
            Section::Comparisons,
            &posted,
            |desk, input| make_conclusion(desk, no, input),
            |r| {
                let sameness = r.must_term("sameness", Sameness::from_word);
                let person = r.must_number("person", Series::Person);
                let why = r.must_text("why", "compare-sign-why");
                let (Some(sameness), Some(person), true) = (sameness, person, r.is_right()) else {
                    return Ok(None);
                };
                let form = ConclusionForm {
                    comparison: no,
                    person,
                    sameness,
                    differences: r.text("differences"),
                    effects: r.text("effects"),
                    why,
                };
                let receipt = desk.office().conclude_comparison(&r.ask(), form)?;
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}
