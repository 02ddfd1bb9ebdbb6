//! `midun timeline SUBJECT`.

use domain::{Event, Number, Series};
use office::{Office, Trouble};
use serde_json::json;
use store::Reader;

use super::{Desk, any_number, table};

pub fn run(desk: &Desk<'_>, subject: &str) -> anyhow::Result<()> {
    let office = desk.office()?;
    let subject = any_number(subject)?;
    let reader = office.reader()?;
    let records = reader.timeline(subject)?;
    if records.is_empty() {
        return Err(Trouble::Unknown(subject).into());
    }
    let value: Vec<_> = records
        .iter()
        .map(|record| {
            json!({
                "leaf": record.idx, "kind": record.event.tag(), "id": record.id,
                "received": record.received.to_rfc3339(), "after": record.after,
                "fields": record.event.fields(), "sealed": record.sealed,
            })
        })
        .collect();
    let mut rows = vec![
        ["cli-col-leaf", "cli-col-received", "cli-col-event", "cli-col-about"]
            .map(|key| desk.say.t(key))
            .to_vec(),
    ];
    for record in &records {
        let key = format!("event-{}", record.event.tag().replace('.', "-"));
        let mut about = others(&office, &reader, &record.event, subject)?;
        about.extend(particulars(desk, &record.event));
        rows.push(vec![
            record.idx.to_string(),
            record.received.second_at(office.zone_minutes()),
            desk.say.t(&key),
            about.join("  "),
        ]);
    }
    desk.say.result(&json!(value), || table(rows));
    Ok(())
}

/// What else an event is about, persons with their names.
fn others(
    office: &Office,
    reader: &Reader,
    event: &Event,
    subject: Number,
) -> Result<Vec<String>, Trouble> {
    let mut about = event.about();
    about.sort_unstable();
    about.dedup();
    let mut said = Vec::new();
    for no in about.into_iter().filter(|no| *no != subject) {
        let mut text = no.to_string();
        if no.series == Series::Person
            && let Some(row) = reader.people()?.into_iter().find(|row| row.no == no)
            && let Some(name) = office.person_name(reader, &row)?
        {
            text = format!("{text} {name}");
        }
        said.push(text);
    }
    Ok(said)
}

/// Which part, from what to what, and why.
fn particulars(desk: &Desk<'_>, event: &Event) -> Vec<String> {
    let say = desk.say;
    let no = |key: &str, no: String| say.tr(key, &[("n", no)]);
    let part = match event {
        Event::SecretStated(e) => {
            let args = [("no", e.no.to_string()), ("edition", e.edition.to_string())];
            Some(say.tr("w-line-stated", &args))
        }
        Event::SecretUnstated(e) => Some(no("w-line-statement", e.no.to_string())),
        Event::SecretLevelled(e) => {
            let [from, to] = [e.from, e.to].map(|level| say.t(&format!("level-{}", level.word())));
            Some(say.tr("w-line-from-to", &[("from", from), ("to", to)]))
        }
        Event::SecretViewed(e) => Some(match e.what.strip_prefix("carrier ") {
            Some(carrier) => no("w-line-carrier", carrier.to_owned()),
            None if e.what == "passages" => say.t("w-line-passages"),
            None => say.t("w-line-statements"),
        }),
        Event::CarrierAdded(e) => Some(no("w-line-carrier", e.no.to_string())),
        Event::CarrierRetired(e) => Some(no("w-line-carrier", e.no.to_string())),
        Event::PaperAdded(e) => Some(no("w-line-paper", e.no.to_string())),
        Event::MeasureMatched(e) => Some(match &e.statements {
            None => say.t("w-all-statements"),
            Some(parts) => {
                let parts: Vec<_> = parts.iter().map(u32::to_string).collect();
                no("w-statement-nos", parts.join(&say.t("cli-comma")))
            }
        }),
        Event::DisclosureClosed(e) => Some(say.t(&format!("ending-{}", e.how.word()))),
        Event::DossierBuilt(e) => Some(say.t(&format!("purpose-{}", e.purpose.word()))),
        Event::InventoryDecided(e) => Some(say.t(&format!("judgement-{}", e.answer.word()))),
        _ => None,
    };
    let fields = event.fields();
    let mut told: Vec<&str> = vec!["title", "why"];
    if matches!(event, Event::DisclosureMade(_)) {
        told.push("purpose");
    }
    if matches!(
        event,
        Event::SweepDone(_)
            | Event::ReleaseAsked(_)
            | Event::ComparisonMade(_)
            | Event::InventoryDone(_)
    ) {
        told.push("what");
    }
    let told = told.into_iter().filter_map(|name| fields.get(name)?.as_str().map(str::to_owned));
    part.into_iter().chain(told).collect()
}
