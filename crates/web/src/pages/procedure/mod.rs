//! One procedure: its diagram, the same as a table of steps, its deadlines, and who may not do what.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use catalog::procedure::{Deadline, Procedure, Rule, Step};
use catalog::{AnyOf, Ref};
use words::law;

use crate::desk::{App, Desk, at_desk};
use crate::law::{Basis, catalog};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::{Link, nothing};
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/procedure/page.html")]
struct Page {
    s: Shell,
    crumbs: Vec<Link>,
    here: String,
    id: &'static str,
    version: String,
    ends: String,
    svg: String,
    steps: Vec<StepRow>,
    deadlines: Vec<DeadlineRow>,
    rules: Vec<RuleRow>,
}

struct StepRow {
    name: String,
    who: String,
    from: String,
    to: String,
    needs: String,
    issues: String,
    basis: Basis,
}

struct DeadlineRow {
    id: &'static str,
    name: String,
    note: String,
    long: String,
    kind: String,
    who: String,
    basis: Basis,
}

struct RuleRow {
    name: String,
    note: String,
    who: String,
    steps: String,
    unless: String,
    basis: Basis,
}

/// The version in force on a day, or the newest.
pub(crate) fn version(desk: &Desk, id: &str) -> Option<&'static Procedure> {
    let today = catalog::Day::parse(&desk.today().to_string()).ok();
    let now = today.and_then(|today| catalog().procedure(id, today));
    let all = catalog().procedures().iter().filter(|row| row.id == id);
    now.or_else(|| all.max_by_key(|row| row.version))
}

/// `GET /procedures/{procedure}`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    Path(id): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = version(desk, &id).ok_or(Problem::NotFound)?;
        let ends = row.state.iter().filter(|state| state.end);
        let ends: Vec<_> = ends.map(|state| desk.law(&state.name)).collect();
        let version = [("version", &*row.version.to_string()), ("from", &row.from.to_string())];
        reply::html(&Page {
            crumbs: vec![Link {
                href: "/procedures".into(),
                no: String::new(),
                name: desk.t("w-nav-procedures"),
            }],
            here: desk.law(&row.title),
            id: &row.id,
            version: desk.tr("w-procedure-version", &version),
            ends: ends.join(&desk.t("w-comma")),
            svg: catalog::svg(row, law::lang(desk.lang()), Some("steps")),
            steps: row.step.iter().map(|step| step_row(desk, row, step)).collect(),
            deadlines: row.deadline.iter().map(|d| deadline_row(desk, row, d)).collect(),
            rules: row
                .rule
                .iter()
                .filter(|rule| rule.enabled)
                .map(|r| rule_row(desk, row, r))
                .collect(),
            s: desk.shell(Section::Procedures)?,
        })
    })
    .await
}

/// `GET /procedures/{procedure}/diagram`: as a file.
pub(crate) async fn diagram(
    State(app): State<App>,
    Member(visitor): Member,
    Path(id): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = version(desk, &id).ok_or(Problem::NotFound)?;
        let svg = catalog::svg(row, law::lang(desk.lang()), None);
        Ok(reply::file("image/svg+xml", &format!("{}.svg", row.id), svg.into_bytes()))
    })
    .await
}

fn step_row(desk: &Desk, of: &'static Procedure, step: &'static Step) -> StepRow {
    let comma = desk.t("w-comma");
    let states = |ids: &[Ref]| list(desk, ids, |id| of.state(id).map(|row| &row.name)).join(" / ");
    let item = |id: &str| of.item(id).map_or(id.to_owned(), |item| desk.law(&item.name));
    let any = |any: &AnyOf| {
        let names: Vec<_> = any.ids.iter().map(|id| item(id)).collect();
        names.join(&desk.t("w-or"))
    };
    let needs: Vec<_> = step.needs.iter().map(any).collect();
    let issues: Vec<_> = step.issues.iter().map(|row| item(&row.id)).collect();
    let to = step.to.as_ref().and_then(|to| of.state(&to.id));
    StepRow {
        name: desk.law(&step.name),
        who: roles(desk, of, &step.by),
        from: states(&step.from),
        to: to.map_or_else(|| desk.t("w-stays"), |state| desk.law(&state.name)),
        needs: needs.join(&comma),
        issues: issues.join(&comma),
        basis: desk.basis(&step.cites, None),
    }
}

fn deadline_row(desk: &Desk, of: &'static Procedure, row: &'static Deadline) -> DeadlineRow {
    let lengths = row.within.into_iter().chain(row.arm.iter().map(|arm| arm.within));
    let lengths: Vec<_> = lengths.map(|length| law::length(desk.lang(), length)).collect();
    DeadlineRow {
        id: &row.id.id,
        name: desk.law(&row.name),
        note: row.note.as_ref().map(|note| desk.law(note)).unwrap_or_default(),
        long: lengths.join(" / "),
        kind: desk.t(&format!("law-clock-{}", row.kind.key())),
        who: roles(desk, of, std::slice::from_ref(&row.who)),
        basis: desk.basis(&row.cites, row.mark),
    }
}

fn rule_row(desk: &Desk, of: &'static Procedure, rule: &'static Rule) -> RuleRow {
    let steps = list(desk, &rule.steps, |id| of.step(id).map(|step| &step.name));
    let unless = rule.unless.as_ref().and_then(|paper| of.item(&paper.id));
    RuleRow {
        name: desk.law(&rule.name),
        note: rule.note.as_ref().map(|note| desk.law(note)).unwrap_or_default(),
        who: roles(desk, of, std::slice::from_ref(&rule.role)),
        steps: steps.join(&desk.t("w-comma")),
        unless: unless.map_or_else(nothing, |item| desk.law(&item.name)),
        basis: desk.basis(&rule.cites, None),
    }
}

fn roles(desk: &Desk, of: &'static Procedure, ids: &[Ref]) -> String {
    list(desk, ids, |id| of.role(id).map(|role| &role.name)).join(&desk.t("w-comma"))
}

/// The names of things, by their names in the data.
fn list(
    desk: &Desk,
    ids: &[Ref],
    name: impl Fn(&str) -> Option<&'static catalog::Text>,
) -> Vec<String> {
    ids.iter().map(|id| name(&id.id).map_or(id.id.clone(), |name| desk.law(name))).collect()
}
