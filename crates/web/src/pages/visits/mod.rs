//! 走访与问诊: visits, the checklist taken along, and the report of what was found.

mod record;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::terms::{Mark, VisitState};
use domain::workstation::PlanVisit;
use domain::{Number, Series};
use store::read::{DeskFilter, VisitRow};

use super::requests::sealed;
use super::{experts, number, prescriptions, submit};
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form};
use crate::input::{Errors, Input, Posted};
use crate::list::{Act, Asked, Cell, List, Table};
use crate::problem::Problem;
use crate::reply;
use crate::shell::Section;
use crate::show::{Status, query as href_with};
use crate::thing::Thing;
use crate::visitor::Member;

pub(crate) use record::{form as record_form, send as send_record};

/// The most rows of an export.
const EXPORT_MAX: u32 = 50_000;
/// In how many days a visit usually is.
const AHEAD_DAYS: i64 = 7;
/// Saved views: the word in the URL.
const VIEWS: [&str; 5] = ["", "planned", "late", "made", "cancelled"];

/// How far a visit is.
pub(crate) fn status(desk: &Desk, row: &VisitRow) -> Status {
    let words = desk.t(&format!("visit-state-{}", row.state.word()));
    match row.state {
        VisitState::Made => Status::new("ok", words),
        VisitState::Cancelled => Status::new("done", words),
        VisitState::Planned if row.day < desk.today() => {
            Status::new("bad", desk.t("w-visit-unrecorded"))
        }
        VisitState::Planned => Status::new("due", words),
    }
}

/// Visits as a table.
pub(crate) fn table(desk: &Desk, rows: &[VisitRow]) -> Table {
    let heads = [
        ("w-visit", ""),
        ("field-company", ""),
        ("w-visit-day", ""),
        ("w-col-wanting", "n p2"),
        ("w-nav-prescriptions", "n p2"),
        ("w-col-state", ""),
    ];
    Table::new(desk, &heads).with(rows.iter().map(|row| {
        let count = |of: Mark| row.marks.iter().filter(|(_, mark)| *mark == of).count();
        let (fine, wanting) = (count(Mark::Fine), count(Mark::Wanting));
        let seen = match row.state {
            VisitState::Made => format!("{wanting} / {}", fine + wanting),
            _ => String::new(),
        };
        vec![
            Cell::link(href(row.no), row.title.clone()).sub(row.no.to_string()),
            Cell::link(href(row.company), row.name.clone()),
            Cell::text(row.day.to_string()),
            Cell::text(seen),
            Cell::text(row.prescriptions.to_string()),
            Cell::status(status(desk, row)),
        ]
    }))
}

/// What is asked for, and the filter that finds it.
fn wanted(desk: &Desk, query: Option<String>) -> (Asked, DeskFilter) {
    let asked = Asked::read("/visits", &VIEWS, &[], query);
    let filter = DeskFilter {
        text: Some(asked.q.clone()),
        period: asked.period,
        limit: asked.place.size,
        offset: asked.place.offset(),
        ..of_view(desk, asked.view)
    };
    (asked, filter)
}

fn of_view(desk: &Desk, view: &str) -> DeskFilter {
    let all = DeskFilter::default();
    match view {
        "late" => DeskFilter { late_on: Some(desk.today()), ..all },
        view => DeskFilter { state: VisitState::from_word(view).map(VisitState::word), ..all },
    }
}

/// `GET /visits`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (asked, filter) = wanted(desk, query);
        let found = desk.reader.visits(&filter)?;
        let mut list = List::new(desk, "/visits", "w-nav-visits", table(desk, &found.rows));
        list.lead = desk.t("w-visits-lead");
        list.acts = vec![
            Act::new(desk, asked.href("/visits.csv", None), "w-export").file(),
            Act::new(desk, "/visits/new", "w-plan-visit").first(),
        ];
        let shown = (found.rows.len(), found.total);
        asked.onto(desk, &mut list, "w-visits", shown, |view| {
            Ok(desk.reader.visit_count(&of_view(desk, view))?)
        })?;
        if desk.reader.last(Series::Visit)? == 0 {
            list.none = (desk.t("w-visits-none"), desk.t("w-visits-none-why"));
        }
        list.page(desk, Section::Visits)
    })
    .await
}

/// `GET /visits.csv`.
pub(crate) async fn csv(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (_, filter) = wanted(desk, query);
        let filter = DeskFilter { limit: EXPORT_MAX, offset: 0, ..filter };
        let mut text = String::from(sheet::csv_start());
        let heads = [
            "w-col-no",
            "field-company",
            "field-name",
            "field-title",
            "w-visit-day",
            "w-col-wanting",
            "w-nav-prescriptions",
            "w-col-state",
        ];
        sheet::csv_line(&mut text, heads.map(|key| desk.t(key)));
        for row in desk.reader.visits(&filter)?.rows {
            let wanting = row.marks.iter().filter(|(_, mark)| *mark == Mark::Wanting).count();
            let cells = [
                row.no.to_string(),
                row.company.to_string(),
                row.name.clone(),
                row.title.clone(),
                row.day.to_string(),
                wanting.to_string(),
                row.prescriptions.to_string(),
                desk.t(&format!("visit-state-{}", row.state.word())),
            ];
            sheet::csv_line(&mut text, cells);
        }
        Ok(reply::file("text/csv; charset=utf-8", "visits.csv", text.into_bytes()))
    })
    .await
}

fn entry(desk: &Desk, no: &str) -> Result<VisitRow, Problem> {
    let no = number(no, Series::Visit)?;
    desk.reader.visit(no)?.ok_or(Problem::NotFound)
}

/// `GET /visits/ZF-0001`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let list = desk.office().list_of(&row)?;
        let mut thing = Thing::new(desk, row.no, ("/visits", "w-nav-visits"), row.title.clone())?;
        thing.lead = format!("{} · {}", row.name, status(desk, &row).text);
        let at = href(row.no);
        thing.acts = match row.state {
            VisitState::Planned => vec![
                Act::new(desk, format!("{at}/cancel"), "w-cancel-visit"),
                Act::new(desk, format!("{at}/form.csv"), "w-offline-form").file(),
                Act::new(desk, format!("{at}/record"), "w-record-visit").first(),
            ],
            VisitState::Made => vec![
                Act::new(
                    desk,
                    href_with(
                        "/visits/new",
                        &[("company", &row.company.to_string()), ("after", &row.no.to_string())],
                    ),
                    "w-plan-review",
                ),
                Act::new(desk, format!("{at}/report.pdf"), "w-diagnosis-report").first().file(),
            ],
            VisitState::Cancelled => Vec::new(),
        };
        if let Some(idx) = row.made_idx {
            thing.words(desk, "field-note", sealed(desk, idx, "note")?);
            let written = desk.reader.prescriptions_of(row.no)?;
            let written = prescriptions::table(desk, &written);
            thing.table(desk, "w-nav-prescriptions", written, "w-visit-no-prescriptions");
            let heads = [("field-theme", ""), ("w-col-point", ""), ("w-col-seen", "")];
            let seen = list.points().filter_map(|(theme, point)| {
                let (_, mark) = row.marks.iter().find(|(id, _)| *id == point.id.id)?;
                Some(vec![
                    Cell::text(desk.law(&theme.name)),
                    Cell::text(desk.law(&point.ask)),
                    Cell::status(mark_status(desk, *mark)),
                ])
            });
            let seen = Table::new(desk, &heads).with(seen.collect::<Vec<_>>());
            thing.table(desk, "w-checklist", seen, "w-nothing-seen");
        }
        thing.fact_of(desk, "field-company", Some(row.company));
        thing.fact(desk, "w-visit-day", row.day.to_string());
        for expert in desk.reader.visit_experts(row.no)? {
            thing.fact_of(desk, "field-expert", Some(expert));
        }
        thing.fact(desk, "w-checklist", desk.law(&list.title));
        thing.fact_of(desk, "w-visit-request", row.request);
        thing.fact_of(desk, "w-visit-after", row.follows);
        thing.page(desk, Section::Visits)
    })
    .await
}

/// A mark with its tint.
pub(crate) fn mark_status(desk: &Desk, mark: Mark) -> Status {
    let class = match mark {
        Mark::Fine => "ok",
        Mark::Wanting => "due",
        Mark::NotApplicable | Mark::Unseen => "",
    };
    Status::new(class, desk.t(&format!("mark-{}", mark.word())))
}

/// `GET /visits/ZF-0001/form.csv`: the checklist, to be filled in without network.
pub(crate) async fn form_csv(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let text = office::visit_form(desk.office().list_of(&row)?, desk.lang());
        Ok(reply::file("text/csv; charset=utf-8", &format!("{}.csv", row.no), text.into_bytes()))
    })
    .await
}

/// `GET /visits/ZF-0001/report.pdf`.
pub(crate) async fn report(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let bytes = desk.office().diagnosis(&desk.reader, &row, desk.lang())?;
        Ok(reply::file("application/pdf", &format!("{}.pdf", row.no), bytes))
    })
    .await
}

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let lists = office::checklists()
        .iter()
        .map(|list| Choice::new(&list.id, desk.law(&list.title), input.has("checklist", &list.id)));
    let lists = lists.collect();
    let company = Number::parse(input.get("company")).ok();
    let company = company.filter(|no| no.series == Series::Company);
    let mut form = Form::new(desk, "w-plan-visit", "/visits/new".into(), "w-do-write")
        .crumb(desk, "/visits", "w-nav-visits")
        .ask(Field::text(desk, "company", "field-company", input).hint(desk, "w-company-no-hint"))
        .ask(Field::text(desk, "title", "field-title", input).hint(desk, "w-visit-title-hint"))
        .ask(Field::day(desk, "day", "w-visit-day", input));
    if let Some(company) = company {
        let experts = experts::choices(desk, company, None, input, "expert")?;
        if !experts.is_empty() {
            let field = Field::ticks(desk, "expert", "field-experts", experts, input);
            form = form.ask(field.hint(desk, "w-expert-hint").skip());
        }
    }
    form = form.ask(Field::select(desk, "checklist", "w-checklist", lists, input));
    for name in ["request", "after"] {
        if !input.get(name).is_empty() {
            form.hidden.push((name, input.get(name).to_owned()));
        }
    }
    Ok(form)
}

/// `GET /visits/new`, or with `?company=QY-0001`, `&request=SQ-0001`, `&after=ZF-0001`.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let asked = Input::parse(query.unwrap_or_default().as_bytes());
        let day = desk.today().plus_days(AHEAD_DAYS).unwrap_or(desk.today());
        let kept = |name: &'static str| (name, asked.get(name).to_owned());
        let input =
            Input::of([kept("company"), kept("request"), kept("after"), ("day", day.to_string())]);
        make(desk, &input)?.page(desk, Section::Visits, &input, &Errors::new())
    })
    .await
}

/// `POST /visits/new`.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Visits, &posted, make, |r| {
            let company = r.must_number("company", Series::Company);
            let title = r.must_text("title", "field-title");
            let day = r.must_day("day");
            let request = r.number("request", Series::Request);
            let follows = r.number("after", Series::Visit);
            let experts: Vec<Number> =
                r.input.all("expert").filter_map(|no| Number::parse(no).ok()).collect();
            let (Some(company), Some(day), true) = (company, day, r.is_right()) else {
                return Ok(None);
            };
            let checklist = r.input.get("checklist").to_owned();
            let plan = PlanVisit { company, day, title, experts, checklist, request, follows };
            let receipt = desk.office().plan_visit(&r.ask(), plan)?;
            Ok(Some((receipt.number.map_or_else(|| "/visits".into(), href), receipt)))
        })
    })
    .await
}

fn make_cancel(desk: &Desk, no: Number, input: &Input) -> Form {
    Form::new(desk, "w-cancel-visit", format!("{}/cancel", href(no)), "w-cancel-visit")
        .crumb(desk, "/visits", "w-nav-visits")
        .about(desk, no)
        .danger()
        .ask(Field::text(desk, "why", "field-why", input).hint(desk, "w-why-hint"))
}

/// `GET /visits/ZF-0001/cancel`.
pub(crate) async fn cancel(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = entry(desk, &no)?.no;
        let input = Input::default();
        make_cancel(desk, no, &input).page(desk, Section::Visits, &input, &Errors::new())
    })
    .await
}

/// `POST /visits/ZF-0001/cancel`.
pub(crate) async fn send_cancel(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = entry(desk, &no)?.no;
        submit(
            desk,
            Section::Visits,
            &posted,
            |desk, input| Ok(make_cancel(desk, no, input)),
            |r| {
                let why = r.must_text("why", "field-why");
                if !r.is_right() {
                    return Ok(None);
                }
                Ok(Some((href(no), desk.office().cancel_visit(&r.ask(), no, why)?)))
            },
        )
    })
    .await
}
