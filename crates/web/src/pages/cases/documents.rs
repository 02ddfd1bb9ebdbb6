//! Documents of a case: which there are, one to fill in, its print, and the file to hand over.

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use office::{OpenedCase, Sheet, Trouble};

use super::wishes::{frame, opened};
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Field, Form};
use crate::input::{Errors, Input, Posted};
use crate::list::{Act, Cell, Table};
use crate::pages::submit;
use crate::problem::Problem;
use crate::reply;
use crate::shell::Section;
use crate::show::{self, Status};
use crate::thing::Thing;
use crate::visitor::Member;

/// All scans together that are packed in memory for a browser.
const BUNDLE_BYTES_MAX: u64 = 256 << 20;

/// Those that a next step asks for first, then those that were filled in, then the others.
fn table(desk: &Desk, opened: &OpenedCase) -> Result<Table, Problem> {
    let drawn = desk.reader.case_documents(opened.row.no)?;
    let choices = opened.case.choices(desk.office().local_now()?, &opened.papers());
    let wanted: Vec<&str> = choices
        .iter()
        .filter(|choice| choice.refusal.is_none())
        .flat_map(|choice| choice.missing.iter().flat_map(|any| &any.ids))
        .map(String::as_str)
        .collect();
    let at = href(opened.row.no);
    let documents = opened.documents().map_or(&[][..], |of| &of.document);
    let row = |id: &str| {
        let is_drawn = drawn.iter().any(|row| row.item == id);
        let is_filed = opened.items.iter().any(|row| row.item == id);
        let is_wanted = wanted.contains(&id);
        let state = match (is_filed, is_drawn) {
            (true, _) => Status::new("ok", desk.t("w-document-filed")),
            (false, true) => Status::new("part", desk.t("w-document-drawn")),
            (false, false) => Status::new("", desk.t("w-document-blank")),
        };
        let sub = if is_wanted { desk.t("w-papers-lack") } else { String::new() };
        let print = if is_drawn {
            Cell::link(format!("{at}/documents/{id}/print.pdf"), desk.t("w-document-print"))
        } else {
            Cell::default()
        };
        let name = opened.item_name(desk.lang(), id);
        let first = Cell::link(format!("{at}/documents/{id}"), name).sub(sub);
        ((!is_wanted, !is_drawn), vec![first, Cell::status(state), print])
    };
    let mut rows: Vec<_> = documents.iter().map(|of| row(&of.item.id)).collect();
    rows.sort_by_key(|(order, _)| *order);
    let heads = [("w-documents", ""), ("w-col-state", ""), ("w-document-print", "")];
    Ok(Table::new(desk, &heads).with(rows.into_iter().map(|(_, row)| row)))
}

/// `GET /cases/AJ-0001/documents`.
pub(crate) async fn documents(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let opened = opened(desk, &no)?;
        let no = opened.row.no;
        let mut thing = Thing::below(desk, no, (&href(no), "w-to-case"), desk.t("w-documents"));
        thing.lead = desk.t("w-documents-lead");
        let at = href(no);
        if opened.documents().is_some_and(|of| of.volume.len() > 1) {
            let to = format!("{at}/bundle.zip?whole=1");
            thing.acts.push(Act::new(desk, to, "w-bundle-whole").file());
        }
        let main = Act::new(desk, format!("{at}/bundle.zip"), "w-bundle").file();
        thing.acts.push(main.first());
        thing.table(desk, "w-documents", table(desk, &opened)?, "w-documents-none");
        thing.fact(desk, "field-title", opened.row.title.clone());
        thing.page(desk, Section::Cases)
    })
    .await
}

fn make(desk: &Desk, opened: &OpenedCase, sheet: &Sheet, input: &Input) -> Result<Form, Problem> {
    let item = &*sheet.document.item.id;
    let to = format!("{}/documents", href(opened.row.no));
    let mut form = frame(desk, opened.row.no, &format!("documents/{item}"), "w-document-fill")
        .titled(opened.item_name(desk.lang(), item))
        .lead(desk.t("w-document-lead"))
        .crumb(desk, &to, "w-documents");
    for (field, _) in &sheet.fields {
        let name = &*field.id.id;
        let asked = match field.lines {
            0 | 1 => Field::text(desk, name, "w-document-fill", input),
            _ => Field::area(desk, name, "w-document-fill", input),
        };
        let hint = field.hint.as_ref().map(|hint| desk.law(hint)).unwrap_or_default();
        form = form.ask(asked.labelled(desk.law(&field.name)).hinted(hint).skip());
    }
    Ok(form)
}

/// A document by its item; one that the procedure doesn't have is not found.
fn sheet(desk: &Desk, opened: &OpenedCase, item: &str) -> Result<Sheet, Problem> {
    opened.documents().and_then(|of| of.document(item)).ok_or(Problem::NotFound)?;
    Ok(desk.office().document_sheet(&desk.reader, opened, item, desk.lang())?)
}

/// `GET /cases/AJ-0001/documents/decision`.
pub(crate) async fn document(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, item)): Path<(String, String)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let opened = opened(desk, &no)?;
        let sheet = sheet(desk, &opened, &item)?;
        let values = sheet.fields.iter().map(|(field, text)| (&*field.id.id, text.clone()));
        let input = Input::of(values);
        make(desk, &opened, &sheet, &input)?.page(desk, Section::Cases, &input, &Errors::new())
    })
    .await
}

/// `POST /cases/AJ-0001/documents/decision`.
pub(crate) async fn send_document(
    State(app): State<App>,
    Path((no, item)): Path<(String, String)>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let opened = opened(desk, &no)?;
        let sheet = sheet(desk, &opened, &item)?;
        submit(
            desk,
            Section::Cases,
            &posted,
            |desk, input| make(desk, &opened, &sheet, input),
            |r| {
                let filled = sheet.fields.iter().map(|(field, _)| {
                    let name = field.id.id.clone();
                    let text = r.text(&name).unwrap_or_default();
                    (name, text)
                });
                let (case, filled) = (opened.row.no, filled.collect());
                let office = desk.office();
                let receipt = office.draw_document(&r.ask(), case, &item, desk.lang(), filled)?;
                Ok(Some((format!("{}/documents", href(case)), receipt)))
            },
        )
    })
    .await
}

/// `GET /cases/AJ-0001/documents/decision/print.pdf`.
pub(crate) async fn print(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, item)): Path<(String, String)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let opened = opened(desk, &no)?;
        sheet(desk, &opened, &item)?;
        let pdf = desk.office().document_pdf(&desk.reader, &opened, &item, desk.lang())?;
        Ok(reply::file("application/pdf", &format!("{}-{item}.pdf", opened.row.no), pdf))
    })
    .await
}

/// `GET /cases/AJ-0001/bundle.zip`, or with `?whole=1`.
pub(crate) async fn bundle(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let opened = opened(desk, &no)?;
        let whole = Input::parse(query.unwrap_or_default().as_bytes()).get("whole") == "1";
        let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
        let papers = desk.reader.papers(opened.row.no)?;
        let size: u64 = papers.iter().map(|paper| paper.size).sum();
        if size > BUNDLE_BYTES_MAX {
            let args = vec![("size", show::size(size))];
            return Err(Trouble::Other("w-bundle-too-large", args, office::Sort::Refused).into());
        }
        let mut zip = Vec::new();
        let (reader, lang) = (&desk.reader, desk.lang());
        desk.office().bundle(reader, &opened, unlocked, whole, lang, &mut zip)?;
        Ok(reply::file("application/zip", &format!("{}.zip", opened.row.no), zip))
    })
    .await
}
