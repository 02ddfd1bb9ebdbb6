//! The report as PDF.

use domain::Day;

use crate::contents::Contents;
use crate::page::Report;

/// The template, in typst.
const TEMPLATE: &str = include_str!("../templates/report.typ");

/// Renders a report as PDF/A-2b. The same report gives the same bytes.
///
/// # Errors
/// Those of [`pdf::render`].
pub fn render(report: &Report, contents: &Contents) -> Result<Vec<u8>, pdf::PdfError> {
    render_on(report, contents.made.day_at(contents.zone_minutes))
}

/// The same for a report that is no dossier's, made on a day.
///
/// # Errors
/// Those of [`pdf::render`].
pub fn render_on(report: &Report, day: Day) -> Result<Vec<u8>, pdf::PdfError> {
    let data = serde_json::to_string(report).expect("a report is made of texts");
    pdf::render(TEMPLATE, &data, (day.year(), day.month(), day.day()), &[])
}
