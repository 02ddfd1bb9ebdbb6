//! Text in encodings that the fingerprints do not read by themselves.
//!
//! UTF-8, UTF-16 and GB18030 are left as they are: whoever looks for something reads them at any
//! place of any file. Others, such as Big5, are turned into UTF-8 when a whole file is in them.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, SHIFT_JIS};

/// The encoding of a text that has to be decoded, or `None`.
pub(crate) fn foreign(head: &[u8]) -> Option<&'static Encoding> {
    // The head may end within a character.
    let valid = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    if valid || head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, false);
    let guess = detector.guess(None, Utf8Detection::Allow);
    [BIG5, SHIFT_JIS, EUC_JP, EUC_KR].into_iter().find(|known| *known == guess)
}

/// Decodes a stream piece by piece.
pub(crate) struct Decoding {
    decoder: encoding_rs::Decoder,
    out: String,
}

impl Decoding {
    pub(crate) fn new(encoding: &'static Encoding) -> Self {
        Self { decoder: encoding.new_decoder_without_bom_handling(), out: String::new() }
    }

    /// The UTF-8 of the next bytes; what is no character becomes U+FFFD.
    pub(crate) fn next(&mut self, bytes: &[u8], last: bool) -> &[u8] {
        self.out.clear();
        let most = self.decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(4 * bytes.len() + 16);
        self.out.reserve(most);
        let _ = self.decoder.decode_to_string(bytes, &mut self.out, last);
        self.out.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_needs_it_is_decoded() {
        let traditional =
            "漿料的固含量控制在百分之四十八,黏度以旋轉黏度計量測,溫度二十五度。".repeat(4);
        let simplified =
            "浆料的固含量控制在百分之四十八,黏度以旋转黏度计测量,温度二十五度。".repeat(4);
        let big5 = BIG5.encode(&traditional).0;
        assert_eq!(foreign(&big5), Some(BIG5));
        let mut decoding = Decoding::new(BIG5);
        let (one, two) = big5.split_at(33);
        let decoded = [decoding.next(one, false).to_vec(), decoding.next(two, true).to_vec()];
        assert_eq!(String::from_utf8_lossy(&decoded.concat()), traditional);
        assert_eq!(foreign(&encoding_rs::GB18030.encode(&simplified).0), None);
        assert_eq!(foreign(&simplified.as_bytes()[..simplified.len() - 1]), None);
    }
}
