//! All words that people read, in both languages.
//!
//! The texts are in `locales/<language>/*.ftl`, one file per room that speaks. Code names keys
//! only. A key that one language lacks fails a test.

pub mod law;

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};

static_loader! {
    static LOADER = {
        locales: "./locales",
        fallback_language: "zh-CN",
        // Without this, invisible marks would stand around every value, also in PDF and CSV.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static ZH: LanguageIdentifier = langid!("zh-CN");
static EN: LanguageIdentifier = langid!("en");

/// A language of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// 中文.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The tag for HTML's `lang`: `zh-CN` or `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The language of a tag or locale such as `en_US.UTF-8`, `zh`, `zh-CN`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let tag = tag.trim().to_ascii_lowercase();
        match tag.get(..2) {
            Some("zh") => Some(Self::Zh),
            Some("en") => Some(Self::En),
            _ => None,
        }
    }

    fn id(self) -> &'static LanguageIdentifier {
        match self {
            Self::Zh => &ZH,
            Self::En => &EN,
        }
    }
}

/// The text of a key. A key without words gives the key itself, so that nothing is hidden.
pub fn t(lang: Lang, key: &str) -> String {
    LOADER.try_lookup(lang.id(), key).unwrap_or_else(|| key.to_owned())
}

/// The text of a key with values put in by name.
pub fn tr<V: AsRef<str>>(lang: Lang, key: &str, args: &[(&str, V)]) -> String {
    let args: HashMap<Cow<'static, str>, FluentValue<'_>> = args
        .iter()
        .map(|(name, value)| (Cow::Owned((*name).to_owned()), FluentValue::from(value.as_ref())))
        .collect();
    LOADER.try_lookup_with_args(lang.id(), key, &args).unwrap_or_else(|| key.to_owned())
}

/// The short name of a day of the week, 0 for Monday to 6 for Sunday.
pub fn weekday(lang: Lang, day: u8) -> String {
    const DAYS: [&str; 7] =
        ["day-mon", "day-tue", "day-wed", "day-thu", "day-fri", "day-sat", "day-sun"];
    t(lang, DAYS[usize::from(day % 7)])
}

/// Whether a key has words in a language (not counting the other language's).
pub fn has(lang: Lang, key: &str) -> bool {
    match LOADER.lookup_single_language::<Cow<'static, str>>(lang.id(), key, None) {
        Ok(_) => true,
        // Words that mention values can't be filled here, but they are there. The crate does not
        // export its error type.
        Err(error) => format!("{error:?}").starts_with("FluentError"),
    }
}

/// Why something was not read, or is not looked for.
pub fn fault(lang: Lang, word: &str) -> String {
    let keys = [format!("match-fault-{word}"), format!("match-left-{word}")];
    let key = keys.iter().find(|key| has(lang, key)).unwrap_or(&keys[0]);
    tr(lang, key, &[("detail", "")])
}

/// The name of a part of a secret point: `statement/1`, `carrier/2`, and the place in a carrier.
pub fn part(lang: Lang, part: &str) -> String {
    let mut pieces = part.splitn(3, '/');
    let (sort, no) = (pieces.next().unwrap_or_default(), pieces.next().unwrap_or_default());
    let key = if sort == "statement" { "match-statement" } else { "match-carrier" };
    let name = tr(lang, key, &[("no", no)]);
    match pieces.next() {
        Some(within) => format!("{name} {within}"),
        None => name,
    }
}

/// Where a passage lies in a file, and in a secret point.
#[derive(Clone, Copy, Debug)]
pub struct Where {
    /// Bytes of what was read: from, and up to.
    pub bytes: [u64; 2],
    /// Lines of it.
    pub lines: Option<[u64; 2]>,
    /// The page where it begins.
    pub page: Option<u32>,
    /// The same passage of the secret point.
    pub secret: [u32; 2],
}

/// A place in words.
pub fn place(lang: Lang, place: &Where) -> String {
    let span = |from: u64, to: u64| {
        if from == to { from.to_string() } else { format!("{from}–{to}") }
    };
    let mut text = String::new();
    if let Some(page) = place.page {
        text.push_str(&tr(lang, "match-page", &[("no", page.to_string())]));
    } else if let Some([from, to]) = place.lines {
        text.push_str(&tr(lang, "match-lines", &[("lines", span(from, to))]));
    }
    let args = [
        ("found", span(place.bytes[0], place.bytes[1])),
        ("secret", span(place.secret[0].into(), place.secret[1].into())),
    ];
    text.push_str(&tr(lang, "match-place", &args));
    text
}
