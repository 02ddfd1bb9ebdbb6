//! Every key that code or page uses is published, and every published key is used.

use std::collections::BTreeSet;
use std::fs;

use evidence::verify::{CLAIM_KEYS, PAGE_KEYS, WHY_KEYS};

/// All words in double or single quotes that start with `prefix`.
fn quoted(text: &str, prefix: &str) -> BTreeSet<String> {
    let is_key = |word: &&str| {
        word.starts_with(prefix)
            && word.len() > prefix.len()
            && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    text.split(['"', '\'']).filter(is_key).map(str::to_owned).collect()
}

fn published(keys: &[(&str, &[&str])]) -> BTreeSet<String> {
    let set: BTreeSet<String> = keys.iter().map(|(key, _)| (*key).to_owned()).collect();
    assert_eq!(set.len(), keys.len(), "a key stands twice");
    set
}

#[test]
fn keys_of_the_verdict() {
    let mut code = String::new();
    for file in fs::read_dir("src/verify").unwrap() {
        let path = file.unwrap().path();
        if !path.ends_with("keys.rs") {
            code.push_str(&fs::read_to_string(path).unwrap());
        }
    }
    assert_eq!(quoted(&code, "claim-"), published(CLAIM_KEYS));
    assert_eq!(quoted(&code, "why-"), published(WHY_KEYS));
}

#[test]
fn keys_of_the_page() {
    let page = fs::read_to_string("../dossier/assets/verify.html").unwrap();
    let mut published = published(PAGE_KEYS);
    // Put together from a state's name, or from a standing's.
    for key in ["page-holds", "page-fails", "page-open", "standing-unknown"] {
        assert!(published.remove(key), "{key}");
    }
    assert_eq!(quoted(&page, "page-"), published);
}
