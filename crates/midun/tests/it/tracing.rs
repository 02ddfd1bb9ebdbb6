//! An expert repeats a tracing report without midun: `docs/tracing_check.py`, written from the docs.

use std::path::Path;
use std::process::{Command, Output};

struct Node {
    folder: tempfile::TempDir,
}

impl Node {
    fn midun(&self, args: &[&str]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_midun"))
            .args(args)
            .current_dir(self.folder.path())
            .env("MIDUN_DIR", "node")
            .env("MIDUN_PASSPHRASE_FILE", "passphrase.txt")
            .output()
            .expect("midun runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{args:?}: {said}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }
}

fn check(report: &Path) -> Option<Output> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/tracing_check.py");
    Command::new("python3").arg(script).arg(report).output().ok()
}

#[test]
fn an_expert_repeats_a_report_without_midun() {
    if Command::new("python3").arg("--version").output().is_err() {
        println!("skipped: python3 is not installed");
        return;
    }
    let node = Node { folder: tempfile::tempdir().expect("a folder") };
    let sheet = include_str!("../../../trace/tests/data/chinese.txt");
    std::fs::write(node.path("sheet.txt"), sheet).expect("written");
    // Long enough for biases other than one half.
    let second = sheet.replace('锻', "铸").replace('炉', "窑");
    std::fs::write(node.path("long.txt"), format!("{sheet}{second}")).expect("written");
    std::fs::write(node.path("passphrase.txt"), "blue heron\n").expect("written");
    node.midun(&["init", "--name", "岚屿新材料(虚构)", "--kdf-log-n", "12"]);
    let carriers = ["--carrier", "sheet.txt", "--carrier", "long.txt"];
    let add = ["secret", "add", "--title", "甲", "--kind", "technical", "--level", "core"];
    node.midun(&[&add[..], &carriers[..]].concat());
    for partner in 1..=6 {
        let name = format!("虚构{partner}");
        node.midun(&["partner", "add", "--name", &name, "--relation", "supplier"]);
    }
    let to: Vec<String> = (1..=6).map(|no| format!("HZ-{no:04}")).collect();
    let to: Vec<&str> = to.iter().map(String::as_str).collect();
    for carrier in ["1", "2"] {
        let issue =
            ["copy", "issue", "MD-0001", "--carrier", carrier, "--purpose", "试", "--out", "out"];
        node.midun(&[&issue[..], &["--to"], &to[..]].concat());
    }
    // A piece of one copy, and a mix of two copies line by line.
    let read =
        |name: &str| std::fs::read_to_string(node.path(&format!("out/{name}"))).expect("a copy");
    let piece: String = read("sheet.FB-0002.txt").chars().skip(400).take(800).collect();
    std::fs::write(node.path("piece.txt"), piece).expect("written");
    let (one, two) = (read("long.FB-0009.txt"), read("long.FB-0011.txt"));
    let mixed: Vec<&str> = one
        .lines()
        .zip(two.lines())
        .enumerate()
        .map(|(at, (one, two))| if at / 4 % 2 == 0 { one } else { two })
        .collect();
    std::fs::write(node.path("mixed.txt"), mixed.join("\n")).expect("written");

    assert!(node.midun(&["copy", "identify", "piece.txt"]).contains("FB-0002"));
    let said = node.midun(&["copy", "identify", "mixed.txt"]);
    assert!(said.contains("FB-0009") && said.contains("FB-0011"), "{said}");
    for find in ["XS-0001", "XS-0002"] {
        let out = format!("{find}.json");
        node.midun(&["copy", "report", find, "--out", &out]);
        let checked = check(&node.path(&out)).expect("python3 runs");
        let said = String::from_utf8_lossy(&checked.stdout).into_owned();
        assert!(checked.status.success() && said.contains("agrees"), "{said}");
    }

    // A report that was changed no longer agrees.
    let report = std::fs::read_to_string(node.path("XS-0001.json")).expect("a report");
    let named = report
        .replace(r#""copy":"FB-0002","test":"single""#, r#""copy":"FB-0003","test":"single""#);
    let seed = report.replacen(r#""seed":""#, r#""seed":"00"#, 1);
    for (name, changed) in [("named.json", named), ("seed.json", seed)] {
        assert_ne!(changed, report, "{name}");
        std::fs::write(node.path(name), changed).expect("written");
        let checked = check(&node.path(name)).expect("python3 runs");
        assert!(!checked.status.success(), "{name}");
    }
}

/// Converts a file with LibreOffice, in a folder and with a profile of its own.
fn converted(node: &Node, from: &str, to: &str) -> bool {
    let profile = format!("-env:UserInstallation=file://{}", node.path("profile").display());
    Command::new("soffice")
        .args([&*profile, "--headless", "--convert-to", to, "--outdir", "turned", from])
        .current_dir(node.folder.path())
        .output()
        .is_ok_and(|output| output.status.success())
}

/// A Word document as others write it: its text in runs, below a heading of its own.
fn word_document(text: &str) -> Vec<u8> {
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let types = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"{kind}\"/></Types>"
    );
    let links = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let paragraphs: String = text
        .lines()
        .map(|line| format!("<w:p><w:r><w:t xml:space=\"preserve\">{line}</w:t></w:r></w:p>"))
        .collect();
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{paragraphs}</w:body></w:document>"
    );
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let parts =
        [("[Content_Types].xml", &*types), ("_rels/.rels", links), ("word/document.xml", &body)];
    for (name, text) in parts {
        out.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        std::io::Write::write_all(&mut out, text.as_bytes()).expect("written");
    }
    out.finish().expect("a file").into_inner()
}

/// A Word copy is still named after LibreOffice has saved it anew, as docx, by way of odt, and as
/// text.
#[test]
fn a_word_copy_survives_libreoffice() {
    if Command::new("soffice").arg("--version").output().is_err() {
        println!("skipped: LibreOffice (soffice) is not installed");
        return;
    }
    let node = Node { folder: tempfile::tempdir().expect("a folder") };
    let sheet = include_str!("../../../trace/tests/data/chinese.txt");
    std::fs::write(node.path("sheet.docx"), word_document(sheet)).expect("written");
    std::fs::write(node.path("passphrase.txt"), "blue heron\n").expect("written");
    node.midun(&["init", "--name", "岚屿新材料(虚构)", "--kdf-log-n", "12"]);
    let add = ["secret", "add", "--title", "甲", "--kind", "technical", "--level", "core"];
    node.midun(&[&add[..], &["--carrier", "sheet.docx"]].concat());
    for partner in ["虚构一", "虚构二", "虚构三"] {
        node.midun(&["partner", "add", "--name", partner, "--relation", "supplier"]);
    }
    let issue = ["copy", "issue", "MD-0001", "--carrier", "1", "--purpose", "试", "--out", "out"];
    node.midun(&[&issue[..], &["--to", "HZ-0001", "HZ-0002", "HZ-0003"]].concat());
    let copy = "out/sheet.FB-0002.docx";
    for steps in [
        &[(copy, "docx")][..],
        &[(copy, "odt"), ("turned/sheet.FB-0002.odt", "docx")],
        &[(copy, "txt:Text (encoded):UTF8")],
    ] {
        for (from, to) in steps {
            assert!(converted(&node, from, to), "{from} to {to}");
        }
        let ending = steps[steps.len() - 1].1.split(':').next().unwrap_or_default();
        let said = node.midun(&["copy", "identify", &format!("turned/sheet.FB-0002.{ending}")]);
        assert!(said.contains("FB-0002") && !said.contains("FB-0001"), "{steps:?}: {said}");
    }
    let said = node.midun(&["copy", "identify", "turned/sheet.FB-0002.odt"]);
    assert!(said.contains("FB-0002"), "{said}");
}
