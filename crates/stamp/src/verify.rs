//! What a token proves, step by step.

use sha1::Sha1;
use sha2::Digest as _;

use crate::asn1::{self, OCTET_STRING, OID, SEQUENCE, SET, Tlv};
use crate::certificate::Certificate;
use crate::error::{Malformed, Refused};
use crate::oid;
use crate::path::{self, Anchor, Roots};
use crate::signature::{Hash, Scheme};
use crate::token::{SignedData, SignerId, Token};

/// A token that holds: the authority states that the hash existed at [`Verified::time_ms`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Stamped time, milliseconds since 1970-01-01T00:00:00Z.
    pub time_ms: i64,
    /// How far the time may be off, in milliseconds, rounded up; `None` if not said.
    pub accuracy_ms: Option<u64>,
    /// Serial number of the token, hexadecimal.
    pub serial: String,
    /// Policy under which it was issued, dotted decimal.
    pub policy: String,
    /// Name in the signer's certificate: common name (organisation).
    pub authority: String,
    /// SHA-256 of the signer's certificate.
    pub authority_fingerprint: [u8; 32],
    /// Name in the last certificate of the chain.
    pub root: String,
    /// SHA-256 of the last certificate of the chain.
    pub root_fingerprint: [u8; 32],
    /// When the first certificate of the chain ends, milliseconds since 1970. Stamp the token
    /// again before then, while its keys can still be believed.
    pub chain_ends_ms: i64,
    /// Who vouches for the chain.
    pub trust: Trust,
}

/// Who vouches for the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// It ends at one of the given roots.
    GivenRoot,
    /// No roots were given; it ends at a self-signed certificate that the token itself names.
    /// Whoever made the token may have made that too.
    NamedByTheTokenItself,
    /// No roots were given, and the token does not even carry its whole chain.
    Incomplete,
}

/// Checks a token against the hash of the data.
///
/// - `data_sha256`: SHA-256 of the data as the caller has it now.
/// - `roots`: DER of the certificates that the caller trusts, roots or others. One that cannot be
///   read vouches for nothing and is passed over. If the list is empty the chain is checked as far
///   as the token carries it, and [`Verified::trust`] says that nobody else vouches for it.
/// - `nonce`: the one that was sent; `None` if the token was found rather than asked for.
///
/// Checked: imprint; nonce; content type; digest of the content; the bound signing certificate
/// (RFC 5816, or SHA-1 of RFC 3161 from older authorities); the signature; key purpose; each link
/// up to a root, all valid at the stamped time. Not checked: revocation.
///
/// Bytes that no check depends on: the status around a token in a reply, certificates and
/// revocation lists in the token that are not part of the chain, and unsigned attributes.
///
/// # Errors
/// [`Refused`] names the first step that failed.
pub fn verify(
    token: &Token,
    data_sha256: &[u8; 32],
    roots: &[Vec<u8>],
    nonce: Option<u64>,
) -> Result<Verified, Refused> {
    let info = token.info();
    check_imprint(token, data_sha256)?;
    if let Some(nonce) = nonce {
        let sent = asn1::encode_unsigned(&nonce.to_be_bytes());
        if info.nonce.as_deref() != sent.get(2..) {
            return Err(Refused::Nonce);
        }
    }
    if let Some(extension) = &info.critical_extension {
        return Err(Refused::CriticalExtension(extension.clone()));
    }
    let signed = token.signed_data()?;
    let carried: Vec<Certificate<'_>> =
        signed.certificates.iter().filter_map(|der| Certificate::read(der).ok()).collect();
    let mode = if roots.is_empty() { Roots::NoneGiven } else { Roots::Given };
    let roots: Vec<Certificate<'_>> =
        roots.iter().filter_map(|der| Certificate::read(der).ok()).collect();
    let signer = carried
        .iter()
        .chain(&roots)
        .find(|certificate| is_named(&signed.signer.id, certificate))
        .ok_or(Refused::NoSigner)?;
    check_signature(&signed, signer)?;
    let chain = path::find(signer, &carried, &roots, mode, info.time_ms)?;
    let root = chain.links.last().unwrap_or(signer);
    let ends = chain.links.iter().map(|link| link.not_after_ms).min();
    Ok(Verified {
        time_ms: info.time_ms,
        accuracy_ms: info.accuracy_ms,
        serial: info.serial.clone(),
        policy: info.policy.clone(),
        authority: signer.name(),
        authority_fingerprint: signer.fingerprint(),
        root: root.name(),
        root_fingerprint: root.fingerprint(),
        chain_ends_ms: ends.unwrap_or(signer.not_after_ms),
        trust: match chain.anchor {
            Anchor::Given => Trust::GivenRoot,
            Anchor::SelfSigned => Trust::NamedByTheTokenItself,
            Anchor::Dangling => Trust::Incomplete,
        },
    })
}

fn check_imprint(token: &Token, data_sha256: &[u8; 32]) -> Result<(), Refused> {
    let info = token.info();
    if info.imprint_algorithm != asn1::dotted(oid::SHA256) {
        return Err(Refused::ImprintAlgorithm(info.imprint_algorithm.clone()));
    }
    if info.imprint != data_sha256 {
        return Err(Refused::Imprint);
    }
    Ok(())
}

fn is_named(id: &SignerId<'_>, certificate: &Certificate<'_>) -> bool {
    match *id {
        SignerId::IssuerAndSerial { issuer, serial } => {
            certificate.issuer.raw == issuer && certificate.serial == serial
        }
        SignerId::SubjectKeyId(key_id) => certificate.extensions.subject_key_id == Some(key_id),
    }
}

/// The signed attributes (RFC 5652 §5.4, §11) and the signature over them.
fn check_signature(signed: &SignedData<'_>, signer: &Certificate<'_>) -> Result<(), Refused> {
    let info = &signed.signer;
    let hash = Hash::read(&info.digest)?;
    let attributes = Attributes::read(&info.attributes)?;
    if attributes.content_type != Some(oid::TST_INFO) {
        return Err(Refused::ContentType);
    }
    if attributes.message_digest != Some(hash.of(signed.content).as_slice()) {
        return Err(Refused::MessageDigest);
    }
    if attributes.bound.is_empty() {
        return Err(Refused::NoSigningCertificate);
    }
    if !attributes.bound.iter().all(|bound| bound.names(signer)) {
        return Err(Refused::SigningCertificate);
    }
    let scheme = Scheme::read(&info.algorithm)?;
    let hash = scheme.hash_beside(hash).ok_or(Refused::Signature)?;
    // In the token the set is tagged [0]; it was signed under its own tag.
    let mut message = info.attributes.raw.to_vec();
    if let Some(tag) = message.first_mut() {
        *tag = SET;
    }
    if signer.public_key()?.signed(scheme, hash, &message, info.signature) {
        Ok(())
    } else {
        Err(Refused::Signature)
    }
}

#[derive(Default)]
struct Attributes<'a> {
    content_type: Option<&'a [u8]>,
    message_digest: Option<&'a [u8]>,
    bound: Vec<Bound<'a>>,
}

/// The certificate that an `ESSCertID` or `ESSCertIDv2` names.
struct Bound<'a> {
    hash: BoundHash,
    digest: &'a [u8],
    serial: Option<&'a [u8]>,
}

enum BoundHash {
    Sha1,
    Sha2(Hash),
}

impl Bound<'_> {
    fn names(&self, certificate: &Certificate<'_>) -> bool {
        let same_hash = match self.hash {
            // SHA-1 is broken for collisions, not for finding a second certificate to a given
            // hash; and the signature itself still has to fit the certificate's key.
            BoundHash::Sha1 => Sha1::digest(certificate.der).as_slice() == self.digest,
            BoundHash::Sha2(hash) => hash.of(certificate.der) == self.digest,
        };
        same_hash && self.serial.is_none_or(|serial| serial == certificate.serial)
    }
}

impl<'a> Attributes<'a> {
    fn read(set: &Tlv<'a>) -> Result<Self, Refused> {
        let what = "signedAttrs";
        let mut reader = set.reader();
        let mut found = Self::default();
        let mut seen: Vec<&[u8]> = Vec::new();
        while !reader.is_empty() {
            let mut attribute = reader.take(SEQUENCE, what)?.reader();
            let name = attribute.take(OID, what)?.body;
            let values = attribute.take(SET, what)?;
            attribute.end(what)?;
            if seen.contains(&name) {
                return Err(Malformed { what: "a signed attribute stands twice" }.into());
            }
            seen.push(name);
            match name {
                oid::CONTENT_TYPE => {
                    found.content_type = Some(asn1::whole(values.body, OID, what)?.body);
                }
                oid::MESSAGE_DIGEST => {
                    found.message_digest = Some(asn1::whole(values.body, OCTET_STRING, what)?.body);
                }
                oid::SIGNING_CERTIFICATE => found.bound.push(read_bound(&values, Version::One)?),
                oid::SIGNING_CERTIFICATE_V2 => {
                    found.bound.push(read_bound(&values, Version::Two)?);
                }
                _ => {}
            }
        }
        Ok(found)
    }
}

enum Version {
    One,
    Two,
}

/// The first `ESSCertID` (RFC 2634 §5.4) or `ESSCertIDv2` (RFC 5035 §4): the signer's own.
fn read_bound<'a>(values: &Tlv<'a>, version: Version) -> Result<Bound<'a>, Refused> {
    let what = "SigningCertificate";
    let attribute = asn1::whole(values.body, SEQUENCE, what)?;
    let mut id = attribute.reader().take(SEQUENCE, what)?.reader().take(SEQUENCE, what)?.reader();
    let hash = match version {
        Version::One => BoundHash::Sha1,
        Version::Two => BoundHash::Sha2(match id.take_if(SEQUENCE, what)? {
            Some(algorithm) => Hash::read(&algorithm)?,
            None => Hash::Sha256, // the default
        }),
    };
    let digest = id.take(OCTET_STRING, what)?.body;
    let serial = match id.take_if(SEQUENCE, what)? {
        Some(issuer_serial) => {
            let mut reader = issuer_serial.reader();
            reader.take(SEQUENCE, what)?; // issuer, already bound by the hash
            Some(reader.take(asn1::INTEGER, what)?.body)
        }
        None => None,
    };
    id.end(what)?;
    Ok(Bound { hash, digest, serial })
}
