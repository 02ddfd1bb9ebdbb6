//! Papers (signed scans, records, photos): adding them to what they show, and taking a copy.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use domain::{Number, Series};
use office::Trouble;

use super::submit;
use crate::body;
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Field, Form};
use crate::input::{Errors, Input, Posted};
use crate::problem::Problem;
use crate::reply;
use crate::shell::Section;
use crate::show;
use crate::visitor::Member;

/// A paper in the vault.
pub(crate) struct Paper {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) day: String,
    pub(crate) idx: u64,
}

/// The papers of a thing. Their names are content of the company, shown to whoever is signed in.
pub(crate) fn of(desk: &Desk, about: Number) -> Result<Vec<Paper>, Problem> {
    desk.reader
        .papers(about)?
        .into_iter()
        .map(|row| {
            let name = desk.office().field(&desk.reader, row.idx, "name", desk.unlocked())?;
            let name = name.text().map_or_else(|| desk.n("w-paper-no", row.no), str::to_owned);
            Ok(Paper {
                href: format!("/papers/{about}/{}", row.no),
                name,
                about: format!("{} · {}", row.media, show::size(row.size)),
                day: show::day(row.happened),
                idx: row.idx,
            })
        })
        .collect()
}

/// What papers can belong to, and where in the navigation that is.
fn subject(desk: &Desk, text: &str) -> Result<(Number, Section), Problem> {
    let no = Number::parse(text).map_err(|_| Problem::NotFound)?;
    let (section, there) = match no.series {
        Series::Person => (Section::People, desk.reader.person(no)?.is_some()),
        Series::Partner => (Section::Partners, desk.reader.partner(no)?.is_some()),
        Series::Agreement => (Section::Partners, desk.reader.agreement(no)?.is_some()),
        Series::Disclosure => (Section::Partners, desk.reader.disclosure(no)?.is_some()),
        Series::Measure => (Section::Measures, desk.reader.measure(no)?.is_some()),
        Series::Copy => (Section::Partners, desk.reader.copy(no)?.is_some()),
        Series::Find => (Section::Partners, desk.reader.find(no)?.is_some()),
        Series::Case => (Section::Cases, desk.reader.case(no)?.is_some()),
        // Evidence of an incident is added and given out on its own pages, by their rights.
        Series::Incident => (Section::None, false),
        Series::Answer => (Section::Controls, desk.reader.answer(no)?.is_some()),
        Series::Secret
        | Series::Dossier
        | Series::Company
        | Series::Link
        | Series::Sweep
        | Series::Release
        | Series::Batch
        | Series::Expert
        | Series::Request
        | Series::Visit
        | Series::Prescription
        | Series::Account
        | Series::Task
        | Series::Activity
        | Series::Inventory
        | Series::Corpus
        | Series::PublicCheck
        | Series::Blind
        | Series::Assessment
        | Series::Export
        | Series::Work
        | Series::Warning
        | Series::Organisation
        | Series::Assistance
        | Series::Procurement
        | Series::Engagement
        | Series::Comparison => (Section::None, false),
        Series::Recognition => (Section::Recognitions, desk.reader.recognition(no)?.is_some()),
    };
    if there { Ok((no, section)) } else { Err(Problem::NotFound) }
}

fn make(desk: &Desk, about: Number, input: &Input) -> Result<Form, Problem> {
    Ok(Form::new(desk, "w-add-papers", format!("/papers/{about}/new"), "w-do-write")
        .lead(desk.t("w-add-papers-lead"))
        .about(desk, about)
        .ask(Field::day(desk, "happened", "w-paper-day", input).skip())
        .ask(Field::files(desk, "files", "w-papers", input).hint(desk, "w-papers-hint")))
}

/// `GET /papers/XY-0001/new`.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    Path(about): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (about, section) = subject(desk, &about)?;
        let input = Input::default();
        make(desk, about, &input)?.page(desk, section, &input, &Errors::new())
    })
    .await
}

/// `POST /papers/XY-0001/new`.
pub(crate) async fn send(
    State(app): State<App>,
    Path(about): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let (about, section) = subject(desk, &about)?;
        submit(
            desk,
            section,
            &posted,
            |desk, input| make(desk, about, input),
            |r| {
                let (happened, sources) = (r.day("happened"), r.sources("files")?);
                if sources.is_empty() {
                    r.wrong("files", "w-choose-file");
                }
                if !r.is_right() {
                    return Ok(None);
                }
                let receipt = desk.office().add_papers(&r.ask(), about, sources, happened)?;
                Ok(Some((href(about), receipt)))
            },
        )
    })
    .await
}

/// `GET /papers/XY-0001/1`: a copy.
pub(crate) async fn download(
    State(app): State<App>,
    Member(visitor): Member,
    Path((about, part)): Path<(String, u32)>,
) -> Response {
    at_desk(app, visitor, move |desk| give(desk, subject(desk, &about)?.0, part)).await
}

/// A copy of a paper.
pub(crate) fn give(desk: &Desk, about: Number, part: u32) -> Result<Response, Problem> {
    let row = desk.reader.papers(about)?.into_iter().find(|row| row.no == part);
    let row = row.ok_or(Problem::NotFound)?;
    let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
    let name = desk.office().field(&desk.reader, row.idx, "name", Some(unlocked))?;
    let content = desk.office().open_paper(&desk.reader, &row, unlocked)?;
    let name = name.text().map_or_else(|| format!("{about}-{part}"), str::to_owned);
    let mut response = body::from_reader(content).into_response();
    reply::file_headers(response.headers_mut(), &row.media, &name);
    Ok(response)
}
