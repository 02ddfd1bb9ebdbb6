//! Files made to hurt, and files that are broken.

use std::sync::LazyLock;

use extract::{Limits, View};
use proptest::prelude::*;

use crate::build::{docx, gzip, letter, pdf, tar, xlsx, zip};
use crate::{Kept, kept, kept_within};

const SMALL: Limits = Limits {
    depth_max: 4,
    members_max: 10,
    unpacked_max: 64 << 20,
    ratio_max: 100,
    ratio_free: 1 << 20,
    held_max: 2 << 20,
};

fn out(kept: &Kept) -> usize {
    kept.pieces.iter().map(|(.., bytes)| bytes.len()).sum()
}

#[test]
fn a_bomb_stops_and_says_so() {
    let zeros = vec![0; 8 << 20];
    for (name, bomb) in [("x.gz", gzip(&zeros)), ("x.zip", zip(&[("a", &zeros)]))] {
        let kept = kept_within(name, &bomb, SMALL);
        let allowed = bomb.len() * SMALL.ratio_max as usize + SMALL.ratio_free as usize;
        assert!(out(&kept) <= allowed, "{name}: {}", out(&kept));
        assert!(kept.faults().iter().any(|(_, why, got)| (*why, *got) == ("ratio", "part")));
    }
    // Ten thousandfold by layers: 16 members of zeros, three times over.
    let mut bomb = zip(&[("zeros", &vec![0; 1 << 20][..])]);
    for _ in 0..3 {
        let names: Vec<String> = (0..16).map(|n| n.to_string()).collect();
        let members: Vec<(&str, &[u8])> = names.iter().map(|name| (&**name, &bomb[..])).collect();
        bomb = zip(&members);
    }
    let limits = Limits { members_max: 100_000, ..SMALL };
    let kept = kept_within("x.zip", &bomb, limits);
    assert!(kept.faults().iter().any(|(_, why, _)| *why == "ratio"), "{:?}", kept.faults());
    assert!(out(&kept) <= bomb.len() * 100 + (1 << 20));
}

#[test]
fn a_bomb_in_a_document_stops() {
    let text = format!("<w:p xmlns:w='x'>{}</w:p>", "<w:t>甲</w:t>".repeat(1 << 18));
    let kept = kept_within("x.docx", &zip(&[("word/document.xml", text.as_bytes())]), SMALL);
    assert_eq!(kept.faults(), [("word/document.xml", "ratio", "part")]);
}

#[test]
fn depth_members_and_size_in_memory_are_bounded_and_told() {
    let mut nested = zip(&[("t.txt", b"at the bottom")]);
    for _ in 0..6 {
        nested = zip(&[("z.zip", &nested)]);
    }
    let kept = kept_within("x.zip", &nested, SMALL);
    let deepest = ["z.zip"; 4].join("!/");
    assert_eq!(kept.faults(), [(deepest.as_str(), "depth", "raw")]);
    assert_eq!(kept.view(&deepest), View::Raw);

    let names: Vec<String> = (0..20).map(|n| n.to_string()).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (&**name, &b"x"[..])).collect();
    for (name, bytes) in [("x.zip", zip(&many)), ("x.tar", tar(&many))] {
        let kept = kept_within(name, &bytes, SMALL);
        assert_eq!(kept.pieces.len(), 10);
        assert_eq!(kept.faults(), [("", "members", "part")], "{name}");
    }

    // Noise can't be packed, so it is no bomb; but a ZIP within a gzip must be held.
    let mut state = 1_u64;
    let mut noise = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    };
    let noise: Vec<u8> = (0..3 << 20).map(|_| noise()).collect();
    let large = gzip(&zip(&[("noise", &noise)]));
    let kept = kept_within("x.gz", &large, SMALL);
    assert_eq!(kept.faults(), [("x", "held", "raw")]);
    assert!(out(&kept) > 3 << 20, "its bytes are read all the same");
}

#[test]
fn names_that_lead_elsewhere_only_stand_in_the_report() {
    let name = "../../etc/passwd";
    for (file, bytes) in [("x.zip", zip(&[(name, b"text")])), ("x.tar", tar(&[(name, b"text")]))] {
        assert_eq!(kept(file, &bytes).text(name), "text");
    }
    let kept = kept("x.zip", &zip(&[("a\u{1b}[2Jb\n", b"text")]));
    assert_eq!(kept.text("a\u{FFFD}[2Jb\u{FFFD}"), "text");
}

#[test]
fn what_is_cut_short_is_read_as_far_as_it_goes() {
    let whole = zip(&[("one.txt", b"the first member"), ("two.txt", &[b'2'; 5000])]);
    let kept = kept("x.zip", &whole[..whole.len() - 120]);
    assert_eq!(kept.text("one.txt"), "the first member");
    assert!(kept.faults().iter().any(|(_, why, _)| *why == "damaged"));

    let packed = gzip(&b"line\n".repeat(5000));
    let kept = crate::kept("x.gz", &packed[..packed.len() / 2]);
    assert!(kept.text("x").starts_with("line\nline"));
    assert_eq!(kept.faults(), [("x", "damaged", "part")]);

    let archive = tar(&[("a", &[b'a'; 3000]), ("b", &[b'b'; 3000])]);
    let kept = crate::kept("x.tar", &archive[..archive.len() / 2]);
    assert_eq!(kept.faults().len(), 1, "{:?}", kept.faults());

    let page = pdf("BT /F1 12 Tf 20 150 Td (text) Tj ET");
    let kept = crate::kept("x.pdf", &page[..60]);
    assert_eq!(kept.faults(), [("", "damaged", "raw")]);
    assert_eq!(kept.view(""), View::Raw);
}

#[test]
fn damaged_xml_in_an_office_file_is_told() {
    let bytes = zip(&[("word/document.xml", b"<w:p xmlns:w='x'><w:t>before</w:t></w:q>")]);
    let kept = kept("x.docx", &bytes);
    assert_eq!(kept.text("word/document.xml"), "before");
    assert_eq!(kept.faults(), [("word/document.xml", "damaged", "part")]);
}

#[test]
fn locked_and_unknown_packages_are_told() {
    let mut locked = zip(&[("a.txt", b"text")]);
    // The flag that says "encrypted", in the member's head and in the list.
    for mark in [&b"PK\x03\x04"[..], b"PK\x01\x02"] {
        let at = locked.windows(4).position(|window| window == mark).unwrap();
        locked[at + if mark[2] == 3 { 6 } else { 8 }] |= 1;
    }
    assert_eq!(kept("x.zip", &locked).faults(), [("a.txt", "encrypted", "nothing")]);
    for head in [&b"7z\xBC\xAF\x27\x1C"[..], b"Rar!\x1A\x07\0", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"]
    {
        let kept = kept("x", head);
        assert_eq!(kept.faults(), [("", "unsupported", "raw")]);
        assert_eq!(kept.pieces[0].2, head);
    }
}

#[test]
fn a_sink_that_has_enough_is_heard() {
    let text = b"x".repeat(3 << 20);
    for (name, bytes) in [
        ("x.txt", text.clone()),
        ("x.gz", gzip(&text)),
        ("x.zip", zip(&[("a", &text), ("b", &text)])),
    ] {
        let mut kept = Kept { stop_after: Some(1 << 20), ..Kept::default() };
        extract::extract_bytes(name, &bytes, Limits::default(), &mut kept);
        assert!(out(&kept) < 2 << 20, "{name}");
        assert!(!kept.open);
    }
}

#[test]
fn an_empty_file_is_an_empty_piece() {
    assert_eq!(kept("x", b"").pieces, [(String::new(), View::Raw, Vec::new())]);
}

static WHOLE: LazyLock<Vec<(&str, Vec<u8>)>> = LazyLock::new(|| {
    let zip_of_text = zip(&[("a.txt", b"text")]);
    vec![
        ("x.zip", zip(&[("a.txt", b"text"), ("b.zip", &zip_of_text)])),
        ("x.tar.gz", gzip(&tar(&[("a.txt", b"text")]))),
        ("x.tar", tar(&[("a.txt", b"text"), ("b.docx", &docx(&["甲"]))])),
        ("x.docx", docx(&["甲乙丙", "x"])),
        ("x.xlsx", xlsx()),
        ("x.eml", letter(b"attached")),
        ("x.pdf", pdf("BT /F1 12 Tf 20 150 Td (text) Tj ET")),
    ]
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn any_damage_is_borne(
        which in 0..7_usize,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let (name, mut bytes) = WHOLE[which].clone();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let kept = kept_within(name, &bytes, SMALL);
        prop_assert!(out(&kept) <= bytes.len() * 102 + (1 << 20));
    }
}
