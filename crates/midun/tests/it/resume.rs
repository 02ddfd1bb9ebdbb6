//! Sweeps of what stories can't make: killed on the way, and of a git history.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

const STATEMENT: &str = "浆料固含量控制在百分之四十八点五，黏度以旋转黏度计在二十五摄氏度下测量，\
    取值一千二百到一千三百五十毫帕秒，球磨三十六小时后静置脱泡";

pub fn midun(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_midun"));
    command.args(args).current_dir(folder).env("MIDUN_DIR", "node");
    command.env("MIDUN_PASSPHRASE_FILE", "passphrase.txt").env("MIDUN_LANG", "en");
    command
}

#[track_caller]
pub fn told(folder: &Path, args: &[&str]) -> Value {
    let output = midun(folder, args).output().expect("midun runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{args:?}: {said}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// What is kept of a sweep that is under way, in bytes.
fn spooled(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder.join("node/match/sweep")).into_iter().flatten().flatten();
    files.filter_map(|file| Some(file.metadata().ok()?.len())).sum()
}

/// Starts a sweep and kills it once something of it is kept.
fn killed(folder: &Path) {
    let mut sweep = midun(folder, &["--json", "sweep", "share"]);
    let mut sweep = sweep.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
    while spooled(folder) == 0 && sweep.try_wait().expect("a state").is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    drop(sweep.kill());
    sweep.wait().expect("it ends");
    assert!(spooled(folder) > 0, "it was killed on the way");
}

/// All of a report that does not say when it was made.
fn lasting(report: &Value) -> Value {
    let mut report = report["report"].clone();
    for name in ["no", "begun", "ended", "resumed"] {
        report.as_object_mut().expect("an object").remove(name);
    }
    report
}

#[test]
fn a_sweep_that_is_killed_goes_on_and_comes_to_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    std::fs::write(folder.join("passphrase.txt"), "blue heron at noon\n").expect("written");
    std::fs::write(folder.join("one.txt"), STATEMENT).expect("written");
    told(folder, &["--json", "init", "--name", "岚屿(虚构)", "--kdf-log-n", "12"]);
    let add = ["--json", "secret", "add", "--title", "浆料", "--kind", "technical"];
    told(folder, &[&add[..], &["--level", "core", "--statement", "one.txt"]].concat());
    let share = folder.join("share");
    std::fs::create_dir(&share).expect("a folder");
    let filler = "another line of no interest, number after number\n".repeat(2_000);
    for n in 0..900 {
        let text = match n % 97 {
            0 => format!("{n} {filler}{STATEMENT}"),
            _ => format!("{n} {filler}"),
        };
        std::fs::write(share.join(format!("{n:04}.txt")), text).expect("written");
    }
    std::fs::write(share.join("broken.zip"), "PK\u{3}\u{4} broken").expect("written");
    let whole = told(folder, &["--json", "sweep", "share"]);
    assert_eq!(whole["report"]["resumed"], 0);
    assert_eq!(spooled(folder), 0, "what is recorded is kept no longer");

    killed(folder);
    let text = &STATEMENT.as_bytes()[..12];
    for file in std::fs::read_dir(folder.join("node/match/sweep")).expect("a folder").flatten() {
        let bytes = std::fs::read(file.path()).expect("read");
        assert!(!bytes.windows(12).any(|window| window == text || window == b"share/0000.t"));
    }
    let gone_on = told(folder, &["--json", "sweep", "share"]);
    assert!(gone_on["report"]["resumed"].as_u64().expect("a number") > 0, "{gone_on}");
    assert_eq!(lasting(&gone_on), lasting(&whole));

    // A file that has changed is read again, and `--fresh` reads all.
    killed(folder);
    std::fs::write(share.join("0000.txt"), "nothing any more").expect("written");
    let other = told(folder, &["--json", "sweep", "share"]);
    let hits = |of: &Value| of["report"]["hits"].as_array().expect("a list").len();
    assert_eq!(hits(&other) + 1, hits(&whole));
    let fresh = told(folder, &["--json", "sweep", "share", "--fresh"]);
    assert_eq!(lasting(&fresh), lasting(&other));
}

fn git(folder: &Path, args: &[&str]) -> bool {
    git_on(folder, args, "2026-01-02T03:04:05")
}

/// Runs git as if it were a certain time.
pub fn git_on(folder: &Path, args: &[&str], time: &str) -> bool {
    let mut command = Command::new("git");
    command.args(args).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null());
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "x").env(format!("GIT_{who}_EMAIL"), "x@example");
        command.env(format!("GIT_{who}_DATE"), time);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").status().is_ok_and(|status| status.success())
}

#[test]
fn what_a_git_history_holds_is_found_though_it_was_deleted() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    std::fs::write(folder.join("passphrase.txt"), "blue heron at noon\n").expect("written");
    std::fs::write(folder.join("one.txt"), STATEMENT).expect("written");
    told(folder, &["--json", "init", "--name", "岚屿(虚构)", "--kdf-log-n", "12"]);
    let add = ["--json", "secret", "add", "--title", "浆料", "--kind", "technical"];
    told(folder, &[&add[..], &["--level", "core", "--statement", "one.txt"]].concat());
    let code = folder.join("code");
    std::fs::create_dir(&code).expect("a folder");
    if !git(&code, &["init", "-q"]) {
        // Tests of the program without git still run below.
        return;
    }
    std::fs::write(code.join("工艺.md"), format!("# 工艺\n{STATEMENT}\n")).expect("written");
    assert!(git(&code, &["add", "."]) && git(&code, &["commit", "-q", "-m", "one"]));
    std::fs::write(code.join("工艺.md"), "# 工艺\n见内网\n").expect("written");
    assert!(git(&code, &["commit", "-q", "-a", "-m", "two"]) && git(&code, &["gc", "-q"]));
    let swept = told(folder, &["--json", "sweep", "code"]);
    let found = swept["report"]["hits"][0]["found"][0].clone();
    assert!(found["inside"].as_str().is_some_and(|at| at.starts_with("工艺.md@")), "{swept}");
    assert!(
        swept["report"]["hits"][0]["path"].as_str().is_some_and(|at| at.ends_with(".git!/git"))
    );

    let mut without = midun(folder, &["--json", "sweep", "code"]);
    let without = without.env("PATH", "").output().expect("midun runs");
    let without: Value = serde_json::from_slice(&without.stdout).expect("JSON");
    let faults = without["report"]["faults"].as_array().expect("a list");
    assert!(faults.iter().any(|fault| fault["why"] == "no-git"), "{without}");
    assert_eq!(without["report"]["hits"].as_array().expect("a list").len(), 0);

    std::fs::write(code.join(".git/HEAD"), "nothing of the kind").expect("written");
    let broken = told(folder, &["--json", "sweep", "code"]);
    let faults = broken["report"]["faults"].as_array().expect("a list");
    assert!(faults.iter().any(|fault| fault["why"] == "damaged-git"), "{broken}");
}
