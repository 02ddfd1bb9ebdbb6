//! `midun request …`: what companies ask of a station.

use domain::Series;
use domain::terms::RequestState;
use domain::workstation::Route;
use office::{For, Office, RequestForm, Trouble};
use serde_json::{Value, json};
use store::read::{DeskFilter, RequestRow};

use super::{Desk, day, maybe_number, maybe_text, number, table, term_of};
use crate::args::{DeskQuery, Request};

/// In how many days a request should be answered when nothing else is said.
const ANSWER_DAYS: i64 = 7;

pub fn run(desk: &Desk<'_>, args: Request) -> anyhow::Result<()> {
    let office = desk.office()?;
    let no = |text: &str| number(text, Series::Request);
    let on = |text: Option<&str>| Ok::<_, Trouble>(day(text)?.unwrap_or_else(|| office.today()));
    match args {
        Request::Receive { company, title, text, theme, channel, happened, due } => {
            let happened = on(happened.as_deref())?;
            let due = day(due.as_deref())?.or_else(|| happened.plus_days(ANSWER_DAYS));
            let form = RequestForm {
                company: number(&company, Series::Company)?,
                channel: term_of!(Channel, &channel)?,
                theme: term_of!(Theme, &theme)?,
                title,
                happened,
                due: due.unwrap_or(happened),
                text: maybe_text(text.as_deref())?,
            };
            desk.done(&office.receive_request(&desk.ask(&office), form)?);
        }
        Request::List { query } => {
            let state = query.state.as_deref().map(|word| term_of!(RequestState, word));
            let state = state.transpose()?.map(RequestState::word);
            let filter = DeskFilter { state, ..filter(&office, &query)? };
            let found = office.reader()?.requests(&filter)?;
            let rows: Vec<_> = found.rows.iter().map(json_of).collect();
            desk.say.result(&json!({ "total": found.total, "requests": rows }), || {
                let lines = found.rows.iter().map(|row| {
                    vec![
                        row.no.to_string(),
                        row.due.to_string(),
                        desk.say.t(&format!("request-state-{}", row.state.word())),
                        row.name.clone(),
                        row.title.clone(),
                        to(row),
                    ]
                });
                listed(desk, lines.collect(), found.total)
            });
        }
        Request::Show { id } => show(desk, &office, &id)?,
        Request::Route { id, expert, body, urgent, due, why } => {
            let route = Route {
                request: no(&id)?,
                expert: maybe_number(expert.as_deref(), Series::Expert)?,
                body,
                urgent,
                due: day(due.as_deref())?,
                why,
            };
            desk.done(&office.route_request(&desk.ask(&office), route)?);
        }
        Request::Reply { id, text, expert, happened } => {
            let (text, happened) = (Office::read_text(&text)?, on(happened.as_deref())?);
            let expert = maybe_number(expert.as_deref(), Series::Expert)?;
            let ask = desk.ask(&office);
            desk.done(&office.reply_request(&ask, no(&id)?, expert, happened, text)?);
        }
        Request::Hand { id, organisation, due, why } => {
            let organisation = number(&organisation, Series::Organisation)?;
            let due = day(due.as_deref())?;
            let ask = desk.ask(&office);
            let by = For::station(&ask);
            desk.done(&office.hand_request(by, no(&id)?, organisation, due, why)?);
        }
        Request::Answer { id, text, happened, again } => {
            let days = (on(happened.as_deref())?, day(again.as_deref())?);
            let (text, ask) = (Office::read_text(&text)?, desk.ask(&office));
            desk.done(&office.answer_at_desk(For::station(&ask), no(&id)?, days, text)?);
        }
        Request::Follow { id, outcome, note, happened, again } => {
            let outcome = term_of!(FollowUp, &outcome)?;
            let days = (on(happened.as_deref())?, day(again.as_deref())?);
            let (note, ask) = (maybe_text(note.as_deref())?, desk.ask(&office));
            let by = For::station(&ask);
            desk.done(&office.follow_request(by, no(&id)?, outcome, days, note)?);
        }
        Request::Close { id, how, happened, why } => {
            let (how, happened) = (term_of!(Closing, &how)?, on(happened.as_deref())?);
            desk.done(&office.close_request(&desk.ask(&office), no(&id)?, how, happened, why)?);
        }
    }
    Ok(())
}

/// What the options of a list of the workstation ask for, but for the state.
pub fn filter(office: &Office, query: &DeskQuery) -> Result<DeskFilter, Trouble> {
    Ok(DeskFilter {
        text: query.find.clone(),
        company: maybe_number(query.company.as_deref(), Series::Company)?,
        expert: maybe_number(query.expert.as_deref(), Series::Expert)?,
        theme: query.theme.as_deref().map(|word| term_of!(Theme, word)).transpose()?,
        open: query.open,
        late_on: query.late.then(|| office.today()),
        limit: query.limit,
        ..DeskFilter::default()
    })
}

/// Rows as people read them, with how many there are.
pub fn listed(desk: &Desk<'_>, rows: Vec<Vec<String>>, total: u64) -> String {
    if rows.is_empty() {
        return format!("{}\n", desk.say.t("cli-none-found"));
    }
    let args = [("n", rows.len().to_string()), ("total", total.to_string())];
    format!("{}{}\n", table(rows), desk.say.tr("cli-of", &args))
}

fn to(row: &RequestRow) -> String {
    row.expert.map(|no| no.to_string()).or_else(|| row.body.clone()).unwrap_or_default()
}

fn json_of(row: &RequestRow) -> Value {
    json!({
        "id": row.no, "company": row.company, "name": row.name, "title": row.title,
        "theme": row.theme, "channel": row.channel, "happened": row.happened, "due": row.due,
        "urgent": row.urgent, "expert": row.expert, "body": row.body, "state": row.state,
        "replied": row.replied, "closed": row.closed, "closing": row.closing,
    })
}

fn show(desk: &Desk<'_>, office: &Office, id: &str) -> Result<(), Trouble> {
    let (reader, no) = (office.reader()?, number(id, Series::Request)?);
    let row = reader.request(no)?.ok_or(Trouble::Unknown(no))?;
    let text = |idx: u64| -> Result<Option<String>, Trouble> {
        Ok(office.field(&reader, idx, "text", None)?.text().map(str::to_owned))
    };
    let asked = text(row.idx)?;
    let mut replies = Vec::new();
    for reply in reader.replies(no)? {
        replies.push((reply.happened, reply.expert, text(reply.idx)?.unwrap_or_default()));
    }
    let lies = reader.request_desk(no)?;
    let mut words = Vec::new();
    for word in reader.desk_words(no)? {
        let field = if word.organisation.is_some() { "text" } else { "note" };
        let said = office.field(&reader, word.idx, field, None)?;
        words.push((word, said.text().unwrap_or_default().to_owned()));
    }
    let mut value = json_of(&row);
    value["desk"] = json!(lies.as_ref().map(|lies| lies.organisation));
    value["again"] = json!(lies.as_ref().and_then(|lies| lies.again));
    value["at_desk"] = words
        .iter()
        .map(|(word, text)| {
            json!({ "organisation": word.organisation, "outcome": word.outcome,
                "happened": word.happened, "text": text })
        })
        .collect();
    value["text"] = json!(asked);
    value["replies"] = replies
        .iter()
        .map(|(day, who, text)| json!({ "happened": day, "expert": who, "text": text }))
        .collect();
    desk.say.result(&value, || {
        let facts = [
            ("field-company", format!("{} {}", row.name, row.company)),
            ("field-theme", desk.say.t(&format!("theme-{}", row.theme.word()))),
            ("field-due", row.due.to_string()),
            ("w-routed-to", to(&row)),
            ("w-at-desk", lies.as_ref().map(|l| l.organisation.to_string()).unwrap_or_default()),
            ("w-col-state", desk.say.t(&format!("request-state-{}", row.state.word()))),
            ("w-request-text", asked.unwrap_or_default()),
        ];
        let mut out = format!("{no}  {}\n{}", row.title, super::facts(desk, facts));
        for (day, who, text) in replies {
            let who = who.map_or_else(|| desk.say.t("w-station-itself"), |no| no.to_string());
            let head = desk.say.tr("w-reply-head", &[("who", who), ("day", day.to_string())]);
            out += &format!("{head}\n{text}\n");
        }
        for (word, text) in words {
            let who = word.organisation.map(|no| no.to_string());
            let outcome =
                word.outcome.map(|found| desk.say.t(&format!("follow-up-{}", found.word())));
            let who = who.or(outcome).unwrap_or_default();
            out += &format!("{} {who}\n{text}\n", word.happened);
        }
        out
    });
    Ok(())
}
