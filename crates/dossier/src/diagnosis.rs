//! The report of a visit: what a station's people saw at a company, what is wanting, and what they
//! prescribe, as a paper that both sides sign.

use domain::Day;
use domain::terms::{Grade, Mark};
use words::Lang;

use crate::page::{Block, Line, Look, Report, Say};

/// What was seen at a visit.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    /// The language of the report.
    pub lang: Lang,
    /// The visit's number.
    pub no: String,
    /// The station.
    pub station: String,
    /// The company and its number.
    pub company: (String, String),
    /// What the visit was for.
    pub title: String,
    /// When it was.
    pub day: Day,
    /// Who was there.
    pub experts: Vec<String>,
    /// The checklist that was taken along.
    pub checklist: String,
    /// A remark on the whole.
    pub note: String,
    /// What was seen, by theme: the question of each point and the mark.
    pub seen: Vec<(String, Vec<(String, Mark)>)>,
    /// What is prescribed.
    pub prescriptions: Vec<Prescribed>,
    /// The program's version.
    pub program: String,
    /// The day on which the report is printed.
    pub printed: Day,
}

/// What is prescribed for a wanting point.
#[derive(Clone, Debug)]
pub struct Prescribed {
    /// Its number.
    pub no: String,
    /// The question of the point.
    pub point: String,
    /// How grave it is.
    pub grade: Grade,
    /// What was found.
    pub finding: String,
    /// What is advised.
    pub advice: String,
    /// By when.
    pub due: Day,
    /// On what it rests; blank when on nothing but experience.
    pub basis: String,
    /// How far it is now, in words.
    pub state: String,
}

/// The report as PDF/A-2b. The same diagnosis gives the same bytes.
///
/// # Errors
/// Those of [`pdf::render`]; a report made of texts is always printable.
pub fn diagnosis_pdf(diagnosis: &Diagnosis) -> Result<Vec<u8>, pdf::PdfError> {
    crate::print::render_on(&diagnosis_report(diagnosis), diagnosis.printed)
}

/// The report as blocks.
pub fn diagnosis_report(of: &Diagnosis) -> Report {
    let say = Say { lang: of.lang, zone_minutes: 0 };
    let fact = |key: &str, value: String| (say.t(key), Line::plain(value));
    let (company, company_no) = &of.company;
    let facts = vec![
        fact("diagnosis-company", format!("{company} {company_no}")),
        fact("diagnosis-no", of.no.clone()),
        fact("diagnosis-title", of.title.clone()),
        fact("diagnosis-day", of.day.to_string()),
        fact("diagnosis-experts", say.join(of.experts.iter().cloned())),
        fact("diagnosis-checklist", of.checklist.clone()),
        fact("diagnosis-station", of.station.clone()),
        fact("report-program", of.program.clone()),
    ];
    let mut blocks = Vec::new();
    blocks.extend(whole(say, of));
    blocks.extend(prescribed(say, of));
    blocks.extend(seen(say, of));
    blocks.extend(signatures(say));
    Report {
        lang: say.lang.tag(),
        title: say.t("diagnosis-report"),
        kicker: say.t("diagnosis-kicker"),
        holder: company.clone(),
        no: of.no.clone(),
        footer: say.tr("diagnosis-footer", &[("no", &of.no), ("station", &of.station)]),
        contents: String::new(),
        facts,
        notices: vec![say.t("diagnosis-notice-secrecy"), say.t("diagnosis-notice-limits")],
        blocks,
    }
}

fn heading(say: Say, key: &str) -> Block {
    Block::Heading { level: 1, text: say.t(key) }
}

fn whole(say: Say, of: &Diagnosis) -> Vec<Block> {
    let marks = || of.seen.iter().flat_map(|(_, points)| points).map(|(_, mark)| *mark);
    let counts = Mark::ALL.iter().map(|mark| {
        let count = marks().filter(|seen| seen == mark).count();
        let word = say.t(&format!("mark-{}", mark.word()));
        say.tr("diagnosis-count", &[("mark", &word), ("n", &count.to_string())])
    });
    let grave = of.prescriptions.iter().filter(|one| one.grade == Grade::High).count();
    let total = of.prescriptions.len().to_string();
    let summary = say.tr("diagnosis-summary", &[("n", &total), ("grave", &grave.to_string())]);
    let mut blocks = vec![
        heading(say, "diagnosis-whole"),
        Block::Boxed {
            parts: vec![
                (say.t("diagnosis-seen"), counts.collect()),
                (say.t("diagnosis-prescribed"), vec![summary]),
            ],
        },
    ];
    if !of.note.is_empty() {
        blocks.push(Block::Para { text: of.note.clone() });
    }
    blocks
}

fn prescribed(say: Say, of: &Diagnosis) -> Vec<Block> {
    let mut blocks = vec![heading(say, "diagnosis-prescriptions")];
    if of.prescriptions.is_empty() {
        blocks.push(Block::Para { text: say.t("diagnosis-none") });
    }
    for one in &of.prescriptions {
        let fact = |key: &str, value: &str| (say.t(key), Line::plain(value));
        let grade = say.t(&format!("grade-{}", one.grade.word()));
        let grade = match one.grade {
            Grade::High => vec![Line::of(Look::Flag, grade)],
            Grade::Medium | Grade::Low => Line::plain(grade),
        };
        let mut rows = vec![
            (say.t("field-grade"), grade),
            (say.t("field-finding"), vec![Line::of(Look::Quote, one.finding.clone())]),
            (say.t("field-advice"), vec![Line::of(Look::Quote, one.advice.clone())]),
            fact("field-due", &one.due.to_string()),
        ];
        if !one.basis.is_empty() {
            rows.push(fact("diagnosis-basis", &one.basis));
        }
        rows.push(fact("diagnosis-state", &one.state));
        let text = format!("{} {}", one.no, one.point);
        blocks.push(Block::Heading { level: 2, text });
        blocks.push(Block::Facts { rows });
    }
    blocks
}

fn seen(say: Say, of: &Diagnosis) -> Vec<Block> {
    let rows = of.seen.iter().flat_map(|(theme, points)| {
        points.iter().map(move |(point, mark)| {
            let word = say.t(&format!("mark-{}", mark.word()));
            let look = if *mark == Mark::Wanting { Look::Flag } else { Look::Plain };
            vec![Line::plain(theme), Line::plain(point), vec![Line::of(look, word)]]
        })
    });
    let columns =
        vec![(say.t("field-theme"), 20), (say.t("w-col-point"), 62), (say.t("w-col-seen"), 18)];
    vec![heading(say, "diagnosis-points"), Block::Table { columns, rows: rows.collect() }]
}

fn signatures(say: Say) -> Vec<Block> {
    let blank = |key: &str| (say.t(key), Line::plain("\n\n"));
    vec![
        heading(say, "diagnosis-signatures"),
        Block::Para { text: say.t("diagnosis-signatures-why") },
        Block::Facts {
            rows: vec![
                blank("diagnosis-signed-company"),
                blank("diagnosis-signed-experts"),
                blank("diagnosis-signed-station"),
            ],
        },
    ]
}
