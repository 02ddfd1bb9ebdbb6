//! Records of XML. Entities that a file defines itself are never expanded.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Draft, Gathering, Meaning};

/// Elements within elements; deeper ones are no dump.
const NESTING_MAX: usize = 512;

/// Reads all documents of a file.
pub(super) fn read(bytes: &[u8], gathering: &mut Gathering<'_>) -> bool {
    let record = gathering.fields.record.clone().or_else(|| repeated(bytes));
    let mut reading = Reading { stack: Vec::new(), words: String::new(), draft: None, record };
    let mut whole = true;
    let ended = events(bytes, |event| {
        match event {
            Tag::Open(name) => reading.open(name, gathering),
            Tag::Close => reading.close(gathering),
            Tag::Words(words) => reading.words.push_str(words),
        }
        whole = reading.stack.len() < NESTING_MAX;
        whole
    });
    ended && whole && reading.stack.is_empty()
}

enum Tag<'t> {
    Open(&'t str),
    Close,
    Words(&'t str),
}

/// Hands on what comes until `take` says no, and says whether it came to the end in good order.
fn events(bytes: &[u8], mut take: impl FnMut(Tag<'_>) -> bool) -> bool {
    let mut reader = Reader::from_reader(bytes);
    reader.config_mut().expand_empty_elements = true;
    // Several documents may follow one another in one file.
    reader.config_mut().check_end_names = true;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let Ok(event) = reader.read_event_into(&mut buffer) else { return false };
        let goes_on = match event {
            Event::Start(start) => take(Tag::Open(start.local_name().into_inner())),
            Event::End(_) => take(Tag::Close),
            Event::Text(text) => take(Tag::Words(&text.xml10_content())),
            Event::CData(text) => take(Tag::Words(&text.xml10_content())),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(c)) => take(Tag::Words(c.encode_utf8(&mut [0; 4]))),
                _ => take(Tag::Words(match &*reference.xml10_content() {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    "apos" => "'",
                    _ => " ",
                })),
            },
            Event::Eof => return true,
            _ => true,
        };
        if !goes_on {
            return true;
        }
    }
}

/// The name of the outermost element's children, when there are several and all have it.
fn repeated(bytes: &[u8]) -> Option<String> {
    let (mut depth, mut name, mut count, mut same) = (0_usize, None::<String>, 0, true);
    events(bytes, |event| {
        match event {
            Tag::Open(of) => {
                depth += 1;
                if depth == 2 {
                    count += 1;
                    same &= name.get_or_insert_with(|| of.to_owned()) == of;
                }
            }
            Tag::Close => depth = depth.saturating_sub(1),
            Tag::Words(_) => {}
        }
        same && depth > 0 || count == 0
    });
    name.filter(|_| same && count > 1)
}

struct Reading {
    /// Names of open elements of the record, each with what the words within it mean.
    stack: Vec<(String, String)>,
    words: String,
    /// The record, and how deep it lies.
    draft: Option<(usize, Draft)>,
    record: Option<String>,
}

impl Reading {
    fn open(&mut self, name: &str, gathering: &mut Gathering<'_>) {
        self.flush(gathering);
        let begins = match &self.record {
            Some(record) => record == name,
            None => self.stack.is_empty(),
        };
        let outer = self.stack.last().map(|(_, meaning)| meaning.clone());
        let own = gathering.meaning(name).0 != Meaning::Other;
        let meaning = if own { name.to_owned() } else { outer.unwrap_or_else(|| name.to_owned()) };
        if begins && self.draft.is_none() {
            self.draft = Some((self.stack.len(), Draft::default()));
        }
        self.stack.push((name.to_owned(), meaning));
    }

    fn close(&mut self, gathering: &mut Gathering<'_>) {
        self.flush(gathering);
        self.stack.pop();
        if let Some((_, draft)) = self.draft.take_if(|(depth, _)| *depth == self.stack.len()) {
            gathering.done(draft);
        }
    }

    fn flush(&mut self, gathering: &Gathering<'_>) {
        if let (Some((_, draft)), Some((_, meaning))) = (&mut self.draft, self.stack.last()) {
            gathering.put(draft, meaning, &self.words);
        }
        self.words.clear();
    }
}
