//! XML read piece by piece, with a bound on how long one piece and how deep the nesting may be.

use std::io::{self, BufRead, BufReader, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::Why;

/// The longest tag, comment or run of text.
const TOKEN_MAX: usize = 32 << 20;
/// Elements within elements.
const NESTING_MAX: usize = 1024;

/// What comes next in a file.
pub(crate) enum Token {
    /// An element begins; its name is in [`Xml::name`].
    Open,
    /// An element ends; likewise.
    Close,
    /// Text, in [`Xml::text`].
    Text,
    /// The end of the file.
    End,
}

/// A reader of one XML file.
pub(crate) struct Xml<R: Read> {
    reader: Reader<Bounded<BufReader<R>>>,
    buffer: Vec<u8>,
    depth: usize,
    /// The name of the element that begins or ends, without prefix.
    pub(crate) name: String,
    /// Text, with references replaced.
    pub(crate) text: String,
    attributes: Vec<(String, String)>,
}

impl<R: Read> Xml<R> {
    pub(crate) fn new(source: R) -> Self {
        let inner = BufReader::with_capacity(1 << 16, source);
        let mut reader = Reader::from_reader(Bounded { inner, left: TOKEN_MAX });
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            buffer: Vec::new(),
            depth: 0,
            name: String::new(),
            text: String::new(),
            attributes: Vec::new(),
        }
    }

    /// The next token.
    ///
    /// # Errors
    /// [`Why::Damaged`] where it is no XML any more.
    pub(crate) fn next(&mut self) -> Result<Token, Why> {
        loop {
            self.buffer.clear();
            self.reader.get_mut().left = TOKEN_MAX;
            let event = self.reader.read_event_into(&mut self.buffer).map_err(|_| Why::Damaged)?;
            match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > NESTING_MAX {
                        return Err(Why::Damaged);
                    }
                    named(&mut self.name, start.local_name().into_inner());
                    attributes(&start, &mut self.attributes);
                    return Ok(Token::Open);
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    named(&mut self.name, end.local_name().into_inner());
                    return Ok(Token::Close);
                }
                Event::Text(text) => {
                    named(&mut self.text, &text.xml10_content());
                    return Ok(Token::Text);
                }
                Event::CData(text) => {
                    named(&mut self.text, &text.xml10_content());
                    return Ok(Token::Text);
                }
                Event::GeneralRef(reference) => {
                    self.text.clear();
                    match reference.resolve_char_ref() {
                        Ok(Some(c)) => self.text.push(c),
                        // Entities that the file defines itself are never expanded.
                        _ => self.text.push_str(known_entity(&reference.xml10_content())),
                    }
                    return Ok(Token::Text);
                }
                Event::Eof if self.depth > 0 => return Err(Why::Damaged),
                Event::Eof => return Ok(Token::End),
                Event::Empty(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_) => {}
            }
        }
    }

    /// An attribute of the element that has just begun, by its name without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(of, _)| of == name);
        found.map(|(_, value)| value.as_str())
    }
}

fn named(place: &mut String, text: &str) {
    place.clear();
    place.push_str(text);
}

fn attributes(start: &BytesStart<'_>, into: &mut Vec<(String, String)>) {
    /// Those of office files have few.
    const ATTRIBUTES_MAX: usize = 64;
    into.clear();
    for attribute in start.attributes().with_checks(false).flatten().take(ATTRIBUTES_MAX) {
        let name = attribute.key.local_name().into_inner().to_owned();
        if let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) {
            into.push((name, value.into_owned()));
        }
    }
}

fn known_entity(name: &str) -> &'static str {
    match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
}

/// Fails when more is read for one token than a token may have.
struct Bounded<R> {
    inner: R,
    left: usize,
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.consumed(read)?;
        Ok(read)
    }
}

impl<R> Bounded<R> {
    fn consumed(&mut self, bytes: usize) -> io::Result<()> {
        self.left = self.left.saturating_sub(bytes);
        if self.left == 0 { Err(io::ErrorKind::InvalidData.into()) } else { Ok(()) }
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::ErrorKind::InvalidData.into());
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.inner.consume(bytes);
        self.left = self.left.saturating_sub(bytes);
    }
}
