//! Tests of the vault through its public face.
#![allow(clippy::unwrap_used)]

mod blobs;
mod keys;
mod leaks;
mod plain_age;
mod shares;
mod subjects;

use std::cell::OnceCell;

use vault::{
    BlobStore, KeyDir, SecretKeys, SecretOpener, SecretSealer, Service, Unlocked, WorkFactor,
};

/// The passphrase of every vault in the tests.
const PASSPHRASE: &str = "锁 correct horse battery";

/// Repeatable chance (SplitMix64). Not fit for keys that matter.
fn chance(seed: u64) -> impl FnMut(&mut [u8]) {
    let mut state = seed;
    move |out| {
        for byte in out {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            *byte = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb) as u8;
            *byte ^= (mixed >> 56) as u8;
        }
    }
}

fn bytes(seed: u64, len: usize) -> Vec<u8> {
    let mut bytes = vec![0; len];
    chance(seed)(&mut bytes);
    bytes
}

fn cheap() -> WorkFactor {
    WorkFactor::new(WorkFactor::LOG_N_MIN).unwrap()
}

/// A vault with one secret, in a folder that vanishes.
struct Room {
    dir: tempfile::TempDir,
    keys: KeyDir,
    unlocked: Unlocked,
    service: Service,
    secret: SecretKeys,
    store: OnceCell<BlobStore>,
}

const SUBJECT: &str = "0192-密点-1";

impl Room {
    fn new() -> Self {
        Room::new_with(1)
    }

    /// Another seed makes a vault with other keys.
    fn new_with(seed: u64) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let keys = KeyDir::at(dir.path().join("keys"));
        let mut entropy = chance(seed);
        let unlocked = keys.set_up(PASSPHRASE, cheap(), &mut entropy).unwrap();
        let service = keys.service().unwrap();
        let secret =
            SecretKeys::new(SUBJECT, &unlocked.recipient(), &service, &mut entropy).unwrap();
        Room { dir, keys, unlocked, service, secret, store: OnceCell::new() }
    }

    /// One room for all cases of a property: making one costs a scrypt.
    fn new_cached() -> std::rc::Rc<Self> {
        thread_local! {
            static ROOM: std::rc::Rc<Room> = std::rc::Rc::new(Room::new());
        }
        ROOM.with(std::rc::Rc::clone)
    }

    /// Opened when first asked for: that makes 256 folders.
    fn store(&self) -> &BlobStore {
        self.store.get_or_init(|| BlobStore::open(self.dir.path().join("vault")).unwrap())
    }

    fn sealer(&self) -> SecretSealer {
        self.secret.sealer(SUBJECT, &self.service).unwrap()
    }

    fn opener(&self) -> SecretOpener {
        self.secret.open(SUBJECT, &self.unlocked).unwrap()
    }
}

/// Every file below `dir`.
fn files(dir: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push(path),
        }
    }
    found
}
