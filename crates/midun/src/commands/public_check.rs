//! `midun public-check`: what of a secret point is in public corpora.

use domain::{Number, Series};
use office::matching::{PublicCheck, PublicCheckForm, found_share, not_found, part_state};
use office::{Office, Sort, Trouble};
use serde_json::json;

use super::compare::Out;
use super::sweep::watched;
use super::{Desk, day, number, receipt_json, table};
use crate::args;

/// Passages and leads of a part that are named on a terminal.
const SHOWN: usize = 4;

pub fn run(desk: &Desk<'_>, args: args::PublicCheck) -> Result<(), Trouble> {
    if args.list {
        return list(desk);
    }
    let out = args.out.as_deref().map(Out::at).transpose()?;
    if let Some(id) = &args.report {
        return report(desk, number(id, Series::PublicCheck)?, out);
    }
    let Some(secret) = &args.secret else {
        return Err(Trouble::Other("trouble-public-scope", vec![], Sort::Refused));
    };
    let office = desk.office()?;
    let form = PublicCheckForm {
        secret: number(secret, Series::Secret)?,
        day: day(args.as_of.as_deref())?,
        corpora: args
            .corpus
            .iter()
            .map(|id| number(id, Series::Corpus))
            .collect::<Result<_, _>>()?,
    };
    let unlocked = desk.unlocked(&office)?;
    let mut check = watched(desk, |control| office.public_check(&form, &unlocked, control))?;
    let receipt = office.record_public_check(&desk.ask(&office), &mut check)?;
    if let Some(out) = &out {
        write(desk, &office, &check, out)?;
    }
    // A terminal and its logs are no place for the content: figures and places only.
    let value = json!({ "receipt": receipt_json(&receipt), "check": check.closed() });
    desk.say.result(&value, || {
        let mut said = text(desk, &check);
        said.push_str(&desk.receipt_text(&receipt));
        said
    });
    Ok(())
}

fn write(desk: &Desk<'_>, office: &Office, check: &PublicCheck, out: &Out) -> Result<(), Trouble> {
    out.write_paper(office, &office.public_paper(desk.say.lang, check)?, &json!(check))
}

fn list(desk: &Desk<'_>) -> Result<(), Trouble> {
    let office = desk.office()?;
    let rows = office.reader()?.public_checks(None)?;
    let value = rows.iter().map(|row| {
        json!({
            "id": row.no, "leaf": row.idx, "at": row.at.to_rfc3339(), "secret": row.secret,
            "day": row.day, "corpora": row.corpora, "documents": row.documents,
            "parts": row.parts, "found": row.found, "earlier": row.earlier, "leads": row.leads,
        })
    });
    desk.say.result(&json!(value.collect::<Vec<_>>()), || {
        if rows.is_empty() {
            return format!("{}\n", desk.say.t("public-checked-none"));
        }
        let lines = rows.iter().map(|row| {
            let args = [
                ("found", row.found.to_string()),
                ("parts", row.parts.to_string()),
                ("earlier", row.earlier.to_string()),
            ];
            vec![
                row.no.to_string(),
                row.at.minute_at(office.zone_minutes()),
                row.secret.to_string(),
                desk.say.tr("public-list-line", &args),
            ]
        });
        table(lines.collect())
    });
    Ok(())
}

/// Takes a kept report out. It shows the secret point, so the ledger is told first.
fn report(desk: &Desk<'_>, no: Number, out: Option<Out>) -> Result<(), Trouble> {
    let office = desk.office()?;
    let row = office.reader()?.public_check(no)?.ok_or(Trouble::Unknown(no))?;
    let unlocked = desk.unlocked(&office)?;
    let check = office.kept_public_check(no, (row.idx, &row.report), &unlocked)?;
    match out {
        Some(out) => {
            office.view_secret(
                &desk.ask(&office),
                row.secret,
                "public-check".into(),
                Some(no.to_string()),
            )?;
            write(desk, &office, &check, &out)?;
        }
        None => desk.say.result(&json!(check.closed()), || text(desk, &check)),
    }
    Ok(())
}

/// A public check as it is said on a terminal: figures and places, no secret content.
fn text(desk: &Desk<'_>, of: &PublicCheck) -> String {
    let say = desk.say;
    let paper = office::Say { lang: say.lang, zone_minutes: 0 };
    let mut text = String::new();
    for part in &of.parts {
        let shares = [found_share(part, part.earlier), found_share(part, part.found)];
        text.push_str(&format!(
            "{}  {} {} / {} {}\n  {}\n",
            words::part(say.lang, &part.part),
            say.t("public-col-earlier"),
            shares[0],
            say.t("public-col-found"),
            shares[1],
            say.t(part_state(part)),
        ));
        for passage in part.passages.iter().take(SHOWN) {
            let units = say.t(&format!("compare-units-{}", passage.layer.word()));
            text.push_str(&format!(
                "    {}  {}  {} {units}\n",
                office::matching::source_name(&passage.source),
                office::matching::since(paper, &passage.source),
                passage.same,
            ));
        }
        for lead in part.leads.iter().take(SHOWN) {
            text.push_str(&format!(
                "    ? {}  {}  {:.0} %\n",
                office::matching::source_name(&lead.source),
                office::matching::since(paper, &lead.source),
                lead.share * 100.0,
            ));
        }
    }
    let rows = of.corpora.iter().map(|corpus| {
        let documents = [("n", corpus.documents.to_string())];
        vec![
            format!("{} {}", corpus.no, corpus.name),
            say.tr("public-documents", &documents),
            say.t(&format!("public-corpus-{}", corpus.state.word())),
        ]
    });
    text.push('\n');
    text.push_str(&table(rows.collect()));
    text.push_str(&format!("\n{}\n{}\n", not_found(paper, of), say.t("public-honest")));
    text
}
