//! Word documents: only text inside runs changes, and leaks of them are read as text or as office
//! files.

use std::io::{Cursor, Read as _, Write as _};

use trace::code::{Biases, Codebook, Seen, Word};
use trace::document::{Medium, Plan, Unfit};
use trace::key::{Draw, Seed};
use trace::text::Asked;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const TEXT: &str = include_str!("../data/chinese.txt");

/// A document whose paragraphs are cut into runs, as Word does, with a picture beside.
fn document() -> Vec<u8> {
    let mut xml = String::from("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>");
    for line in TEXT.lines() {
        xml += "<w:p><w:pPr><w:jc w:val=\"both\"/></w:pPr>";
        let chars: Vec<char> = line.chars().collect();
        for (at, run) in chars.chunks(17).enumerate() {
            let run: String = run.iter().collect();
            let keep = if at % 2 == 0 { " xml:space=\"preserve\"" } else { "" };
            xml += &format!("<w:r><w:rPr><w:sz w:val=\"21\"/></w:rPr><w:t{keep}>{run}</w:t></w:r>");
        }
        xml +=
            "<w:r><w:instrText> PAGE 1,2 </w:instrText></w:r><w:r><w:t>A &amp; B</w:t></w:r></w:p>";
    }
    xml += "</w:body></w:document>";
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let parts: [(&str, &[u8]); 3] = [
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", xml.as_bytes()),
        ("word/media/1.png", b"\x89PNG"),
    ];
    for (name, bytes) in parts {
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// XML without the text of its runs.
fn frame(xml: &str) -> String {
    let pieces =
        xml.split("<w:t").map(|piece| piece.find("</w:t>").map_or(piece, |at| &piece[at..]));
    pieces.collect()
}

fn word(plan: &Plan, copy: &str) -> Word {
    let seed = Seed::new([3; 32]);
    let biases = Biases::draw(&seed, &plan.digest(), plan.sites.len());
    Word::draw(&seed.copy_key(&plan.digest(), &Draw { copy, nonce: &[], beacon: &[] }), &biases)
}

#[test]
fn only_text_inside_runs_changes() {
    let original = document();
    let plan = Plan::of(&original, &Asked::default()).unwrap();
    assert_eq!(plan.medium, Medium::Docx);
    assert!(plan.sites.len() > 120, "{}", plan.sites.len());
    let copy = plan.copy(&original, &word(&plan, "FB-0001")).unwrap();
    assert_eq!(copy, plan.copy(&original, &word(&plan, "FB-0001")).unwrap());
    let (was, is) = (parts(&original), parts(&copy));
    assert_eq!(was.len(), is.len());
    for (was, is) in was.iter().zip(&is) {
        assert_eq!(was.0, is.0);
        if was.0 == "word/document.xml" {
            let (was, is) =
                (std::str::from_utf8(&was.1).unwrap(), std::str::from_utf8(&is.1).unwrap());
            assert_ne!(was, is);
            assert_eq!(frame(was), frame(is));
            // Without xml:space, a blank at the end of a run would vanish when it is opened.
            assert!(
                !is.contains("<w:t> ")
                    && !is.split("<w:t>").skip(1).any(|piece| {
                        piece.split("</w:t>").next().is_some_and(|text| text.ends_with(' '))
                    })
            );
        } else {
            assert_eq!(was.1, is.1);
        }
    }
}

#[test]
fn a_document_and_its_text_are_read() {
    let original = document();
    let plan = Plan::of(&original, &Asked::default()).unwrap();
    let word = word(&plan, "FB-0001");
    let copy = plan.copy(&original, &word).unwrap();
    let xml = String::from_utf8(parts(&copy)[1].1.clone()).unwrap();
    let pasted: String = xml
        .replace("</w:p>", "\n")
        .replace(" PAGE 1,2 ", "")
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text))
        .collect();
    for leak in [copy, pasted.into_bytes()] {
        let (reading, letters) = plan.read(&original, &leak).unwrap();
        assert!(letters > 1_000);
        assert!(reading.live() * 100 >= plan.sites.len() * 98, "{}", reading.live());
        for (at, seen) in reading.seen.iter().enumerate() {
            assert!(*seen == Seen::Nothing || *seen == Seen::bit(word.bit(at)), "{at}");
        }
    }
    let budget = plan.budget(&original, 1_000).unwrap();
    assert!(budget.missing() == 0 && budget.lines[0].named);
    let book = Codebook::new(Biases::draw(&Seed::new([3; 32]), &plan.digest(), plan.sites.len()));
    assert_eq!(book.copies(), 0);
}

#[test]
fn what_is_no_document_is_refused() {
    let whole = document();
    let mut closed = vec![0xD0, 0xCF, 0x11, 0xE0];
    closed.extend([0; 600]);
    let mut sheet = ZipWriter::new(Cursor::new(Vec::new()));
    sheet.start_file("xl/workbook.xml", SimpleFileOptions::default()).unwrap();
    let sheet = sheet.finish().unwrap().into_inner();
    let cases: [(&[u8], Unfit); 5] = [
        (&closed, Unfit::Closed),
        (&whole[..whole.len() / 2], Unfit::Damaged),
        (&sheet, Unfit::NotText),
        (b"", Unfit::Empty),
        (b"\x89PNG\r\n\x1a\n\0\0", Unfit::NotText),
    ];
    for (bytes, why) in cases {
        assert_eq!(Plan::of(bytes, &Asked::default()), Err(why));
    }
    let plan = Plan::of(&whole, &Asked::default()).unwrap();
    let other = b"another original".to_vec();
    assert_eq!(plan.copy(&other, &word(&plan, "x")), Err(Unfit::NotTheOriginal));
    // A damaged leak says nothing.
    assert_eq!(plan.read(&whole, &whole[..whole.len() / 2]).unwrap().0.live(), 0);
}
