//! 协作请求: what one organisation asks of another: receipt, triage, reply, escalation when late.

mod deeds;

pub(crate) use deeds::{deed, form, send, send_deed};

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::Series;
use domain::terms::{AssistanceSort, AssistanceState};
use store::read::{AssistanceFilter, AssistanceRow};

use super::number;
use super::requests::sealed;
use crate::desk::{App, Desk, at_desk, href};
use crate::list::{Act, Asked, Cell, List, Table, select};
use crate::problem::Problem;
use crate::shell::Section;
use crate::show::Status;
use crate::thing::Thing;
use crate::visitor::Member;

const LIST: (&str, &str) = ("/assistance", "w-nav-assistance");

/// Saved views: the word in the URL.
const VIEWS: [&str; 6] = ["", "asked", "open", "late", "replied", "closed"];

/// How far a request is, and how it stands with its day.
fn status(desk: &Desk, row: &AssistanceRow) -> Status {
    let words = desk.t(&format!("assistance-state-{}", row.state.word()));
    match (row.state, row.answer) {
        (AssistanceState::Closed, _) => Status::new("done", words),
        (AssistanceState::Replied, Some(answer)) => {
            let class = if answer.turned_down() { "bad" } else { "part" };
            let answer = desk.t(&format!("assistance-answer-{}", answer.word()));
            Status::new(class, desk.tr("w-two-words", &[("one", &words), ("two", &answer)]))
        }
        _ => {
            let due = desk.due(row.due);
            Status::new(due.class, desk.tr("w-two-words", &[("one", &words), ("two", &due.text)]))
        }
    }
}

/// Requests for assistance as a table.
pub(crate) fn table(desk: &Desk, rows: &[AssistanceRow]) -> Table {
    let heads = [
        ("field-title", ""),
        ("field-from-organisation", "p2"),
        ("field-to-organisation", "p2"),
        ("field-due", "p2"),
        ("w-col-state", ""),
    ];
    Table::new(desk, &heads).with(rows.iter().map(|row| {
        let sort = desk.t(&format!("assistance-{}", row.sort.word()));
        let to = Cell::link(href(row.to), desk.name(row.to));
        let third = row.escalated.map(|no| desk.tr("w-escalated-to", &[("name", &desk.name(no))]));
        vec![
            Cell::link(href(row.no), row.title.clone()).sub(format!("{} · {sort}", row.no)),
            Cell::link(href(row.from), desk.name(row.from)),
            to.sub(third.unwrap_or_default()),
            Cell::text(row.due.to_string()),
            Cell::status(status(desk, row)),
        ]
    }))
}

fn of_view(desk: &Desk, view: &str) -> AssistanceFilter {
    let all = AssistanceFilter::default();
    match view {
        "open" => AssistanceFilter { open: true, ..all },
        "late" => AssistanceFilter { late_on: Some(desk.today()), ..all },
        view => AssistanceFilter { state: AssistanceState::from_word(view), ..all },
    }
}

/// `GET /assistance`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let sort = |word: &str| AssistanceSort::from_word(word).map(AssistanceSort::word);
        let asked = Asked::read(LIST.0, &VIEWS, &[("sort", sort)], query);
        let filter = AssistanceFilter {
            text: Some(asked.q.clone()),
            sort: AssistanceSort::from_word(asked.chosen("sort")),
            limit: asked.place.size,
            offset: asked.place.offset(),
            ..of_view(desk, asked.view)
        };
        let found = desk.reader.assistances(&filter)?;
        let mut list = List::new(desk, LIST.0, LIST.1, table(desk, &found.rows));
        list.lead = desk.t("w-assistance-lead");
        list.acts = vec![
            Act::new(desk, "/organisations", "w-nav-organisations"),
            Act::new(desk, "/assistance/new", "w-ask-assistance").first(),
        ];
        let words = AssistanceSort::ALL.iter().map(|sort| sort.word());
        list.selects =
            vec![select(desk, "sort", "field-sort", "assistance", words, asked.chosen("sort"))];
        let shown = (found.rows.len(), found.total);
        asked.onto(desk, &mut list, "w-assistance", shown, |view| {
            Ok(desk.reader.assistance_count(&of_view(desk, view))?)
        })?;
        if desk.reader.last(Series::Assistance)? == 0 {
            list.none = (desk.t("w-assistance-none"), desk.t("w-assistance-none-why"));
        }
        list.page(desk, Section::Assistance)
    })
    .await
}

fn entry(desk: &Desk, no: &str) -> Result<AssistanceRow, Problem> {
    let no = number(no, Series::Assistance)?;
    desk.reader.assistance(no)?.ok_or(Problem::NotFound)
}

/// Whether whoever is signed in has yet to receive it: the text opens with the receipt, so that the
/// first look is an entry of the ledger.
fn unreceived(desk: &Desk, row: &AssistanceRow) -> bool {
    let Some(acting) = desk.acting() else { return false };
    match row.state {
        AssistanceState::Asked => row.to == acting,
        AssistanceState::Escalated => row.escalated == Some(acting),
        _ => false,
    }
}

/// Ways on, the next one first in sight.
fn acts(desk: &Desk, row: &AssistanceRow) -> Vec<Act> {
    if row.state == AssistanceState::Closed {
        return Vec::new();
    }
    let at = href(row.no);
    let act = |word: &str, key: &str| Act::new(desk, format!("{at}/{word}"), key);
    let has = row.escalated.unwrap_or(row.to);
    // Who asked a member writes down what the member says.
    let receives = desk.may_for(has) || desk.may_for(row.to) || {
        has.series == Series::Company && desk.may_for(row.from)
    };
    let mut acts = Vec::new();
    let turned_down = row.answer.is_some_and(|answer| answer.turned_down());
    if desk.may_for(row.from) {
        acts.push(act("close", "w-close-assistance"));
        if row.escalated.is_none() && (row.late_on(desk.today()) || turned_down) {
            acts.push(act("escalate", "w-escalate-assistance"));
        }
    }
    if receives {
        match row.state {
            AssistanceState::Asked | AssistanceState::Escalated => {
                acts.push(act("receive", "w-receive-assistance").first());
            }
            _ => {
                acts.push(act("triage", "w-triage-assistance"));
                acts.push(Act::new(
                    desk,
                    format!("/assistance/new?follows={}&from={has}", row.no),
                    "w-pass-on-assistance",
                ));
                acts.push(act("reply", "w-reply-assistance").first());
            }
        }
    }
    acts
}

/// `GET /assistance/XZ-0001`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let mut thing = Thing::new(desk, row.no, LIST, row.title.clone())?;
        let way =
            desk.tr("w-from-to", &[("from", &desk.name(row.from)), ("to", &desk.name(row.to))]);
        thing.lead = format!("{way} · {}", status(desk, &row).text);
        thing.acts = acts(desk, &row);
        if row.late_on(desk.today()) {
            thing.notes.push(("bad", desk.t("w-assistance-late-note")));
        }
        if unreceived(desk, &row) {
            thing.notes.push(("due", desk.t("w-assistance-receive-first")));
        } else {
            thing.words(desk, "w-assistance-text", sealed(desk, row.idx, "text")?);
        }
        for reply in desk.reader.assistance_replies(row.no)? {
            let head = desk.tr(
                "w-reply-head",
                &[("who", &desk.name(reply.organisation)), ("day", &reply.happened.to_string())],
            );
            let answer = desk.t(&format!("assistance-answer-{}", reply.answer.word()));
            let text = sealed(desk, reply.idx, "text")?;
            thing.words(desk, "w-reply", format!("{head}{answer}\n{text}"));
        }
        let passed = AssistanceFilter { follows: Some(row.no), ..AssistanceFilter::default() };
        let passed = desk.reader.assistances(&passed)?.rows;
        if !passed.is_empty() {
            thing.table(desk, "w-assistance-passed", table(desk, &passed), "w-nothing-here");
        }
        thing.fact(desk, "field-sort", desk.t(&format!("assistance-{}", row.sort.word())));
        thing.fact_of(desk, "field-from-organisation", Some(row.from));
        thing.fact_of(desk, "field-to-organisation", Some(row.to));
        thing.fact_of(desk, "w-third-organisation", row.escalated);
        thing.fact_of(desk, "field-company", row.company);
        thing.fact_of(desk, "field-case", row.case);
        thing.fact_of(desk, "field-request", row.request);
        thing.fact_of(desk, "field-follows", row.follows);
        thing.fact(desk, "field-happened", row.happened.to_string());
        thing.fact(desk, "field-due", row.due.to_string());
        let day = |day: Option<domain::Day>| day.map(|day| day.to_string()).unwrap_or_default();
        thing.fact(desk, "w-received-on", day(row.received));
        thing.fact(desk, "field-reference", row.reference.clone().unwrap_or_default());
        thing.fact(desk, "field-unit", row.unit.clone().unwrap_or_default());
        if row.urgent {
            thing.fact(desk, "field-urgent", desk.t("w-yes"));
        }
        thing.fact(desk, "w-replied-on", day(row.replied));
        thing.fact(desk, "w-closed-on", day(row.closed));
        if let Some(how) = row.closing {
            thing.fact(desk, "w-closed-how", desk.t(&format!("closing-{}", how.word())));
        }
        thing.page(desk, Section::Assistance)
    })
    .await
}
