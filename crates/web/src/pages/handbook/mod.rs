//! 手册: what companies should know, page by page, found by words; a glossary; a chapter or all of it to
//! print. Anybody may read it, signed in or not.

use std::sync::LazyLock;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use catalog::handbook::{Block, Part, Search};
use domain::terms::Action;

use crate::desk::{App, Desk, at_desk};
use crate::input::Input;
use crate::law::{Basis, catalog};
use crate::problem::Problem;
use crate::reply;
use crate::rights::{self, Access};
use crate::shell::{Section, Shell};
use crate::show::Link;
use crate::visitor::Visitor;

type Page = catalog::handbook::Page;

/// The longest question; more is cut off.
const QUESTION_MAX: usize = 100;

static SEARCHES: LazyLock<[Search; 2]> = LazyLock::new(|| {
    [catalog::Lang::Zh, catalog::Lang::En].map(|lang| Search::new(catalog().handbook(), lang))
});

#[derive(Template)]
#[template(path = "pages/handbook/page.html")]
struct Contents {
    s: Shell,
    q: String,
    /// What was found; `None` when nothing was asked.
    found: Option<Vec<Hit>>,
    chapters: Vec<Chapter>,
    pages: usize,
}

struct Chapter {
    id: &'static str,
    name: String,
    pages: Vec<Entry>,
}

/// A page in a list.
struct Entry {
    id: &'static str,
    title: String,
    says: String,
}

struct Hit {
    id: String,
    title: String,
    /// The language of the passage, where it isn't the reader's.
    tag: &'static str,
    passage: Vec<(bool, String)>,
}

#[derive(Template)]
#[template(path = "pages/handbook/one.html")]
struct One {
    s: Shell,
    chapter: &'static str,
    crumbs: Vec<Link>,
    here: String,
    view: View,
    go: Vec<(&'static str, String)>,
    see: Vec<Entry>,
    before: Option<Entry>,
    after: Option<Entry>,
}

/// What a page says, ready to be shown.
struct View {
    id: &'static str,
    title: String,
    says: String,
    whose: String,
    parts: Vec<(String, Vec<Block<'static>>)>,
    bases: Vec<Basis>,
}

#[derive(Template)]
#[template(path = "pages/handbook/print.html")]
struct Print {
    s: Shell,
    crumbs: Vec<Link>,
    here: String,
    chapters: Vec<(String, Vec<View>)>,
}

#[derive(Template)]
#[template(path = "pages/handbook/glossary.html")]
struct Glossary {
    s: Shell,
    crumbs: Vec<Link>,
    here: String,
    /// Term, the same in the other language, what it means, the page.
    terms: Vec<[String; 4]>,
}

impl Desk {
    fn entry(&self, page: &'static Page) -> Entry {
        Entry { id: &page.id, title: self.law(&page.title), says: self.law(&page.says) }
    }
}

fn crumb(desk: &Desk) -> Vec<Link> {
    let name = desk.t("w-nav-handbook");
    vec![Link { href: "/handbook".into(), no: String::new(), name }]
}

fn view(desk: &Desk, page: &'static Page) -> View {
    let lang = words::law::lang(desk.lang());
    let part = |part: Part| (desk.t(&format!("handbook-{}", part.key())), page.blocks(lang, part));
    View {
        id: &page.id,
        title: desk.law(&page.title),
        says: desk.law(&page.says),
        whose: desk.t(&format!("handbook-for-{}", page.r#for.key())),
        parts: Part::ALL.into_iter().map(part).collect(),
        bases: page.cites.iter().map(|cite| desk.basis(cite, None)).collect(),
    }
}

/// What a question finds in the reader's language, else in the other one.
fn find(desk: &Desk, q: &str) -> Vec<Hit> {
    let own = words::law::lang(desk.lang());
    let searches = SEARCHES.iter();
    let (own, other): (Vec<_>, Vec<_>) = searches.partition(|search| search.lang() == own);
    for search in own.into_iter().chain(other) {
        let tag = match search.lang() {
            catalog::Lang::Zh => "zh-CN",
            catalog::Lang::En => "en",
        };
        let hits = search.find(q).into_iter().filter_map(|hit| {
            let page = catalog().handbook().page(&hit.id)?;
            Some(Hit { title: desk.law(&page.title), id: hit.id, tag, passage: hit.passage })
        });
        let hits: Vec<Hit> = hits.collect();
        if !hits.is_empty() {
            return hits;
        }
    }
    Vec::new()
}

fn chapters(desk: &Desk) -> Vec<Chapter> {
    let handbook = catalog().handbook();
    let chapter = |chapter: &'static catalog::handbook::Chapter| Chapter {
        id: &chapter.id.id,
        name: desk.law(&chapter.name),
        pages: handbook.of(&chapter.id.id).map(|page| desk.entry(page)).collect(),
    };
    handbook.chapters().iter().map(chapter).collect()
}

/// `GET /handbook`, or with `?q=…`.
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, |desk| {
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let q: String = input.get("q").chars().take(QUESTION_MAX).collect();
        reply::html(&Contents {
            found: (!q.is_empty()).then(|| find(desk, &q)),
            q,
            chapters: chapters(desk),
            pages: catalog().handbook().pages().len(),
            s: desk.shell(Section::Handbook)?,
        })
    })
    .await
}

/// The ways of a page to the program's own pages, those that this machine has.
fn ways(desk: &Desk, page: &'static Page) -> Vec<(&'static str, String)> {
    let role = desk.app.role;
    let here = |to: &str| rights::of_path(role, to).is_some();
    let ways = page.go.iter().filter(|go| here(&go.to.id));
    ways.map(|go| (go.to.id.as_str(), desk.law(&go.name))).collect()
}

/// `GET /handbook/three-elements`.
pub(crate) async fn one(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let handbook = catalog().handbook();
        let pages = handbook.pages();
        let at = pages.iter().position(|page| page.id == id).ok_or(Problem::NotFound)?;
        let page = &pages[at];
        let chapter = handbook.chapters().iter().find(|one| one.id.id == page.chapter.id);
        let name = chapter.map(|chapter| desk.law(&chapter.name)).unwrap_or_default();
        let mut crumbs = crumb(desk);
        let href = format!("/handbook#c-{}", page.chapter.id);
        crumbs.push(Link { href, no: String::new(), name });
        let neighbour = |at: Option<usize>| pages.get(at?).map(|page| desk.entry(page));
        let see = page.see.iter().filter_map(|see| handbook.page(&see.id));
        reply::html(&One {
            chapter: &page.chapter.id,
            here: desk.law(&page.title),
            crumbs,
            view: view(desk, page),
            go: ways(desk, page),
            see: see.map(|page| desk.entry(page)).collect(),
            before: neighbour(at.checked_sub(1)),
            after: neighbour(at.checked_add(1)),
            s: desk.shell(Section::Handbook)?,
        })
    })
    .await
}

/// `GET /handbook/print`, or one chapter with `?chapter=…`.
pub(crate) async fn print(
    State(app): State<App>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, |desk| {
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let wanted = input.get("chapter").to_owned();
        let handbook = catalog().handbook();
        let all = handbook.chapters().iter();
        let chosen = all.filter(|chapter| wanted.is_empty() || chapter.id.id == wanted);
        let chapters = chosen.map(|chapter| {
            let pages = handbook.of(&chapter.id.id).map(|page| view(desk, page));
            (desk.law(&chapter.name), pages.collect())
        });
        let chapters: Vec<_> = chapters.collect();
        if chapters.is_empty() {
            return Err(Problem::NotFound);
        }
        reply::html(&Print {
            chapters,
            crumbs: crumb(desk),
            here: desk.t("w-handbook-print"),
            s: desk.shell(Section::Handbook)?,
        })
    })
    .await
}

/// `GET /handbook.pdf`: all of it.
pub(crate) async fn pdf(State(app): State<App>, visitor: Visitor) -> Response {
    at_desk(app, visitor, |desk| {
        let pdf = office::handbook_pdf(desk.lang(), desk.today())?;
        Ok(reply::file("application/pdf", "handbook.pdf", pdf))
    })
    .await
}

/// `GET /handbook/glossary`.
pub(crate) async fn glossary(State(app): State<App>, visitor: Visitor) -> Response {
    at_desk(app, visitor, |desk| {
        let terms = catalog().handbook().glossary().iter().map(|term| {
            let other = match desk.lang() {
                words::Lang::Zh => term.name.en.clone(),
                words::Lang::En => term.name.zh.clone(),
            };
            let page = term.page.as_ref().map(|page| page.id.clone()).unwrap_or_default();
            [desk.law(&term.name), other, desk.law(&term.says), page]
        });
        reply::html(&Glossary {
            terms: terms.collect(),
            crumbs: crumb(desk),
            here: desk.t("w-handbook-glossary"),
            s: desk.shell(Section::Handbook)?,
        })
    })
    .await
}

/// The page of the handbook that belongs to an address: its own address and title.
pub(crate) fn guide(desk: &Desk) -> Option<(String, String)> {
    let (role, visitor) = (desk.app.role, &desk.visitor);
    let (pattern, [look, _]) = rights::of_path(role, &visitor.path)?;
    let seen = match look {
        Access::May(action) => visitor.session.is_some() && visitor.may(*action),
        Access::Anybody => true,
        Access::Never => false,
    };
    let page = catalog().handbook().shown_at(pattern).filter(|_| seen)?;
    Some((format!("/handbook/{}", page.id), desk.law(&page.title)))
}

impl Contents {
    /// Whether whoever reads may print all of it.
    fn may_print(&self) -> bool {
        self.s.signed_in && self.s.may(Action::Use.word())
    }

    fn on_node(&self) -> bool {
        !self.s.station
    }
}
