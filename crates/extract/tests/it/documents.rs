//! Documents and their text.

use extract::View;

use crate::build::{docx, pdf, xlsx, zip};
use crate::{kept, kept_within};

#[test]
fn a_text_document_gives_its_paragraphs() {
    let text = ["浆料的固含量控制在 48.5 ± 0.3 %", "第二段 second"];
    let kept = kept("x.docx", &docx(&text));
    assert_eq!(kept.text("word/document.xml"), text.join("\n") + "\n");
    assert_eq!(kept.view("word/document.xml"), View::Text);
    let styles = kept.pieces.iter().find(|(path, ..)| path == "word/styles.xml").unwrap();
    assert!(styles.2.starts_with(b"<w:styles"), "other parts are read as they are");
    assert_eq!(kept.faults(), []);
}

#[test]
fn a_workbook_gives_rows_under_the_names_of_its_sheets() {
    let kept = kept("x.xlsx", &xlsx());
    assert_eq!(kept.text("工艺参数"), "烧结温度\t保温\n1150.5\t3.3\t备注\n");
    assert_eq!(kept.view("工艺参数"), View::Rows);
    assert_eq!(kept.text("xl/sharedStrings.xml"), "没有单元格引用的字符串");
}

#[test]
fn slides_open_documents_and_ofd_give_their_text() {
    let slide = "<p:sld xmlns:p='p' xmlns:a='a'><a:p><a:r><a:t>第一</a:t></a:r><a:r><a:t>页</a:t></a:r></a:p></p:sld>";
    let odt = "<office:document-content xmlns:office='o' xmlns:text='t'><text:p>开放文档</text:p></office:document-content>";
    let ofd = "<ofd:Page xmlns:ofd='o'><ofd:TextCode X='1'>版式</ofd:TextCode><ofd:TextCode>文档</ofd:TextCode></ofd:Page>";
    let packed = zip(&[
        ("ppt/slides/slide1.xml", slide.as_bytes()),
        ("content.xml", odt.as_bytes()),
        ("Doc_0/Pages/Page_0/Content.xml", ofd.as_bytes()),
    ]);
    let kept = kept("x", &packed);
    assert_eq!(kept.text("ppt/slides/slide1.xml"), "第一页\n");
    assert_eq!(kept.text("content.xml"), "开放文档\n");
    assert_eq!(kept.text("Doc_0/Pages/Page_0/Content.xml"), "版式\n文档\n");
}

#[test]
fn a_pdf_gives_its_text_page_by_page() {
    let content =
        "BT /F1 12 Tf 20 150 Td (Sintering at ) Tj (1150 C) Tj 0 -20 Td (second line) Tj ET";
    let kept = kept("x.pdf", &pdf(content));
    assert_eq!(kept.text("").trim(), "Sintering at 1150 C\nsecond line");
    assert_eq!(kept.pages, [(1, 0)]);
    assert_eq!(kept.faults(), []);
}

#[test]
fn a_scanned_page_is_said_to_have_no_text() {
    let kept = kept("x.pdf", &pdf("q 100 0 0 100 0 0 cm /Im1 Do Q"));
    assert_eq!(kept.faults(), [("", "pictures", "part")]);
}

#[test]
fn a_web_page_is_read_as_it_is_and_as_people_see_it() {
    let kept = kept("x.html", "<p>保<b>温</b>40</p>".as_bytes());
    let views: Vec<View> = kept.pieces.iter().map(|(_, view, _)| *view).collect();
    assert_eq!(views, [View::Raw, View::Text]);
    assert_eq!(kept.text("").trim(), "保温40");
    let gbk = encoding_rs::GBK.encode("<html><p>烧<i>结</i>温度</p></html>").0.into_owned();
    assert_eq!(crate::kept("x.htm", &gbk).text("").trim(), "烧结温度");
}

#[test]
fn encodings_that_fingerprints_read_stay_and_big5_becomes_utf8() {
    let text = "漿料的固含量控制在百分之四十八,黏度以旋轉黏度計量測,溫度二十五度。\n".repeat(2000);
    let big5 = encoding_rs::BIG5.encode(&text).0.into_owned();
    let kept = kept_within("x.txt", &big5, extract::Limits::default());
    assert_eq!(kept.text(""), text);
    let gbk = encoding_rs::GBK.encode("浆料的固含量控制在百分之四十八").0.into_owned();
    let kept = crate::kept("x.txt", &gbk);
    assert_eq!(kept.pieces, [(String::new(), View::Raw, gbk)]);
}
