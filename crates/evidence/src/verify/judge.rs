//! The verdict, from everything that the pass has found.

use std::collections::{BTreeMap, BTreeSet};

use ledger::policy::Policy;

use super::Options;
use super::anchors::{self, Seen, Sighting};
use super::collect::{Collected, Record};
use super::findings::{Finding, Findings};
use super::layout::{counted, faulty, judge_container, judge_layout, judge_sums};
use super::log::{self, Log, judge_inclusion};
use super::members::{self, Judged, Unread};
use super::shown;
use super::times::{self, Times};
use super::verdict::{About, Counts, EventFact, FileFact, KeysFrom, Outcome, State, Verdict};
use crate::container::Fault;
use crate::dossier::{BUILT, EVENTS, Events, FILES, Manifest, POLICY, hex};

/// Judges. Nothing here can fail: what can't be judged stays open, and the outcome says so.
pub fn judge(found: &Collected, options: &Options) -> Verdict {
    if !found.is_dossier {
        return no_dossier(found, options);
    }
    let mut findings = Findings::default();
    judge_container(found, &mut findings);
    judge_sums(found, &mut findings);

    let mut is_newer = false;
    let mut claim = |findings: &mut Findings, id, subject: &str, unread: &Unread| {
        is_newer |= unread.is_newer;
        findings.claim(id, subject, unread.finding.clone());
    };
    let manifest = members::read_manifest(found);
    match &manifest {
        Ok(_) => findings.claim("claim-manifest", "", Finding::holds()),
        Err(unread) => claim(&mut findings, "claim-manifest", "", unread),
    }
    let manifest = manifest.ok();
    let events = members::read_events(found, EVENTS);
    if let Err(unread) = &events {
        claim(&mut findings, "claim-events", EVENTS, unread);
    }
    let built = members::read_events(found, BUILT).and_then(|built| match built.events.len() {
        1 => Ok(built),
        _ => Err(Unread { finding: Finding::fails("why-not-one-event"), is_newer: false }),
    });
    if let Err(unread) = &built {
        claim(&mut findings, "claim-built", BUILT, unread);
    }
    let (events, built) = (events.ok(), built.ok());
    if let (Some(manifest), Some(events), Some(built)) = (&manifest, &events, &built) {
        let all = events.events.iter().chain(&built.events);
        let indices: BTreeSet<u64> = all.map(|event| event.index).collect();
        judge_layout(found, manifest, &indices, &mut findings);
    }
    let parts = Parts { found, options, manifest, events, built };
    let mut verdict = judge_parts(&parts, findings);
    verdict.outcome = outcome(found, &verdict, is_newer);
    verdict
}

/// What could be read of the dossier.
struct Parts<'a> {
    found: &'a Collected,
    options: &'a Options,
    manifest: Option<Manifest>,
    events: Option<Events>,
    built: Option<Events>,
}

fn judge_parts(parts: &Parts<'_>, mut findings: Findings) -> Verdict {
    let Parts { found, options, manifest, .. } = parts;
    let records: BTreeMap<&str, &Record> =
        found.records.iter().map(|record| (&*record.path, record)).collect();
    let files = manifest.as_ref().map_or(&[][..], |manifest| &manifest.files);
    let contents: Vec<Finding> =
        files.iter().map(|file| members::judge_content(found, &records, file)).collect();
    let paths = || files.iter().map(|file| file.path.clone());
    findings.each("claim-file", paths().zip(contents.iter().cloned()));

    let log = manifest.as_ref().map(|manifest| log::open(found, &manifest.log));
    match &log {
        Some(Ok(log)) => {
            let finding = Finding::holds().with("size", log.checkpoint.size);
            findings.claim("claim-checkpoint", &log.checkpoint.origin, finding);
        }
        Some(Err(finding)) => findings.claim("claim-checkpoint", "", finding.clone()),
        None => findings.claim("claim-checkpoint", "", Finding::open("why-no-manifest")),
    }
    let log = log.and_then(Result::ok);
    let events = open_events(found, log.as_ref(), parts.events.as_ref());
    let built = open_events(found, log.as_ref(), parts.built.as_ref()).pop();
    judge_built_and_events(parts, &events, built.as_ref(), &mut findings);

    let policy = decide_policy(found, options, &mut findings);
    // Without a list of events, what rests on it stays open.
    let if_read = |judged: &dyn Fn() -> Finding| match parts.events {
        Some(_) => judged(),
        None => Finding::open("why-no-events"),
    };
    if let Some(manifest) = manifest {
        let key = || members::judge_log_key(&manifest.log, &events, policy.as_ref());
        findings.claim("claim-log-key", &manifest.log, if_read(&key));
        let holder = || members::judge_holder(&manifest.holder, &events);
        findings.claim("claim-holder", &manifest.holder, if_read(&holder));
    }
    let commitment = |file| if_read(&|| members::judge_commitment(file, &events));
    let commitments: Vec<Option<Finding>> =
        files.iter().map(|file| file.event.map(|_| commitment(file))).collect();
    let committed = paths().zip(&commitments);
    findings.each(
        "claim-file-event",
        committed.filter_map(|(path, finding)| Some((path, finding.clone()?))),
    );

    let seen = match &log {
        Some(log) => anchors::judge(found, log, &events, policy.as_ref(), options, &mut findings),
        None => Seen::default(),
    };
    anchors::judge_asic(found, options, &mut findings);
    let facts = judge_times(&events, built.as_ref(), &seen.sightings, &mut findings);
    if let Some(policy) = &policy {
        judge_policy(policy, options, &events, &seen.sightings, &mut findings);
    }
    let neutral = judge_neutral(&events, &seen.sightings, &mut findings);
    let (mut event_facts, built_fact) = facts;
    event_facts.shrink_to_fit();
    Verdict {
        outcome: Outcome::NotValid,
        dossier: manifest.as_ref().map(about),
        holder: members::holder(&events),
        log_key: manifest.as_ref().map(|manifest| manifest.log.clone()),
        neutral,
        built: built_fact,
        files: file_facts(manifest.as_ref(), &contents, &commitments),
        counts: Counts {
            bytes: found.bytes,
            entries: found.entries,
            events: events.len() as u64,
            files: found.records.iter().filter(|one| one.path.starts_with(FILES)).count() as u64,
            anchors: seen.anchors,
            leaves: log.as_ref().map(|log| log.checkpoint.size),
        },
        events: event_facts,
        witnesses: seen.witnesses,
        authorities: seen.authorities,
        ..empty(found, options, findings)
    }
}

/// Opens events and looks for each in the log.
fn open_events(found: &Collected, log: Option<&Log<'_>>, events: Option<&Events>) -> Vec<Judged> {
    let events = events.map_or(&[][..], |events| &events.events);
    let judge_event = |event| {
        let event = shown::open(event);
        let included = judge_inclusion(found, log, &event);
        Judged { event, included }
    };
    events.iter().map(judge_event).collect()
}

fn judge_built_and_events(
    parts: &Parts<'_>,
    events: &[Judged],
    built: Option<&Judged>,
    findings: &mut Findings,
) {
    if let (Some(manifest), Some(built)) = (&parts.manifest, built) {
        let last = events.last().map_or(0, |last| last.event.index);
        let finding = members::judge_built(parts.found, manifest, built, last);
        findings.claim("claim-built", built.event.index.to_string(), finding);
    }
    let of_each = |pick: fn(&Judged) -> &Finding| {
        let index = |judged: &Judged| judged.event.index.to_string();
        events.iter().map(move |judged| (index(judged), pick(judged).clone()))
    };
    findings.each("claim-event", of_each(|judged| &judged.event.form));
    findings.each("claim-inclusion", of_each(|judged| &judged.included));
}

/// The policy that decides: the verifier's, else the dossier's own.
fn decide_policy(found: &Collected, options: &Options, findings: &mut Findings) -> Option<Policy> {
    if let Some(policy) = &options.policy {
        findings.claim("claim-keys", "", Finding::holds());
        return Some(policy.clone());
    }
    findings.claim("claim-keys", "", Finding::open("why-own-words"));
    let text = std::str::from_utf8(found.kept.get(POLICY)?).unwrap_or_default();
    match Policy::parse(text) {
        Ok(policy) => Some(policy),
        Err(error) => {
            let finding = Finding::fails("why-policy-form").with("line", error.line);
            findings.claim("claim-policy", POLICY, finding);
            None
        }
    }
}

/// Whether the quorum vouches for each event shown. The verifier's quorum must be met; that of the
/// dossier's own policy proves nothing more by being met, and nothing less by not being met.
fn judge_policy(
    policy: &Policy,
    options: &Options,
    events: &[Judged],
    sightings: &[Sighting],
    findings: &mut Findings,
) {
    let is_own = options.policy.is_none();
    let short = |why| if is_own { Finding::open(why) } else { Finding::fails(why) };
    let covered =
        |judged: &&Judged| sightings.iter().any(|one| one.quorum && one.size > judged.event.index);
    let count = events.iter().filter(covered).count();
    let finding = match &policy.quorum {
        None if is_own => Finding::open("why-no-quorum"),
        None => Finding::holds(),
        Some(_) if count == events.len() && count > 0 => Finding::holds(),
        Some(_) => short("why-quorum"),
    };
    let subject = policy.quorum.clone().unwrap_or_default();
    findings.claim(
        "claim-policy",
        subject,
        finding.with("count", count).with("total", events.len()),
    );
}

fn judge_times(
    events: &[Judged],
    built: Option<&Judged>,
    sightings: &[Sighting],
    findings: &mut Findings,
) -> (Vec<EventFact>, Option<EventFact>) {
    let mut claims = Vec::with_capacity(events.len() + 1);
    let mut fact = |judged: &Judged| {
        let times = times::of(&judged.event, sightings);
        claims.push((judged.event.index.to_string(), times.finding.clone()));
        event_fact(judged, times)
    };
    let facts = events.iter().map(&mut fact).collect();
    let built = built.map(&mut fact);
    findings.each("claim-time", claims);
    (facts, built)
}

fn judge_neutral(events: &[Judged], sightings: &[Sighting], findings: &mut Findings) -> bool {
    let count = events
        .iter()
        .filter(|judged| judged.is_proved() && times::of(&judged.event, sightings).is_neutral())
        .count();
    let is_neutral = count == events.len() && count > 0;
    let finding = if is_neutral { Finding::holds() } else { Finding::open("why-not-neutral") };
    findings.claim("claim-neutral", "", finding.with("count", count).with("total", events.len()));
    is_neutral
}

fn event_fact(judged: &Judged, times: Times) -> EventFact {
    let event = &judged.event;
    EventFact {
        index: event.index,
        kind: event.tag.clone(),
        shown: event.shown.clone(),
        withheld: event.withheld.clone(),
        received: event.received,
        not_later_than: times.not_later.first().cloned(),
        bounds: times.not_later,
        not_earlier_than: times.not_earlier,
        form: event.form.state,
        included: judged.included.state,
        time: times.finding.state,
    }
}

fn file_facts(
    manifest: Option<&Manifest>,
    contents: &[Finding],
    commitments: &[Option<Finding>],
) -> Vec<FileFact> {
    let files = manifest.map_or(&[][..], |manifest| &manifest.files);
    let states = contents.iter().zip(commitments);
    files
        .iter()
        .zip(states)
        .map(|(file, (content, committed))| FileFact {
            path: file.path.clone(),
            size: file.size,
            sha256: hex(&file.sha256),
            event: file.event,
            content: content.state,
            committed: committed.as_ref().map(|finding| finding.state),
        })
        .collect()
}

fn about(manifest: &Manifest) -> About {
    About {
        no: manifest.no.clone(),
        purpose: manifest.purpose.clone(),
        language: manifest.language.clone(),
        holder: manifest.holder.clone(),
        made: manifest.made.clone(),
        program: manifest.program.clone(),
        secrets: manifest.secrets.clone(),
        withheld: manifest.withheld.clone(),
    }
}

/// The claims that a dossier is judged by: each must have been made, and hold.
const NEEDED: [&str; 9] = [
    "claim-container",
    "claim-sums",
    "claim-manifest",
    "claim-layout",
    "claim-checkpoint",
    "claim-built",
    "claim-log-key",
    "claim-holder",
    "claim-inclusion",
];

fn outcome(found: &Collected, verdict: &Verdict, is_newer: bool) -> Outcome {
    let unknown_kind = verdict.failures().any(|claim| claim.why == Some("why-kind-unknown"));
    if is_newer || unknown_kind || found.fault == Some(Fault::Truncated) {
        return Outcome::Unreadable;
    }
    let holds = |id: &str| {
        let mut claims = verdict.claims.iter().filter(|claim| claim.id == id).peekable();
        claims.peek().is_some() && claims.all(|claim| claim.state == State::Holds)
    };
    if verdict.failures().next().is_none() && NEEDED.iter().all(|id| holds(id)) {
        Outcome::Valid
    } else {
        Outcome::NotValid
    }
}

/// What is said of bytes that are no dossier.
fn no_dossier(found: &Collected, options: &Options) -> Verdict {
    let mut findings = Findings::default();
    let finding = match &found.fault {
        None => counted(found, Finding::fails("why-not-a-dossier")),
        Some(fault) => faulty(found, fault),
    };
    findings.claim("claim-container", "", finding);
    Verdict { outcome: Outcome::Unreadable, ..empty(found, options, findings) }
}

/// A verdict on what holds no part of a dossier.
pub fn empty(found: &Collected, options: &Options, findings: Findings) -> Verdict {
    let from = |is_given| if is_given { KeysFrom::Verifier } else { KeysFrom::DossierItself };
    Verdict {
        outcome: Outcome::NotValid,
        claims: findings.claims,
        dossier: None,
        holder: None,
        log_key: None,
        keys_from: from(options.policy.is_some()),
        roots_from: from(!options.tsa_roots.is_empty()),
        neutral: false,
        events: Vec::new(),
        built: None,
        files: Vec::new(),
        witnesses: Vec::new(),
        authorities: Vec::new(),
        counts: Counts { bytes: found.bytes, entries: found.entries, ..Counts::default() },
        proof: None,
        stopped_in: found.stopped_in.clone(),
    }
}
