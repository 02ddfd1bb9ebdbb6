//! `midun cluster`: which files belong together, and why. Needs no node.

use std::process::ExitCode;

use office::matching::{Layer, Link, Reason, cluster};
use office::{Sort, Trouble};
use serde_json::json;

use super::Desk;
use super::sweep::{percent, watched};
use crate::args::Cluster;

/// Groups and links of each that are said on a terminal; the JSON has more.
const GROUPS: usize = 50;
const LINKS: usize = 5;

pub fn run(desk: &Desk<'_>, args: &Cluster) -> anyhow::Result<ExitCode> {
    if let Some(least) = args.least
        && !(0.0..=1.0).contains(&least)
    {
        let args = vec![("text", least.to_string()), ("words", "0–1".to_owned())];
        return Err(Trouble::Other("cli-not-a-word", args, Sort::Refused).into());
    }
    let found = watched(desk, |control| cluster(&args.paths, args.least, control))?;
    desk.say.result(&json!(found), || {
        let members: usize = found.groups.iter().map(|group| group.members.len()).sum();
        let args = [
            ("files", found.files.to_string()),
            ("groups", found.groups.len().to_string()),
            ("members", members.to_string()),
            ("pairs", found.pairs.to_string()),
        ];
        let mut text = format!("{}\n", desk.say.tr("cluster-summary", &args));
        for (n, group) in found.groups.iter().enumerate().take(GROUPS) {
            let args = [
                ("n", (n + 1).to_string()),
                ("members", group.members.len().to_string()),
                ("centre", group.centre.clone()),
            ];
            text.push_str(&format!("\n{}\n", desk.say.tr("cluster-group", &args)));
            for member in &group.members {
                text.push_str(&format!("  {member}\n"));
            }
            for link in group.links.iter().take(LINKS) {
                text.push_str(&format!("    {}\n", said(desk, link)));
            }
            let more = group.more + group.links.len().saturating_sub(LINKS) as u64;
            if more > 0 {
                let args = [("n", more.to_string())];
                text.push_str(&format!("    {}\n", desk.say.tr("cluster-more", &args)));
            }
        }
        text.push_str(&format!("\n{}\n", desk.say.t("cluster-honest")));
        text
    });
    Ok(ExitCode::SUCCESS)
}

fn said(desk: &Desk<'_>, link: &Link) -> String {
    let why = match link.pair.reason() {
        Reason::Same => desk.say.t("cluster-same"),
        Reason::Shared(_) => {
            let layers = [Layer::Text, Layer::Tokens, Layer::Rows].into_iter();
            let shares = layers.filter_map(|layer| {
                let most = f64::from(link.pair.layer(layer).most());
                let key = format!("cluster-shared-{}", layer.word());
                (most >= 0.005).then(|| desk.say.tr(&key, &[("share", percent(most))]))
            });
            shares.collect::<Vec<_>>().join(&desk.say.t("cli-comma"))
        }
    };
    let args = [
        ("left", link.left.clone()),
        ("right", link.right.clone()),
        ("score", format!("{:.2}", link.pair.score)),
        ("why", why),
    ];
    desk.say.tr("cluster-link", &args)
}
