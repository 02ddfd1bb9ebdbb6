//! 往来: links between nodes and stations, and the letters over them.

pub(crate) mod letter;
pub(crate) mod profile;
pub(crate) mod wishes;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::terms::{LetterSort, LetterWay, LinkState, Role};
use domain::{Number, Series};
use store::read::{LetterRow, LinkLine, LinkRow};

use super::number;
use crate::describe::Line;
use crate::desk::{App, Desk, at_desk, href};
use crate::input::Input;
use crate::list::Act;
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell, thousands};
use crate::show::{self, Link, Pager, Place, Status};
use crate::visitor::Member;

/// The subject of a larger letter is not looked up for a list: all of it would have to be opened.
const SUBJECT_BYTES_MAX: u64 = 128 << 10;

#[derive(Template)]
#[template(path = "pages/exchange/page.html")]
struct Page {
    s: Shell,
    lead: String,
    rows: Vec<Row>,
    pager: Pager,
}

/// A link in the list.
struct Row {
    href: String,
    no: String,
    name: String,
    company: Option<Link>,
    status: Status,
    unread: String,
    waiting: String,
    heard: String,
}

/// The name of a link: the other side's, or for whom the invitation is.
fn name_of(desk: &Desk, row: &LinkRow) -> String {
    let company = || row.company.map(|no| desk.name(no));
    row.name.clone().or_else(company).unwrap_or_else(|| desk.t("w-link-anybody"))
}

fn state(desk: &Desk, row: &LinkRow) -> Status {
    let class = match row.state {
        LinkState::Joined => "ok",
        LinkState::Offered | LinkState::Asked => "part",
        LinkState::Ended => "done",
    };
    Status::new(class, desk.t(&format!("link-{}", row.state.word())))
}

/// A count, blank for none.
fn some(count: u64) -> String {
    if count == 0 { String::new() } else { thousands(count) }
}

impl Row {
    fn of(desk: &Desk, line: &LinkLine) -> Self {
        let row = &line.row;
        Self {
            href: href(row.no),
            no: row.no.to_string(),
            name: name_of(desk, row),
            company: row.company.map(|no| desk.link(no)),
            status: state(desk, row),
            unread: some(line.unread),
            waiting: some(line.waiting),
            heard: line.heard.map_or_else(show::nothing, |at| desk.minute(at)),
        }
    }
}

/// `GET /exchange`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let place = Place::read(&input);
        let (lines, total) = desk.reader.link_lines(place.offset(), place.size)?;
        // A node has one station as a rule: its page is the one that is wanted.
        if let ([only], Role::Enterprise) = (lines.as_slice(), desk.app.role) {
            return Ok(reply::see_other(&href(only.row.no)));
        }
        let at = |place: Place| {
            let [size, page] = place.words();
            format!("/exchange?size={size}&page={page}")
        };
        let caption = ("w-links-caption", "");
        let pager = place.pager(desk, caption, (lines.len(), total), at);
        let page = Page {
            lead: desk.t(&format!("w-exchange-lead-{}", desk.app.role.word())),
            rows: lines.iter().map(|line| Row::of(desk, line)).collect(),
            pager,
            s: desk.shell(Section::Exchange)?,
        };
        reply::html(&page)
    })
    .await
}

#[derive(Template)]
#[template(path = "pages/exchange/link.html")]
struct LinkPage {
    s: Shell,
    no: String,
    name: String,
    lead: String,
    status: Status,
    company: Option<Link>,
    /// Whether letters can be written.
    open: bool,
    /// Whether the station can be asked over the network.
    online: bool,
    /// On a node: what can be done about the company's profile, with its words.
    profile: Vec<Act>,
    key: String,
    facts: Vec<(String, String)>,
    letters: Vec<LetterLine>,
    pager: Pager,
    lines: Vec<Line>,
}

/// A letter in a table.
struct LetterLine {
    href: String,
    title: String,
    sort: String,
    way: String,
    at: String,
    status: Status,
    idx: u64,
}

impl LetterLine {
    fn of(desk: &Desk, row: &LetterRow) -> Self {
        let settled = row.way == LetterWay::In
            && row.opened == 0
            && desk.reader.settled(row.link, row.seq).is_ok_and(|found| found.is_some());
        let status = match (row.way, row.receipted) {
            (LetterWay::In, _) if settled => Status::new("ok", desk.t("w-letter-settled")),
            (LetterWay::In, _) if row.opened == 0 => Status::new("due", desk.t("w-letter-unread")),
            (LetterWay::In, _) => Status::new("done", desk.t("w-letter-was-read")),
            (LetterWay::Out, Some(at)) => {
                let at = desk.minute(at);
                Status::new("ok", desk.tr("w-letter-receipted", &[("at", &at)]))
            }
            (LetterWay::Out, None) => Status::new("part", desk.t("w-letter-waiting")),
        };
        let head = match desk.unlocked() {
            Some(unlocked) if row.size <= SUBJECT_BYTES_MAX => {
                desk.office().letter_content(row, unlocked).ok().map(|content| content.head)
            }
            _ => None,
        };
        let sort = head
            .as_ref()
            .and_then(|head| LetterSort::from_word(&head.sort))
            .or(row.sort)
            .map(|sort| desk.t(&format!("letter-{}", sort.word())));
        let key = format!("w-letter-{}", row.way.word());
        let number = desk.tr(&key, &[("seq", &row.seq.to_string())]);
        Self {
            href: format!("{}/{}/{}", href(row.link), row.way.word(), row.seq),
            title: head.map_or_else(|| number, |head| head.subject),
            sort: sort.unwrap_or_default(),
            way: desk.t(&format!("way-{}", row.way.word())),
            at: desk.minute(row.at),
            status,
            idx: row.idx,
        }
    }
}

/// `GET /exchange/LW-0001`.
pub(crate) async fn link(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Link)?;
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let page = link_page(desk, no, Place::read(&input))?;
        reply::html(&page)
    })
    .await
}

fn link_page(desk: &Desk, no: Number, place: Place) -> Result<LinkPage, Problem> {
    let row = desk.reader.link(no)?.ok_or(Problem::NotFound)?;
    let (peer, counts) = (desk.reader.peer(no)?, desk.reader.letter_counts(no)?);
    let letters = desk.reader.letters(Some(no), place.offset(), place.size)?;
    let mut lines = desk.lines(&desk.reader.timeline(no)?, Some(no));
    lines.reverse();
    lines.truncate(40);
    let or_none = |text: Option<String>| text.unwrap_or_else(show::nothing);
    let of = |n: u64| if n == 0 { show::nothing() } else { desk.n("w-entries-count", n) };
    let mut facts = vec![
        (desk.t("w-link-heard"), or_none(peer.at.map(|at| desk.minute(at)))),
        (desk.t("w-link-received"), thousands(counts.received)),
        (desk.t("w-link-sent"), format!("{}/{}", counts.receipted, counts.sent)),
        (desk.t("w-link-cosigned"), of(peer.cosigned)),
        (desk.t("w-link-witnessed"), of(peer.witnessed)),
        (desk.t("w-link-key"), or_none(row.key.clone())),
    ];
    if let Some(until) = row.until.clone().filter(|_| row.state == LinkState::Offered) {
        facts.insert(0, (desk.t("w-link-until"), until));
    }
    if let Some(url) = &row.url {
        facts.push((desk.t("w-link-url"), url.clone()));
    }
    let open = match desk.app.role {
        Role::Enterprise => matches!(row.state, LinkState::Asked | LinkState::Joined),
        Role::Station => row.state == LinkState::Joined,
    };
    let mut acts = Vec::new();
    if desk.app.role == Role::Enterprise {
        facts.extend(profile::stands(desk, no)?);
        if open {
            acts.push(Act::new(desk, format!("{}/profile", href(no)), "w-profile-do"));
        }
        if open && desk.reader.profiles_of(no)?.iter().any(|row| row.ended.is_none()) {
            let at = format!("{}/profile/withdraw", href(no));
            acts.push(Act::new(desk, at, "w-profile-withdraw"));
        }
    }
    let total = counts.received + counts.sent;
    let pager = place.pager(desk, ("w-links-caption", ""), (letters.len(), total), |place| {
        let [size, page] = place.words();
        format!("{}?size={size}&page={page}", href(no))
    });
    Ok(LinkPage {
        pager,
        no: no.to_string(),
        name: name_of(desk, &row),
        lead: desk.t(&format!("w-link-lead-{}", row.state.word())),
        status: state(desk, &row),
        company: row.company.map(|no| desk.link(no)),
        open,
        online: open && row.url.is_some(),
        profile: acts,
        key: hex::encode(desk.office().random::<16>()),
        facts,
        letters: letters.iter().map(|row| LetterLine::of(desk, row)).collect(),
        lines,
        s: desk.shell(Section::Exchange)?,
    })
}

/// `GET /exchange/LW-0001/bundle`: to be carried by hand.
pub(crate) async fn bundle(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Link)?;
        let bytes = desk.office().pack(no)?.to_bytes();
        let at = desk.office().now().day_at(desk.office().zone_minutes());
        let name = format!("{no}-{at}.bundle");
        Ok(reply::file("application/octet-stream", &name, bytes))
    })
    .await
}
