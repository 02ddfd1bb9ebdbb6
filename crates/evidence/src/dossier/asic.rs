//! The dossier as an ASiC-E container with a time assertion (ETSI EN 319 162-1 V1.1.1, clause 4.4):
//! a manifest with the digest of every other entry, and an RFC 3161 token over that manifest's bytes.
//!
//! So that any validator of such containers opens a dossier and sees since when it is as it is. What
//! midun itself proves lies in the dossier's own entries.

use super::MIMETYPE;

/// The manifest in the words of ETSI.
pub const ASIC_MANIFEST: &str = "META-INF/ASiCManifest.xml";
/// The token over the manifest's bytes: a `TimeStampToken`, not a whole reply.
pub const ASIC_STAMP: &str = "META-INF/timestamp.tst";
/// Where both lie; nothing else may.
pub const META_INF: &str = "META-INF/";

/// The manifest over entries with these SHA-256, in their order; the first entry, which says what
/// kind of file this is, and what lies beside the manifest are left out. It has one spelling.
pub fn asic_manifest<'a>(entries: impl IntoIterator<Item = (&'a str, &'a [u8; 32])>) -> String {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <asic:ASiCManifest xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\" \
         xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">\n\
         <asic:SigReference URI=\"{ASIC_STAMP}\" \
         MimeType=\"application/vnd.etsi.timestamp-token\"/>\n"
    );
    for (path, sha256) in entries {
        if path == MIMETYPE || path.starts_with(META_INF) {
            continue;
        }
        // Paths are plain ASCII, so nothing has to be escaped.
        text.push_str(&format!(
            "<asic:DataObjectReference URI=\"{path}\">\
             <ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>\
             <ds:DigestValue>{}</ds:DigestValue></asic:DataObjectReference>\n",
            base64(sha256)
        ));
    }
    text.push_str("</asic:ASiCManifest>\n");
    text
}

/// RFC 4648 section 4.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for piece in bytes.chunks(3) {
        let at = |i: usize| u32::from(piece.get(i).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for digit in 0..4 {
            let is_there = digit <= piece.len();
            let value = (bits >> (18 - 6 * digit)) & 63;
            text.push(if is_there { DIGITS[value as usize] as char } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{asic_manifest, base64};

    /// The vectors of RFC 4648 section 10.
    #[test]
    fn base64_as_published() {
        for (plain, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), text);
        }
    }

    #[test]
    fn all_but_the_first_and_what_lies_beside_it() {
        let hash = [0; 32];
        let paths = ["mimetype", "manifest.json", "SHA256SUMS", "META-INF/timestamp.tst"];
        let text = asic_manifest(paths.map(|path| (path, &hash)));
        assert_eq!(text.matches("<asic:DataObjectReference ").count(), 2, "{text}");
        assert!(text.contains("URI=\"manifest.json\"") && !text.contains("URI=\"mimetype\""));
    }
}
