//! The key folder.

use std::fs;

use vault::{KeyDir, KeyError, KeyFile, SecretKeys, WorkFactor};

use crate::{PASSPHRASE, Room, SUBJECT, chance, cheap, files};

#[test]
fn set_up_then_unlock() {
    let room = Room::new();
    assert!(room.keys.is_set_up());
    let again = room.keys.unlock(PASSPHRASE).unwrap();
    assert_eq!(again.recipient(), room.unlocked.recipient());
    assert_eq!(again.recipient(), room.keys.recipient().unwrap());
    // Both handles open what was sealed while locked.
    let sealed = room.keys.recipient().unwrap().seal("内容".as_bytes()).unwrap();
    assert_eq!(*again.open(&sealed).unwrap(), "内容".as_bytes());
}

#[test]
fn wrong_passphrases_are_told_apart_from_damage() {
    let room = Room::new();
    for wrong in ["", "锁 correct horse batterz", "correct", "锁 correct horse battery "] {
        assert!(matches!(room.keys.unlock(wrong), Err(KeyError::WrongPassphrase)), "{wrong:?}");
    }
    let path = room.dir.path().join("keys/vault.age");
    let sound = fs::read(&path).unwrap();
    for at in (0..sound.len()).step_by(5) {
        let mut damaged = sound.clone();
        damaged[at] ^= 1;
        fs::write(&path, damaged).unwrap();
        // Which of the refusals it is depends on the place; it never opens.
        let refusal = room.keys.unlock(PASSPHRASE).unwrap_err();
        let known = matches!(
            refusal,
            KeyError::Damaged(KeyFile::VaultAge)
                | KeyError::WrongPassphrase
                | KeyError::WorkFactor { .. }
        );
        assert!(known, "byte {at}: {refusal:?}");
    }
    for len in [0, 10, sound.len() / 2, sound.len() - 1] {
        fs::write(&path, &sound[..len]).unwrap();
        let refusal = room.keys.unlock(PASSPHRASE).unwrap_err();
        assert!(matches!(refusal, KeyError::Damaged(KeyFile::VaultAge)), "{len}: {refusal:?}");
    }
}

#[test]
fn excessive_work_is_refused_before_it_is_done() {
    let room = Room::new();
    let path = room.dir.path().join("keys/vault.age");
    let mut sealed = fs::read(&path).unwrap();
    let line = sealed.windows(10).position(|w| w == b"-> scrypt ").unwrap();
    let end = line + sealed[line..].iter().position(|&c| c == b'\n').unwrap();
    sealed[end - 2..end].copy_from_slice(b"60");
    fs::write(&path, sealed).unwrap();
    let refusal = room.keys.unlock(PASSPHRASE);
    assert!(matches!(refusal, Err(KeyError::WorkFactor { log_n: 60 })));
}

#[test]
fn work_factors_have_bounds() {
    for log_n in [0, 9, 23, 64, 255] {
        let refusal = WorkFactor::new(log_n);
        assert!(matches!(refusal, Err(KeyError::WorkFactor { log_n: told }) if told == log_n));
    }
    assert_eq!(WorkFactor::default(), WorkFactor::new(18).unwrap());
}

#[test]
fn keys_are_never_overwritten() {
    let room = Room::new();
    let before: Vec<_> = read_all(&room);
    let again = room.keys.set_up("another", cheap(), &mut chance(9));
    assert!(matches!(again, Err(KeyError::AlreadyThere)));
    assert!(matches!(room.keys.renew_service(&mut chance(9)), Err(KeyError::AlreadyThere)));
    assert_eq!(before, read_all(&room));
}

fn read_all(room: &Room) -> Vec<Vec<u8>> {
    ["vault.age", "vault.pub", "service.key"]
        .map(|name| fs::read(room.dir.path().join("keys").join(name)).unwrap())
        .into()
}

#[test]
fn a_set_up_cut_short_is_completed() {
    let room = Room::new();
    let dir = room.dir.path().join("keys");
    for missing in [&["vault.pub"][..], &["vault.pub", "service.key"]] {
        for name in missing {
            fs::remove_file(dir.join(name)).unwrap();
        }
        assert!(!room.keys.is_set_up());
        let wrong = room.keys.set_up("another", cheap(), &mut chance(9));
        assert!(matches!(wrong, Err(KeyError::Unfinished)));
        let done = room.keys.set_up(PASSPHRASE, cheap(), &mut chance(9)).unwrap();
        assert_eq!(done.recipient(), room.unlocked.recipient());
        assert!(room.keys.service().is_ok() && room.keys.unlock(PASSPHRASE).is_ok());
    }
}

#[test]
fn changing_the_passphrase_keeps_the_identity() {
    let room = Room::new();
    let wrong = room.keys.change_passphrase("wrong", "new", cheap());
    assert!(matches!(wrong, Err(KeyError::WrongPassphrase)));
    let empty = room.keys.change_passphrase(PASSPHRASE, "", cheap());
    assert!(matches!(empty, Err(KeyError::EmptyPassphrase)));
    room.keys.change_passphrase(PASSPHRASE, "新的 passphrase", cheap()).unwrap();
    assert!(matches!(room.keys.unlock(PASSPHRASE), Err(KeyError::WrongPassphrase)));
    let unlocked = room.keys.unlock("新的 passphrase").unwrap();
    assert!(room.secret.open(SUBJECT, &unlocked).is_ok());
    assert_eq!(files(&room.dir.path().join("keys")).len(), 3, "no temporary file stays");
}

#[test]
fn a_replaced_public_key_is_noticed() {
    let room = Room::new();
    let other = Room::new_with(2);
    let path = room.dir.path().join("keys/vault.pub");
    fs::write(&path, format!("{}\n", other.unlocked.recipient())).unwrap();
    assert!(matches!(room.keys.unlock(PASSPHRASE), Err(KeyError::NotThisVault)));
    let foreign = room.keys.set_passphrase(&room.unlocked, "new", cheap());
    assert!(matches!(foreign, Err(KeyError::NotThisVault)));
    fs::write(&path, "age1nonsense").unwrap();
    let damaged = room.keys.recipient();
    assert!(matches!(damaged, Err(KeyError::Damaged(KeyFile::VaultPub))));
}

#[test]
fn missing_and_damaged_files_are_named() {
    let nowhere = KeyDir::at(tempfile::tempdir().unwrap().path().join("none"));
    assert!(!nowhere.is_set_up());
    assert!(matches!(nowhere.recipient(), Err(KeyError::Missing(KeyFile::VaultPub))));
    assert!(matches!(nowhere.service(), Err(KeyError::Missing(KeyFile::Service))));
    assert!(matches!(nowhere.unlock("x"), Err(KeyError::Missing(KeyFile::VaultAge))));
    let room = Room::new();
    for wrong in [0, 31, 33, 100_000] {
        fs::write(room.dir.path().join("keys/service.key"), vec![7; wrong]).unwrap();
        assert!(matches!(room.keys.service(), Err(KeyError::Damaged(KeyFile::Service))));
    }
}

#[test]
fn a_lost_service_key_is_renewed() {
    let room = Room::new();
    fs::remove_file(room.dir.path().join("keys/service.key")).unwrap();
    let service = room.keys.renew_service(&mut chance(5)).unwrap();
    assert!(room.secret.sealer(SUBJECT, &service).is_err(), "wrapped under the lost one");
    let vault = room.keys.recipient().unwrap();
    let SecretKeys { recipient, .. } = &room.secret;
    let rewrapped =
        room.secret.rewrap(SUBJECT, &room.unlocked, &vault, &service, &mut chance(6)).unwrap();
    assert_eq!(&rewrapped.recipient, recipient);
    // The same content still gets the same id.
    let before = room.store().put(&mut "同".as_bytes(), &room.sealer()).unwrap();
    let sealer = rewrapped.sealer(SUBJECT, &service).unwrap();
    let after = room.store().put(&mut "同".as_bytes(), &sealer).unwrap();
    assert_eq!(before.id, after.id);
    assert!(after.already_there);
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read() {
    use std::os::unix::fs::PermissionsExt;
    let room = Room::new();
    room.store().put(&mut [7; 1000].as_slice(), &room.sealer()).unwrap();
    room.keys.change_passphrase(PASSPHRASE, "new", cheap()).unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let mut seen = 0;
    for path in files(room.dir.path()) {
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        assert_eq!(mode(path.parent().unwrap()), 0o700);
        seen += 1;
    }
    assert_eq!(seen, 4);
    for dir in ["keys", "vault", "vault/tmp"] {
        assert_eq!(mode(&room.dir.path().join(dir)), 0o700, "{dir}");
    }
}

#[test]
fn handles_seal_small_things_of_the_node() {
    let room = Room::new();
    let sealed = room.service.seal("log key", b"seed", &mut chance(3));
    assert_eq!(*room.service.open("log key", &sealed).unwrap(), b"seed");
    assert!(room.service.open("web key", &sealed).is_err(), "another context");
    assert!(Room::new_with(2).service.open("log key", &sealed).is_err(), "another node");
    for at in 0..sealed.len() {
        let mut damaged = sealed.clone();
        damaged[at] ^= 0x10;
        assert!(room.service.open("log key", &damaged).is_err(), "byte {at}");
        assert!(room.service.open("log key", &sealed[..at]).is_err(), "cut at {at}");
    }
}
