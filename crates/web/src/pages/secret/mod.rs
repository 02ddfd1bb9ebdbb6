//! One secret point: the three elements, what protects it, who may know it, what proves it.

pub(crate) mod change;
pub(crate) mod people;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use domain::terms::MeasureItem;
use domain::{Number, Series};
use office::{Shown, Trouble};
use store::read::{CarrierRow, SecretCard, SecretState};

use super::disclosure::Row as DisclosureLine;
use super::entry::Proof;
use super::number;
use crate::body;
use crate::describe::Line;
use crate::desk::{App, Desk, at_desk, href};
use crate::input::{Posted, Reading};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::{self, Link, Status};
use crate::visitor::Member;

/// Entries of the timeline that are shown before the rest is folded away.
const LINES: usize = 10;

#[derive(Template)]
#[template(path = "pages/secret/page.html")]
struct Page {
    s: Shell,
    no: String,
    title: String,
    level: String,
    level_class: &'static str,
    lead: String,
    open: bool,
    key: String,
    revealed: bool,
    warnings: Vec<Warning>,
    notes: Vec<(&'static str, String)>,
    gone: bool,
    facts: Vec<(String, String)>,
    statements: Vec<Statement>,
    public: Remark,
    value: Remark,
    origin: Remark,
    measures: Vec<Measure>,
    missing: Vec<String>,
    items_met: usize,
    clearances: Vec<Clearance>,
    cleared: usize,
    carriers: Vec<Carrier>,
    disclosures: Vec<DisclosureLine>,
    proof: Proof,
    lines: Vec<Line>,
    older: Vec<Line>,
    review: String,
}

/// Something to mend, and where.
struct Warning {
    words: String,
    href: String,
    action: String,
}

struct Statement {
    part: u32,
    about: String,
    idx: u64,
    stands: bool,
    text: String,
}

/// A sealed remark: whether it is there, and its text when it may be seen.
struct Remark {
    state: String,
    text: String,
}

struct Measure {
    href: String,
    title: String,
    article: String,
    item: String,
    status: Status,
    statements: String,
    why: String,
    papers: String,
}

struct Clearance {
    link: Link,
    why: String,
    period: String,
    status: Status,
    bar: String,
}

struct Carrier {
    part: u32,
    name: String,
    about: String,
    idx: u64,
    retired: bool,
}

/// `GET /secrets/MD-0001`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Secret)?;
        let card = desk.reader.secret(no)?.ok_or(Problem::NotFound)?;
        reply::html(&page(desk, no, card)?)
    })
    .await
}

fn page(desk: &Desk, no: Number, card: SecretCard) -> Result<Page, Problem> {
    let row = &card.row;
    let session = desk.visitor.session.as_ref();
    let revealed = session.is_some_and(|session| session.is_revealed(no, desk.office().now()));
    let open = row.state != SecretState::Declassified;
    let kind = row.form.map_or_else(
        || desk.t(&format!("class-{}", row.class.word())),
        |form| {
            let class = desk.t(&format!("class-{}", row.class.word()));
            format!("{class} · {}", desk.t(&format!("form-{}", form.word())))
        },
    );
    let day = desk.day_of(row.at).to_string();
    let mut lead = desk.tr("w-secret-lead", &[("kind", &kind), ("day", &day)]);
    if let Some(department) = &row.department {
        lead = format!("{lead} · {department}");
    }
    let measures: Vec<Measure> = measures(desk, &card);
    let met = |item: &MeasureItem| {
        let now = desk.today();
        card.measures.iter().any(|found| found.measure.item == *item && found.measure.in_force(now))
    };
    let missing = MeasureItem::ALL.iter().filter(|item| !met(item) && **item != MeasureItem::Other);
    let missing: Vec<String> = missing
        .map(|item| {
            let article = desk.tr("measure-article", &[("item", &item.item().to_string())]);
            format!("{article} {}", desk.t(&format!("measure-{}", item.word())))
        })
        .collect();
    let mut lines = desk.lines(&desk.reader.timeline(no)?, Some(no));
    lines.reverse();
    let older = if lines.len() > LINES { lines.split_off(LINES) } else { Vec::new() };
    let owner = row.owner.map(|owner| format!("{} {owner}", desk.name(owner)));
    let or_none = |text: Option<String>| text.unwrap_or_else(show::nothing);
    Ok(Page {
        s: desk.shell(Section::Secrets)?,
        no: no.to_string(),
        title: row.title.clone(),
        level: desk.t(&format!("level-{}", row.level.word())),
        level_class: show::level_class(row.level),
        lead,
        open,
        key: hex::encode(desk.office().random::<16>()),
        revealed,
        warnings: warnings(desk, &card),
        notes: super::custody::notes(desk, no)?,
        gone: desk.reader.erasure(no)?.is_some(),
        facts: vec![
            (desk.t("w-owner"), or_none(owner)),
            (desk.t("w-formed"), show::day(row.happened)),
            (desk.t("w-review"), show::day(row.review)),
        ],
        statements: statements(desk, &card, revealed)?,
        public: remark(desk, card.public_idx, "public", revealed)?,
        value: remark(desk, card.value_idx, "value", revealed)?,
        origin: remark(desk, card.origin_idx, "origin", revealed)?,
        items_met: MeasureItem::ALL.iter().filter(|item| met(item)).count(),
        measures,
        missing,
        cleared: card.clearances.iter().filter(|c| c.barred_idx.is_none()).count(),
        clearances: clearances(desk, &card),
        carriers: carriers(desk, &card, revealed)?,
        disclosures: card.disclosures.iter().map(|row| DisclosureLine::of(desk, row)).collect(),
        proof: Proof::of(desk, row.idx)?,
        lines,
        older,
        review: match row.review {
            Some(day) if open => day.to_string(),
            _ => String::new(),
        },
    })
}

fn warnings(desk: &Desk, card: &SecretCard) -> Vec<Warning> {
    let row = &card.row;
    if row.state == SecretState::Declassified {
        return vec![Warning {
            words: desk.t("w-warn-declassified"),
            href: String::new(),
            action: String::new(),
        }];
    }
    let late = row.review.is_some_and(|day| day < desk.today());
    let places = [
        (row.statements == 0, "w-warn-statement", "state", "w-do-state"),
        (row.measures == 0, "w-warn-measure", "match", "w-do-match"),
        (row.carriers == 0, "w-warn-carrier", "carriers", "w-do-carry"),
        (late, "w-warn-review", "revise", "w-do-revise"),
    ];
    let wrong = places.into_iter().filter(|(is_so, ..)| *is_so);
    wrong
        .map(|(_, words, to, action)| Warning {
            words: desk.t(words),
            href: format!("{}/{to}", href(row.no)),
            action: desk.t(action),
        })
        .collect()
}

fn statements(desk: &Desk, card: &SecretCard, revealed: bool) -> Result<Vec<Statement>, Problem> {
    card.statements
        .iter()
        .map(|row| {
            let key = if row.stands { "w-statement-stands" } else { "w-statement-was" };
            let about = desk
                .tr(key, &[("edition", &row.edition.to_string()), ("at", &desk.minute(row.at))]);
            Ok(Statement {
                part: row.no,
                about,
                idx: row.idx,
                stands: row.stands,
                text: if row.stands {
                    opened(desk, row.idx, "text", revealed)?
                } else {
                    String::new()
                },
            })
        })
        .collect()
}

/// A sealed field when it may be seen; else empty.
fn opened(desk: &Desk, idx: u64, field: &str, revealed: bool) -> Result<String, Problem> {
    if !revealed {
        return Ok(String::new());
    }
    Ok(match desk.office().field(&desk.reader, idx, field, desk.unlocked())? {
        Shown::Value(value) => value.as_str().map(str::to_owned).unwrap_or_default(),
        Shown::Empty => show::nothing(),
        Shown::Locked => desk.t("w-locked"),
        Shown::Erased => desk.t("w-erased"),
    })
}

fn remark(desk: &Desk, idx: Option<u64>, field: &str, revealed: bool) -> Result<Remark, Problem> {
    let Some(idx) = idx else {
        return Ok(Remark { state: desk.t("w-unfilled"), text: String::new() });
    };
    let text = opened(desk, idx, field, revealed)?;
    let state = if text.is_empty() { desk.n("w-sealed-in", idx) } else { String::new() };
    Ok(Remark { state, text })
}

fn measures(desk: &Desk, card: &SecretCard) -> Vec<Measure> {
    let today = desk.today();
    card.measures
        .iter()
        .map(|found| {
            let measure = &found.measure;
            let status = match (measure.in_force(today), measure.papers) {
                (false, _) => Status::new("", desk.t("w-measure-ended")),
                (true, 0) => Status::new("due", desk.t("w-measure-bare")),
                (true, _) => Status::new("ok", desk.t("w-measure-holds")),
            };
            Measure {
                href: href(measure.no),
                title: measure.title.clone(),
                article: desk.tr("measure-article", &[("item", &measure.item.item().to_string())]),
                item: desk.t(&format!("measure-{}", measure.item.word())),
                status,
                statements: desk.statements(found.statements.as_deref()),
                why: found.why.clone().unwrap_or_default(),
                papers: desk.n("w-papers-count", measure.papers),
            }
        })
        .collect()
}

fn clearances(desk: &Desk, card: &SecretCard) -> Vec<Clearance> {
    let today = desk.today();
    card.clearances
        .iter()
        .map(|row| {
            let ended = row.until.is_some_and(|until| until < today);
            let status = match (row.barred_idx, ended) {
                (Some(_), _) => {
                    let day = show::day(row.barred);
                    Status::new("", desk.tr("w-barred", &[("day", &day)]))
                }
                (None, true) => Status::new("due", desk.t("w-access-over")),
                (None, false) => Status::new("ok", desk.t("w-access")),
            };
            let bar = match row.barred_idx {
                None => format!("{}/bar/{}", href(row.secret), row.person),
                Some(_) => String::new(),
            };
            Clearance {
                link: desk.link(row.person),
                why: row.why.clone().unwrap_or_else(show::nothing),
                period: desk.period(row.from, row.until),
                status,
                bar,
            }
        })
        .collect()
}

fn carriers(desk: &Desk, card: &SecretCard, revealed: bool) -> Result<Vec<Carrier>, Problem> {
    card.carriers
        .iter()
        .map(|row| {
            let name = opened(desk, row.idx, "name", revealed)?;
            Ok(Carrier {
                part: row.no,
                name: if name.is_empty() { desk.n("w-carrier-no", row.no) } else { name },
                about: format!(
                    "{} · {} · {}",
                    row.media,
                    show::size(row.size),
                    desk.minute(row.at)
                ),
                idx: row.idx,
                retired: row.retired,
            })
        })
        .collect()
}

/// `POST /secrets/MD-0001/reveal`: the ledger notes it first, then the content may be seen for a
/// few minutes.
pub(crate) async fn reveal(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Secret)?;
        let reading = Reading::new(desk, &posted.input);
        let (ask, why) = (reading.ask(), reading.text("why"));
        desk.office().view_secret(&ask, no, "statements".into(), why)?;
        posted.session.reveal(no, desk.office().now());
        Ok(reply::see_other(&href(no)))
    })
    .await
}

/// `POST /secrets/MD-0001/conceal`.
pub(crate) async fn conceal(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |_| {
        let no = number(&no, Series::Secret)?;
        posted.session.conceal(no);
        Ok(reply::see_other(&href(no)))
    })
    .await
}

/// `POST /secrets/MD-0001/carriers/2`: the file itself; the ledger notes it first.
pub(crate) async fn carrier(
    State(app): State<App>,
    Path((no, part)): Path<(String, u32)>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Secret)?;
        let row = carrier_row(desk, no, part)?;
        let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
        let name = desk.office().field(&desk.reader, row.idx, "name", Some(unlocked))?;
        let content = desk.office().open_carrier(&desk.reader, &row, unlocked)?;
        let ask = Reading::new(desk, &posted.input).ask();
        desk.office().view_secret(&ask, no, format!("carrier {part}"), None)?;
        let name = name.text().map_or_else(|| format!("{no}-{part}"), str::to_owned);
        let mut response = body::from_reader(content).into_response();
        reply::file_headers(response.headers_mut(), &row.media, &name);
        Ok(response)
    })
    .await
}

fn carrier_row(desk: &Desk, no: Number, part: u32) -> Result<CarrierRow, Problem> {
    let card = desk.reader.secret(no)?.ok_or(Problem::NotFound)?;
    card.carriers.into_iter().find(|row| row.no == part).ok_or(Problem::NotFound)
}
