//! 出海: guides of countries, side by side, and put together for the company.

pub(crate) mod aid;
pub(crate) mod assess;
pub(crate) mod export;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use catalog::overseas::{Country, Statement, Topic};
use domain::terms::{Action, Role};
use office::countries;

use crate::desk::{App, Desk, at_desk};
use crate::form::Choice;
use crate::input::Input;
use crate::law::catalog;
use crate::list::{Act, Cell, List, Select, Table};
use crate::problem::Problem;
use crate::reply;
use crate::shell::Section;
use crate::show::{Link, Status, query};
use crate::thing::Thing;
use crate::visitor::Member;

/// So many countries stand side by side.
const SIDES: [(&str, &str); 3] = [("a", "w-compare-a"), ("b", "w-compare-b"), ("c", "w-compare-c")];

fn status(desk: &Desk, country: &Country) -> Status {
    match country.is_complete() {
        true => Status::new("ok", desk.t("guide-complete")),
        false => Status::new("due", desk.t("guide-draft")),
    }
}

/// Whether a statement was compared with its text.
fn read(desk: &Desk, one: &Statement) -> Status {
    match one.verified {
        true => Status::new("ok", desk.t("law-mark-seen")),
        false => Status::new("due", desk.t("law-mark-recalled")),
    }
}

/// The topics on which a guide says nothing, in words.
fn missing(desk: &Desk, country: &Country) -> String {
    let topics = country.missing().into_iter();
    let words: Vec<String> =
        topics.map(|topic| desk.t(&format!("topic-{}", topic.key()))).collect();
    words.join(&desk.t("w-comma"))
}

fn crumb(desk: &Desk) -> Link {
    Link { href: "/overseas".into(), no: String::new(), name: desk.t("w-nav-overseas") }
}

/// `GET /overseas`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let heads = [
            ("w-col-country", ""),
            ("w-col-guide-state", ""),
            ("w-guide-statements", "n"),
            ("w-col-unread", "n"),
            ("w-guide-lacking", "p2"),
        ];
        let rows = countries().into_iter().map(|country| {
            vec![
                Cell::link(format!("/overseas/{}", country.id), desk.law(&country.name)),
                Cell::status(status(desk, country)),
                Cell::text(country.statement.len().to_string()),
                Cell::text(country.open().to_string()),
                Cell::text(missing(desk, country)),
            ]
        });
        let table = Table::new(desk, &heads).with(rows);
        let mut list = List::new(desk, "/overseas", "w-nav-overseas", table);
        list.lead = desk.t("w-overseas-lead");
        if desk.app.role == Role::Enterprise && desk.may(Action::SeeControls) {
            if desk.may(Action::KeepControls) {
                let new = Act::new(desk, "/overseas/assessments/new", "w-assess-new");
                list.acts.push(new.first());
            }
            list.acts.push(Act::new(desk, "/overseas/assessments", "w-assessments"));
            list.acts.push(Act::new(desk, "/overseas/exports", "export-check"));
        }
        list.acts.push(Act::new(desk, "/overseas/compare", "w-compare-guides"));
        list.page(desk, Section::Overseas)
    })
    .await
}

fn found(id: &str) -> Result<&'static Country, Problem> {
    catalog().country(id).ok_or(Problem::NotFound)
}

/// What a guide says on a topic, with its ground.
fn said(desk: &Desk, country: &'static Country, topic: Topic) -> Table {
    let heads = [("w-guide-says", ""), ("w-col-read", ""), ("w-col-source", "p2")];
    Table::new(desk, &heads).with(country.on(topic).map(|one| {
        let seen = one.seen.map(|day| desk.tr("guide-seen", &[("day", &day.to_string())]));
        let read_at = one.read.clone().map(|at| desk.tr("guide-read-at", &[("at", &at)]));
        let version = one.version.clone().map(|of| desk.tr("guide-version", &[("version", &of)]));
        let sub: Vec<String> = [version, seen, read_at].into_iter().flatten().collect();
        vec![
            Cell::text(desk.law(&one.says)).sub(one.article.clone()),
            Cell::status(read(desk, one)),
            Cell::text(one.source.clone()).sub(sub.join(&desk.t("w-comma"))),
        ]
    }))
}

/// `GET /overseas/us`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(id): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let country = found(&id)?;
        let mut thing = Thing::of(desk, &country.id, crumb(desk), desk.law(&country.name), &[]);
        thing.lead = desk.t("guide-not-advice");
        if country.is_complete() {
            let pdf = query("/overseas/guide.pdf", &[("c", &country.id)]);
            thing.acts.push(Act::new(desk, pdf, "w-guide-pdf").first().file());
        } else {
            let lacking = missing(desk, country);
            let args = [("open", &*country.open().to_string()), ("lacking", &*lacking)];
            thing.notes.push(("warn", desk.tr("guide-draft-note", &args)));
        }
        let compare = query("/overseas/compare", &[("a", &country.id)]);
        thing.acts.push(Act::new(desk, compare, "w-compare-guides"));
        thing.notes.extend(country.note.as_ref().map(|note| ("", desk.law(note))));
        for topic in Topic::ALL {
            let title = format!("topic-{}", topic.key());
            thing.table(desk, &title, said(desk, country, topic), "guide-says-nothing");
        }
        thing.fact(desk, "w-col-guide-state", status(desk, country).text);
        thing.fact(desk, "guide-edition", country.mark());
        thing.page(desk, Section::Overseas)
    })
    .await
}

/// All that a guide says on a topic, as one cell.
fn together(desk: &Desk, country: &'static Country, topic: Topic) -> Cell {
    let says: Vec<String> = country.on(topic).map(|one| desk.law(&one.says)).collect();
    if says.is_empty() {
        return Cell::status(Status::new("due", desk.t("guide-says-nothing")));
    }
    let articles: Vec<&str> = country.on(topic).map(|one| one.article.as_str()).collect();
    let unread = country.on(topic).any(|one| !one.verified);
    let cell = Cell::text(says.join("\n")).sub(articles.join("; "));
    let mark = unread.then(|| Status::new("due", desk.t("law-mark-recalled")));
    Cell { status: mark, ..cell }
}

/// `GET /overseas/compare?a=us&b=de`: field by field.
pub(crate) async fn compare(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(given): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::parse(given.unwrap_or_default().as_bytes());
        let asked = |name: &str| catalog().country(input.get(name));
        let blank = SIDES.iter().all(|(name, _)| input.get(name).is_empty());
        // Nothing chosen yet: the first two.
        let first = countries();
        let side = |at: usize, name: &str| match blank {
            true => first.get(at).copied().filter(|_| at < 2),
            false => asked(name),
        };
        let sides: Vec<Option<&'static Country>> =
            SIDES.iter().enumerate().map(|(at, (name, _))| side(at, name)).collect();
        let selects = SIDES.iter().zip(&sides).map(|((name, label), side)| {
            let mut choices = vec![Choice::new("", desk.t("w-compare-none"), side.is_none())];
            choices.extend(countries().into_iter().map(|country| {
                let on = side.is_some_and(|side| side.id == country.id);
                let label = format!("{} · {}", desk.law(&country.name), status(desk, country).text);
                Choice::new(&country.id, label, on)
            }));
            Select { name, label: desk.t(label), choices }
        });
        let selects = selects.collect();
        let shown: Vec<&'static Country> = sides.iter().flatten().copied().collect();
        let mut table = Table::new(desk, &[("w-col-topic", "")]);
        table.heads.extend(shown.iter().map(|country| {
            let draft =
                if country.is_complete() { String::new() } else { desk.t("guide-draft-in") };
            (format!("{}{draft}", desk.law(&country.name)), "")
        }));
        let table = match shown.is_empty() {
            true => table,
            false => table.with(Topic::ALL.into_iter().map(|topic| {
                let name = Cell::text(desk.t(&format!("topic-{}", topic.key())));
                let cells = shown.iter().map(|country| together(desk, country, topic));
                std::iter::once(name).chain(cells).collect()
            })),
        };
        let mut list = List::new(desk, "/overseas/compare", "w-compare-guides", table);
        list.lead = desk.t("w-compare-lead");
        list.selects = selects;
        list.acts.push(Act::new(desk, "/overseas", "w-nav-overseas"));
        let complete: Vec<(&str, &str)> = shown
            .iter()
            .filter(|country| country.is_complete())
            .map(|country| ("c", country.id.as_str()))
            .collect();
        if !complete.is_empty() {
            let pdf = query("/overseas/guide.pdf", &complete);
            list.acts.push(Act::new(desk, pdf, "w-guide-pdf").file());
        }
        list.page(desk, Section::Overseas)
    })
    .await
}

/// `GET /overseas/guide.pdf?c=us&c=de`: complete guides put together for the company;
/// all of them when none is named.
pub(crate) async fn pdf(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(given): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::parse(given.unwrap_or_default().as_bytes());
        let mut ids: Vec<String> = input.all("c").map(str::to_owned).collect();
        if ids.is_empty() {
            let complete = countries().into_iter().filter(|country| country.is_complete());
            ids.extend(complete.map(|country| country.id.clone()));
        }
        let drafts = ids.iter().any(|id| !catalog().country(id).is_some_and(Country::is_complete));
        if drafts {
            return Err(Problem::NotFound);
        }
        let bytes = desk.office().guide_pdf(&desk.reader, &ids, desk.lang())?;
        Ok(reply::file("application/pdf", &format!("guide-{}.pdf", ids.join("-")), bytes))
    })
    .await
}
