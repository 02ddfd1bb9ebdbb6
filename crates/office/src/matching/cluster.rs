//! Many files at once: which belong together, and why.

use std::path::PathBuf;

use extract::{Limits, extract_bytes};
use matcher::cluster::{Pair, Prints, groups, pairs};
use serde::Serialize;

use super::gather::{Gather, Gathered};
use super::paths;
use super::report::FaultRow;
use super::sweep::Control;
use crate::Trouble;
use crate::files::file_trouble;

/// Bytes of one file that are read.
const FILE_MAX: u64 = 256 << 20;
/// Pairs of one group that are listed; more are counted.
const LINKS_MAX: usize = 50;

/// Files in groups.
#[derive(Clone, Debug, Serialize)]
pub struct Clusters {
    /// Files that were read.
    pub files: u64,
    /// Related pairs.
    pub pairs: u64,
    /// The groups, the largest first.
    pub groups: Vec<Cluster>,
    /// What was not read, or not wholly.
    pub faults: Vec<FaultRow>,
}

/// Files that belong together.
#[derive(Clone, Debug, Serialize)]
pub struct Cluster {
    /// Their paths.
    pub members: Vec<String>,
    /// The one that has most in common with the others.
    pub centre: String,
    /// The pairs that hold it together, the strongest first.
    pub links: Vec<Link>,
    /// Pairs that are not listed.
    pub more: u64,
}

/// Two files that belong together.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// The one.
    pub left: String,
    /// The other.
    pub right: String,
    /// How much, why, and by layer.
    #[serde(flatten)]
    pub pair: Pair,
}

/// Groups all files below some paths. `least` is the score from which two files are related; without
/// it the one that was fixed on open data. Only hashes are kept of what was read.
///
/// # Errors
/// [`Trouble`] when a path does not exist.
pub fn cluster(
    given: &[PathBuf],
    least: Option<f32>,
    control: &Control,
) -> Result<Clusters, Trouble> {
    for path in given {
        std::fs::metadata(path).map_err(|error| file_trouble(path, error))?;
    }
    let mut faults = Vec::new();
    let entries = paths::files(given, &mut faults, &|| control.goes_on());
    let (mut names, mut all) = (Vec::new(), Vec::new());
    for entry in entries.iter().take_while(|_| control.goes_on()) {
        let read = std::fs::File::open(&entry.path).and_then(|file| {
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut std::io::Read::take(file, FILE_MAX), &mut bytes)?;
            Ok(bytes)
        });
        match read {
            Ok(bytes) => {
                control.read(bytes.len() as u64);
                all.push(prints(&entry.shown, &bytes, &mut faults));
                names.push(entry.shown.clone());
            }
            Err(error) => faults.push(paths::fault(&entry.path, paths::word(&error))),
        }
    }
    let mut found = pairs(&all, least.unwrap_or(0.0));
    if least.is_none() {
        found.retain(Pair::is_related);
    }
    let name = |place: u32| names[place as usize].clone();
    let groups = groups(all.len(), &found).into_iter().map(|group| Cluster {
        members: group.members.iter().map(|member| name(*member)).collect(),
        centre: name(group.centre),
        more: group.links.len().saturating_sub(LINKS_MAX) as u64,
        links: group
            .links
            .into_iter()
            .take(LINKS_MAX)
            .map(|pair| Link { left: name(pair.left), right: name(pair.right), pair })
            .collect(),
    });
    let groups = groups.collect();
    Ok(Clusters { files: names.len() as u64, pairs: found.len() as u64, groups, faults })
}

/// What is kept of a file: of its texts, or of its bytes where it has none.
fn prints(name: &str, bytes: &[u8], faults: &mut Vec<FaultRow>) -> Prints {
    let mut pieces: Vec<(matcher::index::Kind, Prints)> = Vec::new();
    let mut add = |piece: Gathered| {
        let within = if piece.path.is_empty() { name } else { &piece.path };
        pieces.push((piece.kind, Prints::new(within, piece.kind, &piece.bytes)));
    };
    let mut gather = Gather::new(name, &mut add);
    extract_bytes(name, bytes, Limits::default(), &mut gather);
    let left = std::mem::take(&mut gather.left);
    faults.extend(left.into_iter().filter(|(_, why)| *why != "layout").map(|(inside, why)| {
        let got = extract::Got::Nothing.word().to_owned();
        FaultRow { path: name.to_owned(), inside, why: why.to_owned(), got }
    }));
    let texts = pieces.iter().any(|(kind, _)| *kind != matcher::index::Kind::Bytes);
    pieces.retain(|(kind, _)| !texts || *kind != matcher::index::Kind::Bytes);
    pieces
        .into_iter()
        .map(|(_, prints)| prints)
        .reduce(|mut all, one| {
            all.join(one);
            all
        })
        .unwrap_or_default()
}
