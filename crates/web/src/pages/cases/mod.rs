//! 案件: cases on their procedures: what waits until when, what may be done next, what is in the file.

mod against;
mod documents;
mod due;
mod figures;
mod one;
mod wishes;

use axum::extract::{RawQuery, State};
use axum::response::Response;
use catalog::{Clock, Standing};
use domain::{Period, Series};
use store::read::{CaseFilter, CaseRow};
use words::law as words_of;

pub(crate) use against::{against, send_against};
pub(crate) use documents::{bundle, document, documents, print, send_document};
pub(crate) use due::{csv as due_csv, show as due};
pub(crate) use figures::{
    figures, reckon, reckon_page, reckonings_page, send_reckon, send_reckoning,
};
pub(crate) use one::{paper, show as one, standard};
pub(crate) use wishes::{
    assign, file, form, send, send_assign, send_file, send_step, send_unfile, send_unstep, step,
    unfile, unstep,
};

use crate::desk::{App, Desk, at_desk, href};
use crate::form::Choice;
use crate::input::Input;
use crate::law::catalog;
use crate::list::{Act, Cell, List, Select, Table, out_of};
use crate::problem::Problem;
use crate::shell::{Section, thousands};
use crate::show::{Chip, Place, Status, query as href_with};
use crate::visitor::Member;

/// Saved views: the word in the URL, and what it says of the end.
const VIEWS: [(&str, Option<bool>); 3] = [("", Some(false)), ("ended", Some(true)), ("all", None)];

/// The name of a case's procedure; its word in the data when this program lacks it.
pub(crate) fn procedure_name(desk: &Desk, row: &CaseRow) -> String {
    let known = catalog().version(&row.procedure, row.version);
    known.map_or_else(|| row.procedure.clone(), |known| desk.law(&known.title))
}

/// The name of the state of its main track.
pub(crate) fn state_name(desk: &Desk, row: &CaseRow) -> String {
    let known = catalog().version(&row.procedure, row.version);
    let state = known.and_then(|known| known.state(&row.state));
    state.map_or_else(|| row.state.clone(), |state| desk.law(&state.name))
}

/// How a clock stands, in words and colour.
pub(crate) fn standing(desk: &Desk, standing: Standing) -> Status {
    let class = match standing {
        Standing::Late | Standing::Lapsed => "bad",
        Standing::Running => "due",
        Standing::Met | Standing::Over => "ok",
        Standing::MetLate | Standing::Paused => "part",
        Standing::Expired | Standing::Void | Standing::Moot => "",
    };
    Status::new(class, desk.t(&format!("law-standing-{}", standing.key())))
}

/// The end of a clock, or that it stands still.
pub(crate) fn end_of(desk: &Desk, clock: &Clock<'_>) -> String {
    clock.end.map_or_else(|| desk.t("law-standing-paused"), |end| words_of::end(desk.lang(), end))
}

/// The clock of a case that comes first.
fn next_clock(desk: &Desk, row: &CaseRow) -> Result<Cell, Problem> {
    let opened = desk.office().opened_case(&desk.reader, row.no)?;
    let clocks = opened.clocks(desk.office().local_now()?);
    let waits = |clock: &&Clock<'_>| {
        matches!(clock.standing, Standing::Running | Standing::Late | Standing::Lapsed)
    };
    Ok(clocks.iter().find(waits).map_or_else(Cell::default, |clock| {
        let mut cell = Cell::text(end_of(desk, clock)).sub(desk.law(&clock.deadline.name));
        cell.status = (clock.standing != Standing::Running).then(|| standing(desk, clock.standing));
        cell
    }))
}

/// Cases as a table.
pub(crate) fn table(desk: &Desk, rows: &[CaseRow]) -> Result<Table, Problem> {
    let heads = [
        ("field-title", ""),
        ("field-company", "p2"),
        ("w-col-procedure", "p2"),
        ("w-col-state", ""),
        ("w-col-next-end", ""),
        ("field-unit", "p2"),
    ];
    let mut table = Table::new(desk, &heads);
    for row in rows {
        let company = match (row.company, &row.name) {
            (Some(no), Some(name)) => Cell::link(href(no), name.clone()),
            _ => Cell::default(),
        };
        let state = if row.ended.is_some() { "done" } else { "part" };
        table.rows.push(vec![
            Cell::link(href(row.no), row.title.clone()).sub(row.no.to_string()),
            company,
            Cell::text(procedure_name(desk, row)),
            Cell::status(Status::new(state, state_name(desk, row))),
            next_clock(desk, row)?,
            Cell::text(row.unit.clone().unwrap_or_default()),
        ]);
    }
    Ok(table)
}

/// The procedures there are, each once.
pub(crate) fn procedures(desk: &Desk) -> Vec<(&'static str, String)> {
    let mut seen: Vec<(&'static str, String)> = Vec::new();
    for row in catalog().procedures() {
        if seen.iter().all(|(id, _)| *id != row.id) {
            seen.push((&row.id, desk.law(&row.title)));
        }
    }
    seen
}

/// `GET /cases`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let (view, ended) =
            VIEWS.into_iter().find(|(view, _)| *view == input.get("view")).unwrap_or(VIEWS[0]);
        let q: String = input.get("q").chars().take(100).collect();
        let known = procedures(desk);
        let procedure = known.iter().map(|(id, _)| *id).find(|id| *id == input.get("procedure"));
        let place = Place::read(&input);
        let state: String = input.get("state").chars().take(100).collect();
        let period = Period::parse(input.get("period"));
        let period_word = period.map(|period| period.to_string()).unwrap_or_default();
        let filter = CaseFilter {
            text: Some(q.clone()),
            procedure: procedure.map(str::to_owned),
            state: Some(state.clone()).filter(|state| !state.is_empty()),
            period,
            ended,
            limit: place.size,
            offset: place.offset(),
            ..CaseFilter::default()
        };
        let found = desk.reader.cases(&filter)?;
        let mut list = List::new(desk, "/cases", "w-nav-cases", table(desk, &found.rows)?);
        list.lead = desk.t("w-cases-lead");
        list.acts = vec![
            Act::new(desk, "/cases/due", "w-due-clocks"),
            Act::new(desk, "/cases/new", "w-open-case").first(),
        ];
        for (name, ended) in VIEWS {
            let count =
                desk.reader.cases(&CaseFilter { ended, limit: 1, ..CaseFilter::default() })?;
            let key = if name.is_empty() { "open" } else { name };
            list.chips.push(Chip {
                href: href_with("/cases", &[("view", name)]),
                label: desk.t(&format!("w-cases-{key}")),
                count: thousands(count.total),
                current: view == name,
            });
        }
        for (name, value) in [("view", view), ("state", &*state), ("period", &*period_word)] {
            if !value.is_empty() {
                list.hidden.push((name, value.to_owned()));
            }
        }
        list.chips.extend(period.map(|period| out_of(desk, period, "/cases")));
        if !state.is_empty() {
            let pairs = [("procedure", procedure.unwrap_or_default()), ("view", view)];
            let name = procedure.map_or_else(
                || state.clone(),
                |procedure| office::state_words(desk.lang(), procedure, &state),
            );
            list.chips.push(Chip {
                href: href_with("/cases", &pairs),
                label: desk.tr("w-only-state", &[("name", &name)]),
                count: String::new(),
                current: false,
            });
        }
        list.text = Some(q.clone());
        let on = procedure.unwrap_or_default();
        let mut choices = vec![Choice::new("", desk.t("w-any"), on.is_empty())];
        choices.extend(known.iter().map(|(id, name)| Choice::new(id, name.clone(), *id == on)));
        list.selects =
            vec![Select { name: "procedure", label: desk.t("w-col-procedure"), choices }];
        list.pager = Some(place.pager(
            desk,
            ("w-list-caption", ""),
            (found.rows.len(), found.total),
            |place| {
                let [page, size] = place.words();
                let pairs = [
                    ("view", view),
                    ("q", &*q),
                    ("procedure", on),
                    ("state", &*state),
                    ("period", &*period_word),
                    ("page", &*page),
                    ("size", &*size),
                ];
                href_with("/cases", &pairs)
            },
        ));
        if desk.reader.last(Series::Case)? == 0 {
            list.none = (desk.t("w-cases-none"), desk.t("w-cases-none-why"));
        }
        list.page(desk, Section::Cases)
    })
    .await
}

impl Desk {
    /// The name of a step of a case.
    pub(crate) fn case_step(&self, case: domain::Number, step: &str) -> String {
        let row = self.reader.case(case).ok().flatten();
        let known = row.and_then(|row| catalog().version(&row.procedure, row.version));
        known
            .and_then(|known| known.step(step))
            .map_or_else(|| step.to_owned(), |step| self.law(&step.name))
    }

    /// The name of a way of counting loss or gain.
    pub(crate) fn way_of_counting(&self, sheet: &str, method: &str) -> String {
        let known = catalog().worksheets().iter().find(|known| known.id == sheet);
        let known = known.and_then(|known| known.method(method));
        known.map_or_else(|| method.to_owned(), |method| self.law(&method.name))
    }

    /// The name of something in a case's file.
    pub(crate) fn case_item(&self, case: domain::Number, item: &str) -> String {
        let row = self.reader.case(case).ok().flatten();
        let known = row.and_then(|row| catalog().version(&row.procedure, row.version));
        known.map_or_else(|| item.to_owned(), |known| one::item_name(self, known, item))
    }
}
