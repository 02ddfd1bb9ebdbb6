//! Tables as people hand them over.
#![allow(clippy::unwrap_used, missing_docs)]

use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use sheet::{Format, SheetError, csv_line, csv_start, read};

fn cells(bytes: &[u8]) -> Vec<(u32, Vec<String>)> {
    read(bytes).unwrap().rows.into_iter().map(|row| (row.line, row.cells)).collect()
}

fn row(line: u32, cells: &[&str]) -> (u32, Vec<String>) {
    (line, cells.iter().map(|&cell| cell.to_owned()).collect())
}

#[test]
fn the_encodings_and_separators_that_occur_are_one_table() {
    let want = vec![row(1, &["企业名称", "园区"]), row(3, &["岚屿 \"一\"，甲", "星河;科创, 园"])];
    for separator in [',', ';', '\t'] {
        let text = format!(
            "企业名称{separator}园区\r\n{separator}\r\n\"岚屿 \"\"一\"\"，甲\"{separator}\" 星河;科创, 园 \"\r\n"
        );
        let gb18030 = encoding_rs::GB18030.encode(&text).0.into_owned();
        let utf16: Vec<u8> =
            std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let marked = format!("\u{feff}{text}").into_bytes();
        for (bytes, name) in [
            (text.into_bytes(), "UTF-8"),
            (marked, "UTF-8"),
            (gb18030, "gb18030"),
            (utf16, "UTF-16LE"),
        ] {
            assert_eq!(cells(&bytes), want, "{name} {separator:?}");
            let format = Format::Csv { encoding: name, separator };
            assert_eq!(read(&bytes).unwrap().format, format);
        }
    }
}

#[test]
fn what_is_no_table_is_said() {
    assert_eq!(read(b""), Err(SheetError::Empty));
    assert_eq!(read(b",,\r\n \r\n"), Err(SheetError::Empty));
    assert_eq!(read(b"a,b\n\xff\xff,c\n"), Err(SheetError::Encoding(2)));
    assert_eq!(read(b"\xD0\xCF\x11\xE0rest"), Err(SheetError::OldSpreadsheet));
    assert_eq!(read(b"PK\x03\x04 not a zip"), Err(SheetError::Damaged));
    assert_eq!(read(&vec![b'a'; sheet::BYTES_MAX + 1]), Err(SheetError::TooLarge));
    let wide = "a,".repeat(sheet::COLUMNS_MAX) + "a";
    assert_eq!(read(format!("a,b\n{wide}").as_bytes()), Err(SheetError::TooManyColumns(2)));
    let long = "a".repeat(sheet::CELL_MAX + 1);
    assert_eq!(read(format!("{long},b\n").as_bytes()), Err(SheetError::CellTooLong(1)));
    let rows = "a,b\n".repeat(sheet::ROWS_MAX + 1);
    assert_eq!(read(rows.as_bytes()), Err(SheetError::TooManyRows));
}

#[test]
fn formulas_are_put_to_rest_and_come_back_as_written() {
    let cells = ["=1+1", "+86 10", "-3", "@x", "'=1", "''-", "'quoted'", "a\"b", "a;b", "岚屿"];
    let mut text = csv_start().to_owned();
    csv_line(&mut text, cells);
    assert!(text.starts_with("\u{feff}\"'=1+1\",\"'+86 10\",\"'-3\",\"'@x\",\"''=1\","));
    assert_eq!(read(text.as_bytes()).unwrap().rows[0].cells, cells);
}

/// A workbook of one sheet, whose XML is given.
fn book(sheet_xml: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        (
            "[Content_Types].xml",
            r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="名录" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#,
        ),
        (
            "xl/sharedStrings.xml",
            r#"<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="2"><si><t>企业名称</t></si><si><r><t>岚屿</t></r><r><t>新材料</t></r></si></sst>"#,
        ),
        ("xl/worksheets/sheet1.xml", sheet_xml),
    ];
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn sheet_of(rows: &str) -> Vec<u8> {
    book(&format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    ))
}

const ROWS: &str = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>园区</t></is></c></row>
<row r="4"><c r="A4" t="s"><v>1</v></c><c r="B4"><v>42</v></c><c r="C4"><v>1.5</v></c></row>"#;

#[test]
fn a_spreadsheet_is_read_with_its_line_numbers() {
    let want = vec![row(1, &["企业名称", "", "园区"]), row(4, &["岚屿新材料", "42", "1.5"])];
    assert_eq!(cells(&sheet_of(ROWS)), want);
    assert_eq!(read(&sheet_of(ROWS)).unwrap().format, Format::Xlsx);
}

#[test]
fn two_cells_far_apart_take_no_memory() {
    let far = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    assert_eq!(read(&sheet_of(far)), Err(SheetError::TooManyColumns(1_048_576)));
    let far = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>"#;
    assert_eq!(cells(&sheet_of(far)).len(), 2);
}

#[test]
fn a_file_that_unpacks_to_a_mountain_is_refused() {
    let bytes = book(&" ".repeat(200 << 20));
    assert!(bytes.len() < sheet::BYTES_MAX);
    assert_eq!(read(&bytes), Err(SheetError::TooLarge));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>) {
        drop(read(&bytes));
    }

    #[test]
    fn no_text_makes_it_panic(text in "[,;\t\"'\r\n=a岚 ]{0,80}") {
        if let Ok(sheet) = read(text.as_bytes()) {
            prop_assert!(sheet.rows.iter().all(|row| row.cells.iter().any(|cell| !cell.is_empty())));
        }
    }

    #[test]
    fn a_damaged_spreadsheet_does_not_make_it_panic(at: prop::sample::Index, byte: u8) {
        let mut bytes = sheet_of(ROWS);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        drop(read(&bytes));
    }

    #[test]
    fn what_is_written_is_read(
        rows in prop::collection::vec(prop::collection::vec("[ -~岚屿，\n]{0,12}", 2..5), 1..8),
    ) {
        // The first row says what the separator is, as a header does.
        let mut text = csv_start().to_owned();
        csv_line(&mut text, ["h"; 30]);
        let mut want = Vec::new();
        for row in &rows {
            csv_line(&mut text, row);
            let mut kept: Vec<String> = row.iter().map(|cell| cell.trim().to_owned()).collect();
            while kept.last().is_some_and(String::is_empty) {
                kept.pop();
            }
            if !kept.is_empty() {
                want.push(kept);
            }
        }
        let got: Vec<_> =
            read(text.as_bytes()).unwrap().rows.into_iter().skip(1).map(|row| row.cells).collect();
        // Blanks before a formula's start are lost with the blanks.
        prop_assume!(rows.iter().flatten().all(|cell| sheet::bare(cell.trim()) == cell.trim()));
        prop_assert_eq!(got, want);
    }
}
