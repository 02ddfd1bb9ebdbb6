//! Which measures were in force on the day, and for which statements.

use domain::Day;

use super::{Protection, View};
use crate::story::Measure;

impl View<'_> {
    /// The measures matched to the secret point, those in force first, by the items of art. 6. A
    /// measure that was matched twice has two rows.
    pub(super) fn measures(&self) -> Vec<Protection> {
        let mut rows: Vec<Protection> = Vec::new();
        for (matched, event) in &self.of.matches {
            let Some(measure) = self.story.measure(event.measure) else { continue };
            let (entry, added) = measure.added;
            let since = added.from.unwrap_or_else(|| self.received_day(entry));
            let until = self.last_day(measure);
            rows.push(Protection {
                no: added.no,
                item: added.item,
                title: added.title.clone(),
                in_force: since <= self.day && until.is_none_or(|until| self.day <= until),
                since,
                is_claimed: added.from.is_some(),
                until,
                statements: event.statements.clone(),
                why: event.why.clone(),
                record: self.record(entry),
                matched: self.record(matched),
                papers: self.standing_papers(added.no).0,
            });
        }
        rows.sort_by_key(|row| (!row.in_force, row.item, row.no, row.matched.index));
        rows
    }

    /// The last day of a measure. One that was ended without a day had ended when that was
    /// recorded.
    fn last_day(&self, measure: &Measure<'_>) -> Option<Day> {
        let ended = measure.ended.and_then(|(entry, happened)| {
            happened.or_else(|| self.received_day(entry).plus_days(-1))
        });
        match (measure.added.1.until, ended) {
            (Some(until), Some(ended)) => Some(until.min(ended)),
            (until, ended) => until.or(ended),
        }
    }
}
