//! `midun secret …`.

use std::path::Path;

use domain::terms::Level;
use domain::{Number, Series};
use office::{Office, RevisionForm, SecretForm, Shown, Sort, Trouble};
use serde_json::{Value, json};
use store::Reader;
use store::read::{SecretCard, SecretFilter};

use super::{Desk, custody, day, level, maybe_number, maybe_text, number, table, term_of, texts};
use crate::args::{Properties, Secret};

pub fn run(desk: &Desk<'_>, args: Secret) -> anyhow::Result<()> {
    match args {
        Secret::Add { title, kind, level: typed, statement, carrier, properties } => {
            let office = desk.office()?;
            let Properties { form, owner, department, review, happened, origin, public, value } =
                *properties;
            let form = SecretForm {
                title,
                class: term_of!(Class, &kind)?,
                form: form.as_deref().map(|form| term_of!(Form, form)).transpose()?,
                level: level(&typed)?,
                owner: maybe_number(owner.as_deref(), Series::Person)?,
                department,
                review: day(review.as_deref())?,
                happened: day(happened.as_deref())?,
                origin: maybe_text(origin.as_deref())?,
                public: maybe_text(public.as_deref())?,
                value: maybe_text(value.as_deref())?,
                statements: texts(&statement)?,
                carriers: desk.sources(&carrier)?,
            };
            let without = form.statements.is_empty();
            let receipt = office.register_secret(&desk.ask(&office), form)?;
            desk.done(&receipt);
            if without {
                desk.say.remark(&desk.say.t("cli-secret-unstated"));
            }
            Ok(())
        }
        Secret::Show { id, reveal, why } => show(desk, &id, reveal, why),
        Secret::List { find, level: typed } => list(desk, find, typed.as_deref()),
        Secret::Revise {
            id,
            title,
            statement,
            restate,
            unstate,
            carrier,
            retire,
            why,
            properties,
        } => {
            let office = desk.office()?;
            let no = number(&id, Series::Secret)?;
            let Properties { form, owner, department, review, happened, origin, public, value } =
                *properties;
            let form = RevisionForm {
                title,
                form: form.as_deref().map(|form| term_of!(Form, form)).transpose()?,
                owner: maybe_number(owner.as_deref(), Series::Person)?,
                department,
                review: day(review.as_deref())?,
                happened: day(happened.as_deref())?,
                origin: maybe_text(origin.as_deref())?,
                public: maybe_text(public.as_deref())?,
                value: maybe_text(value.as_deref())?,
                restate: restate.iter().map(|text| restated(text)).collect::<Result<_, _>>()?,
                state: texts(&statement)?,
                unstate,
                carriers: desk.sources(&carrier)?,
                retire,
                why,
            };
            desk.done(&office.revise_secret(&desk.ask(&office), no, form)?);
            Ok(())
        }
        Secret::Level { id, level: typed, why } => {
            let office = desk.office()?;
            let (no, to) = (number(&id, Series::Secret)?, level(&typed)?);
            desk.done(&office.level_secret(&desk.ask(&office), no, to, why)?);
            Ok(())
        }
        Secret::Declassify { id, happened, why } => {
            let office = desk.office()?;
            let no = number(&id, Series::Secret)?;
            let happened = day(happened.as_deref())?;
            desk.done(&office.declassify_secret(&desk.ask(&office), no, happened, why)?);
            Ok(())
        }
        Secret::Destroy { id, approved, why, confirm } => {
            custody::destroy(desk, &id, approved.as_deref(), (why, confirm))
        }
        Secret::Check { id } => super::point::check(desk, &id),
        Secret::Export { id, carrier, out, why } => export(desk, &id, carrier, &out, why),
    }
}

/// `2=new.txt`.
fn restated(text: &str) -> Result<(u32, String), Trouble> {
    let form = || Trouble::Other("cli-restate-form", vec![], Sort::Refused);
    let (no, path) = text.split_once('=').ok_or_else(form)?;
    Ok((no.parse().map_err(|_| form())?, Office::read_text(Path::new(path))?))
}

fn list(desk: &Desk<'_>, find: Option<String>, typed: Option<&str>) -> anyhow::Result<()> {
    let office = desk.office()?;
    let reader = office.reader()?;
    let filter = SecretFilter {
        text: find,
        level: typed.map(level).transpose()?,
        limit: 10_000,
        ..SecretFilter::default()
    };
    let page = reader.secrets(&filter)?;
    let value: Vec<Value> = page
        .rows
        .iter()
        .map(|row| {
            json!({
                "id": row.no, "title": row.title, "kind": row.class, "form": row.form,
                "level": row.level, "state": row.state.word(), "owner": row.owner,
                "department": row.department, "review": row.review, "leaf": row.idx,
                "received": row.at.to_rfc3339(), "statements": row.statements,
                "carriers": row.carriers, "measures": row.measures, "cleared": row.cleared,
                "open_disclosures": row.open_disclosures,
            })
        })
        .collect();
    desk.say.result(&json!(value), || {
        if page.rows.is_empty() {
            return format!("{}\n", desk.say.t("cli-no-secrets"));
        }
        let mut rows = vec![
            ["cli-col-no", "cli-col-level", "cli-col-state", "cli-col-review", "cli-col-title"]
                .map(|key| desk.say.t(key))
                .to_vec(),
        ];
        rows.extend(page.rows.iter().map(|row| {
            vec![
                row.no.to_string(),
                level_words(desk, row.level),
                desk.say.t(&format!("state-{}", row.state.word())),
                row.review.map_or("—".into(), |day| day.to_string()),
                row.title.clone(),
            ]
        }));
        table(rows)
    });
    Ok(())
}

fn level_words(desk: &Desk<'_>, level: Level) -> String {
    desk.say.t(&format!("level-{}", level.word()))
}

fn show(desk: &Desk<'_>, id: &str, reveal: bool, why: Option<String>) -> anyhow::Result<()> {
    let office = desk.office()?;
    let no = number(id, Series::Secret)?;
    let reader = office.reader()?;
    let card = reader.secret(no)?.ok_or(Trouble::Unknown(no))?;
    let unlocked = if reveal {
        let unlocked = desk.unlocked(&office)?;
        // Reading is an event, and it comes before the reading.
        office.view_secret(&desk.ask(&office), no, "statements".into(), why)?;
        Some(unlocked)
    } else {
        None
    };
    let shown = |idx: Option<u64>, field: &str| -> Result<Shown, Trouble> {
        match idx {
            Some(idx) => office.field(&reader, idx, field, unlocked.as_deref()),
            None => Ok(Shown::Empty),
        }
    };
    let mut statements = Vec::new();
    for row in card.statements.iter().filter(|row| row.stands) {
        statements.push((row, shown(Some(row.idx), "text")?));
    }
    let mut carriers = Vec::new();
    for row in card.carriers.iter().filter(|row| !row.retired) {
        carriers.push((row, shown(Some(row.idx), "name")?, shown(Some(row.idx), "digest")?));
    }
    let remarks = [
        ("origin", shown(card.origin_idx, "origin")?),
        ("public", shown(card.public_idx, "public")?),
        ("value", shown(card.value_idx, "value")?),
    ];
    let value = json!({
        "id": card.row.no, "title": card.row.title, "kind": card.row.class,
        "form": card.row.form, "level": card.row.level, "state": card.row.state.word(),
        "owner": card.row.owner, "department": card.row.department, "review": card.row.review,
        "happened": card.row.happened, "received": card.row.at.to_rfc3339(),
        "leaf": card.row.idx, "edition": card.row.edition,
        "statements": statements.iter().map(|(row, text)| json!({
            "no": row.no, "edition": row.edition, "leaf": row.idx,
            "received": row.at.to_rfc3339(), "text": shown_json(text),
        })).collect::<Vec<_>>(),
        "carriers": carriers.iter().map(|(row, name, digest)| json!({
            "no": row.no, "leaf": row.idx, "size": row.size, "media": row.media,
            "blob": row.blob, "changed": row.happened, "name": shown_json(name),
            "digest": shown_json(digest),
        })).collect::<Vec<_>>(),
        "remarks": remarks.iter().map(|(name, text)| (name.to_string(), shown_json(text)))
            .collect::<serde_json::Map<_, _>>(),
        "measures": card.measures.iter().map(|row| json!({
            "id": row.measure.no, "item": row.measure.item, "title": row.measure.title,
            "statements": row.statements, "from": row.measure.from, "until": row.measure.until,
            "ended": row.measure.ended_idx.is_some(),
        })).collect::<Vec<_>>(),
        "cleared": card.clearances.iter().filter(|row| row.barred_idx.is_none())
            .map(|row| json!({ "person": row.person, "from": row.from, "until": row.until }))
            .collect::<Vec<_>>(),
        "disclosures": card.disclosures.iter().map(|row| json!({
            "id": row.no, "partner": row.partner, "until": row.until,
            "ending": row.ending,
        })).collect::<Vec<_>>(),
    });
    desk.say.result(&value, || {
        let mut text = head(desk, &office, &card);
        text.push_str(&format!("\n{}\n", desk.say.t("cli-head-statements")));
        for (row, shown) in &statements {
            text.push_str(&format!("  {}. {}\n", row.no, shown_text(desk, shown)));
        }
        text.push_str(&format!("\n{}\n", desk.say.t("cli-head-carriers")));
        for (row, name, _) in &carriers {
            let (no, size) = (row.no, row.size);
            text.push_str(&format!("  {no}. {}  {size} B\n", shown_text(desk, name)));
        }
        for (name, shown) in &remarks {
            if *shown != Shown::Empty {
                let head = desk.say.t(&format!("cli-head-{name}"));
                text.push_str(&format!("\n{head}\n  {}\n", shown_text(desk, shown)));
            }
        }
        text.push_str(&format!("\n{}\n", desk.say.t("cli-head-measures")));
        for row in &card.measures {
            let item = desk.say.t(&format!("measure-{}", row.measure.item.word()));
            text.push_str(&format!("  {}  {}（{item}）\n", row.measure.no, row.measure.title));
        }
        if unlocked.is_none() {
            text.push_str(&format!("\n{}\n", desk.say.t("cli-reveal-hint")));
        }
        text
    });
    Ok(())
}

fn head(desk: &Desk<'_>, office: &Office, card: &SecretCard) -> String {
    let row = &card.row;
    let word = |key: String| desk.say.t(&key);
    let mut rows = vec![
        vec![desk.say.t("cli-col-level"), level_words(desk, row.level)],
        vec![desk.say.t("cli-col-kind"), word(format!("class-{}", row.class.word()))],
        vec![desk.say.t("cli-col-state"), word(format!("state-{}", row.state.word()))],
        vec![desk.say.t("cli-col-received"), row.at.second_at(office.zone_minutes())],
        vec![desk.say.t("cli-col-leaf"), row.idx.to_string()],
    ];
    if let Some(day) = row.happened {
        rows.push(vec![desk.say.t("cli-col-happened"), day.to_string()]);
    }
    if let Some(day) = row.review {
        rows.push(vec![desk.say.t("cli-col-review"), day.to_string()]);
    }
    format!("{}  {}\n{}", row.no, row.title, table(rows))
}

fn shown_json(shown: &Shown) -> Value {
    match shown {
        Shown::Empty => Value::Null,
        Shown::Value(value) => value.clone(),
        Shown::Locked => json!({ "sealed": true }),
        Shown::Erased => json!({ "erased": true }),
    }
}

fn shown_text(desk: &Desk<'_>, shown: &Shown) -> String {
    match shown {
        Shown::Empty => "—".into(),
        Shown::Value(value) => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
        Shown::Locked => desk.say.t("cli-sealed"),
        Shown::Erased => desk.say.t("cli-erased"),
    }
}

/// Takes a carrier out of the vault.
fn export(
    desk: &Desk<'_>,
    id: &str,
    carrier: u32,
    out: &Path,
    why: Option<String>,
) -> anyhow::Result<()> {
    let office = desk.office()?;
    let no = number(id, Series::Secret)?;
    let row = find_carrier(&office.reader()?, no, carrier)?;
    let unlocked = desk.unlocked(&office)?;
    let size = office.export_carrier(&desk.ask(&office), (no, &row), &unlocked, why, out)?;
    let value = json!({ "id": no, "carrier": carrier, "out": out, "size": size });
    desk.say.result(&value, || {
        let args = [("path", out.display().to_string())];
        format!("{}\n", desk.say.tr("cli-exported", &args))
    });
    Ok(())
}

fn find_carrier(
    reader: &Reader,
    no: Number,
    carrier: u32,
) -> Result<store::read::CarrierRow, Trouble> {
    let card = reader.secret(no)?.ok_or(Trouble::Unknown(no))?;
    let found = card.carriers.into_iter().find(|row| row.no == carrier);
    found.ok_or(Trouble::UnknownPart(no, carrier))
}
