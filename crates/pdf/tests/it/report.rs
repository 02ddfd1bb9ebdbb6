use crate::{DAY, extract};

const TEMPLATE: &str = include_str!("report.typ");
const SEAL: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 7 7">
<rect width="7" height="7" fill="none" stroke="#b3261e"/><rect x="2" y="3" width="1" height="1"/></svg>"##;

/// A report with `rows` table rows of fictional events.
fn data(rows: usize) -> String {
    let rows: Vec<String> = (0..rows)
        .map(|i| {
            format!(
                r#"{{"what":"密点第{i}号:反应釜温度曲线的第二拐点,向三名研发人员开放(虚构)",
                "when":"2026-11-{:02} 09:{:02}","digest":"{:016x}"}}"#,
                i % 28 + 1,
                i % 60,
                i * 0x9E37_79B9_7F4A
            )
        })
        .collect();
    format!(r#"{{"title":"证据清单(虚构)","rows":[{}]}}"#, rows.join(","))
}

fn report(rows: usize) -> pdf::Rendered {
    let files = [("seal.svg", SEAL.as_bytes())];
    pdf::render_with_warnings(TEMPLATE, &data(rows), DAY, &files).unwrap()
}

fn pages(pdf: &[u8]) -> usize {
    extract(pdf).map_or(0, |text| text.matches('\u{c}').count())
}

#[test]
fn chinese_text_can_be_read_back() {
    let rendered = report(3);
    assert_eq!(rendered.warnings, vec![]);
    if let Some(text) = extract(&rendered.pdf) {
        assert!(text.contains("证据清单(虚构)"), "{text}");
        assert!(text.contains("2026-11-24"), "{text}");
        assert!(text.contains("向三名研发人员开放"), "{text}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let first = report(40).pdf;
    let other_in_between = report(41).pdf;
    assert_ne!(first, other_in_between);
    assert!(first == report(40).pdf, "two renders of one report differ");
    let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(|| report(40).pdf)).collect();
    for thread in threads {
        assert!(first == thread.join().unwrap(), "a render beside others differs");
    }
}

#[test]
fn the_file_says_it_is_pdf_a_2b_and_carries_the_given_day() {
    let pdf = report(1).pdf;
    let text = String::from_utf8_lossy(&pdf);
    assert!(text.contains("<pdfaid:part>2</pdfaid:part>"));
    assert!(text.contains("<pdfaid:conformance>B</pdfaid:conformance>"));
    assert!(text.contains("2026-11-24"), "creation date");
    assert!(text.contains("midun"), "creator");
}

#[test]
fn sixty_pages_of_table_render() {
    let rows = if std::env::var_os("MIDUN_SLOW").is_some() { 1270 } else { 65 };
    let start = std::time::Instant::now();
    let pdf = report(rows).pdf;
    println!("{rows} rows: {} bytes in {:?}", pdf.len(), start.elapsed());
    if let Some(text) = extract(&pdf) {
        let expected = if rows > 1000 { 60 } else { 3 };
        assert!(pages(&pdf) >= expected, "{} pages", pages(&pdf));
        assert!(text.contains(&format!("密点第{}号", rows - 1)), "the last row is there");
    }
}
