//! `midun timeline SUBJECT`.

use serde_json::json;

use super::{Desk, any_number, table};

pub fn run(desk: &Desk<'_>, subject: &str) -> anyhow::Result<()> {
    let office = desk.office()?;
    let subject = any_number(subject)?;
    let reader = office.reader()?;
    let records = reader.timeline(subject)?;
    if records.is_empty() {
        return Err(office::Trouble::Unknown(subject).into());
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
    desk.say.result(&json!(value), || {
        let rows = records.iter().map(|record| {
            let key = format!("event-{}", record.event.tag().replace('.', "-"));
            let fields = record.event.fields();
            let detail = ["title", "why", "purpose", "what", "how"]
                .iter()
                .find_map(|name| fields.get(*name)?.as_str().map(str::to_owned));
            vec![
                record.idx.to_string(),
                record.received.second_at(office.zone_minutes()),
                desk.say.t(&key),
                detail.unwrap_or_default(),
            ]
        });
        table(rows.collect())
    });
    Ok(())
}
