use std::sync::atomic::Ordering;

use domain::command::{AddMeasure, Papers, ReviseSecret};
use domain::terms::{Level, MeasureItem};
use domain::{Command, Refusal};
use ledger::checkpoint::Checkpoint;
use ledger::hash::leaf_hash;
use ledger::proof::{verify_consistency, verify_inclusion};
use store::fsck::{Problem, fsck};
use store::read::SecretFilter;
use store::{Failure, Journal, Reader};

use crate::wishes::{
    clock, config, create, disclosure, envelope, log_key, no, partner, secret, wish,
};

#[test]
fn what_is_acknowledged_is_there_and_provable_and_replays() {
    let dir = tempfile::tempdir().unwrap();
    let clock = clock();
    let journal = Journal::open(config(dir.path(), clock.clone()), true).unwrap();
    journal.submit(wish(create())).unwrap();
    journal.submit(wish(partner())).unwrap();
    let receipt = journal.submit(wish(secret("浆料配方 C-17"))).unwrap();
    assert_eq!((receipt.first, receipt.events), (2, 4));
    assert_eq!(receipt.number, Some(no("MD-0001")));
    let measure = Command::AddMeasure(AddMeasure {
        item: MeasureItem::Agreement,
        title: "保密协议".into(),
        detail: None,
        from: None,
        until: None,
        papers: Papers::default(),
    });
    journal.submit(wish(measure)).unwrap();
    journal
        .submit(wish(Command::MatchMeasure {
            measure: no("CS-0001"),
            secret: no("MD-0001"),
            statements: Some(vec![1]),
            why: None,
        }))
        .unwrap();
    journal.submit(wish(disclosure("代工试制"))).unwrap();
    let revision = ReviseSecret {
        restate: vec![(2, envelope("text"))],
        unstate: vec![1],
        retire: vec![1],
        title: Some("浆料配方 C-17 改".into()),
        why: "范围缩小".into(),
        ..ReviseSecret::default()
    };
    let last =
        journal.submit(wish(Command::ReviseSecret(no("MD-0001"), Box::new(revision)))).unwrap();

    let reader = Reader::open(dir.path()).unwrap();
    let chain = reader.chain().unwrap();
    let (checkpoint, _) =
        Checkpoint::open(last.checkpoint.as_bytes(), &log_key().verifier()).unwrap();
    assert_eq!((checkpoint.size, checkpoint.root), (chain.size, chain.root));
    for idx in 0..chain.size {
        let leaf = reader.leaf(idx).unwrap().unwrap();
        let hash = leaf_hash(&evidence::item::entry(&leaf.digests).unwrap());
        let path = reader.inclusion(idx, chain.size).unwrap();
        verify_inclusion(&hash, idx, chain.size, &path, &chain.root).unwrap();
    }
    let old = reader.root(receipt.size).unwrap().unwrap();
    let path = reader.consistency(receipt.size, chain.size).unwrap();
    verify_consistency(receipt.size, &old, chain.size, &chain.root, &path).unwrap();

    let card = reader.secret(no("MD-0001")).unwrap().unwrap();
    assert_eq!(card.row.title, "浆料配方 C-17 改");
    assert_eq!((card.row.statements, card.row.carriers, card.row.measures), (1, 0, 1));
    assert_eq!(card.statements.iter().filter(|row| row.stands).count(), 1);
    assert_eq!(card.disclosures[0].carriers, [1]);
    let page = reader
        .secrets(&SecretFilter {
            text: Some("c-17".into()),
            level: Some(Level::Core),
            disclosed: true,
            ..SecretFilter::default()
        })
        .unwrap();
    assert_eq!((page.total, page.rows.len()), (1, 1));
    assert_eq!(reader.timeline(no("MD-0001")).unwrap().len(), 10);
    assert!(reader.sealed(2, "public").unwrap().is_some());
    assert!(reader.sealed(2, "title").unwrap().is_none());

    let findings = fsck(dir.path(), &log_key().verifier(), true).unwrap();
    assert_eq!(findings.problems, []);
    assert_eq!(findings.events, chain.size);
}

#[test]
fn refusals_write_nothing_and_a_repeated_wish_gets_the_first_receipt() {
    let dir = tempfile::tempdir().unwrap();
    let clock = clock();
    let journal = Journal::open(config(dir.path(), clock.clone()), true).unwrap();
    journal.submit(wish(create())).unwrap();
    let refused = journal.submit(wish(secret("  ")));
    assert!(matches!(refused, Err(Failure::Refused(Refusal::Blank("field-title")))));
    let unknown = Command::LevelSecret { secret: no("MD-0009"), to: Level::Core, why: "x".into() };
    let refused = journal.submit(wish(unknown));
    assert!(matches!(refused, Err(Failure::Refused(Refusal::Unknown(_)))));

    let asked = wish(secret("烧结曲线"));
    let first = journal.submit(asked.clone()).unwrap();
    let again = journal.submit(asked).unwrap();
    assert!(again.repeated && !first.repeated);
    assert_eq!((again.first, again.number), (first.first, first.number));

    // A day back: refused until somebody says that the clock was wrong before.
    clock.fetch_sub(86_400_000, Ordering::Relaxed);
    let refused = journal.submit(wish(secret("另一个")));
    assert!(matches!(refused, Err(Failure::Refused(Refusal::ClockWentBack { .. }))));
    journal.submit(wish(Command::SetClockBack { why: "主板电池更换".into() })).unwrap();
    journal.submit(wish(secret("另一个"))).unwrap();
    assert_eq!(Reader::open(dir.path()).unwrap().chain().unwrap().size, 10);
}

#[test]
fn two_writers_on_one_directory_append_to_one_log() {
    let dir = tempfile::tempdir().unwrap();
    let clock = clock();
    let first = Journal::open(config(dir.path(), clock.clone()), true).unwrap();
    first.submit(wish(create())).unwrap();
    let second = Journal::open(config(dir.path(), clock), false).unwrap();
    std::thread::scope(|scope| {
        for (at, journal) in [&first, &second, &first, &second].into_iter().enumerate() {
            scope.spawn(move || {
                for count in 0..40 {
                    journal.submit(wish(secret(&format!("密点 {at}-{count}")))).unwrap();
                }
            });
        }
    });
    let reader = Reader::open(dir.path()).unwrap();
    assert_eq!(reader.chain().unwrap().size, 1 + 160 * 4);
    let page = reader.secrets(&SecretFilter::default()).unwrap();
    assert_eq!(page.total, 160);
    let findings = fsck(dir.path(), &log_key().verifier(), true).unwrap();
    assert_eq!(findings.problems, []);
}

#[test]
fn fsck_names_what_was_changed() {
    let dir = tempfile::tempdir().unwrap();
    let journal = Journal::open(config(dir.path(), clock()), true).unwrap();
    journal.submit(wish(create())).unwrap();
    journal.submit(wish(secret("一"))).unwrap();
    drop(journal);
    let change = |sql: &str| {
        let db = rusqlite::Connection::open(dir.path().join(store::FILE)).unwrap();
        assert_eq!(db.execute(sql, []).unwrap(), 1, "{sql}");
        fsck(dir.path(), &log_key().verifier(), true).unwrap().problems
    };
    assert_eq!(change("UPDATE secret SET title = '二'"), [Problem::Projection("secret")]);
    let problems = change("UPDATE event SET leaf = zeroblob(32) WHERE idx = 2");
    assert!(problems.contains(&Problem::Leaf(2)), "{problems:?}");
    let problems = change("UPDATE event SET digests = zeroblob(length(digests)) WHERE idx = 3");
    assert!(problems.contains(&Problem::Root(5)), "{problems:?}");
    let problems = change("DELETE FROM event WHERE idx = 4");
    assert!(problems.contains(&Problem::Missing(4)), "{problems:?}");
}
