//! Tokens that OpenSSL made once (interop/make_vectors.sh), with root, issuing authority, signer.

use stamp::{Refused, Token, Trust, verify};

use crate::bench::sha256;

/// Signs with ECDSA P-256 and SHA-256; binds its certificate by SHA-256.
pub(crate) const P256: Vector = Vector {
    name: "p256",
    reply: include_bytes!("../vectors/p256.tsr"),
    root: include_bytes!("../vectors/p256.root.der"),
};
/// Signs with ECDSA P-384 and SHA-512; binds its certificate by SHA-1.
pub(crate) const P384: Vector = Vector {
    name: "p384",
    reply: include_bytes!("../vectors/p384.tsr"),
    root: include_bytes!("../vectors/p384.root.der"),
};
/// Signs with RSA 2048 and SHA-384; binds its certificate by SHA-384.
pub(crate) const RSA: Vector = Vector {
    name: "rsa",
    reply: include_bytes!("../vectors/rsa.tsr"),
    root: include_bytes!("../vectors/rsa.root.der"),
};
pub(crate) const ALL: [Vector; 3] = [P256, P384, RSA];
const DATA: &[u8] = include_bytes!("../vectors/data.txt");

#[derive(Clone, Copy)]
pub(crate) struct Vector {
    pub(crate) name: &'static str,
    pub(crate) reply: &'static [u8],
    root: &'static [u8],
}

impl Vector {
    pub(crate) fn roots(&self) -> Vec<Vec<u8>> {
        vec![self.root.to_vec()]
    }

    pub(crate) fn token(&self) -> Token {
        Token::parse(self.reply).unwrap()
    }
}

pub(crate) fn data_hash() -> [u8; 32] {
    sha256(DATA)
}

#[test]
fn each_is_accepted_and_named() {
    for vector in ALL {
        let verified = verify(&vector.token(), &data_hash(), &vector.roots(), None).unwrap();
        assert_eq!(verified.trust, Trust::GivenRoot);
        assert_eq!(verified.authority, format!("{} signer (Fictional)", vector.name));
        assert_eq!(verified.root, format!("{} root (Fictional)", vector.name));
        assert_eq!(verified.root_fingerprint, sha256(&vector.roots()[0]));
        assert_eq!(verified.policy, "2.999.1");
        assert_eq!(verified.accuracy_ms, Some(1501), "1 s + 500 ms + 100 µs, rounded up");
        // 2026-01-01 to 2027-01-01: the year in which the vectors were made.
        assert!((1_767_225_600_000..1_798_761_600_000).contains(&verified.time_ms));
        assert!(verified.chain_ends_ms > verified.time_ms);
    }
}

#[test]
fn whole_reply_and_bare_token_are_the_same() {
    for vector in ALL {
        let token = vector.token();
        assert_eq!(Token::parse(token.der()).unwrap(), token);
        assert_eq!(stamp::parse_reply(vector.reply).unwrap(), token);
        assert!(token.der().len() < vector.reply.len());
    }
}

#[test]
fn without_roots_the_token_names_its_own() {
    for vector in ALL {
        let verified = verify(&vector.token(), &data_hash(), &[], None).unwrap();
        assert_eq!(verified.trust, Trust::NamedByTheTokenItself);
        assert_eq!(verified.root_fingerprint, sha256(&vector.roots()[0]));
    }
}

#[test]
fn roots_of_others_do_not_help() {
    for vector in ALL {
        let others: Vec<Vec<u8>> = ALL
            .iter()
            .filter(|other| other.name != vector.name)
            .flat_map(|other| other.roots())
            .collect();
        let refused = verify(&vector.token(), &data_hash(), &others, None).unwrap_err();
        assert_eq!(refused, Refused::NoRoot(format!("{} root (Fictional)", vector.name)));
        // A root that cannot be read vouches for nothing; it does not open the door either.
        let unreadable = vec![b"no certificate".to_vec()];
        assert!(verify(&vector.token(), &data_hash(), &unreadable, None).is_err());
    }
}

#[test]
fn any_certificate_of_the_chain_can_be_the_root() {
    for vector in ALL {
        let reply = vector.reply;
        // The certificates lie in the token as they are; take each out by its position.
        let chain = crate::bench::certificates_in(reply);
        assert_eq!(chain.len(), 3);
        for certificate in chain {
            let verified =
                verify(&vector.token(), &data_hash(), &[certificate.to_vec()], None).unwrap();
            assert_eq!(verified.trust, Trust::GivenRoot);
            assert_eq!(verified.root_fingerprint, sha256(certificate));
        }
    }
}
