//! `midun template …`: papers filled in from the records.

use catalog::Text;
use catalog::template::{Filled, Limit, Template as Of};
use domain::Number;
use office::{Office, Sort, Trouble, law, write_new};
use serde_json::{Value, json};
use words::law as words_of;

use super::procedure::{cite_json, cited, unknown};
use super::{Desk, any_number, table};
use crate::args::Template;

pub fn run(desk: &Desk<'_>, args: Template) -> anyhow::Result<()> {
    match args {
        Template::List => list(desk),
        Template::Show { id } => show(desk, found(&id)?),
        Template::Fill { id, r#for, set, out } => {
            let about = r#for.as_deref().map(any_number).transpose()?;
            fill(desk, found(&id)?, about, &set, &out)?;
        }
    }
    Ok(())
}

fn found(id: &str) -> Result<&'static Of, Trouble> {
    let known = || law().templates().iter().map(|one| one.id.as_str());
    law().template(id).ok_or_else(|| unknown(id, known()))
}

fn says<'t>(desk: &Desk<'_>, text: &'t Text) -> &'t str {
    words_of::text(desk.say.lang, text)
}

fn list(desk: &Desk<'_>) {
    let value = law().templates().iter().map(|one| {
        json!({
            "id": one.id, "of": one.of.key(), "title": says(desk, &one.title),
            "says": says(desk, &one.says), "page": one.page.id,
        })
    });
    desk.say.result(&json!(value.collect::<Vec<_>>()), || {
        let row = |one: &Of| {
            let of = desk.say.t(&format!("template-of-{}", one.of.key()));
            vec![one.id.clone(), of, says(desk, &one.title).to_owned()]
        };
        table(law().templates().iter().map(row).collect())
    });
}

fn limit_json(desk: &Desk<'_>, limit: &Limit) -> Value {
    json!({
        "field": limit.field.id, "binds": limit.binds, "says": says(desk, &limit.says),
        "cites": cite_json(desk, law().norms(), &limit.cites),
    })
}

fn show(desk: &Desk<'_>, one: &Of) {
    let fields = one.field.iter().map(|field| {
        let choices: Vec<_> = field.choice.iter().map(|choice| &choice.id.id).collect();
        json!({ "id": field.id.id, "name": says(desk, &field.name), "choices": choices })
    });
    let clauses = one.clause.iter();
    let clauses = clauses.map(|clause| json!([says(desk, &clause.name), says(desk, &clause.text)]));
    let value = json!({
        "id": one.id, "of": one.of.key(), "title": says(desk, &one.title),
        "fields": fields.collect::<Vec<_>>(), "clauses": clauses.collect::<Vec<_>>(),
        "limits": one.limit.iter().map(|limit| limit_json(desk, limit)).collect::<Vec<_>>(),
    });
    desk.say.result(&value, || {
        let mut text = format!("{}\n{}\n\n", says(desk, &one.title), says(desk, &one.says));
        let row = |field: &catalog::template::Field| {
            let choices = field.choice.iter();
            let choices =
                choices.map(|choice| format!("{} {}", choice.id.id, says(desk, &choice.name)));
            let choices = choices.collect::<Vec<_>>().join(" | ");
            vec![format!("  {}", field.id.id), says(desk, &field.name).to_owned(), choices]
        };
        text += &table(one.field.iter().map(row).collect());
        for clause in &one.clause {
            text += &format!("\n{}  {}\n", says(desk, &clause.name), says(desk, &clause.text));
        }
        for limit in &one.limit {
            let basis = cited(desk, law().norms(), &limit.cites);
            text += &format!("\n! {}  {}  {basis}\n", limit.field.id, says(desk, &limit.says));
        }
        text
    });
}

fn fill(
    desk: &Desk<'_>,
    one: &'static Of,
    about: Option<Number>,
    set: &[String],
    out: &std::path::Path,
) -> anyhow::Result<()> {
    let office: Office = desk.office()?;
    let reader = office.reader()?;
    let lang = desk.say.lang;
    let sheet = office.template_sheet(&reader, one, about, lang)?;
    let mut filled: Filled =
        sheet.into_iter().map(|(field, text)| (field.id.id.clone(), text)).collect();
    for pair in set {
        let short = || pair.chars().take(40).collect::<String>();
        let Some((name, text)) = pair.split_once('=') else {
            let args = vec![("text", short())];
            return Err(Trouble::Other("cli-template-no-set", args, Sort::Refused).into());
        };
        let choices = one.field(name).map_or(&[][..], |field| &field.choice);
        if !choices.is_empty() && choices.iter().all(|choice| choice.id.id != text) {
            let known: Vec<_> = choices.iter().map(|choice| choice.id.id.as_str()).collect();
            let args = vec![("name", name.to_owned()), ("words", known.join(", "))];
            return Err(Trouble::Other("cli-template-no-choice", args, Sort::Refused).into());
        }
        filled.insert(name.to_owned(), text.to_owned());
    }
    let pdf = office.template_pdf(&reader, one, &filled, lang)?;
    let findings = one.check(&filled);
    let warned: Vec<_> =
        findings.iter().map(|finding| office::finding_words(lang, finding)).collect();
    for (name, words) in &warned {
        let args = [("name", name.clone()), ("says", words.clone())];
        desk.say.remark(&desk.say.tr("cli-template-guidance", &args));
    }
    write_new(out, &pdf)?;
    let value = json!({
        "file": out, "fields": filled,
        "guidance": warned.iter().map(|(name, says)| json!({ "field": name, "says": says }))
            .collect::<Vec<_>>(),
    });
    let told = desk.say.tr("cli-pdf-written", &[("path", out.display().to_string())]);
    desk.say.result(&value, || format!("{told}\n"));
    Ok(())
}
