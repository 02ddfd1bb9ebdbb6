//! `midun organisation …`: who takes part, and who is a member where.

use domain::Series;
use domain::reach::{Thing, reach};
use domain::terms::{AccountRole, OrganisationKind};
use office::{For, Office, OrganisationForm, Trouble};
use serde_json::{Value, json};
use store::read::{AssistanceFilter, OrganisationRow, Side};

use super::assistance::lines as assistance_lines;
use super::{Desk, day, number, table, term_of};
use crate::args::Organisation;

pub fn run(desk: &Desk<'_>, args: Organisation) -> anyhow::Result<()> {
    // What kinds see needs no node.
    if let Organisation::Sees = args {
        sees(desk);
        return Ok(());
    }
    let office = desk.office()?;
    let ask = desk.ask(&office);
    let by = For::station(&ask);
    let no = |text: &str| number(text, Series::Organisation);
    let company = |text: &str| number(text, Series::Company);
    let on = |text: Option<&str>| Ok::<_, Trouble>(day(text)?.unwrap_or_else(|| office.today()));
    match args {
        Organisation::Sees => {}
        Organisation::Add { name, kind, area, contact } => {
            let kind = term_of!(OrganisationKind, &kind)?;
            let form = OrganisationForm { name, kind, area, contact };
            desk.done(&office.add_organisation(by, form)?);
        }
        Organisation::List { kind } => {
            let kind = kind.as_deref().map(|word| term_of!(OrganisationKind, word)).transpose()?;
            let rows = office.reader()?.organisations(kind)?;
            let values: Vec<_> = rows.iter().map(json_of).collect();
            desk.say.result(&json!({ "organisations": values }), || {
                table(rows.iter().map(|row| line(desk, row)).collect())
            });
        }
        Organisation::Show { id } => show(desk, &office, &id)?,
        Organisation::Change { id, name, area, contact, why } => {
            let no = no(&id)?;
            let row = office.reader()?.organisation(no)?.ok_or(Trouble::Unknown(no))?;
            let said = (name.unwrap_or(row.name), area.or(row.area));
            desk.done(&office.change_organisation(by, no, said, contact, why)?);
        }
        Organisation::End { id, happened, why } => {
            let happened = on(happened.as_deref())?;
            desk.done(&office.end_organisation(by, no(&id)?, happened, why)?);
        }
        Organisation::Enrol { id, company: of, post, happened } => {
            let happened = on(happened.as_deref())?;
            desk.done(&office.enrol_member(by, no(&id)?, company(&of)?, happened, post)?);
        }
        Organisation::Leave { id, company: of, happened, why } => {
            let happened = on(happened.as_deref())?;
            desk.done(&office.leave_member(by, no(&id)?, company(&of)?, happened, why)?);
        }
    }
    Ok(())
}

fn line(desk: &Desk<'_>, row: &OrganisationRow) -> Vec<String> {
    vec![
        row.no.to_string(),
        row.name.clone(),
        desk.say.t(&format!("organisation-{}", row.kind.word())),
        row.area.clone().unwrap_or_default(),
        match row.ended {
            Some(day) => desk.say.tr("organisation-ended", &[("day", day.to_string())]),
            None => String::new(),
        },
    ]
}

fn json_of(row: &OrganisationRow) -> Value {
    json!({
        "id": row.no, "name": row.name, "kind": row.kind, "area": row.area, "ended": row.ended,
        "members": row.members, "waiting": row.waiting,
    })
}

fn show(desk: &Desk<'_>, office: &Office, id: &str) -> Result<(), Trouble> {
    let (reader, no) = (office.reader()?, number(id, Series::Organisation)?);
    let row = reader.organisation(no)?.ok_or(Trouble::Unknown(no))?;
    let contact = office.field(&reader, row.contact_idx, "contact", None)?;
    let contact = contact.text().map(str::to_owned);
    let members = reader.members(no)?;
    let open =
        |side| AssistanceFilter { of: Some((no, side)), open: true, ..AssistanceFilter::default() };
    let (asked, asks) =
        (reader.assistances(&open(Side::Asked))?, reader.assistances(&open(Side::Asker))?);
    let mut value = json_of(&row);
    value["contact"] = json!(contact);
    value["members"] = members
        .iter()
        .map(|one| json!({ "company": one.company, "name": one.name, "joined": one.joined, "post": one.post }))
        .collect();
    value["in"] = asked.rows.iter().map(super::assistance::json_of).collect();
    value["out"] = asks.rows.iter().map(super::assistance::json_of).collect();
    desk.say.result(&value, || {
        let facts = [
            ("field-kind", desk.say.t(&format!("organisation-{}", row.kind.word()))),
            ("field-area", row.area.clone().unwrap_or_default()),
            ("field-contact", contact.unwrap_or_default()),
        ];
        let mut out = format!("{no}  {}\n{}", row.name, super::facts(desk, facts));
        if !members.is_empty() {
            let lines = members.iter().map(|one| {
                vec![
                    one.company.to_string(),
                    one.name.clone(),
                    one.joined.to_string(),
                    one.post.clone().unwrap_or_default(),
                ]
            });
            out += &format!("{}\n{}", desk.say.t("w-members"), table(lines.collect()));
        }
        for (key, found) in [("w-assistance-in", &asked), ("w-assistance-out", &asks)] {
            let lines = table(assistance_lines(desk, &found.rows));
            out += &format!("{}\n{lines}", desk.say.t(key));
        }
        out
    });
    Ok(())
}

/// The table of what accounts of organisations see.
fn sees(desk: &Desk<'_>) {
    let roles = [AccountRole::Liaison, AccountRole::Observer];
    let all: Vec<_> = OrganisationKind::ALL
        .iter()
        .flat_map(|kind| roles.iter().map(move |role| (*kind, *role)))
        .collect();
    let value: Vec<_> = all
        .iter()
        .map(|(kind, role)| {
            let cells: serde_json::Map<String, Value> = Thing::ALL
                .iter()
                .map(|thing| (thing.word().into(), reach(*role, *kind, *thing).word().into()))
                .collect();
            json!({ "kind": kind, "role": role, "sees": cells })
        })
        .collect();
    desk.say.result(&json!({ "table": value }), || {
        let mut rows = vec![vec![String::new(), String::new()]];
        rows[0].extend(Thing::ALL.map(|thing| desk.say.t(&format!("seen-{}", thing.word()))));
        rows.extend(all.iter().map(|(kind, role)| {
            let mut row = vec![
                desk.say.t(&format!("organisation-{}", kind.word())),
                desk.say.t(&format!("account-role-{}", role.word())),
            ];
            row.extend(
                Thing::ALL.map(|thing| {
                    desk.say.t(&format!("reach-{}", reach(*role, *kind, thing).word()))
                }),
            );
            row
        }));
        table(rows)
    });
}
