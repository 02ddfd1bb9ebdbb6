//! `midun disclose …`.

use domain::Series;
use office::DisclosureForm;
use serde_json::json;

use super::{Desk, day, maybe_number, number, table, term_of};
use crate::args::Disclose;

pub fn run(desk: &Desk<'_>, args: Disclose) -> anyhow::Result<()> {
    let office = desk.office()?;
    match args {
        Disclose::Add {
            secret,
            to,
            purpose,
            statement,
            carrier,
            person,
            happened,
            until,
            agreement,
            paper,
        } => {
            let form = DisclosureForm {
                secret: number(&secret, Series::Secret)?,
                statements: (!statement.is_empty()).then_some(statement),
                carriers: carrier,
                partner: number(&to, Series::Partner)?,
                person: maybe_number(person.as_deref(), Series::Person)?,
                happened: day(happened.as_deref())?,
                purpose,
                until: day(until.as_deref())?,
                agreement: maybe_number(agreement.as_deref(), Series::Agreement)?,
                papers: desk.sources(&paper)?,
                papers_day: None,
            };
            desk.done(&office.disclose(&desk.ask(&office), form)?);
        }
        Disclose::List => {
            let rows = office.reader()?.disclosures()?;
            let value: Vec<_> = rows
                .iter()
                .map(|row| {
                    json!({
                        "id": row.no, "secret": row.secret, "partner": row.partner,
                        "partner_name": row.partner_name, "purpose": row.purpose,
                        "happened": row.happened, "until": row.until,
                        "agreement": row.agreement, "ending": row.ending, "leaf": row.idx,
                    })
                })
                .collect();
            desk.say.result(&json!(value), || {
                table(
                    rows.iter()
                        .map(|row| {
                            vec![
                                row.no.to_string(),
                                row.secret.to_string(),
                                row.partner_name.clone(),
                                row.until.map_or("—".into(), |day| day.to_string()),
                                row.ending.map_or(desk.say.t("cli-open"), |ending| {
                                    desk.say.t(&format!("ending-{}", ending.word()))
                                }),
                            ]
                        })
                        .collect(),
                )
            });
        }
        Disclose::Close { id, how, happened, why, paper } => {
            let disclosure = number(&id, Series::Disclosure)?;
            let how = (term_of!(Ending, &how)?, day(happened.as_deref())?);
            let ask = desk.ask(&office);
            desk.done(&office.close_disclosure(
                &ask,
                disclosure,
                how,
                why,
                desk.sources(&paper)?,
            )?);
        }
    }
    Ok(())
}
