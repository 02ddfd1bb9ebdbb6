//! `midun witness …` and `midun stamp …`: who vouches for the ledger.

use std::sync::Arc;

use ledger::note::{KeyKind, VerifierKey};
use link::{AuthorityService, Witness as WitnessService, authority_router, witness_router};
use office::{Answer, Asked, Office, Sort, Trouble, Whom};
use serde_json::{Value, json};
use stamp::Authority;

use super::{Desk, table, term_of};
use crate::args::{Stamp, StampCommand, Witness};
use crate::world::{now, random};

pub fn run(desk: &Desk<'_>, args: Witness) -> anyhow::Result<()> {
    match args {
        Witness::Serve { state, name, listen, log } => serve(desk, &state, name, &listen, &log),
        Witness::Add { key, url, relation } => {
            // Nobody could ask it: its name would stand in every list, and vouch for nothing.
            let url = url.filter(|url| url.starts_with("http://") || url.starts_with("https://"));
            let url = url.ok_or(Trouble::Other("cli-witness-url", vec![], Sort::Refused))?;
            let office = desk.office()?;
            let wrong = || Trouble::Other("cli-not-a-witness-key", vec![], Sort::Refused);
            let key: VerifierKey = key.trim().parse().map_err(|_| wrong())?;
            if key.kind() != KeyKind::Cosigner {
                return Err(wrong().into());
            }
            let relation = term_of!(Standing, &relation)?;
            desk.done(&office.add_witness(&desk.ask(&office), &key, Some(url), relation)?);
            Ok(())
        }
        Witness::List => {
            let office = desk.office()?;
            let rows = office.reader()?.witnesses()?;
            let value: Vec<Value> = rows
                .iter()
                .map(|row| {
                    json!({
                        "name": row.name, "key": row.key, "url": row.url,
                        "relation": row.relation, "asked": row.asked, "leaf": row.idx,
                    })
                })
                .collect();
            desk.say.result(&json!(value), || {
                table(
                    rows.iter()
                        .map(|row| {
                            let standing = format!("standing-{}", row.relation.word());
                            let url = row.url.clone().filter(|_| row.asked);
                            vec![
                                row.name.clone(),
                                desk.say.t(&standing),
                                url.unwrap_or_else(|| desk.say.t("cli-not-asked")),
                            ]
                        })
                        .collect(),
                )
            });
            Ok(())
        }
        Witness::Remove { name, why } => {
            let office = desk.office()?;
            desk.done(&office.remove_witness(&desk.ask(&office), name, why)?);
            Ok(())
        }
        Witness::Ask => {
            let office = desk.office()?;
            let asked = office.vouch(Whom::Witnesses)?;
            office::publish(office.home(), &office.reader()?)?;
            say_asked(desk, &office, &asked)
        }
    }
}

pub fn stamp(desk: &Desk<'_>, args: Stamp) -> anyhow::Result<()> {
    match args.command {
        None => {
            let office = desk.office()?;
            let asked = office.vouch(Whom::WitnessesAndAuthorities)?;
            office::publish(office.home(), &office.reader()?)?;
            say_asked(desk, &office, &asked)
        }
        Some(StampCommand::Add { name, url, roots, relation }) => {
            let office = desk.office()?;
            let relation = term_of!(Standing, &relation)?;
            let roots = office.keep_roots(&Office::read_text(&roots)?)?;
            desk.done(&office.add_authority(&desk.ask(&office), name, url, roots, relation)?);
            Ok(())
        }
        Some(StampCommand::List) => {
            let office = desk.office()?;
            let rows = office.reader()?.authorities()?;
            let value: Vec<Value> = rows
                .iter()
                .map(|row| {
                    json!({
                        "name": row.name, "url": row.url, "roots": row.roots,
                        "relation": row.relation, "asked": row.asked, "leaf": row.idx,
                    })
                })
                .collect();
            desk.say.result(&json!(value), || {
                table(rows.iter().map(|row| vec![row.name.clone(), row.url.clone()]).collect())
            });
            Ok(())
        }
        Some(StampCommand::Remove { name, why }) => {
            let office = desk.office()?;
            desk.done(&office.remove_authority(&desk.ask(&office), name, why)?);
            Ok(())
        }
        Some(StampCommand::Serve { state, listen }) => serve_authority(desk, &state, &listen),
    }
}

fn say_asked(desk: &Desk<'_>, office: &Office, asked: &Asked) -> anyhow::Result<()> {
    let answers = |answers: &[Answer]| -> Vec<Value> {
        answers
            .iter()
            .map(|answer| match &answer.said {
                Ok(at) => json!({ "name": answer.name, "at": at.to_rfc3339() }),
                Err(trouble) => json!({ "name": answer.name, "error": desk.say.trouble(trouble) }),
            })
            .collect()
    };
    let value = json!({
        "size": asked.size, "anchor": asked.anchor,
        "witnesses": answers(&asked.witnesses), "authorities": answers(&asked.authorities),
    });
    desk.say.result(&value, || {
        let size = [("size", asked.size.to_string())];
        let mut text = format!("{}\n", desk.say.tr("cli-asked", &size));
        let all = asked.witnesses.iter().chain(&asked.authorities);
        for answer in all {
            match &answer.said {
                Ok(at) => {
                    let at = at.second_at(office.zone_minutes());
                    text += &format!("  ✓ {}  {at}\n", answer.name);
                }
                Err(trouble) => text += &format!("  ✗ {}\n", desk.say.trouble(trouble)),
            }
        }
        text
    });
    if asked.witnesses.is_empty() && asked.authorities.is_empty() {
        return Err(Trouble::Other("cli-nobody-asked", vec![], Sort::NotFound).into());
    }
    let failed = |answer: &Answer| answer.said.is_err();
    if asked.anchor.is_none() && asked.witnesses.iter().chain(&asked.authorities).any(failed) {
        return Err(Trouble::Other("cli-nobody-vouched", vec![], Sort::Broken).into());
    }
    Ok(())
}

fn serve(
    desk: &Desk<'_>,
    state: &std::path::Path,
    name: Option<String>,
    listen: &str,
    logs: &[String],
) -> anyhow::Result<()> {
    let clock: link::Clock = Arc::new(|| now().0);
    let witness = if state.join("witness.key").exists() {
        WitnessService::open(state, clock)?
    } else {
        let name = name.ok_or_else(|| Trouble::Other("cli-witness-name", vec![], Sort::Refused))?;
        let mut seed = [0; 32];
        random(&mut seed);
        WitnessService::create(state, &name, &seed, clock)?
    };
    for log in logs {
        let wrong = || Trouble::Other("cli-not-a-log-key", vec![], Sort::Refused);
        let key: VerifierKey = log.trim().parse().map_err(|_| wrong())?;
        witness.add_log(key.name(), &key)?;
    }
    let key = witness.vkey().to_string();
    listen_on(desk, listen, witness_router(witness), |url| {
        (json!({ "url": url, "key": key }), vec![("url", url.to_owned()), ("key", key.clone())])
    })
}

/// A drill authority: it follows from its seed, which is kept.
fn serve_authority(desk: &Desk<'_>, state: &std::path::Path, listen: &str) -> anyhow::Result<()> {
    let authority = drill_authority(state)?;
    let pem = authority.chain_pem();
    let roots = state.join("roots.pem");
    std::fs::write(&roots, stamp::certificates_to_pem(&[authority.root().to_vec()]))?;
    let chance: link::Chance = Arc::new(|| {
        let mut bytes = [0; 16];
        random(&mut bytes);
        bytes
    });
    let service = AuthorityService::new(authority, Arc::new(|| now().0), chance);
    listen_on(desk, listen, authority_router(service), |url| {
        let roots = roots.display().to_string();
        (
            json!({ "url": url, "roots": roots, "chain": pem }),
            vec![("url", url.to_owned()), ("key", roots.clone())],
        )
    })
}

/// Opens or makes a drill authority's folder.
fn drill_authority(state: &std::path::Path) -> anyhow::Result<Authority> {
    use std::io::Write as _;
    let file = state.join("drill-authority.json");
    if !file.exists() {
        std::fs::create_dir_all(state)?;
        let mut seed = [0; 32];
        random(&mut seed);
        let from = now().0;
        let value = json!({ "seed": hex::encode(seed), "from": from });
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&file)?.write_all(value.to_string().as_bytes())?;
    }
    let value: Value = serde_json::from_slice(&std::fs::read(&file)?)?;
    let seed = value["seed"].as_str().unwrap_or_default();
    let seed: [u8; 32] =
        hex::decode(seed)?.try_into().map_err(|_| anyhow::anyhow!("the seed is damaged"))?;
    let from = value["from"].as_i64().unwrap_or_default();
    const TEN_YEARS: i64 = 3652 * 86_400_000;
    Ok(Authority::from_seed(&seed, "midun drill TSA", from, from + TEN_YEARS)?)
}

/// Serves a router until the program is ended.
fn listen_on(
    desk: &Desk<'_>,
    listen: &str,
    router: axum::Router,
    said: impl FnOnce(&str) -> (Value, Vec<(&'static str, String)>),
) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen)
            .await
            .map_err(|source| super::listen_trouble(listen.to_owned(), source))?;
        let url = format!("http://{}", listener.local_addr()?);
        let (value, args) = said(&url);
        desk.say.result(&value, || format!("{}\n", desk.say.tr("cli-serving", &args)));
        axum::serve(listener, router)
            .with_graceful_shutdown(async { drop(tokio::signal::ctrl_c().await) })
            .await?;
        Ok(())
    })
}
