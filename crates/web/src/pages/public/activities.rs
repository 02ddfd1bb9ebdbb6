//! Activities as anybody sees them: what is on, the form to register, and the ticket of who did.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use domain::Series;
use domain::terms::{ActivityState, SignUp};
use office::{Ask, RegistrationForm, time_of_day, when_words};
use store::read::{ActivityFilter, ActivityRow, RegistrationRow};

use super::{BY, Page, Part, SHOWN};
use crate::desk::{App, Desk, at_desk};
use crate::form::{Field, Form};
use crate::input::{Errors, Input, Open, Reading};
use crate::list::{Cell, Table};
use crate::pages::activities::status;
use crate::pages::calendar::{compact, escape};
use crate::pages::number;
use crate::pages::requests::sealed;
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::visitor::Visitor;

/// Light squares around a code.
const QUIET: usize = 4;

/// Activities that anybody may see.
fn listed(desk: &Desk, filter: ActivityFilter) -> Result<Vec<ActivityRow>, Problem> {
    let filter = ActivityFilter { open: true, limit: SHOWN, ..filter };
    Ok(desk.reader.activities(&filter)?.rows)
}

fn to_come(desk: &Desk) -> Result<Vec<ActivityRow>, Problem> {
    let state = Some(ActivityState::Planned);
    listed(desk, ActivityFilter { state, from: Some(desk.today()), ..ActivityFilter::default() })
}

fn part(desk: &Desk, title: &str, none: &str, rows: &[ActivityRow]) -> Part {
    let heads =
        [("w-activity", ""), ("w-activity-when", ""), ("field-place", "p2"), ("w-col-state", "")];
    let lines = rows.iter().map(|row| {
        let series = row.series.clone().unwrap_or_default();
        vec![
            Cell::link(format!("/public/activities/{}", row.no), row.title.clone()).sub(series),
            Cell::text(when_words(row)),
            Cell::text(row.place.clone()),
            Cell::status(status(desk, row)),
        ]
    });
    Part { title: desk.t(title), table: Table::new(desk, &heads).with(lines), none: desk.t(none) }
}

/// `GET /public/activities`.
pub(crate) async fn show(State(app): State<App>, visitor: Visitor) -> Response {
    at_desk(app, visitor, |desk| {
        let mut page = Page::new(desk, desk.t("w-activities-public"), desk.t("w-public-on-lead"))?;
        let next = to_come(desk)?;
        page.parts.push(part(desk, "w-public-on", "w-public-on-none", &next));
        let held = ActivityFilter { state: Some(ActivityState::Held), ..Default::default() };
        let held = listed(desk, held)?;
        if !held.is_empty() {
            page.parts.push(part(desk, "w-public-held", "w-public-on-none", &held));
        }
        let words = desk.t("w-calendar-file");
        page.links = vec![("/public/activities.ics".to_owned(), words)];
        reply::html(&page)
    })
    .await
}

/// `GET /public/activities.ics` (RFC 5545).
pub(crate) async fn ics(State(app): State<App>, visitor: Visitor) -> Response {
    at_desk(app, visitor, |desk| {
        let stamp = compact(&desk.office().now().to_rfc3339());
        let origin = desk.office().home().settings.origin.replace('/', ".");
        let zone = i64::from(desk.office().zone_minutes());
        let mut text =
            String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//midun//station//ZH\r\n");
        for row in to_come(desk)? {
            let (from, until) = (utc(&row, row.from, zone), utc(&row, row.until, zone));
            text.push_str(&format!(
                "BEGIN:VEVENT\r\nUID:{}@{origin}\r\nDTSTAMP:{stamp}\r\nDTSTART:{from}\r\n\
                 DTEND:{until}\r\nSUMMARY:{}\r\nLOCATION:{}\r\nEND:VEVENT\r\n",
                row.no,
                escape(&row.title),
                escape(&row.place),
            ));
        }
        text.push_str("END:VCALENDAR\r\n");
        let text = folded(&text);
        Ok(reply::file("text/calendar; charset=utf-8", "activities.ics", text.into_bytes()))
    })
    .await
}

/// A minute of an activity's day, in the station's zone, as calendars write moments in UTC.
fn utc(row: &ActivityRow, minute: u32, zone: i64) -> String {
    let minutes = i64::from(minute) - zone;
    let day = row.day.plus_days(minutes.div_euclid(24 * 60)).unwrap_or(row.day);
    let time = time_of_day(minutes.rem_euclid(24 * 60) as u32).replace(':', "");
    format!("{}T{time}00Z", day.to_string().replace('-', ""))
}

/// Lines of at most 75 bytes, as RFC 5545 asks; a longer one goes on after a space.
fn folded(text: &str) -> String {
    let mut out = String::new();
    for line in text.split_terminator("\r\n") {
        let mut width = 0;
        for c in line.chars() {
            if width + c.len_utf8() > 74 {
                out.push_str("\r\n ");
                width = 1;
            }
            out.push(c);
            width += c.len_utf8();
        }
        out.push_str("\r\n");
    }
    out
}

fn entry(desk: &Desk, no: &str) -> Result<ActivityRow, Problem> {
    let row = desk.reader.activity(number(no, Series::Activity)?)?.filter(|row| row.open);
    row.ok_or(Problem::NotFound)
}

/// What is said of personal data, with the day on which they are destroyed.
fn privacy(desk: &Desk, row: &ActivityRow) -> String {
    let station = desk.reader.node().ok().flatten().map(|node| node.name).unwrap_or_default();
    desk.tr("w-privacy", &[("station", &station), ("day", &row.kept_until().to_string())])
}

/// Questions with their answers that are shown to everybody, and materials.
fn shared(desk: &Desk, row: &ActivityRow) -> Result<Vec<Part>, Problem> {
    let mut parts = Vec::new();
    let mut answered = Vec::new();
    for one in desk.reader.questions(row.no)?.into_iter().filter(|one| one.shown) {
        let Some(answer) = one.answer_idx else { continue };
        let by = one.expert.map_or_else(|| desk.t("w-station-itself"), |no| desk.name(no));
        answered.push(vec![
            Cell::text(sealed(desk, one.idx, "text")?),
            Cell::text(sealed(desk, answer, "text")?).sub(by),
        ]);
    }
    let mut push = |title: &str, heads: [(&str, &'static str); 2], rows: Vec<Vec<Cell>>| {
        if !rows.is_empty() {
            let table = Table::new(desk, &heads).with(rows);
            parts.push(Part { title: desk.t(title), table, none: String::new() });
        }
    };
    push("w-questions", [("w-question", ""), ("field-answer", "")], answered);
    let materials = desk.reader.materials(row.no)?.into_iter();
    let materials =
        materials.map(|(title, url)| vec![Cell::text(title), Cell::link(url.clone(), url)]);
    push("w-materials", [("field-title", ""), ("field-url", "")], materials.collect());
    Ok(parts)
}

fn registering(desk: &Desk, row: &ActivityRow, input: &Input) -> Form {
    let action = format!("/public/activities/{}", row.no);
    let lead = format!("{} · {}", when_words(row), row.place);
    let mut form = Form::new(desk, "w-sign-up-form", action, "w-do-sign-up")
        .crumb(desk, "/public/activities", "w-activities-public")
        .ask(Field::text(desk, "name", "w-attendee", input))
        .ask(Field::text(desk, "organisation", "field-organisation", input).skip())
        .ask(
            Field::text(desk, "contact", "w-attendee-contact", input)
                .hint(desk, "w-public-contact-hint")
                .skip(),
        );
    form.title = row.title.clone();
    form.lead = lead;
    form.aside = vec![
        desk.t("w-thing-facts"),
        row.summary.clone(),
        privacy(desk, row),
        desk.t("w-ticket-note"),
    ];
    form.back = "/public/activities".to_owned();
    form
}

/// `GET /public/activities/HD-0001`: what it is, and the form to register while that is possible.
pub(crate) async fn one(
    State(app): State<App>,
    visitor: Visitor,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        if row.takes(desk.today()) {
            let input = Input::default();
            let form = registering(desk, &row, &input);
            return form.page(desk, Section::Public, &input, &Errors::new());
        }
        closed(desk, &row)
    })
    .await
}

/// An activity for which nobody registers any more.
fn closed(desk: &Desk, row: &ActivityRow) -> Result<Response, Problem> {
    let lead = format!("{} · {}", when_words(row), row.place);
    let mut page = Page::new(desk, row.title.clone(), lead)?;
    let status = status(desk, row);
    page.note = Some((status.class, status.text));
    page.facts = vec![(desk.t("field-summary"), row.summary.clone())];
    page.parts = shared(desk, row)?;
    reply::html(&page)
}

/// `POST` of the same: registers. Anybody may send it, so only so many are taken in a time.
pub(crate) async fn register(
    State(app): State<App>,
    Path(no): Path<String>,
    Open { visitor, input }: Open,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let mut r = Reading::new(desk, &input);
        let name = r.must_text("name", "w-attendee");
        if r.is_right() {
            desk.may_public_write()?;
            let ask = Ask { by: BY.to_owned(), ..r.ask() };
            let (contact, organisation) = (r.text("contact"), r.text("organisation"));
            let form = RegistrationForm { name, contact, organisation, company: None };
            match desk.office().register_for(&ask, row.no, SignUp::Public, form) {
                Ok((code, _)) => return Ok(reply::see_other(&format!("/public/tickets/{code}"))),
                Err(trouble) => r.refused(trouble)?,
            }
        }
        let errors = r.errors;
        registering(desk, &row, &input).page(desk, Section::Public, &input, &errors)
    })
    .await
}

#[derive(Template)]
#[template(path = "pages/public/ticket.html")]
struct Ticket {
    s: Shell,
    title: String,
    lead: String,
    note: Option<(&'static str, String)>,
    /// The dark squares of the code; empty when it opens no door any more.
    path: String,
    side: usize,
    code: String,
    here: String,
    /// One for each form, so that what is sent twice is carried out once.
    keys: [String; 3],
    /// A question that could not be taken.
    typed: String,
    asks: bool,
    rates: bool,
    withdraws: bool,
    facts: Vec<(String, String)>,
    privacy: String,
    parts: Vec<Part>,
}

/// The registration of a code, and its activity.
fn found(desk: &Desk, code: &str) -> Result<(String, RegistrationRow, ActivityRow), Problem> {
    let code = office::typed_code(code);
    let row = desk.office().ticket(&desk.reader, &code)?.ok_or(Problem::NotFound)?;
    let activity = desk.reader.activity(row.activity)?.ok_or(Problem::NotFound)?;
    Ok((code, row, activity))
}

/// Where the code leads when the station's people scan it.
fn address(desk: &Desk, headers: &HeaderMap, code: &str) -> Option<String> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let scheme = if desk.visitor.secure { "https" } else { "http" };
    Some(format!("{scheme}://{host}/checkin/{code}"))
}

fn ticket(
    desk: &Desk,
    headers: &HeaderMap,
    code: &str,
    typed: &str,
    note: Option<(&'static str, String)>,
) -> Result<Response, Problem> {
    let (code, row, activity) = found(desk, code)?;
    let planned = activity.state == ActivityState::Planned;
    let opens = planned && row.came.is_none() && !row.withdrawn;
    let squares = address(desk, headers, &code).filter(|_| opens).and_then(|url| office::qr(&url));
    let (path, side) = squares.map_or((String::new(), 0), |rows| {
        let mut path = String::new();
        for (y, row) in rows.iter().enumerate() {
            for (x, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
                path.push_str(&format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET));
            }
        }
        (path, rows.len() + 2 * QUIET)
    });
    let state = match (row.withdrawn, row.came) {
        (true, _) => desk.t("w-registration-withdrawn"),
        (_, Some(at)) => desk.tr("w-registration-came", &[("at", &desk.minute(at))]),
        (_, None) => desk.t("w-registration-taken"),
    };
    let who = desk.office().registered(&desk.reader, &row)?;
    let facts = vec![
        (desk.t("w-attendee"), who.name.unwrap_or_else(|| desk.t("w-erased"))),
        (desk.t("w-activity-when"), when_words(&activity)),
        (desk.t("field-place"), activity.place.clone()),
        (desk.t("w-col-state"), format!("{} · {state}", status(desk, &activity).text)),
    ];
    let key = || hex::encode(desk.office().random::<16>());
    let stands = !row.withdrawn && activity.state != ActivityState::Cancelled;
    reply::html(&Ticket {
        s: desk.shell(Section::Public)?,
        title: activity.title.clone(),
        lead: format!("{} · {}", when_words(&activity), activity.place),
        note,
        path,
        side,
        here: format!("/public/tickets/{code}"),
        code,
        keys: [key(), key(), key()],
        typed: typed.to_owned(),
        asks: stands && !row.erased,
        rates: stands && row.came.is_some() && row.mark.is_none(),
        withdraws: opens,
        facts,
        privacy: privacy(desk, &activity),
        parts: shared(desk, &activity)?,
    })
}

/// `GET /public/tickets/XXXXXXXXXXXX`: the ticket of who registered. Whoever has the code sees it.
pub(crate) async fn show_ticket(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| ticket(desk, &headers, &code, "", None)).await
}

/// `POST` of the same: a question, a mark, or that one does not come.
pub(crate) async fn send_ticket(
    State(app): State<App>,
    Path(code): Path<String>,
    headers: HeaderMap,
    Open { visitor, input }: Open,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (_, row, _) = found(desk, &code)?;
        let mut r = Reading::new(desk, &input);
        desk.may_public_write()?;
        let ask = Ask { by: BY.to_owned(), ..r.ask() };
        let which = (row.activity, row.no);
        let office = desk.office();
        let done = match input.get("deed") {
            "ask" => {
                let text = r.text("question").unwrap_or_default();
                let asked = office.ask_at(&ask, row.activity, Some(row.no), text);
                asked.map(|_| "w-question-taken")
            }
            "rate" => {
                let mark = input.get("mark").parse().unwrap_or(0);
                office.rate(&ask, which, mark, r.text("text")).map(|_| "w-rate-taken")
            }
            "withdraw" => office.withdraw(&ask, row.activity, row.no).map(|_| "w-withdrawn"),
            _ => return Err(Problem::NotFound),
        };
        match done {
            Ok(words) => ticket(desk, &headers, &code, "", Some(("ok", desk.t(words)))),
            Err(trouble) => {
                r.refused(trouble)?;
                let words = r.errors.first().map(|(_, words)| words.clone()).unwrap_or_default();
                ticket(desk, &headers, &code, input.get("question"), Some(("bad", words)))
            }
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_of_a_calendar_are_folded_between_letters() {
        let text = format!("SUMMARY:{}\r\nEND\r\n", "密".repeat(60));
        let out = folded(&text);
        assert!(out.split("\r\n").all(|line| line.len() <= 75), "{out}");
        assert_eq!(out.replace("\r\n ", ""), text);
    }
}
