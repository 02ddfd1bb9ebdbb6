//! Stretches of a text in which nothing may change: code, formulas, addresses, links, tags.

use std::ops::Range;

/// The stretches, in their order, in bytes; they don't overlap.
pub(crate) fn shielded(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut fence: Option<(&str, usize)> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let bare = line.trim();
        let mark =
            ["```", "~~~", "$$", "---", "+++"].into_iter().find(|mark| bare.starts_with(mark));
        match (fence, mark) {
            (Some((open, from)), Some(mark)) if mark == open => {
                found.push(from..end);
                fence = None;
            }
            (None, Some(mark @ ("```" | "~~~" | "$$"))) => fence = Some((mark, start)),
            // Three dashes open data at the very start of a file only.
            (None, Some(mark)) if start == 0 && bare == mark => fence = Some((mark, start)),
            (None, _) => inside(line, start, &mut found),
            (Some(_), _) => {}
        }
        start = end;
    }
    found.extend(fence.map(|(_, from)| from..text.len()));
    found
}

/// Stretches inside a line.
fn inside(line: &str, start: usize, found: &mut Vec<Range<usize>>) {
    let mut at = 0;
    while at < line.len() {
        let rest = &line[at..];
        let len = enclosed(rest, "`", "`")
            .or_else(|| enclosed(rest, "$", "$"))
            .or_else(|| enclosed(rest, "](", ")"))
            .or_else(|| enclosed(rest, "<", ">").filter(|_| tag(rest)))
            .or_else(|| address(rest));
        match len {
            Some(len) => {
                found.push(start + at..start + at + len);
                at += len;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
}

fn enclosed(rest: &str, open: &str, close: &str) -> Option<usize> {
    let inner = rest.strip_prefix(open)?;
    Some(open.len() + inner.find(close)? + close.len())
}

fn tag(rest: &str) -> bool {
    rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
}

/// A web or mail address, up to the first blank or Chinese mark.
fn address(rest: &str) -> Option<usize> {
    let begins = ["http://", "https://", "ftp://", "www.", "mailto:"];
    let ends = |c: char| c.is_whitespace() || "，。；：、！？（）《》“”‘’".contains(c);
    begins
        .iter()
        .any(|begin| rest.starts_with(begin))
        .then(|| rest.find(ends).unwrap_or(rest.len()))
}
