//! 企业诉求: what companies ask, to whom it goes, what was answered, how it ended.

mod desk;

pub(crate) use desk::{ask, deed as desk_deed, send_ask, send_deed as send_desk_deed};

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::guidance::Wait;
use domain::terms::{Channel, Closing, RequestState, Theme};
use domain::workstation::Route;
use domain::{Number, Series};
use office::{RequestForm, Trouble};
use store::read::{DeskFilter, RequestRow};

use super::{experts, number, submit};
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form, terms};
use crate::input::{Errors, Input, Posted};
use crate::list::{Act, Asked, Cell, List, Table, select};
use crate::problem::Problem;
use crate::reply;
use crate::shell::Section;
use crate::show::Status;
use crate::thing::Thing;
use crate::visitor::Member;

/// In how many days a request should be answered when nothing else is said.
const ANSWER_DAYS: i64 = 7;
/// The most rows of an export.
const EXPORT_MAX: u32 = 50_000;

/// Saved views: the word in the URL.
const VIEWS: [&str; 5] = ["", "new", "routed", "late", "closed"];

/// How far a request is, and how it stands with its day.
pub(crate) fn status(desk: &Desk, row: &RequestRow) -> Status {
    let words = desk.t(&format!("request-state-{}", row.state.word()));
    match row.state {
        RequestState::Closed => Status::new("done", words),
        RequestState::Replied => Status::new("part", words),
        RequestState::New | RequestState::Routed => {
            let due = desk.due(row.due);
            Status::new(due.class, desk.tr("w-two-words", &[("one", &words), ("two", &due.text)]))
        }
    }
}

/// Requests as a table.
pub(crate) fn table(desk: &Desk, rows: &[RequestRow]) -> Table {
    let heads = [
        ("field-title", ""),
        ("field-company", ""),
        ("field-theme", "p2"),
        ("w-routed-to", "p2"),
        ("field-due", "p2"),
        ("w-col-state", ""),
    ];
    Table::new(desk, &heads).with(rows.iter().map(|row| {
        vec![
            Cell::link(href(row.no), row.title.clone()).sub(row.no.to_string()),
            Cell::link(href(row.company), row.name.clone()),
            Cell::text(desk.t(&format!("theme-{}", row.theme.word())))
                .sub(desk.t(&format!("channel-{}", row.channel.word()))),
            Cell::text(to(desk, row)),
            Cell::text(row.due.to_string()),
            Cell::status(status(desk, row)),
        ]
    }))
}

/// To whom a request went.
fn to(desk: &Desk, row: &RequestRow) -> String {
    let expert = row.expert.map(|no| desk.name(no));
    expert.or_else(|| row.body.clone()).unwrap_or_default()
}

/// What is asked for, and the filter that finds it.
fn wanted(desk: &Desk, query: Option<String>) -> (Asked, DeskFilter) {
    let asked = Asked::read(
        "/requests",
        &VIEWS,
        &[
            ("theme", |word| Theme::from_word(word).map(Theme::word)),
            ("wait", |word| Wait::from_word(word).map(Wait::word)),
        ],
        query,
    );
    let filter = DeskFilter {
        text: Some(asked.q.clone()),
        theme: Theme::from_word(asked.chosen("theme")),
        wait: Wait::from_word(asked.chosen("wait")),
        period: asked.period,
        limit: asked.place.size,
        offset: asked.place.offset(),
        ..of_view(desk, asked.view)
    };
    (asked, filter)
}

fn of_view(desk: &Desk, view: &str) -> DeskFilter {
    let all = DeskFilter::default();
    match view {
        "late" => DeskFilter { late_on: Some(desk.today()), ..all },
        view => DeskFilter { state: RequestState::from_word(view).map(RequestState::word), ..all },
    }
}

/// `GET /requests`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (asked, filter) = wanted(desk, query);
        let found = desk.reader.requests(&filter)?;
        let mut list = List::new(desk, "/requests", "w-nav-requests", table(desk, &found.rows));
        list.lead = desk.t("w-requests-lead");
        list.acts = vec![
            Act::new(desk, asked.href("/requests.csv", None), "w-export").file(),
            Act::new(desk, "/requests/new", "w-receive-request").first(),
        ];
        let words = Theme::ALL.iter().map(|theme| theme.word());
        list.selects =
            vec![select(desk, "theme", "field-theme", "theme", words, asked.chosen("theme"))];
        let shown = (found.rows.len(), found.total);
        asked.onto(desk, &mut list, "w-requests", shown, |view| {
            Ok(desk.reader.request_count(&of_view(desk, view))?)
        })?;
        if desk.reader.last(Series::Request)? == 0 {
            list.none = (desk.t("w-requests-none"), desk.t("w-requests-none-why"));
        }
        list.page(desk, Section::Requests)
    })
    .await
}

/// `GET /requests.csv`.
pub(crate) async fn csv(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (_, filter) = wanted(desk, query);
        let filter = DeskFilter { limit: EXPORT_MAX, offset: 0, ..filter };
        let mut text = String::from(sheet::csv_start());
        let heads = [
            "w-col-no",
            "field-company",
            "field-name",
            "field-title",
            "field-theme",
            "field-channel",
            "field-happened",
            "field-due",
            "w-routed-to",
            "w-col-state",
            "w-replied-on",
            "w-closed-on",
        ];
        sheet::csv_line(&mut text, heads.map(|key| desk.t(key)));
        let day = |day: Option<domain::Day>| day.map(|day| day.to_string()).unwrap_or_default();
        for row in desk.reader.requests(&filter)?.rows {
            let cells = [
                row.no.to_string(),
                row.company.to_string(),
                row.name.clone(),
                row.title.clone(),
                desk.t(&format!("theme-{}", row.theme.word())),
                desk.t(&format!("channel-{}", row.channel.word())),
                row.happened.to_string(),
                row.due.to_string(),
                to(desk, &row),
                desk.t(&format!("request-state-{}", row.state.word())),
                day(row.replied),
                day(row.closed),
            ];
            sheet::csv_line(&mut text, cells);
        }
        Ok(reply::file("text/csv; charset=utf-8", "requests.csv", text.into_bytes()))
    })
    .await
}

fn entry(desk: &Desk, no: &str) -> Result<RequestRow, Problem> {
    let no = number(no, Series::Request)?;
    desk.reader.request(no)?.ok_or(Problem::NotFound)
}

/// A sealed text of an entry, or that it was erased.
pub(crate) fn sealed(desk: &Desk, idx: u64, field: &str) -> Result<String, Problem> {
    Ok(match desk.office().field(&desk.reader, idx, field, None)? {
        office::Shown::Erased => desk.t("w-erased"),
        shown => shown.text().unwrap_or_default().to_owned(),
    })
}

/// `GET /requests/SQ-0001`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let list = ("/requests", "w-nav-requests");
        let mut thing = Thing::new(desk, row.no, list, row.title.clone())?;
        thing.lead = format!("{} · {}", row.name, status(desk, &row).text);
        let lies = desk.reader.request_desk(row.no)?;
        if row.state != RequestState::Closed {
            let at = href(row.no);
            thing.acts = vec![
                Act::new(desk, format!("{at}/desk/hand"), "w-hand-request"),
                Act::new(desk, format!("{at}/close"), "w-close-request"),
                Act::new(desk, format!("{at}/route"), "w-route-request"),
                Act::new(desk, format!("{at}/reply"), "w-reply-request").first(),
            ];
            if row.state == RequestState::New {
                thing.notes.push(("due", desk.t("w-request-unrouted")));
            }
        }
        desk::acts(desk, &mut thing, &row, lies.as_ref());
        thing.words(desk, "w-request-text", sealed(desk, row.idx, "text")?);
        desk::said(desk, &mut thing, &row)?;
        for reply in desk.reader.replies(row.no)? {
            let who = reply.expert.map_or_else(|| desk.t("w-station-itself"), |no| desk.name(no));
            let head =
                desk.tr("w-reply-head", &[("who", &who), ("day", &reply.happened.to_string())]);
            let words = format!("{head}\n{}", sealed(desk, reply.idx, "text")?);
            thing.words(desk, "w-reply", words);
        }
        thing.fact_of(desk, "field-company", Some(row.company));
        thing.fact(desk, "field-theme", desk.t(&format!("theme-{}", row.theme.word())));
        thing.fact(desk, "field-channel", desk.t(&format!("channel-{}", row.channel.word())));
        thing.fact(desk, "field-happened", row.happened.to_string());
        thing.fact(desk, "field-due", row.due.to_string());
        if row.urgent {
            thing.fact(desk, "field-urgent", desk.t("w-yes"));
        }
        thing.fact_of(desk, "w-at-desk", lies.as_ref().map(|lies| lies.organisation));
        if let Some(again) = lies.as_ref().and_then(|lies| lies.again) {
            thing.fact(desk, "w-follow-on", again.to_string());
        }
        thing.fact_of(desk, "w-routed-to", row.expert);
        thing.fact(desk, "w-routed-to", row.body.clone().unwrap_or_default());
        if let Some(closing) = row.closing {
            thing.fact(desk, "w-closed-how", desk.t(&format!("closing-{}", closing.word())));
        }
        thing.page(desk, Section::Requests)
    })
    .await
}

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let themes = terms(desk, input, "theme", "theme", Theme::ALL.iter().map(|t| t.word()));
    let channels = terms(desk, input, "channel", "channel", Channel::ALL.iter().map(|c| c.word()));
    Ok(Form::new(desk, "w-receive-request", "/requests/new".into(), "w-do-write")
        .lead(desk.t("w-receive-lead"))
        .crumb(desk, "/requests", "w-nav-requests")
        .ask(Field::text(desk, "company", "field-company", input).hint(desk, "w-company-no-hint"))
        .ask(Field::text(desk, "title", "field-title", input).hint(desk, "w-request-title-hint"))
        .ask(Field::area(desk, "text", "w-request-text", input).hint(desk, "w-sealed-hint").skip())
        .ask(Field::radio(desk, "theme", "field-theme", themes, input).row())
        .ask(Field::radio(desk, "channel", "field-channel", channels, input).row())
        .ask(Field::day(desk, "happened", "field-happened", input))
        .ask(Field::day(desk, "due", "field-due", input)))
}

/// `GET /requests/new`, or with `?company=QY-0001`.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let asked = Input::parse(query.unwrap_or_default().as_bytes());
        let today = desk.today();
        let due = today.plus_days(ANSWER_DAYS).unwrap_or(today);
        let input = Input::of([
            ("company", asked.get("company").to_owned()),
            ("happened", today.to_string()),
            ("due", due.to_string()),
        ]);
        make(desk, &input)?.page(desk, Section::Requests, &input, &Errors::new())
    })
    .await
}

/// `POST /requests/new`.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Requests, &posted, make, |r| {
            let company = r.must_number("company", Series::Company);
            let title = r.must_text("title", "field-title");
            let theme = r.must_term("theme", Theme::from_word);
            let channel = r.must_term("channel", Channel::from_word);
            let (happened, due) = (r.must_day("happened"), r.must_day("due"));
            let (Some(company), Some(theme), Some(channel), Some(happened), Some(due), true) =
                (company, theme, channel, happened, due, r.is_right())
            else {
                return Ok(None);
            };
            let text = r.text("text");
            let form = RequestForm { company, channel, theme, title, happened, due, text };
            let receipt = desk.office().receive_request(&r.ask(), form)?;
            // What comes next is to whom it goes.
            let to = receipt.number.map(|no| format!("{}/route", href(no)));
            Ok(Some((to.unwrap_or_else(|| "/requests".into()), receipt)))
        })
    })
    .await
}

/// What is done to a request.
#[derive(Clone, Copy)]
enum Deed {
    Route,
    Reply,
    Close,
}

impl Deed {
    fn of(word: &str) -> Result<Self, Problem> {
        match word {
            "route" => Ok(Self::Route),
            "reply" => Ok(Self::Reply),
            "close" => Ok(Self::Close),
            _ => Err(Problem::NotFound),
        }
    }

    fn make(self, desk: &Desk, row: &RequestRow, input: &Input) -> Result<Form, Problem> {
        let (word, title) = match self {
            Self::Route => ("route", "w-route-request"),
            Self::Reply => ("reply", "w-reply-request"),
            Self::Close => ("close", "w-close-request"),
        };
        let action = format!("{}/{word}", href(row.no));
        let form = Form::new(desk, title, action, "w-do-write")
            .crumb(desk, "/requests", "w-nav-requests")
            .about(desk, row.no);
        Ok(match self {
            Self::Route => {
                let mut experts = vec![Choice::new("", desk.t("w-no-expert"), false)];
                let known = experts::choices(desk, row.company, Some(row.theme), input, "expert")?;
                experts.extend(known);
                let urgent =
                    vec![Choice::new("yes", desk.t("w-urgent"), input.has("urgent", "yes"))];
                form.lead(desk.t("w-route-lead"))
                    .ask(
                        Field::select(desk, "expert", "field-expert", experts, input)
                            .hint(desk, "w-expert-hint")
                            .skip(),
                    )
                    .ask(
                        Field::text(desk, "body", "field-body", input)
                            .hint(desk, "w-body-hint")
                            .skip(),
                    )
                    .ask(Field::ticks(desk, "urgent", "field-urgent", urgent, input).skip())
                    .ask(Field::day(desk, "due", "field-due", input).skip())
                    .ask(Field::text(desk, "why", "field-why", input).skip())
            }
            Self::Reply => {
                let mut who = vec![Choice::new("", desk.t("w-station-itself"), false)];
                if let Some(expert) = row.expert {
                    let on = input.has("expert", &expert.to_string());
                    who.push(Choice::new(expert, desk.name(expert), on));
                }
                form.lead(desk.t("w-reply-lead"))
                    .ask(Field::select(desk, "expert", "w-who-replies", who, input).skip())
                    .ask(
                        Field::area(desk, "text", "field-reply", input).hint(desk, "w-sealed-hint"),
                    )
                    .ask(Field::day(desk, "happened", "field-happened", input))
            }
            Self::Close => {
                let how =
                    terms(desk, input, "how", "closing", Closing::ALL.iter().map(|how| how.word()));
                form.ask(Field::radio(desk, "how", "w-closed-how", how, input))
                    .ask(Field::day(desk, "happened", "field-happened", input))
                    .ask(
                        Field::text(desk, "why", "field-why", input)
                            .hint(desk, "w-close-why-hint")
                            .skip(),
                    )
            }
        })
    }
}

/// `GET /requests/SQ-0001/route`, `…/reply`, `…/close`.
pub(crate) async fn deed(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, word)): Path<(String, String)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (row, deed) = (entry(desk, &no)?, Deed::of(&word)?);
        let expert = row.expert.map(|no| no.to_string()).unwrap_or_default();
        let urgent = if row.urgent { "yes" } else { "" };
        let input = Input::of([
            ("happened", desk.today().to_string()),
            ("due", row.due.to_string()),
            ("expert", expert),
            ("body", row.body.clone().unwrap_or_default()),
            ("urgent", urgent.to_owned()),
        ]);
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
        let request: Number = row.no;
        submit(
            desk,
            Section::Requests,
            &posted,
            |desk, input| deed.make(desk, &row, input),
            |r| {
                let office = desk.office();
                let receipt = match deed {
                    Deed::Route => {
                        let expert = r.number("expert", Series::Expert);
                        let due = r.day("due");
                        if !r.is_right() {
                            return Ok(None);
                        }
                        let route = Route {
                            request,
                            expert,
                            body: r.text("body"),
                            urgent: r.input.has("urgent", "yes"),
                            due,
                            why: r.text("why"),
                        };
                        office.route_request(&r.ask(), route)?
                    }
                    Deed::Reply => {
                        let expert = r.number("expert", Series::Expert);
                        let text = r.must_text("text", "field-reply");
                        let happened = r.must_day("happened");
                        let (Some(happened), true) = (happened, r.is_right()) else {
                            return Ok(None);
                        };
                        office.reply_request(&r.ask(), request, expert, happened, text)?
                    }
                    Deed::Close => {
                        let how = r.must_term("how", Closing::from_word);
                        let happened = r.must_day("happened");
                        let (Some(how), Some(happened), true) = (how, happened, r.is_right())
                        else {
                            return Ok(None);
                        };
                        let why = r.text("why");
                        office.close_request(&r.ask(), request, how, happened, why)?
                    }
                };
                Ok::<_, Trouble>(Some((href(request), receipt)))
            },
        )
    })
    .await
}
