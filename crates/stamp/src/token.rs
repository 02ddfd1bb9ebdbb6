//! Reading replies and tokens: RFC 3161 `TimeStampResp`, CMS `SignedData`, `TSTInfo`.
//!
//! Reading says only that the bytes have the right shape. [`crate::verify`] says what they prove.

use crate::asn1::{
    self, BOOLEAN, GENERALIZED_TIME, INTEGER, OCTET_STRING, OID, Reader, SEQUENCE, SET, Tlv,
    context, context_constructed,
};
use crate::error::{Malformed, ReplyError};
use crate::oid;
use crate::signature::plain_algorithm;

/// Longest token or reply that is read, in bytes. Usual ones have 1 to 8 KiB.
pub const TOKEN_BYTES_MAX: usize = 256 * 1024;

/// Longest text of an authority that is passed on, in characters.
const TEXT_CHARS_MAX: usize = 200;

/// A time-stamp token: well-formed, not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    der: Vec<u8>,
    info: Info,
}

/// What a token claims. Claims only: see [`crate::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// Stamped time, milliseconds since 1970-01-01T00:00:00Z.
    pub time_ms: i64,
    /// How far the time may be off, in milliseconds, rounded up; `None` if not said.
    pub accuracy_ms: Option<u64>,
    /// Serial number of the token, hexadecimal.
    pub serial: String,
    /// Policy under which it was issued, dotted decimal.
    pub policy: String,
    /// Object identifier of the imprint's hash, dotted decimal (SHA-256: 2.16.840.1.101.3.4.2.1).
    pub imprint_algorithm: String,
    /// Hash of the stamped data.
    pub imprint: Vec<u8>,
    /// Contents of the nonce's DER INTEGER, if there is one.
    pub(crate) nonce: Option<Vec<u8>>,
    pub(crate) critical_extension: Option<String>,
}

impl Token {
    /// Reads a token, bare (`ContentInfo`) or inside a whole reply (a `.tsr` file).
    ///
    /// # Errors
    /// [`Malformed`] names the part that could not be read; a reply that holds no token is
    /// malformed too (use [`parse_reply`] to hear why the authority refused).
    pub fn parse(der: &[u8]) -> Result<Self, Malformed> {
        let outer = outer(der)?;
        if outer.body.first() == Some(&SEQUENCE) {
            return match read_reply(&outer)? {
                Reply::Token(token) => Self::from_token(token),
                Reply::Rejected { .. } => Err(Malformed { what: "the reply holds no token" }),
            };
        }
        Self::from_token(outer.raw)
    }

    fn from_token(der: &[u8]) -> Result<Self, Malformed> {
        let signed = SignedData::read(der)?;
        let info = read_info(signed.content)?;
        Ok(Self { der: der.to_vec(), info })
    }

    /// The bare token, as it should be kept.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// What it claims.
    #[must_use]
    pub fn info(&self) -> &Info {
        &self.info
    }

    pub(crate) fn signed_data(&self) -> Result<SignedData<'_>, Malformed> {
        SignedData::read(&self.der)
    }
}

/// Reads an authority's reply (`application/timestamp-reply`).
///
/// # Errors
/// [`ReplyError::Rejected`] with status and reason if it grants nothing; else
/// [`ReplyError::Malformed`].
pub fn parse_reply(der: &[u8]) -> Result<Token, ReplyError> {
    match read_reply(&outer(der)?)? {
        Reply::Token(token) => Ok(Token::from_token(token)?),
        Reply::Rejected { status, failure, text } => {
            Err(ReplyError::Rejected { status, failure, text })
        }
    }
}

fn outer(der: &[u8]) -> Result<Tlv<'_>, Malformed> {
    if der.len() > TOKEN_BYTES_MAX {
        return Err(Malformed { what: "longer than any token" });
    }
    asn1::whole(der, SEQUENCE, "not one DER sequence")
}

enum Reply<'a> {
    Token(&'a [u8]),
    Rejected { status: u8, failure: Option<u8>, text: String },
}

/// `TimeStampResp` and `PKIStatusInfo` (RFC 3161 §2.4.2).
fn read_reply<'a>(outer: &Tlv<'a>) -> Result<Reply<'a>, Malformed> {
    let mut reply = outer.reader();
    let mut info = reply.take(SEQUENCE, "PKIStatusInfo")?.reader();
    let status = info.take(INTEGER, "PKIStatus")?;
    let status = asn1::small(&status, "PKIStatus")?;
    let status = u8::try_from(status).map_err(|_| Malformed { what: "PKIStatus" })?;
    let text = match info.take_if(SEQUENCE, "PKIFreeText")? {
        Some(texts) => free_text(&texts)?,
        None => String::new(),
    };
    let failure = match info.take_if(asn1::BIT_STRING, "PKIFailureInfo")? {
        Some(bits) => first_bit(bits.body)?,
        None => None,
    };
    info.end("PKIStatusInfo")?;
    let token = reply.take_if(SEQUENCE, "TimeStampToken")?;
    reply.end("TimeStampResp")?;
    match (status, token) {
        (0 | 1, Some(token)) => Ok(Reply::Token(token.raw)),
        (0 | 1, None) => Err(Malformed { what: "granted, but no token" }),
        (_, Some(_)) => Err(Malformed { what: "refused, but with a token" }),
        (_, None) => Ok(Reply::Rejected { status, failure, text }),
    }
}

fn free_text(texts: &Tlv<'_>) -> Result<String, Malformed> {
    let what = "PKIFreeText";
    let mut reader = texts.reader();
    let mut joined = String::new();
    while !reader.is_empty() {
        let text = reader.take(0x0c, what)?;
        let text = std::str::from_utf8(text.body).map_err(|_| Malformed { what })?;
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(text);
    }
    Ok(joined.chars().filter(|char| !char.is_control()).take(TEXT_CHARS_MAX).collect())
}

fn first_bit(bit_string: &[u8]) -> Result<Option<u8>, Malformed> {
    let what = "PKIFailureInfo";
    let (unused, bytes) = bit_string.split_first().ok_or(Malformed { what })?;
    if *unused > 7 || bytes.len() > 4 {
        return Err(Malformed { what });
    }
    let bits = (0u8..).zip(bytes).find(|(_, byte)| **byte != 0);
    Ok(bits.map(|(at, byte)| at * 8 + byte.leading_zeros() as u8))
}

/// The parts of CMS `SignedData` that matter here, as slices of the token.
pub(crate) struct SignedData<'a> {
    /// DER of `TSTInfo`: what was hashed into the `messageDigest` attribute.
    pub(crate) content: &'a [u8],
    /// Certificates that came along, each as DER.
    pub(crate) certificates: Vec<&'a [u8]>,
    pub(crate) signer: SignerInfo<'a>,
}

pub(crate) struct SignerInfo<'a> {
    pub(crate) id: SignerId<'a>,
    /// `AlgorithmIdentifier` of the digest.
    pub(crate) digest: Tlv<'a>,
    /// The attributes as they lie in the token; they are signed as a SET (RFC 5652 §5.4).
    pub(crate) attributes: Tlv<'a>,
    /// `AlgorithmIdentifier` of the signature.
    pub(crate) algorithm: Tlv<'a>,
    pub(crate) signature: &'a [u8],
}

pub(crate) enum SignerId<'a> {
    IssuerAndSerial { issuer: &'a [u8], serial: &'a [u8] },
    SubjectKeyId(&'a [u8]),
}

impl<'a> SignedData<'a> {
    /// Reads `ContentInfo { SignedData }` (RFC 5652 §3, §5) with exactly one signer.
    fn read(der: &'a [u8]) -> Result<Self, Malformed> {
        let mut info = asn1::whole(der, SEQUENCE, "ContentInfo")?.reader();
        if info.take(OID, "ContentInfo.contentType")?.body != oid::SIGNED_DATA {
            return Err(Malformed { what: "the token is not SignedData" });
        }
        let explicit = info.take(context_constructed(0), "ContentInfo.content")?;
        info.end("ContentInfo")?;
        let mut data = asn1::whole(explicit.body, SEQUENCE, "SignedData")?.reader();
        // Version 3: the content is other than plain data, all certificates are of X.509.
        if data.take(INTEGER, "SignedData.version")?.body != [3] {
            return Err(Malformed { what: "SignedData.version" });
        }
        let digests = data.take(SET, "SignedData.digestAlgorithms")?;
        let mut content = data.take(SEQUENCE, "EncapsulatedContentInfo")?.reader();
        if content.take(OID, "eContentType")?.body != oid::TST_INFO {
            return Err(Malformed { what: "eContentType is not TSTInfo" });
        }
        let explicit = content.take(context_constructed(0), "eContent")?;
        content.end("EncapsulatedContentInfo")?;
        let content = asn1::whole(explicit.body, OCTET_STRING, "eContent")?.body;
        let mut certificates = Vec::new();
        if let Some(set) = data.take_if(context_constructed(0), "certificates")? {
            let mut reader = set.reader();
            while !reader.is_empty() {
                let certificate = reader.any("certificates")?;
                // Other kinds (attribute certificates) are none of our business.
                if certificate.tag == SEQUENCE {
                    certificates.push(certificate.raw);
                }
            }
        }
        data.take_if(context_constructed(1), "crls")?;
        let signers = data.take(SET, "signerInfos")?;
        data.end("SignedData")?;
        let signer = asn1::whole(signers.body, SEQUENCE, "not exactly one SignerInfo")?;
        let signer = SignerInfo::read(&signer)?;
        if !lists(&digests, &signer.digest)? {
            return Err(Malformed { what: "SignedData.digestAlgorithms" });
        }
        Ok(Self { content, certificates, signer })
    }
}

/// Whether the set of digests holds the signer's (RFC 5652 §5.1), comparing identifiers only.
fn lists(digests: &Tlv<'_>, wanted: &Tlv<'_>) -> Result<bool, Malformed> {
    let wanted = plain_algorithm(wanted)?;
    let mut reader = digests.reader();
    let mut found = false;
    while !reader.is_empty() {
        let digest = reader.take(SEQUENCE, "SignedData.digestAlgorithms")?;
        found |= plain_algorithm(&digest)? == wanted;
    }
    Ok(found)
}

impl<'a> SignerInfo<'a> {
    fn read(tlv: &Tlv<'a>) -> Result<Self, Malformed> {
        let mut reader = tlv.reader();
        let version = reader.take(INTEGER, "SignerInfo.version")?.body;
        let id = match reader.take_if(context(0), "SignerInfo.sid")? {
            Some(key_id) => SignerId::SubjectKeyId(key_id.body),
            None => {
                let mut id = reader.take(SEQUENCE, "SignerInfo.sid")?.reader();
                let issuer = id.take(SEQUENCE, "SignerInfo.sid")?.raw;
                let serial = id.take(INTEGER, "SignerInfo.sid")?.body;
                id.end("SignerInfo.sid")?;
                SignerId::IssuerAndSerial { issuer, serial }
            }
        };
        let fits = match id {
            SignerId::IssuerAndSerial { .. } => version == [1],
            SignerId::SubjectKeyId(_) => version == [3],
        };
        if !fits {
            return Err(Malformed { what: "SignerInfo.version" });
        }
        let digest = reader.take(SEQUENCE, "SignerInfo.digestAlgorithm")?;
        let attributes = reader.take(context_constructed(0), "SignerInfo.signedAttrs")?;
        let algorithm = reader.take(SEQUENCE, "SignerInfo.signatureAlgorithm")?;
        let signature = reader.take(OCTET_STRING, "SignerInfo.signature")?.body;
        reader.take_if(context_constructed(1), "SignerInfo.unsignedAttrs")?;
        reader.end("SignerInfo")?;
        Ok(Self { id, digest, attributes, algorithm, signature })
    }
}

/// `TSTInfo` (RFC 3161 §2.4.2).
fn read_info(der: &[u8]) -> Result<Info, Malformed> {
    let mut reader = asn1::whole(der, SEQUENCE, "TSTInfo")?.reader();
    if reader.take(INTEGER, "TSTInfo.version")?.body != [1] {
        return Err(Malformed { what: "TSTInfo.version" });
    }
    let policy = asn1::dotted(reader.take(OID, "TSTInfo.policy")?.body);
    let mut imprint = reader.take(SEQUENCE, "messageImprint")?.reader();
    let algorithm =
        imprint.take(SEQUENCE, "messageImprint")?.reader().take(OID, "messageImprint")?;
    let hash = imprint.take(OCTET_STRING, "messageImprint")?.body;
    imprint.end("messageImprint")?;
    let serial = hex(reader.take(INTEGER, "TSTInfo.serialNumber")?.body);
    let time_ms = asn1::moment(&reader.take(GENERALIZED_TIME, "genTime")?, "genTime")?;
    let accuracy_ms = match reader.take_if(SEQUENCE, "accuracy")? {
        Some(accuracy) => Some(read_accuracy(&accuracy)?),
        None => None,
    };
    reader.take_if(BOOLEAN, "ordering")?;
    let nonce = reader.take_if(INTEGER, "nonce")?.map(|nonce| nonce.body.to_vec());
    reader.take_if(context_constructed(0), "tsa")?;
    let critical_extension = match reader.take_if(context_constructed(1), "TSTInfo.extensions")? {
        Some(extensions) => first_critical(&extensions)?,
        None => None,
    };
    reader.end("TSTInfo")?;
    Ok(Info {
        time_ms,
        accuracy_ms,
        serial,
        policy,
        imprint_algorithm: asn1::dotted(algorithm.body),
        imprint: hash.to_vec(),
        nonce,
        critical_extension,
    })
}

fn read_accuracy(tlv: &Tlv<'_>) -> Result<u64, Malformed> {
    let what = "accuracy";
    let mut reader = tlv.reader();
    let mut part = |tag| -> Result<u64, Malformed> {
        reader.take_if(tag, what)?.map_or(Ok(0), |value| asn1::small(&value, what))
    };
    let (seconds, millis, micros) = (part(INTEGER)?, part(context(0))?, part(context(1))?);
    reader.end(what)?;
    seconds
        .checked_mul(1000)
        .and_then(|sum| sum.checked_add(millis))
        .and_then(|sum| sum.checked_add(micros.div_ceil(1000)))
        .ok_or(Malformed { what })
}

fn first_critical(extensions: &Tlv<'_>) -> Result<Option<String>, Malformed> {
    let what = "TSTInfo.extensions";
    let mut reader = Reader::new(extensions.body);
    let mut critical = None;
    while !reader.is_empty() {
        let mut extension = reader.take(SEQUENCE, what)?.reader();
        let name = extension.take(OID, what)?;
        if extension.take_if(BOOLEAN, what)?.is_some_and(|flag| flag.body != [0]) {
            critical.get_or_insert_with(|| asn1::dotted(name.body));
        }
        extension.take(OCTET_STRING, what)?;
        extension.end(what)?;
    }
    Ok(critical)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
