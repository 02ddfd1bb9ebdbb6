//! 今日: what needs the keeper, the next days, what just happened, and the ledger's health.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::Day;
use domain::terms::{Action, PasswordBy};
use office::CODE_DAYS;
use store::read::{CopyFilter, SecretFilter, SecretSort, SecretState};

use super::calendar::{self, Date};
use super::controls;
use super::ledger::Health;
use crate::describe::Line;
use crate::desk::{App, Desk, at_desk, href};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::{Link, Status};
use crate::visitor::Member;

/// How far ahead deadlines are tasks.
const AHEAD_DAYS: i64 = 30;
/// So many secret points are listed for who keeps none.
const MINE_MAX: u32 = 12;
/// So many of a sort get a line each; more are one line together.
const EACH_MAX: u64 = 4;

#[derive(Template)]
#[template(path = "pages/today/page.html")]
struct Page {
    s: Shell,
    lead: String,
    /// Nothing is registered yet.
    first: bool,
    /// The secret points that somebody who keeps none may know.
    mine: Vec<Link>,
    /// Whether there is anything of one's own to be shown.
    sees: bool,
    tasks: Vec<Task>,
    days: Vec<Cell>,
    lines: Vec<Line>,
    health: Health,
    /// The score, for those who see controls.
    score: Option<controls::Next>,
}

/// Something that needs the keeper.
pub(crate) struct Task {
    day: Option<Day>,
    pub(crate) when: String,
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) sub: String,
    pub(crate) status: Status,
}

/// A day of the strip.
struct Cell {
    weekday: String,
    day: u8,
    count: usize,
    words: String,
    class: &'static str,
}

/// `GET /`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let tasks = tasks(desk)?;
        let today = desk.today();
        let late = tasks.iter().filter(|task| task.day.is_some_and(|day| day < today)).count();
        let weekday = desk.weekday(today);
        let none = desk.reader.last(domain::Series::Secret)? == 0;
        let first = none && desk.may(Action::KeepSecrets);
        let lead = desk.tr(
            match (first, tasks.len(), late) {
                (true, ..) => "w-today-first",
                (_, 0, _) => "w-today-nothing",
                (_, _, 0) => "w-today-lead",
                _ => "w-today-late",
            },
            &[
                ("date", &today.to_string()),
                ("weekday", &weekday),
                ("n", &tasks.len().to_string()),
                ("late", &late.to_string()),
            ],
        );
        let newest =
            if desk.may(Action::SeeLedger) { desk.reader.latest(None, 6)? } else { Vec::new() };
        let lines = desk.lines(&newest, None);
        let days = strip(desk, &calendar::dates(desk, 13)?);
        let health = Health::read(desk)?;
        let sees = desk.may(Action::SeeSecrets) && !desk.may(Action::KeepSecrets);
        let mine = match sees {
            true => {
                let few = SecretFilter { limit: MINE_MAX, ..SecretFilter::default() };
                let rows = desk.reader.secrets(&few)?.rows;
                rows.into_iter().map(|row| desk.link(row.no)).collect()
            }
            false => Vec::new(),
        };
        let score = match desk.may(Action::SeeControls) {
            true => Some(controls::of_today(desk)?),
            false => None,
        };
        let s = desk.shell(Section::Today)?;
        reply::html(&Page { s, lead, first, mine, sees, tasks, days, lines, health, score })
    })
    .await
}

fn strip(desk: &Desk, dates: &[Date]) -> Vec<Cell> {
    let today = desk.today();
    (0..14)
        .filter_map(|ahead| {
            let day = today.plus_days(ahead)?;
            let count = dates.iter().filter(|date| date.day == day).count();
            let class = match (ahead, day.weekday()) {
                (0, _) => "now",
                (_, 5 | 6) => "off",
                _ => "",
            };
            let weekday = desk.weekday(day);
            Some(Cell {
                weekday,
                day: day.day(),
                count,
                words: desk.n("w-today-count", count),
                class,
            })
        })
        .collect()
}

/// Everything that needs the keeper, the soonest first.
pub(crate) fn tasks(desk: &Desk) -> Result<Vec<Task>, Problem> {
    let mut tasks = Vec::new();
    if desk.may(Action::KeepSecrets) {
        of_secrets(desk, &mut tasks)?;
    }
    if desk.may(Action::KeepPartners) {
        of_partners(desk, &mut tasks)?;
    }
    if desk.may(Action::KeepCopies) {
        of_copies(desk, &mut tasks)?;
    }
    if desk.may(Action::KeepIncidents) {
        super::incidents::waiting(desk, &mut tasks)?;
    }
    if desk.may(Action::KeepControls) {
        of_gaps(desk, &mut tasks)?;
    }
    if desk.may(Action::WriteLetters) {
        super::tasks::waiting(desk, &mut tasks)?;
        of_letters(desk, &mut tasks)?;
    }
    if desk.may(Action::KeepAccounts) {
        of_accounts(desk, &mut tasks)?;
    }
    if desk.may(Action::SeeLedger) {
        of_ledger(desk, &mut tasks)?;
    }
    // What has no day waits behind what is late or due within a week.
    let later = desk.today().plus_days(8);
    tasks.sort_by_key(|task| task.day.or(later));
    Ok(tasks)
}

impl Task {
    pub(crate) fn dated(desk: &Desk, day: Day, href: String, title: String, sub: String) -> Self {
        let (when, status) = (desk.near_day(day), desk.due(day));
        Self { day: Some(day), when, href, title, sub, status }
    }

    pub(crate) fn open(desk: &Desk, href: String, title: String, sub: String) -> Self {
        let status = Status::new("", desk.t("w-todo"));
        Self { day: None, when: String::new(), href, title, sub, status }
    }
}

/// Secret points without statement, without measure or carrier, or to be reviewed.
fn of_secrets(desk: &Desk, tasks: &mut Vec<Task>) -> Result<(), Problem> {
    let few = |filter: SecretFilter| {
        desk.reader.secrets(&SecretFilter { limit: EACH_MAX as u32, ..filter })
    };
    let drafts = few(SecretFilter { state: Some(SecretState::Draft), ..SecretFilter::default() })?;
    let sub = desk.t("w-task-draft-sub");
    if drafts.total > EACH_MAX {
        let title = desk.n("w-task-drafts", drafts.total);
        tasks.push(Task::open(desk, "/secrets?view=draft".into(), title, sub));
    } else {
        for row in drafts.rows {
            let title = desk.tr("w-task-draft", &[("title", &row.title)]);
            tasks.push(Task::open(desk, format!("{}/state", href(row.no)), title, sub.clone()));
        }
    }
    let lacking =
        SecretFilter { lacking: true, state: Some(SecretState::Active), ..SecretFilter::default() };
    let lacking = few(lacking)?;
    if lacking.total > EACH_MAX {
        let title = desk.n("w-task-lackings", lacking.total);
        let sub = desk.t("w-task-lacking-sub");
        tasks.push(Task::open(desk, "/secrets?view=lacking".into(), title, sub));
    } else {
        for row in lacking.rows {
            let (title, sub, to) = match (row.measures, row.carriers) {
                (0, _) => ("w-task-unmatched", "w-task-unmatched-sub", "match"),
                _ => ("w-task-bare", "w-task-bare-sub", "carriers"),
            };
            let title = desk.tr(title, &[("title", &row.title)]);
            tasks.push(Task::open(desk, format!("{}/{to}", href(row.no)), title, desk.t(sub)));
        }
    }
    let reviews = few(SecretFilter {
        review_by: desk.today().plus_days(AHEAD_DAYS),
        sort: SecretSort::Review,
        ..SecretFilter::default()
    })?;
    let Some(soonest) = reviews.rows.first().and_then(|row| row.review) else { return Ok(()) };
    if reviews.total > EACH_MAX {
        let title = desk.n("w-task-reviews", reviews.total);
        let sub = desk.t("w-task-review-sub");
        tasks.push(Task::dated(desk, soonest, "/secrets?view=review".into(), title, sub));
    } else {
        for row in reviews.rows {
            let title = desk.tr("w-task-review", &[("title", &row.title)]);
            let to = format!("{}/revise", href(row.no));
            let day = row.review.unwrap_or(soonest);
            tasks.push(Task::dated(desk, day, to, title, desk.t("w-task-review-sub")));
        }
    }
    Ok(())
}

/// Disclosures that end, and agreements that end while something is still out.
fn of_partners(desk: &Desk, tasks: &mut Vec<Task>) -> Result<(), Problem> {
    let Some(horizon) = desk.today().plus_days(AHEAD_DAYS) else { return Ok(()) };
    let open: Vec<_> =
        desk.reader.disclosures()?.into_iter().filter(|row| row.ended_idx.is_none()).collect();
    for row in &open {
        let Some(until) = row.until.filter(|until| *until <= horizon) else { continue };
        let secret = desk.name(row.secret);
        let title =
            desk.tr("w-task-disclosure", &[("partner", &row.partner_name), ("title", &secret)]);
        let sub = desk.tr("w-task-disclosure-sub", &[("purpose", &row.purpose)]);
        tasks.push(Task::dated(desk, until, format!("{}/close", href(row.no)), title, sub));
    }
    for row in desk.reader.agreements(None)? {
        let out = open.iter().filter(|d| d.agreement == Some(row.no)).count();
        let Some(until) = row.until.filter(|until| *until <= horizon && out > 0) else { continue };
        let partner = desk.name(row.partner);
        let title = desk.tr("w-task-agreement", &[("title", &row.title), ("partner", &partner)]);
        let sub = desk.n("w-task-agreement-sub", out);
        tasks.push(Task::dated(desk, until, href(row.partner), title, sub));
    }
    Ok(())
}

/// Copies that should be back.
fn of_copies(desk: &Desk, tasks: &mut Vec<Task>) -> Result<(), Problem> {
    let today = desk.today();
    let mut late = desk.reader.copies(CopyFilter::default())?;
    late.retain(|copy| copy.overdue(today));
    late.sort_by_key(|copy| copy.until);
    let Some(soonest) = late.first().and_then(|copy| copy.until) else { return Ok(()) };
    let sub = desk.t("w-task-copy-sub");
    if late.len() as u64 > EACH_MAX {
        let title = desk.n("w-task-copies", late.len());
        tasks.push(Task::dated(desk, soonest, "/copies?view=overdue".into(), title, sub));
        return Ok(());
    }
    for copy in late {
        let name = desk.name(copy.recipient);
        let title = desk.tr("w-task-copy", &[("no", &copy.no.to_string()), ("name", &name)]);
        let day = copy.until.unwrap_or(soonest);
        tasks.push(Task::dated(desk, day, href(copy.no), title, sub.clone()));
    }
    Ok(())
}

/// Gaps that somebody is to close by a day.
fn of_gaps(desk: &Desk, tasks: &mut Vec<Task>) -> Result<(), Problem> {
    let Some(horizon) = desk.today().plus_days(AHEAD_DAYS) else { return Ok(()) };
    let all = desk.assessed(desk.today())?;
    for line in all.lines.iter().filter(|line| line.standing.is_gap()) {
        let Some(task) = &line.task else { continue };
        let Some(due) = task.due.filter(|due| *due <= horizon) else { continue };
        let title = desk.tr("w-task-gap", &[("title", &desk.law(&line.control.title))]);
        let name = task.person.map(|no| desk.name(no)).unwrap_or_else(crate::show::nothing);
        let sub = desk.tr("w-task-gap-sub", &[("name", &name)]);
        tasks.push(Task::dated(desk, due, format!("/controls/{}", line.control.id.id), title, sub));
    }
    Ok(())
}

/// Letters that nobody has read.
pub(crate) fn of_letters(desk: &Desk, tasks: &mut Vec<Task>) -> Result<(), Problem> {
    let unread = desk.reader.letters_unread()?;
    if unread > 0 {
        let title = desk.n("w-task-letters", unread);
        tasks.push(Task::open(desk, "/exchange".into(), title, desk.t("w-task-letters-sub")));
    }
    Ok(())
}

/// Accounts that end soon or ended, and one-time codes that nobody used.
pub(crate) fn of_accounts(desk: &Desk, tasks: &mut Vec<Task>) -> Result<(), Problem> {
    let today = desk.today();
    let Some(horizon) = today.plus_days(AHEAD_DAYS) else { return Ok(()) };
    for row in desk.reader.accounts()?.into_iter().filter(|row| !row.closed) {
        let name = desk.name(row.no);
        if let Some(until) = row.until.filter(|until| *until <= horizon) {
            let title = desk.tr("w-task-account", &[("name", &name)]);
            let sub = desk.t("w-task-account-sub");
            tasks.push(Task::dated(desk, until, href(row.no), title, sub));
            continue;
        }
        let Some((PasswordBy::Code, at)) = row.password else { continue };
        let last = desk.day_of(at).plus_days(CODE_DAYS).unwrap_or(today);
        if last < today {
            let title = desk.tr("w-task-code", &[("name", &name)]);
            let sub = desk.t("w-task-code-sub");
            tasks.push(Task::open(desk, format!("{}/code", href(row.no)), title, sub));
        }
    }
    Ok(())
}

/// Entries that no witness has seen.
pub(crate) fn of_ledger(desk: &Desk, tasks: &mut Vec<Task>) -> Result<(), Problem> {
    let asked = desk.reader.witnesses()?.iter().any(|witness| witness.asked);
    let size = desk.reader.chain()?.size;
    let seen = desk.reader.newest_anchor()?.map_or(0, |anchor| anchor.size);
    let (title, sub) = match (asked, size.saturating_sub(seen)) {
        (_, 0) => return Ok(()),
        (false, _) => (desk.t("w-task-no-witness"), desk.t("w-task-no-witness-sub")),
        (true, rest) => (desk.n("w-task-unseen", rest), desk.t("w-task-unseen-sub")),
    };
    tasks.push(Task::open(desk, "/ledger".into(), title, sub));
    Ok(())
}
