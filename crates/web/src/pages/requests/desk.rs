//! A company's request at the desk of an organisation, such as the rights station: taken in, answered,
//! referred, followed up.

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::terms::{Channel, FollowUp, RequestState, Theme};
use domain::{Number, Series};
use office::RequestForm;
use store::read::{AssistanceFilter, RequestDesk, RequestRow};

use super::{ANSWER_DAYS, entry, sealed};
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Field, Form, terms};
use crate::input::{Errors, Input, Posted};
use crate::list::Act;
use crate::pages::{assistance, organisations, submit};
use crate::problem::Problem;
use crate::shell::Section;
use crate::thing::Thing;
use crate::visitor::Member;

/// In how many days a company is asked whether an answer helped.
const FOLLOW_DAYS: i64 = 14;

/// Ways on at the desk, for who may act for it.
pub(super) fn acts(desk: &Desk, thing: &mut Thing, row: &RequestRow, lies: Option<&RequestDesk>) {
    let Some(lies) = lies.filter(|lies| desk.may_for(lies.organisation)) else { return };
    let at = href(row.no);
    if row.state != RequestState::Closed {
        thing.acts.push(Act::new(desk, format!("{at}/desk/answer"), "w-answer-at-desk"));
        let refer = format!("/assistance/new?from={}&request={}", lies.organisation, row.no);
        thing.acts.push(Act::new(desk, refer, "w-refer-request"));
    }
    if row.replied.is_some() {
        thing.acts.push(Act::new(desk, format!("{at}/desk/follow"), "w-follow-request"));
    }
}

/// What was said at the desk, and what was asked of others because of it.
pub(super) fn said(desk: &Desk, thing: &mut Thing, row: &RequestRow) -> Result<(), Problem> {
    for word in desk.reader.desk_words(row.no)? {
        let day = word.happened.to_string();
        match (word.organisation, word.outcome) {
            (Some(organisation), _) => {
                let args = [("who", &*desk.name(organisation)), ("day", &*day)];
                let head = desk.tr("w-reply-head", &args);
                let text = sealed(desk, word.idx, "text")?;
                thing.words(desk, "w-reply", format!("{head}\n{text}"));
            }
            (None, outcome) => {
                let outcome = outcome.map(FollowUp::word).unwrap_or_default();
                let outcome = desk.t(&format!("follow-up-{outcome}"));
                let head = desk.tr("w-two-words", &[("one", &day), ("two", &outcome)]);
                let note = sealed(desk, word.idx, "note")?;
                thing.words(desk, "w-follow-up", format!("{head}\n{note}"));
            }
        }
    }
    let asked = AssistanceFilter { request: Some(row.no), ..AssistanceFilter::default() };
    let asked = desk.reader.assistances(&asked)?.rows;
    if !asked.is_empty() {
        let table = assistance::table(desk, &asked);
        thing.table(desk, "w-referred", table, "w-nothing-here");
    }
    Ok(())
}

/// A company as people know it: by number, by name, or by credit code; looked for in the whole
/// directory, since whoever sits at a desk knows who stands before it.
fn company(desk: &Desk, typed: &str) -> Result<Option<Number>, Problem> {
    let full = desk.app.full_reader()?;
    if let Ok(no) = Number::parse(typed) {
        return Ok((no.series == Series::Company).then_some(no));
    }
    let filter = store::read::CompanyFilter {
        text: Some(typed.to_owned()),
        limit: 2,
        ..store::read::CompanyFilter::default()
    };
    let found = full.companies(&filter)?.rows;
    let exact = found
        .iter()
        .find(|row| row.name == typed || row.code.is_some_and(|code| code.to_string() == typed));
    Ok(exact.map(|row| row.no))
}

fn make_ask(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let themes = terms(desk, input, "theme", "theme", Theme::ALL.iter().map(|t| t.word()));
    let channels = terms(desk, input, "channel", "channel", Channel::ALL.iter().map(|c| c.word()));
    let mut form = Form::new(desk, "w-take-in", "/requests/ask".into(), "w-do-write")
        .lead(desk.t("w-take-in-lead"))
        .crumb(desk, "/requests", "w-nav-requests");
    match desk.acting() {
        Some(acting) => form.hidden.push(("organisation", acting.to_string())),
        None => {
            let none = Some("w-choose-organisation");
            let all = organisations::choices(desk, input, "organisation", none)?;
            form = form.ask(Field::select(desk, "organisation", "w-at-desk", all, input));
        }
    }
    Ok(form
        .ask(
            Field::text(desk, "company", "field-company", input).hint(desk, "w-company-typed-hint"),
        )
        .ask(Field::text(desk, "title", "field-title", input).hint(desk, "w-request-title-hint"))
        .ask(Field::area(desk, "text", "w-request-text", input).hint(desk, "w-sealed-hint").skip())
        .ask(Field::radio(desk, "theme", "field-theme", themes, input).row())
        .ask(Field::radio(desk, "channel", "field-channel", channels, input).row())
        .ask(Field::day(desk, "happened", "field-happened", input))
        .ask(Field::day(desk, "due", "field-due", input)))
}

/// `GET /requests/ask?organisation=JG-0001`.
pub(crate) async fn ask(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let asked = Input::parse(query.unwrap_or_default().as_bytes());
        let today = desk.today();
        let due = today.plus_days(ANSWER_DAYS).unwrap_or(today);
        let input = Input::of([
            ("organisation", asked.get("organisation").to_owned()),
            ("happened", today.to_string()),
            ("due", due.to_string()),
            ("channel", "desk".to_owned()),
        ]);
        make_ask(desk, &input)?.page(desk, Section::Requests, &input, &Errors::new())
    })
    .await
}

/// `POST /requests/ask`.
pub(crate) async fn send_ask(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let known = company(desk, posted.input.get("company"))?;
        submit(desk, Section::Requests, &posted, make_ask, |r| {
            let organisation = r.must_number("organisation", Series::Organisation);
            if known.is_none() {
                r.wrong("company", "w-err-company-unknown");
            }
            let title = r.must_text("title", "field-title");
            let theme = r.must_term("theme", Theme::from_word);
            let channel = r.must_term("channel", Channel::from_word);
            let (happened, due) = (r.must_day("happened"), r.must_day("due"));
            let (Some(organisation), Some(company), Some(theme), Some(channel), true) =
                (organisation, known, theme, channel, r.is_right())
            else {
                return Ok(None);
            };
            let (Some(happened), Some(due)) = (happened, due) else { return Ok(None) };
            let text = r.text("text");
            let form = RequestForm { company, channel, theme, title, happened, due, text };
            let receipt = desk.office().take_in(desk.acts(&r.ask()), organisation, form)?;
            Ok(Some((receipt.number.map_or_else(|| "/requests".to_owned(), href), receipt)))
        })
    })
    .await
}

/// What is done at a desk.
#[derive(Clone, Copy)]
enum Deed {
    Hand,
    Answer,
    Follow,
}

impl Deed {
    fn of(word: &str) -> Result<Self, Problem> {
        match word {
            "hand" => Ok(Self::Hand),
            "answer" => Ok(Self::Answer),
            "follow" => Ok(Self::Follow),
            _ => Err(Problem::NotFound),
        }
    }

    fn make(self, desk: &Desk, row: &RequestRow, input: &Input) -> Result<Form, Problem> {
        let (word, title) = match self {
            Self::Hand => ("hand", "w-hand-request"),
            Self::Answer => ("answer", "w-answer-at-desk"),
            Self::Follow => ("follow", "w-follow-request"),
        };
        let action = format!("{}/desk/{word}", href(row.no));
        let mut form = Form::new(desk, title, action, "w-do-write")
            .crumb(desk, "/requests", "w-nav-requests")
            .about(desk, row.no)
            .lead(desk.t(&format!("{title}-lead")));
        form.back = href(row.no);
        let day = |name, label| Field::day(desk, name, label, input);
        Ok(match self {
            Self::Hand => {
                let none = Some("w-choose-organisation");
                let all = organisations::choices(desk, input, "organisation", none)?;
                form.ask(Field::select(desk, "organisation", "w-at-desk", all, input))
                    .ask(day("due", "field-due").skip())
                    .ask(Field::text(desk, "why", "field-why", input).skip())
            }
            Self::Answer => form
                .ask(Field::area(desk, "text", "field-reply", input).hint(desk, "w-sealed-hint"))
                .ask(day("happened", "field-happened"))
                .ask(day("again", "w-follow-on").skip()),
            Self::Follow => {
                let words = FollowUp::ALL.iter().map(|outcome| outcome.word());
                let outcomes = terms(desk, input, "outcome", "follow-up", words);
                form.ask(Field::radio(desk, "outcome", "w-follow-up", outcomes, input))
                    .ask(
                        Field::area(desk, "note", "w-follow-note", input)
                            .hint(desk, "w-sealed-hint")
                            .skip(),
                    )
                    .ask(day("happened", "field-happened"))
                    .ask(day("again", "w-follow-again").skip())
            }
        })
    }
}

/// `GET /requests/SQ-0001/desk/hand`, `…/answer`, `…/follow`.
pub(crate) async fn deed(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, word)): Path<(String, String)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (row, deed) = (entry(desk, &no)?, Deed::of(&word)?);
        let today = desk.today();
        let mut fields = vec![("happened", today.to_string())];
        if let Deed::Answer = deed {
            let again = today.plus_days(FOLLOW_DAYS).unwrap_or(today);
            fields.push(("again", again.to_string()));
        }
        let input = Input::of(fields);
        deed.make(desk, &row, &input)?.page(desk, Section::Requests, &input, &Errors::new())
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
            Section::Requests,
            &posted,
            |desk, input| deed.make(desk, &row, input),
            |r| {
                let (office, ask) = (desk.office(), r.ask());
                let by = desk.acts(&ask);
                let receipt = if let Deed::Hand = deed {
                    let organisation = r.must_number("organisation", Series::Organisation);
                    let due = r.day("due");
                    let (Some(organisation), true) = (organisation, r.is_right()) else {
                        return Ok(None);
                    };
                    office.hand_request(by, no, organisation, due, r.text("why"))?
                } else {
                    let (happened, again) = (r.must_day("happened"), r.day("again"));
                    if let Deed::Answer = deed {
                        let text = r.must_text("text", "field-reply");
                        let (Some(happened), true) = (happened, r.is_right()) else {
                            return Ok(None);
                        };
                        office.answer_at_desk(by, no, (happened, again), text)?
                    } else {
                        let outcome = r.must_term("outcome", FollowUp::from_word);
                        let (Some(outcome), Some(happened), true) =
                            (outcome, happened, r.is_right())
                        else {
                            return Ok(None);
                        };
                        office.follow_request(by, no, outcome, (happened, again), r.text("note"))?
                    }
                };
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}
