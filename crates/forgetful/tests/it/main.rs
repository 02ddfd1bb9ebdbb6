//! The disk forgets what it should, and nothing else.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use forgetful::Disk;

/// Not a test: the process that serves the disk of another test.
#[test]
fn serve_disk() {
    forgetful::serve_if_asked();
}

/// Runs `test` on a disk of this seed; says so when this machine has no FUSE.
fn on_disk(seed: u64, test: impl FnOnce(&mut Disk)) {
    let folder = tempfile::tempdir().unwrap();
    match Disk::mount(folder.path(), seed) {
        Ok(mut disk) => test(&mut disk),
        Err(error) => {
            let text = format!("SKIPPED, no FUSE file system can be mounted here: {error}\n");
            std::io::stderr().write_all(text.as_bytes()).unwrap();
        }
    }
}

fn sync(path: &Path) {
    File::open(path).unwrap().sync_all().unwrap();
}

fn write_synced(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
    sync(path);
}

#[test]
fn what_is_synced_stays_and_what_is_not_may_go() {
    let mut lost = 0;
    for seed in 0..40 {
        on_disk(seed, |disk| {
            let (kept, other) = (disk.path().join("kept"), disk.path().join("other"));
            write_synced(&kept, &[1; 40_000]);
            fs::write(&other, [2; 40_000]).unwrap();
            sync(disk.path());
            let mut file = OpenOptions::new().write(true).open(&kept).unwrap();
            file.seek(SeekFrom::Start(40_000)).unwrap();
            file.write_all(&[3; 40_000]).unwrap();
            drop(file);
            assert_eq!(fs::read(&kept).unwrap().len(), 80_000);
            disk.power_up();
            let found = fs::read(&kept).unwrap();
            assert_eq!(found[..40_000], [1; 40_000]);
            // Whole sectors of what was written, or nothing; never anything else.
            assert!(found[40_000..].iter().all(|byte| [0, 3].contains(byte)));
            assert!(fs::read(&other).unwrap().iter().all(|byte| [0, 2].contains(byte)));
            let whole = found.len() == 80_000 && found[40_000..].iter().all(|byte| *byte == 3);
            lost += usize::from(!whole);
        });
        if seed == 0 && lost == 0 {
            return; // no FUSE, or the seed was kind: the count below needs many
        }
    }
    assert!(lost > 20, "{lost} of 40 lost something");
}

#[test]
fn names_last_only_after_a_sync_of_their_folder() {
    let (mut there, mut renamed) = (0, 0);
    let mut ran = false;
    for seed in 0..30 {
        on_disk(seed, |disk| {
            ran = true;
            let folder = disk.path().join("folder");
            fs::create_dir(&folder).unwrap();
            sync(disk.path());
            write_synced(&folder.join("a"), b"a");
            sync(&folder);
            write_synced(&folder.join("b"), b"b");
            fs::rename(folder.join("a"), folder.join("c")).unwrap();
            disk.power_up();
            let has = |name: &str| folder.join(name).exists();
            assert!(has("a") != has("c"), "a rename is whole or not at all");
            // In order: the later change of names never without the earlier one.
            assert!(has("b") || !has("c"));
            there += usize::from(has("b"));
            renamed += usize::from(has("c"));
        });
    }
    assert!(!ran || (there < 25 && renamed < there && renamed > 0), "{there} {renamed}");
}

#[test]
fn a_cut_falls_in_the_middle_and_ends_everything() {
    on_disk(7, |disk| {
        let path = disk.path().join("file");
        write_synced(&path, b"before");
        sync(disk.path());
        disk.cut_after(2);
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(b" one").unwrap();
        file.sync_all().unwrap();
        assert!(!disk.is_off());
        assert!(file.write_all(b" two").is_err() && disk.is_off());
        assert!(fs::read(&path).is_err());
        drop(file);
        disk.power_up();
        assert!(fs::read(&path).unwrap().starts_with(b"before one"));
    });
}

#[test]
fn it_can_be_full_and_its_sync_can_fail() {
    on_disk(3, |disk| {
        let path = disk.path().join("file");
        write_synced(&path, &[1; 10_000]);
        sync(disk.path());
        disk.set_room(disk.used() + 100);
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        let full = file.write_all(&[2; 5_000]).unwrap_err();
        assert_eq!(full.kind(), std::io::ErrorKind::StorageFull);
        disk.set_room(u64::MAX);
        file.write_all(&[2; 5_000]).unwrap();
        disk.fail_next_sync("ile");
        assert!(file.sync_all().is_err() && disk.syncs_since_failure() == Some(0));
        // The trap: asked again, it says yes, programs read the bytes, and they are not there.
        file.sync_all().unwrap();
        let mut seen = Vec::new();
        File::open(&path).unwrap().read_to_end(&mut seen).unwrap();
        assert_eq!(seen.len(), 15_000);
        drop(file);
        disk.power_up();
        assert_eq!(fs::read(&path).unwrap().iter().filter(|byte| **byte == 2).count(), 0);
    });
}
