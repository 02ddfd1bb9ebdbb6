//! One entry of the directory: what is known of it, what it was given, and its timeline.

pub(crate) mod change;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::terms::Action;
use domain::{Number, Series};
use store::read::{CompanyRow, DeskFilter, EngagementFilter, RecognitionFilter, WarningFilter};

use super::exchange::profile::Filed;
use super::services::Line as ServiceLine;
use super::{
    companies, engagements, exchange, number, prescriptions, recognitions, requests, visits,
    warnings,
};
use crate::describe::Line;
use crate::desk::{App, Desk, at_desk};
use crate::list::Table;
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::{self, Link};
use crate::visitor::Member;

/// Services shown, the newest first.
const SERVICES_SHOWN: u32 = 100;
/// Requests, visits and prescriptions shown of each, what is not over first.
const DESK_SHOWN: u32 = 50;

#[derive(Template)]
#[template(path = "pages/company/page.html")]
struct Page {
    s: Shell,
    no: String,
    name: String,
    lead: String,
    merged: Option<Link>,
    facts: Vec<(String, String)>,
    contact: String,
    filed: Vec<Filed>,
    /// Where it stands that what it filed was forgotten.
    forgotten: Vec<u64>,
    services: Vec<ServiceLine>,
    /// What lies on the workstation's desk about it, each with its title.
    desks: Vec<(String, Table)>,
    lines: Vec<Line>,
}

/// An entry of the directory, or the page that there is none.
fn entry(desk: &Desk, no: &str) -> Result<(Number, CompanyRow), Problem> {
    let no = number(no, Series::Company)?;
    Ok((no, desk.reader.company(no)?.ok_or(Problem::NotFound)?))
}

/// Whom to talk to; blank when nobody was named.
fn contact(desk: &Desk, row: &CompanyRow) -> Result<String, Problem> {
    let Some(idx) = row.contact_idx else { return Ok(String::new()) };
    let contact = desk.office().field(&desk.reader, idx, "contact", None)?;
    Ok(contact.text().unwrap_or_default().to_owned())
}

/// What it asked, where it was visited, what was prescribed; what there is none of is left out.
fn desks(desk: &Desk, no: Number) -> Result<Vec<(String, Table)>, Problem> {
    let filter = DeskFilter { company: Some(no), limit: DESK_SHOWN, ..DeskFilter::default() };
    let recognised =
        RecognitionFilter { company: Some(no), limit: DESK_SHOWN, ..RecognitionFilter::default() };
    let tables = [
        (
            "w-nav-prescriptions",
            prescriptions::table(desk, &desk.reader.prescriptions(&filter)?.rows),
        ),
        ("w-nav-requests", requests::table(desk, &desk.reader.requests(&filter)?.rows)),
        ("w-nav-visits", visits::table(desk, &desk.reader.visits(&filter)?.rows)),
        (
            "w-nav-recognitions",
            recognitions::table(desk, &desk.reader.recognitions(&recognised)?.rows),
        ),
        ("w-nav-warnings", of_warnings(desk, no)?),
        ("w-nav-engagements", of_engagements(desk, no)?),
    ];
    let said = tables.into_iter().filter(|(_, table)| !table.rows.is_empty());
    Ok(said.map(|(title, table)| (desk.t(title), table)).collect())
}

/// Firms engaged for it, for who may see them.
fn of_engagements(desk: &Desk, no: Number) -> Result<Table, Problem> {
    let filter =
        EngagementFilter { company: Some(no), limit: DESK_SHOWN, ..EngagementFilter::default() };
    let found = match desk.may(Action::SeeBodies) {
        true => desk.reader.engagements(&filter)?.rows,
        false => Vec::new(),
    };
    Ok(engagements::table(desk, &found))
}

/// Alerts about it, for who may see them.
fn of_warnings(desk: &Desk, no: Number) -> Result<Table, Problem> {
    let filter = WarningFilter { company: Some(no), limit: DESK_SHOWN, ..WarningFilter::default() };
    let found = match desk.may(Action::SeeWarnings) {
        true => desk.reader.warnings(&filter)?.rows,
        false => Vec::new(),
    };
    warnings::table(desk, &found)
}

/// `GET /companies/QY-0001`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (no, row) = entry(desk, &no)?;
        let mut lines = desk.lines(&desk.reader.timeline(no)?, Some(no));
        lines.reverse();
        let services = desk.reader.services(Some(no), 0, SERVICES_SHOWN)?;
        let or_nothing = |value: &Option<String>| value.clone().unwrap_or_else(show::nothing);
        let tags = office::tags_words(desk.lang(), &row.tags);
        let page = Page {
            no: no.to_string(),
            name: row.name.clone(),
            lead: match row.last_service {
                Some(day) => desk.tr(
                    "w-company-lead",
                    &[("n", &row.services.to_string()), ("day", &day.to_string())],
                ),
                None => desk.t("company-never-served"),
            },
            merged: row.merged_into.map(|into| desk.link(into)),
            facts: vec![
                (desk.t("field-kind"), desk.t(&format!("company-{}", row.kind.word()))),
                (desk.t("field-code"), or_nothing(&row.code.map(|code| code.to_string()))),
                (desk.t("field-tags"), if tags.is_empty() { show::nothing() } else { tags }),
                (desk.t("field-field"), or_nothing(&row.field)),
                (desk.t("w-company-place"), companies::place(desk, &row)),
            ],
            contact: contact(desk, &row)?,
            filed: exchange::profile::filed(desk, no)?,
            forgotten: desk.reader.profiles_forgotten(no)?,
            services: services.iter().map(|row| ServiceLine::of(desk, row)).collect(),
            desks: desks(desk, no)?,
            lines,
            s: desk.shell(Section::Companies)?,
        };
        reply::html(&page)
    })
    .await
}
