//! `midun overseas …`: guides of countries, pre-judgements, and what is answered before material
//! leaves China. Guides and questions need no node.

use catalog::Cite;
use catalog::overseas::{Country, Said, Statement, Topic};
use domain::Series;
use office::{AssessForm, ExportForm, Sort, Trouble, export_check, law, questions, write_new};
use serde_json::{Value, json};
use store::read::{AssessmentRow, ExportRow};
use words::law as words_of;

use super::procedure::{cited, unknown};
use super::{Desk, day, number, receipt_json, table};
use crate::args::Overseas;

pub fn run(desk: &Desk<'_>, args: Overseas) -> anyhow::Result<()> {
    match args {
        Overseas::List => list(desk),
        Overseas::Show { country } => show(desk, found(&country)?),
        Overseas::Compare { countries, field } => compare(desk, &countries, field.as_deref())?,
        Overseas::Questions => ask(desk),
        Overseas::Check => check(desk),
        Overseas::Guide { countries, out } => {
            let office = desk.office()?;
            let pdf = office.guide_pdf(&office.reader()?, &countries, desk.say.lang)?;
            written(desk, &out, &pdf)?;
        }
        Overseas::Assess { product, market, answer } => {
            let office = desk.office()?;
            let form = AssessForm { product, markets: market, answers: answer };
            let receipt = office.assess_overseas(&desk.ask(&office), form)?;
            let reader = office.reader()?;
            let row = receipt.number.map(|no| reader.assessment(no)).transpose()?;
            let risks = row.flatten().map(|row| row.risks).unwrap_or_default();
            let value = json!({ "receipt": receipt_json(&receipt), "risks": risks });
            desk.say.result(&value, || {
                let named = risks.iter().filter_map(|id| questions().risk(id));
                let lines = named.map(|risk| format!("  ! {}\n", says(desk, &risk.name)));
                format!("{}{}", desk.receipt_text(&receipt), lines.collect::<String>())
            });
        }
        Overseas::Assessments => {
            let rows = desk.office()?.reader()?.assessments()?;
            let value: Vec<Value> = rows.iter().map(assessment_json).collect();
            desk.say.result(&json!(value), || {
                let line = |row: &AssessmentRow| {
                    let risks = row.risks.len().to_string();
                    vec![row.no.to_string(), row.product.clone(), row.markets.join(","), risks]
                };
                table(rows.iter().map(line).collect())
            });
        }
        Overseas::Report { id, out } => report(desk, &id, out.as_deref())?,
        Overseas::Aid { id, link, text, due } => {
            let office = desk.office()?;
            let of = (number(&id, Series::Assessment)?, number(&link, Series::Link)?);
            let due = day(due.as_deref())?;
            let reader = office.reader()?;
            let (seq, receipt) = office.ask_aid(&desk.ask(&office), &reader, of, &text, due)?;
            let value = json!({ "letter": seq, "receipt": receipt_json(&receipt) });
            desk.say.result(&value, || desk.receipt_text(&receipt));
        }
        Overseas::Export { secret, to, say, proof } => {
            let office = desk.office()?;
            let secrets = secret.iter().map(|no| number(no, Series::Secret));
            let form = ExportForm {
                secrets: secrets.collect::<Result<_, _>>()?,
                to,
                said: said(&say, &proof)?,
            };
            let verdict = export_check().judge(&form.said);
            let clear = verdict.is_clear();
            let stops: Vec<_> = verdict
                .stops
                .iter()
                .map(|(gate, choice)| (says(desk, &gate.name), says(desk, &choice.name)))
                .map(|(gate, choice)| format!("{gate}: {choice}"))
                .collect();
            let receipt = office.answer_export(&desk.ask(&office), form)?;
            let value =
                json!({ "receipt": receipt_json(&receipt), "clear": clear, "stops": stops });
            desk.say.result(&value, || {
                let state = if clear { "export-clear" } else { "export-stopped" };
                let lines: String = stops.iter().map(|line| format!("  ✗ {line}\n")).collect();
                format!("{}{}\n{lines}", desk.receipt_text(&receipt), desk.say.t(state))
            });
        }
        Overseas::Exports => {
            let rows = desk.office()?.reader()?.exports()?;
            let value: Vec<Value> = rows.iter().map(export_json).collect();
            desk.say.result(&json!(value), || {
                let line = |row: &ExportRow| {
                    let state = if row.clear { "export-clear" } else { "export-stopped" };
                    let secrets: Vec<String> =
                        row.secrets.iter().map(ToString::to_string).collect();
                    let state = desk.say.t(state);
                    vec![row.no.to_string(), row.to.clone(), secrets.join(","), state]
                };
                table(rows.iter().map(line).collect())
            });
        }
    }
    Ok(())
}

fn says<'t>(desk: &Desk<'_>, text: &'t catalog::Text) -> &'t str {
    words_of::text(desk.say.lang, text)
}

fn found(id: &str) -> Result<&'static Country, Trouble> {
    let known = law().countries().into_iter().map(|country| country.id.as_str());
    law().country(id).ok_or_else(|| unknown(id, known))
}

fn written(desk: &Desk<'_>, out: &std::path::Path, pdf: &[u8]) -> anyhow::Result<()> {
    write_new(out, pdf)?;
    let told = desk.say.tr("cli-pdf-written", &[("path", out.display().to_string())]);
    desk.say.result(&json!({ "file": out }), || format!("{told}\n"));
    Ok(())
}

fn state(country: &Country) -> &'static str {
    if country.is_complete() { "guide-complete" } else { "guide-draft" }
}

fn country_json(country: &Country) -> Value {
    json!({
        "id": country.id, "edition": country.edition, "name": country.name.en,
        "name_zh": country.name.zh, "complete": country.is_complete(),
        "statements": country.statement.len(), "unread": country.open(),
        "lacking": country.missing().iter().map(|topic| topic.key()).collect::<Vec<_>>(),
    })
}

fn list(desk: &Desk<'_>) {
    let all = law().countries();
    let value: Vec<Value> = all.iter().map(|country| country_json(country)).collect();
    desk.say.result(&json!(value), || {
        let row = |country: &&Country| {
            let counts = format!("{}/{}", country.open(), country.statement.len());
            let name = says(desk, &country.name).to_owned();
            vec![country.id.clone(), name, desk.say.t(state(country)), counts]
        };
        let head = ["w-col-country", "w-col-guide-state", "w-col-unread"];
        let [name, is, unread] = head.map(|key| desk.say.t(key));
        let mut rows = vec![vec![String::new(), name, is, unread]];
        rows.extend(all.iter().map(row));
        table(rows)
    });
}

fn statement_json(desk: &Desk<'_>, one: &Statement) -> Value {
    json!({
        "id": one.id.id, "field": one.field.key(), "says": says(desk, &one.says),
        "article": one.article, "source": one.source, "version": one.version,
        "read": one.read, "seen": one.seen.map(|day| day.to_string()), "verified": one.verified,
    })
}

fn statement(desk: &Desk<'_>, one: &Statement) -> String {
    let mark = if one.verified { "law-mark-seen" } else { "law-mark-recalled" };
    let seen = one.seen.map(|day| format!(" {day}")).unwrap_or_default();
    let mark = desk.say.t(mark);
    format!("  {}\n    {} [{mark}{seen}]\n    {}\n", says(desk, &one.says), one.article, one.source)
}

fn on(desk: &Desk<'_>, country: &Country, topic: Topic) -> String {
    let text: String = country.on(topic).map(|one| statement(desk, one)).collect();
    if text.is_empty() { format!("  {}\n", desk.say.t("guide-says-nothing")) } else { text }
}

fn show(desk: &Desk<'_>, country: &'static Country) {
    let mut value = country_json(country);
    let all: Vec<Value> = country.statement.iter().map(|one| statement_json(desk, one)).collect();
    value["statement"] = json!(all);
    desk.say.result(&value, || {
        let mut text = format!("{}  {}\n", says(desk, &country.name), desk.say.t(state(country)));
        if let Some(note) = &country.note {
            text += &format!("! {}\n", says(desk, note));
        }
        for topic in Topic::ALL {
            text += &format!("\n{}\n", desk.say.t(&format!("topic-{}", topic.key())));
            text += &on(desk, country, topic);
        }
        format!("{text}\n{}\n", desk.say.t("guide-not-advice"))
    });
}

fn compare(desk: &Desk<'_>, ids: &[String], field: Option<&str>) -> Result<(), Trouble> {
    let countries = ids.iter().map(|id| found(id)).collect::<Result<Vec<_>, _>>()?;
    let chosen = match field {
        None => Topic::ALL.to_vec(),
        Some(word) => {
            let topic = Topic::ALL.into_iter().find(|topic| topic.key() == word);
            let known = Topic::ALL.into_iter().map(Topic::key);
            vec![topic.ok_or_else(|| unknown(word, known))?]
        }
    };
    let value: Vec<Value> = chosen
        .iter()
        .map(|topic| {
            let of = countries.iter().map(|country| {
                let all = country.on(*topic).map(|one| statement_json(desk, one));
                (country.id.clone(), json!(all.collect::<Vec<_>>()))
            });
            json!({ "field": topic.key(), "says": of.collect::<serde_json::Map<_, _>>() })
        })
        .collect();
    desk.say.result(&json!(value), || {
        let mut text = String::new();
        for topic in &chosen {
            text += &format!("{}\n", desk.say.t(&format!("topic-{}", topic.key())));
            for country in &countries {
                let draft = match country.is_complete() {
                    true => String::new(),
                    false => desk.say.t("guide-draft-in"),
                };
                text += &format!(" {}{draft}\n", says(desk, &country.name));
                text += &on(desk, country, *topic);
            }
        }
        text
    });
    Ok(())
}

fn ask(desk: &Desk<'_>) {
    let value: Vec<Value> = questions()
        .question
        .iter()
        .flat_map(|question| {
            question.choice.iter().map(move |choice| {
                json!({
                    "answer": format!("{}:{}", question.id.id, choice.id.id),
                    "question": says(desk, &question.name), "choice": says(desk, &choice.name),
                })
            })
        })
        .collect();
    desk.say.result(&json!(value), || {
        let mut text = String::new();
        for question in &questions().question {
            text += &format!("{}\n", says(desk, &question.name));
            let rows = question.choice.iter().map(|choice| {
                let answer = format!("  {}:{}", question.id.id, choice.id.id);
                vec![answer, says(desk, &choice.name).to_owned()]
            });
            text += &table(rows.collect());
        }
        text
    });
}

fn check(desk: &Desk<'_>) {
    let norms = law().norms();
    let grounds = |cites: &[Cite]| -> Vec<String> {
        cites.iter().map(|cite| cited(desk, norms, cite)).collect()
    };
    let value: Vec<Value> = export_check()
        .question
        .iter()
        .map(|gate| {
            let choices = gate.choice.iter().map(|choice| {
                json!({
                    "answer": format!("{}:{}", gate.id.id, choice.id.id),
                    "name": says(desk, &choice.name),
                    "leads": format!("{:?}", choice.is).to_lowercase(),
                })
            });
            json!({
                "question": says(desk, &gate.name), "cites": grounds(&gate.cites),
                "unread": gate.open, "choices": choices.collect::<Vec<_>>(),
            })
        })
        .collect();
    desk.say.result(&json!(value), || {
        let mut text = format!("{}\n", says(desk, &export_check().note));
        for gate in &export_check().question {
            text +=
                &format!("\n{}\n  {}\n", says(desk, &gate.name), grounds(&gate.cites).join("\n  "));
            let rows = gate.choice.iter().map(|choice| {
                let answer = format!("  {}:{}", gate.id.id, choice.id.id);
                vec![answer, says(desk, &choice.name).to_owned()]
            });
            text += &table(rows.collect());
        }
        text
    });
}

/// Answers and papers as they are typed: `question:choice`, `question:text`.
fn said(say: &[String], proof: &[String]) -> Result<Vec<Said>, Trouble> {
    let pair = |text: &str| {
        let parts = text.split_once(':').or_else(|| text.split_once('='));
        parts.map(|(of, what)| (of.to_owned(), what.to_owned())).ok_or_else(|| {
            Trouble::Other("trouble-no-such-answer", vec![("text", text.to_owned())], Sort::Refused)
        })
    };
    let proofs = proof.iter().map(|text| pair(text)).collect::<Result<Vec<_>, _>>()?;
    say.iter()
        .map(|text| {
            let (question, choice) = pair(text)?;
            let gate = export_check().question.iter().find(|gate| gate.id.id == question);
            if gate.is_none_or(|gate| gate.choice(&choice).is_none()) {
                let args = vec![("text", text.clone())];
                return Err(Trouble::Other("trouble-no-such-answer", args, Sort::Refused));
            }
            let proof = proofs.iter().find(|(of, _)| *of == question);
            let proof = proof.map(|(_, text)| text.clone());
            Ok(Said { question, choice, proof })
        })
        .collect()
}

fn assessment_json(row: &AssessmentRow) -> Value {
    json!({
        "id": row.no, "product": row.product, "markets": row.markets, "answers": row.answers,
        "risks": row.risks, "guides": row.guides, "edition": row.edition,
        "made": row.at.to_rfc3339(), "leaf": row.idx,
    })
}

fn export_json(row: &ExportRow) -> Value {
    json!({
        "id": row.no, "secrets": row.secrets, "to": row.to, "answers": row.answers,
        "proofs": row.proofs, "clear": row.clear, "edition": row.edition,
        "made": row.at.to_rfc3339(), "leaf": row.idx,
    })
}

fn report(desk: &Desk<'_>, id: &str, out: Option<&std::path::Path>) -> anyhow::Result<()> {
    let office = desk.office()?;
    let reader = office.reader()?;
    let no = number(id, Series::Assessment)?;
    let row = reader.assessment(no)?.ok_or(Trouble::Unknown(no))?;
    if let Some(out) = out {
        let pdf = office.assessment_paper(&reader, &row, desk.say.lang)?;
        return written(desk, out, &pdf);
    }
    desk.say.result(&assessment_json(&row), || {
        let mut text = format!("{} {}\n", row.no, row.product);
        for risk in row.risks.iter().filter_map(|id| questions().risk(id)) {
            let args = [("advice", says(desk, &risk.advice).to_owned())];
            text += &format!("\n! {}\n  {}\n", says(desk, &risk.name), says(desk, &risk.reason));
            text += &format!("  {}\n", desk.say.tr("assessment-advice", &args));
            let markets = row.markets.iter().filter_map(|id| law().country(id));
            for country in markets.filter(|country| country.is_complete()) {
                text += &format!("  {}\n", says(desk, &country.name));
                text += &on(desk, country, risk.field);
            }
        }
        text
    });
    Ok(())
}
