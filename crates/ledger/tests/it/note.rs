//! Keys, notes, checkpoints, cosignatures and proofs that stand alone.

use ledger::checkpoint::{Checkpoint, CheckpointError};
use ledger::cosignature::{self, cosign};
use ledger::hash::{Hash, MAX_TREE_SIZE, empty_root, leaf_hash};
use ledger::note::{
    KeyError, KeyKind, Note, NoteError, SIGNATURES_MAX, Signature, SigningKey, VerifierKey,
};
use ledger::proof::inclusion_proof;
use ledger::tlog_proof::{TlogProof, TlogProofError};
use proptest::prelude::*;

use crate::fixture::{Levels, ORIGIN, checkpoint, log_key, witness_key};

/// The example of the signed-note specification.
const EXAMPLE_KEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const EXAMPLE: &str = "This is an example message.\n\n— example.com/foo \
    Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
/// The example of the tlog-cosignature specification; its keys are not published.
const COSIGNED: &str = "example.com/behind-the-sofa\n20852163\n\
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
    — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n\
    — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

#[test]
fn the_example_of_the_specification_verifies() {
    let key = VerifierKey::parse(EXAMPLE_KEY).unwrap();
    assert_eq!((key.name(), key.kind()), ("example.com/foo", KeyKind::Log));
    let note = Note::parse(EXAMPLE.as_bytes()).unwrap();
    assert_eq!(note.to_string(), EXAMPLE);
    let verified = note.verify(std::slice::from_ref(&key)).unwrap();
    assert_eq!((verified.len(), verified[0].time), (1, None));
    let other = EXAMPLE.replace("example message", "Example message");
    let error = Note::parse(other.as_bytes()).unwrap().verify(&[key]);
    assert_eq!(error, Err(NoteError::WrongSignature("example.com/foo".into())));
}

#[test]
fn the_example_of_a_cosigned_checkpoint_is_read() {
    let note = Note::parse(COSIGNED.as_bytes()).unwrap();
    assert_eq!(note.to_string(), COSIGNED);
    let checkpoint = Checkpoint::parse(&note.text).unwrap();
    assert_eq!(
        (checkpoint.origin.as_str(), checkpoint.size),
        ("example.com/behind-the-sofa", 20_852_163)
    );
    // 32 bits of key id, then the time that the specification names.
    assert_eq!(note.signatures[1].bytes[..8], 1_679_315_147u64.to_be_bytes());
}

#[test]
fn a_note_is_parted_at_its_last_blank_line() {
    let line = log_key().sign("any\n").to_string();
    let note = Note::parse(format!("one\n\ntwo\n\n{line}").as_bytes()).unwrap();
    assert_eq!(note.text, "one\n\ntwo\n");
    for wrong in [
        String::new(),
        line.clone(),
        format!("\n{line}"),
        format!("text\n{line}"),
        "text\n\n".into(),
        "text\n\n\n".into(),
        format!("text\n\n{}", line.trim_end()),
        format!("text\n\n{line}\n"),
        format!("text\r\n\n{line}"),
        format!("te\txt\n\n{line}"),
        format!("te\0xt\n\n{line}"),
        format!("text\n\n {line}"),
        format!("text\n\n{}", line.replace('—', "-")),
        format!("text\n\n{}", line.replace("— ", "—  ")),
        format!("text\n\n{}", line.replace(ORIGIN, "a+b")),
        format!("text\n\n{}", line.replace(ORIGIN, "a\u{a0}b")),
        format!("text\n\n{}", line.replace(ORIGIN, "")),
        format!("text\n\n{}", line.replace('\n', " more\n")),
        format!("text\n\n{}", line.replace("=\n", "\n")),
        "text\n\n— a AAAAAA==\n".into(),
    ] {
        assert_eq!(Note::parse(wrong.as_bytes()), Err(NoteError::Form), "{wrong:?}");
    }
    assert_eq!(Note::parse(b"te\xffxt\n\n\xe2\x80\x94 a AAAAAAA=\n"), Err(NoteError::Form));
    // Not a control character in the specification's sense, so any verifier must read on.
    assert!(Note::parse("te\u{7f}xt\n\n— a\u{7f} AAAAAAA=\n".as_bytes()).is_ok());
}

#[test]
fn at_least_16_signatures_are_read_and_at_most_100() {
    let key = log_key();
    for count in [16, SIGNATURES_MAX] {
        let signatures = vec![key.sign("text\n"); count];
        let note = Note { text: "text\n".into(), signatures }.to_string();
        assert!(Note::parse(note.as_bytes()).unwrap().verify(&[key.verifier()]).is_ok());
    }
    let signatures = vec![key.sign("text\n"); SIGNATURES_MAX + 1];
    let note = Note { text: "text\n".into(), signatures }.to_string();
    assert_eq!(Note::parse(note.as_bytes()), Err(NoteError::Form));
}

#[test]
fn unknown_lines_are_ignored_and_a_wrong_known_one_spoils_the_note() {
    let (log, witness) = (log_key(), witness_key());
    let text = "text\n";
    let same_name = SigningKey::log(ORIGIN, &[1; 32]).unwrap().sign(text);
    let same_id = Signature { name: "another.example".into(), ..log.sign("other\n") };
    let mut note = Note { text: text.into(), signatures: vec![same_name, same_id] };
    let known = [log.verifier(), witness.verifier()];
    assert_eq!(note.verify(&known), Err(NoteError::NoKnownKey));
    assert_eq!(note.keep_known(&known), Err(NoteError::NoKnownKey));
    note.signatures.push(log.sign(text));
    assert_eq!(note.verify(&known).unwrap().len(), 1);
    assert_eq!(note.verify(&[]), Err(NoteError::NoKnownKey));
    // The same key twice, right: named once, both lines kept.
    note.signatures.push(log.sign(text));
    assert_eq!(note.verify(&known).unwrap().len(), 1);
    assert_eq!(note.keep_known(&known).unwrap().signatures, vec![log.sign(text); 2]);
    // A wrong line of a known key, even after a right one.
    note.signatures.push(log.sign("other\n"));
    let wrong = NoteError::WrongSignature(ORIGIN.into());
    assert_eq!(note.verify(&known), Err(wrong.clone()));
    assert_eq!(note.keep_known(&known), Err(wrong));
    // To who knows the witness only, it is a note without a known signature.
    assert_eq!(note.verify(&known[1..]), Err(NoteError::NoKnownKey));
}

#[test]
fn keys_round_trip_and_mistyped_ones_are_refused() {
    for key in [log_key(), witness_key()] {
        let text = key.verifier().to_string();
        assert_eq!(VerifierKey::parse(&text).unwrap(), key.verifier());
        let again = SigningKey::parse(&key.to_text()).unwrap();
        assert_eq!((again.verifier(), again.to_text()), (key.verifier(), key.to_text()));
        let misnamed = text.replacen("example", "exemple", 1);
        assert_eq!(VerifierKey::parse(&misnamed), Err(KeyError::Id));
        let secret = key.to_text().replacen("example", "exemple", 1);
        assert_eq!(SigningKey::parse(&secret).unwrap_err(), KeyError::Id);
        assert!(!format!("{key:?}").contains(&key.to_text()[30..]), "a secret in a debug print");
    }
    let vkey = EXAMPLE_KEY;
    for (wrong, why) in [
        (vkey.replace("+530d", "+530D"), KeyError::Form),
        (vkey.replace("+530d903a", "+30d903a"), KeyError::Form),
        (vkey.replace("+530d903a", "++530d903"), KeyError::Form),
        (vkey.replace("example.com/foo", ""), KeyError::Name),
        (vkey.replace("example.com/foo", "a b"), KeyError::Name),
        (vkey.replace("example.com/foo", "a\nb"), KeyError::Name),
        (vkey.replace("+Aeky", "+A"), KeyError::Form),
        (vkey.replace("+Aeky", "+Beky"), KeyError::Kind),
        (vkey.replace("+Aeky", "+Bkky"), KeyError::Kind),
        (format!("{vkey}="), KeyError::Form),
        (format!("{vkey}\n"), KeyError::Form),
        ("a+00000000".into(), KeyError::Form),
        (String::new(), KeyError::Form),
    ] {
        assert_eq!(VerifierKey::parse(&wrong), Err(why), "{wrong:?}");
    }
    assert_eq!(SigningKey::parse(vkey).unwrap_err(), KeyError::Form);
}

#[test]
#[should_panic(expected = "a text is signed with a log's key")]
fn a_witness_key_signs_no_text() {
    witness_key().sign("text\n");
}

#[test]
#[should_panic(expected = "a checkpoint is cosigned with a witness's key")]
fn a_log_key_makes_no_cosignature() {
    cosign(&log_key(), "text\n", 1);
}

#[test]
fn a_checkpoint_has_one_form() {
    let root = empty_root();
    let text = |size: &str| format!("log.example/1\n{size}\n{root}\n");
    let parsed = Checkpoint::parse(&text("0")).unwrap();
    assert_eq!(parsed, Checkpoint::new(ORIGIN.into(), 0, root));
    let extended = text("7") + "one more\nand one\n";
    let parsed = Checkpoint::parse(&extended).unwrap();
    assert_eq!(parsed.extensions, ["one more", "and one"]);
    assert_eq!(parsed.text(), extended);
    assert!(Checkpoint::parse(&text(&MAX_TREE_SIZE.to_string())).is_ok());
    for wrong in [
        String::new(),
        "log.example/1\n0\n".into(),
        format!("\n0\n{root}\n"),
        format!("log.example/1\n0\n{root}"),
        text("7") + "\n",
        text("7") + "one\n\ntwo\n",
        text("00"),
        text("07"),
        text("+7"),
        text("-7"),
        text(" 7"),
        text("7 "),
        text("７"),
        text(""),
        text("9223372036854775808"),
        text("18446744073709551616"),
        text("7").replace("=\n", "\n"),
        text("7").replace("=\n", "==\n"),
        // The last digit has bits that no 32 bytes have.
        text("7").replace("U=\n", "V=\n"),
    ] {
        assert_eq!(Checkpoint::parse(&wrong), Err(CheckpointError::Form), "{wrong:?}");
    }
}

#[test]
fn a_checkpoint_is_opened_by_its_own_log_only() {
    let note = Checkpoint::new(ORIGIN.into(), 0, empty_root()).sign(&log_key());
    let bytes = note.to_string();
    let (checkpoint, opened) = Checkpoint::open(bytes.as_bytes(), &log_key().verifier()).unwrap();
    assert_eq!((checkpoint.size, opened), (0, note));
    // Signed by a known key, but in another log's name.
    let stray = Checkpoint::new("other.example".into(), 0, empty_root()).sign(&log_key());
    let error = Checkpoint::open(stray.to_string().as_bytes(), &log_key().verifier());
    assert_eq!(error, Err(CheckpointError::OtherOrigin("other.example".into())));
    let other = SigningKey::log(ORIGIN, &[1; 32]).unwrap().verifier();
    let error = Checkpoint::open(bytes.as_bytes(), &other);
    assert_eq!(error, Err(CheckpointError::Note(NoteError::NoKnownKey)));
}

#[test]
fn a_cosignature_tells_its_time_and_covers_it() {
    let key = witness_key();
    let text = Checkpoint::new(ORIGIN.into(), 0, empty_root()).text() + "an extension\n";
    let times = [1, 1_679_315_147, i64::MAX as u64];
    for time in times {
        let line = cosign(&key, &text, time);
        assert_eq!(line.bytes.len(), 8 + 64);
        assert_eq!(cosignature::verify(&key.verifier(), &text, &line.bytes), Some(time));
        for at in 0..line.bytes.len() {
            let mut bytes = line.bytes.clone();
            bytes[at] ^= 1;
            assert_eq!(cosignature::verify(&key.verifier(), &text, &bytes), None, "byte {at}");
        }
        let other = text.replace("extension", "Extension");
        assert_eq!(cosignature::verify(&key.verifier(), &other, &line.bytes), None);
        assert_eq!(cosignature::verify(&key.verifier(), &text, &line.bytes[..71]), None);
    }
    for time in [0, i64::MAX as u64 + 1, u64::MAX] {
        let line = cosign(&key, &text, time);
        assert_eq!(cosignature::verify(&key.verifier(), &text, &line.bytes), None, "{time}");
    }
    // Of several cosignatures by one witness the earliest counts.
    let signatures = [9, 5, 7].map(|time| cosign(&key, &text, time)).to_vec();
    let verified = Note { text, signatures }.verify(&[key.verifier()]).unwrap();
    assert_eq!((verified.len(), verified[0].time), (1, Some(5)));
}

fn proof_of(index: u64, size: u64) -> TlogProof {
    let mut log = Levels::of(size);
    let path = inclusion_proof(&mut log, index, size).unwrap();
    let mut note = checkpoint(&log, size).sign(&log_key());
    let cosignature = cosign(&witness_key(), &note.text, 1_764_000_000);
    note.signatures.push(cosignature);
    TlogProof { extra: None, index, path, checkpoint: note.to_string() }
}

#[test]
fn a_proof_stands_alone() {
    let log = log_key().verifier();
    let plain = proof_of(5, 11);
    for extra in [None, Some(b"more".to_vec())] {
        let proof = TlogProof { extra, ..plain.clone() };
        let again = TlogProof::parse(proof.to_string().as_bytes()).unwrap();
        assert_eq!(again, proof);
        assert_eq!(again.verify(&5u64.to_be_bytes(), &log).unwrap().size, 11);
        assert_eq!(again.verify(&6u64.to_be_bytes(), &log), Err(TlogProofError::NotIncluded));
        let other = TlogProof { index: 6, ..proof };
        assert_eq!(other.verify(&5u64.to_be_bytes(), &log), Err(TlogProofError::NotIncluded));
    }
    let text = plain.to_string();
    for wrong in [
        text.replace("@v1", "@v2"),
        text.replace("index 5", "index 05"),
        text.replace("index 5", "index -5"),
        text.replace("index 5", "Index 5"),
        text.replace("index 5", "extra \nindex 5"),
        text.replace("index 5", "extra bW9yZQ\nindex 5"),
        text.replace("index 5", "extra bW9yZQ==\nextra bW9yZQ==\nindex 5"),
        text.replace("index 5\n", ""),
        text.replacen("=\n", "\n", 1),
        text.replacen("\n\n", "\n\n\n", 1),
        text.replacen("\n\n", "\n", 1),
        text.trim_end().to_owned(),
        text.replace('\n', "\r\n"),
        text.replacen("\n\n", &format!("\n{}\n", format!("{}\n", empty_root()).repeat(60)), 1),
    ] {
        assert_eq!(TlogProof::parse(wrong.as_bytes()), Err(TlogProofError::Form), "{wrong}");
    }
}

#[test]
fn a_changed_byte_breaks_a_proof_or_a_cosignature() {
    let (log, witness) = (log_key().verifier(), witness_key().verifier());
    let text = proof_of(5, 11).to_string().into_bytes();
    let sound = |bytes: &[u8]| {
        let proof = TlogProof::parse(bytes).ok()?;
        proof.verify(&5u64.to_be_bytes(), &log).ok()?;
        let note = Note::parse(proof.checkpoint.as_bytes()).ok()?;
        note.verify(std::slice::from_ref(&witness)).ok()
    };
    assert!(sound(&text).is_some());
    for at in 0..text.len() {
        for bit in [0, 3, 6] {
            let mut other = text.clone();
            other[at] ^= 1 << bit;
            assert!(sound(&other).is_none(), "bit {bit} of byte {at}");
        }
    }
}

fn any_name() -> impl Strategy<Value = String> {
    "[a-z密点./0-9]{1,12}"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn notes_round_trip(
        text in "([\\PC]{0,20}\n){1,4}",
        lines in prop::collection::vec((any_name(), any::<[u8; 4]>(), prop::collection::vec(any::<u8>(), 1..80)), 1..5),
    ) {
        let signatures = lines.into_iter().map(|(name, id, bytes)| Signature { name, id, bytes });
        let note = Note { text, signatures: signatures.collect() };
        prop_assert_eq!(Note::parse(note.to_string().as_bytes()), Ok(note));
    }

    #[test]
    fn checkpoints_sign_and_open(
        origin in any_name(), size in 0..=MAX_TREE_SIZE, root: [u8; 32], seed: [u8; 32],
    ) {
        let key = SigningKey::log(&origin, &seed).unwrap();
        let checkpoint = Checkpoint::new(origin, size, Hash(root));
        let bytes = checkpoint.sign(&key).to_string();
        prop_assert_eq!(&bytes, &checkpoint.sign(&key).to_string(), "signing again gives the same");
        let (opened, _) = Checkpoint::open(bytes.as_bytes(), &key.verifier()).unwrap();
        prop_assert_eq!(opened, checkpoint);
    }
}

#[test]
fn hashes_have_one_text() {
    let hash = leaf_hash(b"");
    assert_eq!(Hash::parse(&hash.to_string()), Ok(hash));
    assert_eq!(hash.to_string().len(), 44);
    for wrong in ["", "=", &hash.to_string()[..43], &format!("{hash}="), &format!(" {hash}")] {
        assert!(Hash::parse(wrong).is_err(), "{wrong:?}");
    }
}
