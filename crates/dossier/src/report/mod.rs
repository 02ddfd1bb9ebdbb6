//! The report: what is proved and what is not, told from the events shown.

mod access;
mod annexes;
mod conclusion;
mod elements;
mod exhibits;
mod last;
mod secrets;

use crate::contents::Contents;
use crate::page::{Block, Line, Look, Report, Say};
use crate::story::Story;

/// The parts of a report share this: the story and how to say it.
struct Desk<'a> {
    story: &'a Story<'a>,
    say: Say,
    blocks: Vec<Block>,
}

/// Writes the report. The same contents give the same report.
pub fn report(contents: &Contents) -> Report {
    let say = Say { lang: contents.lang, zone_minutes: contents.zone_minutes };
    let story = Story::new(contents);
    let mut desk = Desk { story: &story, say, blocks: Vec::new() };
    desk.conclusion();
    desk.secrets();
    desk.elements();
    desk.access();
    desk.exhibits();
    desk.timeline();
    desk.how_to_check();
    desk.law();
    desk.annex_factors();
    desk.annex_witnesses();
    desk.annex_withheld();
    desk.cover()
}

impl Desk<'_> {
    fn cover(self) -> Report {
        let Self { story, say, blocks } = self;
        let contents = story.contents;
        let holder = story.node.map_or(String::new(), |(_, node)| node.name.clone());
        let no = contents.no.to_string();
        let secrets = story.secrets.iter().map(|one| format!("{} {}", one.no, one.title));
        let withheld = contents.withheld.words();
        let withheld = if withheld.is_empty() {
            say.t("report-withheld-none")
        } else {
            say.join(withheld.iter().map(|word| say.term("withheld", word)))
        };
        let log = story.node.map_or(String::new(), |(_, node)| node.log_key.clone());
        let fact = |key, value: String| (say.t(key), Line::plain(value));
        let facts = vec![
            fact("report-holder", holder.clone()),
            fact("report-no", no.clone()),
            fact("report-purpose", say.term("purpose", contents.purpose.word())),
            fact("report-secrets", say.join(secrets)),
            fact("report-made", format!("{} ({})", say.moment(contents.made), say.zone())),
            fact("report-leaves", contents.leaves.to_string()),
            fact("report-program", contents.program.clone()),
            fact("report-withheld", withheld),
            (say.t("report-log"), vec![Line::of(Look::Code, log)]),
        ];
        let purpose = contents.purpose.word();
        Report {
            lang: say.lang.tag(),
            title: say.t(&format!("report-title-{purpose}")),
            kicker: say.t("report-kicker"),
            footer: say.tr("report-footer", &[("no", &no), ("holder", &holder)]),
            contents: say.t("report-contents"),
            notices: vec![
                say.t(&format!("report-notice-{purpose}")),
                say.t("report-notice-secrecy"),
                say.t("report-notice-state-secrets"),
            ],
            holder,
            no,
            facts,
            blocks,
        }
    }

    fn heading(&mut self, level: u8, key: &str) {
        let text = self.say.t(key);
        self.blocks.push(Block::Heading { level, text });
    }

    fn heading_of(&mut self, level: u8, text: String) {
        self.blocks.push(Block::Heading { level, text });
    }

    fn para(&mut self, key: &str) {
        self.para_of(self.say.t(key));
    }

    fn para_of(&mut self, text: String) {
        self.blocks.push(Block::Para { text });
    }

    fn note(&mut self, text: String) {
        self.blocks.push(Block::Note { text });
    }

    /// A table; the words of `none` when it has no rows.
    fn table(&mut self, columns: Vec<(String, u16)>, rows: Vec<Vec<Vec<Line>>>, none: &str) {
        if rows.is_empty() {
            self.para(none);
        } else {
            self.blocks.push(Block::Table { columns, rows });
        }
    }

    fn head(&self, key: &str, share: u16) -> (String, u16) {
        (self.say.t(key), share)
    }

    /// The three columns of times: claimed, received, vouched for by others. Never mixed.
    fn times(&self, claimed: String, entry: &crate::contents::Entry) -> [Vec<Line>; 3] {
        let bounds = self.story.times.not_later(entry.index());
        [
            Line::plain(claimed),
            Line::plain(self.say.moment(entry.received)),
            self.say.first_bound(&bounds),
        ]
    }

    /// The rows of times on a card: as the columns, with the word of everybody.
    fn time_rows(
        &self,
        claimed: String,
        entry: &crate::contents::Entry,
    ) -> Vec<(String, Vec<Line>)> {
        let [claimed, received, _] = self.times(claimed, entry);
        let outside = self.say.bounds(&self.story.times.not_later(entry.index()));
        let heads = self.say.time_heads().map(|(head, _)| head);
        heads.into_iter().zip([claimed, received, outside]).collect()
    }

    fn flag(&self, key: &str) -> Line {
        Line::of(Look::Flag, self.say.t(key))
    }

    /// The words for a field: what is shown, or its digest, or that nothing was recorded.
    fn field(&self, field: Option<&crate::contents::Field>, none: &str) -> Vec<Line> {
        use crate::contents::Field;
        match field {
            None | Some(Field::Empty) => vec![self.flag(none)],
            Some(Field::Shown(value)) => {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                vec![Line::of(Look::Quote, text)]
            }
            Some(Field::Erased(digest)) => vec![
                Line::of(Look::Plain, self.say.t("report-field-erased")),
                Line::of(Look::Code, evidence::dossier::hex(digest)),
            ],
            Some(Field::Withheld(digest)) => vec![
                Line::of(Look::Plain, self.say.t("report-field-withheld")),
                Line::of(Look::Code, evidence::dossier::hex(digest)),
            ],
        }
    }

    /// Gaps about a secret point, or about the whole, as lines of a list.
    fn gap_lines(&self, secret: Option<domain::Number>) -> Vec<String> {
        let today = self.story.contents.made.day_at(self.story.contents.zone_minutes);
        crate::gaps::gaps(self.story, today)
            .into_iter()
            .filter(|gap| gap.secret == secret)
            .map(|gap| {
                let args: Vec<(&str, &str)> =
                    gap.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
                self.say.tr(gap.key, &args)
            })
            .collect()
    }
}
