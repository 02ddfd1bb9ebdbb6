//! Translation keys that nothing mentions.

use crate::shell::{Outcome, files, read, root};

/// Lists keys of the Chinese files that occur in no source and no template.
///
/// A hint, not a fault: some keys are put together from parts.
pub fn list() -> Outcome {
    let crates = root().join("crates");
    let mut sources = String::new();
    for file in files(&crates, &[".rs", ".html"]) {
        sources.push_str(&read(&file)?);
    }
    let mut keys = 0;
    for file in files(&crates.join("words/locales/zh-CN"), &[".ftl"]) {
        let text = read(&file)?;
        for key in text.lines().filter_map(key) {
            keys += 1;
            if !mentions(&sources, key) {
                println!("{}: nothing mentions {key}", file.display());
            }
        }
    }
    println!("{keys} keys");
    Ok(())
}

/// The key a line of a Fluent file defines, if any.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.strip_suffix(' ').unwrap_or(key);
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    (key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.chars().all(plain)).then_some(key)
}

/// Whether `key` occurs as a whole word.
fn mentions(text: &str, key: &str) -> bool {
    let in_word = |c: char| c.is_ascii_alphanumeric() || c == '-';
    text.match_indices(key).any(|(at, _)| {
        !text[..at].ends_with(in_word) && !text[at + key.len()..].starts_with(in_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_mentions() {
        assert_eq!(key("refusal-no-secret = 还没有 = 写"), Some("refusal-no-secret"));
        assert_eq!(key("    .label = 属性"), None);
        assert_eq!(key("# note = 1"), None);
        assert!(mentions("words.get(\"refusal-late\")", "refusal-late"));
        assert!(!mentions("words.get(\"refusal-late-again\")", "refusal-late"));
    }
}
