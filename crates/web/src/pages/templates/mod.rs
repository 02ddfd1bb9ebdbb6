//! 模板: papers filled in from the records, to be printed and signed. Nothing is written: the signed scan
//! goes in as a paper of the person or partner.

use axum::extract::{Path, State};
use axum::response::Response;
use catalog::template::{Field as Asked, Filled, Of, Template};
use domain::Number;
use domain::terms::Action;

use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form};
use crate::input::{Errors, Input, Posted};
use crate::law::catalog;
use crate::list::{Cell, List, Table};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::Link;
use crate::visitor::Member;

#[derive(askama::Template)]
#[template(path = "pages/templates/whose.html")]
struct Whose {
    s: Shell,
    crumbs: Vec<Link>,
    here: String,
    says: String,
    page: &'static str,
    blank: String,
    all: Vec<Link>,
    none: String,
}

/// The field that says that guidance was read.
const READ: &str = "guidance-read";

/// `GET /templates`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let rows = catalog().templates().iter().map(|one| {
            let of = desk.t(&format!("template-of-{}", one.of.key()));
            let page = catalog().handbook().page(&one.page.id);
            let page = page.map_or_else(Cell::default, |page| {
                Cell::link(format!("/handbook/{}", page.id), desk.law(&page.title))
            });
            let first = Cell::link(format!("/templates/{}", one.id), desk.law(&one.title));
            vec![first.sub(desk.law(&one.says)), Cell::text(of), page]
        });
        let heads = [("w-col-template", ""), ("w-col-filled-from", "p2"), ("w-nav-handbook", "p2")];
        let mut list =
            List::new(desk, "/templates", "w-templates", Table::new(desk, &heads).with(rows));
        list.lead = desk.t("w-templates-lead");
        list.page(desk, Section::Handbook)
    })
    .await
}

fn found(id: &str) -> Result<&'static Template, Problem> {
    catalog().template(id).ok_or(Problem::NotFound)
}

/// Who a template may be filled in for, by name.
fn people(desk: &Desk, template: &Template) -> Result<Vec<Number>, Problem> {
    Ok(match template.of {
        Of::Person if desk.may(Action::SeePeople) => {
            desk.reader.people()?.into_iter().map(|row| row.no).collect()
        }
        Of::Partner if desk.may(Action::SeePartners) => {
            desk.reader.partners()?.into_iter().map(|row| row.no).collect()
        }
        _ => Vec::new(),
    })
}

fn crumbs(desk: &Desk) -> Vec<Link> {
    let crumb = |href: &str, key| Link { href: href.into(), no: String::new(), name: desk.t(key) };
    vec![crumb("/handbook", "w-nav-handbook"), crumb("/templates", "w-templates")]
}

/// `GET /templates/employee-nda`: whose it is to be; the company's own are filled in at once.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    Path(id): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let template = found(&id)?;
        if template.of == Of::Company {
            return fresh(desk, template, None);
        }
        let page = Whose {
            here: desk.law(&template.title),
            says: desk.law(&template.says),
            page: &template.page.id,
            blank: format!("/templates/{id}/blank"),
            all: people(desk, template)?
                .into_iter()
                .map(|no| Link { href: format!("/templates/{id}/{no}"), ..desk.link(no) })
                .collect(),
            none: desk.t(&format!("template-none-{}", template.of.key())),
            crumbs: crumbs(desk),
            s: desk.shell(Section::Handbook)?,
        };
        reply::html(&page)
    })
    .await
}

/// `GET /templates/employee-nda/RY-0001`, or `/blank`.
pub(crate) async fn form_of(
    State(app): State<App>,
    Member(visitor): Member,
    Path((id, no)): Path<(String, String)>,
) -> Response {
    at_desk(app, visitor, move |desk| fresh(desk, found(&id)?, about(&no)?)).await
}

/// Whom an address is about; `blank` is nobody.
fn about(no: &str) -> Result<Option<Number>, Problem> {
    match no {
        "blank" => Ok(None),
        no => Number::parse(no).map(Some).map_err(|_| Problem::NotFound),
    }
}

fn fresh(
    desk: &Desk,
    template: &'static Template,
    about: Option<Number>,
) -> Result<Response, Problem> {
    let sheet = desk.office().template_sheet(&desk.reader, template, about, desk.lang())?;
    let values = sheet.iter().map(|(field, text)| (&*field.id.id, text.clone()));
    let input = Input::of(values);
    make(desk, template, about, &input, &[]).page(desk, Section::Handbook, &input, &Errors::new())
}

fn ask(desk: &Desk, field: &'static Asked, input: &Input) -> Field {
    let name = field.id.id.as_str();
    let hint = field.hint.as_ref().map(|hint| desk.law(hint)).unwrap_or_default();
    let asked = match (field.choice.is_empty(), field.lines) {
        (false, _) => {
            let choices = field.choice.iter().map(|choice| {
                let on = input.get(name) == choice.id.id;
                Choice::new(&choice.id.id, desk.law(&choice.name), on)
            });
            Field::radio(desk, name, "w-templates", choices.collect(), input)
        }
        (true, 0 | 1) => Field::text(desk, name, "w-templates", input),
        (true, _) => Field::area(desk, name, "w-templates", input),
    };
    asked.labelled(desk.law(&field.name)).hinted(hint).skip()
}

/// The form; `warned` is what guidance says of it.
fn make(
    desk: &Desk,
    template: &'static Template,
    about: Option<Number>,
    input: &Input,
    warned: &[(String, String)],
) -> Form {
    let to = match (template.of, about) {
        (Of::Company, _) => format!("/templates/{}", template.id),
        (_, Some(no)) => format!("/templates/{}/{no}", template.id),
        (_, None) => format!("/templates/{}/blank", template.id),
    };
    let mut form = Form::new(desk, "w-templates", to, "w-template-print")
        .titled(desk.law(&template.title))
        .lead(desk.law(&template.says))
        .aside(
            desk,
            &["w-template-how", "w-template-how-1", "w-template-how-2", "w-template-how-3"],
        );
    form.crumbs = crumbs(desk);
    if let Some(no) = about {
        form.acts.push(crate::list::Act::new(desk, format!("/papers/{no}/new"), "w-add-papers"));
    }
    let page = format!("/handbook/{}", template.page.id);
    form.acts.push(crate::list::Act::new(desk, page, "w-template-page"));
    form.back = about.map_or_else(|| "/templates".into(), href);
    if !warned.is_empty() {
        let rows = warned.iter().map(|(name, says)| vec![Cell::text(name), Cell::text(says)]);
        let table = Table::new(desk, &[("w-col-field", ""), ("w-col-guidance", "")]).with(rows);
        form.above.push((desk.t("w-template-guidance"), table));
    }
    for field in &template.field {
        form = form.ask(ask(desk, field, input));
    }
    if !warned.is_empty() {
        let read = Choice::new("yes", desk.t("w-template-read"), input.has(READ, "yes"));
        form = form.ask(Field::ticks(desk, READ, "w-template-guidance", vec![read], input));
    }
    form
}

/// `POST /templates/point-list`: the company's own.
pub(crate) async fn send(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let template = found(&id)?;
        if template.of != Of::Company {
            return Err(Problem::NotFound);
        }
        print(desk, template, None, &posted)
    })
    .await
}

/// `POST /templates/employee-nda/RY-0001`: the paper, or the form again with what is wrong.
pub(crate) async fn send_of(
    State(app): State<App>,
    Path((id, no)): Path<(String, String)>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| print(desk, found(&id)?, about(&no)?, &posted))
        .await
}

fn print(
    desk: &Desk,
    template: &'static Template,
    about: Option<Number>,
    posted: &Posted,
) -> Result<Response, Problem> {
    // Whoever isn't there, or isn't of this sort, has no such paper.
    desk.office().template_sheet(&desk.reader, template, about, desk.lang())?;
    let input = &posted.input;
    let text = |id: &str| input.get(id).replace("\r\n", "\n");
    let filled: Filled =
        template.field.iter().map(|field| (field.id.id.clone(), text(&field.id.id))).collect();
    let (mut errors, mut warned) = (Errors::new(), Vec::new());
    for finding in template.check(&filled) {
        let (name, says) = office::finding_words(desk.lang(), &finding);
        match finding.binds() {
            true => errors.push((finding.field.id.id.clone(), says)),
            false => warned.push((name, says)),
        }
    }
    if errors.is_empty() && !warned.is_empty() && !input.has(READ, "yes") {
        errors.push((READ.into(), desk.t("w-template-read-first")));
    }
    if !errors.is_empty() {
        let form = make(desk, template, about, input, &warned);
        return form.page(desk, Section::Handbook, input, &errors);
    }
    let pdf = desk.office().template_pdf(&desk.reader, template, &filled, desk.lang())?;
    let name = about.map_or_else(|| template.id.clone(), |no| format!("{}-{no}", template.id));
    Ok(reply::file("application/pdf", &format!("{name}.pdf"), pdf))
}
