//! `midun index`: what is looked for, and what was left out and why.

use std::collections::BTreeMap;

use domain::Number;
use office::matching::{Build, Leave, Left, Listed, Protected};
use serde_json::json;

use super::{Desk, table};
use crate::args::Index;

pub fn run(desk: &Desk<'_>, args: Index) -> anyhow::Result<()> {
    let office = desk.office()?;
    let unlocked = desk.unlocked(&office)?;
    let public = match (args.public.is_empty(), args.no_public) {
        (false, _) => Some(args.public.iter().map(|path| absolute(path)).collect()),
        (true, true) => Some(Vec::new()),
        (true, false) => None,
    };
    let wide = match (args.wide, args.fine) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    };
    let build = Build { public, wide, anew: args.anew };
    let protected = office.protected(&desk.ask(&office), &unlocked, &build)?;
    let value = json!({
        "built": protected.built(), "built_now": protected.built_now, "bytes": protected.size(),
        "index": protected.info(), "public": protected.public(),
        "parts": protected.listed(), "left_out": protected.left(),
    });
    desk.say.result(&value, || text(desk, &protected, args.all));
    Ok(())
}

/// Paths are kept, and the index may be built anew from another folder.
fn absolute(path: &std::path::Path) -> std::path::PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// What stands above every report: the guarantee.
pub fn guarantee(desk: &Desk<'_>, info: &office::matching::IndexInfo) -> String {
    let args = [
        ("units", info.guaranteed.to_string()),
        ("chars", info.guaranteed.div_ceil(3).to_string()),
        ("bytes", info.guaranteed_bytes.to_string()),
    ];
    desk.say.tr("match-guarantee", &args)
}

fn text(desk: &Desk<'_>, protected: &Protected, all: bool) -> String {
    let info = protected.info();
    let key = if protected.built_now { "match-index-built" } else { "match-index-current" };
    let args = [
        ("parts", info.parts.to_string()),
        ("prints", info.fingerprints.to_string()),
        ("bytes", protected.size().to_string()),
        ("at", protected.built().to_owned()),
    ];
    let mut text = format!("{}\n{}\n", desk.say.tr(key, &args), guarantee(desk, info));
    let mut secrets: BTreeMap<Number, Vec<&Listed>> = BTreeMap::new();
    for part in protected.listed() {
        secrets.entry(part.secret).or_default().push(part);
    }
    let mut rows = Vec::new();
    for (secret, parts) in secrets {
        let units: u64 = parts.iter().map(|part| u64::from(part.units)).sum();
        let kept: u64 = parts.iter().map(|part| u64::from(part.units_protected)).sum();
        let args = [
            ("parts", parts.len().to_string()),
            ("kept", kept.to_string()),
            ("units", units.to_string()),
        ];
        rows.push(vec![secret.to_string(), desk.say.tr("match-index-parts", &args)]);
        for part in parts.iter().filter(|part| all || !part.filtered.is_empty()) {
            rows.push(vec![String::new(), line(desk, part)]);
        }
    }
    text.push_str(&table(rows));
    let told: Vec<&Left> =
        protected.left().iter().filter(|left| all || left.why.word != "layout").collect();
    if !told.is_empty() {
        text.push_str(&format!("\n{}\n", desk.say.t("match-index-left")));
        let row = |left: &&Left| {
            vec![left.secret.to_string(), part(desk, &left.part), leave(desk, &left.why)]
        };
        text.push_str(&table(told.iter().map(row).collect()));
    }
    text
}

fn line(desk: &Desk<'_>, listed: &Listed) -> String {
    let mut line = part(desk, &listed.part);
    for (why, bytes) in &listed.filtered {
        let args = [("why", leave(desk, why)), ("bytes", bytes.to_string())];
        line.push_str(&desk.say.tr("match-index-filtered", &args));
    }
    line
}

/// A part's name in words: `statement/1`, `carrier/2/word/document.xml`.
pub fn part(desk: &Desk<'_>, part: &str) -> String {
    words::part(desk.say.lang, part)
}

fn leave(desk: &Desk<'_>, why: &Leave) -> String {
    let key = match Leave::WORDS.contains(&why.word.as_str()) {
        true => format!("match-left-{}", why.word),
        false => format!("match-fault-{}", why.word),
    };
    desk.say.tr(&key, &[("detail", why.detail.clone())])
}
