//! `midun blind`: what of one's own another party has too, without showing it to each other.

use std::path::Path;

use domain::terms::BlindSide;
use domain::{Number, Series};
use office::matching::{BlindForm, BlindReport, Body, THEIRS_MAX, blind_part, blind_sums};
use office::{Office, Say, Source, Trouble};
use serde_json::json;
use store::Receipt;
use store::read::BlindRow;

use super::compare::{Out, body};
use super::sweep::watched;
use super::{Desk, number, receipt_json, table};
use crate::args::{Blind, BlindArgs};

/// A message is no longer than this; one of the most fingerprints is a tenth of it.
const MESSAGE_MAX: usize = 512 << 20;

pub fn run(desk: &Desk<'_>, args: Blind) -> Result<(), Trouble> {
    match args {
        Blind::Offer { put, out } => {
            let office = desk.office()?;
            let unlocked = desk.unlocked(&office)?;
            let (form, ask) = (form(put)?, desk.ask(&office));
            let receipt =
                watched(desk, |control| office.offer_blind(&ask, &form, &unlocked, control))?;
            sent(desk, &office, &receipt, &out)
        }
        Blind::Answer { offer, put, out } => {
            let office = desk.office()?;
            let unlocked = desk.unlocked(&office)?;
            let message = read(&offer)?;
            let (form, ask) = (form(put)?, desk.ask(&office));
            let answer =
                |control: &_| office.answer_blind(&ask, &form, &message, &unlocked, control);
            let receipt = watched(desk, answer)?;
            sent(desk, &office, &receipt, &out)
        }
        Blind::Take { id, message, out } => take(desk, &id, &message, out.as_deref()),
        Blind::Message { id, out } => {
            let office = desk.office()?;
            let (_, bytes) = office.blind_message(number(&id, Series::Blind)?)?;
            office::write_new(&out, &bytes)
        }
        Blind::List => list(desk),
        Blind::Show { id, out } => show(desk, &id, out.as_deref()),
    }
}

/// A message that somebody sent.
fn read(path: &Path) -> Result<Vec<u8>, Trouble> {
    let source = Source::Path { path: path.to_owned(), name: path.display().to_string() };
    Ok(source.into_bytes(MESSAGE_MAX)?.1)
}

fn form(put: BlindArgs) -> Result<BlindForm, Trouble> {
    let public = if put.public.is_empty() { vec![] } else { vec![Body::Paths(put.public)] };
    Ok(BlindForm {
        bodies: put.what.iter().map(|what| body(what)).collect(),
        public,
        partner: put.partner.map(|id| number(&id, Series::Partner)).transpose()?,
        most: put.most.unwrap_or(THEIRS_MAX),
    })
}

/// Writes the message that is to be sent, and says what was recorded of it.
fn sent(desk: &Desk<'_>, office: &Office, receipt: &Receipt, out: &Path) -> Result<(), Trouble> {
    let no = receipt.number.ok_or(Trouble::Settings("number"))?;
    let (_, bytes) = office.blind_message(no)?;
    office::write_new(out, &bytes)?;
    let row = office.reader()?.blind(no)?.ok_or(Trouble::Unknown(no))?;
    let value = json!({ "receipt": receipt_json(receipt), "blind": row_json(&row) });
    desk.say.result(&value, || {
        let args = [
            ("no", no.to_string()),
            ("own", row.own.to_string()),
            ("file", out.display().to_string()),
            ("digest", row.messages.last().cloned().unwrap_or_default()),
        ];
        let mut text = format!("{}\n", desk.say.tr("blind-sent", &args));
        if let Some(theirs) = row.theirs {
            text += &format!("{}\n", desk.say.tr("blind-theirs", &[("n", theirs.to_string())]));
        }
        text + &desk.receipt_text(receipt)
    });
    Ok(())
}

fn take(desk: &Desk<'_>, id: &str, message: &Path, out: Option<&Path>) -> Result<(), Trouble> {
    let office = desk.office()?;
    let no = number(id, Series::Blind)?;
    let row = office.reader()?.blind(no)?.ok_or(Trouble::Unknown(no))?;
    if row.side == BlindSide::Offerer && out.is_none() && row.ended.is_none() {
        return Err(Trouble::Other("trouble-blind-reply-out", vec![], office::Sort::Refused));
    }
    let unlocked = desk.unlocked(&office)?;
    let message = read(message)?;
    let receipt = office.take_blind(&desk.ask(&office), no, &message, &unlocked)?;
    let reply = match (row.side, out) {
        (BlindSide::Offerer, Some(out)) => {
            office::write_new(out, &office.blind_message(no)?.1)?;
            Some(out.display().to_string())
        }
        _ => None,
    };
    let row = office.reader()?.blind(no)?.ok_or(Trouble::Unknown(no))?;
    let report = office.kept_blind(&row, &unlocked)?;
    let value = json!({ "receipt": receipt_json(&receipt), "report": report });
    desk.say.result(&value, || {
        let mut said = text(desk, &report);
        if let Some(file) = &reply {
            said += &format!("{}\n", desk.say.tr("blind-reply-out", &[("file", file.clone())]));
        }
        said + &desk.receipt_text(&receipt)
    });
    Ok(())
}

fn show(desk: &Desk<'_>, id: &str, out: Option<&Path>) -> Result<(), Trouble> {
    let out = out.map(Out::at).transpose()?;
    let office = desk.office()?;
    let no = number(id, Series::Blind)?;
    let row = office.reader()?.blind(no)?.ok_or(Trouble::Unknown(no))?;
    if row.ended.is_none() {
        desk.say.result(&row_json(&row), || table(vec![line(desk, &office, &row)]));
        return Ok(());
    }
    let unlocked = desk.unlocked(&office)?;
    let report = office.kept_blind(&row, &unlocked)?;
    if let Some(out) = out {
        out.write_paper(&office, &office.blind_paper(desk.say.lang, &report)?, &json!(report))?;
    }
    desk.say.result(&json!(report), || text(desk, &report));
    Ok(())
}

fn list(desk: &Desk<'_>) -> Result<(), Trouble> {
    let office = desk.office()?;
    let rows = office.reader()?.blinds()?;
    let value: Vec<_> = rows.iter().map(row_json).collect();
    desk.say.result(&json!(value), || match rows.is_empty() {
        true => format!("{}\n", desk.say.t("blind-none")),
        false => table(rows.iter().map(|row| line(desk, &office, row)).collect()),
    });
    Ok(())
}

fn line(desk: &Desk<'_>, office: &Office, row: &BlindRow) -> Vec<String> {
    let numbers: Vec<String> = row.secrets.iter().map(Number::to_string).collect();
    vec![
        row.no.to_string(),
        row.at.minute_at(office.zone_minutes()),
        desk.say.t(&format!("blind-side-{}", row.side.word())),
        numbers.join(" "),
        row.partner.map(|no| no.to_string()).unwrap_or_default(),
        match row.found {
            Some(found) => desk.say.tr(
                "blind-list-done",
                &[("found", found.to_string()), ("own", row.own.to_string())],
            ),
            None => desk.say.t("blind-list-open"),
        },
    ]
}

fn row_json(row: &BlindRow) -> serde_json::Value {
    json!({
        "id": row.no, "leaf": row.idx, "at": row.at.to_rfc3339(), "side": row.side.word(),
        "secrets": row.secrets, "partner": row.partner, "own": row.own, "theirs": row.theirs,
        "found": row.found, "guaranteed": row.guaranteed, "messages": row.messages,
        "faults": row.faults,
    })
}

/// What came of it, as it is said on a terminal: places, no content.
fn text(desk: &Desk<'_>, of: &BlindReport) -> String {
    let say = Say { lang: desk.say.lang, zone_minutes: 0 };
    let rows = of.parts.iter().map(|part| {
        let [name, share, lines] = blind_part(say, part);
        vec![name, share, lines]
    });
    let mut text = format!("{}\n", blind_sums(say, of));
    text += &table(rows.collect());
    text + &format!("{}\n", desk.say.t("blind-honest"))
}
