//! `midun person …`.

use domain::Series;
use office::PersonForm;
use serde_json::json;

use super::{Desk, any_number, day, number, table};
use crate::args::{Paper, Person};

pub fn run(desk: &Desk<'_>, args: Person) -> anyhow::Result<()> {
    let office = desk.office()?;
    match args {
        Person::Add { name, post, department, joined } => {
            let joined = day(joined.as_deref())?;
            let form = PersonForm { name, post, department, joined };
            desk.done(&office.add_person(&desk.ask(&office), form)?);
        }
        Person::List => {
            let reader = office.reader()?;
            let mut people = Vec::new();
            for row in reader.people()? {
                let name = office.person_name(&reader, &row)?;
                people.push((name, row));
            }
            let value: Vec<_> = people
                .iter()
                .map(|(name, row)| {
                    json!({
                        "id": row.no, "name": name, "post": row.post,
                        "department": row.department, "joined": row.joined,
                        "cleared": row.cleared,
                    })
                })
                .collect();
            desk.say.result(&json!(value), || {
                let erased = || desk.say.t("cli-erased");
                let heads = ["cli-col-no", "cli-col-name", "cli-col-post", "cli-col-department"];
                let mut rows = vec![heads.map(|key| desk.say.t(key)).to_vec()];
                rows.extend(people.iter().map(|(name, row)| {
                    vec![
                        row.no.to_string(),
                        name.clone().unwrap_or_else(erased),
                        row.post.clone().unwrap_or_else(|| "—".into()),
                        row.department.clone().unwrap_or_else(|| "—".into()),
                    ]
                }));
                table(rows)
            });
        }
        Person::Clear { id, secret, from, until, why } => {
            let (person, secret) = (number(&id, Series::Person)?, number(&secret, Series::Secret)?);
            let days = (day(from.as_deref())?, day(until.as_deref())?);
            desk.done(&office.clear_person(&desk.ask(&office), person, secret, days, why)?);
        }
        Person::Bar { id, secret, happened, why } => {
            let (person, secret) = (number(&id, Series::Person)?, number(&secret, Series::Secret)?);
            let happened = day(happened.as_deref())?;
            desk.done(&office.bar_person(&desk.ask(&office), person, secret, happened, why)?);
        }
        Person::Paper(paper) => add_papers(desk, paper)?,
    }
    Ok(())
}

/// Papers for a person, partner, measure, agreement or disclosure.
pub fn add_papers(desk: &Desk<'_>, paper: Paper) -> anyhow::Result<()> {
    let office = desk.office()?;
    let about = any_number(&paper.id)?;
    let dated = day(paper.dated.as_deref())?;
    let papers = desk.sources(&paper.files)?;
    desk.done(&office.add_papers(&desk.ask(&office), about, papers, dated)?);
    Ok(())
}
