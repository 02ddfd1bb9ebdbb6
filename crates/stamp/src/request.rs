//! Asking an authority for a token.

use crate::asn1::{self, INTEGER, NULL, OCTET_STRING, OID, SEQUENCE};
use crate::oid;

/// Whether the authority shall put its certificates into the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskFor {
    /// Yes (`certReq` true). Right for keeping: a token without them cannot be checked years later.
    Certificates,
    /// No; the verifier has them from elsewhere.
    TokenOnly,
}

/// Encodes a `TimeStampReq` (RFC 3161 §2.4.1), to be sent as `application/timestamp-query`.
///
/// `imprint` is the SHA-256 of the data. `nonce` should be unpredictable, so that an old reply
/// cannot be passed off as a new one; give the same one to [`crate::verify`].
#[must_use]
pub fn request(imprint: &[u8; 32], nonce: u64, ask: AskFor) -> Vec<u8> {
    let certificates: &[u8] = match ask {
        AskFor::Certificates => &[asn1::BOOLEAN, 1, 0xff],
        AskFor::TokenOnly => &[], // FALSE is the default, and DER leaves defaults out
    };
    let nonce = asn1::encode_unsigned(&nonce.to_be_bytes());
    let imprint = message_imprint(imprint);
    asn1::encode(SEQUENCE, &[&[INTEGER, 1, 1], &imprint, &nonce, certificates])
}

/// `MessageImprint` with SHA-256.
pub(crate) fn message_imprint(imprint: &[u8; 32]) -> Vec<u8> {
    let algorithm = asn1::encode(SEQUENCE, &[&asn1::encode(OID, &[oid::SHA256]), &[NULL, 0]]);
    asn1::encode(SEQUENCE, &[&algorithm, &asn1::encode(OCTET_STRING, &[imprint])])
}
