//! 自评: the controls with the state of each, the gaps with what to do, and the score.

mod one;
mod score;
pub(crate) mod wishes;

use assess::{Assessment, Lack, Line, Standing, place};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::{Day, Number};
use office::{controls, score_words};

use crate::desk::{App, Desk, at_desk};
use crate::input::Input;
use crate::list::{Act, Cell, List, Table, select};
use crate::problem::Problem;
use crate::shell::Section;
use crate::show::{Chip, Status, query};
use crate::visitor::Member;

pub(crate) use one::show as one;
pub(crate) use score::{Next, of_today, show as score};

use score::summary;

/// So many gaps are listed at once.
const GAPS_MAX: usize = 40;
/// So many lacks of a gap are told; the control's own page has more.
const LACKS_TOLD: usize = 3;

impl Desk {
    /// What a control is called; its name in the data when the catalogue no longer has it.
    pub(crate) fn control_title(&self, id: &str) -> String {
        let known = controls().control(id);
        known.map_or_else(|| id.to_owned(), |(_, control)| self.law(&control.title))
    }

    /// What controls come to on a day.
    pub(crate) fn assessed(&self, day: Day) -> Result<Assessment<'static>, Problem> {
        Ok(self.office().assessment(&self.reader, day)?)
    }

    /// A lack in words, with what is there and does not cover it.
    pub(crate) fn lack(&self, lack: &Lack) -> String {
        let named = |no: Option<Number>| {
            let Some(no) = no else { return String::new() };
            let name = self.name(no);
            if name.is_empty() { no.to_string() } else { format!("{no} {name}") }
        };
        let day = lack.day.map(|day| day.to_string()).unwrap_or_default();
        let mut text = self.tr(
            lack.key,
            &[
                ("secret", &named(lack.secret)),
                ("person", &named(lack.person)),
                ("partner", &named(lack.partner)),
                ("thing", &named(lack.thing)),
                ("day", &day),
                ("list", &lack.list),
            ],
        );
        if lack.near.is_some() && lack.near != lack.thing {
            text += &self.tr("lack-near", &[("near", &named(lack.near))]);
        }
        text
    }
}

/// Whether a control stands, as a word with a tint.
fn status(desk: &Desk, standing: Standing) -> Status {
    let class = match standing {
        Standing::Met => "ok",
        Standing::Unmet | Standing::Lapsed => "bad",
        Standing::Unanswered => "due",
        Standing::Idle | Standing::Exempt => "",
    };
    Status::new(class, desk.t(&format!("control-{}", standing.word())))
}

/// The day that was asked for, today without one or with one that is none.
fn asked(desk: &Desk, input: &Input) -> Day {
    let today = desk.today();
    Day::parse(input.get("day")).map_or(today, |day| day.min(today))
}

/// Who sees to a control, and by when.
fn task(desk: &Desk, line: &Line<'_>) -> (String, Option<Status>) {
    let Some(task) = &line.task else { return (String::new(), None) };
    let who = task.person.map(|no| desk.name(no)).unwrap_or_default();
    (who, task.due.filter(|_| line.standing.is_gap()).map(|day| desk.due(day)))
}

/// `GET /controls?step=first&standing=unmet&group=people&day=2026-11-01`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(given): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::parse(given.unwrap_or_default().as_bytes());
        let day = asked(desk, &input);
        let all = desk.assessed(day)?;
        let standing = Standing::from_word(input.get("standing"));
        let step = controls().place(input.get("step"));
        let group = controls().group.iter().find(|group| group.id.id == input.get("group"));
        let fits = |line: &&Line<'_>| {
            standing.is_none_or(|standing| line.standing == standing)
                && step.is_none_or(|step| line.step == step)
                && group.is_none_or(|group| line.group.id.id == group.id.id)
        };
        let heads = [
            ("w-col-control", ""),
            ("w-col-step", "p2"),
            ("w-col-told", "p2"),
            ("w-col-given", "p2"),
            ("w-col-state", ""),
        ];
        let rows = all.lines.iter().filter(fits).map(|line| row(desk, line));
        let table = Table::new(desk, &heads).with(rows);
        let mut list = List::new(desk, "/controls", "w-nav-controls", table);
        list.lead = summary(desk, &all);
        list.acts = vec![
            Act::new(desk, "/controls/score", "w-do-score"),
            Act::new(desk, "/controls/gaps", "w-do-gaps").first(),
        ];
        let typed = if day == desk.today() { String::new() } else { day.to_string() };
        let step_id = step.map_or("", |place| controls().step[place].id.id.as_str());
        let group_id = group.map_or("", |group| group.id.id.as_str());
        let count = |wanted: Option<Standing>| {
            let lines = all.lines.iter().filter(|line| {
                wanted.is_none_or(|standing| line.standing == standing)
                    && step.is_none_or(|step| line.step == step)
                    && group.is_none_or(|group| line.group.id.id == group.id.id)
            });
            lines.count()
        };
        let views = [None].into_iter().chain(Standing::ALL.into_iter().map(Some));
        list.chips = views
            .map(|view| {
                let word = view.map_or("", Standing::word);
                let pairs = [
                    ("standing", word),
                    ("step", step_id),
                    ("group", group_id),
                    ("day", typed.as_str()),
                ];
                Chip {
                    href: query("/controls", &pairs),
                    label: match view {
                        None => desk.t("w-controls-all"),
                        Some(view) => desk.t(&format!("control-{}", view.word())),
                    },
                    count: count(view).to_string(),
                    current: view == standing,
                }
            })
            .collect();
        let mut steps = select(desk, "step", "w-col-step", "", [], step_id);
        steps.choices.extend(controls().step.iter().map(|one| {
            let on = one.id.id == step_id;
            crate::form::Choice::new(&one.id.id, desk.law(&one.name), on)
        }));
        let mut groups = select(desk, "group", "w-col-group", "", [], group_id);
        groups.choices.extend(controls().group.iter().map(|one| {
            let on = one.id.id == group_id;
            crate::form::Choice::new(&one.id.id, desk.law(&one.name), on)
        }));
        list.selects = vec![steps, groups];
        if let Some(standing) = standing {
            list.hidden.push(("standing", standing.word().to_owned()));
        }
        if !typed.is_empty() {
            list.lead = desk.tr("w-controls-as-of", &[("day", &typed), ("words", &list.lead)]);
            list.hidden.push(("day", typed));
        }
        list.page(desk, Section::Controls)
    })
    .await
}

fn row(desk: &Desk, line: &Line<'static>) -> Vec<Cell> {
    let control = line.control;
    let told = if control.check.is_some() { "w-told-ledger" } else { "w-told-person" };
    let held = match (line.asked, control.check.is_some()) {
        (asked, true) if asked > 1 => {
            let (held, asked) = (line.held.to_string(), line.asked.to_string());
            desk.tr("w-control-held", &[("held", &held), ("asked", &asked)])
        }
        _ => String::new(),
    };
    let (who, due) = task(desk, line);
    let mut state = Cell::status(status(desk, line.standing)).sub(held);
    if line.changed {
        state.sub = desk.t("w-control-changed");
    }
    vec![
        Cell::link(format!("/controls/{}", control.id.id), desk.law(&control.title))
            .sub(desk.law(&line.group.name)),
        Cell::text(desk.law(&controls().step[line.step].name)),
        Cell::text(desk.t(told)),
        Cell { status: due, ..Cell::text(who) },
        state,
    ]
}

/// `GET /controls/gaps`: what is lacking in the steps that are offered, the best first.
pub(crate) async fn gaps(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let all = desk.assessed(desk.today())?;
        let found = all.gaps();
        let heads = [
            ("w-col-gap", ""),
            ("w-col-lacking", ""),
            ("w-col-gain", "n"),
            ("w-col-work", "p2"),
            ("w-col-given", "p2"),
        ];
        let rows = found.iter().take(GAPS_MAX).map(|line| gap(desk, line));
        let mut list =
            List::new(desk, "/controls/gaps", "w-gaps", Table::new(desk, &heads).with(rows));
        list.lead = desk.tr(
            "w-gaps-lead",
            &[("n", &found.len().to_string()), ("score", &score_words(all.score))],
        );
        list.acts = vec![Act::new(desk, "/controls", "w-do-controls")];
        list.none = (desk.t("w-gaps-none"), desk.t("w-gaps-none-why"));
        list.page(desk, Section::Controls)
    })
    .await
}

fn gap(desk: &Desk, line: &Line<'static>) -> Vec<Cell> {
    let control = line.control;
    let own = format!("/controls/{}", control.id.id);
    let first = line.lacks.first();
    let lacks: Vec<String> =
        line.lacks.iter().take(LACKS_TOLD).skip(1).map(|lack| desk.lack(lack)).collect();
    let mut sub = lacks.join(" ");
    if line.lacks.len() > LACKS_TOLD {
        sub += " ";
        sub += &desk.n("w-gap-more", line.lacks.len() - LACKS_TOLD);
    }
    let to = match (control.check.is_some(), first) {
        (true, lack) => place(control, lack),
        (false, _) => format!("{own}/answer"),
    };
    let (who, due) = task(desk, line);
    vec![
        Cell::link(own, desk.law(&control.title)).sub(desk.law(&line.group.name)),
        Cell::link(to, first.map(|lack| desk.lack(lack)).unwrap_or_default()).sub(sub),
        Cell::text(format!("+{}", score_words(line.gain))),
        Cell::text(desk.n("w-control-minutes", control.minutes)),
        Cell { status: due, ..Cell::text(who) },
    ]
}
