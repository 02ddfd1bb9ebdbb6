//! Between which moments an event was in the log, by whom that is vouched for, and how they are
//! related to the holder. The rules are those of the verifier.

use std::collections::BTreeMap;

use domain::Moment;
use domain::terms::Standing;
use ledger::note::{KeyKind, VerifierKey};
use ledger::policy::{Named, Policy};
use sha2::{Digest as _, Sha256};

use crate::contents::{Anchor, Entry};

/// A time that somebody else vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The moment.
    pub at: Moment,
    /// Who vouches.
    pub by: String,
    /// Whether it is a time-stamp; else a cosignature.
    pub is_stamp: bool,
    /// How whoever vouches is related to the holder; `None` when the events shown don't say.
    pub standing: Option<Standing>,
}

/// What others vouch for about the times of events.
#[derive(Clone, Debug, Default)]
pub struct Times {
    /// By anchor, ascending by size: size, SHA-256 of the note in hex, upper bounds, lower bound.
    sightings: Vec<(u64, String, Vec<Bound>, Option<Bound>)>,
}

/// How much the word of somebody weighs: the order of the verifier.
pub fn weight(standing: Option<Standing>) -> u8 {
    match standing {
        Some(Standing::Drill) => 0,
        Some(Standing::Own) => 1,
        None => 2,
        Some(Standing::Station) => 3,
        Some(Standing::Independent) => 4,
    }
}

/// The witnesses named by the events, each key once: name for a policy, key, relation.
pub fn witnesses(entries: &[Entry]) -> Vec<(String, VerifierKey, Standing)> {
    let mut found: Vec<(String, VerifierKey, Standing)> = Vec::new();
    for entry in entries {
        let domain::Event::WitnessAdded(event) = &entry.event else { continue };
        let Ok(key) = event.key.parse::<VerifierKey>() else { continue };
        if key.kind() != KeyKind::Cosigner {
            continue;
        }
        if let Some(known) = found.iter_mut().find(|(_, other, _)| other.public() == key.public()) {
            known.2 = event.relation;
            continue;
        }
        let is_word = |name: &str| {
            !name.is_empty() && name != "none" && !name.chars().any(|c| c.is_whitespace())
        };
        let mut name = key.name().to_owned();
        if !is_word(&name) || found.iter().any(|(other, ..)| *other == name) {
            name = format!("witness-{}", found.len() + 1);
        }
        if found.len() < ledger::policy::NAMED_MAX {
            found.push((name, key, event.relation));
        }
    }
    found
}

impl Times {
    /// Reads what the anchors say. Cosignatures and time-stamps that don't hold say nothing.
    pub fn new(log: &str, entries: &[Entry], anchors: &[Anchor]) -> Self {
        let Ok(log) = log.parse::<VerifierKey>() else { return Self::default() };
        let known = witnesses(entries);
        let policy = Policy {
            logs: vec![Named { name: log.name().to_owned(), key: log.clone(), url: None }],
            witnesses: known
                .iter()
                .map(|(name, key, _)| Named { name: name.clone(), key: key.clone(), url: None })
                .collect(),
            ..Policy::default()
        };
        let standing = |key: &VerifierKey, said: Standing| {
            // A log that cosigns itself is its own witness, whatever it says.
            if key.public() == log.public() { Standing::Own } else { said }
        };
        let people: BTreeMap<&str, (&VerifierKey, Standing)> = known
            .iter()
            .map(|(name, key, said)| (name.as_str(), (key, standing(key, *said))))
            .collect();
        let roots = roots(entries);
        let sightings = anchors.iter().map(|anchor| {
            let sha256: [u8; 32] = Sha256::digest(anchor.note.as_bytes()).into();
            let mut bounds = cosignatures(anchor, &policy, &people);
            let made = bounds.iter().max_by_key(|bound| bound.at).cloned();
            bounds.extend(stamps(anchor, &sha256, &roots));
            (anchor.size, evidence::dossier::hex(&sha256), bounds, made)
        });
        Self { sightings: sightings.collect() }
    }

    /// The earliest time by which the event was in the log, for each relation, the weightiest
    /// first.
    pub fn not_later(&self, index: u64) -> Vec<Bound> {
        let covering = self.sightings.iter().filter(|(size, ..)| *size > index);
        earliest(covering.flat_map(|(_, _, bounds, _)| bounds))
    }

    /// The time before which the event was not in the log, when the anchor that it names is here.
    pub fn not_earlier(&self, entry: &Entry) -> Option<Bound> {
        let after = entry.after.as_ref()?;
        self.sightings.iter().find(|(_, hash, ..)| hash == after)?.3.clone()
    }

    /// How many anchors each who vouches has seen: name, kind, relation, number, first, last.
    pub fn vouching(&self) -> Vec<Vouching> {
        let mut found: Vec<Vouching> = Vec::new();
        for bound in self.sightings.iter().flat_map(|(_, _, bounds, _)| bounds) {
            let same = |one: &&mut Vouching| one.by == bound.by && one.is_stamp == bound.is_stamp;
            match found.iter_mut().find(same) {
                Some(one) => {
                    one.count += 1;
                    one.first = one.first.min(bound.at);
                    one.last = one.last.max(bound.at);
                }
                None => found.push(Vouching {
                    by: bound.by.clone(),
                    is_stamp: bound.is_stamp,
                    standing: bound.standing,
                    count: 1,
                    first: bound.at,
                    last: bound.at,
                }),
            }
        }
        found
    }

    /// The bounds of one anchor, by its place.
    pub fn of_anchor(&self, at: usize) -> &[Bound] {
        self.sightings.get(at).map_or(&[], |(_, _, bounds, _)| bounds)
    }
}

/// Somebody who vouches, and for how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vouching {
    /// Its name.
    pub by: String,
    /// Whether it stamps; else it cosigns.
    pub is_stamp: bool,
    /// How it is related to the holder.
    pub standing: Option<Standing>,
    /// Checkpoints seen.
    pub count: u64,
    /// The earliest.
    pub first: Moment,
    /// The latest.
    pub last: Moment,
}

/// The earliest bound for each relation, the weightiest first.
fn earliest<'a>(bounds: impl Iterator<Item = &'a Bound>) -> Vec<Bound> {
    let mut best: Vec<Bound> = Vec::new();
    for bound in bounds {
        match best.iter_mut().find(|other| other.standing == bound.standing) {
            Some(other) if other.at > bound.at => *other = bound.clone(),
            Some(_) => {}
            None => best.push(bound.clone()),
        }
    }
    best.sort_by_key(|bound| std::cmp::Reverse(weight(bound.standing)));
    best
}

fn cosignatures(
    anchor: &Anchor,
    policy: &Policy,
    people: &BTreeMap<&str, (&VerifierKey, Standing)>,
) -> Vec<Bound> {
    let Ok(judgement) = policy.judge(anchor.note.as_bytes()) else { return Vec::new() };
    let bound = |cosigned: ledger::policy::Cosigned| {
        let at = i64::try_from(cosigned.time).ok()?.checked_mul(1000)?;
        let (key, standing) = people.get(cosigned.name.as_str())?;
        let by = key.name().to_owned();
        Some(Bound { at: Moment(at), by, is_stamp: false, standing: Some(*standing) })
    };
    judgement.cosigned.into_iter().filter_map(bound).collect()
}

fn stamps(anchor: &Anchor, sha256: &[u8; 32], roots: &BTreeMap<String, Standing>) -> Vec<Bound> {
    let bound = |(token, chain): &(Vec<u8>, String)| {
        let token = stamp::Token::parse(token).ok()?;
        let named = stamp::certificates_from_pem(chain).ok()?;
        // As the verifier does: the root is the last certificate; those before it only help when
        // the token lacks a part of its chain.
        let last = named.get(named.len().checked_sub(1)?..)?;
        let verified = stamp::verify(&token, sha256, last, None)
            .or_else(|_| stamp::verify(&token, sha256, &named, None))
            .ok()?;
        let root = evidence::dossier::hex(&verified.root_fingerprint);
        Some(Bound {
            at: Moment(verified.time_ms),
            by: verified.authority,
            is_stamp: true,
            standing: roots.get(&root).copied(),
        })
    };
    anchor.stamps.iter().filter_map(bound).collect()
}

/// Relations of authorities by their roots, as the events say last.
fn roots(entries: &[Entry]) -> BTreeMap<String, Standing> {
    let mut roots = BTreeMap::new();
    for entry in entries {
        if let domain::Event::AuthorityAdded(event) = &entry.event {
            roots.extend(event.roots.iter().map(|root| (root.clone(), event.relation)));
        }
    }
    roots
}
