//! What a sweep or a clearance found, as a page of its own or as a part of one.

use askama::Template;
use office::matching::{Found, Place, Report};
use words::Lang;

use crate::shell::thousands;

/// Places of one part that are shown at first; the file has the rest.
const PLACES: usize = 8;

/// A report in words.
pub(crate) struct ReportView {
    pub(crate) partial: bool,
    pub(crate) words: Words,
    pub(crate) summary: Vec<(String, String)>,
    pub(crate) secrets: Vec<SecretLine>,
    pub(crate) files: Vec<FileView>,
    pub(crate) more_files: String,
    pub(crate) faults: Vec<[String; 3]>,
    pub(crate) more_faults: String,
    pub(crate) traces: String,
    pub(crate) guarantee: String,
    pub(crate) about: Vec<(String, String)>,
}

/// Headings, in the reader's language.
pub(crate) struct Words(Lang);

impl Words {
    pub(crate) fn t(&self, key: &str) -> String {
        words::t(self.0, key)
    }
}

/// A secret point that was found.
pub(crate) struct SecretLine {
    pub(crate) no: String,
    pub(crate) title: String,
    pub(crate) level: String,
    pub(crate) files: String,
    pub(crate) share: String,
}

/// A file with what was found in it.
pub(crate) struct FileView {
    pub(crate) path: String,
    pub(crate) sha256: String,
    pub(crate) found: Vec<FoundView>,
}

/// A part of a secret point that was found in a file.
pub(crate) struct FoundView {
    pub(crate) secret: String,
    pub(crate) part: String,
    pub(crate) inside: String,
    pub(crate) reading: String,
    pub(crate) share: String,
    pub(crate) units: String,
    pub(crate) places: Vec<(String, String)>,
    pub(crate) more: String,
}

impl ReportView {
    /// A report without the passages themselves: those are shown when they are asked for.
    pub(crate) fn closed(lang: Lang, report: &Report) -> Self {
        let mut view = Self::of(lang, report);
        let founds = view.files.iter_mut().flat_map(|file| &mut file.found);
        founds.flat_map(|found| &mut found.places).for_each(|(_, excerpt)| excerpt.clear());
        view
    }

    pub(crate) fn of(lang: Lang, report: &Report) -> Self {
        let t = |key: &str| words::t(lang, key);
        let n = |key: &str, n: u64| match n {
            0 => String::new(),
            n => words::tr(lang, key, &[("n", thousands(n))]),
        };
        let info = &report.index;
        let summary = vec![
            (thousands(report.files), t("match-figure-files")),
            (format!("{:.1}", report.bytes as f64 / f64::from(1 << 20)), t("match-figure-mib")),
            (thousands(report.hit_files()), t("match-figure-hits")),
            (thousands(report.secrets.len() as u64), t("match-figure-secrets")),
            (thousands(report.all_faults()), t("match-figure-faults")),
        ];
        let secrets = report.secrets.iter().map(|secret| SecretLine {
            no: secret.secret.to_string(),
            title: secret.title.clone(),
            level: t(&format!("level-{}", secret.level.word())),
            files: thousands(secret.files),
            share: percent(secret.share),
        });
        let files = report.hits.iter().map(|hit| FileView {
            path: hit.path.clone(),
            sha256: hit.sha256.clone(),
            found: hit.found.iter().map(|found| FoundView::of(lang, found)).collect(),
        });
        let faults = report.faults.iter().map(|fault| {
            let within = if fault.inside.is_empty() { "" } else { " !/" };
            [
                format!("{}{within}{}", fault.path, fault.inside),
                words::tr(lang, &format!("match-fault-{}", fault.why), &[("detail", "")]),
                t(&format!("match-got-{}", fault.got)),
            ]
        });
        let guarantee = [
            ("units", info.guaranteed.to_string()),
            ("chars", info.guaranteed.div_ceil(3).to_string()),
            ("bytes", info.guaranteed_bytes.to_string()),
        ];
        let about = [
            ("match-about-what", report.what.clone()),
            ("match-about-paths", report.paths.join("\n")),
            ("match-about-begun", report.begun.clone()),
            ("match-about-ended", report.ended.clone()),
            ("match-about-program", report.program.clone()),
            ("match-about-manifest", report.manifest.clone()),
            ("match-about-index", info.digest.clone()),
            ("match-about-parts", thousands(info.parts.into())),
            ("match-about-prints", thousands(info.fingerprints)),
        ];
        Self {
            partial: report.partial,
            words: Words(lang),
            summary,
            secrets: secrets.collect(),
            files: files.collect(),
            more_files: n("match-more-hits", report.more_hits),
            faults: faults.collect(),
            more_faults: n("match-more-faults", report.more_faults),
            traces: n("match-traces", report.traces),
            guarantee: words::tr(lang, "match-guarantee", &guarantee),
            about: about.into_iter().map(|(key, value)| (t(key), value)).collect(),
        }
    }
}

impl FoundView {
    fn of(lang: Lang, found: &Found) -> Self {
        let places = found.places.iter().take(PLACES);
        let more = found.more + found.places.len().saturating_sub(PLACES) as u64;
        let units = [("found", found.units.to_string()), ("of", found.of.to_string())];
        let key = match found.reading {
            office::matching::Reading::Rows => "match-units-rows",
            office::matching::Reading::Cells => "match-units-cells",
            _ => "match-units-bytes",
        };
        Self {
            secret: found.secret.to_string(),
            part: words::part(lang, &found.part),
            inside: found.inside.clone(),
            reading: words::t(lang, &format!("match-reading-{}", found.reading.word())),
            share: percent(found.share),
            units: words::tr(lang, key, &units),
            places: places.map(|place| shown(lang, place)).collect(),
            more: match more {
                0 => String::new(),
                n => words::tr(lang, "match-more-places", &[("n", n.to_string())]),
            },
        }
    }
}

fn shown(lang: Lang, place: &Place) -> (String, String) {
    let at = words::Where {
        bytes: place.bytes,
        lines: place.lines,
        page: place.page,
        secret: place.secret,
    };
    (words::place(lang, &at), place.excerpt.clone().unwrap_or_default())
}

fn percent(share: f64) -> String {
    match share * 100.0 {
        percent if percent > 0.0 && percent < 0.1 => "< 0.1 %".to_owned(),
        percent => format!("{percent:.1} %"),
    }
}

#[derive(Template)]
#[template(path = "report.html")]
struct Alone<'a> {
    tag: &'static str,
    title: String,
    css: &'static str,
    r: &'a ReportView,
}

/// A report as one file that any browser shows, without a node.
pub fn report_html(lang: Lang, report: &Report) -> String {
    let title = match report.no {
        Some(no) => format!("{no} {}", report.what),
        None => report.what.clone(),
    };
    let view = ReportView::of(lang, report);
    let alone = Alone { tag: lang.tag(), title, css: crate::assets::CSS_TEXT, r: &view };
    alone.render().unwrap_or_default()
}
