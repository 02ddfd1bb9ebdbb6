//! One entry of the ledger: what it commits to, and the proof that it is there, checked now.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use evidence::item;
use evidence::kind::{Class, kind};
use ledger::checkpoint::Checkpoint;
use ledger::hash::leaf_hash;
use ledger::proof::verify_inclusion;
use ledger::tlog_proof::TlogProof;
use serde_json::Value;
use store::read::LeafRow;

use super::ledger::cosigned;
use crate::describe::Line;
use crate::desk::{App, Desk, at_desk};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell, thousands};
use crate::show::{self, Status};
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/entry/page.html")]
struct Page {
    s: Shell,
    title: String,
    line: Line,
    items: Vec<ItemRow>,
    proof: Proof,
    entry: String,
    before: String,
    after: String,
}

/// A field of the event, shown or sealed.
struct ItemRow {
    name: String,
    value: String,
    class: Status,
    digest: String,
}

/// The proof that an entry is in the ledger.
pub(crate) struct Proof {
    pub(crate) idx: u64,
    pub(crate) received: String,
    pub(crate) seal: String,
    pub(crate) digest: String,
    pub(crate) leaf: String,
    pub(crate) path: Vec<String>,
    pub(crate) status: Status,
    pub(crate) size: String,
    pub(crate) seen: String,
    pub(crate) stamped: String,
}

impl Proof {
    /// Makes the proof against the newest root, and checks it.
    pub(crate) fn of(desk: &Desk, idx: u64) -> Result<Self, Problem> {
        let row = desk.reader.leaf(idx)?.ok_or(Problem::NotFound)?;
        // The path is made of hashes of other entries, which tell nothing about them.
        let full = desk.app.full_reader()?;
        let chain = full.chain()?;
        let leaf = leaf_hash(&entry(&row)?);
        let path = full.inclusion(idx, chain.size)?;
        let status = match verify_inclusion(&leaf, idx, chain.size, &path, &chain.root) {
            Ok(()) => Status::new("ok", desk.n("w-proof-holds", path.len())),
            Err(_) => Status::new("bad", desk.t("w-proof-fails")),
        };
        let anchors = desk.reader.anchors()?;
        let mut covering = anchors.iter().filter(|anchor| anchor.size > idx);
        let mut seen = desk.t("w-proof-unseen");
        for anchor in covering.clone() {
            let all: Vec<String> = cosigned(desk, anchor)?
                .iter()
                .map(|(by, at)| desk.tr("w-proof-seen", &[("by", by), ("at", &desk.second(*at))]))
                .collect();
            if !all.is_empty() {
                seen = all.join(&desk.t("w-semicolon"));
                break;
            }
        }
        let stamp = covering.by_ref().flat_map(|anchor| &anchor.stamps).min_by_key(|s| s.at);
        let stamped = match stamp {
            Some(stamp) => {
                desk.tr("w-proof-seen", &[("by", &stamp.authority), ("at", &desk.second(stamp.at))])
            }
            None => desk.t("w-health-no-stamp"),
        };
        Ok(Self {
            idx,
            received: desk.second(row.record.received),
            seal: show::seal(&leaf.0),
            digest: show::short(&leaf.0),
            leaf: hex::encode(leaf.0),
            path: path.iter().map(|hash| hex::encode(hash.0)).collect(),
            status,
            size: thousands(chain.size),
            seen,
            stamped,
        })
    }
}

fn entry(row: &LeafRow) -> Result<[u8; 32], Problem> {
    item::entry(&row.digests).ok_or(Problem::Broken("w-broken"))
}

/// `GET /ledger/17`, and `GET /ledger/17.tlog-proof` for the proof as a file.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    Path(name): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| match name.strip_suffix(".tlog-proof") {
        Some(idx) => file(desk, index(idx)?),
        None => page(desk, index(&name)?),
    })
    .await
}

fn index(text: &str) -> Result<u64, Problem> {
    text.parse().ok().filter(|idx: &u64| idx.to_string() == text).ok_or(Problem::NotFound)
}

/// The proof as a file that stands alone: against the earliest checkpoint that others cosigned,
/// or, when there is none, against the newest that this node signs.
fn file(desk: &Desk, idx: u64) -> Result<Response, Problem> {
    let covering = desk.reader.anchors()?.into_iter().find(|anchor| anchor.size > idx);
    let (size, checkpoint) = match covering {
        Some(anchor) => (anchor.size, anchor.note),
        None => {
            let chain = desk.reader.chain()?;
            let home = desk.office().home();
            let origin = home.settings.origin.clone();
            let note = Checkpoint::new(origin, chain.size, chain.root).sign(&home.log_key()?);
            (chain.size, note.to_string())
        }
    };
    if idx >= size {
        return Err(Problem::NotFound);
    }
    let path = desk.reader.inclusion(idx, size)?;
    // With the entry itself, so that the file proves by itself. It is a hash and tells nothing.
    let leaf = desk.reader.leaf(idx)?.ok_or(Problem::NotFound)?;
    let extra = evidence::item::entry(&leaf.digests).map(|entry| entry.to_vec());
    let proof = TlogProof { extra, index: idx, path, checkpoint };
    let name = format!("{idx}.tlog-proof");
    Ok(reply::file("text/plain; charset=utf-8", &name, proof.to_string().into_bytes()))
}

fn page(desk: &Desk, idx: u64) -> Result<Response, Problem> {
    let row = desk.reader.leaf(idx)?.ok_or(Problem::NotFound)?;
    let line = desk.lines(std::slice::from_ref(&row.record), None).pop();
    let line = line.ok_or(Problem::NotFound)?;
    let last = desk.reader.chain()?.size - 1;
    let page = Page {
        title: desk.n("w-entry", idx),
        items: items(desk, &row)?,
        proof: Proof::of(desk, idx)?,
        entry: hex::encode(entry(&row)?),
        before: idx.checked_sub(1).map(|idx| format!("/ledger/{idx}")).unwrap_or_default(),
        after: if idx < last { format!("/ledger/{}", idx + 1) } else { String::new() },
        line,
        s: desk.shell(Section::Ledger)?,
    };
    reply::html(&page)
}

/// All fields in the kind's order. What is sealed is not opened here: it is shown on its own page,
/// after a request that the ledger records.
fn items(desk: &Desk, row: &LeafRow) -> Result<Vec<ItemRow>, Problem> {
    let kind = kind(row.record.event.tag()).ok_or(Problem::NotFound)?;
    let fields = kind.all_fields().zip(&row.digests).zip(&row.texts);
    Ok(fields
        .map(|((field, digest), text)| {
            let item = text.as_deref().and_then(|text| item::parse(text).ok());
            let (value, class) = match (item, field.class) {
                (Some(item), Class::Plain) => (plain(&item.value), ("", "w-item-plain")),
                // A sealed field that was left empty is a null in clear.
                (Some(_), _) => (show::nothing(), ("", "w-item-empty")),
                (None, Class::Personal) => (String::new(), ("part", "w-item-personal")),
                (None, _) => (String::new(), ("part", "w-item-sealed")),
            };
            ItemRow {
                name: field.name.to_owned(),
                value,
                class: Status::new(class.0, desk.t(class.1)),
                digest: hex::encode(digest),
            }
        })
        .collect())
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => show::nothing(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
