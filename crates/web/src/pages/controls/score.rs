//! 评分: what it comes to by step and group, how it went, and the best next step.

use askama::Template;
use assess::{Assessment, Standing};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::Day;
use office::{ScoreOn, controls, score_words};

use super::asked;
use crate::desk::{App, Desk, at_desk};
use crate::input::Input;
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::query;
use crate::visitor::Member;

/// So many months back goes the trend.
const TREND_MONTHS: u32 = 12;

/// What the score is, in a few words, and what is best done next.
pub(crate) struct Next {
    pub(crate) score: String,
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) sub: String,
}

#[derive(Template)]
#[template(path = "pages/controls/score.html")]
struct Page {
    s: Shell,
    lead: String,
    day: String,
    next: Next,
    steps: Vec<Meter>,
    groups: Vec<Meter>,
    trend: Vec<Meter>,
    source: String,
    edition: String,
}

/// A share with a bar.
struct Meter {
    name: String,
    sub: String,
    href: String,
    words: String,
    /// Out of a thousand.
    share: u32,
    class: &'static str,
}

/// A sentence on how it stands.
pub(crate) fn summary(desk: &Desk, all: &Assessment<'_>) -> String {
    let (answered, of) = all.answered();
    let met: usize = all.steps.iter().map(|step| step.met).sum();
    desk.tr(
        "cli-control-score",
        &[
            ("score", &score_words(all.score)),
            ("met", &met.to_string()),
            ("of", &of.to_string()),
            ("answered", &answered.to_string()),
        ],
    )
}

/// The score and the best next step.
pub(crate) fn next(desk: &Desk, all: &Assessment<'static>) -> Next {
    let mut next = Next {
        score: score_words(all.score),
        title: desk.t("w-gaps-none"),
        href: "/controls".to_owned(),
        sub: String::new(),
    };
    if let Some(line) = all.next() {
        next.title = desk.law(&line.control.title);
        next.href = format!("/controls/{}", line.control.id.id);
        let gain = score_words(line.gain);
        let minutes = line.control.minutes.to_string();
        next.sub = desk.tr("w-next-sub", &[("gain", &gain), ("minutes", &minutes)]);
    }
    next
}

/// The last day of each of the last months before a day, and that day.
pub(super) fn months(until: Day) -> Vec<Day> {
    let first = Day::parse(&format!("{:04}-{:02}-01", until.year(), until.month()));
    let Ok(mut first) = first else { return vec![until] };
    let mut days = vec![until];
    for _ in 0..TREND_MONTHS {
        let Some(last) = first.plus_days(-1) else { break };
        days.push(last);
        let Some(before) = first.plus_days(-i64::from(last.day())) else { break };
        first = before;
    }
    days.reverse();
    days
}

/// `GET /controls/score?day=2026-11-01`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(given): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::parse(given.unwrap_or_default().as_bytes());
        let day = asked(desk, &input);
        let all = desk.assessed(day)?;
        let scores = desk.office().scores(&desk.reader, &months(day))?;
        let typed = if day == desk.today() { String::new() } else { day.to_string() };
        let page = Page {
            lead: summary(desk, &all),
            day: day.to_string(),
            next: next(desk, &all),
            steps: steps(desk, &all, &typed),
            groups: groups(desk, &all, &typed),
            trend: scores.iter().map(|on| month(desk, on)).collect(),
            source: desk.law(&controls().source),
            edition: desk.n("w-control-edition", controls().edition),
            s: desk.shell(Section::Controls)?,
        };
        reply::html(&page)
    })
    .await
}

fn share(met: usize, of: usize) -> u32 {
    u32::try_from(met * 1000 / of.max(1)).unwrap_or(0)
}

fn steps(desk: &Desk, all: &Assessment<'_>, day: &str) -> Vec<Meter> {
    let steps = controls().step.iter().zip(&all.steps);
    let meters = steps.map(|(step, on)| Meter {
        name: desk.law(&step.name),
        sub: if on.offered { desk.law(&step.says) } else { desk.t("cli-control-waits") },
        href: query("/controls", &[("step", &step.id.id), ("day", day)]),
        words: format!("{}/{}", on.met, on.of),
        share: share(on.met, on.of),
        class: if on.met == on.of { "" } else { "az" },
    });
    meters.collect()
}

fn groups(desk: &Desk, all: &Assessment<'_>, day: &str) -> Vec<Meter> {
    let meters = controls().group.iter().map(|group| {
        let of = all.lines.iter().filter(|line| line.group.id.id == group.id.id);
        let of: Vec<_> = of.filter(|line| line.standing.counts()).collect();
        let met = of.iter().filter(|line| line.standing == Standing::Met).count();
        Meter {
            name: desk.law(&group.name),
            sub: String::new(),
            href: query("/controls", &[("group", &group.id.id), ("day", day)]),
            words: format!("{met}/{}", of.len()),
            share: share(met, of.len()),
            class: if met == of.len() { "" } else { "az" },
        }
    });
    meters.collect()
}

fn month(desk: &Desk, on: &ScoreOn) -> Meter {
    let day = on.day.to_string();
    let is_today = on.day == desk.today();
    Meter {
        name: if is_today { desk.t("w-day-today") } else { day.clone() },
        sub: String::new(),
        href: if is_today {
            "/controls/score".to_owned()
        } else {
            query("/controls/score", &[("day", &day)])
        },
        words: score_words(on.score),
        share: on.score,
        class: "az",
    }
}

/// The score of today for the first page.
///
/// # Errors
/// Those of the database.
pub(crate) fn of_today(desk: &Desk) -> Result<Next, Problem> {
    Ok(next(desk, &desk.assessed(desk.today())?))
}
