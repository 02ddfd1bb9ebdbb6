//! `midun copy …`.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use domain::terms::Ending;
use domain::{Number, Series};
use office::{CopiesForm, FindForm, Handed, Office, Sort, Traced, Trouble};
use serde_json::{Value, json};
use store::read::{CopyFilter, CopyRow, FindRow};
use trace::document::{Plan, Traceability};
use trace::text::{Asked, Kind, Variant};

use super::{Desk, any_number, day, maybe_number, number, table};
use crate::args::{Attested, CopyOf, Marks};

pub fn run(desk: &Desk<'_>, args: CopyOf) -> anyhow::Result<()> {
    let office = desk.office()?;
    match args {
        CopyOf::Budget { secret, carrier, among, marks } => {
            let secret = number(&secret, Series::Secret)?;
            let asked = asked(&marks)?;
            let unlocked = desk.unlocked(&office)?;
            let (plan, found) = office.traceability((secret, carrier), &asked, among, &unlocked)?;
            desk.say.result(&budget_json(&plan, &found), || budget_text(desk, &plan, &found));
        }
        CopyOf::Issue { secret, carrier, to, purpose, until, notice, out, commit_only, marks } => {
            let form = CopiesForm {
                secret: number(&secret, Series::Secret)?,
                carrier,
                recipients: to.iter().map(|no| any_number(no)).collect::<Result<_, _>>()?,
                purpose,
                until: day(until.as_deref())?,
                notice,
                asked: asked(&marks)?,
            };
            let unlocked = desk.unlocked(&office)?;
            let receipt = office.commit_copies(&desk.ask(&office), form, &unlocked)?;
            let Some(batch) = receipt.number else { return Ok(()) };
            let Some(out) = out.filter(|_| !commit_only) else {
                committed(desk, &office, batch)?;
                return Ok(());
            };
            let ask = desk.ask(&office);
            let copies = office.issue_copies(&ask, batch, &BTreeMap::new(), &unlocked)?;
            handed(desk, &office, (batch, &copies), &out)?;
        }
        CopyOf::Make { batch, nonce, out } => {
            if let Ok(copy) = number(&batch, Series::Copy) {
                return again(desk, &office, copy, &out);
            }
            let batch = number(&batch, Series::Batch)?;
            let nonces = nonce.iter().map(|text| nonce_of(text)).collect::<Result<_, _>>()?;
            let unlocked = desk.unlocked(&office)?;
            let copies = office.issue_copies(&desk.ask(&office), batch, &nonces, &unlocked)?;
            handed(desk, &office, (batch, &copies), &out)?;
        }
        CopyOf::List { secret, batch, to, overdue } => {
            let filter = CopyFilter {
                secret: maybe_number(secret.as_deref(), Series::Secret)?,
                batch: maybe_number(batch.as_deref(), Series::Batch)?,
                recipient: to.as_deref().map(any_number).transpose()?,
            };
            let mut rows = office.reader()?.copies(filter)?;
            rows.retain(|row| !overdue || row.overdue(office.today()));
            list(desk, &office, &rows);
        }
        CopyOf::Show { id } => {
            let no = number(&id, Series::Copy)?;
            let row = office.reader()?.copy(no)?.ok_or(Trouble::Unknown(no))?;
            desk.say.result(&copy_json(&office, &row), || {
                let rows = copy_lines(desk, &office, &row);
                table(rows.into_iter().map(|(key, value)| vec![desk.say.t(key), value]).collect())
            });
        }
        CopyOf::Receipt { attested, sha256, how } => {
            let Attested { id, happened, paper, dated } = attested;
            let papers = (desk.sources(&paper)?, day(dated.as_deref())?);
            let copy = number(&id, Series::Copy)?;
            let happened = day(happened.as_deref())?;
            let said = (sha256, how);
            desk.done(&office.receive_copy(&desk.ask(&office), copy, happened, said, papers)?);
        }
        CopyOf::Returned { attested, why } => {
            ended(desk, &office, attested, Ending::Returned, why)?;
        }
        CopyOf::Destroyed { attested, why } => {
            ended(desk, &office, attested, Ending::Destroyed, why)?;
        }
        CopyOf::Recall { ids, until, why } => {
            let copies = ids.iter().map(|id| number(id, Series::Copy)).collect::<Result<_, _>>()?;
            let until = day(until.as_deref())?;
            desk.done(&office.recall_copies(&desk.ask(&office), copies, until, why)?);
        }
        CopyOf::Identify { file, source, batch } => identify(desk, &office, &file, source, &batch)?,
        CopyOf::Finds => {
            let rows = office.reader()?.finds()?;
            let value: Vec<_> = rows.iter().map(find_json).collect();
            desk.say.result(&json!(value), || {
                table(rows.iter().map(|row| find_line(desk, row)).collect())
            });
        }
        CopyOf::Report { id, out } => {
            let find = number(&id, Series::Find)?;
            let unlocked = desk.unlocked(&office)?;
            let sha256 = office.export_report(find, &unlocked, &out)?;
            let path = out.display().to_string();
            desk.say.result(&json!({ "path": path, "sha256": sha256 }), || {
                let args = [("path", path.clone()), ("sha256", sha256.clone())];
                format!("{}\n", desk.say.tr("cli-copy-report", &args))
            });
        }
    }
    Ok(())
}

/// What may change, as asked.
fn asked(marks: &Marks) -> Result<Asked, Trouble> {
    let variants = match &marks.wording {
        None => vec![],
        Some(path) => Variant::list(&Office::read_text(path)?).map_err(|line| {
            let args = vec![("line", line.to_string())];
            Trouble::Other("cli-copy-wording", args, Sort::Refused)
        })?,
    };
    let without = marks.without.iter().map(|word| {
        Kind::ALL.into_iter().find(|kind| kind.word() == word).ok_or_else(|| {
            let words: Vec<_> = Kind::ALL.iter().map(|kind| kind.word()).collect();
            let args = vec![("text", word.chars().take(40).collect()), ("words", words.join(", "))];
            Trouble::Other("cli-not-a-word", args, Sort::Refused)
        })
    });
    Ok(Asked {
        variants,
        free_order: marks.free_order,
        without: without.collect::<Result<_, _>>()?,
    })
}

/// `FB-0001=ab12…`.
fn nonce_of(text: &str) -> Result<(Number, Vec<u8>), Trouble> {
    let form = || Trouble::Other("trouble-nonce", vec![], Sort::Refused);
    let (no, nonce) = text.split_once('=').ok_or_else(form)?;
    Ok((number(no, Series::Copy)?, hex::decode(nonce.trim()).map_err(|_| form())?))
}

fn budget_json(plan: &Plan, found: &Traceability) -> Value {
    let kinds: Vec<_> = plan
        .kinds()
        .into_iter()
        .map(|(kind, sites)| json!({ "kind": kind.word(), "sites": sites }))
        .collect();
    let lines: Vec<_> = found
        .lines
        .iter()
        .map(|line| {
            json!({
                "attack": line.wear.word(), "live": line.live, "wrong": line.wrong,
                "named": line.named,
            })
        })
        .collect();
    json!({
        "sites": found.sites, "needed": found.needed, "missing": found.missing(), "kinds": kinds,
        "attacks": lines,
    })
}

fn budget_text(desk: &Desk<'_>, plan: &Plan, found: &Traceability) -> String {
    let args = [("sites", found.sites.to_string()), ("needed", found.needed.to_string())];
    let mut text = format!("{}\n", desk.say.tr("cli-copy-sites", &args));
    let kinds = plan.kinds();
    text += &table(
        kinds
            .iter()
            .map(|(kind, sites)| {
                vec![sites.to_string(), desk.say.t(&format!("mark-{}", kind.word()))]
            })
            .collect(),
    );
    text += &format!("{}\n", desk.say.t("cli-copy-attacks"));
    text += &table(
        found
            .lines
            .iter()
            .map(|line| {
                let fate = if line.named { "cli-copy-named" } else { "cli-copy-lost" };
                let attack = desk.say.t(&format!("wear-{}", line.wear.word()));
                vec![line.live.to_string(), desk.say.t(fate), attack]
            })
            .collect(),
    );
    if found.missing() > 0 {
        let args = [("missing", found.missing().to_string())];
        text += &format!("{}\n", desk.say.tr("cli-copy-missing", &args));
    }
    text
}

/// A batch whose copies wait for their recipients' nonces.
fn committed(desk: &Desk<'_>, office: &Office, batch: Number) -> anyhow::Result<()> {
    let filter = CopyFilter { batch: Some(batch), ..CopyFilter::default() };
    let rows = office.reader()?.copies(filter)?;
    let head = office.reader()?.batch(batch)?.ok_or(Trouble::Unknown(batch))?;
    let copies: Vec<_> =
        rows.iter().map(|row| json!({ "id": row.no, "recipient": row.recipient })).collect();
    let value = json!({
        "id": batch, "seed": head.seed, "plan": head.plan, "sites": head.sites, "copies": copies,
    });
    desk.say.result(&value, || {
        let args = [("batch", batch.to_string()), ("seed", head.seed.clone())];
        let mut text = format!("{}\n", desk.say.tr("cli-copy-committed", &args));
        text += &table(
            rows.iter().map(|row| vec![row.no.to_string(), row.recipient.to_string()]).collect(),
        );
        text
    });
    Ok(())
}

fn handed(
    desk: &Desk<'_>,
    office: &Office,
    (batch, copies): (Number, &[Handed]),
    out: &Path,
) -> anyhow::Result<()> {
    let paths = office.hand_over(copies, out)?;
    let value: Vec<_> = copies.iter().map(Handed::to_json).collect();
    let beacon = office
        .reader()?
        .copies(CopyFilter { batch: Some(batch), ..CopyFilter::default() })?
        .iter()
        .all(|row| row.at.is_none() || row.beacon.is_some());
    desk.say.result(&json!({ "batch": batch, "witnessed": beacon, "copies": value }), || {
        let rows = copies.iter().zip(&paths).map(|(copy, path)| {
            vec![copy.no.to_string(), copy.recipient.to_string(), path.display().to_string()]
        });
        table(rows.collect())
    });
    if !beacon {
        desk.say.remark(&desk.say.t("cli-copy-unwitnessed"));
    }
    Ok(())
}

/// A copy that was made before, once more.
fn again(desk: &Desk<'_>, office: &Office, copy: Number, out: &Path) -> anyhow::Result<()> {
    let unlocked = desk.unlocked(office)?;
    let copy = office.remake_copy(&desk.ask(office), copy, &unlocked)?;
    let paths = office.hand_over(std::slice::from_ref(&copy), out)?;
    desk.say.result(&copy.to_json(), || {
        let path = paths.iter().map(|path| path.display().to_string()).collect();
        table(vec![vec![copy.no.to_string(), copy.recipient.to_string(), path]])
    });
    Ok(())
}

fn ended(
    desk: &Desk<'_>,
    office: &Office,
    attested: Attested,
    how: Ending,
    why: Option<String>,
) -> anyhow::Result<()> {
    let Attested { id, happened, paper, dated } = attested;
    let papers = (desk.sources(&paper)?, day(dated.as_deref())?);
    let copy = number(&id, Series::Copy)?;
    let happened = day(happened.as_deref())?;
    desk.done(&office.end_copy(&desk.ask(office), (copy, how), happened, why, papers)?);
    Ok(())
}

fn state(office: &Office, row: &CopyRow) -> &'static str {
    office::copy_state(row, office.today())
}

fn copy_json(office: &Office, row: &CopyRow) -> Value {
    json!({
        "id": row.no, "batch": row.batch, "secret": row.secret, "carrier": row.carrier,
        "recipient": row.recipient, "state": state(office, row), "until": row.until,
        "issued": row.at.map(|at| at.to_rfc3339()), "nonce_by": row.chosen, "nonce": row.nonce,
        "beacon": row.beacon, "sha256": row.file, "size": row.size,
        "received": row.received_idx.is_some(), "received_on": row.received,
        "ending": row.ending, "ended": row.ended, "recalled": row.recalled_idx.is_some(),
        "papers": row.papers,
    })
}

fn list(desk: &Desk<'_>, office: &Office, rows: &[CopyRow]) {
    let value: Vec<_> = rows.iter().map(|row| copy_json(office, row)).collect();
    desk.say.result(&json!(value), || {
        let line = |row: &CopyRow| {
            vec![
                row.no.to_string(),
                row.secret.to_string(),
                row.recipient.to_string(),
                row.until.map_or("—".into(), |day| day.to_string()),
                desk.say.t(&format!("copy-{}", state(office, row))),
            ]
        };
        table(rows.iter().map(line).collect())
    });
}

fn copy_lines(desk: &Desk<'_>, office: &Office, row: &CopyRow) -> Vec<(&'static str, String)> {
    let some = |text: &Option<String>| text.clone().unwrap_or_else(|| "—".into());
    let day = |day: Option<domain::Day>| day.map_or("—".into(), |day| day.to_string());
    let chosen = match row.chosen.as_deref() {
        Some("recipient") => desk.say.t("copy-nonce-recipient"),
        Some(_) => desk.say.t("copy-nonce-node"),
        None => "—".into(),
    };
    vec![
        ("cli-col-no", row.no.to_string()),
        ("cli-col-state", desk.say.t(&format!("copy-{}", state(office, row)))),
        ("copy-col-batch", row.batch.to_string()),
        ("copy-col-secret", format!("{} · {}", row.secret, row.carrier)),
        ("copy-col-recipient", row.recipient.to_string()),
        ("copy-col-until", day(row.until)),
        ("copy-col-issued", row.at.map_or("—".into(), |at| at.to_rfc3339())),
        ("copy-col-received", day(row.received)),
        ("copy-col-file", some(&row.file)),
        ("copy-col-nonce", format!("{} {}", some(&row.nonce), chosen)),
        ("copy-col-beacon", some(&row.beacon)),
        ("copy-col-papers", row.papers.to_string()),
    ]
}

/// Reads what turned up, then opens the keys: two steps, and the first stands in the ledger before
/// the second begins. A number continues what was read before.
fn identify(
    desk: &Desk<'_>,
    office: &Office,
    file: &str,
    source: Option<String>,
    batch: &[String],
) -> anyhow::Result<()> {
    let unlocked = desk.unlocked(office)?;
    let find = match Number::parse(file) {
        Ok(no) if no.series == Series::Find => no,
        _ => {
            let batches =
                batch.iter().map(|no| number(no, Series::Batch)).collect::<Result<_, _>>()?;
            let (name, bytes) = found(file)?;
            let source = source.unwrap_or_else(|| name.clone());
            let form = FindForm { name, bytes, source, batches };
            let receipt = office.read_find(&desk.ask(office), form, &unlocked)?;
            desk.say.remark(&desk.say.tr(
                "cli-find-read",
                &[
                    ("no", receipt.number.map(|no| no.to_string()).unwrap_or_default()),
                    ("leaf", receipt.first.to_string()),
                ],
            ));
            receipt.number.ok_or(Trouble::Erased)?
        }
    };
    let traced = office.trace_find(&desk.ask(office), find, &unlocked)?;
    desk.say.result(&traced_json(&traced), || traced_text(desk, &traced));
    Ok(())
}

fn found(file: &str) -> Result<(String, Vec<u8>), Trouble> {
    let mut bytes = Vec::new();
    let most = trace::document::BYTES_MAX as u64 + 1;
    if file == "-" {
        let broken = |source| Trouble::Disk { path: "-".into(), source };
        std::io::stdin().take(most).read_to_end(&mut bytes).map_err(broken)?;
        return Ok(("stdin.txt".into(), bytes));
    }
    let path = Path::new(file);
    Office::open_file(path)?
        .take(most)
        .read_to_end(&mut bytes)
        .map_err(|source| Trouble::Disk { path: path.to_owned(), source })?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok((name, bytes))
}

fn traced_json(traced: &Traced) -> Value {
    let named: Vec<_> = traced
        .named
        .iter()
        .map(
            |named| json!({ "copy": named.no, "recipient": named.recipient, "bound": named.bound }),
        )
        .collect();
    json!({
        "id": traced.find, "named": named, "among": traced.among, "epsilon": traced.epsilon,
        "live": traced.live, "missing": traced.missing,
    })
}

fn traced_text(desk: &Desk<'_>, traced: &Traced) -> String {
    let epsilon = format!("{:e}", traced.epsilon);
    let common = |more: Vec<(&'static str, String)>| {
        let mut args = vec![
            ("epsilon", epsilon.clone()),
            ("among", traced.among.to_string()),
            ("live", traced.live.to_string()),
            ("no", traced.find.to_string()),
        ];
        args.extend(more);
        args
    };
    if traced.named.is_empty() {
        let args = common(vec![("missing", traced.missing.to_string())]);
        return format!("{}\n", desk.say.tr("cli-find-cannot-tell", &args));
    }
    let mut text = String::new();
    for named in &traced.named {
        let args = common(vec![
            ("copy", named.no.to_string()),
            ("recipient", named.recipient.to_string()),
        ]);
        text += &format!("{}\n", desk.say.tr("cli-find-named", &args));
    }
    text += &format!("{}\n", desk.say.tr("cli-find-limits", &common(vec![])));
    text
}

fn find_json(row: &FindRow) -> Value {
    json!({
        "id": row.no, "read": row.at.to_rfc3339(), "source": row.source, "batches": row.batches,
        "live": row.live, "named": row.named, "epsilon": row.epsilon, "among": row.among,
        "report": row.report,
    })
}

fn find_line(desk: &Desk<'_>, row: &FindRow) -> Vec<String> {
    let fate = match &row.named {
        None => desk.say.t("find-untraced"),
        Some(named) if named.is_empty() => desk.say.t("find-cannot-tell"),
        Some(named) => named.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    };
    vec![row.no.to_string(), row.at.to_rfc3339(), fate, row.source.clone()]
}
