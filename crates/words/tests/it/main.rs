//! Every key has words in both languages.

use std::collections::BTreeSet;

use words::{Lang, has};

/// The keys of all files of a language: message ids start a line and are followed by ` =`.
fn keys(lang: Lang) -> BTreeSet<String> {
    let folder = format!("{}/locales/{}", env!("CARGO_MANIFEST_DIR"), lang.tag());
    let mut keys = BTreeSet::new();
    for file in std::fs::read_dir(folder).expect("the language has a folder") {
        let text = std::fs::read_to_string(file.expect("a file").path()).expect("a text");
        for line in text.lines() {
            if let Some((key, _)) = line.split_once(" =")
                && line.starts_with(|c: char| c.is_ascii_lowercase())
            {
                assert!(keys.insert(key.to_owned()), "{key} stands twice in {}", lang.tag());
            }
        }
    }
    keys
}

#[test]
fn both_languages_have_the_same_keys() {
    let (zh, en) = (keys(Lang::Zh), keys(Lang::En));
    let only_zh: Vec<_> = zh.difference(&en).collect();
    let only_en: Vec<_> = en.difference(&zh).collect();
    assert!(only_zh.is_empty() && only_en.is_empty(), "only zh {only_zh:?}, only en {only_en:?}");
    assert!(zh.iter().all(|key| Lang::ALL.iter().all(|&lang| has(lang, key))), "unreadable text");
}

#[test]
fn every_refusal_event_and_term_has_words() {
    let mut keys: Vec<String> = domain::Refusal::KEYS.iter().map(|&key| key.into()).collect();
    keys.extend(domain::Event::TAGS.iter().map(|tag| format!("event-{}", tag.replace('.', "-"))));
    macro_rules! terms {
        ($($prefix:literal $term:ident,)+) => {
            $(keys.extend(domain::terms::$term::ALL.iter().map(|term| {
                format!(concat!($prefix, "-{}"), term.word())
            }));)+
        };
    }
    terms! {
        "role" Role, "level" Level, "class" Class, "form" Form, "measure" MeasureItem,
        "relation" Relation, "standing" Standing, "purpose" Purpose, "ending" Ending,
        "company" CompanyKind, "tag" KeyTag, "service" Service, "verdict" Verdict,
        "link" LinkState, "way" LetterWay, "letter" LetterSort, "theme" Theme,
        "channel" Channel, "request-state" RequestState, "closing" Closing,
        "visit-state" VisitState, "mark" Mark, "grade" Grade, "pace" Pace, "review" Review,
        "cure" Cure, "sameness" Sameness, "account-role" AccountRole, "password" PasswordBy,
        "action" Action, "task-sort" TaskSort, "answer" Answer,
        "activity" ActivityState, "sign-up" SignUp, "case-source" CaseSource,
        "judgement" Judgement, "no-secret" NoSecret, "corpus-sort" CorpusSort,
        "conduct" Conduct, "outcome" Outcome, "erasure-ground" ErasureGround,
    }
    keys.extend(catalog::Problem::KEYS.iter().map(|key| format!("law-fault-{key}")));
    for lang in Lang::ALL {
        for key in &keys {
            assert!(has(lang, key), "{key} has no words in {}", lang.tag());
        }
    }
}
