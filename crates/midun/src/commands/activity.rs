//! `midun activity …`: what a station invites companies to.

use domain::Series;
use domain::activity::{Plan, When};
use domain::terms::{ActivityState, SignUp};
use office::{Office, RegistrationForm, Sort, Trouble, minute_of_day, when_words};
use serde_json::{Value, json};
use store::read::{ActivityFilter, ActivityRow};

use super::request::listed;
use super::{Desk, day, maybe_number, number, receipt_json, term_of};
use crate::args::{Activity, WhenArgs};

pub fn run(desk: &Desk<'_>, args: Activity) -> anyhow::Result<()> {
    let office = desk.office()?;
    let no = |text: &str| number(text, Series::Activity);
    let ask = desk.ask(&office);
    match args {
        Activity::Plan { title, summary, theme, when, series, seats, closes, keep, closed } => {
            let (theme, when) = (term_of!(Theme, &theme)?, when_of(when)?);
            let closes = day(closes.as_deref())?.unwrap_or(when.day);
            let open = !closed;
            let plan = Plan { title, series, theme, when, seats, closes, keep, open, summary };
            desk.done(&office.plan_activity(&ask, plan)?);
        }
        Activity::List { ahead, limit } => list(desk, &office, ahead, limit)?,
        Activity::Show { id } => show(desk, &office, &id)?,
        Activity::Move { id, when, why } => {
            desk.done(&office.move_activity(&ask, no(&id)?, when_of(when)?, why)?);
        }
        Activity::Cancel { id, why } => {
            desk.done(&office.cancel_activity(&ask, no(&id)?, why)?);
        }
        Activity::Invite { id, company, query } => {
            let mut companies = company
                .iter()
                .map(|no| number(no, Series::Company))
                .collect::<Result<Vec<_>, _>>()?;
            let condition = if query.is_blank() { String::new() } else { query.words() };
            if !query.is_blank() {
                companies.extend(super::service::found(&office.reader()?, &query)?);
            }
            desk.done(&office.invite(&ask, no(&id)?, companies, condition)?);
        }
        Activity::Register { id, name, contact, company, organisation } => {
            let company = maybe_number(company.as_deref(), Series::Company)?;
            let form = RegistrationForm { name, contact, organisation, company };
            let (code, receipt) = office.register_for(&ask, no(&id)?, SignUp::Desk, form)?;
            let mut value = receipt_json(&receipt);
            value["code"] = json!(code);
            desk.say.result(&value, || {
                format!("{}\n", desk.say.tr("cli-activity-code", &[("code", code.clone())]))
            });
        }
        Activity::CheckIn { code } => {
            let reader = office.reader()?;
            let row = office.ticket(&reader, &code)?;
            let row = row.ok_or(Trouble::Other("w-no-ticket", vec![], Sort::NotFound))?;
            desk.done(&office.check_in(&ask, row.activity, row.no, true)?);
        }
        Activity::Came { id, registration } => {
            desk.done(&office.check_in(&ask, no(&id)?, registration, false)?);
        }
        Activity::Hold { id } => desk.done(&office.hold(&ask, no(&id)?)?),
        Activity::Ask { id, text } => {
            desk.done(&office.ask_at(&ask, no(&id)?, None, Office::read_text(&text)?)?);
        }
        Activity::Answer { id, question, text, expert, shown } => {
            let expert = maybe_number(expert.as_deref(), Series::Expert)?;
            let (which, text) = ((no(&id)?, question), Office::read_text(&text)?);
            desk.done(&office.answer_at(&ask, which, expert, shown, text)?);
        }
        Activity::Supply { id, title, url } => {
            desk.done(&office.supply(&ask, no(&id)?, title, url)?);
        }
        Activity::Erase => {
            let erased = office.erase_registrations(&ask)?;
            desk.say.result(&json!({ "erased": erased }), || {
                let args = [("n", erased.to_string())];
                format!("{}\n", desk.say.tr("cli-activity-erased", &args))
            });
        }
    }
    Ok(())
}

fn when_of(when: WhenArgs) -> Result<When, Trouble> {
    let time = |text: &str| {
        minute_of_day(text).ok_or(Trouble::Refused(domain::Refusal::Blank("field-times")))
    };
    let (from, until) = (time(&when.from)?, time(&when.until)?);
    let day = day(Some(&when.day))?;
    let day = day.ok_or(Trouble::Refused(domain::Refusal::Blank("field-day")))?;
    Ok(When { day, from, until, place: when.place })
}

fn json_of(row: &ActivityRow) -> Value {
    json!({
        "id": row.no, "title": row.title, "series": row.series, "theme": row.theme,
        "day": row.day, "from": row.from, "until": row.until, "place": row.place,
        "seats": row.seats, "closes": row.closes, "open": row.open, "state": row.state,
        "invited": row.invited, "registered": row.registered, "came": row.came,
        "questions": row.questions, "answered": row.answered, "kept_until": row.kept_until(),
    })
}

fn list(desk: &Desk<'_>, office: &Office, ahead: bool, limit: u32) -> Result<(), Trouble> {
    let state = ahead.then_some(ActivityState::Planned);
    let filter = ActivityFilter { state, limit, ..ActivityFilter::default() };
    let found = office.reader()?.activities(&filter)?;
    let values: Vec<_> = found.rows.iter().map(json_of).collect();
    desk.say.result(&json!({ "total": found.total, "activities": values }), || {
        if found.rows.is_empty() {
            return format!("{}\n", desk.say.t("cli-activities-none"));
        }
        let lines = found.rows.iter().map(|row| {
            vec![
                row.no.to_string(),
                when_words(row),
                desk.say.t(&format!("activity-{}", row.state.word())),
                format!("{}/{}", row.came, row.registered),
                row.title.clone(),
            ]
        });
        listed(desk, lines.collect(), found.total)
    });
    Ok(())
}

fn show(desk: &Desk<'_>, office: &Office, id: &str) -> Result<(), Trouble> {
    let (reader, no) = (office.reader()?, number(id, Series::Activity)?);
    let row = reader.activity(no)?.ok_or(Trouble::Unknown(no))?;
    let text = |idx: u64| -> Result<String, Trouble> {
        Ok(office.field(&reader, idx, "text", None)?.text().unwrap_or_default().to_owned())
    };
    let mut people = Vec::new();
    for one in reader.registrations(no)? {
        let who = office.registered(&reader, &one)?;
        people.push((one, who));
    }
    let mut questions = Vec::new();
    for one in reader.questions(no)? {
        let answer = one.answer_idx.map(&text).transpose()?;
        questions.push((text(one.idx)?, answer, one));
    }
    let mut value = json_of(&row);
    value["registrations"] = people
        .iter()
        .map(|(one, who)| {
            json!({
                "no": one.no, "name": who.name, "contact": who.contact,
                "organisation": who.organisation, "company": one.company, "channel": one.channel,
                "withdrawn": one.withdrawn, "came": one.came.map(|at| at.to_rfc3339()),
                "mark": one.mark, "erased": one.erased,
            })
        })
        .collect();
    value["asked"] = questions
        .iter()
        .map(|(question, answer, one)| {
            json!({
                "no": one.no, "question": question, "answer": answer, "expert": one.expert,
                "shown": one.shown,
            })
        })
        .collect();
    desk.say.result(&value, || {
        let facts = [
            ("w-activity-when", when_words(&row)),
            ("field-place", row.place.clone()),
            ("field-closes", row.closes.to_string()),
            ("w-col-state", desk.say.t(&format!("activity-{}", row.state.word()))),
            ("w-invited", row.invited.to_string()),
            ("w-kept-until", row.kept_until().to_string()),
        ];
        let mut out = format!("{no}  {}\n{}", row.title, super::facts(desk, facts));
        let lines = people.into_iter().map(|(one, who)| {
            let state = match (one.withdrawn, one.came) {
                (true, _) => desk.say.t("w-registration-withdrawn"),
                (_, Some(at)) => {
                    let at = at.minute_at(office.zone_minutes());
                    desk.say.tr("w-registration-came", &[("at", at)])
                }
                (_, None) => desk.say.t("w-registration-taken"),
            };
            let company = one.company.map_or(who.organisation, |no| no.to_string());
            let name = who.name.unwrap_or_else(|| desk.say.t("w-erased"));
            vec![one.no.to_string(), name, company, state]
        });
        out += &super::table(lines.collect());
        let lines = questions.into_iter().map(|(question, answer, one)| {
            let answer = answer.unwrap_or_else(|| desk.say.t("w-question-open"));
            vec![one.no.to_string(), question, answer]
        });
        out += &super::table(lines.collect());
        out
    });
    Ok(())
}
