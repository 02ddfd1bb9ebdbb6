//! An authority for drills, the demo and tests. It is honest about that: its names and its policy
//! say 演练 (drill), and nobody but the user vouches for its root.

use p256::ecdsa::signature::hazmat::PrehashSigner as _;
use p256::ecdsa::{Signature, SigningKey};
use sha2::{Digest as _, Sha256};

use crate::asn1::{
    self, BIT_STRING, BOOLEAN, GENERALIZED_TIME, INTEGER, NULL, OCTET_STRING, OID, SEQUENCE, SET,
    UTC_TIME, context, context_constructed,
};
use crate::oid;
use crate::pem::certificates_to_pem;
use crate::request::message_imprint;

/// Policy of every drill token: below 2.999, the arc set aside for examples.
pub const DRILL_POLICY: &str = "2.999.3161.1";

/// How far the time is said to be off, in milliseconds: as much as the caller's clock may err.
const ACCURACY_SECONDS: u8 = 1;
/// Longest request that is read, in bytes.
const REQUEST_BYTES_MAX: usize = 4096;
/// Longest name, in bytes of UTF-8 (`ub-common-name` of RFC 5280, less the words added here).
const NAME_BYTES_MAX: usize = 40;
/// 2050-01-01T00:00:00Z: from here certificates write years with four digits.
const YEAR_2050_MS: i64 = 2_524_608_000_000;
/// 10000-01-01T00:00:00Z, where GeneralizedTime ends.
const YEAR_10000_MS: i64 = 253_402_300_800_000;

/// A time-stamping authority for drills: a root, and a signer below it.
///
/// All of it follows from the seed, the name and the life, so keeping those keeps the authority.
pub struct Authority {
    root: Vec<u8>,
    certificate: Vec<u8>,
    /// `IssuerAndSerialNumber` of the signer's certificate.
    signer_id: Vec<u8>,
    key: SigningKey,
    from_ms: i64,
    until_ms: i64,
}

/// The authority cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadLife {
    /// It would end before it starts, or lie outside the years 1970 to 9999.
    #[error("an authority's life must start before it ends, within the years 1970 to 9999")]
    Times,
    /// The name is empty, longer than 40 bytes of UTF-8, or holds control characters.
    #[error("an authority's name has 1 to 40 bytes and no control characters")]
    Name,
}

/// Why a request is not answered with a token; the number is the bit in `PKIFailureInfo`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failure {
    BadAlgorithm = 0,
    BadRequest = 2,
    TimeNotAvailable = 14,
    UnacceptedPolicy = 15,
    UnacceptedExtension = 16,
}

struct Query {
    imprint: [u8; 32],
    /// DER of the nonce, or empty.
    nonce: Vec<u8>,
    wants_certificates: bool,
}

impl Authority {
    /// Makes the authority that belongs to `seed`, `name` and life, all times in milliseconds
    /// since 1970. Certificates count in seconds, so the life is widened to whole ones.
    ///
    /// # Errors
    /// [`BadLife`] if name or times cannot stand in a certificate.
    pub fn from_seed(
        seed: &[u8; 32],
        name: &str,
        from_ms: i64,
        until_ms: i64,
    ) -> Result<Self, BadLife> {
        if from_ms < 0 || until_ms <= from_ms || until_ms >= YEAR_10000_MS {
            return Err(BadLife::Times);
        }
        if name.is_empty() || name.len() > NAME_BYTES_MAX || name.chars().any(char::is_control) {
            return Err(BadLife::Name);
        }
        let life = encode_life(from_ms, until_ms);
        let root_name = encode_name(&format!("{name} root (演练 drill)"));
        let root_key = derive_key(seed, b"root");
        let root_key_id = key_id(&root_key);
        let root = encode_certificate(&CertificateParts {
            serial: &derive_serial(seed, name, &life, b"root"),
            issuer: &root_name,
            life: &life,
            subject: &root_name,
            key: &root_key,
            issuer_key: &root_key,
            extensions: &[
                critical(oid::BASIC_CONSTRAINTS, &[SEQUENCE, 6, BOOLEAN, 1, 0xff, INTEGER, 1, 0]),
                // keyCertSign, cRLSign
                critical(oid::KEY_USAGE, &[BIT_STRING, 2, 1, 0x06]),
                plain(oid::SUBJECT_KEY_ID, &asn1::encode(OCTET_STRING, &[&root_key_id])),
            ],
        });
        let key = derive_key(seed, b"signer");
        let serial = derive_serial(seed, name, &life, b"signer");
        let purposes = asn1::encode(SEQUENCE, &[&asn1::encode(OID, &[oid::TIME_STAMPING])]);
        let issuer_key = asn1::encode(SEQUENCE, &[&asn1::encode(context(0), &[&root_key_id])]);
        let certificate = encode_certificate(&CertificateParts {
            serial: &serial,
            issuer: &root_name,
            life: &life,
            subject: &encode_name(&format!("{name} (演练 drill)")),
            key: &key,
            issuer_key: &root_key,
            extensions: &[
                critical(oid::KEY_USAGE, &[BIT_STRING, 2, 7, 0x80]), // digitalSignature
                critical(oid::EXTENDED_KEY_USAGE, &purposes),
                plain(oid::SUBJECT_KEY_ID, &asn1::encode(OCTET_STRING, &[&key_id(&key)])),
                plain(oid::AUTHORITY_KEY_ID, &issuer_key),
            ],
        });
        let signer_id = asn1::encode(SEQUENCE, &[&root_name, &serial]);
        Ok(Self { root, certificate, signer_id, key, from_ms, until_ms })
    }

    /// The root's certificate, DER: what a verifier must be given to trust this authority.
    #[must_use]
    pub fn root(&self) -> &[u8] {
        &self.root
    }

    /// The signer's certificate and the root's, as PEM.
    #[must_use]
    pub fn chain_pem(&self) -> String {
        certificates_to_pem(&[self.certificate.clone(), self.root.clone()])
    }

    /// Answers one request with a whole reply (`application/timestamp-reply`).
    ///
    /// `now_ms` is the time to be stamped; `entropy` makes the serial number and must be fresh
    /// each time. A request that cannot be granted gets a reply too, which says why.
    #[must_use]
    pub fn answer(&self, request: &[u8], now_ms: i64, entropy: &[u8; 16]) -> Vec<u8> {
        let query = match Query::read(request) {
            Ok(query) => query,
            Err(failure) => return rejection(failure),
        };
        if !(self.from_ms..=self.until_ms).contains(&now_ms) {
            return rejection(Failure::TimeNotAvailable);
        }
        let granted = asn1::encode(SEQUENCE, &[&[INTEGER, 1, 0]]);
        asn1::encode(SEQUENCE, &[&granted, &self.token(&query, now_ms, entropy)])
    }

    fn token(&self, query: &Query, now_ms: i64, entropy: &[u8; 16]) -> Vec<u8> {
        let content = asn1::encode(
            SEQUENCE,
            &[
                &[INTEGER, 1, 1],
                &asn1::encode(OID, &[oid::DRILL_POLICY]),
                &message_imprint(&query.imprint),
                &asn1::encode_unsigned(entropy),
                &asn1::encode_moment(now_ms, GENERALIZED_TIME, true),
                &[SEQUENCE, 3, INTEGER, 1, ACCURACY_SECONDS],
                &query.nonce,
            ],
        );
        let attributes = self.signed_attributes(&content);
        let as_set = asn1::encode(SET, &[&attributes]);
        let signature = sign(&self.key, &as_set);
        let sha256_algorithm = asn1::encode(SEQUENCE, &[&asn1::encode(OID, &[oid::SHA256])]);
        let signer = asn1::encode(
            SEQUENCE,
            &[
                &[INTEGER, 1, 1],
                &self.signer_id,
                &sha256_algorithm,
                &asn1::encode(context_constructed(0), &[&attributes]),
                &ecdsa_sha256(),
                &asn1::encode(OCTET_STRING, &[&signature]),
            ],
        );
        let explicit = asn1::encode(OCTET_STRING, &[&content]);
        let encapsulated = asn1::encode(
            SEQUENCE,
            &[
                &asn1::encode(OID, &[oid::TST_INFO]),
                &asn1::encode(context_constructed(0), &[&explicit]),
            ],
        );
        let certificates = match query.wants_certificates {
            true => {
                let mut set = [self.certificate.as_slice(), &self.root];
                set.sort_unstable(); // DER puts the members of a set in order (X.690 §11.6)
                asn1::encode(context_constructed(0), &set)
            }
            false => Vec::new(),
        };
        let signed = asn1::encode(
            SEQUENCE,
            &[
                &[INTEGER, 1, 3],
                &asn1::encode(SET, &[&sha256_algorithm]),
                &encapsulated,
                &certificates,
                &asn1::encode(SET, &[&signer]),
            ],
        );
        let explicit = asn1::encode(context_constructed(0), &[&signed]);
        asn1::encode(SEQUENCE, &[&asn1::encode(OID, &[oid::SIGNED_DATA]), &explicit])
    }

    /// The attributes in the order of a set, without the set's tag.
    fn signed_attributes(&self, content: &[u8]) -> Vec<u8> {
        let certificate_hash = asn1::encode(OCTET_STRING, &[&sha256(&[&self.certificate])]);
        // ESSCertIDv2 with its default algorithm, SHA-256.
        let bound = asn1::encode(SEQUENCE, &[&certificate_hash]);
        let bound = asn1::encode(SEQUENCE, &[&asn1::encode(SEQUENCE, &[&bound])]);
        let mut attributes = [
            attribute(oid::CONTENT_TYPE, &asn1::encode(OID, &[oid::TST_INFO])),
            attribute(oid::MESSAGE_DIGEST, &asn1::encode(OCTET_STRING, &[&sha256(&[content])])),
            attribute(oid::SIGNING_CERTIFICATE_V2, &bound),
        ];
        attributes.sort();
        attributes.concat()
    }
}

impl Query {
    /// `TimeStampReq` (RFC 3161 §2.4.1).
    fn read(der: &[u8]) -> Result<Self, Failure> {
        if der.len() > REQUEST_BYTES_MAX {
            return Err(Failure::BadRequest);
        }
        let bad = |_| Failure::BadRequest;
        let what = "TimeStampReq";
        let mut reader = asn1::whole(der, SEQUENCE, what).map_err(bad)?.reader();
        if reader.take(INTEGER, what).map_err(bad)?.body != [1] {
            return Err(Failure::BadRequest);
        }
        let mut imprint = reader.take(SEQUENCE, what).map_err(bad)?.reader();
        let mut algorithm = imprint.take(SEQUENCE, what).map_err(bad)?.reader();
        if algorithm.take(OID, what).map_err(bad)?.body != oid::SHA256 {
            return Err(Failure::BadAlgorithm);
        }
        algorithm.take_if(NULL, what).map_err(bad)?;
        algorithm.end(what).map_err(bad)?;
        let hash = imprint.take(OCTET_STRING, what).map_err(bad)?.body;
        imprint.end(what).map_err(bad)?;
        let imprint = hash.try_into().map_err(|_| Failure::BadRequest)?;
        if let Some(policy) = reader.take_if(OID, what).map_err(bad)?
            && policy.body != oid::DRILL_POLICY
        {
            return Err(Failure::UnacceptedPolicy);
        }
        let nonce = reader.take_if(INTEGER, what).map_err(bad)?;
        let nonce = nonce.map_or(Vec::new(), |nonce| nonce.raw.to_vec());
        let wants = reader.take_if(BOOLEAN, what).map_err(bad)?;
        if reader.take_if(context_constructed(0), what).map_err(bad)?.is_some() {
            return Err(Failure::UnacceptedExtension);
        }
        reader.end(what).map_err(bad)?;
        let wants_certificates = wants.is_some_and(|flag| flag.body != [0]);
        Ok(Self { imprint, nonce, wants_certificates })
    }
}

/// A reply without a token.
fn rejection(failure: Failure) -> Vec<u8> {
    let text = match failure {
        Failure::BadAlgorithm => "only SHA-256 is stamped here",
        Failure::BadRequest => "the request cannot be read",
        Failure::TimeNotAvailable => "the time is outside the certificate's life",
        Failure::UnacceptedPolicy => "only the drill policy is offered here",
        Failure::UnacceptedExtension => "extensions are not offered here",
    };
    let text = asn1::encode(SEQUENCE, &[&asn1::encode(0x0c, &[text.as_bytes()])]);
    let bit = failure as u8;
    let mut bits = vec![7 - bit % 8];
    bits.resize(1 + usize::from(bit / 8), 0);
    bits.push(0x80 >> (bit % 8));
    let bits = asn1::encode(BIT_STRING, &[&bits]);
    let status = asn1::encode(SEQUENCE, &[&[INTEGER, 1, 2], &text, &bits]);
    asn1::encode(SEQUENCE, &[&status])
}

struct CertificateParts<'a> {
    serial: &'a [u8],
    issuer: &'a [u8],
    life: &'a [u8],
    subject: &'a [u8],
    key: &'a SigningKey,
    issuer_key: &'a SigningKey,
    extensions: &'a [Vec<u8>],
}

fn encode_certificate(parts: &CertificateParts<'_>) -> Vec<u8> {
    let extensions = asn1::encode(SEQUENCE, &[&parts.extensions.concat()]);
    let signed_part = asn1::encode(
        SEQUENCE,
        &[
            &asn1::encode(context_constructed(0), &[&[INTEGER, 1, 2]]), // X.509 version 3
            parts.serial,
            &ecdsa_sha256(),
            parts.issuer,
            parts.life,
            parts.subject,
            &encode_key(parts.key),
            &asn1::encode(context_constructed(3), &[&extensions]),
        ],
    );
    let signature = sign(parts.issuer_key, &signed_part);
    let signature = asn1::encode(BIT_STRING, &[&[0], &signature]);
    asn1::encode(SEQUENCE, &[&signed_part, &ecdsa_sha256(), &signature])
}

/// `Validity`, widened to whole seconds.
fn encode_life(from_ms: i64, until_ms: i64) -> Vec<u8> {
    let [from, until] = [from_ms, until_ms].map(|time_ms| {
        let tag = if time_ms < YEAR_2050_MS { UTC_TIME } else { GENERALIZED_TIME };
        asn1::encode_moment(time_ms, tag, false)
    });
    asn1::encode(SEQUENCE, &[&from, &until])
}

/// A name of organisation and common name.
fn encode_name(common: &str) -> Vec<u8> {
    let part = |kind: &[u8], text: &str| {
        let pair = [asn1::encode(OID, &[kind]), asn1::encode(0x0c, &[text.as_bytes()])];
        asn1::encode(SET, &[&asn1::encode(SEQUENCE, &[&pair.concat()])])
    };
    let organization = part(oid::ORGANIZATION, "演练 Drill, no legal effect");
    asn1::encode(SEQUENCE, &[&organization, &part(oid::COMMON_NAME, common)])
}

fn encode_key(key: &SigningKey) -> Vec<u8> {
    let algorithm =
        asn1::encode(SEQUENCE, &[&asn1::encode(OID, &[oid::EC]), &asn1::encode(OID, &[oid::P256])]);
    let point = key.verifying_key().to_sec1_point(false);
    asn1::encode(SEQUENCE, &[&algorithm, &asn1::encode(BIT_STRING, &[&[0], point.as_bytes()])])
}

/// SHA-256 of the public key's bits, shortened as in RFC 7093 §2 method 1.
fn key_id(key: &SigningKey) -> [u8; 20] {
    let digest = sha256(&[key.verifying_key().to_sec1_point(false).as_bytes()]);
    let mut id = [0; 20];
    id.copy_from_slice(&digest[..20]);
    id
}

fn critical(name: &[u8], value: &[u8]) -> Vec<u8> {
    let value = asn1::encode(OCTET_STRING, &[value]);
    asn1::encode(SEQUENCE, &[&asn1::encode(OID, &[name]), &[BOOLEAN, 1, 0xff], &value])
}

fn plain(name: &[u8], value: &[u8]) -> Vec<u8> {
    let value = asn1::encode(OCTET_STRING, &[value]);
    asn1::encode(SEQUENCE, &[&asn1::encode(OID, &[name]), &value])
}

fn attribute(name: &[u8], value: &[u8]) -> Vec<u8> {
    asn1::encode(SEQUENCE, &[&asn1::encode(OID, &[name]), &asn1::encode(SET, &[value])])
}

fn ecdsa_sha256() -> Vec<u8> {
    asn1::encode(SEQUENCE, &[&asn1::encode(OID, &[oid::ECDSA_SHA256])])
}

/// Deterministic ECDSA (RFC 6979) with SHA-256, as `Ecdsa-Sig-Value`.
fn sign(key: &SigningKey, message: &[u8]) -> Vec<u8> {
    let signature: Signature =
        key.sign_prehash(&sha256(&[message])).expect("a P-256 key signs any 32 bytes");
    let (r, s) = signature.split_bytes();
    asn1::encode(SEQUENCE, &[&asn1::encode_unsigned(&r), &asn1::encode_unsigned(&s)])
}

/// A key that only the seed's holder can compute.
fn derive_key(seed: &[u8; 32], role: &[u8]) -> SigningKey {
    let domain: &[u8] = b"midun/drill-authority/key/v1\0";
    (0u32..)
        .find_map(|count| {
            let scalar = sha256(&[domain, seed, role, b"\0", &count.to_be_bytes()]);
            SigningKey::from_slice(&scalar).ok()
        })
        .expect("all but one in 2^32 hashes are a scalar of P-256")
}

/// A positive serial number of 16 bytes that differs between authorities (RFC 5280 §4.1.2.2).
fn derive_serial(seed: &[u8; 32], name: &str, life: &[u8], role: &[u8]) -> Vec<u8> {
    let domain: &[u8] = b"midun/drill-authority/serial/v1\0";
    let mut digest = sha256(&[domain, seed, role, b"\0", name.as_bytes(), life]);
    digest[0] = digest[0] & 0x7f | 0x40;
    asn1::encode_unsigned(&digest[..16])
}

fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().into()
}
