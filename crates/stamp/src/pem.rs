//! Certificates as text (RFC 7468), as authorities and systems hand them out.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::error::Malformed;

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// Takes each certificate out of `text`, in order, as DER. Text around the blocks is skipped.
///
/// # Errors
/// [`Malformed`] if a block does not end, or does not hold base64. Whether it holds a certificate
/// shows when it is used.
pub fn certificates_from_pem(text: &str) -> Result<Vec<Vec<u8>>, Malformed> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(BEGIN) {
        let (block, after) = after
            .split_once(END)
            .ok_or(Malformed { what: "PEM: a certificate block has no end" })?;
        let base64: String = block.split_ascii_whitespace().collect();
        found.push(STANDARD.decode(base64).map_err(|_| Malformed { what: "PEM: base64" })?);
        rest = after;
    }
    Ok(found)
}

/// Writes certificates, given as DER, one block each.
#[must_use]
pub fn certificates_to_pem(certificates: &[Vec<u8>]) -> String {
    let mut text = String::new();
    for certificate in certificates {
        text.push_str(BEGIN);
        for (at, char) in STANDARD.encode(certificate).chars().enumerate() {
            if at % 64 == 0 {
                text.push('\n');
            }
            text.push(char);
        }
        text.push('\n');
        text.push_str(END);
        text.push('\n');
    }
    text
}
