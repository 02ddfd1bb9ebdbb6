//! `midun matrix SECRET --as-of DATE`.

use domain::Series;
use dossier::{Agreement, Block, Holder, Line, Look, Matrix, Paper, Protection, Record, Say};
use office::{Sort, Trouble};
use serde_json::{Value, json};

use super::{Desk, day, number, table};
use crate::args;

pub fn run(desk: &Desk<'_>, args: args::Matrix) -> anyhow::Result<()> {
    let office = desk.office()?;
    let secret = number(&args.id, Series::Secret)?;
    let as_of = day(args.as_of.as_deref())?.unwrap_or_else(|| office.today());
    if as_of > office.today() {
        let args = vec![("day", as_of.to_string())];
        return Err(Trouble::Other("cli-matrix-future", args, Sort::Refused).into());
    }
    let reader = office.reader()?;
    let matrix = office.matrix(&reader, secret, as_of)?;
    let value = matrix_json(desk, &matrix);
    if let Some(out) = &args.out {
        let bytes = office.matrix_pdf(&reader, &matrix, desk.say.lang)?;
        office::write_new(out, &bytes)?;
        desk.say.result(&value, || {
            let args = [("path", out.display().to_string())];
            format!("{}\n", desk.say.tr("cli-matrix-written", &args))
        });
        return Ok(());
    }
    let say = Say { lang: desk.say.lang, zone_minutes: office.zone_minutes() };
    desk.say.result(&value, || {
        let title = desk.say.tr("matrix-title", &[("day", as_of.to_string())]);
        let mut text = format!("{} {}\n{title}\n", matrix.secret, matrix.title);
        for block in dossier::matrix_blocks(&matrix, say) {
            text += &words_of(&block);
        }
        text
    });
    Ok(())
}

/// A block as lines of a terminal.
fn words_of(block: &Block) -> String {
    match block {
        Block::Heading { text, .. } => format!("\n{text}\n"),
        Block::Para { text } | Block::Note { text } => format!("  {text}\n"),
        Block::List { items } => items.iter().map(|item| format!("  {item}\n")).collect(),
        Block::Boxed { parts } => parts
            .iter()
            .map(|(head, lines)| {
                let lines: String = lines.iter().map(|line| format!("    ▲ {line}\n")).collect();
                format!("  {head}\n{lines}")
            })
            .collect(),
        Block::Facts { rows } => {
            rows.iter().map(|(name, lines)| format!("  {name}  {}\n", cell(lines))).collect()
        }
        Block::Sides { heads, left, right } => {
            let side = |head: &str, text: &[(bool, String)]| {
                let text: String = text.iter().map(|(_, piece)| piece.as_str()).collect();
                format!("  {head}\n    {text}\n")
            };
            side(&heads[0], left) + &side(&heads[1], right)
        }
        // Cells are long: each row is a card, with the heads before them.
        Block::Table { columns, rows } => rows
            .iter()
            .map(|row| {
                let lines = columns.iter().zip(row);
                let lines = lines.map(|((head, _), lines)| vec![format!("  {head}"), cell(lines)]);
                table(lines.collect()) + "\n"
            })
            .collect(),
    }
}

fn cell(lines: &[Line]) -> String {
    let line = |line: &Line| match line.look {
        Look::Flag => format!("▲ {}", line.text),
        _ => line.text.clone(),
    };
    lines.iter().map(line).collect::<Vec<_>>().join(" · ")
}

fn matrix_json(desk: &Desk<'_>, of: &Matrix) -> Value {
    json!({
        "secret": of.secret, "title": of.title, "level": of.level, "day": of.day,
        "past": of.is_past, "formed": of.formed, "registered": record(&of.registered),
        "declassified": of.declassified,
        "gaps": of.gaps.iter().map(|gap| json!({
            "key": gap.key, "fixed": gap.is_fixed, "message": desk.say.tr(gap.key, &gap.args),
            "next": desk.say.tr(&gap.next(), &gap.args),
        })).collect::<Vec<_>>(),
        "holders": of.holders.iter().map(holder).collect::<Vec<_>>(),
        "measures": of.measures.iter().map(measure).collect::<Vec<_>>(),
        "statements": of.statements.iter().map(|one| json!({
            "no": one.no, "edition": one.edition, "measures": one.measures,
            "record": record(&one.record),
        })).collect::<Vec<_>>(),
        "carriers": of.carriers.iter().map(|one| json!({
            "no": one.no, "changed": one.changed, "record": record(&one.record),
        })).collect::<Vec<_>>(),
        "looks": of.looks.iter().map(|one| json!({
            "by": one.by, "count": one.count, "last": one.last.to_rfc3339(),
        })).collect::<Vec<_>>(),
    })
}

fn record(of: &Record) -> Value {
    json!({
        "leaf": of.index, "received": of.received.to_rfc3339(), "proof": of.proof.word(),
        "vouched": of.vouched.iter().map(|bound| json!({
            "not_later": bound.at.to_rfc3339(), "by": bound.by, "stamp": bound.is_stamp,
            "relation": bound.standing,
        })).collect::<Vec<_>>(),
    })
}

fn paper(of: &Paper) -> Value {
    json!({
        "about": of.about, "no": of.no, "dated": of.dated, "days_late": of.days_late(),
        "record": record(&of.record),
    })
}

fn papers(of: &[Paper]) -> Vec<Value> {
    of.iter().map(paper).collect()
}

fn holder(of: &Holder) -> Value {
    let agreement = |one: &Agreement| {
        json!({
            "id": one.no, "title": one.title, "from": one.from, "until": one.until,
            "record": record(&one.record), "papers": papers(&one.papers),
        })
    };
    json!({
        "who": of.who, "name": of.name, "door": of.door.word(), "by": of.by,
        "reach": of.reach.word(), "since": of.since, "claimed": of.is_claimed, "until": of.until,
        "closed": of.closed, "statements": of.statements, "why": of.why,
        "record": record(&of.record), "bound": of.bound().map(|proof| proof.word()),
        "signed": papers(&of.signed), "signed_later": of.signed_later,
        "agreements": of.agreements.iter().map(agreement).collect::<Vec<_>>(),
        "receipts": papers(&of.receipts),
    })
}

fn measure(of: &Protection) -> Value {
    json!({
        "id": of.no, "item": of.item, "title": of.title, "in_force": of.in_force,
        "since": of.since, "claimed": of.is_claimed, "until": of.until,
        "statements": of.statements, "why": of.why, "proof": of.proof().word(),
        "record": record(&of.record), "matched": record(&of.matched),
        "papers": papers(&of.papers),
    })
}
