//! `midun partner …`.

use domain::Series;
use office::{AgreementForm, PartnerForm};
use serde_json::json;

use super::{Desk, day, number, table, term_of};
use crate::args::Partner;

pub fn run(desk: &Desk<'_>, args: Partner) -> anyhow::Result<()> {
    let office = desk.office()?;
    match args {
        Partner::Add { name, relation, code, contact } => {
            let relation = term_of!(Relation, &relation)?;
            let form = PartnerForm { name, relation, code, contact };
            desk.done(&office.add_partner(&desk.ask(&office), form)?);
        }
        Partner::List => {
            let reader = office.reader()?;
            let partners = reader.partners()?;
            let agreements = reader.agreements(None)?;
            let value: Vec<_> = partners
                .iter()
                .map(|row| {
                    let of_partner = agreements.iter().filter(|a| a.partner == row.no);
                    json!({
                        "id": row.no, "name": row.name, "relation": row.relation,
                        "code": row.code, "open_disclosures": row.open_disclosures,
                        "agreements": of_partner.map(|a| json!({
                            "id": a.no, "title": a.title, "from": a.from, "until": a.until,
                        })).collect::<Vec<_>>(),
                    })
                })
                .collect();
            desk.say.result(&json!(value), || {
                table(
                    partners
                        .iter()
                        .map(|row| {
                            let relation = format!("relation-{}", row.relation.word());
                            vec![row.no.to_string(), desk.say.t(&relation), row.name.clone()]
                        })
                        .collect(),
                )
            });
        }
        Partner::Agree { id, title, from, until, secret, paper, dated } => {
            let secrets = secret
                .iter()
                .map(|no| number(no, Series::Secret))
                .collect::<Result<Vec<_>, _>>()?;
            let form = AgreementForm {
                partner: number(&id, Series::Partner)?,
                title,
                from: day(from.as_deref())?,
                until: day(until.as_deref())?,
                secrets: (!secrets.is_empty()).then_some(secrets),
                papers: desk.sources(&paper)?,
                papers_day: day(dated.as_deref())?,
            };
            desk.done(&office.agree(&desk.ask(&office), form)?);
        }
        Partner::Paper(paper) => super::person::add_papers(desk, paper)?,
    }
    Ok(())
}
