//! `midun secret check MD-0001`.

use domain::Series;
use office::{Attacked, ELEMENTS};
use serde_json::{Value, json};

use super::{Desk, number, table};

/// Attacks a secret point and says what to mend first.
pub fn check(desk: &Desk<'_>, id: &str) -> anyhow::Result<()> {
    let office = desk.office()?;
    let no = number(id, Series::Secret)?;
    let reader = office.reader()?;
    let unlocked = desk.unlocked(&office)?;
    let found = office.check_point(&reader, no, &unlocked)?;
    let value = json!({
        "secret": no, "compared": found.compared,
        "elements": ELEMENTS.iter().zip(&found.elements).map(|(element, standing)| json!({
            "element": element, "standing": standing.word(),
            "basis": desk.say.t(&format!("point-basis-{element}")),
        })).collect::<Vec<_>>(),
        "attacks": found.attacks.iter().map(|one| attack(desk, one)).collect::<Vec<_>>(),
    });
    desk.say.result(&value, || {
        let rows = ELEMENTS.iter().zip(&found.elements).map(|(element, standing)| {
            vec![
                desk.say.t(&format!("point-element-{element}")),
                desk.say.t(&format!("point-standing-{}", standing.word())),
                desk.say.t(&format!("point-basis-{element}")),
            ]
        });
        let mut text = format!("{}\n", table(rows.collect()));
        for one in &found.attacks {
            let statement = one.statement.map_or(String::new(), |part| {
                format!("{} ", desk.say.tr("w-point-statement", &[("n", part.to_string())]))
            });
            let [what, cure] = words(desk, one);
            let cost = desk.say.t(&format!("point-cost-{}", one.cost.word()));
            text += &format!("  ▲ {statement}{what}\n    → {cure} · {cost}\n");
        }
        if found.attacks.is_empty() {
            text += &format!("{}\n", desk.say.t("w-point-none"));
        }
        let compared = [("n", found.compared.to_string())];
        text += &format!("\n{}\n", desk.say.tr("w-point-compared", &compared));
        text
    });
    Ok(())
}

fn words(desk: &Desk<'_>, one: &Attacked) -> [String; 2] {
    let other = one.other.map(|no| no.to_string()).unwrap_or_default();
    let args = [("other", other)];
    [one.key.to_owned(), format!("{}-cure", one.key)].map(|key| desk.say.tr(&key, &args))
}

/// Without the words that show it: they are the secret's.
fn attack(desk: &Desk<'_>, one: &Attacked) -> Value {
    let [message, cure] = words(desk, one);
    json!({
        "key": one.key, "statement": one.statement, "other": one.other, "cost": one.cost.word(),
        "message": message, "cure": cure,
    })
}
