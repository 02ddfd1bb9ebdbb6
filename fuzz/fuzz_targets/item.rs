//! Items, manifests and event lists: no panic, and one spelling of what is accepted.
#![no_main]

use evidence::dossier::{Events, Manifest};
use evidence::item;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = item::parse(text);
    }
    if let Ok(manifest) = Manifest::from_bytes(bytes) {
        assert_eq!(manifest.to_bytes(), bytes);
    }
    if let Ok(events) = Events::from_bytes(bytes) {
        assert_eq!(events.to_bytes(), bytes);
    }
});
