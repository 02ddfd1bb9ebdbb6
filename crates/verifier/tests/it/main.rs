//! What the page asks, asked directly.
#![allow(clippy::unwrap_used, unsafe_code)]

use evidence::container::Writer;
use evidence::verify::{Options, Verifier};
use verifier::{ROOM_BYTES_MAX, midun_answer, midun_feed, midun_finish, midun_new, midun_room};

/// Writes into the room, as the page does.
fn put(bytes: &[u8]) -> usize {
    let room = midun_room(bytes.len());
    // SAFETY: the room has as many bytes as were asked for, and nobody else touches it.
    unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), room, bytes.len()) };
    bytes.len()
}

fn answer() -> String {
    let len = midun_finish();
    // SAFETY: the answer has `len` bytes until the next call.
    let bytes = unsafe { std::slice::from_raw_parts(midun_answer(), len) };
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Something that says it is a dossier, so that there is something to judge.
fn dossier() -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    writer.add_bytes("mimetype", b"application/vnd.etsi.asic-e+zip").unwrap();
    writer.add_bytes("manifest.json", b"{}\n").unwrap();
    writer.finish().unwrap()
}

#[test]
fn the_answer_is_that_of_the_verifier() {
    let dossier = dossier();
    let mut verifier = Verifier::new(Options::default());
    verifier.feed(&dossier);
    let expected = verifier.finish().to_json();
    for piece in [1, 7, dossier.len()] {
        assert_eq!(midun_new(put(b"# nothing of my own\n"), -1.0), 0);
        dossier.chunks(piece).for_each(|bytes| midun_feed(put(bytes)));
        assert_eq!(answer(), expected);
    }
    assert!(expected.contains("\"outcome\":\"not_valid\""));
}

#[test]
fn keys_that_cannot_be_read_are_refused() {
    assert_eq!(midun_new(put(b"log nonsense\n"), 0.0), 1);
    midun_feed(put(b"x"));
    assert_eq!(answer(), "", "nothing was begun");
    assert_eq!(midun_new(put(b"\xff"), 0.0), 1);
}

#[test]
fn lengths_that_do_not_fit_do_no_harm() {
    assert!(midun_room(ROOM_BYTES_MAX + 1).is_null());
    assert_eq!(midun_new(0, f64::NAN), 0);
    put(b"PK");
    midun_feed(usize::MAX);
    assert!(answer().contains("\"outcome\":\"unreadable\""));
    midun_feed(1);
    assert_eq!(midun_finish(), 0);
}
