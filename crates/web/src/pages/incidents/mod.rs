//! 线索与事件: a suspected leak from the first suspicion to the doors open to the company.

mod doors;
mod hands;
mod wishes;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use catalog::procedure::Form as Bears;
use domain::terms::{Action, Outcome};
use domain::{Number, Series};
use store::read::{ExhibitRow, IncidentRow};

pub(crate) use doors::{board, board_pdf, door, door_pdf, moot, print, send_print, sheet};
pub(crate) use hands::{drop, hand, preserve, send_drop, send_hand, send_preserve};
pub(crate) use wishes::{
    close, form, link, note, reopen, revise, send, send_close, send_link, send_note, send_reopen,
    send_revise, send_unlink, unlink,
};

use super::cases::{reckon_page, reckonings_page, send_reckoning};
use super::today::Task;
use super::{number, papers, requests};
use crate::desk::{App, Desk, at_desk, href};
use crate::input::{Input, Posted};
use crate::law::catalog;
use crate::list::{Act, Cell, List, Table};
use crate::problem::Problem;
use crate::shell::{Section, thousands};
use crate::show::{self, Chip, Status, query as href_with};
use crate::thing::Thing;
use crate::visitor::Member;

/// Saved views: the word in the URL, and what it says of the end.
const VIEWS: [(&str, Option<bool>); 3] = [("", Some(false)), ("closed", Some(true)), ("all", None)];

impl Desk {
    /// The name of a kind of evidence.
    pub(crate) fn evidence(&self, item: &str) -> String {
        let known = catalog().elements().item(item);
        known.map_or_else(|| item.to_owned(), |item| self.law(&item.name))
    }

    /// A thing by its name and number.
    pub(crate) fn called(&self, no: Number) -> String {
        format!("{} {no}", self.name(no)).trim_start().to_owned()
    }
}

fn entry(desk: &Desk, no: &str) -> Result<IncidentRow, Problem> {
    desk.reader.incident(number(no, Series::Incident)?)?.ok_or(Problem::NotFound)
}

fn state(desk: &Desk, outcome: Option<Outcome>) -> Status {
    match outcome {
        Some(outcome) => Status::new("done", desk.t(&format!("outcome-{}", outcome.word()))),
        None => Status::new("part", desk.t("w-incident-open")),
    }
}

fn conduct(desk: &Desk, row: &IncidentRow) -> String {
    desk.t(&format!("conduct-{}", row.conduct.word()))
}

/// `GET /incidents`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let (view, closed) =
            VIEWS.into_iter().find(|(view, _)| *view == input.get("view")).unwrap_or(VIEWS[0]);
        let heads = [
            ("field-title", ""),
            ("field-conduct", "p2"),
            ("w-nav-secrets", "p2"),
            ("field-act", ""),
            ("field-noticed", "p2"),
            ("w-col-state", ""),
        ];
        let rows = desk.reader.incidents(closed)?;
        let table = Table::new(desk, &heads).with(rows.iter().map(|row| {
            vec![
                Cell::link(href(row.no), row.title.clone()).sub(row.no.to_string()),
                Cell::text(conduct(desk, row)),
                Cell::text(desk.names(&row.secrets)),
                Cell::text(desk.period(Some(row.from), Some(row.until))),
                Cell::text(row.noticed.to_string()),
                Cell::status(state(desk, row.outcome)),
            ]
        }));
        let mut list = List::new(desk, "/incidents", "w-nav-incidents", table);
        list.lead = desk.t("w-incidents-lead");
        if desk.may(Action::KeepIncidents) {
            list.acts = vec![Act::new(desk, "/incidents/new", "w-open-incident").first()];
        }
        list.acts.insert(0, Act::new(desk, "/holds", "w-holds"));
        for (name, closed) in VIEWS {
            let key = if name.is_empty() { "open" } else { name };
            list.chips.push(Chip {
                href: href_with("/incidents", &[("view", name)]),
                label: desk.t(&format!("w-incidents-{key}")),
                count: thousands(desk.reader.incidents(closed)?.len() as u64),
                current: view == name,
            });
        }
        if desk.reader.last(Series::Incident)? == 0 {
            list.none = (desk.t("w-incidents-none"), desk.t("w-incidents-none-why"));
        }
        list.page(desk, Section::Incidents)
    })
    .await
}

/// Open incidents, each with what comes next: evidence to be preserved, or its soonest time limit.
pub(crate) fn waiting(desk: &Desk, tasks: &mut Vec<Task>) -> Result<(), Problem> {
    for row in desk.reader.incidents(Some(false))? {
        let title = desk.tr("w-task-incident", &[("title", &row.title)]);
        if desk.reader.exhibits(row.no)?.is_empty() {
            let to = format!("{}/preserve", href(row.no));
            let sub = desk.t("w-incident-preserve-first");
            tasks.push(Task::dated(desk, row.noticed, to, title, sub));
            continue;
        }
        let held = desk.office().held(&desk.reader, &row, None)?;
        let limits = held.iter().flat_map(|held| &held.limits).filter(|limit| !limit.over);
        let soonest = limits
            .filter_map(|limit| Some((limit.clock.end?.day(), limit)))
            .min_by_key(|(day, _)| *day);
        let to = format!("{}/doors", href(row.no));
        let sub = match soonest {
            Some((day, limit)) => desk.tr(
                "w-task-incident-limit",
                &[("name", &*desk.law(&limit.clock.deadline.name)), ("day", &day.to_string())],
            ),
            None => desk.t("w-task-incident-sub"),
        };
        tasks.push(Task::open(desk, to, title, sub));
    }
    Ok(())
}

/// The exhibits with what they bear and through whose hands they went.
fn exhibits(desk: &Desk, row: &IncidentRow, keeps: bool) -> Result<Table, Problem> {
    let mut heads = vec![
        ("w-col-exhibit", ""),
        ("w-paper-day", "p2"),
        ("w-col-bears", ""),
        ("w-col-hands", ""),
        ("w-paper", ""),
    ];
    if keeps {
        heads.push(("w-col-acts", "p2"));
    }
    let handings = desk.reader.handings(row.no)?;
    let mut table = Table::new(desk, &heads);
    for one in desk.reader.exhibits(row.no)? {
        let at = format!("{}/exhibits/{}", href(row.no), one.no);
        let sealed = |field: &str| requests::sealed(desk, one.idx, field);
        let first = Cell::text(desk.evidence(&one.item)).sub(desk.n("w-exhibit-no", one.no));
        let taken = desk.tr(
            "w-exhibit-taken",
            &[
                ("day", &*one.happened.to_string()),
                ("collector", &sealed("collector")?),
                ("origin", &sealed("origin")?),
            ],
        );
        let mut hands = vec![sealed("method")?];
        for handing in handings.iter().filter(|handing| handing.exhibit == one.no) {
            let sealed = |field: &str| requests::sealed(desk, handing.idx, field);
            let args = [
                ("day", &*handing.happened.to_string()),
                ("giver", &sealed("giver")?),
                ("taker", &sealed("taker")?),
                ("text", &sealed("text")?),
            ];
            hands.push(desk.tr("w-exhibit-handed", &args));
        }
        hands.retain(|words| !words.trim().is_empty());
        let mut cells = vec![
            match one.dropped {
                Some(_) => {
                    Cell { status: Some(Status::new("", desk.t("w-exhibit-dropped"))), ..first }
                }
                None => first,
            },
            Cell::text(show::day(one.dated)),
            Cell::text(bears(desk, &one)),
            Cell::text(taken).sub(hands.join(&desk.t("w-semicolon"))),
            one.paper.map_or_else(
                || Cell::text(desk.t("w-original-elsewhere")),
                |no| {
                    let to = format!("{}/papers/{no}", href(row.no));
                    Cell::link(to, desk.n("w-paper-no", no))
                },
            ),
        ];
        if keeps {
            cells.push(match one.dropped.is_none() && row.closed.is_none() {
                true => Cell::link(format!("{at}/hand"), desk.t("w-hand-exhibit")),
                false => Cell::default(),
            });
        }
        table.rows.push(cells);
    }
    Ok(table)
}

fn bears(desk: &Desk, row: &ExhibitRow) -> String {
    let has = |form: &&Bears| row.bears.iter().any(|word| word == form.key());
    let words =
        Bears::ALL.iter().filter(has).map(|form| desk.t(&format!("law-form-{}", form.key())));
    words.collect::<Vec<_>>().join(&desk.t("w-comma"))
}

fn links(desk: &Desk, row: &IncidentRow, keeps: bool) -> Result<Table, Problem> {
    let heads = [("w-col-linked", ""), ("w-col-shows", ""), ("w-col-acts", "p2")];
    let mut table = Table::new(desk, &heads[..if keeps { 3 } else { 2 }]);
    for one in desk.reader.incident_links(row.no)? {
        let sort = desk.t(&format!("w-linked-{}", one.thing.series.letters().to_lowercase()));
        let mut cells = vec![
            Cell::link(href(one.thing), desk.called(one.thing)).sub(sort),
            Cell::text(requests::sealed(desk, one.idx, "text")?),
        ];
        if keeps {
            let to = format!("{}/links/{}/remove", href(row.no), one.thing);
            cells.push(Cell::link(to, desk.t("w-unlink")));
        }
        table.rows.push(cells);
    }
    Ok(table)
}

fn notes(desk: &Desk, row: &IncidentRow) -> Result<Table, Problem> {
    let mut table = Table::new(desk, &[("w-col-when", ""), ("field-note", "")]);
    for one in desk.reader.incident_notes(row.no)? {
        let text = requests::sealed(desk, one.idx, "text")?;
        table.rows.push(vec![Cell::text(show::day(one.happened)), Cell::text(text)]);
    }
    Ok(table)
}

/// What the register itself shows.
fn register(desk: &Desk, row: &IncidentRow) -> Result<Table, Problem> {
    let heads = [("w-col-kind-of-item", ""), ("w-col-linked", ""), ("w-col-entered", "p2")];
    let drawn = desk.office().bearing(&desk.reader, row.no)?;
    let own = drawn.iter().filter(|one| one.exhibit.is_none());
    Ok(Table::new(desk, &heads).with(own.map(|one| {
        let ground = one.grounds.first().copied().unwrap_or_default();
        let thing =
            one.thing.map_or_else(Cell::default, |no| Cell::link(href(no), desk.called(no)));
        let entry = desk.n("w-entry-no", ground);
        vec![
            Cell::text(desk.evidence(&one.item)),
            thing,
            Cell::link(format!("/ledger/{ground}"), entry).sub(one.received.to_string()),
        ]
    })))
}

/// `GET /incidents/SJ-0001`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let no = row.no;
        let (at, open) = (href(no), row.closed.is_none());
        let may = desk.may(Action::KeepIncidents);
        let keeps = may && open;
        let mut thing = Thing::new(desk, no, ("/incidents", "w-nav-incidents"), row.title.clone())?;
        let words = [("one", &*conduct(desk, &row)), ("two", &state(desk, row.outcome).text)];
        thing.lead = desk.tr("w-two-words", &words);
        thing.acts = vec![Act::new(desk, format!("{at}/doors"), "w-incident-options").first()];
        if may {
            thing.acts.insert(0, Act::new(desk, format!("{at}/moot"), "w-incident-moot"));
        }
        if keeps {
            thing.acts.insert(0, Act::new(desk, format!("{at}/note"), "w-add-note"));
        }
        if open && row.secrets.is_empty() {
            thing.notes.push(("due", desk.t("w-incident-no-secret")));
        }
        if desk.reader.exhibits(no)?.is_empty() && open {
            thing.notes.push(("due", desk.t("w-incident-preserve-first")));
        }
        thing.words(desk, "w-incident-text", requests::sealed(desk, row.idx, "text")?);
        let part = |thing: &mut Thing, word: &str, key: &str| {
            if let Some(part) = thing.parts.last_mut().filter(|_| keeps) {
                part.acts = vec![Act::new(desk, format!("{at}/{word}"), key)];
            }
        };
        thing.table(desk, "w-exhibits", exhibits(desk, &row, keeps)?, "w-no-exhibits");
        part(&mut thing, "preserve", "w-preserve");
        thing.table(desk, "w-incident-links", links(desk, &row, keeps)?, "w-no-links");
        part(&mut thing, "link", "w-link-thing");
        thing.table(desk, "w-incident-register", register(desk, &row)?, "w-no-register");
        thing.table(desk, "w-incident-notes", notes(desk, &row)?, "w-no-notes");
        if desk.may(Action::BuildDossiers) && !row.secrets.is_empty() {
            let mut pairs: Vec<(&'static str, String)> =
                row.secrets.iter().map(|no| ("secret", no.to_string())).collect();
            pairs.push(("purpose", "complaint".to_owned()));
            pairs.push(("incident", no.to_string()));
            let to = super::build::address("/dossiers/new", &pairs);
            thing.acts.insert(0, Act::new(desk, to, "w-do-dossier"));
        }
        if may {
            let (word, key) = match open {
                true => ("close", "w-close-incident"),
                false => ("reopen", "w-reopen-incident"),
            };
            thing.acts.insert(0, Act::new(desk, format!("{at}/{word}"), key));
            if open {
                let hold = format!("/holds/new?ground={no}");
                thing.acts.insert(0, Act::new(desk, hold, "w-set-hold"));
                thing.acts.insert(0, Act::new(desk, format!("{at}/revise"), "w-revise-act"));
                thing.acts.insert(0, Act::new(desk, format!("{at}/figures"), "w-figures"));
            }
        }
        thing.fact(desk, "field-conduct", conduct(desk, &row));
        for secret in &row.secrets {
            thing.fact_of(desk, "w-secret", Some(*secret));
        }
        for suspect in row.persons.iter().chain(&row.partners) {
            thing.fact_of(desk, "w-suspect", Some(*suspect));
        }
        thing.fact(desk, "field-others", requests::sealed(desk, row.idx, "others")?);
        thing.fact(desk, "field-act", desk.period(Some(row.from), Some(row.until)));
        thing.fact(desk, "field-noticed", row.noticed.to_string());
        if let Some(idx) = row.closed_idx {
            thing.fact(desk, "w-incident-closed-on", show::day(row.closed));
            thing.fact(desk, "w-outcome-more", requests::sealed(desk, idx, "text")?);
        }
        thing.page(desk, Section::Incidents)
    })
    .await
}

/// `GET /incidents/SJ-0001/papers/1`: a copy.
pub(crate) async fn paper(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, part)): Path<(String, u32)>,
) -> Response {
    at_desk(app, visitor, move |desk| papers::give(desk, entry(desk, &no)?.no, part)).await
}

/// `GET /incidents/SJ-0001/figures`.
pub(crate) async fn figures(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        reckonings_page(desk, entry(desk, &no)?.no, Section::Incidents)
    })
    .await
}

/// `GET /incidents/SJ-0001/figures/criminal/lost_sales`.
pub(crate) async fn reckon(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, sheet, method)): Path<(String, String, String)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        reckon_page(desk, entry(desk, &no)?.no, (&sheet, &method), Section::Incidents)
    })
    .await
}

/// `POST /incidents/SJ-0001/figures/criminal/lost_sales`.
pub(crate) async fn send_reckon(
    State(app): State<App>,
    Path((no, sheet, method)): Path<(String, String, String)>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = entry(desk, &no)?.no;
        send_reckoning(desk, no, (sheet, method), Section::Incidents, &posted)
    })
    .await
}
