//! Annexes A (factors of authenticity), B (witnesses and authorities), C (what is withheld).

use std::collections::BTreeMap;

use domain::Event;

use super::Desk;
use super::secrets::name_of;
use crate::factors::{Answer, Far, answers};
use crate::page::{Line, Look, ranges};

impl Desk<'_> {
    pub(super) fn annex_factors(&mut self) {
        self.heading(1, "report-annex-factors");
        self.para("report-factors-intro");
        // Exhibits with the same answers are shown together, in the order of their first.
        let mut groups: BTreeMap<Vec<Answer>, Vec<usize>> = BTreeMap::new();
        for (number, entry) in self.story.exhibits() {
            groups.entry(answers(self.story, self.say, entry)).or_default().push(number);
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by_key(|(_, numbers)| numbers[0]);
        for (answers, numbers) in groups {
            let numbers = ranges(&numbers);
            self.heading_of(3, self.say.tr("report-exhibit", &[("no", &numbers)]));
            let rows = answers.into_iter().map(|answer| {
                let look = if answer.far == Far::Unproved { Look::Flag } else { Look::Plain };
                vec![
                    Line::plain(self.say.t(answer.question)),
                    vec![Line::of(look, self.say.t(answer.far.key()))],
                    Line::plain(answer.text),
                ]
            });
            let rows = rows.collect();
            let columns = vec![
                self.head("report-head-factor", 34),
                self.head("report-head-far", 12),
                self.head("report-head-answer", 54),
            ];
            self.table(columns, rows, "report-none");
        }
    }

    pub(super) fn annex_witnesses(&mut self) {
        self.heading(1, "report-annex-witnesses");
        self.para("report-witnesses-intro");
        let say = self.say;
        let vouching = self.story.times.vouching();
        let mut rows = Vec::new();
        for entry in &self.story.contents.entries {
            let (name, key, relation, is_stamp) = match &entry.event {
                Event::WitnessAdded(event) => {
                    let key = vec![Line::of(Look::Code, event.key.clone())];
                    (&event.name, key, event.relation, false)
                }
                Event::AuthorityAdded(event) => {
                    let roots = event.roots.iter();
                    let key = roots.map(|root| Line::of(Look::Code, format!("SHA-256 {root}")));
                    (&event.name, key.collect(), event.relation, true)
                }
                _ => continue,
            };
            let removed = self.story.contents.entries.iter().any(|later| {
                later.index() > entry.index()
                    && match &later.event {
                        Event::WitnessRemoved(event) => !is_stamp && event.name == *name,
                        Event::AuthorityRemoved(event) => is_stamp && event.name == *name,
                        _ => false,
                    }
            });
            let kind = if is_stamp { "report-authority" } else { "report-witness" };
            let mut who =
                vec![Line::of(Look::Plain, name.clone()), Line::of(Look::Small, say.t(kind))];
            if removed {
                who.push(Line::of(Look::Small, say.t("report-removed")));
            }
            // An authority is found by the name in its certificate, which may be another.
            let seen = vouching.iter().find(|one| one.by == *name && one.is_stamp == is_stamp);
            let seen = match seen {
                Some(one) => {
                    let args = [
                        ("count", &*one.count.to_string()),
                        ("first", &*say.moment(one.first)),
                        ("last", &*say.moment(one.last)),
                    ];
                    Line::plain(say.tr("report-vouched", &args))
                }
                None if is_stamp => Line::plain(say.t("report-see-below")),
                None => vec![self.flag("report-vouched-never")],
            };
            rows.push(vec![
                who,
                Line::plain(say.term("standing", relation.word())),
                key,
                Line::plain(entry.index().to_string()),
                seen,
            ]);
        }
        let columns = vec![
            self.head("report-head-who", 20),
            self.head("report-head-relation", 13),
            self.head("report-head-key", 35),
            self.head("report-head-leaf", 7),
            self.head("report-head-vouched", 25),
        ];
        self.table(columns, rows, "report-no-witnesses");
        self.anchors();
    }

    /// The checkpoints that others saw.
    fn anchors(&mut self) {
        self.heading(3, "report-anchors");
        let anchors = self.story.contents.anchors.iter().enumerate();
        let rows = anchors.map(|(at, anchor)| {
            let path = evidence::dossier::anchor_checkpoint_path(at + 1);
            let seen = self.say.bounds(self.story.times.of_anchor(at));
            vec![vec![Line::of(Look::Code, path)], Line::plain(anchor.size.to_string()), seen]
        });
        let rows = rows.collect();
        let columns = vec![
            self.head("report-head-file", 30),
            self.head("report-head-size", 15),
            self.head("report-head-seen", 55),
        ];
        self.table(columns, rows, "report-no-anchors");
    }

    pub(super) fn annex_withheld(&mut self) {
        self.heading(1, "report-annex-withheld");
        self.para("report-withheld-intro");
        let rows = self.story.contents.entries.iter().filter_map(|entry| {
            let kind = evidence::kind::kind(entry.event.tag())?;
            let fields = kind.all_fields().zip(&entry.shown.items);
            let withheld: Vec<Line> = fields
                .filter_map(|(field, item)| match item {
                    evidence::dossier::ShownItem::Shown(_) => None,
                    evidence::dossier::ShownItem::Withheld(digest) => {
                        let hash = evidence::dossier::hex(digest);
                        let gone = entry.erased.contains(&field.name);
                        let gone =
                            if gone { self.say.t("report-erased-mark") } else { String::new() };
                        Some(Line::of(Look::Code, format!("{} {hash}{gone}", field.name)))
                    }
                })
                .collect();
            if withheld.is_empty() {
                return None;
            }
            Some(vec![
                Line::plain(entry.index().to_string()),
                Line::plain(name_of(self, entry)),
                withheld,
            ])
        });
        let rows = rows.collect();
        let columns = vec![
            self.head("report-head-leaf", 8),
            self.head("report-head-what", 32),
            self.head("report-head-withheld", 60),
        ];
        self.table(columns, rows, "report-withheld-nothing");
    }
}
