//! `midun work`: the company's own work as a dated chain, and where something first stands in it.

use std::path::Path;

use domain::{Number, Series};
use office::matching::{Firsts, WorkForm, WorkReport, covered, when};
use office::{Say, Trouble};
use serde_json::json;
use store::read::WorkRow;

use super::compare::{Out, body};
use super::sweep::watched;
use super::{Desk, number, receipt_json, table};
use crate::args::{Work, WorkArgs};

/// First appearances and faults that are named on a terminal.
const SHOWN: usize = 20;

pub fn run(desk: &Desk<'_>, args: Work) -> Result<(), Trouble> {
    match args {
        Work::Record(args) => record(desk, args),
        Work::List => list(desk),
        Work::Show { id } => show(desk, &id),
        Work::Trace { id, what, out } => trace(desk, &id, &what, out.as_deref()),
    }
}

fn record(desk: &Desk<'_>, args: WorkArgs) -> Result<(), Trouble> {
    let office = desk.office()?;
    let form = WorkForm {
        paths: args.paths,
        what: args.what,
        secrets: args
            .secret
            .iter()
            .map(|id| number(id, Series::Secret))
            .collect::<Result<_, _>>()?,
        after: args.after.map(|id| number(&id, Series::Work)).transpose()?,
    };
    let unlocked = desk.unlocked(&office)?;
    let mut report = watched(desk, |control| office.read_work(&form, &unlocked, control))?;
    let receipt = office.record_work(&desk.ask(&office), &mut report)?;
    let row = receipt.number.map(|no| office.reader()?.work(no).map_err(Trouble::from));
    let row = row.transpose()?.flatten().ok_or(Trouble::Settings("number"))?;
    let value = json!({ "receipt": receipt_json(&receipt), "work": row_json(&row) });
    desk.say.result(&value, || said(desk, &row, &report) + &desk.receipt_text(&receipt));
    Ok(())
}

/// What a record holds, in words.
fn said(desk: &Desk<'_>, row: &WorkRow, report: &WorkReport) -> String {
    let days = row.days.map(|[first, last]| format!("{first} – {last}")).unwrap_or_default();
    let args = [
        ("no", row.no.to_string()),
        ("commits", row.commits.to_string()),
        ("files", row.files.to_string()),
        ("days", days),
        ("chain", row.chain.clone()),
    ];
    let mut text = format!("{}\n", desk.say.tr("work-done", &args));
    if let Some((no, thread, gone)) = &report.before {
        let words = desk.say.t(&format!("thread-{}", thread.word()));
        text += &format!("{no}: {words}\n");
        gone.iter().take(SHOWN).for_each(|one| text += &format!("  - {one}\n"));
    }
    if !report.faults.is_empty() {
        text += &format!("{}\n", desk.say.t("match-faults"));
        let rows = report.faults.iter().take(SHOWN);
        let rows = rows.map(|row| vec![row.path.clone(), words::fault(desk.say.lang, &row.why)]);
        text += &table(rows.collect());
    }
    text
}

fn list(desk: &Desk<'_>) -> Result<(), Trouble> {
    let office = desk.office()?;
    let rows = office.reader()?.works()?;
    desk.say.result(&json!(rows.iter().map(row_json).collect::<Vec<_>>()), || {
        if rows.is_empty() {
            return format!("{}\n", desk.say.t("work-none"));
        }
        let lines = rows.iter().map(|row| {
            vec![
                row.no.to_string(),
                row.at.minute_at(office.zone_minutes()),
                row.what.clone(),
                row.secrets.iter().map(Number::to_string).collect::<Vec<_>>().join(" "),
                row.after.map(|no| no.to_string()).unwrap_or_default(),
                row.thread.map(|t| desk.say.t(&format!("thread-{}", t.word()))).unwrap_or_default(),
            ]
        });
        table(lines.collect())
    });
    Ok(())
}

fn show(desk: &Desk<'_>, id: &str) -> Result<(), Trouble> {
    let office = desk.office()?;
    let no = number(id, Series::Work)?;
    let row = office.reader()?.work(no)?.ok_or(Trouble::Unknown(no))?;
    let report = office.kept_work(no, &*desk.unlocked(&office)?)?;
    desk.say.result(&json!(report), || said(desk, &row, &report));
    Ok(())
}

fn trace(desk: &Desk<'_>, id: &str, what: &Path, out: Option<&Path>) -> Result<(), Trouble> {
    let out = out.map(Out::at).transpose()?;
    let office = desk.office()?;
    let no = number(id, Series::Work)?;
    let unlocked = desk.unlocked(&office)?;
    let body = body(what);
    let firsts = watched(desk, |control| office.first_seen(no, &body, &unlocked, control))?;
    if let Some(out) = out {
        out.write_paper(&office, &office.firsts_paper(desk.say.lang, &firsts)?, &json!(firsts))?;
    }
    desk.say.result(&json!(firsts), || text(desk, &firsts, office.zone_minutes()));
    Ok(())
}

fn text(desk: &Desk<'_>, of: &Firsts, zone_minutes: i16) -> String {
    let say = Say { lang: desk.say.lang, zone_minutes };
    let records = of
        .recorded
        .iter()
        .map(|(no, at, units)| vec![no.to_string(), at.clone(), covered(of, *units)]);
    let mut text = format!("{}\n", say.t("work-head-recorded"));
    text += &table(records.collect());
    text += &format!("\n{}\n", say.t("work-head-appeared"));
    let appeared = of.appeared.iter().take(SHOWN).map(|one| {
        let commit = one.commit.as_deref().and_then(|id| id.get(..10)).unwrap_or_default();
        vec![
            when(say, one.claimed),
            covered(of, one.total),
            one.record.map_or_else(|| say.t("work-unrecorded"), |no| no.to_string()),
            commit.to_owned(),
            one.path.clone(),
        ]
    });
    text += &table(appeared.collect());
    if of.gone > 0 {
        text += &format!("{}\n", say.tr("work-gone", &[("n", &of.gone.to_string())]));
    }
    text + &format!("\n{}\n", say.t("work-honest"))
}

fn row_json(row: &WorkRow) -> serde_json::Value {
    json!({
        "id": row.no, "leaf": row.idx, "at": row.at.to_rfc3339(), "what": row.what,
        "secrets": row.secrets, "after": row.after, "thread": row.thread.map(|t| t.word()),
        "commits": row.commits, "files": row.files, "faults": row.faults,
        "days": row.days, "chain": row.chain,
    })
}
