//! Making, opening and changing a witness.

use std::str::FromStr as _;

use ledger::note::{KeyKind, SigningKey, VerifierKey};
use link::{Witness, WitnessError};

use crate::bench::{History, Log, WITNESS, clock, post, witness};

#[tokio::test]
async fn a_witness_remembers() {
    let (folder, first) = witness();
    let log = Log::new("log.example/one");
    first.add_log(log.origin(), &log.key.verifier()).unwrap();
    post(&first, log.request(0, 5, History::True).to_string()).await;
    let (vkey, logs, note) =
        (first.vkey(), first.logs().unwrap(), first.latest(log.origin()).unwrap());
    drop(first);
    let second = Witness::open(folder.path(), clock()).unwrap();
    assert_eq!(second.vkey(), vkey);
    assert_eq!(second.logs().unwrap(), logs);
    assert_eq!(second.latest(log.origin()).unwrap(), note);
    assert!(note.is_some());
    let (status, _, body) = post(&second, log.request(0, 9, History::True).to_string()).await;
    assert_eq!((status.as_u16(), body.as_slice()), (409, b"5\n".as_slice()));
}

#[tokio::test]
async fn two_processes_may_share_a_folder() {
    // As when the command line adds a log while the server runs.
    let (folder, server) = witness();
    let log = Log::new("log.example/one");
    let tool = Witness::open(folder.path(), clock()).unwrap();
    tool.add_log(log.origin(), &log.key.verifier()).unwrap();
    assert_eq!(post(&server, log.request(0, 5, History::True).to_string()).await.0, 200);
    assert_eq!(post(&tool, log.request(0, 5, History::Forged).to_string()).await.0, 409);
    assert_eq!(post(&tool, log.request(5, 9, History::True).to_string()).await.0, 200);
    assert_eq!(post(&server, log.request(5, 9, History::True).to_string()).await.0, 409);
}

#[test]
fn the_key_says_who_and_is_for_its_owner_only() {
    let (folder, witness) = witness();
    let vkey = witness.vkey();
    assert_eq!((vkey.name(), vkey.kind()), (WITNESS, KeyKind::Cosigner));
    assert_eq!(VerifierKey::from_str(&vkey.to_string()).unwrap(), vkey);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let path = folder.path().join("witness.key");
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        let refused = Witness::open(folder.path(), clock());
        assert!(matches!(refused, Err(WitnessError::KeyExposed(_))));
    }
}

#[test]
fn a_witness_is_made_once() {
    let (folder, witness) = witness();
    drop(witness);
    let again = Witness::create(folder.path(), WITNESS, &[9; 32], clock());
    assert!(matches!(again, Err(WitnessError::Exists(_))));
    // Broken off before the key had its name: made anew.
    let half = tempfile::TempDir::new().unwrap();
    std::fs::write(half.path().join("witness.key.new"), "half").unwrap();
    assert!(matches!(Witness::open(half.path(), clock()), Err(WitnessError::File(_))));
    Witness::create(half.path(), WITNESS, &[9; 32], clock()).unwrap();
}

#[test]
fn keys_that_are_not_fit_are_refused() {
    let (folder, witness) = witness();
    let log = Log::new("log.example/one");
    let key = log.key.verifier();
    witness.add_log(log.origin(), &key).unwrap();
    witness.add_log(log.origin(), &key).unwrap();
    assert_eq!(witness.logs().unwrap().len(), 1);
    let other = SigningKey::log(log.origin(), &[8; 32]).unwrap().verifier();
    assert!(matches!(witness.add_log(log.origin(), &other), Err(WitnessError::OtherKey(_))));
    assert!(matches!(witness.add_log("x", &witness.vkey()), Err(WitnessError::KeyKind)));
    for origin in ["", "a\nb", &"x".repeat(513)] {
        assert!(matches!(witness.add_log(origin, &key), Err(WitnessError::Origin)));
    }
    assert!(matches!(
        witness.replace_log_key("log.example/none", &key),
        Err(WitnessError::UnknownLog(_))
    ));
    // A log's key in the place of the witness's.
    drop(witness);
    let path = folder.path().join("witness.key");
    std::fs::write(&path, log.key.to_text()).unwrap();
    assert!(matches!(Witness::open(folder.path(), clock()), Err(WitnessError::KeyKind)));
    std::fs::write(&path, "PRIVATE+KEY+nonsense").unwrap();
    assert!(matches!(Witness::open(folder.path(), clock()), Err(WitnessError::Key(_))));
    assert!(Witness::create(&folder.path().join("new"), "a name", &[1; 32], clock()).is_err());
}

#[tokio::test]
async fn a_log_may_change_its_key_and_keep_its_history() {
    let (_folder, witness) = witness();
    let mut log = Log::new("log.example/one");
    witness.add_log(log.origin(), &log.key.verifier()).unwrap();
    post(&witness, log.request(0, 5, History::True).to_string()).await;
    let old_key = log.request(5, 9, History::True).to_string();
    log.key = SigningKey::log(log.origin(), &[8; 32]).unwrap();
    witness.replace_log_key(log.origin(), &log.key.verifier()).unwrap();
    assert_eq!(post(&witness, old_key).await.0, 403);
    assert_eq!(post(&witness, log.request(0, 9, History::True).to_string()).await.0, 409);
    assert_eq!(post(&witness, log.request(5, 9, History::True).to_string()).await.0, 200);
}

#[tokio::test]
async fn a_disk_that_fails_is_not_answered_with_yes() {
    let (folder, witness) = witness();
    let log = Log::new("log.example/one");
    witness.add_log(log.origin(), &log.key.verifier()).unwrap();
    // Another program holds the right to write for longer than the witness waits: no answer, no
    // cosignature, and afterwards all goes on.
    let other = rusqlite::Connection::open(folder.path().join("witness.sqlite")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(post(&witness, log.request(0, 5, History::True).to_string()).await.0, 503);
    assert_eq!(witness.latest(log.origin()).unwrap(), None);
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(post(&witness, log.request(0, 5, History::True).to_string()).await.0, 200);
    // The table is gone: nothing can be relied on any more, so the writer stops for good.
    other.execute_batch("ALTER TABLE log RENAME COLUMN root TO gone").unwrap();
    for _ in 0..2 {
        assert_eq!(post(&witness, log.request(5, 9, History::True).to_string()).await.0, 503);
    }
    other.execute_batch("ALTER TABLE log RENAME COLUMN gone TO root").unwrap();
    assert_eq!(post(&witness, log.request(5, 9, History::True).to_string()).await.0, 503);
    drop(witness);
    let opened = Witness::open(folder.path(), clock()).unwrap();
    assert_eq!(post(&opened, log.request(5, 9, History::True).to_string()).await.0, 200);
}
