//! A blind comparison as a paper.

use dossier::{Block, Line, Look, Report, Say};
use words::Lang;

use super::blind::{BlindPart, BlindReport};
use crate::{Office, Trouble};

impl Office {
    /// A blind comparison that has ended, as a paper.
    ///
    /// # Errors
    /// The database's own.
    pub fn blind_paper(&self, lang: Lang, of: &BlindReport) -> Result<Report, Trouble> {
        let holder = self.reader()?.node()?.map(|node| node.name).unwrap_or_default();
        let say = Say { lang, zone_minutes: self.zone_minutes() };
        let no = of.no.to_string();
        let fact = |key: &str, value: &str| (say.t(key), Line::plain(value));
        let side = say.t(&format!("blind-side-{}", of.side.word()));
        let partner = of.partner.map_or_else(|| say.t("blind-no-partner"), |no| no.to_string());
        let mut facts = vec![
            fact("blind-col-side", &side),
            fact("blind-col-partner", &partner),
            fact("match-about-begun", &of.times[0]),
            fact("match-about-ended", &of.times[1]),
            fact("match-about-program", &of.program),
        ];
        let messages = ["blind-message-offer", "blind-message-answer", "blind-message-reply"];
        for (key, digest) in messages.iter().zip(&of.messages) {
            facts.push((say.t(key), vec![Line::of(Look::Code, digest.clone())]));
        }
        let mut blocks = vec![
            Block::Heading { level: 1, text: say.t("blind-head-sums") },
            Block::Para { text: blind_sums(say, of) },
        ];
        let columns = vec![
            (say.t("blind-col-part"), 44),
            (say.t("blind-col-found"), 24),
            (say.t("blind-col-lines"), 32),
        ];
        let rows = of.parts.iter().map(|part| blind_part(say, part).map(Line::plain).to_vec());
        blocks.push(Block::Table { columns, rows: rows.collect() });
        if !of.left.is_empty() {
            blocks.push(Block::Para { text: say.t("blind-left") });
            let left = of.left.iter().map(|fault| {
                let why = words::fault(say.lang, &fault.why);
                format!("{} {}: {why}", fault.path, fault.inside)
            });
            blocks.push(Block::List { items: left.collect() });
        }
        blocks.extend([
            Block::Heading { level: 1, text: say.t("blind-head-method") },
            Block::Para { text: say.t("blind-method") },
            Block::Para { text: say.t("blind-leak") },
            Block::Para { text: say.t("blind-check") },
        ]);
        Ok(Report {
            lang: say.lang.tag(),
            title: say.t("blind-report"),
            kicker: say.t("blind-kicker"),
            holder,
            footer: say.tr("blind-footer", &[("no", &no)]),
            no,
            contents: say.t("report-contents"),
            facts,
            notices: vec![say.t("blind-honest")],
            blocks,
        })
    }
}

/// What came of it, in two sentences with their figures.
pub fn blind_sums(say: Say, of: &BlindReport) -> String {
    say.tr(
        "blind-sums",
        &[
            ("own", &of.own.to_string()),
            ("found", &of.found.to_string()),
            ("theirs", &of.theirs.to_string()),
            ("aside", &of.set_aside.to_string()),
            ("guaranteed", &of.guaranteed.to_string()),
            ("zh", &of.guaranteed.div_ceil(3).to_string()),
        ],
    )
}

/// A part's name, what of it was found, and on which lines.
pub fn blind_part(say: Say, part: &BlindPart) -> [String; 3] {
    let name = match &part.of {
        Some((no, of)) => format!("{no} {} {}", words::part(say.lang, of), part.name),
        None => part.name.clone(),
    };
    let figures = matcher::compare::Figures { units: part.own, filtered: 0, found: part.found };
    let lines = part.lines.iter().map(|[from, to]| match from == to {
        true => from.to_string(),
        false => format!("{from}–{to}"),
    });
    let mut lines = lines.collect::<Vec<_>>().join(", ");
    if part.more > 0 {
        lines += &say.tr("blind-more", &[("n", &part.more.to_string())]);
    }
    let found = format!("{} / {}  {}", part.found, part.own, super::share(&figures));
    [name.trim_end().to_owned(), found, lines]
}
