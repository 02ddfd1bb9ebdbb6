//! 总览: a station's first page: what needs it, how far it has come, what just happened.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::Series;
use domain::terms::{Action, AssistanceState, Cure, RecognitionState, RequestState};
use store::read::{
    ActivityFilter, AssistanceFilter, CompanyFilter, DeskFilter, Dimension, RecognitionFilter,
    WarningFilter,
};

use super::coverage::{self, Bar};
use super::ledger::Health;
use super::today::{self, Task};
use crate::describe::Line;
use crate::desk::{App, Desk, at_desk};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell, thousands};
use crate::visitor::Member;

/// Bars in a chart.
const BARS: usize = 8;

#[derive(Template)]
#[template(path = "pages/overview/page.html")]
struct Page {
    s: Shell,
    lead: String,
    first: bool,
    figures: Vec<(String, String, String)>,
    tasks: Vec<Task>,
    tags: Vec<Bar>,
    parks: Vec<Bar>,
    lines: Vec<Line>,
    health: Health,
}

/// `GET /` of a station.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    if !visitor.may(Action::SeeDirectory) {
        let bodies = visitor.may(Action::SeeBodies);
        return reply::see_other(if bodies { "/assistance" } else { "/requests" });
    }
    at_desk(app, visitor, |desk| {
        let today = desk.today();
        let lead = desk.tr(
            "w-overview-lead",
            &[("date", &today.to_string()), ("weekday", &desk.weekday(today))],
        );
        let page = Page {
            lead,
            first: desk.reader.last(Series::Company)? == 0,
            figures: figures(desk)?,
            tasks: tasks(desk)?,
            tags: coverage::bars(desk, Dimension::Tag, BARS)?,
            parks: coverage::bars(desk, Dimension::Park, BARS)?,
            lines: desk.lines(&desk.reader.latest(None, 6)?, None),
            health: Health::read(desk)?,
            s: desk.shell(Section::Today)?,
        };
        reply::html(&page)
    })
    .await
}

/// The figures at the top: what, how many, and the list behind.
fn figures(desk: &Desk) -> Result<Vec<(String, String, String)>, Problem> {
    let all = CompanyFilter::default();
    let asked = [
        ("w-fig-companies", all.clone(), "/companies"),
        ("w-fig-key", CompanyFilter { key: true, ..all.clone() }, "/companies?view=tagged"),
        (
            "w-fig-served",
            CompanyFilter { any_service: true, ..all.clone() },
            "/companies?view=served",
        ),
        ("w-fig-never", CompanyFilter { never_served: true, ..all }, "/companies?view=never"),
    ];
    asked
        .into_iter()
        .map(|(key, filter, href)| {
            let count = desk.reader.company_count(&filter)?;
            Ok((thousands(count), desk.t(key), href.to_owned()))
        })
        .collect()
}

/// What needs the station.
pub(crate) fn tasks(desk: &Desk) -> Result<Vec<Task>, Problem> {
    let mut tasks = Vec::new();
    let key = CompanyFilter { key: true, never_served: true, ..CompanyFilter::default() };
    let count = desk.reader.company_count(&key)?;
    if count > 0 {
        let href = "/companies?view=key&sort=first".to_owned();
        let title = desk.n("w-task-unserved", thousands(count));
        tasks.push(Task::open(desk, href, title, desk.t("w-task-unserved-sub")));
    }
    of_workstation(desk, &mut tasks)?;
    if desk.may(Action::WriteLetters) {
        today::of_letters(desk, &mut tasks)?;
    }
    if desk.may(Action::KeepAccounts) {
        today::of_accounts(desk, &mut tasks)?;
    }
    today::of_ledger(desk, &mut tasks)?;
    Ok(tasks)
}

/// What waits on the workstation's desk: one line a sort, with its list.
fn of_workstation(desk: &Desk, tasks: &mut Vec<Task>) -> Result<(), Problem> {
    let all = DeskFilter::default();
    let late = DeskFilter { late_on: Some(desk.today()), ..all.clone() };
    let new = DeskFilter { state: Some(RequestState::New.word()), ..all.clone() };
    let done = DeskFilter { state: Some(Cure::Done.word()), ..all };
    let waiting = [
        ("w-task-requests-new", "/requests?view=new", desk.reader.request_count(&new)?),
        ("w-task-requests-late", "/requests?view=late", desk.reader.request_count(&late)?),
        ("w-task-visits-late", "/visits?view=late", desk.reader.visit_count(&late)?),
        (
            "w-task-prescriptions-done",
            "/prescriptions?view=done",
            desk.reader.prescription_count(&done)?,
        ),
        (
            "w-task-prescriptions-late",
            "/prescriptions?view=late",
            desk.reader.prescription_count(&late)?,
        ),
    ];
    let all = RecognitionFilter::default();
    let today = Some(desk.today());
    let applied = RecognitionFilter { state: Some(RecognitionState::Applied), ..all.clone() };
    let over = RecognitionFilter { notice_over_on: today, ..all.clone() };
    let check = RecognitionFilter { check_late_on: today, ..all };
    let count = |filter: &RecognitionFilter| desk.reader.recognition_count(filter);
    let recognised = [
        ("w-task-applied", "/recognitions?view=applied", count(&applied)?),
        ("w-task-objections", "/recognitions?view=notice", desk.reader.objections_open()?),
        ("w-task-notice-over", "/recognitions?view=notice", count(&over)?),
        ("w-task-check-late", "/recognitions?view=check-late", count(&check)?),
    ];
    let late = ActivityFilter { late_on: today, ..ActivityFilter::default() };
    let met = [
        ("w-task-activities-late", "/activities?view=late", desk.reader.activity_count(&late)?),
        ("w-task-questions-open", "/activities", desk.reader.questions_open()?),
    ];
    let unassigned = WarningFilter { unassigned: true, ..WarningFilter::default() };
    let late = WarningFilter { late_on: today, ..WarningFilter::default() };
    let warned = [
        (
            "w-task-warnings-new",
            "/warnings?view=unassigned",
            desk.reader.warning_count(&unassigned)?,
        ),
        ("w-task-warnings-late", "/warnings?view=late", desk.reader.warning_count(&late)?),
    ];
    let helped = of_assistance(desk)?;
    let waiting = waiting.into_iter().chain(recognised).chain(met).chain(warned).chain(helped);
    let waiting = waiting.chain(super::engagements::waiting(desk)?);
    for (key, href, count) in waiting.filter(|(.., count)| *count > 0) {
        let title = desk.n(key, thousands(count));
        tasks.push(Task::open(desk, href.into(), title, desk.t(&format!("{key}-sub"))));
    }
    Ok(())
}

/// What organisations asked of each other and nobody received, or nobody answered in time, or was
/// turned down.
fn of_assistance(desk: &Desk) -> Result<[(&'static str, &'static str, u64); 4], Problem> {
    let all = AssistanceFilter::default();
    let asked = AssistanceFilter { state: Some(AssistanceState::Asked), ..all.clone() };
    let late = AssistanceFilter { late_on: Some(desk.today()), ..all.clone() };
    let replied = AssistanceFilter { state: Some(AssistanceState::Replied), ..all };
    let count = |filter: &AssistanceFilter| desk.reader.assistance_count(filter);
    Ok([
        ("w-task-assistance-asked", "/assistance?view=asked", count(&asked)?),
        ("w-task-assistance-late", "/assistance?view=late", count(&late)?),
        ("w-task-assistance-replied", "/assistance?view=replied", count(&replied)?),
        ("w-task-follows-due", "/organisations", desk.reader.follows_due(desk.today())?),
    ])
}
