//! 比对: two things side by side, and what a person concludes of it.

pub(crate) mod make;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Number, Series};
use office::Trouble;
use office::matching::{
    Comparison, Conclusion, Figures, Layer, PartRow, Spot, passage_sort, seen, share,
};
use store::read::ComparisonRow;

use super::entry::Proof;
use super::number;
use crate::describe::Line;
use crate::desk::{App, Desk, at_desk, href};
use crate::input::Posted;
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell, thousands};
use crate::show::{self, Link, Status};
use crate::visitor::Member;

/// Parts and passages that the page shows; the report has more.
const PARTS: usize = 60;
const PASSAGES: usize = 40;
const NAMES: usize = 40;

#[derive(Template)]
#[template(path = "pages/comparisons/page.html")]
struct Page {
    s: Shell,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    no: String,
    what: String,
    secrets: String,
    source: String,
    at: String,
    status: Status,
}

#[derive(Template)]
#[template(path = "pages/comparisons/one.html")]
struct One {
    s: Shell,
    no: String,
    what: String,
    at: String,
    status: Status,
    view: Option<View>,
    missing: String,
    conclusions: Vec<Said>,
    may_conclude: bool,
    lines: Vec<Line>,
    proof: Proof,
}

/// A conclusion in words.
struct Said {
    who: Link,
    at: String,
    sameness: String,
    why: String,
    differences: String,
    effects: String,
}

/// A comparison in words.
struct View {
    open: bool,
    secret: Option<Link>,
    figures: Vec<(String, String)>,
    layers: Vec<[String; 5]>,
    parts: Vec<Part>,
    more_parts: String,
    passages: Vec<Passage>,
    more_passages: String,
    names: Vec<(String, String, String)>,
    greyed: Vec<[String; 4]>,
    filters: Vec<String>,
    other: String,
    facts: Vec<(String, String)>,
    faults: Vec<(String, String)>,
}

struct Part {
    name: String,
    file: String,
    seen: String,
    shares: Vec<String>,
    places: Vec<String>,
    filtered: Vec<String>,
}

struct Passage {
    sort: String,
    class: &'static str,
    left: String,
    right: String,
    left_text: Vec<(bool, String)>,
    right_text: Vec<(bool, String)>,
}

fn status(desk: &Desk, row: &ComparisonRow) -> Status {
    match (row.conclusions, row.secrets.is_empty()) {
        (0, true) => Status::new("part", desk.t("w-comparison-files")),
        (0, false) => Status::new("due", desk.t("compare-not-concluded")),
        (n, _) => Status::new("ok", desk.n("w-comparison-concluded", n)),
    }
}

/// `GET /comparisons`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let rows = desk.reader.comparisons(None)?.into_iter().map(|row| Row {
            href: href(row.no),
            no: row.no.to_string(),
            what: row.what.clone(),
            secrets: desk.names(&row.secrets),
            source: row.source.clone().unwrap_or_else(show::nothing),
            at: desk.minute(row.at),
            status: status(desk, &row),
        });
        let rows = rows.collect();
        reply::html(&Page { s: desk.shell(Section::Comparisons)?, rows })
    })
    .await
}

/// `GET /comparisons/BD-0001`: the figures, without what the passages say.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| page(desk, &no, false)).await
}

/// `POST /comparisons/BD-0001/passages`: the page with the passages, once. They may be secret
/// content, so the ledger is told before.
pub(crate) async fn passages(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        told(desk, &row(desk, &no)?)?;
        page(desk, &no, true)
    })
    .await
}

/// `POST /comparisons/BD-0001/report`: the whole report as a file.
pub(crate) async fn report(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let row = row(desk, &no)?;
        let comparison = kept(desk, &row)?;
        told(desk, &row)?;
        let office = desk.office();
        let conclusions = office.conclusions(row.no, desk.unlocked())?;
        let paper = office.comparison_paper(desk.lang(), &comparison, &conclusions)?;
        let no = row.no;
        Ok(match posted.input.get("form") {
            "pdf" => {
                reply::file("application/pdf", &format!("{no}.pdf"), office.paper_pdf(&paper)?)
            }
            "json" => {
                let json = serde_json::to_vec_pretty(&comparison);
                let json = json.map_err(|_| Problem::Broken("w-broken"))?;
                reply::file("application/json", &format!("{no}.json"), json)
            }
            _ => {
                let html = office::paper_html(&paper).into_bytes();
                reply::file("text/html; charset=utf-8", &format!("{no}.html"), html)
            }
        })
    })
    .await
}

fn row(desk: &Desk, no: &str) -> Result<ComparisonRow, Problem> {
    let no = number(no, Series::Comparison)?;
    desk.reader.comparison(no)?.ok_or(Problem::NotFound)
}

fn kept(desk: &Desk, row: &ComparisonRow) -> Result<Comparison, Trouble> {
    let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
    desk.office().kept_comparison(row.no, (row.idx, &row.report), unlocked)
}

/// Tells the ledger that the content of the secret points is looked at.
fn told(desk: &Desk, row: &ComparisonRow) -> Result<(), Problem> {
    for secret in &row.secrets {
        let ask = desk.office().ask(&desk.by());
        let why = Some(row.no.to_string());
        desk.office().view_secret(&ask, *secret, "comparison".into(), why)?;
    }
    Ok(())
}

fn page(desk: &Desk, no: &str, open: bool) -> Result<Response, Problem> {
    let row = row(desk, no)?;
    let (view, missing) = match kept(desk, &row) {
        Ok(comparison) => (Some(View::of(desk, &comparison, open)), String::new()),
        Err(Trouble::Erased) => (None, desk.t("w-report-gone")),
        Err(Trouble::NotAsRecorded(_)) => (None, desk.t("w-report-other")),
        Err(trouble) => return Err(trouble.into()),
    };
    let conclusions = desk.office().conclusions(row.no, desk.unlocked().filter(|_| open))?;
    let mut lines = desk.lines(&desk.reader.timeline(row.no)?, Some(row.no));
    lines.reverse();
    let page = One {
        no: row.no.to_string(),
        what: row.what.clone(),
        at: desk.second(row.at),
        status: status(desk, &row),
        view,
        missing,
        conclusions: conclusions.iter().map(|one| Said::of(desk, one)).collect(),
        may_conclude: !row.secrets.is_empty(),
        lines,
        proof: Proof::of(desk, row.idx)?,
        s: desk.shell(Section::Comparisons)?,
    };
    reply::html(&page)
}

impl Said {
    fn of(desk: &Desk, one: &Conclusion) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            who: desk.link(one.row.person),
            at: desk.minute(one.row.at),
            sameness: desk.t(&format!("sameness-{}", one.row.sameness.word())),
            why: text(&one.why),
            differences: text(&one.differences),
            effects: text(&one.effects),
        }
    }
}

impl View {
    fn of(desk: &Desk, of: &Comparison, open: bool) -> Self {
        let closed;
        let of = if open {
            of
        } else {
            closed = of.closed();
            &closed
        };
        let layer = |layer: Layer| desk.t(&format!("compare-layer-{}", layer.word()));
        // What the left side consists of: parts of a secret point, or files.
        let ours = |name: &str| match of.secret {
            Some(_) => words::part(desk.lang(), name),
            None => name.to_owned(),
        };
        let best = |pick: fn(&office::matching::LayerFigures) -> Figures| {
            let shares = of.layers.iter().map(pick).filter(|figures| figures.share().is_some());
            let best = shares.max_by(|a, b| {
                a.share().partial_cmp(&b.share()).unwrap_or(std::cmp::Ordering::Equal)
            });
            best.map_or_else(show::nothing, |figures| share(&figures))
        };
        let passages = of.passages.len() as u64 + of.more_passages;
        let moved = of.passages.iter().filter(|passage| passage.moved).count();
        let edited = of.passages.iter().filter(|passage| passage.edited).count();
        let figures = vec![
            (best(|row| row.left), desk.t("compare-col-left")),
            (best(|row| row.right), desk.t("compare-col-right")),
            (thousands(passages), desk.t("w-comparison-passages")),
            (thousands(of.filters.len() as u64), desk.t("w-comparison-filters")),
        ];
        let layers = of.layers.iter().map(|row| {
            let filtered = |figures: &Figures| format!("{} / {}", figures.filtered, figures.units);
            [
                layer(row.layer),
                share(&row.left),
                share(&row.right),
                filtered(&row.left),
                filtered(&row.right),
            ]
        });
        let filter = |place: Option<u32>| match place.and_then(|n| of.filters.get(n as usize)) {
            Some(row) => {
                format!("{} {}", desk.t(&format!("compare-why-{}", row.why.word())), row.name)
            }
            None => desk.t("compare-why-generated"),
        };
        let part = |row: &PartRow| Part {
            name: row.part.as_ref().map_or_else(String::new, |part| words::part(desk.lang(), part)),
            file: row.name.clone(),
            seen: desk.t(seen(row)),
            shares: row
                .layers
                .iter()
                .map(|(kind, figures)| format!("{} {}", layer(*kind), share(figures)))
                .collect(),
            places: row.places.iter().map(|(name, lines)| at(desk, name, *lines)).collect(),
            filtered: row
                .filtered
                .iter()
                .map(|(place, bytes)| format!("{} ({})", filter(*place), show::size(*bytes)))
                .collect(),
        };
        let shown = of.passages.iter().take(if open { PASSAGES } else { PASSAGES / 2 });
        let listed = shown.map(|passage| {
            let moved = if passage.moved { desk.t("compare-moved") } else { String::new() };
            let units = desk.t(&format!("compare-units-{}", passage.layer.word()));
            let sort = desk.t(passage_sort(passage));
            let spot = |spot: &Spot| at(desk, &spot.name, spot.lines);
            let ours = Spot { name: ours(&passage.left.name), ..passage.left.clone() };
            let same = passage.layer == Layer::Text && !passage.edited;
            Passage {
                sort: format!("{sort}{moved}, {} {units}", thousands(u64::from(passage.same))),
                class: if same { "bad" } else { "due" },
                left: spot(&ours),
                right: spot(&passage.right),
                left_text: passage.left.text.clone(),
                right_text: passage.right.text.clone(),
            }
        });
        let listed: Vec<Passage> = listed.collect();
        let more = |key: &str, n: u64| match n {
            0 => String::new(),
            n => desk.tr(key, &[("n", &thousands(n))]),
        };
        let greyed = of.left.greyed.iter().map(|row| (row, "compare-left"));
        let greyed = greyed.chain(of.right.greyed.iter().map(|row| (row, "compare-right")));
        let other = [
            ("moved", &*moved.to_string()),
            ("edited", &edited.to_string()),
            ("names", &of.names.len().to_string()),
        ];
        let side = |side: &office::matching::Side| {
            let args = [
                ("name", &*side.name),
                ("files", &thousands(side.files)),
                ("bytes", &show::size(side.bytes)),
            ];
            desk.tr("compare-side", &args)
        };
        let facts = [
            ("compare-left", side(&of.left)),
            ("compare-right", side(&of.right)),
            ("field-source", of.source.clone().unwrap_or_else(|| desk.t("compare-source-unsaid"))),
            ("match-about-program", of.program.clone()),
            ("compare-left-digest", of.left.manifest.clone()),
            ("compare-right-digest", of.right.manifest.clone()),
            ("compare-figures", of.figures.clone()),
        ];
        Self {
            open,
            secret: of.secret.as_ref().map(|secret| desk.link(secret.no)),
            figures,
            layers: layers.collect(),
            parts: of.left.parts.iter().take(PARTS).map(part).collect(),
            more_parts: more(
                "compare-more-parts",
                of.left.more_parts + of.left.parts.len().saturating_sub(PARTS) as u64,
            ),
            more_passages: more("compare-more-passages", passages - listed.len() as u64),
            passages: listed,
            names: of
                .names
                .iter()
                .take(NAMES)
                .map(|row| {
                    (row.left.clone(), row.right.clone(), format!("{} / {}", row.times, row.of))
                })
                .collect(),
            greyed: greyed
                .take(PASSAGES / 2)
                .map(|(row, side)| {
                    let name = match side {
                        "compare-left" => ours(&row.name),
                        _ => row.name.clone(),
                    };
                    let place = at(desk, &name, row.lines);
                    [desk.t(side), place, filter(row.filter), row.text.clone()]
                })
                .collect(),
            filters: (0..of.filters.len() as u32).map(|place| filter(Some(place))).collect(),
            other: desk.tr("compare-other-facts", &other),
            facts: facts.into_iter().map(|(key, value)| (desk.t(key), value)).collect(),
            faults: of
                .faults
                .iter()
                .take(PARTS)
                .map(|fault| {
                    let within = if fault.inside.is_empty() { "" } else { " !/" };
                    let path = format!("{}{within}{}", fault.path, fault.inside);
                    (path, words::fault(desk.lang(), &fault.why))
                })
                .collect(),
        }
    }
}

/// A part of a side and lines of it, in words.
fn at(desk: &Desk, name: &str, lines: Option<[u64; 2]>) -> String {
    match lines {
        None => name.to_owned(),
        Some([from, to]) => {
            let lines = if from == to { from.to_string() } else { format!("{from}–{to}") };
            format!("{name}{}", desk.tr("compare-at-lines", &[("lines", &lines)]))
        }
    }
}

/// Secret points that can be compared.
pub(super) fn secrets(desk: &Desk) -> Result<Vec<Number>, Problem> {
    let filter = store::read::SecretFilter { limit: u32::MAX, ..Default::default() };
    let mut rows = desk.reader.secrets(&filter)?.rows;
    rows.retain(|row| row.state.is_open());
    Ok(rows.into_iter().map(|row| row.no).collect())
}
