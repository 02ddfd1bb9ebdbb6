//! Kills and power cuts under load: nothing acknowledged is lost, and the log never goes back.
//!
//! A kill leaves what the process wrote to the system; a power cut does not. So kills prove the
//! journal's own order, and power cuts prove that it waits for the disk.

use std::path::Path;
use std::time::{Duration, Instant};

use forgetful::Disk;

use crate::load::{Load, Promised};

/// What each run acknowledges at least before it is killed or cut.
const ACKNOWLEDGED: usize = 100;
/// Kills or cuts that one node goes through.
const ROUNDS_PER_NODE: u32 = 10;
/// The power fails at one of so many changes on the disk.
const CHANGES_MAX: u64 = 600;

/// Runs in an everyday test, and all of them with `MIDUN_SLOW`.
fn runs() -> u32 {
    if std::env::var_os("MIDUN_SLOW").is_some() { 200 } else { 6 }
}

/// A number that is the same for the same run, and spread widely.
fn spread(run: u32) -> u64 {
    u64::from(run).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20
}

fn say(text: &str) {
    use std::io::Write as _;
    // Through the handle, so that it is read also when the test is good.
    drop(std::io::stderr().write_all(format!("{text}\n").as_bytes()));
}

/// A disk that forgets, or `None` and a word why not.
pub(crate) fn disk(folder: &Path, seed: u64) -> Option<Disk> {
    Disk::mount(folder, seed)
        .map_err(|error| say(&format!("SKIPPED: no FUSE file system can be mounted here: {error}")))
        .ok()
}

#[test]
fn kills_lose_nothing_that_was_acknowledged() {
    let mut acknowledged = 0;
    for chain in 0..runs().div_ceil(ROUNDS_PER_NODE) {
        let folder = tempfile::tempdir().unwrap();
        let mut promised = Promised::default();
        for round in 0..ROUNDS_PER_NODE.min(runs()) {
            let run = chain * ROUNDS_PER_NODE + round;
            let mut load = Load::start(folder.path(), round, false);
            load.wait_for(ACKNOWLEDGED);
            std::thread::sleep(Duration::from_micros(spread(run) % 30_000));
            acknowledged += load.kill(&mut promised);
            assert_eq!(promised.broken(folder.path()), [""; 0], "run {run}");
        }
    }
    say(&format!("{} kills, {acknowledged} acknowledged, none lost", runs()));
}

#[test]
fn power_cuts_lose_nothing_that_was_acknowledged() {
    let mut acknowledged = 0;
    for chain in 0..runs().div_ceil(ROUNDS_PER_NODE) {
        let folder = tempfile::tempdir().unwrap();
        let Some(mut disk) = disk(folder.path(), spread(chain)) else { return };
        let mut promised = Promised::default();
        for round in 0..ROUNDS_PER_NODE.min(runs()) {
            let run = chain * ROUNDS_PER_NODE + round;
            acknowledged += cut_under_load(&mut disk, run, round, false, &mut promised);
            assert_eq!(promised.broken(folder.path()), [""; 0], "run {run}");
        }
    }
    say(&format!("{} power cuts, {acknowledged} acknowledged, none lost", runs()));
}

/// The tests of power cuts would see it when commits were not synced, or the disk lied.
#[test]
fn careless_commits_and_lying_disks_are_caught() {
    for (careless, lying) in [(true, false), (false, true)] {
        let mut caught = 0;
        let rounds = runs().min(20) / 2;
        for run in 0..rounds {
            let folder = tempfile::tempdir().unwrap();
            let Some(mut disk) = disk(folder.path(), spread(run)) else { return };
            let mut promised = Promised::default();
            // A first round in good order, so that there is something to fall back to.
            cut_under_load(&mut disk, run, 0, false, &mut promised);
            assert_eq!(promised.broken(folder.path()), [""; 0]);
            if lying {
                disk.lie();
            }
            cut_under_load(&mut disk, run, 1, careless, &mut promised);
            let broken = promised.broken(folder.path());
            caught += u32::from(!broken.is_empty());
        }
        say(&format!(
            "careless {careless}, lying {lying}: {caught} of {rounds} cuts lost something"
        ));
        // Now and then all that matters was written back in time.
        assert!(2 * caught > rounds, "{caught} of {rounds} caught");
    }
}

/// Loads the disk's node until the power fails in the middle; gives the number acknowledged.
fn cut_under_load(
    disk: &mut Disk,
    run: u32,
    round: u32,
    careless: bool,
    promised: &mut Promised,
) -> usize {
    let mut load = Load::start(disk.path(), round, careless);
    load.wait_for(ACKNOWLEDGED);
    disk.cut_after(spread(run) % CHANGES_MAX);
    let begun = Instant::now();
    while !disk.is_off() && begun.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(1));
    }
    assert!(disk.is_off(), "the power never failed: {}", load.state());
    let acknowledged = load.kill(promised);
    disk.power_up();
    acknowledged
}
