//! `midun clear`: may this leave?

use std::process::ExitCode;

use domain::command::Answer;
use domain::terms::Verdict;
use domain::{Number, Series};
use office::matching::{Build, Options, ReleaseForm};
use office::{Office, Trouble};
use serde_json::{Value, json};

use super::sweep::{Out, text, value, watched};
use super::{Desk, number, receipt_json};
use crate::args::Clear;

/// It needs somebody's approval.
const ASK: u8 = 1;
/// It may not leave.
const STOP: u8 = 7;

pub fn run(desk: &Desk<'_>, args: Clear) -> anyhow::Result<ExitCode> {
    let answer = match (&args.approve, &args.refuse) {
        (Some(id), _) => Some((id, Answer::Approve)),
        (_, Some(id)) => Some((id, Answer::Refuse)),
        (None, None) => None,
    };
    if let Some((id, answer)) = answer {
        let office = desk.office()?;
        let release = number(id, Series::Release)?;
        let person = number(&args.person.unwrap_or_default(), Series::Person)?;
        let why = args.why.unwrap_or_default();
        let receipt = office.answer_release(&desk.ask(&office), release, answer, person, why)?;
        desk.done(&receipt);
        return Ok(ExitCode::SUCCESS);
    }
    let out = args.out.as_deref().map(Out::at).transpose()?;
    let office = desk.office()?;
    let unlocked = desk.unlocked(&office)?;
    let protected = office.protected(&desk.ask(&office), &unlocked, &Build::default())?;
    let options = Options { what: args.what, excerpts: args.excerpts, ..Options::new(args.paths) };
    let mut clearance = watched(desk, |control| office.clear(&protected, &options, control))?;
    // What may leave needs no entry, or every commit would make one; what was answered has one.
    let asks = clearance.answered.is_none() && clearance.verdict != Verdict::Clear;
    let receipt = match asks || args.record {
        true => {
            let form = ReleaseForm { to: args.to };
            Some(office.ask_release(&desk.ask(&office), &mut clearance, &form)?)
        }
        false => None,
    };
    if let Some(out) = &out {
        out.write(desk, &office, &clearance.swept)?;
    }
    let no = receipt.as_ref().and_then(|receipt| receipt.number);
    let said = json!({
        "verdict": clearance.verdict, "approvers": clearance.approvers,
        "answered": clearance.answered,
        "receipt": receipt.as_ref().map_or(Value::Null, receipt_json),
        "report": value(&clearance.swept.report),
    });
    let approvers = named(&office, &clearance.approvers)?;
    desk.say.result(&said, || {
        let mut said = text(desk, &clearance.swept.report);
        said.push_str(&format!("{}\n", verdict(desk, &clearance, no, approvers)));
        if let Some(receipt) = &receipt {
            said.push_str(&desk.receipt_text(receipt));
        }
        said
    });
    Ok(match clearance.verdict {
        Verdict::Clear => ExitCode::SUCCESS,
        Verdict::Ask => ExitCode::from(ASK),
        Verdict::Stop => ExitCode::from(STOP),
    })
}

fn named(office: &Office, people: &[Number]) -> Result<Vec<String>, Trouble> {
    let reader = office.reader()?;
    let name = |no: &Number| Ok(format!("{no} {}", office.name_of(&reader, *no)?));
    people.iter().map(name).collect()
}

fn verdict(
    desk: &Desk<'_>,
    clearance: &office::matching::Clearance,
    no: Option<Number>,
    approvers: Vec<String>,
) -> String {
    let key = match (clearance.verdict, clearance.answered) {
        (Verdict::Clear, Some(_)) => "clear-approved",
        (Verdict::Clear, None) => "clear-clear",
        (Verdict::Ask, _) if approvers.is_empty() => "clear-ask-anybody",
        (Verdict::Ask, _) => "clear-ask",
        (Verdict::Stop, Some(_)) => "clear-refused",
        (Verdict::Stop, None) => "clear-stop",
    };
    let of = clearance.answered.or(no).map(|no| no.to_string()).unwrap_or_default();
    desk.say.tr(key, &[("no", of), ("people", approvers.join(", "))])
}
