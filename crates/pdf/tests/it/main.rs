//! Documents as a reader gets them.
#![allow(clippy::unwrap_used)]

mod font;
mod refusals;
mod report;

use pdf::{PdfError, Problem};

const DAY: pdf::Day = (2026, 11, 24);

/// Renders with no further files.
fn render(template: &str, data: &str) -> Result<Vec<u8>, PdfError> {
    pdf::render(template, data, DAY, &[])
}

/// The faults of a template that must not compile.
fn faults(template: &str, data: &str) -> Vec<Problem> {
    match render(template, data) {
        Err(PdfError::Template(problems)) => problems,
        other => panic!("expected a template fault, got {:?}", other.map(|pdf| pdf.len())),
    }
}

/// Text as another program reads it, without the spaces that it guesses from gaps; pages end with
/// a form feed. `None` where poppler-utils is not installed.
fn extract(pdf: &[u8]) -> Option<String> {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let child = Command::new("pdftotext")
        .args(["-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(_) if std::env::var_os("CI").is_none() => return None,
        Err(missing) => panic!("CI must have pdftotext (poppler-utils): {missing}"),
    };
    let mut stdin = child.stdin.take().unwrap();
    let bytes = pdf.to_vec();
    let feeder = std::thread::spawn(move || stdin.write_all(&bytes));
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap().unwrap();
    assert!(output.status.success(), "pdftotext refuses the file");
    let text = String::from_utf8(output.stdout).unwrap();
    Some(text.chars().filter(|c| *c == '\u{c}' || !c.is_whitespace()).collect())
}

#[test]
fn pages_of_other_papers_are_bound_in() {
    let other = pdf::render("first #pagebreak() second", "{}", DAY, &[]).unwrap();
    assert_eq!(pdf::pages(&other), Some(2));
    let template = "outside #image(\"1.pdf\", page: 2)";
    let bound = pdf::bind(template, "{}", DAY, &[("1.pdf", &other)]).unwrap();
    assert_eq!(pdf::pages(&bound), Some(1));
    if let Some(text) = extract(&bound) {
        assert!(text.contains("outside") && text.contains("second"), "{text}");
        assert!(!text.contains("first"), "{text}");
    }
    for odd in [&b""[..], b"%PDF-1.7", b"%PDF-1.7 odd\n%%EOF", &other[..other.len() / 2]] {
        let bound = pdf::bind(template, "{}", DAY, &[("1.pdf", odd)]);
        let (pages, is_bound) = (pdf::pages(odd), bound.is_ok());
        assert!(pages.is_some_and(|pages| pages >= 2) == is_bound, "{pages:?} {is_bound}");
    }
}
