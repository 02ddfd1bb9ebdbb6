//! The checker names every fault: a small catalogue without faults, and one fault put in at a time.

use std::collections::BTreeSet;
use std::path::Path;

use catalog::{Catalog, FOLDERS, Fault, Problem};
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Planted>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Planted {
    file: String,
    /// The file takes the place of this one.
    rename: Option<String>,
    #[serde(default)]
    old: String,
    #[serde(default)]
    new: String,
    also: Option<[String; 2]>,
    fault: String,
    #[serde(default)]
    what: String,
    at: Option<String>,
    /// Where the fault is named, when elsewhere.
    r#in: Option<String>,
}

fn cases() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// The files of the small catalogue, by their paths.
pub fn small() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        let entries = std::fs::read_dir(cases().join("small").join(folder)).expect("a folder");
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(entry.path()).expect("a text");
            files.push((format!("{folder}/{name}"), text));
        }
    }
    files
}

pub fn read(files: &[(String, String)]) -> Result<Catalog, Vec<Fault>> {
    let files: Vec<_> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    Catalog::read(&files)
}

/// The line, from 1, in which a text begins.
fn line(text: &str, of: &str) -> usize {
    let at = text.find(of).unwrap_or_else(|| panic!("{of:?} is not there"));
    1 + text[..at].matches('\n').count()
}

impl Planted {
    /// Puts the fault in, and gives the line in which it should be named.
    fn put_into(&self, files: &mut [(String, String)]) -> Option<usize> {
        let from = self.rename.as_ref().unwrap_or(&self.file);
        let place = files.iter().position(|(path, _)| path == from).expect("the file is there");
        files[place].0.clone_from(&self.file);
        let text = &mut files[place].1;
        for [old, new] in
            [[self.old.clone(), self.new.clone()]].into_iter().chain(self.also.clone())
        {
            assert!(text.contains(&old), "{}: {old:?} is not there", self.file);
            *text = text.replacen(&old, &new, 1);
        }
        let line_of = |of: &str| Some(line(text, of));
        match &self.at {
            Some(at) => line_of(at),
            None if self.new.is_empty() || self.r#in.is_some() => None,
            None => line_of(&self.new),
        }
    }
}

#[test]
fn every_fault_is_named_where_it_stands() {
    if let Err(faults) = read(&small()) {
        panic!("the small catalogue has faults: {faults:?}");
    }
    let text = std::fs::read_to_string(cases().join("faults.toml")).expect("the faults");
    let planted: Cases = toml::from_str(&text).expect("the faults can be read");
    let mut wrong = Vec::new();
    let mut named = BTreeSet::new();
    for case in &planted.case {
        let mut files = small();
        let line = case.put_into(&mut files);
        let told = format!("{}: {:?} -> {:?}: {}", case.file, case.old, case.new, case.fault);
        let Err(faults) = read(&files) else {
            wrong.push(format!("{told}: nothing is named"));
            continue;
        };
        let file = case.r#in.as_ref().unwrap_or(&case.file);
        let is_it = |fault: &&Fault| {
            fault.problem.key() == case.fault
                && fault.file == *file
                && line.is_none_or(|line| fault.line == line)
                && (case.what.is_empty()
                    || fault.problem.args().iter().any(|(_, value)| value.contains(&*case.what)))
        };
        for (fault, lang) in
            faults.iter().flat_map(|fault| words::Lang::ALL.map(|lang| (fault, lang)))
        {
            let text = words::law::fault(lang, fault);
            assert!(text.contains(&fault.file) && !text.contains("law-"), "no words: {text}");
        }
        if faults.iter().any(|fault| is_it(&fault)) {
            named.insert(case.fault.clone());
        } else {
            wrong.push(format!("{told} in line {line:?}\n    but {faults:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    let all: BTreeSet<String> = Problem::KEYS.iter().map(|key| (*key).to_owned()).collect();
    assert_eq!(named, all, "every sort of fault is planted once");
}

#[test]
fn no_file_of_odd_text_is_more_than_a_fault() {
    for text in ["", "\u{feff}", "[[[", "id = 7", "id = \"\u{0}\"", &"[".repeat(10_000)] {
        for folder in FOLDERS {
            let mut files = small();
            files.push((format!("{folder}/odd.toml"), text.to_owned()));
            let faults = read(&files).expect_err("odd text is no data");
            assert!(faults.iter().any(|fault| fault.file.ends_with("odd.toml")), "{text:.20}");
        }
    }
    let mut files = small();
    files.push(("norms/large.toml".into(), "#".repeat((1 << 20) + 1)));
    let faults = read(&files).expect_err("too large");
    assert_eq!(faults[0].problem.key(), "unreadable");
}
