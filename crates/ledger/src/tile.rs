//! Tiles: the tree as static files (C2SP tlog-tiles v0.1.0).

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
/// are new, and the partial ones of the new size.
pub fn tiles_for(old: u64, new: u64) -> Vec<Tile> {
    let mut tiles = Vec::new();
    let mut add = |level: TileLevel, old: u64, new: u64| {
        let first = old / TILE_WIDTH;
        let full = new / TILE_WIDTH;
        tiles.extend((first..full).map(|index| Tile { level, index, width: TILE_WIDTH as u16 }));
        let width = (new % TILE_WIDTH) as u16;
        if width > 0 && new > old {
            tiles.push(Tile { level, index: full, width });
        }
    };
    add(TileLevel::Entries, old, new);
    let (mut old, mut new) = (old, new);
    for level in 0..64 {
        if new == 0 {
            break;
        }
        add(TileLevel::Hashes(level), old, new);
        old /= TILE_WIDTH;
        new /= TILE_WIDTH;
    }
    tiles
}

/// Writes an entry bundle: for each entry its length in two bytes, big endian, and its bytes.
///
/// Returns `None` when an entry is longer than 65,535 bytes.
pub fn bundle<'a>(entries: impl IntoIterator<Item = &'a [u8]>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for entry in entries {
        bytes.extend(u16::try_from(entry.len()).ok()?.to_be_bytes());
        bytes.extend(entry);
    }
    Some(bytes)
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
