//! What is done about requests for assistance: asked, received, triaged, answered, escalated, closed.

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::terms::{AssistanceAnswer, AssistanceSort, AssistanceState, Closing};
use domain::{Number, Series};
use office::{About, AssistanceForm};
use store::read::AssistanceRow;

use super::{LIST, entry};
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form, terms};
use crate::input::{Errors, Input, Posted, Reading};
use crate::pages::{organisations, submit};
use crate::problem::Problem;
use crate::shell::Section;
use crate::visitor::Member;

/// In how many days a request should be answered when nothing else is said.
const ANSWER_DAYS: i64 = 10;
/// The most members that are offered to choose from.
const OFFERED_MAX: usize = 200;

/// Who may be asked: organisations, and the members of the one that asks.
fn recipients(desk: &Desk, input: &Input) -> Result<Vec<Choice>, Problem> {
    let mut choices = organisations::choices(desk, input, "to", Some("w-choose-organisation"))?;
    let from = Number::parse(input.get("from")).ok().or(desk.acting());
    if let Some(from) = from {
        let on = Number::parse(input.get("to")).ok();
        for member in desk.reader.members(from)?.into_iter().take(OFFERED_MAX) {
            let args = [("name", &*member.name), ("no", &*member.company.to_string())];
            let label = desk.tr("w-member-choice", &args);
            choices.push(Choice::new(member.company, label, on == Some(member.company)));
        }
    }
    Ok(choices)
}

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let words = AssistanceSort::ALL.iter().map(|sort| sort.word());
    let sorts = terms(desk, input, "sort", "assistance", words);
    let mut form = Form::new(desk, "w-ask-assistance", "/assistance/new".into(), "w-do-send")
        .lead(desk.t("w-ask-assistance-lead"))
        .crumb(desk, LIST.0, LIST.1)
        .aside(desk, &["w-assistance-aside", "w-assistance-aside-1", "w-assistance-aside-2"]);
    match desk.acting() {
        Some(acting) => form.hidden.push(("from", acting.to_string())),
        None => {
            let from = organisations::choices(desk, input, "from", Some("w-choose-organisation"))?;
            form = form.ask(Field::select(desk, "from", "field-from-organisation", from, input));
        }
    }
    let to = recipients(desk, input)?;
    let day = |name, label| Field::day(desk, name, label, input);
    Ok(form
        .ask(Field::select(desk, "to", "field-to-organisation", to, input))
        .ask(Field::radio(desk, "sort", "field-sort", sorts, input).row())
        .ask(Field::text(desk, "title", "field-title", input).hint(desk, "w-assistance-title-hint"))
        .ask(Field::area(desk, "text", "w-assistance-text", input).hint(desk, "w-sealed-hint"))
        .ask(day("due", "field-due"))
        .ask(
            Field::text(desk, "company", "field-company", input)
                .hint(desk, "w-company-no-hint")
                .skip(),
        )
        .ask_more(Field::text(desk, "case", "field-case", input).hint(desk, "w-case-no-hint"))
        .ask_more(
            Field::text(desk, "request", "field-request", input).hint(desk, "w-request-no-hint"),
        )
        .ask_more(Field::text(desk, "follows", "field-follows", input).hint(desk, "w-follows-hint"))
        .ask(day("happened", "field-happened")))
}

/// `GET /assistance/new`, or with `?from=JG-0001&follows=XZ-0001&company=QY-0001&request=SQ-0001`.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let asked = Input::parse(query.unwrap_or_default().as_bytes());
        let today = desk.today();
        let due = today.plus_days(ANSWER_DAYS).unwrap_or(today);
        // What is passed on says again what it is about.
        let before = Number::parse(asked.get("follows")).ok();
        let before = before.map(|no| desk.reader.assistance(no)).transpose()?.flatten();
        let known = |name: &str, of: Option<Number>| match asked.get(name) {
            "" => of.map(|no| no.to_string()).unwrap_or_default(),
            said => said.to_owned(),
        };
        let input = Input::of([
            ("from", known("from", None)),
            ("to", known("to", None)),
            ("sort", before.as_ref().map_or(String::new(), |row| row.sort.word().into())),
            ("title", before.as_ref().map_or(String::new(), |row| row.title.clone())),
            ("company", known("company", before.as_ref().and_then(|row| row.company))),
            ("case", known("case", before.as_ref().and_then(|row| row.case))),
            ("request", known("request", before.as_ref().and_then(|row| row.request))),
            ("follows", known("follows", None)),
            ("happened", today.to_string()),
            ("due", due.to_string()),
        ]);
        make(desk, &input)?.page(desk, Section::Assistance, &input, &Errors::new())
    })
    .await
}

/// An organisation, or a member, that somebody chose.
fn party(r: &mut Reading<'_>, name: &str) -> Option<Number> {
    let number = Number::parse(r.input.get(name)).ok();
    let number = number.filter(|no| matches!(no.series, Series::Organisation | Series::Company));
    if number.is_none() {
        r.wrong(name, "w-choose");
    }
    number
}

/// `POST /assistance/new`.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Assistance, &posted, make, |r| {
            let (from, to) = (party(r, "from"), party(r, "to"));
            let sort = r.must_term("sort", AssistanceSort::from_word);
            let title = r.must_text("title", "field-title");
            let text = r.must_text("text", "w-assistance-text");
            let (happened, due) = (r.must_day("happened"), r.must_day("due"));
            let about = About {
                company: r.number("company", Series::Company),
                case: r.number("case", Series::Case),
                request: r.number("request", Series::Request),
                follows: r.number("follows", Series::Assistance),
            };
            let (Some(from), Some(to), Some(sort), Some(happened), Some(due), true) =
                (from, to, sort, happened, due, r.is_right())
            else {
                return Ok(None);
            };
            let form = AssistanceForm { from, to, sort, title, about, happened, due, text };
            let receipt = desk.office().ask_assistance(desk.acts(&r.ask()), form)?;
            Ok(Some((receipt.number.map_or_else(|| LIST.0.to_owned(), href), receipt)))
        })
    })
    .await
}

/// What is done to a request for assistance.
#[derive(Clone, Copy)]
enum Deed {
    Receive,
    Triage,
    Reply,
    Escalate,
    Close,
}

impl Deed {
    fn of(word: &str) -> Result<Self, Problem> {
        match word {
            "receive" => Ok(Self::Receive),
            "triage" => Ok(Self::Triage),
            "reply" => Ok(Self::Reply),
            "escalate" => Ok(Self::Escalate),
            "close" => Ok(Self::Close),
            _ => Err(Problem::NotFound),
        }
    }

    fn make(self, desk: &Desk, row: &AssistanceRow, input: &Input) -> Result<Form, Problem> {
        let word = match self {
            Self::Receive => "receive",
            Self::Triage => "triage",
            Self::Reply => "reply",
            Self::Escalate => "escalate",
            Self::Close => "close",
        };
        let title = format!("w-{word}-assistance");
        let form = Form::new(desk, &title, format!("{}/{word}", href(row.no)), "w-do-write")
            .crumb(desk, LIST.0, LIST.1)
            .about(desk, row.no)
            .lead(desk.t(&format!("w-{word}-assistance-lead")));
        let day = Field::day(desk, "happened", "field-happened", input);
        // Whoever acts for an organisation is that one; the station says which of two it is.
        let who = |form: Form| match (desk.acting(), row.escalated) {
            (None, Some(third)) => {
                let choices = [third, row.to].map(|no| {
                    let on = input.has("organisation", &no.to_string());
                    Choice::new(no, format!("{} {no}", desk.name(no)), on)
                });
                form.ask(Field::select(
                    desk,
                    "organisation",
                    "field-organisation-acting",
                    choices.into(),
                    input,
                ))
            }
            _ => form,
        };
        Ok(match self {
            Self::Receive => who(form)
                .ask(
                    Field::text(desk, "reference", "field-reference", input)
                        .hint(desk, "w-reference-hint")
                        .skip(),
                )
                .ask(day),
            Self::Triage => {
                let urgent =
                    vec![Choice::new("yes", desk.t("w-urgent"), input.has("urgent", "yes"))];
                form.ask(
                    Field::text(desk, "unit", "field-unit", input)
                        .hint(desk, "w-assistance-unit-hint"),
                )
                .ask(Field::ticks(desk, "urgent", "field-urgent", urgent, input).skip())
                .ask(Field::text(desk, "why", "w-first-look", input).skip())
            }
            Self::Reply => {
                let words = AssistanceAnswer::ALL.iter().map(|answer| answer.word());
                let answers = terms(desk, input, "answer", "assistance-answer", words);
                who(form)
                    .ask(Field::radio(desk, "answer", "w-answer-word", answers, input))
                    .ask(
                        Field::area(desk, "text", "field-reply", input).hint(desk, "w-sealed-hint"),
                    )
                    .ask(day)
            }
            Self::Escalate => {
                let to = organisations::choices(desk, input, "to", Some("w-choose-organisation"))?;
                form.ask(Field::select(desk, "to", "w-third-organisation", to, input))
                    .ask(Field::day(desk, "due", "w-new-due", input))
                    .ask(Field::area(desk, "why", "field-why", input))
                    .ask(day)
            }
            Self::Close => {
                let how =
                    terms(desk, input, "how", "closing", Closing::ALL.iter().map(|how| how.word()));
                form.ask(Field::radio(desk, "how", "w-closed-how", how, input))
                    .ask(day)
                    .ask(Field::text(desk, "why", "field-why", input).skip())
            }
        })
    }
}

/// `GET /assistance/XZ-0001/receive`, `…/triage`, `…/reply`, `…/escalate`, `…/close`.
pub(crate) async fn deed(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, word)): Path<(String, String)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (row, deed) = (entry(desk, &no)?, Deed::of(&word)?);
        if row.state == AssistanceState::Closed {
            return Err(office::Trouble::from(domain::Refusal::Ended(row.no)).into());
        }
        let today = desk.today();
        let due = today.plus_days(ANSWER_DAYS).unwrap_or(today);
        let input = Input::of([
            ("happened", today.to_string()),
            ("due", due.to_string()),
            ("unit", row.unit.clone().unwrap_or_default()),
            ("urgent", if row.urgent { "yes".into() } else { String::new() }),
        ]);
        deed.make(desk, &row, &input)?.page(desk, Section::Assistance, &input, &Errors::new())
    })
    .await
}

/// `POST` of the same.
pub(crate) async fn send_deed(
    State(app): State<App>,
    Path((no, word)): Path<(String, String)>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let (row, deed) = (entry(desk, &no)?, Deed::of(&word)?);
        let no = row.no;
        submit(
            desk,
            Section::Assistance,
            &posted,
            |desk, input| deed.make(desk, &row, input),
            |r| {
                let (office, ask) = (desk.office(), r.ask());
                let by = desk.acts(&ask);
                let happened = match deed {
                    Deed::Triage => None,
                    _ => r.must_day("happened"),
                };
                let named = Number::parse(r.input.get("organisation")).ok();
                let receipt = match (deed, happened) {
                    (Deed::Triage, _) => {
                        let unit = r.must_text("unit", "field-unit");
                        if !r.is_right() {
                            return Ok(None);
                        }
                        let urgent = r.input.has("urgent", "yes");
                        office.triage_assistance(by, no, unit, urgent, r.text("why"))?
                    }
                    (Deed::Receive, Some(happened)) => {
                        office.receive_assistance(by, no, named, happened, r.text("reference"))?
                    }
                    (Deed::Reply, happened) => {
                        let answer = r.must_term("answer", AssistanceAnswer::from_word);
                        let text = r.must_text("text", "field-reply");
                        let (Some(answer), Some(happened), true) = (answer, happened, r.is_right())
                        else {
                            return Ok(None);
                        };
                        office.reply_assistance(by, no, named, (answer, happened), text)?
                    }
                    (Deed::Escalate, happened) => {
                        let to = r.must_number("to", Series::Organisation);
                        let due = r.must_day("due");
                        let why = r.must_text("why", "field-why");
                        let (Some(to), Some(due), Some(happened), true) =
                            (to, due, happened, r.is_right())
                        else {
                            return Ok(None);
                        };
                        office.escalate_assistance(by, no, to, (happened, due), why)?
                    }
                    (Deed::Close, happened) => {
                        let how = r.must_term("how", Closing::from_word);
                        let (Some(how), Some(happened)) = (how, happened) else {
                            return Ok(None);
                        };
                        office.close_assistance(by, no, how, happened, r.text("why"))?
                    }
                    (_, None) => return Ok(None),
                };
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}
