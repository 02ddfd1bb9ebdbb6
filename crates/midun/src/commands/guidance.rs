//! `midun dashboard` and `report`: the figures of a period.

use std::fs;

use domain::Period;
use domain::coverage::Sight;
use domain::guidance::Board;
use domain::terms::Role;
use office::{Office, Sort, Trouble, period_words};
use serde_json::json;

use super::{Desk, table};
use crate::args;

fn sight(args: &args::Dashboard) -> Sight {
    if args.public { Sight::Figures } else { Sight::Companies }
}

fn board_of(office: &Office, args: &args::Dashboard) -> Result<Board, Trouble> {
    let reader = office.reader()?;
    if reader.role()? == Some(Role::Enterprise) {
        return Err(domain::Refusal::WrongRole(Role::Enterprise).into());
    }
    let period = match &args.period {
        Some(text) => Period::parse(text).ok_or_else(|| {
            let args = vec![("text", text.chars().take(40).collect())];
            Trouble::Other("cli-not-a-period", args, Sort::Refused)
        })?,
        None => Period::of(office.today(), 6),
    };
    office.board(&reader, period)
}

pub fn dashboard(desk: &Desk<'_>, args: &args::Dashboard) -> anyhow::Result<()> {
    let office = desk.office()?;
    let board = board_of(&office, args)?;
    let (reader, sight, lang) = (office.reader()?, sight(args), desk.say.lang);
    let value = office.board_json(&reader, &board, sight, lang)?;
    let mut text = format!("{}\n", period_words(lang, board.period));
    for part in &board.parts {
        let rows = office.part_table(&reader, part, sight, lang)?;
        if rows.len() > 1 && rows[0].len() > 1 {
            text += &format!("\n{}\n", desk.say.t(&format!("fig-{}", part.word)));
            text += &table(rows);
        }
    }
    desk.say.result(&value, || text);
    Ok(())
}

pub fn report(desk: &Desk<'_>, args: &args::PeriodReport) -> anyhow::Result<()> {
    let office = desk.office()?;
    let board = board_of(&office, &args.of)?;
    let (reader, sight, lang) = (office.reader()?, sight(&args.of), desk.say.lang);
    let paper = || office.period_report(&reader, &board, sight, lang);
    let form = args.out.extension().and_then(|form| form.to_str()).unwrap_or_default();
    let bytes = match form.to_ascii_lowercase().as_str() {
        "pdf" => office.paper_pdf(&paper()?)?,
        "html" | "htm" => office::paper_html(&paper()?).into_bytes(),
        "csv" => office.board_csv(&reader, &board, sight, lang)?.into_bytes(),
        "json" => {
            let value = office.board_json(&reader, &board, sight, lang)?;
            format!("{value:#}\n").into_bytes()
        }
        _ => {
            let args = vec![("path", args.out.display().to_string())];
            return Err(Trouble::Other("cli-report-form", args, Sort::Refused).into());
        }
    };
    let size = bytes.len();
    fs::write(&args.out, bytes).map_err(|error| Trouble::disk(&args.out, error))?;
    let path = args.out.display().to_string();
    let value = json!({ "path": path, "period": board.period.to_string(), "bytes": size });
    desk.say.result(&value, || {
        let args = [("path", path.clone()), ("period", period_words(lang, board.period))];
        format!("{}\n", desk.say.tr("cli-report-written", &args))
    });
    Ok(())
}
