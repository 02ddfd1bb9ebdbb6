//! 秘点梳理: which inventories there are, what one proposes, and a card for each proposal.

mod card;
mod run;

use std::collections::BTreeMap;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::terms::Judgement;
use domain::{Number, Series};
use office::Trouble;
use office::matching::inventory::{Inventory, Proposal, state_of};
use store::read::{InventoryRow, ProposalRow};

pub(crate) use card::{send as send_card, show as card};
pub(crate) use run::{form, send};

use super::number;
use crate::desk::{App, Desk, at_desk, href};
use crate::input::Input;
use crate::list::{Act, Cell, List, Table};
use crate::problem::Problem;
use crate::shell::{Section, thousands};
use crate::show::{Chip, Place, Status, query, size};
use crate::visitor::Member;

/// The views of proposals, blank for all.
const VIEWS: [&str; 5] = ["", "open", "accepted", "aside", "not-secret"];

fn status(desk: &Desk, row: &InventoryRow) -> Status {
    match row.proposals - row.settled.min(row.proposals) {
        _ if row.partial => Status::new("part", desk.t("w-inventory-partial")),
        0 => Status::new("ok", desk.t("w-inventory-settled")),
        open => Status::new("due", desk.n("w-inventory-open", open)),
    }
}

/// `GET /inventories`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let rows = desk.reader.inventories()?;
        let heads = [
            ("w-col-no", ""),
            ("w-inventory-what", ""),
            ("w-inventory-state", ""),
            ("w-inventory-proposals", "n"),
            ("match-figure-files", "n p2"),
            ("w-inventory-unread", "n p2"),
            ("w-inventory-at", "p2"),
        ];
        let table = Table::new(desk, &heads).with(rows.iter().map(|row| {
            vec![
                Cell::link(href(row.no), row.no.to_string()),
                Cell::text(row.what.clone().unwrap_or_else(|| desk.t("w-inventory-unsaid"))),
                Cell::status(status(desk, row)),
                Cell::text(thousands(row.proposals.into())),
                Cell::text(thousands(row.files)),
                Cell::text(thousands(row.faults)),
                Cell::text(desk.minute(row.at)),
            ]
        }));
        let mut list = List::new(desk, "/inventories", "w-nav-inventories", table);
        list.lead = desk.t("w-inventories-lead");
        list.none = (desk.t("w-inventories-empty"), desk.t("w-inventories-empty-why"));
        if desk.may(domain::terms::Action::KeepSecrets) {
            list.acts.push(Act::new(desk, "/inventories/new", "w-inventory-new").first());
        }
        if let Some((title, table)) = desk.app.inventories.table(desk, &run::WORDS) {
            list.above.push((title, table));
        }
        list.page(desk, Section::Inventories)
    })
    .await
}

/// An inventory, opened, with what became of its proposals.
struct Opened {
    inventory: Inventory,
    decided: BTreeMap<u32, ProposalRow>,
}

fn opened(desk: &Desk, no: Number) -> Result<Opened, Problem> {
    let row = desk.reader.inventory(no)?.ok_or(Problem::NotFound)?;
    let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
    let inventory = desk.office().kept_inventory(&row, unlocked)?;
    let decided = desk.reader.proposals(no)?.into_iter().map(|row| (row.no, row)).collect();
    Ok(Opened { inventory, decided })
}

impl Opened {
    fn state(&self, no: u32) -> &'static str {
        state_of(self.decided.get(&no))
    }

    /// The proposals of a view, blank for all.
    fn of(&self, view: &str) -> Vec<&Proposal> {
        let all = self.inventory.proposals.iter();
        all.filter(|one| view.is_empty() || self.state(one.no) == view).collect()
    }

    /// The next open proposal after one, or before it when there is none after.
    fn next(&self, after: u32) -> Option<u32> {
        let open = |one: &&Proposal| self.state(one.no) == "open";
        let all = &self.inventory.proposals;
        let later = all.iter().filter(|one| one.no > after).find(open);
        later.or_else(|| all.iter().filter(|one| one.no != after).find(open)).map(|one| one.no)
    }
}

fn state_status(desk: &Desk, state: &str) -> Status {
    let class = match state {
        "accepted" => "ok",
        "open" => "due",
        _ => "part",
    };
    Status::new(class, desk.t(&format!("inventory-state-{state}")))
}

/// What a proposal is, in words: the kind of information, or the adjustment.
fn called(desk: &Desk, proposal: &Proposal) -> String {
    match (&proposal.adjust, proposal.form) {
        (Some(adjust), _) => {
            let secret = adjust.secret.to_string();
            let args = [("secret", &*secret), ("name", &*adjust.name)];
            desk.tr(&format!("inventory-adjust-{}", adjust.sort.word()), &args)
        }
        (None, Some(form)) => desk.t(&format!("form-{}", form.word())),
        (None, None) => desk.t("inventory-untitled"),
    }
}

/// `GET /inventories/SL-0001`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
    RawQuery(asked): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Inventory)?;
        let input = Input::parse(asked.unwrap_or_default().as_bytes());
        let view = VIEWS.into_iter().find(|view| *view == input.get("view")).unwrap_or_default();
        let place = Place::read(&input);
        let opened = opened(desk, no)?;
        let chosen = opened.of(view);
        let shown: Vec<&Proposal> = chosen
            .iter()
            .skip(place.offset() as usize)
            .take(place.rows() as usize)
            .copied()
            .collect();
        let here = href(no);
        let at = |view: &str, place: Option<Place>| {
            let [size, page] = place.map(Place::words).unwrap_or_default();
            query(&here, &[("view", view), ("size", &size), ("page", &page)])
        };
        let heads = [
            ("w-inventory-proposal", ""),
            ("w-inventory-rank", "n"),
            ("w-inventory-kind", ""),
            ("w-inventory-why", "p2"),
            ("w-inventory-state", ""),
        ];
        let table = Table::new(desk, &heads).with(shown.iter().map(|one| row(desk, &opened, one)));
        let mut list = List::new(desk, "/inventories", "w-nav-inventories", table);
        list.title = desk.tr("w-inventory-title", &[("no", &no.to_string())]);
        list.lead = lead(desk, &opened.inventory);
        list.acts.push(Act::new(desk, "/inventories", "w-inventory-all"));
        if let Some(first) = opened.next(0) {
            let to = format!("{here}/{first}");
            list.acts.push(Act::new(desk, to, "w-inventory-begin").first());
        }
        list.chips.extend(VIEWS.into_iter().map(|one| Chip {
            href: at(one, None),
            label: match one {
                "" => desk.t("w-inventory-view-all"),
                state => desk.t(&format!("inventory-state-{state}")),
            },
            count: thousands(opened.of(one).len() as u64),
            current: one == view,
        }));
        if !opened.inventory.unread.is_empty() {
            list.above.push((desk.t("match-faults"), unread(desk, &opened.inventory)));
        }
        let total = (shown.len(), chosen.len() as u64);
        let pager = place.pager(desk, ("w-list-caption", ""), total, |to| at(view, Some(to)));
        list.pager = Some(pager);
        list.page(desk, Section::Inventories)
    })
    .await
}

fn lead(desk: &Desk, inventory: &Inventory) -> String {
    let (files, bytes) = (thousands(inventory.files), size(inventory.bytes));
    let (faults, root) = (thousands(inventory.all_faults()), &inventory.root);
    let args =
        [("files", &*files), ("size", &*bytes), ("faults", &*faults), ("root", root.as_str())];
    let mut words = vec![desk.tr("w-inventory-read", &args)];
    for (key, n) in [
        ("inventory-resumed", inventory.resumed),
        ("inventory-registered", inventory.registered),
        ("inventory-passed", inventory.passed),
        ("w-inventory-more", inventory.more_proposals),
    ] {
        if n > 0 {
            words.push(desk.n(key, n));
        }
    }
    if inventory.partial {
        words.push(desk.t("inventory-partial"));
    }
    words.push(desk.t("inventory-honest"));
    words.join(&desk.t("w-inventory-gap"))
}

fn unread(desk: &Desk, inventory: &Inventory) -> Table {
    let heads = [("w-inventory-unread-why", ""), ("w-inventory-unread", "n")];
    Table::new(desk, &heads).with(inventory.unread.iter().map(|(why, n)| {
        let first = inventory.faults.iter().find(|fault| fault.why == *why);
        let example = first.map(|fault| fault.path.clone()).unwrap_or_default();
        vec![Cell::text(words::fault(desk.lang(), why)).sub(example), Cell::text(thousands(*n))]
    }))
}

fn row(desk: &Desk, opened: &Opened, one: &Proposal) -> Vec<Cell> {
    let no = opened.inventory.no.map(href).unwrap_or_default();
    let first = one.files.first().map(|file| file.path.clone()).unwrap_or_default();
    let why = one.reasons.iter().take(2).map(|why| reason(desk, why)).collect::<Vec<_>>();
    let decided = opened.decided.get(&one.no);
    let state = Cell::status(state_status(desk, opened.state(one.no)));
    vec![
        Cell::link(format!("{no}/{}", one.no), one.no.to_string()),
        Cell::text(one.rank.to_string()),
        Cell::text(called(desk, one)).sub(first),
        Cell::text(why.join(&desk.t("w-inventory-gap"))),
        match decided.and_then(|row| row.secret.filter(|_| row.answer == Judgement::Accepted)) {
            Some(secret) => state.sub(secret.to_string()),
            None => state,
        },
    ]
}

fn reason(desk: &Desk, why: &office::matching::inventory::WhyRow) -> String {
    let rules = office::law().inventory();
    words::law::reason(desk.lang(), rules, &why.rule, &why.words, why.count)
}
