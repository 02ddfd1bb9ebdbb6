//! One control: what it asks and on what basis, whether it stands and by which records, what is
//! lacking and where that is made good.

use assess::{Ground, Line, place};
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use catalog::Mark;
use catalog::control::Control;
use domain::{Number, Series};
use office::controls;

use super::{asked, status};
use crate::desk::{App, Desk, at_desk};
use crate::input::Input;
use crate::list::{Act, Cell, Table};
use crate::problem::Problem;
use crate::reply;
use crate::shell::Section;
use crate::show::Link;
use crate::thing::Thing;
use crate::visitor::Member;

/// So many records and lacks are listed.
const LISTED_MAX: usize = 50;

/// `GET /controls/owner?day=2026-11-01`; the number of an answer leads to its control.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        if let Ok(no) = Number::parse(&id) {
            let row = desk.reader.answer(no)?.ok_or(Problem::NotFound)?;
            return Ok(reply::see_other(&format!("/controls/{}", row.control)));
        }
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let day = asked(desk, &input);
        let all = desk.assessed(day)?;
        let line = all.line(&id).ok_or(Problem::NotFound)?;
        page(desk, line)?.page(desk, Section::Controls)
    })
    .await
}

fn page(desk: &Desk, line: &Line<'static>) -> Result<Thing, Problem> {
    let control = line.control;
    let own = format!("/controls/{}", control.id.id);
    let crumb =
        Link { href: "/controls".to_owned(), no: String::new(), name: desk.t("w-nav-controls") };
    let told: Vec<u64> = desk.office().told_of(&desk.reader, &control.id.id)?;
    let mut records = Vec::new();
    for idx in told.into_iter().rev().take(LISTED_MAX) {
        records.extend(desk.reader.leaf(idx)?.map(|leaf| leaf.record));
    }
    let mut thing = Thing::of(desk, &control.id.id, crumb, desk.law(&control.title), &records);
    thing.lead = desk.law(&control.says);
    let state = status(desk, line.standing);
    let note = match state.class {
        "bad" => "bad",
        "ok" => "ok",
        _ => "",
    };
    thing.notes.push((note, state_words(desk, line)));
    if line.changed {
        thing.notes.push(("due", desk.t("w-control-changed-why")));
    }
    if control.check.is_none() {
        thing.acts.push(Act::new(desk, format!("{own}/answer"), "w-do-answer").first());
    } else {
        thing.acts.push(Act::new(desk, format!("{own}/answer"), "w-do-exempt"));
    }
    thing.acts.push(Act::new(desk, format!("{own}/assign"), "w-do-assign-gap"));
    if line.said.is_some() {
        thing.acts.push(Act::new(desk, format!("{own}/withdraw"), "w-do-withdraw"));
    }
    lacks(desk, line, &mut thing);
    grounds(desk, line, &mut thing)?;
    said(desk, line, &mut thing)?;
    basis(desk, control, &mut thing);
    facts(desk, line, &mut thing);
    Ok(thing)
}

fn state_words(desk: &Desk, line: &Line<'_>) -> String {
    let word = desk.t(&format!("control-{}", line.standing.word()));
    let (held, asked) = (line.held.to_string(), line.asked.to_string());
    match (line.control.check.is_some(), line.asked) {
        (true, 1..) => {
            desk.tr("w-control-state", &[("word", &word), ("held", &held), ("asked", &asked)])
        }
        _ => word,
    }
}

fn lacks(desk: &Desk, line: &Line<'static>, thing: &mut Thing) {
    if line.lacks.is_empty() {
        return;
    }
    let control = line.control;
    let to = |lack| match control.check {
        Some(_) => place(control, Some(lack)),
        None => format!("/controls/{}/answer", control.id.id),
    };
    let rows =
        line.lacks.iter().take(LISTED_MAX).map(|lack| {
            vec![Cell::text(desk.lack(lack)), Cell::link(to(lack), desk.t("w-gap-go"))]
        });
    let heads = [("w-col-lacking", ""), ("w-col-do", "")];
    let mut table = Table::new(desk, &heads).with(rows);
    if line.lacks.len() > LISTED_MAX {
        table.caption = desk.n("w-gap-more", line.lacks.len() - LISTED_MAX);
    }
    thing.table(desk, "w-control-lacks", table, "w-gaps-none");
}

fn grounds(desk: &Desk, line: &Line<'_>, thing: &mut Thing) -> Result<(), Problem> {
    if line.grounds.is_empty() {
        return Ok(());
    }
    let mut rows = Vec::new();
    for ground in line.grounds.iter().take(LISTED_MAX) {
        rows.push(match ground {
            Ground::Checkpoint(size) => {
                let words = desk.n("w-control-checkpoint", size);
                vec![Cell::link("/ledger", words), Cell::text(""), Cell::text("")]
            }
            Ground::Entry(idx) => {
                let Some(leaf) = desk.reader.leaf(*idx)? else { continue };
                let lines = desk.lines(std::slice::from_ref(&leaf.record), None);
                let Some(told) = lines.into_iter().next() else { continue };
                let about: Vec<String> =
                    told.links.iter().map(|link| format!("{} {}", link.no, link.name)).collect();
                vec![
                    Cell::link(format!("/ledger/{idx}"), told.title).sub(told.sub),
                    Cell::text(about.join(&desk.t("w-comma"))),
                    Cell::text(format!("{} {}", told.day, told.time)),
                ]
            }
        });
    }
    let heads = [("w-col-record", ""), ("w-col-about", "p2"), ("w-col-received", "p2")];
    let mut table = Table::new(desk, &heads).with(rows);
    if line.grounds.len() > LISTED_MAX {
        table.caption = desk.n("w-gap-more", line.grounds.len() - LISTED_MAX);
    }
    thing.table(desk, "w-control-grounds", table, "w-control-no-grounds");
    Ok(())
}

fn said(desk: &Desk, line: &Line<'_>, thing: &mut Thing) -> Result<(), Problem> {
    let Some(said) = &line.said else { return Ok(()) };
    let rows = super::super::papers::of(desk, said.no)?
        .into_iter()
        .map(|paper| vec![Cell::link(paper.href, paper.name), Cell::text(paper.day)]);
    let table = Table::new(desk, &[("w-col-paper", ""), ("w-paper-day", "p2")]).with(rows);
    thing.table(desk, "w-papers", table, "w-control-no-papers");
    Ok(())
}

fn basis(desk: &Desk, control: &'static Control, thing: &mut Thing) {
    let cites = control.cites.iter().map(|cite| {
        let basis = desk.basis(cite, None);
        vec![Cell::text(basis.cite).sub(basis.says), Cell::status(basis.mark)]
    });
    let topics = control.follows.iter().map(|clause| {
        let of = controls().standard(&clause.standard);
        let name = of.map(|of| desk.law(&of.name)).unwrap_or_default();
        let mark = of.map_or(Mark::Recalled, |of| of.mark);
        vec![
            Cell::text(format!("{} {}", clause.standard, clause.part)).sub(name),
            Cell::status(desk.mark(mark)),
        ]
    });
    let rows: Vec<_> = cites.chain(topics).collect();
    let table = Table::new(desk, &[("w-col-basis", ""), ("w-col-compared", "")]).with(rows);
    thing.table(desk, "w-control-basis", table, "w-control-no-basis");
}

fn facts(desk: &Desk, line: &Line<'static>, thing: &mut Thing) {
    let control = line.control;
    let told = if control.check.is_some() { "w-told-ledger" } else { "w-told-person" };
    thing.fact(desk, "w-col-group", desk.law(&line.group.name));
    thing.fact(desk, "w-col-step", desk.law(&controls().step[line.step].name));
    thing.fact(desk, "w-col-told", desk.t(told));
    if let Some(by) = &control.shown_by {
        thing.fact(desk, "w-control-shown", desk.law(by));
    }
    thing.fact(desk, "w-control-weight", control.weight.to_string());
    thing.fact(desk, "w-col-work", desk.n("w-control-minutes", control.minutes));
    if let Some(said) = &line.said {
        thing.fact(desk, "w-control-said", desk.t(&format!("answer-{}", said.verdict.word())));
        thing.fact(desk, "w-col-period", desk.period(Some(said.from), Some(said.until)));
        thing.fact(desk, "field-why", said.why.clone().unwrap_or_default());
        thing.fact_of(desk, "w-control-person", said.person);
        if let Some(secrets) = &said.secrets {
            thing.fact(desk, "w-control-covers", desk.names(secrets));
        }
    }
    if let Some(task) = &line.task {
        thing.fact_of(desk, "w-control-task", task.person);
        thing.fact(desk, "w-control-due", task.due.map(|day| day.to_string()).unwrap_or_default());
        thing.fact(desk, "w-control-task-why", task.why.clone().unwrap_or_default());
    }
    debug_assert!(line.said.as_ref().is_none_or(|said| said.no.series == Series::Answer));
}
