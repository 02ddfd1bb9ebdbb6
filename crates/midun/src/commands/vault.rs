//! `midun vault …`: passphrase and recovery shares.

use office::{Office, Sort, Trouble};
use serde_json::json;
use vault::{Share, WorkFactor};

use super::Desk;
use super::init::shares;
use crate::args::Vault;

pub fn run(desk: &Desk<'_>, args: Vault) -> anyhow::Result<()> {
    let office = desk.office()?;
    match args {
        Vault::Passphrase { new_passphrase_file } => {
            let unlocked = desk.unlocked(&office)?;
            let new = crate::passphrase::new(new_passphrase_file.as_deref(), desk.say.lang)?;
            office
                .keys()
                .set_passphrase(&unlocked, &new, WorkFactor::default())
                .map_err(Trouble::from)?;
            desk.done(&office.keys_changed(&desk.ask(&office), "passphrase", None)?);
        }
        Vault::Recover { shares_file, new_passphrase_file } => {
            let lines = match shares_file {
                Some(file) => Office::read_text(&file)?,
                None => std::io::read_to_string(std::io::stdin())?,
            };
            let shares: Vec<Share> = lines
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(|line| line.parse().map_err(Trouble::Share))
                .collect::<Result<_, _>>()?;
            if shares.is_empty() {
                return Err(Trouble::Other("cli-no-shares", vec![], Sort::Refused).into());
            }
            let unlocked = office.keys().unlock_with_shares(&shares).map_err(Trouble::from)?;
            let new = crate::passphrase::new(new_passphrase_file.as_deref(), desk.say.lang)?;
            office
                .keys()
                .set_passphrase(&unlocked, &new, WorkFactor::default())
                .map_err(Trouble::from)?;
            desk.done(&office.keys_changed(&desk.ask(&office), "recovered", None)?);
        }
        Vault::Shares { shares: typed } => {
            let Some((need, made)) = shares(&typed)? else {
                return Err(Trouble::Other("cli-shares-form", vec![], Sort::Refused).into());
            };
            let unlocked = desk.unlocked(&office)?;
            let made =
                unlocked.split(need, made, &mut crate::world::random).map_err(Trouble::Share)?;
            office.keys_changed(&desk.ask(&office), "shares", None)?;
            let lines: Vec<String> = made.iter().map(|share| share.line().to_string()).collect();
            desk.say.result(&json!({ "shares": lines }), || {
                let args = [("need", need.to_string())];
                let head = desk.say.tr("cli-init-shares", &args);
                format!("{head}\n\n  {}\n", lines.join("\n\n  "))
            });
        }
    }
    Ok(())
}
