//! What runs on the vector units: chosen when the program runs, the same results on every machine.
//!
//! Rooms above ask for nothing here but [`Lanes`]; plain code beside it says what each function
//! does, and tests hold one against the other at every level this machine has.

use fearless_simd::prelude::*;
use fearless_simd::{Level, Simd, dispatch, u8x64};

/// Which vector units are used.
#[derive(Clone, Copy, Debug)]
pub struct Lanes(pub(crate) Level);

impl Default for Lanes {
    fn default() -> Self {
        Self(Level::new())
    }
}

/// Bytes that are classified at a time, a bit each.
pub(crate) const WORD: usize = 64;

/// What stands where a line may be numbered.
#[derive(Clone, Copy, Debug, Default)]
struct Classes {
    breaks: u64,
    blanks: u64,
    digits: u64,
}

impl Lanes {
    /// All that this machine can use, the plainest first.
    #[must_use]
    pub fn all() -> Vec<Self> {
        #[cfg(target_arch = "x86_64")]
        {
            let level = Level::new();
            let levels = [
                Some(Level::baseline()),
                level.as_sse4_2().map(Level::Sse4_2),
                level.as_avx2().map(Level::Avx2),
                level.as_avx512().map(Level::Avx512),
            ];
            levels.into_iter().flatten().map(Self).collect()
        }
        #[cfg(not(target_arch = "x86_64"))]
        vec![Self::default()]
    }

    /// Its name, for reports of speed.
    #[must_use]
    pub fn name(self) -> &'static str {
        #[cfg(target_arch = "x86_64")]
        {
            if self.0.as_avx512().is_some() {
                return "AVX-512";
            } else if self.0.as_avx2().is_some() {
                return "AVX2";
            } else if self.0.as_sse4_2().is_some() {
                return "SSE4.2";
            }
        }
        "base"
    }

    /// Hands every position of `text` to `sink` at which a digit is the first that is no blank in
    /// its line. The first line is left out.
    pub(crate) fn numbered(self, text: &[u8], mut sink: impl FnMut(usize)) {
        dispatch!(self.0, simd => numbered(simd, text, &mut sink));
    }

    /// Folds the ASCII at the head of `text`, 64 bytes at a time, into `out`: letters small, digits
    /// as they are, nothing else. Says how many bytes of both it took. `out` must be as long as what
    /// is to be taken. Without vector units that can do so, it takes nothing.
    #[inline]
    pub(crate) fn fold_ascii(self, text: &[u8], out: &mut [u8]) -> (usize, usize) {
        #[cfg(target_arch = "x86_64")]
        {
            if let Some(avx512) = self.0.as_avx512() {
                return fold_ascii_avx512(avx512, text, out);
            }
            if let Some(avx2) = self.0.as_avx2() {
                return fold_ascii_avx2(avx2, text, out);
            }
        }
        let _ = (text, out);
        (0, 0)
    }
}

#[inline(always)]
fn classify<S: Simd>(simd: S, word: &[u8; WORD]) -> Classes {
    let bytes: u8x64<S> = u8x64::from_slice(simd, word);
    let digits = (bytes - u8x64::splat(simd, b'0')).simd_lt(u8x64::splat(simd, 10)).to_bitmask();
    let breaks = bytes.simd_eq(u8x64::splat(simd, b'\n')).to_bitmask();
    let space = bytes.simd_eq(u8x64::splat(simd, b' ')).to_bitmask();
    let tab = bytes.simd_eq(u8x64::splat(simd, b'\t')).to_bitmask();
    Classes { breaks, blanks: space | tab, digits }
}

#[inline(always)]
fn numbered<S: Simd>(simd: S, text: &[u8], sink: &mut impl FnMut(usize)) {
    let (words, rest) = text.as_chunks::<WORD>();
    let mut last = [0; WORD];
    last[..rest.len()].copy_from_slice(rest);
    // Whether the next word begins a line, or goes on with blanks that do.
    let mut begun = 0;
    for (n, word) in words.iter().chain([&last]).enumerate() {
        let Classes { breaks, blanks, digits } = classify(simd, word);
        let starts = breaks << 1 | begun;
        // Adding a bit to a run of them carries it to the place behind the run.
        let (sum, over) = starts.overflowing_add(blanks);
        let mut first = sum & !blanks & digits;
        begun = breaks >> (WORD - 1) | u64::from(over);
        while first != 0 {
            sink(n * WORD + first.trailing_zeros() as usize);
            first &= first - 1;
        }
    }
}

#[cfg(target_arch = "x86_64")]
fearless_simd::kernel!(
    fn fold_ascii_avx512(avx512: Avx512, text: &[u8], out: &mut [u8]) -> (usize, usize) {
        use std::arch::x86_64::{
            __m512i, _mm512_add_epi8, _mm512_cmplt_epu8_mask, _mm512_maskz_compress_epi8,
            _mm512_movepi8_mask, _mm512_or_si512, _mm512_set1_epi8,
        };
        let (mut taken, mut written) = (0, 0);
        for word in text.as_chunks::<WORD>().0 {
            let bytes: __m512i = u8x64::from_slice(avx512, word).into();
            let Some(out) = out[written..].first_chunk_mut::<WORD>() else { break };
            if _mm512_movepi8_mask(bytes) != 0 {
                break;
            }
            let small = _mm512_or_si512(bytes, _mm512_set1_epi8(0x20));
            let letter = _mm512_add_epi8(small, _mm512_set1_epi8(-(b'a' as i8)));
            let digit = _mm512_add_epi8(bytes, _mm512_set1_epi8(-(b'0' as i8)));
            let kept = _mm512_cmplt_epu8_mask(letter, _mm512_set1_epi8(26))
                | _mm512_cmplt_epu8_mask(digit, _mm512_set1_epi8(10));
            // Digits have the bit that makes letters small, so one form serves both.
            let folded: u8x64<_> = _mm512_maskz_compress_epi8(kept, small).simd_into(avx512);
            folded.store_slice(out);
            taken += WORD;
            written += kept.count_ones() as usize;
        }
        (taken, written)
    }
);

/// For each set of eight bytes that are kept, where to take each from.
#[cfg(target_arch = "x86_64")]
static KEPT: [u64; 256] = {
    let mut table = [0; 256];
    let mut set = 0;
    while set < 256 {
        let (mut from, mut to, mut places) = (0, 0, [0x80; 8]);
        while from < 8 {
            if set >> from & 1 == 1 {
                places[to] = from as u8;
                to += 1;
            }
            from += 1;
        }
        table[set] = u64::from_le_bytes(places);
        set += 1;
    }
    table
};

#[cfg(target_arch = "x86_64")]
fearless_simd::kernel!(
    fn fold_ascii_avx2(avx2: Avx2, text: &[u8], out: &mut [u8]) -> (usize, usize) {
        use std::arch::x86_64::{_mm_cvtsi64_si128, _mm_cvtsi128_si64, _mm_shuffle_epi8};
        let (mut taken, mut written) = (0, 0);
        for word in text.as_chunks::<WORD>().0 {
            let bytes: u8x64<_> = u8x64::from_slice(avx2, word);
            let Some(out) = out[written..].first_chunk_mut::<WORD>() else { break };
            let splat = |byte: u8| u8x64::splat(avx2, byte);
            if bytes.simd_ge(splat(0x80)).to_bitmask() != 0 {
                break;
            }
            let small = bytes | splat(0x20);
            let letter = (small - splat(b'a')).simd_lt(splat(26)).to_bitmask();
            let kept = letter | (bytes - splat(b'0')).simd_lt(splat(10)).to_bitmask();
            let mut plain = [0; WORD];
            small.store_slice(&mut plain);
            let mut n = 0;
            for (eight, set) in plain.as_chunks::<8>().0.iter().zip(kept.to_le_bytes()) {
                let eight = _mm_cvtsi64_si128(i64::from_le_bytes(*eight));
                let places = _mm_cvtsi64_si128(KEPT[usize::from(set)] as i64);
                let eight = _mm_cvtsi128_si64(_mm_shuffle_epi8(eight, places)).to_le_bytes();
                // At most eight bytes each, so the last of eight begins at 56 or before.
                let n_now = n & (WORD - 1);
                if let Some(out) = out.get_mut(n_now..n_now + 8) {
                    out.copy_from_slice(&eight);
                }
                n += set.count_ones() as usize;
            }
            taken += WORD;
            written += n;
        }
        (taken, written)
    }
);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn numbered_plainly(text: &[u8]) -> Vec<usize> {
        let starts = text.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at + 1);
        starts
            .filter_map(|start| {
                let blanks = text[start..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
                let first = start + blanks;
                text.get(first).is_some_and(u8::is_ascii_digit).then_some(first)
            })
            .collect()
    }

    proptest! {
        #[test]
        fn each_level_finds_the_same_numbers(
            lines in prop::collection::vec("[ \t]{0,80}[0-9a;é]{0,9}\r?\n?", 0..20),
        ) {
            let text = lines.concat();
            let plain = numbered_plainly(text.as_bytes());
            for lanes in Lanes::all() {
                let mut found = Vec::new();
                lanes.numbered(text.as_bytes(), |at| found.push(at));
                prop_assert_eq!(&found, &plain, "{}", lanes.name());
            }
        }

        #[test]
        fn each_level_folds_ascii_alike(
            bytes in prop::collection::vec(0u8..0x80, 0..400), stray in prop::option::of(0usize..400),
            room in 0usize..500,
        ) {
            let mut bytes = bytes;
            if let Some(byte) = stray.and_then(|at| bytes.get_mut(at)) {
                *byte |= 0x80;
            }
            for lanes in Lanes::all() {
                let mut out = vec![b'#'; room];
                let (taken, written) = lanes.fold_ascii(&bytes, &mut out);
                let kept = bytes[..taken].iter().filter(|b| b.is_ascii_alphanumeric());
                let kept: Vec<u8> = kept.map(u8::to_ascii_lowercase).collect();
                prop_assert_eq!(&out[..written], &kept[..], "{}", lanes.name());
                let vector = lanes.name().starts_with("AVX");
                let ascii = bytes.as_chunks::<WORD>().0.iter().take_while(|w| w.is_ascii()).count();
                if vector && room >= bytes.len() {
                    prop_assert_eq!(taken, ascii * WORD);
                }
            }
        }
    }
}
