//! A disk that is full, and one that fails.

use std::sync::Mutex;

use store::fsck::fsck;
use store::{Failure, Journal, Reader, StoreError};

use crate::power::disk;
use crate::wishes::{clock, config, create, disclosure, log_key, partner, secret, wish};

fn clean(folder: &std::path::Path) -> u64 {
    let findings = fsck(folder, &log_key().verifier(), true).unwrap();
    assert_eq!(findings.problems, []);
    findings.events
}

#[test]
fn a_full_disk_says_so_loses_nothing_and_works_again_with_room() {
    let folder = tempfile::tempdir().unwrap();
    let Some(mut disk) = disk(folder.path(), 1) else { return };
    let journal = Journal::open(config(folder.path(), clock()), true).unwrap();
    for command in [create(), partner(), secret("浆料配方 C-17")] {
        journal.submit(wish(command)).unwrap();
    }
    disk.set_room(disk.used() + 200_000);
    let mut size = 0;
    let failure = loop {
        match journal.submit(wish(disclosure("代工试制"))) {
            Ok(receipt) => size = receipt.size,
            Err(failure) => break failure,
        }
        assert!(size < 10_000, "the disk never filled");
    };
    assert!(matches!(failure, Failure::Store(StoreError::DiskFull)), "{failure:?}");
    // Still full: still said, by each of several clients whose wishes may share a batch.
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let again = journal.submit(wish(disclosure("代工试制")));
                assert!(matches!(again, Err(Failure::Store(StoreError::DiskFull))), "{again:?}");
            });
        }
    });
    assert_eq!(Reader::open(folder.path()).unwrap().chain().unwrap().size, size);
    assert_eq!(clean(folder.path()), size);

    disk.set_room(u64::MAX);
    let receipt = journal.submit(wish(disclosure("有地方了"))).unwrap();
    assert_eq!((receipt.first, receipt.size), (size, size + 1));
    drop(journal);
    disk.power_up();
    assert_eq!(clean(folder.path()), size + 1);
}

#[test]
fn a_failed_sync_ends_the_journal_and_is_never_tried_again() {
    // The first is synced with each commit, the second when the first is emptied into it.
    for (file, clients) in [("-wal", 1), ("-wal", 8), (".sqlite", 1), (".sqlite", 8)] {
        let folder = tempfile::tempdir().unwrap();
        let Some(mut disk) = disk(folder.path(), clients) else { return };
        let journal = Journal::open(config(folder.path(), clock()), true).unwrap();
        for command in [create(), partner(), secret("浆料配方 C-17")] {
            journal.submit(wish(command)).unwrap();
        }
        let kept = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..clients {
                scope.spawn(|| {
                    while let Ok(receipt) = journal.submit(wish(disclosure("代工试制"))) {
                        let mut kept = kept.lock().unwrap();
                        kept.push(receipt);
                        if kept.len() == 40 {
                            disk.fail_next_sync(file);
                        }
                        assert!(kept.len() < 20_000, "it never failed");
                    }
                });
            }
        });
        let after = journal.submit(wish(disclosure("代工试制")));
        assert!(matches!(after, Err(Failure::Store(StoreError::Stopped))), "{after:?}");
        drop(journal);
        // Neither for another client, nor when the database is closed.
        assert_eq!(disk.syncs_since_failure(), Some(0), "{file}");
        disk.power_up();

        let journal = Journal::open(config(folder.path(), clock()), false).unwrap();
        journal.submit(wish(disclosure("重新启动之后"))).unwrap();
        let size = clean(folder.path());
        let kept = kept.into_inner().unwrap();
        assert!(kept.iter().all(|receipt| receipt.size < size), "{file}");
    }
}
