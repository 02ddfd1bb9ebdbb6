//! Times: between which moments that others vouch for an event was received.

use super::anchors::Sighting;
use super::findings::Finding;
use super::shown::Opened;
use super::verdict::{Bound, Standing};

/// By how much a journal's clock may differ from those of witnesses and authorities: five minutes.
pub const TOLERANCE_MS: i64 = 5 * 60 * 1000;

/// What others vouch for about an event's time.
#[derive(Debug)]
pub struct Times {
    /// The earliest upper bound for each standing, highest standing first.
    pub not_later: Vec<Bound>,
    pub not_earlier: Option<Bound>,
    /// Whether `received` agrees.
    pub finding: Finding,
}

impl Times {
    /// Whether somebody independent vouches for the upper bound.
    pub fn is_neutral(&self) -> bool {
        self.not_later.first().is_some_and(|bound| bound.standing == Standing::Independent)
    }
}

/// Finds the times of an event among the checkpoints that were checked.
pub fn of(event: &Opened, sightings: &[Sighting]) -> Times {
    let covering = sightings.iter().filter(|one| one.size > event.index);
    let mut not_later: Vec<Bound> = Vec::new();
    for bound in covering.flat_map(|one| &one.bounds) {
        match not_later.iter_mut().find(|other| other.standing == bound.standing) {
            Some(other) if other.unix_ms > bound.unix_ms => *other = bound.clone(),
            Some(_) => {}
            None => not_later.push(bound.clone()),
        }
    }
    not_later.sort_by_key(|bound| std::cmp::Reverse(bound.standing));
    let known = event.after.and_then(|after| sightings.iter().find(|one| one.sha256 == after));
    let not_earlier = known.and_then(|one| one.made.clone());
    let finding = judge(event, &not_later, not_earlier.as_ref());
    Times { not_later, not_earlier, finding }
}

/// Whether `received` lies between what others vouch for, give or take [`TOLERANCE_MS`].
fn judge(event: &Opened, not_later: &[Bound], not_earlier: Option<&Bound>) -> Finding {
    let earliest = not_later.iter().min_by_key(|bound| bound.unix_ms);
    let Some(received) = event.received else { return Finding::open("why-no-received") };
    let late = earliest
        .filter(|bound| received > bound.unix_ms.saturating_add(TOLERANCE_MS))
        .map(|bound| ("why-received-late", bound));
    let early = not_earlier
        .filter(|bound| received < bound.unix_ms.saturating_sub(TOLERANCE_MS))
        .map(|bound| ("why-received-early", bound));
    match late.or(early) {
        Some((why, bound)) => Finding::fails(why).with("by", &bound.by),
        None if earliest.is_none() => Finding::open("why-no-time"),
        None => Finding::holds(),
    }
}
