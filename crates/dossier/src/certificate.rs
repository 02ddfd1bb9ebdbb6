//! The certificate of a recognition: one landscape page with a code that anybody looks up.

use domain::Day;
use serde::Serialize;
use words::Lang;

/// The template, in typst.
const TEMPLATE: &str = include_str!("../templates/certificate.typ");

/// A recognition as its certificate says it.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// The language.
    pub lang: Lang,
    /// The recognition's number.
    pub no: String,
    /// By which anybody looks it up.
    pub code: String,
    /// Who is recognised.
    pub holder: String,
    /// As what.
    pub title: String,
    /// The station that recognised.
    pub station: String,
    /// When it was awarded.
    pub awarded: Day,
    /// Until when it holds.
    pub until: Day,
    /// Where the code is looked up; blank when nobody knows.
    pub url: String,
    /// The same address as rows of dark and light squares; empty when there is none.
    pub squares: Vec<Vec<bool>>,
    /// The day on which it is printed.
    pub printed: Day,
}

#[derive(Serialize)]
struct Data {
    lang: &'static str,
    title: String,
    holder: String,
    author: String,
    says: String,
    facts: Vec<(String, String)>,
    look_up: String,
    code: String,
    url: String,
    squares: Vec<String>,
}

/// The certificate as PDF/A-2b. The same recognition gives the same bytes.
///
/// # Errors
/// Those of [`pdf::render`].
pub fn certificate_pdf(of: &Certificate) -> Result<Vec<u8>, pdf::PdfError> {
    let t = |key: &str| words::t(of.lang, key);
    let square = |dark: &bool| if *dark { '1' } else { '0' };
    let data = Data {
        lang: of.lang.tag(),
        title: of.title.clone(),
        holder: of.holder.clone(),
        author: of.station.clone(),
        says: words::tr(of.lang, "certificate-says", &[("title", &of.title)]),
        facts: vec![
            (t("certificate-no"), of.no.clone()),
            (t("certificate-awarded"), of.awarded.to_string()),
            (t("certificate-until"), of.until.to_string()),
            (t("certificate-station"), of.station.clone()),
        ],
        look_up: t("certificate-look-up"),
        code: of.code.clone(),
        url: of.url.clone(),
        squares: of.squares.iter().map(|row| row.iter().map(square).collect()).collect(),
    };
    let json = serde_json::to_string(&data).expect("a certificate is made of texts");
    let day = of.printed;
    pdf::render(TEMPLATE, &json, (day.year(), day.month(), day.day()), &[])
}
