//! Every key that a dossier may use has words in both languages.

use std::collections::BTreeSet;
use std::path::Path;

use domain::terms::Purpose;
use dossier::{Gap, LAW_ALWAYS, MatrixGap, law_for_purpose};
use evidence::verify::{CLAIM_KEYS, PAGE_KEYS, WHY_KEYS};
use words::{Lang, has};

#[track_caller]
fn assert_words<T: AsRef<str>>(keys: impl IntoIterator<Item = T>) {
    let missing: Vec<String> = keys
        .into_iter()
        .filter(|key| !Lang::ALL.iter().all(|&lang| has(lang, key.as_ref())))
        .map(|key| key.as_ref().to_owned())
        .collect();
    assert!(missing.is_empty(), "no words for {missing:?}");
}

/// All texts in quotes in the sources that look like keys of these rooms.
fn keys_in(folder: &Path, keys: &mut BTreeSet<String>) {
    const PREFIXES: [&str; 15] = [
        "report-",
        "conclusion-",
        "factor-",
        "presumed-",
        "before-",
        "far-",
        "gap-",
        "law-",
        "matrix-gap-",
        "matrix-head-",
        "check-",
        "shows-",
        "measure-",
        "howto-",
        "withheld-",
    ];
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            keys_in(&path, keys);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let quoted = text.split('"').filter(|part| {
            PREFIXES.iter().any(|prefix| part.starts_with(prefix) && part.len() > prefix.len())
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        });
        keys.extend(quoted.map(str::to_owned));
    }
}

#[test]
fn keys_in_the_sources_have_words() {
    let mut keys = BTreeSet::new();
    keys_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut keys);
    assert!(keys.len() > 200, "only {} keys were found", keys.len());
    assert_words(keys);
}

#[test]
fn keys_put_together_have_words() {
    assert_words(Gap::KEYS);
    assert_words(Gap::KEYS.iter().map(|key| format!("{key}-next")));
    for purpose in Purpose::ALL {
        let word = purpose.word();
        assert_words([format!("report-title-{word}"), format!("report-notice-{word}")]);
        let law = LAW_ALWAYS.iter().chain(law_for_purpose(*purpose));
        assert_words(law.flat_map(|cited| [cited.act, cited.what]));
    }
    assert_words(evidence::dossier::WITHHOLDABLE.iter().map(|word| format!("withheld-{word}")));
}

#[test]
fn a_verdict_and_its_page_have_words() {
    let keys = CLAIM_KEYS.iter().chain(WHY_KEYS).chain(PAGE_KEYS);
    assert_words(keys.clone().map(|(key, _)| key));
    // The words mention no other value than those that come with the key.
    for lang in Lang::ALL {
        for (key, names) in keys.clone() {
            let places: Vec<(&str, String)> =
                names.iter().map(|name| (*name, format!("[{name}]"))).collect();
            let text = words::tr(lang, key, &places);
            assert!(!text.contains('{'), "{key} in {}: {text}", lang.tag());
        }
    }
}

#[test]
fn the_page_is_whole() {
    for lang in Lang::ALL {
        let page = dossier::verify_page(lang);
        assert!(page.contains(&format!("<html lang=\"{}\">", lang.tag())));
        assert!(!page.contains("{{"), "a place is still empty");
        let words = page.split_once("id=\"words\">").unwrap().1.split_once("</script>").unwrap().0;
        let words: serde_json::Value = serde_json::from_str(words).unwrap();
        assert_eq!(words["page-stopped"], words::tr(lang, "page-stopped", &[("entry", "{entry}")]));
        for (key, text) in words.as_object().unwrap() {
            assert_ne!(text, key, "printed raw");
        }
    }
}

#[test]
fn every_gap_of_a_day_says_what_to_do() {
    let keys: Vec<_> = MatrixGap::keys().collect();
    assert_words(keys.iter().map(|key| format!("{key}-next")));
    assert_words(keys.iter().take(12).map(|key| format!("{key}-fixed")));
    for (prefix, words) in [
        ("matrix-door", vec!["owner", "cleared", "disclosed", "copy"]),
        ("matrix-reach", vec!["open", "closed"]),
        ("matrix-proof", vec!["vouched", "recorded", "later"]),
    ] {
        assert_words(words.iter().map(|word| format!("{prefix}-{word}")));
    }
}
