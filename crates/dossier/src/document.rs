//! A document of a case as paper, and the whole file bound for those who work on paper.

use domain::Day;
use serde::Serialize;
use words::Lang;

/// The template of a document, in typst.
const DOCUMENT: &str = include_str!("../templates/document.typ");
/// The template of a bound file, in typst.
const FILE: &str = include_str!("../templates/casefile.typ");

/// A document of a case.
#[derive(Clone, Debug, Serialize)]
pub struct CaseDocument {
    /// Its language, as a tag.
    pub lang: &'static str,
    /// Who issues it.
    pub author: String,
    /// What it is.
    pub title: String,
    /// Its reference; blank when it has none.
    pub reference: String,
    /// To whom it goes; blank when a pen is to say so.
    pub to: Option<String>,
    /// What it says, cut at its fields: a blank piece is room for a pen.
    pub text: Vec<String>,
    /// What stands in its table.
    pub rows: Vec<DocumentRow>,
    /// Its numbered clauses, when it is an agreement.
    pub clauses: Vec<DocumentClause>,
    /// What its reader may do, cut like the text.
    pub rights: Option<Vec<String>>,
    /// Who signs.
    pub signers: Vec<String>,
    /// What stands where the day of signing goes.
    pub dated: String,
    /// On what it rests.
    pub basis: String,
    /// What stands at the foot of each page.
    pub footer: String,
}

/// A clause of an agreement.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentClause {
    /// Its heading.
    pub name: String,
    /// What it says, cut like the text.
    pub text: Vec<String>,
}

/// A row of a document's table.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentRow {
    /// What it is.
    pub name: String,
    /// What it says; blank for a pen.
    pub value: String,
    /// Lines of room for a pen.
    pub lines: u8,
}

/// A case's file, or a volume of it, to be bound.
#[derive(Clone, Debug)]
pub struct CaseFile {
    /// The language.
    pub lang: Lang,
    /// Who hands it over.
    pub author: String,
    /// The case's number.
    pub no: String,
    /// The case's title.
    pub title: String,
    /// The volume.
    pub volume: String,
    /// What stands on its cover: names and values.
    pub facts: Vec<(String, String)>,
    /// What lies in it, in order.
    pub items: Vec<BoundItem>,
    /// The day on which it is made.
    pub made: Day,
}

/// Something in a bound file.
#[derive(Clone, Debug)]
pub struct BoundItem {
    /// What it is.
    pub name: String,
    /// The date on it.
    pub dated: String,
    /// A remark, such as where the original lies.
    pub note: String,
    /// Its pages; without any a sheet stands in for it.
    pub pages: Option<Pages>,
    /// What the sheet that stands in for it says.
    pub says: Vec<String>,
}

/// The pages of a scan.
#[derive(Clone, Debug)]
pub struct Pages {
    /// How its name ends: `pdf`, `png`, `jpg`.
    pub ending: &'static str,
    /// How many there are.
    pub count: usize,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Pages {
    /// How the name of a scan ends whose pages can be bound; `None` for other media types.
    pub fn ending(media: &str) -> Option<&'static str> {
        match media {
            "application/pdf" => Some("pdf"),
            "image/png" => Some("png"),
            "image/jpeg" => Some("jpg"),
            _ => None,
        }
    }

    /// The pages of a scan; `None` when its content isn't what its name says.
    pub fn read(ending: &'static str, bytes: Vec<u8>) -> Option<Self> {
        let count = match ending {
            "pdf" => pdf::pages(&bytes)?,
            "png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n").then_some(1)?,
            _ => bytes.starts_with(b"\xff\xd8\xff").then_some(1)?,
        };
        Some(Self { ending, count, bytes })
    }
}

/// The document as PDF/A-2b. The same document gives the same bytes.
///
/// # Errors
/// Those of [`pdf::render`].
pub fn document_pdf(of: &CaseDocument, printed: Day) -> Result<Vec<u8>, pdf::PdfError> {
    let json = serde_json::to_string(of).expect("a document is made of texts");
    pdf::render(DOCUMENT, &json, (printed.year(), printed.month(), printed.day()), &[])
}

#[derive(Serialize)]
struct Bound {
    lang: &'static str,
    author: String,
    title: String,
    short: String,
    volume: String,
    facts: Vec<(String, String)>,
    notices: Vec<String>,
    index: String,
    heads: Vec<String>,
    items: Vec<BoundRow>,
}

#[derive(Serialize)]
struct BoundRow {
    name: String,
    dated: String,
    note: String,
    file: Option<String>,
    pages: usize,
    says: Vec<String>,
}

/// The file as one PDF with cover, index and numbered pages.
///
/// # Errors
/// Those of [`pdf::bind`]; a scan that looks like a PDF or picture and can't be drawn is one.
pub fn casefile_pdf(of: &CaseFile) -> Result<Vec<u8>, pdf::PdfError> {
    let t = |key: &str| words::t(of.lang, key);
    let name = |at: usize, pages: &Pages| format!("{}.{}", at + 1, pages.ending);
    let files: Vec<(String, &[u8])> = of
        .items
        .iter()
        .enumerate()
        .filter_map(|(at, item)| item.pages.as_ref().map(|pages| (name(at, pages), &*pages.bytes)))
        .collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (&**name, *bytes)).collect();
    let rows = of.items.iter().enumerate().map(|(at, item)| BoundRow {
        name: item.name.clone(),
        dated: item.dated.clone(),
        note: item.note.clone(),
        file: item.pages.as_ref().map(|pages| name(at, pages)),
        pages: item.pages.as_ref().map_or(1, |pages| pages.count),
        says: item.says.clone(),
    });
    let data = Bound {
        lang: of.lang.tag(),
        author: of.author.clone(),
        title: of.title.clone(),
        short: words::tr(of.lang, "casefile-short", &[("no", &of.no), ("volume", &of.volume)]),
        volume: of.volume.clone(),
        facts: of.facts.clone(),
        notices: vec![t("casefile-notice")],
        index: t("casefile-index"),
        heads: ["no", "name", "dated", "pages", "note"]
            .map(|word| t(&format!("casefile-head-{word}")))
            .into(),
        items: rows.collect(),
    };
    let json = serde_json::to_string(&data).expect("an index is made of texts");
    let day = of.made;
    pdf::bind(FILE, &json, (day.year(), day.month(), day.day()), &files)
}
