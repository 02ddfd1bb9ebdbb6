//! 一对一服务: firms engaged for companies, with plan, work log, results, acceptance, satisfaction and
//! payments.

mod deeds;
mod procure;

pub(crate) use deeds::{deed, form, send, send_deed};
pub(crate) use procure::{form as procure, send as send_procure};

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::terms::{Action, ItemSort};
use domain::{Number, Series};
use office::money_words;
use store::read::{EngagementFilter, EngagementRow, ItemRow};

use super::number;
use super::requests::sealed;
use crate::desk::{App, Desk, at_desk, href};
use crate::list::{Act, Asked, Cell, List, Table};
use crate::problem::Problem;
use crate::shell::{Section, thousands};
use crate::show::Status;
use crate::thing::Thing;
use crate::visitor::Member;

const LIST: (&str, &str) = ("/engagements", "w-nav-engagements");

/// Saved views: the word in the URL.
const VIEWS: [&str; 6] = ["", "open", "late", "delivered", "pilot", "ended"];

/// How far an engagement is.
fn status(desk: &Desk, row: &EngagementRow) -> Status {
    match (row.ended, row.ending) {
        (Some(_), Some(how)) => {
            Status::new("done", desk.t(&format!("engagement-end-{}", how.word())))
        }
        _ => {
            let due = desk.due(row.until);
            let done = [("done", &*row.done.to_string()), ("of", &*row.items.to_string())];
            let done = match row.items {
                0 => desk.t("w-not-planned"),
                _ => desk.tr("w-items-done", &done),
            };
            Status::new(due.class, desk.tr("w-two-words", &[("one", &done), ("two", &due.text)]))
        }
    }
}

/// Engagements as a table.
pub(crate) fn table(desk: &Desk, rows: &[EngagementRow]) -> Table {
    let heads = [
        ("field-title", ""),
        ("field-company", ""),
        ("w-firm", "p2"),
        ("w-until", "p2"),
        ("w-mark-of-five", "n p2"),
        ("w-col-state", ""),
    ];
    Table::new(desk, &heads).with(rows.iter().map(|row| {
        let no = match row.pilot {
            true => format!("{} · {}", row.no, desk.t("w-pilot")),
            false => row.no.to_string(),
        };
        vec![
            Cell::link(href(row.no), row.title.clone()).sub(no),
            Cell::link(href(row.company), row.name.clone()),
            Cell::link(href(row.organisation), row.firm.clone()),
            Cell::text(row.until.to_string()),
            Cell::text(row.mark.map(|mark| mark.to_string()).unwrap_or_default()),
            Cell::status(status(desk, row)),
        ]
    }))
}

fn of_view(desk: &Desk, view: &str) -> EngagementFilter {
    let all = EngagementFilter::default();
    match view {
        "open" => EngagementFilter { open: Some(true), ..all },
        "late" => EngagementFilter { late_on: Some(desk.today()), ..all },
        "delivered" => EngagementFilter { delivered: true, ..all },
        "pilot" => EngagementFilter { pilot: true, ..all },
        "ended" => EngagementFilter { open: Some(false), ..all },
        _ => all,
    }
}

/// `GET /engagements`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let asked = Asked::read(LIST.0, &VIEWS, &[], query);
        let filter = EngagementFilter {
            limit: asked.place.size,
            offset: asked.place.offset(),
            ..of_view(desk, asked.view)
        };
        let found = desk.reader.engagements(&filter)?;
        let mut list = List::new(desk, LIST.0, LIST.1, table(desk, &found.rows));
        list.lead = desk.t("w-engagements-lead");
        list.acts = vec![
            Act::new(desk, "/procurements", "w-nav-procurements"),
            Act::new(desk, "/engagements/new", "w-engage").first(),
        ];
        let shown = (found.rows.len(), found.total);
        asked.onto(desk, &mut list, "w-engagements", shown, |view| {
            Ok(desk.reader.engagement_count(&of_view(desk, view))?)
        })?;
        list.text = None;
        if desk.reader.last(Series::Engagement)? == 0 {
            list.none = (desk.t("w-engagements-none"), desk.t("w-engagements-none-why"));
        }
        list.page(desk, Section::Engagements)
    })
    .await
}

fn entry(desk: &Desk, no: &str) -> Result<EngagementRow, Problem> {
    let no = number(no, Series::Engagement)?;
    desk.reader.engagement(no)?.ok_or(Problem::NotFound)
}

/// How far an item is.
fn item_status(desk: &Desk, item: &ItemRow) -> Status {
    let day = |key: &str, day: domain::Day| desk.tr(key, &[("day", &day.to_string())]);
    match (item.accepted, item.delivered, item.refused) {
        (Some(on), ..) if item.sort == ItemSort::Payment => {
            Status::new("done", day("w-item-paid", on))
        }
        (Some(on), ..) => Status::new("done", day("w-item-accepted", on)),
        (_, Some(on), _) => Status::new("part", day("w-item-delivered", on)),
        (_, _, Some(on)) => Status::new("bad", day("w-item-refused", on)),
        _ => desk.due(item.due),
    }
}

/// The items of a plan, each with the ways on that are open to whoever looks.
fn plan(desk: &Desk, row: &EngagementRow, items: &[ItemRow]) -> Table {
    let heads = [
        ("w-col-no", "n"),
        ("field-title", ""),
        ("field-due", "p2"),
        ("w-amount", "n p2"),
        ("w-col-state", ""),
        ("w-col-member-way", ""),
    ];
    let open = row.ended.is_none();
    let works = open && desk.may_for(row.organisation);
    let station = open && desk.may(Action::KeepBodies);
    Table::new(desk, &heads).with(items.iter().map(|item| {
        let way = match item.sort {
            ItemSort::Payment if item.accepted.is_none() && station => Some("pay"),
            ItemSort::Payment => None,
            _ if item.accepted.is_some() => None,
            _ if item.delivered.is_some() && station => Some("accept"),
            _ if item.delivered.is_none() && works => Some("deliver"),
            _ => None,
        };
        let way = way.map(|word| {
            let at = format!("{}/{word}?item={}", href(row.no), item.no);
            Cell::link(at, desk.t(&format!("w-item-do-{word}")))
        });
        let amount = if item.amount > 0 { money_words(item.amount) } else { String::new() };
        let after = item.after.map(|no| desk.n("w-item-after", no)).unwrap_or_default();
        vec![
            Cell::text(item.no.to_string()),
            Cell::text(item.title.clone())
                .sub(format!("{} {after}", desk.t(&format!("item-{}", item.sort.word())))),
            Cell::text(item.due.to_string()),
            Cell::text(amount),
            Cell::status(item_status(desk, item)),
            way.unwrap_or_default(),
        ]
    }))
}

/// Minutes as people read them: hours with one digit.
fn hours(minutes: u32) -> String {
    format!("{}.{}", minutes / 60, minutes % 60 * 10 / 60)
}

/// `GET /engagements/WT-0001`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let (no, at) = (row.no, href(row.no));
        let mut thing = Thing::new(desk, no, LIST, row.title.clone())?;
        thing.lead = format!("{} · {} · {}", row.name, row.firm, status(desk, &row).text);
        let act = |word: &str, key: &str| Act::new(desk, format!("{at}/{word}"), key);
        if desk.may(Action::KeepBodies) {
            thing.acts.push(act("rate", "w-rate-engagement"));
        }
        if row.ended.is_none() {
            if desk.may(Action::KeepBodies) {
                thing.acts.push(act("end", "w-end-engagement"));
            }
            if desk.may_for(row.organisation) {
                thing.acts.push(act("plan", "w-plan-item"));
                thing.acts.push(act("log", "w-log-work").first());
            }
        }
        let items = desk.reader.engagement_items(no)?;
        if items.iter().any(|item| row.ended.is_none() && item.late_on(desk.today())) {
            thing.notes.push(("bad", desk.t("w-engagement-late-note")));
        }
        thing.table(desk, "w-work-plan", plan(desk, &row, &items), "w-plan-none");
        for item in &items {
            if let Some(idx) = item.note_idx {
                let note = sealed(desk, idx, "note")?;
                if !note.is_empty() {
                    let title = desk.tr("w-delivered-note", &[("n", &item.no.to_string())]);
                    let words =
                        Table::new(desk, &[("field-note", "")]).with([vec![Cell::text(note)]]);
                    thing.table_called(title, words);
                }
            }
        }
        let mut log = Table::new(
            desk,
            &[("field-what", ""), ("field-happened", "p2"), ("w-hours", "n"), ("field-note", "p2")],
        );
        for line in desk.reader.engagement_log(no)? {
            let item = line.item.map(|item| desk.n("w-item-no", item)).unwrap_or_default();
            log.rows.push(vec![
                Cell::text(line.what.clone()).sub(item),
                Cell::text(line.happened.to_string()),
                Cell::text(hours(line.minutes)),
                Cell::text(sealed(desk, line.idx, "note")?),
            ]);
        }
        thing.table(desk, "w-work-log", log, "w-work-log-none");
        for (idx, mark, day) in desk.reader.engagement_ratings(no)? {
            let head =
                desk.tr("w-rated", &[("mark", &mark.to_string()), ("day", &day.to_string())]);
            let words = format!("{head}\n{}", sealed(desk, idx, "note")?);
            thing.words(desk, "w-satisfaction", words);
        }
        thing.fact_of(desk, "field-company", Some(row.company));
        thing.fact_of(desk, "w-firm", Some(row.organisation));
        thing.fact_of(desk, "w-procurement", row.procurement);
        thing.fact(desk, "w-engaged-period", desk.period(Some(row.from), Some(row.until)));
        if row.pilot {
            thing.fact(desk, "w-pilot", desk.t("w-yes"));
        }
        thing.fact(desk, "field-declared", row.declared.clone());
        thing.fact(desk, "w-hours", hours(row.minutes));
        let due: u64 = items.iter().map(|item| item.amount).sum();
        let paid: u64 =
            items.iter().filter(|item| item.accepted.is_some()).map(|item| item.amount).sum();
        if due > 0 {
            let args = [("paid", &*money_words(paid)), ("of", &*money_words(due))];
            thing.fact(desk, "w-paid", desk.tr("w-paid-of", &args));
        }
        thing.fact(desk, "w-ended-on", row.ended.map(|day| day.to_string()).unwrap_or_default());
        thing.page(desk, Section::Engagements)
    })
    .await
}

/// What waits in the programme: what it is, its list, how many.
pub(crate) fn waiting(desk: &Desk) -> Result<[(&'static str, &'static str, u64); 2], Problem> {
    let count = |view: &str| desk.reader.engagement_count(&of_view(desk, view));
    Ok([
        ("w-task-engagements-late", "/engagements?view=late", count("late")?),
        ("w-task-engagements-delivered", "/engagements?view=delivered", count("delivered")?),
    ])
}

/// Procurements as pages: the list.
pub(crate) async fn procurements(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let rows = desk.reader.procurements()?;
        let heads = [
            ("field-title", ""),
            ("field-reference-project", "p2"),
            ("w-won-on", "p2"),
            ("w-awarded-to", ""),
            ("w-amount", "n"),
        ];
        let table = Table::new(desk, &heads).with(rows.iter().map(|row| {
            vec![
                Cell::link(href(row.no), row.title.clone()).sub(row.no.to_string()),
                Cell::text(row.reference.clone()),
                Cell::text(row.happened.to_string()),
                Cell::text(desk.names(&row.awarded)),
                Cell::text(money_words(row.amount)),
            ]
        }));
        let mut list = List::new(desk, "/procurements", "w-nav-procurements", table);
        list.lead = desk.t("w-procurements-lead");
        list.acts = vec![
            Act::new(desk, LIST.0, LIST.1),
            Act::new(desk, "/procurements/new", "w-record-procurement").first(),
        ];
        list.none = (desk.t("w-procurements-none"), desk.t("w-procurements-none-why"));
        list.page(desk, Section::Engagements)
    })
    .await
}

/// `GET /procurements/CG-0001`.
pub(crate) async fn procurement(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no: Number = number(&no, Series::Procurement)?;
        let row = desk.reader.procurement(no)?.ok_or(Problem::NotFound)?;
        let list = ("/procurements", "w-nav-procurements");
        let mut thing = Thing::new(desk, no, list, row.title.clone())?;
        thing.lead = desk.tr(
            "w-procurement-lead",
            &[("reference", &row.reference), ("day", &row.happened.to_string())],
        );
        // The best bid first; points in hundredths.
        let points = |points: u32| money_words(points.into());
        let mut scores = row.scores.clone();
        scores.sort_by_key(|(_, points)| std::cmp::Reverse(points.iter().sum::<u32>()));
        let mut table =
            Table::new(desk, &[("w-bidder", ""), ("w-total", "n"), ("w-col-state", "")]);
        for (name, most) in &row.criteria {
            table.heads.insert(table.heads.len() - 2, (format!("{name} {most}"), "n p2"));
        }
        for (bidder, by) in scores {
            let mut cells = vec![Cell::link(href(bidder), desk.name(bidder))];
            cells.extend(by.iter().map(|one| Cell::text(points(*one))));
            cells.push(Cell::text(points(by.iter().sum())));
            let won = row.awarded.contains(&bidder);
            let key = if won { "w-awarded" } else { "w-not-awarded" };
            cells.push(Cell::status(Status::new(if won { "ok" } else { "done" }, desk.t(key))));
            table.rows.push(cells);
        }
        thing.table(desk, "w-bids", table, "w-nothing-here");
        let filter =
            EngagementFilter { procurement: Some(no), limit: 200, ..EngagementFilter::default() };
        let engaged = desk.reader.engagements(&filter)?;
        let title = "w-nav-engagements";
        thing.table(desk, title, self::table(desk, &engaged.rows), "w-engagements-none");
        thing.fact(desk, "field-reference-project", row.reference.clone());
        thing.fact(desk, "w-won-on", row.happened.to_string());
        thing.fact(desk, "field-contract", row.contract.clone().unwrap_or_default());
        thing.fact(desk, "w-amount", money_words(row.amount));
        thing.fact(desk, "w-engaged-period", desk.period(Some(row.from), Some(row.until)));
        thing.fact(desk, "w-engaged-companies", thousands(engaged.total));
        thing.page(desk, Section::Engagements)
    })
    .await
}
