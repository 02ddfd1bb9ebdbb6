//! Copies of a carrier for several recipients, with what could be traced of it beside the form.

use std::collections::BTreeMap;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::{Number, Series};
use office::marks::{Asked, Traceability, Variant};
use office::{Ask, CopiesForm, Trouble};

use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form};
use crate::input::{Errors, Input, Posted, Reading};
use crate::pages::{number, submit};
use crate::problem::{Problem, words_of};
use crate::shell::Section;
use crate::show;
use crate::visitor::Member;

/// Carriers whose traceability is worked out for one page.
const CARRIERS_SHOWN: usize = 3;

fn make(desk: &Desk, secret: Number, input: &Input) -> Result<Form, Problem> {
    let card = desk.reader.secret(secret)?.ok_or(Problem::NotFound)?;
    let kept: Vec<_> = card.carriers.iter().filter(|row| !row.retired).collect();
    let chosen = input.get("carrier").parse().ok().or(kept.first().map(|row| row.no));
    // Names of files are content: they stand on no page that did not ask for it.
    let carriers = kept.iter().map(|row| {
        let about = format!("{} · {}", row.media, show::size(row.size));
        let label = format!("{} · {about}", desk.n("w-carrier-no", row.no));
        Choice::new(row.no, label, chosen == Some(row.no))
    });
    let carriers: Vec<Choice> = carriers.collect();
    let partners = desk.reader.partners()?.into_iter().map(|row| row.no);
    let people = desk.reader.people()?.into_iter().map(|row| row.no);
    let to: Vec<Choice> = partners
        .chain(people)
        .map(|no| {
            let label = format!("{} {no}", desk.name(no));
            Choice::new(no, label, input.has("to", &no.to_string()))
        })
        .collect();
    let among = to.len();
    let free = Choice::new("yes", desk.t("w-copies-free-order"), input.has("free_order", "yes"));
    let mut form =
        Form::new(desk, "w-do-copies", format!("{}/copies", href(secret)), "w-copies-go")
            .lead(desk.t("w-copies-issue-lead"))
            .about(desk, secret)
            .ask(Field::radio(desk, "carrier", "w-copies-carrier", carriers, input))
            .ask(Field::ticks(desk, "to", "w-copies-to", to, input).hint(desk, "w-copies-to-hint"))
            .ask(Field::text(desk, "purpose", "field-purpose", input).hint(desk, "w-purpose-hint"))
            .ask(Field::day(desk, "until", "w-back-by", input).skip())
            .ask(
                Field::area(desk, "notice", "field-notice", input)
                    .hint(desk, "w-copies-notice-hint")
                    .skip(),
            )
            .ask_more(
                Field::area(desk, "wording", "w-copies-wording", input)
                    .hint(desk, "w-copies-wording-hint")
                    .skip(),
            )
            .ask_more(Field::ticks(desk, "free_order", "mark-order", vec![free], input).skip());
    let asked = asked(input).unwrap_or_default();
    form.aside = vec![desk.t("w-copies-budget")];
    let Some(unlocked) = desk.unlocked() else { return Ok(form) };
    for row in kept.iter().take(CARRIERS_SHOWN) {
        let at = (secret, row.no);
        let head = desk.n("w-carrier-no", row.no);
        match desk.office().traceability(at, &asked, among, unlocked) {
            Ok((_, found)) => form.aside.extend(budget(desk, &head, &found)),
            Err(trouble) => {
                form.aside.push(format!("{head}: {}", words_of(desk.lang(), &trouble)));
            }
        }
    }
    Ok(form)
}

/// What can be traced of a carrier, a line for each attack.
fn budget(desk: &Desk, head: &str, found: &Traceability) -> Vec<String> {
    let sites = desk.tr(
        "w-copies-budget-sites",
        &[
            ("carrier", head),
            ("sites", &found.sites.to_string()),
            ("needed", &found.needed.to_string()),
        ],
    );
    let lines = found.lines.iter().map(|line| {
        let fate = if line.named { "cli-copy-named" } else { "cli-copy-lost" };
        desk.tr(
            "w-copies-budget-line",
            &[
                ("attack", &desk.t(&format!("wear-{}", line.wear.word()))),
                ("live", &line.live.to_string()),
                ("fate", &desk.t(fate)),
            ],
        )
    });
    std::iter::once(sites).chain(lines).collect()
}

/// What may change, as asked; the number of the line of wording that is none.
fn asked(input: &Input) -> Result<Asked, usize> {
    Ok(Asked {
        variants: Variant::list(input.get("wording"))?,
        free_order: input.has("free_order", "yes"),
        without: vec![],
    })
}

/// `GET /secrets/MD-0001/copies`.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Secret)?;
        let query = Input::parse(query.unwrap_or_default().as_bytes());
        let input = Input::of([
            ("carrier", query.get("carrier").to_owned()),
            ("notice", desk.t("w-copies-notice")),
        ]);
        make(desk, no, &input)?.page(desk, Section::Partners, &input, &Errors::new())
    })
    .await
}

/// `POST /secrets/MD-0001/copies`: commits, makes, and leads to the batch.
pub(crate) async fn send(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Secret)?;
        submit(
            desk,
            Section::Partners,
            &posted,
            |desk, input| make(desk, no, input),
            |r| issue(r, no),
        )
    })
    .await
}

fn issue(r: &mut Reading<'_>, secret: Number) -> Result<Option<(String, store::Receipt)>, Trouble> {
    let carrier = r.input.get("carrier").parse().ok();
    let recipients: Vec<Number> =
        r.input.all("to").filter_map(|text| Number::parse(text).ok()).collect();
    if carrier.is_none() {
        r.wrong("carrier", "w-choose");
    }
    if recipients.is_empty() {
        r.wrong("to", "w-choose");
    }
    let purpose = r.must_text("purpose", "field-purpose");
    let until = r.day("until");
    let asked = asked(r.input);
    if let Err(line) = asked {
        let words = r.desk.tr("cli-copy-wording", &[("line", &line.to_string())]);
        r.errors.push(("wording".into(), words));
    }
    let (Some(carrier), Ok(asked), true) = (carrier, asked, r.is_right()) else { return Ok(None) };
    let notice = r.text("notice");
    let form = CopiesForm { secret, carrier, recipients, purpose, until, notice, asked };
    let unlocked = r.desk.unlocked().ok_or(Trouble::Locked)?;
    let office = r.desk.office();
    let receipt = office.commit_copies(&r.ask(), form, unlocked)?;
    let Some(batch) = receipt.number else { return Ok(None) };
    let ask = Ask { by: r.desk.by(), key: office.random() };
    // What fails now is not lost: the batch stands, and its page offers to make the copies.
    match office.issue_copies(&ask, batch, &BTreeMap::new(), unlocked) {
        Ok(_) | Err(_) => Ok(Some((href(batch), receipt))),
    }
}
