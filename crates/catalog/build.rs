//! Puts every file of the top-level folder `catalog/` into the program, so that adding a file is
//! all it takes. Stories stay outside: only tests read them.

// The room itself does no input or output; building it does.
#![allow(clippy::disallowed_methods)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The folders of the catalog.
const FOLDERS: &[&str] = include!("src/folders.rs");

fn main() {
    let root = PathBuf::from(env("CARGO_MANIFEST_DIR")).join("../../catalog");
    let mut files = Vec::new();
    for folder in FOLDERS {
        let folder_path = root.join(folder);
        println!("cargo::rerun-if-changed={}", folder_path.display());
        for entry in std::fs::read_dir(&folder_path).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".toml") && !name.ends_with(".case.toml") {
                files.push((format!("{folder}/{name}"), entry.path()));
            }
        }
    }
    files.sort();
    let mut list = String::from("&[\n");
    for (name, path) in &files {
        println!("cargo::rerun-if-changed={}", path.display());
        let path = path.canonicalize().unwrap_or_else(|_| path.clone());
        let _ = writeln!(list, "    ({name:?}, include_str!({path:?})),");
    }
    list.push(']');
    let out = Path::new(&env("OUT_DIR")).join("files.rs");
    if let Err(trouble) = std::fs::write(&out, list) {
        panic!("{}: {trouble}", out.display());
    }
}

fn env(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("cargo sets {name}"))
}
