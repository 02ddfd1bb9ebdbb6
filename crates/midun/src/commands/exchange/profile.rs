//! `midun exchange profile`: on a node what would be filed and, once agreed to, filing it; on a
//! station what was filed.

use std::collections::{BTreeMap, BTreeSet};

use domain::Number;
use domain::terms::ProfileField;
use office::{Office, ProfileForm, ProfilePlan, Sort, Trouble, given_lines};
use serde_json::{Value, json};

use crate::commands::{Desk, receipt_json, table, term_of};

pub fn file(
    desk: &Desk<'_>,
    office: &Office,
    link: Number,
    (set, tick): (&[String], &[String]),
    agree: bool,
) -> anyhow::Result<()> {
    let reader = office.reader()?;
    let form = form(office, link, set, tick)?;
    let plan = office.profile_plan(&reader, &form)?;
    if !agree {
        let value = plan_json(&plan);
        desk.say.result(&value, || words_of(desk, &plan));
        desk.say.remark(&desk.say.t("cli-profile-next"));
        return Ok(());
    }
    let (seq, receipt) = office.file_profile(&desk.ask(office), link, &plan)?;
    let mut value = receipt_json(&receipt);
    value["seq"] = json!(seq);
    value["filed"] = plan_json(&plan);
    desk.say.result(&value, || {
        let args = [("no", link.to_string()), ("seq", seq.to_string())];
        format!("{}\n{}", words_of(desk, &plan), desk.say.tr("cli-profile-filed", &args) + "\n")
    });
    Ok(())
}

/// What was said, over what was filed before.
fn form(
    office: &Office,
    link: Number,
    set: &[String],
    tick: &[String],
) -> Result<ProfileForm, Trouble> {
    let reader = office.reader()?;
    let mut form = ProfileForm::default();
    if let Some(row) = reader.profiles_of(link)?.first() {
        let kept = office.kept_profile(&reader, row)?.unwrap_or_default();
        let typed = kept.given.typed.into_iter();
        form.typed = typed
            .filter_map(|(word, text)| Some((ProfileField::from_word(&word)?, text)))
            .collect::<BTreeMap<_, _>>();
        form.ticked = row.fields.iter().copied().collect();
    }
    if !tick.is_empty() {
        let ticked: Result<BTreeSet<_>, Trouble> =
            tick.iter().map(|word| term_of!(ProfileField, word.trim())).collect();
        form.ticked = ticked?;
    }
    for one in set {
        let (word, text) = one.split_once('=').ok_or_else(|| {
            let args = vec![("text", one.chars().take(40).collect())];
            Trouble::Other("cli-profile-set", args, Sort::Refused)
        })?;
        form.typed.insert(term_of!(ProfileField, word.trim())?, text.to_owned());
    }
    Ok(form)
}

fn plan_json(plan: &ProfilePlan) -> Value {
    json!({
        "day": plan.day, "fields": plan.fields, "given": plan.given,
        "entries": plan.grounds.entries.iter().map(|(event, _)| event.index).collect::<Vec<_>>(),
        "of": plan.grounds.of,
    })
}

fn words_of(desk: &Desk<'_>, plan: &ProfilePlan) -> String {
    let lines = given_lines(desk.say.lang, &plan.given).into_iter();
    let mut text = table(lines.map(|(name, says)| vec![name, says]).collect());
    let args = [
        ("n", plan.grounds.entries.len().to_string()),
        ("of", plan.grounds.of.to_string()),
        ("day", plan.day.to_string()),
    ];
    text += &format!("{}\n", desk.say.tr("cli-profile-entries", &args));
    text
}

pub fn list(desk: &Desk<'_>, office: &Office) -> anyhow::Result<()> {
    let reader = office.reader()?;
    let mut values = Vec::new();
    let mut rows = Vec::new();
    for row in reader.profiles(None)? {
        let kept = office.kept_profile(&reader, &row)?.unwrap_or_default();
        let company = row.company.map(|no| no.to_string()).unwrap_or_default();
        values.push(json!({
            "company": row.company, "link": row.link, "seq": row.seq, "leaf": row.idx,
            "day": row.day, "fields": row.fields, "given": kept.given,
            "entries": row.entries, "of": kept.of, "size": row.size, "kinds": kept.kinds,
        }));
        for (name, says) in given_lines(desk.say.lang, &kept.given) {
            rows.push(vec![company.clone(), row.day.to_string(), name, says]);
        }
        let args = [("n", row.entries.to_string()), ("size", row.size.to_string())];
        let proof = desk.say.tr("cli-profile-proof", &args);
        rows.push(vec![company, row.day.to_string(), desk.say.t("w-profile-proof"), proof]);
    }
    desk.say.result(&json!(values), || match rows.is_empty() {
        true => format!("{}\n", desk.say.t("cli-profile-none")),
        false => table(rows),
    });
    Ok(())
}
