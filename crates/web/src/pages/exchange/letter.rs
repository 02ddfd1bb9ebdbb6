//! One letter: who sent it when, what proves it, and, once it is opened, what it says. Opening it
//! is an entry in the ledger.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::terms::{LetterSort, LetterWay, Role};
use domain::{Number, Series};
use office::Trouble;
use store::read::LetterRow;

use super::name_of;
use crate::desk::{App, Desk, at_desk, href};
use crate::input::{Posted, Reading};
use crate::pages::number;
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show;
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/exchange/letter.html")]
struct Page {
    s: Shell,
    no: String,
    link: String,
    name: String,
    title: String,
    here: String,
    key: String,
    facts: Vec<(String, String)>,
    idx: u64,
    /// What it says; `None` as long as it is not opened.
    content: Option<Content>,
    /// Whether what it said was destroyed, since the company took back its agreement.
    forgotten: bool,
    /// What it may become, and where.
    becomes: Option<(String, String)>,
    answer: String,
    /// Where the receipt is, when there is one.
    receipt: String,
}

struct Content {
    known: Option<LetterSort>,
    /// Whether it asks for aid in a matter abroad.
    aid: bool,
    sort: String,
    subject: String,
    paragraphs: Vec<String>,
    due: String,
    re: String,
    re_href: String,
    files: Vec<FileLine>,
}

struct FileLine {
    at: usize,
    name: String,
    size: String,
    sha256: String,
}

fn row(desk: &Desk, no: Number, way: &str, seq: u64) -> Result<LetterRow, Problem> {
    let way = LetterWay::from_word(way).ok_or(Problem::NotFound)?;
    desk.reader.letter(no, way, seq)?.ok_or(Problem::NotFound)
}

fn page(desk: &Desk, row: &LetterRow, content: Option<Content>) -> Result<Response, Problem> {
    let link = desk.reader.link(row.link)?.ok_or(Problem::NotFound)?;
    let here = format!("{}/{}/{}", href(row.link), row.way.word(), row.seq);
    let mut facts = vec![
        (desk.t("w-letter-at"), desk.second(row.at)),
        (desk.t("w-letter-size"), show::size(row.size)),
        (desk.t("w-letter-digest"), row.digest.clone()),
    ];
    if row.way == LetterWay::Out {
        let receipt = desk.reader.receipt(row.link, row.seq)?;
        let words = match (row.receipted, receipt) {
            (Some(at), Some((_, leaf))) => {
                desk.tr("w-receipt-is", &[("at", &desk.second(at)), ("leaf", &leaf.to_string())])
            }
            _ => desk.t("w-receipt-none"),
        };
        facts.push((desk.t("w-receipt"), words));
    }
    facts.push((desk.t("w-letter-read-times"), row.opened.to_string()));
    if row.way == LetterWay::In
        && let Some(settled) = desk.reader.settled(row.link, row.seq)?
    {
        let words = match (settled.refused, settled.about) {
            (Some(why), _) => desk.t(&format!("refused-{why}")),
            (None, Some(about)) => format!("{about} {}", desk.name(about)),
            (None, None) => desk.t("w-letter-settled"),
        };
        facts.push((desk.t("w-letter-effect"), words));
    }
    let sort = content.as_ref().and_then(|content| content.known);
    let becomes = match (desk.app.role, row.way, link.company) {
        (Role::Station, LetterWay::In, Some(company)) => {
            let aid = content.as_ref().is_some_and(|content| content.aid);
            becomes(desk, row, company, sort.map(|sort| (sort, aid)))
        }
        _ => None,
    };
    let number = desk.letter_line(row.way, row.seq, row.sort);
    let page = Page {
        no: row.link.to_string(),
        link: href(row.link),
        name: name_of(desk, &link),
        title: content.as_ref().map_or(number, |content| content.subject.clone()),
        answer: match row.way {
            LetterWay::In => format!("{}/write?re={}", href(row.link), row.seq),
            LetterWay::Out => String::new(),
        },
        becomes,
        receipt: match row.receipted {
            Some(_) => format!("{here}/receipt"),
            None => String::new(),
        },
        here,
        forgotten: row.way == LetterWay::In && desk.reader.is_forgotten(row.link, row.seq)?,
        key: hex::encode(desk.office().random::<16>()),
        facts,
        idx: row.idx,
        content,
        s: desk.shell(Section::Exchange)?,
    };
    reply::html(&page)
}

/// What a letter may become on a station: an address with what is known filled in, and its words.
fn becomes(
    desk: &Desk,
    row: &LetterRow,
    company: Number,
    sort: Option<(LetterSort, bool)>,
) -> Option<(String, String)> {
    let source = format!("{}/{}", row.link, row.seq);
    let (path, label) = match sort? {
        (LetterSort::Question, true) => {
            let pairs = [("procedure", office::AID), ("company", &company.to_string())];
            return Some((show::query("/cases/new", &pairs), desk.t("w-open-aid")));
        }
        (sort, _) => match sort {
            LetterSort::Application => ("/recognitions/new", "w-apply"),
            LetterSort::Question => ("/requests/new", "w-receive-request"),
            _ => return None,
        },
    };
    let company = company.to_string();
    let href = show::query(path, &[("company", &company), ("source", &source)]);
    Some((href, desk.t(label)))
}

/// `GET /exchange/LW-0001/in/1`: the envelope.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, way, seq)): Path<(String, String, u64)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = row(desk, number(&no, Series::Link)?, &way, seq)?;
        page(desk, &row, None)
    })
    .await
}

/// `POST /exchange/LW-0001/in/1`: what it says.
pub(crate) async fn open(
    State(app): State<App>,
    Path((no, way, seq)): Path<(String, String, u64)>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let row = row(desk, number(&no, Series::Link)?, &way, seq)?;
        let reading = Reading::new(desk, &posted.input);
        let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
        let office = desk.office();
        let which = (row.link, row.way, row.seq);
        let opened = office.open_letter(&reading.ask(), which, unlocked, reading.text("why"))?;
        let head = opened.content.head;
        let re = office.answered(&head);
        let words = |(way, seq): (LetterWay, u64)| {
            let key = format!("w-letter-{}", way.word());
            desk.tr(&key, &[("seq", &seq.to_string())])
        };
        let known = LetterSort::from_word(&head.sort);
        let asks = head.data.get("procedure").and_then(|value| value.as_str());
        let content = Content {
            known,
            aid: asks == Some(office::AID),
            sort: known
                .map_or(head.sort.clone(), |sort| desk.t(&format!("letter-{}", sort.word()))),
            subject: head.subject,
            paragraphs: head.text.lines().map(str::to_owned).collect(),
            due: head.due.unwrap_or_default(),
            re: re.map(words).unwrap_or_default(),
            re_href: re.map_or_else(String::new, |(way, seq)| {
                format!("{}/{}/{seq}", href(row.link), way.word())
            }),
            files: head
                .files
                .iter()
                .enumerate()
                .map(|(at, file)| FileLine {
                    at,
                    name: file.name.clone(),
                    size: show::size(file.size),
                    sha256: file.sha256.clone(),
                })
                .collect(),
        };
        let row = self::row(desk, row.link, &way, seq)?;
        page(desk, &row, Some(content))
    })
    .await
}

/// `POST /exchange/LW-0001/in/1/files/0`: a file of it.
pub(crate) async fn file(
    State(app): State<App>,
    Path((no, way, seq, at)): Path<(String, String, u64, usize)>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let row = row(desk, number(&no, Series::Link)?, &way, seq)?;
        let reading = Reading::new(desk, &posted.input);
        let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
        let which = (row.link, row.way, row.seq);
        let opened = desk.office().open_letter(&reading.ask(), which, unlocked, None)?;
        let mut content = opened.content;
        if at >= content.files.len() {
            return Err(Problem::NotFound);
        }
        let name = content.head.files[at].name.clone();
        // Whatever it is, it is handed out as a file: the other side chose it.
        Ok(reply::file("application/octet-stream", &name, content.files.swap_remove(at)))
    })
    .await
}

/// `GET /exchange/LW-0001/out/1/receipt`: the receipt as a file that proves itself.
pub(crate) async fn receipt(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, seq)): Path<(String, u64)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Link)?;
        let (proof, _) = desk.reader.receipt(no, seq)?.ok_or(Problem::NotFound)?;
        let name = format!("{no}-{seq}-receipt.json");
        Ok(reply::file("application/json", &name, proof.into_bytes()))
    })
    .await
}
