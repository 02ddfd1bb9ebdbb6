//! `midun expert …`: a station's committee of experts.

use domain::Series;
use domain::terms::Theme;
use office::{ExpertForm, Office, Trouble};
use serde_json::{Value, json};
use store::Reader;
use store::read::ExpertRow;

use super::{Desk, day, number, table, term_of};
use crate::args::Expert;

pub fn run(desk: &Desk<'_>, args: Expert) -> anyhow::Result<()> {
    let office = desk.office()?;
    let no = |text: &str| number(text, Series::Expert);
    match args {
        Expert::Add { name, organisation, field, from, until, contact, conflict } => {
            let fields =
                field.iter().map(|word| term_of!(Theme, word)).collect::<Result<_, _>>()?;
            let from = day(from.as_deref())?.unwrap_or_else(|| office.today());
            let conflicts = conflict.iter().map(|no| number(no, Series::Company));
            let conflicts = conflicts.collect::<Result<_, _>>()?;
            let until = day(until.as_deref())?;
            let form = ExpertForm { name, contact, fields, organisation, from, until, conflicts };
            desk.done(&office.add_expert(&desk.ask(&office), form)?);
        }
        Expert::List => {
            let reader = office.reader()?;
            let rows = reader.experts()?;
            let value = rows.iter().map(|row| json_of(&office, &reader, row));
            let value: Value = value.collect::<Result<Vec<_>, _>>()?.into();
            let mut lines = Vec::new();
            for row in &rows {
                lines.push(vec![
                    row.no.to_string(),
                    office.expert_name(&reader, row)?,
                    themes(desk, &row.fields),
                    (row.waiting + row.planned).to_string(),
                    row.done.to_string(),
                    row.until.map(|day| day.to_string()).unwrap_or_default(),
                ]);
            }
            desk.say.result(&value, || match lines.is_empty() {
                true => format!("{}\n", desk.say.t("cli-none-found")),
                false => {
                    let heads = ["w-col-no", "field-name", "field-expertise", "w-col-waiting"];
                    let heads = heads.into_iter().chain(["w-col-done", "field-until"]);
                    lines.insert(0, heads.map(|key| desk.say.t(key)).collect());
                    table(lines)
                }
            });
        }
        Expert::Show { id } => {
            let (reader, no) = (office.reader()?, no(&id)?);
            let row = reader.expert(no)?.ok_or(Trouble::Unknown(no))?;
            let mut value = json_of(&office, &reader, &row)?;
            let away = reader.conflicts(no)?;
            value["keeps_away_from"] = away.iter().map(|row| row.company.to_string()).collect();
            let contact = office.field(&reader, row.idx, "contact", None)?;
            value["contact"] = json!(contact.text());
            let name = office.expert_name(&reader, &row)?;
            desk.say.result(&value, || {
                let away: Vec<_> = away.iter().map(|row| row.company.to_string()).collect();
                let until = row.until.map(|day| day.to_string()).unwrap_or_default();
                let facts = [
                    ("field-organisation", row.organisation.clone()),
                    ("field-expertise", themes(desk, &row.fields)),
                    ("field-from", row.from.to_string()),
                    ("field-until", until),
                    ("field-contact", contact.text().unwrap_or_default().to_owned()),
                    ("field-conflicts", away.join(", ")),
                    ("w-col-waiting", (row.waiting + row.planned).to_string()),
                    ("w-col-done", row.done.to_string()),
                ];
                format!("{no}  {name}\n{}", super::facts(desk, facts))
            });
        }
        Expert::Recuse { id, company, why } => {
            let company = number(&company, Series::Company)?;
            desk.done(&office.recuse_expert(&desk.ask(&office), no(&id)?, company, why)?);
        }
        Expert::Renew { id, until, why } => {
            let until = day(Some(&until))?.unwrap_or_else(|| office.today());
            desk.done(&office.renew_expert(&desk.ask(&office), no(&id)?, until, why)?);
        }
        Expert::End { id, happened, why } => {
            let happened = day(happened.as_deref())?.unwrap_or_else(|| office.today());
            desk.done(&office.end_expert(&desk.ask(&office), no(&id)?, happened, why)?);
        }
    }
    Ok(())
}

fn themes(desk: &Desk<'_>, themes: &[Theme]) -> String {
    let words = themes.iter().map(|theme| desk.say.t(&format!("theme-{}", theme.word())));
    words.collect::<Vec<_>>().join(&desk.say.t("w-comma"))
}

fn json_of(office: &Office, reader: &Reader, row: &ExpertRow) -> Result<Value, Trouble> {
    Ok(json!({
        "id": row.no, "name": office.expert_name(reader, row)?, "fields": row.fields,
        "organisation": row.organisation, "from": row.from, "until": row.until,
        "ended": row.ended, "conflicts": row.conflicts, "waiting": row.waiting,
        "planned": row.planned, "done": row.done,
    }))
}
