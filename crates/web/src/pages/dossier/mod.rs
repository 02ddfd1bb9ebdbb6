//! One dossier: what is in it, what proves it, and the file while it waits in this session.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use domain::{Number, Series};

use super::build::{address, withheld};
use super::entry::Proof;
use super::number;
use crate::body;
use crate::desk::{App, Desk, at_desk};
use crate::input::Posted;
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell, thousands};
use crate::show::{self, Link};
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/dossier/page.html")]
struct Page {
    s: Shell,
    no: String,
    purpose: String,
    made: String,
    secrets: Vec<Link>,
    withheld: String,
    manifest: String,
    proof: Proof,
    parcel: Option<Waiting>,
    again: String,
}

/// The file while it waits.
struct Waiting {
    size: String,
    sha256: String,
    asic: String,
}

/// What was built under a number.
fn row(desk: &Desk, no: Number) -> Result<store::read::Dossier, Problem> {
    let dossiers = desk.reader.dossiers()?;
    dossiers.into_iter().find(|dossier| dossier.no == no).ok_or(Problem::NotFound)
}

/// `GET /dossiers/JZ-0001`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let dossier = row(desk, number(&no, Series::Dossier)?)?;
        let mut choices: Vec<_> =
            dossier.secrets.iter().map(|no| ("secret", no.to_string())).collect();
        choices.push(("purpose", dossier.purpose.word().to_owned()));
        choices.push(("language", desk.lang().tag().to_owned()));
        choices.extend(dossier.withheld.iter().map(|word| ("withhold", word.clone())));
        let session = desk.visitor.session.as_ref();
        let parcel = session.and_then(|session| session.parcel(dossier.no));
        let page = Page {
            no: dossier.no.to_string(),
            purpose: desk.t(&format!("purpose-{}", dossier.purpose.word())),
            made: desk.second(dossier.at),
            secrets: dossier.secrets.iter().map(|no| desk.link(*no)).collect(),
            withheld: withheld(desk, &dossier.withheld),
            manifest: dossier.manifest.clone(),
            proof: Proof::of(desk, dossier.idx)?,
            parcel: parcel.map(|parcel| Waiting {
                size: format!(
                    "{} ({} B)",
                    show::size(parcel.file.size),
                    thousands(parcel.file.size)
                ),
                sha256: parcel.sha256.clone(),
                asic: match &parcel.stamped {
                    Some(name) => desk.tr("w-asic", &[("name", &**name)]),
                    None => desk.t("w-asic-none"),
                },
            }),
            again: address("/dossiers/new", &choices),
            s: desk.shell(Section::Dossiers)?,
        };
        reply::html(&page)
    })
    .await
}

/// `POST /dossiers/JZ-0001/file`: the file, as often as it is wanted while the session lasts.
pub(crate) async fn file(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |_| {
        let no = number(&no, Series::Dossier)?;
        let parcel = posted.session.parcel(no).ok_or(Problem::NotFound)?;
        let content = parcel.file.open()?;
        let mut response = body::from_reader(content).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(parcel.file.size));
        reply::file_headers(headers, "application/zip", &parcel.file.name);
        Ok(response)
    })
    .await
}
