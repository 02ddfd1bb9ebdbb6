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

/// All of them, each owner's together and the soonest first.
#[derive(Clone, Debug, Default)]
pub struct Board<'c>(Vec<Due<'c>>);

impl<'c> Board<'c> {
    /// Reckons all clocks of all cases: `(owner, case's number, case)`.
    pub fn new<'a>(cases: impl Iterator<Item = (u32, u32, &'a Case<'c>)>, now: When) -> Self
    where
        'c: 'a,
    {
        let mut rows: Vec<Due<'c>> = Vec::new();
        for (owner, number, case) in cases {
            for clock in case.clocks(now) {
                let waits = matches!(clock.standing, Standing::Running | Standing::Late);
                if let Some(end) = clock.end.filter(|_| waits) {
                    let (deadline, standing) = (clock.deadline, clock.standing);
                    let provisional = clock.provisional;
                    rows.push(Due { owner, case: number, deadline, end, standing, provisional });
                }
            }
        }
        rows.sort_unstable_by_key(|row| (row.owner, row.end.day(), row.end.minute(), row.case));
        Self(rows)
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
