//! The instructions work as printed: they are run on a real dossier with the tools they name.

use std::process::Command;

use dossier::Withheld;

use crate::package::{package, package_of};
use crate::sample::small_company;

fn have(tool: &str, arg: &str) -> bool {
    Command::new(tool).arg(arg).output().is_ok_and(|answer| answer.status.success())
}

fn have_all() -> bool {
    let all = have("bash", "--version")
        && have("unzip", "-v")
        && have("sha256sum", "--version")
        && have("openssl", "version");
    if !all {
        eprintln!("skipped: bash, unzip, sha256sum or openssl is not installed");
    }
    all
}

/// Unpacks a dossier as the text says, changes something, runs all commands, and gives what they
/// print and complain.
fn run(bytes: &[u8], text: &str, change: &str) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("JZ-0001.zip"), bytes).unwrap();
    let script = format!(
        "unzip -q JZ-0001.zip -d JZ-0001 && cd JZ-0001 && {change}\nsed -n 's/^    //p' {text} | bash"
    );
    let answer =
        Command::new("bash").arg("-c").arg(script).current_dir(folder.path()).output().unwrap();
    let printed = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (printed(answer.stdout), printed(answer.stderr))
}

#[test]
fn every_command_works_as_printed() {
    if !have_all() {
        return;
    }
    let all = Withheld { statements: true, carriers: true, papers: true, names: true };
    for (withheld, text, holds, fails, whole) in [
        (Withheld::default(), "HOWTO.zh-CN.txt", "成立  ", "不成立  ", "全部成立"),
        (all, "HOWTO.en.txt", "holds  ", "FAILS  ", "ALL HOLDS"),
    ] {
        let bytes = package(withheld);
        let (out, complaints) = run(&bytes, text, "true");
        assert_eq!(complaints, "", "{out}");
        assert!(!out.lines().any(|line| line.starts_with(fails)), "{out}");
        assert_eq!(out.lines().last(), Some(whole), "{out}");
        let held: Vec<&str> = out.lines().filter_map(|line| line.strip_prefix(holds)).collect();
        let contents = crate::sample::company().contents(withheld);
        let files = contents.entries.iter().filter(|entry| entry.file.is_some()).count();
        // Sums, manifest; two for each event and for dossier.built; files; the log's key and
        // signature; two for each anchor; cosignatures: two and one in anchors, one in the newest;
        // a time-stamp.
        let expected = 2 + 2 * (contents.entries.len() + 1) + files + 2 + 2 * 2 + 4 + 1;
        assert_eq!(held.len(), expected, "{out}");
        assert!(held.iter().any(|line| line.contains("neutral-witness.association.example.org.cn, 2026-11-24")));
        assert!(out.contains("Time stamp: Nov 24 00:11:40 2026 GMT"), "{out}");
    }
}

#[test]
fn the_commands_notice_what_was_changed() {
    if !have_all() {
        return;
    }
    let bytes = package_of(small_company(), Withheld::default());
    // Each change, and what then fails beside the checksums.
    for (change, expected) in [
        (r#"sed -i 's/"no":"JZ-0001"/"no":"JZ-0002"/' manifest.json"#, "manifest.json"),
        ("printf x >> files/MD-0001/carrier-01.csv", "files/MD-0001/carrier-01.csv <- "),
        ("printf x >> anchors/001/checkpoint", "anchors/001/1.tsr"),
        // Another size under the old signature.
        ("sed -i 2s/^/1/ anchors/001/checkpoint", "anchors/001/checkpoint <- log.example/a1b2"),
        ("cp anchors/001/checkpoint checkpoint", "entry 4"),
        ("cp anchors/001/consistency anchors/002/consistency", "anchors/002/consistency"),
        // An item of the statement, entry 4, replaced by another of the same entry.
        (
            r#"sed -i 's/\("index":4,"items":\["\)W[^"]*","\([^"]*\)"/\1\2","\2"/' events.json"#,
            "entry 4",
        ),
    ] {
        let (out, _) = run(&bytes, "HOWTO.en.txt", change);
        let fails: Vec<&str> = out.lines().filter_map(|l| l.strip_prefix("FAILS  ")).collect();
        assert!(fails.contains(&"SHA256SUMS"), "{change}: {out}");
        assert!(fails.iter().any(|line| line.starts_with(expected)), "{change}: {fails:?}");
        assert_eq!(out.lines().last(), Some("SOMETHING FAILS"));
    }
}

#[test]
fn names_can_not_become_commands() {
    let mut contents = crate::sample::company().contents(Withheld::default());
    if let domain::Event::NodeCreated(event) = &mut contents.entries[0].event {
        event.name = "x\n    rm -rf .".into();
    }
    for lang in words::Lang::ALL {
        let text = dossier::howto(&contents, lang);
        assert!(text.contains("x     rm -rf ."));
        assert!(!text.contains("\n    rm"));
        assert!(!text.contains("{{"), "a place is still empty");
    }
}
