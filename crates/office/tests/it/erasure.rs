//! What is destroyed is gone from every file of the data directory, however the work was cut off, and
//! the ledger still holds.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::custody::Wish;
use domain::terms::{Class, ErasureGround, Level, Role};
use domain::{Command, Moment, Number};
use office::{NewNode, Office, PersonForm, SecretForm, Shown, Source, World, init};
use store::{Config, Journal};

const PASSPHRASE: &str = "correct horse";

fn no(text: &str) -> Number {
    Number::parse(text).expect("a number")
}

/// A node with two secret points and two persons, whose rows lie among each other.
struct Node {
    _folder: tempfile::TempDir,
    dir: PathBuf,
    world: World,
}

impl Node {
    fn new() -> Self {
        static NOW: AtomicI64 = AtomicI64::new(1_795_490_394_000);
        let clock = Arc::new(|| Moment(NOW.fetch_add(1, Ordering::Relaxed)));
        let world = World { clock, entropy: vault::os_entropy, program: "test" };
        let folder = tempfile::tempdir().expect("a folder");
        let dir = folder.path().join("node");
        let node = NewNode {
            name: "虚构示例企业".into(),
            role: Role::Enterprise,
            passphrase: PASSPHRASE.into(),
            work: vault::WorkFactor::new(10).expect("ten is allowed"),
            shares: None,
            zone: "+08:00".into(),
            language: "zh-CN".into(),
            listen: "127.0.0.1:0".into(),
            program: "test".into(),
        };
        init(&dir, node, &world).expect("a node is made");
        let node = Self { _folder: folder, dir, world };
        let office = node.open();
        let ask = || office.ask("owner");
        for name in ["虚构甲", "虚构乙"] {
            let form = PersonForm { name: name.into(), post: None, department: None, joined: None };
            office.add_person(&ask(), form).expect("added");
        }
        for title in ["配方", "曲线"] {
            let form = SecretForm {
                title: title.into(),
                class: Class::Technical,
                form: None,
                level: Level::Core,
                owner: Some(no("RY-0002")),
                department: None,
                review: None,
                happened: None,
                origin: Some(format!("{title}的来源")),
                public: None,
                value: Some(format!("{title}的价值")),
                statements: vec![format!("{title}：第一条")],
                carriers: vec![file("图.txt", title)],
            };
            office.register_secret(&ask(), form).expect("registered");
        }
        // So many rows that pages are split, and some stay in the write-ahead log.
        for round in 0..40 {
            for secret in ["MD-0001", "MD-0002"] {
                let form = office::RevisionForm {
                    state: vec![format!("{secret} 第 {round} 轮")],
                    why: "补充".into(),
                    ..office::RevisionForm::default()
                };
                office.revise_secret(&ask(), no(secret), form).expect("revised");
            }
            let person = if round % 2 == 0 { "RY-0001" } else { "RY-0002" };
            let paper = vec![file("签字件.pdf", &format!("{person} {round}"))];
            office.add_papers(&ask(), no(person), paper, None).expect("added");
        }
        office.declassify_secret(&ask(), no("MD-0001"), None, "已公开".into()).expect("done");
        drop(office);
        node
    }

    fn open(&self) -> Office {
        Office::open(&self.dir, self.world.clone()).expect("it opens")
    }

    /// The ledger is told, and nothing more is done: as when the program ends right after.
    fn told(&self, wish: Wish) {
        let office = self.open();
        let home = office.home().clone();
        drop(office);
        let config = Config {
            dir: home.dir.clone(),
            origin: home.settings.origin.clone(),
            log_key: Arc::new(home.log_key().expect("a key")),
            clock: self.world.clock.clone(),
            entropy: self.world.entropy,
            zone_minutes: 480,
        };
        let journal = Journal::open(config, false).expect("it opens");
        let command = Command::Custody(Box::new(wish));
        let wish = store::Wish { key: office_key(), by: "owner".into(), command };
        journal.submit(wish).expect("decided");
    }

    /// What is sealed about a thing, its wrapped keys, and the beginnings of its files.
    fn secrets_of(&self, thing: &str, other: &str) -> Vec<(String, Vec<u8>)> {
        let reader = store::Reader::open(&self.dir).expect("a reader");
        let mut found: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for record in reader.timeline(no(thing)).expect("a timeline") {
            for (slot, item) in reader.envelopes_of(record.idx).expect("items") {
                let key = reader.key(&item.key_id).expect("readable");
                // An entry may be about both; only what is sealed under its own key goes.
                let Some(key) = key.filter(|key| key.subject == thing) else { continue };
                assert_ne!(key.subject, other);
                found.insert(format!("item {}/{slot}", record.idx), item.sealed);
                found.insert(format!("key {}", key.key_id), key.wrapped);
            }
        }
        let files = reader.blobs().expect("files").into_iter();
        for kept in files.filter(|kept| kept.of.starts_with(thing)) {
            let path = self.dir.join("vault").join(&kept.blob[..2]).join(&kept.blob[2..]);
            let mut bytes = std::fs::read(path).expect("a file");
            // Beyond the header, which begins like that of any other.
            let bytes = bytes.split_off(bytes.len() - 48);
            found.insert(format!("file {}", kept.of), bytes);
        }
        assert!(found.len() > 20, "{thing} has much to destroy");
        found.into_iter().collect()
    }
}

fn office_key() -> [u8; 16] {
    let mut key = [0; 16];
    vault::os_entropy(&mut key);
    key
}

fn file(name: &str, text: &str) -> Source {
    Source::Upload { name: name.into(), bytes: Box::new(Cursor::new(text.to_owned().into_bytes())) }
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// Which of these bytes stand in some file of a folder.
fn left(dir: &Path, secrets: &[(String, Vec<u8>)]) -> Vec<String> {
    let all: Vec<Vec<u8>> =
        files(dir).iter().map(|path| std::fs::read(path).expect("readable")).collect();
    // A row may be continued on another page: both halves of a long one are looked for.
    let holds = |needle: &[u8]| {
        let parts = [&needle[..needle.len().min(40)], &needle[needle.len().saturating_sub(40)..]];
        parts.iter().any(|part| all.iter().any(|bytes| memchr::memmem::find(bytes, part).is_some()))
    };
    let found = secrets.iter().filter(|(_, bytes)| holds(bytes));
    found.map(|(name, _)| name.clone()).collect()
}

fn erase() -> Wish {
    let (person, ground) = (no("RY-0001"), ErasureGround::Consent);
    Wish::ErasePerson { person, ground, approved: None, why: "本人请求".into() }
}

fn destroy() -> Wish {
    Wish::DestroySecret {
        secret: no("MD-0001"), approved: no("RY-0002"), why: "不再需要".into()
    }
}

/// Everything else is as it was: the ledger, what others have, and a later backup without it.
fn holds(node: &Node, thing: &str, secrets: &[(String, Vec<u8>)], others: &[(String, Vec<u8>)]) {
    let office = node.open();
    assert_eq!(left(&node.dir, secrets), [""; 0], "{thing} is gone");
    assert_eq!(left(&node.dir, others).len(), others.len(), "what others have is there");
    let found = office.fsck(true).expect("it can be looked at");
    assert_eq!(found.problems, []);
    let reader = office.reader().expect("a reader");
    assert!(reader.erasing().expect("a list").is_empty() && reader.erasure(no(thing)).is_ok());
    let backup = node._folder.path().join("backup");
    office.back_up(&backup).expect("backed up");
    assert_eq!(left(&backup, secrets), [""; 0], "a later backup holds nothing of it");
    let scratch = node._folder.path().join("scratch");
    let drill = office::drill(&backup, &node.world, Some(PASSPHRASE), &scratch).expect("restored");
    assert!(drill.findings.problems.is_empty() && drill.opened.is_some_and(|n| n > 40));
}

#[test]
fn what_is_erased_of_a_person_is_gone_everywhere() {
    let node = Node::new();
    let secrets = node.secrets_of("RY-0001", "RY-0002");
    let others = node.secrets_of("RY-0002", "RY-0001");
    assert_eq!(left(&node.dir, &secrets).len(), secrets.len(), "before, all of it is found");
    let office = node.open();
    let (ask, why) = (office.ask("owner"), "本人请求".to_owned());
    let ground = ErasureGround::Consent;
    office.erase_person(&ask, no("RY-0001"), ground, None, why.clone()).expect("erased");
    // The same wish again is the same receipt, and another is refused.
    assert!(office.erase_person(&ask, no("RY-0001"), ground, None, why.clone()).is_ok());
    let again = office.erase_person(&office.ask("owner"), no("RY-0001"), ground, None, why);
    assert!(again.is_err());
    let papers = office.add_papers(&office.ask("owner"), no("RY-0001"), vec![file("a", "b")], None);
    assert!(papers.is_err(), "nothing new is kept of the person");
    let reader = office.reader().expect("a reader");
    let person = reader.person(no("RY-0001")).expect("readable").expect("the number stays");
    assert_eq!(office.person_name(&reader, &person).expect("readable"), None);
    assert_eq!(office.field(&reader, person.idx, "name", None).expect("readable"), Shown::Erased);
    drop((reader, office));
    holds(&node, "RY-0001", &secrets, &others);
}

#[test]
fn a_secret_point_is_destroyed_and_the_index_with_it() {
    let node = Node::new();
    let (secrets, others) =
        (node.secrets_of("MD-0001", "MD-0002"), node.secrets_of("MD-0002", "MD-0001"));
    let office = node.open();
    let folder = node.dir.join("match/sweeps");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("0011.part"), "what a run has read").expect("written");
    for name in ["index", "state.age", "key.age"] {
        std::fs::write(node.dir.join("match").join(name), "an index").expect("written");
    }
    let ask = office.ask("owner");
    office.destroy_secret(&ask, no("MD-0001"), no("RY-0002"), "不再需要".into()).expect("done");
    assert_eq!(files(&node.dir.join("match")), [] as [PathBuf; 0]);
    drop(office);
    holds(&node, "MD-0001", &secrets, &others);
}

#[test]
fn a_hold_keeps_it() {
    let node = Node::new();
    let office = node.open();
    let ask = || office.ask("owner");
    office.set_hold(&ask(), vec![no("RY-0001"), no("MD-0001")], None, "诉讼".into()).expect("set");
    let secrets = node.secrets_of("RY-0001", "RY-0002");
    let erased = || {
        let ground = ErasureGround::Consent;
        office.erase_person(&ask(), no("RY-0001"), ground, None, "本人请求".into())
    };
    assert!(erased().is_err());
    assert!(office.destroy_secret(&ask(), no("MD-0001"), no("RY-0002"), "x".into()).is_err());
    assert_eq!(left(&node.dir, &secrets).len(), secrets.len());
    let seen = office.foresee_erasure(&office.reader().expect("a reader"), no("RY-0001"));
    let seen = seen.expect("foreseen");
    assert!(!seen.may_go() && seen.holds.len() == 1 && seen.first.is_empty());
    office.lift_hold(&ask(), no("RY-0001"), 1, "结案".into()).expect("lifted");
    erased().expect("now it goes");
    assert!(office.destroy_secret(&ask(), no("MD-0001"), no("RY-0002"), "x".into()).is_err());
}

#[test]
fn what_was_cut_off_is_finished_at_the_next_opening() {
    // Right after the ledger was told.
    let node = Node::new();
    let (secrets, others) =
        (node.secrets_of("RY-0001", "RY-0002"), node.secrets_of("RY-0002", "RY-0001"));
    node.told(erase());
    assert_eq!(left(&node.dir, &secrets).len(), secrets.len(), "nothing is gone yet");
    holds(&node, "RY-0001", &secrets, &others);

    // After the rows were deleted, before their traces and the files were.
    let node = Node::new();
    let (secrets, others) =
        (node.secrets_of("MD-0001", "MD-0002"), node.secrets_of("MD-0002", "MD-0001"));
    // As long as somebody else has the database open, closing it does not empty its log.
    let reader = store::Reader::open(&node.dir).expect("a reader");
    node.told(destroy());
    store::erase_rows_only(&node.dir, &[no("MD-0001")]).expect("deleted");
    let traces = left(&node.dir, &secrets);
    assert!(traces.iter().any(|name| name.starts_with("file")), "files are there");
    assert!(traces.iter().any(|name| !name.starts_with("file")), "rows leave traces: {traces:?}");
    drop(reader);
    holds(&node, "MD-0001", &secrets, &others);
}
