//! Dossiers that hold, and what the verdict says of them.

use evidence::verify::{KeysFrom, Means, Options, Outcome, Standing, State};
use ledger::policy::Policy;

use crate::sample::{self, HOLDER, START, own_witness, recipe, small_recipe, witness};
use crate::{assert_state, claims, verify, verify_with};

#[test]
fn a_whole_dossier_holds() {
    let dossier = recipe().build();
    let verdict = verify(&dossier);
    assert_eq!(verdict.failures().collect::<Vec<_>>(), Vec::<&evidence::verify::Claim>::new());
    assert_eq!((verdict.outcome, verdict.exit_code()), (Outcome::Valid, 0));
    assert_eq!(verdict.holder.as_deref(), Some(HOLDER));
    assert_eq!(verdict.counts.bytes, dossier.len() as u64);
    assert_eq!((verdict.counts.events, verdict.counts.files), (7, 2));
    assert_eq!((verdict.counts.anchors, verdict.counts.leaves), (2, Some(9)));
    assert_eq!(verdict.keys_from, KeysFrom::DossierItself);
    assert_state(&verdict, "claim-inclusion", State::Holds);
    assert_state(&verdict, "claim-anchor", State::Holds);
    assert_state(&verdict, "claim-stamp", State::Holds);
    assert_state(&verdict, "claim-time", State::Holds);
    assert_state(&verdict, "claim-policy", State::Holds);
    assert_state(&verdict, "claim-neutral", State::Holds);
    assert_state(&verdict, "claim-keys", State::Open);
    assert!(verdict.neutral);
}

#[test]
fn times_are_the_earliest_by_whoever_stands_highest() {
    let verdict = verify(&recipe().build());
    // Leaf 0: the own witness was earlier, but an independent one stands higher.
    let first = &verdict.events[0];
    let bound = first.not_later_than.as_ref().unwrap();
    assert_eq!(bound.unix_ms, (START + 60) * 1000);
    assert_eq!((bound.means, bound.standing), (Means::Cosignature, Standing::Independent));
    let unknown = first.bounds.iter().find(|bound| bound.standing == Standing::Unknown).unwrap();
    assert_eq!((unknown.unix_ms, &*unknown.by), ((START + 50) * 1000, own_witness().name()));
    assert_eq!(first.not_earlier_than, None);
    // Event 3 came after the first anchor, whose last cosignature is of START + 60.
    let third = &verdict.events[3];
    assert_eq!(third.received, Some((START + 100) * 1000));
    assert_eq!(third.not_later_than.as_ref().unwrap().unix_ms, (START + 160) * 1000);
    assert_eq!(third.not_earlier_than.as_ref().unwrap().unix_ms, (START + 60) * 1000);
    let drill = third.bounds.iter().find(|bound| bound.means == Means::Stamp).unwrap();
    assert_eq!((drill.unix_ms, drill.standing), ((START + 170) * 1000, Standing::Drill));
    assert_eq!(third.withheld, ["origin", "public", "value"]);
    assert_eq!(third.shown["title"], "虚构工艺");
    assert_eq!(verdict.authorities[0].stamped, 1);
    let facts: Vec<_> = verdict.witnesses.iter().map(|one| (&*one.name, one.cosigned)).collect();
    assert_eq!(facts, [("witness.example/neutral", 3), ("witness.example/own", 1)]);
}

#[test]
fn the_verifiers_own_keys_decide() {
    let dossier = recipe().build();
    let key = sample::Node::new().key.verifier();
    let with_policy = |policy: &str| {
        let policy = Some(Policy::parse(policy).unwrap());
        verify_with(&dossier, Options { policy, ..Options::default() })
    };
    let neutral = witness().verifier();
    let met = with_policy(&format!("log {key}\nwitness w {neutral}\nquorum w\n"));
    assert_eq!((met.outcome, met.keys_from), (Outcome::Valid, KeysFrom::Verifier));
    assert_state(&met, "claim-keys", State::Holds);
    // A policy without logs accepts any; the witness it asks for saw only the first anchor.
    let own = own_witness().verifier();
    let unmet = with_policy(&format!("witness w {own}\nquorum w\n"));
    assert_eq!(unmet.outcome, Outcome::NotValid);
    let failures: Vec<_> = unmet.failures().map(|claim| (claim.id, claim.why)).collect();
    assert_eq!(failures, [("claim-policy", Some("why-quorum"))]);
    assert!(!unmet.neutral, "the independent witness is not in this policy");
    let stranger = claims(&unmet, "claim-cosignature");
    assert!(
        stranger.iter().any(|claim| claim.subject == neutral.name()
            && claim.why == Some("why-witness-not-in-policy"))
    );
    // Another log.
    let other = ledger::note::SigningKey::log("log.example/other", &[8; 32]).unwrap().verifier();
    let unknown = with_policy(&format!("log {other}\nwitness w {neutral}\nquorum w\n"));
    let failures: Vec<_> = unknown.failures().map(|claim| (claim.id, claim.why)).collect();
    assert_eq!(failures, [("claim-log-key", Some("why-log-not-in-policy"))]);
}

#[test]
fn the_verifiers_own_roots_decide() {
    let dossier = recipe().build();
    let with_root = |root: &[u8]| {
        verify_with(&dossier, Options { tsa_roots: vec![root.to_vec()], ..Options::default() })
    };
    let known = with_root(sample::authority().root());
    assert_eq!((known.outcome, known.roots_from), (Outcome::Valid, KeysFrom::Verifier));
    assert_state(&known, "claim-stamp", State::Holds);
    let from = (START - 86_400) * 1000;
    let other = stamp::Authority::from_seed(&[5; 32], "Other TSA", from, from + 1_000_000_000);
    let unknown = with_root(other.unwrap().root());
    assert_eq!(unknown.outcome, Outcome::Valid, "the dossier is not to blame");
    assert_state(&unknown, "claim-stamp", State::Open);
    assert!(unknown.authorities.is_empty());
}

#[test]
fn keys_come_as_one_text() {
    let key = sample::Node::new().key.verifier();
    let pem = stamp::certificates_to_pem(&[sample::authority().root().to_vec()]);
    let text = format!("# mine\nlog {key}\n{pem}quorum none\n");
    let options = Options::from_text(&text, Some(START + 1000)).unwrap();
    assert_eq!(options.tsa_roots.len(), 1);
    assert_eq!(options.policy.as_ref().unwrap().logs.len(), 1);
    assert_eq!(verify_with(&recipe().build(), options).outcome, Outcome::Valid);
    assert!(Options::from_text("\n# nothing\n", None).unwrap().policy.is_none());
    assert!(Options::from_text("log nonsense\n", None).is_err());
    assert!(Options::from_text("-----BEGIN CERTIFICATE-----\n!\n", None).is_err());
}

#[test]
fn without_witnesses_time_stays_open_and_the_dossier_holds() {
    let mut recipe = small_recipe();
    recipe.newest.clear();
    recipe.anchors.clear();
    recipe.policy = format!("log {}\nquorum none\n", recipe.log);
    let verdict = verify(&recipe.build());
    assert_eq!(verdict.outcome, Outcome::Valid);
    assert_state(&verdict, "claim-time", State::Open);
    assert_state(&verdict, "claim-policy", State::Open);
    assert_state(&verdict, "claim-neutral", State::Open);
    assert!(!verdict.neutral);
}

#[test]
fn the_verdict_is_json() {
    let verdict = verify(&recipe().build());
    let json: serde_json::Value = serde_json::from_str(&verdict.to_json()).unwrap();
    assert_eq!(json["outcome"], "valid");
    assert_eq!(json["keys_from"], "dossier_itself");
    assert_eq!(json["events"][3]["not_later_than"]["standing"], "independent");
    assert_eq!(json["claims"][0]["id"], "claim-container");
    assert_eq!(json["claims"][0]["args"]["entries"], json["counts"]["entries"].to_string());
}
