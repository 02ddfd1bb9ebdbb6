//! How often a passphrase may be tried.

use std::collections::VecDeque;

use domain::Moment;

/// Wrong tries that cost no waiting.
const FREE: u32 = 3;
/// The longest wait between two tries.
const WAIT_MILLIS_MAX: i64 = 5 * 60 * 1000;

/// Counts wrong passphrases. There is one passphrase for the node, so there is one count: whoever
/// guesses slows down everybody, but what is already open stays open.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    wrong: u32,
    free_at: Option<Moment>,
}

impl Throttle {
    /// Seconds to wait before the next try; 0 when one may be made now.
    pub(crate) fn wait_seconds(&self, now: Moment) -> i64 {
        self.free_at.map_or(0, |at| (at.0 - now.0).clamp(0, WAIT_MILLIS_MAX).div_euclid(1000))
    }

    /// Notes a wrong passphrase.
    pub(crate) fn wrong(&mut self, now: Moment) {
        self.wrong = self.wrong.saturating_add(1);
        if let Some(over) = self.wrong.checked_sub(FREE) {
            let wait = 2_000_i64.saturating_mul(1 << over.min(20)).min(WAIT_MILLIS_MAX);
            self.free_at = Some(Moment(now.0.saturating_add(wait)));
        }
    }

    /// Notes the right one.
    pub(crate) fn right(&mut self) {
        *self = Self::default();
    }
}

/// So many forms of the public are taken in [`PUBLIC_MILLIS`].
const PUBLIC_MOST: usize = 60;
/// Ten minutes.
const PUBLIC_MILLIS: i64 = 10 * 60 * 1000;

/// Counts what the public writes. A flood must not fill the ledger; everybody shares one count, since
/// behind a proxy all come from one address.
#[derive(Debug, Default)]
pub(crate) struct Quota {
    taken: VecDeque<Moment>,
}

impl Quota {
    /// Takes one; gives the seconds to wait when there is none left.
    pub(crate) fn take(&mut self, now: Moment) -> i64 {
        let old = |at: &Moment| now.0.saturating_sub(at.0) >= PUBLIC_MILLIS;
        while self.taken.front().is_some_and(old) {
            self.taken.pop_front();
        }
        if self.taken.len() < PUBLIC_MOST {
            self.taken.push_back(now);
            return 0;
        }
        let first = self.taken.front().map_or(now.0, |at| at.0);
        (first.saturating_add(PUBLIC_MILLIS) - now.0).div_euclid(1000) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_writes_only_so_often() {
        let mut quota = Quota::default();
        assert!((0..PUBLIC_MOST as i64).all(|at| quota.take(Moment(at)) == 0));
        assert_eq!(quota.take(Moment(1_000)), 600, "until the first one is ten minutes old");
        assert_eq!(quota.take(Moment(PUBLIC_MILLIS)), 0);
        assert!(quota.take(Moment(PUBLIC_MILLIS)) > 0, "only one place had become free");
    }

    #[test]
    fn guessing_gets_slower_and_the_right_one_forgives() {
        let mut throttle = Throttle::default();
        let mut waits = Vec::new();
        for _ in 0..12 {
            throttle.wrong(Moment(0));
            waits.push(throttle.wait_seconds(Moment(0)));
        }
        assert_eq!(&waits[..5], &[0, 0, 2, 4, 8]);
        assert_eq!(waits[11], 300, "never longer than five minutes");
        assert_eq!(throttle.wait_seconds(Moment(300_000)), 0);
        throttle.right();
        assert_eq!(throttle.wait_seconds(Moment(0)), 0);
    }
}
