//! `midun fsck`.

use std::process::ExitCode;

use serde_json::json;

use super::Desk;

pub fn run(desk: &Desk<'_>, replay: bool) -> anyhow::Result<ExitCode> {
    let office = desk.office()?;
    let findings = office.fsck(replay)?;
    let problems: Vec<_> = findings
        .problems
        .iter()
        .map(|(key, which)| json!({ "key": key, "which": which }))
        .collect();
    let value = json!({
        "events": findings.events, "roots": findings.roots, "anchors": findings.anchors,
        "stamps": findings.stamps, "blobs": findings.blobs, "replayed": findings.replayed,
        "problems": problems,
    });
    let sound = findings.problems.is_empty();
    desk.say.result(&value, || {
        let counts = [
            ("events", findings.events.to_string()),
            ("roots", findings.roots.to_string()),
            ("anchors", findings.anchors.to_string()),
            ("stamps", findings.stamps.to_string()),
            ("blobs", findings.blobs.to_string()),
        ];
        let mut text = format!("{}\n", desk.say.tr("cli-fsck-read", &counts));
        for (key, which) in &findings.problems {
            let line = desk.say.tr(key, &[("which", which.clone())]);
            text.push_str(&format!("  {line}\n"));
        }
        text.push_str(&desk.say.t(if sound { "cli-fsck-sound" } else { "cli-fsck-damaged" }));
        text.push('\n');
        text
    });
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::from(6) })
}
