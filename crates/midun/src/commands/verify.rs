//! `midun verify ZIP`: 0 valid, 1 not valid, 2 cannot be read. Needs no node.

use std::fs::File;
use std::io::Read as _;
use std::process::ExitCode;

use evidence::verify::{Claim, KeysFrom, Options, Outcome, State, Verdict, Verifier};
use office::{Office, Sort, Trouble};

use super::Desk;
use crate::args::Verify;
use crate::world::now;

pub fn run(desk: &Desk<'_>, args: Verify) -> anyhow::Result<ExitCode> {
    let verdict = match judge(&args) {
        Ok(verdict) => verdict,
        // A file that is not there can't be read, whatever it holds.
        Err(trouble) => {
            desk.say.failure(&trouble.into());
            return Ok(ExitCode::from(2));
        }
    };
    let value = serde_json::to_value(&verdict)?;
    desk.say.result(&value, || text(desk, &verdict, args.all));
    Ok(ExitCode::from(verdict.exit_code()))
}

fn judge(args: &Verify) -> Result<Verdict, Trouble> {
    let mut keys = String::new();
    for file in args.policy.iter().chain(&args.tsa) {
        keys += &Office::read_text(file)?;
        keys.push('\n');
    }
    let wrong = |error: evidence::verify::OptionsError| {
        let why = match &error {
            evidence::verify::OptionsError::Policy(policy) => policy.to_string(),
            evidence::verify::OptionsError::Roots(_) => error.to_string(),
        };
        Trouble::Other("cli-keys-wrong", vec![("why", why)], Sort::Refused)
    };
    let options = Options::from_text(&keys, Some(now().seconds())).map_err(wrong)?;
    let mut file = File::open(&args.file).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Trouble::FileAbsent(args.file.clone()),
        std::io::ErrorKind::PermissionDenied => Trouble::FileForbidden(args.file.clone()),
        _ => Trouble::Disk { path: args.file.clone(), source: error },
    })?;
    let mut verifier = Verifier::new(options);
    let mut buffer = vec![0; 1 << 20];
    loop {
        let count = file
            .read(&mut buffer)
            .map_err(|source| Trouble::Disk { path: args.file.clone(), source })?;
        if count == 0 {
            return Ok(verifier.finish());
        }
        verifier.feed(&buffer[..count]);
    }
}

/// The verdict in one sentence, what fails, what stays open, then what holds.
fn text(desk: &Desk<'_>, verdict: &Verdict, all: bool) -> String {
    let say = desk.say;
    let head = match (verdict.outcome, verdict.keys_from) {
        (Outcome::Valid, KeysFrom::Verifier) => "page-valid",
        (Outcome::Valid, KeysFrom::DossierItself) => "page-valid-own-words",
        (Outcome::NotValid, _) => "page-not-valid",
        (Outcome::Unreadable, _) => "page-unreadable",
    };
    let mut text = format!("{}\n", say.t(head));
    if let Some(about) = &verdict.dossier {
        let purpose = say.t(&format!("purpose-{}", about.purpose));
        text += &format!("{}  {}  {purpose}  {}\n", about.no, about.holder, about.made);
    }
    if let Some(entry) = &verdict.stopped_in {
        text += &format!("{}\n", say.tr("page-stopped", &[("entry", entry.clone())]));
    }
    for (state, head) in
        [(State::Fails, "page-fails"), (State::Open, "page-open"), (State::Holds, "page-holds")]
    {
        let claims: Vec<&Claim> = verdict.claims.iter().filter(|c| c.state == state).collect();
        if claims.is_empty() {
            continue;
        }
        text += &format!("\n{}\n", say.t(head));
        let shown = if all || state != State::Holds { usize::MAX } else { 24 };
        for claim in claims.iter().take(shown) {
            text += &line(desk, claim);
        }
        if claims.len() > shown {
            let more = [("count", (claims.len() - shown).to_string())];
            text += &format!("  {}\n", say.tr("cli-more-claims", &more));
        }
    }
    text
}

fn line(desk: &Desk<'_>, claim: &Claim) -> String {
    let sign = match claim.state {
        State::Holds => "✓",
        State::Fails => "✗",
        State::Open => "○",
    };
    let mut line = format!("  {sign} {}", desk.say.tr(claim.id, &claim.args));
    if !claim.subject.is_empty() {
        line += &format!("  [{}]", claim.subject);
    }
    if let (Some(count), Some(total)) = (arg(claim, "count"), arg(claim, "total")) {
        line += &format!("  {count}/{total}");
    }
    if let Some(why) = claim.why {
        line += &format!("  — {}", desk.say.tr(why, &claim.args));
    }
    line.push('\n');
    line
}

fn arg<'a>(claim: &'a Claim, name: &str) -> Option<&'a str> {
    claim.args.iter().find(|(found, _)| *found == name).map(|(_, value)| value.as_str())
}
