//! `verify.html`: the verifier as WebAssembly in one page that works offline.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use evidence::kind::KINDS;
use evidence::verify::{CLAIM_KEYS, PAGE_KEYS, WHY_KEYS};
use serde_json::{Map, Value};
use words::Lang;

/// The page, with places for its language, its words and the verifier.
const PAGE: &str = include_str!("../assets/verify.html");
/// The verifier, built from crate `verifier`; `verifier.wasm.made-by` says by which compiler.
const WASM: &[u8] = include_bytes!("../assets/verifier.wasm");

/// Writes the page in a language.
pub fn verify_page(lang: Lang) -> String {
    // `<` could end the element in which the words stand.
    let words = Value::Object(page_words(lang)).to_string().replace('<', "\\u003c");
    PAGE.replace("{{LANG}}", lang.tag())
        .replace("{{WORDS_JSON}}", &words)
        .replace("{{WASM_BASE64}}", &BASE64.encode(WASM))
}

/// The words that the page needs, by key. A value stands as `{name}`, which the page fills in.
fn page_words(lang: Lang) -> Map<String, Value> {
    let mut words = Map::new();
    let mut add = |key: &str, names: &[&str]| {
        let places: Vec<(&str, String)> =
            names.iter().map(|name| (*name, format!("{{{name}}}"))).collect();
        words.insert(key.to_owned(), words::tr(lang, key, &places).into());
    };
    for (key, names) in CLAIM_KEYS.iter().chain(WHY_KEYS).chain(PAGE_KEYS) {
        add(key, names);
    }
    for word in evidence::dossier::WITHHOLDABLE {
        add(&format!("withheld-{word}"), &[]);
    }
    for kind in KINDS {
        add(&format!("event-{}", kind.tag.replace('.', "-")), &[]);
    }
    for purpose in domain::terms::Purpose::ALL {
        add(&format!("purpose-{}", purpose.word()), &[]);
    }
    for standing in domain::terms::Standing::ALL {
        add(&format!("standing-{}", standing.word()), &[]);
    }
    words
}
