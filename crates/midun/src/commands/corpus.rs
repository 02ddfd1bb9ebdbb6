//! `midun corpus`: public corpora, made, listed, taken away.

use domain::Series;
use office::matching::{CorpusForm, Fields};
use office::{Sort, Trouble};
use serde_json::json;
use store::read::CorpusRow;

use super::sweep::{size, watched};
use super::{Desk, day, number, receipt_json, table, term_of};
use crate::args::{Corpus, CorpusAdd};

/// Faults that are said on a terminal.
const FAULTS: usize = 20;

pub fn run(desk: &Desk<'_>, args: Corpus) -> Result<(), Trouble> {
    match args {
        Corpus::Add(args) => add(desk, args),
        Corpus::List => list(desk),
        Corpus::Remove { id, why } => {
            let office = desk.office()?;
            let no = number(&id, Series::Corpus)?;
            desk.done(&office.remove_corpus(&desk.ask(&office), no, why)?);
            Ok(())
        }
    }
}

fn add(desk: &Desk<'_>, args: CorpusAdd) -> Result<(), Trouble> {
    let mut fields = Fields::default();
    for text in args.field {
        if !fields.set(&text) {
            let args = vec![("text", text.chars().take(40).collect())];
            return Err(Trouble::Other("trouble-corpus-field", args, Sort::Refused));
        }
    }
    let office = desk.office()?;
    let form = CorpusForm {
        source: args.source,
        day: day(args.date.as_deref())?,
        fields,
        records: args.plain.then_some(false),
        ..CorpusForm::new(args.name, term_of!(CorpusSort, &args.kind)?, args.paths)
    };
    let built = watched(desk, |control| office.build_corpus(form, control))?;
    let (figures, faults) = (built.figures.clone(), built.faults.clone());
    let all_faults = built.all_faults();
    let receipt = office.record_corpus(&desk.ask(&office), built)?;
    let value = json!({ "receipt": receipt_json(&receipt), "figures": figures, "faults": faults });
    desk.say.result(&value, || {
        let args = [
            ("documents", figures.documents.to_string()),
            ("size", size(figures.bytes as f64)),
            ("undated", figures.undated.to_string()),
            ("faults", all_faults.to_string()),
        ];
        let mut text = format!("{}\n", desk.say.tr("corpus-done", &args));
        if !faults.is_empty() {
            text.push_str(&format!("{}\n", desk.say.t("match-faults")));
            let rows = faults.iter().take(FAULTS).map(|fault| {
                let within = if fault.inside.is_empty() { "" } else { "!/" };
                let path = format!("  {}{within}{}", fault.path, fault.inside);
                vec![path, words::fault(desk.say.lang, &fault.why)]
            });
            text.push_str(&table(rows.collect()));
        }
        text.push_str(&desk.receipt_text(&receipt));
        text
    });
    Ok(())
}

fn list(desk: &Desk<'_>) -> Result<(), Trouble> {
    let office = desk.office()?;
    let rows = office.reader()?.corpora()?;
    let value = |row: &CorpusRow| {
        json!({
            "id": row.no, "leaf": row.idx, "at": row.at.to_rfc3339(), "name": row.name,
            "kind": row.sort, "source": row.source, "date": row.day, "files": row.files,
            "faults": row.faults, "documents": row.documents, "undated": row.undated,
            "days": row.days, "bytes": row.bytes, "fingerprints": row.fingerprints,
            "guaranteed": row.guaranteed, "digest": row.digest, "removed": row.removed,
        })
    };
    desk.say.result(&json!(rows.iter().map(value).collect::<Vec<_>>()), || {
        if rows.is_empty() {
            return format!("{}\n", desk.say.t("corpus-none"));
        }
        let line = |row: &CorpusRow| {
            let documents = [("n", row.documents.to_string())];
            let removed = if row.removed { desk.say.t("corpus-removed") } else { String::new() };
            vec![
                row.no.to_string(),
                row.at.minute_at(office.zone_minutes()),
                desk.say.t(&format!("corpus-sort-{}", row.sort.word())),
                row.name.clone(),
                desk.say.tr("public-documents", &documents),
                size(row.bytes as f64),
                removed,
            ]
        };
        table(rows.iter().map(line).collect())
    });
    Ok(())
}
