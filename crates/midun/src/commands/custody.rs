//! `midun hold …`, `midun person erase`, `midun secret destroy`.

use domain::{Number, Refusal, Series};
use office::{Foresight, Office, Share, Sort, Trouble};
use serde_json::{Value, json};

use super::{Desk, any_number, maybe_number, number, table, term_of};
use crate::args::Hold;

/// Why it is done, and the number said again to confirm it.
type Said = (Option<String>, Option<String>);

/// Erases a person's data; without confirmation says what that would do.
pub fn erase(
    desk: &Desk<'_>,
    office: &Office,
    id: &str,
    (ground, approved): (Option<&str>, Option<&str>),
    said: Said,
) -> anyhow::Result<()> {
    let person = number(id, Series::Person)?;
    let ground = ground.map(|word| term_of!(ErasureGround, word)).transpose()?;
    let approved = maybe_number(approved, Series::Person)?;
    let why = confirmed(desk, office, person, said)?;
    let ground = ground.ok_or(Trouble::from(Refusal::Blank("field-erasure-ground")))?;
    desk.done(&office.erase_person(&desk.ask(office), person, ground, approved, why)?);
    Ok(())
}

/// Destroys the content of a secret point; without confirmation says what that would do.
pub fn destroy(
    desk: &Desk<'_>,
    id: &str,
    approved: Option<&str>,
    said: Said,
) -> anyhow::Result<()> {
    let office = desk.office()?;
    let secret = number(id, Series::Secret)?;
    let approved = maybe_number(approved, Series::Person)?;
    let why = confirmed(desk, &office, secret, said)?;
    let approved = approved.ok_or(Trouble::from(Refusal::Blank("field-approved")))?;
    desk.done(&office.destroy_secret(&desk.ask(&office), secret, approved, why)?);
    Ok(())
}

/// The reason when it was confirmed. Otherwise all that would be lost is said, and it is refused.
fn confirmed(
    desk: &Desk<'_>,
    office: &Office,
    thing: Number,
    (why, confirm): Said,
) -> Result<String, Trouble> {
    match confirm {
        Some(confirm) if any_number(&confirm)? == thing => Ok(why.unwrap_or_default()),
        Some(_) => Err(not_confirmed(thing)),
        None => {
            let seen = office.foresee_erasure(&office.reader()?, thing)?;
            desk.say.result(&foresight_json(desk, &seen), || foresight(desk, &seen));
            let held = seen.holds.first().map(|hold| Refusal::OnHold(thing, hold.no));
            let done = seen.done.map(|_| Refusal::Erased(thing));
            let refusal = done.or(held).or_else(|| seen.first.first().cloned());
            Err(refusal.map_or_else(|| not_confirmed(thing), Trouble::from))
        }
    }
}

fn not_confirmed(thing: Number) -> Trouble {
    Trouble::Other("trouble-not-confirmed", vec![("no", thing.to_string())], Sort::Refused)
}

fn foresight_json(desk: &Desk<'_>, seen: &Foresight) -> Value {
    let shares = |all: &[Share]| -> Vec<Value> {
        let one = |share: &Share| json!({ "what": share.key, "n": share.n, "of": share.of });
        all.iter().map(one).collect()
    };
    json!({
        "id": seen.thing,
        "erased": seen.done.map(|row| row.idx),
        "holds": seen.holds.iter().map(|row| json!({ "no": row.no, "why": row.why,
            "ground": row.ground, "leaf": row.idx })).collect::<Vec<_>>(),
        "first": seen.first.iter().map(|one| desk.say.trouble(&one.clone().into()))
            .collect::<Vec<_>>(),
        "lost": shares(&seen.lost),
        "stays": shares(&seen.stays),
        "bytes": seen.bytes,
        "may_go": seen.may_go(),
    })
}

fn foresight(desk: &Desk<'_>, seen: &Foresight) -> String {
    let mut text = String::new();
    if let Some(done) = seen.done {
        let args = [("no", seen.thing.to_string()), ("idx", done.idx.to_string())];
        return format!("{}\n", desk.say.tr("cli-erased-already", &args));
    }
    let shares = |all: &[Share]| {
        let lines = all.iter().map(|share| {
            let words = desk.say.tr(share.key, &[("n", share.n.to_string())]);
            let of: Vec<String> = share.of.iter().map(ToString::to_string).collect();
            format!("  - {words} {}", of.join(" ")).trim_end().to_owned() + "\n"
        });
        lines.collect::<String>()
    };
    for (head, all) in [("w-erase-lost", &seen.lost), ("w-erase-stays", &seen.stays)] {
        text += &format!("{}\n{}\n", desk.say.t(head), shares(all));
    }
    if !seen.may_go() {
        text += &format!("{}\n", desk.say.t("w-erase-first"));
        for hold in &seen.holds {
            let args = [("no", hold.no.to_string()), ("why", hold.why.clone())];
            text += &format!("  - {}\n", desk.say.tr("w-erase-hold", &args));
        }
        for one in &seen.first {
            text += &format!("  - {}\n", desk.say.trouble(&one.clone().into()));
        }
    }
    text
}

/// Sets, lifts and lists legal holds.
pub fn hold(desk: &Desk<'_>, args: Hold) -> anyhow::Result<()> {
    let office = desk.office()?;
    match args {
        Hold::Set { things, ground, why } => {
            let things = things.iter().map(|text| any_number(text)).collect::<Result<_, _>>()?;
            let ground = ground.as_deref().map(any_number).transpose()?;
            desk.done(&office.set_hold(&desk.ask(&office), things, ground, why)?);
        }
        Hold::Lift { thing, hold, why } => {
            let thing = any_number(&thing)?;
            desk.done(&office.lift_hold(&desk.ask(&office), thing, hold, why)?);
        }
        Hold::List { all } => {
            let rows = office.reader()?.holds(all)?;
            let value: Vec<Value> = rows
                .iter()
                .map(|row| {
                    json!({
                        "thing": row.thing, "no": row.no, "ground": row.ground, "why": row.why,
                        "leaf": row.idx, "received": row.at.to_rfc3339(), "lifted": row.lifted,
                    })
                })
                .collect();
            desk.say.result(&json!(value), || {
                if rows.is_empty() {
                    return format!("{}\n", desk.say.t("w-holds-none"));
                }
                let heads =
                    ["field-held", "cli-col-no", "field-hold-ground", "cli-col-state", "field-why"];
                let mut lines = vec![heads.map(|key| desk.say.t(key)).to_vec()];
                lines.extend(rows.iter().map(|row| {
                    let state = if row.lifted.is_some() { "hold-lifted" } else { "hold-stands" };
                    vec![
                        row.thing.to_string(),
                        row.no.to_string(),
                        row.ground.map_or("—".into(), |no| no.to_string()),
                        desk.say.t(state),
                        row.why.clone(),
                    ]
                }));
                table(lines)
            });
        }
    }
    Ok(())
}
