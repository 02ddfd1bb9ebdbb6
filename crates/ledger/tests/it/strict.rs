//! Ed25519 where implementations are known to differ: small order, other forms of one value.
//!
//! The points are those of "Taming the many EdDSAs" (Chalkias, Garillot, Nikolaenko, 2020),
//! sections 3 and 4.

use ledger::note::{KeyError, KeyKind, Note, NoteError, SigningKey, VerifierKey};

use crate::fixture::{ORIGIN, log_key};

/// The order of the base point, little endian.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

fn bytes(hex: &str) -> [u8; 32] {
    let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    std::array::from_fn(|at| byte(2 * at))
}

#[test]
fn keys_of_small_order_are_refused() {
    for hex in [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        // The same again in forms that are not canonical.
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ] {
        for kind in [KeyKind::Log, KeyKind::Cosigner] {
            assert_eq!(VerifierKey::new(ORIGIN, kind, &bytes(hex)), Err(KeyError::Key), "{hex}");
        }
    }
}

#[test]
fn a_key_has_one_form() {
    // Some small y is on the curve and not of small order; p + y is another way to write it.
    let canonical = (3..19u8).find(|&y| {
        let mut key = [0; 32];
        key[0] = y;
        VerifierKey::new(ORIGIN, KeyKind::Log, &key).is_ok()
    });
    let mut key = [0xff; 32];
    key[0] = 0xed + canonical.expect("one of 16 numbers is on the curve");
    key[31] = 0x7f;
    assert_eq!(VerifierKey::new(ORIGIN, KeyKind::Log, &key), Err(KeyError::Key));
}

#[test]
fn a_signature_has_one_form() {
    let key = log_key();
    let mut note = Note { text: "text\n".into(), signatures: vec![key.sign("text\n")] };
    assert!(note.verify(&[key.verifier()]).is_ok());
    // S + L verifies where S is not checked to be below the order.
    let mut carry = 0;
    for (byte, order) in note.signatures[0].bytes[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        *byte = sum as u8;
        carry = sum >> 8;
    }
    assert_eq!(carry, 0);
    let wrong = NoteError::WrongSignature(ORIGIN.into());
    assert_eq!(note.verify(&[key.verifier()]), Err(wrong.clone()));
    // More or fewer bytes, and R of small order.
    for change in [
        |s: &mut Vec<u8>| s.push(0),
        |s: &mut Vec<u8>| s.truncate(63),
        |s: &mut Vec<u8>| {
            s.fill(0);
            s[0] = 1;
        },
    ] {
        let mut note = Note { text: "text\n".into(), signatures: vec![key.sign("text\n")] };
        change(&mut note.signatures[0].bytes);
        assert_eq!(note.verify(&[key.verifier()]), Err(wrong.clone()));
    }
}

/// RFC 8032, section 7.1, test 1, through the door of this crate: seed to public key.
#[test]
fn a_seed_gives_the_key_of_rfc_8032() {
    let seed = bytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    let public = bytes("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    assert_eq!(SigningKey::log(ORIGIN, &seed).unwrap().verifier().public(), public);
}
