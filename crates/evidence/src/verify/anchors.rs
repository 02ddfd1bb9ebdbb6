//! Anchors: earlier checkpoints of the log, and who vouches for their time.

use std::collections::BTreeMap;

use ledger::checkpoint::CheckpointError;
use ledger::hash::Hash;
use ledger::note::{Note, NoteError, VerifierKey};
use ledger::policy::{Named, Policy};
use ledger::proof::verify_consistency;
use sha2::{Digest as _, Sha256};
use stamp::{Refused, Token, Verified};

use super::Options;
use super::collect::Collected;
use super::findings::{Finding, Findings};
use super::layout::{absent, anchors};
use super::log::{Log, open_checkpoint};
use super::members::Judged;
use super::times::TOLERANCE_MS;
use super::verdict::{AuthorityFact, Bound, Means, Standing, State, WitnessFact};
use crate::dossier::{
    ASIC_MANIFEST, ASIC_STAMP, anchor_checkpoint_path, anchor_consistency_path, asic_manifest, hex,
    stamp_chain_path, stamp_path,
};

/// A checkpoint of the log that was checked, and who saw it when.
#[derive(Debug)]
pub struct Sighting {
    pub size: u64,
    /// SHA-256 of the note's bytes, as the item `after` names it.
    pub sha256: [u8; 32],
    /// Whether the quorum of the policy cosigned it.
    pub quorum: bool,
    /// It existed not later than these.
    pub bounds: Vec<Bound>,
    /// The latest cosignature in its bytes: they did not exist before. A time-stamp says nothing
    /// of this kind, as it is not in these bytes.
    pub made: Option<Bound>,
}

/// Everything that was found out about checkpoints.
#[derive(Debug, Default)]
pub struct Seen {
    pub sightings: Vec<Sighting>,
    pub witnesses: Vec<WitnessFact>,
    pub authorities: Vec<AuthorityFact>,
    pub anchors: u64,
}

/// A checkpoint whose signature and consistency hold.
struct Sound<'a> {
    /// 0 for the newest.
    number: usize,
    bytes: &'a [u8],
    size: u64,
    stamps: usize,
}

/// Judges the newest checkpoint and all anchors. `policy`: the one that decides, if there is one.
pub fn judge(
    found: &Collected,
    log: &Log<'_>,
    events: &[Judged],
    policy: Option<&Policy>,
    options: &Options,
    findings: &mut Findings,
) -> Seen {
    let mut sound =
        vec![Sound { number: 0, bytes: log.bytes, size: log.checkpoint.size, stamps: 0 }];
    let mut claims = Vec::new();
    let mut seen = Seen::default();
    for (number, stamps) in (1..).zip(anchors(found)) {
        seen.anchors += 1;
        let before = sound.last().filter(|before| before.number > 0);
        let path = anchor_checkpoint_path(number);
        let bytes = found.kept.get(&path).map(Vec::as_slice).unwrap_or_default();
        let finding = match judge_anchor(found, log, number, bytes, before) {
            Ok(size) => {
                sound.push(Sound { number, bytes, size, stamps });
                Finding::holds()
            }
            Err(finding) => finding,
        };
        claims.push((path, finding));
    }
    findings.each("claim-anchor", claims);

    seen.sightings = sound
        .iter()
        .map(|one| Sighting {
            size: one.size,
            sha256: Sha256::digest(one.bytes).into(),
            quorum: false,
            bounds: Vec::new(),
            made: None,
        })
        .collect();
    if let Some(policy) = policy {
        judge_cosignatures(&sound, log, events, policy, options, findings, &mut seen);
    }
    judge_stamps(found, &sound, events, options, findings, &mut seen);
    seen
}

/// Whether an anchor is a checkpoint of this log, an earlier state of the newest one, and stands
/// in its order. Returns its size.
fn judge_anchor(
    found: &Collected,
    log: &Log<'_>,
    number: usize,
    bytes: &[u8],
    before: Option<&Sound<'_>>,
) -> Result<u64, Finding> {
    let checkpoint = open_checkpoint(bytes, &log.key)?;
    if before.is_some_and(|before| before.size > checkpoint.size || before.bytes == bytes) {
        return Err(Finding::fails("why-anchor-order"));
    }
    let path = anchor_consistency_path(number);
    let Some(text) = found.kept.get(&path) else { return Err(absent(found)) };
    let proof = read_consistency(text).ok_or_else(|| Finding::fails("why-consistency-form"))?;
    let (new, old) = (&log.checkpoint, &checkpoint);
    verify_consistency(old.size, &old.root, new.size, &new.root, &proof)
        .map_err(|_| Finding::fails("why-inconsistent"))?;
    Ok(checkpoint.size)
}

/// Base64 hashes, one a line, in their one spelling.
fn read_consistency(text: &[u8]) -> Option<Vec<Hash>> {
    /// As many as C2SP tlog-witness allows in one request.
    const HASHES_MAX: usize = 63;
    let text = std::str::from_utf8(text).ok()?;
    if text.is_empty() {
        return Some(Vec::new());
    }
    let hashes: Option<Vec<Hash>> =
        text.strip_suffix('\n')?.split('\n').map(|line| line.parse().ok()).collect();
    hashes.filter(|hashes| hashes.len() <= HASHES_MAX)
}

/// What the events shown say of witnesses: relation by verifier key.
fn relations(events: &[Judged]) -> BTreeMap<&str, Standing> {
    let shown =
        events.iter().filter(|judged| judged.event.is("witness.added") && judged.is_proved());
    shown
        .filter_map(|judged| {
            let event = &judged.event;
            Some((event.text("key")?, Standing::parse(event.text("relation")?)))
        })
        .collect()
}

/// Checks the cosignatures of every sound checkpoint against the policy.
fn judge_cosignatures(
    sound: &[Sound<'_>],
    log: &Log<'_>,
    events: &[Judged],
    policy: &Policy,
    options: &Options,
    findings: &mut Findings,
    seen: &mut Seen,
) {
    let relations = relations(events);
    seen.witnesses = policy
        .witnesses
        .iter()
        .map(|witness| witness_fact(&witness.key, &log.key, &relations))
        .collect();
    // The log's own signature has been checked; this is about witnesses alone, whatever logs the
    // policy names.
    let name = log.key.name().to_owned();
    let logs = vec![Named { name, key: log.key.clone(), url: None }];
    let policy = Policy { logs, ..policy.clone() };
    let mut claims = Vec::new();
    let mut strangers: BTreeMap<String, usize> = BTreeMap::new();
    for (one, sighting) in sound.iter().zip(&mut seen.sightings) {
        let judgement = match policy.judge(one.bytes) {
            Ok(judgement) => judgement,
            Err(error) => {
                let name = match error {
                    CheckpointError::Note(NoteError::WrongSignature(name)) => name,
                    _ => String::new(),
                };
                claims.push((name, Finding::fails("why-cosignature").with("anchor", one.number)));
                continue;
            }
        };
        sighting.quorum = judgement.quorum;
        for cosigned in judgement.cosigned {
            let at = policy.witnesses.iter().position(|witness| witness.name == cosigned.name);
            let Some(fact) = at.and_then(|at| seen.witnesses.get_mut(at)) else { continue };
            let time = i64::try_from(cosigned.time).ok().and_then(|time| time.checked_mul(1000));
            let Some(unix_ms) = time.filter(|&time| !is_future(time, options)) else {
                let finding = Finding::fails("why-future").with("anchor", one.number);
                claims.push((fact.name.clone(), finding));
                sighting.quorum = false;
                continue;
            };
            fact.cosigned += 1;
            widen(&mut fact.first, &mut fact.last, unix_ms);
            let (by, standing) = (fact.name.clone(), fact.standing);
            let bound = Bound { unix_ms, by, means: Means::Cosignature, standing };
            if sighting.made.as_ref().is_none_or(|made| made.unix_ms < unix_ms) {
                sighting.made = Some(bound.clone());
            }
            sighting.bounds.push(bound);
            claims.push((fact.name.clone(), Finding::holds()));
        }
        count_strangers(one.bytes, log, &policy, &mut strangers);
    }
    for fact in seen.witnesses.iter().filter(|fact| fact.cosigned == 0) {
        if claims.iter().all(|(name, _)| *name != fact.name) {
            claims.push((fact.name.clone(), Finding::open("why-not-cosigned")));
        }
    }
    for (name, finding) in per_witness(claims) {
        findings.claim("claim-cosignature", name, finding);
    }
    for (name, count) in strangers {
        let finding = Finding::open("why-witness-not-in-policy").with("count", count);
        findings.claim("claim-cosignature", name, finding);
    }
}

/// One claim for each witness: the first failure, or how many cosignatures hold.
fn per_witness(claims: Vec<(String, Finding)>) -> BTreeMap<String, Finding> {
    let mut counts: BTreeMap<String, (usize, Finding)> = BTreeMap::new();
    for (name, finding) in claims {
        let (count, worst) = counts.entry(name).or_insert_with(|| (0, finding.clone()));
        *count += 1;
        if worst.state != State::Fails {
            *worst = finding;
        }
    }
    let with_count = |(name, (count, worst)): (String, (usize, Finding))| {
        let shown = if worst.state == State::Holds { worst.with("count", count) } else { worst };
        (name, shown)
    };
    counts.into_iter().map(with_count).collect()
}

/// Signatures by others than the log and the policy's witnesses: nothing is known of them.
fn count_strangers(
    bytes: &[u8],
    log: &Log<'_>,
    policy: &Policy,
    strangers: &mut BTreeMap<String, usize>,
) {
    let Ok(note) = Note::parse(bytes) else { return };
    let is_known = |signature: &_| {
        log.key.is_of(signature) || policy.witnesses.iter().any(|one| one.key.is_of(signature))
    };
    for signature in note.signatures.iter().filter(|signature| !is_known(signature)) {
        *strangers.entry(signature.name.clone()).or_default() += 1;
    }
}

fn witness_fact(
    key: &VerifierKey,
    log: &VerifierKey,
    relations: &BTreeMap<&str, Standing>,
) -> WitnessFact {
    let text = key.to_string();
    let said = relations.get(&*text).copied().unwrap_or(Standing::Unknown);
    // A log that cosigns itself is its own witness, whatever it says.
    let standing = if key.public() == log.public() { Standing::Own } else { said };
    let name = key.name().to_owned();
    WitnessFact { name, key: text, standing, cosigned: 0, first: None, last: None }
}

/// Checks the time-stamps of every sound anchor.
fn judge_stamps(
    found: &Collected,
    sound: &[Sound<'_>],
    events: &[Judged],
    options: &Options,
    findings: &mut Findings,
    seen: &mut Seen,
) {
    let mut claims = Vec::new();
    for (one, sighting) in sound.iter().zip(&mut seen.sightings) {
        for k in 1..=one.stamps {
            let path = stamp_path(one.number, k);
            let chain_path = stamp_chain_path(one.number, k);
            let result = match (found.kept.get(&path), found.kept.get(&chain_path)) {
                (Some(token), Some(chain)) => check_stamp(token, chain, &sighting.sha256, options),
                _ => Err(absent(found)),
            };
            match result {
                Ok(verified) => {
                    let standing = authority_standing(events, &verified.root_fingerprint);
                    let fact = authority_fact(&mut seen.authorities, &verified, standing);
                    fact.stamped += 1;
                    widen(&mut fact.first, &mut fact.last, verified.time_ms);
                    sighting.bounds.push(Bound {
                        unix_ms: verified.time_ms,
                        by: verified.authority,
                        means: Means::Stamp,
                        standing,
                    });
                    claims.push((path, Finding::holds()));
                }
                Err(finding) => claims.push((path, finding)),
            }
        }
    }
    findings.each("claim-stamp", claims);
}

/// Whether a dossier that says that it is an ASiC-E container is one: its manifest names what is
/// there, and somebody vouches for the time of that. Without such entries nothing is said.
pub fn judge_asic(found: &Collected, options: &Options, findings: &mut Findings) {
    let stands = |path: &str| found.records.iter().any(|record| record.path == path);
    if ![ASIC_MANIFEST, ASIC_STAMP].iter().any(|path| stands(path)) {
        return;
    }
    let (manifest, token) = match (found.kept.get(ASIC_MANIFEST), found.kept.get(ASIC_STAMP)) {
        (Some(manifest), Some(token)) => (manifest, token),
        _ => return findings.claim("claim-asic", "", absent(found)),
    };
    let there = found.records.iter().map(|record| (&*record.path, &record.sha256));
    if asic_manifest(there).as_bytes() != &**manifest {
        return findings.claim("claim-asic", ASIC_MANIFEST, Finding::fails("why-changed"));
    }
    let sha256 = Sha256::digest(manifest).into();
    // Its root stands beside a stamp over a checkpoint, if the same authority made one.
    let chains = found.kept.iter().filter(|(path, _)| path.ends_with(".pem"));
    let mut finding = Finding::open("why-authority-not-yours").with("found", "");
    for (_, chain) in chains {
        match check_stamp(token, chain, &sha256, options) {
            Ok(verified) => {
                let name = verified.authority;
                return findings.claim("claim-asic", name, Finding::holds());
            }
            // Of another authority: what the token itself is worth is not known by that.
            Err(other) if other.why == Some("why-stamp-chain") => {}
            Err(other) => finding = other,
        }
    }
    findings.claim("claim-asic", ASIC_STAMP, finding);
}

/// Verifies one time-stamp over a checkpoint.
fn check_stamp(
    token: &[u8],
    chain: &[u8],
    sha256: &[u8; 32],
    options: &Options,
) -> Result<Verified, Finding> {
    let form = |_| Finding::fails("why-stamp-form");
    let token = Token::parse(token).map_err(form)?;
    let chain = std::str::from_utf8(chain).map_err(|_| Finding::fails("why-stamp-form"))?;
    let named = stamp::certificates_from_pem(chain).map_err(form)?;
    if named.is_empty() {
        return Err(Finding::fails("why-stamp-form"));
    }
    let is_given = !options.tsa_roots.is_empty();
    // Without roots of the verifier's own, that one counts which the dossier names: the last.
    // Those before it only help when the token lacks a part of its chain.
    let last = &named[named.len() - 1..];
    let roots = if is_given { &options.tsa_roots[..] } else { last };
    let verified = match stamp::verify(&token, sha256, roots, None) {
        Err(Refused::NoRoot(_) | Refused::NoSigner) if !is_given => {
            stamp::verify(&token, sha256, &named, None)
        }
        result => result,
    };
    let verified = match verified {
        Ok(verified) => verified,
        // Sound, but nobody the verifier knows vouches for it: not the dossier's fault.
        Err(Refused::NoRoot(name)) if is_given => {
            return Err(Finding::open("why-authority-not-yours").with("found", name));
        }
        Err(refused) => return Err(why_refused(refused)),
    };
    if is_future(verified.time_ms, options) {
        return Err(Finding::fails("why-future"));
    }
    Ok(verified)
}

/// The translation key for a time-stamp that does not prove what it should.
fn why_refused(refused: Refused) -> Finding {
    match refused {
        Refused::Imprint | Refused::ImprintAlgorithm(_) => Finding::fails("why-stamp-other"),
        Refused::Malformed(_) => Finding::fails("why-stamp-form"),
        Refused::Algorithm(name) => Finding::fails("why-stamp-algorithm").with("found", name),
        Refused::Validity(name) => Finding::fails("why-stamp-validity").with("found", name),
        Refused::NoRoot(name) | Refused::Link(name) => {
            Finding::fails("why-stamp-chain").with("found", name)
        }
        Refused::NotAnAuthority(name)
        | Refused::PathLength(name)
        | Refused::KeyUsage(name)
        | Refused::CriticalExtension(name) => {
            Finding::fails("why-stamp-certificate").with("found", name)
        }
        Refused::Key | Refused::KeyPurpose | Refused::TooTangled => {
            Finding::fails("why-stamp-certificate").with("found", "")
        }
        Refused::Nonce
        | Refused::ContentType
        | Refused::MessageDigest
        | Refused::NoSigningCertificate
        | Refused::SigningCertificate
        | Refused::NoSigner
        | Refused::Signature => Finding::fails("why-stamp-signature"),
    }
}

/// What the events shown say of the authority below this root.
fn authority_standing(events: &[Judged], root: &[u8; 32]) -> Standing {
    let root = hex(root);
    let names_root = |judged: &&Judged| {
        let roots = judged.event.shown.get("roots").and_then(|roots| roots.as_array());
        let is_named = roots.is_some_and(|roots| roots.iter().any(|one| one == root.as_str()));
        judged.event.is("authority.added") && judged.is_proved() && is_named
    };
    let said = events.iter().rfind(names_root).and_then(|judged| judged.event.text("relation"));
    said.map_or(Standing::Unknown, Standing::parse)
}

fn authority_fact<'a>(
    facts: &'a mut Vec<AuthorityFact>,
    verified: &Verified,
    standing: Standing,
) -> &'a mut AuthorityFact {
    let root_sha256 = hex(&verified.root_fingerprint);
    let is_same =
        |fact: &AuthorityFact| fact.name == verified.authority && fact.root_sha256 == root_sha256;
    let at = facts.iter().position(is_same).unwrap_or_else(|| {
        facts.push(AuthorityFact {
            name: verified.authority.clone(),
            root: verified.root.clone(),
            root_sha256,
            standing,
            stamped: 0,
            first: None,
            last: None,
            chain_ends: verified.chain_ends_ms,
        });
        facts.len() - 1
    });
    let fact = &mut facts[at];
    fact.chain_ends = fact.chain_ends.min(verified.chain_ends_ms);
    fact
}

fn is_future(unix_ms: i64, options: &Options) -> bool {
    options.now.is_some_and(|now| unix_ms > now.saturating_mul(1000).saturating_add(TOLERANCE_MS))
}

fn widen(first: &mut Option<i64>, last: &mut Option<i64>, unix_ms: i64) {
    *first = Some(first.map_or(unix_ms, |first| first.min(unix_ms)));
    *last = Some(last.map_or(unix_ms, |last| last.max(unix_ms)));
}
