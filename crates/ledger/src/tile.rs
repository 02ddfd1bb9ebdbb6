//! Tiles: the tree and its entries as static files (C2SP tlog-tiles v0.1.0).

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::hash::Hash;

/// Hashes in a full tile, and entries in a full bundle.
pub const TILE_WIDTH: u64 = 256;

/// Gives hashes of the tree by their place in tiles.
pub trait HashSource {
    /// Why it can't.
    type Error;

    /// `count` consecutive hashes of tile level `level`, from number `start`. Hash `i` of level
    /// `l` is the root of the 256^l leaves from `i`·256^l.
    ///
    /// [`crate::proof`] asks for 1 to 128 hashes, all of one tile, and only for such as are
    /// complete in a tree of the size it is asked about. Another count than asked for is noticed.
    ///
    /// # Errors
    /// Its own, also when there are not as many.
    fn hashes(&mut self, level: u8, start: u64, count: u16) -> Result<Vec<Hash>, Self::Error>;
}

/// Names a tile: a part of a level of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    /// What it holds.
    pub level: TileLevel,
    /// Its number within the level.
    pub index: u64,
    /// The number of hashes or entries in it, 1 to 256.
    pub width: u16,
}

/// What a tile holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TileLevel {
    /// Hashes of this level, 0 to 63.
    Hashes(u8),
    /// Entries.
    Entries,
}

/// A path that names no tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the path of a tile")]
pub struct NotATile;

/// Bytes that are not what their path says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContentError {
    /// The bytes end within a hash or entry.
    #[error("cut short")]
    CutShort,
    /// More or fewer hashes or entries than the path says.
    #[error("holds {found} hashes or entries, and its path says {expected}")]
    Width {
        /// The width in the path.
        expected: u16,
        /// What there is.
        found: usize,
    },
}

/// An entry that no bundle can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an entry has {0} bytes; a bundle holds at most 65,535")]
pub struct EntryTooLong(pub usize);

impl Tile {
    /// The path below the log's prefix, such as `tile/0/x001/x234/067.p/5`; also its `Display`.
    pub fn path(&self) -> String {
        self.to_string()
    }

    /// Reads a path, in its one canonical form only.
    ///
    /// # Errors
    /// [`NotATile`].
    pub fn parse(path: &str) -> Result<Self, NotATile> {
        path.parse()
    }

    /// Reads the bytes of a tile of hashes: exactly `width` of 32 bytes each.
    ///
    /// # Errors
    /// [`ContentError`].
    pub fn read_hashes(&self, bytes: &[u8]) -> Result<Vec<Hash>, ContentError> {
        let (hashes, rest) = bytes.as_chunks();
        if !rest.is_empty() {
            return Err(ContentError::CutShort);
        }
        self.expect_width(hashes.len())?;
        Ok(hashes.iter().map(|&hash| Hash(hash)).collect())
    }

    /// Reads the bytes of an entry bundle: exactly `width` entries.
    ///
    /// # Errors
    /// [`ContentError`].
    pub fn read_entries<'a>(&self, bytes: &'a [u8]) -> Result<Vec<&'a [u8]>, ContentError> {
        let entries = unbundle(bytes).ok_or(ContentError::CutShort)?;
        self.expect_width(entries.len())?;
        Ok(entries)
    }

    fn expect_width(&self, found: usize) -> Result<(), ContentError> {
        let expected = self.width;
        if found == expected.into() { Ok(()) } else { Err(ContentError::Width { expected, found }) }
    }
}

impl fmt::Display for Tile {
    /// The path below the log's prefix, such as `tile/0/x001/x234/067.p/5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.level {
            TileLevel::Hashes(level) => write!(f, "tile/{level}/")?,
            TileLevel::Entries => write!(f, "tile/entries/")?,
        }
        let mut groups = Vec::new();
        let mut rest = self.index;
        loop {
            groups.push(rest % 1000);
            rest /= 1000;
            if rest == 0 {
                break;
            }
        }
        while groups.len() > 1 {
            write!(f, "x{:03}/", groups.pop().unwrap_or(0))?;
        }
        write!(f, "{:03}", groups[0])?;
        if u64::from(self.width) < TILE_WIDTH {
            write!(f, ".p/{}", self.width)?;
        }
        Ok(())
    }
}

impl FromStr for Tile {
    type Err = NotATile;

    /// Reads a path, in its one canonical form only.
    fn from_str(path: &str) -> Result<Self, NotATile> {
        let rest = path.strip_prefix("tile/").ok_or(NotATile)?;
        let (level, rest) = rest.split_once('/').ok_or(NotATile)?;
        let level = match level {
            "entries" => TileLevel::Entries,
            number => match number.parse() {
                Ok(level) if level < 64 => TileLevel::Hashes(level),
                _ => return Err(NotATile),
            },
        };
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => (number, width.parse().map_err(|_| NotATile)?),
            None => (rest, TILE_WIDTH as u16),
        };
        let mut index = 0u64;
        for group in number.split('/') {
            let digits = group.strip_prefix('x').unwrap_or(group);
            if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(NotATile);
            }
            let value: u64 = digits.parse().map_err(|_| NotATile)?;
            index = index
                .checked_mul(1000)
                .and_then(|index| index.checked_add(value))
                .ok_or(NotATile)?;
        }
        let tile = Self { level, index, width };
        if tile.to_string() == path && width > 0 { Ok(tile) } else { Err(NotATile) }
    }
}

/// The tiles that a log must publish when it grows from `old` to `new` entries: full ones that
/// are new, and the partial ones of the new size. Entries first, then hashes from level 0 up;
/// nothing when it does not grow. One after the other, as a large log has many.
pub fn tiles_for(old: u64, new: u64) -> impl Iterator<Item = Tile> {
    let hashes = (0..8u8).flat_map(move |level| {
        row(TileLevel::Hashes(level), old >> (8 * level), new >> (8 * level))
    });
    row(TileLevel::Entries, old, new).chain(hashes)
}

/// The tiles of one level that change when it grows from `old` to `new` hashes or entries.
fn row(level: TileLevel, old: u64, new: u64) -> impl Iterator<Item = Tile> {
    let grows = new > old;
    let full = if grows { old / TILE_WIDTH..new / TILE_WIDTH } else { 0..0 };
    let width = (new % TILE_WIDTH) as u16;
    let partial = Tile { level, index: new / TILE_WIDTH, width };
    full.map(move |index| Tile { level, index, width: TILE_WIDTH as u16 })
        .chain((grows && width > 0).then_some(partial))
}

/// Writes a tile of hashes: 32 bytes each.
pub fn hashes(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}

/// Writes an entry bundle: for each entry its length in two bytes, big endian, and its bytes.
///
/// # Errors
/// [`EntryTooLong`] when an entry has more than 65,535 bytes.
pub fn bundle<'a>(entries: impl IntoIterator<Item = &'a [u8]>) -> Result<Vec<u8>, EntryTooLong> {
    let mut bytes = Vec::new();
    for entry in entries {
        let length = u16::try_from(entry.len()).map_err(|_| EntryTooLong(entry.len()))?;
        bytes.extend(length.to_be_bytes());
        bytes.extend(entry);
    }
    Ok(bytes)
}

/// Reads an entry bundle; `None` when it is cut short.
pub fn unbundle(mut bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut entries = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk::<2>()?;
        let (entry, rest) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
        entries.push(entry);
        bytes = rest;
    }
    Some(entries)
}

/// Makes a [`HashSource`] out of whole tiles, such as files or what a log serves: each tile is
/// read once and kept (8 KiB), so that many proofs of one tree read little.
///
/// What it reads is not checked against a root: verify what was made of it.
pub struct TileReader<F> {
    size: u64,
    read: F,
    kept: BTreeMap<(u8, u64), Vec<Hash>>,
}

/// Why tiles give no hashes. `E` is the error of reading one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError<E> {
    /// A tree of this size has no such hashes.
    #[error("a tree of {size} leaves has no {count} hashes of level {level} from {start}")]
    OutOfRange {
        /// The tile level.
        level: u8,
        /// The first hash asked for.
        start: u64,
        /// How many were asked for.
        count: u16,
        /// The tree's size.
        size: u64,
    },
    /// A tile can't be read.
    #[error("tile {0} can't be read")]
    Tile(Tile, #[source] E),
    /// A tile has not the bytes it should.
    #[error("tile {0} is damaged")]
    Content(Tile, #[source] ContentError),
}

impl<E, F: FnMut(Tile) -> Result<Vec<u8>, E>> TileReader<F> {
    /// A reader of the tiles that belong to a tree of `size` leaves; `read` gives a tile's bytes.
    pub fn new(size: u64, read: F) -> Self {
        Self { size, read, kept: BTreeMap::new() }
    }

    fn tile(&mut self, level: u8, index: u64, there: u64) -> Result<&[Hash], ReadError<E>> {
        if !self.kept.contains_key(&(level, index)) {
            let width = (there - index * TILE_WIDTH).min(TILE_WIDTH) as u16;
            let tile = Tile { level: TileLevel::Hashes(level), index, width };
            let bytes = (self.read)(tile).map_err(|error| ReadError::Tile(tile, error))?;
            let hashes =
                tile.read_hashes(&bytes).map_err(|error| ReadError::Content(tile, error))?;
            self.kept.insert((level, index), hashes);
        }
        Ok(&self.kept[&(level, index)])
    }
}

impl<E, F: FnMut(Tile) -> Result<Vec<u8>, E>> HashSource for TileReader<F> {
    type Error = ReadError<E>;

    fn hashes(&mut self, level: u8, start: u64, count: u16) -> Result<Vec<Hash>, ReadError<E>> {
        let there = self.size.checked_shr(8 * u32::from(level)).unwrap_or(0);
        let end = start.checked_add(count.into()).filter(|&end| end <= there);
        let Some(end) = end else {
            return Err(ReadError::OutOfRange { level, start, count, size: self.size });
        };
        let mut hashes = Vec::with_capacity(count.into());
        let mut at = start;
        while at < end {
            let index = at / TILE_WIDTH;
            let until = end.min((index + 1) * TILE_WIDTH);
            let first = index * TILE_WIDTH;
            let tile = self.tile(level, index, there)?;
            hashes.extend(&tile[(at - first) as usize..(until - first) as usize]);
            at = until;
        }
        Ok(hashes)
    }
}
