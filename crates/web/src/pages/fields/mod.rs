//! 行业包: what is typically secret in a field, how it leaks, what to look at, and skeletons to start from.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use catalog::field::{Pack, Point};
use domain::terms::Role;

use crate::desk::{App, Desk, at_desk};
use crate::input::Input;
use crate::law::catalog;
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::{Link, query};
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pages/fields/page.html")]
struct Page {
    s: Shell,
    crumbs: Vec<Link>,
    here: String,
    packs: Vec<[String; 4]>,
}

#[derive(Template)]
#[template(path = "pages/fields/one.html")]
struct One {
    s: Shell,
    crumbs: Vec<Link>,
    here: String,
    says: String,
    typical: Vec<(String, Vec<String>)>,
    not: Vec<String>,
    leaks: Vec<[String; 2]>,
    check: Vec<String>,
    points: Vec<PointRow>,
    pages: Vec<Link>,
}

/// A skeleton, with the way to a form that begins with it.
struct PointRow {
    id: &'static str,
    title: String,
    form: String,
    level: String,
    level_class: &'static str,
    statements: Vec<String>,
    public: String,
    href: String,
}

fn crumb(href: &str, name: String) -> Link {
    Link { href: href.into(), no: String::new(), name }
}

/// `GET /fields`.
pub(crate) async fn show(State(app): State<App>, visitor: Visitor) -> Response {
    at_desk(app, visitor, |desk| {
        let packs = catalog().packs().iter().map(|pack| {
            let points = desk.n("w-field-points", pack.point.len());
            [pack.id.clone(), desk.law(&pack.name), desk.law(&pack.says), points]
        });
        reply::html(&Page {
            packs: packs.collect(),
            crumbs: vec![crumb("/handbook", desk.t("w-nav-handbook"))],
            here: desk.t("w-fields"),
            s: desk.shell(Section::Handbook)?,
        })
    })
    .await
}

fn point(desk: &Desk, pack: &'static Pack, point: &'static Point) -> PointRow {
    let level = domain::terms::Level::from_word(&point.level);
    let href = match desk.app.role {
        Role::Enterprise => query("/secrets/new", &[("pack", &pack.id), ("point", &point.id.id)]),
        Role::Station => String::new(),
    };
    PointRow {
        id: &point.id.id,
        title: desk.law(&point.title),
        form: desk.t(&format!("form-{}", point.form)),
        level: desk.t(&format!("level-{}", point.level)),
        level_class: level.map_or("", crate::show::level_class),
        statements: point.statements.iter().map(|text| desk.law(text)).collect(),
        public: desk.law(&point.public),
        href,
    }
}

/// `GET /fields/materials`.
pub(crate) async fn one(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let pack = catalog().pack(&id).ok_or(Problem::NotFound)?;
        let all = |list: &'static [catalog::Text]| list.iter().map(|text| desk.law(text)).collect();
        let pages = pack.pages.iter().filter_map(|page| catalog().handbook().page(&page.id));
        reply::html(&One {
            says: desk.law(&pack.says),
            typical: pack
                .typical
                .iter()
                .map(|one| (desk.law(&one.name), all(&one.items)))
                .collect(),
            not: all(&pack.not),
            leaks: pack.leak.iter().map(|one| [desk.law(&one.how), desk.law(&one.helps)]).collect(),
            check: all(&pack.check),
            points: pack.point.iter().map(|one| point(desk, pack, one)).collect(),
            pages: pages
                .map(|page| crumb(&format!("/handbook/{}", page.id), desk.law(&page.title)))
                .collect(),
            crumbs: vec![
                crumb("/handbook", desk.t("w-nav-handbook")),
                crumb("/fields", desk.t("w-fields")),
            ],
            here: desk.law(&pack.name),
            s: desk.shell(Section::Handbook)?,
        })
    })
    .await
}

/// What a form of a new secret point begins with, when a skeleton was chosen: `?pack=…&point=…`.
pub(crate) fn prefilled(desk: &Desk, query: &Input) -> Option<Input> {
    let point = catalog().pack(query.get("pack"))?.point(query.get("point"))?;
    let statements: Vec<String> = point.statements.iter().map(|text| desk.law(text)).collect();
    Some(Input::of([
        ("title", desk.law(&point.title)),
        ("class", point.class.clone()),
        ("level", point.level.clone()),
        ("form", point.form.clone()),
        ("statements", statements.join("\n")),
        ("public", desk.law(&point.public)),
        ("value", desk.law(&point.value)),
        ("origin", desk.law(&point.origin)),
    ]))
}
