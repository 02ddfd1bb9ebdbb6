//! 账本与凭证: the head, who has seen it, and the newest entries.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::Moment;
use ledger::note::{Note, VerifierKey};
use store::read::Anchor;

use crate::describe::Line;
use crate::desk::{App, Desk, at_desk};
use crate::input::Input;
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell, thousands};
use crate::show::{self, Status};
use crate::visitor::Member;

/// Entries on one page.
const ENTRIES: u32 = 40;
/// Anchors shown, the newest first.
const ANCHORS: usize = 12;

#[derive(Template)]
#[template(path = "pages/ledger/page.html")]
struct Page {
    s: Shell,
    health: Health,
    origin: String,
    log_key: String,
    root: String,
    anchors: Vec<Seen>,
    witnesses: Vec<Watcher>,
    authorities: Vec<Watcher>,
    lines: Vec<Line>,
    older: String,
}

/// How the ledger stands.
pub(crate) struct Health {
    pub(crate) status: Status,
    pub(crate) seal: String,
    pub(crate) digest: String,
    pub(crate) head: String,
    pub(crate) seen: String,
    pub(crate) witnesses: String,
    pub(crate) stamp: String,
    pub(crate) oldest: String,
}

/// A checkpoint that others have seen.
struct Seen {
    at: String,
    size: String,
    by: String,
    stamps: String,
}

/// A witness or an authority.
pub(crate) struct Watcher {
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) standing: String,
    pub(crate) status: Status,
}

impl Health {
    pub(crate) fn read(desk: &Desk) -> Result<Self, Problem> {
        let chain = desk.app.full_reader()?.chain()?;
        let anchors = desk.reader.anchors()?;
        let newest = anchors.last();
        let asked = desk.reader.witnesses()?.iter().filter(|witness| witness.asked).count();
        let behind = chain.size - newest.map_or(0, |anchor| anchor.size).min(chain.size);
        let status = match (asked, newest, behind) {
            (_, Some(_), 0) => Status::new("ok", desk.t("w-health-ok")),
            (0, ..) => Status::new("part", desk.t("w-health-alone")),
            _ => Status::new("due", desk.n("w-health-behind", thousands(behind))),
        };
        let at = chain.last.map(|at| desk.minute(at)).unwrap_or_else(show::nothing);
        let head = desk.tr("w-health-head", &[("n", &thousands(chain.size)), ("at", &at)]);
        let seen = match newest {
            Some(anchor) => {
                let names: Vec<_> = cosigned(desk, anchor)?.into_iter().map(|by| by.0).collect();
                match names.len() {
                    0 => desk.t("w-health-no-cosigner"),
                    n => desk.tr(
                        "w-health-seen",
                        &[("n", &n.to_string()), ("size", &thousands(anchor.size))],
                    ),
                }
            }
            None => desk.t("w-health-unseen"),
        };
        let stamp = anchors.iter().rev().flat_map(|anchor| &anchor.stamps).max_by_key(|s| s.at);
        let stamp = match stamp {
            Some(stamp) => desk
                .tr("w-health-stamp", &[("at", &desk.minute(stamp.at)), ("by", &stamp.authority)]),
            None => desk.t("w-health-no-stamp"),
        };
        let oldest = anchors.iter().map(|anchor| anchor.at).min();
        Ok(Self {
            status,
            seal: show::seal(&chain.root.0),
            digest: show::short(&chain.root.0),
            head,
            seen,
            witnesses: desk.n("w-health-witnesses", asked),
            stamp,
            oldest: oldest.map(|at| desk.minute(at)).unwrap_or_else(show::nothing),
        })
    }
}

/// Who cosigned an anchor, and when, by the keys of all witnesses ever added. Signatures are
/// verified now, not remembered.
pub(crate) fn cosigned(desk: &Desk, anchor: &Anchor) -> Result<Vec<(String, Moment)>, Problem> {
    let witnesses = desk.reader.witnesses()?;
    let keys: Vec<VerifierKey> = witnesses.iter().filter_map(|row| row.key.parse().ok()).collect();
    let Ok(note) = Note::parse(anchor.note.as_bytes()) else { return Ok(Vec::new()) };
    // No known key has signed: then nobody is named.
    let verified = note.verify(&keys).unwrap_or_default();
    let mut by: Vec<_> = verified
        .into_iter()
        .filter_map(|one| {
            let seconds = i64::try_from(one.time?).ok()?;
            Some((one.key.name().to_owned(), Moment(seconds.checked_mul(1000)?)))
        })
        .collect();
    by.sort_by_key(|(_, at)| *at);
    Ok(by)
}

/// All witnesses ever added.
pub(crate) fn witnesses(desk: &Desk) -> Result<Vec<Watcher>, Problem> {
    let rows = desk.reader.witnesses()?.into_iter();
    Ok(rows
        .map(|row| Watcher {
            name: row.name,
            place: row.url.unwrap_or_else(|| desk.t("w-by-hand")),
            standing: desk.t(&format!("standing-{}", row.relation.word())),
            status: asked(desk, row.asked),
        })
        .collect())
}

/// All time-stamp authorities ever added.
pub(crate) fn authorities(desk: &Desk) -> Result<Vec<Watcher>, Problem> {
    let rows = desk.reader.authorities()?.into_iter();
    Ok(rows
        .map(|row| Watcher {
            name: row.name,
            place: row.url,
            standing: desk.t(&format!("standing-{}", row.relation.word())),
            status: asked(desk, row.asked),
        })
        .collect())
}

fn asked(desk: &Desk, asked: bool) -> Status {
    match asked {
        true => Status::new("ok", desk.t("w-asked")),
        false => Status::new("", desk.t("w-not-asked")),
    }
}

/// `GET /ledger`, or older entries with `?before=17`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let before = input.get("before").parse().ok();
        let records = desk.reader.latest(before, ENTRIES)?;
        let older = match records.last() {
            Some(last) if last.idx > 0 => format!("/ledger?before={}", last.idx),
            _ => String::new(),
        };
        let mut anchors = Vec::new();
        for anchor in desk.reader.anchors()?.iter().rev().take(ANCHORS) {
            let by: Vec<String> = cosigned(desk, anchor)?.into_iter().map(|by| by.0).collect();
            let stamps: Vec<&str> = anchor.stamps.iter().map(|s| &*s.authority).collect();
            let or_none = |names: String| if names.is_empty() { show::nothing() } else { names };
            let comma = desk.t("w-comma");
            anchors.push(Seen {
                at: desk.second(anchor.at),
                size: thousands(anchor.size),
                by: or_none(by.join(&comma)),
                stamps: or_none(stamps.join(&comma)),
            });
        }
        let node = desk.reader.node()?.ok_or(Problem::NotFound)?;
        let page = Page {
            health: Health::read(desk)?,
            origin: node.origin,
            log_key: node.log_key,
            root: hex::encode(desk.reader.chain()?.root.0),
            anchors,
            witnesses: witnesses(desk)?,
            authorities: authorities(desk)?,
            lines: desk.lines(&records, None),
            older,
            s: desk.shell(Section::Ledger)?,
        };
        reply::html(&page)
    })
    .await
}
