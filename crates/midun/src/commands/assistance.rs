//! `midun assistance …`: what one organisation asks of another.

use domain::terms::AssistanceState;
use domain::{Number, Series};
use office::{About, AssistanceForm, For, Office, Trouble};
use serde_json::{Value, json};
use store::read::{AssistanceFilter, AssistanceRow, Side};

use super::request::listed;
use super::{Desk, any_number, day, maybe_number, number, term_of};
use crate::args::Assistance;

/// In how many days a request should be answered when nothing else is said.
const ANSWER_DAYS: i64 = 10;

pub fn run(desk: &Desk<'_>, args: Assistance) -> anyhow::Result<()> {
    let office = desk.office()?;
    let ask = desk.ask(&office);
    let by = For::station(&ask);
    let no = |text: &str| number(text, Series::Assistance);
    let body = |text: Option<&str>| maybe_number(text, Series::Organisation);
    let on = |text: Option<&str>| Ok::<_, Trouble>(day(text)?.unwrap_or_else(|| office.today()));
    match args {
        Assistance::Ask(asked) => {
            let happened = on(asked.happened.as_deref())?;
            let due = day(asked.due.as_deref())?.or_else(|| happened.plus_days(ANSWER_DAYS));
            let about = About {
                company: maybe_number(asked.company.as_deref(), Series::Company)?,
                case: maybe_number(asked.case.as_deref(), Series::Case)?,
                request: maybe_number(asked.request.as_deref(), Series::Request)?,
                follows: maybe_number(asked.follows.as_deref(), Series::Assistance)?,
            };
            let form = AssistanceForm {
                from: number(&asked.from, Series::Organisation)?,
                to: any_number(&asked.to)?,
                sort: term_of!(AssistanceSort, &asked.sort)?,
                title: asked.title,
                about,
                happened,
                due: due.unwrap_or(happened),
                text: Office::read_text(&asked.text)?,
            };
            desk.done(&office.ask_assistance(by, form)?);
        }
        Assistance::List { of, state, open, late, limit } => {
            let state = state.as_deref().map(|word| term_of!(AssistanceState, word)).transpose()?;
            let filter = AssistanceFilter {
                of: body(of.as_deref())?.map(|no| (no, Side::Any)),
                state,
                open,
                late_on: late.then(|| office.today()),
                limit,
                ..AssistanceFilter::default()
            };
            let found = office.reader()?.assistances(&filter)?;
            let rows: Vec<_> = found.rows.iter().map(json_of).collect();
            desk.say.result(&json!({ "total": found.total, "assistance": rows }), || {
                listed(desk, lines(desk, &found.rows), found.total)
            });
        }
        Assistance::Show { id } => show(desk, &office, &id)?,
        Assistance::Receive { id, organisation, reference, happened } => {
            let (who, happened) = (body(organisation.as_deref())?, on(happened.as_deref())?);
            desk.done(&office.receive_assistance(by, no(&id)?, who, happened, reference)?);
        }
        Assistance::Triage { id, unit, urgent, why } => {
            desk.done(&office.triage_assistance(by, no(&id)?, unit, urgent, why)?);
        }
        Assistance::Reply { id, answer, text, organisation, happened } => {
            let said = (term_of!(AssistanceAnswer, &answer)?, on(happened.as_deref())?);
            let (who, text) = (body(organisation.as_deref())?, Office::read_text(&text)?);
            desk.done(&office.reply_assistance(by, no(&id)?, who, said, text)?);
        }
        Assistance::Escalate { id, to, due, why, happened } => {
            let to = number(&to, Series::Organisation)?;
            let days = (on(happened.as_deref())?, on(Some(&due))?);
            desk.done(&office.escalate_assistance(by, no(&id)?, to, days, why)?);
        }
        Assistance::Close { id, how, happened, why } => {
            let (how, happened) = (term_of!(Closing, &how)?, on(happened.as_deref())?);
            desk.done(&office.close_assistance(by, no(&id)?, how, happened, why)?);
        }
    }
    Ok(())
}

/// Requests for assistance as lines of a list.
pub fn lines(desk: &Desk<'_>, rows: &[AssistanceRow]) -> Vec<Vec<String>> {
    let no = |no: Option<Number>| no.map(|no| no.to_string()).unwrap_or_default();
    let line = |row: &AssistanceRow| {
        vec![
            row.no.to_string(),
            row.due.to_string(),
            state(desk, row.state),
            desk.say.t(&format!("assistance-{}", row.sort.word())),
            format!("{} → {}", row.from, row.to),
            no(row.escalated),
            row.title.clone(),
        ]
    };
    rows.iter().map(line).collect()
}

fn state(desk: &Desk<'_>, state: AssistanceState) -> String {
    desk.say.t(&format!("assistance-state-{}", state.word()))
}

pub fn json_of(row: &AssistanceRow) -> Value {
    json!({
        "id": row.no, "from": row.from, "to": row.to, "escalated": row.escalated, "sort": row.sort,
        "title": row.title, "company": row.company, "case": row.case, "request": row.request,
        "follows": row.follows, "happened": row.happened, "due": row.due, "state": row.state,
        "received": row.received, "reference": row.reference, "unit": row.unit,
        "urgent": row.urgent, "answer": row.answer, "replied": row.replied, "closed": row.closed,
        "closing": row.closing,
    })
}

fn show(desk: &Desk<'_>, office: &Office, id: &str) -> Result<(), Trouble> {
    let (reader, no) = (office.reader()?, number(id, Series::Assistance)?);
    let row = reader.assistance(no)?.ok_or(Trouble::Unknown(no))?;
    let text = |idx: u64| -> Result<Option<String>, Trouble> {
        Ok(office.field(&reader, idx, "text", None)?.text().map(str::to_owned))
    };
    let asked = text(row.idx)?;
    let mut replies = Vec::new();
    for reply in reader.assistance_replies(no)? {
        let said = text(reply.idx)?.unwrap_or_default();
        replies.push((reply, said));
    }
    let mut value = json_of(&row);
    value["text"] = json!(asked);
    value["replies"] = replies
        .iter()
        .map(|(reply, text)| {
            json!({ "organisation": reply.organisation, "answer": reply.answer,
                "happened": reply.happened, "text": text })
        })
        .collect();
    desk.say.result(&value, || {
        let name = |no: Number| {
            let found = reader.organisation(no).ok().flatten();
            format!("{} {no}", found.map(|row| row.name).unwrap_or_default())
        };
        let or_nothing = |no: Option<Number>| no.map(|no| no.to_string()).unwrap_or_default();
        let facts = [
            ("field-sort", desk.say.t(&format!("assistance-{}", row.sort.word()))),
            ("field-from-organisation", name(row.from)),
            ("field-to-organisation", name(row.to)),
            ("w-third-organisation", row.escalated.map(name).unwrap_or_default()),
            ("field-company", or_nothing(row.company)),
            ("field-case", or_nothing(row.case)),
            ("field-request", or_nothing(row.request)),
            ("field-follows", or_nothing(row.follows)),
            ("field-due", row.due.to_string()),
            ("w-col-state", state(desk, row.state)),
            ("field-reference", row.reference.clone().unwrap_or_default()),
            ("field-unit", row.unit.clone().unwrap_or_default()),
            ("w-assistance-text", asked.unwrap_or_default()),
        ];
        let mut out = format!("{no}  {}\n{}", row.title, super::facts(desk, facts));
        for (reply, text) in replies {
            let args = [("who", name(reply.organisation)), ("day", reply.happened.to_string())];
            let answer = desk.say.t(&format!("assistance-answer-{}", reply.answer.word()));
            out += &format!("{}{answer}\n{text}\n", desk.say.tr("w-reply-head", &args));
        }
        out
    });
    Ok(())
}
