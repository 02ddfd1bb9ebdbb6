//! The container: what is written is read, and nothing else is.

use evidence::container::{
    Answer, BYTES_MAX, Fault, PATH_BYTES_MAX, Part, Reader, WriteError, Writer, packed_size,
};
use proptest::prelude::*;

/// Reads in pieces of `piece` bytes: what was found, or the fault.
fn read(bytes: &[u8], piece: usize) -> Result<Vec<(String, Vec<u8>)>, Fault> {
    let mut entries: Vec<(String, Vec<u8>)> = Vec::new();
    let mut reader = Reader::new();
    let mut sink = |part: Part<'_>| {
        match part {
            Part::Start(entry) => entries.push((entry.path.clone(), Vec::new())),
            Part::Data(bytes) => entries.last_mut().unwrap().1.extend(bytes),
            Part::End { crc32 } => {
                assert_eq!(crc32, crc32fast::hash(&entries.last().unwrap().1));
            }
        }
        Answer::Continue(())
    };
    for chunk in bytes.chunks(piece) {
        reader.feed(chunk, &mut sink)?;
    }
    reader.finish()?;
    Ok(entries)
}

fn write(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    entries.iter().for_each(|(path, bytes)| writer.add_bytes(path, bytes).unwrap());
    writer.finish().unwrap()
}

fn two() -> Vec<u8> {
    write(&[("a".to_owned(), b"one".to_vec()), ("b/c".to_owned(), Vec::new())])
}

fn entries() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let path = proptest::string::string_regex("[a-zA-Z0-9_-]{1,9}(/[a-z0-9.]{1,9}x){0,2}").unwrap();
    let content = proptest::collection::vec(any::<u8>(), 0..300);
    proptest::collection::btree_map(path, content, 1..9).prop_map(|map| map.into_iter().collect())
}

proptest! {
    #[test]
    fn what_is_written_is_read(entries in entries(), piece in 1_usize..200) {
        let bytes = write(&entries);
        let sizes = entries.iter().map(|(path, content)| (&**path, content.len() as u64));
        prop_assert_eq!(packed_size(sizes), bytes.len() as u64);
        prop_assert_eq!(read(&bytes, piece), Ok(entries));
    }

    #[test]
    fn pieces_do_not_matter_for_faults(
        entries in entries(),
        at in any::<proptest::sample::Index>(),
        to in any::<u8>(),
        piece in 1_usize..40,
    ) {
        let mut bytes = write(&entries);
        let at = at.index(bytes.len());
        bytes[at] = to;
        let fault = |piece| {
            let mut reader = Reader::new();
            let mut sink = |_: Part<'_>| Answer::Continue(());
            let fed = bytes.chunks(piece).try_for_each(|chunk| reader.feed(chunk, &mut sink));
            (fed, reader.position(), reader.entries())
        };
        prop_assert_eq!(fault(piece), fault(bytes.len()));
    }
}

#[test]
fn readers_of_zip_read_it() {
    // What unzip and Python read: signatures and places as APPNOTE.TXT says.
    let bytes = two();
    assert_eq!(&bytes[..4], b"PK\x03\x04");
    let end = &bytes[bytes.len() - 22..];
    assert_eq!((&end[..4], end[8], end[10]), (&b"PK\x05\x06"[..], 2, 2));
    let directory = u32::from_le_bytes(end[16..20].try_into().unwrap()) as usize;
    assert_eq!(&bytes[directory..directory + 4], b"PK\x01\x02");
}

#[test]
fn the_writer_refuses() {
    let mut writer = Writer::new(Vec::new());
    writer.add_bytes("a", b"x").unwrap();
    assert!(matches!(writer.add_bytes("a", b"x"), Err(WriteError::Duplicate(_))));
    assert!(matches!(writer.add_bytes("../a", b"x"), Err(WriteError::Path(_))));
    let huge = writer.add("b", BYTES_MAX, 0, &mut std::io::empty());
    assert!(matches!(huge, Err(WriteError::TooLarge)));
    let endless = writer.add("b", u64::MAX, 0, &mut std::io::empty());
    assert!(matches!(endless, Err(WriteError::TooLarge)));
    for (size, crc32) in [(2, crc32fast::hash(b"xyz")), (4, crc32fast::hash(b"xyz")), (3, 0)] {
        let mut writer = Writer::new(Vec::new());
        let result = writer.add("c", size, crc32, &mut &b"xyz"[..]);
        assert!(matches!(result, Err(WriteError::Content(_))), "{size} {crc32}");
    }
}

/// Checks that bytes are refused, however they are cut.
#[track_caller]
fn refused(bytes: &[u8], fault: Fault) {
    assert_eq!(read(bytes, bytes.len().max(1)), Err(fault.clone()));
    assert_eq!(read(bytes, 1), Err(fault));
}

#[test]
fn nothing_before_between_or_after() {
    let bytes = two();
    refused(b"", Fault::NotZip);
    refused(&[b"x", &bytes[..]].concat(), Fault::NotZip);
    refused(&[&bytes[..], b"x"].concat(), Fault::Trailing);
    refused(&[&bytes[..], &bytes[bytes.len() - 22..]].concat(), Fault::Trailing);
    let second = 30 + 1 + 3;
    let gap = [&bytes[..second], &[0], &bytes[second..]].concat();
    refused(&gap, Fault::Header { number: 2 });
    // An empty container.
    refused(&bytes[bytes.len() - 22..], Fault::NotZip);
}

#[test]
fn one_spelling_of_each_header() {
    let bytes = two();
    // Version, flags (encrypted, descriptor, UTF-8), method (deflate), time, extra field.
    for (at, value) in [(4, 45), (6, 1), (6, 8), (7, 8), (8, 8), (10, 1), (28, 4)] {
        let mut changed = bytes.clone();
        changed[at] = value;
        refused(&changed, Fault::Header { number: 1 });
    }
    let mut longer = bytes.clone();
    longer[22] += 1; // uncompressed size alone
    refused(&longer, Fault::Header { number: 1 });
    let mut comment = bytes.clone();
    let at = comment.len() - 2;
    comment[at] = 1;
    refused(&comment, Fault::Directory);
}

#[test]
fn paths_are_checked() {
    for bad in [&b".."[..], b"/a", b"a/", b"a//b", b"./a", b"a\\b", b"a\0b", "é".as_bytes()] {
        let mut bytes = b"PK\x03\x04\x14\0\0\0\0\0\0\0\x21\0".to_vec();
        bytes.extend([0; 12]);
        bytes.extend((bad.len() as u16).to_le_bytes());
        bytes.extend([0; 2]);
        bytes.extend(bad);
        refused(&bytes, Fault::Path { number: 1 });
    }
    let mut long = two();
    long[26..28].copy_from_slice(&(PATH_BYTES_MAX as u16 + 1).to_le_bytes());
    refused(&long, Fault::Path { number: 1 });
}

#[test]
fn sizes_beyond_the_format_are_refused_before_they_are_read() {
    let mut huge = two();
    huge[18..26].copy_from_slice(&[0xff; 8]);
    refused(&huge, Fault::TooLarge);
    let mut large = two();
    large[18..22].copy_from_slice(&0xffff_ffc0_u32.to_le_bytes());
    large[22..26].copy_from_slice(&0xffff_ffc0_u32.to_le_bytes());
    refused(&large, Fault::TooLarge);
}

#[test]
fn a_path_stands_once() {
    let bytes = two();
    let first = &bytes[..30 + 1 + 3];
    refused(&[first, first].concat(), Fault::Duplicate { path: "a".to_owned() });
}
