//! Dossiers made by people who lie: with the checksums put right, and where they hold the log's
//! key, with everything signed anew.

use evidence::dossier::{ShownItem, anchor_checkpoint_path, proof_path};
use evidence::item;
use evidence::verify::{Options, Outcome, Standing, State};
use ledger::note::SigningKey;
use serde_json::json;

use crate::sample::{
    Anchor, Entries, Node, Recipe, START, own_witness, policy, recipe, stamp_over, witness,
};
use crate::{assert_fails, assert_state, verify, verify_with};

const CARRIER: &str = "files/MD-0001/carrier-01.txt";
const PAPER: &str = "files/HZ-0001/paper-02.txt";

/// Changes the entries of the sample and puts the checksums right.
fn resealed(change: impl FnOnce(&mut Entries)) -> Vec<u8> {
    let mut entries = Entries::of(&recipe().build());
    change(&mut entries);
    entries.reseal()
}

/// Changes the sample before it is committed to, signed and packed.
fn rebuilt(change: impl FnOnce(&mut Recipe)) -> Vec<u8> {
    let mut recipe = recipe();
    change(&mut recipe);
    recipe.build()
}

#[test]
fn a_changed_file_fails_alone() {
    let dossier = resealed(|entries| entries.get(CARRIER)[0] ^= 1);
    assert_fails(&dossier, &[("claim-file", CARRIER, "why-changed")]);
    let verdict = verify(&dossier);
    assert_state(&verdict, "claim-inclusion", State::Holds);
    assert_state(&verdict, "claim-event", State::Holds);
    assert_state(&verdict, "claim-built", State::Holds);
    assert_state(&verdict, "claim-sums", State::Holds);
    let held = verdict.claims.iter().find(|one| one.id == "claim-file" && one.subject.is_empty());
    assert_eq!(held.unwrap().args, [("count", "4".to_owned()), ("total", "5".to_owned())]);
    assert_eq!(verdict.files.iter().filter(|file| file.content == State::Fails).count(), 1);
    // Without the checksums put right these fail too, and still nothing else.
    let mut entries = Entries::of(&recipe().build());
    entries.get(CARRIER)[0] ^= 1;
    let expected = [("claim-sums", CARRIER, "why-sum"), ("claim-file", CARRIER, "why-changed")];
    assert_fails(&entries.pack(), &expected);
}

#[test]
fn swapped_files() {
    let both = [("claim-file", CARRIER, "why-changed"), ("claim-file", PAPER, "why-changed")];
    let dossier = resealed(|entries| {
        let (carrier, paper) = (entries.at(CARRIER), entries.at(PAPER));
        let content = entries.0[carrier].1.clone();
        entries.0[carrier].1 = std::mem::replace(&mut entries.0[paper].1, content);
    });
    assert_fails(&dossier, &both);
    // The same by the keeper, who commits to the swap.
    let dossier = rebuilt(|recipe| {
        let content = recipe.files[0].1.clone();
        recipe.files[0].1 = std::mem::replace(&mut recipe.files[1].1, content);
    });
    let expected =
        [("claim-file-event", CARRIER, "why-differs"), ("claim-file-event", PAPER, "why-differs")];
    assert_fails(&dossier, &expected);
    // A true file under another number, or with an event of another kind, or one not shown.
    let renamed = "files/MD-0002/carrier-01.txt";
    let dossier = rebuilt(|recipe| recipe.files[0].0 = renamed.to_owned());
    assert_fails(&dossier, &[("claim-file-event", renamed, "why-differs")]);
    let dossier = rebuilt(|recipe| recipe.files[0].2 = 6);
    assert_fails(&dossier, &[("claim-file-event", CARRIER, "why-other-kind")]);
    let dossier = rebuilt(|recipe| recipe.files[0].2 = 7);
    assert_fails(&dossier, &[("claim-file-event", CARRIER, "why-no-event")]);
}

#[test]
fn a_file_whose_digest_is_withheld_is_not_proved() {
    let dossier = rebuilt(|recipe| recipe.shown.events[5] = recipe.node.shown(5, &["digest"]));
    assert_fails(&dossier, &[("claim-file-event", CARRIER, "why-differs")]);
}

/// Rebuilds with a change to one shown event; only the claim about its form may fail, and what
/// follows from it.
fn misshown(index: usize, change: impl FnOnce(&mut Vec<ShownItem>)) -> Vec<u8> {
    rebuilt(|recipe| change(&mut recipe.shown.events[index].items))
}

#[test]
fn hidden_items() {
    // `happened` qualifies: hiding that a date was only claimed would change the story.
    let hide = |place: usize| {
        misshown(3, |items| items[place] = ShownItem::Withheld(items[place].digest()))
    };
    let kind = evidence::kind::kind("secret.registered").unwrap();
    let happened = kind.place("happened").unwrap();
    assert_fails(&hide(happened), &[("claim-event", "3", "why-hidden")]);
    for place in 0..4 {
        assert_fails(&hide(place), &[("claim-event", "3", "why-hidden")]);
    }
    let title = kind.place("title").unwrap();
    assert_eq!(verify(&hide(title)).outcome, Outcome::Valid, "this one may be withheld");
}

#[test]
fn items_in_another_order_or_number() {
    // Another order is another entry, so it is not in the log either.
    let both = |why| [("claim-event", "4", why), ("claim-inclusion", "4", "why-proof")];
    let dossier = misshown(4, |items| items.swap(5, 6));
    assert_fails(&dossier, &both("why-item-order"));
    let dossier = misshown(4, |items| drop(items.pop()));
    assert_fails(&dossier, &both("why-item-count"));
    let dossier = misshown(4, |items| items.push(ShownItem::Withheld([0; 32])));
    assert_fails(&dossier, &both("why-item-count"));
    let dossier = misshown(4, |items| items.clear());
    assert_fails(&dossier, &both("why-hidden"));
    let dossier = misshown(4, |items| items[6] = ShownItem::Shown("x".to_owned()));
    assert_fails(&dossier, &both("why-item"));
    // Withheld items in another order: the names can't be checked, the entry can.
    let dossier = rebuilt(|recipe| {
        let kind = evidence::kind::kind("secret.registered").unwrap();
        let (one, two) = (kind.place("origin").unwrap(), kind.place("public").unwrap());
        recipe.shown.events[3].items.swap(one, two);
    });
    assert_fails(&dossier, &[("claim-inclusion", "3", "why-proof")]);
}

#[test]
fn an_event_whose_items_are_laid_out_otherwise_is_refused_though_it_is_in_the_log() {
    // The keeper wrote a leaf with the items of another kind under this tag.
    let with_leaf = |texts: fn(&Node) -> Vec<String>| {
        rebuilt(|recipe| {
            let texts = texts(&recipe.node);
            let index = recipe.node.push_texts(texts);
            let event = recipe.node.shown(index, &[]);
            recipe.shown.events.push(event);
        })
    };
    let dossier = with_leaf(|node| {
        let mut texts = node.events[4].clone();
        texts[0] = node.events[5][0].clone();
        texts
    });
    assert_fails(&dossier, &[("claim-event", "8", "why-item-count")]);
    let dossier = with_leaf(|node| {
        let mut texts = node.events[4].clone();
        texts.swap(4, 5);
        texts
    });
    assert_fails(&dossier, &[("claim-event", "8", "why-item-order")]);
    let dossier = with_leaf(|node| {
        let mut texts = node.events[4].clone();
        texts[2] = item::text(&[0; 16], "received", &json!("today"));
        texts
    });
    assert_fails(&dossier, &[("claim-event", "8", "why-item")]);
}

#[test]
fn a_kind_of_a_newer_program_is_unreadable_rather_than_wrong() {
    let dossier = rebuilt(|recipe| {
        let mut texts = recipe.node.events[4].clone();
        texts[0] = item::text(&[0; 16], "kind", &json!("secret.teleported"));
        let index = recipe.node.push_texts(texts);
        let event = recipe.node.shown(index, &[]);
        recipe.shown.events.push(event);
    });
    let verdict = verify(&dossier);
    assert_eq!((verdict.outcome, verdict.exit_code()), (Outcome::Unreadable, 2));
    assert_eq!(verdict.failures().next().unwrap().why, Some("why-kind-unknown"));
    let dossier = resealed(|entries| {
        let text = String::from_utf8(entries.get("manifest.json").clone()).unwrap();
        *entries.get("manifest.json") = text.replace("dossier/1", "dossier/9").into_bytes();
    });
    let verdict = verify(&dossier);
    assert_eq!(verdict.outcome, Outcome::Unreadable);
    assert!(verdict.failures().any(|claim| claim.why == Some("why-newer")));
}

#[test]
fn a_duplicate_index() {
    let dossier = rebuilt(|recipe| {
        let copy = recipe.shown.events[4].clone();
        recipe.shown.events.insert(4, copy);
    });
    let verdict = verify(&dossier);
    assert_eq!(verdict.outcome, Outcome::NotValid);
    assert!(verdict.failures().any(|one| (one.id, one.why) == ("claim-events", Some("why-field"))));
}

#[test]
fn the_proof_of_another_event() {
    let (three, four) = (proof_path(3), proof_path(4));
    let dossier = resealed(|entries| {
        let other = entries.get(&four).clone();
        *entries.get(&three) = other;
    });
    assert_fails(&dossier, &[("claim-inclusion", "3", "why-proof-index")]);
    // With the index put right the path leads elsewhere.
    let dossier = resealed(|entries| {
        let other = String::from_utf8(entries.get(&four).clone()).unwrap();
        *entries.get(&three) = other.replace("index 4\n", "index 3\n").into_bytes();
    });
    assert_fails(&dossier, &[("claim-inclusion", "3", "why-proof")]);
    // Something in the proof that nothing vouches for.
    let dossier = resealed(|entries| {
        let text = String::from_utf8(entries.get(&three).clone()).unwrap();
        *entries.get(&three) = text.replace("index", "extra eA==\nindex").into_bytes();
    });
    assert_fails(&dossier, &[("claim-inclusion", "3", "why-proof-form")]);
    // A sound proof over an earlier checkpoint than the dossier's.
    let recipe = recipe();
    let earlier = String::from_utf8(recipe.node.note(7, &[])).unwrap();
    let path = recipe.node.inclusion(3, 7);
    let proof = ledger::tlog_proof::TlogProof { extra: None, index: 3, path, checkpoint: earlier };
    let dossier = resealed(|entries| *entries.get(&three) = proof.to_string().into_bytes());
    assert_fails(&dossier, &[("claim-inclusion", "3", "why-proof-checkpoint")]);
}

#[test]
fn the_checkpoint_of_another_log() {
    let other = SigningKey::log("log.example/other", &[8; 32]).unwrap();
    let dossier = resealed(|entries| {
        let note = Node::with_key(other.clone()).note(0, &[]);
        *entries.get("checkpoint") = note;
    });
    let verdict = verify(&dossier);
    assert_eq!(verdict.outcome, Outcome::NotValid);
    assert_eq!(verdict.failures().next().unwrap().id, "claim-checkpoint");
    assert_state(&verdict, "claim-inclusion", State::Open);
    assert_state(&verdict, "claim-file-event", State::Open);
    assert_state(&verdict, "claim-file", State::Holds);
    // Another key under the same name.
    let same_name = SigningKey::log("log.example/a1b2", &[8; 32]).unwrap();
    let dossier = rebuilt(|recipe| recipe.log = same_name.verifier().to_string());
    let verdict = verify(&dossier);
    let failures: Vec<_> = verdict.failures().map(|one| (one.id, one.why.unwrap())).collect();
    assert!(failures.contains(&("claim-checkpoint", "why-not-signed-by-log")), "{failures:?}");
    // A manifest that names another log than leaf 0, and a log that signs: all consistent but that.
    let dossier = rebuilt(|recipe| {
        let events = std::mem::take(&mut recipe.node.events);
        let mut node = Node::with_key(same_name.clone());
        for texts in events {
            node.push_texts(texts);
        }
        recipe.node = node;
        recipe.log = same_name.verifier().to_string();
        recipe.anchors.clear();
        recipe.policy = policy(&recipe.log);
    });
    let log = same_name.verifier().to_string();
    assert_fails(&dossier, &[("claim-log-key", &log, "why-differs")]);
}

#[test]
fn another_holder() {
    let dossier = rebuilt(|recipe| recipe.holder = "Other Ltd (fictional)".to_owned());
    assert_fails(&dossier, &[("claim-holder", "Other Ltd (fictional)", "why-differs")]);
    let dossier = rebuilt(|recipe| drop(recipe.shown.events.remove(0)));
    let verdict = verify(&dossier);
    let failures: Vec<_> = verdict.failures().map(|one| (one.id, one.why.unwrap())).collect();
    let expected = [("claim-log-key", "why-no-leaf-0"), ("claim-holder", "why-no-leaf-0")];
    assert_eq!(failures, expected);
}

#[test]
fn dossier_built_commits_to_the_manifest() {
    for (field, change) in [
        ("manifest", (|v| v["manifest"] = json!("00")) as fn(&mut serde_json::Value)),
        ("no", |v| v["no"] = json!("JZ-0002")),
        ("purpose", |v| v["purpose"] = json!("police")),
        ("secrets", |v| v["secrets"] = json!([])),
        ("withheld", |v| v["withheld"] = json!([])),
    ] {
        let dossier = rebuilt(|recipe| recipe.built = change);
        assert_fails(&dossier, &[("claim-built", "8", "why-differs")]);
        let verdict = verify(&dossier);
        let claim = verdict.failures().next().unwrap();
        assert_eq!(claim.args, [("field", field.to_owned())]);
    }
    // Another event in its place.
    let other = recipe().node.shown(4, &[]);
    let dossier = resealed(|entries| {
        *entries.get("built.json") = evidence::dossier::Events::new(vec![other]).to_bytes();
    });
    let verdict = verify(&dossier);
    assert!(
        verdict.failures().any(|one| (one.id, one.why) == ("claim-built", Some("why-other-kind")))
    );
}

#[test]
fn an_inconsistent_anchor() {
    let path = anchor_checkpoint_path(2);
    // The log forked: it signed another tree of the same size.
    let dossier = rebuilt(|recipe| {
        let mut fork = Node::new();
        for at in 0..7 {
            fork.push("secret.viewed", START + at, None, json!({}));
        }
        recipe.anchors[1].note = fork.note(7, &[(&witness(), START + 160)]);
        recipe.anchors[1].stamps.clear();
    });
    let verdict = verify(&dossier);
    assert_fails(&dossier, &[("claim-anchor", &path, "why-inconsistent")]);
    // What the fork's witness says counts for nothing.
    assert_eq!(verdict.events[4].not_later_than.as_ref().unwrap().unix_ms, (START + 360) * 1000);
    // Out of order, and twice the same.
    let dossier = rebuilt(|recipe| recipe.anchors.swap(0, 1));
    assert_fails(&dossier, &[("claim-anchor", &path, "why-anchor-order")]);
    let dossier = rebuilt(|recipe| {
        let note = recipe.anchors[1].note.clone();
        recipe.anchors.push(Anchor { size: 7, note, stamps: Vec::new() });
    });
    assert_fails(&dossier, &[("claim-anchor", &anchor_checkpoint_path(3), "why-anchor-order")]);
    // An anchor of another log.
    let dossier = rebuilt(|recipe| {
        let other = SigningKey::log("log.example/other", &[8; 32]).unwrap();
        let mut node = Node::with_key(other);
        for texts in &recipe.node.events[..7] {
            node.push_texts(texts.clone());
        }
        recipe.anchors[1].note = node.note(7, &[(&witness(), START + 160)]);
        recipe.anchors[1].stamps.clear();
    });
    assert_fails(&dossier, &[("claim-anchor", &path, "why-not-signed-by-log")]);
    // More in the consistency proof than the proof.
    let dossier = resealed(|entries| entries.get("anchors/002/consistency").push(b'\n'));
    assert_fails(&dossier, &[("claim-anchor", &path, "why-consistency-form")]);
}

#[test]
fn unknown_and_false_witnesses() {
    // A witness that the policy does not know is named, and nothing follows from it.
    let stranger = SigningKey::cosigner("witness.example/stranger", &[7; 32]).unwrap();
    let dossier = rebuilt(|recipe| {
        recipe.newest = vec![(stranger.clone(), START + 310)];
        recipe.anchors.clear();
    });
    let verdict = verify(&dossier);
    assert_eq!(verdict.outcome, Outcome::Valid);
    let open = verdict.claims.iter().find(|one| one.subject == stranger.name()).unwrap();
    assert_eq!((open.state, open.why), (State::Open, Some("why-witness-not-in-policy")));
    assert!(verdict.events.iter().all(|event| event.bounds.is_empty()) && !verdict.neutral);
    // A stranger who signs in a known witness's name has another key id; one whose id was copied
    // makes a wrong signature.
    let dossier = resealed(|entries| {
        let text = String::from_utf8(entries.get("checkpoint").clone()).unwrap();
        let (note, line) = text.trim_end().rsplit_once('\n').unwrap();
        // One bit of the signature, in the middle of the line.
        let mut line = line.as_bytes().to_vec();
        let at = line.len() - 40;
        line[at] = if line[at] == b'A' { b'B' } else { b'A' };
        let changed = format!("{note}\n{}\n", String::from_utf8(line).unwrap());
        for (path, bytes) in &mut entries.0 {
            if path == "checkpoint" || path.starts_with("proofs/") {
                let content = String::from_utf8(bytes.clone()).unwrap();
                *bytes = content.replace(&text, &changed).into_bytes();
            }
        }
    });
    let name = witness().name().to_owned();
    assert_fails(&dossier, &[("claim-cosignature", &name, "why-cosignature")]);
    assert_state(&verify(&dossier), "claim-inclusion", State::Holds);
}

#[test]
fn the_log_is_no_independent_witness_of_itself() {
    let own = SigningKey::cosigner("witness.example/me", &[1; 32]).unwrap();
    let dossier = rebuilt(|recipe| {
        let fields = json!({"name": own.name(), "key": own.verifier().to_string(),
            "relation": "independent"});
        let index = recipe.node.push("witness.added", START + 210, None, fields);
        recipe.shown.events.push(recipe.node.shown(index, &[]));
        recipe.policy = format!("log {}\nwitness me {}\nquorum me\n", recipe.log, own.verifier());
        recipe.newest = vec![(own.clone(), START + 310)];
    });
    let verdict = verify(&dossier);
    assert_eq!(verdict.outcome, Outcome::Valid);
    assert_eq!(verdict.witnesses[0].standing, Standing::Own);
    assert!(!verdict.neutral);
}

#[test]
fn a_stamp_over_another_checkpoint() {
    let path = "anchors/002/1.tsr";
    let dossier = rebuilt(|recipe| {
        let other = recipe.anchors[0].note.clone();
        recipe.anchors[1].stamps = vec![stamp_over(&other, START + 70)];
    });
    assert_fails(&dossier, &[("claim-stamp", path, "why-stamp-other")]);
    // Over the same text with another cosignature: other bytes.
    let dossier = rebuilt(|recipe| {
        let cosigned = recipe.node.note(7, &[(&own_witness(), START + 160)]);
        recipe.anchors[1].stamps = vec![stamp_over(&cosigned, START + 170)];
    });
    assert_fails(&dossier, &[("claim-stamp", path, "why-stamp-other")]);
    let dossier = resealed(|entries| entries.get(path).truncate(100));
    assert_fails(&dossier, &[("claim-stamp", path, "why-stamp-form")]);
    let dossier = resealed(|entries| entries.get("anchors/002/1.pem").clear());
    assert_fails(&dossier, &[("claim-stamp", path, "why-stamp-form")]);
    // The chain of somebody else.
    let dossier = resealed(|entries| {
        let from = START * 1000;
        let other = stamp::Authority::from_seed(&[6; 32], "Other", from, from + 1_000_000_000);
        *entries.get("anchors/002/1.pem") = other.unwrap().chain_pem().into_bytes();
    });
    let verdict = verify(&dossier);
    assert_eq!(verdict.outcome, Outcome::NotValid);
    assert_eq!(verdict.failures().next().unwrap().id, "claim-stamp");
}

#[test]
fn a_time_of_receipt_that_others_contradict() {
    let late = |received: i64| {
        rebuilt(move |recipe| {
            let fields = json!({"secret": "MD-0001"});
            let index = recipe.node.push("secret.viewed", received, None, fields);
            recipe.shown.events.push(recipe.node.shown(index, &[]));
        })
    };
    // The newest checkpoint was cosigned at START + 360; five minutes are tolerated.
    assert_eq!(verify(&late(START + 360 + 300)).outcome, Outcome::Valid);
    let contradicted = [("claim-time", "8", "why-received-late")];
    assert_fails(&late(START + 360 + 301), &contradicted);
    // Back-dated: the checkpoint that `after` names was cosigned at START + 1000.
    let early = |received: i64| {
        rebuilt(move |recipe| {
            let note = recipe.node.note(8, &[(&witness(), START + 1000)]);
            let fields = json!({"secret": "MD-0001"});
            let index = recipe.node.push("secret.viewed", received, Some(&note), fields);
            recipe.shown.events.push(recipe.node.shown(index, &[]));
            recipe.anchors.push(Anchor { size: 8, note, stamps: Vec::new() });
            recipe.newest = vec![(witness(), START + 1100)];
        })
    };
    assert_eq!(verify(&early(START + 700)).outcome, Outcome::Valid);
    assert_fails(&early(START + 699), &[("claim-time", "8", "why-received-early")]);
}

#[test]
fn times_in_the_future_are_refused_when_the_verifier_knows_the_time() {
    let dossier = recipe().build();
    let at = |now| verify_with(&dossier, Options { now: Some(now), ..Options::default() });
    assert_eq!(at(START + 360).outcome, Outcome::Valid);
    assert_eq!(at(START + 360 - 300).outcome, Outcome::Valid);
    let verdict = at(START);
    assert_eq!(verdict.outcome, Outcome::NotValid);
    assert!(verdict.failures().all(|claim| claim.why == Some("why-future")));
}

#[test]
fn a_policy_that_cannot_be_read() {
    let dossier = rebuilt(|recipe| recipe.policy = "quorum nobody\n".to_owned());
    assert_fails(&dossier, &[("claim-policy", "policy.txt", "why-policy-form")]);
    let other = SigningKey::log("log.example/other", &[8; 32]).unwrap().verifier().to_string();
    let dossier = rebuilt(|recipe| recipe.policy = policy(&other));
    let log = Node::new().key.verifier().to_string();
    assert_fails(&dossier, &[("claim-log-key", &log, "why-log-not-in-policy")]);
}

#[test]
fn entries_extra_missing_and_reordered() {
    let add = |path: &str, at: &str| {
        let (path, at) = (path.to_owned(), at.to_owned());
        resealed(move |entries| {
            let at = entries.at(&at);
            entries.0.insert(at, (path, b"x".to_vec()));
        })
    };
    for (path, at) in [
        ("extra.txt", "policy.txt"),
        ("files/MD-0001/carrier-09.txt", CARRIER),
        ("report.pdf", CARRIER),
        ("proofs/0000000099.tlog-proof", "anchors/001/checkpoint"),
        ("anchors/999/checkpoint", "policy.txt"),
        ("anchors/001/1.pem", "anchors/002/checkpoint"),
    ] {
        assert_fails(&add(path, at), &[("claim-layout", path, "why-unexpected")]);
    }
    let end = resealed(|entries| entries.0.push(("files/z".to_owned(), Vec::new())));
    assert_fails(&end, &[("claim-layout", "files/z", "why-unexpected")]);
    let removed = resealed(|entries| {
        let at = entries.at("report.html");
        entries.0.remove(at);
    });
    let expected = [
        ("claim-layout", "report.html", "why-missing"),
        ("claim-file", "report.html", "why-missing"),
    ];
    assert_fails(&removed, &expected);
    let reordered = resealed(|entries| {
        let (one, two) = (entries.at(CARRIER), entries.at(PAPER));
        entries.0.swap(one, two);
    });
    assert_fails(&reordered, &[("claim-layout", PAPER, "why-order")]);
    let early = resealed(|entries| entries.0.swap(3, 4));
    assert_fails(&early, &[("claim-layout", "events.json", "why-order")]);
}

#[test]
fn checksums_that_do_not_fit() {
    let with_sums = |change: fn(&mut String)| {
        let mut entries = Entries::of(&recipe().build());
        let mut text = String::from_utf8(entries.get("SHA256SUMS").clone()).unwrap();
        change(&mut text);
        *entries.get("SHA256SUMS") = text.into_bytes();
        entries.pack()
    };
    let extra = with_sums(|text| text.push_str("00  x\n"));
    assert_fails(&extra, &[("claim-sums", "SHA256SUMS", "why-sum-extra")]);
    let upper = with_sums(|text| *text = text.replacen("a", "A", 1));
    let verdict = verify(&upper);
    assert_eq!(verdict.outcome, Outcome::NotValid);
    assert!(verdict.failures().all(|claim| claim.id == "claim-sums"));
}

/// What would take more memory than a verifier has is refused when it is announced.
#[test]
fn entries_that_are_too_large_to_be_read() {
    use evidence::dossier::{HEAD_BYTES_MAX, READ_BYTES_MAX};
    for (path, size) in [("events.json", READ_BYTES_MAX), ("report.pdf", HEAD_BYTES_MAX)] {
        let mut dossier = evidence::container::Writer::new(Vec::new());
        dossier.add_bytes("mimetype", b"application/vnd.etsi.asic-e+zip").unwrap();
        let mut huge = Vec::new();
        let mut writer = evidence::container::Writer::new(&mut huge);
        // Only the header is wanted: the content is refused as too short.
        assert!(writer.add(path, size, 0, &mut std::io::empty()).is_err());
        let whole = dossier.finish().unwrap();
        let first = 30 + "mimetype".len() + 31;
        let verdict = verify(&[&whole[..first], &huge].concat());
        assert_eq!(verdict.outcome, Outcome::NotValid);
        assert_eq!(verdict.claims[0].why, Some("why-too-large"), "{path}");
    }
}

#[test]
fn what_is_no_dossier_is_unreadable() {
    for bytes in [&b""[..], b"x", b"PK\x03\x04", &[0; 10_000]] {
        let verdict = verify(bytes);
        assert_eq!((verdict.outcome, verdict.exit_code()), (Outcome::Unreadable, 2));
    }
    let mut writer = evidence::container::Writer::new(Vec::new());
    writer.add_bytes("hello.txt", b"hello").unwrap();
    let verdict = verify(&writer.finish().unwrap());
    assert_eq!(verdict.outcome, Outcome::Unreadable);
    assert_eq!(verdict.claims[0].why, Some("why-not-a-dossier"));
    let mut writer = evidence::container::Writer::new(Vec::new());
    writer.add_bytes("mimetype", b"application/vnd.etsi.asic-e+zip").unwrap();
    let verdict = verify(&writer.finish().unwrap());
    assert_eq!(verdict.outcome, Outcome::NotValid, "it says that it is one");
}
