//! Forms of an incident: the suspicion and what is known of the act, notes, links, and its end.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::incident::{Act, LINKABLE};
use domain::terms::{Conduct, Outcome};
use domain::{Number, Series};
use office::IncidentForm;
use store::read::{CopyFilter, IncidentRow, SecretFilter};

use super::entry;
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form, numbers, terms};
use crate::input::{Errors, Input, Posted, Reading};
use crate::pages::submit;
use crate::problem::Problem;
use crate::shell::Section;
use crate::visitor::Member;

/// So many are offered by name; of more, numbers are typed.
const OFFERED_MAX: usize = 40;
/// So many things of a sort are offered, the newest.
const THINGS_MAX: usize = 12;

pub(super) fn frame(desk: &Desk, no: Number, word: &str, title: &str) -> Form {
    let mut form = Form::new(desk, title, format!("{}/{word}", href(no)), "w-do-write")
        .crumb(desk, "/incidents", "w-nav-incidents")
        .about(desk, no);
    form.back = href(no);
    form
}

/// Things to tick; numbers to type when there are many.
fn some_of(desk: &Desk, name: &'static str, label: &str, all: &[Number], input: &Input) -> Field {
    if all.len() > OFFERED_MAX {
        let typed: Vec<&str> = input.all(name).collect();
        let field = Field::text(desk, name, label, input);
        return Field { value: typed.join(" "), ..field }.hint(desk, "w-numbers-hint").skip();
    }
    let mut choices = numbers(desk, input, name, "w-choose", all.iter().copied());
    choices.remove(0);
    for choice in &mut choices {
        choice.on = input.all(name).any(|typed| typed == choice.value);
    }
    Field::ticks(desk, name, label, choices, input).skip()
}

/// The questions about the act.
fn ask_act(desk: &Desk, form: Form, input: &Input) -> Result<Form, Problem> {
    let conducts = Conduct::ALL.iter().map(|one| one.word());
    let conducts = terms(desk, input, "conduct", "conduct", conducts);
    let filter = SecretFilter { limit: OFFERED_MAX as u32 + 1, ..SecretFilter::default() };
    let secrets: Vec<Number> =
        desk.reader.secrets(&filter)?.rows.into_iter().map(|row| row.no).collect();
    let people: Vec<Number> = desk.reader.people()?.into_iter().map(|row| row.no).collect();
    let partners: Vec<Number> = desk.reader.partners()?.into_iter().map(|row| row.no).collect();
    let mut form = form
        .ask(Field::radio(desk, "conduct", "field-conduct", conducts, input))
        .ask(some_of(desk, "secret", "w-nav-secrets", &secrets, input))
        .ask(Field::day(desk, "from", "field-act-from", input).hint(desk, "w-act-from-hint"))
        .ask(Field::day(desk, "until", "field-act-until", input).hint(desk, "w-act-until-hint"))
        .ask(Field::day(desk, "noticed", "field-noticed", input).hint(desk, "w-noticed-hint"));
    if !people.is_empty() {
        form = form.ask(some_of(desk, "person", "w-suspect-persons", &people, input));
    }
    if !partners.is_empty() {
        form = form.ask(some_of(desk, "partner", "w-suspect-partners", &partners, input));
    }
    Ok(form)
}

fn typed(r: &mut Reading<'_>, name: &str, series: Series) -> Vec<Number> {
    let mut found = Vec::new();
    let words: Vec<String> = r
        .input
        .all(name)
        .flat_map(|typed| typed.split([' ', ',', '，', '、']))
        .filter(|typed| !typed.is_empty())
        .map(str::to_owned)
        .collect();
    for word in words {
        match Number::parse(&word).ok().filter(|no| no.series == series) {
            Some(no) => found.push(no),
            None => r.wrong(name, "w-choose"),
        }
    }
    found
}

/// Reads the answers about the act.
fn read_act(r: &mut Reading<'_>) -> Option<Act> {
    let conduct = r.must_term("conduct", Conduct::from_word);
    let secrets = typed(r, "secret", Series::Secret);
    let (from, until) = (r.must_day("from"), r.must_day("until"));
    let noticed = r.must_day("noticed");
    let persons = typed(r, "person", Series::Person);
    let partners = typed(r, "partner", Series::Partner);
    if !r.is_right() {
        return None;
    }
    let (conduct, from, until, noticed) = (conduct?, from?, until?, noticed?);
    Some(Act { conduct, secrets, persons, partners, from, until, noticed })
}

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let form = Form::new(desk, "w-open-incident", "/incidents/new".into(), "w-do-write")
        .lead(desk.t("w-open-incident-lead"))
        .crumb(desk, "/incidents", "w-nav-incidents")
        .aside(desk, &["w-incident-aside", "w-incident-aside-1", "w-incident-aside-2"])
        .ask(Field::text(desk, "title", "field-title", input).hint(desk, "w-incident-title-hint"))
        .ask(
            Field::area(desk, "text", "w-incident-text", input).hint(desk, "w-incident-text-hint"),
        );
    let mut form = ask_act(desk, form, input)?
        .ask(Field::text(desk, "others", "field-others", input).hint(desk, "w-sealed-hint").skip());
    let steps = ["w-step-suspicion", "w-step-preserve", "w-step-link", "w-step-options"];
    form.steps = steps.map(|key| desk.t(key)).into();
    Ok(form)
}

/// `GET /incidents/new`.
pub(crate) async fn form(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::of([("noticed", desk.today().to_string())]);
        make(desk, &input)?.page(desk, Section::Incidents, &input, &Errors::new())
    })
    .await
}

/// `POST /incidents/new`: leads to preserving what there is.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Incidents, &posted, make, |r| {
            let title = r.must_text("title", "field-title");
            let text = r.must_text("text", "w-incident-text");
            let Some(act) = read_act(r) else { return Ok(None) };
            let form = IncidentForm { title, act, text: Some(text), others: r.text("others") };
            let receipt = desk.office().open_incident(&r.ask(), form)?;
            let to = receipt.number.map(|no| format!("{}/preserve", href(no)));
            Ok(Some((to.unwrap_or_else(|| "/incidents".into()), receipt)))
        })
    })
    .await
}

fn make_revise(desk: &Desk, row: &IncidentRow, input: &Input) -> Result<Form, Problem> {
    let form = frame(desk, row.no, "revise", "w-revise-act").lead(desk.t("w-revise-act-lead"));
    Ok(ask_act(desk, form, input)?.ask(Field::text(desk, "why", "field-why", input)))
}

/// `GET /incidents/SJ-0001/revise`.
pub(crate) async fn revise(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let mut fields = vec![
            ("conduct", row.conduct.word().to_owned()),
            ("from", row.from.to_string()),
            ("until", row.until.to_string()),
            ("noticed", row.noticed.to_string()),
        ];
        let all = [("secret", &row.secrets), ("person", &row.persons), ("partner", &row.partners)];
        for (name, numbers) in all {
            fields.extend(numbers.iter().map(|no| (name, no.to_string())));
        }
        let input = Input::of(fields);
        make_revise(desk, &row, &input)?.page(desk, Section::Incidents, &input, &Errors::new())
    })
    .await
}

/// `POST /incidents/SJ-0001/revise`.
pub(crate) async fn send_revise(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let row = entry(desk, &no)?;
        let form = |desk: &Desk, input: &Input| make_revise(desk, &row, input);
        submit(desk, Section::Incidents, &posted, form, |r| {
            let why = r.must_text("why", "field-why");
            let Some(act) = read_act(r) else { return Ok(None) };
            let receipt = desk.office().revise_incident(&r.ask(), row.no, act, why)?;
            Ok(Some((href(row.no), receipt)))
        })
    })
    .await
}

fn make_note(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    Ok(frame(desk, no, "note", "w-add-note")
        .ask(Field::area(desk, "text", "field-note", input).hint(desk, "w-sealed-hint"))
        .ask(Field::day(desk, "happened", "field-happened", input).skip()))
}

/// `GET /incidents/SJ-0001/note`.
pub(crate) async fn note(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (row, input) = (entry(desk, &no)?, Input::default());
        make_note(desk, row.no, &input)?.page(desk, Section::Incidents, &input, &Errors::new())
    })
    .await
}

/// `POST /incidents/SJ-0001/note`.
pub(crate) async fn send_note(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = entry(desk, &no)?.no;
        let form = |desk: &Desk, input: &Input| make_note(desk, no, input);
        submit(desk, Section::Incidents, &posted, form, |r| {
            let text = r.must_text("text", "field-note");
            let happened = r.day("happened");
            if !r.is_right() {
                return Ok(None);
            }
            let receipt = desk.office().note_incident(&r.ask(), no, happened, text)?;
            Ok(Some((href(no), receipt)))
        })
    })
    .await
}

/// What can be laid beside: first what is about the incident's secret points or suspects.
fn linkable(desk: &Desk, row: &IncidentRow, input: &Input) -> Result<Vec<Choice>, Problem> {
    let reader = &desk.reader;
    let mut things: Vec<Number> = Vec::new();
    for secret in &row.secrets {
        things.extend(reader.comparisons(Some(*secret))?.into_iter().map(|one| one.no));
        things.extend(reader.disclosures_of_secret(*secret)?.into_iter().map(|one| one.no));
        let copies = CopyFilter { secret: Some(*secret), ..CopyFilter::default() };
        things.extend(reader.copies(copies)?.into_iter().map(|one| one.no).take(THINGS_MAX));
        things.extend(reader.matches_of_secret(*secret)?.into_iter().map(|one| one.measure.no));
    }
    for partner in &row.partners {
        things.extend(reader.agreements(Some(*partner))?.into_iter().map(|one| one.no));
    }
    things.extend(reader.finds()?.into_iter().map(|one| one.no).take(THINGS_MAX));
    things.extend(reader.sweeps()?.into_iter().map(|one| one.no).take(THINGS_MAX));
    things.extend(reader.comparisons(None)?.into_iter().map(|one| one.no).take(THINGS_MAX));
    things.extend(reader.releases()?.into_iter().map(|one| one.no).take(THINGS_MAX));
    let linked: Vec<_> = reader.incident_links(row.no)?.into_iter().map(|one| one.thing).collect();
    let mut choices: Vec<Choice> = Vec::new();
    for thing in things.into_iter().filter(|thing| !linked.contains(thing)) {
        if choices.iter().all(|choice| choice.value != thing.to_string()) {
            let sort = desk.t(&format!("w-linked-{}", thing.series.letters().to_lowercase()));
            let words = [("one", &*sort), ("two", &desk.called(thing))];
            let on = input.has("thing", &thing.to_string());
            choices.push(Choice::new(thing, desk.tr("w-two-words", &words), on));
        }
    }
    Ok(choices)
}

fn make_link(desk: &Desk, row: &IncidentRow, input: &Input) -> Result<Form, Problem> {
    let mut choices = linkable(desk, row, input)?;
    choices.insert(0, Choice::new("", desk.t("w-by-number"), false));
    Ok(frame(desk, row.no, "link", "w-link-thing")
        .lead(desk.t("w-link-thing-lead"))
        .ask(Field::select(desk, "thing", "w-col-linked", choices, input).skip())
        .ask(
            Field::text(desk, "number", "w-thing-number", input)
                .hint(desk, "w-thing-number-hint")
                .skip(),
        )
        .ask(Field::area(desk, "text", "w-col-shows", input).hint(desk, "w-sealed-hint").skip()))
}

/// `GET /incidents/SJ-0001/link`.
pub(crate) async fn link(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (row, input) = (entry(desk, &no)?, Input::default());
        make_link(desk, &row, &input)?.page(desk, Section::Incidents, &input, &Errors::new())
    })
    .await
}

/// `POST /incidents/SJ-0001/link`.
pub(crate) async fn send_link(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let row = entry(desk, &no)?;
        let form = |desk: &Desk, input: &Input| make_link(desk, &row, input);
        submit(desk, Section::Incidents, &posted, form, |r| {
            let word = r.text("thing").or_else(|| r.text("number")).unwrap_or_default();
            let thing = Number::parse(&word).ok().filter(|no| LINKABLE.contains(&no.series));
            let Some(thing) = thing else {
                r.wrong(
                    if r.input.get("thing").is_empty() { "number" } else { "thing" },
                    "w-choose",
                );
                return Ok(None);
            };
            if !desk.reader.sees(thing)? {
                let field = if r.input.get("thing").is_empty() { "number" } else { "thing" };
                r.errors.push((
                    field.into(),
                    desk.tr("w-no-such-number", &[("no", &thing.to_string())]),
                ));
                return Ok(None);
            }
            let receipt = desk.office().link_incident(&r.ask(), row.no, thing, r.text("text"))?;
            Ok(Some((href(row.no), receipt)))
        })
    })
    .await
}

fn make_unlink(desk: &Desk, no: Number, thing: Number, input: &Input) -> Result<Form, Problem> {
    Ok(frame(desk, no, &format!("links/{thing}/remove"), "w-unlink")
        .lead(desk.called(thing))
        .ask(Field::text(desk, "why", "field-why", input)))
}

fn linked(desk: &Desk, no: &str, thing: &str) -> Result<(Number, Number), Problem> {
    let no = entry(desk, no)?.no;
    let thing = Number::parse(thing).map_err(|_| Problem::NotFound)?;
    let known = desk.reader.incident_links(no)?.iter().any(|one| one.thing == thing);
    if known { Ok((no, thing)) } else { Err(Problem::NotFound) }
}

/// `GET /incidents/SJ-0001/links/QC-0001/remove`.
pub(crate) async fn unlink(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, thing)): Path<(String, String)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let ((no, thing), input) = (linked(desk, &no, &thing)?, Input::default());
        let form = make_unlink(desk, no, thing, &input)?;
        form.page(desk, Section::Incidents, &input, &Errors::new())
    })
    .await
}

/// `POST /incidents/SJ-0001/links/QC-0001/remove`.
pub(crate) async fn send_unlink(
    State(app): State<App>,
    Path((no, thing)): Path<(String, String)>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let (no, thing) = linked(desk, &no, &thing)?;
        let form = |desk: &Desk, input: &Input| make_unlink(desk, no, thing, input);
        submit(desk, Section::Incidents, &posted, form, |r| {
            let why = r.must_text("why", "field-why");
            if !r.is_right() {
                return Ok(None);
            }
            let receipt = desk.office().unlink_incident(&r.ask(), no, thing, why)?;
            Ok(Some((href(no), receipt)))
        })
    })
    .await
}

fn make_close(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    let outcomes = Outcome::ALL.iter().map(|one| one.word());
    let outcomes = terms(desk, input, "outcome", "outcome", outcomes);
    Ok(frame(desk, no, "close", "w-close-incident")
        .lead(desk.t("w-close-incident-lead"))
        .ask(Field::radio(desk, "outcome", "field-outcome", outcomes, input))
        .ask(Field::day(desk, "happened", "field-happened", input))
        .ask(Field::area(desk, "text", "w-outcome-more", input).hint(desk, "w-sealed-hint").skip()))
}

/// `GET /incidents/SJ-0001/close`.
pub(crate) async fn close(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let input = Input::of([("happened", desk.today().to_string())]);
        make_close(desk, row.no, &input)?.page(desk, Section::Incidents, &input, &Errors::new())
    })
    .await
}

/// `POST /incidents/SJ-0001/close`.
pub(crate) async fn send_close(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = entry(desk, &no)?.no;
        let form = |desk: &Desk, input: &Input| make_close(desk, no, input);
        submit(desk, Section::Incidents, &posted, form, |r| {
            let outcome = r.must_term("outcome", Outcome::from_word);
            let happened = r.must_day("happened");
            let (Some(outcome), Some(happened), true) = (outcome, happened, r.is_right()) else {
                return Ok(None);
            };
            let text = r.text("text");
            let receipt = desk.office().close_incident(&r.ask(), no, (outcome, happened), text)?;
            Ok(Some((href(no), receipt)))
        })
    })
    .await
}

fn make_reopen(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    Ok(frame(desk, no, "reopen", "w-reopen-incident").ask(Field::text(
        desk,
        "why",
        "field-why",
        input,
    )))
}

/// `GET /incidents/SJ-0001/reopen`.
pub(crate) async fn reopen(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (row, input) = (entry(desk, &no)?, Input::default());
        make_reopen(desk, row.no, &input)?.page(desk, Section::Incidents, &input, &Errors::new())
    })
    .await
}

/// `POST /incidents/SJ-0001/reopen`.
pub(crate) async fn send_reopen(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = entry(desk, &no)?.no;
        let form = |desk: &Desk, input: &Input| make_reopen(desk, no, input);
        submit(desk, Section::Incidents, &posted, form, |r| {
            let why = r.must_text("why", "field-why");
            if !r.is_right() {
                return Ok(None);
            }
            let receipt = desk.office().reopen_incident(&r.ask(), no, why)?;
            Ok(Some((href(no), receipt)))
        })
    })
    .await
}
