//! Taking a company into the directory, correcting its entry, making two entries one.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::Series;
use domain::terms::{CompanyKind, KeyTag};
use office::{CompanyChange, CompanyForm};

use super::super::companies::key_tags;
use super::super::submit;
use super::entry;
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Field, Form, terms};
use crate::input::{Errors, Input, Posted, Reading};
use crate::problem::Problem;
use crate::shell::Section;
use crate::visitor::Member;

/// The questions about a company, the same for a new one and for a correction.
fn ask(desk: &Desk, form: Form, input: &Input) -> Form {
    let kinds = CompanyKind::ALL.iter().map(|kind| kind.word());
    let kinds = terms(desk, input, "kind", "company", kinds);
    let tags = key_tags(desk, input);
    form.ask(Field::text(desk, "name", "field-name", input))
        .ask(Field::radio(desk, "kind", "field-kind", kinds, input).row())
        .ask(Field::text(desk, "code", "field-code", input).hint(desk, "w-code-hint").skip())
        .ask(Field::ticks(desk, "tag", "field-tags", tags, input).skip().row())
        .ask(Field::text(desk, "tags", "w-more-tags", input).hint(desk, "w-more-tags-hint").skip())
        .ask(Field::text(desk, "field", "field-field", input).skip())
        .ask(Field::text(desk, "park", "field-park", input).skip())
        .ask(Field::text(desk, "street", "field-street", input).skip())
        .ask(
            Field::text(desk, "contact", "field-contact", input)
                .hint(desk, "w-contact-hint")
                .skip(),
        )
}

/// All tags: those ticked and those written.
fn tags(r: &Reading<'_>) -> Vec<String> {
    r.input.all("tag").map(str::to_owned).chain(r.text("tags")).collect()
}

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let form = Form::new(desk, "w-add-company", "/companies/new".into(), "w-do-write")
        .lead(desk.t("w-add-company-lead"))
        .crumb(desk, "/companies", "w-nav-companies");
    Ok(ask(desk, form, input))
}

/// `GET /companies/new`.
pub(crate) async fn form(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let input = Input::of([("kind", CompanyKind::Company.word().to_owned())]);
        make(desk, &input)?.page(desk, Section::Companies, &input, &Errors::new())
    })
    .await
}

/// `POST /companies/new`.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Companies, &posted, make, |r| {
            let name = r.must_text("name", "field-name");
            let kind = r.must_term("kind", CompanyKind::from_word);
            let (Some(kind), true) = (kind, r.is_right()) else { return Ok(None) };
            let form = CompanyForm {
                name,
                kind,
                code: r.text("code"),
                tags: tags(r),
                field: r.text("field"),
                park: r.text("park"),
                street: r.text("street"),
                contact: r.text("contact"),
            };
            let receipt = desk.office().add_company(&r.ask(), form)?;
            Ok(Some((receipt.number.map_or_else(|| "/companies".into(), href), receipt)))
        })
    })
    .await
}

fn make_revise(desk: &Desk, no: &str, input: &Input) -> Result<Form, Problem> {
    let (no, _) = entry(desk, no)?;
    let form = Form::new(desk, "w-revise-company", format!("{}/revise", href(no)), "w-do-write")
        .lead(desk.t("w-revise-company-lead"))
        .crumb(desk, "/companies", "w-nav-companies")
        .about(desk, no);
    let mut form = ask(desk, form, input)
        .ask(Field::text(desk, "why", "field-why", input).hint(desk, "w-why-hint"));
    form.hidden.push(("edition", input.get("edition").to_owned()));
    Ok(form)
}

/// What an entry says now, as the form shows it.
fn as_typed(desk: &Desk, no: &str) -> Result<Input, Problem> {
    let (_, row) = entry(desk, no)?;
    let (key, free): (Vec<String>, Vec<String>) =
        row.tags.iter().cloned().partition(|tag| KeyTag::from_word(tag).is_some());
    let fields = [
        ("name", row.name.clone()),
        ("kind", row.kind.word().to_owned()),
        ("code", row.code.map(|code| code.to_string()).unwrap_or_default()),
        ("tags", free.join(&desk.t("w-comma"))),
        ("field", row.field.clone().unwrap_or_default()),
        ("park", row.park.clone().unwrap_or_default()),
        ("street", row.street.clone().unwrap_or_default()),
        ("contact", super::contact(desk, &row)?),
        ("edition", row.edition.to_string()),
    ];
    Ok(Input::of(fields.into_iter().chain(key.into_iter().map(|tag| ("tag", tag)))))
}

/// `GET /companies/QY-0001/revise`.
pub(crate) async fn revise(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = as_typed(desk, &no)?;
        make_revise(desk, &no, &input)?.page(desk, Section::Companies, &input, &Errors::new())
    })
    .await
}

/// `POST /companies/QY-0001/revise`: what was not touched is left as it is.
pub(crate) async fn send_revise(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let (company, row) = entry(desk, &no)?;
        let now = as_typed(desk, &no)?;
        submit(
            desk,
            Section::Companies,
            &posted,
            |desk, input| make_revise(desk, &no, input),
            |r| {
                r.must_text("name", "field-name");
                let why = r.must_text("why", "field-why");
                let kind = r.must_term("kind", CompanyKind::from_word);
                if !r.is_right() {
                    return Ok(None);
                }
                let anew = |name: &str| {
                    let said = r.input.get(name);
                    (said != now.get(name)).then(|| said.to_owned())
                };
                let tags = domain::tags(tags(r))?;
                let change = CompanyChange {
                    name: anew("name"),
                    kind: kind.filter(|kind| *kind != row.kind),
                    code: anew("code"),
                    tags: (tags != row.tags).then_some(tags),
                    field: anew("field"),
                    park: anew("park"),
                    street: anew("street"),
                    contact: anew("contact"),
                    why: Some(why),
                    ..CompanyChange::of(company, r.input.get("edition").parse().unwrap_or(0))
                };
                let receipt = desk.office().revise_company(&r.ask(), change)?;
                Ok(Some((href(company), receipt)))
            },
        )
    })
    .await
}

fn make_merge(desk: &Desk, no: &str, input: &Input) -> Result<Form, Problem> {
    let (no, _) = entry(desk, no)?;
    Ok(Form::new(desk, "w-merge-company", format!("{}/merge", href(no)), "w-do-merge")
        .lead(desk.t("w-merge-company-lead"))
        .crumb(desk, "/companies", "w-nav-companies")
        .about(desk, no)
        .danger()
        .ask(Field::text(desk, "into", "w-merge-into", input).hint(desk, "w-merge-into-hint"))
        .ask(Field::text(desk, "why", "field-why", input).hint(desk, "w-why-hint")))
}

/// `GET /companies/QY-0001/merge`.
pub(crate) async fn merge(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::default();
        make_merge(desk, &no, &input)?.page(desk, Section::Companies, &input, &Errors::new())
    })
    .await
}

/// `POST /companies/QY-0001/merge`.
pub(crate) async fn send_merge(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let (company, _) = entry(desk, &no)?;
        submit(
            desk,
            Section::Companies,
            &posted,
            |desk, input| make_merge(desk, &no, input),
            |r| {
                let (into, why) =
                    (r.must_number("into", Series::Company), r.must_text("why", "field-why"));
                let (Some(into), true) = (into, r.is_right()) else { return Ok(None) };
                let receipt = desk.office().merge_company(&r.ask(), company, into, why)?;
                Ok(Some((href(into), receipt)))
            },
        )
    })
    .await
}
