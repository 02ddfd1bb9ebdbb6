//! 公知性检索: which were made, and one of them with what was found and what was not.

pub(crate) mod ask;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Series;
use domain::terms::Action;
use office::matching::{
    CorpusState, Era, PublicCheck, found_share, not_found, part_state, since, source_name,
};
use office::{Say, Trouble};
use store::read::PublicCheckRow;

use super::entry::Proof;
use super::number;
use crate::desk::{App, Desk, at_desk, href};
use crate::input::Posted;
use crate::list::{Act, Cell, List, Table};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell, thousands};
use crate::show::{self, Link, Status};
use crate::visitor::Member;

/// Passages and leads that the page shows; the report has more.
const PASSAGES: usize = 40;
const LEADS: usize = 40;

#[derive(Template)]
#[template(path = "pages/public_checks/one.html")]
struct One {
    s: Shell,
    no: String,
    title: String,
    at: String,
    status: Status,
    secret: Link,
    view: Option<View>,
    missing: String,
    proof: Proof,
}

/// A public check in words.
struct View {
    open: bool,
    figures: Vec<(String, String)>,
    parts: Vec<Part>,
    left: Vec<(String, String)>,
    corpora: Vec<Asked>,
    not_found: String,
    passages: Vec<Passage>,
    more: String,
    leads: Vec<Lead>,
    facts: Vec<(String, String)>,
}

struct Part {
    name: String,
    status: Status,
    short: bool,
    earlier: String,
    found: String,
    documents: String,
    leads: String,
    /// The whole text in pieces, and whether each was found.
    text: Vec<(bool, String)>,
}

struct Asked {
    href: String,
    name: String,
    sub: String,
    status: Status,
    documents: String,
    days: String,
    remarks: Vec<String>,
}

struct Passage {
    sort: String,
    class: &'static str,
    left: String,
    right: String,
    since: String,
    left_text: Vec<(bool, String)>,
    right_text: Vec<(bool, String)>,
}

struct Lead {
    part: String,
    document: String,
    since: String,
    words: String,
    excerpt: String,
}

/// What a check came to.
pub(super) fn status(desk: &Desk, row: &PublicCheckRow) -> Status {
    match (row.earlier, row.found) {
        (1.., _) => Status::new("bad", desk.n("w-pubcheck-before", row.earlier)),
        (0, 1..) => Status::new("due", desk.n("w-pubcheck-some", row.found)),
        _ => Status::new("part", desk.t("w-pubcheck-clean")),
    }
}

/// `GET /public-checks`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let heads = [
            ("w-col-no", ""),
            ("w-pubcheck-secret", ""),
            ("w-pubcheck-result", ""),
            ("field-act-day", "p2"),
            ("w-corpus-documents", "n p2"),
            ("w-pubcheck-at", "p2"),
        ];
        let rows = desk.reader.public_checks(None)?;
        let table = Table::new(desk, &heads).with(rows.iter().map(|row| {
            vec![
                Cell::link(href(row.no), row.no.to_string()),
                Cell::text(desk.names(&[row.secret])),
                Cell::status(status(desk, row)),
                Cell::text(show::day(row.day)),
                Cell::text(thousands(row.documents)),
                Cell::text(desk.minute(row.at)),
            ]
        }));
        let mut list = List::new(desk, "/public-checks", "w-nav-public-checks", table);
        list.lead = desk.t("w-pubcheck-lead");
        list.none = (desk.t("w-pubcheck-empty"), desk.t("w-pubcheck-empty-why"));
        list.acts.push(Act::new(desk, "/corpora", "w-nav-corpora"));
        if desk.may(Action::KeepMatches) {
            list.acts.push(Act::new(desk, "/public-checks/new", "w-pubcheck-new").first());
        }
        list.page(desk, Section::Corpora)
    })
    .await
}

/// `GET /public-checks/GZ-0001`: the figures and places, without secret content.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| page(desk, &no, false)).await
}

/// `POST /public-checks/GZ-0001/passages`: the page with what it quotes, once. It is secret content,
/// so the ledger is told before.
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

/// `POST /public-checks/GZ-0001/report`: the whole report as a file.
pub(crate) async fn report(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let row = row(desk, &no)?;
        let check = kept(desk, &row)?;
        told(desk, &row)?;
        let office = desk.office();
        let paper = office.public_paper(desk.lang(), &check)?;
        let no = row.no;
        Ok(match posted.input.get("form") {
            "pdf" => {
                reply::file("application/pdf", &format!("{no}.pdf"), office.paper_pdf(&paper)?)
            }
            "json" => {
                let json = serde_json::to_vec_pretty(&check);
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

fn row(desk: &Desk, no: &str) -> Result<PublicCheckRow, Problem> {
    let no = number(no, Series::PublicCheck)?;
    desk.reader.public_check(no)?.ok_or(Problem::NotFound)
}

fn kept(desk: &Desk, row: &PublicCheckRow) -> Result<PublicCheck, Trouble> {
    let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
    desk.office().kept_public_check(row.no, (row.idx, &row.report), unlocked)
}

/// Tells the ledger that the content of the secret point is looked at.
fn told(desk: &Desk, row: &PublicCheckRow) -> Result<(), Problem> {
    let ask = desk.office().ask(&desk.by());
    let why = Some(row.no.to_string());
    desk.office().view_secret(&ask, row.secret, "public-check".into(), why)?;
    Ok(())
}

fn page(desk: &Desk, no: &str, open: bool) -> Result<Response, Problem> {
    let row = row(desk, no)?;
    let (view, missing) = match kept(desk, &row) {
        Ok(check) => (Some(View::of(desk, &check, open)), String::new()),
        Err(Trouble::Erased) => (None, desk.t("w-report-gone")),
        Err(Trouble::NotAsRecorded(_)) => (None, desk.t("w-report-other")),
        Err(trouble) => return Err(trouble.into()),
    };
    let secret = desk.link(row.secret);
    let page = One {
        no: row.no.to_string(),
        title: desk
            .tr("w-pubcheck-title", &[("no", &row.no.to_string()), ("secret", &secret.name)]),
        at: desk.second(row.at),
        status: status(desk, &row),
        secret,
        view,
        missing,
        proof: Proof::of(desk, row.idx)?,
        s: desk.shell(Section::Corpora)?,
    };
    reply::html(&page)
}

fn era_class(era: Era) -> &'static str {
    match era {
        Era::Before => "bad",
        Era::Unasked | Era::Undated => "due",
        Era::After => "part",
    }
}

impl View {
    fn of(desk: &Desk, of: &PublicCheck, open: bool) -> Self {
        let closed;
        let of = if open {
            of
        } else {
            closed = of.closed();
            &closed
        };
        let say = Say { lang: desk.lang(), zone_minutes: desk.office().zone_minutes() };
        let name = |part: &str| words::part(desk.lang(), part);
        let documents: u64 = of.asked().map(|corpus| corpus.documents).sum();
        let figures = vec![
            (format!("{} / {}", of.earlier(), of.parts.len()), desk.t("public-col-earlier")),
            (format!("{} / {}", of.found(), of.parts.len()), desk.t("public-col-found")),
            (thousands(of.leads().into()), desk.t("public-col-leads")),
            (thousands(documents), desk.t("w-corpus-documents")),
        ];
        let parts = of.parts.iter().map(|part| Part {
            name: name(&part.part),
            status: Status::new(
                match (part.earlier, part.found, part.leads.len()) {
                    (1.., ..) => "bad",
                    (0, 1.., _) => "due",
                    (0, 0, 1..) => "due",
                    _ => "part",
                },
                desk.t(part_state(part)),
            ),
            short: !part.guaranteed,
            earlier: found_share(part, part.earlier),
            found: found_share(part, part.found),
            documents: thousands(part.documents),
            leads: thousands(part.leads.len() as u64),
            text: part.text.clone(),
        });
        let passages: Vec<Passage> = of
            .parts
            .iter()
            .flat_map(|part| part.passages.iter().map(move |passage| (part, passage)))
            .take(PASSAGES)
            .map(|(part, passage)| {
                let units = desk.t(&format!("compare-units-{}", passage.layer.word()));
                let lines = passage.lines.map(|[from, to]| match from == to {
                    true => from.to_string(),
                    false => format!("{from}–{to}"),
                });
                let at = lines.map(|lines| desk.tr("compare-at-lines", &[("lines", &*lines)]));
                Passage {
                    sort: format!("{} {units}", thousands(passage.same.into())),
                    class: era_class(passage.source.era),
                    left: name(&part.part),
                    right: format!("{}{}", source_name(&passage.source), at.unwrap_or_default()),
                    since: since(say, &passage.source),
                    left_text: passage.left.clone(),
                    right_text: passage.right.clone(),
                }
            })
            .collect();
        let all: u64 = of.parts.iter().map(|part| part.passages.len() as u64 + part.more).sum();
        let leads = of
            .parts
            .iter()
            .flat_map(|part| part.leads.iter().map(move |lead| (part, lead)))
            .take(LEADS)
            .map(|(part, lead)| Lead {
                part: name(&part.part),
                document: source_name(&lead.source),
                since: since(say, &lead.source),
                words: match open {
                    true => desk.tr(
                        "public-words",
                        &[
                            ("share", &*format!("{:.0} %", lead.share * 100.0)),
                            ("has", &lead.has.join(" ")),
                            ("lacks", &lead.lacks.join(" ")),
                        ],
                    ),
                    false => format!("{:.0} %", lead.share * 100.0),
                },
                excerpt: lead.excerpt.clone(),
            });
        let day = of.day.map_or_else(|| desk.t("public-no-day"), |day| day.to_string());
        Self {
            open,
            figures,
            left: of
                .left
                .iter()
                .map(|row| (name(&row.inside), words::fault(desk.lang(), &row.why)))
                .collect(),
            corpora: of.corpora.iter().map(|corpus| Asked::of(desk, corpus)).collect(),
            not_found: not_found(say, of),
            more: match all - passages.len() as u64 {
                0 => String::new(),
                more => desk.tr("compare-more-passages", &[("n", &*thousands(more))]),
            },
            parts: parts.collect(),
            passages,
            leads: leads.collect(),
            facts: vec![
                (desk.t("field-act-day"), day),
                (desk.t("match-about-program"), of.program.clone()),
                (desk.t("w-pubcheck-at"), of.ended.clone()),
            ],
        }
    }
}

impl Asked {
    fn of(desk: &Desk, of: &office::matching::AskedCorpus) -> Self {
        let state = desk.t(&format!("public-corpus-{}", of.state.word()));
        let class = match of.state {
            CorpusState::Asked => "ok",
            CorpusState::Unnamed => "part",
            _ => "bad",
        };
        let mut remarks = vec![of.digest.clone()];
        for (key, n) in [
            ("public-undated", of.undated),
            ("public-corpus-faults", of.faults),
            ("public-unseen", of.unseen),
        ] {
            if n > 0 {
                remarks.push(desk.n(key, n));
            }
        }
        let mut sub = vec![desk.t(&format!("corpus-sort-{}", of.sort.word()))];
        sub.extend(of.source.clone());
        Self {
            href: href(of.no),
            name: format!("{} {}", of.no, of.name),
            sub: sub.join(" · "),
            status: Status::new(class, state),
            documents: thousands(of.documents),
            days: of.days.map_or_else(show::nothing, |[a, b]| format!("{a} – {b}")),
            remarks,
        }
    }
}
