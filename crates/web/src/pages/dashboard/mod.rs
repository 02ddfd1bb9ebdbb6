//! 看板: the figures of a period, each with the list behind it, as pictures with their tables; the
//! same as a report, as a table for other programs, and for the public.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::Period;
use domain::coverage::{Figure, Sight};
use domain::guidance::{Board, Label, Part};
use dossier::{Block, Report};
use office::period_words;

use crate::desk::{App, Desk, at_desk};
use crate::input::Input;
use crate::list::{Act, Cell, Table};
use crate::problem::Problem;
use crate::shell::{Section, Shell, thousands};
use crate::show::Chip;
use crate::visitor::{Member, Visitor};
use crate::{chart, reply};

/// What is looked at together: the word in the URL, and the tables. All of them in one page would
/// be too heavy for a slow line; the report has them all.
const GROUPS: [(&str, &[&str]); 4] = [
    ("", &["coverage", "services", "months", "visits"]),
    ("desk", &["requests", "waits", "prescriptions", "experts"]),
    ("cases", &["recognitions", "cases", "steps", "activities", "people"]),
    ("exchange", &["links", "letters"]),
];

#[derive(Template)]
#[template(path = "pages/dashboard/page.html")]
struct Page {
    s: Shell,
    title: String,
    lead: String,
    note: String,
    acts: Vec<Act>,
    /// Sorts of period, then the one before and the one after.
    spans: Vec<Chip>,
    near: Vec<Chip>,
    /// What else can be looked at of this period.
    groups: Vec<Chip>,
    /// The figures at the top: figure, words and list.
    heads: Vec<(String, String, String)>,
    charts: Vec<Chart>,
}

/// A chart with its table.
struct Chart {
    word: &'static str,
    title: String,
    definition: String,
    /// A remark in figures; blank for none.
    remark: String,
    svg: String,
    table: Table,
}

/// What the query asks for: this half-year when it says nothing.
fn period_of(desk: &Desk, query: Option<String>) -> Period {
    let input = Input::parse(query.unwrap_or_default().as_bytes());
    Period::parse(input.get("period")).unwrap_or_else(|| Period::of(desk.today(), 6))
}

fn at(path: &str, period: Period) -> String {
    format!("{path}?period={period}")
}

fn chip(desk: &Desk, path: &str, period: Period, current: Period) -> Chip {
    Chip {
        href: at(path, period),
        label: period_words(desk.lang(), period),
        count: String::new(),
        current: period == current,
    }
}

/// The ways to other periods from one page.
fn ways(desk: &Desk, path: &str, period: Period) -> (Vec<Chip>, Vec<Chip>) {
    // Of the day that is looked at: today, or the last day of a period that is over.
    let day = period.until().min(desk.today()).max(period.from());
    let spans =
        Period::SPANS.into_iter().map(|span| chip(desk, path, Period::of(day, span), period));
    let mut near = vec![chip(desk, path, period.before(), period)];
    if period.after().from() <= desk.today() {
        near.push(chip(desk, path, period.after(), period));
    }
    (spans.collect(), near)
}

/// A picture of a part, as far as a viewer may see it.
fn picture(part: &Part, sight: Sight, title: &str, names: &[String], columns: &[String]) -> String {
    let (figures, _) = part.shown(sight);
    let count = |figure: &Figure| match figure {
        Figure::Shown(count) => Some(u64::from(*count)),
        Figure::Withheld => None,
    };
    if part.in_time {
        let series = columns.iter().enumerate().map(|(at, name)| {
            let counts = figures.iter().map(|line| line.get(at).and_then(count).unwrap_or(0));
            (name.clone(), counts.collect())
        });
        // Below a column there is room for the month's number only; the table says the year.
        let heads = part.lines.iter().zip(names).map(|(line, name)| match line.label {
            Label::Month(month) => month.part().to_string(),
            _ => name.clone(),
        });
        return chart::columns(title, &heads.collect::<Vec<_>>(), &series.collect::<Vec<_>>());
    }
    // What is a part of the first column stands within its bar.
    let within = part.columns_for(sight);
    let within = within.iter().skip(1).position(|at| {
        part.open.contains(&(*at, Some(0))) || matches!(part.columns[*at], "late" | "overdue")
    });
    let lines = figures.iter().zip(names).filter_map(|(line, name)| {
        let whole = line.first().and_then(count)?;
        let part = within.and_then(|at| line.get(at + 1)).and_then(count);
        Some((name.clone(), whole, part))
    });
    chart::bars(title, &lines.collect::<Vec<_>>())
}

fn chart_of(
    desk: &Desk,
    board: &Board,
    part: &Part,
    sight: Sight,
) -> Result<Option<Chart>, Problem> {
    let columns = part.columns_for(sight);
    if columns.is_empty() {
        return Ok(None);
    }
    let office = desk.office();
    let rows = office.part_table(&desk.reader, part, sight, desk.lang())?;
    let title = desk.t(&format!("fig-{}", part.word));
    let mut table = Table { caption: String::new(), heads: Vec::new(), rows: Vec::new() };
    let mut names = Vec::new();
    let mut heads = Vec::new();
    if let Some((head, lines)) = rows.split_first() {
        heads = head[1..].to_vec();
        let classes = std::iter::once("").chain(std::iter::repeat("n"));
        table.heads = head.iter().cloned().zip(classes).collect();
        for (at, row) in lines.iter().enumerate() {
            // The sum stands below the lines.
            let cells = match part.lines.get(at) {
                Some(line) => Some(&line.cells),
                None => part.sum.as_ref(),
            };
            if at < part.lines.len() {
                names.push(row[0].clone());
            }
            let list = |place: usize| match (sight, cells) {
                (Sight::Companies, Some(cells)) => cells[columns[place]].list.clone(),
                _ => String::new(),
            };
            let figures = row[1..].iter().enumerate().map(|(place, text)| match list(place) {
                list if list.is_empty() => Cell::text(text.clone()),
                list => Cell::link(list, text.clone()),
            });
            let mut line = vec![Cell::text(row[0].clone())];
            line.extend(figures);
            table.rows.push(line);
        }
    }
    let remark = match (part.word, board.answered_in, sight) {
        ("waits", Some((half, most)), Sight::Companies) => {
            desk.tr("fig-answered-in", &[("half", &half.to_string()), ("most", &most.to_string())])
        }
        _ => String::new(),
    };
    Ok(Some(Chart {
        word: part.word,
        definition: desk.t(&format!("fig-{}-def", part.word)),
        remark,
        svg: picture(part, sight, &title, &names, &heads),
        title,
        table,
    }))
}

/// The charts of some tables; of all when none is named.
fn charts(desk: &Desk, board: &Board, sight: Sight, only: &[&str]) -> Result<Vec<Chart>, Problem> {
    let parts = board.parts.iter();
    let parts = parts.filter(|part| only.is_empty() || only.contains(&part.word));
    let charts = parts.map(|part| chart_of(desk, board, part, sight));
    Ok(charts.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

/// `GET /dashboard?period=2026-H1`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::parse(query.clone().unwrap_or_default().as_bytes());
        let (view, words) =
            GROUPS.into_iter().find(|(view, _)| *view == input.get("view")).unwrap_or(GROUPS[0]);
        let period = period_of(desk, query);
        let board = desk.office().board(&desk.reader, period)?;
        let (mut spans, mut near) = ways(desk, "/dashboard", period);
        if !view.is_empty() {
            spans.iter_mut().chain(&mut near).for_each(|chip| {
                chip.href.push_str("&view=");
                chip.href.push_str(view);
            });
        }
        let groups = GROUPS.into_iter().map(|(of, _)| Chip {
            href: match of {
                "" => at("/dashboard", period),
                of => format!("{}&view={of}", at("/dashboard", period)),
            },
            label: desk.t(&format!("w-dashboard-{}", if of.is_empty() { "services" } else { of })),
            count: String::new(),
            current: of == view,
        });
        let heads = board.heads.iter().map(|(word, cell)| {
            (thousands(cell.count), desk.t(&format!("fig-head-{word}")), cell.list.clone())
        });
        let page = Page {
            title: desk.t("w-nav-dashboard"),
            lead: lead(desk, &board),
            note: String::new(),
            acts: vec![
                Act::new(desk, at("/dashboard.csv", period), "w-export").file(),
                Act::new(desk, at("/public/figures", period), "w-figures-public"),
                Act::new(desk, at("/dashboard/report.pdf", period), "w-report-pdf").file(),
                Act::new(desk, at("/dashboard/report", period), "w-report-page").first(),
            ],
            spans,
            near,
            groups: groups.collect(),
            heads: heads.collect(),
            charts: charts(desk, &board, Sight::Companies, words)?,
            s: desk.shell(Section::Dashboard)?,
        };
        reply::html(&page)
    })
    .await
}

fn lead(desk: &Desk, board: &Board) -> String {
    let args = [
        ("period", period_words(desk.lang(), board.period)),
        ("from", board.period.from().to_string()),
        ("until", board.period.until().to_string()),
        ("on", board.on.to_string()),
    ];
    words::tr(desk.lang(), "w-dashboard-lead", &args)
}

#[derive(Template)]
#[template(path = "pages/dashboard/report.html")]
struct ReportPage {
    s: Shell,
    report: Report,
    dashboard: String,
    pdf: String,
}

/// `GET /dashboard/report?period=2026-H1`: the report, to be read and printed.
pub(crate) async fn report(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let board = desk.office().board(&desk.reader, period_of(desk, query))?;
        let office = desk.office();
        let report = office.period_report(&desk.reader, &board, Sight::Companies, desk.lang())?;
        let page = ReportPage {
            report,
            dashboard: at("/dashboard", board.period),
            pdf: at("/dashboard/report.pdf", board.period),
            s: desk.shell(Section::Dashboard)?,
        };
        reply::html(&page)
    })
    .await
}

/// `GET /dashboard/report.pdf?period=2026-H1`.
pub(crate) async fn report_pdf(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let board = desk.office().board(&desk.reader, period_of(desk, query))?;
        let paper =
            desk.office().period_report(&desk.reader, &board, Sight::Companies, desk.lang())?;
        let name = format!("report-{}.pdf", board.period);
        Ok(reply::file("application/pdf", &name, desk.office().paper_pdf(&paper)?))
    })
    .await
}

fn table_of(desk: &Desk, query: Option<String>, sight: Sight) -> Result<Response, Problem> {
    let board = desk.office().board(&desk.reader, period_of(desk, query))?;
    let text = desk.office().board_csv(&desk.reader, &board, sight, desk.lang())?;
    let name = format!("figures-{}.csv", board.period);
    Ok(reply::file("text/csv; charset=utf-8", &name, text.into_bytes()))
}

/// `GET /dashboard.csv?period=2026-H1`.
pub(crate) async fn csv(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| table_of(desk, query, Sight::Companies)).await
}

/// `GET /public/figures?period=2026-H1`: what anybody may see.
pub(crate) async fn open(
    State(app): State<App>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let period = period_of(desk, query);
        let board = desk.office().board(&desk.reader, period)?;
        let (spans, near) = ways(desk, "/public/figures", period);
        let page = Page {
            title: desk.t("w-figures-public"),
            lead: lead(desk, &board),
            note: desk.t("w-sight-public-why"),
            acts: vec![Act::new(desk, at("/public/figures.csv", period), "w-open-data").file()],
            spans,
            near,
            groups: Vec::new(),
            heads: Vec::new(),
            charts: charts(desk, &board, Sight::Figures, &[])?,
            s: desk.shell(Section::Public)?,
        };
        reply::html(&page)
    })
    .await
}

/// `GET /public/figures.csv?period=2026-H1`: the same as open data.
pub(crate) async fn open_csv(
    State(app): State<App>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| table_of(desk, query, Sight::Figures)).await
}
