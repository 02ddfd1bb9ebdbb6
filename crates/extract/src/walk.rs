//! The way through a file: what it is, what is in it, and in that again.

use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};

use flate2::read::MultiGzDecoder;

use crate::charset::{Decoding, foreign};
use crate::format::{self, Format, HEAD};
use crate::tally::{Held, Metered, Tally};
use crate::{Fault, Got, Limits, Piece, Sink, View, Why, mail, markup, pdf, zipped};

/// Bytes read at a time.
const BLOCK: usize = 1 << 18;
/// Bytes by which an encoding is told.
const CHARSET_HEAD: usize = 1 << 16;

/// A reader that can go back.
pub(crate) trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// Takes everything out of a file of `len` bytes. `name` helps to tell what it is.
pub fn extract_file(
    name: &str,
    len: u64,
    source: &mut (impl Read + Seek),
    limits: Limits,
    sink: &mut dyn Sink,
) {
    let tally = Tally::new(limits, len);
    Walk { sink, limits, tally, path: Vec::new() }.seekable(name, source);
}

/// Takes everything out of bytes in memory.
pub fn extract_bytes(name: &str, bytes: &[u8], limits: Limits, sink: &mut dyn Sink) {
    extract_file(name, bytes.len() as u64, &mut Cursor::new(bytes), limits, sink);
}

/// A file under way.
pub(crate) struct Walk<'s> {
    sink: &'s mut dyn Sink,
    limits: Limits,
    pub(crate) tally: Tally,
    path: Vec<String>,
}

impl Walk<'_> {
    /// Whether to read on.
    pub(crate) fn go_on(&mut self) -> bool {
        self.tally.over().is_none() && self.sink.go_on()
    }

    /// Notes that what lies at the present path was not read, or not wholly.
    pub(crate) fn fault(&mut self, why: Why, got: Got) {
        // Once a limit of the whole file is passed, that is why anything fails.
        let why = self.tally.over().unwrap_or(why);
        let path = self.path.join("!/");
        self.sink.fault(Fault { path, why, got });
    }

    /// Reads a member: `work` finds its path set.
    pub(crate) fn member(&mut self, name: &str, work: impl FnOnce(&mut Self)) {
        self.path.push(shown(name));
        work(self);
        self.path.pop();
    }

    /// Counts a member; no, and a fault, when there are too many.
    pub(crate) fn count(&mut self) -> bool {
        let fits = self.tally.member();
        if !fits {
            self.fault(Why::Members, Got::Part);
        }
        fits
    }

    /// A reader that counts what it unpacks.
    pub(crate) fn metered<R: Read>(&self, inner: R) -> Metered<R> {
        Metered { inner, tally: self.tally.clone() }
    }

    fn too_deep(&self, format: Format) -> bool {
        let opens = matches!(
            format,
            Format::Zip | Format::Gzip | Format::Tar | Format::Mbox | Format::Mail | Format::Pdf
        );
        opens && self.path.len() as u64 >= u64::from(self.limits.depth_max)
    }

    /// Reads something that can be read from any place.
    pub(crate) fn seekable(&mut self, name: &str, source: &mut dyn ReadSeek) {
        let head = match head(source).and_then(|head| source.rewind().map(|()| head)) {
            Ok(head) => head,
            Err(_) => return self.fault(Why::Unreadable, Got::Nothing),
        };
        let format = format::of(name, &head);
        if self.too_deep(format) {
            self.fault(Why::Depth, Got::Raw);
            return self.raw(&mut &mut *source, &[], Format::Bytes);
        }
        match format {
            Format::Zip => zipped::read(self, source),
            _ => self.readable(name, format, source, &head[..0]),
        }
    }

    /// Reads something that can be read once, from start to end.
    pub(crate) fn stream(&mut self, name: &str, source: &mut dyn Read) {
        let head = match head(source) {
            Ok(head) => head,
            Err(_) => return self.fault(Why::Damaged, Got::Nothing),
        };
        let format = format::of(name, &head);
        if self.too_deep(format) {
            self.fault(Why::Depth, Got::Raw);
            return self.raw(source, &head, Format::Bytes);
        }
        match format {
            Format::Zip => {
                if let Some((bytes, _held)) = self.hold(source, &head, format) {
                    zipped::read(self, &mut Cursor::new(bytes));
                }
            }
            _ => self.readable(name, format, source, &head),
        }
    }

    /// Reads anything but a ZIP; `head` has been read already.
    fn readable(&mut self, name: &str, format: Format, source: &mut dyn Read, head: &[u8]) {
        match format {
            Format::Gzip => {
                let inner = name.strip_suffix(".gz").unwrap_or(match name.strip_suffix(".tgz") {
                    Some(_) => "x.tar",
                    None => name,
                });
                let unpacked = MultiGzDecoder::new(head.chain(source));
                let mut unpacked = self.metered(unpacked);
                self.member(inner, |walk| walk.stream(inner, &mut unpacked));
            }
            Format::Tar => self.tar(head.chain(source)),
            Format::Mbox => self.mbox(head.chain(source)),
            Format::Pdf | Format::Mail | Format::Markup => {
                let Some((bytes, _held)) = self.hold(source, head, format) else { return };
                match format {
                    Format::Pdf => self.pdf(bytes),
                    Format::Mail => self.mail(&bytes),
                    _ => self.markup(&bytes),
                }
            }
            Format::Ole | Format::Packed => {
                self.fault(Why::Unsupported, Got::Raw);
                self.raw(source, head, format);
            }
            Format::Text => self.text(source, head),
            Format::Zip | Format::Bytes => self.raw(source, head, format),
        }
    }

    /// Reads all into memory; when it is too large, it is read as bytes instead, and noted.
    fn hold(
        &mut self,
        source: &mut dyn Read,
        head: &[u8],
        format: Format,
    ) -> Option<(Vec<u8>, Held)> {
        let room = self.tally.room();
        let mut bytes = head.to_vec();
        let read =
            source.take((room + 1).saturating_sub(head.len() as u64)).read_to_end(&mut bytes);
        if bytes.len() as u64 > room {
            self.fault(Why::Held, Got::Raw);
            self.raw(source, &bytes, format);
            return None;
        }
        if let Err(error) = read {
            // What came before the fault is read all the same.
            self.fault(why(&error), Got::Part);
        }
        let held = self.tally.hold(bytes.len() as u64);
        Some((bytes, held))
    }

    /// Hands bytes on as they are.
    pub(crate) fn raw(&mut self, source: &mut dyn Read, head: &[u8], format: Format) {
        self.begin(View::Raw, format);
        self.feed(head);
        let mut block = vec![0; BLOCK];
        let mut trouble = None;
        while self.sink.go_on() {
            match source.read(&mut block) {
                Ok(0) => break,
                Ok(len) => self.feed(&block[..len]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    trouble = Some(why(&error));
                    break;
                }
            }
        }
        self.sink.end();
        if let Some(why) = trouble {
            let outermost = self.path.is_empty();
            self.fault(if outermost { Why::Unreadable } else { why }, Got::Part);
        }
    }

    fn text(&mut self, source: &mut dyn Read, head: &[u8]) {
        let mut first = head.to_vec();
        let more = CHARSET_HEAD.saturating_sub(head.len()) as u64;
        let read = source.take(more).read_to_end(&mut first);
        let Some(encoding) = foreign(&first) else {
            let broken = read.err();
            let mut rest: Box<dyn Read + '_> = match broken {
                Some(error) => Box::new(Broken(Some(error))),
                None => Box::new(source),
            };
            return self.raw(&mut rest, &first, Format::Text);
        };
        self.begin(View::Text, Format::Text);
        let mut decoding = Decoding::new(encoding);
        self.sink.feed(decoding.next(&first, false));
        let mut block = vec![0; BLOCK];
        let mut trouble = read.err();
        while trouble.is_none() && self.sink.go_on() {
            match source.read(&mut block) {
                Ok(0) => break,
                Ok(len) => self.sink.feed(decoding.next(&block[..len], false)),
                Err(error) => trouble = Some(error),
            }
        }
        self.sink.feed(decoding.next(&[], true));
        self.sink.end();
        if let Some(error) = trouble {
            self.fault(why(&error), Got::Part);
        }
    }

    /// A piece in memory.
    pub(crate) fn piece(&mut self, view: View, format: Format, bytes: &[u8]) {
        self.begin(view, format);
        for block in bytes.chunks(BLOCK) {
            if !self.sink.go_on() {
                break;
            }
            self.sink.feed(block);
        }
        self.sink.end();
    }

    pub(crate) fn begin(&mut self, view: View, format: Format) {
        let path = self.path.join("!/");
        self.sink.begin(Piece { path: &path, view, format });
    }

    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        if !bytes.is_empty() {
            self.sink.feed(bytes);
        }
    }

    pub(crate) fn end(&mut self) {
        self.sink.end();
    }

    fn tar(&mut self, source: impl Read) {
        let mut archive = tar::Archive::new(source);
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(_) => return self.fault(Why::Damaged, Got::Nothing),
        };
        for entry in entries {
            if !self.go_on() {
                return;
            }
            let mut entry = match entry {
                Ok(entry) => entry,
                Err(error) => return self.fault(why(&error), Got::Part),
            };
            let kind = entry.header().entry_type();
            if kind.is_dir() || kind.is_pax_global_extensions() {
                continue;
            }
            if !self.count() {
                return;
            }
            let name = decoded_name(&entry.path_bytes());
            self.member(&name, |walk| {
                if kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse() {
                    walk.stream(&name, &mut entry);
                } else if let Some(target) = entry.link_name_bytes() {
                    walk.piece(View::Raw, Format::Text, &target);
                }
            });
        }
    }

    fn mbox(&mut self, source: impl Read) {
        let mut source = BufReader::with_capacity(1 << 16, source);
        let (mut line, mut number) = (Vec::new(), 0_u64);
        while self.go_on() {
            let most = usize::try_from(self.tally.room()).unwrap_or(usize::MAX);
            match mail::next(&mut source, &mut line, most) {
                Ok(Some((letter, cut))) => {
                    number += 1;
                    if !self.count() {
                        return;
                    }
                    let _held = self.tally.hold(letter.len() as u64);
                    self.member(&format!("#{number}"), |walk| {
                        if cut {
                            walk.fault(Why::Held, Got::Part);
                        }
                        walk.mail(&letter);
                    });
                }
                Ok(None) => return,
                Err(error) => return self.fault(why(&error), Got::Part),
            }
        }
    }

    fn mail(&mut self, letter: &[u8]) {
        let known = mail::letter(letter, &mut |part| self.mail_part(part));
        if !known {
            self.fault(Why::Damaged, Got::Raw);
            self.piece(View::Raw, Format::Mail, letter);
        }
    }

    fn mail_part(&mut self, part: mail::Part<'_>) -> bool {
        match part {
            mail::Part::Headers(text) => self.piece(View::Text, Format::Mail, text.as_bytes()),
            mail::Part::Text(text) => self.piece(View::Text, Format::Mail, text),
            mail::Part::Html(html) => self.markup(html),
            mail::Part::File(name, bytes) => self.file(&name, bytes),
            mail::Part::Letter(name, inner) => {
                let deep = self.too_deep(Format::Mail);
                self.member(&name, |walk| match deep {
                    true => walk.fault(Why::Depth, Got::Nothing),
                    false => mail::parts(inner, &mut |part| walk.mail_part(part)),
                });
            }
        }
        self.go_on()
    }

    /// A file within a letter or a PDF.
    fn file(&mut self, name: &str, bytes: &[u8]) {
        if self.count() {
            self.member(name, |walk| walk.seekable(name, &mut Cursor::new(bytes)));
        }
    }

    fn markup(&mut self, bytes: &[u8]) {
        self.piece(View::Raw, Format::Markup, bytes);
        // In UTF-16 or GB18030 the marks are the same once it is UTF-8.
        let text = match encoding_rs::Encoding::for_bom(bytes) {
            Some((encoding, _)) => encoding.decode(bytes).0.into_owned().into_bytes(),
            None if std::str::from_utf8(bytes).is_ok() => bytes.to_vec(),
            None => {
                let head = &bytes[..bytes.len().min(CHARSET_HEAD)];
                let encoding = foreign(head).unwrap_or(encoding_rs::GB18030);
                encoding.decode_without_bom_handling(bytes).0.into_owned().into_bytes()
            }
        };
        self.piece(View::Text, Format::Markup, &markup::text(&text));
    }

    fn pdf(&mut self, bytes: Vec<u8>) {
        self.begin(View::Text, Format::Pdf);
        let mut open = true;
        let copy = bytes.clone();
        let result = pdf::read(bytes, &mut |out| {
            match out {
                pdf::Out::Page(page) => self.sink.page(page),
                pdf::Out::Text(text) => self.sink.feed(text.as_bytes()),
                pdf::Out::File(name, bytes) => {
                    if std::mem::take(&mut open) {
                        self.sink.end();
                    }
                    self.file(&name, bytes);
                }
                pdf::Out::Fault(why) => self.fault(why, Got::Part),
            }
            self.go_on()
        });
        if open {
            self.sink.end();
        }
        if let Err(why) = result {
            self.fault(why, Got::Raw);
            self.piece(View::Raw, Format::Pdf, &copy);
        }
    }
}

/// A reader that has failed already.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

fn head(source: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD);
    match source.take(HEAD as u64).read_to_end(&mut head) {
        Err(error) if head.is_empty() => Err(error),
        _ => Ok(head),
    }
}

/// Why reading failed, as far as the error says it.
pub(crate) fn why(error: &io::Error) -> Why {
    match error.kind() {
        io::ErrorKind::InvalidData
        | io::ErrorKind::InvalidInput
        | io::ErrorKind::UnexpectedEof
        | io::ErrorKind::Other => Why::Damaged,
        _ => Why::Unreadable,
    }
}

/// A member's name as text: UTF-8, or else what Chinese Windows writes.
pub(crate) fn decoded_name(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(raw).0.into_owned(),
    }
}

/// A name fit for being shown: it is never used to open anything.
fn shown(name: &str) -> String {
    const LONGEST: usize = 300;
    let fit = |c: char| if c.is_control() { '\u{FFFD}' } else { c };
    name.chars().take(LONGEST).map(fit).collect()
}

/// Where a reader stands in its source, or the end.
pub(crate) fn tail(source: &mut dyn ReadSeek, most: u64) -> io::Result<Vec<u8>> {
    let len = source.seek(SeekFrom::End(0))?;
    source.seek(SeekFrom::Start(len.saturating_sub(most)))?;
    let mut tail = Vec::new();
    source.take(most).read_to_end(&mut tail)?;
    source.rewind()?;
    Ok(tail)
}
