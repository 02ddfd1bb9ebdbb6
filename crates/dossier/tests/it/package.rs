//! From contents to a package that a stranger's verifier calls valid.

use dossier::{DossierError, Draft, Withheld};
use evidence::verify::{Options, Outcome, State, Verdict, Verifier};

use crate::sample::{ACCOUNT, CARRIER, CARRIER_BYTES, Company, ORIGIN, PERSON, STATEMENT, company};

pub fn verify(bytes: &[u8]) -> Verdict {
    let mut verifier = Verifier::new(Options::default());
    bytes.chunks(70_000).for_each(|chunk| verifier.feed(chunk));
    verifier.finish()
}

pub fn package(withheld: Withheld) -> Vec<u8> {
    package_of(company(), withheld)
}

pub fn package_of(company: Company, withheld: Withheld) -> Vec<u8> {
    let contents = company.contents(withheld);
    let draft = Draft::new(&contents).unwrap();
    company.pack(&contents, &draft)
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_package_is_valid() {
    let bytes = package(Withheld::default());
    let verdict = verify(&bytes);
    assert_eq!(verdict.failures().collect::<Vec<_>>(), Vec::<&evidence::verify::Claim>::new());
    assert_eq!(verdict.outcome, Outcome::Valid);
    assert_eq!(verdict.holder.as_deref(), Some(crate::sample::HOLDER));
    assert!(verdict.neutral, "the newest checkpoint has the independent witness's word");
    let stamps = verdict.claims.iter().find(|claim| claim.id == "claim-stamp").unwrap();
    assert_eq!(stamps.state, State::Holds);
    for path in ["report.html", "report.pdf", "HOWTO.zh-CN.txt", "HOWTO.en.txt", "verify.html"] {
        assert!(verdict.files.iter().any(|file| file.path == path), "{path} is missing");
    }
    assert!(holds(&bytes, CARRIER_BYTES));
    if let Some(keep) = std::env::var_os("MIDUN_KEEP") {
        std::fs::write(std::path::Path::new(&keep).join("JZ-0001.zip"), &bytes).unwrap();
    }
}

#[test]
fn whatever_is_wrong_is_said_in_words() {
    let whole = package(Withheld::default());
    // Where the path of an entry stands in its header, 30 bytes after the header's start.
    let at = |path: &str| {
        let is_path = |at: &usize| {
            whole[*at..].starts_with(path.as_bytes())
                && whole[*at - 30..].starts_with(b"PK\x03\x04")
        };
        (30..whole.len()).find(is_path).unwrap()
    };
    let mut spoilt: Vec<Vec<u8>> = Vec::new();
    let mut change = |at: usize, to: u8| {
        let mut bytes = whole.clone();
        // By chance it may stand there already.
        bytes[at] = if bytes[at] == to { to ^ 1 } else { to };
        spoilt.push(bytes);
    };
    // As another program writes it: packed, with a date, or under a path of its own.
    change(8, 8);
    change(10, 0x77);
    let manifest = at("manifest.json");
    change(manifest - 22, 8);
    change(manifest, b'/');
    // The checkpoint, on which every event rests, a proof, and an event.
    let checkpoint = at("checkpoint") + "checkpoint".len();
    (0..180).step_by(20).for_each(|far| change(checkpoint + far, b'x'));
    for (path, far) in
        [("proofs/0000000000.tlog-proof", 60), ("events.json", 90), ("SHA256SUMS", 20)]
    {
        change(at(path) + far, b'x');
    }
    change(whole.len() - 60, b'x');
    spoilt.push(whole[..whole.len() / 2].to_vec());
    spoilt.push([&whole[..], b"more"].concat());
    spoilt.push(b"PK\x03\x04 of some other program, long enough to be a header".to_vec());
    spoilt.push(b"%PDF-1.7".to_vec());
    for bytes in &spoilt {
        let verdict = verify(bytes);
        assert_ne!(verdict.outcome, Outcome::Valid);
        for claim in &verdict.claims {
            for key in [Some(claim.id), claim.why].into_iter().flatten() {
                for lang in words::Lang::ALL {
                    let text = words::tr(lang, key, &claim.args);
                    assert!(text != key && !text.contains(['{', '}']), "{key}: {text}, {claim:?}");
                }
            }
        }
    }
}

#[test]
fn report_and_verifier_agree_on_times() {
    let contents = company().contents(Withheld::default());
    let verdict = verify(&package(Withheld::default()));
    let log = company().log.verifier().to_string();
    let times = dossier::Times::new(&log, &contents.entries, &contents.anchors);
    for (entry, fact) in contents.entries.iter().zip(&verdict.events) {
        let ours = times.not_later(entry.index());
        let ours = ours.first().map(|bound| (bound.at.0, bound.by.clone()));
        let theirs = fact.not_later_than.as_ref();
        let theirs = theirs.map(|bound| (bound.unix_ms, bound.by.clone()));
        // The verifier also sees the newest checkpoint, which is made after the report: it may
        // know somebody weightier, and never anybody lighter.
        if theirs != ours {
            assert_eq!(theirs.unwrap().1, "neutral-witness.association.example.org.cn");
        }
        let earlier = times.not_earlier(entry).map(|bound| bound.at.0);
        assert_eq!(earlier, fact.not_earlier_than.as_ref().map(|bound| bound.unix_ms));
    }
}

#[test]
fn withheld_words_are_nowhere_in_the_package() {
    let all = Withheld { statements: true, carriers: true, papers: true, names: true };
    let cases = [
        (Withheld { statements: true, ..Withheld::default() }, vec![STATEMENT, ORIGIN]),
        (Withheld { names: true, ..Withheld::default() }, vec![PERSON, ACCOUNT]),
        (Withheld { carriers: true, ..Withheld::default() }, vec![CARRIER]),
        (all, vec![STATEMENT, ORIGIN, PERSON, ACCOUNT, CARRIER]),
    ];
    for (withheld, words) in cases {
        let bytes = package(withheld);
        let verdict = verify(&bytes);
        let failures: Vec<_> = verdict.failures().collect();
        assert!(failures.is_empty(), "{withheld:?}: {failures:?}");
        assert_eq!(verdict.outcome, Outcome::Valid);
        for word in words {
            assert!(!holds(&bytes, word.as_bytes()), "{word} in {withheld:?}");
            // Items are base64url: the value may start at any of three places.
            for skip in 0..3 {
                use base64::Engine as _;
                let value = serde_json::to_string(word).unwrap();
                let text = format!("{}{value}", "\"".repeat(skip));
                let coded = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text);
                let middle = &coded[4..coded.len() - 4];
                assert!(!holds(&bytes, middle.as_bytes()), "{word}, coded, in {withheld:?}");
            }
        }
        if withheld.carriers {
            assert!(!holds(&bytes, CARRIER_BYTES));
        }
    }
}

#[test]
fn without_leaf_0_there_is_no_dossier() {
    let mut contents = company().contents(Withheld::default());
    contents.entries.remove(0);
    assert!(matches!(Draft::new(&contents), Err(DossierError::NoNode)));
}
