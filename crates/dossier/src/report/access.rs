//! Part 4: who could know, and to whom it was given.

use super::Desk;
use super::secrets::exhibit_numbers;
use crate::contents::Entry;
use crate::page::{Line, Look};
use crate::story::{Clearance, Covered, Disclosure};

impl Desk<'_> {
    pub(super) fn access(&mut self) {
        self.heading(1, "report-part-access");
        self.para("report-access-intro");
        let story = self.story;
        for secret in &story.secrets {
            self.heading_of(2, format!("{} {}", secret.no, secret.title));
            self.heading(3, "report-people");
            let rows = secret.clearances.iter().map(|one| self.clearance(one)).collect();
            let [_, received, outside] = self.say.time_heads();
            let columns = vec![
                self.head("report-head-person", 18),
                self.head("report-head-post", 16),
                self.head("report-head-access", 20),
                received,
                outside,
                self.head("report-head-papers", 14),
            ];
            self.table(columns, rows, "report-no-people");
            self.heading(3, "report-disclosures");
            let rows: Vec<_> =
                story.disclosures_of(secret.no).map(|one| self.disclosure(one)).collect();
            let [claimed, received, outside] = self.say.time_heads();
            let columns = vec![
                self.head("report-head-disclosure", 20),
                self.head("report-head-given", 13),
                claimed,
                received,
                outside,
                self.head("report-head-agreement", 21),
            ];
            self.table(columns, rows, "report-no-disclosures");
        }
    }

    fn clearance(&self, clearance: &Clearance<'_>) -> Vec<Vec<Line>> {
        let say = self.say;
        let (entry, event) = clearance.given;
        let person = self.story.people.get(&event.person).map(|person| person.added.1);
        let post = person.map(|person| {
            let parts = [person.department.as_deref(), person.post.as_deref()];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
        });
        let post = post.filter(|post| !post.is_empty());
        let mut access = Line::plain(say.period(event.from, event.until));
        if let Some((barred, day)) = clearance.barred {
            let text = say.tr(
                "report-barred",
                &[("day", &say.day(day)), ("at", &say.moment(barred.received))],
            );
            access.push(Line::of(Look::Plain, text));
        }
        access.extend(event.why.as_deref().map(|why| Line::of(Look::Small, why)));
        let [_, received, outside] = self.times(String::new(), entry);
        vec![
            Line::plain(self.story.person(event.person)),
            Line::plain(post.unwrap_or_else(|| say.t("report-not-recorded"))),
            access,
            received,
            outside,
            self.papers(self.story.papers_of(event.person)),
        ]
    }

    fn disclosure(&self, disclosure: &Disclosure<'_>) -> Vec<Vec<Line>> {
        let say = self.say;
        let (entry, event) = disclosure.made;
        let partner = self.story.partners.get(&event.partner);
        let partner = partner.map_or(event.partner.to_string(), |(_, partner)| {
            let relation = say.term("relation", partner.relation.word());
            format!("{} {} ({relation})", partner.no, partner.name)
        });
        let mut what = vec![
            Line::of(Look::Plain, format!("{} → {partner}", event.no)),
            Line::of(Look::Small, event.purpose.clone()),
        ];
        what.extend(event.person.map(|person| {
            let person = self.story.person(person);
            Line::of(Look::Small, say.tr("report-handed-by", &[("person", &person)]))
        }));
        let statements = say.statements(event.statements.as_deref());
        let mut given =
            Line::plain(say.tr("report-given-statements", &[("statements", &statements)]));
        if !event.carriers.is_empty() {
            let carriers = say.join(&event.carriers);
            let text = say.tr("report-given-carriers", &[("carriers", &carriers)]);
            given.push(Line::of(Look::Plain, text));
        }
        given.push(match disclosure.closed {
            Some((_, closed)) => Line::of(
                Look::Small,
                format!("{} {}", say.term("ending", closed.how.word()), say.day(closed.happened)),
            ),
            None => Line::of(Look::Small, say.t("report-still-open")),
        });
        let [claimed, received, outside] = self.times(say.day(event.happened), entry);
        let mut agreement = match self.story.covered(event) {
            Covered::By(recorded, agreement) => {
                let mut lines = Line::plain(format!("{} {}", agreement.no, agreement.title));
                let period = say.period(agreement.from, agreement.until);
                lines.push(Line::of(Look::Small, period));
                if recorded.index() > entry.index() {
                    let at = say.moment(recorded.received);
                    lines.push(Line::of(
                        Look::Flag,
                        say.tr("report-late-agreement", &[("at", &at)]),
                    ));
                }
                lines.extend(self.papers(self.story.papers_of(agreement.no)));
                lines
            }
            Covered::NotProved => {
                vec![self.flag("report-unproved"), Line::of(Look::Small, say.t("report-no-cover"))]
            }
            Covered::NoDay => {
                vec![self.flag("report-unproved"), Line::of(Look::Small, say.t("report-no-day"))]
            }
        };
        let receipts = self.story.papers_of(event.no);
        if receipts.is_empty() {
            agreement.push(self.flag("report-no-receipt"));
        } else {
            let numbers = self.numbers(receipts);
            let text = say.tr("report-receipts", &[("no", &numbers)]);
            agreement.push(Line::of(Look::Small, text));
        }
        vec![what, given, claimed, received, outside, agreement]
    }

    /// The exhibits' numbers of papers; *not proved* without any.
    fn papers(&self, papers: &[&Entry]) -> Vec<Line> {
        if papers.is_empty() {
            return vec![self.flag("report-unproved-paper")];
        }
        Line::plain(self.say.tr("report-exhibit", &[("no", &self.numbers(papers))]))
    }

    fn numbers(&self, papers: &[&Entry]) -> String {
        let exhibits = exhibit_numbers(self.story);
        let numbers = papers.iter().filter_map(|one| exhibits.get(&one.index()));
        crate::page::ranges(&numbers.copied().collect::<Vec<_>>())
    }
}
