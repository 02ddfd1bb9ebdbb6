//! Dossiers: facts and proofs in, a package out, which a stranger verifies without us.
//!
//! The caller gathers [`Contents`]: events as far as they are shown, the checkpoints that others
//! saw, and the files. From these alone come the report (as page and as print), the instructions
//! for checking by hand, the page with the verifier, and the package. Nothing is read from disk
//! here, no clock is asked and no vault opened.
//!
//! ```text
//! Contents ─► Story ─► report ─► report.html, report.pdf ┐
//!        └──► howto, policy, verify page ────────────────┴► Draft ─► manifest ─► (the log takes
//!                                                             │      dossier.built) ─► Recorded
//!                                                             └──────── write ◄──────────┘
//! ```

mod certificate;
mod contents;
mod diagnosis;
mod document;
mod factors;
mod gaps;
mod howto;
mod html;
mod law;
mod matrix;
mod package;
mod page;
mod policy;
mod print;
mod report;
mod story;
mod times;
mod verify_page;

pub use certificate::{Certificate, certificate_pdf};
pub use contents::{Anchor, Contents, Entry, Field, FilePart, SelfCheck, Withheld};
pub use diagnosis::{Diagnosis, Prescribed, diagnosis_pdf, diagnosis_report};
pub use document::{
    BoundItem, CaseDocument, CaseFile, DocumentClause, DocumentRow, Pages, casefile_pdf,
    document_pdf,
};
pub use factors::Far;
pub use gaps::Gap;
pub use howto::howto;
pub use law::{ALWAYS as LAW_ALWAYS, Cited, Source, for_purpose as law_for_purpose};
pub use matrix::{
    Agreement, Carried, Door, Holder, Looks, Matrix, MatrixGap, Paper, Proof, Protection, Reach,
    Record, Stated, matrix, matrix_blocks, matrix_pdf,
};
pub use package::{DossierError, Draft, Recorded};
pub use page::{Block, Line, Look, Report, Say, To};
pub use policy::policy;
pub use report::report;
pub use times::{Bound, Times, Vouching};
pub use verify_page::verify_page;

/// The report as a page in HTML.
pub fn report_html(contents: &Contents) -> String {
    html::render(&report(contents))
}

/// The report as PDF/A-2b.
///
/// # Errors
/// Those of [`pdf::render`]; a report made of [`Contents`] is always printable, whatever its texts.
pub fn report_pdf(contents: &Contents) -> Result<Vec<u8>, pdf::PdfError> {
    print::render(&report(contents), contents)
}

/// A paper as a page in HTML.
pub fn paper_html(paper: &Report) -> String {
    html::render(paper)
}

/// A paper as PDF/A-2b, printed on a day. The same paper gives the same bytes.
///
/// # Errors
/// Those of [`pdf::render`].
pub fn paper_pdf(paper: &Report, printed: domain::Day) -> Result<Vec<u8>, pdf::PdfError> {
    print::render_on(paper, printed)
}

/// What is missing in the records, on a day: for the page that comes before building.
pub fn gaps(contents: &Contents, today: domain::Day) -> Vec<Gap> {
    gaps::gaps(&story::Story::new(contents), today)
}
