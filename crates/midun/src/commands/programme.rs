//! `midun procurement …` and `midun engagement …`: the one-to-one programme.

use domain::Series;
use domain::programme::Engage;
use domain::terms::ItemSort;
use office::{For, Office, PlanForm, ProcurementForm, Trouble, fen, money_words};
use serde_json::{Value, json};
use store::read::{EngagementFilter, EngagementRow, ProcurementRow};

use super::request::listed;
use super::{Desk, day, maybe_number, maybe_text, number, table, term_of};
use crate::args::{Engagement, Procurement};

pub fn procurement(desk: &Desk<'_>, args: Procurement) -> anyhow::Result<()> {
    let office = desk.office()?;
    let on = |text: Option<&str>| Ok::<_, Trouble>(day(text)?.unwrap_or_else(|| office.today()));
    match args {
        Procurement::Record(said) => {
            let table =
                std::fs::read(&said.table).map_err(|error| Trouble::disk(&said.table, error))?;
            let form = ProcurementForm {
                title: said.title,
                reference: said.reference,
                happened: on(said.happened.as_deref())?,
                table,
                contract: said.contract,
                amount: fen(&said.amount)?,
                from: on(Some(&said.from))?,
                until: on(Some(&said.until))?,
            };
            let ask = desk.ask(&office);
            desk.done(&office.procure(For::station(&ask), form)?);
        }
        Procurement::List => {
            let rows = office.reader()?.procurements()?;
            let values: Vec<_> = rows.iter().map(procurement_json).collect();
            desk.say.result(&json!({ "procurements": values }), || {
                let line = |row: &ProcurementRow| {
                    let awarded: Vec<_> = row.awarded.iter().map(ToString::to_string).collect();
                    vec![
                        row.no.to_string(),
                        row.happened.to_string(),
                        row.reference.clone(),
                        row.title.clone(),
                        awarded.join(" "),
                        money_words(row.amount),
                    ]
                };
                table(rows.iter().map(line).collect())
            });
        }
        Procurement::Show { id } => {
            let (reader, no) = (office.reader()?, number(&id, Series::Procurement)?);
            let row = reader.procurement(no)?.ok_or(Trouble::Unknown(no))?;
            desk.say.result(&procurement_json(&row), || {
                let mut lines = vec![vec![String::new()]];
                lines[0].extend(row.criteria.iter().map(|(name, most)| format!("{name} {most}")));
                lines[0].push(desk.say.t("w-total"));
                for (bidder, points) in &row.scores {
                    let mut line = vec![bidder.to_string()];
                    line.extend(points.iter().map(|one| money_words((*one).into())));
                    line.push(money_words(points.iter().sum::<u32>().into()));
                    if row.awarded.contains(bidder) {
                        line.push(desk.say.t("w-awarded"));
                    }
                    lines.push(line);
                }
                let facts = [
                    ("field-reference-project", row.reference.clone()),
                    ("w-won-on", row.happened.to_string()),
                    ("field-contract", row.contract.clone().unwrap_or_default()),
                    ("w-amount", money_words(row.amount)),
                ];
                format!("{no}  {}\n{}{}", row.title, super::facts(desk, facts), table(lines))
            });
        }
    }
    Ok(())
}

fn procurement_json(row: &ProcurementRow) -> Value {
    let criteria: Vec<_> =
        row.criteria.iter().map(|(name, most)| json!({ "name": name, "most": most })).collect();
    let scores: Vec<_> = row
        .scores
        .iter()
        .map(|(bidder, points)| json!({ "organisation": bidder, "points_hundredths": points }))
        .collect();
    json!({
        "id": row.no, "title": row.title, "reference": row.reference, "happened": row.happened,
        "criteria": criteria, "bids": scores, "awarded": row.awarded, "contract": row.contract,
        "amount_fen": row.amount, "from": row.from, "until": row.until,
    })
}

pub fn engagement(desk: &Desk<'_>, args: Engagement) -> anyhow::Result<()> {
    let office = desk.office()?;
    let ask = desk.ask(&office);
    let by = For::station(&ask);
    let no = |text: &str| number(text, Series::Engagement);
    let firm_no = |text: &str| number(text, Series::Organisation);
    let company_no = |text: &str| number(text, Series::Company);
    let on = |text: Option<&str>| Ok::<_, Trouble>(day(text)?.unwrap_or_else(|| office.today()));
    match args {
        Engagement::Open(said) => {
            let engage = Engage {
                organisation: firm_no(&said.firm)?,
                company: company_no(&said.company)?,
                procurement: maybe_number(said.procurement.as_deref(), Series::Procurement)?,
                title: said.title,
                from: on(Some(&said.from))?,
                until: on(Some(&said.until))?,
                pilot: said.pilot,
                declared: said.declared,
            };
            desk.done(&office.engage(by, engage)?);
        }
        Engagement::List { firm, company, late, pilot, limit } => {
            let filter = EngagementFilter {
                organisation: maybe_number(firm.as_deref(), Series::Organisation)?,
                company: maybe_number(company.as_deref(), Series::Company)?,
                late_on: late.then(|| office.today()),
                pilot,
                limit,
                ..EngagementFilter::default()
            };
            let found = office.reader()?.engagements(&filter)?;
            let rows: Vec<_> = found.rows.iter().map(engagement_json).collect();
            desk.say.result(&json!({ "total": found.total, "engagements": rows }), || {
                let lines = found.rows.iter().map(|row| {
                    vec![
                        row.no.to_string(),
                        row.until.to_string(),
                        row.firm.clone(),
                        row.name.clone(),
                        format!("{}/{}", row.done, row.items),
                        row.title.clone(),
                    ]
                });
                listed(desk, lines.collect(), found.total)
            });
        }
        Engagement::Show { id } => show(desk, &office, &id)?,
        Engagement::Plan { id, sort, title, due, amount, after } => {
            let sort = term_of!(ItemSort, &sort)?;
            let amount = amount.as_deref().map(fen).transpose()?.unwrap_or(0);
            let form = PlanForm { sort, title, due: on(Some(&due))?, amount, after };
            desk.done(&office.plan_item(by, no(&id)?, form)?);
        }
        Engagement::Log { id, what, minutes, item, note, happened } => {
            let (when, note) = (on(happened.as_deref())?, maybe_text(note.as_deref())?);
            desk.done(&office.log_work(by, no(&id)?, item, (when, minutes), what, note)?);
        }
        Engagement::Deliver { id, item, note, happened } => {
            let (when, note) = (on(happened.as_deref())?, Office::read_text(&note)?);
            desk.done(&office.deliver(by, (no(&id)?, item), when, note)?);
        }
        Engagement::Accept { id, item, refuse, happened, why } => {
            let when = on(happened.as_deref())?;
            desk.done(&office.accept(by, (no(&id)?, item), !refuse, when, why)?);
        }
        Engagement::Pay { id, item, happened } => {
            desk.done(&office.pay(by, (no(&id)?, item), on(happened.as_deref())?)?);
        }
        Engagement::Rate { id, mark, note, happened } => {
            let (when, note) = (on(happened.as_deref())?, maybe_text(note.as_deref())?);
            desk.done(&office.rate_engagement(by, no(&id)?, (mark, when), note)?);
        }
        Engagement::End { id, how, happened, why } => {
            let (how, when) = (term_of!(EngagementEnd, &how)?, on(happened.as_deref())?);
            desk.done(&office.end_engagement(by, no(&id)?, how, when, why)?);
        }
        Engagement::Conflict { firm, company, reason, case, until, why } => {
            let reason = term_of!(ConflictReason, &reason)?;
            let case = maybe_number(case.as_deref(), Series::Case)?;
            let until = day(until.as_deref())?;
            let who = (firm_no(&firm)?, company_no(&company)?);
            desk.done(&office.note_conflict(by, who, (reason, case), until, why)?);
        }
        Engagement::Clear { firm, company, happened, why } => {
            let who = (firm_no(&firm)?, company_no(&company)?);
            desk.done(&office.clear_conflict(by, who, on(happened.as_deref())?, why)?);
        }
    }
    Ok(())
}

fn engagement_json(row: &EngagementRow) -> Value {
    json!({
        "id": row.no, "firm": row.organisation, "company": row.company,
        "procurement": row.procurement, "title": row.title, "from": row.from, "until": row.until,
        "pilot": row.pilot, "declared": row.declared, "ended": row.ended, "ending": row.ending,
        "mark": row.mark, "items": row.items, "done": row.done, "minutes": row.minutes,
    })
}

fn show(desk: &Desk<'_>, office: &Office, id: &str) -> Result<(), Trouble> {
    let (reader, no) = (office.reader()?, number(id, Series::Engagement)?);
    let row = reader.engagement(no)?.ok_or(Trouble::Unknown(no))?;
    let (items, log) = (reader.engagement_items(no)?, reader.engagement_log(no)?);
    let note = |idx: u64| -> Result<String, Trouble> {
        Ok(office.field(&reader, idx, "note", None)?.text().unwrap_or_default().to_owned())
    };
    let mut value = engagement_json(&row);
    let mut plan = Vec::new();
    for item in &items {
        let said = item.note_idx.map(note).transpose()?;
        plan.push(json!({
            "item": item.no, "sort": item.sort, "title": item.title, "due": item.due,
            "amount_fen": item.amount, "after": item.after, "delivered": item.delivered,
            "accepted": item.accepted, "refused": item.refused, "note": said,
        }));
    }
    value["plan"] = plan.into();
    let mut work = Vec::new();
    for line in &log {
        work.push(json!({
            "item": line.item, "happened": line.happened, "minutes": line.minutes,
            "what": line.what, "note": note(line.idx)?,
        }));
    }
    value["log"] = work.into();
    desk.say.result(&value, || {
        let facts = [
            ("w-firm", format!("{} {}", row.firm, row.organisation)),
            ("field-company", format!("{} {}", row.name, row.company)),
            ("w-until", row.until.to_string()),
            ("field-declared", row.declared.clone()),
            ("w-satisfaction", row.mark.map(|mark| mark.to_string()).unwrap_or_default()),
        ];
        let mut out = format!("{no}  {}\n{}", row.title, super::facts(desk, facts));
        let lines = items.iter().map(|item| {
            let day = |day: Option<domain::Day>| day.map(|day| day.to_string()).unwrap_or_default();
            let amount = match item.sort {
                ItemSort::Payment => money_words(item.amount),
                _ => String::new(),
            };
            vec![
                item.no.to_string(),
                desk.say.t(&format!("item-{}", item.sort.word())),
                item.title.clone(),
                item.due.to_string(),
                amount,
                day(item.delivered),
                day(item.accepted),
            ]
        });
        out += &table(lines.collect());
        let lines = log.iter().map(|line| {
            vec![line.happened.to_string(), line.minutes.to_string(), line.what.clone()]
        });
        out += &table(lines.collect());
        out
    });
    Ok(())
}
