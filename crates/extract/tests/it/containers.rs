//! Archives, mail boxes, and what is in them.

use extract::View;

use crate::build::{gzip, letter, tar, zip};
use crate::kept;

#[test]
fn archives_in_archives_are_opened() {
    let text = "搅拌转速 1200 rpm".as_bytes();
    let inner = zip(&[("深/层.txt", text), ("image.bin", &[0, 1, 2])]);
    let packed = gzip(&tar(&[("a/inner.zip", &inner), ("b.txt", b"plain")]));
    let kept = kept("x.tar.gz", &packed);
    assert_eq!(kept.text("x.tar!/a/inner.zip!/深/层.txt").as_bytes(), text);
    assert_eq!(kept.text("x.tar!/b.txt"), "plain");
    assert_eq!(kept.pieces.len(), 3);
    assert_eq!(kept.faults(), []);
}

#[test]
fn names_in_gbk_are_read_and_shown() {
    let mut packed = zip(&[("0123456789", b"text")]);
    let gbk = encoding_rs::GBK.encode("密点文档.t").0.into_owned();
    let name = &gbk[..];
    assert_eq!(name.len(), 10);
    while let Some(at) = packed.windows(10).position(|window| window == b"0123456789") {
        packed[at..at + 10].copy_from_slice(name);
    }
    assert_eq!(kept("x.zip", &packed).text("密点文档.t"), "text");
}

#[test]
fn letters_give_their_text_their_pages_and_their_files() {
    let bytes = letter(&zip(&[("in.txt", b"attached text")]));
    let kept = kept("x.eml", &bytes);
    let all: Vec<String> = kept
        .pieces
        .iter()
        .filter(|(path, view, _)| path.is_empty() && *view == View::Text)
        .map(|(.., bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    let all = all.concat();
    for part in ["配方", "甲", "a@example.org", "你好", "网页"] {
        assert!(all.contains(part), "{part}: {all}");
    }
    assert_eq!(kept.text("a.zip!/in.txt"), "attached text");
    assert_eq!(kept.text("#4").trim(), "the inner letter");
    assert_eq!(kept.faults(), []);
}

#[test]
fn each_letter_of_a_box_is_read() {
    let one = b"From a@b Thu Jan  1 00:00:00 2026\nFrom: a@b\nTo: c@d\nSubject: one\n\nbody one\n>From here\n\n";
    let two = b"From a@b Thu Jan  1 00:00:00 2026\nFrom: a@b\nSubject: two\n\nbody two\n";
    let kept = kept("x.mbox", &[&one[..], two].concat());
    assert_eq!(kept.text("#1").trim(), "body one\nFrom here");
    assert_eq!(kept.text("#2").trim(), "body two");
    assert_eq!(kept.faults(), []);
}

#[test]
fn a_link_in_an_archive_is_a_text_not_a_way() {
    let mut builder = ::tar::Builder::new(Vec::new());
    let mut header = ::tar::Header::new_gnu();
    header.set_entry_type(::tar::EntryType::Symlink);
    header.set_size(0);
    builder.append_link(&mut header, "link", "/etc/passwd").unwrap();
    let kept = kept("x.tar", &builder.into_inner().unwrap());
    assert_eq!(kept.text("link"), "/etc/passwd");
}
