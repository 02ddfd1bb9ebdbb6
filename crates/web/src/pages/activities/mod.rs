//! 活动: what a station invites companies to, who registered and came, what was asked.

pub(crate) mod deeds;
pub(crate) mod seats;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::Series;
use domain::coverage::SET_MIN;
use domain::terms::{Action, ActivityState};
use office::when_words;
use store::read::{ActivityFilter, ActivityRow};

use super::number;
use super::requests::sealed;
use crate::desk::{App, Desk, at_desk, href};
use crate::list::{Act, Asked, Cell, List, Table};
use crate::problem::Problem;
use crate::shell::{Section, thousands};
use crate::show::Status;
use crate::thing::Thing;
use crate::visitor::Member;

/// Saved views: the word in the URL.
const VIEWS: [&str; 5] = ["", "planned", "late", "held", "cancelled"];

/// How far an activity is.
pub(crate) fn status(desk: &Desk, row: &ActivityRow) -> Status {
    let words = |key: &str| desk.t(key);
    match row.state {
        ActivityState::Cancelled => Status::new("bad", words("activity-cancelled")),
        ActivityState::Held => Status::new("done", words("activity-held")),
        ActivityState::Planned if row.day < desk.today() => {
            Status::new("due", words("w-activity-to-close"))
        }
        ActivityState::Planned if row.day == desk.today() => {
            Status::new("ok", words("w-activity-today"))
        }
        ActivityState::Planned if row.seats > 0 && row.registered >= row.seats => {
            Status::new("part", words("w-activity-full"))
        }
        ActivityState::Planned if row.closes < desk.today() => {
            Status::new("part", words("w-activity-closed"))
        }
        ActivityState::Planned => Status::new("ok", words("w-activity-open")),
    }
}

/// A count of people; a small one only for those who may see who it is.
fn count(desk: &Desk, n: u32) -> String {
    match n {
        n if n > 0 && u64::from(n) < u64::from(SET_MIN) && !desk.may(Action::SeeDirectory) => {
            desk.n("w-fewer-than", SET_MIN)
        }
        n => thousands(n.into()),
    }
}

fn table(desk: &Desk, rows: &[ActivityRow]) -> Table {
    let heads = [
        ("w-activity", ""),
        ("w-activity-when", ""),
        ("field-place", "p2"),
        ("w-activity-registered", "n"),
        ("w-activity-came", "n p2"),
        ("w-col-state", ""),
    ];
    Table::new(desk, &heads).with(rows.iter().map(|row| {
        let seats = if row.seats > 0 { format!("/{}", row.seats) } else { String::new() };
        vec![
            Cell::link(href(row.no), row.title.clone()).sub(row.no.to_string()),
            Cell::text(when_words(row)),
            Cell::text(row.place.clone()),
            Cell::text(format!("{}{seats}", count(desk, row.registered))),
            Cell::text(count(desk, row.came)),
            Cell::status(status(desk, row)),
        ]
    }))
}

fn of_view(desk: &Desk, view: &str) -> ActivityFilter {
    let all = ActivityFilter::default();
    match view {
        "late" => ActivityFilter { late_on: Some(desk.today()), ..all },
        view => ActivityFilter { state: ActivityState::from_word(view), ..all },
    }
}

/// `GET /activities`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let asked = Asked::read("/activities", &VIEWS, &[], query);
        let filter = ActivityFilter {
            text: Some(asked.q.clone()),
            period: asked.period,
            limit: asked.place.size,
            offset: asked.place.offset(),
            ..of_view(desk, asked.view)
        };
        let found = desk.reader.activities(&filter)?;
        let mut list = List::new(desk, "/activities", "w-nav-activities", table(desk, &found.rows));
        list.lead = desk.t("w-activities-lead");
        list.acts = vec![
            Act::new(desk, "/checkin", "w-check-in"),
            Act::new(desk, "/public/activities", "w-activities-public"),
            Act::new(desk, "/activities/new", "w-plan-activity").first(),
        ];
        if desk.reader.last(Series::Activity)? == 0 {
            list.none = (desk.t("w-activities-none"), desk.t("w-activities-none-why"));
        }
        let shown = (found.rows.len(), found.total);
        asked.onto(desk, &mut list, "w-activities", shown, |view| {
            Ok(desk.reader.activity_count(&of_view(desk, view))?)
        })?;
        list.page(desk, Section::Activities)
    })
    .await
}

pub(super) fn entry(desk: &Desk, no: &str) -> Result<ActivityRow, Problem> {
    desk.reader.activity(number(no, Series::Activity)?)?.ok_or(Problem::NotFound)
}

/// `GET /activities/HD-0001`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let list = ("/activities", "w-nav-activities");
        let mut thing = Thing::new(desk, row.no, list, row.title.clone())?;
        thing.lead = format!("{} · {} · {}", when_words(&row), row.place, status(desk, &row).text);
        thing.acts = acts(desk, &row);
        if let Some(why) = &row.why {
            thing.notes.push(("bad", desk.tr("w-line-why", &[("why", why)])));
        }
        thing.words(desk, "field-summary", row.summary.clone());
        if desk.may(Action::SeeDirectory) {
            people(desk, &row, &mut thing)?;
        }
        questions(desk, &row, &mut thing)?;
        let materials = desk.reader.materials(row.no)?;
        if !materials.is_empty() {
            let rows = materials
                .into_iter()
                .map(|(title, url)| vec![Cell::text(title), Cell::link(url.clone(), url)]);
            let heads = [("field-title", ""), ("field-url", "")];
            let table = Table::new(desk, &heads).with(rows);
            thing.table_called(desk.t("w-materials"), table);
        }
        facts(desk, &row, &mut thing);
        thing.page(desk, Section::Activities)
    })
    .await
}

/// What can be done with an activity as it is.
fn acts(desk: &Desk, row: &ActivityRow) -> Vec<Act> {
    let at = |word: &str| format!("{}/{word}", href(row.no));
    let mut acts = Vec::new();
    if row.open && row.state == ActivityState::Planned {
        acts.push(Act::new(desk, format!("/public/activities/{}", row.no), "w-activity-page"));
    }
    acts.push(Act::new(desk, at("ask"), "w-ask-at"));
    acts.push(Act::new(desk, at("supply"), "w-supply"));
    if row.state != ActivityState::Planned {
        return acts;
    }
    acts.push(Act::new(desk, at("move"), "w-move-activity"));
    acts.push(Act::new(desk, at("cancel"), "w-cancel-activity"));
    acts.push(Act::new(desk, at("register"), "w-sign-up-form"));
    if row.day <= desk.today() {
        acts.push(Act::new(desk, "/checkin", "w-check-in"));
        acts.push(Act::new(desk, at("hold"), "w-hold").first());
    } else {
        let to = format!("/activities/invite?activity={}", row.no);
        acts.push(Act::new(desk, to, "w-invite").first());
    }
    acts
}

/// Who registered and who was invited.
fn people(desk: &Desk, row: &ActivityRow, thing: &mut Thing) -> Result<(), Problem> {
    let open = row.state == ActivityState::Planned && row.day <= desk.today();
    let mut rows = Vec::new();
    for one in desk.reader.registrations(row.no)? {
        let who = desk.office().registered(&desk.reader, &one)?;
        let name = who.name.unwrap_or_else(|| desk.t("w-erased"));
        let at = format!("{}/came/{}", href(row.no), one.no);
        let state = match (one.withdrawn, one.came) {
            (true, _) => Cell::status(Status::new("done", desk.t("w-registration-withdrawn"))),
            (_, Some(at)) => {
                let words = desk.tr("w-registration-came", &[("at", &desk.minute(at))]);
                Cell::status(Status::new("ok", words))
            }
            (_, None) if open => Cell::link(at, desk.t("w-check-in")),
            (_, None) => Cell::status(Status::new("", desk.t("w-registration-taken"))),
        };
        let company = match one.company {
            Some(no) => Cell::link(href(no), desk.name(no)),
            None => Cell::text(who.organisation),
        };
        rows.push(vec![
            Cell::text(name).sub(one.no.to_string()),
            company,
            Cell::text(who.contact),
            Cell::text(desk.t(&format!("sign-up-{}", one.channel.word()))),
            state,
        ]);
    }
    let heads = [
        ("w-attendee", ""),
        ("field-company", ""),
        ("w-attendee-contact", "p2"),
        ("w-sign-up", "p2"),
        ("w-col-state", ""),
    ];
    let table = Table::new(desk, &heads).with(rows);
    thing.table(desk, "w-registrations", table, "w-registrations-none");
    let invited = desk.reader.invited(row.no)?;
    if !invited.is_empty() {
        let names = invited.iter().take(40).map(|(no, name)| {
            vec![Cell::link(href(*no), name.clone()), Cell::text(no.to_string())]
        });
        let heads = [("field-company", ""), ("w-col-no", "")];
        let table = Table::new(desk, &heads).with(names);
        thing.table_called(desk.n("w-invited-count", invited.len()), table);
    }
    Ok(())
}

fn questions(desk: &Desk, row: &ActivityRow, thing: &mut Thing) -> Result<(), Problem> {
    let mut rows = Vec::new();
    for one in desk.reader.questions(row.no)? {
        let answer = one.answer_idx.map(|idx| sealed(desk, idx, "text")).transpose()?;
        let by = match (one.answer_idx, one.expert) {
            (None, _) => desk.t("w-question-open"),
            (_, Some(expert)) => desk.name(expert),
            (_, None) => desk.t("w-station-itself"),
        };
        let shown = if one.shown { desk.t("w-question-shown") } else { String::new() };
        let at = format!("{}/questions/{}", href(row.no), one.no);
        rows.push(vec![
            Cell::text(sealed(desk, one.idx, "text")?).sub(one.no.to_string()),
            Cell::text(answer.unwrap_or_default()).sub(shown),
            Cell::text(by),
            Cell::link(at, desk.t("w-answer-question")),
        ]);
    }
    let heads =
        [("w-question", ""), ("field-answer", ""), ("w-answered-by", "p2"), ("w-col-do", "")];
    let table = Table::new(desk, &heads).with(rows);
    thing.table(desk, "w-questions", table, "w-questions-none");
    Ok(())
}

fn facts(desk: &Desk, row: &ActivityRow, thing: &mut Thing) {
    thing.fact(desk, "field-series", row.series.clone().unwrap_or_default());
    thing.fact(desk, "field-theme", desk.t(&format!("theme-{}", row.theme.word())));
    thing.fact(desk, "field-closes", row.closes.to_string());
    let seats = if row.seats > 0 { row.seats.to_string() } else { desk.t("w-seats-any") };
    thing.fact(desk, "field-seats", seats);
    thing.fact(desk, "field-open", desk.t(if row.open { "w-yes" } else { "w-no" }));
    thing.fact(desk, "w-invited", count(desk, row.invited));
    thing.fact(desk, "w-activity-registered", count(desk, row.registered));
    thing.fact(desk, "w-activity-came", count(desk, row.came));
    if row.came > 0 && row.registered > 0 && desk.may(Action::SeeDirectory) {
        thing.fact(desk, "w-activity-rate", format!("{}%", row.came * 100 / row.registered));
    }
    let answered = format!("{}/{}", row.answered, row.questions);
    thing.fact(desk, "w-answered-of", answered);
    // One remark alone would tell whose it is.
    if row.rated > 0
        && (desk.may(Action::SeeDirectory) || u64::from(row.rated) >= u64::from(SET_MIN))
    {
        let mean = f64::from(row.marks) / f64::from(row.rated);
        let args = [("mean", format!("{mean:.1}")), ("n", row.rated.to_string())];
        let args = [("mean", &*args[0].1), ("n", &*args[1].1)];
        thing.fact(desk, "w-activity-mark", desk.tr("w-mark-mean", &args));
    }
    thing.fact(desk, "w-kept-until", row.kept_until().to_string());
}
