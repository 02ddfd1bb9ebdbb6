//! `midun backup` and `midun restore`.

use std::process::ExitCode;

use office::{Backup, Newest};
use serde_json::{Value, json};

use super::Desk;
use crate::args;
use crate::world::world;

/// Makes a backup, or shows that one can be restored.
pub fn back_up(desk: &Desk<'_>, args: &args::Backup) -> anyhow::Result<ExitCode> {
    if args.drill {
        return drill(desk, args);
    }
    let office = desk.office()?;
    let backup = office.back_up(&args.folder)?;
    desk.say.result(&told(&backup), || {
        format!("{}\n", desk.say.tr("cli-backup-made", &counts(&backup, &args.folder)))
    });
    Ok(ExitCode::SUCCESS)
}

fn drill(desk: &Desk<'_>, args: &args::Backup) -> anyhow::Result<ExitCode> {
    let given = desk.passphrase_file.as_deref();
    let passphrase = match args.no_open {
        true => None,
        false => Some(crate::passphrase::existing(given, desk.say.lang)?),
    };
    let scratch = args.folder.with_added_extension("drill");
    let found = office::drill(&args.folder, &world(), passphrase.as_deref(), &scratch)?;
    let sound = found.findings.problems.is_empty();
    let recorded = match args.record {
        true => {
            let office = desk.office()?;
            Some(office.record_drill(&desk.ask(&office), &found)?.first)
        }
        false => None,
    };
    let mut value = told(&found.backup);
    value["sound"] = sound.into();
    value["events_replayed"] = found.findings.events.into();
    value["blobs_checked"] = found.findings.blobs.into();
    value["opened"] = found.opened.into();
    value["recorded"] = recorded.into();
    desk.say.result(&value, || {
        let mut args = counts(&found.backup, &args.folder);
        args.push(("blobs", found.findings.blobs.to_string()));
        let mut text = format!("{}\n", desk.say.tr("cli-drill-done", &args));
        for (key, which) in &found.findings.problems {
            text += &format!("  {}\n", desk.say.tr(key, &[("which", which.clone())]));
        }
        text += &match found.opened {
            Some(opened) => desk.say.tr("cli-drill-opened", &[("n", opened.to_string())]),
            None => desk.say.t("cli-drill-closed"),
        };
        text += "\n";
        if let Some(no) = recorded {
            text += &desk.say.tr("cli-drill-recorded", &[("no", no.to_string())]);
            text += "\n";
        }
        text += &desk.say.t(if sound { "cli-drill-sound" } else { "cli-fsck-damaged" });
        text + "\n"
    });
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::from(6) })
}

/// Restores a backup as a data directory.
pub fn restore(desk: &Desk<'_>, args: &args::Restore) -> anyhow::Result<ExitCode> {
    let asks = (!args.offline, args.accept_loss);
    let (backup, newest) = office::restore(&args.folder, &args.to, &world(), asks)?;
    let mut value = told(&backup);
    value["dir"] = json!(args.to);
    value["newest"] = match &newest {
        Newest::Confirmed(by) => json!({ "confirmed": by }),
        Newest::Unknown => json!("unknown"),
        Newest::Older { witness, seen } => json!({ "older": { "by": witness, "seen": seen } }),
    };
    desk.say.result(&value, || {
        let told = desk.say.tr("cli-restored", &counts(&backup, &args.to));
        let newest = match &newest {
            Newest::Confirmed(by) => {
                let by = by.join(&desk.say.t("cli-comma"));
                desk.say.tr("cli-restored-newest", &[("by", by)])
            }
            Newest::Unknown => desk.say.t("cli-restored-unknown"),
            Newest::Older { witness, seen } => {
                let args = [
                    ("by", witness.clone()),
                    ("seen", seen.to_string()),
                    ("lost", seen.saturating_sub(backup.size).to_string()),
                ];
                desk.say.tr("cli-restored-older", &args)
            }
        };
        format!("{told}\n{newest}\n")
    });
    Ok(ExitCode::SUCCESS)
}

fn told(backup: &Backup) -> Value {
    json!({
        "origin": backup.origin, "size": backup.size, "made": backup.made,
        "files": backup.files.len(), "bytes": backup.bytes(), "checkpoint": backup.checkpoint,
    })
}

fn counts(backup: &Backup, path: &std::path::Path) -> Vec<(&'static str, String)> {
    vec![
        ("path", path.display().to_string()),
        ("size", backup.size.to_string()),
        ("files", backup.files.len().to_string()),
        ("bytes", backup.bytes().to_string()),
        ("made", backup.made.clone()),
    ]
}
