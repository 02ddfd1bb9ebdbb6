//! The options board, a door, the go/no-go sheet and the moot court: looked at, and printed after a
//! warning. The last two are never recorded.

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::Series;
use domain::terms::Action;
use office::{Brief, BriefCell};
use store::read::IncidentRow;

use super::wishes::frame;
use super::{conduct, entry};
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form};
use crate::input::{Errors, Input, Posted};
use crate::list::{Act, Cell, Table};
use crate::problem::Problem;
use crate::reply;
use crate::shell::Section;
use crate::show::{Status, query as href_with};
use crate::thing::Thing;
use crate::visitor::Member;

fn cell(cell: &BriefCell) -> Cell {
    let status = cell.state.as_ref().map(|(class, words)| Status::new(class, words.clone()));
    // What leads on is the small line where the cell says nothing itself.
    let href = if cell.text.is_empty() { String::new() } else { cell.href.clone() };
    Cell { text: cell.text.clone(), href, sub: cell.sub.clone(), status }
}

fn page(
    desk: &Desk,
    row: &IncidentRow,
    sheet: Brief,
    (back, label): (String, &str),
    acts: Vec<Act>,
) -> Result<Response, Problem> {
    let mut thing = Thing::below(desk, row.no, (&back, label), sheet.title);
    thing.lead = sheet.lead;
    thing.acts = acts;
    thing.notes = sheet.notes;
    for table in sheet.tables {
        let heads: Vec<_> = table.heads.iter().map(|(key, class, _)| (*key, *class)).collect();
        let rows = table.rows.iter().map(|row| row.iter().map(cell).collect());
        thing.table_called(table.title, Table::new(desk, &heads).with(rows));
    }
    thing.fact(desk, "field-conduct", conduct(desk, row));
    for no in row.secrets.iter().chain(&row.persons).chain(&row.partners) {
        let label = if no.series == Series::Secret { "w-secret" } else { "w-suspect" };
        thing.fact_of(desk, label, Some(*no));
    }
    thing.fact(desk, "field-act", desk.period(Some(row.from), Some(row.until)));
    thing.fact(desk, "field-noticed", row.noticed.to_string());
    thing.page(desk, Section::Incidents)
}

fn pdf(desk: &Desk, row: &IncidentRow, sheet: &Brief, name: &str) -> Result<Response, Problem> {
    let bytes = desk.office().sheet_pdf(&desk.reader, row, sheet, desk.lang())?;
    Ok(reply::file("application/pdf", &format!("{}-{name}.pdf", row.no), bytes))
}

/// `GET /incidents/SJ-0001/doors`.
pub(crate) async fn board(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let sheet = desk.office().options_board(&desk.reader, &row, desk.lang())?;
        let at = href(row.no);
        let mut acts = vec![
            Act::new(desk, format!("{at}/doors.pdf"), "w-print-pdf").file(),
            Act::new(desk, format!("{at}/figures"), "w-figures"),
        ];
        if desk.may(Action::KeepIncidents) {
            acts.push(Act::new(desk, format!("{at}/moot"), "w-incident-moot").first());
        }
        page(desk, &row, sheet, (at, "w-to-incident"), acts)
    })
    .await
}

/// `GET /incidents/SJ-0001/doors.pdf`.
pub(crate) async fn board_pdf(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let sheet = desk.office().options_board(&desk.reader, &row, desk.lang())?;
        pdf(desk, &row, &sheet, "options")
    })
    .await
}

fn door_sheet(desk: &Desk, row: &IncidentRow, route: &str) -> Result<Brief, Problem> {
    let sheet = desk.office().door_sheet(&desk.reader, row, route, desk.lang())?;
    sheet.ok_or(Problem::NotFound)
}

/// `GET /incidents/SJ-0001/doors/civil`.
pub(crate) async fn door(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, route)): Path<(String, String)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let sheet = door_sheet(desk, &row, &route)?;
        let at = format!("{}/doors", href(row.no));
        let mut acts =
            vec![Act::new(desk, format!("{at}/{route}/print.pdf"), "w-print-pdf").file()];
        if desk.may(Action::KeepIncidents) {
            acts.push(Act::new(desk, format!("{at}/{route}/sheet"), "w-incident-go").first());
        }
        page(desk, &row, sheet, (at, "w-incident-options"), acts)
    })
    .await
}

/// `GET /incidents/SJ-0001/doors/civil/print.pdf`.
pub(crate) async fn door_pdf(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, route)): Path<(String, String)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let sheet = door_sheet(desk, &row, &route)?;
        pdf(desk, &row, &sheet, &route)
    })
    .await
}

fn go_sheet(desk: &Desk, row: &IncidentRow, route: &str) -> Result<Brief, Problem> {
    let sheet = desk.office().go_sheet(&desk.reader, row, route, desk.lang())?;
    sheet.ok_or(Problem::NotFound)
}

/// `GET /incidents/SJ-0001/doors/civil/sheet`.
pub(crate) async fn sheet(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, route)): Path<(String, String)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let sheet = go_sheet(desk, &row, &route)?;
        let print = href_with(&format!("{}/print", href(row.no)), &[("of", &route)]);
        let acts = vec![Act::new(desk, print, "w-print-pdf")];
        let back = format!("{}/doors/{route}", href(row.no));
        page(desk, &row, sheet, (back, "w-to-door"), acts)
    })
    .await
}

/// `GET /incidents/SJ-0001/moot`.
pub(crate) async fn moot(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let sheet = desk.office().moot_sheet(&desk.reader, &row, desk.lang())?;
        let print = href_with(&format!("{}/print", href(row.no)), &[("of", "moot")]);
        let acts = vec![Act::new(desk, print, "w-print-pdf")];
        page(desk, &row, sheet, (href(row.no), "w-to-incident"), acts)
    })
    .await
}

fn warning(desk: &Desk, row: &IncidentRow, input: &Input) -> Result<Form, Problem> {
    let know = vec![Choice::new("1", desk.t("w-know-production"), false)];
    let mut form = frame(desk, row.no, "print", "w-print-warning")
        .lead(desk.t("w-print-warning-lead"))
        .ask(Field::ticks(desk, "know", "w-print-know", know, input));
    form.submit = desk.t("w-print-pdf");
    form.danger = true;
    form.hidden.push(("of", input.get("of").to_owned()));
    Ok(form)
}

/// `GET /incidents/SJ-0001/print?of=moot`, or of a route: the warning.
pub(crate) async fn print(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        warning(desk, &row, &input)?.page(desk, Section::Incidents, &input, &Errors::new())
    })
    .await
}

/// `POST /incidents/SJ-0001/print`: the file. Nothing is recorded.
pub(crate) async fn send_print(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let row = entry(desk, &no)?;
        let input = &posted.input;
        if !input.has("know", "1") {
            let errors = vec![("know".to_owned(), desk.t("w-know-first"))];
            return warning(desk, &row, input)?.page(desk, Section::Incidents, input, &errors);
        }
        let of = input.get("of");
        let sheet = match of {
            "" | "moot" => desk.office().moot_sheet(&desk.reader, &row, desk.lang())?,
            route => go_sheet(desk, &row, route)?,
        };
        pdf(desk, &row, &sheet, if of.is_empty() { "moot" } else { of })
    })
    .await
}
