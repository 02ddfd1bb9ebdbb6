//! The matrix as a paper: gaps first, then who, by what door and under what, then what protected
//! each statement. The page shows the same blocks.

use domain::{Moment, Number};

use super::{Agreement, Door, Holder, Matrix, MatrixGap, Paper, Proof, Protection, Reach, Record};
use crate::page::{Block, Line, Look, Report, Say, To};

/// The matrix as blocks.
pub fn blocks(of: &Matrix, say: Say) -> Vec<Block> {
    let mut sheet = Sheet { of, say, blocks: Vec::new() };
    sheet.gaps();
    sheet.holders(Reach::Open, "matrix-open", "matrix-open-none");
    if of.holders.iter().any(|one| one.reach == Reach::Closed) {
        sheet.holders(Reach::Closed, "matrix-closed", "matrix-open-none");
    }
    sheet.measures();
    sheet.statements();
    sheet.carriers();
    sheet.looks();
    sheet.heading("matrix-limits-head");
    sheet.blocks.push(Block::Note { text: say.t("matrix-limits") });
    sheet.blocks
}

/// The matrix as PDF/A-2b. The same matrix gives the same bytes.
///
/// # Errors
/// Those of [`pdf::render`]; a matrix is made of texts, which are always printable.
pub fn print(
    of: &Matrix,
    say: Say,
    holder: String,
    made: Moment,
    program: String,
) -> Result<Vec<u8>, pdf::PdfError> {
    let fact = |key, value: String| (say.t(key), Line::plain(value));
    let formed = say.day(of.formed);
    let no = of.secret.to_string();
    let report = Report {
        lang: say.lang.tag(),
        title: say.tr("matrix-title", &[("day", &of.day.to_string())]),
        kicker: say.t("matrix-kicker"),
        footer: say.tr("report-footer", &[("no", &no), ("holder", &holder)]),
        contents: String::new(),
        facts: vec![
            fact("report-holder", holder.clone()),
            fact("report-secrets", format!("{no} {}", of.title)),
            fact("matrix-level", say.term("level", of.level.word())),
            fact("matrix-day", of.day.to_string()),
            fact("matrix-formed", formed),
            (say.t("matrix-registered"), times(say, &of.registered)),
            fact("report-made", format!("{} ({})", say.moment(made), say.zone())),
            fact("report-program", program),
        ],
        notices: vec![say.t("matrix-lead"), say.t("report-notice-secrecy")],
        holder,
        no,
        blocks: blocks(of, say),
    };
    crate::print::render_on(&report, made.day_at(say.zone_minutes))
}

struct Sheet<'a> {
    of: &'a Matrix,
    say: Say,
    blocks: Vec<Block>,
}

impl Sheet<'_> {
    fn heading(&mut self, key: &str) {
        self.blocks.push(Block::Heading { level: 1, text: self.say.t(key) });
    }

    fn table(&mut self, columns: &[(&str, u16)], rows: Vec<Vec<Vec<Line>>>, none: &str) {
        if rows.is_empty() {
            self.blocks.push(Block::Para { text: self.say.t(none) });
            return;
        }
        let columns = columns.iter().map(|(key, share)| (self.say.t(key), *share)).collect();
        self.blocks.push(Block::Table { columns, rows });
    }

    fn gaps(&mut self) {
        self.heading("matrix-gaps");
        let line = |gap: &MatrixGap| {
            let args: Vec<_> = gap.args.iter().map(|(name, value)| (*name, &**value)).collect();
            let [what, next] = [gap.key, &gap.next()].map(|key| self.say.tr(key, &args));
            format!("{what} {next}")
        };
        let lines =
            |fixed| self.of.gaps.iter().filter(|gap| gap.is_fixed == fixed).map(line).collect();
        let (fixed, open): (Vec<String>, Vec<String>) = (lines(true), lines(false));
        let mut parts = Vec::new();
        if !fixed.is_empty() {
            parts.push((self.say.t("matrix-fixed"), fixed));
        }
        if !open.is_empty() {
            parts.push((self.say.t("matrix-to-mend"), open));
        }
        self.blocks.push(if parts.is_empty() {
            Block::Para { text: self.say.t("matrix-no-gaps") }
        } else {
            Block::Boxed { parts }
        });
    }

    fn holders(&mut self, reach: Reach, head: &str, none: &str) {
        self.heading(head);
        let rows = self.of.holders.iter().filter(|one| one.reach == reach);
        let rows = rows.map(|one| self.holder(one)).collect();
        let columns = [
            ("matrix-head-who", 19),
            ("matrix-head-door", 17),
            ("report-head-claimed", 13),
            ("report-head-received", 13),
            ("report-head-outside", 16),
            ("matrix-head-under", 22),
        ];
        self.table(&columns, rows, none);
    }

    fn holder(&self, one: &Holder) -> Vec<Vec<Line>> {
        let say = self.say;
        let name = one.name.clone().unwrap_or_else(|| say.t("matrix-erased"));
        let who = vec![
            Line::of(Look::Plain, name),
            Line::of(Look::Small, one.who.to_string()).to(To::Thing(one.who)),
        ];
        let mut door = Line::plain(say.term("matrix-door", one.door.word()));
        if one.by != one.who {
            door.push(Line::of(Look::Small, one.by.to_string()).to(To::Thing(one.by)));
        }
        if one.door == Door::Disclosed {
            let statements = say.statements(one.statements.as_deref());
            let text = say.tr("report-given-statements", &[("statements", &statements)]);
            door.push(Line::of(Look::Small, text));
        }
        door.extend(one.why.as_deref().map(|why| Line::of(Look::Small, why)));
        let key = if one.is_claimed { "matrix-since" } else { "matrix-since-unclaimed" };
        let mut since = Line::plain(say.tr(key, &[("day", &one.since.to_string())]));
        let day = |key: &str, day: Option<domain::Day>| {
            day.map(|day| Line::of(Look::Small, say.tr(key, &[("day", &day.to_string())])))
        };
        since.extend(day("matrix-until", one.until));
        since.extend(day("matrix-closed-on", one.closed));
        let mut under: Vec<Line> =
            one.agreements.iter().flat_map(|one| self.agreement(one)).collect();
        under.extend(one.signed.iter().flat_map(|paper| self.paper(paper)));
        if under.is_empty() {
            under.push(Line::of(Look::Flag, say.t("matrix-unsigned")));
        }
        if one.signed_later > 0 {
            let text = say.tr("matrix-signed-later", &[("count", &one.signed_later.to_string())]);
            under.push(Line::of(Look::Flag, text));
        }
        if !one.receipts.is_empty() {
            under.push(Line::of(Look::Small, say.t("matrix-receipts")));
            under.extend(one.receipts.iter().flat_map(|paper| self.paper(paper)));
        }
        vec![who, door, since, received(say, &one.record), vouched(say, &one.record), under]
    }

    fn agreement(&self, one: &Agreement) -> Vec<Line> {
        let say = self.say;
        let mut lines = vec![
            Line::of(Look::Plain, format!("{} {}", one.no, one.title)).to(To::Thing(one.no)),
            Line::of(Look::Small, say.period(one.from, one.until)),
        ];
        if one.record.proof == Proof::Later {
            lines.push(later(say, &one.record));
        }
        if one.papers.is_empty() {
            lines.push(Line::of(Look::Flag, say.t("report-unproved-paper")));
        }
        lines.extend(one.papers.iter().flat_map(|paper| self.paper(paper)));
        lines
    }

    /// A paper with its three times.
    fn paper(&self, paper: &Paper) -> Vec<Line> {
        let say = self.say;
        let (about, no) = (paper.about.to_string(), paper.no.to_string());
        let dated = say.day(paper.dated);
        let text = say.tr("matrix-paper", &[("about", &about), ("no", &no), ("day", &dated)]);
        let mut lines = vec![Line::of(Look::Plain, text).to(To::Entry(paper.record.index))];
        let at = say.moment(paper.record.received);
        lines.push(Line::of(Look::Small, say.tr("matrix-paper-received", &[("at", &at)])));
        if let Some(bound) = paper.record.vouched.first() {
            let at = say.moment(bound.at);
            lines.push(Line::of(Look::Small, say.tr("matrix-paper-vouched", &[("at", &at)])));
        }
        if paper.record.proof == Proof::Later {
            lines.push(later(say, &paper.record));
        } else if paper.days_late() > 0 {
            let days = paper.days_late().to_string();
            lines.push(Line::of(Look::Flag, say.tr("matrix-dated-early", &[("days", &days)])));
        }
        lines
    }

    fn papers(&self, papers: &[Paper]) -> Vec<Line> {
        if papers.is_empty() {
            return vec![Line::of(Look::Flag, self.say.t("report-unproved-paper"))];
        }
        papers.iter().flat_map(|paper| self.paper(paper)).collect()
    }

    fn measures(&mut self) {
        self.heading("matrix-measures");
        let (force, other): (Vec<_>, Vec<_>) =
            self.of.measures.iter().partition(|one| one.in_force);
        let rows = force.into_iter().map(|one| self.measure(one)).collect();
        let columns = [
            ("matrix-head-measure", 20),
            ("matrix-head-fits", 20),
            ("report-head-claimed", 13),
            ("report-head-received", 13),
            ("report-head-outside", 16),
            ("report-head-papers", 18),
        ];
        self.table(&columns, rows, "matrix-no-measures");
        if !other.is_empty() {
            let say = self.say;
            let line = |one: &Protection| {
                let period = say.period(Some(one.since), one.until);
                format!("{} {} · {period}", one.no, one.title)
            };
            let items = other.into_iter().map(line).collect();
            self.blocks.push(Block::Para { text: say.t("matrix-not-in-force") });
            self.blocks.push(Block::List { items });
        }
    }

    fn measure(&self, one: &Protection) -> Vec<Vec<Line>> {
        let say = self.say;
        let item = say.tr("measure-article", &[("item", &one.item.item().to_string())]);
        let what = vec![
            Line::of(Look::Plain, format!("{} {}", one.no, one.title)).to(To::Thing(one.no)),
            Line::of(Look::Small, format!("{item} {}", say.term("measure", one.item.word()))),
        ];
        let statements = say.statements(one.statements.as_deref());
        let fits = vec![
            Line::of(
                Look::Plain,
                say.tr("report-given-statements", &[("statements", &statements)]),
            ),
            match &one.why {
                Some(why) => Line::of(Look::Small, why),
                None => Line::of(Look::Flag, say.t("matrix-no-why")),
            },
        ];
        let key = if one.is_claimed { "matrix-since" } else { "matrix-since-unclaimed" };
        let mut since = Line::plain(say.tr(key, &[("day", &one.since.to_string())]));
        since.extend(one.until.map(|day| {
            Line::of(Look::Small, say.tr("matrix-until", &[("day", &day.to_string())]))
        }));
        // Shown is the weaker record: a measure that was matched afterwards fits only since then.
        let weaker = if one.matched.proof > one.record.proof || one.matched.index > one.record.index
        {
            &one.matched
        } else {
            &one.record
        };
        vec![
            what,
            fits,
            since,
            received(say, weaker),
            vouched(say, weaker),
            self.papers(&one.papers),
        ]
    }

    fn statements(&mut self) {
        self.heading("matrix-statements");
        let say = self.say;
        let rows = self.of.statements.iter().map(|one| {
            let args = [("no", one.no.to_string()), ("edition", one.edition.to_string())];
            let args: Vec<_> = args.iter().map(|(name, value)| (*name, &**value)).collect();
            let by = if one.measures.is_empty() {
                vec![Line::of(Look::Flag, say.t("matrix-bare"))]
            } else {
                let line = |no: &Number| Line::of(Look::Plain, no.to_string()).to(To::Thing(*no));
                one.measures.iter().map(line).collect()
            };
            vec![
                Line::plain(say.tr("matrix-statement", &args)),
                received(say, &one.record),
                vouched(say, &one.record),
                by,
            ]
        });
        let rows = rows.collect();
        let columns = [
            ("matrix-head-statement", 24),
            ("report-head-received", 22),
            ("report-head-outside", 28),
            ("matrix-head-protected", 26),
        ];
        self.table(&columns, rows, "matrix-no-statements");
    }

    fn carriers(&mut self) {
        self.heading("matrix-carriers");
        let say = self.say;
        let rows = self.of.carriers.iter().map(|one| {
            let changed = one.changed.as_deref().and_then(|at| Moment::parse(at).ok());
            let changed = changed.map_or_else(|| say.t("report-not-claimed"), |at| say.moment(at));
            vec![
                Line::plain(say.tr("matrix-carrier", &[("no", &one.no.to_string())])),
                Line::plain(changed),
                received(say, &one.record),
                vouched(say, &one.record),
            ]
        });
        let rows = rows.collect();
        let columns = [
            ("matrix-head-carrier", 18),
            ("matrix-head-changed", 26),
            ("report-head-received", 26),
            ("report-head-outside", 30),
        ];
        self.table(&columns, rows, "matrix-no-carriers");
    }

    fn looks(&mut self) {
        if self.of.looks.is_empty() {
            return;
        }
        self.heading("matrix-looks");
        let say = self.say;
        let items = self.of.looks.iter().map(|one| {
            let (count, last) = (one.count.to_string(), say.moment(one.last));
            say.tr("matrix-look", &[("by", &one.by), ("count", &count), ("last", &last)])
        });
        let items = items.collect();
        self.blocks.push(Block::List { items });
    }
}

fn later(say: Say, record: &Record) -> Line {
    let day = record.received_day.to_string();
    Line::of(Look::Flag, say.tr("matrix-later", &[("day", &day)]))
}

fn received(say: Say, record: &Record) -> Vec<Line> {
    let entry = say.tr("matrix-entry", &[("no", &record.index.to_string())]);
    let mut lines = vec![
        Line::of(Look::Plain, say.moment(record.received)),
        Line::of(Look::Small, entry).to(To::Entry(record.index)),
    ];
    if record.proof == Proof::Later {
        lines.push(Line::of(Look::Flag, say.t("matrix-later-short")));
    }
    lines
}

fn vouched(say: Say, record: &Record) -> Vec<Line> {
    let mut lines = say.bounds(&record.vouched[..record.vouched.len().min(1)]);
    if record.vouched.len() > 1 {
        let count = (record.vouched.len() - 1).to_string();
        lines.push(Line::of(Look::Small, say.tr("matrix-more-bounds", &[("count", &count)])));
    }
    lines
}

/// A record's two times of the ledger, for a list of facts.
fn times(say: Say, record: &Record) -> Vec<Line> {
    let mut lines = received(say, record);
    lines.extend(vouched(say, record));
    lines
}
