//! Restoring an old backup is noticed: a witness has seen more.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

/// Ends what it holds, also when the test fails.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn midun(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_midun"));
    command.args(args).current_dir(folder).env("MIDUN_DIR", "node");
    command.env("MIDUN_PASSPHRASE_FILE", "passphrase.txt").env("MIDUN_LANG", "en");
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    midun(folder, args).output().expect("midun runs")
}

#[track_caller]
fn told(folder: &Path, args: &[&str]) -> serde_json::Value {
    let output = run(folder, args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{args:?}: {said}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn an_old_backup_is_noticed_by_asking_a_witness() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    std::fs::write(folder.join("passphrase.txt"), "blue heron at noon\n").expect("written");
    let init = told(folder, &["--json", "init", "--name", "岚屿(虚构)", "--kdf-log-n", "12"]);
    let log = init["log"].as_str().expect("a key");
    let serve = ["--json", "witness", "serve", "--state", "w", "--name", "w.example", "--listen"];
    let mut serve = midun(folder, &[&serve[..], &["127.0.0.1:0", "--log", log]].concat());
    let mut witness = Running(serve.stdout(Stdio::piped()).spawn().expect("it runs"));
    let mut line = String::new();
    let out = witness.0.stdout.take().expect("its words");
    BufReader::new(out).read_line(&mut line).expect("a line");
    let witness: serde_json::Value = serde_json::from_str(&line).expect("JSON");
    let (key, url) = (witness["key"].as_str().expect("key"), witness["url"].as_str().expect("url"));
    let add = ["--json", "witness", "add", "--key", key, "--url", url];
    told(folder, &[&add[..], &["--relation", "independent"]].concat());
    told(folder, &["--json", "witness", "ask"]);
    told(folder, &["--json", "backup", "old"]);

    // Nothing came after: the witness says that this is the newest.
    let first = told(folder, &["--json", "restore", "old", "--to", "first"]);
    assert_eq!(first["newest"]["confirmed"][0], "w.example", "{first}");

    told(folder, &["--json", "person", "add", "--name", "顾示二"]);
    told(folder, &["--json", "witness", "ask"]);
    let refused = run(folder, &["restore", "old", "--to", "second"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains("old copy"), "{said}");
    assert!(!folder.join("second").exists(), "nothing stays behind");
    let read = ["--json", "restore", "old", "--to", "second", "--accept-loss"];
    let older = told(folder, &read);
    assert_eq!(older["newest"]["older"]["by"], "w.example", "{older}");
    let size = older["size"].as_u64().expect("a size");
    assert_eq!(older["newest"]["older"]["seen"].as_u64(), Some(size + 1));
}
