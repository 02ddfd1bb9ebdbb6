//! `midun init`.

use office::{NewNode, Sort, Trouble};
use serde_json::json;
use vault::WorkFactor;

use super::{Desk, term_of};
use crate::args::Init;
use crate::world::{PROGRAM, world};

pub fn run(desk: &Desk<'_>, args: Init) -> anyhow::Result<()> {
    let dir = desk.dir.clone().ok_or(Trouble::Other("cli-init-dir", vec![], Sort::Refused))?;
    let role = term_of!(Role, &args.role)?;
    let shares = shares(&args.shares)?;
    let passphrase = crate::passphrase::new(desk.passphrase_file.as_deref(), desk.say.lang)?;
    let node = NewNode {
        name: args.name,
        role,
        passphrase,
        work: WorkFactor::new(args.kdf_log_n).map_err(Trouble::from)?,
        shares,
        zone: args.zone,
        language: desk.say.lang.tag().into(),
        listen: args.listen,
        program: PROGRAM.into(),
    };
    let made = office::init(&dir, node, &world())?;
    let lines: Vec<String> = made.iter().map(|share| share.line().to_string()).collect();
    let home = office::Home::open(&dir)?;
    let key = home.log_vkey()?.to_string();
    let value = json!({ "dir": dir, "origin": home.settings.origin, "log": key, "shares": lines });
    desk.say.result(&value, || {
        let mut text = desk
            .say
            .tr("cli-init-done", &[("dir", dir.display().to_string()), ("log", key.clone())]);
        text.push('\n');
        if let Some((need, _)) = shares {
            let args = [("need", need.to_string())];
            text.push_str(&format!("\n{}\n\n", desk.say.tr("cli-init-shares", &args)));
            for line in &lines {
                text.push_str(&format!("  {line}\n\n"));
            }
        }
        text.push_str(&desk.say.t(&format!("cli-init-next-{}", role.word())));
        text.push('\n');
        text
    });
    Ok(())
}

/// `2-of-3`, or `none`.
pub fn shares(text: &str) -> Result<Option<(u8, u8)>, Trouble> {
    if text == "none" {
        return Ok(None);
    }
    text.split_once("-of-")
        .and_then(|(need, made)| Some((need.parse().ok()?, made.parse().ok()?)))
        .map(Some)
        .ok_or_else(|| Trouble::Other("cli-shares-form", vec![], Sort::Refused))
}
