//! Evidence of an incident: preserving it, and through whose hands it goes.

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use catalog::procedure::Form as Bears;
use domain::Number;
use office::{HandForm, PreserveForm};
use store::read::IncidentRow;

use super::entry;
use super::wishes::frame;
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form, terms};
use crate::input::{Errors, Input, Posted};
use crate::law::catalog;
use crate::list::Act;
use crate::pages::submit;
use crate::problem::Problem;
use crate::shell::Section;
use crate::visitor::Member;

fn make(desk: &Desk, row: &IncidentRow, input: &Input) -> Result<Form, Problem> {
    let items =
        catalog().elements().item.iter().map(|item| {
            Choice::new(&item.id.id, desk.law(&item.name), input.has("item", &item.id.id))
        });
    let mut items: Vec<Choice> = items.collect();
    items.insert(0, Choice::new("", desk.t("w-choose"), false));
    let bears = Bears::ALL.iter().map(|form| form.key());
    let bears = terms(desk, input, "bears", "law-form", bears);
    let form = frame(desk, row.no, "preserve", "w-preserve")
        .lead(desk.t("w-preserve-lead"))
        .aside(desk, &["w-preserve-aside", "w-preserve-aside-1", "w-preserve-aside-2"])
        .ask(Field::select(desk, "item", "field-item", items, input))
        .ask(Field::files(desk, "files", "w-original", input).hint(desk, "w-preserve-hint").skip())
        .ask(Field::day(desk, "happened", "w-taken-on", input))
        .ask(Field::text(desk, "origin", "w-taken-from", input).hint(desk, "w-taken-from-hint"))
        .ask(Field::text(desk, "collector", "w-taken-by", input))
        .ask(
            Field::area(desk, "method", "w-taken-how", input).hint(desk, "w-taken-how-hint").skip(),
        )
        .ask(Field::day(desk, "dated", "field-dated", input).hint(desk, "w-dated-hint").skip())
        .ask(
            Field::ticks(desk, "bears", "w-bears", bears, input).hint(desk, "w-bears-hint").skip(),
        );
    Ok(form)
}

/// `GET /incidents/SJ-0001/preserve`, or with `?item=access_log`.
pub(crate) async fn preserve(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let asked = Input::parse(query.unwrap_or_default().as_bytes());
        let input = Input::of([
            ("item", asked.get("item").to_owned()),
            ("happened", desk.today().to_string()),
        ]);
        let mut form = make(desk, &row, &input)?;
        form.acts = vec![
            Act::new(desk, format!("{}/link", href(row.no)), "w-link-thing"),
            Act::new(desk, href(row.no), "w-to-incident"),
        ];
        form.page(desk, Section::Incidents, &input, &Errors::new())
    })
    .await
}

/// `POST /incidents/SJ-0001/preserve`.
pub(crate) async fn send_preserve(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let row = entry(desk, &no)?;
        let form = |desk: &Desk, input: &Input| make(desk, &row, input);
        submit(desk, Section::Incidents, &posted, form, |r| {
            let item = r.must_text("item", "field-item");
            let happened = r.must_day("happened");
            let origin = r.must_text("origin", "w-taken-from");
            let collector = r.must_text("collector", "w-taken-by");
            let dated = r.day("dated");
            let mut sources = r.sources("files")?;
            if sources.len() > 1 {
                r.wrong("files", "w-one-file");
            }
            let (Some(happened), true) = (happened, r.is_right()) else { return Ok(None) };
            let bears = Bears::ALL.into_iter().filter(|form| r.input.has("bears", form.key()));
            let mut bears: Vec<Bears> = bears.collect();
            // Where it is from was said above.
            if !bears.contains(&Bears::Origin) {
                bears.push(Bears::Origin);
            }
            let form = PreserveForm {
                incident: row.no,
                item,
                source: sources.pop(),
                bears,
                dated,
                happened,
                origin: Some(origin),
                collector: Some(collector),
                method: r.text("method"),
            };
            let receipt = desk.office().preserve(&r.ask(), form)?;
            Ok(Some((href(row.no), receipt)))
        })
    })
    .await
}

fn exhibit(desk: &Desk, no: &str, part: u32) -> Result<(Number, String), Problem> {
    let row = entry(desk, no)?;
    let found = desk.reader.exhibits(row.no)?.into_iter().find(|one| one.no == part);
    let found = found.filter(|one| one.dropped.is_none()).ok_or(Problem::NotFound)?;
    let words = [("one", &*desk.n("w-exhibit-no", part)), ("two", &desk.evidence(&found.item))];
    Ok((row.no, desk.tr("w-two-words", &words)))
}

fn make_hand(
    desk: &Desk,
    (no, part): (Number, u32),
    called: &str,
    input: &Input,
) -> Result<Form, Problem> {
    let mut form = frame(desk, no, &format!("exhibits/{part}/hand"), "w-hand-exhibit")
        .lead(called.to_owned())
        .ask(Field::day(desk, "happened", "field-happened", input))
        .ask(Field::text(desk, "giver", "field-giver", input).hint(desk, "w-sealed-hint").skip())
        .ask(Field::text(desk, "taker", "field-taker", input).hint(desk, "w-sealed-hint"))
        .ask(Field::text(desk, "text", "field-note", input).hint(desk, "w-seal-state-hint").skip());
    form.acts =
        vec![Act::new(desk, format!("{}/exhibits/{part}/drop", href(no)), "w-drop-exhibit")];
    Ok(form)
}

/// `GET /incidents/SJ-0001/exhibits/1/hand`.
pub(crate) async fn hand(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, part)): Path<(String, u32)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (no, called) = exhibit(desk, &no, part)?;
        let input = Input::of([("happened", desk.today().to_string())]);
        let form = make_hand(desk, (no, part), &called, &input)?;
        form.page(desk, Section::Incidents, &input, &Errors::new())
    })
    .await
}

/// `POST /incidents/SJ-0001/exhibits/1/hand`.
pub(crate) async fn send_hand(
    State(app): State<App>,
    Path((no, part)): Path<(String, u32)>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let (incident, called) = exhibit(desk, &no, part)?;
        let form = |desk: &Desk, input: &Input| make_hand(desk, (incident, part), &called, input);
        submit(desk, Section::Incidents, &posted, form, |r| {
            let happened = r.must_day("happened");
            let taker = r.must_text("taker", "field-taker");
            let (Some(happened), true) = (happened, r.is_right()) else { return Ok(None) };
            let (giver, taker) = (r.text("giver"), Some(taker));
            let text = r.text("text");
            let form = HandForm { incident, exhibit: part, happened, giver, taker, text };
            let receipt = desk.office().hand_exhibit(&r.ask(), form)?;
            Ok(Some((href(incident), receipt)))
        })
    })
    .await
}

fn make_drop(
    desk: &Desk,
    (no, part): (Number, u32),
    called: &str,
    input: &Input,
) -> Result<Form, Problem> {
    Ok(frame(desk, no, &format!("exhibits/{part}/drop"), "w-drop-exhibit")
        .lead(desk.tr("w-drop-exhibit-lead", &[("what", called)]))
        .danger()
        .ask(Field::text(desk, "why", "field-why", input)))
}

/// `GET /incidents/SJ-0001/exhibits/1/drop`.
pub(crate) async fn drop(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, part)): Path<(String, u32)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let ((no, called), input) = (exhibit(desk, &no, part)?, Input::default());
        let form = make_drop(desk, (no, part), &called, &input)?;
        form.page(desk, Section::Incidents, &input, &Errors::new())
    })
    .await
}

/// `POST /incidents/SJ-0001/exhibits/1/drop`.
pub(crate) async fn send_drop(
    State(app): State<App>,
    Path((no, part)): Path<(String, u32)>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let (no, called) = exhibit(desk, &no, part)?;
        let form = |desk: &Desk, input: &Input| make_drop(desk, (no, part), &called, input);
        submit(desk, Section::Incidents, &posted, form, |r| {
            let why = r.must_text("why", "field-why");
            if !r.is_right() {
                return Ok(None);
            }
            let receipt = desk.office().drop_exhibit(&r.ask(), no, part, why)?;
            Ok(Some((href(no), receipt)))
        })
    })
    .await
}
