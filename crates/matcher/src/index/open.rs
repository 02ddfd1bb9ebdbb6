//! Reading an index, piece by piece, from bytes that need not be in memory.

use std::cmp::Ordering;
use std::ops::Range;

use sha2::{Digest, Sha256};

use super::{HEADER, Kind, MAGIC, PartInfo, VERSION, Window, filter_place};
use crate::key::{Domain, Keys, MatchKey, Nonce, Section, Side};

/// Places of one hash that are looked at.
const SAME_MAX: usize = 64;

/// Why bytes are not opened as an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// They are something else.
    #[error("not an index")]
    NotAnIndex,
    /// A newer program wrote it.
    #[error("the index is of version {found}")]
    NewerVersion {
        /// Its version.
        found: u32,
    },
    /// An older program wrote it; it must be built anew.
    #[error("the index is of the old version {found}")]
    OlderVersion {
        /// Its version.
        found: u32,
    },
    /// It was made with another key.
    #[error("the index has another key")]
    OtherKey,
    /// Its parts don't fit together: cut short or altered.
    #[error("the index is damaged")]
    Damaged,
}

/// Where a fingerprint is: in which part, and where in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) part: u32,
    pub(crate) at: u32,
    /// Its number in the index.
    number: usize,
}

/// An open index. `'a` is the life of the file's bytes, which may be mapped into memory: of them
/// only few pages are read per sweep, and the filter is copied when it is opened.
pub struct Index<'a> {
    bytes: &'a [u8],
    pub(crate) keys: Keys,
    window: Window,
    parts: Vec<PartInfo>,
    filter: Vec<u64>,
    bucket_bits: u32,
    buckets: &'a [u8],
    tags: &'a [u8],
    places: &'a [u8],
    sides: &'a [u8],
    digest: [u8; 32],
}

impl<'a> Index<'a> {
    /// Opens the bytes of an index file.
    ///
    /// # Errors
    /// [`OpenError`]. What is outside the header, the names and the filter is only checked by
    /// [`Index::check`]; damage there can hide findings or invent some, nothing worse.
    pub fn open(bytes: &'a [u8], key: &MatchKey) -> Result<Self, OpenError> {
        let mut header = Reader(bytes);
        if header.take(8) != Some(MAGIC) {
            return Err(OpenError::NotAnIndex);
        }
        let found = header.u32()?;
        match found.cmp(&VERSION) {
            Ordering::Less => return Err(OpenError::OlderVersion { found }),
            Ordering::Greater => return Err(OpenError::NewerVersion { found }),
            Ordering::Equal => {}
        }
        let window = Window::of(header.u32()?).ok_or(OpenError::Damaged)?;
        let nonce = Nonce(header.array()?);
        let keys = Keys::new(key, nonce);
        if header.array()? != keys.check {
            return Err(OpenError::OtherKey);
        }
        let [parts, words, count, bits] =
            [header.len()?, header.len()?, header.len()?, header.len()?];
        let digest = header.array()?;
        if bits > 31 || words == 0 || count > u32::MAX as usize {
            return Err(OpenError::Damaged);
        }
        let mut body = Reader(bytes.get(HEADER..).ok_or(OpenError::Damaged)?);
        let mut section = |items: usize, size: usize| {
            let len = items.checked_mul(size).and_then(|len| len.checked_next_multiple_of(8));
            len.and_then(|len| body.take(len)).ok_or(OpenError::Damaged)
        };
        let parts = read_parts(section(parts, 1)?, &keys)?;
        let filter = read_filter(section(words, 8)?, &keys);
        let buckets = section((1 << bits) + 1, 4)?;
        let (tags, places, sides) = (section(count, 4)?, section(count, 8)?, section(count, 4)?);
        if !body.0.is_empty() {
            return Err(OpenError::Damaged);
        }
        let bucket_bits = bits as u32;
        Ok(Self {
            bytes,
            keys,
            window,
            parts,
            filter,
            bucket_bits,
            buckets,
            tags,
            places,
            sides,
            digest,
        })
    }

    /// Whether no bit of the file has changed since it was made. Reads all of it.
    #[must_use]
    pub fn check(&self) -> bool {
        let body = self.bytes.get(HEADER..).unwrap_or_default();
        Sha256::digest(body).as_slice() == self.digest
    }

    /// How far apart its fingerprints may lie.
    #[must_use]
    pub fn window(&self) -> Window {
        self.window
    }

    /// The parts, by their number.
    #[must_use]
    pub fn parts(&self) -> &[PartInfo] {
        &self.parts
    }

    /// Fingerprints in it.
    #[must_use]
    pub fn fingerprints(&self) -> usize {
        self.places.len() / 8
    }

    /// Bytes that it holds in memory beside the file's own.
    #[must_use]
    pub fn resident_bytes(&self) -> usize {
        let names = |part: &PartInfo| part.document.len() + part.part.len() + size_of::<PartInfo>();
        self.filter.len() * 8 + self.parts.iter().map(names).sum::<usize>()
    }

    pub(crate) fn has(&self, kind: Kind) -> bool {
        self.parts.iter().any(|part| part.kind == kind)
    }

    /// Whether a hash of [`Keys::fast`] may be in it.
    #[inline]
    pub(crate) fn may_have(&self, fast: u64) -> bool {
        let (word, bits) = filter_place(fast, self.filter.len());
        self.filter[word] & bits == bits
    }

    /// Hands each place of fingerprints with this content to `sink`, at most 64.
    pub(crate) fn places(&self, domain: Domain, content: &[u8], mut sink: impl FnMut(Place)) {
        let tag = self.keys.tag(domain, content);
        for n in self.bucket(tag).filter(|n| self.tag(*n) == Some(tag as u32)).take(SAME_MAX) {
            let Some(masked) = self.places.get(8 * n..).and_then(|rest| rest.first_chunk()) else {
                return;
            };
            let place = u64::from_le_bytes(*masked) ^ self.keys.mask(Section::Places, n as u64);
            let part = (place >> 32) as u32;
            if (part as usize) < self.parts.len() {
                sink(Place { part, at: place as u32, number: n });
            }
        }
    }

    /// Whether what stands before a gram, or what stands after it, is as it was in the part.
    pub(crate) fn beside(&self, domain: Domain, place: Place, found: [Option<&[u8]>; 2]) -> bool {
        let n = place.number;
        let Some(masked) = self.sides.get(4 * n..).and_then(|rest| rest.first_chunk()) else {
            return false;
        };
        let sides = u32::from_le_bytes(*masked) ^ self.keys.mask(Section::Sides, n as u64) as u32;
        let same = |side, known: u32, found: Option<&[u8]>| {
            found.is_some_and(|found| self.keys.side(domain, side, found) == known as u16)
        };
        same(Side::Before, sides, found[0]) || same(Side::After, sides >> 16, found[1])
    }

    fn bucket(&self, tag: u64) -> Range<usize> {
        let bucket = tag.checked_shr(64 - self.bucket_bits).unwrap_or(0) as usize;
        let start = |n: usize| {
            let bytes = self.buckets.get(4 * n..).and_then(|rest| rest.first_chunk());
            bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes) as usize)
        };
        start(bucket)..start(bucket + 1).min(self.fingerprints())
    }

    fn tag(&self, n: usize) -> Option<u32> {
        Some(u32::from_le_bytes(*self.tags.get(4 * n..)?.first_chunk()?))
    }
}

fn read_parts(masked: &[u8], keys: &Keys) -> Result<Vec<PartInfo>, OpenError> {
    let mut plain = masked.to_vec();
    for (n, word) in plain.chunks_exact_mut(8).enumerate() {
        let mask = keys.mask(Section::Parts, n as u64).to_le_bytes();
        word.iter_mut().zip(mask).for_each(|(byte, mask)| *byte ^= mask);
    }
    let mut reader = Reader(&plain);
    let count = reader.len()?;
    let mut parts = Vec::new();
    for _ in 0..count {
        let (document, part) = (reader.name()?, reader.name()?);
        let kind = match reader.u32()? {
            0 => Kind::Text,
            1 => Kind::Table,
            2 => Kind::Bytes,
            _ => return Err(OpenError::Damaged),
        };
        let [units, units_protected, rows, cells] =
            [reader.u32()?, reader.u32()?, reader.u32()?, reader.u32()?];
        parts.push(PartInfo { document, part, kind, units, units_protected, rows, cells });
    }
    Ok(parts)
}

fn read_filter(masked: &[u8], keys: &Keys) -> Vec<u64> {
    let word = |(n, bytes): (usize, &[u8])| {
        let mut word = [0; 8];
        word.copy_from_slice(bytes);
        u64::from_le_bytes(word) ^ keys.mask(Section::Filter, n as u64)
    };
    masked.chunks_exact(8).enumerate().map(word).collect()
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], OpenError> {
        let bytes = self.take(N).and_then(|bytes| bytes.first_chunk());
        bytes.copied().ok_or(OpenError::Damaged)
    }

    fn u32(&mut self) -> Result<u32, OpenError> {
        self.array().map(u32::from_le_bytes)
    }

    fn len(&mut self) -> Result<usize, OpenError> {
        usize::try_from(u64::from_le_bytes(self.array()?)).map_err(|_| OpenError::Damaged)
    }

    fn name(&mut self) -> Result<String, OpenError> {
        let len = self.u32()? as usize;
        let bytes = self.take(len).ok_or(OpenError::Damaged)?;
        String::from_utf8(bytes.to_vec()).map_err(|_| OpenError::Damaged)
    }
}
