//! 密点: the register. Every filter, the order and the page stand in the URL.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::Number;
use domain::terms::{Class, Level};
use store::read::{SecretFilter, SecretRow, SecretSort, SecretState};

use crate::desk::{App, Desk, at_desk, href};
use crate::form::Choice;
use crate::input::Input;
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell, thousands};
use crate::show::{self, Chip, Pager, Place, Status, query};
use crate::visitor::Member;

/// Saved views: the word in the URL.
const VIEWS: [&str; 6] = ["", "core", "review", "lacking", "draft", "disclosed"];
/// Orders: the word in the URL and the order.
const SORTS: [(&str, SecretSort); 5] = [
    ("level", SecretSort::Level),
    ("no", SecretSort::No),
    ("title", SecretSort::Title),
    ("review", SecretSort::Review),
    ("newest", SecretSort::Newest),
];
/// The most rows of an export.
const EXPORT_MAX: u32 = 10_000;
/// How far ahead a review counts as near.
const REVIEW_DAYS: i64 = 30;

#[derive(Template)]
#[template(path = "pages/secrets/page.html")]
struct Page {
    s: Shell,
    lead: String,
    chips: Vec<Chip>,
    q: String,
    view: String,
    sort: &'static str,
    levels: Vec<Choice>,
    classes: Vec<Choice>,
    states: Vec<Choice>,
    pager: Pager,
    rows: Vec<Row>,
    heads: Vec<Head>,
    none_at_all: bool,
    export: String,
}

/// The head of a column by which the list can be sorted.
struct Head {
    href: String,
    label: String,
    current: bool,
    class: &'static str,
}

struct Row {
    href: String,
    no: String,
    title: String,
    sub: String,
    level: String,
    level_class: &'static str,
    class: String,
    department: String,
    owner: String,
    cleared: u32,
    gap: Status,
    review: String,
    late: bool,
}

/// What the URL asks for. What is unknown in it is ignored.
struct Wanted {
    filter: SecretFilter,
    view: &'static str,
    sort: &'static str,
    place: Place,
    q: String,
    level: &'static str,
    class: &'static str,
    state: &'static str,
    owner: String,
}

impl Wanted {
    fn read(desk: &Desk, query: Option<String>) -> Self {
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let view = VIEWS.into_iter().find(|view| *view == input.get("view")).unwrap_or_default();
        let (sort, order) =
            SORTS.into_iter().find(|(word, _)| *word == input.get("sort")).unwrap_or(SORTS[0]);
        let q: String = input.get("q").chars().take(100).collect();
        let level = Level::from_word(input.get("level"));
        let class = Class::from_word(input.get("class"));
        let state = SecretState::from_word(input.get("state"));
        let owner = Number::parse(input.get("owner")).ok();
        let place = Place::read(&input);
        let filter = SecretFilter {
            text: Some(q.clone()),
            level,
            class,
            state,
            owner,
            sort: order,
            limit: place.size,
            offset: place.offset(),
            ..SecretFilter::default()
        };
        Self {
            filter: of_view(desk, view, filter),
            view,
            sort,
            place,
            q,
            level: level.map_or("", Level::word),
            class: class.map_or("", Class::word),
            state: state.map_or("", SecretState::word),
            owner: owner.map(|no| no.to_string()).unwrap_or_default(),
        }
    }

    /// The same question elsewhere: with another view, order, page or path.
    fn href(&self, path: &str, view: &str, sort: &str, place: Place) -> String {
        let sort = if sort == SORTS[0].0 { "" } else { sort };
        let [size, page] = place.words();
        let pairs = [
            ("view", view),
            ("q", &self.q),
            ("level", self.level),
            ("class", self.class),
            ("state", self.state),
            ("owner", &self.owner),
            ("sort", sort),
            ("size", &size),
            ("page", &page),
        ];
        query(path, &pairs)
    }

    /// The first page of the same question in another order.
    fn sorted(&self, path: &str, sort: &str) -> String {
        self.href(path, self.view, sort, Place { page: 1, ..self.place })
    }
}

/// Adds what a saved view asks for.
fn of_view(desk: &Desk, view: &str, mut filter: SecretFilter) -> SecretFilter {
    match view {
        "core" => filter.level = Some(Level::Core),
        "review" => filter.review_by = desk.today().plus_days(REVIEW_DAYS),
        "lacking" => filter.lacking = true,
        "draft" => filter.state = Some(SecretState::Draft),
        "disclosed" => filter.disclosed = true,
        _ => {}
    }
    filter
}

/// `GET /secrets`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let wanted = Wanted::read(desk, query);
        let found = desk.reader.secrets(&wanted.filter)?;
        let counts = desk.reader.secrets_by_level()?;
        let total: u64 = counts.iter().sum();
        let sort = desk.t(&format!("w-sort-{}", wanted.sort));
        let pager = wanted.place.pager(
            desk,
            ("w-secrets-caption", &sort),
            (found.rows.len(), found.total),
            |place| wanted.href("/secrets", wanted.view, wanted.sort, place),
        );
        let page = Page {
            lead: desk
                .tr("w-secrets-lead", &[("n", &thousands(total)), ("core", &thousands(counts[0]))]),
            chips: chips(desk, &wanted)?,
            levels: choices(desk, "level", Level::ALL.iter().map(|l| l.word()), wanted.level),
            classes: choices(desk, "class", Class::ALL.iter().map(|c| c.word()), wanted.class),
            states: choices(
                desk,
                "w-state",
                ["draft", "active", "declassified"].into_iter(),
                wanted.state,
            ),
            pager,
            rows: found.rows.iter().map(|secret| row(desk, secret)).collect(),
            heads: heads(desk, &wanted),
            none_at_all: desk.reader.last(domain::Series::Secret)? == 0,
            export: wanted.sorted("/secrets.csv", wanted.sort),
            view: wanted.view.to_owned(),
            sort: wanted.sort,
            q: wanted.q,
            s: desk.shell(Section::Secrets)?,
        };
        reply::html(&page)
    })
    .await
}

fn chips(desk: &Desk, wanted: &Wanted) -> Result<Vec<Chip>, Problem> {
    VIEWS
        .into_iter()
        .map(|view| {
            let one = SecretFilter { limit: 1, ..SecretFilter::default() };
            let count = desk.reader.secrets(&of_view(desk, view, one))?.total;
            let name = if view.is_empty() { "all" } else { view };
            Ok(Chip {
                href: query("/secrets", &[("view", view)]),
                label: desk.t(&format!("w-view-{name}")),
                count: thousands(count),
                current: view == wanted.view,
            })
        })
        .collect()
}

fn choices(
    desk: &Desk,
    prefix: &str,
    words: impl Iterator<Item = &'static str>,
    on: &str,
) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", desk.t("w-any"), on.is_empty())];
    choices.extend(
        words.map(|word| Choice::new(word, desk.t(&format!("{prefix}-{word}")), word == on)),
    );
    choices
}

fn heads(desk: &Desk, wanted: &Wanted) -> Vec<Head> {
    [("no", "w-col-no", "p2"), ("title", "w-col-title", ""), ("level", "w-col-level", "")]
        .into_iter()
        .chain([("review", "w-col-review", "p2")])
        .map(|(sort, label, class)| Head {
            href: wanted.sorted("/secrets", sort),
            label: desk.t(label),
            current: sort == wanted.sort,
            class,
        })
        .collect()
}

fn row(desk: &Desk, row: &SecretRow) -> Row {
    let today = desk.today();
    let declassified = !row.state.is_open();
    Row {
        href: href(row.no),
        no: row.no.to_string(),
        title: row.title.clone(),
        sub: row.form.map(|form| desk.t(&format!("form-{}", form.word()))).unwrap_or_default(),
        level: desk.t(&format!("level-{}", row.level.word())),
        level_class: show::level_class(row.level),
        class: desk.t(&format!("class-{}", row.class.word())),
        department: row.department.clone().unwrap_or_else(show::nothing),
        owner: row.owner.map(|owner| desk.name(owner)).unwrap_or_default(),
        cleared: row.cleared,
        gap: gap(desk, row),
        review: if declassified { show::nothing() } else { show::day(row.review) },
        late: !declassified && row.review.is_some_and(|day| day < today),
    }
}

/// What a secret point lacks to stand in court.
pub(crate) fn gap(desk: &Desk, row: &SecretRow) -> Status {
    if !row.state.is_open() {
        let merged = row.merged.is_some();
        return Status::new(
            "",
            desk.t(if merged { "w-state-merged" } else { "w-state-declassified" }),
        );
    }
    let lacks = [
        (row.statements == 0, "w-lack-statements"),
        (row.measures == 0, "w-lack-measures"),
        (row.carriers == 0, "w-lack-carriers"),
    ];
    let lacks: Vec<_> = lacks.iter().filter(|(lacks, _)| *lacks).map(|(_, key)| key).collect();
    match lacks[..] {
        [] => Status::new("ok", desk.t("w-complete")),
        [one] if *one != "w-lack-statements" => Status::new("due", desk.t(one)),
        [one] => Status::new("bad", desk.t(one)),
        _ => Status::new("bad", desk.n("w-lack-several", lacks.len())),
    }
}

/// `GET /secrets.csv`: the same question, as a table for other programs. UTF-8 with a mark, since
/// spreadsheets ask for it.
pub(crate) async fn csv(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let wanted = Wanted::read(desk, query);
        let filter = SecretFilter { limit: EXPORT_MAX, offset: 0, ..wanted.filter };
        let columns = [
            "w-col-no",
            "w-col-title",
            "w-col-level",
            "w-col-class",
            "w-col-form",
            "w-col-department",
            "w-col-owner",
            "w-col-cleared",
            "w-col-statements",
            "w-col-carriers",
            "w-col-measures",
            "w-col-disclosed",
            "w-col-review",
            "w-col-state",
            "w-col-received",
        ];
        let mut text = String::from(sheet::csv_start());
        sheet::csv_line(&mut text, columns.map(|key| desk.t(key)));
        for found in desk.reader.secrets(&filter)?.rows {
            let shown = row(desk, &found);
            sheet::csv_line(
                &mut text,
                [
                    shown.no,
                    shown.title,
                    shown.level,
                    shown.class,
                    shown.sub,
                    found.department.clone().unwrap_or_default(),
                    shown.owner,
                    found.cleared.to_string(),
                    found.statements.to_string(),
                    found.carriers.to_string(),
                    found.measures.to_string(),
                    found.open_disclosures.to_string(),
                    found.review.map(|day| day.to_string()).unwrap_or_default(),
                    desk.t(&format!("w-state-{}", found.state.word())),
                    desk.second(found.at),
                ],
            );
        }
        Ok(reply::file("text/csv; charset=utf-8", "secrets.csv", text.into_bytes()))
    })
    .await
}
