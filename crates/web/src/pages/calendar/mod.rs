//! 时限日历: reviews, ends of disclosures and of agreements, as a list and as iCalendar.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::{Day, Number};
use store::read::{SecretFilter, SecretSort};

use crate::desk::{App, Desk, at_desk};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::{Link, Status};
use crate::visitor::Member;

/// How far ahead the calendar looks.
const AHEAD_DAYS: i64 = 400;

/// A day on which something is due.
pub(crate) struct Date {
    pub(crate) day: Day,
    no: Number,
    /// What is due: a translation key.
    what: &'static str,
}

#[derive(Template)]
#[template(path = "pages/calendar/page.html")]
struct Page {
    s: Shell,
    rows: Vec<Row>,
}

struct Row {
    day: String,
    weekday: String,
    what: String,
    link: Link,
    status: Status,
}

/// What is due up to so many days from today, and what is late; the soonest first.
pub(crate) fn dates(desk: &Desk, days: i64) -> Result<Vec<Date>, Problem> {
    let Some(last) = desk.today().plus_days(days) else { return Ok(Vec::new()) };
    let reviews = SecretFilter {
        review_by: Some(last),
        sort: SecretSort::Review,
        limit: 10_000,
        ..SecretFilter::default()
    };
    let mut dates: Vec<Date> = desk
        .reader
        .secrets(&reviews)?
        .rows
        .into_iter()
        .filter_map(|row| Some(Date { day: row.review?, no: row.no, what: "w-date-review" }))
        .collect();
    let open = desk.reader.disclosures()?.into_iter().filter(|row| row.ended_idx.is_none());
    dates.extend(
        open.filter_map(|row| {
            Some(Date { day: row.until?, no: row.no, what: "w-date-disclosure" })
        }),
    );
    let today = desk.today();
    // An agreement that ended stays on its partner's page; late are only those with something out.
    let agreements = desk.reader.agreements(None)?.into_iter();
    dates.extend(agreements.filter_map(|row| {
        let day = row.until.filter(|until| *until >= today)?;
        Some(Date { day, no: row.no, what: "w-date-agreement" })
    }));
    dates.retain(|date| date.day <= last);
    dates.sort_by_key(|date| (date.day, date.no));
    Ok(dates)
}

/// `GET /calendar`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let rows = dates(desk, AHEAD_DAYS)?
            .into_iter()
            .take(200)
            .map(|date| Row {
                day: date.day.to_string(),
                weekday: desk.weekday(date.day),
                what: desk.t(date.what),
                link: desk.link(date.no),
                status: desk.due(date.day),
            })
            .collect();
        reply::html(&Page { s: desk.shell(Section::Calendar)?, rows })
    })
    .await
}

/// `GET /calendar.ics` (RFC 5545). Numbers only: calendars are read on phones and in clouds.
pub(crate) async fn ics(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let stamp = compact(&desk.office().now().to_rfc3339());
        let mut text =
            String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//midun//node//ZH\r\n");
        for date in dates(desk, AHEAD_DAYS)? {
            let day = date.day.to_string().replace('-', "");
            let words = format!("{} {}", desk.t(date.what), date.no);
            text.push_str(&format!(
                "BEGIN:VEVENT\r\nUID:{}-{day}@{}\r\nDTSTAMP:{stamp}\r\nDTSTART;VALUE=DATE:{day}\r\n\
                 SUMMARY:{}\r\nEND:VEVENT\r\n",
                date.no,
                desk.office().home().settings.origin.replace('/', "."),
                escape(&words),
            ));
        }
        text.push_str("END:VCALENDAR\r\n");
        Ok(reply::file("text/calendar; charset=utf-8", "midun.ics", text.into_bytes()))
    })
    .await
}

/// `2026-11-24T03:19:54.123Z` as `20261124T031954Z`.
pub(crate) fn compact(rfc3339: &str) -> String {
    let whole = rfc3339.split('.').next().unwrap_or(rfc3339);
    format!("{}Z", whole.replace(['-', ':', 'Z'], ""))
}

pub(crate) fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendar_moments_are_compact() {
        assert_eq!(compact("2026-11-24T03:19:54.123Z"), "20261124T031954Z");
        assert_eq!(escape("a;b,c"), "a\\;b\\,c");
    }
}
