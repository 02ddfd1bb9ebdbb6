//! `policy.txt`: the dossier's own words on whom to trust (C2SP tlog-policy).

use std::fmt::Write as _;

use domain::terms::Standing;

use crate::contents::Contents;
use crate::times::witnesses;

/// Writes the policy: the log, all witnesses named by the events shown, and as quorum any of those
/// that are independent; without such, any witness; without witnesses, none.
pub fn policy(contents: &Contents) -> String {
    let log = contents.entries.iter().find_map(|entry| match &entry.event {
        domain::Event::NodeCreated(event) => Some(event.log_key.as_str()),
        _ => None,
    });
    let mut text = String::from(
        "# The dossier's own words. Whoever verifies brings a policy of their own: midun verify --policy FILE\n",
    );
    let _ = writeln!(text, "log {}", log.unwrap_or_default());
    let known = witnesses(&contents.entries);
    for (name, key, relation) in &known {
        let _ = writeln!(text, "# {}", relation.word());
        let _ = writeln!(text, "witness {name} {key}");
    }
    let independent: Vec<&str> = known
        .iter()
        .filter(|(.., relation)| *relation == Standing::Independent)
        .map(|(name, ..)| name.as_str())
        .collect();
    let all: Vec<&str> = known.iter().map(|(name, ..)| name.as_str()).collect();
    let quorum = if independent.is_empty() { all } else { independent };
    match quorum.as_slice() {
        [] => text.push_str("quorum none\n"),
        [one] => {
            let _ = writeln!(text, "quorum {one}");
        }
        many => {
            let mut group = "any-of-them".to_owned();
            while known.iter().any(|(name, ..)| *name == group) {
                group.push('-');
            }
            let _ = writeln!(text, "group {group} any {}\nquorum {group}", many.join(" "));
        }
    }
    text
}
