//! One partner: agreements, what is out with them, papers.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Series;
use store::read::AgreementRow;

use super::disclosure::{self, Row as DisclosureLine};
use super::number;
use super::papers::{self, Paper};
use crate::describe::Line;
use crate::desk::{App, Desk, at_desk, href};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::Status;
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/partner/page.html")]
struct Page {
    s: Shell,
    no: String,
    name: String,
    lead: String,
    contact: String,
    warning: String,
    agreements: Vec<Agreement>,
    disclosures: Vec<DisclosureLine>,
    papers: Vec<Paper>,
    lines: Vec<Line>,
}

/// An agreement in a table.
pub(crate) struct Agreement {
    pub(crate) href: String,
    pub(crate) no: String,
    pub(crate) title: String,
    pub(crate) period: String,
    pub(crate) papers: String,
    pub(crate) status: Status,
}

impl Agreement {
    pub(crate) fn of(desk: &Desk, row: &AgreementRow) -> Self {
        let today = desk.today();
        let status = match row.until {
            Some(until) if until < today => Status::new("", desk.t("w-agreement-ended")),
            Some(until) if today.days_to(until) <= 30 => desk.due(until),
            _ if row.from.is_some_and(|from| from > today) => {
                Status::new("part", desk.t("w-agreement-later"))
            }
            _ => Status::new("ok", desk.t("w-agreement-holds")),
        };
        Self {
            href: href(row.no),
            no: row.no.to_string(),
            title: row.title.clone(),
            period: desk.period(row.from, row.until),
            papers: desk.n("w-papers-count", row.papers),
            status,
        }
    }
}

/// `GET /partners/HZ-0001`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Partner)?;
        let partner = desk.reader.partner(no)?.ok_or(Problem::NotFound)?;
        let agreements = desk.reader.agreements(Some(no))?;
        let disclosures = desk.reader.disclosures_to_partner(no)?;
        let today = desk.today();
        let in_force = agreements.iter().any(|row| row.until.is_none_or(|until| today <= until));
        let warning = match (partner.open_disclosures, in_force) {
            (n, false) if n > 0 => desk.n("w-partner-uncovered", n),
            _ => String::new(),
        };
        let mut lines = desk.lines(&desk.reader.timeline(no)?, Some(no));
        lines.reverse();
        let relation = desk.t(&format!("relation-{}", partner.relation.word()));
        let contact = desk.office().field(&desk.reader, partner.idx, "contact", None)?;
        let page = Page {
            no: no.to_string(),
            name: partner.name.clone(),
            lead: match &partner.code {
                Some(code) => format!("{relation} · {code}"),
                None => relation,
            },
            contact: contact.text().unwrap_or_default().to_owned(),
            warning,
            agreements: agreements.iter().map(|row| Agreement::of(desk, row)).collect(),
            disclosures: disclosures.iter().map(|row| disclosure::of_partner(desk, row)).collect(),
            papers: papers::of(desk, no)?,
            lines,
            s: desk.shell(Section::Partners)?,
        };
        reply::html(&page)
    })
    .await
}
