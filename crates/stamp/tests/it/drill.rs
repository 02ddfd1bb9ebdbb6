//! The drill authority: what it grants, what it refuses, and what verifiers say to it.

use stamp::{
    AskFor, Authority, BadLife, DRILL_POLICY, Refused, ReplyError, Token, Trust, parse_reply,
    request, verify,
};

use crate::bench::{DAY_MS, NOW_MS, authority, sha256};

#[test]
fn a_token_says_what_was_asked_and_that_it_is_a_drill() {
    let authority = authority();
    let hash = sha256(b"fictional data");
    let reply = authority.answer(&request(&hash, 7, AskFor::Certificates), NOW_MS + 120, &[9; 16]);
    let token = parse_reply(&reply).unwrap();
    let roots = [authority.root().to_vec()];
    let verified = verify(&token, &hash, &roots, Some(7)).unwrap();
    assert_eq!(verified.time_ms, NOW_MS + 120);
    assert_eq!(verified.accuracy_ms, Some(1000));
    assert_eq!(verified.serial, "09".repeat(16));
    assert_eq!(verified.policy, DRILL_POLICY);
    assert!(verified.authority.contains("演练"), "{}", verified.authority);
    assert!(verified.authority.contains("no legal effect"), "{}", verified.authority);
    assert_eq!(verified.root_fingerprint, sha256(authority.root()));
    assert_eq!(verified.trust, Trust::GivenRoot);
    assert_eq!(verified.chain_ends_ms, NOW_MS + 100 * DAY_MS);
    assert_eq!(verify(&token, &hash, &roots, Some(8)), Err(Refused::Nonce));
    assert_eq!(verify(&token, &sha256(b"other"), &roots, Some(7)), Err(Refused::Imprint));
}

#[test]
fn nonces_of_every_length_come_back() {
    let authority = authority();
    let hash = sha256(b"");
    let roots = [authority.root().to_vec()];
    for nonce in [0, 1, 0x7f, 0x80, 0xff, 0x100, u64::from(u32::MAX), 1 << 63, u64::MAX] {
        let reply =
            authority.answer(&request(&hash, nonce, AskFor::Certificates), NOW_MS, &[1; 16]);
        let token = parse_reply(&reply).unwrap();
        assert!(verify(&token, &hash, &roots, Some(nonce)).is_ok(), "{nonce}");
        assert_eq!(verify(&token, &hash, &roots, Some(nonce ^ 1)), Err(Refused::Nonce));
    }
}

#[test]
fn without_certificates_the_signer_is_missing_unless_given() {
    let authority = authority();
    let hash = sha256(b"x");
    let reply = authority.answer(&request(&hash, 1, AskFor::TokenOnly), NOW_MS, &[1; 16]);
    let token = Token::parse(&reply).unwrap();
    let root = authority.root().to_vec();
    assert_eq!(verify(&token, &hash, &[], None), Err(Refused::NoSigner));
    assert_eq!(verify(&token, &hash, std::slice::from_ref(&root), None), Err(Refused::NoSigner));
    let chain = stamp::certificates_from_pem(&authority.chain_pem()).unwrap();
    assert_eq!(chain[1], root);
    let verified = verify(&token, &hash, &chain, None).unwrap();
    assert_eq!(verified.trust, Trust::GivenRoot);
}

#[test]
fn the_seed_is_the_whole_state() {
    let make =
        |seed: u8, name| Authority::from_seed(&[seed; 32], name, NOW_MS, NOW_MS + DAY_MS).unwrap();
    let query = request(&sha256(b"x"), 1, AskFor::Certificates);
    let reply = |authority: &Authority| authority.answer(&query, NOW_MS, &[3; 16]);
    assert_eq!(reply(&make(1, "one")), reply(&make(1, "one")));
    let serials = |authority: &Authority| sha256(&reply(authority));
    assert_ne!(serials(&make(1, "one")), serials(&make(2, "one")));
    assert_ne!(serials(&make(1, "one")), serials(&make(1, "two")));
}

#[test]
fn what_cannot_be_granted_is_refused_with_a_reason() {
    let authority = authority();
    let good = request(&sha256(b"x"), 1, AskFor::Certificates);
    let failure =
        |query: &[u8], now_ms| match parse_reply(&authority.answer(query, now_ms, &[1; 16])) {
            Err(ReplyError::Rejected { status: 2, failure: Some(bit), text }) => {
                assert!(!text.is_empty());
                bit
            }
            other => panic!("{other:?}"),
        };
    assert_eq!(failure(b"", NOW_MS), 2);
    assert_eq!(failure(&good[..good.len() - 1], NOW_MS), 2);
    assert_eq!(failure(&[0; 5000], NOW_MS), 2);
    assert_eq!(failure(&good, NOW_MS - 1000), 14, "before its life");
    assert_eq!(failure(&good, NOW_MS + 101 * DAY_MS), 14, "after its life");
    // SHA-512 instead of SHA-256: the last byte of the algorithm's identifier.
    let mut other_hash = good.clone();
    let at = good.windows(3).position(|three| three == [4, 2, 1]).unwrap() + 2;
    other_hash[at] = 3;
    assert_eq!(failure(&other_hash, NOW_MS), 0);
}

#[test]
fn lives_that_cannot_be_written_are_refused() {
    let make = |name: &str, from, until| Authority::from_seed(&[0; 32], name, from, until).err();
    assert_eq!(make("x", 5, 5), Some(BadLife::Times));
    assert_eq!(make("x", -1, 5), Some(BadLife::Times));
    assert_eq!(make("x", 0, i64::MAX), Some(BadLife::Times));
    assert_eq!(make("", 0, 5), Some(BadLife::Name));
    assert_eq!(make(&"长".repeat(14), 0, 5), Some(BadLife::Name));
    // Across 2050 the two ends are written in different forms; both are read back.
    let until_ms = 2_600_000_000_123;
    let long = Authority::from_seed(&[0; 32], "long", 0, until_ms).unwrap();
    let query = request(&[0; 32], 1, AskFor::Certificates);
    let token = parse_reply(&long.answer(&query, until_ms, &[1; 16])).unwrap();
    let verified = verify(&token, &[0; 32], &[long.root().to_vec()], None).unwrap();
    assert_eq!((verified.time_ms, verified.chain_ends_ms), (until_ms, 2_600_000_000_000));
}

#[test]
fn refusals_of_other_authorities_are_read() {
    // { status waiting, text "later", no failure }, written by hand.
    let reply = [0x30, 14, 0x30, 12, 2, 1, 3, 0x30, 7, 0x0c, 5, b'l', b'a', b't', b'e', b'r'];
    let expected = ReplyError::Rejected { status: 3, failure: None, text: "later".to_owned() };
    assert_eq!(parse_reply(&reply), Err(expected));
    assert!(Token::parse(&reply).is_err());
}
