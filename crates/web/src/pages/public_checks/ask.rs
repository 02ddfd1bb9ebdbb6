//! Asking: which secret point, against which corpora, as of which day.

use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::{Number, Series};
use office::Trouble;
use office::matching::{Control, PublicCheckForm};

use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form, numbers};
use crate::input::{Errors, Input, Posted};
use crate::pages::{comparisons, submit};
use crate::problem::Problem;
use crate::shell::Section;
use crate::visitor::Member;

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let secrets = comparisons::secrets(desk)?;
    let corpora = desk.reader.corpora()?.into_iter().filter(|row| !row.removed).map(|row| {
        let label = format!("{} {}", row.no, row.name);
        Choice::new(row.no, label, input.has("corpora", &row.no.to_string()))
    });
    let corpora: Vec<Choice> = corpora.collect();
    let mut form = Form::new(desk, "w-pubcheck-new", "/public-checks/new".into(), "w-pubcheck-do")
        .lead(desk.t("w-pubcheck-new-lead"))
        .crumb(desk, "/corpora", "w-nav-corpora")
        .crumb(desk, "/public-checks", "w-nav-public-checks")
        .aside(
            desk,
            &[
                "w-pubcheck-new-aside",
                "w-pubcheck-new-aside-1",
                "w-pubcheck-new-aside-2",
                "w-pubcheck-new-aside-3",
            ],
        )
        .ask(Field::select(
            desk,
            "secret",
            "w-pubcheck-secret",
            numbers(desk, input, "secret", "w-choose-one", secrets),
            input,
        ))
        .ask(
            Field::day(desk, "day", "field-act-day", input)
                .hint(desk, "w-pubcheck-day-hint")
                .skip(),
        );
    if !corpora.is_empty() {
        form = form.ask_more(
            Field::ticks(desk, "corpora", "w-pubcheck-corpora", corpora, input)
                .hint(desk, "w-pubcheck-corpora-hint")
                .skip(),
        );
    }
    Ok(form)
}

/// `GET /public-checks/new?secret=MD-0001`.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(asked): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::parse(asked.unwrap_or_default().as_bytes());
        make(desk, &input)?.page(desk, Section::Corpora, &input, &Errors::new())
    })
    .await
}

/// `POST /public-checks/new`: asks, and records what came of it.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Corpora, &posted, make, |r| {
            let secret = r.must_number("secret", Series::Secret);
            let day = r.day("day");
            let corpora = r.input.all("corpora").filter_map(|no| Number::parse(no).ok()).collect();
            let (Some(secret), true) = (secret, r.is_right()) else { return Ok(None) };
            let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
            let form = PublicCheckForm { secret, day, corpora };
            let office = desk.office();
            let mut check = office.public_check(&form, unlocked, &Control::default())?;
            let receipt = office.record_public_check(&r.ask(), &mut check)?;
            Ok(Some((receipt.number.map_or_else(|| "/public-checks".into(), href), receipt)))
        })
    })
    .await
}
