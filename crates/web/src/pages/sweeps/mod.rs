//! 清查: which sweeps were done, and one of them with what it found.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Series;
use office::Trouble;
use store::read::SweepRow;

use super::entry::Proof;
use super::number;
use crate::desk::{App, Desk, at_desk, href};
use crate::problem::Problem;
use crate::reply;
use crate::report::ReportView;
use crate::shell::{Section, Shell, thousands};
use crate::show::Status;
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/sweeps/page.html")]
struct Page {
    s: Shell,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    no: String,
    what: String,
    at: String,
    files: String,
    secrets: String,
    status: Status,
}

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
        let rows = desk.reader.sweeps()?.into_iter().map(|row| Row {
            href: href(row.no),
            no: row.no.to_string(),
            what: row.what.clone(),
            at: desk.minute(row.at),
            files: thousands(row.files),
            secrets: desk.names(&row.secrets),
            status: status(desk, &row),
        });
        let rows = rows.collect();
        reply::html(&Page { s: desk.shell(Section::Sweeps)?, rows })
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
