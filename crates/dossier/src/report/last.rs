//! How to check, and the law cited.

use super::Desk;
use crate::law::{ALWAYS, for_purpose};
use crate::page::{Block, Line, Look};

/// The steps, in their order.
const STEPS: [&str; 7] =
    ["check-1", "check-2", "check-3", "check-4", "check-5", "check-6", "check-7"];

impl Desk<'_> {
    pub(super) fn how_to_check(&mut self) {
        self.heading(1, "report-part-check");
        self.para("report-check-intro");
        let no = self.story.contents.no.to_string();
        let items = STEPS.iter().map(|key| self.say.tr(key, &[("no", &no)])).collect();
        self.blocks.push(Block::List { items });
        self.note(self.say.t("report-check-renew"));
    }

    pub(super) fn law(&mut self) {
        self.heading(1, "report-part-law");
        self.para("report-law-intro");
        let say = self.say;
        let purpose = for_purpose(self.story.contents.purpose);
        let rows = ALWAYS.iter().chain(purpose).map(|cited| {
            let source = match cited.source {
                Some(source) => {
                    let mut lines = vec![
                        Line::of(Look::Plain, say.t("law-compared")),
                        Line::of(Look::Small, say.t(source.key())),
                    ];
                    if !cited.number_compared {
                        lines.push(Line::of(Look::Small, say.t("law-number-open")));
                    }
                    lines
                }
                None => vec![self.flag("law-not-compared")],
            };
            vec![
                Line::plain(say.t(cited.act)),
                Line::plain(cited.articles),
                Line::plain(say.t(cited.what)),
                source,
            ]
        });
        let rows = rows.collect();
        let columns = vec![
            self.head("report-head-act", 32),
            self.head("report-head-article", 10),
            self.head("report-head-cited-for", 32),
            self.head("report-head-compared", 26),
        ];
        self.table(columns, rows, "report-none");
    }
}
