//! Stories told to the built program, each in a fresh folder: `tests/stories/*.story`. Adding a
//! file adds a test.
//!
//! `MIDUN_TOLD_BY` names another program to tell them to, such as one for Windows under Wine.

mod backup;
mod resume;
mod tale;
mod tracing;
mod work;

use std::path::Path;

#[test]
fn stories() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let only = std::env::var("MIDUN_STORY").unwrap_or_default();
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the stories are there")
        .map(|entry| entry.expect("a story").path())
        .filter(|path| path.to_string_lossy().contains(&only))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no story is named like {only}");
    // Each in a thread of its own: most of the time goes into waiting for the disk.
    let faults: Vec<String> = std::thread::scope(|scope| {
        let told: Vec<_> = files.iter().map(|file| scope.spawn(move || tale::tell(file))).collect();
        told.into_iter()
            .filter_map(|one| one.join().unwrap_or_else(|_| Err("a story panicked".into())).err())
            .collect()
    });
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n\n"));
}
