//! `midun measure …`.

use domain::Series;
use office::MeasureForm;
use serde_json::json;

use super::{Desk, day, number, table, term_of};
use crate::args::Measure;

pub fn run(desk: &Desk<'_>, args: Measure) -> anyhow::Result<()> {
    let office = desk.office()?;
    match args {
        Measure::Add { item, title, detail, from, until, paper, dated } => {
            let form = MeasureForm {
                item: term_of!(MeasureItem, &item)?,
                title,
                detail,
                from: day(from.as_deref())?,
                until: day(until.as_deref())?,
                papers: desk.sources(&paper)?,
                papers_day: day(dated.as_deref())?,
            };
            desk.done(&office.add_measure(&desk.ask(&office), form)?);
        }
        Measure::List => {
            let rows = office.reader()?.measures()?;
            let today = office.today();
            let value: Vec<_> = rows
                .iter()
                .map(|row| {
                    json!({
                        "id": row.no, "item": row.item, "title": row.title, "from": row.from,
                        "until": row.until, "in_force": row.in_force(today),
                        "papers": row.papers, "secrets": row.secrets, "leaf": row.idx,
                    })
                })
                .collect();
            desk.say.result(&json!(value), || {
                table(
                    rows.iter()
                        .map(|row| {
                            let item = format!("measure-{}", row.item.word());
                            vec![row.no.to_string(), row.title.clone(), desk.say.t(&item)]
                        })
                        .collect(),
                )
            });
        }
        Measure::Match { id, secret, statement, why } => {
            let (measure, secret) =
                (number(&id, Series::Measure)?, number(&secret, Series::Secret)?);
            let statements = (!statement.is_empty()).then_some(statement);
            let ask = desk.ask(&office);
            desk.done(&office.match_measure(&ask, measure, secret, statements, why)?);
        }
        Measure::End { id, happened, why } => {
            let measure = number(&id, Series::Measure)?;
            let happened = day(happened.as_deref())?;
            desk.done(&office.end_measure(&desk.ask(&office), measure, happened, why)?);
        }
        Measure::Paper(paper) => super::person::add_papers(desk, paper)?,
    }
    Ok(())
}
