//! The text of a web page or drawing: marks taken off, references replaced.
//!
//! No parser of a standard: any bytes give some text, in one pass, and what browsers hide (scripts,
//! comments, attributes that are read) stays, since it leaves the house with the page.

/// Elements that begin a new line; others, such as `b`, lie within one.
const INLINE: &[&[u8]] = &[
    b"a", b"b", b"i", b"u", b"s", b"em", b"strong", b"span", b"font", b"sub", b"sup", b"small",
    b"big", b"code", b"mark", b"wbr", b"tspan", b"abbr", b"label", b"ins", b"del", b"kbd", b"q",
];
/// Attributes whose values people read.
const READ: &[&[u8]] = &[b"alt", b"title", b"content", b"value", b"placeholder", b"summary"];

/// Takes the marks off. `html` is UTF-8; other bytes pass through.
pub(crate) fn text(html: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(html.len() / 2);
    let mut at = 0;
    while at < html.len() {
        let next = memchr::memchr2(b'<', b'&', &html[at..]).map_or(html.len(), |n| at + n);
        out.extend_from_slice(&html[at..next]);
        at = next;
        match html.get(at) {
            Some(b'<') => at += tag(&html[at..], &mut out),
            Some(_) => at += reference(&html[at..], &mut out),
            None => {}
        }
    }
    out
}

/// Steps over a tag or comment at the head of `html`, and says how long it is.
fn tag(html: &[u8], out: &mut Vec<u8>) -> usize {
    let inside = |start: &[u8], end: &[u8], out: &mut Vec<u8>| {
        let body = &html[start.len()..];
        let len = memchr::memmem::find(body, end);
        out.push(b'\n');
        out.extend_from_slice(&body[..len.unwrap_or(body.len())]);
        out.push(b'\n');
        len.map_or(html.len(), |len| start.len() + len + end.len())
    };
    if html.starts_with(b"<!--") {
        return inside(b"<!--", b"-->", out);
    }
    if html.starts_with(b"<![CDATA[") {
        return inside(b"<![CDATA[", b"]]>", out);
    }
    let named = matches!(html.get(1), Some(b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!' | b'?'));
    // A lone sign, as in `a < b`.
    let Some(len) = named.then(|| end_of_tag(html)).flatten() else {
        out.push(b'<');
        return 1;
    };
    let body = html[1..len - 1].trim_ascii_start();
    let body = body.strip_prefix(b"/").unwrap_or(body);
    let name_len = body.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b':').count();
    let name = body[..name_len].to_ascii_lowercase();
    if !INLINE.contains(&name.as_slice()) {
        out.push(b'\n');
    }
    read_attributes(&body[name_len..], out);
    len
}

/// Bytes of the tag at the head of `html`; quotes may hold `>`.
fn end_of_tag(html: &[u8]) -> Option<usize> {
    /// Longer ones are no tags.
    const TAG_MAX: usize = 1 << 20;
    let html = &html[..html.len().min(TAG_MAX)];
    let mut quote = None;
    for (at, byte) in html.iter().enumerate().skip(1) {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') if html[at - 1] == b'=' => quote = Some(*byte),
            (Some(open), _) if open == *byte => quote = None,
            _ => {}
        }
    }
    // A quote that never ends: the first `>` counts.
    memchr::memchr(b'>', html).map(|at| at + 1)
}

fn read_attributes(mut body: &[u8], out: &mut Vec<u8>) {
    while let Some(at) = memchr::memchr(b'=', body) {
        let name = body[..at].rsplit(|b| b.is_ascii_whitespace()).next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        body = &body[at + 1..];
        let (value, rest) = match body.first() {
            Some(quote @ (b'"' | b'\'')) => {
                let end = memchr::memchr(*quote, &body[1..]).map_or(body.len(), |n| n + 1);
                (&body[1..end], body.get(end + 1..).unwrap_or_default())
            }
            _ => {
                let end = body.iter().position(u8::is_ascii_whitespace).unwrap_or(body.len());
                (&body[..end], &body[end..])
            }
        };
        if READ.contains(&name.as_slice()) && !value.is_empty() {
            out.push(b'\n');
            let mut at = 0;
            while at < value.len() {
                if value[at] == b'&' {
                    at += reference(&value[at..], out);
                } else {
                    out.push(value[at]);
                    at += 1;
                }
            }
            out.push(b'\n');
        }
        body = rest;
    }
}

/// Replaces the reference at the head of `html`, and says how long it is.
fn reference(html: &[u8], out: &mut Vec<u8>) -> usize {
    const LONGEST: usize = 12;
    let end = html.iter().take(LONGEST).position(|b| *b == b';');
    let name = end.and_then(|end| std::str::from_utf8(&html[1..end]).ok());
    let c = name.and_then(|name| match name.strip_prefix('#') {
        Some(digits) => {
            let hex = digits.strip_prefix(['x', 'X']);
            let code = match hex {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => digits.parse().ok(),
            };
            code.and_then(char::from_u32)
        }
        None => Some(match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
            "times" => '×',
            "deg" => '°',
            "plusmn" => '±',
            "micro" => 'µ',
            "middot" => '·',
            "mdash" => '—',
            "ndash" => '–',
            "ldquo" => '“',
            "rdquo" => '”',
            "hellip" => '…',
            "le" => '≤',
            "ge" => '≥',
            _ => return None,
        }),
    });
    match (c, end) {
        (Some(c), Some(end)) => {
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            end + 1
        }
        _ => {
            out.push(b'&');
            1
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_page_says_is_left() {
        let html = r#"<html><p title='工艺 &gt; 5'>烧<b>结</b>温度&#24230; 1150&nbsp;&deg;C, a < b && c</p>
            <!-- 批注 --><img alt=流程图 src=x.png><script>let k = 3 > 2;</script>"#;
        let text = String::from_utf8(text(html.as_bytes())).expect("is UTF-8");
        for part in
            ["工艺 > 5", "烧结温度度 1150 °C, a < b && c", "批注", "流程图", "let k = 3 > 2;"]
        {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("src") && !text.contains("<p"));
    }

    proptest! {
        #[test]
        fn text_without_marks_stays_and_nothing_panics(
            plain in "[^<&]{0,80}", any in prop::collection::vec(any::<u8>(), 0..200),
            marks in "[<>&;=\"'a-z!/ -]{0,80}",
        ) {
            prop_assert_eq!(text(plain.as_bytes()), plain.as_bytes());
            let _ = text(&any);
            let _ = text(marks.as_bytes());
        }
    }
}
