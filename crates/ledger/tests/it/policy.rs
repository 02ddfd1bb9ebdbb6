//! Policies: what they say, and what they make of a checkpoint.

use ledger::checkpoint::{Checkpoint, CheckpointError};
use ledger::cosignature::cosign;
use ledger::hash::empty_root;
use ledger::note::{Note, NoteError, SigningKey};
use ledger::policy::{NAMED_MAX, Policy};
use proptest::prelude::*;

use crate::fixture::{ORIGIN, log_key};

fn witness(seed: u8) -> SigningKey {
    SigningKey::cosigner(&format!("w{seed}.example"), &[seed; 32]).unwrap()
}

fn vkey(seed: u8) -> String {
    witness(seed).verifier().to_string()
}

/// A checkpoint, cosigned by these witnesses, each at its own number of seconds.
fn cosigned(by: &[u8]) -> Note {
    let mut note = Checkpoint::new(ORIGIN.into(), 0, empty_root()).sign(&log_key());
    for &seed in by {
        note.signatures.push(cosign(&witness(seed), &note.text, seed.into()));
    }
    note
}

/// The example of the tlog-policy draft, with keys: two of X1 to X3, and any of Y1 to Y3.
fn example() -> String {
    let keys: Vec<String> = (0..=6).map(vkey).collect();
    format!(
        "# An example\n\t# of two organisations\n\nlog {log} https://log.example\n\
         witness X1 {x1}\nwitness X2 {x2}  https://x2.example\n \twitness\tX3 {x3} \n\
         group X-witnesses 2 X1 X2 X3\n\n\
         witness Y1 {y1}\nwitness Y2 {y2}\nwitness Y3 {y3}\n\
         group Y-witnesses any Y1 Y2 Y3\n\
         group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n",
        log = log_key().verifier(),
        x1 = keys[1],
        x2 = keys[2],
        x3 = keys[3],
        y1 = keys[4],
        y2 = keys[5],
        y3 = keys[6],
    )
}

#[test]
fn the_example_of_the_draft_is_judged() {
    let policy = Policy::parse(&example()).unwrap();
    assert_eq!((policy.logs.len(), policy.witnesses.len(), policy.groups.len()), (1, 6, 3));
    assert_eq!(policy.witnesses[1].url.as_deref(), Some("https://x2.example"));
    for (by, quorum) in [
        (&[][..], false),
        (&[1, 2], false),
        (&[4, 5, 6], false),
        (&[1, 4], false),
        (&[1, 2, 4], true),
        (&[6, 3, 2], true),
        (&[1, 2, 3, 4, 5, 6], true),
        (&[1, 2, 9], false),
        (&[1, 1, 4], false),
    ] {
        let judged = policy.judge(cosigned(by).to_string().as_bytes()).unwrap();
        assert_eq!(judged.quorum, quorum, "{by:?}");
        assert_eq!(judged.checkpoint.origin, ORIGIN);
        for one in judged.cosigned {
            let seed: u8 = one.time.try_into().unwrap();
            let names = ["X1", "X2", "X3", "Y1", "Y2", "Y3"];
            assert_eq!(one.name, names[usize::from(seed) - 1]);
        }
    }
}

#[test]
fn a_checkpoint_must_be_by_a_log_of_the_policy() {
    let policy = Policy::parse(&example()).unwrap();
    let by = |key: &SigningKey, origin: &str| {
        let note = Checkpoint::new(origin.into(), 0, empty_root()).sign(key);
        policy.judge(note.to_string().as_bytes()).map(|judged| judged.quorum)
    };
    assert_eq!(by(&log_key(), ORIGIN), Ok(false));
    let none = Err(CheckpointError::Note(NoteError::NoKnownKey));
    assert_eq!(by(&SigningKey::log(ORIGIN, &[1; 32]).unwrap(), ORIGIN), none);
    let other = Err(CheckpointError::OtherOrigin("other.example".into()));
    assert_eq!(by(&log_key(), "other.example"), other);
    // Cosignatures alone make no checkpoint.
    let mut note = cosigned(&[1, 2, 3, 4, 5, 6]);
    note.signatures.remove(0);
    let judged = policy.judge(note.to_string().as_bytes());
    assert_eq!(judged.unwrap_err(), CheckpointError::Note(NoteError::NoKnownKey));
    // A known witness's wrong line spoils the whole, whether or not it is needed.
    let mut note = cosigned(&[1, 2, 4, 5]);
    note.signatures[4].bytes[20] ^= 1;
    let judged = policy.judge(note.to_string().as_bytes());
    let wrong = NoteError::WrongSignature("w5.example".into());
    assert_eq!(judged.unwrap_err(), CheckpointError::Note(wrong));
}

#[test]
fn a_log_may_have_several_keys_and_may_be_known_from_elsewhere() {
    let older = SigningKey::log(ORIGIN, &[1; 32]).unwrap();
    let logs = format!("log {}\nlog {}\n", older.verifier(), log_key().verifier());
    let note = cosigned(&[1]).to_string();
    let policy = Policy::parse(&format!("{logs}quorum none\n")).unwrap();
    assert!(policy.judge(note.as_bytes()).unwrap().quorum);
    let policy = Policy::parse("quorum none\n").unwrap();
    assert!(policy.judge(note.as_bytes()).is_err());
    assert!(policy.judge_of(note.as_bytes(), &[log_key().verifier()]).unwrap().quorum);
    assert!(policy.judge_of(note.as_bytes(), &[older.verifier()]).is_err());
}

#[test]
fn what_the_draft_forbids_is_refused_with_its_line() {
    let (w1, w2) = (format!("witness a {}", vkey(1)), format!("witness b {}", vkey(2)));
    let log = format!("log {}", log_key().verifier());
    // The same raw key under another name and another id.
    let w1_renamed = SigningKey::cosigner("else.example", &[1; 32]).unwrap().verifier();
    let log_renamed = SigningKey::log("else.example", &[7; 32]).unwrap().verifier();
    for (line, text) in [
        (1, String::new()),
        (2, "# no quorum\n".into()),
        (1, "quorum nobody\n".into()),
        (2, "quorum none\nquorum none\n".into()),
        (1, format!("quorum a\n{w1}\n")),
        (1, "log\nquorum none\n".into()),
        (1, "log x\nquorum none\n".into()),
        (1, format!("{log} https://a b\nquorum none\n")),
        (2, format!("{log}\n{log}\nquorum none\n")),
        (2, format!("{log}\nlog {log_renamed}\nquorum none\n")),
        (1, format!("witness {}\nquorum none\n", vkey(1))),
        (1, format!("witness none {}\nquorum none\n", vkey(1))),
        (1, format!("witness a {}\nquorum a\n", log_key().verifier())),
        (2, format!("{w1}\nwitness a {}\nquorum a\n", vkey(2))),
        (2, format!("{w1}\nwitness b {w1_renamed}\nquorum a\n")),
        (2, format!("{w1}\ngroup g any\nquorum g\n")),
        (2, format!("{w1}\ngroup g 0 a\nquorum g\n")),
        (2, format!("{w1}\ngroup g 2 a\nquorum g\n")),
        (2, format!("{w1}\ngroup g 01 a\nquorum g\n")),
        (2, format!("{w1}\ngroup g +1 a\nquorum g\n")),
        (2, format!("{w1}\ngroup g most a\nquorum g\n")),
        (2, format!("{w1}\ngroup a any a\nquorum a\n")),
        (2, format!("{w1}\ngroup none any a\nquorum none\n")),
        (2, format!("{w1}\ngroup g any none\nquorum g\n")),
        (2, format!("{w1}\ngroup g any g\nquorum g\n")),
        (2, format!("{w1}\ngroup g any b\n{w2}\nquorum g\n")),
        (2, format!("{w1}\ngroup g any a a\nquorum g\n")),
        (3, format!("{w1}\ngroup g any a\ngroup h any a\nquorum g\n")),
        (2, format!("{w1}\nquorum a b\n")),
        (1, "Quorum none\n".into()),
        (1, "quorum\u{a0}none\n".into()),
        (1, "quorum none\r\n".into()),
        (1, "quorum none\u{b}\n".into()),
        (1, "# \u{7f}\nquorum none\n".into()),
        (1, "witnesses\nquorum none\n".into()),
    ] {
        let error = Policy::parse(&text).expect_err(&text);
        assert_eq!(error.line, line, "{text:?}: {error}");
    }
    for text in [
        format!("{w1}\nquorum a"),
        format!("\n\n  # c\n{w1}\n{w2}\ngroup 组 2 a b\nquorum 组\n"),
        format!("{w1}\ngroup any any a\ngroup all all any\nquorum all\n"),
    ] {
        assert!(Policy::parse(&text).is_ok(), "{text:?}");
    }
}

#[test]
fn at_least_32_of_a_kind_are_read_and_not_without_end() {
    let many = |count: usize| {
        let mut text = String::new();
        for number in 0..count {
            let mut seed = [0; 32];
            seed[..8].copy_from_slice(&(number as u64).to_be_bytes());
            let key = SigningKey::cosigner("w.example", &seed).unwrap().verifier();
            text += &format!("witness w{number} {key}\ngroup g{number} any w{number}\n");
        }
        text + "quorum none\n"
    };
    assert!(Policy::parse(&many(32)).is_ok());
    assert!(Policy::parse(&many(NAMED_MAX)).is_ok());
    assert!(Policy::parse(&many(NAMED_MAX + 1)).is_err());
}

#[test]
fn a_chain_of_groups_is_judged() {
    let mut text = format!("log {}\nwitness g0 {}\n", log_key().verifier(), vkey(1));
    for number in 1..=NAMED_MAX {
        text += &format!("group g{number} all g{}\n", number - 1);
    }
    let policy = Policy::parse(&format!("{text}quorum g{NAMED_MAX}\n")).unwrap();
    assert!(policy.judge(cosigned(&[1]).to_string().as_bytes()).unwrap().quorum);
    assert!(!policy.judge(cosigned(&[]).to_string().as_bytes()).unwrap().quorum);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// A group is met when enough of its members are, counted here by hand.
    #[test]
    fn quorums_count(enough in 1usize..=5, by in prop::collection::btree_set(1u8..=7, 0..6)) {
        let mut text = format!("log {}\n", log_key().verifier());
        for seed in 1..=5u8 {
            text += &format!("witness w{seed} {}\n", vkey(seed));
        }
        text += &format!("group g {enough} w1 w2 w3 w4 w5\nquorum g\n");
        let by: Vec<u8> = by.into_iter().collect();
        let judged = Policy::parse(&text).unwrap().judge(cosigned(&by).to_string().as_bytes());
        let known = by.iter().filter(|&&seed| seed <= 5).count();
        prop_assert_eq!(judged.unwrap().quorum, known >= enough);
    }
}
