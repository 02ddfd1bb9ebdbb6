//! 清查: which sweeps were done, and one of them with what it found.

pub(crate) mod run;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Series;
use domain::terms::Action;
use office::Trouble;
use store::read::SweepRow;

use super::entry::Proof;
use super::number;
use crate::desk::{App, Desk, at_desk, href};
use crate::input::Posted;
use crate::list::{Act, Cell, List, Table};
use crate::problem::Problem;
use crate::reply;
use crate::report::ReportView;
use crate::shell::{Section, Shell, thousands};
use crate::show::Status;
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/sweeps/one.html")]
struct One {
    s: Shell,
    no: String,
    what: String,
    at: String,
    status: Status,
    report: Option<ReportView>,
    missing: String,
    proof: Proof,
}

/// `GET /sweeps`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let heads = [
            ("w-col-no", ""),
            ("w-sweep-what", ""),
            ("w-sweep-result", ""),
            ("w-nav-secrets", "p2"),
            ("match-figure-files", "n p2"),
            ("w-sweep-at", "p2"),
        ];
        let rows = desk.reader.sweeps()?;
        let table = Table::new(desk, &heads).with(rows.iter().map(|row| {
            vec![
                Cell::link(href(row.no), row.no.to_string()),
                Cell::text(row.what.clone()),
                Cell::status(status(desk, row)),
                Cell::text(desk.names(&row.secrets)),
                Cell::text(thousands(row.files)),
                Cell::text(desk.minute(row.at)),
            ]
        }));
        let mut list = List::new(desk, "/sweeps", "w-nav-sweeps", table);
        list.lead = desk.t("w-sweeps-lead");
        list.none = (desk.t("w-sweeps-empty"), desk.t("w-sweeps-empty-why"));
        list.acts.push(Act::new(desk, "/releases", "w-nav-releases"));
        if desk.may(Action::KeepMatches) {
            list.acts.push(Act::new(desk, "/sweeps/new", "w-sweep-new").first());
        }
        list.above.extend(desk.app.sweeps.table(desk, &run::WORDS));
        list.page(desk, Section::Sweeps)
    })
    .await
}

/// `POST /sweeps/QC-0001/report`: the report as a file, as far as the page shows it too.
pub(crate) async fn report(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Sweep)?;
        let row = desk.reader.sweep(no)?.ok_or(Problem::NotFound)?;
        let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
        let office = desk.office();
        let mut report = office.kept_report(no, (row.idx, &row.report), unlocked)?;
        // Passages themselves are content; the page does not show them either.
        let founds = report.hits.iter_mut().flat_map(|hit| &mut hit.found);
        founds.flat_map(|found| &mut found.places).for_each(|place| place.excerpt = None);
        let paper = office.sweep_paper(desk.lang(), &report)?;
        Ok(reply::file("application/pdf", &format!("{no}.pdf"), office.paper_pdf(&paper)?))
    })
    .await
}

fn status(desk: &Desk, row: &SweepRow) -> Status {
    match (row.partial, row.hits) {
        (_, hits) if hits > 0 => Status::new("bad", desk.n("w-sweep-found", hits)),
        (true, _) => Status::new("part", desk.t("w-sweep-partial")),
        (false, _) if row.faults > 0 => Status::new("due", desk.n("w-sweep-faults", row.faults)),
        (false, _) => Status::new("ok", desk.t("w-sweep-clean")),
    }
}

/// `GET /sweeps/QC-0001`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Sweep)?;
        let row = desk.reader.sweep(no)?.ok_or(Problem::NotFound)?;
        let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
        let kept = desk.office().kept_report(no, (row.idx, &row.report), unlocked);
        let (report, missing) = kept_view(desk, kept, ReportView::closed)?;
        let page = One {
            no: no.to_string(),
            what: row.what.clone(),
            at: desk.second(row.at),
            status: status(desk, &row),
            report,
            missing,
            proof: Proof::of(desk, row.idx)?,
            s: desk.shell(Section::Sweeps)?,
        };
        reply::html(&page)
    })
    .await
}

/// A report in words, or why it can't be shown.
pub(super) fn kept_view(
    desk: &Desk,
    kept: Result<office::matching::Report, Trouble>,
    view: fn(words::Lang, &office::matching::Report) -> ReportView,
) -> Result<(Option<ReportView>, String), Problem> {
    match kept {
        Ok(report) => Ok((Some(view(desk.lang(), &report)), String::new())),
        Err(Trouble::Erased) => Ok((None, desk.t("w-report-gone"))),
        Err(Trouble::NotAsRecorded(_)) => Ok((None, desk.t("w-report-other"))),
        Err(trouble) => Err(trouble.into()),
    }
}
