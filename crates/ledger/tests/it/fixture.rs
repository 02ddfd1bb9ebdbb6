//! A log in memory, and keys for tests.

use ledger::checkpoint::Checkpoint;
use ledger::hash::{Hash, leaf_hash, node_hash};
use ledger::note::SigningKey;
use ledger::tile::HashSource;
use ledger::tree::RightEdge;

/// The hashes of each tile level, as the growing tree names them.
#[derive(Default)]
pub struct Levels {
    pub edge: RightEdge,
    pub levels: Vec<Vec<Hash>>,
}

impl Levels {
    /// The log whose entries are the numbers from 0, in eight bytes, big endian.
    pub fn of(size: u64) -> Self {
        let mut log = Self::default();
        for number in 0..size {
            log.push(leaf_hash(&number.to_be_bytes()));
        }
        log
    }

    pub fn push(&mut self, leaf: Hash) {
        let Self { edge, levels } = self;
        edge.push_with(leaf, |done| {
            let level = usize::from(done.level);
            if levels.len() == level {
                levels.push(Vec::new());
            }
            assert_eq!(levels[level].len() as u64, done.number, "in order, without a gap");
            levels[level].push(done.hash);
        });
    }

    pub fn leaves(&self) -> &[Hash] {
        self.levels.first().map_or(&[], Vec::as_slice)
    }
}

impl HashSource for Levels {
    type Error = String;

    fn hashes(&mut self, level: u8, start: u64, count: u16) -> Result<Vec<Hash>, String> {
        let range = start as usize..(start + u64::from(count)) as usize;
        let hashes = self.levels.get(usize::from(level)).and_then(|level| level.get(range));
        hashes.map(<[Hash]>::to_vec).ok_or_else(|| format!("level {level}: {count} from {start}"))
    }
}

/// A log of any size whose entries are all the same: each complete subtree's root follows from its
/// height alone.
pub struct Monotone;

impl Monotone {
    pub const ENTRY: &[u8] = b"the same";

    pub fn subtree(height: u32) -> Hash {
        (0..height).fold(leaf_hash(Self::ENTRY), |hash, _| node_hash(&hash, &hash))
    }
}

impl HashSource for Monotone {
    type Error = String;

    fn hashes(&mut self, level: u8, _start: u64, count: u16) -> Result<Vec<Hash>, String> {
        Ok(vec![Self::subtree(8 * u32::from(level)); count.into()])
    }
}

pub const ORIGIN: &str = "log.example/1";

pub fn log_key() -> SigningKey {
    SigningKey::log(ORIGIN, &[7; 32]).unwrap()
}

pub fn witness_key() -> SigningKey {
    SigningKey::cosigner("witness.example/w", &[9; 32]).unwrap()
}

/// A checkpoint of the log's first `size` entries.
pub fn checkpoint(log: &Levels, size: u64) -> Checkpoint {
    let root = ledger::tree::root_of(&log.leaves()[..size as usize]);
    Checkpoint::new(ORIGIN.to_owned(), size, root)
}
