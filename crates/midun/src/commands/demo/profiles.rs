//! Fictional companies that joined the station: what they filed of themselves, and one that took it
//! back. Their nodes are told in a folder of their own, which is thrown away afterwards.

use std::fs;
use std::path::Path;

use domain::terms::{Class, Level, ProfileField, Role};
use domain::{Number, Series};
use office::{Office, ProfileForm, SecretForm};

use super::district::Entry;
use super::{BY, Clock, PASSPHRASE, new_node};
use crate::say::Say;

/// How many companies joined.
const JOINED: usize = 3;

/// Lets some companies join and file; the last one takes it back.
pub fn tell(
    say: &Say,
    station: &Office,
    clock: &Clock,
    known: &[(&Entry, Number)],
    folder: &Path,
) -> anyhow::Result<()> {
    let mut joined = known.iter().filter(|(entry, _)| entry.code.is_some());
    for at in 0..JOINED {
        // Some way into the list, so that not only the first companies have a node.
        let Some((entry, company)) = joined.by_ref().nth(7) else { break };
        let dir = folder.join(format!("joined-{at}"));
        clock.days_ago(0, 7);
        company_joins(say, station, clock, (entry, *company), &dir, at + 1 == JOINED)?;
        fs::remove_dir_all(&dir)?;
    }
    Ok(())
}

fn company_joins(
    say: &Say,
    station: &Office,
    clock: &Clock,
    (entry, company): (&Entry, Number),
    dir: &Path,
    takes_back: bool,
) -> anyhow::Result<()> {
    office::init(dir, new_node(&entry.name, Role::Enterprise, say.lang)?, &clock.world())?;
    let node = Office::open(dir, clock.world())?;
    for (title, level) in [("装配参数（虚构）", Level::Core), ("客户清单（虚构）", Level::General)]
    {
        let form = SecretForm {
            title: title.into(),
            class: if level == Level::Core { Class::Technical } else { Class::Business },
            form: None,
            level,
            owner: None,
            department: None,
            review: None,
            happened: None,
            origin: None,
            public: None,
            value: None,
            statements: vec![format!("{title}的内容只在企业节点")],
            carriers: vec![],
        };
        node.register_secret(&node.ask(BY), form)?;
    }
    let until = station.today().plus_days(14).unwrap_or(station.today());
    let ask = station.ask(BY);
    let (receipt, invitation) = station.offer_link(&ask, Some(company), until, None)?;
    let here = receipt.number.unwrap_or(Number { series: Series::Link, count: 1 });
    let code = entry.code.map(|code| code.to_string());
    let asked = node.ask_link(&node.ask(BY), &invitation, code.as_deref())?;
    let there = asked.number.unwrap_or(Number { series: Series::Link, count: 1 });
    let carry = || -> anyhow::Result<()> {
        for _ in 0..2 {
            station.take(&node.pack(there)?.to_bytes())?;
            node.take(&station.pack(here)?.to_bytes())?;
        }
        Ok(())
    };
    let mut form = ProfileForm {
        ticked: [
            ProfileField::Field,
            ProfileField::Street,
            ProfileField::Score,
            ProfileField::Points,
        ]
        .into(),
        ..ProfileForm::default()
    };
    form.typed.insert(ProfileField::Field, entry.field.to_owned());
    form.typed.insert(ProfileField::Street, entry.street.to_owned());
    let plan = node.profile_plan(&node.reader()?, &form)?;
    node.file_profile(&node.ask(BY), there, &plan)?;
    carry()?;
    let unlocked = station.unlock(PASSPHRASE)?;
    station.settle(&unlocked)?;
    if takes_back {
        node.withdraw_profile(&node.ask(BY), there, Some("改由专人报送".to_owned()))?;
        carry()?;
        station.settle(&unlocked)?;
    }
    Ok(())
}
