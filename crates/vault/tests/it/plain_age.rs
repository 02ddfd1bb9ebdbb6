//! The plain `age` tool as a second opinion: it opens what we seal, and the other way round.
//! Skipped, with a line that says so, where `age` isn't installed.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use vault::PersonKeys;

use crate::{PASSPHRASE, Room, bytes, chance};

fn there(tool: &str) -> bool {
    let found = Command::new(tool).arg("--version").output().is_ok_and(|out| out.status.success());
    if !found {
        println!("skipped: `{tool}` is not installed");
    }
    found
}

fn age(args: &[&str], input: &[u8]) -> Vec<u8> {
    let mut child = Command::new("age")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feeding = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    feeding.join().unwrap().unwrap();
    assert!(output.status.success());
    output.stdout
}

/// From paper to content with `age` alone: passphrase, master identity, secret's identity, blob.
#[test]
fn the_whole_way_down() {
    if !there("age") || !there("script") {
        return;
    }
    let room = Room::new();
    let content = bytes(6, 3 * (256 << 10) + 5);
    let stored = room.store().put(&mut content.as_slice(), &room.sealer()).unwrap();
    let text = room.sealer().seal("一条密点".as_bytes()).unwrap();
    let person =
        PersonKeys::new("p-1", &room.keys.recipient().unwrap(), &room.service, &mut chance(4));

    let file = |name: &str| room.dir.path().join(name).display().to_string();
    type_passphrase(&file("keys/vault.age"), &file("master"));
    let master = fs::read_to_string(file("master")).unwrap();
    let public = fs::read_to_string(file("keys/vault.pub")).unwrap();
    assert!(master.starts_with(&format!("# public key: {public}AGE-SECRET-KEY-1")));

    let identity = age(&["-d", "-i", &file("master")], &room.secret.identity);
    fs::write(file("identity"), identity).unwrap();
    assert_eq!(age(&["-d", "-i", &file("identity")], &text), "一条密点".as_bytes());
    let name = stored.id.to_string();
    let blob = file(&format!("vault/{}/{}", &name[..2], &name[2..]));
    assert!(Path::new(&blob).exists());
    assert_eq!(age(&["-d", "-i", &file("identity"), &blob], b""), content);

    let recovered = age(&["-d", "-i", &file("master")], &person.unwrap().recovery);
    assert!(recovered.starts_with(b"# subject: p-1\n# person-key: "));
}

/// `age` asks for passphrases on the terminal only, so `script` gives it one.
fn type_passphrase(sealed: &str, out: &str) {
    let mut child = Command::new("script")
        .args(["-qec", &format!("age -d -o '{out}' '{sealed}'"), "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut terminal = child.stdin.take().unwrap();
    // A terminal drops what is typed before the question: wait for `age` to switch echo off.
    std::thread::sleep(std::time::Duration::from_millis(1500));
    terminal.write_all(format!("{PASSPHRASE}\n").as_bytes()).unwrap();
    let done = child.wait().unwrap();
    drop(terminal);
    assert!(done.success());
}

#[test]
fn sealed_by_age_opens_here() {
    if !there("age") {
        return;
    }
    let room = Room::new();
    for len in [0, 1, 65_536, 65_537, 300_000] {
        let text = bytes(len as u64, len);
        let sealed = age(&["-r", &room.secret.recipient], &text);
        assert_eq!(*room.opener().open(&sealed).unwrap(), text);
    }
}
