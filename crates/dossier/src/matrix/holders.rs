//! Who could reach the secret point on the day, by what door, and what bound them.

use std::collections::BTreeMap;

use domain::event::{CopyIssued, PartnerAgreed};
use domain::{Day, Event, Number, Series};

use super::{Agreement, Door, Holder, Reach, View};
use crate::contents::Entry;

/// A door as the records tell it.
struct Way<'a> {
    who: Number,
    door: Door,
    by: Number,
    entry: &'a Entry,
    claimed: Option<Day>,
    until: Option<Day>,
    /// From this day on it was closed.
    closed: Option<Day>,
    statements: Option<Vec<u32>>,
    why: Option<String>,
}

impl View<'_> {
    /// All who could reach it on the day or before, the open doors first.
    pub(super) fn holders(&self) -> Vec<Holder> {
        let ways = [self.owner(), self.cleared(), self.disclosed(), self.copies()];
        let mut holders: Vec<Holder> =
            ways.into_iter().flatten().filter_map(|way| self.holder(way)).collect();
        holders.sort_by_key(|one| (one.reach, one.who, one.door, one.record.index));
        holders
    }

    /// Whoever answers for it knows it, since that was recorded.
    fn owner(&self) -> Vec<Way<'_>> {
        let mut owners: Vec<Way<'_>> = Vec::new();
        for entry in self.entries() {
            let owner = match &entry.event {
                Event::SecretRegistered(event) if event.no == self.of.no => event.owner,
                Event::SecretRevised(event) if event.secret == self.of.no => event.owner,
                _ => None,
            };
            let Some(who) = owner else { continue };
            if let Some(before) = owners.last_mut() {
                before.closed = Some(self.received_day(entry));
            }
            owners.push(Way {
                who,
                door: Door::Owner,
                by: who,
                entry,
                claimed: None,
                until: None,
                closed: None,
                statements: None,
                why: None,
            });
        }
        owners
    }

    fn cleared(&self) -> Vec<Way<'_>> {
        let clearances = self.of.clearances.iter().map(|one| {
            let (entry, event) = one.given;
            Way {
                who: event.person,
                door: Door::Cleared,
                by: event.person,
                entry,
                claimed: event.from,
                until: event.until,
                closed: one
                    .barred
                    .map(|(barred, day)| day.unwrap_or_else(|| self.received_day(barred))),
                statements: None,
                why: event.why.clone(),
            }
        });
        clearances.collect()
    }

    fn disclosed(&self) -> Vec<Way<'_>> {
        let disclosures = self.story.disclosures_of(self.of.no).map(|one| {
            let (entry, event) = one.made;
            Way {
                who: event.partner,
                door: Door::Disclosed,
                by: event.no,
                entry,
                claimed: event.happened,
                until: event.until,
                closed: one.closed.map(|(closed, event)| {
                    event.happened.unwrap_or_else(|| self.received_day(closed))
                }),
                statements: event.statements.clone(),
                why: Some(event.purpose.clone()),
            }
        });
        disclosures.collect()
    }

    /// Marked copies: each is at its recipient's since it was made.
    fn copies(&self) -> Vec<Way<'_>> {
        let mut batches = BTreeMap::new();
        let mut copies: BTreeMap<Number, Way<'_>> = BTreeMap::new();
        for entry in self.entries() {
            match &entry.event {
                Event::CopiesCommitted(event) if event.secret == self.of.no => {
                    batches.insert(event.no, event);
                }
                Event::CopyIssued(CopyIssued { no, batch, recipient, .. }) => {
                    let Some(batch) = batches.get(batch) else { continue };
                    let way = Way {
                        who: *recipient,
                        door: Door::Copy,
                        by: *no,
                        entry,
                        claimed: None,
                        until: batch.until,
                        closed: None,
                        statements: None,
                        why: Some(batch.purpose.clone()),
                    };
                    copies.insert(*no, way);
                }
                Event::CopyRecalled(event) if self.is_here(entry) => {
                    if let Some(copy) = copies.get_mut(&event.copy) {
                        copy.until = event.until.or(copy.until);
                    }
                }
                Event::CopyEnded(event) => {
                    if let Some(copy) = copies.get_mut(&event.copy) {
                        let day = event.happened.unwrap_or_else(|| self.received_day(entry));
                        copy.closed = Some(day);
                    }
                }
                _ => {}
            }
        }
        copies.into_values().collect()
    }

    /// The row of a door; `None` when it had not been opened by the day, or never was.
    fn holder(&self, way: Way<'_>) -> Option<Holder> {
        let since = way.claimed.unwrap_or_else(|| self.received_day(way.entry));
        // A clearance ends by itself; what was handed over is not back because its day has come.
        let expires = way.until.filter(|_| way.door == Door::Cleared);
        let end = match (way.closed, expires.and_then(|last| last.plus_days(1))) {
            (Some(closed), Some(expired)) => Some(closed.min(expired)),
            (closed, expired) => closed.or(expired),
        };
        let was_handed_over = matches!(way.door, Door::Disclosed | Door::Copy);
        if since > self.day || end.is_some_and(|end| end <= since && !was_handed_over) {
            return None;
        }
        let is_closed = end.is_some_and(|end| end <= self.day);
        let is_partner = way.who.series == Series::Partner;
        let (signed, signed_later) = self.standing_papers(way.who);
        let is_thing = way.by != way.who;
        Some(Holder {
            who: way.who,
            name: self.name(way.who),
            door: way.door,
            by: way.by,
            reach: if is_closed { Reach::Closed } else { Reach::Open },
            since,
            is_claimed: way.claimed.is_some(),
            until: way.until,
            closed: end.filter(|_| is_closed),
            statements: way.statements,
            why: way.why,
            record: self.record(way.entry),
            signed,
            signed_later,
            agreements: if is_partner { self.agreements(way.who) } else { Vec::new() },
            was_bound: is_partner && self.binding(way.who, since).next().is_some(),
            receipts: if is_thing { self.standing_papers(way.by).0 } else { Vec::new() },
        })
    }

    fn name(&self, who: Number) -> Option<String> {
        match who.series {
            Series::Partner => {
                self.story.partners.get(&who).map(|(_, partner)| partner.name.clone())
            }
            _ => self.story.people.get(&who)?.name.text().map(str::to_owned),
        }
    }

    /// The agreements with a partner that cover the secret point and were in force on a day, as
    /// claimed. One without a first day is in force since it was recorded.
    fn binding(
        &self,
        partner: Number,
        day: Day,
    ) -> impl Iterator<Item = (&Entry, &PartnerAgreed)> + use<'_> {
        let all = self.story.agreements.iter().copied();
        all.filter(move |(entry, event)| {
            event.partner == partner
                && event.secrets.as_ref().is_none_or(|all| all.contains(&self.of.no))
                && event.from.unwrap_or_else(|| self.received_day(entry)) <= day
                && event.until.is_none_or(|until| day <= until)
        })
    }

    fn agreements(&self, partner: Number) -> Vec<Agreement> {
        let agreements = self.binding(partner, self.day).map(|(entry, event)| Agreement {
            no: event.no,
            title: event.title.clone(),
            from: event.from,
            until: event.until,
            record: self.record(entry),
            papers: self.standing_papers(event.no).0,
        });
        agreements.collect()
    }
}
