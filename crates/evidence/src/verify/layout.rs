//! What the entries are, whether they stand in their order, and whether the checksums fit.

use std::collections::BTreeSet;

use super::collect::{Collected, Record};
use super::findings::{Finding, Findings};
use crate::container::Fault;
use crate::dossier::{
    ANCHORS_MAX, ASIC_MANIFEST, ASIC_STAMP, BUILT, CHECKPOINT, EVENTS, MANIFEST, META_INF,
    MIMETYPE, Manifest, POLICY, SUMS, anchor_checkpoint_path, anchor_consistency_path, proof_path,
    stamp_chain_path, stamp_path, sums,
};

/// The translation key for a fault of the container.
fn why_fault(fault: &Fault) -> &'static str {
    match fault {
        Fault::NotZip => "why-not-zip",
        Fault::Header { .. } => "why-header",
        Fault::Path { .. } => "why-path",
        Fault::Duplicate { .. } => "why-duplicate",
        Fault::TooLarge | Fault::Stopped => "why-too-large",
        Fault::Directory => "why-directory",
        Fault::Trailing => "why-trailing",
        Fault::Truncated => "why-truncated",
    }
}

/// What is wrong with a container, and where.
pub fn faulty(found: &Collected, fault: &Fault) -> Finding {
    let entry = match fault {
        Fault::Duplicate { path } => path.clone(),
        Fault::Header { number } | Fault::Path { number } => number.to_string(),
        _ => found.stopped_in.clone().unwrap_or_default(),
    };
    let finding = Finding::fails(why_fault(fault));
    counted(found, finding).with("entry", entry)
}

/// A finding on the container as a whole.
pub fn counted(found: &Collected, finding: Finding) -> Finding {
    finding.with("entries", found.entries).with("bytes", found.bytes)
}

/// The container as a whole.
pub fn judge_container(found: &Collected, findings: &mut Findings) {
    let finding = match &found.fault {
        None => counted(found, Finding::holds()),
        Some(fault) => faulty(found, fault),
    };
    findings.claim("claim-container", "", finding);
}

/// What to say of an entry that is not there: when reading stopped early it may have been.
pub fn absent(found: &Collected) -> Finding {
    if found.fault.is_some() {
        Finding::open("why-not-reached")
    } else {
        Finding::fails("why-missing")
    }
}

/// `SHA256SUMS` and the CRCs.
pub fn judge_sums(found: &Collected, findings: &mut Findings) {
    let Some(text) = found.kept.get(SUMS) else {
        findings.claim("claim-sums", SUMS, absent(found));
        return;
    };
    let mut rest = &text[..];
    let mut each = Vec::new();
    for record in &found.records {
        let mut finding = Finding::holds();
        let is_summed = record.path != MIMETYPE && record.path != SUMS;
        // What makes it an ASiC-E container vouches for the checksums, not the other way round.
        if is_summed && !record.path.starts_with(META_INF) {
            let line = sums([(record.path.as_str(), &record.sha256)]);
            let (next, fits) = match rest.strip_prefix(line.as_bytes()) {
                Some(next) => (next, true),
                None => (after_line(rest), false),
            };
            rest = next;
            if !fits {
                finding = Finding::fails("why-sum");
            }
        }
        if !record.crc_fits {
            finding = Finding::fails("why-crc");
        }
        each.push((record.path.clone(), finding));
    }
    if found.fault.is_none() && !rest.is_empty() {
        each.push((SUMS.to_owned(), Finding::fails("why-sum-extra")));
    }
    findings.each("claim-sums", each);
}

/// What follows after the first line end.
fn after_line(bytes: &[u8]) -> &[u8] {
    match bytes.iter().position(|&byte| byte == b'\n') {
        Some(at) => &bytes[at + 1..],
        None => &[],
    }
}

/// The numbers of anchors and of their stamps, as far as they are numbered without gaps.
pub fn anchors(found: &Collected) -> Vec<usize> {
    (1..=ANCHORS_MAX)
        .take_while(|&number| found.kept.contains_key(&anchor_checkpoint_path(number)))
        .map(|number| {
            (1..).take_while(|&stamp| found.kept.contains_key(&stamp_path(number, stamp))).count()
        })
        .collect()
}

/// Whether the entries are those that manifest and events ask for, in their order.
///
/// `indices`: of all events shown, `dossier.built` included.
pub fn judge_layout(
    found: &Collected,
    manifest: &Manifest,
    indices: &BTreeSet<u64>,
    findings: &mut Findings,
) {
    let mut expected: Vec<String> =
        [MIMETYPE, MANIFEST, SUMS, BUILT, EVENTS, CHECKPOINT].map(str::to_owned).to_vec();
    expected.extend(indices.iter().map(|&index| proof_path(index)));
    for (at, &stamps) in anchors(found).iter().enumerate() {
        let number = at + 1;
        expected.push(anchor_checkpoint_path(number));
        expected.push(anchor_consistency_path(number));
        for stamp in 1..=stamps {
            expected.push(stamp_path(number, stamp));
            expected.push(stamp_chain_path(number, stamp));
        }
    }
    expected.push(POLICY.to_owned());
    // The first two are `events.json` and `policy.txt`, which have their places above.
    expected.extend(manifest.files.iter().skip(2).map(|file| file.path.clone()));
    // Both or none: a dossier that nobody stamped is none.
    if found.records.iter().any(|record| record.path.starts_with(META_INF)) {
        expected.extend([ASIC_MANIFEST, ASIC_STAMP].map(str::to_owned));
    }

    let differs = expected.iter().zip(&found.records).find(|(path, record)| **path != record.path);
    let (subject, finding) = match differs {
        Some((path, record)) if is_among(path, &found.records) || found.fault.is_some() => {
            let known = expected.contains(&record.path);
            let why = if known { "why-order" } else { "why-unexpected" };
            (record.path.clone(), Finding::fails(why))
        }
        Some((path, _)) => (path.clone(), Finding::fails("why-missing")),
        None if found.records.len() > expected.len() => {
            let extra = &found.records[expected.len()];
            (extra.path.clone(), Finding::fails("why-unexpected"))
        }
        None if found.records.len() < expected.len() => {
            (expected[found.records.len()].clone(), absent(found))
        }
        None => (String::new(), Finding::holds().with("entries", expected.len())),
    };
    findings.claim("claim-layout", subject, finding);
}

fn is_among(path: &str, records: &[Record]) -> bool {
    records.iter().any(|record| record.path == path)
}
