//! Beginning and answering a blind comparison, and taking in what the other side sent.

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::{Number, Series};
use office::Trouble;
use office::matching::{BlindForm, Body, Control, THEIRS_MAX};

use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form, numbers};
use crate::input::{Errors, Input, Posted, Reading};
use crate::pages::releases::uploads;
use crate::pages::{comparisons, number, submit};
use crate::problem::Problem;
use crate::shell::Section;
use crate::visitor::Member;

/// The most that is put in on a page; more on the command line.
const BYTES_MAX: u64 = 32 << 20;
/// A message of the most fingerprints is shorter.
const MESSAGE_MAX: u64 = 128 << 20;

/// What both sides choose.
fn put(desk: &Desk, form: Form, input: &Input) -> Result<Form, Problem> {
    let secrets = comparisons::secrets(desk)?.into_iter().map(|no| {
        let label = format!("{} {no}", desk.name(no));
        Choice::new(no, label, input.has("secrets", &no.to_string()))
    });
    let secrets: Vec<Choice> = secrets.collect();
    let partners = desk.reader.partners()?.into_iter().map(|row| row.no);
    let partners = numbers(desk, input, "partner", "blind-no-partner", partners);
    let aside = ["w-blind-aside", "w-blind-aside-1", "w-blind-aside-2", "w-blind-aside-3"];
    Ok(form
        .crumb(desk, "/blind", "w-nav-blind")
        .aside(desk, &aside)
        .ask(Field::ticks(desk, "secrets", "w-blind-secrets", secrets, input).skip())
        .ask(Field::files(desk, "ours", "w-blind-ours", input).skip())
        .ask(Field::select(desk, "partner", "w-blind-partner", partners, input).skip())
        .ask_more(
            Field::files(desk, "public", "w-comparison-public", input)
                .hint(desk, "w-comparison-public-hint")
                .skip(),
        )
        .ask_more(
            Field::text(desk, "most", "w-blind-most", input).hint(desk, "w-blind-most-hint").skip(),
        ))
}

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let form = Form::new(desk, "w-blind-new", "/blind/new".into(), "w-blind-do")
        .lead(desk.t("w-blind-new-lead"));
    put(desk, form, input)
}

fn make_answer(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let form = Form::new(desk, "w-blind-answer", "/blind/answer".into(), "w-blind-do")
        .lead(desk.t("w-blind-answer-lead"))
        .ask(Field::files(desk, "offer", "w-blind-offer-file", input));
    put(desk, form, input)
}

fn make_take(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    desk.reader.blind(no)?.filter(|row| row.ended.is_none()).ok_or(Problem::NotFound)?;
    Ok(Form::new(desk, "w-blind-take", format!("{}/take", href(no)), "w-blind-take")
        .lead(desk.t("w-blind-take-lead"))
        .crumb(desk, "/blind", "w-nav-blind")
        .about(desk, no)
        .ask(Field::files(desk, "message", "w-blind-message", input)))
}

/// What was chosen; `None` when something is wrong, which is said.
fn chosen(r: &mut Reading<'_>) -> Result<Option<BlindForm>, Trouble> {
    let secrets = r.input.all("secrets").filter_map(|no| Number::parse(no).ok());
    let mut bodies: Vec<Body> = secrets.map(Body::Secret).collect();
    let ours = uploads(r, "ours", BYTES_MAX)?;
    if !ours.is_empty() {
        bodies.push(Body::Texts(ours));
    }
    if bodies.is_empty() && r.is_right() {
        r.wrong("secrets", "w-comparison-no-left");
    }
    let public = uploads(r, "public", BYTES_MAX)?;
    let most = match r.text("most").map(|text| text.trim().parse::<u64>()) {
        None => THEIRS_MAX,
        Some(Ok(most)) => most,
        Some(Err(_)) => {
            r.wrong("most", "w-blind-most-hint");
            THEIRS_MAX
        }
    };
    let partner = r.number("partner", Series::Partner);
    let public = if public.is_empty() { vec![] } else { vec![Body::Texts(public)] };
    Ok(r.is_right().then_some(BlindForm { bodies, public, partner, most }))
}

/// The one file of a question; `None` when there is not just one, which is said.
fn one_file(r: &mut Reading<'_>, name: &str) -> Result<Option<Vec<u8>>, Trouble> {
    let mut files = uploads(r, name, MESSAGE_MAX)?;
    if files.len() != 1 && r.is_right() {
        r.wrong(name, "w-release-nothing");
    }
    Ok(files.pop().map(|(_, bytes)| bytes))
}

/// `GET /blind/new?secrets=MD-0001`.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(asked): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::parse(asked.unwrap_or_default().as_bytes());
        make(desk, &input)?.page(desk, Section::Comparisons, &input, &Errors::new())
    })
    .await
}

/// `POST /blind/new`.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Comparisons, &posted, make, |r| {
            let Some(form) = chosen(r)? else { return Ok(None) };
            let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
            let control = Control::default();
            let receipt = desk.office().offer_blind(&r.ask(), &form, unlocked, &control)?;
            Ok(Some((receipt.number.map_or_else(|| "/blind".into(), href), receipt)))
        })
    })
    .await
}

/// `GET /blind/answer`.
pub(crate) async fn answer(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let input = Input::default();
        make_answer(desk, &input)?.page(desk, Section::Comparisons, &input, &Errors::new())
    })
    .await
}

/// `POST /blind/answer`.
pub(crate) async fn send_answer(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Comparisons, &posted, make_answer, |r| {
            let offer = one_file(r, "offer")?;
            let (Some(form), Some(offer)) = (chosen(r)?, offer) else { return Ok(None) };
            let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
            let (office, control) = (desk.office(), Control::default());
            let receipt = office.answer_blind(&r.ask(), &form, &offer, unlocked, &control)?;
            Ok(Some((receipt.number.map_or_else(|| "/blind".into(), href), receipt)))
        })
    })
    .await
}

/// `GET /blind/MB-0001/take`.
pub(crate) async fn take(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Blind)?;
        let input = Input::default();
        make_take(desk, no, &input)?.page(desk, Section::Comparisons, &input, &Errors::new())
    })
    .await
}

/// `POST /blind/MB-0001/take`.
pub(crate) async fn send_take(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Blind)?;
        submit(
            desk,
            Section::Comparisons,
            &posted,
            |desk, input| make_take(desk, no, input),
            |r| {
                let Some(message) = one_file(r, "message")? else { return Ok(None) };
                let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
                let receipt = desk.office().take_blind(&r.ask(), no, &message, unlocked)?;
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}
