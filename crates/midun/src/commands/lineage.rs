//! `midun secret merge`, `split`, `versions`, `diff`.

use domain::Series;
use office::{Shown, Sort, SplitForm, Trouble, marked};
use serde_json::{Value, json};

use super::secret::{shown_json, shown_text};
use super::{Desk, number, table};

/// Merges a secret point into another.
pub fn merge(desk: &Desk<'_>, id: &str, into: &str, why: String) -> anyhow::Result<()> {
    let office = desk.office()?;
    let pair = (number(id, Series::Secret)?, number(into, Series::Secret)?);
    let unlocked = desk.unlocked(&office)?;
    desk.done(&office.merge_secret(&desk.ask(&office), pair, why, &unlocked)?);
    Ok(())
}

/// Takes parts out as a secret point of their own.
pub fn split(desk: &Desk<'_>, form: SplitForm) -> anyhow::Result<()> {
    let office = desk.office()?;
    let unlocked = desk.unlocked(&office)?;
    desk.done(&office.split_secret(&desk.ask(&office), form, &unlocked)?);
    Ok(())
}

/// Lists the versions of a secret point.
pub fn versions(desk: &Desk<'_>, id: &str) -> anyhow::Result<()> {
    let office = desk.office()?;
    let reader = office.reader()?;
    let versions = office.versions(&reader, number(id, Series::Secret)?)?;
    let value: Vec<Value> = versions
        .iter()
        .map(|one| {
            json!({
                "no": one.no, "leaf": one.idx, "received": one.at.to_rfc3339(),
                "title": one.title, "level": one.level, "why": one.why, "done": one.done,
                "statements": one.statements.iter().map(|(no, (edition, idx))| json!({
                    "no": no, "edition": edition, "leaf": idx })).collect::<Vec<_>>(),
                "carriers": one.carriers.iter().map(|(no, idx)| json!({ "no": no, "leaf": idx }))
                    .collect::<Vec<_>>(),
            })
        })
        .collect();
    desk.say.result(&json!(value), || {
        let heads =
            ["w-version", "cli-col-received", "w-version-done", "w-version-parts", "field-why"];
        let mut rows = vec![heads.map(|key| desk.say.t(key)).to_vec()];
        rows.extend(versions.iter().map(|one| {
            let done =
                one.done.iter().map(|tag| desk.say.t(&format!("event-{}", tag.replace('.', "-"))));
            vec![
                one.no.to_string(),
                one.at.second_at(office.zone_minutes()),
                done.collect::<Vec<_>>().join(" "),
                format!("{} / {}", one.statements.len(), one.carriers.len()),
                one.why.clone().unwrap_or_else(|| "—".into()),
            ]
        }));
        table(rows)
    });
    Ok(())
}

/// Lays two versions side by side; `reveal` shows content, and is recorded with its reason.
pub fn diff(
    desk: &Desk<'_>,
    id: &str,
    (left, right): (u32, u32),
    reveal: Option<Option<String>>,
) -> anyhow::Result<()> {
    let office = desk.office()?;
    let secret = number(id, Series::Secret)?;
    let reader = office.reader()?;
    let versions = office.versions(&reader, secret)?;
    let version = |no: u32| {
        versions.iter().find(|one| one.no == no).ok_or_else(|| {
            let most = versions.len().to_string();
            let args = vec![("no", secret.to_string()), ("part", no.to_string()), ("most", most)];
            Trouble::Other("trouble-no-version", args, Sort::NotFound)
        })
    };
    let pair = (version(left)?, version(right)?);
    let unlocked = match reveal {
        Some(why) => {
            let unlocked = desk.unlocked(&office)?;
            office.view_secret(&desk.ask(&office), secret, "statements".into(), why)?;
            Some(unlocked)
        }
        None => None,
    };
    let lines = office.beside(&reader, pair, unlocked.as_deref())?;
    let json_of = |shown: &Option<Shown>| shown.as_ref().map(shown_json);
    let value: Vec<Value> = lines
        .iter()
        .map(|line| {
            json!({
                "part": line.sort, "no": line.no, "same": line.same,
                "left": json_of(&line.left), "right": json_of(&line.right),
            })
        })
        .collect();
    desk.say.result(&json!(value), || {
        let mut text = String::new();
        for line in &lines {
            let name =
                desk.say.tr(&format!("version-{}", line.sort), &[("no", line.no.to_string())]);
            let words = |shown: &Shown| match (line.sort, shown.text()) {
                ("level", Some(word)) => desk.say.t(&format!("level-{word}")),
                _ => shown_text(desk, shown),
            };
            let (a, b) = (line.left.as_ref().map(words), line.right.as_ref().map(words));
            match (a, b) {
                (Some(a), Some(_)) if line.same => text += &format!("  {name}: {a}\n"),
                (Some(a), Some(b)) => {
                    let (a, b) = marked(&a, &b);
                    text += &format!("- {name}: {}[{}]{}\n", a.before, a.differs, a.after);
                    text += &format!("+ {name}: {}[{}]{}\n", b.before, b.differs, b.after);
                }
                (Some(a), None) => text += &format!("- {name}: {a}\n"),
                (None, Some(b)) => text += &format!("+ {name}: {b}\n"),
                (None, None) => {}
            }
        }
        if unlocked.is_none() {
            text += &format!("\n{}\n", desk.say.t("cli-reveal-hint"));
        }
        text
    });
    Ok(())
}
