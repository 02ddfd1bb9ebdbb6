//! `midun verify ZIP`: 0 valid, 1 not valid, 2 cannot be read. Needs no node.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::Path;
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
    let options = options(args)?;
    let data = std::fs::metadata(&args.file).map_err(|error| trouble(&args.file, error))?;
    if data.is_dir() {
        return Err(Trouble::NotAFile(args.file.clone()));
    }
    let mut file = File::open(&args.file).map_err(|error| trouble(&args.file, error))?;
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

/// What the verifier brings: each file is read by itself, so that a fault is that file's.
fn options(args: &Verify) -> Result<Options, Trouble> {
    let mut keys = String::new();
    let files = args.policy.iter().map(|file| (file, "cli-policy-wrong"));
    for (file, wrong) in files.chain(args.tsa.iter().map(|file| (file, "cli-roots-wrong"))) {
        let text = Office::read_text(file)?;
        let read = Options::from_text(&text, None);
        let is_sound = read.is_ok_and(|read| match wrong {
            "cli-policy-wrong" => read.policy.is_some(),
            _ => read.policy.is_none() && !read.tsa_roots.is_empty(),
        });
        if !is_sound {
            let args = vec![("path", file.display().to_string())];
            return Err(Trouble::Other(wrong, args, Sort::Refused));
        }
        keys += &text;
        keys.push('\n');
    }
    Options::from_text(&keys, Some(now().seconds()))
        .map_err(|_| Trouble::Other("page-keys-wrong", vec![], Sort::Refused))
}

/// A moment as the manifest says it, on the clock of China, where midun is at home; as it stands
/// when it is none.
fn local(made: &str) -> String {
    domain::Moment::parse(made)
        .map_or_else(|_| made.to_owned(), |at| format!("{} +08:00", at.second_at(480)))
}

fn trouble(path: &Path, source: std::io::Error) -> Trouble {
    match source.kind() {
        ErrorKind::NotFound => Trouble::FileAbsent(path.to_owned()),
        ErrorKind::PermissionDenied => Trouble::FileForbidden(path.to_owned()),
        _ => Trouble::Disk { path: path.to_owned(), source },
    }
}

/// The verdict in one sentence, what fails, what stays open, then what holds.
fn text(desk: &Desk<'_>, verdict: &Verdict, all: bool) -> String {
    let say = desk.say;
    let head = match (verdict.outcome, verdict.keys_from) {
        (Outcome::Valid, _) if verdict.proof.is_some() => "page-proof-valid",
        (Outcome::Unreadable, _) if verdict.proof.is_some() => "page-proof-open",
        (Outcome::Valid, KeysFrom::Verifier) => "page-valid",
        (Outcome::Valid, KeysFrom::DossierItself) => "page-valid-own-words",
        (Outcome::NotValid, _) => "page-not-valid",
        (Outcome::Unreadable, _) => "page-unreadable",
    };
    let mut text = format!("{}\n", say.t(head));
    if let Some(about) = &verdict.dossier {
        let purpose = say.t(&format!("purpose-{}", about.purpose));
        text += &format!("{}  {}  {purpose}  {}\n", about.no, about.holder, local(&about.made));
        if !about.withheld.is_empty() {
            let parts: Vec<_> =
                about.withheld.iter().map(|word| say.t(&format!("withheld-{word}"))).collect();
            let args = [("parts", parts.join(&say.t("cli-comma")))];
            text += &format!("{}\n", say.tr("page-left-out", &args));
        }
    }
    if let Some(proof) = &verdict.proof {
        text += &format!("{}\n", proof.log);
        for (name, at) in &proof.seen {
            let at = format!("{} +08:00", domain::Moment(*at).second_at(480));
            text += &format!("{}\n", say.tr("w-proof-seen", &[("by", name.clone()), ("at", at)]));
        }
        if proof.seen.is_empty() && !proof.cosigners.is_empty() {
            let names = proof.cosigners.join(&say.t("cli-comma"));
            text += &format!("{}\n", say.tr("cli-proof-cosigners", &[("names", names)]));
        }
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
