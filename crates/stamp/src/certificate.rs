//! X.509 certificates (RFC 5280 §4), as far as checking a chain needs them.

use sha2::{Digest as _, Sha256};

use crate::asn1::{
    self, BIT_STRING, BOOLEAN, INTEGER, OCTET_STRING, OID, SEQUENCE, SET, Tlv, context,
    context_constructed,
};
use crate::error::{Malformed, Refused};
use crate::oid;
use crate::signature::{PublicKey, Scheme};

/// Longest name that is shown, in characters.
const NAME_CHARS_MAX: usize = 200;

/// Bits of `KeyUsage` (RFC 5280 §4.2.1.3), counted from the first.
pub(crate) const DIGITAL_SIGNATURE: u16 = 1 << 15;
pub(crate) const CONTENT_COMMITMENT: u16 = 1 << 14;
pub(crate) const KEY_CERT_SIGN: u16 = 1 << 10;

/// A certificate, as slices of its DER.
#[derive(Debug, Clone)]
pub(crate) struct Certificate<'a> {
    pub(crate) der: &'a [u8],
    signed_part: &'a [u8],
    algorithm: Tlv<'a>,
    signature: &'a [u8],
    pub(crate) serial: &'a [u8],
    pub(crate) issuer: Tlv<'a>,
    pub(crate) subject: Tlv<'a>,
    pub(crate) not_before_ms: i64,
    pub(crate) not_after_ms: i64,
    key: Tlv<'a>,
    pub(crate) extensions: Extensions<'a>,
}

/// The extensions that matter here.
#[derive(Debug, Clone, Default)]
pub(crate) struct Extensions<'a> {
    pub(crate) authority: Option<Authority>,
    pub(crate) key_usage: Option<u16>,
    pub(crate) purposes: Option<Purposes<'a>>,
    pub(crate) subject_key_id: Option<&'a [u8]>,
    /// A critical extension that is not one of the above.
    pub(crate) not_understood: Option<String>,
}

/// `BasicConstraints`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Authority {
    pub(crate) is_authority: bool,
    pub(crate) path_length_max: Option<u64>,
}

/// `ExtKeyUsage`.
#[derive(Debug, Clone)]
pub(crate) struct Purposes<'a> {
    pub(crate) critical: bool,
    pub(crate) list: Vec<&'a [u8]>,
}

impl<'a> Certificate<'a> {
    pub(crate) fn read(der: &'a [u8]) -> Result<Self, Malformed> {
        let mut outer = asn1::whole(der, SEQUENCE, "Certificate")?.reader();
        let signed_part = outer.take(SEQUENCE, "TBSCertificate")?;
        let algorithm = outer.take(SEQUENCE, "Certificate.signatureAlgorithm")?;
        let signature = outer.take(BIT_STRING, "Certificate.signature")?;
        let signature = asn1::bits(&signature, "Certificate.signature")?;
        outer.end("Certificate")?;

        let mut inner = signed_part.reader();
        inner.take_if(context_constructed(0), "Certificate.version")?;
        let serial = inner.take(INTEGER, "Certificate.serialNumber")?.body;
        // The algorithm stands twice, signed and unsigned; they must agree (RFC 5280 §4.1.1.2).
        if inner.take(SEQUENCE, "TBSCertificate.signature")?.raw != algorithm.raw {
            return Err(Malformed { what: "Certificate.signatureAlgorithm" });
        }
        let issuer = inner.take(SEQUENCE, "Certificate.issuer")?;
        let mut validity = inner.take(SEQUENCE, "Certificate.validity")?.reader();
        let not_before_ms = asn1::moment(&validity.any("notBefore")?, "notBefore")?;
        let not_after_ms = asn1::moment(&validity.any("notAfter")?, "notAfter")?;
        validity.end("Certificate.validity")?;
        let subject = inner.take(SEQUENCE, "Certificate.subject")?;
        let key = inner.take(SEQUENCE, "SubjectPublicKeyInfo")?;
        inner.take_if(context(1), "issuerUniqueID")?;
        inner.take_if(context(2), "subjectUniqueID")?;
        let extensions = match inner.take_if(context_constructed(3), "Certificate.extensions")? {
            Some(explicit) => read_extensions(&explicit)?,
            None => Extensions::default(),
        };
        inner.end("TBSCertificate")?;
        Ok(Self {
            der,
            signed_part: signed_part.raw,
            algorithm,
            signature,
            serial,
            issuer,
            subject,
            not_before_ms,
            not_after_ms,
            key,
            extensions,
        })
    }

    pub(crate) fn public_key(&self) -> Result<PublicKey, Refused> {
        PublicKey::read(&self.key)
    }

    /// Whether the key of `issuer` signed this certificate.
    pub(crate) fn is_signed_by(&self, issuer: &Certificate<'_>) -> Result<bool, Refused> {
        let scheme = Scheme::read(&self.algorithm)?;
        let Some(hash) = scheme.own_hash() else {
            return Err(Refused::Algorithm("without a digest".to_owned()));
        };
        Ok(issuer.public_key()?.signed(scheme, hash, self.signed_part, self.signature))
    }

    /// SHA-256 of the certificate, as browsers and `openssl x509 -fingerprint -sha256` show it.
    pub(crate) fn fingerprint(&self) -> [u8; 32] {
        Sha256::digest(self.der).into()
    }

    /// The subject for people: common name and organisation, without control characters.
    pub(crate) fn name(&self) -> String {
        let find = |wanted| name_part(&self.subject, wanted).ok().flatten();
        let common = find(oid::COMMON_NAME).or_else(|| find(oid::ORGANIZATIONAL_UNIT));
        match (common, find(oid::ORGANIZATION)) {
            (Some(common), Some(organization)) if common != organization => {
                format!("{common} ({organization})")
            }
            (Some(name), _) | (None, Some(name)) => name,
            (None, None) => "(no name)".to_owned(),
        }
    }
}

fn read_extensions<'a>(explicit: &Tlv<'a>) -> Result<Extensions<'a>, Malformed> {
    let what = "Certificate.extensions";
    let mut reader = asn1::whole(explicit.body, SEQUENCE, what)?.reader();
    let mut found = Extensions::default();
    let mut seen: Vec<&[u8]> = Vec::new();
    while !reader.is_empty() {
        let mut extension = reader.take(SEQUENCE, what)?.reader();
        let name = extension.take(OID, what)?.body;
        let critical = match extension.take_if(BOOLEAN, what)? {
            Some(flag) if flag.body == [0xff] => true,
            Some(_) => return Err(Malformed { what }), // FALSE is left out in DER
            None => false,
        };
        let value = extension.take(OCTET_STRING, what)?.body;
        extension.end(what)?;
        if seen.contains(&name) {
            return Err(Malformed { what: "an extension stands twice" });
        }
        seen.push(name);
        match name {
            oid::BASIC_CONSTRAINTS => found.authority = Some(read_authority(value)?),
            oid::KEY_USAGE => found.key_usage = Some(read_key_usage(value)?),
            oid::EXTENDED_KEY_USAGE => found.purposes = Some(read_purposes(value, critical)?),
            oid::SUBJECT_KEY_ID => {
                found.subject_key_id = Some(asn1::whole(value, OCTET_STRING, what)?.body);
            }
            // Any policy will do here, so this one restricts nothing.
            oid::CERTIFICATE_POLICIES => {}
            other if critical => {
                found.not_understood.get_or_insert_with(|| asn1::dotted(other));
            }
            _ => {}
        }
    }
    Ok(found)
}

fn read_authority(value: &[u8]) -> Result<Authority, Malformed> {
    let what = "BasicConstraints";
    let mut reader = asn1::whole(value, SEQUENCE, what)?.reader();
    let is_authority = reader.take_if(BOOLEAN, what)?.is_some_and(|flag| flag.body == [0xff]);
    let path_length_max = match reader.take_if(INTEGER, what)? {
        Some(length) => Some(asn1::small(&length, what)?),
        None => None,
    };
    reader.end(what)?;
    Ok(Authority { is_authority, path_length_max })
}

fn read_key_usage(value: &[u8]) -> Result<u16, Malformed> {
    let what = "KeyUsage";
    match *asn1::whole(value, BIT_STRING, what)?.body {
        [0..=7, first] => Ok(u16::from_be_bytes([first, 0])),
        [0..=7, first, second] => Ok(u16::from_be_bytes([first, second])),
        _ => Err(Malformed { what }),
    }
}

fn read_purposes(value: &[u8], critical: bool) -> Result<Purposes<'_>, Malformed> {
    let what = "ExtKeyUsage";
    let mut reader = asn1::whole(value, SEQUENCE, what)?.reader();
    let mut list = Vec::new();
    while !reader.is_empty() {
        list.push(reader.take(OID, what)?.body);
    }
    Ok(Purposes { critical, list })
}

/// The first attribute of this type in a `Name`, as text.
fn name_part(name: &Tlv<'_>, wanted: &[u8]) -> Result<Option<String>, Malformed> {
    let what = "Name";
    let mut sets = name.reader();
    while !sets.is_empty() {
        let mut set = sets.take(SET, what)?.reader();
        while !set.is_empty() {
            let mut pair = set.take(SEQUENCE, what)?.reader();
            let kind = pair.take(OID, what)?.body;
            let value = pair.any(what)?;
            if kind == wanted {
                return Ok(text(&value));
            }
        }
    }
    Ok(None)
}

/// A directory string of any of its types.
fn text(value: &Tlv<'_>) -> Option<String> {
    let text = match value.tag {
        0x0c | 0x13 | 0x16 => std::str::from_utf8(value.body).ok()?.to_owned(),
        0x14 => value.body.iter().map(|&byte| char::from(byte)).collect(),
        0x1e => {
            let units = value.body.chunks(2).map(|pair| match *pair {
                [high, low] => u16::from_be_bytes([high, low]),
                _ => 0xfffd,
            });
            char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect()
        }
        _ => return None,
    };
    Some(text.chars().filter(|char| !char.is_control()).take(NAME_CHARS_MAX).collect())
}
