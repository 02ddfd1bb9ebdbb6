//! The text of office files: what their parts are, and how text lies in each.
//!
//! DOCX, PPTX, XLSX (ECMA-376), ODF (ISO/IEC 26300), OFD (GB/T 33190-2016) and VSDX are ZIPs of
//! XML. Which part is which is told by its name in the archive; parts that are none of these are
//! read like any other member of a ZIP.

use std::io::Read;

use crate::xml::{Token, Xml};
use crate::{View, Why};

/// How the text of a part is told from its marks.
pub(crate) struct Rules {
    /// Elements whose text counts; none named: the text of all does.
    text: &'static [&'static str],
    /// Elements after which a line ends.
    lines: &'static [&'static str],
}

const WORD: Rules = Rules { text: &["t", "delText"], lines: &["p", "br", "cr"] };
const SLIDES: Rules = Rules { text: &["t"], lines: &["p", "br"] };
const OPEN_DOCUMENT: Rules =
    Rules { text: &[], lines: &["p", "h", "line-break", "table-row", "tab"] };
const OFD: Rules = Rules { text: &["TextCode"], lines: &["TextCode"] };
const DRAWING: Rules = Rules { text: &["Text"], lines: &["Text"] };

/// A part of an office file that has text.
pub(crate) enum Part {
    /// Paragraphs.
    Paragraphs(&'static Rules),
    /// A sheet of a workbook.
    Sheet,
    /// The strings that sheets refer to.
    Strings,
}

/// What the member of a ZIP is, if it is a part of an office file that has text.
pub(crate) fn part(name: &str) -> Option<Part> {
    let within = |folder: &str| {
        name.strip_prefix(folder).filter(|rest| rest.ends_with(".xml") && !rest.contains('/'))
    };
    if let Some(file) = within("word/") {
        let known = ["document", "header", "footer", "footnotes", "endnotes", "comments"];
        let has_text = known.iter().any(|known| file.starts_with(known));
        return has_text.then_some(Part::Paragraphs(&WORD));
    }
    let slides = ["ppt/slides/", "ppt/notesSlides/", "ppt/comments/", "xl/drawings/", "xl/charts/"];
    if slides.iter().any(|folder| within(folder).is_some())
        || within("word/charts/").is_some()
        || within("word/diagrams/").is_some_and(|file| file.starts_with("data"))
        || within("ppt/diagrams/").is_some_and(|file| file.starts_with("data"))
    {
        return Some(Part::Paragraphs(&SLIDES));
    }
    if within("xl/").is_some_and(|file| file.starts_with("comments")) {
        return Some(Part::Paragraphs(&SLIDES));
    }
    if within("xl/worksheets/").is_some() {
        return Some(Part::Sheet);
    }
    if name == "xl/sharedStrings.xml" {
        return Some(Part::Strings);
    }
    if name == "content.xml" {
        return Some(Part::Paragraphs(&OPEN_DOCUMENT));
    }
    if name.ends_with("/Content.xml") && (name.contains("/Pages/") || name.contains("/Tpls/")) {
        return Some(Part::Paragraphs(&OFD));
    }
    if within("visio/pages/").is_some_and(|file| file.starts_with("page")) {
        return Some(Part::Paragraphs(&DRAWING));
    }
    None
}

impl Part {
    /// How its text is to be looked at.
    pub(crate) fn view(&self) -> View {
        match self {
            Self::Sheet => View::Rows,
            Self::Paragraphs(_) | Self::Strings => View::Text,
        }
    }
}

/// Hands the text of paragraphs to `sink`, which says whether to go on.
pub(crate) fn paragraphs(
    source: impl Read,
    rules: &Rules,
    sink: &mut dyn FnMut(&str) -> bool,
) -> Result<(), Why> {
    let mut xml = Xml::new(source);
    let mut inside = usize::from(rules.text.is_empty());
    loop {
        match xml.next()? {
            Token::Open => match xml.name.as_str() {
                "tab" => drop(sink("\t")),
                "s" if rules.text.is_empty() => drop(sink(" ")),
                "noBreakHyphen" => drop(sink("-")),
                name if rules.text.contains(&name) => inside += 1,
                _ => {}
            },
            Token::Close => {
                let name = xml.name.as_str();
                if rules.text.contains(&name) {
                    inside = inside.saturating_sub(1);
                }
                if rules.lines.contains(&name) && !sink("\n") {
                    return Ok(());
                }
            }
            Token::Text if inside > 0 && !sink(&xml.text) => return Ok(()),
            Token::Text => {}
            Token::End => return Ok(()),
        }
    }
}

/// The strings that a workbook's sheets refer to, and which of them were used.
#[derive(Default)]
pub(crate) struct Strings {
    texts: Vec<Box<str>>,
    used: Vec<bool>,
}

impl Strings {
    /// Reads them; of a damaged file, those before the damage.
    pub(crate) fn read(source: impl Read) -> (Self, Result<(), Why>) {
        let mut strings = Self::default();
        let result = strings.fill(source);
        strings.used = vec![false; strings.texts.len()];
        (strings, result)
    }

    fn fill(&mut self, source: impl Read) -> Result<(), Why> {
        let mut xml = Xml::new(source);
        let (mut text, mut inside, mut aloud) = (String::new(), false, false);
        loop {
            match xml.next()? {
                Token::Open => match xml.name.as_str() {
                    "si" => text.clear(),
                    "t" => inside = true,
                    // How it is read aloud: not what is written in the cell.
                    "rPh" => aloud = true,
                    _ => {}
                },
                Token::Close => match xml.name.as_str() {
                    "si" => self.texts.push(text.as_str().into()),
                    "t" => inside = false,
                    "rPh" => aloud = false,
                    _ => {}
                },
                Token::Text if inside && !aloud => text.push_str(&xml.text),
                Token::Text => {}
                Token::End => return Ok(()),
            }
        }
    }

    /// About how much memory they take.
    pub(crate) fn bytes(&self) -> u64 {
        self.texts.iter().map(|text| text.len() as u64 + 17).sum()
    }

    fn get(&mut self, index: &str) -> &str {
        let Ok(index) = index.trim().parse::<usize>() else { return "" };
        if let Some(used) = self.used.get_mut(index) {
            *used = true;
        }
        self.texts.get(index).map_or("", |text| text)
    }

    /// Those that no sheet shows; they are in the file all the same.
    pub(crate) fn unused(&self) -> impl Iterator<Item = &str> {
        let pairs = self.texts.iter().zip(&self.used);
        pairs.filter(|(text, used)| !**used && !text.is_empty()).map(|(text, _)| &**text)
    }
}

/// Hands the rows of a sheet to `sink`, cells parted by tabs; it says whether to go on.
pub(crate) fn sheet(
    source: impl Read,
    strings: &mut Strings,
    sink: &mut dyn FnMut(&str) -> bool,
) -> Result<(), Why> {
    let mut xml = Xml::new(source);
    let (mut row, mut value) = (String::new(), String::new());
    let (mut shared, mut inside) = (false, false);
    loop {
        match xml.next()? {
            Token::Open => match xml.name.as_str() {
                "row" => row.clear(),
                "c" => {
                    value.clear();
                    shared = xml.attribute("t") == Some("s");
                }
                "v" | "t" => inside = true,
                _ => {}
            },
            Token::Close => match xml.name.as_str() {
                "v" | "t" => inside = false,
                "c" => {
                    if !row.is_empty() {
                        row.push('\t');
                    }
                    let text = if shared { strings.get(&value) } else { &plain(&value) };
                    row.push_str(text);
                }
                "row" => {
                    row.push('\n');
                    if !sink(&row) {
                        return Ok(());
                    }
                }
                _ => {}
            },
            Token::Text if inside => value.push_str(&xml.text),
            Token::Text => {}
            Token::End => return Ok(()),
        }
    }
}

/// A number as people see it: files hold 0.1 as 0.10000000000000001.
fn plain(value: &str) -> String {
    let long = value.bytes().filter(u8::is_ascii_digit).count() > 15;
    match value.parse::<f64>() {
        Ok(number) if long && number.is_finite() => {
            let rounded = format!("{number:.14e}");
            rounded.parse::<f64>().map_or_else(|_| value.to_owned(), |number| number.to_string())
        }
        _ => value.to_owned(),
    }
}

/// The names of a workbook's sheets, by the part that holds each.
pub(crate) fn sheet_names(workbook: &[u8], relations: &[u8]) -> Vec<(String, String)> {
    let targets = elements(relations, "Relationship", ["Id", "Target"]);
    let sheets = elements(workbook, "sheet", ["id", "name"]);
    let part = |target: &str| format!("xl/{}", target.trim_start_matches("/xl/"));
    sheets
        .into_iter()
        .filter_map(|(id, name)| {
            let target = targets.iter().find(|(of, _)| *of == id)?;
            Some((part(&target.1), name))
        })
        .collect()
}

fn elements(xml: &[u8], element: &str, [one, two]: [&str; 2]) -> Vec<(String, String)> {
    let mut xml = Xml::new(xml);
    let mut found = Vec::new();
    while let Ok(token) = xml.next() {
        match token {
            Token::Open if xml.name == element => {
                if let (Some(one), Some(two)) = (xml.attribute(one), xml.attribute(two)) {
                    found.push((one.to_owned(), two.to_owned()));
                }
            }
            Token::End => break,
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(xml: &str, rules: &Rules) -> (String, Result<(), Why>) {
        let mut text = String::new();
        let result = paragraphs(xml.as_bytes(), rules, &mut |piece| {
            text.push_str(piece);
            true
        });
        (text, result)
    }

    #[test]
    fn runs_of_a_paragraph_are_one_line() {
        let xml = r#"<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>烧结 11</w:t></w:r><w:r>
            <w:t>50 ℃ &amp; 6&#x4E2A;</w:t></w:r></w:p><w:p><w:del><w:delText>旧</w:delText></w:del>
            <w:instrText>PAGE</w:instrText></w:p></w:body></w:document>"#;
        assert_eq!(text(xml, &WORD), ("烧结 1150 ℃ & 6个\n旧\n".into(), Ok(())));
        let odf = "<office:text xmlns:office='o'><text:p xmlns:text='t'>甲<text:s/>乙</text:p></office:text>";
        assert_eq!(text(odf, &OPEN_DOCUMENT).0, "甲 乙\n");
    }

    #[test]
    fn damage_is_told_after_what_came_before_it() {
        for xml in ["<w:p xmlns:w='x'><w:t>前</w:t></w:r>", "<p><t>前", "<p><t>前</t><t>&zzz;"] {
            let (text, result) = text(xml, &WORD);
            assert_eq!((text.trim_end(), result), ("前", Err(Why::Damaged)), "{xml}");
        }
        let deep = "<a>".repeat(5000);
        assert_eq!(text(&deep, &WORD).1, Err(Why::Damaged));
        let entity = "<!DOCTYPE a [<!ENTITY x 'long'>]><a><t>&x;&x;</t></a>";
        assert_eq!(text(entity, &WORD), (String::new(), Ok(())));
    }

    #[test]
    fn numbers_are_as_people_see_them() {
        for (stored, seen) in [
            ("0.10000000000000001", "0.1"),
            ("1150", "1150"),
            ("3.2999999999999998", "3.3"),
            ("12345678901234567890", "12345678901234600000"),
            ("a0.10000000000000001", "a0.10000000000000001"),
        ] {
            assert_eq!(plain(stored), seen);
        }
    }
}
