//! 服务覆盖: how many companies each service has reached, with the list behind each figure, and
//! the same for those who may not see the companies.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::coverage::{Figure, ShownShare, Sight};
use domain::terms::Service;
use store::read::{Coverage, Dimension};

use super::companies::list_of;
use crate::desk::{App, Desk, at_desk};
use crate::input::Input;
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell, thousands};
use crate::show::{Chip, query};
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/coverage/page.html")]
struct Page {
    s: Shell,
    chips: Vec<Chip>,
    sights: Vec<Chip>,
    public: bool,
    export: String,
    by: String,
    services: Vec<String>,
    lines: Vec<Line>,
}

/// A line of the table; the last one is of all companies.
struct Line {
    name: String,
    of: Cell,
    had: Vec<Cell>,
    next: Option<Cell>,
    is_all: bool,
}

/// A figure, with the list behind it, and as a share.
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) href: String,
    pub(crate) share: String,
}

struct Wanted {
    by: Dimension,
    sight: Sight,
}

impl Wanted {
    fn read(query: Option<String>) -> Self {
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let by = Dimension::from_word(input.get("by")).unwrap_or(Dimension::Tag);
        let public = input.get("view") == "public";
        Self { by, sight: if public { Sight::Figures } else { Sight::Companies } }
    }

    fn href(path: &str, by: Dimension, sight: Sight) -> String {
        let view = if sight == Sight::Figures { "public" } else { "" };
        let by = if by == Dimension::Tag { "" } else { by.word() };
        query(path, &[("by", by), ("view", view)])
    }
}

/// `GET /coverage`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let Wanted { by, sight } = Wanted::read(query);
        let found = desk.reader.coverage(by)?;
        let chips = Dimension::ALL.into_iter().map(|dimension| Chip {
            href: Wanted::href("/coverage", dimension, sight),
            label: desk.t(&format!("field-{}", dimension.word())),
            count: String::new(),
            current: dimension == by,
        });
        let sights = [(Sight::Companies, "w-sight-own"), (Sight::Figures, "w-sight-public")];
        let sights = sights.map(|(of, key)| Chip {
            href: Wanted::href("/coverage", by, of),
            label: desk.t(key),
            count: String::new(),
            current: of == sight,
        });
        let page = Page {
            chips: chips.collect(),
            sights: sights.into(),
            public: sight == Sight::Figures,
            export: Wanted::href("/coverage.csv", by, sight),
            by: desk.t(&format!("field-{}", by.word())),
            services: service_names(desk),
            lines: lines(desk, by, sight, &found),
            s: desk.shell(Section::Coverage)?,
        };
        reply::html(&page)
    })
    .await
}

/// The heads of the columns after that of any service.
fn service_names(desk: &Desk) -> Vec<String> {
    let services = Service::ALL.iter().map(|service| format!("service-{}", service.word()));
    services.chain(["coverage-filed".to_owned()]).map(|key| desk.t(&key)).collect()
}

fn lines(desk: &Desk, by: Dimension, sight: Sight, found: &Coverage) -> Vec<Line> {
    let (shares, all) = found.shown(sight);
    let open = sight == Sight::Companies;
    let mut lines: Vec<Line> = found
        .lines
        .iter()
        .zip(&shares)
        .map(|(line, shares)| {
            let list = |rest: &[(&str, &str)]| match open {
                true => list_of(by, &line.value, rest),
                false => String::new(),
            };
            let left = line.of - line.any;
            let next = (open && left > 0).then(|| Cell {
                text: desk.n("w-left-over", thousands(left.into())),
                href: list(&[("view", "never"), ("sort", "first")]),
                share: String::new(),
            });
            row(desk, office::value_words(desk.lang(), by, &line.value), shares, list, next)
        })
        .collect();
    let list = |rest: &[(&str, &str)]| match open {
        true => query("/companies", rest),
        false => String::new(),
    };
    let total = row(desk, desk.t("coverage-all"), &all, list, None);
    lines.push(Line { is_all: true, ..total });
    lines
}

fn row(
    desk: &Desk,
    name: String,
    shares: &[ShownShare],
    list: impl Fn(&[(&str, &str)]) -> String,
    next: Option<Cell>,
) -> Line {
    let mut had = vec![cell(desk, shares[0], list(&[("view", "served")]))];
    had.extend(
        Service::ALL
            .iter()
            .zip(&shares[1..])
            .map(|(service, share)| cell(desk, *share, list(&[("had", service.word())]))),
    );
    had.extend(shares.last().map(|share| cell(desk, *share, list(&[("view", "filed")]))));
    let of = Cell { text: figure(desk, shares[0].of), href: list(&[]), share: String::new() };
    Line { name, of, had, next, is_all: false }
}

/// A figure and its share of the set, as far as both may be shown.
pub(crate) fn cell(desk: &Desk, share: ShownShare, href: String) -> Cell {
    let percent = match (share.had, share.of) {
        (Figure::Shown(had), Figure::Shown(of)) if of > 0 => {
            format!("{:.0}%", f64::from(had) * 100.0 / f64::from(of))
        }
        _ => String::new(),
    };
    Cell { text: figure(desk, share.had), href, share: percent }
}

fn figure(desk: &Desk, figure: Figure) -> String {
    match figure {
        Figure::Shown(count) => thousands(count.into()),
        Figure::Withheld => desk.t("coverage-withheld"),
    }
}

/// `GET /coverage.csv`: the same table for other programs.
pub(crate) async fn csv(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let Wanted { by, sight } = Wanted::read(query);
        let found = desk.reader.coverage(by)?;
        let mut text = String::from(sheet::csv_start());
        let head = [format!("field-{}", by.word()), "coverage-of".into(), "coverage-any".into()];
        let head = head.into_iter().map(|key| desk.t(&key)).chain(service_names(desk));
        sheet::csv_line(&mut text, head);
        for line in lines(desk, by, sight, &found) {
            let had = line.had.iter().map(|cell| cell.text.clone());
            sheet::csv_line(&mut text, [line.name, line.of.text].into_iter().chain(had));
        }
        Ok(reply::file("text/csv; charset=utf-8", "coverage.csv", text.into_bytes()))
    })
    .await
}

/// A line of a chart: a name, its share as a bar, and in figures.
pub(crate) struct Bar {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) percent: String,
    pub(crate) words: String,
}

/// The largest lines of a dimension with the share that had any service.
pub(crate) fn bars(desk: &Desk, by: Dimension, most: usize) -> Result<Vec<Bar>, Problem> {
    let found = desk.reader.coverage(by)?;
    let named = found.lines.iter().filter(|line| !line.value.is_empty());
    let bars = named.take(most).map(|line| {
        let percent = format!("{:.1}%", f64::from(line.any) * 100.0 / f64::from(line.of.max(1)));
        Bar {
            name: office::value_words(desk.lang(), by, &line.value),
            href: list_of(by, &line.value, &[]),
            words: desk.tr(
                "w-share-words",
                &[
                    ("percent", &percent),
                    ("had", &thousands(line.any.into())),
                    ("of", &thousands(line.of.into())),
                ],
            ),
            percent,
        }
    });
    Ok(bars.collect())
}
