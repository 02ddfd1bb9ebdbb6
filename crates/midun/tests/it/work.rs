//! Own work: repositories that `git` made, recorded, rewritten, and looked through.

use std::path::Path;

use serde_json::Value;

use crate::resume::{git_on, midun, told};

const FIRST: &str = "浆料固含量控制在百分之四十八点五，黏度以旋转黏度计在二十五摄氏度下测量，\
    取值一千二百到一千三百五十毫帕秒。";
const SECOND: &str = "球磨三十六小时后静置脱泡，再按第二曲线升温烧结并保温四十分钟，冷却段每分钟\
    不超过三摄氏度，出炉后立即真空包装。";

fn git(repo: &Path, args: &[&str], day: &str) {
    assert!(git_on(repo, args, &format!("{day}T08:00:00Z")), "{args:?}");
}

fn commit(repo: &Path, day: &str, file: &str, text: &str) {
    std::fs::write(repo.join(file), text).expect("written");
    git(repo, &["add", "."], day);
    git(repo, &["commit", "--quiet", "--message", "x"], day);
}

fn share(of: &Value, units: &Value) -> f64 {
    units.as_f64().expect("a number") / of["units"].as_f64().expect("a number")
}

#[test]
fn own_work_is_recorded_continued_and_looked_through() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    std::fs::write(folder.join("passphrase.txt"), "blue heron at noon\n").expect("written");
    told(folder, &["--json", "init", "--name", "岚屿(虚构)", "--kdf-log-n", "12"]);
    let repo = folder.join("repo");
    std::fs::create_dir(&repo).expect("a folder");
    if !git_on(&repo, &["init", "--quiet", "--initial-branch", "main"], "2024-01-01T08:00:00Z") {
        // There is no git on this machine; that it is said then, the sweeps' tests look at.
        return;
    }
    commit(&repo, "2024-02-03", "paste.txt", FIRST);
    let record = |more: &[&str]| {
        let args = ["--json", "work", "record", "repo/.git", "notes", "--what", "paste"];
        told(folder, &[&args, more].concat())["work"].clone()
    };
    let notes = folder.join("notes");
    std::fs::create_dir(&notes).expect("a folder");
    std::fs::write(notes.join("log.txt"), "记录本").expect("written");
    let one = record(&[]);
    assert_eq!((&one["commits"], &one["files"]), (&1.into(), &1.into()), "{one}");
    assert_eq!(one["days"][0], "2024-02-03");

    commit(&repo, "2024-05-06", "paste.txt", &format!("{FIRST}{SECOND}"));
    commit(&repo, "2024-05-07", "other.txt", "别的");
    let two = record(&["--after", "YF-0001"]);
    assert_eq!((&two["commits"], &two["thread"]), (&3.into(), &"unbroken".into()));
    assert_ne!(one["chain"], two["chain"]);

    // What somebody says is theirs: both halves, and something that never stood here.
    let disputed = format!("{FIRST}{SECOND}此外另有一段从未见于本单位任何材料的完全不同的内容。");
    std::fs::write(folder.join("disputed.txt"), disputed).expect("written");
    let firsts = told(folder, &["--json", "work", "trace", "YF-0002", "disputed.txt"]);
    let recorded = firsts["recorded"].as_array().expect("a list");
    assert_eq!(recorded.iter().map(|row| &row[0]).collect::<Vec<_>>(), ["YF-0001", "YF-0002"]);
    let [first, both] = [0, 1].map(|at| share(&firsts, &recorded[at][2]));
    assert!(first > 0.3 && first < 0.5 && both > 0.7 && both < 0.9, "{firsts}");
    let appeared = firsts["appeared"].as_array().expect("a list");
    assert_eq!(appeared.len(), 2, "the third commit brought nothing of it: {firsts}");
    assert_eq!(
        (&appeared[0]["record"], &appeared[1]["record"]),
        (&"YF-0001".into(), &"YF-0002".into())
    );
    let out = folder.join("report.pdf");
    told(folder, &["--json", "work", "trace", "YF-0002", "disputed.txt", "--out", "report.pdf"]);
    assert!(std::fs::read(out).expect("written").starts_with(b"%PDF"));

    // A file that changes and a history that is rewritten are told apart.
    std::fs::write(notes.join("log.txt"), "改过").expect("written");
    assert_eq!(record(&["--after", "YF-0002"])["thread"], "changed");
    git(&repo, &["commit", "--quiet", "--amend", "--message", "y"], "2024-05-08");
    assert_eq!(record(&["--after", "YF-0003"])["thread"], "rewritten");
    // The old commit is still there for whoever asks for it, but nothing leads to it.
    git(&repo, &["reflog", "expire", "--expire=now", "--all"], "2024-05-08");
    let firsts = told(folder, &["--json", "work", "trace", "YF-0003", "disputed.txt"]);
    assert_eq!(firsts["gone"], 1, "{firsts}");

    for (args, words) in [
        (&["work", "trace", "YF-0009", "disputed.txt"][..], "YF-0009"),
        (&["work", "trace", "YF-0001", "notes/log.txt"], "63"),
        (&["work", "record", "nowhere", "--what", "x"], "nowhere"),
        (&["work", "record", "notes", "--what", " "], "Work"),
    ] {
        let output = midun(folder, args).output().expect("midun runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(words), "{args:?}: {said}");
    }
    let shown = midun(folder, &["work", "show", "YF-0004"]).output().expect("midun runs");
    assert!(String::from_utf8_lossy(&shown.stdout).contains("rewritten"));
    assert!(midun(folder, &["fsck", "--replay"]).status().expect("midun runs").success());
}
