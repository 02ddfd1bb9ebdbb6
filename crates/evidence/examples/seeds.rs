//! Writes the seeds of `fuzz/corpus`: `cargo run -p evidence --example seeds fuzz/corpus`.
#![allow(clippy::unwrap_used)]

#[path = "../tests/it/sample.rs"]
#[allow(dead_code)]
mod sample;

use std::fs;
use std::path::PathBuf;

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap());
    let put = |target: &str, name: &str, bytes: &[u8]| {
        let folder = folder.join(target);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("seed-{name}")), bytes).unwrap();
    };
    for (name, recipe) in [("small", sample::small_recipe()), ("whole", sample::recipe())] {
        let dossier = recipe.build();
        put("container", name, &dossier);
        put("verifier", name, &[&[63][..], &dossier].concat());
        let mut entries = sample::Entries::of(&dossier);
        put("item", &format!("{name}-manifest"), entries.get("manifest.json"));
        put("item", &format!("{name}-events"), entries.get("events.json"));
        put("note", &format!("{name}-checkpoint"), entries.get("checkpoint"));
        put("note", &format!("{name}-policy"), entries.get("policy.txt"));
        put("note", &format!("{name}-proof"), entries.get("proofs/0000000003.tlog-proof"));
    }
    let node = sample::recipe().node;
    put("item", "text", node.events[4][6].as_bytes());
}
