//! Many clients appending through one journal in a process of their own, what they were promised,
//! and whether the promise was kept.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::AtomicI64;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use domain::terms::Level;
use ledger::checkpoint::Checkpoint;
use ledger::hash::Hash;
use store::fsck::fsck;
use store::{Config, Failure, Journal, Reader, Receipt, Wish};

use crate::wishes::{config, create, disclosure, log_key, no, partner, secret};

const FOLDER: &str = "STORE_TEST_FOLDER";
const ROUND: &str = "STORE_TEST_ROUND";
const CARELESS: &str = "STORE_TEST_CARELESS";
const CLIENTS: u8 = 6;
/// No machine is so slow that a hundred appends take longer.
const PATIENCE: Duration = Duration::from_secs(60);
/// How many acknowledged wishes are sent again after each restart.
const RESENT: usize = 20;

/// A wish's key; its text stands in the event, too, so that the event can be found again.
type Key = [u8; 16];

/// What one client was told.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ack {
    key: Key,
    first: u64,
    events: u64,
    size: u64,
    root: Hash,
}

impl Ack {
    fn of(key: Key, receipt: &Receipt) -> Self {
        let (checkpoint, _) =
            Checkpoint::open(receipt.checkpoint.as_bytes(), &log_key().verifier()).unwrap();
        Self {
            key,
            first: receipt.first,
            events: receipt.events,
            size: checkpoint.size,
            root: checkpoint.root,
        }
    }

    fn line(&self) -> String {
        let (key, root) = (hex::encode(self.key), hex::encode(self.root.0));
        format!("ack {key} {} {} {} {root}\n", self.first, self.events, self.size)
    }

    /// Reads a line whole or not at all: the last one may be cut off.
    fn read(line: &str) -> Option<Self> {
        let mut words = line.strip_prefix("ack ")?.split(' ');
        let key = hex::decode(words.next()?).ok()?.try_into().ok()?;
        let mut number = || words.next()?.parse().ok();
        let (first, events, size) = (number()?, number()?, number()?);
        let root = hex::decode(words.next()?).ok()?.try_into().ok().map(Hash)?;
        Some(Self { key, first, events, size, root })
    }
}

fn node(folder: &Path) -> Config {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    config(folder, Arc::new(AtomicI64::new(now.as_millis() as i64)))
}

/// Not a test: the process that is killed, or whose disk loses its power.
#[test]
fn append_until_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let round: u32 = std::env::var(ROUND).unwrap().parse().unwrap();
    let open =
        if std::env::var_os(CARELESS).is_some() { Journal::open_careless } else { Journal::open };
    let journal = open(node(Path::new(&folder)), true).unwrap();
    let submit = |key: Key, command| {
        let answer = journal.submit(Wish { key, by: "owner".into(), command });
        let line = match &answer {
            Ok(receipt) => Ack::of(key, receipt).line(),
            Err(failure) => format!("{failure:?}\n"),
        };
        // Through the handle, not `print!`, which the test harness would hold back.
        std::io::stdout().lock().write_all(line.as_bytes()).is_ok() && answer.is_ok()
    };
    // The same keys each time: from the second round on they are only looked up.
    submit([1; 16], create());
    submit([2; 16], partner());
    submit([3; 16], secret("浆料配方 C-17"));
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let submit = &submit;
            scope.spawn(move || {
                for count in 0u64.. {
                    let mut key = [0xA5; 16];
                    key[..4].copy_from_slice(&round.to_be_bytes());
                    key[4] = client;
                    key[8..].copy_from_slice(&count.to_be_bytes());
                    let text = hex::encode(key);
                    let command = if count % 8 == 7 { secret(&text) } else { disclosure(&text) };
                    if !submit(key, command) {
                        return;
                    }
                }
            });
        }
    });
}

/// The process under load, and what it has told its clients so far.
pub(crate) struct Load {
    child: Child,
    lines: Receiver<Ack>,
    acks: Vec<Ack>,
    last_words: Arc<Mutex<String>>,
}

impl Load {
    pub(crate) fn start(folder: &Path, round: u32, careless: bool) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", "load::append_until_killed", "--nocapture", "--test-threads=1"])
            .env(FOLDER, folder)
            .env(ROUND, round.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        if careless {
            command.env(CARELESS, "1");
        }
        let mut child = command.spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (told, lines) = mpsc::channel();
        let last_words = Arc::new(Mutex::new(String::new()));
        let heard = last_words.clone();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                match Ack::read(&line) {
                    Some(ack) => drop(told.send(ack)),
                    None => heard.lock().unwrap().extend([line, "\n".into()]),
                }
            }
        });
        Self { child, lines, acks: Vec::new(), last_words }
    }

    /// Waits until so many wishes were acknowledged.
    pub(crate) fn wait_for(&mut self, count: usize) {
        while self.acks.len() < count {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(ack) => self.acks.push(ack),
                Err(_) => panic!("no load: {}", self.state()),
            }
        }
    }

    /// How the process is, for whoever wonders why it doesn't go on.
    pub(crate) fn state(&mut self) -> String {
        self.acks.extend(self.lines.try_iter());
        let (count, ended) = (self.acks.len(), self.child.try_wait());
        format!("{count} acknowledged, ended {ended:?}, last words {:?}", self.last_words)
    }

    /// SIGKILL: no farewell.
    pub(crate) fn kill(mut self, promised: &mut Promised) -> usize {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.acks.extend(self.lines.iter());
        self.acks.drain(..).map(|ack| promised.hear(ack)).count()
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        // It has ended already, unless a test failed before.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// All that clients of one node were ever told.
#[derive(Default)]
pub(crate) struct Promised {
    acks: HashMap<Key, Ack>,
    /// The signed roots by their size.
    roots: BTreeMap<u64, Hash>,
    /// The largest size seen by anybody.
    size: u64,
    contradictions: Vec<String>,
}

impl Promised {
    fn hear(&mut self, ack: Ack) {
        self.size = self.size.max(ack.size);
        let root = *self.roots.entry(ack.size).or_insert(ack.root);
        if root != ack.root {
            self.contradictions.push(format!("two roots were signed for size {}", ack.size));
        }
        let before = self.acks.entry(ack.key).or_insert_with(|| ack.clone());
        if (before.first, before.events) != (ack.first, ack.events) {
            self.contradictions.push(format!("{before:?} was told anew as {ack:?}"));
        }
    }

    /// Opens what is left and compares; gives every promise that is broken.
    pub(crate) fn broken(&mut self, folder: &Path) -> Vec<String> {
        let mut broken = std::mem::take(&mut self.contradictions);
        let journal = match Journal::open(node(folder), true) {
            Ok(journal) => journal,
            Err(error) => return vec![format!("can't be opened: {error:?}")],
        };
        match fsck(folder, &log_key().verifier(), true) {
            Ok(findings) => {
                broken.extend(findings.problems.iter().map(|problem| format!("{problem:?}")));
            }
            Err(error) => broken.push(format!("can't be checked: {error:?}")),
        }
        let Ok(reader) = Reader::open(folder) else { return broken };
        let size = reader.chain().map_or(0, |chain| chain.size);
        if size < self.size {
            broken.push(format!("the log went back from {} to {size}", self.size));
        }
        self.size = self.size.max(size);
        for (size, root) in &self.roots {
            if reader.root(*size).ok().flatten() != Some(*root) {
                broken.push(format!("another root at size {size} than was signed"));
            }
        }
        match self.not_there_once(folder, size) {
            Ok(lost) => broken.extend(lost),
            Err(error) => broken.push(format!("can't be read: {error}")),
        }
        broken.extend(self.not_repeated(&journal));
        broken
    }

    /// Every acknowledged wish has its events, once, and every event belongs to one wish.
    fn not_there_once(&self, folder: &Path, size: u64) -> rusqlite::Result<Vec<String>> {
        let mut broken = Vec::new();
        let db = rusqlite::Connection::open(folder.join(store::FILE))?;
        let mut wishes: HashMap<Key, (u64, u64)> = HashMap::new();
        let mut statement = db.prepare("SELECT key, first, events FROM command")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let place = (row.get::<_, i64>(1)? as u64, row.get::<_, i64>(2)? as u64);
            wishes.insert(row.get(0)?, place);
        }
        let events: u64 = wishes.values().map(|(_, events)| events).sum();
        if events != size {
            broken.push(format!("{size} events, but the wishes made {events}"));
        }
        let mut texts: HashMap<String, Vec<u64>> = HashMap::new();
        let sql =
            "SELECT idx, plain FROM event WHERE kind IN ('disclosure.made', 'secret.registered')";
        let mut statement = db.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (idx, plain): (i64, String) = (row.get(0)?, row.get(1)?);
            for text in plain.split('\n').filter_map(|item| evidence::item::parse(item).ok()) {
                if let serde_json::Value::String(text) = text.value {
                    texts.entry(text).or_default().push(idx as u64);
                }
            }
        }
        for ack in self.acks.values() {
            if wishes.get(&ack.key) != Some(&(ack.first, ack.events)) {
                broken.push(format!("acknowledged and lost: {ack:?}"));
            }
            let own = ack.key[5] == 0xA5;
            if own && texts.get(&hex::encode(ack.key)) != Some(&vec![ack.first]) {
                broken.push(format!("not there exactly once: {ack:?}"));
            }
        }
        Ok(broken)
    }

    /// A wish that was acknowledged and is sent again gets its first receipt.
    fn not_repeated(&self, journal: &Journal) -> Vec<String> {
        // Would the key be forgotten, the command could only be refused.
        let level = Level::Core;
        let command =
            || domain::Command::LevelSecret { secret: no("MD-9999"), to: level, why: "x".into() };
        let mut broken = Vec::new();
        for ack in self.acks.values().take(RESENT) {
            match journal.submit(Wish { key: ack.key, by: "owner".into(), command: command() }) {
                Ok(again) if again.repeated && again.first == ack.first => {}
                Ok(again) => broken.push(format!("{ack:?} sent again gave {again:?}")),
                Err(Failure::Refused(_)) => broken.push(format!("sent again, not known: {ack:?}")),
                Err(Failure::Store(error)) => broken.push(format!("{error:?}")),
            }
        }
        broken
    }
}
