//! A node and a station exchange letters through carriers that lose, repeat, reorder and spoil
//! bundles, while both are restarted: in the end both ledgers hold the same letters, each once.
//!
//! `MIDUN_SLOW=1` runs a thousand seeds.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::terms::{LetterSort, LetterWay, Role};
use domain::{Moment, Number, Refusal};
use office::{LetterForm, NewNode, Office, Taken, Trouble, World};
use vault::{Unlocked, WorkFactor};

const PASSPHRASE: &str = "a passphrase for tests";

/// Numbers out of a seed (splitmix64): what happens when is the same at each run.
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

fn entropy(buffer: &mut [u8]) {
    getrandom::fill(buffer).expect("random bytes");
}

fn world(clock: &Arc<AtomicI64>) -> World {
    let clock = clock.clone();
    World {
        clock: Arc::new(move || Moment(clock.fetch_add(1_000, Ordering::Relaxed))),
        entropy,
        program: "midun test",
    }
}

/// One side, with what it wrote and what it opened.
pub struct Side {
    dir: tempfile::TempDir,
    world: World,
    office: Option<Office>,
    pub link: Number,
    wrote: Vec<String>,
}

impl Side {
    fn new(role: Role, name: &str, world: World) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let node = NewNode {
            name: name.into(),
            role,
            passphrase: PASSPHRASE.into(),
            work: WorkFactor::new(WorkFactor::LOG_N_MIN).expect("a work factor"),
            shares: None,
            zone: "+08:00".into(),
            language: "zh-CN".into(),
            listen: "127.0.0.1:0".into(),
            program: "midun test".into(),
        };
        office::init(dir.path(), node, &world).expect("a node");
        let link = Number::parse("LW-0001").expect("a number");
        let mut side = Self { dir, world, office: None, link, wrote: Vec::new() };
        side.restart();
        side
    }

    pub fn restart(&mut self) {
        drop(self.office.take());
        self.office = Some(Office::open(self.dir.path(), self.world.clone()).expect("opens"));
    }

    pub fn office(&self) -> &Office {
        self.office.as_ref().expect("open")
    }

    pub fn unlocked(&self) -> Arc<Unlocked> {
        self.office().unlock(PASSPHRASE).expect("the passphrase")
    }

    fn write(&mut self, sort: LetterSort) {
        let text = format!("letter {} of {sort:?}", self.wrote.len() + 1);
        let form = LetterForm {
            sort,
            subject: text.clone(),
            text: String::new(),
            re: None,
            due: None,
            files: vec![("附件.txt".into(), text.clone().into_bytes())],
        };
        let office = self.office();
        match office.write_letter(&office.ask("test"), self.link, &form) {
            Ok((seq, _)) => {
                self.wrote.push(text);
                assert_eq!(seq, self.wrote.len() as u64);
            }
            // The station knows no keys before the node has joined.
            Err(Trouble::Refused(Refusal::NotJoined(_))) => {}
            Err(other) => panic!("{other:?}"),
        }
    }

    pub fn pack(&self) -> Option<Vec<u8>> {
        match self.office().pack(self.link) {
            Ok(bundle) => Some(bundle.to_bytes()),
            Err(Trouble::Refused(Refusal::NotJoined(_))) => None,
            Err(other) => panic!("{other:?}"),
        }
    }

    fn letters(&self, way: LetterWay) -> Vec<(u64, String)> {
        let reader = self.office().reader().expect("a reader");
        let rows = reader.letters_from(self.link, way, 1, 10_000).expect("letters");
        rows.into_iter().map(|row| (row.seq, row.digest)).collect()
    }

    /// What the letters of a way say, opened with this side's vault.
    fn contents(&self, way: LetterWay) -> Vec<String> {
        let (reader, unlocked) = (self.office().reader().expect("a reader"), self.unlocked());
        let rows = reader.letters_from(self.link, way, 1, 10_000).expect("letters");
        rows.iter()
            .map(|row| {
                let content = self.office().letter_content(row, &unlocked).expect("opens");
                assert_eq!(content.files[0], content.head.subject.as_bytes());
                content.head.subject
            })
            .collect()
    }
}

/// A node that has used a station's invitation.
fn pair() -> (Side, Side) {
    pair_of(|_| None)
}

/// The same, with an invitation for the company that the station is told of first.
pub fn pair_of(prepare: impl FnOnce(&Side) -> Option<Number>) -> (Side, Side) {
    let clock = Arc::new(AtomicI64::new(1_800_000_000_000));
    let station = Side::new(Role::Station, "虚构保护工作站", world(&clock));
    let node = Side::new(Role::Enterprise, "虚构科技有限公司", world(&clock));
    let company = prepare(&station);
    let office = station.office();
    let until = office.today().plus_days(14).expect("a day");
    let (_, invitation) =
        office.offer_link(&office.ask("test"), company, until, None).expect("an invitation");
    let text = invitation.to_text();
    let read = link::exchange::Invitation::parse(&text).expect("reads");
    node.office().ask_link(&node.office().ask("test"), &read, None).expect("asks");
    (node, station)
}

pub fn deliver(to: &Side, bundle: &[u8]) -> Taken {
    match to.office().take(bundle) {
        Ok(taken) => taken,
        Err(error) => panic!("{error:?}"),
    }
}

/// Bundles go to and fro until nothing is new.
pub fn settle(node: &Side, station: &Side) {
    for _ in 0..12 {
        let up = deliver(station, &node.pack().expect("a node packs once it asked"));
        let down = deliver(node, &station.pack().expect("a station packs once joined"));
        assert!(up.trouble.is_none() && down.trouble.is_none(), "{up:?} {down:?}");
        if up.letters + down.letters + up.receipts + down.receipts == 0 {
            return;
        }
    }
    panic!("the exchange does not come to rest");
}

fn same(node: &Side, station: &Side) {
    for (from, to) in [(node, station), (station, node)] {
        let (sent, received) = (from.letters(LetterWay::Out), to.letters(LetterWay::In));
        assert_eq!(sent, received, "both ledgers hold the same letters");
        assert_eq!(sent.len(), from.wrote.len(), "each once");
        assert_eq!(to.contents(LetterWay::In), from.wrote, "in their order");
        let counts = from.office().reader().expect("a reader").letter_counts(from.link);
        let counts = counts.expect("counts");
        assert_eq!(counts.receipted, counts.sent, "each with its receipt");
    }
    for side in [node, station] {
        let findings = side.office().fsck(true).expect("fsck runs");
        assert!(findings.problems.is_empty(), "{:?}", findings.problems);
        let anchors = side.office().reader().expect("a reader").anchors().expect("anchors");
        assert!(!anchors.is_empty(), "the other side has cosigned");
    }
}

fn run(seed: u64) {
    let mut dice = Dice(seed);
    let (mut node, mut station) = pair();
    // Bundles on their way: to whom, and the bytes.
    let mut air: Vec<(bool, Vec<u8>)> = Vec::new();
    for _ in 0..60 {
        match dice.below(10) {
            0 | 1 => node.write(LetterSort::Question),
            2 => station.write(LetterSort::Notice),
            3 => air.extend(node.pack().map(|bundle| (true, bundle))),
            4 => air.extend(station.pack().map(|bundle| (false, bundle))),
            5 => match dice.below(4) {
                0 => node.restart(),
                1 => station.restart(),
                _ => {}
            },
            6 if !air.is_empty() => {
                let at = dice.below(air.len());
                air.swap_remove(at); // lost
            }
            7 if !air.is_empty() => {
                // Spoilt on its way: nothing of it may be believed, or only what was signed for.
                let (up, mut bundle) = air[dice.below(air.len())].clone();
                let at = dice.below(bundle.len());
                bundle[at] ^= 1 << dice.below(8);
                let to = if up { &station } else { &node };
                let before = to.letters(LetterWay::In);
                if to.office().take(&bundle).is_ok() {
                    panic!("a changed bundle was taken, byte {at}");
                }
                let after = to.letters(LetterWay::In);
                assert!(after.starts_with(&before));
            }
            _ if !air.is_empty() => {
                // Arrives, and may arrive again later.
                let at = dice.below(air.len());
                let (up, bundle) = air[at].clone();
                if dice.below(3) > 0 {
                    air.swap_remove(at);
                }
                let to = if up { &station } else { &node };
                let before = to.letters(LetterWay::In);
                let taken = deliver(to, &bundle);
                let after = to.letters(LetterWay::In);
                assert_eq!(after.len() as u64, before.len() as u64 + taken.letters);
                assert!(after.starts_with(&before), "what was received stays");
            }
            _ => {}
        }
    }
    settle(&node, &station);
    same(&node, &station);
    // All that is still in the air changes nothing.
    for (up, bundle) in air {
        let taken = deliver(if up { &station } else { &node }, &bundle);
        assert_eq!((taken.letters, taken.receipts), (0, 0));
    }
    same(&node, &station);
}

#[test]
fn whatever_carriers_do_both_ledgers_agree() {
    let slow = std::env::var_os("MIDUN_SLOW").is_some();
    let seeds = if slow { 1_000 } else { 8 };
    for seed in 0..seeds {
        run(seed);
    }
}

#[test]
fn an_invitation_serves_once_and_for_its_station_only() {
    let (node, station) = pair();
    let clock = Arc::new(AtomicI64::new(1_800_000_100_000));
    let first = node.pack().expect("a bundle");
    assert!(deliver(&station, &first).joined);

    // Another node with the same invitation comes too late.
    let thief = Side::new(Role::Enterprise, "虚构盗用者", world(&clock));
    let office = station.office();
    let until = office.today().plus_days(14).expect("a day");
    let (_, invitation) =
        office.offer_link(&office.ask("test"), None, until, None).expect("an invitation");
    let honest = Side::new(Role::Enterprise, "虚构甲公司", world(&clock));
    honest.office().ask_link(&honest.office().ask("test"), &invitation, None).expect("asks");
    thief.office().ask_link(&thief.office().ask("test"), &invitation, None).expect("asks");
    assert!(deliver(&station, &honest.pack().expect("a bundle")).joined);
    let refused = office.take(&thief.pack().expect("a bundle")).expect_err("too late");
    assert_eq!(refused.key(), "trouble-bundle-signature");

    // A wish that is not signed with the one-time key is none.
    let (_, mut forged) =
        office.offer_link(&office.ask("test"), None, until, None).expect("an invitation");
    forged.seed = "07".repeat(32);
    let guess = Side::new(Role::Enterprise, "虚构乙公司", world(&clock));
    guess.office().ask_link(&guess.office().ask("test"), &forged, None).expect("asks");
    let refused = office.take(&guess.pack().expect("a bundle")).expect_err("forged");
    assert_eq!(refused.key(), "trouble-join-refused");

    // And another station takes none of it.
    let other = Side::new(Role::Station, "虚构另一站", world(&clock));
    let refused = other.office().take(&first).expect_err("not its link");
    assert_eq!(refused.key(), "trouble-link-unknown");
}

#[test]
fn a_node_brought_back_from_an_old_copy_is_noticed() {
    let (mut node, station) = pair();
    settle(&node, &station);
    let copy = tempfile::tempdir().expect("a folder");
    drop(node.office.take());
    copy_dir(node.dir.path(), copy.path());
    node.restart();
    (0..3).for_each(|_| node.write(LetterSort::Report));
    settle(&node, &station);

    // The old copy goes on as if nothing had happened since, and writes another letter 1.
    let mut old = Side {
        dir: copy,
        world: node.world.clone(),
        office: None,
        link: node.link,
        wrote: Vec::new(),
    };
    old.restart();
    old.write(LetterSort::Material);
    let taken = deliver(&station, &old.pack().expect("a bundle"));
    let trouble = taken.trouble.expect("two histories");
    assert_eq!(trouble.key(), "refusal-letter-forked");
    // What the station says back makes the copy stop: its ledger is shorter than what was
    // cosigned.
    let stopped = old.office().take(&station.pack().expect("a bundle")).expect_err("rolled back");
    assert_eq!(stopped.key(), "trouble-rolled-back");
    let stopped = old.office().pack(old.link).expect_err("rolled back");
    assert_eq!(stopped.key(), "trouble-rolled-back");
}

fn copy_dir(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("lists") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy_dir(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copies");
        }
    }
}
