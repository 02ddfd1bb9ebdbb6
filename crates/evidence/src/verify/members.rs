//! What the dossier consists of: its manifest, `dossier.built`, leaf 0, and files.

use std::collections::BTreeMap;

use ledger::policy::Policy;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::collect::{Collected, Record};
use super::findings::Finding;
use super::layout::absent;
use super::shown::Opened;
use super::verdict::State;
use crate::dossier::{Events, File, FilePath, FormatError, MANIFEST, Manifest, hex};

/// An event, opened, and whether it is in the log.
#[derive(Debug)]
pub struct Judged {
    pub event: Opened,
    pub included: Finding,
}

impl Judged {
    /// Whether it has its kind's form and is in the log.
    pub fn is_proved(&self) -> bool {
        self.event.form.state == State::Holds && self.included.state == State::Holds
    }

    /// What to say of something that rests on this event, which is not proved: it fails when the
    /// event fails, and stays open when the event does.
    fn not_proved(&self, why: &'static str) -> Finding {
        let fails = [&self.event.form, &self.included].iter().any(|one| one.state == State::Fails);
        if fails { Finding::fails(why) } else { Finding::open(why) }
    }
}

/// A text that could not be read.
#[derive(Debug)]
pub struct Unread {
    pub finding: Finding,
    /// Made by a newer program, or by another one.
    pub is_newer: bool,
}

/// Reads the manifest.
pub fn read_manifest(found: &Collected) -> Result<Manifest, Unread> {
    let bytes = kept(found, MANIFEST)?;
    Manifest::from_bytes(bytes).map_err(unread)
}

/// Reads `events.json` or `built.json`.
pub fn read_events(found: &Collected, path: &str) -> Result<Events, Unread> {
    let bytes = kept(found, path)?;
    Events::from_bytes(bytes).map_err(unread)
}

fn kept<'a>(found: &'a Collected, path: &str) -> Result<&'a [u8], Unread> {
    let unread = || Unread { finding: absent(found), is_newer: false };
    found.kept.get(path).map(Vec::as_slice).ok_or_else(unread)
}

fn unread(error: FormatError) -> Unread {
    let is_newer = matches!(error, FormatError::Newer(_));
    let finding = match error {
        FormatError::Newer(format) => Finding::fails("why-newer").with("found", format),
        FormatError::Json(_) => Finding::fails("why-json"),
        FormatError::NotCanonical => Finding::fails("why-canonical"),
        FormatError::Field(field) => Finding::fails("why-field").with("field", field),
    };
    Unread { finding, is_newer }
}

/// Whether `dossier.built` says what the manifest says, comes after all events shown, and shows
/// all its items.
pub fn judge_built(found: &Collected, manifest: &Manifest, built: &Judged, last: u64) -> Finding {
    let event = &built.event;
    if !event.is("dossier.built") {
        return Finding::fails("why-other-kind").with("found", &event.tag);
    }
    for finding in [&event.form, &built.included] {
        if finding.state != State::Holds {
            return finding.clone();
        }
    }
    if let Some(field) = event.withheld.first() {
        return Finding::fails("why-hidden").with("field", field);
    }
    if event.index <= last {
        return Finding::fails("why-built-early");
    }
    let manifest_bytes = found.kept.get(MANIFEST).map(Vec::as_slice).unwrap_or_default();
    let expected = [
        ("manifest", Value::from(hex(&Sha256::digest(manifest_bytes)))),
        ("no", Value::from(&*manifest.no)),
        ("purpose", Value::from(&*manifest.purpose)),
        ("secrets", Value::from(manifest.secrets.clone())),
        ("withheld", Value::from(manifest.withheld.clone())),
    ];
    match expected.iter().find(|(field, value)| event.shown.get(*field) != Some(value)) {
        Some((field, _)) => Finding::fails("why-differs").with("field", field),
        None => Finding::holds(),
    }
}

/// Leaf 0, if it is shown and proved.
fn leaf_0(events: &[Judged]) -> Result<&Opened, Finding> {
    match events.first() {
        Some(first) if first.event.index == 0 && first.event.is("node.created") => {
            if first.is_proved() {
                Ok(&first.event)
            } else {
                Err(first.not_proved("why-leaf-0-not-proved"))
            }
        }
        _ => Err(Finding::fails("why-no-leaf-0")),
    }
}

/// Whether leaf 0 names the log's key and origin, and the policy that decides knows the log.
pub fn judge_log_key(log: &str, events: &[Judged], policy: Option<&Policy>) -> Finding {
    let (first, key) = match (leaf_0(events), super::log::read_key(log)) {
        (Ok(first), Ok(key)) => (first, key),
        (Err(finding), _) | (_, Err(finding)) => return finding,
    };
    for (field, expected) in [("log_key", log), ("origin", key.name())] {
        if first.text(field) != Some(expected) {
            return Finding::fails("why-differs").with("field", field);
        }
    }
    let is_known = policy.is_none_or(|policy| {
        policy.logs.is_empty() || policy.logs.iter().any(|known| known.key == key)
    });
    if is_known { Finding::holds() } else { Finding::fails("why-log-not-in-policy") }
}

/// Whether leaf 0 names the holder.
pub fn judge_holder(holder: &str, events: &[Judged]) -> Finding {
    match leaf_0(events) {
        Ok(first) if first.text("name") == Some(holder) => Finding::holds(),
        Ok(_) => Finding::fails("why-differs").with("field", "name"),
        Err(finding) => finding,
    }
}

/// The name in leaf 0, if leaf 0 is proved.
pub fn holder(events: &[Judged]) -> Option<String> {
    leaf_0(events).ok()?.text("name").map(str::to_owned)
}

/// Whether a file's content is what the manifest says.
pub fn judge_content(found: &Collected, records: &BTreeMap<&str, &Record>, file: &File) -> Finding {
    match records.get(&*file.path) {
        None => absent(found),
        Some(record) if record.size != file.size || record.sha256 != file.sha256 => {
            Finding::fails("why-changed")
        }
        Some(_) => Finding::holds(),
    }
}

/// Whether the event that the manifest names commits to this file, under this name.
pub fn judge_commitment(file: &File, events: &[Judged]) -> Finding {
    let (Some(index), Some(path)) = (file.event, FilePath::parse(&file.path)) else {
        return Finding::fails("why-no-event");
    };
    let at = events.binary_search_by_key(&index, |judged| judged.event.index);
    let Ok(at) = at else { return Finding::fails("why-no-event").with("event", index) };
    let Judged { event, .. } = &events[at];
    let (tag, subject) =
        if path.is_carrier { ("carrier.added", "secret") } else { ("paper.added", "about") };
    if !event.is(tag) {
        return Finding::fails("why-other-kind").with("event", index).with("found", &event.tag);
    }
    let digest = event.shown.get("digest").and_then(|digest| digest.get("sha256"));
    let named = [
        ("digest", digest.and_then(Value::as_str) == Some(&*hex(&file.sha256))),
        (subject, event.text(subject) == Some(path.subject)),
        ("no", event.shown.get("no").and_then(Value::as_u64) == Some(path.no)),
    ];
    if let Some((field, _)) = named.iter().find(|(_, is_so)| !is_so) {
        return Finding::fails("why-differs").with("event", index).with("field", field);
    }
    if events[at].is_proved() {
        Finding::holds()
    } else {
        // Without the number: what many files wait for alike is said once.
        events[at].not_proved("why-event-not-proved")
    }
}
