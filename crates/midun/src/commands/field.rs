//! `midun field …`: what is typically secret in a field of industry. Needs no node.

use catalog::Text;
use catalog::field::{Pack, Point};
use office::law;
use serde_json::{Value, json};
use words::law as words_of;

use super::procedure::unknown;
use super::{Desk, table};

pub fn run(desk: &Desk<'_>, id: Option<&str>) -> anyhow::Result<()> {
    match id {
        None => list(desk),
        Some(id) => {
            let known = || law().packs().iter().map(|pack| pack.id.as_str());
            show(desk, law().pack(id).ok_or_else(|| unknown(id, known()))?);
        }
    }
    Ok(())
}

fn says<'t>(desk: &Desk<'_>, text: &'t Text) -> &'t str {
    words_of::text(desk.say.lang, text)
}

fn texts<'t>(desk: &Desk<'_>, list: &'t [Text]) -> Vec<&'t str> {
    list.iter().map(|text| says(desk, text)).collect()
}

fn list(desk: &Desk<'_>) {
    let value = law().packs().iter().map(
        |pack| json!({ "id": pack.id, "name": says(desk, &pack.name), "points": pack.point.len() }),
    );
    desk.say.result(&json!(value.collect::<Vec<_>>()), || {
        let row = |pack: &Pack| vec![pack.id.clone(), says(desk, &pack.name).to_owned()];
        table(law().packs().iter().map(row).collect())
    });
}

fn point_json(desk: &Desk<'_>, point: &Point) -> Value {
    let statements: Vec<_> = point.statements.iter().map(|text| says(desk, text)).collect();
    json!({
        "id": point.id.id, "title": says(desk, &point.title), "class": point.class,
        "form": point.form, "level": point.level, "statements": statements,
        "public": says(desk, &point.public), "value": says(desk, &point.value),
        "origin": says(desk, &point.origin),
    })
}

fn show(desk: &Desk<'_>, pack: &'static Pack) {
    let texts = |list| texts(desk, list);
    let value = json!({
        "id": pack.id, "name": says(desk, &pack.name), "says": says(desk, &pack.says),
        "typical": pack.typical.iter().map(|one| {
            json!({ "name": says(desk, &one.name), "items": texts(&one.items) })
        }).collect::<Vec<_>>(),
        "not": texts(&pack.not), "check": texts(&pack.check),
        "leaks": pack.leak.iter().map(|one| {
            json!({ "how": says(desk, &one.how), "helps": says(desk, &one.helps) })
        }).collect::<Vec<_>>(),
        "points": pack.point.iter().map(|one| point_json(desk, one)).collect::<Vec<_>>(),
    });
    desk.say.result(&value, || {
        let mut text = format!("{}\n{}\n", says(desk, &pack.name), says(desk, &pack.says));
        let mut part = |key: &str, lines: Vec<String>| {
            text += &format!("\n{}\n", desk.say.t(key));
            text.extend(lines.into_iter().map(|line| format!("- {line}\n")));
        };
        let typical = pack
            .typical
            .iter()
            .map(|one| format!("{}: {}", says(desk, &one.name), texts(&one.items).join(" | ")));
        part("w-field-typical", typical.collect());
        part("w-field-not", texts(&pack.not).into_iter().map(str::to_owned).collect());
        let leaks = pack.leak.iter();
        let leaks =
            leaks.map(|one| format!("{} → {}", says(desk, &one.how), says(desk, &one.helps)));
        part("w-field-leaks", leaks.collect());
        part("w-field-check", texts(&pack.check).into_iter().map(str::to_owned).collect());
        text += &format!("\n{}\n", desk.say.t("w-field-skeletons"));
        for point in &pack.point {
            let level = desk.say.t(&format!("level-{}", point.level));
            text += &format!("{}  {} ({level})\n", point.id.id, says(desk, &point.title));
            text.extend(texts(&point.statements).into_iter().map(|line| format!("  - {line}\n")));
        }
        text
    });
}
