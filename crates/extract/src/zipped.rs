//! ZIP archives, and the office files that are such.

use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::read::read_zipfile_from_stream;
use zip::result::ZipError;

use crate::office::{self, Part, Strings};
use crate::walk::{ReadSeek, Walk, decoded_name, tail};
use crate::{Format, Got, View, Why};

/// The longest list of members that is taken into memory.
const DIRECTORY_MAX: u64 = 64 << 20;
/// The longest part of an office file that only names others.
const NAMES_MAX: u64 = 4 << 20;

const STRINGS: &str = "xl/sharedStrings.xml";

/// Reads an archive.
pub(crate) fn read(walk: &mut Walk<'_>, source: &mut dyn ReadSeek) {
    let directory = tail(source, 66_000).map(|tail| directory_len(&tail));
    if directory.is_ok_and(|len| len > DIRECTORY_MAX) {
        walk.fault(Why::Members, Got::Raw);
        return walk.raw(source_of(source), &[], Format::Zip);
    }
    match ZipArchive::new(&mut *source) {
        Ok(archive) => members(walk, archive),
        Err(_) => salvage(walk, source),
    }
}

/// A `dyn ReadSeek` as a `dyn Read`.
fn source_of(source: &mut dyn ReadSeek) -> &mut dyn Read {
    source
}

/// Bytes of the list of members, as the end of the file says (APPNOTE 4.3.14, 4.3.16).
fn directory_len(tail: &[u8]) -> u64 {
    let number = |at: usize, len: usize| -> u64 {
        let bytes = tail.get(at..at + len).unwrap_or_default();
        bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
    };
    if let Some(at) = memchr::memmem::rfind(tail, b"PK\x06\x06") {
        return number(at + 40, 8);
    }
    memchr::memmem::rfind(tail, b"PK\x05\x06").map_or(0, |at| number(at + 12, 4))
}

fn members<R: Read + Seek>(walk: &mut Walk<'_>, mut archive: ZipArchive<R>) {
    let workbook = archive.index_for_name("xl/workbook.xml").is_some();
    let mut strings = Strings::default();
    let mut sheets = Vec::new();
    if workbook {
        strings = shared_strings(walk, &mut archive);
        let mut part = |name| {
            let mut bytes = Vec::new();
            if let Ok(entry) = archive.by_name(name) {
                drop(entry.take(NAMES_MAX).read_to_end(&mut bytes));
            }
            bytes
        };
        sheets = office::sheet_names(&part("xl/workbook.xml"), &part("xl/_rels/workbook.xml.rels"));
    }
    let _held = walk.tally.hold(strings.bytes());
    for n in 0..archive.len() {
        if !walk.go_on() {
            break;
        }
        let (name, encrypted, folder) = match archive.by_index_data(n) {
            Ok(entry) => (decoded_name(entry.name_raw()), entry.encrypted(), entry.is_dir()),
            Err(_) => {
                walk.fault(Why::Damaged, Got::Part);
                continue;
            }
        };
        if folder || workbook && name == STRINGS {
            continue;
        }
        if !walk.count() {
            return;
        }
        let sheet = sheets.iter().find(|(part, _)| *part == name).map(|(_, sheet)| sheet);
        let label = sheet.unwrap_or(&name).clone();
        walk.member(&label, |walk| {
            if encrypted {
                return walk.fault(Why::Encrypted, Got::Nothing);
            }
            match archive.by_index(n) {
                Ok(mut entry) => member(walk, &name, &mut entry, &mut strings),
                Err(error) => walk.fault(why(&error), Got::Nothing),
            }
        });
    }
    let unused: Vec<&str> = strings.unused().collect();
    if !unused.is_empty() {
        let text = unused.join("\n");
        walk.member(STRINGS, |walk| walk.piece(View::Text, Format::Zip, text.as_bytes()));
    }
}

fn why(error: &ZipError) -> Why {
    match error {
        ZipError::UnsupportedArchive(_) => Why::Unsupported,
        ZipError::Io(error) => crate::walk::why(error),
        _ => Why::Damaged,
    }
}

fn shared_strings<R: Read + Seek>(walk: &mut Walk<'_>, archive: &mut ZipArchive<R>) -> Strings {
    let Ok(entry) = archive.by_name(STRINGS) else { return Strings::default() };
    let room = walk.tally.room();
    let (strings, result) = Strings::read(walk.metered(entry).take(room));
    if let Err(why) = result {
        walk.member(STRINGS, |walk| walk.fault(why, Got::Part));
    }
    strings
}

fn member(walk: &mut Walk<'_>, name: &str, entry: &mut dyn Read, strings: &mut Strings) {
    let mut entry = walk.metered(entry);
    let Some(part) = office::part(name) else { return walk.stream(name, &mut entry) };
    walk.begin(part.view(), Format::Zip);
    let mut text = |text: &str| {
        walk.feed(text.as_bytes());
        walk.go_on()
    };
    let result = match &part {
        Part::Paragraphs(rules) => office::paragraphs(&mut entry, rules, &mut text),
        Part::Sheet => office::sheet(&mut entry, strings, &mut text),
        Part::Strings => {
            let (strings, result) = Strings::read(&mut entry);
            for one in strings.unused() {
                text(one);
                text("\n");
            }
            result
        }
    };
    walk.end();
    if let Err(why) = result {
        walk.fault(why, Got::Part);
    }
}

/// Reads what an archive without a list of members begins with: it was cut short, or worse.
fn salvage(walk: &mut Walk<'_>, mut source: &mut dyn ReadSeek) {
    let mut found = 0;
    if source.rewind().is_ok() {
        let mut strings = Strings::default();
        while walk.go_on() {
            let Ok(Some(mut entry)) = read_zipfile_from_stream(&mut source) else { break };
            let name = decoded_name(entry.name_raw());
            if entry.is_dir() {
                continue;
            }
            found += 1;
            if !walk.count() {
                return;
            }
            walk.member(&name, |walk| member(walk, &name, &mut entry, &mut strings));
        }
    }
    if found > 0 {
        return walk.fault(Why::Damaged, Got::Part);
    }
    walk.fault(Why::Damaged, Got::Raw);
    if source.rewind().is_ok() {
        walk.raw(source_of(source), &[], Format::Zip);
    }
}
