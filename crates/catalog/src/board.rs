//! Clocks of many cases that wait for somebody: what is due, and until when.

use crate::Case;
use crate::clock::Standing;
use crate::count::End;
use crate::day::{Day, When};
use crate::procedure::Deadline;

/// A clock that runs or is late.
#[derive(Clone, Copy, Debug)]
pub struct Due<'c> {
    /// Who looks after the case, by the caller's number.
    pub owner: u32,
    /// Which case, by the caller's number.
    pub case: u32,
    /// Which clock.
    pub deadline: &'c Deadline,
    /// Its end.
    pub end: End,
    /// Whether it runs or is late.
    pub standing: Standing,
    /// Whether a year it touches is not published.
    pub provisional: bool,
}

/// The clocks of a case that run, are late, or have kept a state for longer than is allowed.
fn waiting<'c>(
    owner: u32,
    number: u32,
    case: &Case<'c>,
    now: When,
) -> impl Iterator<Item = Due<'c>> + use<'c> {
    case.clocks(now).into_iter().filter_map(move |clock| {
        let waits = matches!(clock.standing, Standing::Running | Standing::Late | Standing::Lapsed);
        let end = clock.end.filter(|_| waits)?;
        let (deadline, standing, provisional) = (clock.deadline, clock.standing, clock.provisional);
        Some(Due { owner, case: number, deadline, end, standing, provisional })
    })
}

/// All of them, each owner's together and the soonest first.
#[derive(Clone, Debug, Default)]
pub struct Board<'c>(Vec<Due<'c>>);

impl<'c> Board<'c> {
    /// Reckons all clocks of all cases: `(owner, case's number, case)`.
    pub fn new<'a>(cases: impl Iterator<Item = (u32, u32, &'a Case<'c>)>, now: When) -> Self
    where
        'c: 'a,
    {
        let rows = cases.flat_map(|(owner, number, case)| waiting(owner, number, case, now));
        let rows: Vec<Due<'c>> = rows.collect();
        let mut board = Self(rows);
        board.sort();
        board
    }

    /// Puts the clocks of one case, as they are now, in the place of those it had; `None` takes the
    /// case away. Call [`Self::sort`] after the last of several.
    pub fn replace(&mut self, number: u32, case: Option<(u32, &Case<'c>)>, now: When) {
        self.0.retain(|row| row.case != number);
        self.0.extend(case.into_iter().flat_map(|(owner, case)| waiting(owner, number, case, now)));
    }

    /// Brings the rows into their order.
    pub fn sort(&mut self) {
        self.0.sort_unstable_by_key(|row| {
            (row.owner, row.end.day(), row.end.minute(), row.case, &row.deadline.id.id)
        });
    }

    /// What anybody must look at up to a day, the soonest first.
    pub fn due_of_all(&self, until: Day) -> Vec<Due<'c>> {
        let mut rows: Vec<_> =
            self.0.iter().filter(|row| row.end.day() <= until).copied().collect();
        rows.sort_by_key(|row| (row.end.day(), row.end.minute(), row.case));
        rows
    }

    /// What an owner must look at up to a day, late things included, the soonest first.
    pub fn due(&self, owner: u32, until: Day) -> &[Due<'c>] {
        let from = self.0.partition_point(|row| row.owner < owner);
        let to = self.0.partition_point(|row| (row.owner, row.end.day()) <= (owner, until));
        &self.0[from..to.max(from)]
    }

    /// How many clocks wait.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none does.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
