//! Turns a typst template and JSON data into a PDF that is the same bytes every time.
//!
//! Nothing is read from disk or network: the template, its data and any further files are
//! arguments, the one font is built in, and the date is the caller's. The output claims PDF/A-2b
//! (ISO 19005-2, level B), made for keeping: fonts embedded, no links to anything outside.
//!
//! ```
//! let pdf = pdf::render("= #json(\"data.json\").title", r#"{"title":"证据清单"}"#, (2026, 11, 24), &[])?;
//! assert!(pdf.starts_with(b"%PDF-1.7"));
//! # Ok::<(), pdf::PdfError>(())
//! ```

mod glyphs;
mod world;

use thiserror::Error;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

pub use glyphs::{missing_glyphs, spell_missing};
use world::Desk;

/// A calendar day: year, month from 1, day from 1.
pub type Day = (i32, u8, u8);

/// A further file that the template may read or import: its name, such as `seal.svg`, and bytes.
///
/// Names come from a small fixed set, never from user data: typst remembers every name it has
/// seen for the life of the process and ends it after 65,535 of them.
pub type NamedFile<'a> = (&'a str, &'a [u8]);

/// One thing typst has to say about a template, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// `main.typ` or the name of a further file; empty when typst names no place.
    pub file: String,
    /// Line counted from 1, when known.
    pub line: Option<usize>,
    /// What is wrong, in typst's English.
    pub message: String,
    /// What typst suggests, if anything.
    pub hints: Vec<String>,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.message)?,
            None => write!(f, "{}", self.message)?,
        }
        self.hints.iter().try_for_each(|hint| write!(f, " (hint: {hint})"))
    }
}

/// Why no PDF was made.
#[derive(Debug, Error)]
pub enum PdfError {
    /// The data is not JSON.
    #[error("data.json is not JSON")]
    Data(#[source] serde_json::Error),
    /// The day does not exist in the calendar.
    #[error("no such day: {0:?}")]
    NoSuchDay(Day),
    /// A further file has a name that is not a plain relative path, or is taken.
    #[error("a template cannot have a file named {0:?}")]
    FileName(String),
    /// The template does not compile; never empty, the first is the one to look at.
    #[error("template: {}", list(.0))]
    Template(Vec<Problem>),
    /// The document compiles but may not be written as PDF/A-2b.
    #[error("export: {}", list(.0))]
    Export(Vec<Problem>),
}

/// A PDF, and what typst warned of while making it (an unknown font, a layout that never settles).
#[derive(Debug, Clone)]
pub struct Rendered {
    /// The file.
    pub pdf: Vec<u8>,
    /// Empty for a template in good order; tests of templates check that.
    pub warnings: Vec<Problem>,
}

/// Renders `template` to PDF/A-2b; the same arguments give the same bytes.
///
/// The template reads its data with `json("data.json")` and further `files` by name
/// (`image("seal.svg")`, `import "frame.typ"`); every other path and every package is refused.
/// `today` is what `datetime.today()` answers and the creation date in the file. Characters in
/// the data that the font cannot draw are spelled out, see [`spell_missing`].
///
/// # Errors
/// See [`PdfError`]. A template fault carries file and line.
pub fn render(
    template: &str,
    data_json: &str,
    today: Day,
    files: &[NamedFile<'_>],
) -> Result<Vec<u8>, PdfError> {
    Ok(render_with_warnings(template, data_json, today, files)?.pdf)
}

/// Like [`render`], for a file that binds the papers of others: pages of other PDFs may stand in it
/// (`image("1.pdf", page: 2)`), which PDF/A-2b doesn't allow, so it is a PDF 1.7 like any other.
///
/// # Errors
/// As [`render`]; a PDF that can't be read is a fault of the template.
pub fn bind(
    template: &str,
    data_json: &str,
    today: Day,
    files: &[NamedFile<'_>],
) -> Result<Vec<u8>, PdfError> {
    Ok(render_as(PdfStandard::V_1_7, template, data_json, today, files)?.pdf)
}

/// How many pages a PDF has; `None` for what can't be read or asks for a password.
pub fn pages(pdf: &[u8]) -> Option<usize> {
    let pdf = hayro_syntax::Pdf::new(std::sync::Arc::new(pdf.to_vec())).ok()?;
    Some(pdf.pages().len()).filter(|pages| *pages > 0)
}

/// Like [`render`], and says what typst warned of.
///
/// # Errors
/// As [`render`].
pub fn render_with_warnings(
    template: &str,
    data_json: &str,
    today: Day,
    files: &[NamedFile<'_>],
) -> Result<Rendered, PdfError> {
    render_as(PdfStandard::A_2b, template, data_json, today, files)
}

fn render_as(
    standard: PdfStandard,
    template: &str,
    data_json: &str,
    today: Day,
    files: &[NamedFile<'_>],
) -> Result<Rendered, PdfError> {
    let date = Datetime::from_ymd(today.0, today.1, today.2).ok_or(PdfError::NoSuchDay(today))?;
    let data = glyphs::drawable_json(data_json).map_err(PdfError::Data)?;
    let desk = Desk::new(template, data, date, files)?;
    let rendered = compile(&desk, date, standard);
    // Nothing of one document stays in typst's memory for the next.
    typst::comemo::evict(0);
    rendered
}

fn compile(desk: &Desk, date: Datetime, standard: PdfStandard) -> Result<Rendered, PdfError> {
    let compiled = typst::compile::<PagedDocument>(desk);
    let document = compiled.output.map_err(|faults| PdfError::Template(desk.problems(&faults)))?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("midun".to_owned())),
        timestamp: Some(Timestamp::new_utc(date)),
        standards: PdfStandards::new(&[standard]).expect("one standard never conflicts"),
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&document, &options)
        .map_err(|faults| PdfError::Export(desk.problems(&faults)))?;
    Ok(Rendered { pdf, warnings: desk.problems(&compiled.warnings) })
}

fn list(problems: &[Problem]) -> String {
    let shown: Vec<String> = problems.iter().map(Problem::to_string).collect();
    shown.join("; ")
}
