//! Which room may use which: the table of the house, checked against every Cargo.toml.

use std::collections::BTreeMap;

use crate::shell::{Outcome, read, root};

/// A room, the rooms it may use, and why not more.
const MAY_USE: &[(&str, &[&str], &str)] = &[
    ("ledger", &[], "others can use and audit the log without midun"),
    ("vault", &[], "it seals bytes and does not know what they mean"),
    ("forgetful", &[], "a disk for tests: it knows nothing of what is written to it"),
    ("stamp", &[], "it speaks RFC 3161 and knows nothing of midun"),
    (
        "blind",
        &[],
        "things in, messages out, and which are shared: what a thing is, and who the other, others know",
    ),
    ("extract", &[], "files in, text out: what is looked for in it, others know"),
    (
        "matcher",
        &[],
        "bytes in, findings out: what a secret is, and what a finding means, others know",
    ),
    (
        "corpus",
        &["matcher"],
        "public documents in, what shares passages or words out; its SQL is its own file's alone",
    ),
    (
        "pdf",
        &[],
        "it turns any template and data into a PDF; what a dossier says is not its business",
    ),
    (
        "trace",
        &[],
        "marks, words and chances; what a copy is for, and what is done about a leak, others know",
    ),
    ("sheet", &[], "it reads tables out of files and does not know what a column means"),
    ("evidence", &["ledger", "stamp"], "a stranger audits it: small, no SQL, no typst, no C"),
    ("verifier", &["evidence", "ledger"], "it runs in a browser: nothing but the evidence rules"),
    (
        "catalog",
        &[],
        "the law as data and what it says of days and papers; the domain may use it, so not the reverse",
    ),
    ("domain", &["evidence"], "pure rules: commands to events, no input or output"),
    (
        "assess",
        &["catalog", "domain"],
        "events in, findings on controls out: where events lie and how findings look, others know",
    ),
    (
        "warning",
        &["catalog"],
        "facts in, alerts and scores out: where facts lie, and what is done about an alert, others know",
    ),
    (
        "words",
        &["catalog", "domain"],
        "texts in both languages for what the domain and the law's data can say",
    ),
    (
        "store",
        &["domain", "evidence", "ledger"],
        "the only room with the node's SQL, and nothing but SQL",
    ),
    (
        "dossier",
        &["assess", "catalog", "domain", "evidence", "ledger", "pdf", "stamp", "words"],
        "facts and proofs in, a package out; it asks no database and opens no vault",
    ),
    (
        "office",
        &[
            "assess", "blind", "catalog", "corpus", "domain", "dossier", "evidence", "extract",
            "ledger", "link", "matcher", "sheet", "stamp", "store", "trace", "vault", "warning",
            "words",
        ],
        "an opened data directory for pages and command line alike; it renders nothing",
    ),
    (
        "link",
        &["domain", "evidence", "ledger", "stamp"],
        "what nodes say to each other; the caller stores and shows it",
    ),
    (
        "web",
        &[
            "assess", "catalog", "domain", "dossier", "evidence", "ledger", "link", "office",
            "sheet", "stamp", "store", "vault", "warning", "words",
        ],
        "pages show what others know: PDFs come from the dossier, and the verifier is the browser's",
    ),
    (
        "midun",
        &[
            "assess", "blind", "catalog", "domain", "dossier", "evidence", "ledger", "link",
            "matcher", "office", "pdf", "sheet", "stamp", "store", "trace", "vault", "warning",
            "web", "words",
        ],
        "the door: it wires all rooms; only the verifier lives in the browser",
    ),
];

/// Fails when a room uses one it may not, or is missing from the table.
pub fn check() -> Outcome {
    let used = used()?;
    let mut faults = Vec::new();
    for (room, uses) in &used {
        let Some((_, may_use, why)) = MAY_USE.iter().find(|(name, ..)| name == room) else {
            faults.push(format!(
                "crates/{room} has no line in MAY_USE: say there which rooms it may use, and why not more"
            ));
            continue;
        };
        for other in uses.iter().filter(|other| !may_use.contains(&other.as_str())) {
            faults.push(format!(
                "crates/{room} uses {other}, and may use only [{}]: {why}.\n  \
                 Better: take what you need as an argument, or move the function to the room that has it.",
                may_use.join(", ")
            ));
        }
    }
    if faults.is_empty() {
        println!("rooms: {} rooms use only what they may", used.len());
        return Ok(());
    }
    Err(format!(
        "{}\nThe table is MAY_USE in xtask/src/edges.rs; change it only with the reason in the commit.",
        faults.join("\n")
    ))
}

/// Every room with the rooms it uses. Tests may use any room, so dev-dependencies don't count.
fn used() -> Result<BTreeMap<String, Vec<String>>, String> {
    let crates = root().join("crates");
    let entries = std::fs::read_dir(&crates).map_err(|trouble| format!("crates/: {trouble}"))?;
    let mut rooms = BTreeMap::new();
    for entry in entries.flatten() {
        let manifest = entry.path().join("Cargo.toml");
        if manifest.is_file() {
            let room = entry.file_name().to_string_lossy().into_owned();
            rooms.insert(room, dependencies(&read(&manifest)?));
        }
    }
    let names: Vec<String> = rooms.keys().cloned().collect();
    for uses in rooms.values_mut() {
        uses.retain(|used| names.contains(used));
    }
    Ok(rooms)
}

/// The names a manifest depends on, at run time or to build.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut inside = false;
    for line in manifest.lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            let (table, name) = match section.rsplit_once("dependencies.") {
                Some((before, name)) => (format!("{before}dependencies"), Some(name)),
                None => (section.to_owned(), None),
            };
            inside = table.ends_with("dependencies") && !table.ends_with("dev-dependencies");
            names.extend(name.filter(|_| inside).map(str::to_owned));
            inside &= name.is_none();
        } else if inside && !line.starts_with('#') {
            let end = line.find(['.', ' ', '=']).unwrap_or(line.len());
            names.extend((end > 0).then(|| line[..end].to_owned()));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_are_read_in_every_spelling() {
        let manifest = "[package]\nname = \"x\"\n[dependencies]\n# no\nledger.workspace = true\n\
            store = { workspace = true }\n[dependencies.vault]\npath = \"y\"\n\
            [dev-dependencies]\nweb.workspace = true\n[dev-dependencies.link]\n\
            [target.'cfg(unix)'.dependencies]\npdf = \"0\"\n[build-dependencies]\nwords = \"0\"\n";
        assert_eq!(dependencies(manifest), ["ledger", "store", "vault", "pdf", "words"]);
    }

    #[test]
    fn no_room_can_reach_itself() {
        let may = |room: &str| {
            MAY_USE.iter().find(|(name, ..)| *name == room).map_or(&[][..], |(_, uses, _)| *uses)
        };
        for (room, uses, _) in MAY_USE {
            let mut waiting = uses.to_vec();
            let mut steps = 0;
            while let Some(next) = waiting.pop() {
                assert_ne!(next, *room, "{room} is used by a room it uses");
                assert!(MAY_USE.iter().any(|(name, ..)| *name == next), "{next} has no line");
                waiting.extend(may(next));
                steps += 1;
                assert!(steps < 10_000, "{room} leads into a circle");
            }
        }
    }
}
