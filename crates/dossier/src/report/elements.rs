//! Part 3: the three elements of a trade secret (反不正当竞争法 art. 10): not known to the public,
//! of value, and protected by corresponding measures.

use domain::terms::MeasureItem;

use super::Desk;
use super::secrets::exhibit_numbers;
use crate::page::{Block, Line, Look};
use crate::story::Secret;

impl Desk<'_> {
    pub(super) fn elements(&mut self) {
        self.heading(1, "report-part-elements");
        self.para("report-elements-intro");
        let story = self.story;
        for secret in &story.secrets {
            self.heading_of(2, format!("{} {}", secret.no, secret.title));
            self.heading(3, "report-gaps");
            let gaps = self.gap_lines(Some(secret.no));
            if gaps.is_empty() {
                self.para("report-gaps-none");
            } else {
                self.blocks.push(Block::List { items: gaps });
            }
            self.remarks(secret);
            let rows = self.measure_rows(secret);
            self.heading(3, "report-measures");
            self.para("report-measures-intro");
            let [_, received, outside] = self.say.time_heads();
            let columns = vec![
                self.head("report-head-item", 19),
                self.head("report-head-measure", 22),
                self.head("report-head-matched", 12),
                self.head("report-head-in-force", 14),
                received,
                outside,
                self.head("report-head-papers", 11),
            ];
            self.table(columns, rows, "report-none");
        }
    }

    /// What was recorded on public knowledge, value and origin.
    fn remarks(&mut self, secret: &Secret<'_>) {
        let parts = [
            ("report-public", &secret.public, "report-public-none"),
            ("report-value", &secret.value, "report-value-none"),
            ("report-origin", &secret.origin, "report-origin-none"),
        ];
        for (heading, remark, none) in parts {
            self.heading(3, heading);
            let Some((entry, field)) = remark else {
                self.para(none);
                continue;
            };
            let mut rows = vec![
                (self.say.t("report-recorded-as"), self.field(Some(field), none)),
                (self.say.t("report-leaf"), Line::plain(entry.index().to_string())),
            ];
            rows.extend(self.time_rows(self.say.t("report-not-claimed"), entry));
            self.blocks.push(Block::Facts { rows });
        }
    }

    /// One row for each measure matched, or for each item of art. 6 without one.
    fn measure_rows(&self, secret: &Secret<'_>) -> Vec<Vec<Vec<Line>>> {
        let say = self.say;
        let exhibits = exhibit_numbers(self.story);
        let mut rows = Vec::new();
        for &item in MeasureItem::ALL {
            let article = say.tr("measure-article", &[("item", &item.item().to_string())]);
            let name = vec![
                Line::of(Look::Plain, article),
                Line::of(Look::Small, say.term("measure", item.word())),
            ];
            let of_item = secret.matches.iter().filter_map(|(entry, matched)| {
                let measure = self.story.measure(matched.measure)?;
                (measure.item() == item).then_some((*entry, *matched, measure))
            });
            let before = rows.len();
            for (entry, matched, measure) in of_item {
                let (added, event) = measure.added;
                let mut what = Line::plain(format!("{} {}", event.no, event.title));
                what.extend(event.detail.as_deref().map(|text| Line::of(Look::Small, text)));
                what.extend(
                    matched
                        .why
                        .as_deref()
                        .map(|why| Line::of(Look::Small, say.tr("report-fits", &[("why", why)]))),
                );
                let late = self.story.late_for(measure, secret.no);
                if !late.is_empty() {
                    let text = say.tr("report-late", &[("disclosures", &say.join(late))]);
                    what.push(Line::of(Look::Flag, text));
                }
                let statements = vec![
                    Line::of(Look::Plain, say.statements(matched.statements.as_deref())),
                    Line::of(
                        Look::Small,
                        say.tr("report-matched-at", &[("at", &say.moment(entry.received))]),
                    ),
                ];
                let mut force = Line::plain(say.period(event.from, measure.until()));
                if let Some((_, None)) = measure.ended {
                    force.push(self.flag("report-ended-no-day"));
                }
                let [_, received, outside] = self.times(String::new(), added);
                let papers = self.story.papers_of(event.no);
                let papers = if papers.is_empty() {
                    vec![self.flag("report-unproved")]
                } else {
                    let numbers = papers.iter().filter_map(|one| exhibits.get(&one.index()));
                    let numbers: Vec<usize> = numbers.copied().collect();
                    Line::plain(say.tr("report-exhibit", &[("no", &crate::page::ranges(&numbers))]))
                };
                rows.push(vec![name.clone(), what, statements, force, received, outside, papers]);
            }
            if rows.len() == before {
                let none = vec![Line::of(Look::Plain, say.t("report-no-measure"))];
                let empty = || Line::plain("—");
                rows.push(vec![name, none, empty(), empty(), empty(), empty(), empty()]);
            }
        }
        rows
    }
}
