//! `midun service …` and `midun coverage`: what companies were given, and how far it has come.

use domain::coverage::{Figure, ShownShare, Sight};
use domain::terms::Service;
use domain::{Number, Series};
use office::{ServiceForm, Sort, Trouble};
use serde_json::{Map, Value, json};
use store::read::{CompanyFilter, Dimension, ServiceRow};

use super::{Desk, day, number, table, term, term_of};
use crate::args;

/// A service is given to so many companies at once at most: more is a typing error.
const AT_ONCE_MAX: u64 = 5_000;

pub fn run(desk: &Desk<'_>, args: args::Service) -> anyhow::Result<()> {
    let office = desk.office()?;
    match args {
        args::Service::Give { service, happened, what, who, company, query } => {
            let service = term_of!(Service, &service)?;
            let mut companies = company
                .iter()
                .map(|no| number(no, Series::Company))
                .collect::<Result<Vec<_>, _>>()?;
            if !query.is_blank() {
                companies.extend(found(&office.reader()?, &query)?);
            }
            let happened = day(happened.as_deref())?.unwrap_or_else(|| office.today());
            let form = ServiceForm { companies, service, happened, what, who };
            desk.done(&office.give_service(&desk.ask(&office), form)?);
        }
        args::Service::List { company, limit } => {
            let company = super::maybe_number(company.as_deref(), Series::Company)?;
            let rows = office.reader()?.services(company, 0, limit)?;
            desk.say.result(&services_json(&rows), || lines(desk, &rows));
        }
    }
    Ok(())
}

/// All companies that a filter finds.
pub fn found(reader: &store::Reader, query: &args::CompanyQuery) -> Result<Vec<Number>, Trouble> {
    let filter = CompanyFilter { limit: AT_ONCE_MAX as u32, ..super::company::filter(query)? };
    let found = reader.companies(&filter)?;
    if found.total > AT_ONCE_MAX {
        let args = vec![("n", found.total.to_string()), ("most", AT_ONCE_MAX.to_string())];
        return Err(Trouble::Other("cli-too-many-companies", args, Sort::Refused));
    }
    Ok(found.rows.into_iter().map(|row| row.no).collect())
}

pub fn services_json(rows: &[ServiceRow]) -> Value {
    rows.iter()
        .map(|row| {
            json!({
                "leaf": row.idx, "company": row.company, "name": row.name, "service": row.service,
                "happened": row.happened, "what": row.what, "who": row.who,
            })
        })
        .collect()
}

pub fn lines(desk: &Desk<'_>, rows: &[ServiceRow]) -> String {
    let rows = rows.iter().map(|row| {
        let service = desk.say.t(&format!("service-{}", row.service.word()));
        let who = row.who.clone().unwrap_or_default();
        vec![row.happened.to_string(), row.company.to_string(), service, row.what.clone(), who]
    });
    table(rows.collect())
}

pub fn coverage(desk: &Desk<'_>, args: &args::Coverage) -> anyhow::Result<()> {
    let office = desk.office()?;
    let by = term(&args.by, Dimension::from_word, &Dimension::ALL, Dimension::word)?;
    let sight = if args.public { Sight::Figures } else { Sight::Companies };
    let found = office.reader()?.coverage(by)?;
    let (lines, all) = found.shown(sight);
    let value: Vec<_> = found
        .lines
        .iter()
        .zip(&lines)
        .map(|(line, shares)| line_json(&line.value, shares))
        .collect();
    let all_json = line_json("", &all);
    desk.say.result(&json!({ "by": by.word(), "lines": value, "all": all_json }), || {
        let mut head = vec![desk.say.t(&format!("field-{}", by.word())), desk.say.t("coverage-of")];
        head.push(desk.say.t("coverage-any"));
        head.extend(Service::ALL.iter().map(|s| desk.say.t(&format!("service-{}", s.word()))));
        head.push(desk.say.t("coverage-filed"));
        let mut rows = vec![head];
        let cells = |value: String, shares: &[ShownShare]| {
            let of = figure(desk, shares[0].of);
            let had = shares.iter().map(|share| figure(desk, share.had));
            [value, of].into_iter().chain(had).collect::<Vec<_>>()
        };
        for (line, shares) in found.lines.iter().zip(&lines) {
            rows.push(cells(office::value_words(desk.say.lang, by, &line.value), shares));
        }
        rows.push(cells(desk.say.t("coverage-all"), &all));
        table(rows)
    });
    if args.public {
        desk.say.remark(&desk.say.t("w-sight-public-why"));
    }
    Ok(())
}

fn line_json(value: &str, shares: &[ShownShare]) -> Value {
    let figure = |figure| match figure {
        Figure::Shown(count) => json!(count),
        Figure::Withheld => Value::Null,
    };
    let services: Map<_, _> = Service::ALL
        .iter()
        .zip(&shares[1..])
        .map(|(service, share)| (service.word().to_owned(), figure(share.had)))
        .collect();
    json!({
        "value": value, "companies": figure(shares[0].of), "any": figure(shares[0].had),
        "services": services, "filed": shares.last().map(|share| figure(share.had)),
    })
}

fn figure(desk: &Desk<'_>, figure: Figure) -> String {
    match figure {
        Figure::Shown(count) => count.to_string(),
        Figure::Withheld => desk.say.t("coverage-withheld"),
    }
}
