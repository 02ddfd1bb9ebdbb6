//! Blobs.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use sha2::{Digest, Sha256};
use vault::{BlobError, BlobId, BlobStore, DiskError, Listing, SecretKeys, TEMP_SAFE_AGE};

use crate::{Room, SUBJECT, bytes, chance, files};

const PIECE: usize = 256 << 10;

/// Gives its bytes in odd little portions, with interruptions, then maybe fails.
struct Crumbs<'a> {
    rest: &'a [u8],
    turn: usize,
    fails: Option<io::ErrorKind>,
}

impl Read for Crumbs<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.turn += 1;
        if self.turn % 7 == 3 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let len = (self.turn * 7919 % 70_001 + 1).min(buf.len()).min(self.rest.len());
        match (len, self.fails) {
            (0, Some(kind)) => Err(io::Error::new(kind, "PLANTED /home/x/plan.docx")),
            _ => self.rest.read(&mut buf[..len]),
        }
    }
}

fn read(room: &Room, id: &BlobId) -> Result<Vec<u8>, BlobError> {
    let mut content = Vec::new();
    match room.store().get(id, &room.opener())?.read_to_end(&mut content) {
        Ok(_) => Ok(content),
        Err(error) => {
            assert_eq!(error.kind(), io::ErrorKind::InvalidData);
            Err(*error.into_inner().unwrap().downcast().unwrap())
        }
    }
}

fn path(room: &Room, id: &BlobId) -> PathBuf {
    let name = id.to_string();
    room.dir.path().join("vault").join(&name[..2]).join(&name[2..])
}

#[test]
fn round_trips_at_every_border() {
    let room = Room::new();
    let mut ids = Vec::new();
    for len in [
        0,
        1,
        65_535,
        65_536,
        65_537,
        131_072,
        PIECE - 1,
        PIECE,
        PIECE + 1,
        2 * PIECE,
        15 * PIECE + 17,
    ] {
        let content = bytes(len as u64, len);
        let mut source = Crumbs { rest: &content, turn: 0, fails: None };
        let stored = room.store().put(&mut source, &room.sealer()).unwrap();
        assert!(!stored.already_there);
        assert_eq!(stored.plain_len, len as u64);
        assert_eq!(stored.plain_sha256, *Sha256::digest(&content));
        assert_eq!(read(&room, &stored.id).unwrap(), content, "{len}");

        let sealed = fs::read(path(&room, &stored.id)).unwrap();
        assert_eq!(stored.sealed_len, sealed.len() as u64);
        assert_eq!(stored.sealed_sha256, *Sha256::digest(&sealed));
        let checked = room.store().check(&stored.id).unwrap();
        assert_eq!(checked.sealed_len, stored.sealed_len);
        assert_eq!(checked.sealed_sha256, stored.sealed_sha256);
        let mut through = Vec::new();
        room.store().sealed(&stored.id).unwrap().read_to_end(&mut through).unwrap();
        assert_eq!(through, sealed);
        ids.push(stored.id);
    }
    ids.sort_unstable();
    let expected = Listing { blobs: ids, ..Listing::default() };
    assert_eq!(room.store().list().unwrap(), expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Any content comes back, through any size of reading.
    #[test]
    fn any_content(len in 0usize..400_000, seed: u64, step in 1usize..100_000) {
        let room = Room::new_cached();
        let content = bytes(seed, len);
        let stored = room.store().put(&mut content.as_slice(), &room.sealer()).unwrap();
        let mut reader = room.store().get(&stored.id, &room.opener()).unwrap();
        let (mut back, mut buf) = (Vec::new(), vec![0; step]);
        loop {
            let read = reader.read(&mut buf).unwrap();
            back.extend_from_slice(&buf[..read]);
            if read == 0 {
                break;
            }
        }
        prop_assert_eq!(back, content);
        prop_assert_eq!(reader.read(&mut buf).unwrap(), 0);
    }
}

#[test]
fn equal_content_is_shared_within_one_secret_only() {
    let room = Room::new();
    let vault = room.unlocked.recipient();
    let other = SecretKeys::new("other", &vault, &room.service, &mut chance(9)).unwrap();
    for content in [&bytes(1, 10)[..], &bytes(2, 3 * PIECE)] {
        let first = room.store().put(&mut &*content, &room.sealer()).unwrap();
        let second = room.store().put(&mut &*content, &room.sealer()).unwrap();
        assert!(!first.already_there && second.already_there);
        assert_eq!(second, vault::Stored { already_there: true, ..first.clone() });

        let sealer = other.sealer("other", &room.service).unwrap();
        let elsewhere = room.store().put(&mut &*content, &sealer).unwrap();
        assert!(!elsewhere.already_there);
        assert_ne!(elsewhere.id, first.id);
        assert_eq!(elsewhere.plain_sha256, first.plain_sha256);

        let foreign = room.store().get(&elsewhere.id, &room.opener());
        assert!(matches!(foreign, Err(BlobError::WrongKey)));
    }
    let found = room.store().list().unwrap();
    assert_eq!((found.blobs.len(), found.temporary), (4, 0));
}

/// The id can be worked out by anyone with the key: it is what the documentation says.
#[test]
fn the_id_is_hmac_of_the_digest() {
    let room = Room::new();
    let stored = room.store().put(&mut b"abc".as_slice(), &room.sealer()).unwrap();
    let opened = room.unlocked.open(&room.secret.identity).unwrap();
    let text = std::str::from_utf8(&opened).unwrap();
    let key = text.lines().find_map(|line| line.strip_prefix("# blob-id-key: ")).unwrap();
    let key = hex::decode(key).unwrap();
    // RFC 2104 by hand: H(K ^ opad, H(K ^ ipad, message)), the key being shorter than a block.
    let pad = |with: u8| {
        let mut block = [with; 64];
        block.iter_mut().zip(&key).for_each(|(byte, key)| *byte ^= key);
        block
    };
    let message = Sha256::digest(b"abc");
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message).finalize();
    let outer = Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize();
    assert_eq!(stored.id, BlobId(outer.into()));
    assert_eq!(stored.id.to_string().parse::<BlobId>().unwrap(), stored.id);
}

#[test]
fn every_damage_is_noticed() {
    let room = Room::new();
    let content = "反应釜升温曲线".as_bytes();
    let stored = room.store().put(&mut &*content, &room.sealer()).unwrap();
    let path = path(&room, &stored.id);
    let sealed = fs::read(&path).unwrap();
    for at in 0..sealed.len() {
        let mut damaged = sealed.clone();
        damaged[at] ^= 4;
        fs::write(&path, &damaged).unwrap();
        let refusal = read(&room, &stored.id).unwrap_err();
        assert!(matches!(refusal, BlobError::Damaged | BlobError::WrongKey), "{at}: {refusal:?}");
        assert_ne!(room.store().check(&stored.id).unwrap().sealed_sha256, stored.sealed_sha256);
        fs::write(&path, &sealed[..at]).unwrap();
        assert!(matches!(read(&room, &stored.id), Err(BlobError::Damaged)), "cut at {at}");
    }
    fs::write(&path, [&sealed[..], b"x"].concat()).unwrap();
    assert!(matches!(read(&room, &stored.id), Err(BlobError::Damaged)));
}

#[test]
fn a_blob_cut_short_is_mended_by_storing_again() {
    let room = Room::new();
    let content = bytes(8, 2 * PIECE);
    let stored = room.store().put(&mut content.as_slice(), &room.sealer()).unwrap();
    let path = path(&room, &stored.id);
    let sealed = fs::read(&path).unwrap();
    for cut in [0, 100, sealed.len() - 1] {
        fs::write(&path, &sealed[..cut]).unwrap();
        let mended = room.store().put(&mut content.as_slice(), &room.sealer()).unwrap();
        assert!(!mended.already_there);
        let found = room.store().check(&mended.id).unwrap();
        assert_eq!(found.sealed_sha256, mended.sealed_sha256);
        assert_eq!(read(&room, &stored.id).unwrap(), content);
    }
}

/// A cut at the border of age's chunks is the one that chunks alone would not show.
#[test]
fn a_blob_cut_between_chunks_is_noticed() {
    let room = Room::new();
    let content = bytes(3, 3 * 65_536);
    let stored = room.store().put(&mut content.as_slice(), &room.sealer()).unwrap();
    let path = path(&room, &stored.id);
    let sealed = fs::read(&path).unwrap();
    let header = sealed.len() - 3 * (65_536 + 16);
    for cut in 0..3 {
        for off in [-1i64, 0, 1] {
            let len = (header + cut * (65_536 + 16)) as i64 + off;
            fs::write(&path, &sealed[..len as usize]).unwrap();
            assert!(matches!(read(&room, &stored.id), Err(BlobError::Damaged)), "{len}");
        }
    }
}

#[test]
fn a_blob_in_anothers_place_is_noticed() {
    let room = Room::new();
    let a = room.store().put(&mut b"one".as_slice(), &room.sealer()).unwrap();
    let b = room.store().put(&mut b"two".as_slice(), &room.sealer()).unwrap();
    fs::copy(path(&room, &a.id), path(&room, &b.id)).unwrap();
    assert!(matches!(read(&room, &b.id), Err(BlobError::Damaged)));
    // Anyone can seal to the recipient; without the secret's key it gets no valid id.
    fs::write(path(&room, &b.id), room.sealer().seal(b"forged").unwrap()).unwrap();
    assert!(matches!(read(&room, &b.id), Err(BlobError::Damaged)));
}

#[test]
fn missing_and_removed() {
    let room = Room::new();
    let stored = room.store().put(&mut b"x".as_slice(), &room.sealer()).unwrap();
    assert!(room.store().remove(&stored.id).unwrap());
    assert!(!room.store().remove(&stored.id).unwrap());
    let missing = |error: BlobError| matches!(error, BlobError::Missing(id) if id == stored.id);
    assert!(missing(room.store().get(&stored.id, &room.opener()).unwrap_err()));
    assert!(missing(room.store().sealed(&stored.id).unwrap_err()));
    assert!(missing(room.store().check(&stored.id).unwrap_err()));
    assert_eq!(room.store().list().unwrap(), Listing::default());
    assert!(!room.store().put(&mut b"x".as_slice(), &room.sealer()).unwrap().already_there);
}

#[test]
fn a_failing_source_leaves_nothing() {
    let room = Room::new();
    let content = bytes(1, 3 * PIECE);
    for len in [0, 1, 100_000, PIECE, PIECE + 1, 3 * PIECE] {
        let fails = Some(io::ErrorKind::PermissionDenied);
        let mut source = Crumbs { rest: &content[..len], turn: 0, fails };
        let refusal = room.store().put(&mut source, &room.sealer()).unwrap_err();
        let kind = io::ErrorKind::PermissionDenied;
        assert!(matches!(refusal, BlobError::Source { kind: told } if told == kind), "{len}");
        assert!(!format!("{refusal} {refusal:?}").contains("PLANTED"));
        assert_eq!(files(&room.dir.path().join("vault")), Vec::<PathBuf>::new());
    }
}

#[test]
fn a_panicking_source_leaves_nothing() {
    struct Panics(usize);
    impl Read for Panics {
        fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
            self.0 -= 1;
            assert!(self.0 > 0, "the source gave up");
            buf.fill(7);
            Ok(buf.len())
        }
    }
    let room = std::panic::AssertUnwindSafe(Room::new());
    let outcome = std::panic::catch_unwind(|| {
        let _ = room.store().put(&mut Panics(5), &room.sealer());
    });
    assert!(outcome.is_err());
    assert_eq!(files(&room.dir.path().join("vault")), Vec::<PathBuf>::new());
}

#[test]
fn only_old_unheld_temporary_files_are_swept() {
    let room = Room::new();
    room.store();
    let dir = room.dir.path().join("vault");
    let old = SystemTime::now() - TEMP_SAFE_AGE - Duration::from_secs(60);
    let age = |path: &PathBuf, to| File::options().write(true).open(path).unwrap().set_modified(to);
    let make = |name: &str, time| {
        let path = dir.join("tmp").join(name);
        fs::write(&path, "sealed").unwrap();
        age(&path, time).unwrap();
        path
    };
    let future = SystemTime::now() + 2 * TEMP_SAFE_AGE;
    let (stale, young) = (make("1-1.part", old), make("1-2.part", SystemTime::now()));
    let (ahead, stranger) = (make("1-3.part", future), make("notes.txt", old));

    // Another process opens the folder while a slow upload is under way, its file long untouched.
    struct Slow<'a>(&'a dyn Fn(), u8);
    impl Read for Slow<'_> {
        fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
            self.1 += 1;
            match self.1 {
                1 => Ok(buf.len()),
                2 => {
                    self.0();
                    Ok(1)
                }
                _ => Ok(0),
            }
        }
    }
    let while_writing = || {
        let ours = files(&dir.join("tmp"));
        let known = [&stale, &young, &ahead, &stranger];
        let ours: Vec<_> = ours.iter().filter(|path| !known.contains(path)).collect();
        assert_eq!(ours.len(), 1);
        age(ours[0], old).unwrap();
        BlobStore::open(&dir).unwrap();
        assert!(ours[0].exists(), "held by a running process");
    };
    let stored = room.store().put(&mut Slow(&while_writing, 0), &room.sealer()).unwrap();
    assert_eq!(stored.plain_len, PIECE as u64 + 1);
    assert!(!stale.exists() && young.exists() && ahead.exists() && stranger.exists());
    let found = room.store().list().unwrap();
    assert_eq!((found.blobs, found.temporary, found.strangers), (vec![stored.id], 2, 1));
}

#[test]
fn strangers_are_counted_not_touched() {
    let room = Room::new();
    room.store();
    let dir = room.dir.path().join("vault");
    for name in ["plan.docx", "ab/short", "ab/CDEF", "zz"] {
        fs::write(dir.join(name), "x").unwrap();
    }
    fs::create_dir(dir.join("00").join("c".repeat(62))).unwrap();
    assert_eq!(room.store().list().unwrap(), Listing { strangers: 5, ..Listing::default() });
}

#[test]
fn writers_side_by_side_agree() {
    let room = Room::new();
    let content = bytes(5, PIECE + 5);
    let sealers: Vec<_> = (0..4).map(|_| room.sealer()).collect();
    let stored: Vec<_> = std::thread::scope(|scope| {
        let writers: Vec<_> = sealers
            .iter()
            .map(|sealer| {
                let store = BlobStore::open(room.dir.path().join("vault")).unwrap();
                let content = &content;
                scope.spawn(move || store.put(&mut content.as_slice(), sealer).unwrap())
            })
            .collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    assert_eq!(stored.iter().filter(|stored| !stored.already_there).count(), 1);
    let sealed = room.store().check(&stored[0].id).unwrap();
    assert!(stored.iter().all(|stored| stored.sealed_sha256 == sealed.sealed_sha256));
    let found = room.store().list().unwrap();
    assert_eq!((found.blobs.len(), found.temporary), (1, 0));
}

const FULL_DISK: &str = "VAULT_TEST_FULL_DISK";

/// Runs itself again on a file system of 4 MiB, in a namespace of its own (Linux, `unshare`).
#[test]
fn a_full_disk_is_told() {
    let tiny = tempfile::tempdir().unwrap();
    let script = format!(
        "mount -t tmpfs -o size=4m tmpfs '{0}' && {FULL_DISK}='{0}' exec '{1}' --exact \
         blobs::full_disk_inner --ignored",
        tiny.path().display(),
        std::env::current_exe().unwrap().display(),
    );
    let probe = Command::new("unshare").args(["-rm", "true"]).status();
    if !probe.is_ok_and(|status| status.success()) {
        println!("skipped: no `unshare` here, so no small disk to fill");
        return;
    }
    let status = Command::new("unshare").args(["-rm", "sh", "-c", &script]).status().unwrap();
    assert!(status.success());
}

#[test]
#[ignore = "runs inside a_full_disk_is_told"]
fn full_disk_inner() {
    let Some(tiny) = std::env::var_os(FULL_DISK) else { return };
    let room = Room::new();
    let store = BlobStore::open(&tiny).unwrap();
    let small = store.put(&mut bytes(1, 1000).as_slice(), &room.sealer()).unwrap();
    let refusal = store.put(&mut bytes(2, 6 << 20).as_slice(), &room.sealer()).unwrap_err();
    assert!(matches!(refusal, BlobError::Disk(DiskError::Full)), "{refusal:?}");
    let found = store.list().unwrap();
    assert_eq!((found.blobs, found.temporary), (vec![small.id], 0));
    // And there is room again.
    store.put(&mut bytes(3, 1 << 20).as_slice(), &room.sealer()).unwrap();
}

#[test]
fn works_while_locked() {
    let room = Room::new();
    let Room { dir, keys, secret, .. } = &room;
    // Only what a node has at start: the folder, the service credential, the database row.
    let service = keys.service().unwrap();
    let store = BlobStore::open(dir.path().join("vault")).unwrap();
    let sealer = secret.sealer(SUBJECT, &service).unwrap();
    let stored = store.put(&mut b"taken in while locked".as_slice(), &sealer).unwrap();
    assert_eq!(read(&room, &stored.id).unwrap(), b"taken in while locked");
}
