//! `midun inventory`: goes through a folder for what may be secret points, and takes what a person
//! says of each proposal.

use std::collections::BTreeMap;
use std::process::ExitCode;

use domain::terms::{Judgement, Level};
use domain::{Number, Series};
use office::matching::inventory::{
    AcceptForm, DecideForm, Inventory, InventoryForm, Proposal, state_of,
};
use office::{Office, Sort, Trouble};
use serde_json::{Value, json};
use store::read::{InventoryRow, ProposalRow};

use super::sweep::watched;
use super::{Desk, level, number, receipt_json, table, term_of};
use crate::args::Inventory as Args;

/// Proposals and files that are said on a terminal; the page and `--json` have them all.
const SAID_MAX: usize = 20;
/// What a shell says of a program that was interrupted.
const INTERRUPTED: u8 = 130;

pub fn run(desk: &Desk<'_>, args: Args) -> anyhow::Result<ExitCode> {
    if args.list {
        list(desk)?;
    } else if let Some(id) = &args.show {
        show(desk, id, args.view.as_deref())?;
    } else if let Some(id) = args.accept.clone() {
        accept(desk, &id, args)?;
    } else if let Some(id) = &args.aside {
        decide(desk, id, Judgement::Aside, None, args.why.clone())?;
    } else if let Some(id) = &args.reject {
        let reason = args.reason.clone();
        decide(desk, id, Judgement::NotSecret, reason, args.why.clone())?;
    } else {
        return go(desk, args);
    }
    Ok(ExitCode::SUCCESS)
}

fn go(desk: &Desk<'_>, args: Args) -> anyhow::Result<ExitCode> {
    let Some(path) = args.path else {
        return Err(Trouble::Other("trouble-inventory-scope", vec![], Sort::Refused).into());
    };
    let office = desk.office()?;
    let unlocked = desk.unlocked(&office)?;
    let form = InventoryForm { what: args.what, fresh: args.fresh, ..InventoryForm::new(path) };
    let mut inventory = watched(desk, |control| office.take_inventory(&form, &unlocked, control))?;
    let receipt = office.record_inventory(&desk.ask(&office), &mut inventory)?;
    let value = json!({ "receipt": receipt_json(&receipt), "report": inventory });
    desk.say.result(&value, || {
        let none = BTreeMap::new();
        let mut text = text(desk, &inventory, &none, None);
        text.push_str(&desk.receipt_text(&receipt));
        text
    });
    Ok(if inventory.partial { ExitCode::from(INTERRUPTED) } else { ExitCode::SUCCESS })
}

fn list(desk: &Desk<'_>) -> anyhow::Result<()> {
    let office = desk.office()?;
    let rows = office.reader()?.inventories()?;
    let value: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "id": row.no, "received": row.at.to_rfc3339(), "leaf": row.idx, "what": row.what,
                "partial": row.partial, "files": row.files, "bytes": row.bytes,
                "faults": row.faults, "proposals": row.proposals,
                "adjustments": row.adjustments, "settled": row.settled,
            })
        })
        .collect();
    desk.say.result(&json!(value), || {
        if rows.is_empty() {
            return format!("{}\n", desk.say.t("inventory-none"));
        }
        let line = |row: &InventoryRow| {
            let args = [
                ("files", row.files.to_string()),
                ("proposals", row.proposals.to_string()),
                ("settled", row.settled.to_string()),
            ];
            let at = row.at.second_at(office.zone_minutes());
            let what = row.what.clone().unwrap_or_default();
            vec![row.no.to_string(), at, desk.say.tr("inventory-line", &args), what]
        };
        table(rows.iter().map(line).collect())
    });
    Ok(())
}

/// `SL-0001`, or `SL-0001/3`.
fn place(text: &str) -> Result<(Number, Option<u32>), Trouble> {
    let form = || Trouble::Other("trouble-inventory-place", vec![], Sort::Refused);
    match text.split_once('/') {
        None => Ok((number(text, Series::Inventory)?, None)),
        Some((no, part)) => {
            Ok((number(no, Series::Inventory)?, Some(part.parse().map_err(|_| form())?)))
        }
    }
}

fn one_place(text: &str) -> Result<(Number, u32), Trouble> {
    let (no, part) = place(text)?;
    let form = || Trouble::Other("trouble-inventory-place", vec![], Sort::Refused);
    Ok((no, part.ok_or_else(form)?))
}

fn opened(desk: &Desk<'_>, office: &Office, no: Number) -> anyhow::Result<Inventory> {
    let row = office.reader()?.inventory(no)?.ok_or(Trouble::Unknown(no))?;
    let unlocked = desk.unlocked(office)?;
    Ok(office.kept_inventory(&row, &unlocked)?)
}

fn show(desk: &Desk<'_>, id: &str, view: Option<&str>) -> anyhow::Result<()> {
    let (no, part) = place(id)?;
    let view = match view {
        None | Some("all") => None,
        Some("open") => Some(None),
        Some(word) => Some(Some(term_of!(Judgement, word)?)),
    };
    let office = desk.office()?;
    let inventory = opened(desk, &office, no)?;
    let rows = office.reader()?.proposals(no)?;
    let decided: BTreeMap<u32, ProposalRow> = rows.into_iter().map(|row| (row.no, row)).collect();
    let state = |one: &Proposal| {
        json!({ "proposal": one, "state": state_of(decided.get(&one.no)),
                "secret": decided.get(&one.no).and_then(|row| row.secret),
                "reason": decided.get(&one.no).and_then(|row| row.reason) })
    };
    let mut value = match part {
        Some(part) => state(inventory.proposal(part)?),
        None => {
            let shown = |one: &&Proposal| {
                view.is_none_or(|view| decided.get(&one.no).map(|row| row.answer) == view)
            };
            json!({ "proposals": inventory.proposals.iter().filter(shown).map(state)
                .collect::<Vec<_>>() })
        }
    };
    value["inventory"] = json!(no);
    match part {
        Some(part) => {
            let proposal = inventory.proposal(part)?;
            desk.say.result(&value, || {
                card(desk, &inventory, proposal, decided.get(&part), usize::MAX)
            });
        }
        None => desk.say.result(&value, || text(desk, &inventory, &decided, view)),
    }
    Ok(())
}

fn accept(desk: &Desk<'_>, id: &str, args: Args) -> anyhow::Result<()> {
    let (no, part) = one_place(id)?;
    let office = desk.office()?;
    let inventory = opened(desk, &office, no)?;
    let proposal = inventory.proposal(part)?;
    let typed = args.form.as_deref().map(|form| term_of!(Form, form)).transpose()?;
    let form = typed.or(proposal.form);
    let files =
        (!args.file.is_empty()).then(|| args.file.iter().map(|n| n.saturating_sub(1)).collect());
    // A title is stored in clear: names of files never become one by themselves.
    let title = args.title.unwrap_or_else(|| {
        let kind = form.map_or_else(
            || desk.say.t("inventory-untitled"),
            |form| desk.say.t(&format!("form-{}", form.word())),
        );
        format!("{kind} {no}/{part}")
    });
    let why = args.why.unwrap_or_else(|| {
        let args = [("no", no.to_string()), ("part", part.to_string())];
        desk.say.tr("inventory-adjust-why", &args)
    });
    let level = args.level.as_deref().map(level).transpose()?.unwrap_or(Level::Important);
    let wish = AcceptForm { title, form, class: None, level, files, why };
    let [written, decided] = office.accept_proposal(&desk.ask(&office), &inventory, part, wish)?;
    let value = json!({ "written": receipt_json(&written), "decided": receipt_json(&decided) });
    desk.say.result(&value, || {
        let mut text = desk.receipt_text(&written);
        if proposal.adjust.is_none() {
            text.push_str(&format!("{}\n", desk.say.t("cli-secret-unstated")));
        }
        text
    });
    Ok(())
}

fn decide(
    desk: &Desk<'_>,
    id: &str,
    answer: Judgement,
    reason: Option<String>,
    why: Option<String>,
) -> anyhow::Result<()> {
    let place = one_place(id)?;
    let reason = reason.as_deref().map(|word| term_of!(NoSecret, word)).transpose()?;
    let office = desk.office()?;
    office.reader()?.inventory(place.0)?.ok_or(Trouble::Unknown(place.0))?;
    let form = DecideForm { answer, reason, why };
    desk.done(&office.decide_proposal(&desk.ask(&office), place, form)?);
    Ok(())
}

/// An inventory as it is said on a terminal.
fn text(
    desk: &Desk<'_>,
    inventory: &Inventory,
    decided: &BTreeMap<u32, ProposalRow>,
    view: Option<Option<Judgement>>,
) -> String {
    let say = desk.say;
    let count = |n: u64| n.to_string();
    let mut text = String::new();
    if inventory.partial {
        text.push_str(&format!("{}\n", say.t("inventory-partial")));
    }
    let args = [
        ("files", count(inventory.files)),
        ("mib", format!("{:.1}", inventory.bytes as f64 / f64::from(1 << 20))),
        ("faults", count(inventory.all_faults())),
        ("proposals", count(inventory.proposals.len() as u64)),
    ];
    text.push_str(&format!("{}\n", say.tr("inventory-summary", &args)));
    for (key, n) in [
        ("inventory-resumed", inventory.resumed),
        ("inventory-registered", inventory.registered),
        ("inventory-passed", inventory.passed),
        ("w-inventory-more", inventory.more_proposals),
    ] {
        if n > 0 {
            text.push_str(&format!("{}\n", say.tr(key, &[("n", count(n))])));
        }
    }
    let chosen: Vec<&Proposal> = inventory
        .proposals
        .iter()
        .filter(|one| view.is_none_or(|view| decided.get(&one.no).map(|row| row.answer) == view))
        .collect();
    for proposal in chosen.iter().take(SAID_MAX) {
        text.push('\n');
        text.push_str(&card(desk, inventory, proposal, decided.get(&proposal.no), 3));
    }
    let more = chosen.len().saturating_sub(SAID_MAX);
    if more > 0 {
        text.push_str(&format!("{}\n", say.tr("inventory-more", &[("n", count(more as u64))])));
    }
    if !inventory.unread.is_empty() {
        text.push_str(&format!("\n{}\n", say.t("match-faults")));
        let rows = inventory.unread.iter().map(|(why, n)| {
            let why = say.tr(&format!("match-fault-{why}"), &[("detail", String::new())]);
            vec![format!("  {why}"), count(*n)]
        });
        text.push_str(&table(rows.collect()));
    }
    text.push_str(&format!("\n{}\n", say.t("inventory-honest")));
    text
}

/// One proposal with its reasons and their weights.
fn card(
    desk: &Desk<'_>,
    inventory: &Inventory,
    proposal: &Proposal,
    decided: Option<&ProposalRow>,
    files: usize,
) -> String {
    let say = desk.say;
    let no = inventory.no.map(|no| no.to_string()).unwrap_or_default();
    let state = say.t(&format!("inventory-state-{}", state_of(decided)));
    let kind = match (&proposal.adjust, proposal.form) {
        (Some(adjust), _) => {
            let args = [("secret", adjust.secret.to_string()), ("name", adjust.name.clone())];
            say.tr(&format!("inventory-adjust-{}", adjust.sort.word()), &args)
        }
        (None, Some(form)) => say.t(&format!("form-{}", form.word())),
        (None, None) => say.t("inventory-untitled"),
    };
    let args = [("rank", proposal.rank.to_string()), ("kind", kind), ("state", state)];
    let mut text = format!("{no}/{}  {}\n", proposal.no, say.tr("inventory-card", &args));
    if proposal.state_word {
        text.push_str(&format!("  ! {}\n", say.t("inventory-state-word")));
    }
    for why in &proposal.reasons {
        let rules = office::law().inventory();
        let said = words::law::reason(say.lang, rules, &why.rule, &why.words, why.count);
        text.push_str(&format!("  {:+}  {said}\n", why.weight));
    }
    for (at, file) in proposal.files.iter().take(files).enumerate() {
        let tie = say.t(&format!("inventory-tie-{}", file.tie.word()));
        text.push_str(&format!("  {}. {}  {} B  {tie}\n", at + 1, file.path, file.size));
    }
    let more = proposal.files.len().saturating_sub(files) as u64 + proposal.more_files;
    if more > 0 {
        text.push_str(&format!(
            "  {}\n",
            say.tr("inventory-more-files", &[("n", more.to_string())])
        ));
    }
    text
}
