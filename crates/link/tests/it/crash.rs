//! A witness that is killed while many logs talk to it, honest ones and one that shows two faces.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ledger::checkpoint::Checkpoint;
use ledger::hash::Hash;
use ledger::note::Note;
use link::{Client, Submitted, Witness, witness_router};

use crate::bench::{History, Log, WITNESS, clock};

const FOLDER: &str = "LINK_TEST_WITNESS_FOLDER";
const LOGS: usize = 6;
const ROUNDS: u64 = 6;
const WAIT: Duration = Duration::from_secs(10);

/// Not a test: the process that [`killed_witnesses_keep_their_word`] kills.
#[test]
fn serve_until_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let witness = Witness::open(Path::new(&folder), clock()).unwrap();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("serving {}", listener.local_addr().unwrap());
        axum::serve(listener, witness_router(witness)).await.unwrap();
    });
}

struct Served {
    child: Child,
    url: String,
}

impl Served {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crash::serve_until_killed", "--nocapture", "--test-threads=1"])
            .env(FOLDER, folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines
            .map(Result::unwrap)
            .find_map(|line| line.split_once("serving ").map(|(_, address)| address.to_owned()))
            .unwrap();
        Self { child, url: format!("http://{address}") }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill(); // SIGKILL: no farewell
        let _ = self.child.wait();
    }
}

/// What the witness has said yes to: for each log and size the root, and the largest size.
#[derive(Default)]
struct Said {
    roots: HashMap<(usize, u64), Hash>,
    largest: HashMap<usize, u64>,
    count: usize,
}

impl Said {
    fn hear(&mut self, log: usize, checkpoint: &Checkpoint) {
        let root = *self.roots.entry((log, checkpoint.size)).or_insert(checkpoint.root);
        assert_eq!(root, checkpoint.root, "log {log}: two roots for size {}", checkpoint.size);
        let largest = self.largest.entry(log).or_default();
        *largest = checkpoint.size.max(*largest);
        self.count += 1;
    }
}

#[test]
fn killed_witnesses_keep_their_word() {
    if std::env::var_os(FOLDER).is_some() {
        return;
    }
    let folder = tempfile::TempDir::new().unwrap();
    let witness = Witness::create(folder.path(), WITNESS, &[1; 32], clock()).unwrap();
    let vkey = witness.vkey();
    let logs: Vec<Log> = (0..LOGS).map(|at| Log::new(&format!("log.example/{at}"))).collect();
    for log in &logs {
        witness.add_log(log.origin(), &log.key.verifier()).unwrap();
    }
    drop(witness);

    let said = Mutex::new(Said::default());
    for round in 0..ROUNDS {
        let served = Served::start(folder.path());
        check_memory(&served.url, &logs, &said.lock().unwrap());
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for (at, log) in logs.iter().enumerate() {
                for history in [History::True, History::Forged] {
                    let (said, stop) = (&said, &stop);
                    let (url, vkey) = (served.url.clone(), vkey.clone());
                    scope.spawn(move || {
                        let hear = |note: &Note| {
                            note.verify(std::slice::from_ref(&vkey)).unwrap();
                            let checkpoint = Checkpoint::parse(&note.text).unwrap();
                            said.lock().unwrap().hear(at, &checkpoint);
                        };
                        talk(log, history, &url, stop, hear);
                    });
                }
            }
            // Killed at another moment each time, always under load.
            std::thread::sleep(Duration::from_millis(150 + 70 * round));
            drop(served);
            stop.store(true, Ordering::Relaxed);
        });
    }
    let served = Served::start(folder.path());
    let said = said.into_inner().unwrap();
    check_memory(&served.url, &logs, &said);
    assert!(said.count > 50, "only {} cosignatures: that was no load", said.count);
    println!("{} cosignatures, {ROUNDS} kills, none forgotten", said.count);
}

/// After a kill: each log's latest is at least what was said, and its root is that of then.
fn check_memory(url: &str, logs: &[Log], said: &Said) {
    let client = Client::new(&[]);
    for (at, log) in logs.iter().enumerate() {
        let Some(&largest) = said.largest.get(&at) else { continue };
        let note = client.fetch_latest(url, log.origin(), WAIT).unwrap().unwrap();
        let checkpoint = Checkpoint::parse(&note.text).unwrap();
        assert!(checkpoint.size >= largest, "log {at} forgot {largest}");
        if let Some(root) = said.roots.get(&(at, checkpoint.size)) {
            assert_eq!(*root, checkpoint.root, "log {at}");
        }
    }
}

/// Grows one history step by step; told another size, it goes on from there.
fn talk(log: &Log, history: History, url: &str, stop: &AtomicBool, hear: impl Fn(&Note)) {
    let client = Client::new(&[]);
    let mut old = 0;
    let mut size = 1;
    while !stop.load(Ordering::Relaxed) && size < 200 {
        let request = log.request(old, size, history);
        match client.submit_checkpoint(url, old, &request.proof, &request.note, WAIT) {
            Ok(Submitted::Cosigned(lines)) => {
                let mut note = request.note;
                note.signatures = lines;
                hear(&note);
                (old, size) = (size, size + 1);
            }
            Ok(Submitted::Behind { size: theirs }) => (old, size) = (theirs, theirs + 1),
            // The other face was faster; from here on only one of the two can grow.
            Ok(Submitted::Refused { status: 422, .. }) => size += 1,
            Ok(other) => panic!("{other:?}"),
            Err(_) => return, // killed
        }
    }
}
