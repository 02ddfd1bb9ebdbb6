//! 盲比: which there are, one of them, and the files that go to the other side.

pub(crate) mod make;

use axum::extract::{Path, State};
use axum::response::Response;
use domain::Series;
use domain::terms::Action;
use office::matching::{BlindReport, blind_part, blind_sums};
use office::{Say, Trouble};
use store::read::BlindRow;

use super::number;
use crate::desk::{App, Desk, at_desk, href};
use crate::list::{Act, Cell, List, Table};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, thousands};
use crate::show::{self, Status};
use crate::thing::Thing;
use crate::visitor::Member;

fn status(desk: &Desk, row: &BlindRow) -> Status {
    match (row.ended, row.faults) {
        (Some(_), _) => Status::new("ok", desk.t("w-blind-done")),
        (None, 0) => Status::new("due", desk.t("w-blind-waiting")),
        (None, faults) => Status::new("bad", desk.n("w-blind-faulty", faults)),
    }
}

fn found(row: &BlindRow) -> String {
    row.found.map_or_else(show::nothing, |found| {
        format!("{} / {}", thousands(found), thousands(row.own))
    })
}

/// `GET /blind`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let heads = [
            ("w-col-no", ""),
            ("w-blind-secrets", ""),
            ("w-blind-state", ""),
            ("w-blind-found", "n"),
            ("blind-col-side", "p2"),
            ("w-blind-partner", "p2"),
            ("w-pubcheck-at", "p2"),
        ];
        let table = Table::new(desk, &heads).with(desk.reader.blinds()?.iter().map(|row| {
            vec![
                Cell::link(href(row.no), row.no.to_string()),
                Cell::text(desk.names(&row.secrets)),
                Cell::status(status(desk, row)),
                Cell::text(found(row)),
                Cell::text(desk.t(&format!("blind-side-{}", row.side.word()))),
                Cell::text(row.partner.map_or_else(show::nothing, |no| desk.name(no))),
                Cell::text(desk.minute(row.at)),
            ]
        }));
        let mut list = List::new(desk, "/blind", "w-nav-blind", table);
        list.lead = desk.t("w-blind-lead");
        list.none = (desk.t("w-blind-empty"), desk.t("w-blind-empty-why"));
        list.acts.push(Act::new(desk, "/comparisons", "w-nav-comparisons"));
        if desk.may(Action::KeepMatches) {
            list.acts.push(Act::new(desk, "/blind/answer", "w-blind-answer"));
            list.acts.push(Act::new(desk, "/blind/new", "w-blind-new").first());
        }
        list.page(desk, Section::Comparisons)
    })
    .await
}

fn row(desk: &Desk, no: &str) -> Result<BlindRow, Problem> {
    desk.reader.blind(number(no, Series::Blind)?)?.ok_or(Problem::NotFound)
}

fn kept(desk: &Desk, row: &BlindRow) -> Result<BlindReport, Trouble> {
    let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
    desk.office().kept_blind(row, unlocked)
}

/// `GET /blind/MB-0001`: places and figures; there is no content to show.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = row(desk, &no)?;
        let title = match row.secrets.is_empty() {
            true => desk.t("w-nav-blind"),
            false => desk.names(&row.secrets),
        };
        let mut thing = Thing::new(desk, row.no, ("/blind", "w-nav-blind"), title)?;
        thing.lead = status(desk, &row).text;
        let at = href(row.no);
        thing.acts.push(Act::new(desk, format!("{at}/message"), "w-blind-send").file());
        if row.ended.is_none() {
            thing.acts.push(Act::new(desk, format!("{at}/take"), "w-blind-take").first());
        } else {
            thing.acts.push(Act::new(desk, format!("{at}/report.pdf"), "w-print-pdf").file());
        }
        thing.fact(desk, "blind-col-side", desk.t(&format!("blind-side-{}", row.side.word())));
        thing.fact_of(desk, "w-blind-partner", row.partner);
        thing.fact(desk, "w-blind-own", thousands(row.own));
        thing.fact(desk, "w-blind-theirs", row.theirs.map(thousands).unwrap_or_default());
        let messages = ["blind-message-offer", "blind-message-answer", "blind-message-reply"];
        for (label, digest) in messages.iter().zip(&row.messages) {
            thing.fact(desk, label, digest.clone());
        }
        if row.ended.is_some() {
            match kept(desk, &row) {
                Ok(report) => result(desk, &mut thing, &report),
                Err(Trouble::Erased) => thing.notes.push(("due", desk.t("w-report-gone"))),
                Err(Trouble::NotAsRecorded(_)) => {
                    thing.notes.push(("bad", desk.t("w-report-other")));
                }
                Err(trouble) => return Err(trouble.into()),
            }
        }
        thing.page(desk, Section::Comparisons)
    })
    .await
}

fn result(desk: &Desk, thing: &mut Thing, report: &BlindReport) {
    let say = Say { lang: desk.lang(), zone_minutes: desk.office().zone_minutes() };
    thing.words(desk, "w-blind-figures", blind_sums(say, report));
    let heads = [("w-blind-part", ""), ("w-blind-found", ""), ("w-blind-lines", "")];
    let table = Table::new(desk, &heads).with(report.parts.iter().map(|part| {
        let [name, found, lines] = blind_part(say, part);
        vec![Cell::text(name), Cell::text(found), Cell::text(lines)]
    }));
    thing.table(desk, "w-blind-found", table, "w-blind-empty");
    thing.words(desk, "blind-head-method", desk.t("blind-honest"));
}

/// `GET /blind/MB-0001/message`: the file that goes to the other side.
pub(crate) async fn message(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (name, bytes) = desk.office().blind_message(number(&no, Series::Blind)?)?;
        Ok(reply::file("application/octet-stream", &name, bytes))
    })
    .await
}

/// `GET /blind/MB-0001/report.pdf`.
pub(crate) async fn report(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = row(desk, &no)?;
        if row.ended.is_none() {
            return Err(Problem::NotFound);
        }
        let office = desk.office();
        let paper = office.blind_paper(desk.lang(), &kept(desk, &row)?)?;
        let pdf = office.paper_pdf(&paper)?;
        Ok(reply::file("application/pdf", &format!("{}.pdf", row.no), pdf))
    })
    .await
}
