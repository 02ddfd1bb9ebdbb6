//! Where something first stands in the company's own work, as a paper.

use domain::Moment;
use dossier::{Block, Line, Look, Report, Say};
use words::Lang;

use super::work::Firsts;
use crate::{Office, Trouble};

/// Rows that are printed; the JSON has more.
const ROWS: usize = 200;

/// So much of something, as people read it.
pub fn covered(of: &Firsts, units: u64) -> String {
    super::share(&matcher::compare::Figures { units: of.units, filtered: 0, found: units })
}

/// A claimed time.
pub fn when(say: Say, seconds: i64) -> String {
    Moment(seconds.saturating_mul(1000)).minute_at(say.zone_minutes)
}

impl Office {
    /// Where something first stands, as a paper.
    ///
    /// # Errors
    /// The database's own.
    pub fn firsts_paper(&self, lang: Lang, of: &Firsts) -> Result<Report, Trouble> {
        let reader = self.reader()?;
        let holder = reader.node()?.map(|node| node.name).unwrap_or_default();
        let row = reader.work(of.work)?.ok_or(Trouble::Unknown(of.work))?;
        let say = Say { lang, zone_minutes: self.zone_minutes() };
        let fact = |key: &str, value: &str| (say.t(key), Line::plain(value));
        let no = of.work.to_string();
        let facts = vec![
            fact("work-of", &of.of),
            fact("field-work", &format!("{no} {}", row.what)),
            fact("work-looked", &of.looked.to_string()),
            fact("match-about-program", self.world.program),
            (say.t("work-chain"), vec![Line::of(Look::Code, row.chain)]),
        ];
        let records = of.recorded.iter().map(|(no, at, units)| {
            vec![
                Line::plain(no.to_string()),
                Line::plain(at.clone()),
                Line::plain(covered(of, *units)),
            ]
        });
        let records = Block::Table {
            columns: vec![
                (say.t("work-col-record"), 30),
                (say.t("work-col-received"), 40),
                (say.t("work-col-total"), 30),
            ],
            rows: records.collect(),
        };
        let appeared = of.appeared.iter().take(ROWS).map(|one| {
            let mut place = Line::plain(one.path.clone());
            if let Some(commit) = &one.commit {
                place.push(Line::of(Look::Code, commit.clone()));
            }
            vec![
                Line::plain(when(say, one.claimed)),
                place,
                Line::plain(
                    one.record.map_or_else(|| say.t("work-unrecorded"), |no| no.to_string()),
                ),
                Line::plain(covered(of, one.units)),
                Line::plain(covered(of, one.total)),
            ]
        });
        let appeared = Block::Table {
            columns: vec![
                (say.t("work-col-claimed"), 20),
                (say.t("work-col-place"), 40),
                (say.t("work-col-record"), 14),
                (say.t("work-col-new"), 13),
                (say.t("work-col-total"), 13),
            ],
            rows: appeared.collect(),
        };
        let mut notices = vec![say.t("work-honest")];
        if of.gone > 0 {
            notices.push(say.tr("work-gone", &[("n", &of.gone.to_string())]));
        }
        let heading = |key: &str| Block::Heading { level: 1, text: say.t(key) };
        let para = |key: &str| Block::Para { text: say.t(key) };
        Ok(Report {
            lang: say.lang.tag(),
            title: say.t("work-report"),
            kicker: say.t("work-kicker"),
            holder,
            footer: say.tr("work-footer", &[("no", &no)]),
            no,
            contents: say.t("report-contents"),
            facts,
            notices,
            blocks: vec![
                heading("work-head-recorded"),
                para("work-recorded-why"),
                records,
                heading("work-head-appeared"),
                para("work-appeared-why"),
                appeared,
                heading("work-head-method"),
                para("work-method"),
                para("work-repeat"),
            ],
        })
    }
}
