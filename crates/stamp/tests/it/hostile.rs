//! Bytes from outside never make a panic, whatever they are.

use proptest::prelude::*;
use stamp::{AskFor, Token, certificates_from_pem, parse_reply, request, verify};

use crate::bench::{NOW_MS, authority};
use crate::vectors::{ALL, data_hash};

/// Reads and checks; whatever comes out is fine.
fn swallow(bytes: &[u8]) {
    let _ = parse_reply(bytes);
    if let Ok(token) = Token::parse(bytes) {
        let _ = verify(&token, &data_hash(), &[], Some(1));
        let _ = verify(&token, &data_hash(), &[], None);
    }
    let _ = verify(&ALL[0].token(), &data_hash(), &[bytes.to_vec()], None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

    #[test]
    fn arbitrary_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        swallow(&bytes);
        let _ = authority().answer(&bytes, NOW_MS, &[1; 16]);
    }

    #[test]
    fn nested_values(tags in proptest::collection::vec(any::<u8>(), 1..60)) {
        let mut bytes = Vec::new();
        for tag in tags {
            bytes.insert(0, bytes.len().min(127) as u8);
            bytes.insert(0, tag | 0x20);
        }
        swallow(&bytes);
    }

    /// Several bytes changed, cut out or put in, so that lengths lie.
    #[test]
    fn real_tokens_changed(
        which in 0..3usize,
        edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3u8), 1..6),
    ) {
        let mut bytes = ALL[which].reply.to_vec();
        for (at, byte, kind) in edits {
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => { bytes.remove(at); }
                _ => bytes.insert(at, byte),
            }
        }
        swallow(&bytes);
    }

    #[test]
    fn requests_changed(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut query = request(&[5; 32], 77, AskFor::Certificates);
        let at = at.index(query.len());
        query[at] = byte;
        let _ = parse_reply(&authority().answer(&query, NOW_MS, &[1; 16]));
    }

    #[test]
    fn pem_of_any_text(text in ".{0,200}") {
        let _ = certificates_from_pem(&format!("-----BEGIN CERTIFICATE-----{text}"));
        let _ = certificates_from_pem(
            &format!("{text}-----BEGIN CERTIFICATE-----{text}-----END CERTIFICATE-----"),
        );
    }
}

#[test]
fn every_prefix_is_refused() {
    for vector in ALL {
        for end in 0..vector.reply.len() {
            assert!(Token::parse(&vector.reply[..end]).is_err(), "{} of {end}", vector.name);
        }
        let longer = [vector.reply, &[0]].concat();
        assert!(Token::parse(&longer).is_err());
    }
}

#[test]
fn deep_nesting_and_huge_lengths_cost_nothing() {
    swallow(&[0x30; 100_000]);
    swallow(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]);
    swallow(&vec![0; stamp::TOKEN_BYTES_MAX + 1]);
}
