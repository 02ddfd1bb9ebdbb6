//! How to check a dossier with common tools alone, filled with the names and values of this one.
//!
//! Each line of the text that starts with four blanks is a command; together they are a script,
//! which a test runs on a real dossier. The functions are the same in both languages.

use words::Lang;

use crate::contents::{Anchor, Contents};
use crate::times::{Times, witnesses};

const FUNCTIONS: &str = include_str!("../templates/howto.sh");

/// Writes `HOWTO.zh-CN.txt` or `HOWTO.en.txt`.
pub fn howto(contents: &Contents, lang: Lang) -> String {
    let template = match lang {
        Lang::Zh => include_str!("../templates/howto.zh-CN.txt"),
        Lang::En => include_str!("../templates/howto.en.txt"),
    };
    let t = |key| words::t(lang, key);
    let node = contents.entries.iter().find_map(|entry| match &entry.event {
        domain::Event::NodeCreated(event) => Some(event),
        _ => None,
    });
    let log = node.map_or("", |node| &node.log_key);
    // A statement is what a reader cares for most; leaf 0 is always there.
    let example = contents
        .entries
        .iter()
        .find(|entry| matches!(entry.event, domain::Event::SecretStated(_)))
        .map_or(0, |entry| entry.index());
    let values = [
        ("no", contents.no.to_string()),
        ("log_quoted", quoted(log)),
        ("log", one_line(log)),
        ("functions", FUNCTIONS.lines().map(command).collect::<String>()),
        ("example", example.to_string()),
        ("anchors", contents.anchors.len().to_string()),
        ("witnesses", witness_commands(contents, log, lang)),
        ("stamps", stamp_commands(&contents.anchors, lang)),
        ("word_event", t("howto-event")),
        ("word_all", t("howto-all")),
        ("word_bad", t("howto-bad")),
        // Last: its words are anybody's and might look like a place for another value.
        ("holder", one_line(node.map_or("", |node| &node.name))),
    ];
    values.iter().fold(template.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{{{name}}}}}"), value)
    })
}

/// A line of the script. Empty lines stay empty, so that nothing has blanks at its end.
fn command(line: &str) -> String {
    if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }
}

/// For each witness the check of all checkpoints, after its name, relation and sightings.
fn witness_commands(contents: &Contents, log: &str, lang: Lang) -> String {
    let times = Times::new(log, &contents.entries, &contents.anchors);
    let vouching = times.vouching();
    let mut text = String::new();
    for (_, key, relation) in witnesses(&contents.entries) {
        let seen = vouching.iter().find(|one| !one.is_stamp && one.by == key.name());
        let count = seen.map_or(0, |one| one.count).to_string();
        let relation = words::t(lang, &format!("standing-{}", relation.word()));
        let name = one_line(key.name());
        let args = [("by", &*name), ("relation", &*relation), ("count", &*count)];
        text.push_str(&words::tr(lang, "howto-witness", &args));
        text.push('\n');
        let key = quoted(&key.to_string());
        for line in [
            "for c in checkpoint $(ls anchors/*/checkpoint 2> /dev/null); do",
            &format!("  cosigned $c {key}"),
            "done",
        ] {
            text.push_str(&command(line));
        }
    }
    if text.is_empty() { words::t(lang, "howto-no-witness") } else { text.trim_end().to_owned() }
}

/// The check of each time-stamp of the first anchors.
fn stamp_commands(anchors: &[Anchor], lang: Lang) -> String {
    /// So many are written out; the others are checked in the same way.
    const SHOWN: usize = 12;
    let mut lines = Vec::new();
    for (number, anchor) in (1..).zip(anchors) {
        for (k, (token, _)) in (1..).zip(&anchor.stamps) {
            let form = if is_reply(token) { "" } else { "-token_in" };
            let path = evidence::dossier::stamp_path(number, k);
            let path = path.trim_end_matches(".tsr");
            lines.push(command(format!("stamped {path} {form}").trim_end()));
        }
    }
    if lines.is_empty() {
        return words::t(lang, "howto-no-stamp");
    }
    let more = lines.len().saturating_sub(SHOWN);
    lines.truncate(SHOWN);
    let mut text = lines.concat().trim_end().to_owned();
    if more > 0 {
        text.push_str("\n\n");
        text.push_str(&words::tr(lang, "howto-more", &[("count", more.to_string())]));
    }
    text
}

/// Whether bytes are an authority's whole reply (RFC 3161 `TimeStampResp`, which starts with a
/// status, a sequence) rather than the token alone (`ContentInfo`, which starts with an object
/// identifier): `openssl ts` has to be told.
fn is_reply(bytes: &[u8]) -> bool {
    let head = match bytes.get(1) {
        Some(length @ 0x80..) => 2 + usize::from(length & 0x7f),
        _ => 2,
    };
    bytes.get(head) == Some(&0x30)
}

/// A word for the shell, whatever it holds.
fn quoted(text: &str) -> String {
    format!("'{}'", one_line(text).replace('\'', r"'\''"))
}

/// Text that can't start a line of its own, where it would be taken for a command.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
