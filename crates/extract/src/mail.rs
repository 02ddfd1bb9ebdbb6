//! Letters and mail boxes.

use std::io::{self, BufRead};

use mail_parser::{Message, MessageParser, MimeHeaders as _, PartType};

/// A part of a letter.
pub(crate) enum Part<'a> {
    /// Subject, names and addresses.
    Headers(&'a str),
    /// Text, decoded to UTF-8.
    Text(&'a [u8]),
    /// A web page, decoded to UTF-8.
    Html(&'a [u8]),
    /// Something attached: its name, and its bytes.
    File(String, &'a [u8]),
    /// A letter within the letter, and what it is called.
    Letter(String, &'a Message<'a>),
}

/// Hands the parts of a letter to `sink`; no if the bytes are no letter.
pub(crate) fn letter(bytes: &[u8], sink: &mut dyn FnMut(Part<'_>) -> bool) -> bool {
    let Some(message) = MessageParser::default().parse(bytes) else { return false };
    parts(&message, sink);
    true
}

/// Hands the parts of a letter that was read already to `sink`.
pub(crate) fn parts(message: &Message<'_>, sink: &mut dyn FnMut(Part<'_>) -> bool) {
    if !sink(Part::Headers(&headers(message))) {
        return;
    }
    for (number, part) in message.parts.iter().enumerate() {
        let name = || match part.attachment_name() {
            Some(name) => name.to_owned(),
            None => format!("#{number}"),
        };
        let on = match &part.body {
            PartType::Text(text) => match part.attachment_name() {
                Some(name) => sink(Part::File(name.to_owned(), text.as_bytes())),
                None => sink(Part::Text(text.as_bytes())),
            },
            PartType::Html(html) => match part.attachment_name() {
                Some(name) => sink(Part::File(name.to_owned(), html.as_bytes())),
                None => sink(Part::Html(html.as_bytes())),
            },
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
                sink(Part::File(name(), bytes))
            }
            PartType::Message(inner) => sink(Part::Letter(name(), inner)),
            PartType::Multipart(_) => true,
        };
        if !on {
            return;
        }
    }
}

fn headers(message: &Message<'_>) -> String {
    let mut text = String::new();
    if let Some(subject) = message.subject() {
        text.push_str(subject);
        text.push('\n');
    }
    for addresses in [message.from(), message.to(), message.cc()].into_iter().flatten() {
        for one in addresses.iter() {
            for word in [one.name(), one.address()].into_iter().flatten() {
                text.push_str(word);
                text.push(' ');
            }
        }
        text.push('\n');
    }
    text
}

/// The next letter of a mail box (RFC 4155), at most `most` bytes of it. `line` holds the first
/// line of the letter and then that of the next one. Gives the letter and whether it was cut.
pub(crate) fn next(
    source: &mut dyn BufRead,
    line: &mut Vec<u8>,
    most: usize,
) -> io::Result<Option<(Vec<u8>, bool)>> {
    if line.is_empty() && read_line(source, line)? == 0 {
        return Ok(None);
    }
    // The line `From …` is the box's own.
    let mut letter = match line.starts_with(b"From ") {
        true => Vec::new(),
        false => std::mem::take(line),
    };
    let (mut cut, mut blank) = (false, false);
    loop {
        line.clear();
        if read_line(source, line)? == 0 {
            break;
        }
        if blank && line.starts_with(b"From ") {
            break;
        }
        blank = line.trim_ascii().is_empty();
        let quoted = line.iter().take_while(|b| **b == b'>').count();
        let quoted = quoted > 0 && line[quoted..].starts_with(b"From ");
        let text = &line[usize::from(quoted)..];
        if letter.len() + text.len() > most {
            cut = true;
        } else {
            letter.extend_from_slice(text);
        }
    }
    Ok(Some((letter, cut)))
}

/// A line, or the next mebibyte of one that is longer.
fn read_line(source: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<usize> {
    use io::Read as _;
    source.take(1 << 20).read_until(b'\n', line)
}
