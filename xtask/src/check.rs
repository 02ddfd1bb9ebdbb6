//! What must hold before a commit.

use crate::shell::{Outcome, answers, cargo, command, execute, target};
use crate::{Options, edges};

/// Format, edges between rooms, clippy, then licences, bans and known holes.
pub fn run(_: &Options) -> Outcome {
    execute(&mut cargo(&["fmt", "--all", "--check"]))
        .map_err(|trouble| format!("{trouble}\nmend it with `cargo fmt --all`"))?;
    edges::check()?;
    execute(&mut cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--quiet",
        "--",
        "-D",
        "warnings",
    ]))?;
    deny()
}

/// The cargo-deny of this machine: installed for all, or by `cargo xtask tools`.
pub fn deny_program() -> Option<std::path::PathBuf> {
    let own = target().join("tools/bin/cargo-deny");
    [own, "cargo-deny".into()].into_iter().find(|program| answers(program, "--version"))
}

fn deny() -> Outcome {
    let Some(program) = deny_program() else {
        println!("cargo-deny is not installed, licences not checked: run `cargo xtask tools`");
        return Ok(());
    };
    execute(&mut command(
        &program,
        &[
            "--locked",
            "--workspace",
            "check",
            "--hide-inclusion-graph",
            "licenses",
            "bans",
            "sources",
        ],
    ))?;
    // The list of known holes is a git repository; where it cannot be fetched, say so and go on.
    let fetched = command(&program, &["fetch", "db"]).output();
    if !fetched.is_ok_and(|output| output.status.success()) {
        println!("advisories NOT CHECKED: the RustSec database cannot be fetched from here");
        return Ok(());
    }
    execute(&mut command(
        &program,
        &["--locked", "--offline", "--workspace", "check", "--hide-inclusion-graph", "advisories"],
    ))
}
