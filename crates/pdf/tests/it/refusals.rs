use crate::{DAY, faults, render};
use pdf::PdfError;

#[test]
fn a_fault_names_file_and_line() {
    let problems = faults("甲\n\n#no-such-function()\n", "{}");
    assert_eq!((problems[0].file.as_str(), problems[0].line), ("main.typ", Some(3)));
    assert!(problems[0].message.contains("unknown variable"), "{}", problems[0]);
}

#[test]
fn a_fault_in_an_imported_file_names_that_file() {
    let frame: &[u8] = "// 甲\n#let head = nope".as_bytes();
    let result = pdf::render("#import \"frame.typ\": *\n#head", "{}", DAY, &[("frame.typ", frame)]);
    let Err(PdfError::Template(problems)) = result else { panic!("expected a template fault") };
    assert_eq!((problems[0].file.as_str(), problems[0].line), ("frame.typ", Some(2)));
}

#[test]
fn a_missing_field_is_a_fault_of_the_template() {
    let problems = faults("#json(\"data.json\").titel", r#"{"title":"甲"}"#);
    assert_eq!(problems[0].line, Some(1));
}

#[test]
fn a_template_reaches_nothing_it_was_not_given() {
    for reach in [
        "#read(\"/etc/passwd\")",
        "#read(\"../../../etc/passwd\")",
        "#read(\"Cargo.toml\")",
        "#image(\"https://example.org/a.png\")",
        "#import \"@preview/cetz:0.3.0\"",
        "#include \"other.typ\"",
        "#plugin(\"a.wasm\")",
    ] {
        assert!(!faults(reach, "{}").is_empty(), "{reach}");
    }
}

#[test]
fn data_that_is_not_json_is_refused() {
    assert!(matches!(render("x", "{"), Err(PdfError::Data(_))));
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    assert!(matches!(render("x", &deep), Err(PdfError::Data(_))));
}

#[test]
fn days_and_names_that_cannot_be_are_refused() {
    assert!(matches!(pdf::render("x", "{}", (2026, 2, 30), &[]), Err(PdfError::NoSuchDay(_))));
    let cases: [&[pdf::NamedFile<'_>]; 6] = [
        &[("main.typ", b"")],
        &[("data.json", b"")],
        &[("../up", b"")],
        &[("/root", b"")],
        &[("", b"")],
        &[("a.svg", b""), ("a.svg", b"")],
    ];
    for files in cases {
        assert!(
            matches!(pdf::render("x", "{}", DAY, files), Err(PdfError::FileName(_))),
            "{files:?}"
        );
    }
}

#[test]
fn warnings_are_told() {
    let rendered =
        pdf::render_with_warnings("甲\n#set text(font: \"No Such\")\n乙", "{}", DAY, &[]).unwrap();
    assert_eq!(rendered.warnings[0].line, Some(2));
}
