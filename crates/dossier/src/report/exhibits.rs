//! Parts 5 and 6: the list of exhibits, and the timeline.

use domain::{Event, Series};

use super::Desk;
use super::secrets::{claimed_of, name_of};
use crate::contents::Entry;
use crate::page::{Line, Look};

impl Desk<'_> {
    pub(super) fn exhibits(&mut self) {
        self.heading(1, "report-part-exhibits");
        self.para("report-exhibits-intro");
        let rows = self.story.exhibits().map(|(number, entry)| {
            let mut hashes = vec![Line::of(
                Look::Code,
                format!("{} {}", self.say.t("report-leaf-hash"), entry.leaf()),
            )];
            if let Some(file) = &entry.file {
                hashes.push(Line::of(Look::Code, file.path.clone()));
                let hash = evidence::dossier::hex(&file.sha256);
                hashes.push(Line::of(Look::Code, format!("SHA-256 {hash}")));
            }
            vec![
                Line::plain(number.to_string()),
                Line::plain(name_of(self, entry)),
                Line::plain(self.say.t(shows(entry))),
                Line::plain(entry.index().to_string()),
                hashes,
            ]
        });
        let rows = rows.collect();
        let columns = vec![
            self.head("report-head-no", 6),
            self.head("report-head-exhibit", 28),
            self.head("report-head-shows", 14),
            self.head("report-head-leaf", 7),
            self.head("report-head-hash", 45),
        ];
        self.table(columns, rows, "report-none");
    }

    pub(super) fn timeline(&mut self) {
        self.heading(1, "report-part-timeline");
        self.para("report-timeline-intro");
        let rows = self.story.contents.entries.iter().map(|entry| {
            let [claimed, received, outside] = self.times(claimed_of(self, entry), entry);
            let not_earlier = match self.story.times.not_earlier(entry) {
                Some(bound) => vec![
                    Line::of(Look::Plain, self.say.moment(bound.at)),
                    Line::of(Look::Small, self.say.bound(&bound)),
                ],
                None => Line::plain("—"),
            };
            let by = entry.by().unwrap_or_else(|| self.say.t("report-by-withheld"));
            let what = vec![
                Line::of(Look::Plain, name_of(self, entry)),
                Line::of(Look::Small, self.say.tr("report-done-by", &[("by", &by)])),
            ];
            vec![
                Line::plain(entry.index().to_string()),
                what,
                claimed,
                received,
                outside,
                not_earlier,
            ]
        });
        let rows = rows.collect();
        let [claimed, received, outside] = self.say.time_heads();
        let columns = vec![
            self.head("report-head-leaf", 7),
            self.head("report-head-what", 36),
            claimed,
            received,
            outside,
            self.head("report-head-not-earlier", 15),
        ];
        self.table(columns, rows, "report-none");
    }
}

/// What an exhibit is to show.
fn shows(entry: &Entry) -> &'static str {
    match &entry.event {
        Event::SecretRegistered(_) | Event::SecretStated(_) | Event::CarrierAdded(_) => {
            "shows-content"
        }
        Event::MeasureAdded(_) | Event::MeasureMatched(_) | Event::MeasureEnded(_) => {
            "shows-measures"
        }
        Event::PersonCleared(_) | Event::PersonBarred(_) => "shows-access",
        Event::PartnerAgreed(_) => "shows-duty",
        Event::DisclosureMade(_) | Event::DisclosureClosed(_) => "shows-disclosure",
        Event::PaperAdded(event) => match event.about.series {
            Series::Measure => "shows-measures",
            Series::Agreement | Series::Person => "shows-duty",
            _ => "shows-disclosure",
        },
        _ => "shows-history",
    }
}
