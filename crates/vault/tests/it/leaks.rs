//! Planted words must appear in no file of the vault, and in nothing that is printed.

use std::error::Error;
use std::fmt::{Debug, Write};
use std::io::Read;

use vault::{PersonKeys, SecretKeys, combine};

use crate::{PASSPHRASE, Room, chance, cheap, files};

const WORD: &str = "PLANTED-密配方-240";

/// The words as they are, in hex, and as UTF-16, which Windows programs would write.
fn disguises(word: &str) -> Vec<Vec<u8>> {
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hex = hex::encode(word);
    vec![word.into(), hex.to_uppercase().into(), hex.into(), wide]
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

#[test]
fn no_file_holds_plain_words() {
    let room = Room::new();
    let vault = room.unlocked.recipient();
    let subject = "SUBJECT-张三";
    let secret = SecretKeys::new(subject, &vault, &room.service, &mut chance(3)).unwrap();
    let person = PersonKeys::new(subject, &vault, &room.service, &mut chance(4)).unwrap();
    let sealer = secret.sealer(subject, &room.service).unwrap();
    let content = WORD.repeat(40_000);
    let stored = room.store().put(&mut content.as_bytes(), &sealer).unwrap();
    room.store().put(&mut WORD.as_bytes(), &sealer).unwrap();
    room.keys.change_passphrase(PASSPHRASE, &format!("{PASSPHRASE}-2"), cheap()).unwrap();

    // A look at the disk in the middle of writing, too.
    struct Peeks<'a>(&'a Room, usize);
    impl Read for Peeks<'_> {
        fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
            self.1 += 1;
            if self.1 == 200 {
                return Ok(0);
            }
            if self.1.is_multiple_of(50) {
                let tmp = files(&self.0.dir.path().join("vault/tmp"));
                assert_eq!(tmp.len(), 1);
                let bytes = std::fs::read(&tmp[0]).unwrap();
                assert!(!contains(&bytes, WORD.as_bytes()));
            }
            let len = WORD.len().min(buf.len());
            buf[..len].copy_from_slice(&WORD.as_bytes()[..len]);
            Ok(len)
        }
    }
    room.store().put(&mut Peeks(&room, 0), &sealer).unwrap();

    let mut places: Vec<(String, Vec<u8>)> = files(room.dir.path())
        .iter()
        .map(|path| (path.display().to_string(), std::fs::read(path).unwrap()))
        .collect();
    assert_eq!(places.len(), 6, "three blobs, three key files");
    let key = person.key(subject, &room.service).unwrap();
    places.extend([
        ("identity".into(), secret.identity.clone()),
        ("mac_key".into(), secret.mac_key.clone()),
        ("person".into(), person.service.clone()),
        ("recovery".into(), person.recovery.clone()),
        ("text".into(), sealer.seal(WORD.as_bytes()).unwrap()),
        ("person text".into(), key.seal(WORD.as_bytes(), b"", &mut chance(1)).unwrap()),
    ]);
    let digest = hex::encode(stored.plain_sha256);
    for (name, bytes) in &places {
        assert!(!name.contains(&digest), "a name tells the content's digest");
        for word in [WORD, PASSPHRASE, subject, "AGE-SECRET-KEY", "blob-id-key", &digest] {
            for disguise in disguises(word) {
                assert!(!contains(bytes, &disguise), "{word} in {name}");
            }
        }
        assert!(!contains(bytes, &stored.plain_sha256), "the content's digest in {name}");
    }
}

/// Everything an error or a handle prints, with its sources.
fn printed(errors: &[&dyn Error], handles: &[&dyn Debug]) -> String {
    let mut text = String::new();
    for error in errors {
        let mut next = Some(*error);
        while let Some(error) = next {
            write!(text, "{error}\n{error:?}\n{error:#?}\n").unwrap();
            next = error.source();
        }
    }
    for handle in handles {
        write!(text, "{handle:?}\n{handle:#?}\n").unwrap();
    }
    text
}

#[test]
fn nothing_printed_holds_secrets() {
    let room = Room::new();
    let (sealer, opener) = (room.sealer(), room.opener());
    let vault = room.unlocked.recipient();
    let person = PersonKeys::new("p", &vault, &room.service, &mut chance(4)).unwrap();
    let key = person.key("p", &room.service).unwrap();
    let shares = room.unlocked.split(2, 3, &mut chance(7)).unwrap();
    let wrong_passphrase = room.keys.unlock(WORD).unwrap_err();
    let not_a_share = WORD.parse::<vault::Share>().unwrap_err();
    let mut mistyped = shares[0].line().to_string();
    mistyped.push('0');
    let damaged_share = mistyped.parse::<vault::Share>().unwrap_err();
    let few = combine(&shares[..1], &vault).unwrap_err();
    let bad_subject =
        SecretKeys::new(&format!("{WORD}\n"), &vault, &room.service, &mut chance(1)).unwrap_err();
    let bad_recipient = WORD.parse::<vault::Recipient>().unwrap_err();
    let bad_text = opener.open(WORD.as_bytes()).unwrap_err();
    let bad_place =
        key.open(&key.seal(b"x", b"", &mut chance(1)).unwrap(), WORD.as_bytes()).unwrap_err();

    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other(format!("{WORD}.docx")))
        }
    }
    let source = room.store().put(&mut Fails, &sealer).unwrap_err();
    let stored = room.store().put(&mut WORD.as_bytes(), &sealer).unwrap();
    let reader = room.store().get(&stored.id, &opener).unwrap();
    room.store().remove(&stored.id).unwrap();
    let missing = room.store().sealed(&stored.id).unwrap_err();
    std::fs::remove_dir_all(room.dir.path().join("vault")).unwrap();
    std::fs::write(room.dir.path().join("vault"), "").unwrap();
    let no_disk = room.store().put(&mut WORD.as_bytes(), &sealer).unwrap_err();

    let text = printed(
        &[
            &wrong_passphrase,
            &not_a_share,
            &damaged_share,
            &few,
            &bad_subject,
            &bad_recipient,
            &bad_text,
            &bad_place,
            &source,
            &missing,
            &no_disk,
        ],
        &[&room.unlocked, &room.service, &sealer, &opener, &key, &shares, &reader, &room.keys],
    );
    assert!(text.contains("wrong passphrase") && text.contains("Unlocked(…)"), "{text}");
    let line = shares[0].line();
    let groups: Vec<&str> = line.split(' ').skip(3).collect();
    let opened = room.unlocked.open(&room.secret.identity).unwrap();
    let mut planted = vec![WORD, "PLANTED", "docx", PASSPHRASE, "AGE-SECRET-KEY"];
    planted.extend(&groups);
    planted
        .extend(std::str::from_utf8(&opened).unwrap().split_whitespace().filter(|w| w.len() > 9));
    for word in planted {
        assert!(!text.contains(word), "{word} in {text}");
    }
}
