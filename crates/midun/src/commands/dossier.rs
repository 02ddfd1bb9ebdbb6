//! `midun dossier …`.

use domain::Series;
use office::{BuildForm, Plan, Sort, Trouble, Whom, Withheld};
use serde_json::{Value, json};
use words::Lang;

use super::{Desk, maybe_number, number, table, term_of};
use crate::args::Dossier;

pub fn run(desk: &Desk<'_>, args: Dossier) -> anyhow::Result<()> {
    let office = desk.office()?;
    let numbers = |typed: &[String]| {
        typed.iter().map(|no| number(no, Series::Secret)).collect::<Result<Vec<_>, _>>()
    };
    match args {
        Dossier::Build { secret, purpose, out, show, language, incident } => {
            let form = BuildForm {
                secrets: numbers(&secret)?,
                purpose: term_of!(Purpose, &purpose)?,
                language: language.as_deref().and_then(Lang::from_tag).unwrap_or(desk.say.lang),
                withheld: withheld(&show)?,
                incident: maybe_number(incident.as_deref(), Series::Incident)?,
            };
            let plan = office.plan(&office.reader()?, form.of(), form.purpose, form.withheld)?;
            let unlocked = desk.unlocked(&office)?;
            let built = office.build(&desk.ask(&office), &form, &unlocked, &out, &|| {
                // Whoever answers makes the dossier better; who does not can be asked later.
                drop(office.vouch(Whom::WitnessesAndAuthorities));
            })?;
            office::publish(office.home(), &office.reader()?)?;
            let value = json!({
                "id": built.no, "out": out, "size": built.size, "sha256": built.sha256,
                "leaf": built.leaf, "withheld": form.withheld.words(), "asic": built.stamped,
            });
            desk.say.result(&value, || {
                let args = [
                    ("no", built.no.to_string()),
                    ("path", out.display().to_string()),
                    ("size", built.size.to_string()),
                    ("sha256", built.sha256.clone()),
                ];
                let key = if built.stamped.is_some() { "cli-asic" } else { "cli-asic-none" };
                let asic = [("name", built.stamped.clone().unwrap_or_default())];
                format!(
                    "{}\n{}\n",
                    desk.say.tr("cli-dossier-built", &args),
                    desk.say.tr(key, &asic)
                )
            });
            remarks(desk, form.withheld, &plan);
        }
        Dossier::Plan { secret, purpose, show, incident } => {
            let incident = maybe_number(incident.as_deref(), Series::Incident)?;
            let reader = office.reader()?;
            let purpose = term_of!(Purpose, &purpose)?;
            let withheld = withheld(&show)?;
            let secrets = numbers(&secret)?;
            let plan = office.plan(&reader, (&secrets, incident), purpose, withheld)?;
            let value = json!({
                "events": plan.events, "files": plan.files, "bytes": plan.bytes,
                "withheld": withheld.words(),
                "names_may_be_in": plan.unread.iter().map(|(of, files)| json!({
                    "id": of, "files": files,
                })).collect::<Vec<_>>(),
                "gaps": plan.gaps.iter().map(|gap| json!({
                    "key": gap.key, "secret": gap.secret,
                    "message": desk.say.tr(gap.key, &gap.args),
                    "next": desk.say.tr(&gap.next(), &gap.args),
                })).collect::<Vec<_>>(),
            });
            desk.say.result(&value, || {
                let counts = [
                    ("events", plan.events.to_string()),
                    ("files", plan.files.to_string()),
                    ("bytes", plan.bytes.to_string()),
                ];
                let mut text = format!("{}\n", desk.say.tr("cli-plan", &counts));
                for gap in &plan.gaps {
                    text += &format!(
                        "  ▲ {}\n    → {}\n",
                        desk.say.tr(gap.key, &gap.args),
                        desk.say.tr(&gap.next(), &gap.args),
                    );
                }
                text
            });
            remarks(desk, withheld, &plan);
        }
        Dossier::List => {
            let rows = office.reader()?.dossiers()?;
            let value: Vec<Value> = rows
                .iter()
                .map(|row| {
                    json!({
                        "id": row.no, "purpose": row.purpose, "secrets": row.secrets,
                        "built": row.at.to_rfc3339(), "leaf": row.idx,
                        "manifest": row.manifest, "withheld": row.withheld,
                    })
                })
                .collect();
            desk.say.result(&json!(value), || {
                table(
                    rows.iter()
                        .map(|row| {
                            vec![
                                row.no.to_string(),
                                row.at.second_at(office.zone_minutes()),
                                desk.say.t(&format!("purpose-{}", row.purpose.word())),
                            ]
                        })
                        .collect(),
                )
            });
        }
    }
    Ok(())
}

/// Says what is left out and how to put it in, and in which files names may stand all the same.
fn remarks(desk: &Desk<'_>, withheld: Withheld, plan: &Plan) {
    let (say, words) = (desk.say, withheld.words());
    if !words.is_empty() {
        let parts: Vec<_> = words.iter().map(|word| say.t(&format!("cli-part-{word}"))).collect();
        let args = [("parts", parts.join(&say.t("cli-comma"))), ("words", words.join(","))];
        say.remark(&say.tr("cli-left-out", &args));
    }
    if !plan.unread.is_empty() {
        let of: Vec<_> = plan.unread.iter().map(|(of, files)| format!("{of} × {files}")).collect();
        say.remark(&say.tr("cli-names-may-be-in", &[("files", of.join(", "))]));
    }
}

/// What is left out: all that `--show` does not name.
fn withheld(shown: &[String]) -> Result<Withheld, Trouble> {
    let mut withheld = Withheld::CAUTIOUS;
    for word in shown {
        if word == "all" {
            withheld = Withheld::default();
        } else if !withheld.show(word) {
            let args = vec![
                ("text", word.chars().take(40).collect()),
                ("words", "statements, carriers, papers, names, all".into()),
            ];
            return Err(Trouble::Other("cli-not-a-word", args, Sort::Refused));
        }
    }
    Ok(withheld)
}
