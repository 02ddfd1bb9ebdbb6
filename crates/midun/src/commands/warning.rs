//! `midun warning …`: rules, what they are worth, and alerts.

use domain::Series;
use office::{Foreseen, Office, RuleStanding, Trouble, matter_words};
use serde_json::{Value, json};
use store::read::{WarningFilter, WarningRow};
use warning::{Score, interval};

use super::request::listed;
use super::{Desk, day, number};
use crate::args::Warning;

pub fn run(desk: &Desk<'_>, args: Warning) -> anyhow::Result<()> {
    let no = |text: &str| number(text, Series::Warning);
    // The made-up district needs no node.
    if let Warning::Twin { seed, companies, rule } = args {
        return Ok(twin(desk, seed, companies, rule.as_deref())?);
    }
    let office = desk.office()?;
    match args {
        Warning::Twin { .. } => {}
        Warning::Rules => rules(desk, &office)?,
        Warning::Score { seed, companies } => {
            desk.done(&office.score_rules(&desk.ask(&office), companies, seed)?);
        }
        Warning::Switch { rule, on, off: _, why } => {
            desk.done(&office.switch_rule(&desk.ask(&office), &rule, on, why)?);
        }
        Warning::Run { dry: true, rule } => {
            let rule = rule.as_deref().map(office::warning_rule).transpose()?;
            foreseen(desk, &office.foresee(&office.reader()?, rule)?);
        }
        Warning::Run { dry: false, .. } => {
            let before = office.reader()?.last(Series::Warning)?;
            match office.raise_warnings(&desk.ask(&office))? {
                Some(receipt) => desk.done(&receipt),
                None => desk.say.result(&json!({ "raised": 0 }), || {
                    format!("{}\n", desk.say.t("cli-warnings-nothing-new"))
                }),
            }
            let raised = office.reader()?.last(Series::Warning)? - before;
            desk.say.remark(&desk.say.tr("cli-warnings-raised", &[("n", raised.to_string())]));
        }
        Warning::List { open, late, rule, limit } => {
            let rule = rule.as_deref().map(office::warning_rule).transpose()?;
            let filter = WarningFilter {
                open: open.then_some(true),
                late_on: late.then(|| office.today()),
                rule: rule.map(|rule| rule.id.clone()),
                limit,
                ..WarningFilter::default()
            };
            let found = office.reader()?.warnings(&filter)?;
            let rows: Vec<_> = found.rows.iter().map(|row| json_of(&office, row)).collect();
            desk.say.result(&json!({ "total": found.total, "warnings": rows }), || {
                let lines = found.rows.iter().map(|row| {
                    vec![
                        row.no.to_string(),
                        row.due.to_string(),
                        state(desk, row),
                        title(desk, row),
                        matter_words(desk.say.lang, &row.matter),
                        row.companies.to_string(),
                    ]
                });
                listed(desk, lines.collect(), found.total)
            });
        }
        Warning::Show { id } => show(desk, &office, &id)?,
        Warning::Assign { id, unit, due } => {
            let due = day(Some(&due))?.unwrap_or_else(|| office.today());
            desk.done(&office.assign_warning(&desk.ask(&office), no(&id)?, unit, due)?);
        }
        Warning::Tell { id } => {
            let told = office.tell_warning(&desk.ask(&office), no(&id)?)?;
            desk.say.result(&json!({ "told": told }), || {
                format!("{}\n", desk.say.tr("cli-warning-told", &[("n", told.to_string())]))
            });
        }
        Warning::Close { id, useful, useless: _, happened, why } => {
            let happened = day(happened.as_deref())?.unwrap_or_else(|| office.today());
            let ask = desk.ask(&office);
            desk.done(&office.close_warning(&ask, no(&id)?, useful, happened, why)?);
        }
    }
    Ok(())
}

fn percent(of_1000: u32) -> String {
    format!("{}.{}%", of_1000 / 10, of_1000 % 10)
}

fn twin(
    desk: &Desk<'_>,
    seed: Option<u32>,
    companies: Option<u32>,
    rule: Option<&str>,
) -> Result<(), Trouble> {
    let rules = match rule {
        Some(id) => vec![office::warning_rule(id)?],
        None => office::warning_rules().iter().collect(),
    };
    let scores = office::twin_scores(&rules, companies, seed)?;
    let digest = warning::twin::digest();
    let value = json!({
        "simulated": true, "twin": digest, "frozen": digest == warning::twin::FROZEN,
        "seed": scores.first().map(|score| score.seed),
        "companies": scores.first().map(|score| score.companies),
        "scores": scores.iter().map(score_json).collect::<Vec<_>>(),
    });
    desk.say.result(&value, || {
        let head = ["rule", "precision", "random", "recent", "recall", "lead", "load", "alerts"]
            .map(|key| desk.say.t(&format!("cli-twin-{key}")));
        let lines = scores.iter().map(|score| {
            let (from, until) = interval(score.hits, score.named);
            let precision = match score.named {
                0 => "–".to_owned(),
                _ => format!("{} ({}–{})", percent(score.precision), percent(from), percent(until)),
            };
            vec![
                score.rule.clone(),
                precision,
                percent(score.random),
                percent(score.recent),
                percent(score.recall),
                score.lead.to_string(),
                format!("{}.{:02}", score.load / 100, score.load % 100),
                format!("{} / {}", score.alerts, score.named),
            ]
        });
        let about = desk.say.tr(
            "cli-twin-about",
            &[
                ("n", scores.first().map_or(0, |score| score.companies).to_string()),
                ("seed", scores.first().map_or(0, |score| score.seed).to_string()),
                ("digest", digest),
            ],
        );
        format!("{about}\n{}", super::table(std::iter::once(head.to_vec()).chain(lines).collect()))
    });
    Ok(())
}

fn score_json(score: &Score) -> Value {
    let (from, until) = interval(score.hits, score.named);
    let mut value = serde_json::to_value(score).unwrap_or_default();
    value["interval"] = json!([from, until]);
    value["digest"] = json!(score.digest());
    value
}

fn rules(desk: &Desk<'_>, office: &Office) -> Result<(), Trouble> {
    let standings = office.rule_standings(&office.reader()?)?;
    let value: Vec<_> = standings.iter().map(rule_json).collect();
    desk.say.result(&json!({ "rules": value }), || {
        let lines = standings.iter().map(|one| {
            let on = match (one.on, one.outdated, one.current()) {
                (true, ..) => "rule-on",
                (_, true, _) => "rule-outdated",
                (.., Some(_)) => "rule-off",
                (.., None) => "rule-not-scored",
            };
            let precision = match (one.live(), one.current()) {
                (Some(live), _) => percent(live),
                (None, Some(score)) if score.named > 0 => {
                    let share = percent(score.hits * 1_000 / score.named);
                    desk.say.tr("cli-simulated", &[("p", share)])
                }
                _ => String::new(),
            };
            let title = words::law::text(desk.say.lang, &one.rule.title).to_owned();
            vec![one.rule.id.clone(), desk.say.t(on), precision, title]
        });
        super::table(lines.collect())
    });
    Ok(())
}

fn rule_json(one: &RuleStanding) -> Value {
    json!({
        "rule": one.rule.id, "edition": one.rule.edition, "version": one.version, "on": one.on,
        "outdated": one.outdated, "scored": one.current().is_some(),
        "score": one.current().map(|score| json!({
            "hits": score.hits, "named": score.named, "harms": score.harms,
            "foreseen": score.foreseen, "lead": score.lead, "load": score.load,
            "random": score.random, "recent": score.recent, "digest": score.score,
            "companies": score.companies, "seed": score.seed, "simulated": true,
        })),
        "open": one.outcome.open, "closed": one.outcome.closed, "useful": one.outcome.useful,
        "live": one.live(),
    })
}

fn foreseen(desk: &Desk<'_>, found: &[Foreseen]) {
    let value: Vec<_> = found
        .iter()
        .map(|one| {
            json!({
                "rule": one.rule.id, "matter": one.matter, "figures": one.figures,
                "counted": one.counted, "companies": one.companies,
            })
        })
        .collect();
    desk.say.result(&json!({ "found": value }), || {
        let lines = found.iter().map(|one| {
            vec![
                words::law::text(desk.say.lang, &one.rule.title).to_owned(),
                matter_words(desk.say.lang, &one.matter),
                one.figures.join(", "),
                one.companies.len().to_string(),
            ]
        });
        match found.is_empty() {
            true => format!("{}\n", desk.say.t("cli-warnings-nothing-new")),
            false => super::table(lines.collect()),
        }
    });
}

fn title(desk: &Desk<'_>, row: &WarningRow) -> String {
    match office::warning_rule(&row.rule) {
        Ok(rule) => words::law::text(desk.say.lang, &rule.title).to_owned(),
        Err(_) => row.rule.clone(),
    }
}

fn state(desk: &Desk<'_>, row: &WarningRow) -> String {
    let key = match (row.useful, &row.unit) {
        (Some(true), _) => "warning-useful",
        (Some(false), _) => "warning-not-useful",
        (None, Some(_)) => "warning-assigned",
        (None, None) => "warning-unassigned",
    };
    desk.say.t(key)
}

fn json_of(office: &Office, row: &WarningRow) -> Value {
    json!({
        "id": row.no, "rule": row.rule, "matter": row.matter, "figures": row.figures,
        "companies": row.companies, "due": row.due, "unit": row.unit, "useful": row.useful,
        "closed": row.closed, "age": office.warning_age(row), "raised": row.idx,
    })
}

fn show(desk: &Desk<'_>, office: &Office, id: &str) -> Result<(), Trouble> {
    let (reader, no) = (office.reader()?, number(id, Series::Warning)?);
    let row = reader.warning(no)?.ok_or(Trouble::Unknown(no))?;
    let (warned, told) = (reader.warned(no)?, reader.warning_letters(no)?);
    let mut value = json_of(office, &row);
    value["counted"] = json!(row.counted);
    value["why"] = json!(row.why);
    value["names"] =
        warned.iter().map(|(company, name)| json!({ "company": company, "name": name })).collect();
    value["letters"] =
        told.iter().map(|(link, seq)| json!({ "link": link, "letter": seq })).collect();
    desk.say.result(&value, || {
        let rule = office::warning_rule(&row.rule).ok();
        let law = |text: &catalog::Text| words::law::text(desk.say.lang, text).to_owned();
        let counted: Vec<String> = row.counted.iter().map(ToString::to_string).collect();
        let facts = [
            ("w-col-matter", matter_words(desk.say.lang, &row.matter)),
            ("w-col-figure", row.figures.join(", ")),
            ("w-warning-counted", counted.join(" ")),
            ("w-rule-reason", rule.map(|rule| law(&rule.why)).unwrap_or_default()),
            ("w-rule-action", rule.map(|rule| law(&rule.action)).unwrap_or_default()),
            ("w-rule-handler", rule.map(|rule| law(&rule.handler)).unwrap_or_default()),
            ("field-unit", row.unit.clone().unwrap_or_default()),
            ("field-due", row.due.to_string()),
            ("w-col-age", office.warning_age(&row).to_string()),
            ("w-col-state", state(desk, &row)),
            ("w-warning-outcome", row.why.clone().unwrap_or_default()),
        ];
        let mut out = format!("{no}  {}\n{}", title(desk, &row), super::facts(desk, facts));
        let lines = warned.iter().map(|(company, name)| vec![company.to_string(), name.clone()]);
        out += &super::table(lines.collect());
        out
    });
    Ok(())
}
