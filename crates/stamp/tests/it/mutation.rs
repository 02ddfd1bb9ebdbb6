//! Each single byte of a reply is changed. What is still accepted must lie where nothing that the
//! token states depends on it, and must state the same.

use stamp::{Refused, Token, Trust, verify};

use crate::vectors::{ALL, Vector, data_hash};

/// Changes of the byte at `at`: one bit, another one for each neighbour; with `MIDUN_SLOW` set,
/// all 255.
fn changes(at: usize) -> Vec<u8> {
    match std::env::var_os("MIDUN_SLOW") {
        Some(_) => (1..=255).collect(),
        None => vec![1 << (at % 8)],
    }
}

#[test]
fn with_a_root_only_two_places_do_not_matter() {
    for vector in ALL {
        let roots = vector.roots();
        let untouched = verify(&vector.token(), &data_hash(), &roots, None).unwrap();
        let root_copy = position(vector.reply, &roots[0]);
        let mut accepted = 0;
        for_each_change(&vector, |at, changed| {
            let Ok(token) = Token::parse(changed) else { return };
            let Ok(verified) = verify(&token, &data_hash(), &roots, None) else { return };
            accepted += 1;
            assert_eq!(verified, untouched, "{}: byte {at}", vector.name);
            // 1. Status 0 (granted) to 1 (granted with modifications), both in the unsigned
            //    envelope of the reply.
            let is_status = at == status_position(vector.reply);
            // 2. The copy of the root that came along: the verifier uses its own.
            let is_root_copy = root_copy.contains(&at);
            assert!(is_status || is_root_copy, "{}: byte {at} does not matter", vector.name);
        });
        assert!(accepted > 1, "the two places exist");
    }
}

#[test]
fn bare_tokens_without_a_spare_root_have_no_byte_to_spare() {
    for vector in ALL {
        // Trusting the signer's own certificate, none of those that came along is needed.
        // Everything outside of their field counts.
        let token = vector.token();
        let chain = crate::bench::certificates_in(token.der());
        let signer = chain
            .iter()
            .find(|der| {
                verify(&token, &data_hash(), &[der.to_vec()], None)
                    .is_ok_and(|found| found.root == found.authority)
            })
            .unwrap();
        let (first, last) = (chain[0], chain[chain.len() - 1]);
        // The field's own tag and length, [0] 82 xx xx, stand before the first certificate.
        let spare = position(token.der(), first).start - 4..position(token.der(), last).end;
        assert_eq!(token.der()[spare.start..spare.start + 2], [0xa0, 0x82]);
        let roots = vec![signer.to_vec()];
        let bytes = token.der().to_vec();
        for at in (0..bytes.len()).filter(|at| !spare.contains(at)) {
            for change in changes(at) {
                let mut changed = bytes.clone();
                changed[at] ^= change;
                let refused = Token::parse(&changed)
                    .map_err(Refused::from)
                    .and_then(|token| verify(&token, &data_hash(), &roots, None));
                assert!(refused.is_err(), "{}: byte {at} ^ {change:#x}", vector.name);
            }
        }
    }
}

#[test]
fn without_roots_a_change_never_gains_trust() {
    for vector in ALL {
        let untouched = verify(&vector.token(), &data_hash(), &[], None).unwrap();
        for_each_change(&vector, |at, changed| {
            let Ok(token) = Token::parse(changed) else { return };
            let Ok(verified) = verify(&token, &data_hash(), &[], None) else { return };
            assert_ne!(verified.trust, Trust::GivenRoot);
            assert_eq!(verified.time_ms, untouched.time_ms);
            assert_eq!(verified.authority_fingerprint, untouched.authority_fingerprint);
            // Either the status byte, or the chain got shorter, or a root signs itself anew.
            let same = verified == untouched && at == status_position(vector.reply);
            assert!(same || verified.trust == Trust::Incomplete, "{}: byte {at}", vector.name);
        });
    }
}

#[test]
fn each_bit_of_the_data_counts() {
    let token = ALL[0].token();
    for bit in 0..256 {
        let mut hash = data_hash();
        hash[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(verify(&token, &hash, &ALL[0].roots(), None), Err(Refused::Imprint));
    }
}

#[test]
fn each_byte_of_the_root_counts() {
    let vector = &ALL[0];
    let root = vector.roots().remove(0);
    let token = vector.token();
    for at in 0..root.len() {
        let mut changed = root.clone();
        changed[at] ^= 1;
        // A changed root is another certificate, of whose signature nobody is asked; so it may
        // still vouch with its old key. It must never pass as the true one.
        if let Ok(verified) = verify(&token, &data_hash(), &[changed.clone()], None) {
            assert_eq!(verified.root_fingerprint, crate::bench::sha256(&changed));
        }
    }
}

fn for_each_change(vector: &Vector, mut look: impl FnMut(usize, &[u8])) {
    let mut bytes = vector.reply.to_vec();
    for at in 0..bytes.len() {
        for change in changes(at) {
            bytes[at] ^= change;
            look(at, &bytes);
            bytes[at] ^= change;
        }
    }
}

/// `30 82 xx xx  30 03  02 01 SS`
fn status_position(reply: &[u8]) -> usize {
    assert_eq!((reply[0], reply[1], reply[4], reply[6]), (0x30, 0x82, 0x30, 0x02));
    8
}

fn position(bytes: &[u8], part: &[u8]) -> std::ops::Range<usize> {
    let start = bytes.windows(part.len()).position(|window| window == part).unwrap();
    start..start + part.len()
}
